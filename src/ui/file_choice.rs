//! The system's own dialog for choosing a file, beside the window's work.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// A dialog that closes sooner than this was never shown: the desktop has none.
const SHOWN_AFTER: Duration = Duration::from_millis(400);

/// A dialog that is open.
pub struct FileChoice {
    chosen: Receiver<(Option<PathBuf>, Duration)>,
    lasted: Cell<Duration>,
}

impl FileChoice {
    /// Opens one for a file. `endings`: of the files that can be chosen, and what they are called.
    pub fn open(ctx: &Context, title: &str, folder: Option<&Path>, kind: &str, endings: &[&str]) -> Self {
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(kind, endings);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        Self::begin(ctx, dialog.pick_file())
    }

    /// Opens one for a folder.
    pub fn folder(ctx: &Context, title: &str) -> Self {
        Self::begin(ctx, rfd::AsyncFileDialog::new().set_title(title).pick_folder())
    }

    #[expect(clippy::disallowed_methods, reason = "how long the dialog was open, not what time it is")]
    fn begin(ctx: &Context, dialog: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static) -> Self {
        let (sender, chosen) = channel();
        let wake = ctx.clone();
        std::thread::spawn(move || {
            let began = Instant::now();
            let file = pollster::block_on(dialog).map(|file| file.path().to_owned());
            // Nobody waits any more once the window is closed.
            let _ = sender.send((file, began.elapsed()));
            wake.request_repaint();
        });
        Self { chosen, lasted: Cell::new(Duration::MAX) }
    }

    /// What was chosen, once it was; `Some(None)`: nothing, and the dialog is closed.
    pub fn poll(&self) -> Option<Option<PathBuf>> {
        match self.chosen.try_recv() {
            Ok((file, lasted)) => {
                self.lasted.set(lasted);
                Some(file)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(None),
        }
    }

    /// Whether there was time to see it, once it is closed.
    pub fn was_seen(&self) -> bool {
        self.lasted.get() >= SHOWN_AFTER
    }
}
