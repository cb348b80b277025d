//! Scores are computed beside the window, what is wanted first first; the old ones show meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Page, TopicDetail};
use crate::app::Wake;
use crate::app::beside::Beside;
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
        let _ = self.run(&AtomicBool::new(false), || Some(store), &mut |part| parts.push(part));
        parts
    }

    fn run<'s, S: std::ops::Deref<Target = Store> + 's>(
        &self,
        cancel: &AtomicBool,
        open: impl FnOnce() -> Option<S>,
        tell: &mut dyn FnMut(Part),
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

/// Begins a job beside the window.
pub(super) fn begin(job: Job, data: PathBuf, wake: Wake) -> Beside<Part> {
    Beside::begin(wake, move |is_cancelled, shares, tell| {
        // Called off: what is there is of no use to anybody.
        let _ = job.run(is_cancelled, || open_beside(&data).map(Box::new), tell);
        drop(job);
        drop(shares);
    })
}

/// A connection of the thread's own; without one there are no confusions to tell of, and the next answer tells why.
fn open_beside(data: &Path) -> Option<Store> {
    Store::open_read_only(data).ok()
}
