//! Identifiers that stay valid when the deck file is edited.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Which side of a question a card tests, like the ordinal of a card template in Anki. Facets are identified
/// by name and not by position, so that reordering gaps or adding a direction keeps the progress of every
/// other card.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Facet {
    /// The question as written; of a cloze all gaps without a group name.
    Front,
    /// The other direction: the answer is shown and the prompt must be produced.
    Reverse,
    /// The gaps of a cloze with this group name.
    Gap(Arc<str>),
}

impl Facet {
    /// The stored form: empty for the front, `reverse`, or `gap:NAME`.
    pub fn as_text(&self) -> String {
        match self {
            Facet::Front => String::new(),
            Facet::Reverse => "reverse".to_owned(),
            Facet::Gap(name) => format!("gap:{name}"),
        }
    }

    /// Parses the output of [`Facet::as_text`]; `None` for any other text.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "" => Some(Facet::Front),
            "reverse" => Some(Facet::Reverse),
            _ => text.strip_prefix("gap:").map(|name| Facet::Gap(name.into())),
        }
    }
}

/// Identifies a card: one facet of one question of one deck. Written as `deck/question` or
/// `deck/question#facet`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardKey {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The question's id: written by its author, or derived from the prompt.
    pub question: Arc<str>,
    /// Which side of the question.
    pub facet: Facet,
}

impl CardKey {
    /// Builds a key from its parts.
    pub fn new(deck: impl Into<Arc<str>>, question: impl Into<Arc<str>>, facet: Facet) -> Self {
        Self { deck: deck.into(), question: question.into(), facet }
    }

    /// Whether both cards belong to the same question (a card is its own sibling). Siblings give each other's
    /// answers away, so they are scheduled at least a day apart.
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
