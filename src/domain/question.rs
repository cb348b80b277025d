//! A question as its author wrote it: a prompt and an answer of some kind.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil;
use serde::{Deserialize, Serialize};

use super::cloze::Cloze;
use super::ids::Facet;

/// A prompt, its answer, and what the author says about it.
///
/// Papers of tests are kept in the form that this serialises to, for ever: a new field needs `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in its deck; made from the prompt when the author gave none.
    pub id: Arc<str>,
    /// Whether the author wrote the id.
    pub id_is_written: bool,
    /// Key of one of the deck's topics.
    pub topic: String,
    /// CommonMark; for a cloze with its `{{gaps}}` as written.
    pub prompt: String,
    /// What counts as right.
    pub answer: Answer,
    /// Shown on request, before answering.
    pub hint: Option<String>,
    /// CommonMark, shown with the verdict.
    pub explain: Option<String>,
    /// Keys of the source's passages that support the answer.
    pub cite: Vec<String>,
    /// Free words for filtering.
    pub tags: Vec<String>,
    /// A picture beside the deck file, as written: a path, or `![what it shows](path)`.
    pub image: Option<String>,
    /// Accepted words when a choice, once learned, is asked by typing.
    pub typed: Vec<String>,
    /// Earlier keys, `deck/question`, whose progress belongs here.
    pub formerly: Vec<String>,
    /// Words that are easily taken for what is asked, each perhaps with why it is something else: never a slip of the
    /// fingers, however near they come.
    #[serde(default)]
    pub confusable: Vec<WrongOption>,
}

/// What counts as right, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Think, reveal, grade yourself.
    Recall {
        /// CommonMark.
        back: String,
        /// A second card asks the other way round.
        reverse: bool,
        /// The reverse card's prompt, where `back` alone is not one.
        reverse_prompt: Option<String>,
    },
    /// Type a word or a phrase.
    Typed {
        /// Any of these is right; the first is shown.
        accepted: Vec<String>,
        /// Spelling matters: a near miss is "almost", not right.
        strict: bool,
        /// How the first accepted answer is read aloud (romanisation).
        reading: Option<String>,
        /// How other answers, of either direction, are read aloud: word to reading.
        #[serde(default)]
        readings: IndexMap<String, String>,
        /// Accepted answers of the reverse card; empty: there is none.
        also_reverse: Vec<String>,
    },
    /// Type a number.
    Number {
        /// The right value.
        value: f64,
        /// Largest distance that is still right, same unit.
        within: f64,
        /// Shown behind the field, never typed.
        unit: Option<String>,
    },
    /// Type a date.
    Date {
        /// The right day.
        value: civil::Date,
        /// Largest distance in days that is still right.
        within_days: u32,
    },
    /// True or false.
    Bool(bool),
    /// Pick one.
    Choice {
        /// The right option.
        right: String,
        /// The others.
        wrong: Vec<WrongOption>,
    },
    /// Pick several.
    Choices {
        /// Every right option.
        right: Vec<String>,
        /// The others.
        wrong: Vec<WrongOption>,
    },
    /// Fill the gaps of the prompt.
    Cloze(Cloze),
    /// Put in order; stored in the right order.
    Order(Vec<OrderItem>),
    /// Pair up; each left belongs to the right beside it.
    Match(Vec<(String, String)>),
    /// Put every item into its bin.
    Sort(Vec<Bin>),
}

/// An option that is not right, and perhaps why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongOption {
    /// As shown.
    pub text: String,
    /// Why it is wrong: shown when it was picked.
    pub why: Option<String>,
}

/// One line of an ordering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// As shown.
    pub text: String,
    /// Shown with the verdict, such as the item's year.
    pub note: Option<String>,
}

/// A bin and the items that belong in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The bin's label.
    pub name: String,
    /// What belongs in it.
    pub items: Vec<String>,
}

/// The kinds of answer, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// [`Answer::Recall`]
    Recall,
    /// [`Answer::Typed`]
    Typed,
    /// [`Answer::Number`]
    Number,
    /// [`Answer::Date`]
    Date,
    /// [`Answer::Bool`]
    Bool,
    /// [`Answer::Choice`]
    Choice,
    /// [`Answer::Choices`]
    Choices,
    /// [`Answer::Cloze`]
    Cloze,
    /// [`Answer::Order`]
    Order,
    /// [`Answer::Match`]
    Match,
    /// [`Answer::Sort`]
    Sort,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Kind; 11] = [
        Kind::Recall,
        Kind::Typed,
        Kind::Number,
        Kind::Date,
        Kind::Bool,
        Kind::Choice,
        Kind::Choices,
        Kind::Cloze,
        Kind::Order,
        Kind::Match,
        Kind::Sort,
    ];

    /// The name in deck files and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Recall => "Recall",
            Kind::Typed => "Typed",
            Kind::Number => "Number",
            Kind::Date => "Date",
            Kind::Bool => "Bool",
            Kind::Choice => "Choice",
            Kind::Choices => "Choices",
            Kind::Cloze => "Cloze",
            Kind::Order => "Order",
            Kind::Match => "Match",
            Kind::Sort => "Sort",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Answer {
    /// Which kind this is.
    pub fn kind(&self) -> Kind {
        match self {
            Answer::Recall { .. } => Kind::Recall,
            Answer::Typed { .. } => Kind::Typed,
            Answer::Number { .. } => Kind::Number,
            Answer::Date { .. } => Kind::Date,
            Answer::Bool(_) => Kind::Bool,
            Answer::Choice { .. } => Kind::Choice,
            Answer::Choices { .. } => Kind::Choices,
            Answer::Cloze(_) => Kind::Cloze,
            Answer::Order(_) => Kind::Order,
            Answer::Match(_) => Kind::Match,
            Answer::Sort(_) => Kind::Sort,
        }
    }
}

impl Answer {
    /// The chance that a blind answer is wholly right, as [`super::task::Task::blind_chance`] tells it of the task.
    pub fn blind_chance(&self) -> f64 {
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        match self {
            Answer::Bool(_) => 0.5,
            Answer::Choice { wrong, .. } => 1.0 / (wrong.len() + 1) as f64,
            // Every subset but the empty one.
            Answer::Choices { right, wrong } => {
                1.0 / (2f64.powi((right.len() + wrong.len()) as i32) - 1.0).max(1.0)
            }
            Answer::Order(items) => 1.0 / factorial(items.len()),
            Answer::Match(pairs) => 1.0 / factorial(pairs.len()),
            Answer::Sort(bins) => {
                let items: usize = bins.iter().map(|bin| bin.items.len()).sum();
                (bins.len().max(1) as f64).powi(-(items as i32))
            }
            _ => 0.0,
        }
    }

    /// How an accepted answer, of either direction, is read aloud.
    pub fn reading_of(&self, word: &str) -> Option<&str> {
        let Answer::Typed { accepted, reading, readings, .. } = self else { return None };
        let is_first = accepted.first().is_some_and(|first| first == word);
        let of_first = reading.as_deref().filter(|_| is_first);
        of_first.or_else(|| readings.get(word).map(String::as_str))
    }
}

impl Question {
    /// The cards that this question makes, in the order in which they are learned.
    pub fn facets(&self) -> Vec<Facet> {
        self.each_facet().collect()
    }

    /// The same; takes no memory for the many questions that make one card.
    pub fn each_facet(&self) -> impl Iterator<Item = Facet> + use<> {
        let (one, both, gaps) = match &self.answer {
            Answer::Recall { reverse: true, .. } => (Some(Facet::Front), Some(Facet::Reverse), Vec::new()),
            Answer::Typed { also_reverse, .. } if !also_reverse.is_empty() => {
                (Some(Facet::Front), Some(Facet::Reverse), Vec::new())
            }
            Answer::Cloze(cloze) => (None, None, cloze.facets()),
            _ => (Some(Facet::Front), None, Vec::new()),
        };
        one.into_iter().chain(both).chain(gaps)
    }
}
