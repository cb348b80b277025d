//! Bringing a list from another program into the learner's decks: looked at, converted and written beside the
//! learner's work, with a progress that can be shown and a way to stop.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::formats::import::{self, ImportError, Imported, Options, Sniffed};
use crate::formats::ron_deck;
use crate::library::file;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file is none that can be imported, or the learner stopped it.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The system does not give the file.
    #[error("This file cannot be read: {error}.")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Nothing in the file makes a question.
    #[error(
        "No question was found; nothing was written. See which columns hold the questions and the answers."
    )]
    NoQuestions,
    /// The deck would be larger than decks may be.
    #[error("The deck would be larger than 64 MB; nothing was written. Split the file into several.")]
    TooLarge,
    /// The deck cannot be written.
    #[error("{} cannot be written: {error}. Nothing was imported.", path.display())]
    Unwritable {
        /// The new deck, or its folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The thread that did the work is gone.
    #[error("The import ended early; nothing was written. Try it again.")]
    Ended,
}

impl ImportFailure {
    /// What it is, for the log: the words may name a file.
    fn kind(&self) -> &'static str {
        match self {
            ImportFailure::Import(_) => "nothing to import, or stopped",
            ImportFailure::Unreadable { .. } => "unreadable",
            ImportFailure::NoQuestions => "no questions",
            ImportFailure::TooLarge => "too large",
            ImportFailure::Unwritable { .. } => "unwritable",
            ImportFailure::Ended => "ended",
        }
    }
}

/// What the new deck is to be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDeck {
    /// Its title; that of the file when it is empty.
    pub title: String,
    /// Its id; made from the title when there is none.
    pub id: Option<String>,
    /// BCP 47, such as `en` or `ko`; none is written where none is chosen.
    pub language: Option<String>,
}

/// A deck that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its file.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many questions it has.
    pub questions: usize,
}

/// The title and the id that a new deck gets; `taken` are the ids of all others.
pub fn named(imported: &Imported, new: &NewDeck, taken: &[String]) -> (String, String) {
    let titles = [new.title.trim(), imported.title.trim(), "Imported"];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned();
    let wanted = match &new.id {
        Some(id) if is_id(id) => id.clone(),
        Some(id) => import::slug(id),
        None => import::slug(&title),
    };
    let wanted = if wanted.is_empty() { "imported" } else { &wanted };
    let id = import::unlike(wanted, |id| taken.iter().any(|taken| taken == id)).into_owned();
    (title, id)
}

/// Whether a deck may have this id.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control())
}

/// Writes an import as a new deck into `folder`, which is made when there is none: under a name that no file
/// has, and whole or not at all.
///
/// # Errors
/// When there is no question, or the deck is too large, or cannot be written; then nothing is.
pub fn write(
    folder: &Path,
    imported: Imported,
    new: &NewDeck,
    taken: &[String],
) -> Result<Written, ImportFailure> {
    write_deck(folder, imported, new, taken)
        .inspect(|written| tracing::info!(questions = written.questions, "deck imported"))
        .inspect_err(|failure| tracing::error!(failure = failure.kind(), "deck not imported"))
}

fn write_deck(
    folder: &Path,
    imported: Imported,
    new: &NewDeck,
    taken: &[String],
) -> Result<Written, ImportFailure> {
    if imported.questions.is_empty() {
        return Err(ImportFailure::NoQuestions);
    }
    let (title, id) = named(&imported, new, taken);
    let questions = imported.questions.len();
    let language = new.language.as_deref().map(str::trim).filter(|language| !language.is_empty());
    let text = imported.to_text(&id, &title, language);
    if text.len() > ron_deck::MOST_BYTES {
        return Err(ImportFailure::TooLarge);
    }
    let unwritable = |path: &Path, error| ImportFailure::Unwritable { path: path.to_owned(), error };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let stem = import::slug(&title);
    let stem = if stem.is_empty() { "imported" } else { &stem };
    loop {
        let is_there = |stem: &str| folder.join(format!("{stem}.ron")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.ron", import::unlike(stem, is_there)));
        match file::create(&path, &text, file::Encoding::Utf8) {
            Ok(true) => return Ok(Written { path, id, title, questions }),
            // Another program was faster: there is a next free name.
            Ok(false) => {}
            Err(error) => return Err(unwritable(&path, error)),
        }
    }
}

/// Reads a file and guesses what it holds.
///
/// # Errors
/// When it cannot be read, or is none that can be imported.
pub fn open(path: &Path) -> Result<Sniffed, ImportFailure> {
    read(path).inspect_err(|failure| tracing::error!(failure = failure.kind(), "file not read for an import"))
}

fn read(path: &Path) -> Result<Sniffed, ImportFailure> {
    let unreadable = |error| ImportFailure::Unreadable { path: path.to_owned(), error };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > ron_deck::MOST_BYTES as u64 {
        return Err(ImportError::TooLarge.into());
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(import::sniff(&name, &bytes)?)
}

/// Work on an import under way, on a thread of its own.
#[derive(Debug)]
pub struct ImportJob<T> {
    result: Receiver<Result<T, ImportFailure>>,
    shared: Arc<Shared>,
}

/// What both threads know.
#[derive(Debug, Default)]
struct Shared {
    /// In millionths.
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Shared {
    /// Whether to go on.
    fn report(&self, share: f32) -> bool {
        self.done.store((share.clamp(0.0, 1.0) * 1e6) as u32, Ordering::Relaxed);
        !self.is_cancelled.load(Ordering::Relaxed)
    }
}

impl ImportJob<Sniffed> {
    /// Begins to read a file; `wake` is called when it is done.
    pub fn open(path: PathBuf, wake: impl FnOnce() + Send + 'static) -> Self {
        Self::begin(wake, move |_| open(&path))
    }
}

impl ImportJob<Imported> {
    /// Begins to make questions of a file, for a preview; `wake` is called when it is done.
    pub fn convert(sniffed: Arc<Sniffed>, options: Options, wake: impl FnOnce() + Send + 'static) -> Self {
        Self::begin(wake, move |shared| {
            Ok(import::read(&sniffed, &options, &mut |share| shared.report(share))?)
        })
    }
}

impl ImportJob<Written> {
    /// Begins to write a deck into `folder`, as [`write()`] does; `wake` is called when it is done. A file that was
    /// written when it is cancelled is taken away again.
    pub fn write(
        folder: PathBuf,
        imported: Imported,
        new: NewDeck,
        taken: Vec<String>,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        Self::begin(wake, move |shared| {
            let written = write(&folder, imported, &new, &taken)?;
            if shared.report(1.0) {
                return Ok(written);
            }
            // Best effort: what stays is a whole deck, and can be deleted by hand.
            let _ = std::fs::remove_file(&written.path);
            Err(ImportError::Cancelled.into())
        })
    }
}

impl<T: Send + 'static> ImportJob<T> {
    fn begin(
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&Shared) -> Result<T, ImportFailure> + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, result) = channel();
        let for_work = shared.clone();
        std::thread::spawn(move || {
            let done = work(&for_work);
            // The window may have been closed meanwhile: then nobody waits for the result.
            let _ = sender.send(done);
            wake();
        });
        Self { result, shared }
    }

    /// The share that is done, from 0 to 1.
    pub fn progress(&self) -> f32 {
        self.shared.done.load(Ordering::Relaxed) as f32 / 1e6
    }

    /// Asks it to stop; the result is then [`ImportError::Cancelled`], unless it was done already.
    pub fn cancel(&self) {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// The result, once; `None` while it is under way. Not to be asked again after it.
    pub fn poll(&self) -> Option<Result<T, ImportFailure>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Disconnected) => Some(Err(ImportFailure::Ended)),
            Err(TryRecvError::Empty) => None,
        }
    }
}
