//! Computes scores on a background thread, most urgent first; the previous ones are shown meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::detail::{TopicDetail, WrongAnswers};
use super::mistakes::{MistakeSummary, UnreadMistake};
use super::view::ScoresPage;
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::event_log::EventLogError;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::replay::ReplayError;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::{PassageScore, passage_scores_of};
use crate::domain::score::scored_cards::ScoredHistories;
use crate::domain::score::table::TopicTable;
use crate::store::Store;

/// The input of a score computation.
#[derive(Clone, Debug)]
pub(super) struct ScoresJob {
    pub(super) decks: Vec<Arc<Deck>>,
    pub(super) page_deck: Option<Arc<Deck>>,
    pub(super) progress: Arc<Progress>,
    pub(super) model: MemoryModel,
    pub(super) today: StudyDay,
    pub(super) period: Period,
    pub(super) page: ScoresPage,
    pub(super) with_table: bool,
    pub(super) with_charts: bool,
    pub(super) with_page: bool,
    /// High-confidence errors on screen whose answers are to be read from the log.
    pub(super) mistakes: Vec<UnreadMistake>,
}

/// A finished part of what the screen shows.
#[derive(Debug)]
pub(super) enum ScoresUpdate {
    Table(TopicTable),
    Charts(ChartData),
    Topic(TopicDetail),
    Confusions(Vec<Confusion>),
    Mistake(EventId, Arc<MistakeSummary>),
    Passages(Vec<PassageScore>),
    /// The log cannot be read: the rest is missing.
    Unreadable(EventLogError),
}

impl ScoresJob {
    /// Computes everything on this thread.
    pub(super) fn run_sync(self, store: &Store) -> Vec<ScoresUpdate> {
        let mut updates = Vec::new();
        self.run(&AtomicBool::new(false), || {}, || Some(store), &mut |update| updates.push(update));
        updates
    }

    /// Computes the parts and reports each with `report`. `release` is called as soon as the progress is no
    /// longer needed; answers are read from the log after that.
    fn run<'s, S: std::ops::Deref<Target = Store> + 's>(
        self,
        cancel: &AtomicBool,
        release: impl FnOnce(),
        open: impl FnOnce() -> Option<S>,
        report: &mut dyn FnMut(ScoresUpdate),
    ) {
        // A cancelled job has no result that anybody needs.
        if let Err(ReplayError::Unreadable(error)) = self.try_run(cancel, release, open, report) {
            report(ScoresUpdate::Unreadable(error));
        }
    }

    fn try_run<'s, S: std::ops::Deref<Target = Store> + 's>(
        self,
        cancel: &AtomicBool,
        release: impl FnOnce(),
        open: impl FnOnce() -> Option<S>,
        report: &mut dyn FnMut(ScoresUpdate),
    ) -> Result<(), ReplayError> {
        let deck = self.page_deck.clone().filter(|_| self.with_page);
        let mut wrong = WrongAnswers::default();
        match (&deck, &self.page) {
            (Some(deck), ScoresPage::Topic { topic, .. }) => {
                if let Some((detail, answers)) = TopicDetail::compute(
                    deck,
                    topic,
                    &self.progress,
                    &self.model,
                    self.today,
                    self.period,
                    cancel,
                )? {
                    report(ScoresUpdate::Topic(detail));
                    wrong = answers;
                }
            }
            (Some(deck), ScoresPage::Passages(_)) => {
                let passages =
                    passage_scores_of(deck, |_| true, &self.progress, &self.model, self.today, cancel)?;
                report(ScoresUpdate::Passages(passages));
            }
            _ => {}
        }
        self.table_and_charts(cancel, report)?;
        let mistakes = self.mistakes;
        drop(self.progress);
        release();
        if wrong.is_empty() && mistakes.is_empty() {
            return Ok(());
        }
        let Some(store) = open() else { return Ok(()) };
        if let Some(deck) = deck {
            report(ScoresUpdate::Confusions(wrong.confusions(&deck, &store, cancel)?));
        }
        for mistake in mistakes {
            if cancel.load(Ordering::Relaxed) {
                return Err(ReplayError::Cancelled);
            }
            report(ScoresUpdate::Mistake(mistake.event(), Arc::new(mistake.read(&store))));
        }
        Ok(())
    }

    fn table_and_charts(
        &self,
        cancel: &AtomicBool,
        report: &mut dyn FnMut(ScoresUpdate),
    ) -> Result<(), ReplayError> {
        if !self.with_table && !self.with_charts {
            return Ok(());
        }
        let decks = self.decks.iter().map(|deck| &**deck);
        let scored = ScoredHistories::of(decks, &self.progress, cancel)?;
        if self.with_table {
            let table = TopicTable::of_period(&scored, &self.model, self.today, self.period, cancel)?;
            report(ScoresUpdate::Table(table));
        }
        if self.with_charts {
            let charts = ChartData::compute(&scored, &self.model, self.today, self.period, cancel)?;
            report(ScoresUpdate::Charts(charts));
        }
        Ok(())
    }
}

/// Starts the job on a background thread.
pub(super) fn spawn(job: ScoresJob, data: PathBuf, wake: RepaintSignal) -> BackgroundTask<ScoresUpdate> {
    BackgroundTask::spawn("scores", wake, move |task| {
        let open = || open_for_reading(&data).map(Box::new);
        job.run(task.cancel_flag(), || task.release(), open, &mut |update| task.report(update));
        None
    })
}

/// The thread's own connection. If it cannot be opened, confusions stay empty, and the next answer reports
/// the error.
fn open_for_reading(data: &Path) -> Option<Store> {
    Store::open_read_only(data).ok()
}
