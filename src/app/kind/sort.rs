//! Sort in the editor.

use super::field_text::{non_empty, non_empty_lines};
use crate::domain::question::{Answer, Bin};

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
            return Err("Name at least two groups.");
        }
        let nameless =
            |bin: &BinForm| non_empty(&bin.name).is_none() && !non_empty_lines(&bin.items).is_empty();
        if self.bins.iter().any(nameless) {
            return Err("A group has items and no name.");
        }
        if bins.iter().all(|bin| bin.items.is_empty()) {
            return Err("Write what belongs into the groups.");
        }
        Ok(Answer::Sort(bins))
    }
}
