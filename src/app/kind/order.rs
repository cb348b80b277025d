//! Order: its fields in the editor, and the arrangement of an answer.

use super::field_text::non_empty;
use crate::domain::question::{Answer, OrderItem};
use crate::text;

/// What is written of an Order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFields {
    /// The items with their notes, in the right order.
    pub items: Vec<(String, String)>,
}

impl OrderFields {
    pub(super) fn of(items: &[OrderItem]) -> Self {
        let items = items.iter().map(|item| (item.text.clone(), item.note.clone().unwrap_or_default()));
        Self { items: items.collect() }
    }

    pub(super) fn answer(&self) -> Result<Answer, &'static str> {
        let items: Vec<OrderItem> = self
            .items
            .iter()
            .filter_map(|(text, note)| Some(OrderItem { text: non_empty(text)?, note: non_empty(note) }))
            .collect();
        if items.len() < 2 {
            return Err(text::editor::problem::FEW_ITEMS);
        }
        Ok(Answer::Order(items))
    }
}

/// The items of an Order as they are arranged so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// Item indices, first to last.
    pub order: Vec<usize>,
    /// The position of the cursor in `order`.
    pub cursor: usize,
    /// Whether the next digit key moves the item at the cursor.
    pub is_held: bool,
}

impl Arrangement {
    /// The items in the order first shown.
    pub(in crate::app) fn new(items: usize) -> Self {
        Self { order: (0..items).collect(), cursor: 0, is_held: false }
    }

    /// Takes up the item at `position`, or puts the held item there. `None` if there is no such position.
    pub(in crate::app) fn press(&mut self, position: usize) -> Option<()> {
        if position >= self.order.len() {
            return None;
        }
        if self.is_held {
            let item = self.order.remove(self.cursor);
            self.order.insert(position, item);
        }
        self.cursor = position;
        self.is_held = !self.is_held;
        Some(())
    }

    /// Moves the cursor by `step`; a held item, or any with `carry`, moves along. `None` beyond the ends.
    pub(in crate::app) fn move_cursor(&mut self, step: isize, carry: bool) -> Option<()> {
        let to = self.cursor.checked_add_signed(step).filter(|to| *to < self.order.len())?;
        if carry || self.is_held {
            self.order.swap(self.cursor, to);
        }
        self.cursor = to;
        Some(())
    }

    /// Lets go of the held item. `None` if none is held.
    pub(in crate::app) fn release(&mut self) -> Option<()> {
        std::mem::take(&mut self.is_held).then_some(())
    }

    /// The arrangement with one item moved to another position; `None` for positions that do not exist.
    pub fn moved(&self, from: usize, to: usize) -> Option<Self> {
        if from >= self.order.len() || to >= self.order.len() {
            return None;
        }
        let mut order = self.order.clone();
        let item = order.remove(from);
        order.insert(to, item);
        Some(Self { order, cursor: to, is_held: false })
    }
}
