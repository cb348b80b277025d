//! Bool in the editor.

use crate::domain::question::Answer;

/// What is chosen of a Bool. It can not be left open: a new question is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoolFields {
    /// Whether the prompt is true.
    pub truth: bool,
}

impl Default for BoolFields {
    fn default() -> Self {
        Self { truth: true }
    }
}

impl BoolFields {
    pub(super) fn answer(&self) -> Answer {
        Answer::Bool(self.truth)
    }
}
