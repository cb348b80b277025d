//! The system's own dialog for choosing a file, which runs on a background thread.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// A dialog that ends sooner than this was never shown: the desktop has no such dialog.
const SHOWN_AFTER: Duration = Duration::from_millis(400);

/// An open dialog.
pub struct FileDialog {
    chosen: Receiver<(Option<PathBuf>, Duration)>,
    open_for: Cell<Duration>,
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
        let (sender, chosen) = channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let started = Instant::now();
            let file = pollster::block_on(dialog).map(|file| file.path().to_owned());
            // Sending fails only when the window is closed already.
            let _ = sender.send((file, started.elapsed()));
            ctx.request_repaint();
        });
        Self { chosen, open_for: Cell::new(Duration::MAX) }
    }

    /// The choice, given out once. `None` while the dialog is open, `Some(None)` when it was closed without a choice.
    pub fn poll(&self) -> Option<Option<PathBuf>> {
        match self.chosen.try_recv() {
            Ok((file, open_for)) => {
                self.open_for.set(open_for);
                Some(file)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(None),
        }
    }

    /// Whether the closed dialog was open long enough to have been on the screen. Only meaningful after
    /// [`FileDialog::poll`] has returned a result.
    pub fn was_shown(&self) -> bool {
        self.open_for.get() >= SHOWN_AFTER
    }
}
