//! The system's own dialog for choosing a file, which runs on a background thread.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::background::BackgroundTask;

/// A dialog that ends sooner than this was never shown: the desktop has no such dialog.
const SHOWN_AFTER: Duration = Duration::from_millis(400);

/// An open dialog.
pub struct FileDialog(BackgroundTask<DialogChoice>);

/// How a dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogChoice {
    /// With this file or folder.
    Path(PathBuf),
    /// Closed without a choice.
    Cancelled,
    /// It never appeared: the desktop has no such dialog.
    NotShown,
}

impl FileDialog {
    /// Opens a dialog for a file. Only files with one of the `extensions` can be chosen; `kind` is what the dialog
    /// calls them. `folder` is where it starts; `None` leaves that to the system.
    pub fn pick_file(
        ctx: &Context,
        title: &str,
        folder: Option<&Path>,
        kind: &str,
        extensions: &[&str],
    ) -> Self {
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(kind, extensions);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        Self::spawn(ctx, dialog.pick_file())
    }

    /// Opens a dialog for a folder.
    pub fn pick_folder(ctx: &Context, title: &str) -> Self {
        Self::spawn(ctx, rfd::AsyncFileDialog::new().set_title(title).pick_folder())
    }

    #[expect(clippy::disallowed_methods, reason = "how long the dialog was open, not what time it is")]
    fn spawn(ctx: &Context, dialog: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static) -> Self {
        Self(BackgroundTask::spawn("dialog", super::repaint_signal(ctx), move |_| {
            let started = Instant::now();
            Some(match pollster::block_on(dialog) {
                Some(file) => DialogChoice::Path(file.path().to_owned()),
                None if started.elapsed() >= SHOWN_AFTER => DialogChoice::Cancelled,
                None => DialogChoice::NotShown,
            })
        }))
    }

    /// How the dialog ended, given out once. `None` while it is open.
    pub fn poll(&self) -> Option<DialogChoice> {
        // Whoever has no dialog because of a fault can do without it too.
        Some(self.0.poll_result()?.unwrap_or(DialogChoice::NotShown))
    }
}
