//! Years of answers to the cards of some decks, by the program's own schedule. Memories, ratings and due days are those
//! that the program would give; what is simplified is which card comes when.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::f64::consts::TAU;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::day::{Moment, Stamp, StudyDay};
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{AnswerRecord, Change, Confidence, Due, EventId, Review, ReviewSource};
use linchpin::domain::grade::{grade, right_response};
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::{MAPPING_VERSION, Rating};
use linchpin::domain::schedule::{RatingOutcome, Scheduler, outcome_of};
use linchpin::domain::simulate::{SimulatedAnswer, SimulatedLearner};
use linchpin::domain::task::{Response, Task, TaskForm};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::responses::response;
use crate::words::Words;

const ROLLOVER: u8 = 4;
/// Score and rating of an answer that is right but for a slip.
const SLIP: (f64, Rating) = (0.9, Rating::Hard);

/// An event to store, with the position of its card in [`Learner::keys`].
pub struct Entry {
    pub stamp: Stamp,
    pub card: usize,
    pub change: Change,
    pub answer: Option<AnswerRecord>,
}

/// A learner, with the state of every card.
pub struct Learner<'a> {
    /// The key of every card.
    pub keys: Vec<CardKey>,
    /// Deck and question of every card.
    places: Vec<(usize, usize)>,
    states: Vec<CardState>,
    decks: &'a [Deck],
    words: &'a Words,
    rules: Scheduler,
    mind: SimulatedLearner,
    /// Due cards by study day; the number between is random, so that cards of a day come in no order.
    due: BTreeSet<(StudyDay, u32, usize)>,
    unseen: usize,
    zone: TimeZone,
    log: u64,
    seq: u64,
    chance: ChaCha8Rng,
}

impl<'a> Learner<'a> {
    /// A learner who has seen none of the decks. The events will have the ids of `log`, from 1.
    pub fn new(decks: &'a [Deck], words: &'a Words, log: u64, chance: ChaCha8Rng) -> Self {
        let mut cards: Vec<(CardKey, (usize, usize))> = Vec::new();
        for (nth, deck) in decks.iter().enumerate() {
            cards.extend(deck.cards().map(|(key, question)| (key, (nth, question))));
        }
        let states = vec![CardState::default(); cards.len()];
        let (keys, places) = cards.into_iter().unzip();
        Self {
            keys,
            places,
            states,
            decks,
            words,
            rules: Scheduler::default(),
            mind: SimulatedLearner { model: MemoryModel::default(), stability_factor: 1.0 },
            due: BTreeSet::new(),
            unseen: 0,
            zone: TimeZone::get("Europe/Berlin").expect("a zone"),
            log,
            seq: 0,
            chance,
        }
    }

    /// Studies on a day until there are so many answers; new cards come as often as the numbers ask.
    pub fn study(&mut self, date: Date, answers: usize, new_cards: usize, entries: &mut Vec<Entry>) {
        let morning = date.at(7, 30, 0, 0).to_zoned_datetime(self.zone.clone()).expect("a time");
        let mut ms = morning.timestamp().as_millisecond() + self.chance.random_range(0..14_400_000);
        let today = self.moment(ms).day();
        let mut learning: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
        let mut new_left = new_cards;
        for left in (1..=answers).rev() {
            let is_step_due = learning.peek().is_some_and(|Reverse((due, _))| *due <= ms);
            let is_due = self.due.first().is_some_and(|(day, ..)| *day <= today);
            let wants_new = new_left > 0 && self.unseen < self.keys.len();
            let card = if is_step_due {
                learning.pop().map(|Reverse((_, card))| card)
            } else if wants_new && (!is_due || self.chance.random_range(0..left) < new_left * 3) {
                new_left -= 1;
                self.next_unseen()
            } else if is_due {
                self.due.pop_first().map(|(.., card)| card)
            } else if let Some(Reverse((due, card))) = learning.pop() {
                ms = ms.max(due);
                Some(card)
            } else {
                // Nothing is left for today: a card ahead of its time.
                self.next_unseen().or_else(|| self.due.pop_first().map(|(.., card)| card))
            };
            let Some(card) = card else { return };
            let now = self.moment(ms);
            ms += self.answer(card, &now, entries);
            match self.states[card].due {
                _ if self.states[card].suspended => {}
                Some(Due::At(due)) => learning.push(Reverse((due, card))),
                Some(Due::Day(day)) => self.put_off(card, day),
                None => self.put_off(card, today),
            }
        }
        for Reverse((_, card)) in learning {
            self.put_off(card, today);
        }
    }

    fn moment(&self, ms: i64) -> Moment {
        Moment::at_ms(ms, self.zone.clone(), ROLLOVER)
    }

    fn next_unseen(&mut self) -> Option<usize> {
        self.unseen += 1;
        (self.unseen <= self.keys.len()).then_some(self.unseen - 1)
    }

    fn put_off(&mut self, card: usize, day: StudyDay) {
        let day = self.states[card].buried_until.map_or(day, |until| day.max(until));
        let between = self.chance.random();
        self.due.insert((day, between, card));
    }

    fn log(&mut self, entries: &mut Vec<Entry>, entry: Entry) -> EventId {
        self.seq += 1;
        entries.push(entry);
        EventId { log: self.log, seq: self.seq }
    }

    /// Answers a card, and now and then does something else with it. Returns how long that took, in milliseconds.
    fn answer(&mut self, card: usize, now: &Moment, entries: &mut Vec<Entry>) -> i64 {
        let (state, stamp) = (self.states[card], now.stamp);
        let (deck, question) = self.places[card];
        let (deck, question) = (&self.decks[deck], &self.decks[deck].questions[question]);
        let seed = self.chance.random();
        let task = Task::new(deck, question, &self.keys[card].facet, seed, false);
        let days = state.last_day.map_or(0, |last| now.day().days_since(last));
        let reply = self.mind.answer(state.memory, days, task.blind_chance(), &mut self.chance);
        let (response, score, rating) = self.respond(&task, reply, card);
        let confidence = self.confidence(reply);
        let outcomes = self.rules.outcomes(&self.keys[card], task.kind, &state, now);
        let outcome = outcome_of(&outcomes, rating);
        let source = match self.chance.random_range(0..100) {
            0 => ReviewSource::Practice,
            1 | 2 => ReviewSource::TestUnscheduled,
            3 => ReviewSource::Test,
            _ => ReviewSource::Study,
        };
        let latency_ms = self.latency_ms(task.kind, reply);
        let review = Review {
            source,
            kind: task.kind,
            score,
            blind_chance: task.blind_chance(),
            hint_used: self.chance.random_ratio(3, 100),
            confidence,
            latency_ms,
            proposed_rating: rating,
            rating,
            mapping_version: MAPPING_VERSION,
            due: outcome.due,
        };
        let answer = Some(AnswerRecord { response, shown_options: task.shown_options() });
        let target = self.log(entries, Entry { stamp, card, change: Change::Answer(review), answer });
        let after = Stamp { utc_ms: stamp.utc_ms + i64::from(latency_ms), ..stamp };
        let mut add = |learner: &mut Self, change| {
            learner.log(entries, Entry { stamp: after, card, change, answer: None });
        };
        if source.moves_schedule() {
            self.states[card] = after_outcome(&state, outcome, now.day());
        }
        match self.chance.random_range(0..1_000) {
            0..4 => {
                add(self, Change::Retract(target));
                self.states[card] = state;
            }
            4..14 if source == ReviewSource::Study && rating != Rating::Again => {
                let rating = if rating == Rating::Good { Rating::Easy } else { Rating::Good };
                let outcome = outcome_of(&outcomes, rating);
                add(self, Change::Rate { target, rating, due: outcome.due, confidence: None });
                self.states[card] = after_outcome(&state, outcome, now.day());
            }
            14 => {
                add(self, Change::Bury { until: now.day().plus(1) });
                self.states[card].buried_until = Some(now.day().plus(1));
            }
            15 if self.chance.random_ratio(1, 3) => {
                add(self, Change::Suspend);
                self.states[card].suspended = true;
            }
            _ => {}
        }
        i64::from(latency_ms) + self.chance.random_range(1_000..4_000)
    }

    /// The response, its score and its rating.
    fn respond(&mut self, task: &Task, reply: SimulatedAnswer, card: usize) -> (Response, f64, Rating) {
        let written = match (&task.form, right_response(task)) {
            (TaskForm::Recall { .. }, right) => {
                let rating = match (reply.knew, self.chance.random_range(0..10)) {
                    (false, _) => Rating::Again,
                    (true, 0) => Rating::Hard,
                    (true, 9) => Rating::Easy,
                    (true, _) => Rating::Good,
                };
                return (right, f64::from(u8::from(reply.knew)), rating);
            }
            (TaskForm::Typed { .. }, Response::Typed(text)) => text,
            (TaskForm::Cloze { .. }, Response::Cloze(texts)) => texts.concat(),
            _ => {
                let response = response(task, reply, &self.keys[card], &mut self.chance);
                let verdict = grade(task, &response);
                return (response, verdict.score, Rating::from_verdict(&verdict, false));
            }
        };
        // Not graded here: whether a word with a slip is another answer of the deck is looked up in all of its questions.
        let (text, score, rating) = match (reply.is_right, self.chance.random_range(0..100)) {
            (true, 0..6) => (self.mistyped(&written), SLIP.0, SLIP.1),
            (true, 6..20) => (written.to_uppercase(), 1.0, Rating::Good),
            (true, _) => (written, 1.0, Rating::Good),
            (false, 0..30) => return (Response::GaveUp, 0.0, Rating::Again),
            (false, _) => (self.words.answer(&mut self.chance), 0.0, Rating::Again),
        };
        match task.form {
            TaskForm::Cloze { .. } => (Response::Cloze(vec![text]), score, rating),
            _ => (Response::Typed(text), score, rating),
        }
    }

    /// The text with two letters swapped, one left out, or one typed twice.
    fn mistyped(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let nth = self.chance.random_range(0..letters.len());
        match self.chance.random_range(0..3) {
            0 if nth > 0 => letters.swap(nth - 1, nth),
            1 if letters.len() > 1 => drop(letters.remove(nth)),
            _ => letters.insert(nth, letters[nth]),
        }
        letters.into_iter().collect()
    }

    fn confidence(&mut self, reply: SimulatedAnswer) -> Option<Confidence> {
        match (self.chance.random_range(0..100), reply.knew) {
            (0..25, true) | (0..3, false) => Some(Confidence::Sure),
            (25..35, true) | (3..15, false) => Some(Confidence::ThinkSo),
            (15..35, false) => Some(Confidence::Guess),
            _ => None,
        }
    }

    /// Log-normal, as times of answers are; longer where more has to be entered, and where the learner hesitates.
    fn latency_ms(&mut self, kind: Kind, reply: SimulatedAnswer) -> u32 {
        let median = match kind {
            Kind::Bool => 2_600.0,
            Kind::Choice | Kind::Recall => 3_800.0,
            Kind::Typed | Kind::Number | Kind::Date | Kind::Cloze => 5_500.0,
            Kind::Choices => 7_500.0,
            Kind::Order | Kind::Match | Kind::Sort => 13_000.0,
        };
        // Box and Muller's way to a normal distribution; 1 - x is never 0.
        let (one, other): (f64, f64) = (1.0 - self.chance.random::<f64>(), self.chance.random());
        let normal = (-2.0 * one.ln()).sqrt() * (TAU * other).cos();
        let hesitates = if reply.knew { 1.0 } else { 1.7 };
        (median * hesitates * (0.6 * normal).exp()) as u32
    }
}

/// The state of a card after an answer that moves the schedule.
fn after_outcome(state: &CardState, outcome: &RatingOutcome, today: StudyDay) -> CardState {
    let interval_days = match outcome.due {
        Due::Day(day) => day.days_since(today),
        Due::At(_) => 0,
    };
    let lapsed = outcome.rating == Rating::Again && state.phase == CardPhase::Review;
    CardState {
        memory: Some(outcome.memory),
        phase: outcome.phase,
        due: Some(outcome.due),
        last_day: Some(today),
        interval_days,
        reviews: state.reviews + 1,
        lapses: state.lapses + u32::from(lapsed),
        ..*state
    }
}
