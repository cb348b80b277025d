//! Time spent, by the day or by several days.

use super::{ChartCard, ChartContext, axes};
use crate::app::words;
use crate::domain::day::StudyDay;
use crate::ui::widgets::chart::{ChartMark, Graph};

pub fn chart(view: ChartContext<'_>) -> ChartCard<'_> {
    let (first, days) = span(view);
    let group = axes::days_per_bar(days);
    let title = match group {
        1 => "Minutes a day",
        7 => "Minutes a week",
        _ => "Minutes spent",
    };
    let studied = &view.pictures.days;
    let all: u64 = studied.iter().map(|day| day.answer_ms).sum();
    if studied.is_empty() {
        return ChartCard::empty(title, "No day with answers in this time.");
    }
    let reading = format!(
        "{} on a day with answers, {} in all.",
        words::capitalised(&words::duration(all / studied.len() as u64)),
        words::duration(all)
    );
    ChartCard::new(title, reading, move |width| graph(view, first, days, group, width))
}

/// The first day shown, and how many there are until today.
pub fn span(view: ChartContext<'_>) -> (StudyDay, u32) {
    let today = view.pictures.today;
    let oldest = view.pictures.days.first().map_or(today, |studied| studied.day);
    let days = view.period.days().unwrap_or(today.days_since(oldest) + 1);
    (StudyDay(today.0 - days.cast_signed() + 1), days)
}

fn graph(view: ChartContext<'_>, first: StudyDay, days: u32, group: u32, width: f32) -> Graph {
    let bars = days.div_ceil(group) as usize;
    // The last bar ends today: the first one may begin before the period.
    let first = StudyDay(first.0 - (bars as u32 * group - days).cast_signed());
    let mut ms = vec![0_u64; bars];
    for studied in &view.pictures.days {
        // Days after today: who flew west answered "tomorrow".
        let bar = (studied.day.days_since(first) / group) as usize;
        ms[bar.min(bars - 1)] += studied.answer_ms;
    }
    let today = view.pictures.today;
    let mark = |(bar, ms): (usize, &u64)| {
        let from = first.plus(bar as u32 * group);
        let when = match group {
            1 => words::weekday_and_date(from),
            group => format!("The {group} days from {}", words::short_date(from, today)),
        };
        let spent = if *ms == 0 { "nothing".to_owned() } else { words::duration(*ms) };
        let strong = bar + 1 == bars;
        ChartMark { strong, ..ChartMark::new(bar as f64, *ms as f64 / 60_000.0, format!("{when}: {spent}")) }
    };
    let marks = ms.iter().enumerate().map(mark).collect();
    Graph::bars(marks, axes::date_labels(first, bars, group, width))
}
