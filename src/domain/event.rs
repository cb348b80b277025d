//! The log: what happened, never changed, only added to. Memory, queue and scores are folds over it.

use serde::{Deserialize, Serialize};

use super::day::{Stamp, StudyDay};
use super::ids::CardKey;
use super::question::Kind;
use super::rating::Rating;
use super::task::Response;

/// Identity of an event over all machines: a random log id and a number counting up within that log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId {
    /// Random, one for each data directory.
    pub log: u64,
    /// From 1.
    pub seq: u64,
}

/// One immutable entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Which.
    pub id: EventId,
    /// When.
    pub stamp: Stamp,
    /// Whose card: also for a retraction, where it is the target's, or one that the target was re-keyed to.
    pub card: CardKey,
    /// What.
    pub change: Change,
}

/// What an event does to its card.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An answer was given.
    Answer(Review),
    /// The target never counted: undo. Retracting a retraction is redo.
    Retract(EventId),
    /// The learner overruled the rating of an answer.
    Rate {
        /// The answer.
        target: EventId,
        /// Its rating from now on.
        rating: Rating,
        /// When the card comes back from now on.
        granted: Due,
        /// How sure the learner was, if told.
        confidence: Option<Confidence>,
    },
    /// The card is not asked until resumed.
    Suspend,
    /// The card is asked again.
    Resume,
    /// The card is not asked before that day.
    Bury {
        /// First day on which it may be asked again.
        until: StudyDay,
    },
    /// The card is new again; the answers stay in the log.
    Reset,
    /// The question has another key now: whatever was logged for this card before belongs to `to`.
    /// (Boxed, for answers are a million and these are few.)
    Rekey {
        /// Whose it is from now on, together with what that card has itself.
        to: Box<CardKey>,
    },
    /// The learner said that the progress of this card does not belong to that one: it is not asked again.
    RejectMatch {
        /// The card that it does not belong to.
        other: Box<CardKey>,
    },
}

/// When a card comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Within a study session, in UTC milliseconds.
    At(i64),
    /// On a study day.
    Day(StudyDay),
}

/// What brought a question up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewSource {
    /// Study: the scheduler learns from it.
    Study,
    /// A test that was set up to count for the scheduler.
    Test,
    /// A test that only measures: recorded, and the schedule stays as it is.
    TestUnscheduled,
    /// Practice: recorded, and the schedule stays as it is.
    Practice,
}

/// How sure the learner said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// "I guessed."
    Guess,
    /// "I think so."
    ThinkSo,
    /// "I am sure."
    Sure,
}

/// The figures of an answer; what was typed or picked is [`AnswerRecord`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// What brought the question up.
    pub source: ReviewSource,
    /// The kind of question at the time.
    pub kind: Kind,
    /// 0 to 1.
    pub score: f64,
    /// The chance that a blind answer would have been right.
    pub blind_chance: f64,
    /// Whether the hint was shown before the answer.
    pub hint_used: bool,
    /// How sure the learner was, if told.
    pub confidence: Option<Confidence>,
    /// From the question's showing to the answer, in milliseconds.
    pub latency_ms: u32,
    /// The rating that the score led to.
    pub proposed_rating: Rating,
    /// The rating in force when the answer was committed.
    pub rating: Rating,
    /// Version of the rule from score to rating.
    pub mapping_version: u8,
    /// When the card was to come back.
    pub due: Due,
}

/// What was answered, to what: for looking back, not for the scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRecord {
    /// In the indices of `shown`.
    pub response: Response,
    /// The options as shown.
    pub shown_options: Vec<String>,
}

/// Longest time that counts for one answer, in milliseconds, unless the learner's settings say otherwise.
pub const LONGEST_ANSWER_MS: u32 = 300_000;

impl Review {
    /// How long the answer counts, in milliseconds: whoever took longer than the longest was away meanwhile.
    pub fn capped_latency_ms(&self, longest_ms: u32) -> u32 {
        self.latency_ms.min(longest_ms)
    }
}

impl Change {
    /// The second card that it names, beside the one it is logged for.
    pub fn other_card(&self) -> Option<&CardKey> {
        match self {
            Change::Rekey { to } => Some(to),
            Change::RejectMatch { other } => Some(other),
            _ => None,
        }
    }
}

impl ReviewSource {
    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            ReviewSource::Study => "study",
            ReviewSource::Test => "test",
            ReviewSource::TestUnscheduled => "test-unscheduled",
            ReviewSource::Practice => "practice",
        }
    }

    /// The source of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [ReviewSource::Study, ReviewSource::Test, ReviewSource::TestUnscheduled, ReviewSource::Practice]
            .into_iter()
            .find(|source| source.name() == name)
    }

    /// Whether such an answer moves the schedule. Scores count more: every answer but practice.
    pub fn moves_schedule(self) -> bool {
        matches!(self, ReviewSource::Study | ReviewSource::Test)
    }
}

impl Confidence {
    /// From the least to the most, which is the order of their numbers too.
    pub const ALL: [Confidence; 3] = [Confidence::Guess, Confidence::ThinkSo, Confidence::Sure];

    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Guess => "guess",
            Confidence::ThinkSo => "think-so",
            Confidence::Sure => "sure",
        }
    }

    /// The confidence of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Confidence::ALL.into_iter().find(|it| it.name() == name)
    }
}
