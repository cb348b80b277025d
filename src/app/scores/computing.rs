//! Scores are computed beside the window, what is wanted first first; the old ones show meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::detail::WrongAnswers;
use super::{Page, TopicDetail};
use crate::app::Wake;
use crate::app::beside::Beside;
use crate::app::sure::{MistakeWords, Unread};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::memory::Model;
use crate::domain::progress::Progress;
use crate::domain::score::Period;
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::{PassageScore, passages_of};
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
    /// Of the page of what was sure, but wrong: to be read from the log.
    pub(super) mistakes: Vec<Unread>,
}

/// A part of what the screen shows, as soon as it is there.
#[derive(Debug)]
pub(super) enum Part {
    Table(Table),
    Pictures(Pictures),
    Topic(TopicDetail),
    Confusions(Vec<Confusion>),
    Mistake(EventId, Arc<MistakeWords>),
    Passages(Vec<PassageScore>),
}

impl Job {
    /// Computes everything before it returns.
    pub(super) fn at_once(self, store: &Store) -> Vec<Part> {
        let mut parts = Vec::new();
        // Nobody calls it off.
        let _ = self.run(&AtomicBool::new(false), || {}, || Some(store), &mut |part| parts.push(part));
        parts
    }

    /// `give_back` is called as soon as the history is no longer needed; answers are read after that.
    fn run<'s, S: std::ops::Deref<Target = Store> + 's>(
        self,
        cancel: &AtomicBool,
        give_back: impl FnOnce(),
        open: impl FnOnce() -> Option<S>,
        tell: &mut dyn FnMut(Part),
    ) -> Result<(), Cancelled> {
        let deck = self.page_deck.clone().filter(|_| self.with_page);
        let mut wrong = WrongAnswers::default();
        match (&deck, &self.page) {
            (Some(deck), Page::Topic { topic, .. }) => {
                if let Some((detail, answers)) = TopicDetail::compute(&self, deck, topic, cancel)? {
                    tell(Part::Topic(detail));
                    wrong = answers;
                }
            }
            (Some(deck), Page::Passages(_)) => {
                let passages = passages_of(deck, |_| true, &self.progress, &self.model, self.today, cancel)?;
                tell(Part::Passages(passages));
            }
            _ => {}
        }
        self.figures(cancel, tell)?;
        let mistakes = self.mistakes;
        drop(self.progress);
        give_back();
        if wrong.is_empty() && mistakes.is_empty() {
            return Ok(());
        }
        let Some(store) = open() else { return Ok(()) };
        if let Some(deck) = deck {
            tell(Part::Confusions(wrong.confusions(&deck, &store, cancel)?));
        }
        for mistake in mistakes {
            if cancel.load(Ordering::Relaxed) {
                return Err(Cancelled);
            }
            tell(Part::Mistake(mistake.event(), Arc::new(mistake.told(&store))));
        }
        Ok(())
    }

    fn figures(&self, cancel: &AtomicBool, tell: &mut dyn FnMut(Part)) -> Result<(), Cancelled> {
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
        let _ = job.run(is_cancelled, || drop(shares), || open_beside(&data).map(Box::new), tell);
    })
}

/// A connection of the thread's own; without one there are no confusions to tell of, and the next answer tells why.
fn open_beside(data: &Path) -> Option<Store> {
    Store::open_read_only(data).ok()
}
