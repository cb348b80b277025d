//! The Scores screen: what it shows, and its computation on a background thread.

pub mod command;
mod computing;
pub mod detail;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use command::ScoresCommand;
use computing::{ScoresJob, ScoresUpdate};
pub use detail::TopicDetail;

use serde::{Deserialize, Serialize};

use super::decks::DeckCommand;
use super::overconfidence::MistakeSummary;
use super::{App, Command, Screen};
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::table::{TopicRow, TopicTable};
use crate::text::background as text;

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

/// The learner's view of the scores, remembered from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoresView {
    /// The id of the deck on screen; `None` for all decks.
    pub deck: Option<Arc<str>>,
    /// The period that accuracy and charts cover.
    pub period: Period,
    /// Whether every column is shown that has room.
    pub all_columns: bool,
}

impl Default for StaleParts {
    fn default() -> Self {
        Self { table: true, charts: true, page: true }
    }
}

/// A page of the Scores screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScoresPage {
    /// The table of topics and the charts.
    #[default]
    Topics,
    /// One topic.
    Topic {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key.
        topic: String,
    },
    /// The passages of a deck's source, by the deck's id.
    Passages(Arc<str>),
    /// The high-confidence errors.
    HighConfidenceErrors,
}

/// A column of the table of topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoresColumn {
    /// The topic's name.
    Topic,
    /// Share of cards that were seen.
    Coverage,
    /// Share of cards that are mastered.
    Mastery,
    /// Mean predicted recall today.
    Recall,
    /// Share of right answers.
    Accuracy,
    /// Number of answers.
    Answers,
    /// Mean score of answers.
    Score,
    /// Change of mean recall over 30 days.
    Trend,
    /// Median time of an answer.
    Time,
    /// Cards due.
    Due,
    /// Last day on which the topic was studied.
    LastStudied,
}

/// The order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoresSort {
    /// The column to sort by.
    pub column: ScoresColumn,
    /// Largest first; for names, from Z to A.
    pub descending: bool,
}

impl ScoresColumn {
    /// Whether the first click sorts in descending order: what needs attention comes first.
    fn begins_descending(self) -> bool {
        matches!(
            self,
            ScoresColumn::Time | ScoresColumn::Due | ScoresColumn::LastStudied | ScoresColumn::Answers
        )
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
            order.sort_by(|a, b| {
                let (a, b) = (self.sort_value(column, *a, table), self.sort_value(column, *b, table));
                compare(&a, &b, descending)
            });
        }
        order
    }

    fn sort_value<'a>(&self, column: ScoresColumn, at: usize, table: &'a TopicTable) -> SortValue<'a> {
        let row: &TopicRow = &table.rows[at];
        let score = &row.score;
        let number = |value: Option<f64>| value.map_or(SortValue::None, SortValue::Number);
        match column {
            ScoresColumn::Topic => SortValue::Text(&row.key.name),
            ScoresColumn::Coverage => number(score.coverage()),
            ScoresColumn::Mastery => number(score.mastery()),
            ScoresColumn::Recall => number(score.recall_now()),
            ScoresColumn::Accuracy => number(score.accuracy.share()),
            ScoresColumn::Answers => SortValue::Number(score.accuracy.answers as f64),
            ScoresColumn::Score => number(score.accuracy.mean_score()),
            ScoresColumn::Trend => {
                let trends = self.charts.as_ref().map(|charts| &charts.trends);
                number(trends.and_then(|trends| trends.get(at)?.change()))
            }
            ScoresColumn::Time => number(row.median_ms.map(f64::from)),
            ScoresColumn::Due => SortValue::Number(score.due as f64),
            ScoresColumn::LastStudied => number(score.last_studied.map(|day| f64::from(day.0))),
        }
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

    /// Cancels the running computation, and waits until it releases the progress, usually within a
    /// millisecond.
    pub(super) fn cancel(&mut self) {
        if let Some(task) = self.computing.take() {
            task.cancel();
            self.invalidate();
        }
    }

    fn apply(&mut self, update: ScoresUpdate) {
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
        }
    }
}

/// A value to sort rows by.
enum SortValue<'a> {
    Text(&'a str),
    Number(f64),
    None,
}

/// Compares two rows; rows without a value come last in both directions.
fn compare(a: &SortValue<'_>, b: &SortValue<'_>, descending: bool) -> Ordering {
    let directed = |order: Ordering| if descending { order.reverse() } else { order };
    match (a, b) {
        (SortValue::Text(a), SortValue::Text(b)) => directed(a.cmp(b)),
        (SortValue::Number(a), SortValue::Number(b)) => directed(a.total_cmp(b)),
        (SortValue::None, SortValue::None) => Ordering::Equal,
        (SortValue::None, _) => Ordering::Greater,
        (_, SortValue::None) => Ordering::Less,
        (_, _) => Ordering::Equal,
    }
}

impl App {
    /// The state of the Scores screen.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// The decks that the scores cover.
    pub fn scored_decks(&self) -> impl Iterator<Item = &Arc<Deck>> {
        let only = self.scores.view.deck.clone();
        let decks = self.library.decks().iter().map(|loaded| &loaded.deck);
        decks.filter(move |deck| only.as_ref().is_none_or(|only| *only == deck.id))
    }

    pub(super) fn apply_scores(&mut self, command: ScoresCommand, now: &Moment) {
        let scores = &mut self.scores;
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
                    _ => column.begins_descending(),
                };
                scores.sort = Some(ScoresSort { column, descending });
            }
            ScoresCommand::ToggleColumns => scores.view.all_columns = !scores.view.all_columns,
            ScoresCommand::Open(page) => self.open_scores_page(page),
            ScoresCommand::Back => self.open_scores_page(ScoresPage::Topics),
            ScoresCommand::EditQuestion(deck, question) => {
                self.apply(Command::Go(Screen::Decks), now);
                self.apply(Command::Deck(DeckCommand::Open(deck)), now);
                self.apply(Command::Deck(DeckCommand::Edit(question)), now);
            }
            ScoresCommand::SetDeck(_) | ScoresCommand::SetPeriod(_) => {}
        }
    }

    fn open_scores_page(&mut self, page: ScoresPage) {
        let scores = &mut self.scores;
        if scores.page != page {
            scores.page = page;
            (scores.topic, scores.passages) = (None, None);
            scores.mistakes.clear();
            scores.stale.page = true;
        }
    }

    /// Starts computing what is out of date, if it is on screen.
    pub(super) fn refresh_scores(&mut self, now: &Moment) {
        if self.screen != Screen::Scores || self.active_session.is_some() {
            return;
        }
        self.close_removed_pages(now);
        let StaleParts { table, charts, page } = self.scores.stale;
        let charts = charts && self.scores.page == ScoresPage::Topics;
        if !(table || charts || page) {
            return;
        }
        if let Some(task) = self.scores.computing.take() {
            task.cancel();
        }
        let job = ScoresJob {
            decks: self.scored_decks().cloned().collect(),
            page_deck: self.scores_page_deck(),
            progress: self.progress.clone(),
            model: self.scheduler.model.clone(),
            today: now.day(),
            period: self.scores.view.period,
            page: self.scores.page.clone(),
            with_table: table,
            with_charts: charts,
            with_page: page,
            mistakes: match self.scores.page {
                ScoresPage::HighConfidenceErrors if page => self.unread_mistakes(),
                _ => Vec::new(),
            },
        };
        self.scores.stale =
            StaleParts { table: false, charts: self.scores.stale.charts && !charts, page: false };
        if self.repaint.is_connected()
            && self.progress.event_count() + self.library.card_locations().len() > MAX_SYNC_SIZE
        {
            self.scores.computing = Some(computing::spawn(job, self.dirs.data.clone(), self.repaint.clone()));
            return;
        }
        for update in job.run_sync(&self.store) {
            self.scores.apply(update);
        }
    }

    /// Collects finished parts.
    pub(super) fn poll_scores(&mut self) {
        let Some(task) = &self.scores.computing else { return };
        let (updates, state) = task.poll();
        for update in updates {
            self.scores.apply(update);
        }
        if state != BackgroundState::Running {
            self.scores.computing = None;
        }
        if state == BackgroundState::Failed {
            self.notify_error(text::unfinished(text::SCORES));
        }
    }

    fn scores_page_deck(&self) -> Option<Arc<Deck>> {
        let id = match &self.scores.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
            ScoresPage::Topic { deck, .. } | ScoresPage::Passages(deck) => deck,
        };
        self.library.deck(id).map(|loaded| loaded.deck.clone())
    }

    /// Returns to the topics if the deck or the topic on screen was removed.
    fn close_removed_pages(&mut self, now: &Moment) {
        if self.scores.view.deck.as_ref().is_some_and(|id| self.library.deck(id).is_none()) {
            self.apply_scores(ScoresCommand::SetDeck(None), now);
        }
        let deck = self.scores_page_deck();
        let is_removed = match &self.scores.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => false,
            ScoresPage::Topic { topic, .. } => !deck.is_some_and(|deck| deck.topics.contains_key(topic)),
            ScoresPage::Passages(_) => deck.is_none_or(|deck| deck.source.is_none()),
        };
        if is_removed {
            self.open_scores_page(ScoresPage::Topics);
        }
    }
}
