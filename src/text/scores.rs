//! Texts of the scores: the table, the charts, a topic.

use super::words::{
    self, answer_time, capitalised, count, date, days_ago, duration, percent, percent_range, short_date,
    weekday_and_date,
};
use crate::domain::day::StudyDay;
use crate::domain::expectation::Expectation;
use crate::domain::question::Kind;
use crate::domain::score::charts::{MonthRetention, STABILITY_DAYS, StudiedDay};
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::weakness::CardScore;
use crate::domain::score::{Accuracy, KnowledgeLevel, Period, Score};

// The table of topics: the columns.

/// The heading of a column, and its tooltip.
#[derive(Clone, Copy, Debug)]
pub struct ColumnText {
    /// The heading.
    pub name: &'static str,
    /// What the figures of the column mean.
    pub help: &'static str,
}

/// The names of the topics.
pub const TOPIC: ColumnText = ColumnText { name: "Topic", help: "Sorts by name." };
/// The share of mastered cards.
pub const MASTERY: ColumnText = ColumnText {
    name: "Mastery",
    help: "The share of cards you would still know after 30 days without studying.",
};
/// How many cards were seen.
pub const COVERAGE: ColumnText = ColumnText { name: "Seen", help: "Cards you have answered at least once." };
/// The mean recall today.
pub const RECALL: ColumnText = ColumnText {
    name: "Recall now",
    help: "How many of the cards you have seen you would know today. Cards still being learned count as not known.",
};
/// The share of right answers.
pub const ACCURACY: ColumnText =
    ColumnText { name: "Accuracy", help: "The share of your answers that were right." };
/// The interval of the accuracy, and the number of answers.
pub const ANSWERS: ColumnText = ColumnText {
    name: "95\u{a0}% (n)",
    help: "The 95\u{a0}% range of your accuracy, and the number of answers.",
};
/// The mean score.
pub const MEAN_SCORE: ColumnText =
    ColumnText { name: "Score", help: "Your average score, with partial credit." };
/// How recall changed.
pub const TREND: ColumnText = ColumnText {
    name: "30 days",
    help: "Recall over the last 30 days. Cards still being learned count as not known.",
};
/// The median time of an answer.
pub const MEDIAN_TIME: ColumnText =
    ColumnText { name: "Median", help: "The median time from question to answer." };
/// How many cards are due.
pub const DUE: ColumnText = ColumnText { name: "Due", help: "Cards due today." };
/// When the topic was studied last.
pub const LAST_STUDIED: ColumnText = ColumnText { name: "Studied", help: "When you last studied the topic." };

/// The headings of the columns that `linchpin stats` prints.
pub mod printed {
    /// The share of mastered cards.
    pub const MASTERY: &str = "mastery";
    /// The share of seen cards.
    pub const COVERAGE: &str = "coverage";
    /// The mean recall today.
    pub const RECALL: &str = "recall";
    /// The accuracy, its interval, and the number of answers.
    pub const ACCURACY: &str = "right (95 % interval) of";
    /// The median time of an answer.
    pub const SECONDS: &str = "seconds";
    /// How many cards are due.
    pub const DUE: &str = "due";
    /// How many cards are new.
    pub const NEW: &str = "new";
    /// When the topic was studied last.
    pub const STUDIED: &str = "studied";
}

/// What columns of the CSV mean, in the help of `linchpin export`.
pub mod field {
    /// How many cards there are.
    pub const CARDS: &str = "without suspended ones";
    /// The expected score.
    pub const EXPECTED: &str = "the score to expect in a test of all its cards today";
    /// The low end of an interval.
    pub const LOW: &str = "the low end of its 95 % interval";
    /// The high end of an interval.
    pub const HIGH: &str = "the high end of its 95 % interval";
    /// The mean score.
    pub const MEAN_SCORE: &str = "with partial credit";
    /// The median time.
    pub const MEDIAN_MS: &str = "of the time to an answer";
}

// The table of topics: cells in words, for screen readers and tooltips.

/// "mastery 81 %".
pub fn mastery(share: f64) -> String {
    format!("mastery {}", percent(share))
}

/// "12 of 20 cards seen".
pub fn coverage(score: &Score) -> String {
    format!("{} of {} seen", score.seen, count(score.cards, "card"))
}

/// "recall now 81 % (12 known of 20 seen)". `None` where nothing was learned.
pub fn recall(score: &Score) -> Option<String> {
    let recall = score.recall_now()?;
    let declining = declining(score.knowledge_level());
    let known = known_of_seen(score).map_or_else(String::new, |known| format!(" ({known})"));
    Some(format!("recall now {}{declining}{known}", percent(recall)))
}

/// "accuracy 81 % of 20 answers (95 %: 58–92)". `None` without answers.
pub fn accuracy(accuracy: &Accuracy) -> Option<String> {
    Some(format!(
        "accuracy {} of {} (95\u{a0}%: {})",
        percent(accuracy.share()?),
        count(accuracy.answers, "answer"),
        percent_range(accuracy.interval()?)
    ))
}

/// "81 % (58–92) of 20", as the terminal prints it. `None` without answers.
pub fn printed_accuracy(accuracy: &Accuracy) -> Option<String> {
    let (share, range) = (percent(accuracy.share()?), percent_range(accuracy.interval()?));
    Some(format!("{share} ({range}) of {}", accuracy.answers))
}

/// "average score 81 %, with partial credit".
pub fn mean_score(share: f64) -> String {
    format!("average score {}, with partial credit", percent(share))
}

/// "recall up 4 points in 30 days"; `change` is from −1 to 1.
pub fn trend(change: f64) -> String {
    let points = (change * 100.0).round();
    match points {
        points if points >= 1.0 => format!("recall up {} in 30 days", count(points as usize, "point")),
        points if points <= -1.0 => format!("recall down {} in 30 days", count(-points as usize, "point")),
        _ => "recall unchanged in 30 days".to_owned(),
    }
}

/// "median time 6.2 s".
pub fn median_time(ms: u32) -> String {
    format!("median time {}", answer_time(ms))
}

/// "3 due".
pub fn due(cards: usize) -> String {
    format!("{cards} due")
}

/// "last studied 3 days ago", "never studied".
pub fn last_studied(day: Option<StudyDay>, today: StudyDay) -> String {
    match day {
        Some(day) => format!("last studied {}", days_ago(day, today)),
        None => "never studied".to_owned(),
    }
}

// How much is known, wherever a score is shown.

/// "12 known, 6 being learned, of 20 seen"; `None` where nothing was seen.
pub fn known_of_seen(score: &Score) -> Option<String> {
    let Score { seen, learning, .. } = *score;
    let known = score.known();
    match (seen, learning) {
        (0, _) => None,
        (_, 0) => Some(format!("{known} known of {seen} seen")),
        _ => Some(format!("{known} known, {learning} being learned, of {seen} seen")),
    }
}

/// What happened to the seen cards that [`known_of_seen`] does not count: "You may have forgotten 2."; empty if there
/// are none.
pub fn seen_but_not_known(score: &Score) -> String {
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

// The Scores screen: title, sentences, filters and links.

/// The title of the screen, and the link back to it.
pub const TITLE: &str = "Scores";
/// In place of figures while they are being computed.
pub const LOADING: &str = "Going through your answers…";
/// Instead of a summary, without any card.
pub const NO_CARDS: &str = "No questions here yet.";
/// Instead of a summary, before the first answer.
pub const NOTHING_ANSWERED: &str =
    "Nothing answered yet. After your first session, you’ll see here how well you know each topic.";
/// Instead of a summary, where only tests were taken that move no schedule.
pub const ONLY_TESTED: &str =
    "You have only taken tests here so far. Study, and you’ll see how much you would get right today.";
/// A period to look back on.
pub fn period(period: Period) -> &'static str {
    match period {
        Period::Week => "7 days",
        Period::Month => "30 days",
        Period::Year => "365 days",
        Period::All => "All time",
    }
}

/// The filter by deck.
pub const DECK: &str = "Deck";
/// The choice of a source on the page of passages.
pub const SOURCE: &str = "Source";
/// The link that hides the less important columns.
pub const FEWER_COLUMNS: &str = "Fewer columns";

/// "63 of 78": the expected number of right answers.
pub fn expected_right(expected: &Expectation) -> String {
    format!("{:.0} of {}", expected.mean, expected.cards)
}

/// "59–67": the 95 % range of [`expected_right`].
pub fn expected_range(expected: &Expectation) -> String {
    let (low, high) = expected.interval_95();
    format!("{low:.0}–{high:.0}")
}

/// The summary in three pieces, of which the second is stressed: "You would answer ", "63 of 78", " right today (59–67).
/// Last studied yesterday."
pub fn summary(score: &Score, today: StudyDay) -> [String; 3] {
    let last = score.last_studied.map(|day| days_ago(day, today));
    let last = last.map_or(String::new(), |last| format!(" Last studied {last}."));
    let range = expected_range(&score.expected);
    [
        "You would answer ".to_owned(),
        expected_right(&score.expected),
        format!(" right today ({range}).{last}"),
    ]
}

/// "12 known of 20 seen. You may have forgotten 2."; `None` where nothing was seen.
pub fn known_sentences(score: &Score) -> Option<String> {
    let known = known_of_seen(score)?;
    Some(format!("{known}. {}", seen_but_not_known(score)).trim_end().to_owned())
}

/// The link to the errors with high confidence; `label` is the name of their page.
pub fn mistakes_link(label: &str, count: usize) -> String {
    match count {
        0 => label.to_owned(),
        count => format!("{label}: {count} to correct"),
    }
}

// The table of topics: everything but the columns.

/// "2 cards suspended in Chemistry."
pub fn suspended_in(cards: usize, deck: &str) -> String {
    format!("{} suspended in {deck}.", count(cards, "card"))
}

// The page of a topic.

/// The heading of its questions.
pub const QUESTIONS_BY_WEAKNESS: &str = "Questions, weakest first";
/// The heading of the wrong answers that were given for right ones.
pub const CONFUSED: &str = "Mixed up";
/// The heading of the passages that its questions cite.
pub const PASSAGES_OF_SOURCE: &str = "Passages in the source";
/// Below the mastery.
pub const MASTERY_CAPTION: &str = "mastery";
/// Below the number of cards seen.
pub const SEEN_CAPTION: &str = "seen";
/// Below the mean score.
pub const MEAN_SCORE_CAPTION: &str = "average score";
/// Below the median time.
pub const MEDIAN_TIME_CAPTION: &str = "median time";
/// Below the number of cards due.
pub const DUE_CAPTION: &str = "due";

/// "Study this one", "Study these 12": the button above a list of questions.
pub fn study_these(count: usize) -> String {
    if count == 1 { "Study this one".to_owned() } else { format!("Study these {count}") }
}

/// "12 of 20": cards seen.
pub fn part_of(part: usize, whole: usize) -> String {
    format!("{part} of {whole}")
}

/// "recall now, fading", below the recall.
pub fn recall_caption(level: KnowledgeLevel) -> String {
    format!("recall now{}", declining(level))
}

/// "accuracy, 58–92 (20 answers)", below the accuracy.
pub fn accuracy_caption(accuracy: &Accuracy) -> String {
    match accuracy.interval() {
        Some(range) => format!("accuracy, {} ({})", percent_range(range), count(accuracy.answers, "answer")),
        None => "accuracy".to_owned(),
    }
}

// The questions of a topic.

/// In place of the recall of a card that was never answered.
pub const NEW: &str = "new";
/// In place of the recall of a card that is being learned.
pub const BEING_LEARNED: &str = "being learned";
/// In place of the lapses of a suspended card.
pub const SUSPENDED: &str = "suspended";

/// The prompt of a card that asks the reverse.
pub fn reversed(prompt: &str) -> String {
    format!("Reversed: {prompt}")
}

/// "2 lapses".
pub fn lapses(lapses: u32) -> String {
    count(lapses as usize, "lapse")
}

/// "3 of 4 right".
pub fn card_accuracy(accuracy: &Accuracy) -> String {
    match accuracy.answers {
        0 => words::NO_FIGURE.to_owned(),
        all => format!("{} of {all} right", accuracy.right),
    }
}

/// A card's figures for screen readers and its tooltip: "recall 81 %, 3 of 4 answers right, 1 lapse".
pub fn card(card: &CardScore) -> String {
    let mut parts = Vec::new();
    match card.recall {
        Some(_) if card.is_being_learned => parts.push(BEING_LEARNED.to_owned()),
        Some(recall) => {
            parts.push(format!("recall {}{}", percent(recall), declining(card.knowledge_level())))
        }
        None => parts.push("never answered".to_owned()),
    }
    if card.accuracy.answers > 0 {
        let answers = count(card.accuracy.answers, "answer");
        parts.push(format!("{} of {answers} right", card.accuracy.right));
    }
    if card.lapses > 0 {
        parts.push(lapses(card.lapses));
    }
    if card.suspended {
        parts.push(SUSPENDED.to_owned());
    }
    parts.join(", ")
}

/// "Answered “Busan” instead of “Seoul”, twice".
pub fn confusion(confusion: &Confusion) -> String {
    let times = match confusion.count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    };
    format!("Answered “{}” instead of “{}”, {times}", confusion.given, confusion.right)
}

/// "And 3 less common ones."
pub fn rarer_confusions(more: usize) -> String {
    format!("And {}.", count(more, "less common one"))
}

/// What is added to a recall that is declining; empty for any other.
fn declining(level: KnowledgeLevel) -> &'static str {
    if level == KnowledgeLevel::Declining { ", fading" } else { "" }
}

// The passages of a source.

/// The title of the page.
pub const BY_PASSAGE: &str = "By passage";
/// Below the title.
pub const BY_PASSAGE_HELP: &str = "The source, coloured by how much of it you would recall today.";
/// The button where a passage was studied.
pub const STUDY_WEAKEST_PASSAGE: &str = "Study the weakest passage";
/// The button where none was.
pub const STUDY_FIRST_PASSAGE: &str = "Study the first passage";
/// The tooltip of a passage.
pub const STUDY_PASSAGE: &str = "Study this passage";
/// The tooltip of a passage that nothing asks about.
pub const UNCITED_PASSAGE: &str = "No question cites this passage";

/// The tooltip of the link to a source, with its key.
pub fn open_source(title: &str) -> String {
    format!("{title} (R)")
}

/// How well a passage is known. `None` if no question cites it.
pub fn level(level: Option<KnowledgeLevel>) -> &'static str {
    match level {
        Some(KnowledgeLevel::Known) => "known well",
        Some(KnowledgeLevel::Shaky) => "shaky",
        Some(KnowledgeLevel::Declining) => "fading",
        Some(KnowledgeLevel::Learning) => "being learned",
        Some(KnowledgeLevel::JustLearned) => "just learned",
        Some(KnowledgeLevel::Unseen) => "not studied yet",
        None => "no questions",
    }
}

/// "3 questions"; "2 of 5 cards seen" where the recall is of some of them only.
pub fn passage_size(passage: &PassageScore) -> String {
    let (seen, all) = (passage.score.seen, passage.cards.len());
    match 0 < seen && seen < all {
        true => format!("{seen} of {all} cards seen"),
        false => count(passage.cards.questions(), "question"),
    }
}

/// "2 being learned".
pub fn being_learned(cards: usize) -> String {
    format!("{cards} being learned")
}

/// A passage for screen readers; `level` as in [`level`].
pub fn passage(passage: &PassageScore, level: Option<KnowledgeLevel>) -> String {
    let study = if passage.cards.is_empty() { "Passage" } else { "Study passage" };
    let recall = passage.score.recall_now().map(|recall| format!("recall {}, ", percent(recall)));
    let (recall, size) = (recall.unwrap_or_default(), passage_size(passage));
    format!("{study} {}: {}, {recall}{}, {size}", passage.number, passage.gist, self::level(level))
}

// Charts: words of several.

/// The first label of an axis of days to come.
pub const TODAY: &str = "Today";
/// Why a chart of recall is empty.
pub const NEEDS_SEEN_CARD: &str = "Appears once you have answered a question.";
/// Why a chart of days is empty.
pub const NO_STUDY_DAY: &str = "No answers in this period.";
/// Weekdays beside the calendar, with their rows from Monday.
pub const WEEKDAYS: [(u8, &str); 3] = [(0, "Mon"), (3, "Thu"), (6, "Sun")];
/// Months, short.
pub const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "The 7 days from 23 November".
fn days_from(days: u32, from: &str) -> String {
    format!("The {days} days from {from}")
}

// The chart of cards that come due.

/// Its title.
pub const DUE_CHART: &str = "Due in the next days";
/// Why it is empty.
pub const DUE_CHART_EMPTY: &str = "Nothing is scheduled yet. Cards appear here once you have answered them.";

/// Its summary: the cards due today with those of earlier days, the day after today with most cards, and the number of
/// cards that come due after all days that are shown.
pub fn due_chart(today: usize, backlog: usize, busiest: Option<(StudyDay, usize)>, later: usize) -> String {
    let mut text = match (today, backlog) {
        (0, _) => "Nothing is due today.".to_owned(),
        (1, 0) => "1 card is due today.".to_owned(),
        (cards, 0) => format!("{cards} cards are due today."),
        (1, _) => "1 card is due today, and overdue.".to_owned(),
        (cards, backlog) if cards == backlog => {
            format!("{cards} cards are due today, all of them overdue.")
        }
        (cards, backlog) => {
            format!("{cards} cards are due today, {backlog} of them overdue (below the line).")
        }
    };
    if let Some((day, cards)) = busiest {
        let day = weekday_and_date(day);
        text.push_str(&format!(" After that, the busiest day is {day}, with {cards} cards."));
    }
    if later > 0 {
        let are = if later == 1 { "is" } else { "are" };
        text.push_str(&format!(" {later} more {are} due later."));
    }
    text
}

/// A bar: `days` from `from` on, with the cards due and those of them from earlier days.
pub fn due_chart_bar(from: StudyDay, days: u32, today: StudyDay, cards: usize, backlog: usize) -> String {
    let when = match (from.days_since(today), days) {
        (0, 1) => TODAY.to_owned(),
        (1, 1) => "Tomorrow".to_owned(),
        (_, 1) => weekday_and_date(from),
        (0, _) => days_from(days, "today"),
        _ => days_from(days, &short_date(from, today)),
    };
    let earlier = if backlog > 0 { format!(", {backlog} of them overdue") } else { String::new() };
    format!("{when}: {}{earlier}", count(cards, "card"))
}

// The chart of predictions.

/// Its title.
pub const CALIBRATION_CHART: &str = "Predicted and actual scores";
/// Why it is empty.
pub const CALIBRATION_CHART_EMPTY: &str =
    "Appears once you have answered the same question on two different days.";

/// Its summary: what was predicted and scored, and the 95 % interval of the score.
pub fn calibration_chart(predicted: f64, scored: f64, (low, high): (f64, f64)) -> String {
    let verdict = match predicted {
        predicted if predicted > high => "predictions were too optimistic",
        predicted if predicted < low => "you did better than predicted",
        _ => "as predicted",
    };
    let (predicted, scored) = (percent(predicted), percent(scored));
    format!("Reviews after a day or more: {predicted} predicted, {scored} scored; {verdict}.")
}

/// A point.
pub fn calibration_chart_point(predicted: f64, score: f64, interval: (f64, f64), answers: usize) -> String {
    let (predicted, score, range) = (percent(predicted), percent(score), percent_range(interval));
    format!("{predicted} predicted: {score} scored in {} ({range})", count(answers, "answer"))
}

// The calendar.

/// Its title.
pub const CALENDAR: &str = "Study days";

/// Its summary: the days with answers, all days, and the answers. `since` is the first day with answers where the whole
/// history is shown.
pub fn calendar(studied: usize, days: u32, since: Option<StudyDay>, answers: usize) -> String {
    let (days, answers) = (count(days as usize, "day"), count(answers, "answer"));
    let span = match since {
        Some(first) => format!("{days} since {}", date(first)),
        None => format!("the last {days}"),
    };
    format!("You studied on {studied} of {span}: {answers} in all. A stronger colour means more answers.")
}

/// A day. `studied` is `None` without answers.
pub fn calendar_day(day: StudyDay, studied: Option<&StudiedDay>, today: StudyDay) -> String {
    let date = match day.date().year() == today.date().year() {
        true => weekday_and_date(day),
        false => date(day),
    };
    match studied.filter(|studied| studied.accuracy.answers > 0) {
        None => format!("{date}: no answers"),
        Some(studied) => format!(
            "{date}: {}, {} right, {}",
            count(studied.accuracy.answers, "answer"),
            percent(studied.accuracy.share().unwrap_or(0.0)),
            duration(studied.answer_ms)
        ),
    }
}

// The chart of retention.

/// Its title.
pub const RETENTION_CHART: &str = "Retention by month";
/// Why it is empty.
pub const RETENTION_CHART_EMPTY: &str = "Appears once you have reviewed questions after a day or more.";

/// Its summary: what was retained with its interval, of how many answers, and the desired retention.
pub fn retention_chart(retained: f64, interval: (f64, f64), answers: usize, target: f64) -> String {
    let (retained, range, target) = (percent(retained), percent_range(interval), percent(target));
    let answers = count(answers, "answer");
    format!(
        "You remembered {retained} of what came back after a day or more ({range}, {answers}). Your target is {target}."
    )
}

/// A point: a month, 1 to 12.
pub fn retention_chart_point(month: &MonthRetention) -> String {
    format!(
        "{} {}: {} of {} ({})",
        month_name(month.month),
        month.year,
        percent(month.share()),
        count(month.reviewed, "answer"),
        percent_range(month.interval())
    )
}

/// "Nov"; `month` counts from 1.
pub fn month_name(month: i8) -> &'static str {
    MONTHS.get(usize::try_from(month - 1).unwrap_or(0)).copied().unwrap_or("")
}

/// Beside the line of the desired retention.
pub fn retention_target(target: f64) -> String {
    format!("target {}", percent(target))
}

// The chart of time spent.

/// Its title; a bar is of so many days.
pub fn time_chart_title(days: u32) -> &'static str {
    match days {
        1 => "Minutes a day",
        7 => "Minutes a week",
        _ => "Minutes spent",
    }
}

/// Its summary: the mean time on a day with answers, and all of it, in milliseconds.
pub fn time_chart(a_day: u64, all: u64) -> String {
    format!("{} per study day, {} in all.", capitalised(&duration(a_day)), duration(all))
}

/// A bar: `days` from `from` on.
pub fn time_chart_bar(from: StudyDay, days: u32, today: StudyDay, ms: u64) -> String {
    let when = match days {
        1 => weekday_and_date(from),
        days => days_from(days, &short_date(from, today)),
    };
    let spent = if ms == 0 { "nothing".to_owned() } else { duration(ms) };
    format!("{when}: {spent}")
}

// The chart of recall.

/// Its title.
pub const RECALL_CHART: &str = "Recall today";

/// Its summary: the cards seen, those with high and with low recall, and those that are being learned.
pub fn recall_chart(seen: usize, well: usize, poorly: usize, learning: usize) -> String {
    let summary = format!(
        "Of {} seen, you would recall {well} today with a probability of {} or more, and {poorly} with less than {}.",
        count(seen, "card"),
        percent(0.9),
        percent(0.5)
    );
    match learning {
        0 => summary,
        1 => format!("{summary} 1 is still being learned and counts as not known."),
        learning => format!("{summary} {learning} are still being learned and count as not known."),
    }
}

/// A bar.
pub fn recall_chart_bar(range: (f64, f64), cards: usize) -> String {
    format!("{}\u{a0}%: {}", percent_range(range), count(cards, "card"))
}

// The chart of stability.

/// Its title.
pub const STABILITY_CHART: &str = "Stability";
/// The values between its bars, short enough for the axis.
pub const STABILITY_EDGES: [&str; STABILITY_DAYS.len()] =
    ["1 d", "3 d", "1 wk", "2 wk", "1 mo", "3 mo", "6 mo", "1 yr", "2 yr"];
/// The ranges of its bars in words.
pub const STABILITY_SPANS: [&str; STABILITY_DAYS.len() + 1] = [
    "less than a day",
    "1 to 3 days",
    "3 to 7 days",
    "1 to 2 weeks",
    "2 to 4 weeks",
    "1 to 3 months",
    "3 to 6 months",
    "6 to 12 months",
    "1 to 2 years",
    "more than 2 years",
];

/// Its summary; `median` is one of [`STABILITY_SPANS`].
pub fn stability_chart(seen: usize, median: &str) -> String {
    let (recall, cards) = (percent(0.9), count(seen, "card"));
    format!("How long until your recall falls to {recall}: the median of {cards} is {median}.")
}

/// A bar; `span` is one of [`STABILITY_SPANS`].
pub fn stability_chart_bar(span: &str, cards: usize) -> String {
    format!("{}: {}", capitalised(span), count(cards, "card"))
}

// The charts of accuracy: by kind of question, and by confidence.

/// The title of the one by kind.
pub const KINDS_CHART: &str = "Accuracy by kind";
/// Why it is empty.
pub const KINDS_CHART_EMPTY: &str = "No answers in this period.";
/// Its summary where too few answers were given to compare the kinds.
pub const KINDS_CHART_FEW_ANSWERS: &str =
    "The lines are 95\u{a0}% ranges: the fewer answers, the longer the line.";
/// The title of the one by confidence.
pub const CONFIDENCE_CHART: &str = "Accuracy by confidence";
/// The rows of the one by confidence, from the lowest.
pub const CONFIDENCE_NAMES: [&str; 3] = ["Guess", "Think so", "Sure"];

/// The summary of the one by kind: the best kind and the hardest, each with its accuracy.
pub fn kinds_chart(best: (Kind, f64), hardest: (Kind, f64)) -> String {
    let named = |(kind, accuracy): (Kind, f64)| format!("“{}” ({})", kind.label(), percent(accuracy));
    format!("You are best at {}; {} is the hardest for you.", named(best), named(hardest))
}

/// The summary of the one by confidence: the accuracy of answers that the learner was sure of, and that of guesses.
pub fn confidence_chart(sure: Option<f64>, guess: Option<f64>) -> String {
    match (sure.map(percent), guess.map(percent)) {
        (Some(sure), Some(guess)) => {
            format!("When you were sure, {sure} of your answers were right; when you guessed, {guess}.")
        }
        (Some(sure), None) => format!("When you were sure, {sure} of your answers were right."),
        (None, Some(guess)) => format!("When you guessed, {guess} of your answers were right."),
        (None, None) => "You only ever said “Think so”, never “Sure” or “Guess”.".to_owned(),
    }
}

/// A row of either; `name` is that of the row.
pub fn accuracy_row(name: &str, share: f64, interval: (f64, f64), answers: usize) -> String {
    let (share, answers, range) = (percent(share), count(answers, "answer"), percent_range(interval));
    format!("{name}: {share} of {answers} right ({range})")
}

// The page of errors with high confidence.

/// The title of the page.
pub const MISTAKES: &str = "Confident mistakes";
/// Below the title.
pub const MISTAKES_HELP: &str = "Answers you were sure of that were not right. Surprises like these are what you \
                                 learn most from. A question leaves the list once you get it right.";
/// Without errors, if the question for confidence is shown.
pub const NO_MISTAKES: &str = "Nothing to correct. When you answer “Sure” and are wrong, the question is listed here \
                               until you get it right.";
/// Without errors, if the question for confidence is not shown.
pub const NO_MISTAKES_UNASKED: &str = "Nothing yet. When you answer “Sure” and are wrong, the question is listed \
                                       here until you get it right. Mistakes like these are what you learn most from.";
/// Below the button that turns the question for confidence on.
pub const ASK_CONFIDENCE_HELP: &str = "Shows three optional buttons below each question: Sure (Y), Think so (M) and \
                                       Guess (G). The keys also work without the buttons.";
/// The button that leaves the empty page.
pub const BACK_TO_SCORES: &str = "Back to Scores";

/// "Show 20 more of 45".
pub fn show_more(more: usize, all: usize) -> String {
    format!("Show {more} more of {all}")
}

/// "Passage 4": a passage that a question cites.
pub fn passage_number(number: usize) -> String {
    format!("Passage {number}")
}

// What `linchpin stats` prints besides the table.

/// The last row of its table.
pub const ALL: &str = "All";

/// "A test of all 20 cards today: about 12 right (9–15)."
pub fn expected_of_all(expected: &Expectation) -> String {
    let (cards, range) = (count(expected.cards, "card"), expected_range(expected));
    format!("A test of all {cards} today: about {:.0} right ({range}).", expected.mean)
}

/// The answers of the period, the days with answers, and the time; `retained` is the share that was recalled of the
/// cards that had waited for days.
pub fn answers_in(
    period: Period,
    answers: usize,
    days: usize,
    minutes: f64,
    retained: Option<f64>,
) -> String {
    let span = match period {
        Period::All => "So far".to_owned(),
        period => format!("In {}", self::period(period)),
    };
    if answers == 0 {
        return format!("{span}: no answers.");
    }
    let retained =
        retained.map(|share| format!(", {} of what came back after days was kept", percent(share)));
    let (answers, days, retained) =
        (count(answers, "answer"), count(days, "day"), retained.unwrap_or_default());
    format!("{span}: {answers} on {days}, {minutes:.0} min{retained}.")
}

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    /// Sets the period; its label is that of the period.
    pub const SET_PERIOD: CommandText =
        CommandText::new("", "How far back the scores go.").synonyms(&["period", "range"]);
    pub const TOGGLE_COLUMNS: CommandText =
        CommandText::new("All columns", "Adds average score, median time and last day studied.")
            .synonyms(&["fewer columns", "table"]);
    pub const OPEN_PASSAGES: CommandText =
        CommandText::new(super::BY_PASSAGE, super::BY_PASSAGE_HELP).synonyms(&["source", "text", "heat map"]);
    pub const OPEN_TOPIC: CommandText =
        CommandText::new("Open topic", "Its weakest questions, what you mixed up, and its passages.");
    pub const OPEN_HIGH_CONFIDENCE_ERRORS: CommandText =
        CommandText::new(super::MISTAKES, "Answers you were sure of that were not right.").synonyms(&[
            "overconfidence",
            "sure but wrong",
            "errors",
        ]);
    pub const BACK: CommandText =
        CommandText::new(crate::text::decks::ALL_TOPICS, "Back to the table.").synonyms(&["close"]);
}
