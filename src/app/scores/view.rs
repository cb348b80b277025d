//! What the learner looks at on the Scores screen.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::ScoresColumn;
use crate::domain::score::Period;

/// The learner's view of the scores, remembered from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoresView {
    /// The id of the deck on screen; `None` for all decks.
    pub deck: Option<Arc<str>>,
    /// The period that accuracy and charts cover.
    pub period: Period,
    /// Whether every column is shown that has room.
    pub all_columns: bool,
}

/// A page of the Scores screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScoresPage {
    /// The table of topics and the charts.
    #[default]
    Topics,
    /// One topic.
    Topic {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key.
        topic: String,
    },
    /// The passages of a deck's source, by the deck's id.
    Passages(Arc<str>),
    /// The high-confidence errors.
    HighConfidenceErrors,
}

/// The order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoresSort {
    /// The column to sort by.
    pub column: ScoresColumn,
    /// Largest first; for names, from Z to A.
    pub descending: bool,
}
