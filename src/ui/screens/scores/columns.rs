//! The columns of the table of topics: what each is, and which of them have room.

use crate::app::scores::ScoresColumn;

/// Space at both ends of a row.
pub const PAD: f32 = 12.0;

/// A column of the table.
pub struct ColumnSpec {
    /// Sorted by it.
    pub column: ScoresColumn,
    /// As its head says.
    pub name: &'static str,
    /// What its figures are, for who points at the head.
    pub help: &'static str,
    /// Points that it takes; the name of the topic takes what is left.
    width: f32,
    /// The smaller, the longer it stays when room is short; 0 stays always.
    drop_rank: u8,
}

/// From left to right.
pub const COLUMNS: [ColumnSpec; 11] = [
    spec(ScoresColumn::Topic, "Topic", "By name.", 0.0, 0),
    spec(
        ScoresColumn::Mastery,
        "Mastery",
        "The share of cards that you would still know after 30 days without study.",
        80.0,
        2,
    ),
    spec(ScoresColumn::Coverage, "Seen", "The cards answered at least once.", 74.0, 6),
    spec(
        ScoresColumn::Recall,
        "Recall now",
        "What you would know today, of the cards seen. Cards being learned count as not yet.",
        64.0,
        0,
    ),
    spec(ScoresColumn::Accuracy, "Accuracy", "The share of answers that were right.", 84.0, 1),
    spec(
        ScoresColumn::Answers,
        "95\u{a0}% (n)",
        "Where the true accuracy lies with 95\u{a0}%, and the number of answers.",
        98.0,
        4,
    ),
    spec(ScoresColumn::Score, "Score", "The mean score: partly right answers count in part.", 70.0, 7),
    spec(
        ScoresColumn::Trend,
        "30 days",
        "Recall over the last 30 days, cards being learned as not yet.",
        96.0,
        5,
    ),
    spec(ScoresColumn::Time, "Median", "The middle time from question to answer.", 78.0, 8),
    spec(ScoresColumn::Due, "Due", "Cards due today.", 56.0, 0),
    spec(ScoresColumn::Studied, "Studied", "The last study day.", 116.0, 9),
];

/// Points that the bar of the recall takes, where it has room.
const BAR_WIDTH: f32 = 112.0;
/// When the bar leaves.
const BAR_RANK: u8 = 3;
/// The last rank.
const LAST_RANK: u8 = 9;
/// Room that is kept for a topic's name, in points, where there is much; and where every figure is wanted.
const MAX_NAME_WIDTH: f32 = 236.0;
const MAX_NAME_WIDTH_FIGURES_FIRST: f32 = 160.0;

const fn spec(
    column: ScoresColumn,
    name: &'static str,
    help: &'static str,
    width: f32,
    rank: u8,
) -> ColumnSpec {
    ColumnSpec { column, name, help, width, drop_rank: rank }
}

/// A column that has room: where it begins, seen from the row's left end, and how wide it is.
pub struct ColumnPosition {
    /// Which.
    pub spec: &'static ColumnSpec,
    /// Points from the left.
    pub left: f32,
    /// Points.
    pub width: f32,
}

/// The columns that have room in a row of a width, and those that have none.
pub struct TopicColumns {
    /// From left to right.
    pub shown: Vec<ColumnPosition>,
    /// Those without room.
    pub hidden: Vec<ScoresColumn>,
    /// Points of the bar; 0 where it has no room.
    pub bar_width: f32,
}

impl TopicColumns {
    /// The least important ones leave first; with `figures_first` the bar leaves before any of them.
    pub fn for_width(width: f32, figures_first: bool) -> Self {
        let (bar_rank, longest_name) = if figures_first {
            (LAST_RANK + 1, MAX_NAME_WIDTH_FIGURES_FIRST)
        } else {
            (BAR_RANK, MAX_NAME_WIDTH)
        };
        let least_name = (width * 0.25).clamp(96.0, longest_name);
        let room = width - 2.0 * PAD - least_name;
        let of_rank = |rank: u8| {
            let bar = if rank == bar_rank { BAR_WIDTH } else { 0.0 };
            COLUMNS.iter().filter(|spec| spec.drop_rank == rank).map(|spec| spec.width).sum::<f32>() + bar
        };
        let mut taken = of_rank(0);
        let mut last = 0;
        while last < LAST_RANK.max(bar_rank) && taken + of_rank(last + 1) <= room {
            last += 1;
            taken += of_rank(last);
        }
        let bar = if last >= bar_rank { BAR_WIDTH } else { 0.0 };
        let mut left = PAD;
        let mut shown = Vec::new();
        let mut hidden = Vec::new();
        for spec in &COLUMNS {
            if spec.drop_rank > last {
                hidden.push(spec.column);
                continue;
            }
            let width = match spec.column {
                ScoresColumn::Topic => width - 2.0 * PAD - taken,
                ScoresColumn::Recall => spec.width + bar,
                _ => spec.width,
            };
            shown.push(ColumnPosition { spec, left, width });
            left += width;
        }
        Self { shown, hidden, bar_width: bar }
    }
}
