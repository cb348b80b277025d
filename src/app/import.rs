//! Imports a list of another program as a deck. Reading, converting and writing run on background threads,
//! with progress and cancellation.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::formats::import::{self, ImportError, ImportOptions, ImportedQuestions, SniffedFile};
use crate::formats::ron_deck;
use crate::library::file;

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportJobError {
    /// The file cannot be imported, or the import was cancelled.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file cannot be read.
    #[error("This file cannot be read: {error}.")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The file contains no question.
    #[error(
        "No question was found; nothing was written. See which columns hold the questions and the answers."
    )]
    NoQuestions,
    /// The deck would exceed the maximum size of a deck.
    #[error("The deck would be larger than 64 MB; nothing was written. Split the file into several.")]
    TooLarge,
    /// The deck cannot be written.
    #[error("{} cannot be written: {error}. Nothing was imported.", path.display())]
    Unwritable {
        /// The new deck, or its folder.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The thread has panicked.
    #[error("The import ended early; nothing was written. Try it again.")]
    Ended,
}

impl ImportJobError {
    /// The name of the error for the log. The message itself may name a file.
    fn kind(&self) -> &'static str {
        match self {
            ImportJobError::Import(_) => "nothing to import, or stopped",
            ImportJobError::Unreadable { .. } => "unreadable",
            ImportJobError::NoQuestions => "no questions",
            ImportJobError::TooLarge => "too large",
            ImportJobError::Unwritable { .. } => "unwritable",
            ImportJobError::Ended => "ended",
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

/// Title and id of a new deck; `taken_ids` are the ids of all other decks.
pub fn title_and_id(imported: &ImportedQuestions, new: &NewDeck, taken_ids: &[String]) -> (String, String) {
    let titles = [new.title.trim(), imported.title.trim(), "Imported"];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned();
    let preferred = match &new.id {
        Some(id) if is_valid_id(id) => id.clone(),
        Some(id) => import::slug(id),
        None => import::slug(&title),
    };
    let preferred = if preferred.is_empty() { "imported" } else { &preferred };
    let id = import::unique_name(preferred, |id| taken_ids.iter().any(|taken| taken == id)).into_owned();
    (title, id)
}

/// Whether a text is a valid deck id.
pub fn is_valid_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control())
}

/// Writes an import as a new deck into `folder`, which is created if needed. The file name is unused, and the
/// file is written completely or not at all.
///
/// # Errors
/// When there is no question, or the deck is too large, or it cannot be written. Then there is no new file.
pub fn write(
    folder: &Path,
    imported: ImportedQuestions,
    new: &NewDeck,
    taken_ids: &[String],
) -> Result<WrittenDeck, ImportJobError> {
    write_deck(folder, imported, new, taken_ids)
        .inspect(|written| tracing::info!(questions = written.questions, "deck imported"))
        .inspect_err(|failure| tracing::error!(failure = failure.kind(), "deck not imported"))
}

fn write_deck(
    folder: &Path,
    imported: ImportedQuestions,
    new: &NewDeck,
    taken_ids: &[String],
) -> Result<WrittenDeck, ImportJobError> {
    if imported.questions.is_empty() {
        return Err(ImportJobError::NoQuestions);
    }
    let (title, id) = title_and_id(&imported, new, taken_ids);
    let questions = imported.questions.len();
    let language = new.language.as_deref().map(str::trim).filter(|language| !language.is_empty());
    let text = imported.to_text(&id, &title, language);
    if text.len() > ron_deck::MAX_BYTES {
        return Err(ImportJobError::TooLarge);
    }
    let unwritable = |path: &Path, error| ImportJobError::Unwritable { path: path.to_owned(), error };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let stem = import::slug(&title);
    let stem = if stem.is_empty() { "imported" } else { &stem };
    loop {
        let is_there = |stem: &str| folder.join(format!("{stem}.ron")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.ron", import::unique_name(stem, is_there)));
        match file::create(&path, &text, file::Encoding::Utf8) {
            Ok(true) => return Ok(WrittenDeck { path, id, title, questions }),
            // Another program created the file first, so the next free name is tried.
            Ok(false) => {}
            Err(error) => return Err(unwritable(&path, error)),
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
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > ron_deck::MAX_BYTES as u64 {
        return Err(ImportError::TooLarge.into());
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(import::sniff(&name, &bytes)?)
}

/// A step of an import on its own thread.
#[derive(Debug)]
pub struct ImportJob<T> {
    result: Receiver<Result<T, ImportJobError>>,
    progress: Arc<ImportProgress>,
}

/// State shared between the thread and the job.
#[derive(Debug, Default)]
struct ImportProgress {
    /// The completed share, in millionths.
    millionths: AtomicU32,
    is_cancelled: AtomicBool,
}

impl ImportProgress {
    /// Sets the completed share, from 0 to 1. Returns whether to continue.
    fn report(&self, share: f32) -> bool {
        self.millionths.store((share.clamp(0.0, 1.0) * 1e6) as u32, Ordering::Relaxed);
        !self.is_cancelled.load(Ordering::Relaxed)
    }
}

impl ImportJob<SniffedFile> {
    /// Starts reading a file; `wake` is called at the end.
    pub fn open(path: PathBuf, wake: impl FnOnce() + Send + 'static) -> Self {
        Self::begin(wake, move |_| open(&path))
    }
}

impl ImportJob<ImportedQuestions> {
    /// Starts converting a file to questions, for a preview; `wake` is called at the end.
    pub fn convert(
        sniffed: Arc<SniffedFile>,
        options: ImportOptions,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        Self::begin(wake, move |progress| {
            Ok(import::read(&sniffed, &options, &mut |share| progress.report(share))?)
        })
    }
}

impl ImportJob<WrittenDeck> {
    /// Starts writing a deck into `folder`, like [`write()`]; `wake` is called at the end. If the job was
    /// cancelled meanwhile, the written file is removed.
    pub fn write(
        folder: PathBuf,
        imported: ImportedQuestions,
        new: NewDeck,
        taken_ids: Vec<String>,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        Self::begin(wake, move |progress| {
            let written = write(&folder, imported, &new, &taken_ids)?;
            if progress.report(1.0) {
                return Ok(written);
            }
            // If removing fails, a complete deck is left, which the learner can delete.
            let _ = std::fs::remove_file(&written.path);
            Err(ImportError::Cancelled.into())
        })
    }
}

impl<T: Send + 'static> ImportJob<T> {
    fn begin(
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&ImportProgress) -> Result<T, ImportJobError> + Send + 'static,
    ) -> Self {
        let progress = Arc::new(ImportProgress::default());
        let (sender, result) = channel();
        let thread_progress = progress.clone();
        std::thread::spawn(move || {
            let result = work(&thread_progress);
            // The receiver is gone if the window was closed meanwhile.
            let _ = sender.send(result);
            wake();
        });
        Self { result, progress }
    }

    /// The completed share, from 0 to 1.
    pub fn progress(&self) -> f32 {
        self.progress.millionths.load(Ordering::Relaxed) as f32 / 1e6
    }

    /// Cancels the job. Its result is then [`ImportError::Cancelled`], unless it was already done.
    pub fn cancel(&self) {
        self.progress.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// The result, once; `None` while the job is running. Must not be called after it returned the result.
    pub fn poll(&self) -> Option<Result<T, ImportJobError>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Disconnected) => Some(Err(ImportJobError::Ended)),
            Err(TryRecvError::Empty) => None,
        }
    }
}
