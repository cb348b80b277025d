//! Numbers, durations and dates in words, as every text shows them.

use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Due;

/// In place of a figure that there is not.
pub const NO_FIGURE: &str = "–";

/// "81 %", with a no-break space. The share is from 0 to 1.
pub fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// The number that [`percent`] shows.
pub fn rounded_percent(share: f64) -> u32 {
    (share * 100.0).round_ties_even() as u32
}

/// "+12 %", "−45 %": the change of a share.
pub fn signed_percent(by: f64) -> String {
    let sign = match (by * 100.0).round() {
        0.0 => '±',
        by if by < 0.0 => '−',
        _ => '+',
    };
    format!("{sign}{}", percent(by.abs()))
}

/// "58–82": the bounds of an interval of shares, in percent.
pub fn percent_range((low, high): (f64, f64)) -> String {
    format!("{:.0}–{:.0}", low * 100.0, high * 100.0)
}

/// "1 card", "3 cards".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "first", "second", …, "7th"; `index` counts from 0.
pub fn ordinal(index: usize) -> String {
    const WORDS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    WORDS.get(index).map_or_else(|| format!("{}th", index + 1), |word| (*word).to_owned())
}

/// The text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first 60 characters of a prompt, for notices.
pub fn excerpt(prompt: &str) -> String {
    const MAX_CHARS: usize = 60;
    let mut words: String = prompt.chars().take(MAX_CHARS).collect();
    if prompt.chars().nth(MAX_CHARS).is_some() {
        words.push('…');
    }
    words
}

/// "Monday 23 November".
pub fn weekday_and_date(day: StudyDay) -> String {
    day.date().strftime("%A %-d %B").to_string()
}

/// "23 November 2026".
pub fn date(day: StudyDay) -> String {
    day.date().strftime("%-d %B %Y").to_string()
}

/// "23 November", with the year if it is not the current one.
pub fn short_date(day: StudyDay, today: StudyDay) -> String {
    let format = if day.date().year() == today.date().year() { "%-d %B" } else { "%-d %B %Y" };
    day.date().strftime(format).to_string()
}

/// "today", "yesterday", "3 days ago"; a date after 30 days.
pub fn days_ago(day: StudyDay, today: StudyDay) -> String {
    match today.days_since(day) {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=30 => format!("{days} days ago"),
        _ => date(day),
    }
}

/// "in 8 min".
pub fn in_minutes(ms: i64, now: &Moment) -> String {
    let minutes = ((ms - now.ms()) as f64 / 60_000.0).ceil().max(1.0);
    format!("in {minutes:.0} min")
}

/// "6.2 s", "48 s": the time of an answer, in milliseconds.
pub fn answer_time(ms: u32) -> String {
    let seconds = f64::from(ms) / 1000.0;
    if seconds < 9.95 { format!("{seconds:.1}\u{a0}s") } else { format!("{seconds:.0}\u{a0}s") }
}

/// "90 s", "5 min": a limit, in seconds.
pub fn seconds_or_minutes(seconds: u32) -> String {
    match seconds {
        0..60 => format!("{seconds}\u{a0}s"),
        _ if !seconds.is_multiple_of(60) => format!("{seconds}\u{a0}s"),
        _ => format!("{}\u{a0}min", seconds / 60),
    }
}

/// "under a minute", "18 min", "4 h 12 min": a duration, in milliseconds.
pub fn duration(ms: u64) -> String {
    match (ms + 30_000) / 60_000 {
        0 => "under a minute".to_owned(),
        minutes @ 1..60 => format!("{minutes}\u{a0}min"),
        minutes if minutes % 60 == 0 => format!("{}\u{a0}h", minutes / 60),
        minutes => format!("{}\u{a0}h {}\u{a0}min", minutes / 60, minutes % 60),
    }
}

/// "2.3", "14": a number of days; from 10 on it is whole.
pub fn one_decimal(value: f32) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// A duration in milliseconds, rounded to seconds: "12 min 40 s", "12 min", "40 s".
pub fn duration_with_seconds(ms: i64) -> String {
    let seconds = (ms + 500) / 1_000;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// Joins sentences by spaces; empty ones are left out.
pub fn join_sentences(sentences: &[&str]) -> String {
    sentences.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// "today", "tomorrow", "in 5 days".
pub fn in_days(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

/// "15 min": a limit, in minutes.
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} min")
}

/// "85 %", of a number that is in percent already.
pub fn whole_percent(percent: impl Into<i64>) -> String {
    format!("{}\u{a0}%", percent.into())
}

/// The time until a card is due, as text for a button: "10 min", "3 days", "4 months", "2.5 years".
pub fn interval(due: Due, now: &Moment) -> String {
    match due {
        Due::At(ms) => {
            let minutes = ((ms - now.ms()) as f64 / 60_000.0).round().max(1.0);
            if minutes < 60.0 { format!("{minutes} min") } else { format!("{} h", (minutes / 60.0).round()) }
        }
        Due::Day(day) => days_until(day, now.day()),
    }
}

fn days_until(day: StudyDay, today: StudyDay) -> String {
    let days = day.days_since(today);
    let tenths = |value: f64| {
        let value = (value * 10.0).round() / 10.0;
        if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
    };
    match days {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        2..=59 => format!("{days} days"),
        60..=729 => format!("{} months", tenths((f64::from(days) / 30.44).round())),
        _ => format!("{} years", tenths(f64::from(days) / 365.25)),
    }
}
