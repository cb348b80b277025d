//! The chart of cards that come due on the next days. Overdue cards count for today.

use super::{ChartCard, ChartContext, axes};
use crate::text;
use crate::ui::widgets::chart::{ChartMark, Graph};

/// Fewest bars that are shown, even if the last ones are empty.
const MIN_BARS: usize = 12;

/// The chart. A bar is one day, or several days if the cards come due over a long time.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let due = &context.data.due;
    let ahead: usize = due.days.iter().sum();
    if due.backlog + ahead + due.later == 0 {
        return ChartCard::empty(text::scores::DUE_CHART, text::scores::DUE_CHART_EMPTY);
    }
    ChartCard::new(text::scores::DUE_CHART, summary(context), move |width| graph(context, width))
}

fn summary(context: ChartContext<'_>) -> String {
    let due = &context.data.due;
    let today = due.days.first().copied().unwrap_or(0) + due.backlog;
    let later = due.days.iter().enumerate().skip(1);
    // The earliest of several days with the same number.
    let busiest = later.rev().max_by_key(|(_, cards)| **cards).filter(|(_, cards)| **cards > 1);
    let busiest = busiest.map(|(ahead, cards)| (context.data.today.plus(ahead as u32), *cards));
    text::scores::due_chart(today, due.backlog, busiest, due.later)
}

fn graph(context: ChartContext<'_>, width: f32) -> Graph {
    let (due, today) = (&context.data.due, context.data.today);
    let group = axes::days_per_bar(due.days.len() as u32);
    let mark = |(index, days): (usize, &[usize])| {
        let from = today.plus(index as u32 * group);
        let backlog = if index == 0 { due.backlog } else { 0 };
        let cards = days.iter().sum::<usize>() + backlog;
        let description = text::scores::due_chart_bar(from, group, today, cards, backlog);
        let split = (0 < backlog && backlog < cards).then_some(backlog as f64);
        ChartMark { strong: index == 0, split, ..ChartMark::new(index as f64, cards as f64, description) }
    };
    let mut marks: Vec<ChartMark> = due.days.chunks(group as usize).enumerate().map(mark).collect();
    if group > 1 {
        // Empty months at the end would only make the other bars narrow.
        let last = marks.iter().rposition(|mark| mark.value > 0.0).map_or(0, |last| last + 2);
        marks.truncate(last.max(MIN_BARS));
    }
    let mut labels = axes::date_labels(today, marks.len(), group, width);
    if let Some(first) = labels.first_mut() {
        text::scores::TODAY.clone_into(&mut first.1);
    }
    Graph::bars(marks, labels)
}
