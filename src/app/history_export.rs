//! Exports the history as tables: every answer, and the score of every topic.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::scores::columns::FIELDS;
use super::{App, Effect};
use crate::background::{BackgroundTask, Unfinished};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::score::Period;
use crate::domain::score::scored_cards::ScoredCards;
use crate::domain::score::table::TopicTable;
use crate::formats::export::{reviews, scores};
use crate::library::LoadedDeck;
use crate::library::file;
use crate::store::{Store, StoreError};
use crate::text::{self, words};

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
    #[error("{}", text::general::cannot_be_written(path.display(), error))]
    Unwritable { path: PathBuf, error: io::Error },
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{}", text::general::TABLE_NOT_WRITTEN)]
    Unfinished(#[from] Unfinished),
}

/// A table that is being written. Its result is the path.
#[derive(Debug)]
pub(super) struct HistoryExport(BackgroundTask<Result<PathBuf, HistoryExportError>>);

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
            self.core.notify(text::general::ALREADY_WRITING);
            return None;
        }
        let folder = self.core.export_folder();
        let name = match table {
            HistoryTable::Reviews => "reviews",
            HistoryTable::Scores => "scores",
        };
        let stem = format!("{name}-{}", now.day().date());
        if let Err(error) = std::fs::create_dir_all(&folder) {
            self.core.notify_error(HistoryExportError::Unwritable { path: folder, error }.to_string());
            return None;
        }
        let job = self.export_job(table, folder.clone(), stem, now.day());
        // Once the window is closed nobody takes the result; the file is written nevertheless.
        let task = BackgroundTask::start("export", self.core.repaint.clone(), |_| Some(job()));
        self.history_export = Some(HistoryExport(task));
        if self.core.repaint.is_connected() {
            self.core.notify(text::general::writing(name));
        } else {
            self.poll_export();
        }
        Some(Effect::OpenFolder(folder))
    }

    /// The function that writes the table, on any thread. It reads the log through its own connection, so
    /// that new answers need not wait.
    fn export_job(
        &self,
        table: HistoryTable,
        folder: PathBuf,
        stem: String,
        day: StudyDay,
    ) -> impl FnOnce() -> Result<PathBuf, HistoryExportError> + Send + use<> {
        let (decks, data) = (self.core.library.decks().to_vec(), self.core.dirs.data.clone());
        let model = self.core.scheduler.model.clone();
        move || {
            let progress = Progress::from_events(Store::open_read_only(&data)?.events()?, &model);
            let written = file::create_numbered(&folder, &stem, "csv", |out| {
                out.write_all(UTF8_BOM)?;
                match table {
                    HistoryTable::Reviews => write_reviews(out, &decks, &progress, &model, None),
                    HistoryTable::Scores => write_scores(out, &decks, &progress, &model, day, None),
                }
            });
            let path = folder.join(format!("{stem}.csv"));
            written.map_err(|error| HistoryExportError::Unwritable { path, error })
        }
    }

    pub(super) fn poll_export(&mut self) {
        let Some(result) = self.history_export.as_ref().and_then(|export| export.0.poll_result()) else {
            return;
        };
        self.history_export = None;
        match result.unwrap_or_else(|unfinished| Err(unfinished.into())) {
            Ok(path) => {
                tracing::info!("table written");
                self.core.notify(text::general::written_to(path.display()));
            }
            Err(failure) => {
                tracing::error!("table not written");
                self.core.notify_error(words::capitalised(&failure.to_string()));
            }
        }
    }
}
