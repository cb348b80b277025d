//! The Scores screen: what it shows, and computing it beside the window.

pub mod command;
mod computing;
pub mod detail;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use command::ScoresCommand;
use computing::{Job, Part};
pub use detail::TopicDetail;

use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::decks::DeckCommand;
use super::sure::MistakeWords;
use super::{App, Command, Screen};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::EventId;
use crate::domain::score::Period;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::pictures::Pictures;
use crate::domain::score::table::{Row, Table};

/// Up to this many cards and events together everything is computed within a fraction of a frame.
const LITTLE: usize = 4_000;

/// What the Scores screen shows.
#[derive(Debug, Default)]
pub struct Scores {
    view: ScoresView,
    sort: Option<Sort>,
    page: Page,
    table: Option<Table>,
    pictures: Option<Pictures>,
    topic: Option<TopicDetail>,
    passages: Option<Vec<PassageScore>>,
    mistakes: HashMap<EventId, Arc<MistakeWords>>,
    /// What is of an earlier state.
    stale: Stale,
    computing: Option<Beside<Part>>,
}

/// Parts that are to be computed again.
#[derive(Clone, Copy, Debug)]
struct Stale {
    table: bool,
    pictures: bool,
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

impl Default for Stale {
    fn default() -> Self {
        Self { table: true, pictures: true, page: true }
    }
}

/// A page of the Scores screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The table of topics and the pictures.
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
    SureButWrong,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
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
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Largest first, and from Z to A.
    pub descending: bool,
}

impl Column {
    /// The direction that tells most at the first click: what needs attention first.
    fn begins_descending(self) -> bool {
        matches!(self, Column::Time | Column::Due | Column::Studied | Column::Answers)
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
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// Whether figures come before pictures in the table.
    pub fn shows_all_columns(&self) -> bool {
        self.view.all_columns
    }

    /// The page shown.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The table; `None` until it was computed for the first time.
    pub fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }

    /// What the pictures show; `None` until it was computed for the first time, and while it is of another table.
    pub fn pictures(&self) -> Option<&Pictures> {
        self.pictures.as_ref()
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
    pub fn mistake(&self, event: EventId) -> Option<&Arc<MistakeWords>> {
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
        if let Some(Sort { column, descending }) = self.sort {
            order.sort_by(|a, b| {
                let (a, b) = (self.value(column, *a, table), self.value(column, *b, table));
                compare(&a, &b, descending)
            });
        }
        order
    }

    fn value<'a>(&self, column: Column, at: usize, table: &'a Table) -> Value<'a> {
        let row: &Row = &table.rows[at];
        let score = &row.score;
        let number = |value: Option<f64>| value.map_or(Value::None, Value::Number);
        match column {
            Column::Topic => Value::Text(&row.key.name),
            Column::Coverage => number(score.coverage()),
            Column::Mastery => number(score.mastery()),
            Column::Recall => number(score.recall_now()),
            Column::Accuracy => number(score.accuracy.share()),
            Column::Answers => Value::Number(score.accuracy.answers as f64),
            Column::Score => number(score.accuracy.mean_score()),
            Column::Trend => {
                let trends = self.pictures.as_ref().map(|pictures| &pictures.trends);
                number(trends.and_then(|trends| trends.get(at)?.change()))
            }
            Column::Time => number(row.median_ms.map(f64::from)),
            Column::Due => Value::Number(score.due as f64),
            Column::Studied => number(score.last_studied.map(|day| f64::from(day.0))),
        }
    }

    /// The figures are others, of which the page of what was sure, but wrong, is made.
    pub(super) fn touch_page(&mut self) {
        self.stale.page = true;
    }

    /// As the learner looked at them the last time.
    pub(super) fn look_as(&mut self, view: ScoresView) {
        self.view = view;
        self.touch();
    }

    /// Something changed that the scores tell of.
    pub(super) fn touch(&mut self) {
        self.stale = Stale::default();
    }

    /// Ends what is being computed, and waits until it has given back what is shared: within a millisecond or so.
    pub(super) fn call_off(&mut self) {
        if let Some(computing) = self.computing.take() {
            computing.call_off();
            self.touch();
        }
    }

    fn take(&mut self, part: Part) {
        match part {
            Part::Table(table) => self.table = Some(table),
            Part::Pictures(pictures) => self.pictures = Some(pictures),
            Part::Topic(topic) => self.topic = Some(topic),
            Part::Confusions(confusions) => {
                if let Some(topic) = &mut self.topic {
                    topic.confusions = confusions;
                }
            }
            Part::Mistake(event, words) => drop(self.mistakes.insert(event, words)),
            Part::Passages(passages) => self.passages = Some(passages),
        }
    }
}

/// What rows are compared by.
enum Value<'a> {
    Text(&'a str),
    Number(f64),
    None,
}

/// Rows without a value come last, whichever way round.
fn compare(a: &Value<'_>, b: &Value<'_>, descending: bool) -> Ordering {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => turned(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => turned(a.total_cmp(b)),
        (Value::None, Value::None) => Ordering::Equal,
        (Value::None, _) => Ordering::Greater,
        (_, Value::None) => Ordering::Less,
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
                (scores.table, scores.pictures) = (None, None);
                scores.touch();
            }
            ScoresCommand::SetPeriod(period) if scores.view.period != period => {
                scores.view.period = period;
                scores.touch();
            }
            ScoresCommand::SortBy(column) => {
                let descending = match scores.sort {
                    Some(sort) if sort.column == column => !sort.descending,
                    _ => column.begins_descending(),
                };
                scores.sort = Some(Sort { column, descending });
            }
            ScoresCommand::ToggleColumns => scores.view.all_columns = !scores.view.all_columns,
            ScoresCommand::Open(page) => self.open_scores_page(page),
            ScoresCommand::Back => self.open_scores_page(Page::Topics),
            ScoresCommand::EditQuestion(deck, question) => {
                self.apply(Command::Go(Screen::Decks), now);
                self.apply(Command::Deck(DeckCommand::Open(deck)), now);
                self.apply(Command::Deck(DeckCommand::Edit(question)), now);
            }
            ScoresCommand::SetDeck(_) | ScoresCommand::SetPeriod(_) => {}
        }
    }

    fn open_scores_page(&mut self, page: Page) {
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
        self.leave_what_is_gone(now);
        let Stale { table, pictures, page } = self.scores.stale;
        let pictures = pictures && self.scores.page == Page::Topics;
        if !(table || pictures || page) {
            return;
        }
        if let Some(computing) = self.scores.computing.take() {
            computing.call_off();
        }
        let job = Job {
            decks: self.scored_decks().cloned().collect(),
            page_deck: self.page_deck_of_scores(),
            progress: self.progress.clone(),
            model: self.scheduler.model.clone(),
            today: now.day(),
            period: self.scores.view.period,
            page: self.scores.page.clone(),
            with_table: table,
            with_pictures: pictures,
            with_page: page,
            mistakes: match self.scores.page {
                Page::SureButWrong if page => self.unread_mistakes(),
                _ => Vec::new(),
            },
        };
        self.scores.stale =
            Stale { table: false, pictures: self.scores.stale.pictures && !pictures, page: false };
        if self.wake.is_heard() && self.progress.events() + self.library.questions().len() > LITTLE {
            self.scores.computing = Some(computing::begin(job, self.dirs.data.clone(), self.wake.clone()));
            return;
        }
        for part in job.at_once(&self.store) {
            self.scores.take(part);
        }
    }

    /// Takes what was computed meanwhile.
    pub(super) fn poll_scores(&mut self) {
        let Some(computing) = &self.scores.computing else { return };
        let (parts, is_done) = computing.poll();
        for part in parts {
            self.scores.take(part);
        }
        if is_done {
            self.scores.computing = None;
        }
    }

    fn page_deck_of_scores(&self) -> Option<Arc<Deck>> {
        let id = match &self.scores.page {
            Page::Topics | Page::SureButWrong => return None,
            Page::Topic { deck, .. } | Page::Passages(deck) => deck,
        };
        self.library.deck(id).map(|loaded| loaded.deck.clone())
    }

    /// A deck or a topic may be gone since it was opened.
    fn leave_what_is_gone(&mut self, now: &Moment) {
        if self.scores.view.deck.as_ref().is_some_and(|id| self.library.deck(id).is_none()) {
            self.apply_scores(ScoresCommand::SetDeck(None), now);
        }
        let deck = self.page_deck_of_scores();
        let is_gone = match &self.scores.page {
            Page::Topics | Page::SureButWrong => false,
            Page::Topic { topic, .. } => !deck.is_some_and(|deck| deck.topics.contains_key(topic)),
            Page::Passages(_) => deck.is_none_or(|deck| deck.source.is_none()),
        };
        if is_gone {
            self.open_scores_page(Page::Topics);
        }
    }
}
