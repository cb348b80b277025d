//! Which columns of the table of topics fit into its width.

use crate::app::scores::ScoresColumn;
use crate::app::scores::columns::{COLUMNS, ColumnSpec};

/// Space at both ends of a row, in points.
pub const PAD: f32 = 12.0;

/// Width of the bar in the recall column, in points.
const BAR_WIDTH: f32 = 112.0;
/// The rank of that bar, as in [`ColumnSpec`].
const BAR_RANK: u8 = 3;
/// Widest room that is reserved for a topic's name, in points. It is smaller if figures come first.
const MAX_NAME_WIDTH: f32 = 236.0;
const MAX_NAME_WIDTH_FIGURES_FIRST: f32 = 160.0;

/// A column that fits, with its place in the row.
pub struct ColumnPosition {
    /// Which column it is.
    pub spec: &'static ColumnSpec,
    /// Distance from the left end of the row, in points.
    pub left: f32,
    /// Width in points.
    pub width: f32,
}

/// The columns that fit into a row of some width, and those that do not.
pub struct TopicColumns {
    /// The columns that fit, from left to right.
    pub shown: Vec<ColumnPosition>,
    /// The columns without room, from left to right.
    pub hidden: Vec<&'static ColumnSpec>,
    /// Width of the bar in the recall column, in points. 0 if it has no room.
    pub bar_width: f32,
}

impl TopicColumns {
    /// Chooses the columns for a row of `width` points. The highest ranks go first; with `figures_first` the bar goes
    /// before any column.
    pub fn for_width(width: f32, figures_first: bool) -> Self {
        let last_rank = COLUMNS.iter().map(|spec| spec.drop_rank).max().unwrap_or(0);
        let (bar_rank, longest_name) = if figures_first {
            (last_rank + 1, MAX_NAME_WIDTH_FIGURES_FIRST)
        } else {
            (BAR_RANK, MAX_NAME_WIDTH)
        };
        let name_width = (width * 0.25).clamp(96.0, longest_name);
        let room = width - 2.0 * PAD - name_width;
        let of_rank = |rank: u8| {
            let bar = if rank == bar_rank { BAR_WIDTH } else { 0.0 };
            COLUMNS.iter().filter(|spec| spec.drop_rank == rank).map(|spec| spec.width).sum::<f32>() + bar
        };
        let mut used = of_rank(0);
        let mut max_rank = 0;
        while max_rank < last_rank.max(bar_rank) && used + of_rank(max_rank + 1) <= room {
            max_rank += 1;
            used += of_rank(max_rank);
        }
        let bar = if max_rank >= bar_rank { BAR_WIDTH } else { 0.0 };
        let mut left = PAD;
        let mut shown = Vec::new();
        let mut hidden = Vec::new();
        for spec in &COLUMNS {
            if spec.drop_rank > max_rank {
                hidden.push(spec);
                continue;
            }
            let width = match spec.column {
                ScoresColumn::Topic => width - 2.0 * PAD - used,
                ScoresColumn::Recall => spec.width + bar,
                _ => spec.width,
            };
            shown.push(ColumnPosition { spec, left, width });
            left += width;
        }
        Self { shown, hidden, bar_width: bar }
    }
}
