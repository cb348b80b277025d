//! What can be taken back, and what can be done again: one order over everything that can.

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

/// Done and undone deeds, newest last.
#[derive(Debug, Default)]
pub(super) struct UndoLog {
    undo_stack: Vec<UndoEntry>,
    redo_stack: Vec<RedoEntry>,
    /// Why nothing before what is done now can be taken back.
    empty_reason: Option<&'static str>,
}

/// Something that the learner did, or that was done on their behalf, and can be taken back.
#[derive(Debug)]
pub(super) enum UndoEntry {
    /// An answer, or setting a card aside, in a session.
    Step {
        /// What was done.
        step: SessionStep,
        /// Which session it belongs to.
        session: u64,
    },
    /// Events over any cards that stand or fall together.
    Events {
        /// What was done, to go after "Undone: ".
        words: String,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that they change, also those that progress moved to.
        cards: Vec<CardKey>,
    },
    /// A change of the exam dates.
    Goals {
        /// What was done, to go after "Undone: ".
        words: String,
        /// As they were.
        before: Vec<Goal>,
        /// As they are.
        after: Vec<Goal>,
    },
    /// A change of a deck's file, with events that stand or fall with it.
    Edit {
        /// What was done, to go after "Undone: ".
        words: String,
        /// The change.
        file: FileEdit,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that they change, also those that progress moved to.
        cards: Vec<CardKey>,
    },
}

/// A change of a deck's file, both ways.
#[derive(Clone, Debug)]
pub(super) struct FileEdit {
    /// The file.
    pub(super) path: PathBuf,
    /// From the text as it is to the text as it was.
    pub(super) undo: Edit,
    /// The other way round.
    pub(super) redo: Edit,
    /// The text as it was.
    pub(super) hash_before: TextHash,
    /// The text as it is.
    pub(super) hash_after: TextHash,
    /// A question that got another key by it: the old one, the new one.
    pub(super) rekeyed: Option<(QuestionKey, QuestionKey)>,
}

#[derive(Debug)]
struct RedoEntry {
    entry: UndoEntry,
    /// What took its events back, oldest first.
    retractions: Vec<(CardKey, EventId)>,
    /// What the session took back, if it was the running one's.
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

    /// Something was done that stands, so nothing before it is taken back either: `why`, in a sentence.
    pub(super) fn clear(&mut self, why: &'static str) {
        *self = Self { empty_reason: Some(why), ..Self::default() };
    }

    /// Something new was done: what was undone before cannot be done again.
    pub(super) fn push(&mut self, deed: UndoEntry) {
        self.redo_stack.clear();
        self.undo_stack.push(deed);
    }

    /// The newest step made one more event.
    pub(super) fn add_to_newest(&mut self, event: EventId) {
        self.redo_stack.clear();
        // Progress may have moved since the step, which is a deed of its own.
        let steps = self.undo_stack.iter_mut().rev();
        let mut steps = steps.filter_map(|deed| match deed {
            UndoEntry::Step { step, .. } => Some(step),
            UndoEntry::Events { .. } | UndoEntry::Edit { .. } | UndoEntry::Goals { .. } => None,
        });
        if let Some(step) = steps.next() {
            step.events.push(event);
        }
    }

    /// Cards got other keys: a step is told of, and goes back to its session, under the new one.
    pub(super) fn rekey(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
        let mut cards: Vec<&mut CardKey> = Vec::new();
        for RedoEntry { entry: deed, undone_step: taken, .. } in &mut self.redo_stack {
            cards.extend(deed.card_mut());
            if let Some(UndoneStep { step, displaced: next, .. }) = taken {
                cards.push(&mut step.card);
                cards.extend(next);
            }
        }
        for card in cards.into_iter().chain(self.undo_stack.iter_mut().filter_map(UndoEntry::card_mut)) {
            if let Some(new) = new_key(card) {
                *card = new;
            }
        }
    }
}

/// Every card that changes are about, also those that progress moves to.
pub(super) fn affected_cards(changes: &[(CardKey, Change, Option<AnswerRecord>)]) -> Vec<CardKey> {
    let both = changes.iter().flat_map(|(card, change, _)| [Some(card), change.other_card()]);
    both.flatten().cloned().collect()
}

impl App {
    /// Writes changes to any cards as one deed, undone and done again together; `words` go after "Undone: ".
    /// Whether it could be written; if not, nothing of it was, and the learner is told.
    pub(super) fn commit_group(
        &mut self,
        words: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        let cards: Vec<CardKey> = changes.iter().map(|(card, _)| card.clone()).collect();
        let is_written = self.write_group(words, changes, now);
        if is_written {
            self.requeue(&cards, now);
        }
        is_written
    }

    /// The same, with the session left to the caller.
    pub(super) fn write_group(
        &mut self,
        words: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        self.write_events(
            words,
            changes.into_iter().map(|(card, change)| (card, change, None)).collect(),
            now,
        )
    }

    /// The same, for changes with answers that were given.
    pub(super) fn write_events(
        &mut self,
        words: impl Into<String>,
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
                self.undo.push(UndoEntry::Events { words: words.into(), events, cards });
                true
            }
            Err(error) => {
                self.notify_error(error.to_string());
                false
            }
        }
    }

    pub(super) fn undo(&mut self, now: &Moment) {
        let Some(deed) = self.undo.undo_stack.pop() else {
            self.notify(self.undo.empty_reason.unwrap_or("Nothing to undo."));
            return;
        };
        if let UndoEntry::Edit { file, .. } = &deed {
            match self.reapply_edit(file, true, now) {
                ReapplyOutcome::Done => {}
                ReapplyOutcome::Failed => {
                    self.undo.undo_stack.push(deed);
                    return;
                }
                // Told, and out of the way of what can be undone.
                ReapplyOutcome::Impossible => return,
            }
        }
        let Some(retractions) = self.retract(&deed.events(), now) else {
            // Nothing is taken back by halves.
            if let UndoEntry::Edit { file, .. } = &deed {
                self.reapply_edit(file, false, now);
            }
            self.undo.undo_stack.push(deed);
            return;
        };
        let words = self.describe_entry(&deed);
        let taken = match &deed {
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
        if !taken.as_ref().is_some_and(|taken| taken.was_current) {
            self.notify(format!("Undone: {words}"));
        }
        self.undo.redo_stack.push(RedoEntry { entry: deed, retractions, undone_step: taken });
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
        let RedoEntry { entry: deed, undone_step: taken, .. } = undone;
        let words = self.describe_entry(&deed);
        let is_shown = match &deed {
            UndoEntry::Step { step, session } => self.redo_in_study(*session, &step.card, taken, now),
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
            self.notify(format!("Done again: {words}"));
        }
        self.undo.undo_stack.push(deed);
    }

    /// Takes events back, the newest first; what did so. `None`: it could not be written, and the learner is told.
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

    fn describe_entry(&self, deed: &UndoEntry) -> String {
        match deed {
            UndoEntry::Step { step, .. } => self.describe_step(step),
            UndoEntry::Events { words, .. }
            | UndoEntry::Edit { words, .. }
            | UndoEntry::Goals { words, .. } => words.clone(),
        }
    }

    fn describe_step(&self, step: &SessionStep) -> String {
        let words = self.prompt_of(&step.card).map_or_else(|| step.card.to_string(), words::excerpt);
        match step.answer {
            Some(_) => format!("the answer to “{words}”"),
            None => format!("setting “{words}” aside"),
        }
    }
}
