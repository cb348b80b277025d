//! Exports the history as tables: every answer, and the score of every topic. [`everything`] exports all else too.

pub mod everything;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::core::Core;
use super::effect::Effect;
use super::scores::columns::FIELDS;
use crate::background::{BackgroundTask, Unfinished};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, Change, EventId};
use crate::domain::history::CardHistory;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::question::Question;
use crate::domain::score::Period;
use crate::domain::score::table::TopicTable;
use crate::formats::export::{reviews, scores};
use crate::formats::import::unique_name;
use crate::library::LoadedDeck;
use crate::library::file;
use crate::store::{Store, StoreError};
use crate::text::{self, words};

use everything::{FullExport, FullExportError};

/// The UTF-8 byte order mark, which spreadsheets need to read all letters.
pub const UTF8_BOM: &[u8] = "\u{feff}".as_bytes();

/// How many events are looked at before what was answered in them is read. Each reading goes over the whole log, and
/// all that it finds is in memory.
const EVENTS_PER_READING: usize = 100_000;

/// Reads what was answered in several events, those of them where it was noted.
pub type ReadRecords<'a> = &'a dyn Fn(&[EventId]) -> Result<HashMap<EventId, AnswerRecord>, StoreError>;

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

/// What is being written.
#[derive(Debug, Default)]
pub struct HistoryExport {
    /// A table. Its result is the path.
    writing: Option<BackgroundTask<Result<PathBuf, HistoryExportError>>>,
    /// Everything. Its result is the folder.
    everything: Option<BackgroundTask<Result<PathBuf, FullExportError>>>,
}

/// Writes every answer that counts, of all decks or of one, by id. The cards are in the library's order,
/// followed by cards that no deck has any more, in the order of their keys.
///
/// # Errors
/// When the output cannot be written, or the answers cannot be read.
pub fn write_reviews(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    only: Option<&str>,
) -> io::Result<()> {
    write_history(out, decks, progress, model, only, None)
}

/// The same of all decks, with what was answered. It is read for many answers at a time.
///
/// # Errors
/// When the output cannot be written, or the answers cannot be read. The [`StoreError`] of `read` is inside the error.
pub fn write_answers(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    read: ReadRecords<'_>,
) -> io::Result<()> {
    write_history(out, decks, progress, model, None, Some(read))
}

fn write_history(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    only: Option<&str>,
    read: Option<ReadRecords<'_>>,
) -> io::Result<()> {
    let is_wanted = |id: &str| only.is_none_or(|only| *only == *id);
    let decks: Vec<&Deck> =
        decks.iter().map(|loaded| &*loaded.deck).filter(|deck| is_wanted(&deck.id)).collect();
    let mut without_deck: std::collections::HashSet<&CardKey> =
        progress.cards().map(|(key, _)| key).filter(|key| is_wanted(&key.deck)).collect();
    let mut keys: Vec<CardKey> = Vec::new();
    let mut sources: Vec<Option<(&Deck, &Question)>> = Vec::new();
    for deck in decks {
        for (key, question) in deck.cards().filter(|(key, _)| progress.summary(key).is_some()) {
            without_deck.remove(&key);
            keys.push(key);
            sources.push(Some((deck, &deck.questions[question])));
        }
    }
    let mut without_deck: Vec<CardKey> = without_deck.into_iter().cloned().collect();
    without_deck.sort_unstable();
    sources.resize(keys.len() + without_deck.len(), None);
    keys.extend(without_deck);
    reviews::write_heading(out, read.is_some())?;
    let mut write_cards = |cards: &mut Vec<(usize, CardHistory)>| -> io::Result<()> {
        let events = cards.iter().flat_map(|(_, history)| history.events());
        let answers = events.filter(|event| matches!(event.change, Change::Answer(_)));
        let ids: Vec<EventId> = answers.map(|event| event.id).collect();
        let records = read.map(|read| read(&ids)).transpose().map_err(io::Error::other)?;
        for (at, history) in cards.drain(..) {
            reviews::write_card(out, &keys[at], sources[at], &history, model, records.as_ref())?;
        }
        Ok(())
    };
    let (mut unwritten, mut events) = (Vec::new(), 0);
    let (mut written, has_failed) = (Ok(()), AtomicBool::new(false));
    let gone_over = progress.for_each_history(&keys, &has_failed, |at, history| {
        events += history.events().len();
        unwritten.push((at, history));
        if read.is_none() || events >= EVENTS_PER_READING {
            events = 0;
            written = write_cards(&mut unwritten);
            has_failed.store(written.is_err(), Ordering::Relaxed);
        }
    });
    written?;
    gone_over.map_err(io::Error::other)?;
    write_cards(&mut unwritten)
}

/// Writes the score of every topic, of all decks or of one, by id, over the whole history.
///
/// # Errors
/// When the output cannot be written, or the answers cannot be read.
pub fn write_scores(
    out: &mut dyn Write,
    decks: &[LoadedDeck],
    progress: &Progress,
    model: &MemoryModel,
    day: StudyDay,
    only: Option<&str>,
) -> io::Result<()> {
    scores::write_heading(out, FIELDS.iter().map(|field| field.name))?;
    let decks = decks.iter().map(|loaded| &*loaded.deck);
    let decks: Vec<&Deck> = decks.filter(|deck| only.is_none_or(|only| *only == *deck.id)).collect();
    let never_cancelled = AtomicBool::new(false);
    let tables =
        TopicTable::each_deck(decks.iter().copied(), progress, model, day, Period::All, &never_cancelled);
    for (deck, table) in decks.iter().zip(tables.map_err(io::Error::other)?) {
        for row in &table.rows {
            let figures = FIELDS.iter().map(|field| (field.value)(row).cell());
            scores::write_topic(out, day, &deck.title, &row.key, figures)?;
        }
    }
    Ok(())
}

impl HistoryExport {
    /// Writes a table to the export folder, on a background thread if there is a window. Returns the request
    /// to show the folder.
    pub(super) fn start(&mut self, core: &mut Core, table: HistoryTable, now: &Moment) -> Option<Effect> {
        if self.writing.is_some() {
            core.notify(text::general::ALREADY_WRITING);
            return None;
        }
        let folder = core.export_folder();
        let name = match table {
            HistoryTable::Reviews => "reviews",
            HistoryTable::Scores => "scores",
        };
        let stem = format!("{name}-{}", now.day().date());
        if let Err(error) = std::fs::create_dir_all(&folder) {
            core.notify_error(HistoryExportError::Unwritable { path: folder, error }.to_string());
            return None;
        }
        let job = export_job(core, table, folder.clone(), stem, now.day());
        // Once the window is closed nobody takes the result; the file is written nevertheless.
        self.writing = Some(BackgroundTask::start("export", core.repaint.clone(), |_| Some(job())));
        if core.repaint.is_connected() {
            core.notify(text::general::writing(name));
        } else {
            self.poll(core);
        }
        Some(Effect::OpenFolder(folder))
    }

    /// Writes everything into a new folder of the export folder, on a background thread if there is a window.
    pub(super) fn start_everything(&mut self, core: &mut Core, now: &Moment) {
        if self.everything.is_some() {
            return;
        }
        let (export, folder) = (FullExport::new(core, now), core.export_folder());
        let task = BackgroundTask::start("export", core.repaint.clone(), move |context| {
            let stem = format!("everything-{}", export.day().date());
            let name = unique_name(&stem, |name| folder.join(name).symlink_metadata().is_ok());
            let folder = folder.join(&*name);
            Some(export.write(&folder, &mut |share| context.report_progress(share)).map(|()| folder))
        });
        // A cancelled export removes what it has written before the program ends.
        self.everything = Some(task.join_on_drop());
        self.poll(core);
    }

    /// Stops writing everything, and removes what is written of it.
    pub(super) fn cancel_everything(&mut self, core: &mut Core) {
        if let Some(task) = self.everything.take() {
            report_everything(core, task.cancel_and_join());
        }
    }

    /// The completed share of writing everything, from 0 to 1; `None` if it is not being written.
    pub fn everything_progress(&self) -> Option<f32> {
        self.everything.as_ref().map(BackgroundTask::progress)
    }

    fn poll_everything(&mut self, core: &mut Core) {
        if let Some(result) = self.everything.as_ref().and_then(BackgroundTask::poll_result) {
            self.everything = None;
            report_everything(core, result);
        }
    }

    /// Reports what is written.
    pub(super) fn poll(&mut self, core: &mut Core) {
        self.poll_everything(core);
        let Some(result) = self.writing.as_ref().and_then(BackgroundTask::poll_result) else { return };
        self.writing = None;
        match result.unwrap_or_else(|unfinished| Err(unfinished.into())) {
            Ok(path) => {
                tracing::info!("table written");
                core.notify(text::general::written_to(path.display()));
            }
            Err(failure) => {
                tracing::error!("table not written");
                core.notify_error(words::capitalised(&failure.to_string()));
            }
        }
    }
}

/// Says how writing everything ended.
fn report_everything(core: &mut Core, result: Result<Result<PathBuf, FullExportError>, Unfinished>) {
    match result.unwrap_or_else(|unfinished| Err(unfinished.into())) {
        Ok(folder) => {
            tracing::info!("everything exported");
            core.notify(text::general::written_to(folder.display()));
        }
        Err(FullExportError::Cancelled) => core.notify(text::export::CANCELLED),
        Err(failure) => {
            tracing::error!("everything not exported");
            core.notify_error(words::capitalised(&failure.to_string()));
        }
    }
}

/// The function that writes the table, on any thread. It reads the log through its own connection, so
/// that new answers need not wait.
fn export_job(
    core: &Core,
    table: HistoryTable,
    folder: PathBuf,
    stem: String,
    day: StudyDay,
) -> impl FnOnce() -> Result<PathBuf, HistoryExportError> + Send + use<> {
    let (decks, data) = (core.library.decks().to_vec(), core.dirs.data.clone());
    let model = core.scheduler.model.clone();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Dirs;
    use crate::app::clock::Clock;
    use crate::background::RepaintSignal;

    #[test]
    fn an_export_that_panics_is_told_and_not_counted_as_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Clock::set_to("2026-11-23T10:00").expect("a time").now(4);
        let store = Store::open(folder.path()).expect("it opens");
        let mut core = Core::load(store, Dirs::in_folder(folder.path()), &now).expect("it opens");
        let table = BackgroundTask::start("test", RepaintSignal::default(), |_| panic!("of the test"));
        let mut export = HistoryExport { writing: Some(table), everything: None };
        export.poll(&mut core);
        assert!(core.notice.take().is_some_and(|notice| notice.is_error));
        let everything = BackgroundTask::start("test", RepaintSignal::default(), |_| panic!("of the test"));
        export.everything = Some(everything);
        export.poll(&mut core);
        assert!(core.notice.take().is_some_and(|notice| notice.is_error));
        assert!(export.writing.is_none() && export.everything_progress().is_none());
    }
}
