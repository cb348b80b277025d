//! The Scores screen: what it shows, and its computation on a background thread.

pub mod columns;
pub mod command;
mod computing;
pub mod detail;
mod mistakes;
mod view;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use columns::{ScoresColumn, TopicFigures};
pub use command::{ScoresCommand, has_passages, session_on, weakest_passage};
use computing::{ScoresJob, ScoresUpdate};
pub use detail::TopicDetail;
pub use mistakes::MistakeSummary;
use mistakes::unread_mistakes;
pub use view::{ScoresPage, ScoresSort, ScoresView};

use super::core::Core;
use super::outcome::Outcome;
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::table::TopicTable;
use crate::text;

/// Up to this many cards and events in total, everything is computed within a fraction of a frame.
const MAX_SYNC_SIZE: usize = 4_000;

/// The state of the Scores screen.
#[derive(Debug, Default)]
pub struct Scores {
    view: ScoresView,
    sort: Option<ScoresSort>,
    page: ScoresPage,
    table: Option<TopicTable>,
    charts: Option<ChartData>,
    topic: Option<TopicDetail>,
    passages: Option<Vec<PassageScore>>,
    mistakes: HashMap<EventId, Arc<MistakeSummary>>,
    /// What is out of date.
    stale: StaleParts,
    computing: Option<BackgroundTask<ScoresUpdate>>,
}

/// The parts that must be computed again.
#[derive(Clone, Copy, Debug)]
struct StaleParts {
    table: bool,
    charts: bool,
    page: bool,
}

impl Default for StaleParts {
    fn default() -> Self {
        Self { table: true, charts: true, page: true }
    }
}

impl Scores {
    /// The id of the deck on screen; `None` for all decks.
    pub fn deck(&self) -> Option<&Arc<str>> {
        self.view.deck.as_ref()
    }

    /// The learner's view of the scores.
    pub fn view(&self) -> &ScoresView {
        &self.view
    }

    /// The period that accuracy and charts cover.
    pub fn period(&self) -> Period {
        self.view.period
    }

    /// The order of the table; `None` for the order of the decks.
    pub fn sort(&self) -> Option<ScoresSort> {
        self.sort
    }

    /// Whether the table shows every column that has room.
    pub fn shows_all_columns(&self) -> bool {
        self.view.all_columns
    }

    /// The page on screen.
    pub fn page(&self) -> &ScoresPage {
        &self.page
    }

    /// The table of topics; `None` until it is computed.
    pub fn table(&self) -> Option<&TopicTable> {
        self.table.as_ref()
    }

    /// The data of the charts; `None` until it is computed for the current decks.
    pub fn charts(&self) -> Option<&ChartData> {
        self.charts.as_ref()
    }

    /// The content of the topic page; `None` until it is computed.
    pub fn topic(&self) -> Option<&TopicDetail> {
        self.topic.as_ref()
    }

    /// The passages of the page; `None` until they are computed.
    pub fn passages(&self) -> Option<&[PassageScore]> {
        self.passages.as_deref()
    }

    /// A high-confidence error as text, by the event of its answer; `None` until it is read.
    pub fn mistake(&self, event: EventId) -> Option<&Arc<MistakeSummary>> {
        self.mistakes.get(&event)
    }

    /// Whether a background thread is computing scores.
    pub fn is_computing(&self) -> bool {
        self.computing.as_ref().is_some_and(|task| !task.is_cancelled())
    }

    /// Row indices of the table in the order to show.
    pub fn order(&self) -> Vec<usize> {
        let Some(table) = &self.table else { return Vec::new() };
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        // Decks that were never studied come last, because they need no attention yet.
        let studied: HashSet<&str> =
            table.rows.iter().filter(|row| row.score.seen > 0).map(|row| &*row.key.deck).collect();
        order.sort_by_key(|at| !studied.contains(&*table.rows[*at].key.deck));
        if let Some(ScoresSort { column, descending }) = self.sort {
            let value = |row: &usize| (column.spec().value)(&self.figures(table, *row));
            order.sort_by(|a, b| value(a).compare(&value(b), descending));
        }
        order
    }

    /// What the columns show of a row of the table.
    pub fn figures<'a>(&'a self, table: &'a TopicTable, row: usize) -> TopicFigures<'a> {
        let trends = self.charts.as_ref().map(|charts| charts.trends.as_slice());
        TopicFigures { row: &table.rows[row], trend: trends.and_then(|trends| trends.get(row)) }
    }

    /// Marks the page as out of date. The page of high-confidence errors is made from the figures.
    pub(super) fn invalidate_page(&mut self) {
        self.stale.page = true;
    }

    /// Restores the view of the previous run.
    pub(super) fn set_view(&mut self, view: ScoresView) {
        self.view = view;
        self.invalidate();
    }

    /// Marks everything as out of date.
    pub(super) fn invalidate(&mut self) {
        self.stale = StaleParts::default();
    }

    fn take_update(&mut self, core: &mut Core, update: ScoresUpdate) {
        match update {
            ScoresUpdate::Table(table) => self.table = Some(table),
            ScoresUpdate::Charts(charts) => self.charts = Some(charts),
            ScoresUpdate::Topic(topic) => self.topic = Some(topic),
            ScoresUpdate::Confusions(confusions) => {
                if let Some(topic) = &mut self.topic {
                    topic.confusions = confusions;
                }
            }
            ScoresUpdate::Mistake(event, summary) => drop(self.mistakes.insert(event, summary)),
            ScoresUpdate::Passages(passages) => self.passages = Some(passages),
            ScoresUpdate::Unreadable(error) => {
                core.notify_error(text::background::unreadable(text::background::SCORES, error));
            }
        }
    }
}

impl Scores {
    /// The decks that the scores cover.
    pub fn scored_decks<'a>(&self, core: &'a Core) -> impl Iterator<Item = &'a Arc<Deck>> + use<'a> {
        let only = self.view.deck.clone();
        let decks = core.library.decks().iter().map(|loaded| &loaded.deck);
        decks.filter(move |deck| only.as_ref().is_none_or(|only| *only == deck.id))
    }

    pub(super) fn apply(&mut self, command: ScoresCommand) -> Outcome {
        let scores = self;
        match command {
            ScoresCommand::SetDeck(deck) if scores.view.deck != deck => {
                scores.view.deck = deck;
                // Rows and trends of the previous decks do not fit the new ones.
                (scores.table, scores.charts) = (None, None);
                scores.invalidate();
            }
            ScoresCommand::SetPeriod(period) if scores.view.period != period => {
                scores.view.period = period;
                scores.invalidate();
            }
            ScoresCommand::SortBy(column) => {
                let descending = match scores.sort {
                    Some(sort) if sort.column == column => !sort.descending,
                    _ => column.spec().begins_descending,
                };
                scores.sort = Some(ScoresSort { column, descending });
            }
            ScoresCommand::ToggleColumns => scores.view.all_columns = !scores.view.all_columns,
            ScoresCommand::Open(page) => scores.open_page(page),
            ScoresCommand::Back => scores.open_page(ScoresPage::Topics),
            ScoresCommand::EditQuestion(deck, question) => {
                return Outcome::EditQuestion { deck, question };
            }
            ScoresCommand::SetDeck(_) | ScoresCommand::SetPeriod(_) => {}
        }
        Outcome::Done
    }

    fn open_page(&mut self, page: ScoresPage) {
        let scores = self;
        if scores.page != page {
            scores.page = page;
            (scores.topic, scores.passages) = (None, None);
            scores.mistakes.clear();
            scores.stale.page = true;
        }
    }

    /// Starts computing what is out of date. Call it while the screen is shown.
    pub(super) fn refresh(&mut self, core: &mut Core, now: &Moment) {
        self.close_removed_pages(core);
        let StaleParts { table, charts, page } = self.stale;
        let charts = charts && self.page == ScoresPage::Topics;
        if !(table || charts || page) {
            return;
        }
        if let Some(task) = self.computing.take() {
            task.cancel();
        }
        let job = ScoresJob {
            decks: self.scored_decks(core).cloned().collect(),
            page_deck: self.page_deck(core),
            progress: core.progress.clone(),
            model: core.scheduler.model.clone(),
            today: now.day(),
            period: self.view.period,
            page: self.page.clone(),
            with_table: table,
            with_charts: charts,
            with_page: page,
            mistakes: match self.page {
                ScoresPage::HighConfidenceErrors if page => unread_mistakes(core),
                _ => Vec::new(),
            },
        };
        self.stale = StaleParts { table: false, charts: self.stale.charts && !charts, page: false };
        if core.repaint.is_connected()
            && core.progress.event_count() + core.library.card_locations().len() > MAX_SYNC_SIZE
        {
            let task = computing::spawn(job, core.dirs.data.clone(), core.repaint.clone());
            core.register_progress_reader(task.canceller());
            self.computing = Some(task);
            return;
        }
        for update in job.run_sync(&core.store) {
            self.take_update(core, update);
        }
    }

    /// Collects finished parts.
    pub(super) fn poll(&mut self, core: &mut Core) {
        let Some(task) = &self.computing else { return };
        let (updates, state) = task.poll();
        for update in updates {
            self.take_update(core, update);
        }
        if state != BackgroundState::Running {
            self.computing = None;
        }
        if state == BackgroundState::Failed {
            core.notify_error(text::background::unfinished(text::background::SCORES));
        }
    }

    fn page_deck(&self, core: &Core) -> Option<Arc<Deck>> {
        let id = match &self.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
            ScoresPage::Topic { deck, .. } | ScoresPage::Passages(deck) => deck,
        };
        core.library.deck(id).map(|loaded| loaded.deck.clone())
    }

    /// Returns to the topics if the deck or the topic on screen was removed.
    fn close_removed_pages(&mut self, core: &Core) {
        if self.view.deck.as_ref().is_some_and(|id| core.library.deck(id).is_none()) {
            self.apply(ScoresCommand::SetDeck(None));
        }
        let deck = self.page_deck(core);
        let is_removed = match &self.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => false,
            ScoresPage::Topic { topic, .. } => !deck.is_some_and(|deck| deck.topics.contains_key(topic)),
            ScoresPage::Passages(_) => deck.is_none_or(|deck| deck.source.is_none()),
        };
        if is_removed {
            self.open_page(ScoresPage::Topics);
        }
    }
}
