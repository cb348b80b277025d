//! The columns of the table of topics: what each is, and which of them have room.

use crate::app::scores::Column;

/// Space at both ends of a row.
pub const PAD: f32 = 12.0;

/// A column of the table.
pub struct Spec {
    /// Sorted by it.
    pub column: Column,
    /// As its head says.
    pub name: &'static str,
    /// What its figures are, for who points at the head.
    pub help: &'static str,
    /// Points that it takes; the name of the topic takes what is left.
    width: f32,
    /// The smaller, the longer it stays when room is short; 0 stays always.
    rank: u8,
}

/// From left to right.
pub const COLUMNS: [Spec; 11] = [
    spec(Column::Topic, "Topic", "By name.", 0.0, 0),
    spec(
        Column::Mastery,
        "Mastery",
        "The share of cards that you would still know after 30 days without study.",
        80.0,
        2,
    ),
    spec(Column::Coverage, "Seen", "The cards answered at least once.", 74.0, 6),
    spec(
        Column::Recall,
        "Recall now",
        "What you would know today, of the cards seen. Cards being learned count as not yet.",
        64.0,
        0,
    ),
    spec(Column::Accuracy, "Accuracy", "The share of answers that were right.", 84.0, 1),
    spec(
        Column::Answers,
        "95\u{a0}% (n)",
        "Where the true accuracy lies with 95\u{a0}%, and the number of answers.",
        98.0,
        4,
    ),
    spec(Column::Score, "Score", "The mean score: partly right answers count in part.", 70.0, 7),
    spec(Column::Trend, "30 days", "Recall over the last 30 days, cards being learned as not yet.", 96.0, 5),
    spec(Column::Time, "Median", "The middle time from question to answer.", 78.0, 8),
    spec(Column::Due, "Due", "Cards due today.", 56.0, 0),
    spec(Column::Studied, "Studied", "The last study day.", 116.0, 9),
];

/// Points that the bar of the recall takes, where it has room.
const BAR: f32 = 112.0;
/// When the bar leaves.
const BAR_RANK: u8 = 3;
/// The last rank.
const LAST_RANK: u8 = 9;
/// Room that is kept for a topic's name, in points, where there is much; and where every figure is wanted.
const LONGEST_NAME: f32 = 236.0;
const SHORTER_NAME: f32 = 160.0;

const fn spec(column: Column, name: &'static str, help: &'static str, width: f32, rank: u8) -> Spec {
    Spec { column, name, help, width, rank }
}

/// A column that has room: where it begins, seen from the row's left end, and how wide it is.
pub struct Place {
    /// Which.
    pub spec: &'static Spec,
    /// Points from the left.
    pub left: f32,
    /// Points.
    pub width: f32,
}

/// The columns that have room in a row of a width, and those that have none.
pub struct Columns {
    /// From left to right.
    pub shown: Vec<Place>,
    /// Those without room.
    pub hidden: Vec<Column>,
    /// Points of the bar; 0 where it has no room.
    pub bar: f32,
}

impl Columns {
    /// The least important ones leave first; with `figures_first` the bar leaves before any of them.
    pub fn for_width(width: f32, figures_first: bool) -> Self {
        let (bar_rank, longest_name) =
            if figures_first { (LAST_RANK + 1, SHORTER_NAME) } else { (BAR_RANK, LONGEST_NAME) };
        let least_name = (width * 0.25).clamp(96.0, longest_name);
        let room = width - 2.0 * PAD - least_name;
        let of_rank = |rank: u8| {
            let bar = if rank == bar_rank { BAR } else { 0.0 };
            COLUMNS.iter().filter(|spec| spec.rank == rank).map(|spec| spec.width).sum::<f32>() + bar
        };
        let mut taken = of_rank(0);
        let mut last = 0;
        while last < LAST_RANK.max(bar_rank) && taken + of_rank(last + 1) <= room {
            last += 1;
            taken += of_rank(last);
        }
        let bar = if last >= bar_rank { BAR } else { 0.0 };
        let mut left = PAD;
        let mut shown = Vec::new();
        let mut hidden = Vec::new();
        for spec in &COLUMNS {
            if spec.rank > last {
                hidden.push(spec.column);
                continue;
            }
            let width = match spec.column {
                Column::Topic => width - 2.0 * PAD - taken,
                Column::Recall => spec.width + bar,
                _ => spec.width,
            };
            shown.push(Place { spec, left, width });
            left += width;
        }
        Self { shown, hidden, bar }
    }
}
