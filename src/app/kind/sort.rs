//! Sort in the editor.

use super::field_text::{non_empty, non_empty_lines};
use crate::domain::question::{Answer, Bin};
use crate::text;

/// What is written of a Sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortFields {
    /// The bins with their items.
    pub bins: Vec<BinForm>,
}

/// A bin of a Sort with its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinForm {
    /// The bin's label.
    pub name: String,
    /// The items that belong in it.
    pub items: Vec<String>,
}

impl SortFields {
    pub(super) fn of(bins: &[Bin]) -> Self {
        let bins = bins.iter().map(|bin| BinForm { name: bin.name.clone(), items: bin.items.clone() });
        Self { bins: bins.collect() }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let bins: Vec<Bin> = self
            .bins
            .iter()
            .filter_map(|bin| Some(Bin { name: non_empty(&bin.name)?, items: non_empty_lines(&bin.items) }))
            .collect();
        if bins.len() < 2 {
            return Err(text::editor::problem::FEW_GROUPS);
        }
        let nameless =
            |bin: &BinForm| non_empty(&bin.name).is_none() && !non_empty_lines(&bin.items).is_empty();
        if self.bins.iter().any(nameless) {
            return Err(text::editor::problem::NAMELESS_GROUP);
        }
        if bins.iter().all(|bin| bin.items.is_empty()) {
            return Err(text::editor::problem::NO_GROUP_ITEMS);
        }
        Ok(Answer::Sort(bins))
    }
}
