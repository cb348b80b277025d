//! The history as tables for other programs: every answer, and how every topic stands.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::{App, Effect, words};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::score::Period;
use crate::domain::score::subjects::Subjects;
use crate::domain::score::table::Table;
use crate::formats::export::{reviews, scores};
use crate::formats::import::unlike;
use crate::library::LoadedDeck;
use crate::library::file;
use crate::store::{Store, StoreError};

/// The mark of UTF-8, by which spreadsheets read all letters.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// A table of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryTable {
    /// A row an answer.
    Reviews,
    /// A row a topic.
    Scores,
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
enum ExportFailure {
    #[error("{} cannot be written ({error}).", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
    #[error("{} was made by another program just now: try again.", .0.display())]
    Taken(PathBuf),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("The table was not written. Try it again.")]
    Ended,
}

/// A table being written beside the window.
#[derive(Debug)]
pub(super) struct Exporting {
    result: Receiver<Result<PathBuf, ExportFailure>>,
}

/// Writes every answer that counts, or those of one deck by id. The cards are in the order of the library; behind
/// them are those that no deck has any more, by their keys.
///
/// # Errors
/// When it cannot be written.
pub fn write_reviews(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &Model,
    only: Option<&str>,
) -> io::Result<()> {
    let is_wanted = |id: &str| only.is_none_or(|only| *only == *id);
    let decks: Vec<&Deck> =
        decks.iter().map(|loaded| &*loaded.deck).filter(|deck| is_wanted(&deck.id)).collect();
    let mut rest: std::collections::HashSet<&CardKey> =
        progress.cards().map(|(key, _)| key).filter(|key| is_wanted(&key.deck)).collect();
    reviews::heading(out)?;
    for deck in decks {
        for (key, question) in deck.cards() {
            if let Some(card) = progress.card(&key) {
                reviews::card(out, &key, Some((deck, &deck.questions[question])), card, model)?;
                rest.remove(&key);
            }
        }
    }
    let mut rest: Vec<&CardKey> = rest.into_iter().collect();
    rest.sort_unstable();
    for key in rest {
        if let Some(card) = progress.card(key) {
            reviews::card(out, key, None, card, model)?;
        }
    }
    Ok(())
}

/// Writes how every topic stands, or those of one deck by id; answers of all time.
///
/// # Errors
/// When it cannot be written.
pub fn write_scores(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &Model,
    day: StudyDay,
    only: Option<&str>,
) -> io::Result<()> {
    scores::heading(out)?;
    let never = AtomicBool::new(false);
    let decks = decks.iter().map(|loaded| &*loaded.deck);
    for deck in decks.filter(|deck| only.is_none_or(|only| *only == *deck.id)) {
        // Nobody calls it off.
        let Ok(subjects) = Subjects::of([deck], progress, &never) else { continue };
        let Ok(table) = Table::compute(&subjects, model, day, Period::All, &never) else { continue };
        for topic in &table.rows {
            scores::topic(out, &scores::Row { day, title: &deck.title, topic })?;
        }
    }
    Ok(())
}

impl App {
    /// Writes a table into the folder of exports, beside the window if there is one; the folder is shown.
    pub(super) fn export_history(&mut self, table: HistoryTable, now: &Moment) -> Option<Effect> {
        if self.exporting.is_some() {
            self.tell("A table is being written already.");
            return None;
        }
        let folder = self.exports();
        let name = match table {
            HistoryTable::Reviews => "reviews",
            HistoryTable::Scores => "scores",
        };
        let stem = format!("{name}-{}", now.day().date());
        let is_there = |stem: &str| folder.join(format!("{stem}.csv")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.csv", unlike(&stem, is_there)));
        if let Err(error) = std::fs::create_dir_all(&folder) {
            self.tell_problem(ExportFailure::Unwritable { path: folder, error }.to_string());
            return None;
        }
        let job = self.export_job(table, path, now.day());
        if self.wake.is_heard() {
            let (sender, result) = channel();
            let wake = self.wake.clone();
            std::thread::spawn(move || {
                // Nobody waits any more once the window is closed; the file is there all the same.
                let _ = sender.send(job());
                wake.wake();
            });
            self.exporting = Some(Exporting { result });
            self.tell(format!("Writing {name}…"));
        } else {
            let done = job();
            self.tell_export(done);
        }
        self.refresh(now);
        Some(Effect::OpenFolder(folder))
    }

    /// What writes the table, to be run anywhere. It reads the log through a connection of its own: what the
    /// learner answers meanwhile need not wait.
    fn export_job(
        &self,
        table: HistoryTable,
        path: PathBuf,
        day: StudyDay,
    ) -> impl FnOnce() -> Result<PathBuf, ExportFailure> + Send + use<> {
        let (decks, data) = (self.library.decks().to_vec(), self.dirs.data.clone());
        let model = self.scheduler.model.clone();
        move || {
            let progress = Progress::from_events(Store::open_read_only(&data)?.events()?, &model);
            create(&path, |out| match table {
                HistoryTable::Reviews => write_reviews(out, &decks, &progress, &model, None),
                HistoryTable::Scores => write_scores(out, &decks, &progress, &model, day, None),
            })?;
            Ok(path)
        }
    }

    pub(super) fn poll_export(&mut self) {
        let done = match self.exporting.as_ref().map(|exporting| exporting.result.try_recv()) {
            Some(Ok(done)) => done,
            Some(Err(TryRecvError::Disconnected)) => Err(ExportFailure::Ended),
            Some(Err(TryRecvError::Empty)) | None => return,
        };
        self.exporting = None;
        self.tell_export(done);
    }

    fn tell_export(&mut self, done: Result<PathBuf, ExportFailure>) {
        match &done {
            Ok(_) => tracing::info!("table written"),
            Err(_) => tracing::error!("table not written"),
        }
        match done {
            Ok(path) => self.tell(format!("Written to {}", path.display())),
            Err(failure) => self.tell_problem(words::capitalised(&failure.to_string())),
        }
    }
}

/// Writes a table with the mark of UTF-8 into a file that is not there yet.
fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), ExportFailure> {
    let marked = |out: &mut dyn Write| {
        out.write_all(MARK)?;
        write(out)
    };
    match file::create_with(path, marked) {
        Ok(true) => Ok(()),
        Ok(false) => Err(ExportFailure::Taken(path.to_owned())),
        Err(error) => Err(ExportFailure::Unwritable { path: path.to_owned(), error }),
    }
}
