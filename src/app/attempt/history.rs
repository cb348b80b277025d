//! Tests of the past: read beside the window, and one of them open.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::app::{App, Screen};
use crate::domain::attempt::{AttemptSummary, CompletedAttempt, ScoreChange, change_since_previous};
use crate::domain::day::Stamp;
use crate::store::{AttemptId, Store, StoreError, StoredAttempt};

/// A test of the past, as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptListItem {
    /// Which.
    pub id: AttemptId,
    /// When it was begun.
    pub begun: Stamp,
    /// What it came to.
    pub summary: AttemptSummary,
    /// How that compares with the one before of the same setup.
    pub change: Option<ScoreChange>,
}

/// Tests of the past.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttemptList {
    /// Those that were closed, oldest first.
    pub list: Vec<AttemptListItem>,
    /// How many tests, closed or not, cannot be read.
    pub unreadable: usize,
}

/// A report that is open.
#[derive(Clone, Debug)]
pub struct OpenReport {
    /// Of which test.
    pub id: AttemptId,
    /// When it was begun.
    pub begun: Stamp,
    /// The test.
    pub completed: Arc<CompletedAttempt>,
    /// The item shown with all there is to tell, from 0.
    pub expanded_item: Option<usize>,
}

impl OpenReport {
    pub(super) fn new(id: AttemptId, begun: Stamp, past: CompletedAttempt) -> Self {
        Self { id, begun, completed: Arc::new(past), expanded_item: None }
    }
}

/// The list of the past.
#[derive(Debug, Default)]
pub(super) struct AttemptHistory {
    list: Option<AttemptList>,
    is_current: bool,
    reading: Option<Receiver<Result<AttemptList, StoreError>>>,
}

impl AttemptHistory {
    pub(super) fn list(&self) -> Option<&AttemptList> {
        self.list.as_ref()
    }

    /// There is one more.
    pub(super) fn invalidate(&mut self) {
        self.is_current = false;
    }
}

/// Reads and grades every test that was closed. One whose paper cannot be read is counted only.
fn read_attempts(store: &Store) -> Result<AttemptList, StoreError> {
    let mut tests: Vec<AttemptListItem> = Vec::new();
    let mut unreadable = store.unfinished_attempts()?.iter().filter(|test| test.test.is_err()).count();
    for StoredAttempt { id, started: begun, test: paper, events: steps } in store.completed_attempts()? {
        let Some(past) = paper.ok().and_then(|paper| CompletedAttempt::from_events(Arc::new(paper), &steps))
        else {
            unreadable += 1;
            continue;
        };
        let outline = AttemptSummary::of(&past);
        let since = change_since_previous(&outline, tests.iter().map(|test| &test.summary));
        tests.push(AttemptListItem { id, begun, summary: outline, change: since });
    }
    Ok(AttemptList { list: tests, unreadable })
}

fn read_attempts_from(folder: &Path) -> Result<AttemptList, StoreError> {
    read_attempts(&Store::open_read_only(folder)?)
}

impl App {
    /// Tests of the past, read at once.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn completed_attempts(&self) -> Result<AttemptList, StoreError> {
        read_attempts(&self.store)
    }

    /// A test of the past, and when it was begun; `None` when there is none of that id that was closed and can be read.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn completed_attempt(&self, id: AttemptId) -> Result<Option<(Stamp, CompletedAttempt)>, StoreError> {
        let Some(stored) = self.store.attempt(id)? else { return Ok(None) };
        let past =
            stored.test.ok().and_then(|paper| CompletedAttempt::from_events(Arc::new(paper), &stored.events));
        Ok(past.map(|past| (stored.started, past)))
    }

    /// Begins to read the list where it is shown and something changed.
    pub(in crate::app) fn refresh_tests(&mut self) {
        self.count_matching_questions();
        let earlier = &mut self.tests.history;
        if self.screen != Screen::Test || earlier.is_current || earlier.reading.is_some() {
            return;
        }
        earlier.is_current = true;
        if !self.repaint.is_connected() {
            match read_attempts(&self.store) {
                Ok(list) => earlier.list = Some(list),
                Err(error) => self.notify_error(error.to_string()),
            }
            return;
        }
        let (sender, reading) = channel();
        let (folder, wake) = (self.dirs.data.clone(), self.repaint.clone());
        std::thread::spawn(move || {
            // Nobody waits once the window is closed.
            let _ = sender.send(read_attempts_from(&folder));
            wake.request_repaint();
        });
        earlier.reading = Some(reading);
    }

    pub(super) fn poll_history(&mut self) {
        let earlier = &mut self.tests.history;
        let Some(result) = earlier.reading.as_ref().map(Receiver::try_recv) else { return };
        match result {
            Ok(Ok(list)) => (earlier.list, earlier.reading) = (Some(list), None),
            Ok(Err(error)) => {
                earlier.reading = None;
                self.notify_error(error.to_string());
            }
            Err(TryRecvError::Disconnected) => earlier.reading = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    /// Opens the report of a test; tells when it cannot be read.
    pub(super) fn open_report(&mut self, id: AttemptId) {
        match self.completed_attempt(id) {
            Ok(Some((begun, past))) => self.tests.report = Some(OpenReport::new(id, begun, past)),
            Ok(None) => self.notify_error("This test cannot be read."),
            Err(error) => self.notify_error(error.to_string()),
        }
    }
}
