//! The questions of a deck as a table that can be searched, filtered and sorted. Designed for 100,000
//! questions.

use std::collections::HashMap;

use memchr::memmem::Finder;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::card::CardPhase;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::Due;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;
use crate::domain::question::{Kind, Question, TextRole};
use crate::domain::queue::is_due;
use crate::domain::rating::Rating;
use crate::text;

/// The status of a question: the most urgent one among its cards. The order is that of the column "Due".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionStatus {
    /// A card is due today.
    Due,
    /// A card is in its learning steps.
    Learning,
    /// A card is new.
    New,
    /// Its cards are due on a later day.
    Later,
    /// All its cards are suspended.
    Suspended,
}

/// A filter for the status of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusFilter {
    /// New cards.
    New,
    /// Cards in their learning steps.
    Learning,
    /// Cards due today.
    Due,
    /// Suspended cards.
    Suspended,
    /// Leeches.
    Leech,
}

impl StatusFilter {
    /// Every filter, in the order shown.
    pub const ALL: [StatusFilter; 5] = [
        StatusFilter::New,
        StatusFilter::Learning,
        StatusFilter::Due,
        StatusFilter::Suspended,
        StatusFilter::Leech,
    ];

    /// The name in the window.
    pub fn label(self) -> &'static str {
        match self {
            StatusFilter::New => text::decks::STATUS_NEW,
            StatusFilter::Learning => text::decks::STATUS_LEARNING,
            StatusFilter::Due => text::decks::STATUS_DUE,
            StatusFilter::Suspended => text::decks::STATUS_SUSPENDED,
            StatusFilter::Leech => text::decks::STATUS_LEECH,
        }
    }
}

/// The column that the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuestionColumn {
    /// The order of the file.
    #[default]
    FileOrder,
    /// The prompt, alphabetically.
    Question,
    /// The topic, in the deck's order.
    Topic,
    /// The answer kind.
    Kind,
    /// Predicted recall today.
    Recall,
    /// The due date.
    Due,
}

/// Filter and order of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionTableView {
    /// Words that a question must all contain.
    pub search: String,
    /// Only questions of this topic, by key.
    pub topic: Option<String>,
    /// Only questions of this kind.
    pub kind: Option<Kind>,
    /// Only questions of this status.
    pub status: Option<StatusFilter>,
    /// The column to sort by.
    pub sort: QuestionColumn,
    /// Whether the order is reversed.
    pub descending: bool,
}

impl QuestionTableView {
    /// Whether no filter is set.
    pub fn is_unfiltered(&self) -> bool {
        self.search.trim().is_empty() && self.topic.is_none() && self.kind.is_none() && self.status.is_none()
    }
}

/// What the table shows of a question besides its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuestionRow {
    /// The most urgent status of its cards.
    pub status: QuestionStatus,
    /// Whether one of its cards is a leech.
    pub is_leech: bool,
    /// The lowest predicted recall of its cards today, from 0 to 1; 0 while a card is being learned. `None`
    /// if no card was seen.
    pub recall: Option<f32>,
    /// Whether a card is being learned.
    pub is_being_learned: bool,
    /// The worst last rating of its cards.
    pub last_rating: Option<Rating>,
    /// When its next card is due.
    pub due: Option<Due>,
    topic: u32,
    kind: Kind,
}

/// The table of one deck.
#[derive(Clone, Debug, Default)]
pub struct QuestionTable {
    rows: Vec<QuestionRow>,
    /// The folded text of all questions in one string, so that a search is a single scan.
    words: String,
    /// The end of each question's text in `words`.
    ends: Vec<usize>,
    /// The end of each question's prompt in `words`.
    prompt_ends: Vec<usize>,
    order: Vec<u32>,
    ordered_by: Option<(QuestionColumn, bool)>,
    visible: Vec<u32>,
}

impl QuestionTable {
    /// The table of a deck for a day, filtered and sorted by `view`.
    pub fn new(
        deck: &Deck,
        progress: &Progress,
        model: &MemoryModel,
        today: StudyDay,
        view: &QuestionTableView,
    ) -> Self {
        let mut table = Self::default();
        let topics: HashMap<&str, u32> = deck.topics.keys().map(String::as_str).zip(0..).collect();
        for question in deck.questions.iter() {
            let topic = topics.get(question.topic.as_str()).copied().unwrap_or(u32::MAX);
            table.rows.push(question_row(deck, question, topic, progress, model, today));
            push_folded(&mut table.words, &question.prompt);
            table.prompt_ends.push(table.words.len());
            for_each_text(question, |text| {
                table.words.push(' ');
                push_folded(&mut table.words, text);
            });
            // A search term has no line feed, so that no match can span two questions.
            table.words.push('\n');
            table.ends.push(table.words.len());
        }
        table.apply_view(deck, view);
        table
    }

    /// Applies filter and order; `deck` must be the deck that the table was made from.
    pub fn apply_view(&mut self, deck: &Deck, view: &QuestionTableView) {
        self.sort(view.sort, view.descending);
        let topic = view.topic.as_ref().and_then(|key| deck.topics.get_index_of(key)).map(|at| at as u32);
        let found = self.matching(&view.search);
        let rows = &self.rows;
        let fits = |at: u32| {
            let row = &rows[at as usize];
            found.as_ref().is_none_or(|found| found[at as usize])
                && (view.topic.is_none() || topic == Some(row.topic))
                && view.kind.is_none_or(|kind| kind == row.kind)
                && view.status.is_none_or(|standing| row.matches(standing))
        };
        self.visible.clear();
        self.visible.extend(self.order.iter().copied().filter(|at| fits(*at)));
    }

    /// Indices of the visible questions, in the order of the table.
    pub fn visible(&self) -> &[u32] {
        &self.visible
    }

    /// The row of a question, by its index in the deck.
    pub fn row(&self, question: usize) -> Option<&QuestionRow> {
        self.rows.get(question)
    }

    /// For each question, whether it contains every word of the search; `None` for an empty search.
    fn matching(&self, search: &str) -> Option<Vec<bool>> {
        let mut folded = String::new();
        push_folded(&mut folded, search);
        let mut words = folded.split_whitespace();
        let mut found = self.containing(words.next()?);
        for word in words {
            let also = self.containing(word);
            found.iter_mut().zip(also).for_each(|(all, this)| *all &= this);
        }
        Some(found)
    }

    fn containing(&self, word: &str) -> Vec<bool> {
        let mut found = vec![false; self.ends.len()];
        let finder = Finder::new(word);
        let (mut row, mut from) = (0, 0);
        while let Some(at) = finder.find(&self.words.as_bytes()[from..]) {
            let at = from + at;
            while self.ends[row] <= at {
                row += 1;
            }
            found[row] = true;
            from = self.ends[row];
        }
        found
    }

    fn sort(&mut self, by: QuestionColumn, descending: bool) {
        if self.ordered_by == Some((by, descending)) {
            return;
        }
        self.ordered_by = Some((by, descending));
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        let row = |at: u32| &self.rows[at as usize];
        match by {
            QuestionColumn::FileOrder => {}
            QuestionColumn::Question => {
                let prompt = |at: u32| {
                    let start = if at == 0 { 0 } else { self.ends[at as usize - 1] };
                    &self.words[start..self.prompt_ends[at as usize]]
                };
                // The first bytes decide nearly always, and comparing them is much faster than looking up the
                // text.
                let mut keyed: Vec<(u64, u32)> =
                    order.iter().map(|at| (first_bytes(prompt(*at)), *at)).collect();
                keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| prompt(a.1).cmp(prompt(b.1))));
                order = keyed.into_iter().map(|(_, at)| at).collect();
            }
            QuestionColumn::Topic => order.sort_by_key(|at| row(*at).topic),
            QuestionColumn::Kind => order.sort_by_key(|at| row(*at).kind.label()),
            // Questions that were never seen come last in both directions.
            QuestionColumn::Recall => order.sort_by(|a, b| match (row(*a).recall, row(*b).recall) {
                (Some(known_a), Some(known_b)) => {
                    // At equal recall, the question with the worse last rating counts as the weaker one.
                    let ratings = row(*a).last_rating.cmp(&row(*b).last_rating);
                    let order = known_a.total_cmp(&known_b).then(ratings);
                    if descending { order.reverse() } else { order }
                }
                (a, b) => a.is_none().cmp(&b.is_none()),
            }),
            QuestionColumn::Due => order.sort_by_key(|at| (row(*at).status, row(*at).due_order())),
        }
        if descending && by != QuestionColumn::Recall {
            order.reverse();
        }
        self.order = order;
    }
}

impl QuestionRow {
    fn matches(&self, standing: StatusFilter) -> bool {
        match standing {
            StatusFilter::New => self.status == QuestionStatus::New,
            StatusFilter::Learning => self.status == QuestionStatus::Learning,
            StatusFilter::Due => self.status == QuestionStatus::Due,
            StatusFilter::Suspended => self.status == QuestionStatus::Suspended,
            StatusFilter::Leech => self.is_leech,
        }
    }

    fn due_order(&self) -> i64 {
        match self.due {
            Some(Due::At(ms)) => ms / 86_400_000,
            Some(Due::Day(day)) => i64::from(day.0),
            None => i64::MAX,
        }
    }
}

fn question_row(
    deck: &Deck,
    question: &Question,
    topic: u32,
    progress: &Progress,
    model: &MemoryModel,
    today: StudyDay,
) -> QuestionRow {
    let mut row = QuestionRow {
        status: QuestionStatus::Suspended,
        is_leech: false,
        recall: None,
        is_being_learned: false,
        last_rating: None,
        due: None,
        topic,
        kind: question.answer.kind(),
    };
    for facet in question.facets() {
        let key = crate::domain::ids::CardKey::new(deck.id.clone(), question.id.clone(), facet);
        let state = progress.state(&key);
        row.is_leech |= state.is_leech();
        if let Some(recall) = state.recall_now(model, today) {
            let recall = recall as f32;
            row.is_being_learned |= state.is_being_learned();
            row.last_rating = match (row.last_rating, state.last_rating) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            row.recall = Some(row.recall.map_or(recall, |least| least.min(recall)));
        }
        if state.suspended {
            continue;
        }
        let standing = match state.phase {
            CardPhase::New => QuestionStatus::New,
            CardPhase::Learning { .. } | CardPhase::Relearning { .. }
                if matches!(state.due, Some(Due::At(_))) =>
            {
                QuestionStatus::Learning
            }
            _ if is_due(state, today) && state.is_available(today) => QuestionStatus::Due,
            _ => QuestionStatus::Later,
        };
        row.status = row.status.min(standing);
        row.due = match (row.due, state.due) {
            (Some(a), Some(b)) => Some(sooner(a, b)),
            (a, b) => a.or(b),
        };
    }
    row
}

fn sooner(a: Due, b: Due) -> Due {
    match (a, b) {
        (Due::At(_), Due::Day(_)) => a,
        (Due::Day(_), Due::At(_)) => b,
        (Due::At(x), Due::At(y)) => Due::At(x.min(y)),
        (Due::Day(x), Due::Day(y)) => Due::Day(x.min(y)),
    }
}

/// Calls `each` for every text of a question that a search looks into, except the prompt.
fn for_each_text(question: &Question, mut each: impl FnMut(&str)) {
    question.answer.for_each_text(|role, text| match role {
        TextRole::Back | TextRole::Option | TextRole::Accepted | TextRole::Reading | TextRole::Value => {
            each(&text);
        }
        // Gaps are in the prompt, and reasons are not what one looks for.
        TextRole::Gap | TextRole::Note => {}
    });
    each(&question.id);
    question.tags.iter().for_each(|tag| each(tag));
}

/// Appends `text` in NFC and lower case, so that a search ignores case and Unicode composition.
fn push_folded(out: &mut String, text: &str) {
    let mut push = |c: char| match c {
        '\n' | '\r' => out.push(' '),
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c => out.extend(c.to_lowercase()),
    };
    if is_nfc(text) { text.chars().for_each(&mut push) } else { text.nfc().for_each(push) }
}

fn first_bytes(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text.as_bytes()) {
        *to = *from;
    }
    u64::from_be_bytes(bytes)
}
