//! What a forecast is made from, read from the history once.

use std::collections::HashSet;

use super::keeps::Sample;
use crate::domain::card::Card;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::effort::{self, Pace as Effort, seconds_of};
use crate::domain::event::{Change, Due, Source};
use crate::domain::goal::Goal;
use crate::domain::goal::today::Done;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::schedule::{Scheduler, look_seed, steps_of};
use crate::domain::simulate::walk::{Pace, Walker};

/// Days before today that tell the pace.
const PACE_DAYS: u32 = 14;
/// Answers that tell how long things are kept; more would only take longer.
const MOST_SAMPLES: usize = 20_000;
/// Cards between two looks at whether the forecast is still wanted.
const LOOK_EVERY: usize = 128;

/// What a forecast is made from.
#[derive(Clone, Debug)]
pub struct Input {
    /// The study day it is of.
    pub today: StudyDay,
    /// Days until the exam.
    pub days: u32,
    /// Expected share to reach.
    pub target: f64,
    /// The learner's limit.
    pub minutes: Option<u32>,
    /// Key and name of the topics asked, in the deck's order.
    pub topics: Vec<(String, String)>,
    /// The cards asked, suspended ones left out.
    pub cards: Vec<Walker>,
    /// The program's rules without the exam.
    pub scheduler: Scheduler,
    /// Answers that tell how long things are kept.
    pub samples: Vec<Sample>,
    /// Seconds an answer takes.
    pub seconds: f64,
    /// What was done for it today.
    pub done_today: Done,
    /// Questions asked today whose cards are suspended since.
    pub asked_today: Vec<usize>,
    /// What the last days show; `None` when they show nothing.
    pub pace: Option<Pace>,
    /// Tells one goal's chance from another's.
    pub seed: String,
}

/// What the answers tell, gathered over cards.
#[derive(Default)]
struct Told {
    samples: Samples,
    recent_seconds: f64,
    recent_new: usize,
    recent_days: HashSet<StudyDay>,
    first_day: Option<StudyDay>,
    done_today: Done,
}

/// Answers from all over the cards, however many there are: every so manieth of those met.
struct Samples {
    kept: Vec<Sample>,
    met: usize,
    every: usize,
}

impl Input {
    /// Reads what a goal's forecast takes; `None` when `is_wanted` said no on the way, or the exam is over or too
    /// far off.
    pub fn of(
        deck: &Deck,
        progress: &Progress,
        goal: &Goal,
        scheduler: &Scheduler,
        today: StudyDay,
        is_wanted: impl Fn() -> bool,
    ) -> Option<Self> {
        if goal.is_over(today) || goal.is_too_far(today) {
            return None;
        }
        let topics: Vec<(String, String)> = deck
            .topics
            .iter()
            .filter(|(key, _)| goal.covers(&deck.id, key))
            .map(|(key, name)| (key.clone(), name.clone()))
            .collect();
        let mut cards = Vec::new();
        let mut asked_today = Vec::new();
        let mut told = Told::default();
        for (nth, (key, index)) in deck.cards().enumerate() {
            if nth % LOOK_EVERY == 0 && !is_wanted() {
                return None;
            }
            let question = &deck.questions[index];
            let Some(topic) = topics.iter().position(|(key, _)| *key == question.topic) else { continue };
            let state = progress.state(&key);
            if state.suspended {
                if state.last_day == Some(today) {
                    asked_today.push(index);
                }
                continue;
            }
            let offset = |day: StudyDay| day.0.saturating_sub(today.0);
            let due = match state.due {
                Some(Due::Day(day)) => offset(day),
                Some(Due::At(_)) | None => 0,
            };
            let buried = state.buried_until.map_or(i32::MIN, offset);
            let kind = question.answer.kind();
            let (steps, left) = match state.due {
                Some(Due::At(_)) if state.memory.is_some() => effort::steps_left(state.phase, kind),
                _ => (steps_of(kind), 0),
            };
            cards.push(Walker {
                topic,
                question: index,
                blind_chance: question.answer.blind_chance(),
                steps,
                left,
                look_seed: look_seed(&key),
                memory: state.memory,
                truth: state.memory,
                // Days are not negative, also where the clock was set back since.
                last: state.last_day.map_or(0, offset).min(0),
                due: due.max(buried),
                may_come: buried,
            });
            if let Some(card) = progress.card(&key) {
                told.read(card, today, progress.longest_answer_ms());
            }
        }
        // Of all answers, as everywhere: the same minutes are told wherever they are told.
        let seconds = Effort::of(progress, today, &is_wanted)?.seconds;
        Some(Self {
            today,
            days: goal.days_left(today),
            target: goal.target(),
            minutes: goal.minutes_a_day,
            topics,
            cards,
            seconds,
            done_today: told.done_today,
            asked_today,
            pace: told.pace(today),
            samples: told.samples.kept,
            scheduler: scheduler.clone(),
            seed: format!("forecast {} {} {}", goal.deck, goal.name, today.0),
        })
    }

    /// The model in force.
    pub fn model(&self) -> &Model {
        &self.scheduler.model
    }
}

impl Default for Samples {
    fn default() -> Self {
        Self { kept: Vec::new(), met: 0, every: 1 }
    }
}

impl Samples {
    fn push(&mut self, sample: Sample) {
        if self.met.is_multiple_of(self.every) {
            if self.kept.len() == MOST_SAMPLES {
                let mut nth = 0;
                self.kept.retain(|_| {
                    nth += 1;
                    nth % 2 == 1
                });
                self.every *= 2;
            }
            // `MOST_SAMPLES` is even, so this one also belongs to the wider step.
            self.kept.push(sample);
        }
        self.met += 1;
    }
}

impl Told {
    fn read(&mut self, card: &Card, today: StudyDay, longest_ms: u32) {
        self.done_today.absorb(&Done::of_card(card, today, longest_ms));
        card.replay(|before, entry| {
            let Change::Answer(review) = entry.change else { return };
            if review.source == Source::Practice {
                return;
            }
            let day = entry.stamp.day;
            let days = before.days_since_review(day);
            if let Some(memory) = before.memory.filter(|_| days > 0) {
                let (blind_chance, right) = (review.blind_chance, review.score >= 1.0);
                self.samples.push(Sample { memory, days, blind_chance, right });
            }
            self.first_day = Some(self.first_day.map_or(day, |first| first.min(day)));
            if day != today && today.days_since(day) <= PACE_DAYS {
                self.recent_seconds += seconds_of(&review, longest_ms);
                self.recent_days.insert(day);
                self.recent_new += usize::from(before.memory.is_none());
            }
        });
    }

    fn pace(&self, today: StudyDay) -> Option<Pace> {
        let studied = self.recent_days.len() as f64;
        let days = f64::from(self.first_day.map_or(0, |first| today.days_since(first)).min(PACE_DAYS));
        (studied > 0.0 && days > 0.0).then(|| Pace {
            minutes: Some(self.recent_seconds / 60.0 / studied),
            new_cards: self.recent_new as f64 / studied,
            days_off: (1.0 - studied / days).clamp(0.0, 1.0),
        })
    }
}
