//! The folders with decks, and scanning them for deck files.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

/// How deep subfolders are scanned.
const MAX_DEPTH: usize = 8;
/// A limit that no real collection reaches, in case someone adds a whole disk.
const MAX_FILES: usize = 4_000;
/// The same for the number of folders.
const MAX_FOLDERS: usize = 4_000;
/// The same for the folders that one link leads to. A link is easily forgotten, and is followed at every start.
const MAX_LINKED_FOLDERS: usize = 400;

/// What to do where not everything is read.
const SMALLER_FOLDER: &str = "add a smaller folder";

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
    /// Deck files. Those in the own folder come first; the files of each folder are sorted by name, those that links
    /// lead to come last.
    pub(super) files: Vec<FoundFile>,
    /// Every folder that was scanned.
    pub(super) folders: Vec<PathBuf>,
    /// Added folders that do not exist.
    pub(super) missing: Vec<PathBuf>,
    /// Paths that could not be read completely, each with the reason.
    pub(super) problems: Vec<(PathBuf, String)>,
    /// Canonical paths, so that circular links end and no folder counts twice.
    seen: HashSet<PathBuf>,
}

/// A deck file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundFile {
    /// In the folder as it was given.
    pub(super) path: PathBuf,
    /// Absolute and without links: the same however the folder was given. On Windows it begins with `\\?\`, so it is
    /// not shown.
    pub(super) canonical: PathBuf,
}

/// How far subfolders are scanned from a folder that was given, or that a link leads to.
#[derive(Clone, Copy)]
struct ScanLimit<'r> {
    root: &'r Path,
    /// When this many folders were scanned in all, no more are.
    folders: usize,
    /// How many levels of subfolders are left.
    depth: usize,
}

impl DeckFolders {
    /// Only the folder `decks` of a data directory, without an index.
    pub fn of_data(data: &Path) -> Self {
        Self { own: data.join("decks"), ..Self::default() }
    }

    /// Scans all folders. Errors become entries in [`FolderScan::problems`].
    pub(super) fn scan(&self) -> FolderScan {
        let mut scan = FolderScan::default();
        match scan.scan_root(&self.own) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                scan.problems.push((self.own.clone(), error.to_string()));
            }
            _ => {}
        }
        for folder in &self.added {
            match scan.scan_root(folder) {
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
    fn scan_root(&mut self, folder: &Path) -> io::Result<()> {
        let limit = ScanLimit { root: folder, folders: MAX_FOLDERS, depth: MAX_DEPTH };
        self.scan_folder(folder, &folder.canonicalize()?, limit)
    }

    fn scan_folder(&mut self, folder: &Path, canonical: &Path, limit: ScanLimit<'_>) -> io::Result<()> {
        if !self.seen.insert(canonical.to_owned()) {
            return Ok(());
        }
        let mut entries: Vec<(OsString, FileType)> = std::fs::read_dir(folder)?
            .filter_map(Result::ok)
            .filter_map(|entry| Some((entry.file_name(), entry.file_type().ok()?)))
            .filter(|(name, _)| !is_hidden(Path::new(name)))
            .collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.folders.push(folder.to_owned());
        let mut linked_folders = Vec::new();
        for (name, file_type) in entries {
            let path = folder.join(&name);
            if file_type.is_dir() {
                self.scan_subfolder(&path, &canonical.join(name), limit);
            } else if file_type.is_symlink() && path.is_dir() {
                linked_folders.push(path);
            } else if is_deck_file(&path) {
                if self.files.len() == MAX_FILES {
                    let words = format!("the decks beyond the first {MAX_FILES}; {SMALLER_FOLDER}");
                    self.note_limit(folder, words);
                    return Ok(());
                }
                let canonical = match file_type.is_symlink() {
                    true => path.canonicalize().unwrap_or_else(|_| path.clone()),
                    false => canonical.join(name),
                };
                self.files.push(FoundFile { path, canonical });
            }
        }
        // A folder that is here itself and behind a link counts as what it is.
        for path in linked_folders {
            let Ok(target) = path.canonicalize() else { continue };
            if canonical.starts_with(&target) && !self.seen.contains(&target) {
                let words = "the link leads to a folder that it is in itself; link the folder with the decks";
                self.problems.push((path, words.to_owned()));
                continue;
            }
            let folders = limit.folders.min(self.folders.len() + MAX_LINKED_FOLDERS);
            self.scan_subfolder(&path, &target, ScanLimit { root: &path, folders, ..limit });
        }
        Ok(())
    }

    fn scan_subfolder(&mut self, path: &Path, canonical: &Path, limit: ScanLimit<'_>) {
        let Some(depth) = limit.depth.checked_sub(1) else { return };
        if self.folders.len() >= limit.folders {
            let words = format!("it has very many folders, and only some are searched; {SMALLER_FOLDER}");
            return self.note_limit(limit.root, words);
        }
        // If a subfolder was removed a moment ago, that is no problem. If it cannot be read, that is one.
        if let Err(error) = self.scan_folder(path, canonical, ScanLimit { depth, ..limit })
            && error.kind() != io::ErrorKind::NotFound
        {
            self.problems.push((path.to_owned(), error.to_string()));
        }
    }

    /// Notes once that not everything in a folder is read.
    fn note_limit(&mut self, folder: &Path, words: String) {
        if self.problems.iter().all(|(_, existing)| *existing != words) {
            self.problems.push((folder.to_owned(), words));
        }
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
