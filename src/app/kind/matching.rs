//! Match in the editor.

use super::field_text::non_empty;
use crate::domain::question::Answer;
use crate::text;

/// What is written of a Match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchFields {
    /// Left and right side of each pair.
    pub pairs: Vec<(String, String)>,
}

impl MatchFields {
    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let is_half =
            |(left, right): &(String, String)| non_empty(left).is_some() != non_empty(right).is_some();
        if self.pairs.iter().any(is_half) {
            return Err(text::editor::problem::HALF_PAIR);
        }
        let pairs: Vec<(String, String)> =
            self.pairs.iter().filter_map(|(left, right)| non_empty(left).zip(non_empty(right))).collect();
        if pairs.len() < 2 {
            return Err(text::editor::problem::FEW_PAIRS);
        }
        Ok(Answer::Match(pairs))
    }
}
