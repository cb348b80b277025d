//! Labels of axes that several charts use: dates and shares.

use crate::domain::day::StudyDay;
use crate::text::words;
use crate::ui::widgets::chart::round_step;

/// Width of a short date with some space beside it, in points.
const DATE_WIDTH: f32 = 58.0;

/// Labels below `count` bars of `group` days each, the first bar beginning on `first`. Only as many as fit into `width`
/// points. Each is the index of its bar and its text.
pub fn date_labels(first: StudyDay, count: usize, group: u32, width: f32) -> Vec<(f64, String)> {
    let bar_width = (width - 40.0) / count.max(1) as f32;
    let every = [1, 2, 4, 7, 13, 26, 52]
        .into_iter()
        .find(|every| *every as f32 * bar_width >= DATE_WIDTH)
        .unwrap_or(104);
    let date = |at: usize| first.plus(at as u32 * group).date().strftime("%-d %b").to_string();
    (0..count).step_by(every).map(|at| (at as f64, date(at))).collect()
}

/// The axis of shares from `low`, rounded down, to 1. Returns its lowest value, and its labels as share and text.
pub fn share_axis(low: f64) -> (f64, Vec<(f64, String)>) {
    let step = match 1.0 - low {
        span if span <= 0.3 => 0.1,
        span if span <= 0.6 => 0.2,
        _ => 0.5,
    };
    // The steps are counted from the top, so that 1 has a label.
    let steps = ((1.0 - low.clamp(0.0, 0.99)) / step - 1e-9).ceil().max(1.0) as usize;
    let label = |index: usize| {
        let share = 1.0 - step * (steps - index) as f64;
        (share, words::percent(share))
    };
    let labels: Vec<(f64, String)> = (0..=steps).map(label).collect();
    (labels.first().map_or(0.0, |(share, _)| *share), labels)
}

/// How many days one bar stands for, so that a chart over `days` days has at most about a hundred bars.
pub fn days_per_bar(days: u32) -> u32 {
    match days {
        0..=62 => 1,
        63..=750 => 7,
        _ => 28 * (round_step(f64::from(days) / 28.0 / 104.0) as u32).max(1),
    }
}
