//! Undo and redo, in one order over everything that can be undone.

use std::path::PathBuf;

use crate::domain::event::{AnswerRecord, Change, EventId};
use crate::domain::goal::Goal;
use crate::domain::identity::QuestionKey;
use crate::domain::ids::CardKey;
use crate::domain::session::{SessionStep, UndoneStep};
use crate::formats::ron_deck::edit::Edit;
use crate::library::TextHash;
use crate::text;

/// Undo and redo stacks, newest last.
#[derive(Debug, Default)]
pub(in crate::app) struct UndoLog {
    undo_stack: Vec<UndoEntry>,
    redo_stack: Vec<RedoEntry>,
    /// Why nothing can be undone when the undo stack is empty; `None` for the usual message.
    empty_reason: Option<&'static str>,
}

/// A change that can be undone, made by the learner or on their behalf.
#[derive(Debug)]
pub(in crate::app) enum UndoEntry {
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
pub(in crate::app) struct FileEdit {
    /// The deck file.
    pub(in crate::app) path: PathBuf,
    /// The edit from the new text to the old one.
    pub(in crate::app) undo: Edit,
    /// The edit from the old text to the new one.
    pub(in crate::app) redo: Edit,
    /// Hash of the old text.
    pub(in crate::app) hash_before: TextHash,
    /// Hash of the new text.
    pub(in crate::app) hash_after: TextHash,
    /// The old and the new key of a question whose key changed.
    pub(in crate::app) rekeyed: Option<(QuestionKey, QuestionKey)>,
}

/// A change that was undone.
#[derive(Debug)]
pub(in crate::app) struct RedoEntry {
    /// The change.
    pub(in crate::app) entry: UndoEntry,
    /// The events that retracted the entry's events, oldest first.
    pub(in crate::app) retractions: Vec<(CardKey, EventId)>,
    /// What the session undid; `None` if the entry is not a step of the running session.
    pub(in crate::app) undone_step: Option<UndoneStep>,
}

impl UndoEntry {
    fn card_mut(&mut self) -> Option<&mut CardKey> {
        match self {
            UndoEntry::Step { step, .. } => Some(&mut step.card),
            UndoEntry::Events { .. } | UndoEntry::Edit { .. } | UndoEntry::Goals { .. } => None,
        }
    }

    /// The events of the entry, oldest first, each with the card it was written for.
    pub(in crate::app) fn events(&self) -> Vec<(CardKey, EventId)> {
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
    pub(in crate::app) fn can_undo(&self) -> bool {
        !self.undo_stack.is_empty()
    }

    pub(in crate::app) fn can_redo(&self) -> bool {
        !self.redo_stack.is_empty()
    }

    /// Empties both stacks because something was done that cannot be undone; `reason` is the message from then
    /// on.
    pub(in crate::app) fn clear(&mut self, reason: &'static str) {
        *self = Self { empty_reason: Some(reason), ..Self::default() };
    }

    /// Adds an entry and clears the redo stack.
    pub(in crate::app) fn push(&mut self, entry: UndoEntry) {
        self.redo_stack.clear();
        self.undo_stack.push(entry);
    }

    /// Takes the newest change.
    pub(in crate::app) fn pop_undo(&mut self) -> Option<UndoEntry> {
        self.undo_stack.pop()
    }

    /// Puts back a change that could not be undone, or was redone. The redo stack stays.
    pub(in crate::app) fn restore_undo(&mut self, entry: UndoEntry) {
        self.undo_stack.push(entry);
    }

    /// Takes the newest undone change.
    pub(in crate::app) fn pop_redo(&mut self) -> Option<RedoEntry> {
        self.redo_stack.pop()
    }

    /// Adds a change that was undone.
    pub(in crate::app) fn push_redo(&mut self, entry: RedoEntry) {
        self.redo_stack.push(entry);
    }

    /// Why nothing can be undone.
    pub(in crate::app) fn empty_reason(&self) -> &'static str {
        self.empty_reason.unwrap_or(text::general::NOTHING_TO_UNDO)
    }

    /// Adds an event to the newest step.
    pub(in crate::app) fn add_to_newest(&mut self, event: EventId) {
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
    pub(in crate::app) fn rekey(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
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
pub(in crate::app) fn affected_cards(changes: &[(CardKey, Change, Option<AnswerRecord>)]) -> Vec<CardKey> {
    let both = changes.iter().flat_map(|(card, change, _)| [Some(card), change.other_card()]);
    both.flatten().cloned().collect()
}
