//! The input of a forecast, read from the history once.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::stability::RecallSample;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::{Change, Due, ReviewSource};
use crate::domain::goal::Goal;
use crate::domain::goal::today::DayProgress;
use crate::domain::history::CardHistory;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::replay::ReplayError;
use crate::domain::schedule::{Scheduler, learning_step_count, pre_exam_seed};
use crate::domain::simulate::exam::{SimCard, StudyPace};
use crate::domain::workload::{self, AnswerPace, answer_seconds};

/// How many days before today show the learner's pace.
const PACE_DAYS: u32 = 14;
/// At most this many answers are used to estimate how well the learner remembers. More would only take
/// longer.
const MAX_SAMPLES: usize = 20_000;
/// How many cards are read between two checks whether the forecast was cancelled.
const CARDS_PER_CANCEL_CHECK: usize = 128;

/// Everything that a forecast is computed from.
#[derive(Clone, Debug)]
pub struct ForecastInput {
    /// The study day on which it is made.
    pub today: StudyDay,
    /// Days until the exam.
    pub days: u32,
    /// The expected score to reach, 0 to 1.
    pub target: f64,
    /// The learner's time limit in minutes a day. `None` means no limit.
    pub minutes_a_day: Option<u32>,
    /// Key and name of the topics that the exam covers, in the deck's order.
    pub topics: Vec<(String, String)>,
    /// The cards that the exam covers, without suspended ones.
    pub cards: Vec<SimCard>,
    /// The scheduler as it is without the exam.
    pub scheduler: Scheduler,
    /// Answers from which to estimate how well the learner remembers.
    pub samples: Vec<RecallSample>,
    /// Mean time for one answer, in seconds.
    pub seconds_per_answer: f64,
    /// What was done for this exam today.
    pub done_today: DayProgress,
    /// Questions that were asked today and whose cards are suspended now.
    pub questions_asked_today: Vec<usize>,
    /// The pace of the last two weeks. `None` if nothing was studied in them.
    pub pace: Option<StudyPace>,
    /// Seed text of the random numbers. Different for every goal and day.
    pub seed_text: String,
}

/// Statistics gathered from the history of the cards.
#[derive(Default)]
struct HistoryStats {
    samples: SampleThinner,
    recent_seconds: f64,
    recent_new: usize,
    recent_days: HashSet<StudyDay>,
    first_day: Option<StudyDay>,
    done_today: DayProgress,
}

/// A sample of all answers with at most [`MAX_SAMPLES`] entries: every `stride`-th answer, where `stride`
/// doubles whenever the sample is full.
struct SampleThinner {
    kept: Vec<RecallSample>,
    offered: usize,
    stride: usize,
}

impl ForecastInput {
    /// Reads the input for a goal's forecast. Returns `None` if the exam is over or too far ahead.
    ///
    /// # Errors
    /// When the log cannot be read, or `cancel` was set meanwhile.
    pub fn collect(
        deck: &Deck,
        progress: &Progress,
        goal: &Goal,
        scheduler: &Scheduler,
        today: StudyDay,
        cancel: &AtomicBool,
    ) -> Result<Option<Self>, ReplayError> {
        if goal.is_over(today) || goal.is_too_far(today) {
            return Ok(None);
        }
        let topics: Vec<(String, String)> = deck
            .topics
            .iter()
            .filter(|(key, _)| goal.covers(&deck.id, key))
            .map(|(key, name)| (key.clone(), name.clone()))
            .collect();
        let mut cards = Vec::new();
        let mut questions_asked_today = Vec::new();
        let mut stats = HistoryStats::default();
        let mut answered = Vec::new();
        for (nth, (key, index)) in deck.cards().enumerate() {
            if nth % CARDS_PER_CANCEL_CHECK == 0 && cancel.load(Ordering::Relaxed) {
                return Err(ReplayError::Cancelled);
            }
            let question = &deck.questions[index];
            let Some(topic) = topics.iter().position(|(key, _)| *key == question.topic) else { continue };
            let state = progress.state(&key);
            if state.suspended {
                if state.last_day == Some(today) {
                    questions_asked_today.push(index);
                }
                continue;
            }
            let offset = |day: StudyDay| day.0.saturating_sub(today.0);
            let due = match state.due {
                Some(Due::Day(day)) => offset(day),
                Some(Due::At(_)) | None => 0,
            };
            let buried_until = state.buried_until.map_or(i32::MIN, offset);
            let kind = question.answer.kind();
            let (steps, steps_left) = match state.due {
                Some(Due::At(_)) if state.memory.is_some() => workload::steps_left(state.phase, kind),
                _ => (learning_step_count(kind), 0),
            };
            cards.push(SimCard {
                topic,
                question: index,
                blind_chance: question.answer.blind_chance(),
                steps,
                steps_left,
                pre_exam_seed: pre_exam_seed(&key),
                memory: state.memory,
                true_memory: state.memory,
                // Not in the future, even if the clock was set back since.
                last_day: state.last_day.map_or(0, offset).min(0),
                due_day: due.max(buried_until),
                buried_until,
            });
            if let Some(summary) = progress.summary(&key) {
                stats.done_today.absorb(&DayProgress::of_card(summary, today));
                answered.push(key);
            }
        }
        // Card by card: which answers are kept as samples depends on their order.
        progress.for_each_history(&answered, cancel, |_, history| {
            stats.add_answers(&history, &scheduler.model, today, progress.longest_answer_ms());
        })?;
        // Averaged over the answers to all decks, so that every screen expects the same time.
        let seconds_per_answer = AnswerPace::of_history(progress, today).seconds_per_answer;
        Ok(Some(Self {
            today,
            days: goal.days_left(today),
            target: goal.target(),
            minutes_a_day: goal.minutes_a_day,
            topics,
            cards,
            seconds_per_answer,
            done_today: stats.done_today,
            questions_asked_today,
            pace: stats.pace(today),
            samples: stats.samples.kept,
            scheduler: scheduler.clone(),
            seed_text: format!("forecast {} {} {}", goal.deck, goal.name, today.0),
        }))
    }

    /// The memory model in use.
    pub fn model(&self) -> &MemoryModel {
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
            // [`MAX_SAMPLES`] is even, so this answer also fits the doubled stride.
            self.kept.push(sample);
        }
        self.offered += 1;
    }
}

impl HistoryStats {
    fn add_answers(&mut self, history: &CardHistory, model: &MemoryModel, today: StudyDay, longest_ms: u32) {
        history.replay(model, |state_before, entry| {
            let Change::Answer(review) = entry.change else { return };
            if review.source == ReviewSource::Practice {
                return;
            }
            let day = entry.stamp.day;
            let days = state_before.days_since_review(day);
            if let Some(memory) = state_before.memory.filter(|_| days > 0) {
                let (blind_chance, right) = (review.blind_chance, review.score >= 1.0);
                self.samples.push(RecallSample { memory, elapsed_days: days, blind_chance, is_right: right });
            }
            self.first_day = Some(self.first_day.map_or(day, |first| first.min(day)));
            if day != today && today.days_since(day) <= PACE_DAYS {
                self.recent_seconds += answer_seconds(&review, longest_ms);
                self.recent_days.insert(day);
                self.recent_new += usize::from(state_before.memory.is_none());
            }
        });
    }

    fn pace(&self, today: StudyDay) -> Option<StudyPace> {
        let studied = self.recent_days.len() as f64;
        let days = f64::from(self.first_day.map_or(0, |first| today.days_since(first)).min(PACE_DAYS));
        (studied > 0.0 && days > 0.0).then(|| StudyPace {
            minutes: Some(self.recent_seconds / 60.0 / studied),
            new_cards: self.recent_new as f64 / studied,
            days_off_share: (1.0 - studied / days).clamp(0.0, 1.0),
        })
    }
}
