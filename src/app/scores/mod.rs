//! The Scores screen: what it shows, and computing it beside the window.

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

use super::background::BackgroundTask;
use super::decks::DeckCommand;
use super::overconfidence::MistakeSummary;
use super::{App, Command, Screen};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::score::Period;
use crate::domain::score::charts::ChartData;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::table::{TopicRow, TopicTable};

/// Up to this many cards and events together everything is computed within a fraction of a frame.
const MAX_SYNC_SIZE: usize = 4_000;

/// What the Scores screen shows.
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
    /// What is of an earlier state.
    stale: StaleParts,
    computing: Option<BackgroundTask<ScoresUpdate>>,
}

/// Parts that are to be computed again.
#[derive(Clone, Copy, Debug)]
struct StaleParts {
    table: bool,
    charts: bool,
    page: bool,
}

/// How the learner looks at the scores: kept from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoresView {
    /// The deck shown, by id; `None`: all.
    pub deck: Option<Arc<str>>,
    /// How far back.
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
    /// The source of a deck, by the deck's id, passage by passage.
    Passages(Arc<str>),
    /// The answers that the learner was sure of and that were wrong.
    HighConfidenceErrors,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoresColumn {
    /// The topic's name.
    Topic,
    /// Share ever seen.
    Coverage,
    /// Share mastered.
    Mastery,
    /// Mean recall today.
    Recall,
    /// Share of right answers.
    Accuracy,
    /// Number of answers.
    Answers,
    /// Mean score.
    Score,
    /// Change of recall over 30 days.
    Trend,
    /// Median time of an answer.
    Time,
    /// Cards due.
    Due,
    /// Last study day.
    Studied,
}

/// How the table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoresSort {
    /// By what.
    pub column: ScoresColumn,
    /// Largest first, and from Z to A.
    pub descending: bool,
}

impl ScoresColumn {
    /// The direction that tells most at the first click: what needs attention first.
    fn begins_descending(self) -> bool {
        matches!(self, ScoresColumn::Time | ScoresColumn::Due | ScoresColumn::Studied | ScoresColumn::Answers)
    }
}

impl Scores {
    /// The deck shown, by id; `None`: all.
    pub fn deck(&self) -> Option<&Arc<str>> {
        self.view.deck.as_ref()
    }

    /// How the learner looks at the scores.
    pub fn view(&self) -> &ScoresView {
        &self.view
    }

    /// How far back the screen looks.
    pub fn period(&self) -> Period {
        self.view.period
    }

    /// How the table is sorted; `None`: as the authors have it.
    pub fn sort(&self) -> Option<ScoresSort> {
        self.sort
    }

    /// Whether figures come before charts in the table.
    pub fn shows_all_columns(&self) -> bool {
        self.view.all_columns
    }

    /// The page shown.
    pub fn page(&self) -> &ScoresPage {
        &self.page
    }

    /// The table; `None` until it was computed for the first time.
    pub fn table(&self) -> Option<&TopicTable> {
        self.table.as_ref()
    }

    /// What the charts show; `None` until it was computed for the first time, and while it is of another table.
    pub fn charts(&self) -> Option<&ChartData> {
        self.charts.as_ref()
    }

    /// The topic of the page; `None` until it was computed.
    pub fn topic(&self) -> Option<&TopicDetail> {
        self.topic.as_ref()
    }

    /// The passages of the page; `None` until they were computed.
    pub fn passages(&self) -> Option<&[PassageScore]> {
        self.passages.as_deref()
    }

    /// An answer of which the learner was sure, and wrong, in words; `None` until it was read.
    pub fn mistake(&self, event: EventId) -> Option<&Arc<MistakeSummary>> {
        self.mistakes.get(&event)
    }

    /// Whether something is being computed.
    pub fn is_computing(&self) -> bool {
        self.computing.is_some()
    }

    /// Places of the table's rows in the order to show.
    pub fn order(&self) -> Vec<usize> {
        let Some(table) = &self.table else { return Vec::new() };
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        // Decks never studied have nothing to tell yet: they come last.
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
            ScoresColumn::Studied => number(score.last_studied.map(|day| f64::from(day.0))),
        }
    }

    /// The figures are others, of which the page of what was sure, but wrong, is made.
    pub(super) fn invalidate_page(&mut self) {
        self.stale.page = true;
    }

    /// As the learner looked at them the last time.
    pub(super) fn set_view(&mut self, view: ScoresView) {
        self.view = view;
        self.invalidate();
    }

    /// Something changed that the scores tell of.
    pub(super) fn invalidate(&mut self) {
        self.stale = StaleParts::default();
    }

    /// Ends what is being computed, and waits until it has given back what is shared: within a millisecond or so.
    pub(super) fn cancel(&mut self) {
        if let Some(computing) = self.computing.take() {
            computing.cancel();
            self.invalidate();
        }
    }

    fn apply(&mut self, part: ScoresUpdate) {
        match part {
            ScoresUpdate::Table(table) => self.table = Some(table),
            ScoresUpdate::Charts(charts) => self.charts = Some(charts),
            ScoresUpdate::Topic(topic) => self.topic = Some(topic),
            ScoresUpdate::Confusions(confusions) => {
                if let Some(topic) = &mut self.topic {
                    topic.confusions = confusions;
                }
            }
            ScoresUpdate::Mistake(event, words) => drop(self.mistakes.insert(event, words)),
            ScoresUpdate::Passages(passages) => self.passages = Some(passages),
        }
    }
}

/// What rows are compared by.
enum SortValue<'a> {
    Text(&'a str),
    Number(f64),
    None,
}

/// Rows without a value come last, whichever way round.
fn compare(a: &SortValue<'_>, b: &SortValue<'_>, descending: bool) -> Ordering {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    match (a, b) {
        (SortValue::Text(a), SortValue::Text(b)) => turned(a.cmp(b)),
        (SortValue::Number(a), SortValue::Number(b)) => turned(a.total_cmp(b)),
        (SortValue::None, SortValue::None) => Ordering::Equal,
        (SortValue::None, _) => Ordering::Greater,
        (_, SortValue::None) => Ordering::Less,
        (_, _) => Ordering::Equal,
    }
}

impl App {
    /// What the Scores screen shows.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// The decks that the scores are about.
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
                // Rows and trends of other decks say nothing of these.
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

    /// Begins to compute what is of an earlier state, if it can be seen.
    pub(super) fn refresh_scores(&mut self, now: &Moment) {
        if self.screen != Screen::Scores || self.study.is_some() {
            return;
        }
        self.close_removed_pages(now);
        let StaleParts { table, charts, page } = self.scores.stale;
        let charts = charts && self.scores.page == ScoresPage::Topics;
        if !(table || charts || page) {
            return;
        }
        if let Some(computing) = self.scores.computing.take() {
            computing.cancel();
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
            && self.progress.event_count() + self.library.questions().len() > MAX_SYNC_SIZE
        {
            self.scores.computing = Some(computing::spawn(job, self.dirs.data.clone(), self.repaint.clone()));
            return;
        }
        for part in job.run_sync(&self.store) {
            self.scores.apply(part);
        }
    }

    /// Takes what was computed meanwhile.
    pub(super) fn poll_scores(&mut self) {
        let Some(computing) = &self.scores.computing else { return };
        let (parts, is_done) = computing.poll();
        for part in parts {
            self.scores.apply(part);
        }
        if is_done {
            self.scores.computing = None;
        }
    }

    fn scores_page_deck(&self) -> Option<Arc<Deck>> {
        let id = match &self.scores.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
            ScoresPage::Topic { deck, .. } | ScoresPage::Passages(deck) => deck,
        };
        self.library.deck(id).map(|loaded| loaded.deck.clone())
    }

    /// A deck or a topic may be gone since it was opened.
    fn close_removed_pages(&mut self, now: &Moment) {
        if self.scores.view.deck.as_ref().is_some_and(|id| self.library.deck(id).is_none()) {
            self.apply_scores(ScoresCommand::SetDeck(None), now);
        }
        let deck = self.scores_page_deck();
        let is_gone = match &self.scores.page {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => false,
            ScoresPage::Topic { topic, .. } => !deck.is_some_and(|deck| deck.topics.contains_key(topic)),
            ScoresPage::Passages(_) => deck.is_none_or(|deck| deck.source.is_none()),
        };
        if is_gone {
            self.open_scores_page(ScoresPage::Topics);
        }
    }
}
