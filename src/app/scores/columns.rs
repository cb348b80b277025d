//! What a topic's scores consist of. [`COLUMNS`] are for people: the table of the window and that of `linchpin stats`.
//! [`FIELDS`] are for other programs: CSV and JSON.

use crate::text::scores::ColumnText;
use crate::text::{self, words};
use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use crate::domain::day::StudyDay;
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::table::TopicRow;
use crate::domain::score::trend::Trend;

/// A column of the table of topics, in the order of [`COLUMNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoresColumn {
    /// The topic's name.
    Topic,
    /// Share of cards that are mastered.
    Mastery,
    /// Share of cards that were seen.
    Coverage,
    /// Mean predicted recall today.
    Recall,
    /// Share of right answers.
    Accuracy,
    /// The interval of the accuracy and the number of answers.
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

/// What the columns show of one topic.
#[derive(Clone, Copy, Debug)]
pub struct TopicFigures<'a> {
    /// The topic with its scores.
    pub row: &'a TopicRow,
    /// Its recall over the last 30 days. `None` until it is computed, which takes longer.
    pub trend: Option<&'a Trend>,
}

/// How a column is shown, sorted and said.
pub struct ColumnSpec {
    /// Which column it is.
    pub column: ScoresColumn,
    /// The heading and its tooltip.
    pub text: ColumnText,
    /// Width in points. Not used for the topic's name, which takes what is left.
    pub width: f32,
    /// The higher, the sooner the column goes when there is no room. Columns of rank 0 always stay; those of one rank go
    /// together.
    pub drop_rank: u8,
    /// Where its cells begin.
    pub alignment: ColumnAlignment,
    /// Whether the first click sorts in descending order: what needs attention comes first.
    pub begins_descending: bool,
    /// What a cell shows, and what rows are sorted by.
    pub value: for<'a> fn(&TopicFigures<'a>) -> CellValue<'a>,
    /// The cell for screen readers and tooltips. `None` if there is no figure yet, or if another cell says it.
    pub words: fn(&TopicFigures<'_>, StudyDay) -> Option<String>,
    /// What `linchpin stats` prints of it.
    pub printed: &'static [PrintedColumn],
}

/// Where the cells of a column begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAlignment {
    /// At the left end.
    Left,
    /// At the left, after a space: what is drawn there is no text.
    Indented,
    /// At the right end.
    Right,
}

/// A column of the table that `linchpin stats` prints.
pub struct PrintedColumn {
    /// The heading.
    pub heading: &'static str,
    /// Least width in characters.
    pub width: usize,
    /// The cell. `None` if there is no figure yet.
    pub cell: fn(&TopicRow, StudyDay) -> Option<String>,
}

const fn printed(
    heading: &'static str,
    width: usize,
    cell: fn(&TopicRow, StudyDay) -> Option<String>,
) -> PrintedColumn {
    PrintedColumn { heading, width, cell }
}

/// Every column, from left to right.
pub static COLUMNS: [ColumnSpec; 11] = [
    ColumnSpec {
        column: ScoresColumn::Topic,
        text: text::scores::TOPIC,
        width: 0.0,
        drop_rank: 0,
        alignment: ColumnAlignment::Left,
        begins_descending: false,
        value: |topic| CellValue::Name(&topic.row.key.name),
        words: |topic, _| Some(topic.row.key.name.clone()),
        printed: &[],
    },
    ColumnSpec {
        column: ScoresColumn::Mastery,
        text: text::scores::MASTERY,
        width: 80.0,
        drop_rank: 2,
        alignment: ColumnAlignment::Right,
        begins_descending: false,
        value: |topic| CellValue::Share(topic.row.score.mastery()),
        words: |topic, _| topic.row.score.mastery().map(text::scores::mastery),
        printed: &[printed(text::scores::printed::MASTERY, 8, |row, _| {
            row.score.mastery().map(words::percent)
        })],
    },
    ColumnSpec {
        column: ScoresColumn::Coverage,
        text: text::scores::COVERAGE,
        width: 74.0,
        drop_rank: 6,
        alignment: ColumnAlignment::Right,
        begins_descending: false,
        value: |topic| CellValue::Part(topic.row.score.seen, topic.row.score.cards),
        words: |topic, _| Some(text::scores::coverage(&topic.row.score)),
        printed: &[printed(text::scores::printed::COVERAGE, 9, |row, _| {
            row.score.coverage().map(words::percent)
        })],
    },
    ColumnSpec {
        column: ScoresColumn::Recall,
        text: text::scores::RECALL,
        width: 64.0,
        drop_rank: 0,
        alignment: ColumnAlignment::Indented,
        begins_descending: false,
        value: |topic| CellValue::Recall(topic.row.score.recall_now(), topic.row.score.knowledge_level()),
        words: |topic, _| text::scores::recall(&topic.row.score),
        printed: &[printed(text::scores::printed::RECALL, 7, |row, _| {
            row.score.recall_now().map(words::percent)
        })],
    },
    ColumnSpec {
        column: ScoresColumn::Accuracy,
        text: text::scores::ACCURACY,
        width: 84.0,
        drop_rank: 1,
        alignment: ColumnAlignment::Right,
        begins_descending: false,
        value: |topic| CellValue::Share(topic.row.score.accuracy.share()),
        words: |topic, _| text::scores::accuracy(&topic.row.score.accuracy),
        printed: &[printed(text::scores::printed::ACCURACY, 25, |row, _| {
            text::scores::printed_accuracy(&row.score.accuracy)
        })],
    },
    ColumnSpec {
        column: ScoresColumn::Answers,
        text: text::scores::ANSWERS,
        width: 98.0,
        drop_rank: 4,
        alignment: ColumnAlignment::Right,
        begins_descending: true,
        value: |topic| {
            let accuracy = &topic.row.score.accuracy;
            CellValue::Interval(accuracy.interval(), accuracy.answers)
        },
        // The words of the accuracy say it.
        words: |_, _| None,
        printed: &[],
    },
    ColumnSpec {
        column: ScoresColumn::Score,
        text: text::scores::MEAN_SCORE,
        width: 70.0,
        drop_rank: 7,
        alignment: ColumnAlignment::Right,
        begins_descending: false,
        value: |topic| CellValue::Share(topic.row.score.accuracy.mean_score()),
        words: |topic, _| topic.row.score.accuracy.mean_score().map(text::scores::mean_score),
        printed: &[],
    },
    ColumnSpec {
        column: ScoresColumn::Trend,
        text: text::scores::TREND,
        width: 96.0,
        drop_rank: 5,
        alignment: ColumnAlignment::Indented,
        begins_descending: false,
        value: |topic| CellValue::Trend(topic.trend),
        words: |topic, _| topic.trend.and_then(Trend::change).map(text::scores::trend),
        printed: &[],
    },
    ColumnSpec {
        column: ScoresColumn::Time,
        text: text::scores::MEDIAN_TIME,
        width: 78.0,
        drop_rank: 8,
        alignment: ColumnAlignment::Right,
        begins_descending: true,
        value: |topic| CellValue::Time(topic.row.median_ms),
        words: |topic, _| topic.row.median_ms.map(text::scores::median_time),
        printed: &[printed(text::scores::printed::SECONDS, 8, |row, _| {
            row.median_ms.map(|ms| format!("{:.1}", f64::from(ms) / 1000.0))
        })],
    },
    ColumnSpec {
        column: ScoresColumn::Due,
        text: text::scores::DUE,
        width: 56.0,
        drop_rank: 0,
        alignment: ColumnAlignment::Right,
        begins_descending: true,
        value: |topic| CellValue::Count(topic.row.score.due),
        words: |topic, _| Some(text::scores::due(topic.row.score.due)),
        printed: &[
            printed(text::scores::printed::DUE, 4, |row, _| Some(row.score.due.to_string())),
            printed(text::scores::printed::NEW, 4, |row, _| Some(row.score.new_cards.to_string())),
        ],
    },
    ColumnSpec {
        column: ScoresColumn::LastStudied,
        text: text::scores::LAST_STUDIED,
        width: 116.0,
        drop_rank: 9,
        alignment: ColumnAlignment::Right,
        begins_descending: true,
        value: |topic| CellValue::Day(topic.row.score.last_studied),
        words: |topic, today| Some(text::scores::last_studied(topic.row.score.last_studied, today)),
        printed: &[printed(text::scores::printed::STUDIED, 0, |row, today| {
            row.score.last_studied.map(|day| words::days_ago(day, today))
        })],
    },
];

// `ScoresColumn::spec` relies on this order.
const _: () = {
    let mut at = 0;
    while at < COLUMNS.len() {
        assert!(COLUMNS[at].column as usize == at);
        at += 1;
    }
};

impl ScoresColumn {
    /// How the column is shown, sorted and said.
    pub fn spec(self) -> &'static ColumnSpec {
        &COLUMNS[self as usize]
    }
}

/// What a cell of the table holds.
#[derive(Clone, Copy, Debug)]
pub enum CellValue<'a> {
    /// The name of a topic.
    Name(&'a str),
    /// A share, 0 to 1.
    Share(Option<f64>),
    /// Mean recall, 0 to 1, and how well that is known.
    Recall(Option<f64>, KnowledgeLevel),
    /// A number of cards, and how many there are in all.
    Part(usize, usize),
    /// The 95 % interval of a share, and the number of answers that it is of.
    Interval(Option<(f64, f64)>, usize),
    /// Recall over 30 days.
    Trend(Option<&'a Trend>),
    /// A time in milliseconds.
    Time(Option<u32>),
    /// A number of cards.
    Count(usize),
    /// A study day.
    Day(Option<StudyDay>),
}

impl CellValue<'_> {
    /// The value as text. `None` without a value, and for a trend, which is drawn.
    pub fn text(&self, today: StudyDay) -> Option<String> {
        match *self {
            CellValue::Name(name) => Some(name.to_owned()),
            CellValue::Share(share) | CellValue::Recall(share, _) => share.map(words::percent),
            CellValue::Part(part, whole) => Some(format!("{part}/{whole}")),
            CellValue::Interval(interval, answers) => {
                let range = words::percent_range(interval?);
                Some(format!("{range}\u{a0}({})", short_count(answers)))
            }
            CellValue::Trend(_) => None,
            CellValue::Time(ms) => ms.map(words::answer_time),
            CellValue::Count(count) => Some(count.to_string()),
            CellValue::Day(day) => day.map(|day| words::days_ago(day, today)),
        }
    }

    /// Whether the value only supports another one or needs no attention.
    pub fn is_secondary(&self) -> bool {
        match self {
            CellValue::Name(_) | CellValue::Share(_) | CellValue::Recall(..) | CellValue::Trend(_) => false,
            CellValue::Part(..) | CellValue::Interval(..) | CellValue::Time(_) | CellValue::Day(_) => true,
            CellValue::Count(count) => *count == 0,
        }
    }

    /// The number to sort by. `None` for a name, and without a value.
    fn number(&self) -> Option<f64> {
        match *self {
            CellValue::Name(_) => None,
            CellValue::Share(share) | CellValue::Recall(share, _) => share,
            CellValue::Part(part, whole) => (whole > 0).then(|| part as f64 / whole as f64),
            CellValue::Interval(_, answers) => Some(answers as f64),
            CellValue::Trend(trend) => trend.and_then(Trend::change),
            CellValue::Time(ms) => ms.map(f64::from),
            CellValue::Count(count) => Some(count as f64),
            CellValue::Day(day) => day.map(|day| f64::from(day.0)),
        }
    }

    /// Compares two cells of a column. Those without a value come last in both directions.
    pub(super) fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let directed = |order: Ordering| if descending { order.reverse() } else { order };
        if let (CellValue::Name(ours), CellValue::Name(theirs)) = (self, other) {
            return directed(ours.cmp(theirs));
        }
        match (self.number(), other.number()) {
            (Some(ours), Some(theirs)) => directed(ours.total_cmp(&theirs)),
            (ours, theirs) => ours.is_none().cmp(&theirs.is_none()),
        }
    }
}

/// "1615", "12k": large numbers are shortened, because their last digits say nothing.
fn short_count(number: usize) -> String {
    if number < 10_000 { number.to_string() } else { format!("{}k", number / 1_000) }
}

/// A figure of a topic as other programs read it. Its name is that of a column of the CSV and of a key of the JSON, and
/// never changes.
pub struct ScoreField {
    /// The name.
    pub name: &'static str,
    /// What it means, for the help of the CSV. `None` if the name says it, or the help of the JSON.
    meaning: Option<&'static str>,
    /// Whether it is in the JSON; every one is in the CSV.
    pub is_in_json: bool,
    /// The value.
    pub value: fn(&TopicRow) -> FieldValue,
}

/// Every field, in the order of CSV and JSON.
pub static FIELDS: [ScoreField; 22] = [
    field("cards", |row| FieldValue::count(row.score.cards)).meaning(text::scores::field::CARDS),
    field("suspended", |row| FieldValue::count(row.score.suspended)),
    field("seen", |row| FieldValue::count(row.score.seen)),
    field("new", |row| FieldValue::count(row.score.new_cards)),
    field("due", |row| FieldValue::count(row.score.due)),
    ScoreField { is_in_json: false, ..field("mastered", |row| FieldValue::count(row.score.mastered)) },
    field("mastery", |row| FieldValue::Number(row.score.mastery())),
    field("coverage", |row| FieldValue::Number(row.score.coverage())),
    field("recall_now", |row| FieldValue::Number(row.score.recall_now())),
    field("known", |row| FieldValue::count(row.score.known())),
    field("being_learned", |row| FieldValue::count(row.score.learning)),
    field("expected", |row| FieldValue::Number(Some(row.score.expected.mean)))
        .meaning(text::scores::field::EXPECTED),
    field("expected_low", |row| FieldValue::Number(Some(row.score.expected.interval_95().0)))
        .meaning(text::scores::field::LOW),
    field("expected_high", |row| FieldValue::Number(Some(row.score.expected.interval_95().1)))
        .meaning(text::scores::field::HIGH),
    field("answers", |row| FieldValue::count(row.score.accuracy.answers)),
    field("right", |row| FieldValue::count(row.score.accuracy.right)),
    field("accuracy", |row| FieldValue::Number(row.score.accuracy.share())),
    field("accuracy_low", |row| FieldValue::Number(row.score.accuracy.interval().map(|(low, _)| low)))
        .meaning(text::scores::field::LOW),
    field("accuracy_high", |row| FieldValue::Number(row.score.accuracy.interval().map(|(_, high)| high)))
        .meaning(text::scores::field::HIGH),
    field("mean_score", |row| FieldValue::Number(row.score.accuracy.mean_score()))
        .meaning(text::scores::field::MEAN_SCORE),
    field("median_ms", |row| FieldValue::Whole(row.median_ms.map(u64::from)))
        .meaning(text::scores::field::MEDIAN_MS),
    field("last_studied", |row| FieldValue::Day(row.score.last_studied)),
];

const fn field(name: &'static str, value: fn(&TopicRow) -> FieldValue) -> ScoreField {
    ScoreField { name, meaning: None, is_in_json: true, value }
}

impl ScoreField {
    const fn meaning(self, meaning: &'static str) -> Self {
        Self { meaning: Some(meaning), ..self }
    }
}

/// The keys of the JSON, for the help of `linchpin stats`: "cards, suspended, …".
pub fn json_keys() -> String {
    let keys: Vec<&str> = FIELDS.iter().filter(|field| field.is_in_json).map(|field| field.name).collect();
    keys.join(", ")
}

/// The columns of the CSV with their meanings, for the help of `linchpin export`: "cards, without suspended ones; …".
pub fn csv_columns() -> String {
    let column = |field: &ScoreField| match field.meaning {
        Some(meaning) => format!("{}, {meaning}", field.name),
        None => field.name.to_owned(),
    };
    FIELDS.iter().map(column).collect::<Vec<_>>().join("; ")
}

/// The value of a [`ScoreField`]. `None` is an empty cell, and null.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldValue {
    /// A whole number.
    Whole(Option<u64>),
    /// A share from 0 to 1, or an expected number.
    Number(Option<f64>),
    /// A study day, as `YYYY-MM-DD`.
    Day(Option<StudyDay>),
}

impl FieldValue {
    fn count(number: usize) -> Self {
        FieldValue::Whole(Some(number as u64))
    }

    /// The cell of the CSV.
    pub fn cell(self) -> String {
        match self {
            FieldValue::Whole(number) => number.map(|number| number.to_string()),
            FieldValue::Number(number) => number.map(|number| format!("{number:.6}")),
            FieldValue::Day(day) => day.map(|day| day.date().to_string()),
        }
        .unwrap_or_default()
    }
}

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FieldValue::Whole(number) => number.serialize(serializer),
            FieldValue::Number(number) => number.serialize(serializer),
            FieldValue::Day(day) => day.map(|day| day.date().to_string()).serialize(serializer),
        }
    }
}
