//! What a forecast is made from, read from the history once.

use std::collections::HashSet;

use super::stability::RecallSample;
use crate::domain::card::Card;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::{Change, Due, ReviewSource};
use crate::domain::goal::Goal;
use crate::domain::goal::today::DayProgress;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::schedule::{Scheduler, learning_step_count, pre_exam_seed};
use crate::domain::simulate::exam::{SimCard, StudyPace};
use crate::domain::workload::{self, AnswerPace, answer_seconds};

/// Days before today that tell the pace.
const PACE_DAYS: u32 = 14;
/// Answers that tell how long things are kept; more would only take longer.
const MAX_SAMPLES: usize = 20_000;
/// Cards between two looks at whether the forecast is still wanted.
const CARDS_PER_CANCEL_CHECK: usize = 128;

/// What a forecast is made from.
#[derive(Clone, Debug)]
pub struct ForecastInput {
    /// The study day it is of.
    pub today: StudyDay,
    /// Days until the exam.
    pub days: u32,
    /// Expected share to reach.
    pub target: f64,
    /// The learner's limit.
    pub minutes_a_day: Option<u32>,
    /// Key and name of the topics asked, in the deck's order.
    pub topics: Vec<(String, String)>,
    /// The cards asked, suspended ones left out.
    pub cards: Vec<SimCard>,
    /// The program's rules without the exam.
    pub scheduler: Scheduler,
    /// Answers that tell how long things are kept.
    pub samples: Vec<RecallSample>,
    /// Seconds an answer takes.
    pub seconds_per_answer: f64,
    /// What was done for it today.
    pub done_today: DayProgress,
    /// Questions asked today whose cards are suspended since.
    pub questions_asked_today: Vec<usize>,
    /// What the last days show; `None` when they show nothing.
    pub pace: Option<StudyPace>,
    /// Tells one goal's chance from another's.
    pub seed: String,
}

/// What the answers tell, gathered over cards.
#[derive(Default)]
struct HistoryStats {
    samples: SampleThinner,
    recent_seconds: f64,
    recent_new: usize,
    recent_days: HashSet<StudyDay>,
    first_day: Option<StudyDay>,
    done_today: DayProgress,
}

/// Answers from all over the cards, however many there are: every so manieth of those met.
struct SampleThinner {
    kept: Vec<RecallSample>,
    offered: usize,
    stride: usize,
}

impl ForecastInput {
    /// Reads what a goal's forecast takes; `None` when `is_scheduled` said no on the way, or the exam is over or too
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
        let mut told = HistoryStats::default();
        for (nth, (key, index)) in deck.cards().enumerate() {
            if nth % CARDS_PER_CANCEL_CHECK == 0 && !is_wanted() {
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
                Some(Due::At(_)) if state.memory.is_some() => workload::steps_left(state.phase, kind),
                _ => (learning_step_count(kind), 0),
            };
            cards.push(SimCard {
                topic,
                question: index,
                blind_chance: question.answer.blind_chance(),
                steps,
                steps_left: left,
                pre_exam_seed: pre_exam_seed(&key),
                memory: state.memory,
                true_memory: state.memory,
                // Days are not negative, also where the clock was set back since.
                last_day: state.last_day.map_or(0, offset).min(0),
                due_day: due.max(buried),
                buried_until: buried,
            });
            if let Some(card) = progress.card(&key) {
                told.add_card(card, today, progress.longest_answer_ms());
            }
        }
        // Of all answers, as everywhere: the same minutes are told wherever they are told.
        let seconds = AnswerPace::of_history(progress, today, &is_wanted)?.seconds_per_answer;
        Some(Self {
            today,
            days: goal.days_left(today),
            target: goal.target(),
            minutes_a_day: goal.minutes_a_day,
            topics,
            cards,
            seconds_per_answer: seconds,
            done_today: told.done_today,
            questions_asked_today: asked_today,
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

impl Default for SampleThinner {
    fn default() -> Self {
        Self { kept: Vec::new(), offered: 0, stride: 1 }
    }
}

impl SampleThinner {
    fn push(&mut self, sample: RecallSample) {
        if self.offered.is_multiple_of(self.stride) {
            if self.kept.len() == MAX_SAMPLES {
                let mut nth = 0;
                self.kept.retain(|_| {
                    nth += 1;
                    nth % 2 == 1
                });
                self.stride *= 2;
            }
            // `MAX_SAMPLES` is even, so this one also belongs to the wider step.
            self.kept.push(sample);
        }
        self.offered += 1;
    }
}

impl HistoryStats {
    fn add_card(&mut self, card: &Card, today: StudyDay, longest_ms: u32) {
        self.done_today.absorb(&DayProgress::of_card(card, today, longest_ms));
        card.replay(|before, entry| {
            let Change::Answer(review) = entry.change else { return };
            if review.source == ReviewSource::Practice {
                return;
            }
            let day = entry.stamp.day;
            let days = before.days_since_review(day);
            if let Some(memory) = before.memory.filter(|_| days > 0) {
                let (blind_chance, right) = (review.blind_chance, review.score >= 1.0);
                self.samples.push(RecallSample { memory, elapsed_days: days, blind_chance, right });
            }
            self.first_day = Some(self.first_day.map_or(day, |first| first.min(day)));
            if day != today && today.days_since(day) <= PACE_DAYS {
                self.recent_seconds += answer_seconds(&review, longest_ms);
                self.recent_days.insert(day);
                self.recent_new += usize::from(before.memory.is_none());
            }
        });
    }

    fn pace(&self, today: StudyDay) -> Option<StudyPace> {
        let studied = self.recent_days.len() as f64;
        let days = f64::from(self.first_day.map_or(0, |first| today.days_since(first)).min(PACE_DAYS));
        (studied > 0.0 && days > 0.0).then(|| StudyPace {
            minutes: Some(self.recent_seconds / 60.0 / studied),
            new_cards: self.recent_new as f64 / studied,
            days_off: (1.0 - studied / days).clamp(0.0, 1.0),
        })
    }
}
