//! Cloze in the editor. Its gaps stand in the prompt.

use crate::domain::cloze::{Cloze, ClozeError};
use crate::domain::question::Answer;
use crate::text;

/// What is written of a Cloze besides its prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClozeFields {
    /// Whether the gaps of a card may be filled in any order.
    pub any_order: bool,
}

impl ClozeFields {
    pub(super) fn answer(&self, prompt: &str) -> Result<Answer, &'static str> {
        let cloze = Cloze::parse(prompt.trim()).map_err(|error| match error {
            ClozeError::NoGap => text::editor::problem::NO_GAP,
            ClozeError::Unclosed(_) => text::editor::problem::UNCLOSED_GAP,
            ClozeError::Empty(_) => text::editor::problem::EMPTY_GAP,
        })?;
        Ok(Answer::Cloze(Cloze { any_order: self.any_order, ..cloze }))
    }
}
