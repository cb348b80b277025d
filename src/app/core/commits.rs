//! Changes of several cards that are undone together, and their retraction.

use super::undo::{UndoEntry, affected_cards};
use super::{Core, CoreChange};
use crate::domain::day::Moment;
use crate::domain::event::{AnswerRecord, Change, EventId};
use crate::domain::ids::CardKey;
use crate::domain::session::SessionStep;
use crate::text::{self, words};

impl Core {
    /// Writes changes of any cards as one undo entry and updates the session; `label` follows "Undone: ".
    /// Returns false, writes nothing and shows an error, if they cannot be written.
    pub(in crate::app) fn commit_group(
        &mut self,
        label: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        let cards: Vec<CardKey> = changes.iter().map(|(card, _)| card.clone()).collect();
        let is_written = self.write_group(label, changes, now);
        if is_written {
            self.note(CoreChange::Cards(cards));
        }
        is_written
    }

    /// Like [`Core::commit_group`], but the caller updates the session.
    pub(in crate::app) fn write_group(
        &mut self,
        label: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        self.write_events(
            label,
            changes.into_iter().map(|(card, change)| (card, change, None)).collect(),
            now,
        )
    }

    /// Like [`Core::write_group`], for changes with answer records.
    pub(in crate::app) fn write_events(
        &mut self,
        label: impl Into<String>,
        changes: Vec<(CardKey, Change, Option<AnswerRecord>)>,
        now: &Moment,
    ) -> bool {
        if changes.is_empty() {
            return true;
        }
        let cards = affected_cards(&changes);
        match self.commit(now.stamp, &changes) {
            Ok(ids) => {
                let events = changes.into_iter().map(|(card, ..)| card).zip(ids).collect();
                self.undo.push(UndoEntry::Events { label: label.into(), events, cards });
                true
            }
            Err(error) => {
                self.notify_error(error.to_string());
                false
            }
        }
    }

    /// Retracts events, newest first, and returns the retracting events. `None`, with an error shown, if they
    /// cannot be written.
    pub(in crate::app) fn retract(
        &mut self,
        events: &[(CardKey, EventId)],
        now: &Moment,
    ) -> Option<Vec<(CardKey, EventId)>> {
        if events.is_empty() {
            return Some(Vec::new());
        }
        let changes: Vec<_> =
            events.iter().rev().map(|(card, event)| (card.clone(), Change::Retract(*event), None)).collect();
        match self.commit(now.stamp, &changes) {
            Ok(ids) => Some(changes.into_iter().map(|(card, ..)| card).zip(ids).collect()),
            Err(error) => {
                self.notify_error(error.to_string());
                None
            }
        }
    }

    /// The description of an entry, as it follows "Undone: ".
    pub(in crate::app) fn describe_entry(&self, entry: &UndoEntry) -> String {
        match entry {
            UndoEntry::Step { step, .. } => self.describe_step(step),
            UndoEntry::Events { label, .. }
            | UndoEntry::Edit { label, .. }
            | UndoEntry::Goals { label, .. } => label.clone(),
        }
    }

    fn describe_step(&self, step: &SessionStep) -> String {
        let prompt = self.prompt_of(&step.card).map_or_else(|| step.card.to_string(), words::excerpt);
        match step.answer {
            Some(_) => text::study::answer_to(&prompt),
            None => text::study::setting_aside(&prompt),
        }
    }
}
