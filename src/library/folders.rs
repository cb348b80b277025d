//! The folders that decks are in, and what is found there.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// Subfolders of subfolders are looked at down to here.
const MAX_DEPTH: usize = 8;
/// More deck files than a learner has: someone added a whole disk.
const MAX_FILES: usize = 4_000;
/// More folders than a learner sorts decks into.
const MAX_FOLDERS: usize = 4_000;

/// Where the learner's decks are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The folder `decks` of the data directory; need not be there.
    pub own: PathBuf,
    /// Folders that the learner added.
    pub added: Vec<PathBuf>,
    /// Where the index is kept; `None`: every deck is parsed.
    pub cache: Option<PathBuf>,
}

/// What is in the folders.
#[derive(Clone, Debug, Default)]
pub(super) struct FolderScan {
    /// Deck files, the own folder's first, each folder's by name.
    pub(super) files: Vec<PathBuf>,
    /// Every folder that was looked into.
    pub(super) folders: Vec<PathBuf>,
    /// Added folders that are not there.
    pub(super) missing: Vec<PathBuf>,
    /// What could not be read, or not wholly, and why.
    pub(super) problems: Vec<(PathBuf, String)>,
    /// Canonical paths, so that links in a circle come to an end and no folder counts twice.
    seen: HashSet<PathBuf>,
}

impl Folders {
    /// The folder `decks` of a data directory alone, without an index.
    pub fn of_data(data: &Path) -> Self {
        Self { own: data.join("decks"), ..Self::default() }
    }

    pub(super) fn scan(&self) -> FolderScan {
        let mut found = FolderScan::default();
        match found.scan_folder(&self.own, 0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                found.problems.push((self.own.clone(), error.to_string()));
            }
            _ => {}
        }
        for folder in &self.added {
            match found.scan_folder(folder, 0) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    found.missing.push(folder.clone());
                    let words = "the folder is not there; its decks come back when it does";
                    found.problems.push((folder.clone(), words.to_owned()));
                }
                Err(error) => found.problems.push((folder.clone(), error.to_string())),
            }
        }
        found
    }
}

impl FolderScan {
    fn scan_folder(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        if !self.seen.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
        entries.sort();
        self.folders.push(folder.to_owned());
        for path in entries {
            if is_hidden(&path) {
                continue;
            }
            if path.is_dir() {
                if depth == MAX_DEPTH || self.folders.len() == MAX_FOLDERS {
                    continue;
                }
                // A subfolder that went a moment ago is no problem, one that may not be read is.
                if let Err(error) = self.scan_folder(&path, depth + 1)
                    && error.kind() != io::ErrorKind::NotFound
                {
                    self.problems.push((path, error.to_string()));
                }
            } else if is_deck_file(&path) {
                if self.files.len() == MAX_FILES {
                    let words = format!("the decks beyond the first {MAX_FILES}; add a smaller folder");
                    if self.problems.iter().all(|(_, said)| *said != words) {
                        self.problems.push((folder.to_owned(), words));
                    }
                    return Ok(());
                }
                self.files.push(path);
            }
        }
        Ok(())
    }
}

/// Whether a path has the name of a deck file.
pub(super) fn is_deck_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ron") && !is_hidden(path)
}

/// What begins with a dot belongs to programs: version control, editors, this one.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
