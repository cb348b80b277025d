//! Undo and redo, in one order over everything that can be undone.

use std::path::PathBuf;

use super::decks::ReapplyOutcome;
use super::{App, words};
use crate::domain::day::Moment;
use crate::domain::event::{AnswerRecord, Change, EventId};
use crate::domain::goal::Goal;
use crate::domain::identity::QuestionKey;
use crate::domain::ids::CardKey;
use crate::domain::session::{SessionStep, UndoneStep};
use crate::formats::ron_deck::edit::Edit;
use crate::library::TextHash;

/// Undo and redo stacks, newest last.
#[derive(Debug, Default)]
pub(super) struct UndoLog {
    undo_stack: Vec<UndoEntry>,
    redo_stack: Vec<RedoEntry>,
    /// Why nothing can be undone when the undo stack is empty; `None` for the usual message.
    empty_reason: Option<&'static str>,
}

/// A change that can be undone, made by the learner or on their behalf.
#[derive(Debug)]
pub(super) enum UndoEntry {
    /// An answer in a session, or suspending or burying a card there.
    Step {
        /// The step of the session.
        step: SessionStep,
        /// The serial number of the session.
        session: u64,
    },
    /// Events of any cards, undone together.
    Events {
        /// The description, as it follows "Undone: ".
        label: String,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that the events change, including those that progress moved to.
        cards: Vec<CardKey>,
    },
    /// A change of the exam dates.
    Goals {
        /// The description, as it follows "Undone: ".
        label: String,
        /// The goals before the change.
        before: Vec<Goal>,
        /// The goals after the change.
        after: Vec<Goal>,
    },
    /// An edit of a deck file, and events that are undone with it.
    Edit {
        /// The description, as it follows "Undone: ".
        label: String,
        /// The edit of the file.
        file: FileEdit,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that the events change, including those that progress moved to.
        cards: Vec<CardKey>,
    },
}

/// An edit of a deck file in both directions.
#[derive(Clone, Debug)]
pub(super) struct FileEdit {
    /// The deck file.
    pub(super) path: PathBuf,
    /// The edit from the new text to the old one.
    pub(super) undo: Edit,
    /// The edit from the old text to the new one.
    pub(super) redo: Edit,
    /// Hash of the old text.
    pub(super) hash_before: TextHash,
    /// Hash of the new text.
    pub(super) hash_after: TextHash,
    /// The old and the new key of a question whose key changed.
    pub(super) rekeyed: Option<(QuestionKey, QuestionKey)>,
}

#[derive(Debug)]
struct RedoEntry {
    entry: UndoEntry,
    /// The events that retracted the entry's events, oldest first.
    retractions: Vec<(CardKey, EventId)>,
    /// What the session undid; `None` if the entry is not a step of the running session.
    undone_step: Option<UndoneStep>,
}

impl UndoEntry {
    fn card_mut(&mut self) -> Option<&mut CardKey> {
        match self {
            UndoEntry::Step { step, .. } => Some(&mut step.card),
            UndoEntry::Events { .. } | UndoEntry::Edit { .. } | UndoEntry::Goals { .. } => None,
        }
    }

    fn events(&self) -> Vec<(CardKey, EventId)> {
        match self {
            UndoEntry::Step { step, .. } => {
                step.events.iter().map(|event| (step.card.clone(), *event)).collect()
            }
            UndoEntry::Events { events, .. } | UndoEntry::Edit { events, .. } => events.clone(),
            UndoEntry::Goals { .. } => Vec::new(),
        }
    }
}

impl UndoLog {
    pub(super) fn can_undo(&self) -> bool {
        !self.undo_stack.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.redo_stack.is_empty()
    }

    /// Empties both stacks because something was done that cannot be undone; `reason` is the message from then
    /// on.
    pub(super) fn clear(&mut self, reason: &'static str) {
        *self = Self { empty_reason: Some(reason), ..Self::default() };
    }

    /// Adds an entry and clears the redo stack.
    pub(super) fn push(&mut self, entry: UndoEntry) {
        self.redo_stack.clear();
        self.undo_stack.push(entry);
    }

    /// Adds an event to the newest step.
    pub(super) fn add_to_newest(&mut self, event: EventId) {
        self.redo_stack.clear();
        // Progress may have moved since the step; such a move is an entry of its own.
        let steps = self.undo_stack.iter_mut().rev();
        let mut steps = steps.filter_map(|entry| match entry {
            UndoEntry::Step { step, .. } => Some(step),
            UndoEntry::Events { .. } | UndoEntry::Edit { .. } | UndoEntry::Goals { .. } => None,
        });
        if let Some(step) = steps.next() {
            step.events.push(event);
        }
    }

    /// Follows cards whose keys changed, so that a step is described by the new key and returns to its
    /// session.
    pub(super) fn rekey(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
        let mut cards: Vec<&mut CardKey> = Vec::new();
        for RedoEntry { entry, undone_step, .. } in &mut self.redo_stack {
            cards.extend(entry.card_mut());
            if let Some(UndoneStep { step, displaced, .. }) = undone_step {
                cards.push(&mut step.card);
                cards.extend(displaced);
            }
        }
        for card in cards.into_iter().chain(self.undo_stack.iter_mut().filter_map(UndoEntry::card_mut)) {
            if let Some(new) = new_key(card) {
                *card = new;
            }
        }
    }
}

/// Every card that the changes affect, including those that progress moves to.
pub(super) fn affected_cards(changes: &[(CardKey, Change, Option<AnswerRecord>)]) -> Vec<CardKey> {
    let both = changes.iter().flat_map(|(card, change, _)| [Some(card), change.other_card()]);
    both.flatten().cloned().collect()
}

impl App {
    /// Writes changes of any cards as one undo entry and updates the session; `label` follows "Undone: ".
    /// Returns false, writes nothing and shows an error, if they cannot be written.
    pub(super) fn commit_group(
        &mut self,
        label: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        let cards: Vec<CardKey> = changes.iter().map(|(card, _)| card.clone()).collect();
        let is_written = self.write_group(label, changes, now);
        if is_written {
            self.requeue(&cards, now);
        }
        is_written
    }

    /// Like [`App::commit_group`], but the caller updates the session.
    pub(super) fn write_group(
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

    /// Like [`App::write_group`], for changes with answer records.
    pub(super) fn write_events(
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

    pub(super) fn undo(&mut self, now: &Moment) {
        let Some(entry) = self.undo.undo_stack.pop() else {
            self.notify(self.undo.empty_reason.unwrap_or("Nothing to undo."));
            return;
        };
        if let UndoEntry::Edit { file, .. } = &entry {
            match self.reapply_edit(file, true, now) {
                ReapplyOutcome::Done => {}
                ReapplyOutcome::Failed => {
                    self.undo.undo_stack.push(entry);
                    return;
                }
                // The error is shown, and the entry is dropped so that earlier ones can be undone.
                ReapplyOutcome::Impossible => return,
            }
        }
        let Some(retractions) = self.retract(&entry.events(), now) else {
            // The events cannot be retracted, so the edit of the file is redone: an entry is undone
            // completely or not at all.
            if let UndoEntry::Edit { file, .. } = &entry {
                self.reapply_edit(file, false, now);
            }
            self.undo.undo_stack.push(entry);
            return;
        };
        let label = self.describe_entry(&entry);
        let undone_step = match &entry {
            UndoEntry::Step { step, session } => self.undo_in_study(*session, &step.card, now),
            UndoEntry::Events { cards, .. } | UndoEntry::Edit { cards, .. } => {
                self.requeue(cards, now);
                None
            }
            UndoEntry::Goals { before, .. } => {
                self.restore_goals(before, now);
                None
            }
        };
        self.sync_verdict();
        if !undone_step.as_ref().is_some_and(|step| step.was_current) {
            self.notify(format!("Undone: {label}"));
        }
        self.undo.redo_stack.push(RedoEntry { entry, retractions, undone_step });
    }

    pub(super) fn redo(&mut self, now: &Moment) {
        let Some(undone) = self.undo.redo_stack.pop() else {
            self.notify("Nothing to redo.");
            return;
        };
        if let UndoEntry::Edit { file, .. } = &undone.entry {
            match self.reapply_edit(file, false, now) {
                ReapplyOutcome::Done => {}
                ReapplyOutcome::Failed => {
                    self.undo.redo_stack.push(undone);
                    return;
                }
                ReapplyOutcome::Impossible => return,
            }
        }
        if self.retract(&undone.retractions, now).is_none() {
            if let UndoEntry::Edit { file, .. } = &undone.entry {
                self.reapply_edit(file, true, now);
            }
            self.undo.redo_stack.push(undone);
            return;
        }
        let RedoEntry { entry, undone_step, .. } = undone;
        let label = self.describe_entry(&entry);
        let is_shown = match &entry {
            UndoEntry::Step { step, session } => self.redo_in_study(*session, &step.card, undone_step, now),
            UndoEntry::Events { cards, .. } | UndoEntry::Edit { cards, .. } => {
                self.requeue(cards, now);
                false
            }
            UndoEntry::Goals { after, .. } => {
                self.restore_goals(after, now);
                false
            }
        };
        self.sync_verdict();
        if !is_shown {
            self.notify(format!("Done again: {label}"));
        }
        self.undo.undo_stack.push(entry);
    }

    /// Retracts events, newest first, and returns the retracting events. `None`, with an error shown, if they
    /// cannot be written.
    fn retract(&mut self, events: &[(CardKey, EventId)], now: &Moment) -> Option<Vec<(CardKey, EventId)>> {
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

    fn describe_entry(&self, entry: &UndoEntry) -> String {
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
            Some(_) => format!("the answer to “{prompt}”"),
            None => format!("setting “{prompt}” aside"),
        }
    }
}
