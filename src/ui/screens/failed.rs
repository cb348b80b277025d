//! The screen in place of all others when the progress file could not be opened: what happened, and what can be done.

use eframe::egui::Ui;

use crate::background::Unfinished;
use crate::store::StoreError;
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;

/// Why the program could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The progress file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of the program.
    #[error("Linchpin made a mistake. What happened is in its log; please report this.")]
    Unfinished(#[from] Unfinished),
}

impl OpenError {
    /// Whether the progress file is damaged, so that a backup would help.
    pub fn is_damage(&self) -> bool {
        matches!(self, OpenError::Store(error) if error.is_damage())
    }
}

/// What the learner chose to do about a progress file that cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Opens the file again, as when another Linchpin has been closed meanwhile.
    TryAgain,
    /// Renames the damaged file and puts the newest sound backup in its place.
    RestoreBackup,
    /// Opens the data folder in the file manager.
    OpenFolder,
    /// Closes the window.
    Quit,
}

/// Draws what went wrong and a button for each remedy. Restoring is offered only if the file is damaged and
/// `has_backup` says that there is a sound backup.
pub fn show(ui: &mut Ui, tokens: &Tokens, error: &OpenError, has_backup: bool) -> Option<Remedy> {
    let top = column::top_space(ui, 120.0);
    column::centred(ui, "failed", COLUMN_WIDTH, top, |ui| {
        let title = match error {
            OpenError::Store(StoreError::InUse { .. }) => "Linchpin is already open",
            OpenError::Store(StoreError::Newer { .. }) => "This progress is from a newer Linchpin",
            OpenError::Store(StoreError::Damaged { .. }) => "The progress file is damaged",
            _ => "The progress cannot be opened",
        };
        ui.label(TextSize::Title.strong(title, tokens.ink));
        ui.add_space(8.0);
        ui.label(TextSize::Body.text(error.to_string(), tokens.ink));
        if error.is_damage() && !has_backup {
            let text = "There is no sound backup. Keep the file: its answers may still be read by other means. \
                         To begin anew, move it to another folder.";
            ui.label(TextSize::Body.text(text, tokens.ink));
        }
        if error.is_damage() && has_backup {
            let text = "The newest sound backup can be put in its place; the damaged file is kept beside it.";
            ui.label(TextSize::Body.text(text, tokens.ink));
        }
        ui.add_space(16.0);
        let mut remedy = None;
        ui.horizontal_wrapped(|ui| {
            if error.is_damage() && has_backup {
                let restore = Button::new("Restore the newest backup", ButtonStyle::Primary);
                if restore.show(ui, tokens).clicked() {
                    remedy = Some(Remedy::RestoreBackup);
                }
            }
            if Button::new("Try again", ButtonStyle::Secondary).key("Space").show(ui, tokens).clicked() {
                remedy = Some(Remedy::TryAgain);
            }
            if Button::new("Open the data folder", ButtonStyle::Secondary).show(ui, tokens).clicked() {
                remedy = Some(Remedy::OpenFolder);
            }
            if Button::new("Close", ButtonStyle::Secondary).key("Esc").show(ui, tokens).clicked() {
                remedy = Some(Remedy::Quit);
            }
        });
        ui.add_space(16.0);
        ui.label(TextSize::Caption.text(format!("{} Nothing was changed.", icons::INFO), tokens.muted));
        remedy
    })
}
