//! Numbers, dates and sentences, as the window and the terminal show them.

use super::study::{ActiveCard, Stage};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event::Confidence;
use crate::domain::forecast::{Forecast, ScoreRange};
use crate::domain::goal::Goal;
use crate::domain::goal::session_workload::SessionWorkload;
use crate::domain::grade::date::format_date;
use crate::domain::grade::number::format_number;
use crate::domain::ids::Facet;
use crate::domain::question::{Answer, Question, TypedAnswer};
use crate::domain::schedule::{IntervalReason, RatingOutcome, interval_text};
use crate::domain::score::Score;
use crate::domain::task::{DateTask, NumberTask, TaskForm};
use crate::library::LoadedDeck;

/// "81 %", with a no-break space. The share is from 0 to 1.
pub fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// The number that [`percent`] shows.
pub fn rounded_percent(share: f64) -> u32 {
    (share * 100.0).round_ties_even() as u32
}

/// "1 card", "3 cards".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "12 known, 6 being learned, of 20 seen"; `None` where nothing was seen.
pub fn known_text(score: &Score) -> Option<String> {
    let Score { seen, learning, .. } = *score;
    let known = score.known();
    match (seen, learning) {
        (0, _) => None,
        (_, 0) => Some(format!("{known} known of {seen} seen")),
        _ => Some(format!("{known} known, {learning} being learned, of {seen} seen")),
    }
}

/// What happened to the seen cards that [`known_text`] does not count: "You may have forgotten 2."; empty if there
/// are none.
pub fn seen_but_not_known_text(score: &Score) -> String {
    let fading = match score.forgotten() {
        0 => String::new(),
        cards => format!("You may have forgotten {cards}."),
    };
    let tested = match score.seen - score.cards_with_memory.min(score.seen) {
        0 => String::new(),
        1 => "1 was only asked in a test.".to_owned(),
        cards => format!("{cards} were only asked in a test."),
    };
    [fading, tested].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
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

/// "today", "yesterday", "3 days ago"; a date after 30 days.
pub fn days_ago(day: StudyDay, today: StudyDay) -> String {
    match today.days_since(day) {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=30 => format!("{days} days ago"),
        _ => date(day),
    }
}

/// "3 cards come back tomorrow."
pub fn comes_back_tomorrow(cards: usize) -> String {
    match cards {
        0 => "Nothing comes back tomorrow.".to_owned(),
        1 => "1 card comes back tomorrow.".to_owned(),
        cards => format!("{cards} cards come back tomorrow."),
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

/// "58–82": the bounds of an interval of shares, in percent.
pub fn percent_range((low, high): (f64, f64)) -> String {
    format!("{:.0}–{:.0}", low * 100.0, high * 100.0)
}

/// "23 November", with the year if it is not the current one.
pub fn short_date(day: StudyDay, today: StudyDay) -> String {
    let format = if day.date().year() == today.date().year() { "%-d %B" } else { "%-d %B %Y" };
    day.date().strftime(format).to_string()
}

/// The right number with its unit, or the right date; `None` for other kinds.
pub fn right_value(form: &TaskForm) -> Option<String> {
    match form {
        TaskForm::Number(NumberTask { value, unit, .. }) => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            Some(format!("{}{unit}", format_number(*value)))
        }
        TaskForm::Date(DateTask { value, .. }) => Some(format_date(*value)),
        _ => None,
    }
}

/// "right within 2": the tolerance of a number or a date; `None` if there is none.
pub fn tolerance(form: &TaskForm) -> Option<String> {
    match form {
        TaskForm::Number(NumberTask { within, .. }) if *within > 0.0 => {
            Some(format!("right within {}", format_number(*within)))
        }
        TaskForm::Date(DateTask { within_days, .. }) if *within_days > 0 => {
            Some(format!("right within {}", count(*within_days as usize, "day")))
        }
        _ => None,
    }
}

/// "first", "second", …, "7th"; `index` counts from 0.
pub fn ordinal(index: usize) -> String {
    const WORDS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    WORDS.get(index).map_or_else(|| format!("{}th", index + 1), |word| (*word).to_owned())
}

/// "95 questions in 8 topics · E-International Relations".
pub fn deck_summary(loaded: &LoadedDeck) -> String {
    let deck = &loaded.deck;
    let mut summary =
        format!("{} in {}", count(deck.questions.len(), "question"), count(deck.topics.len(), "topic"));
    if deck.language.as_deref().is_some_and(|language| !is_english(language)) {
        let examples: Vec<&str> = deck
            .questions
            .iter()
            .filter_map(|question| match &question.answer {
                Answer::Typed(TypedAnswer { accepted, .. }) => accepted.first().map(String::as_str),
                _ => None,
            })
            .take(3)
            .collect();
        let cards = deck.questions.iter().map(|question| question.each_facet().count()).sum();
        return format!("{} · {}", examples.join(" · "), count(cards, "card"));
    }
    if let Some(publisher) = deck.source.as_ref().and_then(|source| source.publisher.as_ref()) {
        summary.push_str(" · ");
        summary.push_str(publisher);
    }
    summary
}

fn is_english(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case("en"))
}

/// What to do with a card in a few words, such as "type the Korean"; `fallback` if there is nothing special
/// to say.
pub fn instruction(question: &Question, facet: &Facet, language: Option<&str>, fallback: &str) -> String {
    match (&question.answer, language.unwrap_or(""), facet) {
        (Answer::Typed(TypedAnswer { also_reverse, .. }), "ko", Facet::Front) if !also_reverse.is_empty() => {
            "type the Korean".to_owned()
        }
        (Answer::Typed { .. }, "ko", Facet::Reverse) => "type the English".to_owned(),
        _ => fallback.to_owned(),
    }
}

/// A remark on the learner's confidence, after the verdict; `None` if they stated none.
pub fn confidence_remark(card: &ActiveCard) -> Option<&'static str> {
    let Stage::Graded { verdict, guessed, .. } = &card.stage else { return None };
    let confidence = if *guessed { Some(Confidence::Guess) } else { card.confidence };
    Some(match (confidence?, verdict.score >= 1.0) {
        (Confidence::Sure, true) => "You were sure.",
        (Confidence::Sure, false) => {
            "You were sure. A surprise like this is the moment from which most is learned."
        }
        (Confidence::ThinkSo, _) => "You thought so.",
        (Confidence::Guess, true) => "You guessed, and guessed right: that is not yet knowing.",
        (Confidence::Guess, false) => "You guessed.",
    })
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

/// "sure", "think so", "guess".
pub fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::ThinkSo => "think so",
        Confidence::Guess => "guess",
    }
}

/// Whether the answer was a high-confidence error.
pub fn is_high_confidence_error(card: &ActiveCard) -> bool {
    let is_not_right =
        matches!(&card.stage, Stage::Graded { verdict, guessed: false, .. } if verdict.score < 1.0);
    is_not_right && card.confidence == Some(Confidence::Sure)
}

/// Why a card comes back when it does, in sentences.
pub fn explain_interval(reason: &IntervalReason, outcome: &RatingOutcome, now: &Moment) -> Vec<String> {
    let mut lines = Vec::new();
    match (reason.recall_before, reason.stability_before) {
        (Some(recall), Some(stability)) => lines.push(format!(
            "Before this answer you were expected to know it with {}; it was stable for {} days.",
            percent(recall),
            one_decimal(stability)
        )),
        (None, Some(stability)) => lines.push(format!(
            "Before this answer it was still being learned; it was stable for {} days.",
            one_decimal(stability)
        )),
        _ => lines.push("This was the first answer to this card.".to_owned()),
    }
    lines.push(format!(
        "After “{}” it is stable for {} days (the time until recall falls to 90\u{a0}%); its difficulty is {} of 10.",
        outcome.rating,
        one_decimal(reason.stability_after),
        one_decimal(reason.difficulty_after)
    ));
    match reason.exact_days {
        Some(days) => {
            let spread = reason.fuzz_days.map_or(String::new(), |(low, high)| {
                format!(", spread between {low} and {high} so that cards learned together drift apart")
            });
            let look = if reason.is_pre_exam_review {
                ", and before that comes a last look before the exam"
            } else {
                ""
            };
            lines.push(format!(
                "You aim at {} recall: that is {} days{spread}{look}. It comes back in {}.",
                percent(f64::from(reason.desired_retention)),
                one_decimal(days),
                interval_text(outcome.due, now)
            ));
        }
        None => lines.push(format!(
            "It is still being learned: it comes back in {} before it waits for days.",
            interval_text(outcome.due, now)
        )),
    }
    lines
}

/// "Exam in 12 days: 78 % (74–82 %) expected with 25 minutes today"; `minutes` are those left today.
pub fn exam_summary(goal: &Goal, forecast: Option<&Forecast>, minutes: u32, today: StudyDay) -> String {
    let name = excerpt(&goal.name);
    if goal.is_over(today) {
        return format!("{name} was {}: the schedule is back to normal", days_ago(goal.exam_day(), today));
    }
    let when = match goal.days_left(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    let Some(forecast) = forecast.filter(|forecast| forecast.total.cards > 0) else {
        return format!("{name} {when}");
    };
    let expected = format!("{name} {when}: {} expected", expected_with_range(&forecast.expected()));
    match (&forecast.plan, minutes) {
        (None, _) => expected,
        (Some(_), 0) => format!("{expected}, done for today"),
        (Some(_), minutes) => format!("{expected} with {} today", count(minutes as usize, "minute")),
    }
}

/// "62 cards, about 55 minutes"
pub fn session_size(session: &SessionWorkload) -> String {
    let (cards, minutes) = (count(session.cards, "card"), count(session.minutes() as usize, "minute"));
    format!("{cards}, about {minutes}")
}

/// "89 % (85–93 %)"
pub fn expected_with_range(range: &ScoreRange) -> String {
    let (expected, low_high) = (percent(range.expected), range_text(range));
    if expected == low_high { expected } else { format!("{expected} ({low_high})") }
}

/// "74–82 %"
pub fn range_text(range: &ScoreRange) -> String {
    let whole = |share: f64| (share * 100.0).round() as i64;
    match (whole(range.low), whole(range.high)) {
        (low, high) if low == high => format!("{low}\u{a0}%"),
        (low, high) => format!("{low}–{high}\u{a0}%"),
    }
}

fn one_decimal(value: f32) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
