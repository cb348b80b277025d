//! What is known of a card without its events. Today, the table of topics, plans and sessions need no more, so a start
//! reads one of these for each card; the events are read where somebody looks back at them.

use super::card::CardState;
use super::day::{Stamp, StudyDay};
use super::event::{Change, Confidence, Review, ReviewSource};
use super::history::{CardEvent, CardHistory};
use super::memory::MemoryModel;
use super::overconfidence::HighConfidenceError;
use super::score::Accuracy;

/// The state of a card and the sums over its answers.
///
/// *Answers in study and tests* are what scores count; practice is logged and counts for the pace alone. Answers that
/// were undone count nowhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardSummary {
    /// The state.
    pub state: CardState,
    /// All answers in study and tests.
    pub accuracy: Accuracy,
    /// Number of answers in practice.
    pub practised: u32,
    /// Time of all answers, practice included, in milliseconds; of a longer one only the longest time that counts.
    pub answer_ms: u64,
    /// The last study day with an answer in study or a test.
    pub last_studied: Option<StudyDay>,
    /// The last study day with an answer, practice included.
    pub last_answered: Option<StudyDay>,
    /// The answers of the day of the newest one.
    pub newest_day: AnswersOfDay,
    /// Whether any answer in study or a test was given since the last reset.
    pub has_scored_answer: bool,
    /// The newest answer that the learner was sure of, if it was not right and no right one followed.
    pub high_confidence_error: Option<Box<HighConfidenceError>>,
    /// Whether the events cannot be folded one by one in the order in which they were stored, because some amend others,
    /// were stored late, or belonged to another card. Such a card is replayed from its whole history.
    pub(super) needs_history: bool,
}

/// The answers to a card in study and tests on the study day of the newest. When the study day goes back, as when the
/// learner crosses the date line, it begins again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswersOfDay {
    /// The study day; `None` before the first answer.
    pub day: Option<StudyDay>,
    /// Number of answers.
    pub answers: u32,
    /// Time of these answers in milliseconds, as in [`CardSummary::answer_ms`].
    pub answer_ms: u32,
}

/// Version of the rules by which events become a [`CardSummary`]: whoever changes a rule raises it, so that summaries
/// that were kept are made anew.
pub const RULES_VERSION: u32 = 2;

/// What summaries depend on besides the events. Kept beside them, it says whether they still hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SummaryRules {
    /// [`RULES_VERSION`] of the program that made them.
    pub version: u32,
    /// The parameters of the memory model.
    pub parameters: [f32; 21],
    /// The longest time that counts for one answer, in milliseconds.
    pub longest_ms: u32,
}

impl SummaryRules {
    /// The rules of this program.
    pub fn new(model: &MemoryModel, longest_ms: u32) -> Self {
        Self { version: RULES_VERSION, parameters: *model.parameters(), longest_ms }
    }

    /// As bytes, little endian: the version, the parameters, the longest time.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.version.to_le_bytes().to_vec();
        bytes.extend(self.parameters.iter().flat_map(|parameter| parameter.to_le_bytes()));
        bytes.extend(self.longest_ms.to_le_bytes());
        bytes
    }
}

impl CardSummary {
    /// The summary of a history.
    pub fn of(history: &CardHistory, model: &MemoryModel, longest_ms: u32) -> Self {
        let needs_history = !history.is_plain();
        let mut summary = Self { needs_history, ..Self::default() };
        for (original, effective) in history.counted_events() {
            summary.add(&effective, model, longest_ms);
            // Afterwards the learner knows the verdict: only the confidence stated before it counts.
            summary.note_confidence(original, effective.stamp);
        }
        summary
    }

    /// Adds the newest event. Events that amend others need the history: see [`CardSummary::of`].
    pub(super) fn push(&mut self, event: &CardEvent, model: &MemoryModel, longest_ms: u32) {
        self.add(event, model, longest_ms);
        self.note_confidence(event, event.stamp);
    }

    fn add(&mut self, event: &CardEvent, model: &MemoryModel, longest_ms: u32) {
        self.state = self.state.after(&event.stamp, &event.change, model);
        match &event.change {
            Change::Answer(review) => self.add_answer(&event.stamp, review, longest_ms),
            Change::Reset => self.has_scored_answer = false,
            Change::Suspend
            | Change::Resume
            | Change::Bury { .. }
            | Change::Retract(_)
            | Change::Rate { .. }
            | Change::Redate { .. }
            | Change::Rekey { .. }
            | Change::RejectMatch { .. } => {}
        }
    }

    fn add_answer(&mut self, stamp: &Stamp, review: &Review, longest_ms: u32) {
        let answer_ms = review.capped_latency_ms(longest_ms);
        self.answer_ms = self.answer_ms.saturating_add(answer_ms.into());
        self.last_answered = self.last_answered.max(Some(stamp.day));
        if review.source == ReviewSource::Practice {
            self.practised = self.practised.saturating_add(1);
            return;
        }
        self.accuracy.add(review.score);
        self.last_studied = self.last_studied.max(Some(stamp.day));
        self.has_scored_answer = true;
        if self.newest_day.day != Some(stamp.day) {
            self.newest_day = AnswersOfDay { day: Some(stamp.day), ..AnswersOfDay::default() };
        }
        self.newest_day.answers = self.newest_day.answers.saturating_add(1);
        self.newest_day.answer_ms = self.newest_day.answer_ms.saturating_add(answer_ms);
    }

    /// Notes the confidence of an answer that counts as given at `stamp`.
    fn note_confidence(&mut self, event: &CardEvent, stamp: Stamp) {
        let Change::Answer(review) = &event.change else { return };
        if review.source == ReviewSource::Practice {
            return;
        }
        if review.score >= 1.0 {
            self.high_confidence_error = None;
        } else if review.confidence == Some(Confidence::Sure) {
            let error = HighConfidenceError { event: event.id, stamp, score: review.score };
            self.high_confidence_error = Some(Box::new(error));
        }
    }

    /// Number of answers, practice included.
    pub fn answers(&self) -> usize {
        self.accuracy.answers + self.practised as usize
    }

    /// Whether the card has any progress. A card may have events and no progress, if all of them were retracted.
    pub fn has_progress(&self) -> bool {
        self.answers() > 0 || self.state != CardState::default()
    }

    /// The answers in study and tests on that day, as far as they are known: see [`AnswersOfDay`].
    pub fn answers_on(&self, day: StudyDay) -> AnswersOfDay {
        if self.newest_day.day == Some(day) { self.newest_day } else { AnswersOfDay::default() }
    }
}
