//! What the learner chooses before a test is drawn.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::question::Kind;

/// What kind of test to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestSetup {
    /// Ids of the decks to draw from. Empty means all decks.
    pub decks: Vec<Arc<str>>,
    /// Topics to draw from. A deck without a topic in this list takes part with all its topics.
    pub topics: Vec<ChosenTopic>,
    /// How many questions to draw. The test is shorter if fewer match.
    #[serde(rename = "number")]
    pub question_count: u32,
    /// Kinds of question to draw. Empty means all kinds.
    pub kinds: Vec<Kind>,
    /// Time limit for the whole test in minutes. `None` means no limit.
    pub minutes: Option<u32>,
    /// Which of the matching questions to take.
    pub mix: Mix,
    /// Whether the answers change the schedule of their cards.
    #[serde(rename = "counts")]
    pub moves_schedule: bool,
}

/// A topic of a deck, chosen for a test.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChosenTopic {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key in it.
    pub topic: String,
}

/// Which of the matching questions a test takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mix {
    /// The same number from every topic, as far as there are enough.
    #[default]
    Balanced,
    /// The cards with the lowest recall first, cards that were never seen last. The only mix that depends on
    /// progress.
    Weakest,
    /// Any, without regard to topic.
    Random,
}

/// The allowed ranges of the values that have one.
pub mod limits {
    use std::ops::RangeInclusive;

    /// Number of questions in a test.
    pub const NUMBER: RangeInclusive<u32> = 1..=500;
    /// Time limit of a test in minutes.
    pub const MINUTES: RangeInclusive<u32> = 1..=600;
}

impl Default for TestSetup {
    fn default() -> Self {
        Self {
            decks: Vec::new(),
            topics: Vec::new(),
            question_count: 20,
            kinds: Vec::new(),
            minutes: Some(15),
            mix: Mix::Balanced,
            // A test measures, it does not teach: mistakes are studied afterwards, with the right answer
            // shown. So by default the schedule stays as it is.
            moves_schedule: false,
        }
    }
}

impl Mix {
    /// Every mix, in the order in which the setup offers them.
    pub const ALL: [Mix; 3] = [Mix::Balanced, Mix::Weakest, Mix::Random];
}

impl TestSetup {
    /// Clamps every value to its range, and sorts the lists so that equal setups compare equal however they
    /// were put together.
    pub fn normalized(mut self) -> Self {
        self.question_count = self.question_count.clamp(*limits::NUMBER.start(), *limits::NUMBER.end());
        self.minutes =
            self.minutes.map(|minutes| minutes.clamp(*limits::MINUTES.start(), *limits::MINUTES.end()));
        self.decks.sort();
        self.decks.dedup();
        self.topics.sort();
        self.topics.dedup();
        self.kinds.sort();
        self.kinds.dedup();
        self
    }

    /// Whether two setups draw the same kind of test, so that the scores can be compared. Whether the answers
    /// change the schedule makes no difference to that.
    pub fn is_comparable_to(&self, other: &TestSetup) -> bool {
        TestSetup { moves_schedule: false, ..self.clone() }
            == TestSetup { moves_schedule: false, ..other.clone() }
    }

    /// The time limit for the whole test in milliseconds. `None` means no limit.
    pub fn limit_ms(&self) -> Option<i64> {
        self.minutes.map(|minutes| i64::from(minutes) * 60_000)
    }

    /// Whether the test may ask questions of this topic. `deck` is the deck's id, `topic` the topic's key.
    pub fn covers(&self, deck: &str, topic: &str) -> bool {
        let mut of_deck = self.topics.iter().filter(|key| *key.deck == *deck).peekable();
        (self.decks.is_empty() || self.decks.iter().any(|id| **id == *deck))
            && (of_deck.peek().is_none() || of_deck.any(|key| key.topic == topic))
    }

    /// Whether the test may ask questions of this kind.
    pub fn includes_kind(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}
