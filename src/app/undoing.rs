//! Undo and redo: the one thing that every feature takes part in.

use super::App;
use super::core::deck_files::ReapplyOutcome;
use super::core::undo::{FileEdit, RedoEntry, UndoEntry};
use crate::domain::day::Moment;
use crate::text;

impl App {
    pub(super) fn undo(&mut self, now: &Moment) {
        let Some(entry) = self.core.undo.pop_undo() else {
            self.core.notify(self.core.undo.empty_reason());
            return;
        };
        if let UndoEntry::Edit { file, .. } = &entry {
            match self.reapply_edit(file, true, now) {
                ReapplyOutcome::Done | ReapplyOutcome::NeedsReload => {}
                ReapplyOutcome::Failed => {
                    self.core.undo.restore_undo(entry);
                    return;
                }
                // The error is shown, and the entry is dropped so that earlier ones can be undone.
                ReapplyOutcome::Impossible => return,
            }
        }
        let Some(retractions) = self.core.retract(&entry.events(), now) else {
            // The events cannot be retracted, so the edit of the file is redone: an entry is undone
            // completely or not at all.
            if let UndoEntry::Edit { file, .. } = &entry {
                self.reapply_edit(file, false, now);
            }
            self.core.undo.restore_undo(entry);
            return;
        };
        let label = self.core.describe_entry(&entry);
        let undone_step = match &entry {
            UndoEntry::Step { step, session } => {
                self.study.undo_step(&mut self.core, *session, &step.card, now)
            }
            UndoEntry::Events { cards, .. } | UndoEntry::Edit { cards, .. } => {
                self.study.requeue(&mut self.core, cards, now);
                None
            }
            UndoEntry::Goals { before, .. } => {
                let in_session = self.study.active().is_some();
                self.goals.restore_goals(&mut self.core, before, in_session, now);
                None
            }
        };
        self.study.sync_verdict(&mut self.core);
        if !undone_step.as_ref().is_some_and(|step| step.was_current) {
            self.core.notify(text::general::undone(&label));
        }
        self.core.undo.push_redo(RedoEntry { entry, retractions, undone_step });
    }

    pub(super) fn redo(&mut self, now: &Moment) {
        let Some(undone) = self.core.undo.pop_redo() else {
            self.core.notify(text::general::NOTHING_TO_REDO);
            return;
        };
        if let UndoEntry::Edit { file, .. } = &undone.entry {
            match self.reapply_edit(file, false, now) {
                ReapplyOutcome::Done | ReapplyOutcome::NeedsReload => {}
                ReapplyOutcome::Failed => {
                    self.core.undo.push_redo(undone);
                    return;
                }
                ReapplyOutcome::Impossible => return,
            }
        }
        if self.core.retract(&undone.retractions, now).is_none() {
            if let UndoEntry::Edit { file, .. } = &undone.entry {
                self.reapply_edit(file, true, now);
            }
            self.core.undo.push_redo(undone);
            return;
        }
        let RedoEntry { entry, undone_step, .. } = undone;
        let label = self.core.describe_entry(&entry);
        let is_shown = match &entry {
            UndoEntry::Step { step, session } => {
                self.study.redo_step(&mut self.core, *session, &step.card, undone_step, now)
            }
            UndoEntry::Events { cards, .. } | UndoEntry::Edit { cards, .. } => {
                self.study.requeue(&mut self.core, cards, now);
                false
            }
            UndoEntry::Goals { after, .. } => {
                let in_session = self.study.active().is_some();
                self.goals.restore_goals(&mut self.core, after, in_session, now);
                false
            }
        };
        self.study.sync_verdict(&mut self.core);
        if !is_shown {
            self.core.notify(text::general::redone(&label));
        }
        self.core.undo.restore_undo(entry);
    }

    /// Undoes (`reverse`) or redoes an edit of a deck file; the features follow before the events do.
    fn reapply_edit(&mut self, file: &FileEdit, reverse: bool, now: &Moment) -> ReapplyOutcome {
        let outcome = self.core.reapply_edit(file, reverse, now);
        if outcome == ReapplyOutcome::NeedsReload {
            self.reload_decks(now);
        }
        self.follow_changes(now);
        outcome
    }
}
