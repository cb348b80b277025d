//! A running import: reading, preview, writing.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::import::{self, ImportJob, ImportJobError, NewDeck, WrittenDeck};
use crate::background::RepaintSignal;
use crate::formats::import::{ImportOptions, ImportedQuestions, SniffedFile};
use crate::library::DeckFolders;
use crate::text;

/// A file that is being imported as a deck.
#[derive(Debug)]
pub struct DeckImport {
    /// The file.
    pub path: PathBuf,
    /// The new deck's title, as typed.
    pub title: String,
    stage: ImportStage,
    /// Whether the learner has cancelled it, so that a deck that was written already is removed.
    is_cancelled: Arc<AtomicBool>,
    repaint: RepaintSignal,
}

#[derive(Debug)]
enum ImportStage {
    Reading(ImportJob<SniffedFile>),
    Preview(Box<ImportPreview>),
    Writing(ImportJob<WrittenDeck>),
    Failed(String),
}

/// A file that was read, and what will become of it.
#[derive(Debug)]
pub struct ImportPreview {
    /// The detected format and the content of the file.
    pub sniffed: Arc<SniffedFile>,
    /// How the file is interpreted.
    pub options: ImportOptions,
    /// The resulting questions; `None` until they are converted with the current options.
    pub imported: Option<ImportedQuestions>,
    converting: Option<ImportJob<ImportedQuestions>>,
}

/// What the screen shows of an import.
pub enum ImportView<'a> {
    /// Work in progress: its name and the completed share, from 0 to 1.
    Busy(&'static str, f32),
    /// The preview, and the completed share while questions are being converted.
    Preview(&'a ImportPreview, Option<f32>),
    /// The import failed: the message.
    Failed(&'a str),
}

impl DeckImport {
    pub(super) fn begin(path: PathBuf, repaint: RepaintSignal) -> Self {
        let job = import::spawn_open(path.clone(), repaint.clone());
        let (title, is_cancelled) = (String::new(), Arc::default());
        Self { path, title, stage: ImportStage::Reading(job), is_cancelled, repaint }
    }

    /// Ends it, and removes what it has written.
    pub(super) fn cancel(self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the file was read and gives at least one question, so that the import can be finished.
    pub fn is_ready(&self) -> bool {
        matches!(
            self.view(),
            ImportView::Preview(ImportPreview { imported: Some(imported), .. }, None) if !imported.questions.is_empty()
        )
    }

    /// The current stage.
    pub fn view(&self) -> ImportView<'_> {
        match &self.stage {
            ImportStage::Reading(job) => ImportView::Busy(text::decks::READING_FILE, job.progress()),
            ImportStage::Preview(shown) => {
                ImportView::Preview(shown, shown.converting.as_ref().map(ImportJob::progress))
            }
            ImportStage::Writing(job) => ImportView::Busy(text::decks::WRITING_DECK, job.progress()),
            ImportStage::Failed(message) => ImportView::Failed(message),
        }
    }

    /// Whether work is in progress.
    pub fn is_busy(&self) -> bool {
        match &self.stage {
            ImportStage::Reading(_) | ImportStage::Writing(_) => true,
            ImportStage::Preview(shown) => shown.converting.is_some(),
            ImportStage::Failed(_) => false,
        }
    }

    /// Changes the options and converts the file again.
    pub fn set_options(&mut self, options: ImportOptions) {
        if let ImportStage::Preview(shown) = &mut self.stage {
            shown.options = options.clone();
            shown.converting =
                Some(import::spawn_convert(shown.sniffed.clone(), options, self.repaint.clone()));
        }
    }

    /// Starts writing the deck into the folder of own decks.
    pub(super) fn write(&mut self, folders: DeckFolders) {
        let ImportStage::Preview(shown) = &mut self.stage else { return };
        let Some(imported) = shown.imported.take().filter(|it| !it.questions.is_empty()) else { return };
        let new = NewDeck { title: self.title.clone(), ..NewDeck::default() };
        let is_cancelled = self.is_cancelled.clone();
        let job = import::spawn_write(folders, imported, new, is_cancelled, self.repaint.clone());
        self.stage = ImportStage::Writing(job);
    }

    /// Collects what a thread has finished. Returns the deck once it is written.
    pub(super) fn poll(&mut self) -> Option<WrittenDeck> {
        match &mut self.stage {
            ImportStage::Reading(job) => match result_of(job)? {
                Ok(sniffed) => {
                    self.title.clone_from(&sniffed.title);
                    let (sniffed, options) = (Arc::new(sniffed.clone()), sniffed.options);
                    self.stage = ImportStage::Preview(Box::new(ImportPreview {
                        sniffed,
                        options: options.clone(),
                        imported: None,
                        converting: None,
                    }));
                    self.set_options(options);
                    None
                }
                Err(failure) => self.fail(&failure),
            },
            ImportStage::Preview(shown) => match result_of(shown.converting.as_ref()?)? {
                Ok(imported) => {
                    shown.imported = Some(imported);
                    shown.converting = None;
                    None
                }
                Err(failure) => self.fail(&failure),
            },
            ImportStage::Writing(job) => match result_of(job)? {
                Ok(written) => Some(written),
                Err(failure) => self.fail(&failure),
            },
            ImportStage::Failed(_) => None,
        }
    }

    fn fail(&mut self, failure: &ImportJobError) -> Option<WrittenDeck> {
        self.stage = ImportStage::Failed(failure.to_string());
        None
    }
}

fn result_of<T>(job: &ImportJob<T>) -> Option<Result<T, ImportJobError>> {
    Some(job.poll_result()?.unwrap_or_else(|unfinished| Err(unfinished.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_that_panics_has_failed() {
        let job =
            ImportJob::<WrittenDeck>::start("test", RepaintSignal::default(), |_| panic!("of the test"));
        assert!(matches!(result_of(&job), Some(Err(ImportJobError::Unfinished(_)))));
    }
}
