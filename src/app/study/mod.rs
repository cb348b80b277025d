//! Study sessions: show a card, grade the answer, write it, continue.

mod accept;
mod command;
mod planning;
mod preview;
mod slip;
pub mod summary;

pub use super::active_card::{ActiveCard, Stage};
pub use super::scope::{Scope, SessionKind};
pub use command::StudyCommand;

use std::sync::Arc;

use super::core::rekeyed::Rekeyed;
use super::core::undo::UndoEntry;
use super::core::{Core, CoreChange};
use super::draft::Draft;
use super::outcome::Outcome;
use super::screen::Screen;
use crate::background::BackgroundTask;
use crate::domain::card::CardPhase;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::{AnswerRecord, Change, Confidence, Due, EventId, Review, ReviewSource};
use crate::domain::grade::{self};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::queue::SessionPlan;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::schedule::outcome_of;
use crate::domain::seed::seed_of;
use crate::domain::session::{NextCard, Session, SessionAnswer, SessionStep, UndoneStep};
use crate::domain::summary::CardSummary;
use crate::domain::task::Response;
use crate::text;
use planning::Planning;

/// Studying: the running session, if there is one.
#[derive(Debug, Default)]
pub struct Study {
    active: Option<ActiveSession>,
}

/// A session plan in the making.
#[derive(Debug)]
struct PlanningTask {
    plan: BackgroundTask<SessionPlan>,
    scope: Scope,
    kind: SessionKind,
    /// The study day that it is for.
    day: StudyDay,
    /// Whether something that it depends on has changed.
    is_stale: bool,
}

/// A running session and the card on screen.
#[derive(Debug)]
pub struct ActiveSession {
    session: Session,
    serial: u64,
    state: SessionState,
    /// The plan of the session, while it is being made.
    planning: Option<PlanningTask>,
}

/// What a session shows.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of these in the program")]
pub enum SessionState {
    /// The session is being planned, since this time in UTC milliseconds.
    Preparing(i64),
    /// A card.
    Card(ActiveCard),
    /// A pause: the next card in learning steps is due at this time, in UTC milliseconds.
    Waiting(i64),
    /// The end: no cards are left.
    Finished,
}

impl ActiveSession {
    /// What the session shows.
    pub fn state(&self) -> &SessionState {
        &self.state
    }

    /// The card on screen, if there is one.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        match &self.state {
            SessionState::Card(active) => Some(active),
            _ => None,
        }
    }

    /// Queue and completed steps of the session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The position of the card on screen, from 1, and the number of cards as far as it is known: "7 of 32".
    pub fn position(&self) -> (usize, usize) {
        let done = self.session.answer_count();
        let is_graded = matches!(self.active_card(), Some(ActiveCard { stage: Stage::Graded { .. }, .. }));
        let total = done + self.session.remaining();
        (if is_graded { done } else { (done + 1).min(total) }, total)
    }

    /// Whether no card is on screen.
    pub fn has_no_card(&self) -> bool {
        !matches!(self.state, SessionState::Card(_))
    }

    /// Corrects rating and score of the newest answer.
    pub(super) fn regrade(&mut self, card: &CardKey, rating: Rating, score: f64, progress: &Progress) {
        self.session.regrade(card, rating, score, progress);
    }

    /// The completed share of the session's plan, from 0 to 1; 1 when it is ready.
    pub fn planned_share(&self) -> f32 {
        self.planning.as_ref().map_or(1.0, |planning| planning.plan.progress())
    }

    /// Whether nothing happens before the learner does something or time passes.
    pub(super) fn is_at_rest(&self) -> bool {
        matches!(self.state, SessionState::Waiting(_) | SessionState::Finished)
    }

    /// When a waiting session continues, in UTC milliseconds; `None` if it is not waiting.
    pub fn waiting_until_ms(&self) -> Option<i64> {
        match self.state {
            SessionState::Waiting(until) => Some(until),
            _ => None,
        }
    }

    pub(super) fn active_card_mut(&mut self) -> Option<&mut ActiveCard> {
        match &mut self.state {
            SessionState::Card(active) => Some(active),
            _ => None,
        }
    }
}

impl Study {
    /// The running session, if there is one.
    pub fn active(&self) -> Option<&ActiveSession> {
        self.active.as_ref()
    }

    /// The card on screen, if there is one.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        self.active.as_ref().and_then(ActiveSession::active_card)
    }

    fn active_card_mut(&mut self) -> Option<&mut ActiveCard> {
        self.active.as_mut().and_then(ActiveSession::active_card_mut)
    }

    /// The cards of the running session, including the one on screen.
    pub(super) fn cards(&self) -> impl Iterator<Item = &CardKey> {
        let shown = self.active_card().map(|card| &card.key);
        self.active.iter().flat_map(|active| active.session.cards()).chain(shown)
    }

    /// The deck that a command is going to edit, by id.
    pub(super) fn deck_to_edit(&self, command: &StudyCommand) -> Option<Arc<str>> {
        let active = self.active_card().filter(|_| *command == StudyCommand::AcceptAnswer)?;
        (!active.acceptable_answers().is_empty()).then(|| active.key.deck.clone())
    }

    pub(super) fn apply(&mut self, core: &mut Core, command: StudyCommand, now: &Moment) -> Outcome {
        match command {
            StudyCommand::Start(scope, kind) => self.start_session(core, scope, kind, now),
            StudyCommand::EndSession => return self.end_session(core),
            StudyCommand::SetDraft(draft) => {
                if let Some(active) = self.answering_card_mut() {
                    active.draft = draft;
                }
            }
            StudyCommand::Check => {
                let draft = self.answering_card_mut().map(|active| active.draft.clone());
                if let Some(draft) = draft.filter(Draft::is_complete)
                    && let Some(response) = draft.response()
                {
                    self.answer(core, response, now);
                }
            }
            StudyCommand::Answer(response) => self.answer(core, response, now),
            StudyCommand::ShowAnswer => self.show_answer(core, false, now),
            StudyCommand::GiveUp => self.show_answer(core, true, now),
            StudyCommand::Rate(rating) => self.rate(core, rating, now),
            StudyCommand::Continue => return self.continue_study(core, now),
            StudyCommand::MarkGuessed => self.mark_guessed(core, now),
            StudyCommand::AcceptAnswer => self.accept_answer(core, now),
            StudyCommand::AcceptSlip => self.resolve_slip(core, true, now),
            StudyCommand::RejectSlip => self.resolve_slip(core, false, now),
            StudyCommand::SetConfidence(confidence) => {
                let active = self.active_card_mut();
                if let Some(active) = active.filter(|active| active.can_set_confidence()) {
                    // The same value again removes it.
                    active.confidence = Some(confidence).filter(|_| active.confidence != Some(confidence));
                }
            }
            StudyCommand::ShowHint => {
                if let Some(active) = self.answering_card_mut() {
                    active.hint_shown = true;
                }
            }
            StudyCommand::ToggleReason => {
                if let Some(active) = self.active_card_mut() {
                    active.reason_shown = !active.reason_shown;
                }
            }
            StudyCommand::Suspend => self.suspend_or_bury(core, Change::Suspend, text::study::SUSPENDED, now),
            StudyCommand::Bury => {
                let until = now.day().plus(1);
                self.suspend_or_bury(core, Change::Bury { until }, text::study::BURIED, now);
            }
        }
        Outcome::Done
    }

    /// Follows a change that was not made by this feature.
    pub(super) fn follow(&mut self, core: &mut Core, change: &CoreChange, now: &Moment) {
        match change {
            CoreChange::Cards(cards) => self.requeue(core, cards, now),
            CoreChange::Rekeyed(rekeyed) => self.rekey(core, rekeyed),
            CoreChange::Decks => self.drop_removed_cards(core),
            CoreChange::LeaveSession => self.active = None,
            CoreChange::Stale => {
                if let Some(planning) = self.active.as_mut().and_then(|study| study.planning.as_mut()) {
                    planning.is_stale = true;
                }
            }
            CoreChange::StaleFigures => {}
        }
    }

    /// Shows the first card once the session is planned. A plan of cards that changed meanwhile is made anew.
    pub(super) fn poll_plan(&mut self, core: &mut Core, now: &Moment) {
        let Some(planning) = self.active.as_mut().and_then(|study| study.planning.take()) else { return };
        let PlanningTask { plan, scope, kind, day, is_stale } = planning;
        if is_stale || day != now.day() || plan.is_cancelled() {
            self.plan_session(core, scope, kind, now);
            return;
        }
        match plan.poll_result() {
            None => self.set_planning(PlanningTask { plan, scope, kind, day, is_stale }),
            Some(Ok(plan)) => self.begin(core, plan, now),
            Some(Err(_)) => {
                self.active = None;
                core.notify_error(text::background::unfinished(text::background::SESSION));
            }
        }
    }

    pub(super) fn resume_waiting(&mut self, core: &mut Core, now: &Moment) {
        let Some(study) = &self.active else { return };
        if study.waiting_until_ms().is_some_and(|until| until <= now.ms()) {
            self.show_next_card(core, now);
        }
    }

    /// Updates the session after a step was undone. Returns what the session undid, or `None` if the step
    /// belongs to another session. If the card was undone in this session, it is on screen again.
    pub(super) fn undo_step(
        &mut self,
        core: &mut Core,
        session: u64,
        card: &CardKey,
        now: &Moment,
    ) -> Option<UndoneStep> {
        let study = self.active.as_mut()?;
        if study.serial != session {
            self.requeue(core, [card], now);
            return None;
        }
        let undone_step = study.session.undo(&core.progress)?;
        let is_at_rest = study.has_no_card();
        if undone_step.was_current {
            self.show_card(core, undone_step.step.card.clone(), now);
            self.restore_answer(core, &undone_step.step);
        } else if is_at_rest {
            self.show_next_card(core, now);
        }
        Some(undone_step)
    }

    /// Puts the undone answer and confidence back on the card.
    fn restore_answer(&mut self, core: &Core, step: &SessionStep) {
        let answer = step.events.first();
        // Restoring the draft is only a convenience: an answer that cannot be read is typed again.
        let record = answer.and_then(|answer| core.store.answer_record(*answer).ok().flatten());
        let history = core.progress.history(&step.card).unwrap_or_default();
        let mut entries = history.events().iter();
        let confidence =
            entries.find(|entry| Some(&entry.id) == answer).and_then(|entry| match entry.change {
                Change::Answer(review) => review.confidence,
                _ => None,
            });
        if let Some(active) = self.active_card_mut() {
            active.confidence = confidence;
            if let Some(AnswerRecord { response, .. }) = record {
                active.draft = Draft::from_response(&active.task.form, &response);
                active.restored_draft = Some(active.draft.clone());
            }
        }
    }

    /// Updates the session after a step was redone; `undone_step` is what undoing it returned. Returns whether the
    /// step is visible in the session.
    pub(super) fn redo_step(
        &mut self,
        core: &mut Core,
        session: u64,
        card: &CardKey,
        undone_step: Option<UndoneStep>,
        now: &Moment,
    ) -> bool {
        let Some(study) = self.active.as_mut() else { return false };
        let Some(undone_step) = undone_step.filter(|_| study.serial == session) else {
            self.requeue(core, [card], now);
            return false;
        };
        let was_current = undone_step.was_current;
        study.session.redo(undone_step, &core.progress);
        match study.session.current().cloned() {
            Some(key) if was_current => self.show_card(core, key, now),
            Some(_) => {}
            None => self.show_next_card(core, now),
        }
        was_current
    }

    /// Updates the queue after cards were changed from outside the session.
    pub(super) fn requeue<'a>(
        &mut self,
        core: &mut Core,
        cards: impl IntoIterator<Item = &'a CardKey>,
        now: &Moment,
    ) {
        let Some(study) = &mut self.active else { return };
        let mut was_current = false;
        for card in cards {
            was_current |= study.session.requeue(card, &core.progress, now);
        }
        if was_current || study.has_no_card() {
            self.show_next_card(core, now);
        }
    }

    fn start_session(&mut self, core: &mut Core, scope: Scope, kind: SessionKind, now: &Moment) {
        let source = if kind == SessionKind::Practice { ReviewSource::Practice } else { ReviewSource::Study };
        let serial = self.active.as_ref().map_or(now.ms().unsigned_abs(), |study| study.serial + 1);
        self.active = Some(ActiveSession {
            session: Session::new(SessionPlan::default(), source),
            serial,
            state: SessionState::Preparing(now.ms()),
            planning: None,
        });
        core.screen = Screen::Today;
        self.plan_session(core, scope, kind, now);
    }

    /// Plans the session and shows its first card; that of a large library when [`Study::poll_plan`] finds it ready.
    fn plan_session(&mut self, core: &mut Core, scope: Scope, kind: SessionKind, now: &Moment) {
        match Planning::start(core, scope.clone(), kind, now) {
            Planning::Ready(plan) => self.begin(core, plan, now),
            Planning::Running(plan) => {
                self.set_planning(PlanningTask { plan, scope, kind, day: now.day(), is_stale: false });
            }
        }
    }

    fn set_planning(&mut self, planning: PlanningTask) {
        if let Some(study) = &mut self.active {
            study.planning = Some(planning);
        }
    }

    fn begin(&mut self, core: &mut Core, plan: SessionPlan, now: &Moment) {
        let Some(study) = &mut self.active else { return };
        study.session = Session::new(plan, study.session.source).planned_from(&core.progress, now);
        self.show_next_card(core, now);
    }

    fn end_session(&mut self, core: &mut Core) -> Outcome {
        self.active = None;
        core.note(CoreChange::StaleFigures);
        Outcome::SessionEnded
    }

    pub(super) fn show_next_card(&mut self, core: &mut Core, now: &Moment) {
        let Some(study) = self.active.as_mut().filter(|study| study.planning.is_none()) else { return };
        match study.session.next(&core.progress, now) {
            NextCard::Show(key) => self.show_card(core, key, now),
            NextCard::Wait(until) => study.state = SessionState::Waiting(until),
            NextCard::Finished => study.state = SessionState::Finished,
        }
    }

    fn show_card(&mut self, core: &mut Core, key: CardKey, now: &Moment) {
        let Some((deck_index, question_index)) = core.card_locations().get(&key).copied() else {
            // The deck was changed meanwhile. All removed cards leave the session, so the recursion ends.
            self.drop_removed_cards(core);
            self.show_next_card(core, now);
            return;
        };
        let deck = core.library.decks()[deck_index].deck.clone();
        let state_before = *core.progress.state(&key);
        // Every new answer shuffles the options again; an undone answer keeps its order.
        let answers = core.progress.summary(&key).map_or(0, CardSummary::answers);
        let seed = seed_of(&format!("task {key} {answers}"));
        let active = ActiveCard::new(key, deck, question_index, state_before, seed, now);
        if let Some(study) = &mut self.active {
            study.state = SessionState::Card(active);
        }
    }

    /// Makes the session follow cards whose keys changed, including the card on screen and its draft.
    fn rekey(&mut self, core: &Core, rekeyed: &Rekeyed) {
        // All fields are named, so that the compiler asks whether a new one holds keys too.
        let Some(ActiveSession { session, serial: _, state, planning }) = &mut self.active else { return };
        if let Some(PlanningTask { scope: Scope::Cards(cards), .. }) = planning {
            *cards = cards.iter().map(|key| rekeyed.new_key(key).unwrap_or_else(|| key.clone())).collect();
        }
        session.rekey(|key| rekeyed.new_key(key));
        if let SessionState::Card(active) = state
            && let Some(new) = rekeyed.new_key(&active.key)
        {
            if matches!(active.stage, Stage::Answering) {
                active.state_before = *core.progress.state(&new);
            }
            active.key = new;
        }
    }

    /// Drops cards of removed questions from the session; their progress stays.
    pub(super) fn drop_removed_cards(&mut self, core: &Core) {
        let questions = core.library.card_locations();
        if let Some(study) = &mut self.active {
            study.session.retain(|key| questions.contains_key(key));
        }
    }

    fn answering_card_mut(&mut self) -> Option<&mut ActiveCard> {
        let active = self.active.as_mut()?.active_card_mut()?;
        matches!(active.stage, Stage::Answering).then_some(active)
    }

    fn show_answer(&mut self, core: &mut Core, gave_up: bool, now: &Moment) {
        let Some(active) = self.active_card() else { return };
        if !matches!(active.stage, Stage::Answering) {
            return;
        }
        if !active.task.form.is_self_graded() {
            self.answer(core, Response::GaveUp, now);
            return;
        }
        let latency_ms = latency_ms(active.shown_ms, now);
        let scheduler = core.scheduler_of(&active.key, now.day()).clone();
        let outcomes = scheduler.outcomes(&active.key, active.task.kind, &active.state_before, now);
        if let Some(active) = self.answering_card_mut() {
            active.stage = Stage::Revealed { outcomes, scheduler, latency_ms, revealed: *now, gave_up };
        }
    }

    fn answer(&mut self, core: &mut Core, response: Response, now: &Moment) {
        let Some(active) = self.answering_card_mut() else { return };
        if let Some(reason) = grade::unreadable_reason(&active.task, &response) {
            core.notify_error(reason);
            return;
        }
        let latency_ms = latency_ms(active.shown_ms, now);
        let verdict = grade::grade(&active.task, &response);
        let guessed = active.is_marked_guess();
        let rating = Rating::from_verdict(&verdict, guessed);
        let Some(active) = self.active_card() else { return };
        let scheduler = core.scheduler_of(&active.key, now.day()).clone();
        let outcomes = scheduler.outcomes(&active.key, active.task.kind, &active.state_before, now);
        let due = outcome_of(&outcomes, rating).due;
        let review = self.review(verdict.score, rating, due, latency_ms);
        if self.commit_answer(core, &response, review, now)
            && let Some(active) = self.active_card_mut()
        {
            active.stage =
                Stage::Graded { verdict, response, outcomes, scheduler, rating, guessed, answered: *now };
        }
    }

    /// The review of an answer to the card on screen; `None` without a card.
    fn review(&self, score: f64, rating: Rating, due: Due, latency_ms: u32) -> Option<Review> {
        let study = self.active.as_ref()?;
        let active = study.active_card()?;
        Some(Review {
            source: study.session.source,
            kind: active.task.kind,
            score,
            blind_chance: active.task.blind_chance(),
            hint_used: active.hint_shown,
            confidence: active.confidence,
            latency_ms,
            // The learner grades a Recall answer, whatever confidence they stated before.
            proposed_rating: if active.is_marked_guess() { Rating::Again } else { rating },
            rating,
            mapping_version: MAPPING_VERSION,
            due,
        })
    }

    /// Writes the answer to the store, before the verdict is shown. Returns whether it was written.
    fn commit_answer(
        &mut self,
        core: &mut Core,
        response: &Response,
        review: Option<Review>,
        now: &Moment,
    ) -> bool {
        let (Some(active), Some(review)) = (self.active_card(), review) else { return false };
        let card = active.key.clone();
        let (score, rating) = (review.score, review.rating);
        let was_new = active.state_before.phase == CardPhase::New;
        let record = AnswerRecord { response: response.clone(), shown_options: active.task.shown_options() };
        match core.commit(now.stamp, &[(card.clone(), Change::Answer(review), Some(record))]) {
            Ok(events) => {
                let answer = Some(SessionAnswer { score, rating, was_new });
                self.record_step(core, SessionStep { card, events, answer });
                true
            }
            Err(error) => {
                core.notify_error(match error.is_final() {
                    true => error.to_string(),
                    false => text::study::not_saved(error),
                });
                false
            }
        }
    }

    fn record_step(&mut self, core: &mut Core, step: SessionStep) {
        if let Some(study) = &mut self.active {
            study.session.record(step.clone(), &core.progress);
            core.undo.push(UndoEntry::Step { step, session: study.serial });
        }
    }

    fn rate(&mut self, core: &mut Core, rating: Rating, now: &Moment) {
        let Some(active) = self.active_card() else { return };
        let went_well = match &active.stage {
            Stage::Answering => return,
            // The scheduler behind the buttons is used even if the plan changed meanwhile; minutes count from
            // now.
            Stage::Revealed { scheduler, latency_ms, .. } => {
                let outcomes = scheduler.outcomes(&active.key, active.task.kind, &active.state_before, now);
                let (due, latency_ms) = (outcome_of(&outcomes, rating).due, *latency_ms);
                let score = grade::self_grade_score(rating);
                let review = self.review(score, rating, due, latency_ms);
                self.commit_answer(core, &Response::Recall, review, now)
            }
            Stage::Graded { rating: in_force, .. } if *in_force == rating => true,
            Stage::Graded { .. } => self.override_rating(core, rating, None, now),
        };
        if went_well {
            self.show_next_card(core, now);
        }
    }

    fn mark_guessed(&mut self, core: &mut Core, now: &Moment) {
        let active = self.active_card();
        match active.map(|active| &active.stage) {
            Some(Stage::Graded { verdict, guessed: false, .. }) if verdict.score > 0.0 => {
                self.override_rating(core, Rating::Again, Some(Confidence::Guess), now);
            }
            _ => {}
        }
    }

    /// The current version of the answer to the card on screen: it may have been replaced since it was given.
    /// `None` without one, and, with an error shown, if it cannot be read.
    pub(super) fn effective_answer(&self, core: &mut Core) -> Option<(EventId, Review)> {
        let study = self.active.as_ref()?;
        let original = study.session.done().last().and_then(|step| step.events.first())?;
        let history = core.history(&study.active_card()?.key)?;
        // The newest event of this log by sequence number, because the clock may have been set back.
        history
            .reviews_with_ids()
            .filter(|(id, _)| id.log == original.log && id.seq >= original.seq)
            .max_by_key(|(id, _)| id.seq)
    }

    /// Adds events to the newest step: they replaced its answer, which counts as `rating` now.
    pub(super) fn amend_step(&mut self, core: &mut Core, events: Vec<EventId>, rating: Rating, score: f64) {
        for event in events {
            core.undo.add_to_newest(event);
            if let Some(study) = &mut self.active {
                study.session.amend(event, rating, score, &core.progress);
            }
        }
    }

    /// Replaces the rating of the answer on screen. Returns whether that was written.
    fn override_rating(
        &mut self,
        core: &mut Core,
        rating: Rating,
        confidence: Option<Confidence>,
        now: &Moment,
    ) -> bool {
        let Some(study) = self.active.as_ref() else { return false };
        let Some(active) = study.active_card() else { return false };
        let Stage::Graded { outcomes, verdict, .. } = &active.stage else { return false };
        let Some((target, _)) = self.effective_answer(core) else { return false };
        let due = outcome_of(outcomes, rating).due;
        let (card, score) = (active.key.clone(), verdict.score);
        match core.commit(now.stamp, &[(card, Change::Rate { target, rating, due, confidence }, None)]) {
            Ok(events) => {
                self.amend_step(core, events, rating, score);
                if let Some(ActiveCard { stage: Stage::Graded { rating: in_force, guessed, .. }, .. }) =
                    self.active_card_mut()
                {
                    *in_force = rating;
                    *guessed |= confidence == Some(Confidence::Guess);
                }
                true
            }
            Err(error) => {
                core.notify_error(error.to_string());
                false
            }
        }
    }

    fn continue_study(&mut self, core: &mut Core, now: &Moment) -> Outcome {
        let Some(study) = &self.active else { return Outcome::Done };
        match study.state() {
            SessionState::Card(ActiveCard { stage: Stage::Graded { .. }, .. }) => {
                self.show_next_card(core, now)
            }
            SessionState::Card(active @ ActiveCard { stage: Stage::Revealed { .. }, .. }) => {
                self.rate(core, active.proposed_rating(), now);
            }
            SessionState::Preparing(_) | SessionState::Card(_) | SessionState::Waiting(_) => {}
            SessionState::Finished => return self.end_session(core),
        }
        Outcome::Done
    }

    fn suspend_or_bury(&mut self, core: &mut Core, change: Change, notice: &str, now: &Moment) {
        let Some(active) = self.active_card() else { return };
        let card = active.key.clone();
        match core.commit(now.stamp, &[(card.clone(), change, None)]) {
            Ok(events) => {
                self.record_step(core, SessionStep { card, events, answer: None });
                self.show_next_card(core, now);
                core.notify(notice);
            }
            Err(error) => core.notify_error(error.to_string()),
        }
    }
}

fn latency_ms(shown_ms: i64, now: &Moment) -> u32 {
    u32::try_from((now.ms() - shown_ms).max(0)).unwrap_or(u32::MAX)
}
