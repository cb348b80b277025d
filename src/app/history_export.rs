//! Exports the history as tables: every answer, and the score of every topic.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::scores::columns::FIELDS;
use super::{App, Effect, words};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::score::Period;
use crate::domain::score::scored_cards::ScoredCards;
use crate::domain::score::table::TopicTable;
use crate::formats::export::{reviews, scores};
use crate::formats::import::unique_name;
use crate::library::LoadedDeck;
use crate::library::file;
use crate::store::{Store, StoreError};

/// The UTF-8 byte order mark, which spreadsheets need to read all letters.
pub const UTF8_BOM: &[u8] = "\u{feff}".as_bytes();

/// A table of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryTable {
    /// One row per answer.
    Reviews,
    /// One row per topic.
    Scores,
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
enum HistoryExportError {
    #[error("{} cannot be written ({error}).", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
    #[error("{} was made by another program just now: try again.", .0.display())]
    AlreadyExists(PathBuf),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("The table was not written. Try it again.")]
    Ended,
}

/// A table that is being written on a background thread.
#[derive(Debug)]
pub(super) struct HistoryExport {
    result: Receiver<Result<PathBuf, HistoryExportError>>,
}

/// Writes every answer that counts, of all decks or of one, by id. The cards are in the library's order,
/// followed by cards that no deck has any more, in the order of their keys.
///
/// # Errors
/// When the output cannot be written.
pub fn write_reviews(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    only: Option<&str>,
) -> io::Result<()> {
    let is_wanted = |id: &str| only.is_none_or(|only| *only == *id);
    let decks: Vec<&Deck> =
        decks.iter().map(|loaded| &*loaded.deck).filter(|deck| is_wanted(&deck.id)).collect();
    let mut without_deck: std::collections::HashSet<&CardKey> =
        progress.cards().map(|(key, _)| key).filter(|key| is_wanted(&key.deck)).collect();
    reviews::write_heading(out)?;
    for deck in decks {
        for (key, question) in deck.cards() {
            if let Some(card) = progress.card(&key) {
                reviews::write_card(out, &key, Some((deck, &deck.questions[question])), card, model)?;
                without_deck.remove(&key);
            }
        }
    }
    let mut without_deck: Vec<&CardKey> = without_deck.into_iter().collect();
    without_deck.sort_unstable();
    for key in without_deck {
        if let Some(card) = progress.card(key) {
            reviews::write_card(out, key, None, card, model)?;
        }
    }
    Ok(())
}

/// Writes the score of every topic, of all decks or of one, by id, over the whole history.
///
/// # Errors
/// When the output cannot be written.
pub fn write_scores(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    day: StudyDay,
    only: Option<&str>,
) -> io::Result<()> {
    scores::write_heading(out, FIELDS.iter().map(|field| field.name))?;
    let never_cancelled = AtomicBool::new(false);
    let decks = decks.iter().map(|loaded| &*loaded.deck);
    for deck in decks.filter(|deck| only.is_none_or(|only| *only == *deck.id)) {
        // The flag is never set, so this cannot be cancelled.
        let Ok(scored) = ScoredCards::of([deck], progress, &never_cancelled) else { continue };
        let Ok(table) = TopicTable::compute(&scored, model, day, Period::All, &never_cancelled) else {
            continue;
        };
        for row in &table.rows {
            let figures = FIELDS.iter().map(|field| (field.value)(row).cell());
            scores::write_topic(out, day, &deck.title, &row.key, figures)?;
        }
    }
    Ok(())
}

impl App {
    /// Writes a table to the export folder, on a background thread if there is a window. Returns the request
    /// to show the folder.
    pub(super) fn export_history(&mut self, table: HistoryTable, now: &Moment) -> Option<Effect> {
        if self.history_export.is_some() {
            self.notify("A table is being written already.");
            return None;
        }
        let folder = self.export_folder();
        let name = match table {
            HistoryTable::Reviews => "reviews",
            HistoryTable::Scores => "scores",
        };
        let stem = format!("{name}-{}", now.day().date());
        let is_there = |stem: &str| folder.join(format!("{stem}.csv")).symlink_metadata().is_ok();
        let path = folder.join(format!("{}.csv", unique_name(&stem, is_there)));
        if let Err(error) = std::fs::create_dir_all(&folder) {
            self.notify_error(HistoryExportError::Unwritable { path: folder, error }.to_string());
            return None;
        }
        let job = self.export_job(table, path, now.day());
        if self.repaint.is_connected() {
            let (sender, result) = channel();
            let wake = self.repaint.clone();
            std::thread::spawn(move || {
                // The receiver is gone once the window is closed; the file is written nevertheless.
                let _ = sender.send(job());
                wake.request_repaint();
            });
            self.history_export = Some(HistoryExport { result });
            self.notify(format!("Writing {name}…"));
        } else {
            let result = job();
            self.notify_export(result);
        }
        self.refresh(now);
        Some(Effect::OpenFolder(folder))
    }

    /// The function that writes the table, on any thread. It reads the log through its own connection, so
    /// that new answers need not wait.
    fn export_job(
        &self,
        table: HistoryTable,
        path: PathBuf,
        day: StudyDay,
    ) -> impl FnOnce() -> Result<PathBuf, HistoryExportError> + Send + use<> {
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
        let result = match self.history_export.as_ref().map(|export| export.result.try_recv()) {
            Some(Ok(result)) => result,
            Some(Err(TryRecvError::Disconnected)) => Err(HistoryExportError::Ended),
            Some(Err(TryRecvError::Empty)) | None => return,
        };
        self.history_export = None;
        self.notify_export(result);
    }

    fn notify_export(&mut self, result: Result<PathBuf, HistoryExportError>) {
        match &result {
            Ok(_) => tracing::info!("table written"),
            Err(_) => tracing::error!("table not written"),
        }
        match result {
            Ok(path) => self.notify(format!("Written to {}", path.display())),
            Err(failure) => self.notify_error(words::capitalised(&failure.to_string())),
        }
    }
}

/// Writes a table with a byte order mark to a new file.
fn create(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), HistoryExportError> {
    let with_bom = |out: &mut dyn Write| {
        out.write_all(UTF8_BOM)?;
        write(out)
    };
    match file::create_with(path, with_bom) {
        Ok(true) => Ok(()),
        Ok(false) => Err(HistoryExportError::AlreadyExists(path.to_owned())),
        Err(error) => Err(HistoryExportError::Unwritable { path: path.to_owned(), error }),
    }
}
