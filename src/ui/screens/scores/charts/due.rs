//! The chart of cards that come due on the next days. Overdue cards count for today.

use super::{ChartCard, ChartContext, axes};
use crate::app::words;
use crate::ui::widgets::chart::{ChartMark, Graph};

/// Fewest bars that are shown, even if the last ones are empty.
const MIN_BARS: usize = 12;
const TITLE: &str = "Due in the next days";

/// The chart. A bar is one day, or several days if the cards come due over a long time.
pub fn chart(context: ChartContext<'_>) -> ChartCard<'_> {
    let due = &context.data.due;
    let ahead: usize = due.days.iter().sum();
    if due.backlog + ahead + due.later == 0 {
        return ChartCard::empty(TITLE, "Nothing is scheduled yet: cards come here when they are answered.");
    }
    ChartCard::new(TITLE, summary(context), move |width| graph(context, width))
}

fn summary(context: ChartContext<'_>) -> String {
    let due = &context.data.due;
    let today = due.days.first().copied().unwrap_or(0) + due.backlog;
    let mut text = match (today, due.backlog) {
        (0, _) => "Nothing is due today".to_owned(),
        (1, 0) => "1 card is due today".to_owned(),
        (cards, 0) => format!("{cards} cards are due today"),
        (1, _) => "1 card is due today, from an earlier day".to_owned(),
        (cards, backlog) if cards == backlog => format!("{cards} cards are due today, all from earlier days"),
        (cards, backlog) => {
            format!("{cards} cards are due today, {backlog} of them from earlier days (below the line)")
        }
    };
    let later = due.days.iter().enumerate().skip(1);
    // The earliest of several days with the same number.
    let busiest = later.rev().max_by_key(|(_, cards)| **cards).filter(|(_, cards)| **cards > 1);
    text.push('.');
    if let Some((ahead, cards)) = busiest {
        let day = words::weekday_and_date(context.data.today.plus(ahead as u32));
        text.push_str(&format!(" Then the fullest day is {day}, with {cards} cards."));
    }
    if due.later > 0 {
        let come = if due.later == 1 { "comes" } else { "come" };
        text.push_str(&format!(" {} more {come} later.", due.later));
    }
    text
}

fn graph(context: ChartContext<'_>, width: f32) -> Graph {
    let (due, today) = (&context.data.due, context.data.today);
    let group = axes::days_per_bar(due.days.len() as u32);
    let mark = |(index, days): (usize, &[usize])| {
        let from = today.plus(index as u32 * group);
        let backlog = if index == 0 { due.backlog } else { 0 };
        let cards = days.iter().sum::<usize>() + backlog;
        let when = match (index, group) {
            (0, 1) => "Today".to_owned(),
            (1, 1) => "Tomorrow".to_owned(),
            (_, 1) => words::weekday_and_date(from),
            (0, _) => format!("The {group} days from today"),
            _ => format!("The {group} days from {}", words::short_date(from, today)),
        };
        let earlier =
            if backlog > 0 { format!(", {backlog} of them from earlier days") } else { String::new() };
        let description = format!("{when}: {}{earlier}", words::count(cards, "card"));
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
        "Today".clone_into(&mut first.1);
    }
    Graph::bars(marks, labels)
}
