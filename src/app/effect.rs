//! What only the world outside of the program can do.

use std::path::PathBuf;

/// A request that only the window or the operating system can fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a web page.
    OpenLink(String),
    /// Open a folder in the file manager.
    OpenFolder(PathBuf),
    /// Show a file that was just written.
    ShowWritten {
        /// The file.
        file: PathBuf,
        /// Whether to show it in its folder instead of opening it.
        in_folder: bool,
    },
    /// Let the learner choose a file to import.
    ChooseImport,
    /// Let the learner choose a folder with decks.
    ChooseFolder,
    /// Open a file in the learner's text editor, at a line from 1.
    OpenFile(PathBuf, u32),
    /// Let the learner choose an image, starting in this folder.
    ChooseImage(PathBuf),
    /// Close the window.
    Quit,
}
