//! Imports a list of another program as a deck. Reading, converting and writing run on background threads,
//! with progress and cancellation.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::atomic_file;
use crate::background::{BackgroundTask, RepaintSignal, Unfinished};
use crate::formats::import::{self, ImportError, ImportOptions, ImportedQuestions, SniffedFile};
use crate::formats::ron_deck;
use crate::library::{DeckFolders, Library, file};
use crate::plain_file;
use crate::text;

/// The file in the data folder that is locked while a deck is imported.
const LOCK: &str = "import.lock";

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportJobError {
    /// The file cannot be imported, or the import was cancelled.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file cannot be read.
    #[error("{}", text::decks::import_unreadable(error))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The file contains no question.
    #[error("{}", text::decks::NO_QUESTIONS_FOUND)]
    NoQuestions,
    /// The deck would exceed the maximum size of a deck.
    #[error("{}", text::decks::IMPORT_TOO_LARGE)]
    TooLarge,
    /// The deck cannot be written.
    #[error("{}", text::decks::import_unwritable(path.display(), error))]
    Unwritable {
        /// The new deck, or its folder.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// A fault of the program.
    #[error("{}", text::decks::IMPORT_ENDED)]
    Unfinished(#[from] Unfinished),
}

impl ImportJobError {
    /// The name of the error for the log. The message itself may name a file.
    fn kind(&self) -> &'static str {
        match self {
            ImportJobError::Import(_) => "nothing-to-import",
            ImportJobError::Unreadable { .. } => "unreadable",
            ImportJobError::NoQuestions => "no-questions",
            ImportJobError::TooLarge => "too-large",
            ImportJobError::Unwritable { .. } => "unwritable",
            ImportJobError::Unfinished(_) => "ended",
        }
    }
}

/// Title, id and language of the new deck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDeck {
    /// The title; if it is empty, that of the file.
    pub title: String,
    /// The id; `None` makes one from the title.
    pub id: Option<String>,
    /// A BCP 47 tag such as `en` or `ko`; `None` writes no language.
    pub language: Option<String>,
}

/// A deck that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDeck {
    /// Its file.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Number of questions.
    pub questions: usize,
}

/// Whether a text is a valid deck id.
pub fn is_valid_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control())
}

/// Where imports write their decks, and the ids that decks have.
#[derive(Debug)]
pub struct ImportTarget {
    folder: PathBuf,
    taken_ids: Vec<String>,
    /// Held until the decks are written, so that no other program gives the same id meanwhile.
    _lock: Option<File>,
}

impl ImportTarget {
    /// The folder of own decks. Waits until no other program imports into it. Where there are no locks, goes on without.
    pub fn open(folders: &DeckFolders) -> Self {
        let data = folders.own.parent().unwrap_or(&folders.own);
        let lock =
            atomic_file::create_private_folder(data).and_then(|()| atomic_file::lock(&data.join(LOCK)));
        Self { _lock: lock.ok(), ..Self::for_preview(folders) }
    }

    /// Like [`ImportTarget::open`], for decks that are not written. Waits for nobody.
    pub fn for_preview(folders: &DeckFolders) -> Self {
        let taken_ids = Library::open(folders).decks().iter().map(|it| it.deck.id.to_string()).collect();
        Self { folder: folders.own.clone(), taken_ids, _lock: None }
    }

    /// Whether a deck has this id.
    pub fn is_taken(&self, id: &str) -> bool {
        self.taken_ids.iter().any(|taken| taken == id)
    }

    /// Title and id of a new deck, which no other deck gets from now on.
    pub fn reserve(&mut self, imported: &ImportedQuestions, new: &NewDeck) -> (String, String) {
        let titles = [new.title.trim(), imported.title.trim(), text::decks::IMPORTED_TITLE];
        let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned();
        let preferred = match &new.id {
            Some(id) if is_valid_id(id) => id.clone(),
            Some(id) => import::slug(id),
            None => import::slug(&title),
        };
        let preferred = if preferred.is_empty() { "imported" } else { &preferred };
        let id = import::unique_name(preferred, |id| self.is_taken(id)).into_owned();
        self.taken_ids.push(id.clone());
        (title, id)
    }

    /// Writes an import as a new deck into the folder, which is created if needed. The file name is unused, and the file
    /// is written completely or not at all.
    ///
    /// # Errors
    /// When there is no question, or the deck is too large, or it cannot be written. Then there is no new file.
    pub fn write(
        &mut self,
        imported: ImportedQuestions,
        new: &NewDeck,
    ) -> Result<WrittenDeck, ImportJobError> {
        self.write_deck(imported, new)
            .inspect(|written| tracing::info!(questions = written.questions, "deck imported"))
            .inspect_err(|failure| tracing::error!(failure = failure.kind(), "deck not imported"))
    }

    fn write_deck(
        &mut self,
        imported: ImportedQuestions,
        new: &NewDeck,
    ) -> Result<WrittenDeck, ImportJobError> {
        if imported.questions.is_empty() {
            return Err(ImportJobError::NoQuestions);
        }
        let (title, id) = self.reserve(&imported, new);
        let questions = imported.questions.len();
        let language = new.language.as_deref().map(str::trim).filter(|language| !language.is_empty());
        let text = imported.to_text(&id, &title, language);
        if text.len() > ron_deck::MAX_BYTES {
            return Err(ImportJobError::TooLarge);
        }
        let stem = import::slug(&title);
        let stem = if stem.is_empty() { "imported" } else { &stem };
        match file::create_numbered(&self.folder, stem, "ron", |out| out.write_all(text.as_bytes())) {
            Ok(path) => Ok(WrittenDeck { path, id, title, questions }),
            Err(error) => {
                Err(ImportJobError::Unwritable { path: self.folder.join(format!("{stem}.ron")), error })
            }
        }
    }
}

/// Reads a file and detects its format.
///
/// # Errors
/// When the file cannot be read, or its format is not supported.
pub fn open(path: &Path) -> Result<SniffedFile, ImportJobError> {
    read(path).inspect_err(|failure| tracing::error!(failure = failure.kind(), "file not read for an import"))
}

fn read(path: &Path) -> Result<SniffedFile, ImportJobError> {
    let unreadable = |error| ImportJobError::Unreadable { path: path.to_owned(), error };
    let bytes = plain_file::read(path, ron_deck::MAX_BYTES as u64).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => ImportError::TooLarge.into(),
        _ => unreadable(error),
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(import::sniff(&name, &bytes)?)
}

/// A step of an import on its own thread.
pub type ImportJob<T> = BackgroundTask<Result<T, ImportJobError>>;

/// Starts reading a file.
pub fn spawn_open(path: PathBuf, wake: RepaintSignal) -> ImportJob<SniffedFile> {
    BackgroundTask::spawn("import", wake, move |_| Some(open(&path)))
}

/// Starts converting a file to questions, for a preview.
pub fn spawn_convert(
    sniffed: Arc<SniffedFile>,
    options: ImportOptions,
    wake: RepaintSignal,
) -> ImportJob<ImportedQuestions> {
    BackgroundTask::spawn("import", wake, move |job| {
        Some(import::read(&sniffed, &options, &mut |share| job.report_progress(share)).map_err(Into::into))
    })
}

/// Starts writing a deck, like [`ImportTarget::write`]. If `is_unwanted` is set meanwhile, the written file is removed.
/// Dropping the job does not remove it: whoever closes the window has not cancelled the import.
pub fn spawn_write(
    folders: DeckFolders,
    imported: ImportedQuestions,
    new: NewDeck,
    is_unwanted: Arc<AtomicBool>,
    wake: RepaintSignal,
) -> ImportJob<WrittenDeck> {
    BackgroundTask::spawn("import", wake, move |job| {
        let written = ImportTarget::open(&folders).write(imported, &new);
        job.report_progress(1.0);
        if let Ok(written) = &written
            && is_unwanted.load(Ordering::Relaxed)
        {
            // If removing fails, a complete deck is left, which the learner can delete.
            let _ = std::fs::remove_file(&written.path);
        }
        Some(written)
    })
}
