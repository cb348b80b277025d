//! Cloze in the editor. Its gaps stand in the prompt.

use crate::domain::cloze::{Cloze, ClozeError};
use crate::domain::question::Answer;

/// What is written of a Cloze besides its prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClozeFields {
    /// Whether the gaps of a card may be filled in any order.
    pub any_order: bool,
}

impl ClozeFields {
    pub(super) fn answer(&self, prompt: &str) -> Result<Answer, &'static str> {
        let cloze = Cloze::parse(prompt.trim()).map_err(|error| match error {
            ClozeError::NoGap => {
                "Put the answer into the prompt between double braces: The treaty is of {{1953}}."
            }
            ClozeError::Unclosed(_) => "A gap opens with {{ and never closes: write }}.",
            ClozeError::Empty(_) => "A gap is empty: write its answer between {{ and }}.",
        })?;
        Ok(Answer::Cloze(Cloze { any_order: self.any_order, ..cloze }))
    }
}
