//! Texts of exam dates: the form, the forecast, the plan.

use super::words::{self, count, date, days_ago, excerpt, in_days, percent, rounded_percent, whole_percent};
use crate::domain::day::StudyDay;
use crate::domain::forecast::{Forecast, PlanForecast, ScoreRange};
use crate::domain::goal::session_workload::{SessionWorkload, TopicWorkload};
use crate::domain::goal::{Goal, MAX_DAYS_AHEAD};

/// "Exam in 12 days: 78 % (74–82 %) expected with 25 minutes today"; `minutes` are those left today.
pub fn exam_summary(goal: &Goal, forecast: Option<&Forecast>, minutes: u32, today: StudyDay) -> String {
    let name = excerpt(&goal.name);
    if goal.is_over(today) {
        return format!("{name} was {}: the schedule is back to normal", days_ago(goal.exam_day(), today));
    }
    let when = in_days(goal.days_left(today));
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
    let (expected, low_high) = (percent(range.expected), score_range(range));
    if expected == low_high { expected } else { format!("{expected} ({low_high})") }
}

/// "74–82 %"
pub fn score_range(range: &ScoreRange) -> String {
    let whole = |share: f64| (share * 100.0).round() as i64;
    match (whole(range.low), whole(range.high)) {
        (low, high) if low == high => format!("{low}\u{a0}%"),
        (low, high) => format!("{low}–{high}\u{a0}%"),
    }
}

// An exam of today or tomorrow.

/// The title on the eve of the exam, and on its day.
pub fn imminent_title(is_today: bool) -> &'static str {
    if is_today { "Your exam is today" } else { "Your exam is tomorrow" }
}

/// Starts to study for the exam, on its page too.
pub const STUDY_FOR_IT: &str = "Study for it";
/// Goes through the weakest cards when everything else is done.
pub const WEAKEST_ONCE_MORE: &str = "Go through the weakest once more";
/// The same where there is no room for more.
pub const WEAKEST: &str = "Go through the weakest";
/// Goes through the weakest cards and then through cards never seen.
pub const WEAKEST_THEN_NEW: &str = "Go through the weakest, then new ones";

/// A button that also says how long the session is; `size` is [`session_size`].
pub fn verb_with_size(verb: &str, size: &str) -> String {
    format!("{verb}: {size}")
}

/// Asks for the time again, once it was said.
pub const CHANGE_TIME: &str = "Change my time";
/// Above the times to choose from.
pub const HOW_MUCH_TIME: &str = "How much time do you have?";
/// The last of them.
pub const AS_LONG_AS_NEEDED: &str = "As long as needed";
/// "now": on the day of the exam.
pub const NOW: &str = "now";
/// "tonight": in the evening.
pub const TONIGHT: &str = "tonight";
/// "today": before the evening.
pub const TODAY: &str = "today";
/// While the forecast is computed.
pub const WORKING_OUT: &str = "Working out what to expect…";

/// What the session of today does to the expected score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImminentOutlook {
    /// It raises it, by studying.
    Studying,
    /// It raises it, by the weakest cards once more.
    Weakest,
    /// Nothing is left on the day of the exam.
    AllDone,
    /// Nothing is left on the eve.
    DoneForToday,
}

/// What the session brings. `expected` is the score after it as text, `without` the share without it; `when` is [`NOW`],
/// [`TONIGHT`] or [`TODAY`].
pub fn imminent_description(
    name: &str,
    outlook: ImminentOutlook,
    when: &str,
    without: f64,
    expected: &ScoreRange,
) -> String {
    let (stop, expected_text) = (percent(without), expected_with_range(expected));
    let what = match outlook {
        ImminentOutlook::Studying => format!("Studying {when}"),
        ImminentOutlook::Weakest => "Going through the weakest".to_owned(),
        ImminentOutlook::AllDone => {
            return format!("{name}. You have been through it all today: expect {expected_text}.");
        }
        ImminentOutlook::DoneForToday => {
            return format!("{name}. You are done for today: expect {expected_text}.");
        }
    };
    // A gain that rounding hides is not promised.
    if percent(expected.expected) == stop {
        return format!("{name}. You can expect {expected_text}.");
    }
    format!("{name}. {what} brings you from {stop} to about {expected_text}.")
}

/// The description until there is a forecast.
pub fn imminent_waiting(name: &str) -> String {
    format!("{name}. {WORKING_OUT}")
}

/// The plan reaches the target.
pub fn enough_for(target_percent: u8) -> String {
    format!("That is enough for your target of {}.", whole_percent(target_percent))
}

/// How much would be enough, on the eve or the day of the exam.
pub fn would_take(target_percent: u8, minutes: u32, when: &str) -> String {
    format!("Reaching {} would take {} {when}.", whole_percent(target_percent), minutes_in_words(minutes))
}

/// "20 minutes tonight and 5 in the morning"; `None` if both are 0.
pub fn evening_and_morning(evening: u32, morning: u32, when: &str) -> Option<String> {
    match (evening, morning) {
        (0, 0) => None,
        (0, morning) => Some(format!("{} in the morning", minutes_in_words(morning))),
        (evening, 0) => Some(format!("{} {when}", minutes_in_words(evening))),
        (evening, morning) => {
            Some(format!("{} {when} and {morning} in the morning", minutes_in_words(evening)))
        }
    }
}

/// The target is reached by `study`, which is [`evening_and_morning`].
pub fn takes(target_percent: u8, study: &str) -> String {
    format!("Reaching {} takes {study}.", whole_percent(target_percent))
}

/// What would come nearest without the limit of time.
pub fn without_limit(study: &str, expected: f64) -> String {
    format!("Without a limit: {study}, for {}.", percent(expected))
}

/// No study reaches the target; what comes nearest, if there is any.
pub fn cannot_be_reached(target_percent: u8, is_now: bool, nearest: Option<(&str, f64)>) -> String {
    let by = if is_now { "now" } else { "by tomorrow" };
    let cannot = format!("{} is out of reach {by}.", whole_percent(target_percent));
    match nearest {
        None => cannot,
        Some((study, expected)) => format!("{cannot} {study} would get you closest: {}.", percent(expected)),
    }
}

fn minutes_in_words(minutes: u32) -> String {
    count(minutes as usize, "minute")
}

/// The headings of the three columns: what there is to study, the expected score without it and after it.
pub fn imminent_columns(is_weakest_review: bool, when: &str, is_narrow: bool) -> [&'static str; 3] {
    let mut headings = match (is_weakest_review, when) {
        (true, _) => ["once more", "if you stop now", "after it"],
        (false, TONIGHT) => ["tonight", "if you stop now", "after tonight"],
        (false, NOW) => ["now", "if you stop now", "after it"],
        (false, _) => ["today", "if you stop now", "after today"],
    };
    if is_narrow {
        (headings[1], headings[2]) = ("stop now", "after");
    }
    headings
}

/// A row for screen readers; `workload` is [`workload`], the shares are without and after the session.
pub fn imminent_row(topic: &str, workload: &str, without: f64, after: f64) -> String {
    format!("{topic}: {workload}, {} if you stop now, {} after", percent(without), percent(after))
}

/// "14 cards, 12 min". A dash without cards.
pub fn workload(workload: &TopicWorkload) -> String {
    match (workload.cards, workload.minutes) {
        (0, _) => words::NO_FIGURE.to_owned(),
        (cards, 0) => format!("{}, <\u{a0}1\u{a0}min", count(cards, "card")),
        (cards, minutes) => format!("{}, {minutes}\u{a0}min", count(cards, "card")),
    }
}

/// The heading of the topics' names.
pub const TOPIC: &str = "Topic";

// The page of an exam.

/// Opens the form of another exam.
pub const ANOTHER_EXAM: &str = "Add exam";

/// "21 December 2026, in 28 days · Seventy Years of Solidarity, 3 topics · target 85 %"
pub fn details(goal: &Goal, deck: &str, today: StudyDay) -> String {
    let day = date(goal.exam_day());
    let when = match goal.days_left(today) {
        _ if goal.is_over(today) => days_ago(goal.exam_day(), today),
        days => in_days(days),
    };
    let topics = match goal.topics.len() {
        0 => String::new(),
        topics => format!(", {}", count(topics, "topic")),
    };
    format!("{day}, {when} · {deck}{topics} · target {}", whole_percent(goal.target_percent))
}

/// The exam's deck is not in the library.
pub const DECK_MISSING: &str = "Its deck is missing. The date is kept until the deck is back.";
/// The exam's day is over.
pub const DAY_OVER: &str = "That day is over, and your schedule is back to normal. Set a new day, or remove the exam; \
    your progress stays.";

/// The exam's day is more than [`MAX_DAYS_AHEAD`] days ahead.
pub fn too_far() -> String {
    format!("That day is too far off to predict. The forecast starts {MAX_DAYS_AHEAD} days before.")
}

/// The chosen topics have no cards.
pub const NO_CARDS: &str = "There are no cards in these topics.";

/// What the forecast means, in a few sentences: with the plan, at the current pace, and without study.
pub fn forecast_sentences(goal: &Goal, forecast: &Forecast, session: &SessionWorkload) -> Vec<String> {
    let total = &forecast.total;
    let stop = expected_with_range(&total.without_study);
    let mut lines = Vec::new();
    if let Some(plan_forecast) = &forecast.plan {
        lines.push(plan_text(goal, plan_forecast, session, &expected_with_range(&forecast.expected())));
    }
    lines.push(match (&total.at_current_pace, &forecast.pace) {
        (Some(range), Some(pace)) => format!(
            "At today’s pace ({:.0} min on {:.0} of 10 days) expect {}; if you stop today, {stop}.",
            pace.minutes.max(1.0),
            (1.0 - pace.days_off_share) * 10.0,
            expected_with_range(range)
        ),
        _ => format!("If you stop today, expect {stop}. The last two weeks show no pace to go by."),
    });
    lines
}

/// What the plan takes and brings. `expected` is the score with the plan, as text.
fn plan_text(goal: &Goal, plan_forecast: &PlanForecast, session: &SessionWorkload, expected: &str) -> String {
    let longest_minutes = longest_day_minutes(plan_forecast, session);
    let longest_text = minutes_in_words(longest_minutes);
    let target = whole_percent(goal.target_percent);
    let expected = match session.minutes() {
        0 => format!("You are done for today. With at most {longest_text} a day you can expect {expected}"),
        today if today == longest_minutes => {
            format!("With about {longest_text} a day you can expect {expected}")
        }
        today => format!(
            "With about {} today, and at most {longest_text} a day, you can expect {expected}",
            minutes_in_words(today)
        ),
    };
    if plan_forecast.reaches_target {
        return format!("{expected}. The plan aims at {target} or more in the least time.");
    }
    match (plan_forecast.plan.enough_minutes, &plan_forecast.closest) {
        (Some(enough), _) => format!("{expected}. Reaching {target} would take {enough} minutes a day."),
        (None, _) if goal.target_percent >= 95 => format!(
            "{expected}. No plan can promise {target}: even when you know everything, one answer in twenty goes \
             wrong."
        ),
        (None, Some(closest))
            if rounded_percent(closest.score.expected) >= u32::from(goal.target_percent) =>
        {
            format!("{expected}. Reaching {target} would take {} minutes a day.", closest.minutes_a_day)
        }
        (None, Some(closest)) => format!(
            "{expected}. {target} is out of reach by that day: {} minutes a day get closest, {}.",
            closest.minutes_a_day,
            percent(closest.score.expected)
        ),
        (None, None) => format!("{expected}. {target} is out of reach by that day: this comes closest."),
    }
}

/// Minutes of the longest day of the plan. It may be today: cards in their learning steps come back whatever the plan
/// says.
fn longest_day_minutes(plan_forecast: &PlanForecast, session: &SessionWorkload) -> u32 {
    plan_forecast.plan.minutes_a_day.max(session.minutes())
}

/// How the forecast was made, and what the plan asks of the schedule.
pub fn small_print(forecast: &Forecast) -> String {
    let mut text =
        "The result should fall in its range 19 times out of 20. Ranges allow for chance in what you remember, in the \
         test itself, and in how long you remember, as far as your answers show. Cards that you are still learning \
         count with what is likely to stay until the exam; Scores do not count them yet."
            .to_owned();
    // Before an exam of tomorrow no card comes back any more.
    if let Some(plan_forecast) = &forecast.plan
        && plan_forecast.minutes_by_day.len() > 1
    {
        let plan = &plan_forecast.plan;
        text += &format!(
            " Until the exam its cards come back when your recall of them falls to {}",
            whole_percent(plan.retention_percent)
        );
        if plan.pre_exam_review_percent.is_some() {
            text += &format!(
                ", with a last review in the final {}",
                count(plan.pre_exam_review_days as usize, "day")
            );
        }
        if forecast.total.unseen > 0 {
            text += &format!("; at most {} a day", count(plan.new_cards_a_day as usize, "new card"));
        }
        text.push('.');
    }
    if let Some(sampled) = forecast.sampled_cards {
        text += &format!(
            " With so many cards, the forecast rests on a sample of {sampled} of {}.",
            count(forecast.total.cards, "card")
        );
    }
    text
}

/// The heading of the chart of the expected score, and its name for screen readers.
pub const CURVE: &str = "Expected score until the exam";

/// The chart as text, for screen readers: the target, then what is expected at each point.
pub fn curve_description(target: f64, points: &[String]) -> String {
    format!("{CURVE}, target {}. {}", percent(target), points.join("; "))
}

/// A way to go on until the exam: one line of the chart, and one column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Without any study.
    Stop,
    /// As in the last two weeks.
    Current,
    /// As the plan says.
    Plan,
}

impl Pace {
    /// All, in the order of the columns.
    pub const ALL: [Pace; 3] = [Pace::Stop, Pace::Current, Pace::Plan];

    /// In one word: at the end of a line, and over a narrow column.
    pub fn short(self) -> &'static str {
        match self {
            Pace::Stop => "Stop",
            Pace::Current => "Pace",
            Pace::Plan => "Plan",
        }
    }

    /// In a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Pace::Stop => "if you stop",
            Pace::Current => "at today’s pace",
            Pace::Plan => "with the plan",
        }
    }
}

/// The name of the line at the target.
pub const TARGET_LINE: &str = "Target";

/// "78 % (74–82 %) with the plan": a line on one day.
pub fn expected_at_pace(range: &ScoreRange, pace: Pace) -> String {
    format!("{} ({}) {}", percent(range.expected), score_range(range), pace.phrase())
}

/// A row of the table for screen readers; the ranges are in the order of [`Pace::ALL`].
pub fn forecast_row(topic: &str, cards: usize, ranges: [Option<&ScoreRange>; 3]) -> String {
    let [stop, current, plan] = [0, 1, 2].map(|at| {
        let name = Pace::ALL[at].phrase();
        ranges[at].map_or_else(
            || format!("{name} unknown"),
            |range| format!("{name} {} ({})", percent(range.expected), score_range(range)),
        )
    });
    format!("{topic}, {}: {stop}, {current}, {plan}", count(cards, "card"))
}

/// A row under the pointer.
pub fn never_seen(cards: usize, unseen: usize) -> String {
    format!("{}, {unseen} never seen", count(cards, "card"))
}

/// The heading of the chart of minutes, and its name for screen readers.
pub const MINUTES: &str = "Minutes a day with the plan";

/// What the chart of minutes shows.
pub fn minutes_summary(plan_forecast: &PlanForecast, session: &SessionWorkload) -> String {
    let most = longest_day_minutes(plan_forecast, session);
    format!("At most {most} minutes a day, and no day is much longer than the others.")
}

/// A bar of that chart: its first day, how many days it stands for, and their mean.
pub fn minutes_bar(first: StudyDay, days: usize, minutes: u32) -> String {
    let more = if days > 1 { format!(" and {} more", count(days - 1, "day")) } else { String::new() };
    format!("{}{more}: {minutes} min", date(first))
}

// The form.

/// The title of the form for a new exam.
pub const NEW_TITLE: &str = "Set an exam date";
/// The title of the form for an exam that is there.
pub const CHANGE_TITLE: &str = "Change the exam date";
/// What an exam date is for.
pub const FORM_HELP: &str =
    "See what to expect on the day, topic by topic. Until then, your schedule follows the plan.";
/// The learner's name for the exam.
pub const NAME: &str = "Name";
/// Its field, for screen readers.
pub const NAME_FIELD: &str = "Name of the exam";
/// The name of an exam that has none.
pub const DEFAULT_NAME: &str = "Exam";
/// The exam's deck.
pub const DECK: &str = "Deck";
/// What to choose there.
pub const DECK_HELP: &str = "The deck that the exam covers.";
/// The exam's topics.
pub const TOPICS: &str = "Topics";
/// What to choose there.
pub const TOPICS_HELP: &str = "All of them, or only those you pick.";
/// The exam's day.
pub const DAY: &str = "Day";
/// Its field, for screen readers.
pub const DAY_FIELD: &str = "Day of the exam";
/// The number of days until then, for screen readers.
pub const DAYS_UNTIL: &str = "Days until the exam";
/// The target score.
pub const TARGET: &str = "Target";
/// What it is.
pub const TARGET_HELP: &str = "The share of points you want to score.";
/// The limit of minutes a day.
pub const DAILY_TIME: &str = "Daily limit";
/// What the two choices are.
pub const DAILY_TIME_HELP: &str = "The time that the target needs, or a daily maximum.";
/// Without a limit.
pub const AS_NEEDED: &str = "As needed";
/// With a limit.
pub const AT_MOST: &str = "At most";
/// The limit, for screen readers.
pub const MINUTES_A_DAY: &str = "Minutes a day";

// A day that cannot be that of an exam.

/// The text is not a date.
pub const NO_DATE: &str = "That is not a date: write it as 2026-12-31 or 31 December 2026";
/// The day is before today.
pub const PAST_DAY: &str = "That day is over: choose today or a later day";

/// The day is more than [`MAX_DAYS_AHEAD`] days ahead.
pub fn day_too_far() -> String {
    format!("That is too far off to predict: choose a day within {MAX_DAYS_AHEAD} days")
}

// Notices.

/// An exam date needs a deck.
pub const NEEDS_DECK: &str = "Add a deck first: an exam date needs one.";

/// An exam date was removed.
pub fn removed(name: &str) -> String {
    format!("{name} removed; your schedule is back to normal. Ctrl Z to undo.")
}

// Steps that can be undone.

/// A changed exam date.
pub fn changing(name: &str) -> String {
    format!("changing {name}")
}

/// A new exam date.
pub fn setting_date(name: &str) -> String {
    format!("setting a date for {name}")
}

/// A removed exam date.
pub fn removing(name: &str) -> String {
    format!("removing {name}")
}

/// Another limit of minutes a day.
pub fn changing_time(name: &str) -> String {
    format!("changing your time for {name}")
}

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const OPEN: CommandText =
        CommandText::new("Exam date", "What to expect on the day, and the plan that gets you there.")
            .synonyms(&["goal", "deadline", "forecast"]);
    pub const NEW: CommandText = CommandText::new("Set an exam date", "For a deck or some of its topics.")
        .synonyms(&["goal", "deadline", "new exam"]);
    pub const EDIT: CommandText = CommandText::new("Change", "Its day, topics, target and your daily limit.")
        .synonyms(&["edit", "exam"]);
    pub const SAVE: CommandText = CommandText::new("Save", "Works out the forecast and the plan.");
    pub const BACK: CommandText = CommandText::new("Back", "Nothing is lost.").synonyms(&["close", "cancel"]);
    pub const REMOVE: CommandText =
        CommandText::new("Remove", "Your schedule goes back to normal.").synonyms(&["delete", "exam"]);
    pub const ASK_MINUTES: CommandText =
        CommandText::new("I have less time", "Say how many minutes: the plan makes the most of them.")
            .synonyms(&["limit", "minutes"]);
}
