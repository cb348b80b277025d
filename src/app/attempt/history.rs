//! Completed tests: the list, read on a background thread, and the open report.

use std::sync::Arc;

use crate::app::core::Core;
use crate::background::BackgroundTask;
use crate::domain::attempt::{AttemptSummary, CompletedAttempt, ScoreChange, change_since_previous};
use crate::domain::day::Stamp;
use crate::store::{AttemptId, Store, StoreError, StoredAttempt};
use crate::text::{self, background};

/// A completed test as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptListItem {
    /// The attempt's id in the store.
    pub id: AttemptId,
    /// When the test was started.
    pub started: Stamp,
    /// Score and size of the test.
    pub summary: AttemptSummary,
    /// Change since the previous comparable test; `None` if there is none.
    pub change: Option<ScoreChange>,
}

/// The completed tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttemptList {
    /// Oldest first.
    pub list: Vec<AttemptListItem>,
    /// Number of tests, completed or not, that cannot be read.
    pub unreadable: usize,
}

/// The report on screen.
#[derive(Clone, Debug)]
pub struct OpenReport {
    /// The attempt's id in the store.
    pub id: AttemptId,
    /// When the test was started.
    pub started: Stamp,
    /// The completed test.
    pub completed: Arc<CompletedAttempt>,
    /// The item shown with all details, by index.
    pub expanded_item: Option<usize>,
}

impl OpenReport {
    pub(super) fn new(id: AttemptId, started: Stamp, completed: CompletedAttempt) -> Self {
        Self { id, started, completed: Arc::new(completed), expanded_item: None }
    }

    /// The report of a test. `None`, with an error shown, if it cannot be read.
    pub(super) fn read(core: &mut Core, id: AttemptId) -> Option<Self> {
        match completed_attempt(core, id) {
            Ok(Some((started, completed))) => return Some(Self::new(id, started, completed)),
            Ok(None) => core.notify_error(text::attempt::UNREADABLE_TEST),
            Err(error) => core.notify_error(error.to_string()),
        }
        None
    }
}

/// The list of completed tests, and the thread that reads it.
#[derive(Debug, Default)]
pub(super) struct AttemptHistory {
    list: Option<AttemptList>,
    is_current: bool,
    reading: Option<BackgroundTask<Result<AttemptList, StoreError>>>,
}

impl AttemptHistory {
    pub(super) fn list(&self) -> Option<&AttemptList> {
        self.list.as_ref()
    }

    /// Makes the next refresh read the list again.
    pub(super) fn invalidate(&mut self) {
        self.is_current = false;
    }

    /// Reads the list, if it is out of date.
    pub(super) fn refresh(&mut self, core: &mut Core) {
        if self.is_current || self.reading.is_some() {
            return;
        }
        self.is_current = true;
        let folder = core.dirs.data.clone();
        self.reading = Some(BackgroundTask::start("tests", core.repaint.clone(), move |_| {
            Some(Store::open_read_only(&folder).and_then(|store| read_attempts(&store)))
        }));
        // Without a window the list is there already.
        self.poll(core);
    }

    /// Takes the list once it is read.
    pub(super) fn poll(&mut self, core: &mut Core) {
        let Some(result) = self.reading.as_ref().and_then(BackgroundTask::poll_result) else { return };
        self.reading = None;
        match result {
            Ok(Ok(list)) => self.list = Some(list),
            Ok(Err(error)) => core.notify_error(error.to_string()),
            Err(_) => core.notify_error(background::unfinished(background::TESTS)),
        }
    }
}

/// Reads and grades every completed test. A test that cannot be decoded is only counted.
fn read_attempts(store: &Store) -> Result<AttemptList, StoreError> {
    let mut tests: Vec<AttemptListItem> = Vec::new();
    let mut unreadable = store.unfinished_attempts()?.iter().filter(|test| test.test.is_err()).count();
    for StoredAttempt { id, started, test, events } in store.completed_attempts()? {
        let Some(completed) =
            test.ok().and_then(|test| CompletedAttempt::from_events(Arc::new(test), &events))
        else {
            unreadable += 1;
            continue;
        };
        let summary = AttemptSummary::of(&completed);
        let change = change_since_previous(&summary, tests.iter().map(|test| &test.summary));
        tests.push(AttemptListItem { id, started, summary, change });
    }
    Ok(AttemptList { list: tests, unreadable })
}

/// Reads the completed tests on this thread.
///
/// # Errors
/// When the store cannot be read.
pub fn completed_attempts(core: &Core) -> Result<AttemptList, StoreError> {
    read_attempts(&core.store)
}

/// A completed test and when it was started; `None` if there is no completed, readable test of this id.
///
/// # Errors
/// When the store cannot be read.
pub fn completed_attempt(
    core: &Core,
    id: AttemptId,
) -> Result<Option<(Stamp, CompletedAttempt)>, StoreError> {
    let Some(stored) = core.store.attempt(id)? else { return Ok(None) };
    let completed =
        stored.test.ok().and_then(|test| CompletedAttempt::from_events(Arc::new(test), &stored.events));
    Ok(completed.map(|completed| (stored.started, completed)))
}
