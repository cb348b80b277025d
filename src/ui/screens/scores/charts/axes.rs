//! Labels of axes that several pictures have: days, shares.

use crate::domain::day::StudyDay;
use crate::ui::widgets::chart::round_step;

/// Points that a short date takes, with room beside it.
const DATE_WIDTH: f32 = 58.0;

/// Dates below `count` bars of `group` days each, from `first` on; as many as have room in `width` points.
pub fn date_labels(first: StudyDay, count: usize, group: u32, width: f32) -> Vec<(f64, String)> {
    let each = (width - 40.0) / count.max(1) as f32;
    let every =
        [1, 2, 4, 7, 13, 26, 52].into_iter().find(|every| *every as f32 * each >= DATE_WIDTH).unwrap_or(104);
    let date = |at: usize| first.plus(at as u32 * group).date().strftime("%-d %b").to_string();
    (0..count).step_by(every).map(|at| (at as f64, date(at))).collect()
}

/// An axis of shares from `low` or a round share below it to 1: its lowest value and its labels.
pub fn share_axis(low: f64) -> (f64, Vec<(f64, String)>) {
    let step = match 1.0 - low {
        span if span <= 0.3 => 0.1,
        span if span <= 0.6 => 0.2,
        _ => 0.5,
    };
    // In whole steps from the top, so that 1 has a label.
    let steps = ((1.0 - low.clamp(0.0, 0.99)) / step - 1e-9).ceil().max(1.0) as usize;
    let label = |nth: usize| {
        let share = 1.0 - step * (steps - nth) as f64;
        (share, crate::app::words::percent(share))
    };
    let labels: Vec<(f64, String)> = (0..=steps).map(label).collect();
    (labels.first().map_or(0.0, |(share, _)| *share), labels)
}

/// How many days one bar stands for, so that there are not too many of them.
pub fn days_per_bar(days: u32) -> u32 {
    match days {
        0..=62 => 1,
        63..=750 => 7,
        _ => 28 * (round_step(f64::from(days) / 28.0 / 104.0) as u32).max(1),
    }
}
