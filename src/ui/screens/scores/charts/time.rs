//! The chart of time spent, by day or by several days.

use super::{ChartCard, ChartContext, axes};
use crate::domain::day::StudyDay;
use crate::text;
use crate::ui::widgets::chart::{ChartMark, Graph};

/// The chart. A bar is one day, a week or several weeks, depending on the period.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let (first, days) = span(context);
    let group = axes::days_per_bar(days);
    let title = text::scores::time_chart_title(group);
    let studied = &context.data.days;
    let all: u64 = studied.iter().map(|day| day.answer_ms).sum();
    if studied.is_empty() {
        return ChartCard::empty(title, text::scores::NO_STUDY_DAY);
    }
    let summary = text::scores::time_chart(all / studied.len() as u64, all);
    ChartCard::new(title, summary, move |width| graph(context, first, days, group, width))
}

/// The first day that is shown, and the number of days from it to today, both included.
pub fn span(context: ChartContext<'_>) -> (StudyDay, u32) {
    let today = context.data.today;
    let oldest = context.data.days.first().map_or(today, |studied| studied.day);
    let days = context.period.days().unwrap_or(today.days_since(oldest) + 1);
    (StudyDay(today.0 - days.cast_signed() + 1), days)
}

fn graph(context: ChartContext<'_>, first: StudyDay, days: u32, group: u32, width: f32) -> Graph {
    let bars = days.div_ceil(group) as usize;
    // The last bar ends today, so the first one may begin before the period.
    let first = StudyDay(first.0 - (bars as u32 * group - days).cast_signed());
    let mut ms = vec![0_u64; bars];
    for studied in &context.data.days {
        // An answer can be of a later day than today, if the learner has travelled west since. It counts for the last
        // bar.
        let bar = (studied.day.days_since(first) / group) as usize;
        ms[bar.min(bars - 1)] += studied.answer_ms;
    }
    let today = context.data.today;
    let mark = |(bar, ms): (usize, &u64)| {
        let from = first.plus(bar as u32 * group);
        let description = text::scores::time_chart_bar(from, group, today, *ms);
        let strong = bar + 1 == bars;
        ChartMark { strong, ..ChartMark::new(bar as f64, *ms as f64 / 60_000.0, description) }
    };
    let marks = ms.iter().enumerate().map(mark).collect();
    Graph::bars(marks, axes::date_labels(first, bars, group, width))
}
