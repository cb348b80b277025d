//! Names of things that outlive an edit of the deck file.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Which side of a question a card asks: by name, never by position, so that
/// reordering gaps or adding a direction keeps every other card's progress.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Facet {
    /// The question as written (for a cloze: all its unnamed gaps).
    Front,
    /// The other way round: the answer is shown, the prompt is asked for.
    Reverse,
    /// One named gap group of a cloze.
    Gap(Arc<str>),
}

impl Facet {
    /// The form kept in the log: empty, `reverse`, or `gap:NAME`.
    pub fn as_text(&self) -> String {
        match self {
            Facet::Front => String::new(),
            Facet::Reverse => "reverse".to_owned(),
            Facet::Gap(name) => format!("gap:{name}"),
        }
    }

    /// Reads what [`Facet::as_text`] wrote; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "" => Some(Facet::Front),
            "reverse" => Some(Facet::Reverse),
            _ => text.strip_prefix("gap:").map(|name| Facet::Gap(name.into())),
        }
    }
}

/// What the scheduler schedules: one facet of one question of one deck.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardKey {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The question's id: written by its author, or made from the prompt.
    pub question: Arc<str>,
    /// The side asked.
    pub facet: Facet,
}

impl CardKey {
    /// A key from its parts.
    pub fn new(deck: impl Into<Arc<str>>, question: impl Into<Arc<str>>, facet: Facet) -> Self {
        Self { deck: deck.into(), question: question.into(), facet }
    }

    /// Whether both cards come from the same question: they give each other away,
    /// so they are kept a day apart.
    pub fn is_sibling_of(&self, other: &CardKey) -> bool {
        self.deck == other.deck && self.question == other.question
    }
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.deck, self.question)?;
        match &self.facet {
            Facet::Front => Ok(()),
            facet => write!(f, "#{}", facet.as_text()),
        }
    }
}
