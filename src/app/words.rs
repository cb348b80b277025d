//! Sentences that the window and the terminal share.

use crate::domain::day::Moment;
use crate::domain::schedule::{Outcome, Reason, interval_words};

/// "81 %", with a space that does not break.
pub fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// Why a card comes back when it does, sentence by sentence.
pub fn reason_in_words(reason: &Reason, outcome: &Outcome, now: &Moment) -> Vec<String> {
    let mut lines = Vec::new();
    match (reason.recall_before, reason.stability_before) {
        (Some(recall), Some(stability)) => lines.push(format!(
            "Before this answer you were expected to know it with {}; it was stable for {} days.",
            percent(recall),
            one_place(stability)
        )),
        _ => lines.push("This was the first answer to this card.".to_owned()),
    }
    lines.push(format!(
        "After “{}” it is stable for {} days (the time until recall falls to 90\u{a0}%); its difficulty is {} of 10.",
        outcome.rating,
        one_place(reason.stability_after),
        one_place(reason.difficulty_after)
    ));
    match reason.exact_days {
        Some(days) => {
            let spread = reason.spread_days.map_or(String::new(), |(low, high)| {
                format!(", spread between {low} and {high} so that cards learned together drift apart")
            });
            lines.push(format!(
                "You aim at {} recall: that is {} days{spread}. It comes back in {}.",
                percent(f64::from(reason.desired_retention)),
                one_place(days),
                interval_words(outcome.due, now)
            ));
        }
        None => lines.push(format!(
            "It is still being learned: it comes back in {} before it waits for days.",
            interval_words(outcome.due, now)
        )),
    }
    lines
}

fn one_place(value: f32) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
