//! Exports everything of the learner's into one new folder of plain files, for another program or another decade.
//!
//! The folder gets its name when all of it is written: under a name that somebody might trust there is never half of
//! an export.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::{UTF8_BOM, write_answers, write_scores};
use crate::app::core::{Core, deck_folders};
use crate::app::{Dirs, Settings};
use crate::atomic_file::{self, UnfinishedFolder};
use crate::background::Unfinished;
use crate::domain::attempt::{AttemptEvent, CompletedAttempt, DrawnTest, LoggedAttemptEvent};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::formats::import::{slug, unique_name};
use crate::formats::{export, images, ron_deck};
use crate::library::image_lints::image_folder;
use crate::library::images::{ImageFileError, find};
use crate::library::{Library, LoadedDeck, Origin, SHIPPED};
use crate::plain_file;
use crate::store::{Store, StoreError, StoredAttempt};
use crate::text;

/// The largest file that is copied, in bytes: decks and pictures that Linchpin uses are smaller.
const MAX_BYTES: u64 = 64 << 20;

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum FullExportError {
    /// Something has the name of the folder already.
    #[error("{}", text::export::folder_exists(.0.display()))]
    Exists(PathBuf),
    /// A file cannot be written.
    #[error("{}", text::general::cannot_be_written(path.display(), error))]
    Unwritable {
        /// The folder of the export.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The progress cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The learner cancelled it.
    #[error("{}", text::export::CANCELLED)]
    Cancelled,
    /// A fault of the program.
    #[error("{}", text::export::NOT_FINISHED)]
    Unfinished(#[from] Unfinished),
}

/// What is exported.
#[derive(Clone, Debug)]
pub struct FullExport {
    dirs: Dirs,
    decks: Vec<LoadedDeck>,
    /// Deck files that are no deck at the moment.
    unused_files: Vec<PathBuf>,
    model: MemoryModel,
    day: StudyDay,
}

impl FullExport {
    /// What is there now.
    pub fn new(core: &Core, now: &Moment) -> Self {
        Self::of(core.dirs.clone(), &core.library, core.scheduler.model.clone(), now)
    }

    /// The same without the state of the program.
    pub fn read(dirs: Dirs, now: &Moment) -> Self {
        let settings = Settings::load(&dirs.config).0;
        let library = Library::open(&deck_folders(&dirs, &settings));
        Self::of(dirs, &library, settings.scheduler().model, now)
    }

    fn of(dirs: Dirs, library: &Library, model: MemoryModel, now: &Moment) -> Self {
        let is_used = |path: &Path| library.decks().iter().any(|loaded| loaded.origin.is_file(path));
        let mut unused_files: Vec<PathBuf> = Vec::new();
        for problem in library.problems() {
            if let Origin::File(path) = &problem.origin
                && path.is_file()
                && !is_used(path)
                && !unused_files.contains(path)
            {
                unused_files.push(path.clone());
            }
        }
        Self { dirs, decks: library.decks().to_vec(), unused_files, model, day: now.day() }
    }

    /// The study day of the figures.
    pub fn day(&self) -> StudyDay {
        self.day
    }

    /// Writes the export into a new folder. `progress` is called with the completed share, from 0 to 1, and returns
    /// whether to go on.
    ///
    /// # Errors
    /// [`FullExportError`]. There is no folder of this name then.
    pub fn write(&self, folder: &Path, progress: &mut dyn FnMut(f32) -> bool) -> Result<(), FullExportError> {
        let unwritable = |error| FullExportError::Unwritable { path: folder.to_owned(), error };
        if folder.symlink_metadata().is_ok() {
            return Err(FullExportError::Exists(folder.to_owned()));
        }
        if folder.file_name().is_none() {
            return Err(unwritable(io::ErrorKind::InvalidInput.into()));
        }
        let unfinished = UnfinishedFolder::create(folder).map_err(unwritable)?;
        let mut writer = ExportWriter {
            folder: unfinished.path(),
            progress,
            share: 0.0,
            is_cancelled: false,
            problems: Vec::new(),
        };
        let written = self.write_files(&mut writer);
        let is_cancelled = writer.is_cancelled;
        match written {
            Ok(()) => unfinished.rename_to(folder).map_err(unwritable),
            Err(_) if is_cancelled => Err(FullExportError::Cancelled),
            Err(ExportFault::Io(error)) => Err(unwritable(error)),
            Err(ExportFault::Store(error)) => Err(error.into()),
        }
    }

    fn write_files(&self, writer: &mut ExportWriter<'_>) -> Result<(), ExportFault> {
        let store = Store::open_read_only(&self.dirs.data)?;
        self.write_decks(writer)?;
        writer.report(0.3)?;
        let progress = Progress::from_events(store.events()?, &self.model);
        writer.report(0.4)?;
        writer.table("answers.csv", |out| {
            write_answers(out, &self.decks, &progress, &self.model, &|ids| store.answer_records(ids))
        })?;
        writer.report(0.8)?;
        writer.table("cards.csv", |out| export::cards::write(out, &progress))?;
        writer.table("scores.csv", |out| {
            write_scores(out, &self.decks, &progress, &self.model, self.day, None)
        })?;
        writer.report(0.9)?;
        write_tests(writer, &store)?;
        if let Some(settings) = writer.read(&self.dirs.config.join("settings.ron")) {
            writer.file("settings.ron", &settings)?;
        }
        let day = self.day.date().to_string();
        let readme = text::export::readme(env!("CARGO_PKG_VERSION"), &day, &writer.problems);
        writer.file(text::export::README_FILE, readme.as_bytes())?;
        Ok(())
    }

    /// Each deck has a folder of its own, because pictures of two decks may have the same name.
    fn write_decks(&self, writer: &mut ExportWriter<'_>) -> Result<(), ExportFault> {
        let mut taken: HashSet<String> = HashSet::new();
        for (nth, loaded) in self.decks.iter().enumerate() {
            let name = slug(&loaded.deck.id);
            let name = if name.is_empty() { "deck" } else { &name };
            let name = unique_name(name, |name| taken.contains(name)).into_owned();
            let folder = format!("decks/{name}");
            taken.insert(name);
            let (file, content) = deck_file(writer, loaded);
            writer.file(&format!("{folder}/{file}"), &content)?;
            if let Origin::File(path) = &loaded.origin {
                write_images(writer, loaded, image_folder(path), &folder)?;
            }
            writer.report(0.3 * nth as f32 / self.decks.len() as f32)?;
        }
        // In lower case, so that the files can lie in one folder of any file system.
        let mut taken: HashSet<String> = HashSet::new();
        for path in &self.unused_files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = unique_file_name(&name, |name| taken.contains(&name.to_lowercase()));
            if let Some(content) = writer.read(path) {
                writer.file(&format!("decks-with-errors/{name}"), &content)?;
            }
            taken.insert(name.to_lowercase());
        }
        Ok(())
    }
}

/// The name itself, or else the first of `name-2.ron`, `name-3.ron`, … that is not taken.
fn unique_file_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, extension) = name.rfind('.').map_or((name, ""), |dot| name.split_at(dot));
    let stem = unique_name(stem, |stem| is_taken(&format!("{stem}{extension}")));
    format!("{stem}{extension}")
}

/// The name and the content of a deck's file: as its author wrote it, or, if it cannot be read any more, as it was read.
fn deck_file(writer: &mut ExportWriter<'_>, loaded: &LoadedDeck) -> (String, Vec<u8>) {
    let as_read = || ron_deck::write::deck(&loaded.deck).into_bytes();
    match &loaded.origin {
        Origin::Shipped(name) => {
            let shipped = SHIPPED.iter().find(|(file, _)| file == name);
            ((*name).to_owned(), shipped.map_or_else(as_read, |(_, text)| text.as_bytes().to_vec()))
        }
        Origin::File(path) => {
            let name = path.file_name().map_or("deck.ron".into(), |name| name.to_string_lossy());
            (name.into_owned(), writer.read(path).unwrap_or_else(as_read))
        }
    }
}

/// Copies the pictures of a deck that are there.
fn write_images(
    writer: &mut ExportWriter<'_>,
    loaded: &LoadedDeck,
    from: &Path,
    to: &str,
) -> Result<(), ExportFault> {
    let mut seen: HashSet<String> = HashSet::new();
    for question in loaded.deck.questions.iter() {
        for image in images::text_images(question).into_iter().chain(images::field_image(question)) {
            if !seen.insert(image.file.clone()) {
                continue;
            }
            match find(from, &image) {
                Ok((path, _)) => {
                    if let Some(content) = writer.read(&path) {
                        writer.picture(to, &image.file, &content)?;
                    }
                }
                Err(ImageFileError::Path(_) | ImageFileError::NoFolder | ImageFileError::Missing) => {}
                Err(error) => {
                    let file = from.join(&image.file).display().to_string();
                    writer.problems.push(error.message(&file));
                }
            }
        }
    }
    Ok(())
}

/// A test in JSON.
#[derive(Serialize)]
struct ExportedTest<'a> {
    started_utc_ms: i64,
    study_day: String,
    /// What was asked, as it is stored.
    paper: &'a DrawnTest,
    steps: Vec<ExportedTestStep<'a>>,
}

/// What happened in it.
#[derive(Serialize)]
struct ExportedTestStep<'a> {
    utc_ms: i64,
    /// How much of the test's time had passed.
    clock_ms: i64,
    step: &'a AttemptEvent,
}

impl<'a> From<&'a LoggedAttemptEvent> for ExportedTestStep<'a> {
    fn from(logged: &'a LoggedAttemptEvent) -> Self {
        Self { utc_ms: logged.at_ms, clock_ms: logged.clock_ms, step: &logged.event }
    }
}

/// Writes every test, and the report of those that are completed.
fn write_tests(writer: &mut ExportWriter<'_>, store: &Store) -> Result<(), ExportFault> {
    let mut unreadable = 0;
    let attempts = store.completed_attempts()?.into_iter().chain(store.unfinished_attempts()?);
    for (number, StoredAttempt { started, test, events, .. }) in (1..).zip(attempts) {
        let Ok(test) = test else {
            unreadable += 1;
            continue;
        };
        let name = format!("tests/{number:04}-{}-{}", started.day.date(), test.code);
        let exported = ExportedTest {
            started_utc_ms: started.utc_ms,
            study_day: started.day.date().to_string(),
            paper: &test,
            steps: events.iter().map(ExportedTestStep::from).collect(),
        };
        let json = serde_json::to_vec_pretty(&exported).map_err(io::Error::other)?;
        writer.file(&format!("{name}.json"), &json)?;
        if let Some(completed) = CompletedAttempt::from_events(Arc::new(test), &events) {
            let report = export::report::csv(&completed);
            writer.table(&format!("{name}.csv"), |out| out.write_all(report.as_bytes()))?;
        }
        writer.report(0.9)?;
    }
    if unreadable > 0 {
        writer.problems.push(text::export::unreadable_tests(unreadable));
    }
    Ok(())
}

/// Why a part of the export was not written.
#[derive(Debug, thiserror::Error)]
enum ExportFault {
    #[error("{0}")]
    Io(io::Error),
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl From<io::Error> for ExportFault {
    /// Of a table that cannot be written because the progress cannot be read, the error of the progress is told.
    fn from(error: io::Error) -> Self {
        error.downcast().map_or_else(ExportFault::Io, ExportFault::Store)
    }
}

/// Writes into the folder of the export, until it is cancelled.
struct ExportWriter<'a> {
    folder: &'a Path,
    progress: &'a mut dyn FnMut(f32) -> bool,
    /// The share that was reported last.
    share: f32,
    is_cancelled: bool,
    /// What the learner has to know of the export: files that cannot be read, for one. The others are of use all the same.
    problems: Vec<String>,
}

/// A file of the export. Every write asks whether to go on, because a table of all answers takes a while.
struct Checked<'a, 'b> {
    out: &'a mut dyn Write,
    writer: &'a mut ExportWriter<'b>,
}

impl Write for Checked<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.report(self.writer.share)?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Not `Interrupted`, after which a write is tried again.
fn stopped() -> io::Error {
    io::ErrorKind::Other.into()
}

impl ExportWriter<'_> {
    /// Reports the completed share. An error if the export is cancelled.
    fn report(&mut self, share: f32) -> io::Result<()> {
        self.share = share;
        self.is_cancelled = !(self.progress)(share);
        if self.is_cancelled { Err(stopped()) } else { Ok(()) }
    }

    /// The content of a file of the learner's. `None` if it is not there or cannot be read, which becomes a problem.
    fn read(&mut self, path: &Path) -> Option<Vec<u8>> {
        let content = plain_file::read(path, MAX_BYTES);
        if let Err(error) = &content
            && error.kind() != io::ErrorKind::NotFound
        {
            self.problems.push(text::export::unreadable(path.display(), error));
        }
        content.ok()
    }

    /// Writes a picture under the name that its deck has for it. Where "a.png" and "A.png" are one name, the second gets
    /// another one: only the file system knows that, and elsewhere the deck finds both.
    fn picture(&mut self, folder: &str, file: &str, content: &[u8]) -> io::Result<()> {
        let target = self.folder.join(folder);
        let name = unique_file_name(file, |name| target.join(name).symlink_metadata().is_ok());
        if name != file {
            self.problems.push(text::export::renamed(format!("{folder}/{file}"), &name));
        }
        self.file(&format!("{folder}/{name}"), content)
    }

    fn file(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.create(name, |out| out.write_all(content))
    }

    /// Writes a table, with the byte order mark by which spreadsheets recognise UTF-8.
    fn table(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.create(name, |out| {
            out.write_all(UTF8_BOM)?;
            write(out)
        })
    }

    fn create(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            atomic_file::create_folder(folder)?;
        }
        atomic_file::create(&path, |out| write(&mut Checked { out, writer: self }))
    }
}
