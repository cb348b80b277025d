//! The event log. Events are only ever appended; memory states, queues and scores are folds over them.

use serde::{Deserialize, Serialize};

use super::day::{Stamp, StudyDay};
use super::ids::CardKey;
use super::question::Kind;
use super::rating::Rating;
use super::task::Response;

/// Identity of an event across machines: the random id of a log, and a number counting up within that log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId {
    /// The log's id: random, one for each data directory.
    pub log: u64,
    /// The event's number within its log, from 1.
    pub seq: u64,
}

/// One immutable event of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event's identity.
    pub id: EventId,
    /// Its place in the fold, in UTC milliseconds: when it happened, but always later than what its file held when it
    /// was written. So within one log it never goes back, even if the clock was set back.
    pub order_ms: i64,
    /// When it happened, by the clock.
    pub stamp: Stamp,
    /// The card that it belongs to. A retraction belongs to the card of its target, or to one that the target
    /// was re-keyed to.
    pub card: CardKey,
    /// What it does to the card.
    pub change: Change,
}

/// What an event does to its card.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The card was answered.
    Answer(Review),
    /// The target does not count: undo. Retracting a retraction is redo.
    Retract(EventId),
    /// The learner overruled the rating of an earlier answer.
    Rate {
        /// The event of the answer.
        target: EventId,
        /// The rating that replaces the old one.
        rating: Rating,
        /// The due time that replaces the old one.
        due: Due,
        /// The confidence that replaces the old one; `None` keeps it.
        confidence: Option<Confidence>,
    },
    /// The target counts as if it had happened at another time, because the clock was wrong then. Only answers and
    /// burials can be amended so; they keep their place in the fold.
    Redate {
        /// The event of the answer or the burial.
        target: EventId,
        /// The time that replaces the old one.
        at: Stamp,
        /// The due time that replaces the old one; for a burial the first day on which the card is shown again.
        due: Due,
    },
    /// The card is suspended: not shown until resumed.
    Suspend,
    /// The card is no longer suspended.
    Resume,
    /// The card is buried: not shown before a day.
    Bury {
        /// The first study day on which it is shown again.
        until: StudyDay,
    },
    /// The card is new again; its answers stay in the log.
    Reset,
    /// The question has another key now: what was logged for this card before belongs to `to`. (Boxed: a log
    /// has many answers and few of these, and they would make every event larger.)
    Rekey {
        /// The card that the progress moves to; it is merged with that card's own.
        to: Box<CardKey>,
    },
    /// The learner rejected the suggestion that the progress of this card belongs to another one; the
    /// suggestion is not made again.
    RejectMatch {
        /// The card that the progress does not belong to.
        other: Box<CardKey>,
    },
}

/// When a card is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// At a time of day (learning steps), in UTC milliseconds.
    At(i64),
    /// On a study day.
    Day(StudyDay),
}

/// The activity in which a card was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewSource {
    /// Study: moves the schedule.
    Study,
    /// A test that moves the schedule.
    Test,
    /// A test that leaves the schedule alone.
    TestUnscheduled,
    /// Practice: logged, but leaves the schedule alone and does not count for scores.
    Practice,
}

/// The learner's confidence in an answer, stated before the verdict.
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

/// The figures of an answer. What was typed or picked is in [`AnswerRecord`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// The activity in which it was given.
    pub source: ReviewSource,
    /// The question's kind at that time.
    pub kind: Kind,
    /// The score, 0 to 1.
    pub score: f64,
    /// The probability (0 to 1) that a blind guess would have been right.
    pub blind_chance: f64,
    /// Whether the hint was shown before the answer.
    pub hint_used: bool,
    /// The learner's confidence; `None` when none was stated.
    pub confidence: Option<Confidence>,
    /// Time from showing the question to the answer, in milliseconds.
    pub latency_ms: u32,
    /// The rating that followed from the score.
    pub proposed_rating: Rating,
    /// The rating that was committed: the proposed one, or the learner's own.
    pub rating: Rating,
    /// Version of the rule from score to rating; see [`super::rating::MAPPING_VERSION`].
    pub mapping_version: u8,
    /// When the card is due after this answer. For answers that leave the schedule alone it has no effect.
    pub due: Due,
}

/// What was answered: for looking back at answers, not for the scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRecord {
    /// The response; its indices refer to `shown_options`.
    pub response: Response,
    /// The options or items in the order shown; empty for kinds without any.
    pub shown_options: Vec<String>,
}

/// Default of the longest time that counts for one answer, in milliseconds; the learner's settings may change
/// it.
pub const DEFAULT_LONGEST_ANSWER_MS: u32 = 300_000;

impl Review {
    /// The latency capped at `longest_ms`, in milliseconds: a learner who took longer was probably away.
    pub fn capped_latency_ms(&self, longest_ms: u32) -> u32 {
        self.latency_ms.min(longest_ms)
    }
}

impl Change {
    /// The other card that it refers to, besides the card that it is logged for.
    pub fn other_card(&self) -> Option<&CardKey> {
        match self {
            Change::Rekey { to } => Some(to),
            Change::RejectMatch { other } => Some(other),
            _ => None,
        }
    }
}

impl Event {
    /// The key by which events are folded: order stamp first, then event id.
    pub fn fold_order(&self) -> (i64, EventId) {
        (self.order_ms, self.id)
    }
}

impl ReviewSource {
    /// The name in the event log and in exports.
    pub fn name(self) -> &'static str {
        match self {
            ReviewSource::Study => "study",
            ReviewSource::Test => "test",
            ReviewSource::TestUnscheduled => "test-unscheduled",
            ReviewSource::Practice => "practice",
        }
    }

    /// The source with that name; `None` for any other text.
    pub fn from_name(name: &str) -> Option<Self> {
        [ReviewSource::Study, ReviewSource::Test, ReviewSource::TestUnscheduled, ReviewSource::Practice]
            .into_iter()
            .find(|source| source.name() == name)
    }

    /// Whether such an answer moves the schedule. For scores all answers but practice count.
    pub fn moves_schedule(self) -> bool {
        matches!(self, ReviewSource::Study | ReviewSource::Test)
    }
}

impl Confidence {
    /// From least to most confident, which is also the order of their discriminants.
    pub const ALL: [Confidence; 3] = [Confidence::Guess, Confidence::ThinkSo, Confidence::Sure];

    /// The name in the event log and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Guess => "guess",
            Confidence::ThinkSo => "think-so",
            Confidence::Sure => "sure",
        }
    }

    /// The confidence with that name; `None` for any other text.
    pub fn from_name(name: &str) -> Option<Self> {
        Confidence::ALL.into_iter().find(|it| it.name() == name)
    }
}
