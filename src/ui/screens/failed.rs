//! The screen in place of all others when the progress file could not be opened: what happened, and what can be done.

use eframe::egui::Ui;

use crate::app::Shortcut;
use crate::background::Unfinished;
use crate::domain::day::{Stamp, StudyDay};
use crate::store::{StoreError, StoredBackup};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// Why the program could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The progress file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of the program.
    #[error("{}", text::general::OPENING_FAILED)]
    Unfinished(#[from] Unfinished),
}

impl OpenError {
    /// Whether the progress file may be damaged, so that a backup would help.
    pub fn may_need_backup(&self) -> bool {
        matches!(self, OpenError::Store(error) if error.may_need_backup())
    }

    /// Whether another program put another file in the place of the progress file.
    fn is_replaced(&self) -> bool {
        matches!(self, OpenError::Store(StoreError::Replaced { .. } | StoreError::ForeignLog { .. }))
    }
}

/// What the learner chose to do about a progress file that cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Opens the file again, as when another Linchpin has been closed meanwhile.
    TryAgain,
    /// Opens the file that another program put there, without the log of the earlier one.
    UsePresentFile,
    /// Sets the damaged file aside and puts a backup in its place: the one with this place in the list.
    RestoreBackup(usize),
    /// Opens the data folder in the file manager.
    OpenFolder,
    /// Closes the window.
    Quit,
}

/// Most backups that are offered, so that the page stays short. The terminal lists all.
pub const MOST_BACKUPS: usize = 6;

/// Draws what went wrong and a button for each remedy. Restoring is offered only if the file may be damaged
/// and there are sound backups; `backups` are these, the newest first by their answers. `now` says the offset of local
/// time.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    error: &OpenError,
    backups: &[StoredBackup],
    now: Stamp,
) -> Option<Remedy> {
    let top = column::top_space(ui, 120.0);
    column::centred(ui, "failed", COLUMN_WIDTH, top, |ui| {
        let title = match error {
            OpenError::Store(StoreError::InUse { .. }) => text::general::ALREADY_OPEN,
            OpenError::Store(StoreError::Newer { .. }) => text::general::NEWER_PROGRESS,
            OpenError::Store(StoreError::Damaged { .. }) => text::general::DAMAGED_PROGRESS,
            _ if error.is_replaced() => text::general::REPLACED_PROGRESS,
            OpenError::Store(StoreError::Unconfirmed { .. }) => text::general::UNCONFIRMED_PROGRESS,
            _ => text::general::UNREADABLE_PROGRESS,
        };
        ui.label(TextSize::Title.strong(title, tokens.ink));
        ui.add_space(8.0);
        ui.label(TextSize::Body.text(error.to_string(), tokens.ink));
        let is_replaced = error.is_replaced();
        if error.may_need_backup() && !is_replaced {
            let advice =
                if backups.is_empty() { text::general::NO_BACKUP } else { text::general::CAN_RESTORE };
            ui.label(TextSize::Body.text(advice, tokens.ink));
        }
        ui.add_space(16.0);
        let mut remedy = None;
        ui.horizontal_wrapped(|ui| {
            if is_replaced && Button::secondary(text::general::USE_PRESENT_FILE).show(ui, tokens).clicked() {
                remedy = Some(Remedy::UsePresentFile);
            }
            if error.may_need_backup() && !backups.is_empty() {
                let restore = Button::primary(text::general::RESTORE_BACKUP);
                if restore.show(ui, tokens).clicked() {
                    remedy = Some(Remedy::RestoreBackup(0));
                }
            }
            if Button::secondary(text::general::TRY_AGAIN).key(Shortcut::Space).show(ui, tokens).clicked() {
                remedy = Some(Remedy::TryAgain);
            }
            if Button::secondary(text::general::OPEN_DATA_FOLDER).show(ui, tokens).clicked() {
                remedy = Some(Remedy::OpenFolder);
            }
            let close = Button::secondary(text::general::CLOSE).key(Shortcut::Escape);
            if close.show(ui, tokens).clicked() {
                remedy = Some(Remedy::Quit);
            }
        });
        if error.may_need_backup() && !backups.is_empty() {
            ui.add_space(16.0);
            ui.label(TextSize::Body.text(text::general::BACKUPS, tokens.ink));
            ui.add_space(4.0);
            for (nth, backup) in backups.iter().enumerate() {
                if Button::secondary(&label(backup, now)).show(ui, tokens).clicked() {
                    remedy = Some(Remedy::RestoreBackup(nth));
                }
            }
        }
        if !matches!(error, OpenError::Store(error) if error.is_final()) {
            ui.add_space(16.0);
            let below = format!("{} {}", icons::INFO, text::general::NOTHING_CHANGED);
            ui.label(TextSize::Caption.text(below, tokens.muted));
        }
        remedy
    })
}

/// What is in a backup and when it was made, in words.
fn label(backup: &StoredBackup, now: Stamp) -> String {
    let day = |utc_ms| StudyDay::from_date(Stamp { utc_ms, ..now }.local().0);
    let content = backup.content.as_ref().ok();
    text::general::backup(
        content.map_or(0, |content| content.answer_count),
        content.and_then(|content| content.newest_answer_ms).map(day),
        backup.made_ms.map(day),
    )
}
