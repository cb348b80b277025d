//! The folders with decks, and scanning them for deck files.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// How deep subfolders are scanned.
const MAX_DEPTH: usize = 8;
/// A limit that no real collection reaches, in case someone adds a whole disk.
const MAX_FILES: usize = 4_000;
/// The same for the number of folders.
const MAX_FOLDERS: usize = 4_000;

/// The folders with the learner's decks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeckFolders {
    /// The folder `decks` of the data directory. It need not exist.
    pub own: PathBuf,
    /// Folders that the learner added.
    pub added: Vec<PathBuf>,
    /// The folder of the index. `None` means that there is no index, so every deck is parsed.
    pub cache: Option<PathBuf>,
}

/// The result of scanning the folders.
#[derive(Clone, Debug, Default)]
pub(super) struct FolderScan {
    /// Deck files. Those in the own folder come first; the files of each folder are sorted by name.
    pub(super) files: Vec<PathBuf>,
    /// Every folder that was scanned.
    pub(super) folders: Vec<PathBuf>,
    /// Added folders that do not exist.
    pub(super) missing: Vec<PathBuf>,
    /// Paths that could not be read completely, each with the reason.
    pub(super) problems: Vec<(PathBuf, String)>,
    /// Canonical paths, so that circular links end and no folder counts twice.
    seen: HashSet<PathBuf>,
}

impl DeckFolders {
    /// Only the folder `decks` of a data directory, without an index.
    pub fn of_data(data: &Path) -> Self {
        Self { own: data.join("decks"), ..Self::default() }
    }

    /// Scans all folders. Errors become entries in [`FolderScan::problems`].
    pub(super) fn scan(&self) -> FolderScan {
        let mut scan = FolderScan::default();
        match scan.scan_folder(&self.own, 0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                scan.problems.push((self.own.clone(), error.to_string()));
            }
            _ => {}
        }
        for folder in &self.added {
            match scan.scan_folder(folder, 0) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    scan.missing.push(folder.clone());
                    let words = "the folder is not there; its decks come back when it does";
                    scan.problems.push((folder.clone(), words.to_owned()));
                }
                Err(error) => scan.problems.push((folder.clone(), error.to_string())),
            }
        }
        scan
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
                // If a subfolder was removed a moment ago, that is no problem. If it cannot be read, that is
                // one.
                if let Err(error) = self.scan_folder(&path, depth + 1)
                    && error.kind() != io::ErrorKind::NotFound
                {
                    self.problems.push((path, error.to_string()));
                }
            } else if is_deck_file(&path) {
                if self.files.len() == MAX_FILES {
                    let words = format!("the decks beyond the first {MAX_FILES}; add a smaller folder");
                    if self.problems.iter().all(|(_, existing)| *existing != words) {
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

/// Names that begin with a dot belong to programs: version control, editors, and this program's temporary
/// files.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
