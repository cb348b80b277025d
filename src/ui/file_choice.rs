//! The system's own dialog for choosing a file, beside the window's work.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use eframe::egui::Context;

/// A dialog that is open.
pub struct FileChoice {
    chosen: Receiver<Option<PathBuf>>,
}

impl FileChoice {
    /// Opens it, beginning in that folder. `endings`: of the files that can be chosen, and what they are called.
    pub fn open(ctx: &Context, title: &str, folder: &Path, kind: &str, endings: &[&str]) -> Self {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(title)
            .set_directory(folder)
            .add_filter(kind, endings)
            .pick_file();
        let (sender, chosen) = channel();
        let wake = ctx.clone();
        std::thread::spawn(move || {
            let file = pollster::block_on(dialog).map(|file| file.path().to_owned());
            // Nobody waits any more once the window is closed.
            let _ = sender.send(file);
            wake.request_repaint();
        });
        Self { chosen }
    }

    /// What was chosen, once it was; `Some(None)`: nothing, and the dialog is closed.
    pub fn poll(&self) -> Option<Option<PathBuf>> {
        match self.chosen.try_recv() {
            Ok(file) => Some(file),
            Err(std::sync::mpsc::TryRecvError::Empty) => None,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => Some(None),
        }
    }
}
