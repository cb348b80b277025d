//! Somebody who studies with the program's own rules, session by session.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::tz::TimeZone;
use linchpin::domain::card::{CardState, Phase};
use linchpin::domain::day::{Moment, StudyDay};
use linchpin::domain::deck::Deck;
use linchpin::domain::effort::answers;
use linchpin::domain::event::{Change, Confidence, Due, Event, EventId, Given, Review, Source};
use linchpin::domain::goal::today::{Clocked, Done, Followed, plan_towards};
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::grade::{Marks, Verdict, grade, recalled};
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::{Memory, Model};
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::queue::{Candidate, Limits, Plan, plan};
use linchpin::domain::rating::{MAPPING_VERSION, Rating};
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::seed::{rng, seed_of};
use linchpin::domain::session::{Answered, Next, Session as Asking, Step};
use linchpin::domain::simulate::{Mind, Reply};
use linchpin::domain::task::{Form, Response, Task};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;

use super::{ROLLOVER, replies};

/// Milliseconds between an answer and the next question.
const VERDICT_MS: i64 = 3_000;

/// One sitting.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where the learner is.
    pub zone: TimeZone,
    /// When it begins.
    pub begin: Moment,
    /// New cards that it may bring; more when there is nothing else to do.
    pub new_cards: usize,
    /// Answers, exactly: when nothing is due any more new cards come, then others ahead of their time.
    pub answers: usize,
}

/// A card, and what is truly remembered of it.
#[derive(Clone)]
struct Held {
    key: CardKey,
    question: usize,
    kind: Kind,
    blind_chance: f64,
    truth: Option<Memory>,
    last_day: Option<StudyDay>,
    answers: usize,
    /// Where it stands in `Student::due`.
    due: Option<StudyDay>,
}

/// The learner, and what the program knows of the learner.
#[derive(Clone)]
pub struct Student {
    /// The true memory; the program's model may be another one.
    pub mind: Mind,
    /// The program's rules.
    pub rules: Scheduler,
    /// What the program knows.
    pub progress: Progress,
    /// Whether responses are made, and not only scores.
    pub tells_what_was_given: bool,
    /// Share of answers with a word on how sure the learner is, 0 to 1.
    pub tells_confidence: f64,
    deck: Arc<Deck>,
    cards: Vec<Held>,
    at: HashMap<CardKey, usize>,
    due: BTreeSet<(StudyDay, usize)>,
    unseen: usize,
    log: u64,
    events: u64,
    chance: ChaCha8Rng,
}

impl Student {
    /// Somebody who has seen nothing yet and remembers as the program's model says.
    pub fn new(deck: Arc<Deck>, seed: u64) -> Self {
        let cards: Vec<Held> = deck
            .cards()
            .map(|(key, question)| {
                let answer = &deck.questions[question].answer;
                Held {
                    key,
                    question,
                    kind: answer.kind(),
                    blind_chance: answer.blind_chance(),
                    truth: None,
                    last_day: None,
                    answers: 0,
                    due: None,
                }
            })
            .collect();
        let at = cards.iter().enumerate().map(|(index, card)| (card.key.clone(), index)).collect();
        Self {
            mind: Mind { model: Model::default(), keeps: 1.0 },
            rules: Scheduler::default(),
            progress: Progress::default(),
            tells_what_was_given: false,
            tells_confidence: 0.4,
            deck,
            cards,
            at,
            due: BTreeSet::new(),
            unseen: 0,
            log: seed_of(&format!("log {seed}")),
            events: 0,
            chance: rng(seed_of(&format!("student {seed}"))),
        }
    }

    /// One sitting: what was answered in it.
    pub fn study(&mut self, session: &Session) -> Vec<(Event, Option<Given>)> {
        let mut log = Vec::with_capacity(session.answers);
        let mut now = session.begin;
        let today = Limits {
            new_cards: session.new_cards,
            reviews: Some(session.answers.saturating_sub(session.new_cards)),
            again_today: false,
        };
        let mut asking = Asking::new(self.plan_of(today, &now), Source::Study);
        while log.len() < session.answers {
            match asking.next(&self.progress, &now) {
                Next::Ask(key) => {
                    let (given, took_ms) = self.answer(&key, asking.source, &now, &mut asking);
                    log.push(given);
                    let ms = now.ms() + i64::from(took_ms) + VERDICT_MS;
                    now = Moment::at_ms(ms, session.zone.clone(), ROLLOVER);
                }
                Next::Wait(until) => now = Moment::at_ms(until, session.zone.clone(), ROLLOVER),
                Next::Finished => asking = self.more(session, log.len(), &now),
            }
        }
        log
    }

    /// One sitting as a plan for an exam has it; how many answers it took, and the seconds.
    pub fn follow(
        &mut self,
        plan: &ExamPlan,
        exam: StudyDay,
        seconds: f64,
        session: &Session,
    ) -> (usize, f64) {
        let mut now = session.begin;
        let goal = Goal {
            name: String::new(),
            deck: self.deck.id.clone(),
            topics: Vec::new(),
            exam: exam.date(),
            target_percent: 90,
            minutes_a_day: None,
            plan: Some(*plan),
        };
        let normal = Scheduler::default();
        let exams = Followed::all(&[goal], &normal, now.day());
        self.rules = exams[0].rules.clone();
        let every: Vec<Candidate<'_>> = (0..self.cards.len())
            .map(|index| self.candidate(index, self.progress.state(&self.cards[index].key)))
            .collect();
        let limits = Limits { new_cards: session.new_cards, reviews: None, again_today: false };
        let takes = |card: &Candidate<'_>| {
            let question = self.cards[self.at[&card.key]].question;
            seconds * answers(card.state, &self.deck.questions[question].answer, &normal.model, now.day())
        };
        let seconds = every.iter().map(takes).collect();
        let clocked = Clocked { seconds, done: vec![Done::default(); exams.len()] };
        let planned = plan_towards(&every, &exams, limits, &normal, &now, Some(&clocked));
        let mut asking = Asking::new(planned, Source::Study);
        let (mut answers, mut spent) = (0, 0.0);
        loop {
            match asking.next(&self.progress, &now) {
                Next::Ask(key) => {
                    let (_, took_ms) = self.answer(&key, asking.source, &now, &mut asking);
                    let ms = i64::from(took_ms) + VERDICT_MS;
                    now = Moment::at_ms(now.ms() + ms, session.zone.clone(), ROLLOVER);
                    answers += 1;
                    spent += ms as f64 / 1_000.0;
                }
                Next::Wait(until) => now = Moment::at_ms(until, session.zone.clone(), ROLLOVER),
                Next::Finished => return (answers, spent),
            }
        }
    }

    /// A simulated test on a day, of every card: which answers are right.
    pub fn sits_a_test(&self, day: StudyDay, chance: &mut impl Rng) -> Vec<(&CardKey, bool)> {
        let right = |card: &Held, chance: &mut _| {
            let days = card.last_day.map_or(0, |last| day.days_since(last));
            self.mind.reply(card.truth, days, card.blind_chance, chance).right
        };
        self.cards.iter().map(|card| (&card.key, right(card, chance))).collect()
    }

    fn plan_of(&self, limits: Limits, now: &Moment) -> Plan {
        plan(&self.candidates(limits.new_cards, now), limits, &self.rules.model, now)
    }

    /// What is due, and the next cards that were never seen.
    fn candidates(&self, new_cards: usize, now: &Moment) -> Vec<Candidate<'_>> {
        let due = self.due.range(..=(now.day(), usize::MAX)).map(|(_, card)| *card);
        let unseen = self.unseen..self.cards.len().min(self.unseen + new_cards);
        due.chain(unseen)
            .map(|index| self.candidate(index, self.progress.state(&self.cards[index].key)))
            .collect()
    }

    fn candidate<'a>(&'a self, index: usize, state: &'a CardState) -> Candidate<'a> {
        let card = &self.cards[index];
        Candidate { key: card.key.clone(), topic: &self.deck.questions[card.question].topic, state }
    }

    /// What is done when nothing is left to do.
    fn more(&self, session: &Session, done: usize, now: &Moment) -> Asking {
        let wanted = session.answers - done;
        let learn = Limits { new_cards: wanted.div_ceil(2), reviews: None, again_today: false };
        let more = self.plan_of(learn, now);
        if !more.queue.is_empty() {
            return Asking::new(more, Source::Study);
        }
        let is_open = |card: &&Held| card.last_day != Some(now.day());
        let ahead: Vec<&Held> = self.due.iter().map(|(_, card)| &self.cards[*card]).filter(is_open).collect();
        let states: Vec<CardState> = ahead
            .iter()
            .take(wanted)
            .map(|card| CardState { due: Some(Due::Day(now.day())), ..*self.progress.state(&card.key) })
            .collect();
        let source = if states.is_empty() { Source::Practice } else { Source::Study };
        let every: Vec<&Held> = if states.is_empty() { self.cards.iter().collect() } else { ahead };
        let again =
            CardState { phase: Phase::Review, due: Some(Due::Day(now.day())), ..CardState::default() };
        let candidates: Vec<Candidate<'_>> = every
            .iter()
            .enumerate()
            .take(wanted)
            .map(|(nth, card)| Candidate {
                key: card.key.clone(),
                topic: self.deck.questions[card.question].topic.as_str(),
                state: states.get(nth).unwrap_or(&again),
            })
            .collect();
        let limits = Limits { new_cards: 0, reviews: Some(wanted), again_today: true };
        Asking::new(plan(&candidates, limits, &self.rules.model, now), source)
    }

    /// Answers a card; the event, and the milliseconds that it took.
    fn answer(
        &mut self,
        key: &CardKey,
        source: Source,
        now: &Moment,
        asking: &mut Asking,
    ) -> ((Event, Option<Given>), u32) {
        let index = self.at[key];
        let card = &self.cards[index];
        let days = card.last_day.map_or(0, |last| now.day().days_since(last));
        let reply = self.mind.reply(card.truth, days, card.blind_chance, &mut self.chance);
        let truth = self.mind.after(card.truth, days, reply.knew);
        let confidence = self.confidence(reply);
        let latency_ms = self.latency_ms(index, reply);
        let (score, given) = self.score(index, reply);
        let guessed = confidence == Some(Confidence::Guess);
        let rating = Rating::of(&Verdict::new(score, "", Marks::None), guessed && score > 0.0);
        let card = &mut self.cards[index];
        (card.truth, card.last_day) = (Some(truth), Some(now.day()));
        card.answers += 1;
        let state = *self.progress.state(key);
        let outcome = self.rules.outcome(key, card.kind, &state, now, rating);
        let review = Review {
            source,
            kind: card.kind,
            score,
            blind_chance: card.blind_chance,
            hint_used: self.chance.random::<f64>() < 0.03,
            confidence,
            latency_ms,
            proposed: rating,
            rating,
            mapping: MAPPING_VERSION,
            granted: outcome.due,
        };
        self.events += 1;
        let id = EventId { log: self.log, seq: self.events };
        let event = Event { id, stamp: now.stamp, card: key.clone(), change: Change::Answer(review) };
        self.progress.push(event.clone(), &self.rules.model);
        self.settle(index, now.day());
        let was_new = state.phase == Phase::New;
        let answer = Some(Answered { score, rating, was_new });
        asking.record(Step { card: key.clone(), events: vec![id], answer }, &self.progress);
        ((event, given), latency_ms)
    }

    /// Notes when a card comes back.
    fn settle(&mut self, index: usize, today: StudyDay) {
        let card = &mut self.cards[index];
        let due = match self.progress.state(&card.key).due {
            Some(Due::Day(day)) => Some(day),
            Some(Due::At(_)) => Some(today),
            None => None,
        };
        if let Some(before) = std::mem::replace(&mut card.due, due) {
            self.due.remove(&(before, index));
        }
        self.due.extend(due.map(|day| (day, index)));
        while self.cards.get(self.unseen).is_some_and(|card| card.answers > 0) {
            self.unseen += 1;
        }
    }

    /// The score, and with it what was given if that is to be told.
    fn score(&mut self, index: usize, reply: Reply) -> (f64, Option<Given>) {
        if !self.tells_what_was_given {
            return (f64::from(u8::from(reply.right)), None);
        }
        let card = &self.cards[index];
        let question = &self.deck.questions[card.question];
        let seed = seed_of(&format!("task {} {}", card.key, card.answers));
        let task = Task::new(&self.deck, question, &card.key.facet, seed, false);
        let response = replies::response(&task, reply, &card.key, &mut self.chance);
        let score = match (&task.form, &response) {
            (Form::Reveal { .. }, _) => recalled(if reply.right { Rating::Good } else { Rating::Again }),
            (_, Response::GaveUp) => 0.0,
            _ => grade(&task, &response).score,
        };
        (score, Some(Given { response, shown: task.shown() }))
    }

    fn confidence(&mut self, reply: Reply) -> Option<Confidence> {
        let (tells, which) = (self.chance.random::<f64>(), self.chance.random::<f64>());
        let confidence = match (reply.knew, which) {
            (true, ..0.75) | (false, ..0.1) => Confidence::Sure,
            (true, _) | (false, ..0.4) => Confidence::ThinkSo,
            (false, _) => Confidence::Guess,
        };
        (tells < self.tells_confidence).then_some(confidence)
    }

    fn latency_ms(&mut self, index: usize, reply: Reply) -> u32 {
        let seconds = match self.cards[index].kind {
            Kind::Bool => 3.5,
            Kind::Choice | Kind::Recall => 5.0,
            Kind::Typed | Kind::Number | Kind::Date | Kind::Cloze => 7.0,
            Kind::Choices => 9.0,
            Kind::Order | Kind::Match | Kind::Sort => 15.0,
        };
        let hesitates = if reply.knew { 1.0 } else { 1.6 };
        let spread: f64 = (0..3).map(|_| self.chance.random::<f64>() - 0.5).sum();
        // Somebody is at the door now and then.
        let away = if self.chance.random::<f64>() < 0.005 { 12.0 } else { 1.0 };
        (seconds * 1_000.0 * hesitates * spread.exp() * away) as u32
    }
}
