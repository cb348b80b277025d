//! Reference implementation of the scores: slow, straight from the events, card by card, with the published formulas of
//! FSRS-6 in double precision. It uses nothing that the program folds.

use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{Change, Confidence, Due, Event, EventId, Review, ReviewSource};
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;

/// Default parameters, <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    pub stability: f64,
    pub difficulty: f64,
}

/// Recall after some days.
pub fn recall(memory: Memory, days: f64) -> f64 {
    let factor = 0.9f64.powf(-1.0 / W[20]) - 1.0;
    (1.0 + factor * days / memory.stability).powf(-W[20])
}

fn first_difficulty(grade: f64) -> f64 {
    W[4] - (W[5] * (grade - 1.0)).exp() + 1.0
}

fn after(before: Option<Memory>, days: u32, rating: Rating) -> Memory {
    let grade = f64::from(rating.number());
    let Some(Memory { stability: s, difficulty: d }) = before else {
        let difficulty = first_difficulty(grade).clamp(1.0, 10.0);
        return Memory { stability: W[usize::from(rating.number()) - 1], difficulty };
    };
    let r = recall(Memory { stability: s, difficulty: d }, f64::from(days));
    let stability = if days == 0 {
        let growth = (W[17] * (grade - 3.0 + W[18])).exp() * s.powf(-W[19]);
        s * if rating == Rating::Again { growth } else { growth.max(1.0) }
    } else if rating == Rating::Again {
        let lapsed = W[11] * d.powf(-W[12]) * ((s + 1.0).powf(W[13]) - 1.0) * (W[14] * (1.0 - r)).exp();
        lapsed.min(s / (W[17] * W[18]).exp())
    } else {
        let bonus = match rating {
            Rating::Hard => W[15],
            Rating::Easy => W[16],
            _ => 1.0,
        };
        s * (1.0 + W[8].exp() * (11.0 - d) * s.powf(-W[9]) * ((W[10] * (1.0 - r)).exp() - 1.0) * bonus)
    };
    let damped = d - W[6] * (grade - 3.0) * (10.0 - d) / 9.0;
    let difficulty = (W[7] * first_difficulty(4.0) + (1.0 - W[7]) * damped).clamp(1.0, 10.0);
    Memory { stability: stability.clamp(0.001, 36_500.0), difficulty }
}

/// An answer that counts, and the memory before it.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub day: StudyDay,
    /// The confidence that the learner stated before the verdict.
    pub stated_confidence: Option<Confidence>,
    pub review: Review,
    pub before: Option<Memory>,
    /// Study days since the answer before; 0 for the first.
    pub days: u32,
    /// Whether the answer before it scheduled the card for a later day.
    pub had_waited: bool,
}

/// A card after all its events.
#[derive(Clone, Debug, Default)]
pub struct Card {
    pub answers: Vec<Answer>,
    pub memory: Option<Memory>,
    pub last_day: Option<StudyDay>,
    pub due: Option<Due>,
    pub suspended: bool,
    pub buried_until: Option<StudyDay>,
    /// Day and rating of every answer that moved the schedule, since the last reset.
    pub ratings: Vec<(StudyDay, Rating)>,
    /// After each event that counts: its day, and the state then.
    pub states_by_day: Vec<(StudyDay, StateOnDay)>,
}

/// What decides how well a card is known at some time.
#[derive(Clone, Copy, Debug)]
pub struct StateOnDay {
    pub memory: Option<Memory>,
    pub last_day: Option<StudyDay>,
    pub is_being_learned: bool,
}

impl StateOnDay {
    /// Recall on a day; 0 while the card is being learned, None before its first answer.
    pub fn known_on(&self, day: StudyDay) -> Option<f64> {
        let recall = recall(self.memory?, f64::from((day.0 - self.last_day?.0).max(0)));
        Some(if self.is_being_learned { 0.0 } else { recall })
    }
}

impl Card {
    /// How well it was known on a day, at its end.
    pub fn known_at_end_of(&self, day: StudyDay) -> Option<f64> {
        self.states_by_day.iter().rfind(|(at, ..)| *at <= day)?.1.known_on(day)
    }

    /// On a learning step, or the last answer was Again.
    pub fn is_being_learned(&self) -> bool {
        matches!(self.due, Some(Due::At(_)))
            || self.ratings.last().is_some_and(|(_, it)| *it == Rating::Again)
    }

    /// Recalled on a day after the first one, and after the last on which it was forgotten.
    pub fn has_survived_a_night(&self) -> bool {
        let Some((first, _)) = self.ratings.first() else { return false };
        let forgotten = self.ratings.iter().rposition(|(_, rating)| *rating == Rating::Again);
        let since = forgotten.map_or(*first, |at| self.ratings[at].0);
        let last = self.ratings.last().map_or(since, |(day, _)| *day);
        !self.is_being_learned() && last > since
    }

    fn state(&self) -> StateOnDay {
        StateOnDay { memory: self.memory, last_day: self.last_day, is_being_learned: self.is_being_learned() }
    }

    /// How well it is known today.
    pub fn known(&self, today: StudyDay) -> Option<f64> {
        self.state().known_on(today)
    }

    /// Recall as the memory alone predicts it, also while the card is being learned.
    pub fn recall(&self, today: StudyDay) -> Option<f64> {
        Some(recall(self.memory?, f64::from((today.0 - self.last_day?.0).max(0))))
    }
}

fn is_retracted(id: EventId, events: &[&Event]) -> bool {
    events.iter().any(|event| event.change == Change::Retract(id) && !is_retracted(event.id, events))
}

/// A card from all events of the log.
pub fn card(key: &CardKey, log: &[Event]) -> Card {
    let mut events: Vec<&Event> = log.iter().filter(|event| event.card == *key).collect();
    events.sort_by_key(|event| (event.stamp.utc_ms, event.id));
    let mut card = Card::default();
    for event in &events {
        if is_retracted(event.id, &events) {
            continue;
        }
        let day = event.stamp.day;
        match &event.change {
            Change::Answer(review) => {
                let mut review = *review;
                let stated_confidence = review.confidence;
                for later in &events {
                    if let Change::Rate { target, rating, due, confidence } = later.change
                        && target == event.id
                        && !is_retracted(later.id, &events)
                    {
                        (review.rating, review.due) = (rating, due);
                        review.confidence = confidence.or(review.confidence);
                    }
                }
                let days = card.last_day.map_or(0, |last| (day.0 - last.0).max(0).unsigned_abs());
                let had_waited = matches!(card.due, Some(Due::Day(_)));
                card.answers.push(Answer {
                    day,
                    stated_confidence,
                    review,
                    before: card.memory,
                    days,
                    had_waited,
                });
                if review.source == ReviewSource::Practice {
                    continue;
                }
                card.memory = Some(after(card.memory, days, review.rating));
                card.last_day = Some(day);
                card.due = Some(review.due);
                card.ratings.push((day, review.rating));
            }
            Change::Suspend => card.suspended = true,
            Change::Resume => card.suspended = false,
            Change::Bury { until } => card.buried_until = Some(*until),
            Change::Reset => {
                let (answers, states_by_day) =
                    (std::mem::take(&mut card.answers), std::mem::take(&mut card.states_by_day));
                card = Card { answers, states_by_day, suspended: card.suspended, ..Card::default() };
            }
            _ => continue,
        }
        let state = card.state();
        card.states_by_day.push((day, state));
    }
    card
}

/// Whether an answer of that day is within the last `days`.
pub fn is_within(day: StudyDay, today: StudyDay, days: Option<u32>) -> bool {
    days.is_none_or(|days| i64::from(day.0) > i64::from(today.0) - i64::from(days))
}

pub fn expected(recall: f64, blind: f64) -> f64 {
    0.95 * recall + blind * (1.0 - recall)
}

/// 0 guess, 1 think so, 2 sure.
pub fn rank(confidence: Confidence) -> usize {
    [Confidence::Guess, Confidence::ThinkSo, Confidence::Sure]
        .iter()
        .position(|other| *other == confidence)
        .expect("one of three")
}
