//! Tests of the past: read beside the window, and one of them open.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::app::{App, Screen};
use crate::domain::day::Stamp;
use crate::domain::test::{Outline, Past, Since, since};
use crate::store::{Store, StoreError, StoredTest, TestId};

/// A test of the past, as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PastTest {
    /// Which.
    pub id: TestId,
    /// When it was begun.
    pub begun: Stamp,
    /// What it came to.
    pub outline: Outline,
    /// How that compares with the one before of the same setup.
    pub since: Option<Since>,
}

/// Tests of the past.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastTests {
    /// Those that were closed, oldest first.
    pub list: Vec<PastTest>,
    /// How many tests, closed or not, cannot be read.
    pub unreadable: usize,
}

/// A report that is open.
#[derive(Clone, Debug)]
pub struct OpenReport {
    /// Of which test.
    pub id: TestId,
    /// When it was begun.
    pub begun: Stamp,
    /// The test.
    pub past: Arc<Past>,
    /// The item shown with all there is to tell, from 0.
    pub unfolded: Option<usize>,
}

impl OpenReport {
    pub(super) fn new(id: TestId, begun: Stamp, past: Past) -> Self {
        Self { id, begun, past: Arc::new(past), unfolded: None }
    }
}

/// The list of the past.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    list: Option<PastTests>,
    is_current: bool,
    reading: Option<Receiver<Result<PastTests, StoreError>>>,
}

impl Earlier {
    pub(super) fn list(&self) -> Option<&PastTests> {
        self.list.as_ref()
    }

    /// There is one more.
    pub(super) fn touch(&mut self) {
        self.is_current = false;
    }
}

/// Reads and grades every test that was closed. One whose paper cannot be read is counted only.
fn read(store: &Store) -> Result<PastTests, StoreError> {
    let mut tests: Vec<PastTest> = Vec::new();
    let mut unreadable = store.unfinished_tests()?.iter().filter(|test| test.paper.is_err()).count();
    for StoredTest { id, begun, paper, steps } in store.closed_tests()? {
        let Some(past) = paper.ok().and_then(|paper| Past::new(Arc::new(paper), &steps)) else {
            unreadable += 1;
            continue;
        };
        let outline = Outline::of(&past);
        let since = since(&outline, tests.iter().map(|test| &test.outline));
        tests.push(PastTest { id, begun, outline, since });
    }
    Ok(PastTests { list: tests, unreadable })
}

fn read_beside(folder: &Path) -> Result<PastTests, StoreError> {
    read(&Store::open_read_only(folder)?)
}

impl App {
    /// Tests of the past, read at once.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn past_tests(&self) -> Result<PastTests, StoreError> {
        read(&self.store)
    }

    /// A test of the past, and when it was begun; `None` when there is none of that id that was closed and can be read.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn past_test(&self, id: TestId) -> Result<Option<(Stamp, Past)>, StoreError> {
        let Some(stored) = self.store.test(id)? else { return Ok(None) };
        let past = stored.paper.ok().and_then(|paper| Past::new(Arc::new(paper), &stored.steps));
        Ok(past.map(|past| (stored.begun, past)))
    }

    /// Begins to read the list where it is shown and something changed.
    pub(in crate::app) fn refresh_tests(&mut self) {
        self.count_fitting();
        let earlier = &mut self.tests.earlier;
        if self.screen != Screen::Test || earlier.is_current || earlier.reading.is_some() {
            return;
        }
        earlier.is_current = true;
        if !self.wake.is_heard() {
            match read(&self.store) {
                Ok(list) => earlier.list = Some(list),
                Err(error) => self.tell_problem(error.to_string()),
            }
            return;
        }
        let (sender, reading) = channel();
        let (folder, wake) = (self.dirs.data.clone(), self.wake.clone());
        std::thread::spawn(move || {
            // Nobody waits once the window is closed.
            let _ = sender.send(read_beside(&folder));
            wake.wake();
        });
        earlier.reading = Some(reading);
    }

    pub(super) fn poll_earlier(&mut self) {
        let earlier = &mut self.tests.earlier;
        let Some(result) = earlier.reading.as_ref().map(Receiver::try_recv) else { return };
        match result {
            Ok(Ok(list)) => (earlier.list, earlier.reading) = (Some(list), None),
            Ok(Err(error)) => {
                earlier.reading = None;
                self.tell_problem(error.to_string());
            }
            Err(TryRecvError::Disconnected) => earlier.reading = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    /// Opens the report of a test; tells when it cannot be read.
    pub(super) fn open_report(&mut self, id: TestId) {
        match self.past_test(id) {
            Ok(Some((begun, past))) => self.tests.report = Some(OpenReport::new(id, begun, past)),
            Ok(None) => self.tell_problem("This test cannot be read."),
            Err(error) => self.tell_problem(error.to_string()),
        }
    }
}
