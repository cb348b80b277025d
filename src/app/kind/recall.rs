//! Recall in the editor.

use super::field_text::non_empty;
use crate::domain::question::{Answer, RecallAnswer};
use crate::text;

/// What is written of a Recall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecallFields {
    /// The back of the card.
    pub back: String,
    /// Whether there is a reverse card.
    pub reverse: bool,
    /// The prompt of the reverse card; empty: the back itself.
    pub reverse_prompt: String,
}

impl RecallFields {
    pub(super) fn of(answer: &RecallAnswer) -> Self {
        Self {
            back: answer.back.clone(),
            reverse: answer.reverse,
            reverse_prompt: answer.reverse_prompt.clone().unwrap_or_default(),
        }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        Ok(Answer::Recall(RecallAnswer {
            back: non_empty(&self.back).ok_or(text::editor::problem::NO_ANSWER)?,
            reverse: self.reverse,
            reverse_prompt: non_empty(&self.reverse_prompt).filter(|_| self.reverse),
        }))
    }
}
