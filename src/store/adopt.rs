//! Adding events that come from another file, as they are: with their own identities and order stamps.

use std::collections::HashMap;

use rusqlite::Transaction;
use twox_hash::XxHash3_128;

use super::block::BLOCK_EVENTS;
use super::event_bytes::{PackedEvent, RowError};
use super::{log, summaries};
use crate::domain::ids::CardKey;

/// Adds events behind those that are there, in whole blocks as far as they fill some.
pub(super) struct Adopter<'t> {
    transaction: &'t Transaction<'t>,
    /// The position of the first pending event.
    position: u64,
    /// Events that are in no block yet, beginning with the rows that are there.
    pending: Vec<PackedEvent>,
    /// The position after the last row that is there.
    rows_end: u64,
    cards: HashMap<CardKey, u32>,
}

impl<'t> Adopter<'t> {
    /// Reads the newest events, which fill the first block together with what is added.
    pub fn begin(transaction: &'t Transaction<'t>) -> Result<Self, RowError> {
        let (position, pending) = log::unsealed(transaction)?;
        let rows_end = position + pending.len() as u64;
        Ok(Self { transaction, position, pending, rows_end, cards: HashMap::new() })
    }

    /// Adds an event whose identity is not in the file. Its card is the one with this key; `None` for no card.
    pub fn add(&mut self, event: PackedEvent, card: Option<&CardKey>) -> Result<(), RowError> {
        let card = card.map_or(Ok(0), |key| self.card_number(key))?;
        self.pending.push(PackedEvent { card, ..event });
        self.seal_whole_blocks()
    }

    /// Writes what is left as rows. The end of the log has to be read again then.
    pub fn finish(mut self) -> Result<(), RowError> {
        // They may be folded before events that the summaries hold already.
        summaries::forget(self.transaction)?;
        self.seal_whole_blocks()?;
        log::delete_rows_before(self.transaction, self.position)?;
        for (position, event) in (self.position..).zip(&self.pending) {
            if position >= self.rows_end {
                log::insert(self.transaction, position, event)?;
            }
        }
        Ok(())
    }

    fn seal_whole_blocks(&mut self) -> Result<(), RowError> {
        while self.pending.len() >= BLOCK_EVENTS {
            let rest = self.pending.split_off(BLOCK_EVENTS);
            log::insert_checked_block(self.transaction, self.position, &self.pending)?;
            self.position += BLOCK_EVENTS as u64;
            self.pending = rest;
        }
        Ok(())
    }

    fn card_number(&mut self, key: &CardKey) -> Result<u32, RowError> {
        if let Some(number) = self.cards.get(key) {
            return Ok(*number);
        }
        let number = log::card_number(self.transaction, key)?;
        self.cards.insert(key.clone(), number);
        Ok(number)
    }
}

/// What an event says, in short.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventDigest {
    figures: u128,
    answer: Option<u128>,
}

impl EventDigest {
    /// Whether both may be the same event. What was answered is missing where a damaged file was restored without it.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let has_other_answer = self.answer.zip(other.answer).is_some_and(|(one, other)| one != other);
        self.figures == other.figures && !has_other_answer
    }
}

/// The digest of an event, to compare it with one of the same identity in another file, where its card has another
/// number.
pub(super) fn digest(event: &PackedEvent, card: Option<&CardKey>) -> EventDigest {
    let mut hasher = XxHash3_128::new();
    for number in [
        event.order_ms.cast_unsigned(),
        event.stamp.utc_ms.cast_unsigned(),
        i64::from(event.stamp.offset_minutes).cast_unsigned(),
        i64::from(event.stamp.day.0).cast_unsigned(),
        event.kind.into(),
    ] {
        hasher.write(&number.to_le_bytes());
    }
    let mut part = |bytes: Option<&[u8]>| {
        hasher.write(&bytes.map_or(0, |bytes| bytes.len() as u64 + 1).to_le_bytes());
        hasher.write(bytes.unwrap_or_default());
    };
    part(Some(&event.rest));
    part(card.map(|card| card.deck.as_bytes()));
    part(card.map(|card| card.question.as_bytes()));
    part(card.map(|card| card.facet.as_text()).as_deref().map(str::as_bytes));
    EventDigest {
        figures: hasher.finish_128(),
        answer: event.answer.as_deref().map(XxHash3_128::oneshot),
    }
}
