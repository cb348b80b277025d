//! The text of a deck file, as it was read for an edit.

use std::path::PathBuf;

use crate::library::TextHash;
use crate::library::file::Encoding;

/// The text of a deck file that was just read.
#[derive(Debug)]
pub(in crate::app) struct FileText {
    pub(in crate::app) path: PathBuf,
    pub(in crate::app) text: String,
    pub(in crate::app) encoding: Encoding,
    /// Hash of the text, computed once because it takes milliseconds for a hundred thousand questions.
    pub(in crate::app) hash: TextHash,
}
