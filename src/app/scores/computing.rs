//! Scores are computed beside the window, what is wanted first first; the old ones show meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread::JoinHandle;

use super::{Page, TopicDetail};
use crate::app::Wake;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::score::Period;
use crate::domain::score::passages::{PassageScore, passages};
use crate::domain::score::pictures::Pictures;
use crate::domain::score::subjects::{Cancelled, Subjects};
use crate::domain::score::table::Table;
use crate::store::Store;

/// What is to be computed, of what.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) decks: Vec<Arc<Deck>>,
    pub(super) page_deck: Option<Arc<Deck>>,
    pub(super) progress: Arc<Progress>,
    pub(super) model: Model,
    pub(super) today: StudyDay,
    pub(super) period: Period,
    pub(super) page: Page,
    pub(super) with_table: bool,
    pub(super) with_pictures: bool,
    pub(super) with_page: bool,
}

/// A part of what the screen shows, as soon as it is there.
#[derive(Debug)]
pub(super) enum Part {
    Table(Table),
    Pictures(Pictures),
    Topic(TopicDetail),
    Passages(Vec<PassageScore>),
}

impl Job {
    /// Computes everything before it returns.
    pub(super) fn at_once(&self, store: &Store) -> Vec<Part> {
        let mut parts = Vec::new();
        // Nobody calls it off.
        let _ = self.run(&AtomicBool::new(false), || Some(store), |part| parts.push(part));
        parts
    }

    fn run<'s, S: std::ops::Deref<Target = Store> + 's>(
        &self,
        cancel: &AtomicBool,
        open: impl FnOnce() -> Option<S>,
        mut tell: impl FnMut(Part),
    ) -> Result<(), Cancelled> {
        if self.with_page
            && let Some(deck) = &self.page_deck
        {
            match &self.page {
                Page::Topics | Page::SureButWrong => {}
                Page::Topic { topic, .. } => {
                    let store = open();
                    let detail = TopicDetail::compute(self, deck, topic, store.as_deref());
                    detail.into_iter().for_each(|detail| tell(Part::Topic(detail)));
                }
                Page::Passages(_) => {
                    tell(Part::Passages(passages(deck, &self.progress, &self.model, self.today)));
                }
            }
        }
        if !self.with_table && !self.with_pictures {
            return Ok(());
        }
        let decks = self.decks.iter().map(|deck| &**deck);
        let subjects = Subjects::of(decks, &self.progress, cancel)?;
        if self.with_table {
            tell(Part::Table(Table::compute(&subjects, &self.model, self.today, self.period, cancel)?));
        }
        if self.with_pictures {
            tell(Part::Pictures(Pictures::compute(&subjects, &self.model, self.today, self.period, cancel)?));
        }
        Ok(())
    }
}

/// A job under way on a thread of its own.
#[derive(Debug)]
pub(super) struct Computing {
    parts: Receiver<Part>,
    cancel: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Computing {
    /// Begins; wakes `wake` with every part.
    pub(super) fn begin(job: Job, data: PathBuf, wake: Wake) -> Self {
        let (sender, parts) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let is_cancelled = cancel.clone();
        let thread = std::thread::spawn(move || {
            let open = || open_beside(&data).map(Box::new);
            // Called off: what is there is of no use to anybody.
            let _ = job.run(&is_cancelled, open, |part| {
                // The window may have been closed meanwhile.
                let _ = sender.send(part);
                wake.wake();
            });
            drop((job, sender));
            wake.wake();
        });
        Self { parts, cancel, thread }
    }

    /// The parts that are there, and whether there will be no more.
    pub(super) fn poll(&self) -> (Vec<Part>, bool) {
        let mut parts = Vec::new();
        loop {
            match self.parts.try_recv() {
                Ok(part) => parts.push(part),
                Err(TryRecvError::Empty) => return (parts, false),
                Err(TryRecvError::Disconnected) => return (parts, true),
            }
        }
    }

    /// Ends it, and waits for its end.
    pub(super) fn call_off(self) {
        self.cancel.store(true, Ordering::Relaxed);
        // A panic over there has been told by its own hook; here the scores simply stay as they were.
        let _ = self.thread.join();
    }
}

/// A connection of the thread's own; without one there are no confusions to tell of, and the next answer tells why.
fn open_beside(data: &Path) -> Option<Store> {
    Store::open_read_only(data).ok()
}
