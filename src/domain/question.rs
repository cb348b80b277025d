//! Questions as their author wrote them: a prompt and an answer of one of eleven kinds.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil;
use serde::{Deserialize, Serialize};

use super::cloze::Cloze;
use super::ids::Facet;

/// A question: a prompt, its answer, and the author's notes.
///
/// Drawn tests are stored with their questions in the JSON that this serialises to, and must stay readable in
/// all later versions: never rename a serialised field, and give every new field `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in its deck; derived from the prompt when the author wrote none.
    pub id: Arc<str>,
    /// Whether the author wrote the id.
    pub id_is_written: bool,
    /// Key of one of the deck's topics.
    pub topic: String,
    /// CommonMark; a cloze prompt includes its `{{gaps}}` as written.
    pub prompt: String,
    /// The correct answer.
    pub answer: Answer,
    /// Shown on request before the answer; using it is logged.
    pub hint: Option<String>,
    /// CommonMark, shown after grading.
    pub explain: Option<String>,
    /// Keys of the passages of the source that support the answer.
    pub cite: Vec<String>,
    /// Tags for filtering, as written.
    pub tags: Vec<String>,
    /// An image file next to the deck file, as written: a path, or `![alternative text](path)`.
    pub image: Option<String>,
    /// Accepted answers of a Choice question that is asked as Typed once it is learned. Empty: it is always
    /// asked as Choice.
    pub typed: Vec<String>,
    /// Former keys of this question, as `deck/question`: progress logged under them belongs to it.
    pub formerly: Vec<String>,
    /// Wrong answers that are easily confused with the right one, each with an optional reason. They are
    /// never graded as a slip, however similar they are.
    #[serde(default)]
    pub confusable: Vec<WrongOption>,
}

/// The correct answer, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Recall the answer, reveal it, and grade yourself.
    Recall {
        /// CommonMark.
        back: String,
        /// Whether there is a second card in the other direction.
        reverse: bool,
        /// The prompt of the reverse card; `None`: it is `back`.
        reverse_prompt: Option<String>,
    },
    /// Type a word or a phrase.
    Typed {
        /// Accepted answers, never empty; the first is the one to show.
        accepted: Vec<String>,
        /// Whether spelling is what is learned: accents count, and a slip is wrong.
        strict: bool,
        /// How the first accepted answer is pronounced (romanisation).
        reading: Option<String>,
        /// How other answers, of either direction, are pronounced: answer to romanisation.
        #[serde(default)]
        readings: IndexMap<String, String>,
        /// Accepted answers of the reverse card; empty: there is no reverse card.
        also_reverse: Vec<String>,
    },
    /// Type a number.
    Number {
        /// The correct value.
        value: f64,
        /// Largest deviation that is still correct, in the same unit.
        within: f64,
        /// Shown after the field; the learner need not type it.
        unit: Option<String>,
    },
    /// Type a date.
    Date {
        /// The correct date.
        value: civil::Date,
        /// Largest deviation in days that is still correct.
        within_days: u32,
    },
    /// Decide whether the prompt is true; the value is the correct answer.
    Bool(bool),
    /// Pick the only correct option.
    Choice {
        /// The correct option.
        right: String,
        /// The wrong options.
        wrong: Vec<WrongOption>,
    },
    /// Pick all correct options.
    Choices {
        /// The correct options.
        right: Vec<String>,
        /// The wrong options.
        wrong: Vec<WrongOption>,
    },
    /// Fill in the gaps of the prompt.
    Cloze(Cloze),
    /// Put items in order; stored in the correct order.
    Order(Vec<OrderItem>),
    /// Match pairs; each left is stored with its right.
    Match(Vec<(String, String)>),
    /// Sort every item into its bin.
    Sort(Vec<Bin>),
}

/// A wrong answer, with an optional reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongOption {
    /// The option's text, CommonMark.
    pub text: String,
    /// Why it is wrong, shown when it was picked.
    pub why: Option<String>,
}

/// One item of an Order answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// The item's text, CommonMark.
    pub text: String,
    /// Shown after grading, such as the year of an event.
    pub note: Option<String>,
}

/// One bin of a Sort answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The bin's label.
    pub name: String,
    /// The items that belong in it.
    pub items: Vec<String>,
}

/// The kinds of answer. Each kind has one name, which is used in deck files, the event log and exports.
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
    /// Every kind, in the order of the documentation of the deck format.
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

    /// The name that people read: the same on every screen.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Recall => "Recall",
            Kind::Typed => "Typed answer",
            Kind::Number => "Number",
            Kind::Date => "Date",
            Kind::Bool => "True or false",
            Kind::Choice => "Multiple choice",
            Kind::Choices => "Multiple answers",
            Kind::Cloze => "Cloze",
            Kind::Order => "Order",
            Kind::Match => "Match",
            Kind::Sort => "Sort",
        }
    }

    /// The name in deck files and in the event log.
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

    /// The kind with that name; `None` for any other text.
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
    /// The kind of this answer.
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
    /// The probability (0 to 1) that a blind guess is wholly right; the same as
    /// [`super::task::Task::blind_chance`] without shuffling a task.
    pub fn blind_chance(&self) -> f64 {
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        match self {
            Answer::Bool(_) => 0.5,
            Answer::Choice { wrong, .. } => 1.0 / (wrong.len() + 1) as f64,
            // Every subset but the empty one is a possible response.
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

    /// How an accepted answer, of either direction, is pronounced; `None` when the author did not say.
    pub fn reading_of(&self, word: &str) -> Option<&str> {
        let Answer::Typed { accepted, reading, readings, .. } = self else { return None };
        let is_first = accepted.first().is_some_and(|first| first == word);
        let of_first = reading.as_deref().filter(|_| is_first);
        of_first.or_else(|| readings.get(word).map(String::as_str))
    }
}

impl Question {
    /// The facets of this question, one card each, in the order in which they are introduced.
    pub fn facets(&self) -> Vec<Facet> {
        self.each_facet().collect()
    }

    /// Like [`Question::facets`], without allocating for the many questions with a single card.
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
