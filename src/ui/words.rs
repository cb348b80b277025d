//! Numbers and dates in words, as every screen writes them.

use crate::domain::day::{Moment, StudyDay};
use crate::domain::ids::Facet;
use crate::domain::question::{Answer, Question};
use crate::library::LoadedDeck;

/// "81 %", with a space that does not break.
pub fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// "1 card", "3 cards".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "Monday 23 November".
pub fn weekday_and_date(day: StudyDay) -> String {
    day.date().strftime("%A %-d %B").to_string()
}

/// "23 November 2026".
pub fn date(day: StudyDay) -> String {
    day.date().strftime("%-d %B %Y").to_string()
}

/// "today", "yesterday", "3 days ago", a date.
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

/// "first", "second", …, "7th".
pub fn ordinal(place: usize) -> String {
    const WORDS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    WORDS.get(place).map_or_else(|| format!("{}th", place + 1), |word| (*word).to_owned())
}

/// "95 questions in 8 topics · E-International Relations".
pub fn deck_summary(loaded: &LoadedDeck) -> String {
    let deck = &loaded.deck;
    let cards: usize = deck.questions.iter().map(|question| question.facets().len()).sum();
    let mut summary =
        format!("{} in {}", count(deck.questions.len(), "question"), count(deck.topics.len(), "topic"));
    if deck.language != "en" {
        let examples: Vec<&str> = deck
            .questions
            .iter()
            .filter_map(|question| match &question.answer {
                Answer::Typed { accepted, .. } => accepted.first().map(String::as_str),
                _ => None,
            })
            .take(3)
            .collect();
        return format!("{} · {}", examples.join(" · "), count(cards, "card"));
    }
    if let Some(publisher) = deck.source.as_ref().and_then(|source| source.publisher.as_ref()) {
        summary.push_str(" · ");
        summary.push_str(publisher);
    }
    summary
}

/// What to do with a card, a few words: "one answer", "type the Korean".
pub fn instruction(question: &Question, facet: &Facet, language: &str, fallback: &str) -> String {
    match (&question.answer, language, facet) {
        (Answer::Typed { also_reverse, .. }, "ko", Facet::Front) if !also_reverse.is_empty() => {
            "type the Korean".to_owned()
        }
        (Answer::Typed { .. }, "ko", Facet::Reverse) => "type the English".to_owned(),
        _ => fallback.to_owned(),
    }
}
