//! Studying: asks, judges, commits, goes on.

pub use super::asked::{Asked, Stage};

use super::command::{Command, Scope, Take};
use super::draft::Draft;
use super::undo::Deed;
use super::{App, Screen};
use crate::domain::card::Phase;
use crate::domain::day::Moment;
use crate::domain::event::{Change, Confidence, Due, EventId, Given, Review, Source};
use crate::domain::grade::{self};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::schedule::Outcome;
use crate::domain::seed::seed_of;
use crate::domain::session::{Answered, Next, Session, Step, TakenBack};
use crate::domain::task::{Form, Response};

/// A running session and the card before the learner.
#[derive(Clone, Debug)]
pub struct Study {
    session: Session,
    serial: u64,
    place: Place,
}

/// Where the session stands.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of these in the program")]
pub enum Place {
    /// A card is before the learner.
    Card(Asked),
    /// Nothing before this time, in UTC milliseconds.
    Waiting(i64),
    /// Nothing more.
    Finished,
}

impl Study {
    /// Where the session stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The card before the learner.
    pub fn asked(&self) -> Option<&Asked> {
        match &self.place {
            Place::Card(asked) => Some(asked),
            _ => None,
        }
    }

    /// The session's steps and counts.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// "7 of 32": the card before the learner, and all of them as far as is known.
    pub fn position(&self) -> (usize, usize) {
        let done = self.session.answered();
        let judged = matches!(self.asked(), Some(Asked { stage: Stage::Judged { .. }, .. }));
        let total = done + self.session.remaining();
        (if judged { done } else { (done + 1).min(total) }, total)
    }

    /// No card is before the learner.
    pub fn is_at_rest(&self) -> bool {
        !matches!(self.place, Place::Card(_))
    }

    /// The newest answer counts otherwise now.
    pub(super) fn regrade(&mut self, card: &CardKey, rating: Rating, score: f64, progress: &Progress) {
        self.session.regrade(card, rating, score, progress);
    }

    /// When a waiting session goes on, in UTC milliseconds.
    pub fn waits_until(&self) -> Option<i64> {
        match self.place {
            Place::Waiting(until) => Some(until),
            _ => None,
        }
    }

    pub(super) fn asked_mut(&mut self) -> Option<&mut Asked> {
        match &mut self.place {
            Place::Card(asked) => Some(asked),
            _ => None,
        }
    }
}

impl App {
    pub(super) fn apply_study(&mut self, command: Command, now: &Moment) {
        match command {
            Command::Start(scope, take) => self.start_study(&scope, take, now),
            Command::EndSession => self.end_study(),
            Command::SetDraft(draft) => {
                if let Some(asked) = self.asking_mut() {
                    asked.draft = draft;
                }
            }
            Command::Check => {
                let draft = self.asking_mut().map(|asked| asked.draft.clone());
                if let Some(draft) = draft.filter(Draft::is_complete)
                    && let Some(response) = draft.response()
                {
                    self.answer(response, now);
                }
            }
            Command::Answer(response) => self.answer(response, now),
            Command::ShowAnswer => self.show_answer(false, now),
            Command::GiveUp => self.show_answer(true, now),
            Command::Rate(rating) => self.rate(rating, now),
            Command::Continue => self.go_on(now),
            Command::Guessed => self.guessed(now),
            Command::AcceptAnswer => self.accept_answer(now),
            Command::MeantIt => self.decide_slip(true, now),
            Command::DidNotKnowIt => self.decide_slip(false, now),
            Command::SayConfidence(confidence) => {
                let asked = self.study.as_mut().and_then(Study::asked_mut);
                if let Some(asked) = asked.filter(|asked| asked.may_say_confidence()) {
                    // The chosen one again takes it back.
                    asked.confidence = Some(confidence).filter(|_| asked.confidence != Some(confidence));
                }
            }
            Command::ShowHint => {
                if let Some(asked) = self.asking_mut() {
                    asked.hint_shown = true;
                }
            }
            Command::ToggleReason => {
                if let Some(asked) = self.study.as_mut().and_then(Study::asked_mut) {
                    asked.reason_shown = !asked.reason_shown;
                }
            }
            Command::Suspend => self.set_aside(Change::Suspend, "Suspended. Ctrl Z brings it back.", now),
            Command::Bury => {
                let until = now.day().plus(1);
                self.set_aside(Change::Bury { until }, "Back tomorrow. Ctrl Z brings it back now.", now);
            }
            // The other commands are `App::apply`'s own.
            _ => {}
        }
    }

    pub(super) fn wake_study(&mut self, now: &Moment) {
        let Some(study) = &self.study else { return };
        if study.waits_until().is_some_and(|until| until <= now.ms()) {
            self.ask_next(now);
        }
    }

    /// What the session took back, if the undone step was its own; a card that it asks again is before the learner.
    pub(super) fn undo_in_study(&mut self, session: u64, card: &CardKey, now: &Moment) -> Option<TakenBack> {
        let study = self.study.as_mut()?;
        if study.serial != session {
            self.resettle([card], now);
            return None;
        }
        let taken = study.session.undo(&self.progress)?;
        let is_at_rest = study.is_at_rest();
        if taken.is_asked {
            self.ask(taken.step.card.clone(), now);
            self.give_back(&taken.step);
        } else if is_at_rest {
            self.ask_next(now);
        }
        Some(taken)
    }

    /// The card of a step that was taken back is before the learner with what they typed or picked, and with what they
    /// said of it.
    fn give_back(&mut self, step: &Step) {
        let answer = step.events.first();
        // Only comfort: what cannot be read is typed once more.
        let given = answer.and_then(|answer| self.store.given(*answer).ok().flatten());
        let mut entries = self.progress.card(&step.card).into_iter().flat_map(|card| card.entries());
        let said = entries.find(|entry| Some(&entry.id) == answer).and_then(|entry| match entry.change {
            Change::Answer(review) => review.confidence,
            _ => None,
        });
        if let Some(asked) = self.study.as_mut().and_then(Study::asked_mut) {
            asked.confidence = said;
            if let Some(Given { response, .. }) = given {
                asked.draft = Draft::of(&asked.task.form, &response);
                asked.given_back = Some(asked.draft.clone());
            }
        }
    }

    /// Whether the step done again was the session's; `taken` is what it took back.
    pub(super) fn redo_in_study(
        &mut self,
        session: u64,
        card: &CardKey,
        taken: Option<TakenBack>,
        now: &Moment,
    ) -> bool {
        let Some(study) = self.study.as_mut() else { return false };
        let Some(taken) = taken.filter(|_| study.serial == session) else {
            self.resettle([card], now);
            return false;
        };
        let was_asked = taken.is_asked;
        study.session.redo(taken, &self.progress);
        match study.session.current().cloned() {
            Some(key) if was_asked => self.ask(key, now),
            Some(_) => {}
            None => self.ask_next(now),
        }
        was_asked
    }

    /// Cards were changed from outside the session.
    pub(super) fn resettle<'a>(&mut self, cards: impl IntoIterator<Item = &'a CardKey>, now: &Moment) {
        let Some(study) = &mut self.study else { return };
        let mut was_asked = false;
        for card in cards {
            was_asked |= study.session.resettle(card, &self.progress, now);
        }
        if was_asked || study.is_at_rest() {
            self.ask_next(now);
        }
    }

    fn start_study(&mut self, scope: &Scope, take: Take, now: &Moment) {
        let plan = self.plan_of(scope, take, now);
        let source = if take == Take::Practice { Source::Practice } else { Source::Study };
        let serial = self.study.as_ref().map_or(now.ms().unsigned_abs(), |study| study.serial + 1);
        self.goals.make_way(self.study.is_some());
        self.study = Some(Study { session: Session::new(plan, source), serial, place: Place::Finished });
        self.screen = Screen::Today;
        self.ask_next(now);
    }

    fn end_study(&mut self) {
        self.study = None;
        self.screen = if self.goals.come_back() { Screen::Scores } else { Screen::Today };
        self.figures_are_stale = true;
    }

    pub(super) fn ask_next(&mut self, now: &Moment) {
        let Some(study) = &mut self.study else { return };
        match study.session.next(&self.progress, now) {
            Next::Ask(key) => self.ask(key, now),
            Next::Wait(until) => study.place = Place::Waiting(until),
            Next::Finished => study.place = Place::Finished,
        }
    }

    fn ask(&mut self, key: CardKey, now: &Moment) {
        let Some((deck_index, question_index)) = self.questions().get(&key).copied() else {
            // Its deck was changed meanwhile. Everything like it leaves the session, so this ends.
            self.drop_vanished_cards();
            self.ask_next(now);
            return;
        };
        let deck = self.library.decks()[deck_index].deck.clone();
        let before = *self.progress.state(&key);
        // Options reshuffle with every answer, and stay as they are when one is taken back.
        let answers = self.progress.card(&key).map_or(0, |card| card.reviews().count());
        let seed = seed_of(&format!("task {key} {answers}"));
        let asked = Asked::new(key, deck, question_index, before, seed, now);
        if let Some(study) = &mut self.study {
            study.place = Place::Card(asked);
        }
    }

    /// Cards got other keys: the session goes on with them, the one before the learner and its draft too.
    pub(super) fn rename_in_study(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
        let Some(study) = &mut self.study else { return };
        study.session.rename(&new_key);
        if let Some(asked) = study.asked_mut()
            && let Some(new) = new_key(&asked.key)
        {
            if matches!(asked.stage, Stage::Asking) {
                asked.before = *self.progress.state(&new);
            }
            asked.key = new;
        }
    }

    /// Cards of questions that no longer exist leave the session; their progress stays.
    pub(super) fn drop_vanished_cards(&mut self) {
        let questions = self.library.questions();
        if let Some(study) = &mut self.study {
            study.session.drop_all_but(|key| questions.contains_key(key));
        }
    }

    fn asking_mut(&mut self) -> Option<&mut Asked> {
        let asked = self.study.as_mut()?.asked_mut()?;
        matches!(asked.stage, Stage::Asking).then_some(asked)
    }

    fn show_answer(&mut self, gave_up: bool, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        if !matches!(asked.stage, Stage::Asking) {
            return;
        }
        if !matches!(asked.task.form, Form::Reveal { .. }) {
            self.answer(Response::GaveUp, now);
            return;
        }
        let latency_ms = latency_ms(asked.shown_ms, now);
        let rules = self.scheduler_of(&asked.key, now.day()).clone();
        let outcomes = rules.outcomes(&asked.key, asked.task.kind, &asked.before, now);
        if let Some(asked) = self.asking_mut() {
            asked.stage = Stage::Revealed { outcomes, rules, latency_ms, revealed: *now, gave_up };
        }
    }

    fn answer(&mut self, response: Response, now: &Moment) {
        let Some(asked) = self.asking_mut() else { return };
        if let Some(why) = grade::unreadable(&asked.task, &response) {
            self.tell_problem(why);
            return;
        }
        let latency_ms = latency_ms(asked.shown_ms, now);
        let verdict = grade::grade(&asked.task, &response);
        let guessed = asked.is_said_to_be_a_guess();
        let rating = Rating::of(&verdict, guessed);
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let rules = self.scheduler_of(&asked.key, now.day()).clone();
        let outcomes = rules.outcomes(&asked.key, asked.task.kind, &asked.before, now);
        let granted = outcome_of(&outcomes, rating).due;
        if self.commit_answer(&response, verdict.score, rating, granted, latency_ms, now)
            && let Some(asked) = self.study.as_mut().and_then(Study::asked_mut)
        {
            asked.stage =
                Stage::Judged { verdict, response, outcomes, rules, rating, guessed, answered: *now };
        }
    }

    /// Writes the answer durably; only then the verdict may show. Whether it could be written.
    fn commit_answer(
        &mut self,
        response: &Response,
        score: f64,
        rating: Rating,
        granted: Due,
        latency_ms: u32,
        now: &Moment,
    ) -> bool {
        let Some(study) = self.study.as_ref() else { return false };
        let Some(asked) = study.asked() else { return false };
        let (card, kind, source) = (asked.key.clone(), asked.task.kind, study.session.source);
        let review = Review {
            source,
            kind,
            score,
            blind_chance: asked.task.blind_chance(),
            hint_used: asked.hint_shown,
            confidence: asked.confidence,
            latency_ms,
            // What is recalled the learner grades, whatever they said before.
            proposed: if asked.is_said_to_be_a_guess() { Rating::Again } else { rating },
            rating,
            mapping: MAPPING_VERSION,
            granted,
        };
        let was_new = asked.before.phase == Phase::New;
        let given = Given { response: response.clone(), shown: asked.task.shown() };
        match self.commit(now.stamp, &[(card.clone(), Change::Answer(review), Some(given))]) {
            Ok(events) => {
                let answer = Some(Answered { score, rating, was_new });
                self.record(Step { card, events, answer });
                true
            }
            Err(error) => {
                self.tell_problem(format!("This answer is not saved yet. {error}"));
                false
            }
        }
    }

    fn record(&mut self, step: Step) {
        if let Some(study) = &mut self.study {
            study.session.record(step.clone(), &self.progress);
            self.undo.did(Deed::Step { step, session: study.serial });
        }
    }

    fn rate(&mut self, rating: Rating, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let went_well = match &asked.stage {
            Stage::Asking => return,
            // By the rules behind the buttons, whatever was planned meanwhile; minutes count from now.
            Stage::Revealed { rules, latency_ms, .. } => {
                let outcomes = rules.outcomes(&asked.key, asked.task.kind, &asked.before, now);
                let (granted, latency_ms) = (outcome_of(&outcomes, rating).due, *latency_ms);
                let score = grade::recalled(rating);
                self.commit_answer(&Response::Recalled, score, rating, granted, latency_ms, now)
            }
            Stage::Judged { rating: in_force, .. } if *in_force == rating => true,
            Stage::Judged { .. } => self.overrule(rating, None, now),
        };
        if went_well {
            self.ask_next(now);
        }
    }

    fn guessed(&mut self, now: &Moment) {
        let asked = self.study.as_ref().and_then(Study::asked);
        match asked.map(|asked| &asked.stage) {
            Some(Stage::Judged { verdict, guessed: false, .. }) if verdict.score > 0.0 => {
                self.overrule(Rating::Again, Some(Confidence::Guess), now);
            }
            _ => {}
        }
    }

    /// The answer to the card before the learner as it counts now: it may have been replaced since it was given.
    pub(super) fn answer_in_force(&self) -> Option<(EventId, Review)> {
        let study = self.study.as_ref()?;
        let given = study.session.done().last().and_then(|step| step.events.first())?;
        let answers = self.progress.card(&study.asked()?.key)?.reviews_with_ids();
        // The newest of this log by its number: the clock may have been set back.
        answers.filter(|(id, _)| id.log == given.log && id.seq >= given.seq).max_by_key(|(id, _)| id.seq)
    }

    /// Adds events to the newest step: they replaced its answer, which counts as `rating` now.
    pub(super) fn amend(&mut self, events: Vec<EventId>, rating: Rating, score: f64) {
        for event in events {
            self.undo.add_to_newest(event);
            if let Some(study) = &mut self.study {
                study.session.amend(event, rating, score, &self.progress);
            }
        }
    }

    /// Replaces the rating of the answer just given; whether that could be written.
    fn overrule(&mut self, rating: Rating, confidence: Option<Confidence>, now: &Moment) -> bool {
        let Some(study) = self.study.as_ref() else { return false };
        let Some(asked) = study.asked() else { return false };
        let Stage::Judged { outcomes, verdict, .. } = &asked.stage else { return false };
        let Some((target, _)) = self.answer_in_force() else { return false };
        let granted = outcome_of(outcomes, rating).due;
        let (card, score) = (asked.key.clone(), verdict.score);
        match self.commit(now.stamp, &[(card, Change::Rate { target, rating, granted, confidence }, None)]) {
            Ok(events) => {
                self.amend(events, rating, score);
                if let Some(Asked { stage: Stage::Judged { rating: in_force, guessed, .. }, .. }) =
                    self.study.as_mut().and_then(Study::asked_mut)
                {
                    *in_force = rating;
                    *guessed |= confidence == Some(Confidence::Guess);
                }
                true
            }
            Err(error) => {
                self.tell_problem(error.to_string());
                false
            }
        }
    }

    fn go_on(&mut self, now: &Moment) {
        let Some(study) = &self.study else { return };
        match study.place() {
            Place::Card(Asked { stage: Stage::Judged { .. }, .. }) => self.ask_next(now),
            Place::Card(asked @ Asked { stage: Stage::Revealed { .. }, .. }) => {
                self.rate(asked.proposed(), now);
            }
            Place::Card(_) | Place::Waiting(_) => {}
            Place::Finished => self.end_study(),
        }
    }

    fn set_aside(&mut self, change: Change, words: &str, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let card = asked.key.clone();
        match self.commit(now.stamp, &[(card.clone(), change, None)]) {
            Ok(events) => {
                self.record(Step { card, events, answer: None });
                self.ask_next(now);
                self.tell(words);
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }
}

/// The outcome of a rating.
pub fn outcome_of(outcomes: &[Outcome; 4], rating: Rating) -> &Outcome {
    &outcomes[usize::from(rating.number()) - 1]
}

fn latency_ms(shown_ms: i64, now: &Moment) -> u32 {
    u32::try_from((now.ms() - shown_ms).max(0)).unwrap_or(u32::MAX)
}
