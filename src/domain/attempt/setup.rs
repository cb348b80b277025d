//! What a test is to be like.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::question::Kind;

/// What a test is to be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestSetup {
    /// Ids of the decks asked about; empty: all.
    pub decks: Vec<Arc<str>>,
    /// Topics asked about; of a deck that none of these is of, all.
    pub topics: Vec<ChosenTopic>,
    /// How many questions, where there are as many.
    pub number: u32,
    /// Kinds of question asked; empty: all.
    pub kinds: Vec<Kind>,
    /// Time for the whole test; `None`: as long as it takes.
    pub minutes: Option<u32>,
    /// Which of the questions are taken.
    pub mix: Mix,
    /// Whether the answers move the schedule of their cards.
    pub counts: bool,
}

/// A topic of a deck, chosen for a test.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChosenTopic {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key in it.
    pub topic: String,
}

/// Which questions are taken of those that fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mix {
    /// As many of every topic, as far as they go.
    #[default]
    Balanced,
    /// The least recalled first, those never seen last. The only mix that depends on the learner.
    Weakest,
    /// Any.
    Random,
}

/// Smallest and largest value of what has a range.
pub mod limits {
    use std::ops::RangeInclusive;

    /// Questions of a test.
    pub const NUMBER: RangeInclusive<u32> = 1..=500;
    /// Minutes of a test.
    pub const MINUTES: RangeInclusive<u32> = 1..=600;
}

impl Default for TestSetup {
    fn default() -> Self {
        Self {
            decks: Vec::new(),
            topics: Vec::new(),
            number: 20,
            kinds: Vec::new(),
            minutes: Some(15),
            mix: Mix::Balanced,
            // A test measures. What went wrong is studied afterwards, where the right answer is seen.
            counts: false,
        }
    }
}

impl Mix {
    /// Every mix, in the order in which they are offered.
    pub const ALL: [Mix; 3] = [Mix::Balanced, Mix::Weakest, Mix::Random];

    /// As shown.
    pub fn label(self) -> &'static str {
        match self {
            Mix::Balanced => "Balanced",
            Mix::Weakest => "Weakest first",
            Mix::Random => "Random",
        }
    }
}

impl TestSetup {
    /// With every value in its range, and lists in an order that does not depend on how they were put together.
    pub fn normalized(mut self) -> Self {
        self.number = self.number.clamp(*limits::NUMBER.start(), *limits::NUMBER.end());
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

    /// Whether two tests asked for the same, so that their scores can be held beside each other. What the schedule
    /// makes of it is no part of that.
    pub fn is_comparable_to(&self, other: &TestSetup) -> bool {
        TestSetup { counts: false, ..self.clone() } == TestSetup { counts: false, ..other.clone() }
    }

    /// The time for the whole test in milliseconds.
    pub fn limit_ms(&self) -> Option<i64> {
        self.minutes.map(|minutes| i64::from(minutes) * 60_000)
    }

    /// Whether questions of that deck and topic are asked.
    pub fn covers(&self, deck: &str, topic: &str) -> bool {
        let mut of_deck = self.topics.iter().filter(|key| *key.deck == *deck).peekable();
        (self.decks.is_empty() || self.decks.iter().any(|id| **id == *deck))
            && (of_deck.peek().is_none() || of_deck.any(|key| key.topic == topic))
    }

    /// Whether questions of that kind are asked.
    pub fn includes_kind(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}
