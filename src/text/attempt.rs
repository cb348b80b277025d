//! Texts of tests: setup, taking one, the report.

use std::fmt::Display;

use super::study::confidence_name;
use super::words::{self, count, duration_with_seconds, percent, signed_percent};
use crate::domain::attempt::{ItemReport, Mix, TestReport, TestTally};
use crate::domain::grade::Correctness;

/// Points rounded to one decimal: "16.5", "16", "0.3".
pub fn points(points: f64) -> String {
    let rounded = (points * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// The points predicted before the test with their 95 % interval: "Predicted 15.8 (13–18)".
pub fn prediction(tally: &TestTally) -> String {
    let (low, high) = tally.predicted.interval_95();
    format!("Predicted {:.1} ({:.0}–{:.0})", tally.predicted.mean, low, high)
}

/// "12 right, 1 partly, 2 wrong, 5 not answered". Every question counts once, so that an unanswered one is not also
/// counted as wrong. Counts of zero are left out.
pub fn outcome_counts(report: &TestReport) -> String {
    let answered = |outcome| {
        report.items.iter().filter(|item| item.answered && item.verdict.correctness() == outcome).count()
    };
    let counts = [
        (answered(Correctness::Right), "right"),
        (answered(Correctness::Almost), "almost"),
        (answered(Correctness::Partly), "partly"),
        (answered(Correctness::Wrong), "wrong"),
        (report.unanswered_count(), super::study::NOT_ANSWERED),
    ];
    let texts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    texts.join(", ")
}

/// The score in percent, and the 95 % interval of the score on all questions of this sort, for a reader who wants to
/// generalize beyond this test.
pub fn score_interval(tally: &TestTally) -> String {
    let (low, high) = tally.interval();
    format!(
        "{:.0}\u{a0}%; between {:.0} and {:.0}\u{a0}% of all such questions, with 95\u{a0}% certainty",
        tally.share() * 100.0,
        low * 100.0,
        high * 100.0
    )
}

/// What a report says about an answer that is wrong only by a typing slip. Until the learner decides whether it
/// counts, the text also says that it is worth half.
pub fn slip(item: &ItemReport) -> String {
    match item.slip_accepted {
        None => format!("{}. A slip counts half until you decide.", item.verdict.headline),
        Some(_) => format!("{}.", item.verdict.headline),
    }
}

// The screen.

/// The title of the screen.
pub const TITLE: &str = "Test";

// A test that is being taken.

/// What the number in the top bar counts during the test.
pub const QUESTION: &str = "Question";
/// What the number in the top bar counts during self-grading.
pub const ANSWERS: &str = "Answers";

/// "4 of 20", in the top bar; `number` counts from 1.
pub fn position(number: usize, questions: usize) -> String {
    format!("{number} of {questions}")
}

/// How many answers wait for the learner's own grade, in the top bar.
pub fn to_self_grade(answers: usize) -> String {
    format!("{answers} to grade")
}

/// "12:40 left"; `remaining_ms` is in milliseconds.
pub fn time_left(remaining_ms: i64) -> String {
    // Rounded up, so that 0:00 shows only when the time is over.
    let seconds = (remaining_ms + 999) / 1_000;
    format!("{}:{:02} left", seconds / 60, seconds % 60)
}

/// The answer is on disk.
pub const SAVED: &str = "Saved";
/// Takes the flag away.
pub const FLAGGED: &str = "Flagged";
/// Above an answer that the learner grades.
pub const SELF_GRADE: &str = "Handed in · how good was your answer?";

// The overview of a test.

/// The title of the overview.
pub fn answered(answered: usize, questions: usize) -> String {
    format!("{answered} of {questions} answered")
}

/// What to know before handing in. Items are indices from 0.
pub fn before_handing_in(unanswered: &[usize], flagged: &[usize]) -> String {
    match (unanswered.is_empty(), flagged.is_empty()) {
        (true, true) => "Every question is answered. After handing in you can’t change answers.".to_owned(),
        (true, false) => format!("Every question is answered. Flagged: {}.", questions(flagged)),
        (false, true) => {
            format!("Not answered: {}. Unanswered questions score nothing.", questions(unanswered))
        }
        (false, false) => {
            format!("Not answered: {}. Flagged: {}.", questions(unanswered), questions(flagged))
        }
    }
}

/// "question 4", "questions 4, 9 and 3 more". `items` are indices from 0.
fn questions(items: &[usize]) -> String {
    /// How many question numbers a sentence lists.
    const MAX_NUMBERS: usize = 12;
    let numbers: Vec<String> = items.iter().take(MAX_NUMBERS).map(|item| (item + 1).to_string()).collect();
    let noun = if items.len() == 1 { "question" } else { "questions" };
    match items.len().saturating_sub(MAX_NUMBERS) {
        0 => format!("{noun} {}", numbers.join(", ")),
        more => format!("{noun} {} and {more} more", numbers.join(", ")),
    }
}

/// Goes back to the question that was left; `number` counts from 1.
pub fn back_to_question(number: usize) -> String {
    format!("Back to question {number}")
}

/// What the signs of the overview mean, and its keys.
pub const OVERVIEW_LEGEND: &str =
    "Filled: answered. Dot: flagged. To go to a question, click it, or use the arrow keys and Enter.";
/// A question with a part of an answer.
pub const STATE_UNFINISHED: &str = "unfinished";
/// A question with an answer.
pub const STATE_ANSWERED: &str = "answered";

/// A question of the overview, for screen readers; `number` counts from 1.
pub fn overview_item(number: usize, state: &str, is_flagged: bool) -> String {
    format!("Question {number}, {state}{}", if is_flagged { ", flagged" } else { "" })
}

// The setup.

/// What a test is.
pub const WHAT_A_TEST_IS: &str =
    "A fixed set of questions. You can go back and change answers; the results come at the end.";

/// How many questions the setup takes of the `available` ones that it allows. `minutes` is the limit.
pub fn setup_summary(questions: usize, available: usize, minutes: Option<u32>) -> String {
    let time = minutes.map_or("no time limit".to_owned(), words::minutes);
    match available {
        0 => "No matching questions. Choose more decks, topics or kinds.".to_owned(),
        available if available < questions => {
            format!("All {}, {time}", count(available, "matching question"))
        }
        available => format!("{questions} of {}, {time}", count(available, "matching question")),
    }
}

/// The heading of the decks and topics.
pub const QUESTIONS_FROM: &str = "Questions from";
/// How to get at the topics while all decks are chosen.
pub const CHOOSE_TOPICS: &str = "To pick topics, untick the decks that you don’t want.";
/// The heading of the kinds.
pub const KINDS: &str = "Kinds of question";
/// The heading of number, time, mix, code and schedule.
pub const RULES: &str = "Rules";
/// How many questions are asked.
pub const NUMBER: &str = "Number of questions";
/// The time limit.
pub const TIME: &str = "Time limit";
/// When the clock does not run.
pub const TIME_HELP: &str = "The clock stops when you leave the test or the computer sleeps.";
/// Which questions are taken.
pub const MIX: &str = "Mix";

/// The name of a mix.
pub fn mix(mix: Mix) -> &'static str {
    match mix {
        Mix::Balanced => "Balanced",
        Mix::Weakest => "Weakest first",
        Mix::Random => "Random",
    }
}

/// What a mix takes.
pub fn mix_help(mix: Mix) -> &'static str {
    match mix {
        Mix::Balanced => "The same number from each topic, where possible.",
        Mix::Weakest => {
            "What you recall least comes first. It differs from person to person, whatever the code."
        }
        Mix::Random => "Any matching questions.",
    }
}

/// What draws the questions.
pub const CODE: &str = "Code";
/// What the code is for.
pub const CODE_HELP: &str = "Share it to give others the same test, with the same decks and rules.";
/// Whether answers move their cards.
pub const COUNTS: &str = "Affects the schedule";

/// What that means.
pub fn counts_help(moves_schedule: bool) -> &'static str {
    if moves_schedule {
        "Every answer reschedules its card, and you start learning the new ones."
    } else {
        "Scores count the test, but no card is rescheduled."
    }
}

// A paused test.

/// The title while answers wait for the learner's own grades.
pub const UNGRADED: &str = "Handed in, not graded yet";
/// What is left to do with it.
pub const UNGRADED_HELP: &str = "Answers in your own words are waiting for you to grade them.";
/// The title of a test that was left.
pub const PAUSED: &str = "You have a test in progress";

/// How far it is; `remaining_ms` is the time left of a limit, in milliseconds.
pub fn paused(answered: usize, questions: usize, remaining_ms: Option<i64>) -> String {
    let so_far = format!("{answered} of {} answered", count(questions, "question"));
    match remaining_ms {
        Some(remaining) => {
            format!("{so_far}, {} left. The clock is stopped.", duration_with_seconds(remaining))
        }
        None => format!("{so_far}, no time limit."),
    }
}

/// Before it is given up.
pub const DISCARD_WARNING: &str = "If you discard it, it won’t count, and you can’t get its answers back.";

// The report.

/// The first line: how long, how much, when. `limit_ms` is in milliseconds, `day` is a date in words.
pub fn report_about(
    questions: usize,
    spent_ms: i64,
    limit_ms: Option<i64>,
    timed_out: bool,
    day: &str,
) -> String {
    let spent = duration_with_seconds(spent_ms);
    let time = limit_ms
        .map_or_else(|| spent.clone(), |limit| format!("{spent} of {}", duration_with_seconds(limit)));
    let ended = if timed_out { " · time ran out" } else { "" };
    format!("Test · {} · {time}{ended} · {day}", count(questions, "question"))
}

/// The second line: which decks, which mix, which code.
pub fn report_setup(decks: &str, mix: Mix, code: &str) -> String {
    format!("{decks} · {} · code {code}", self::mix(mix))
}

/// "16.5 of 20"
pub fn points_of(tally: &TestTally) -> String {
    format!("{} of {}", points(tally.points), tally.questions)
}

/// "of 20", in smaller letters beside the points.
pub fn of_questions(questions: usize) -> String {
    format!("of {questions}")
}

/// The sentences below the points. `change` is that of the share since the previous test of this setup.
pub fn report_summary(report: &TestReport, change: Option<f64>) -> String {
    let mut summary = format!("{}. {}", outcome_counts(report), score_range(&report.total));
    if let Some(change) = change {
        summary.push_str(&format!(" {} since the previous test.", signed_percent(change)));
    }
    summary
}

/// The share of the points, and the range that the result allows for all such questions.
fn score_range(tally: &TestTally) -> String {
    let (low, high) = tally.interval();
    format!(
        "{}. You would know between {} and {} of all such questions, with 95\u{a0}% certainty.",
        percent(tally.share()),
        percent(low),
        percent(high)
    )
}

/// Which answers are an unresolved slip of the fingers; `None` if there is none.
pub fn undecided_slips(report: &TestReport) -> Option<String> {
    let numbers: Vec<String> = report.unresolved_slips().map(|at| (at + 1).to_string()).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => {
            Some(format!("Question {one} is almost right: open it below and decide whether it was a slip."))
        }
        more => Some(format!(
            "Questions {} are almost right: open them below and decide whether they were slips.",
            more.join(", ")
        )),
    }
}

/// Starts a session of what was not right.
pub fn study_mistakes(mistakes: usize, unanswered: usize) -> String {
    match (mistakes, unanswered) {
        (1, 0) => "Study your mistake".to_owned(),
        (mistakes, 0) => format!("Study your {mistakes} mistakes"),
        (0, 1) => "Study the unanswered question".to_owned(),
        (0, unanswered) => format!("Study the {unanswered} unanswered questions"),
        (mistakes, unanswered) => {
            format!("Study {} and {unanswered} unanswered", count(mistakes, "mistake"))
        }
    }
}

/// The heading of the scores of topics.
pub const BY_TOPIC: &str = "By topic";

/// What was predicted for a topic, beside its points.
pub fn predicted(tally: &TestTally) -> String {
    let (low, high) = tally.predicted.interval_95();
    format!("predicted {:.1} ({low:.0}–{high:.0})", tally.predicted.mean)
}

/// The row of a topic, for screen readers and under the pointer. `change` is that of [`report_summary`].
pub fn topic_row(name: &str, tally: &TestTally, change: Option<f64>) -> String {
    let (low, high) = tally.interval();
    let change = change
        .map_or(String::new(), |change| format!(", {} since the previous test", signed_percent(change)));
    format!(
        "{name}: {}, {}, between {} and {} of all such questions, {}{change}",
        points_of(tally),
        prediction(tally),
        percent(low),
        percent(high),
        duration_with_seconds(tally.spent_ms)
    )
}

/// The heading of all questions.
pub const ALL_ANSWERS: &str = "Answers";

/// A question in the report, for screen readers; `number` counts from 1.
pub fn report_item(number: usize, verdict: &str, prompt: &str) -> String {
    format!("Question {number}, {verdict}, {prompt}")
}

/// In place of an answer.
pub const NOT_ANSWERED: &str = "Not answered";

/// "0.5 · 12 s", beside a question.
pub fn points_and_seconds(earned: f64, seconds: i64) -> String {
    format!("{} · {seconds} s", points(earned))
}

/// What an unresolved slip of the fingers counts.
pub const SLIP_HELP: &str = "A slip counts half until you decide.";

/// The figures of a question.
pub fn item_details(item: &ItemReport, topic: &str) -> String {
    let flagged = if item.flagged { " · flagged" } else { "" };
    let said = item
        .confidence
        .map_or(String::new(), |confidence| format!(" · you said: {}", confidence_name(confidence)));
    format!(
        "{} · expected {:.2} before the test · {topic}{flagged}{said}",
        duration_with_seconds(item.spent_ms),
        item.expected
    )
}

// The list of earlier tests.

/// Tests whose record is damaged.
pub fn unreadable(tests: usize) -> String {
    format!("{} can’t be read.", count(tests, "test"))
}

/// In place of an empty list.
pub const NO_HISTORY: &str = "No tests yet. The tests you hand in are listed here with their reports.";

/// A row for screen readers; `day` is such as "Yesterday".
pub fn history_row(day: &str, decks: &str, tally: &TestTally, change: &str) -> String {
    format!("Report of {day}, {decks}: {}. {change}", points_of(tally))
}

/// A test without an earlier one to compare with.
pub const FIRST_OF_SETUP: &str = "First test with these settings";

/// The change since the previous test of the same setup. Changes are differences of shares from 0 to 1; `None` for the
/// whole is one too small to show.
pub fn change_since_previous(total: Option<f64>, topics: &[(&str, f64)]) -> String {
    let mut text = match total {
        None => "Same as the previous test".to_owned(),
        Some(change) => format!("{} since the previous test", signed_percent(change)),
    };
    for (name, change) in topics {
        text.push_str(&format!(" · {name} {}", signed_percent(*change)));
    }
    text
}

// Notices.

/// Undo while a test is being taken.
pub const NO_UNDO: &str = "In a test, answers can be changed until you hand in.";
/// Undo after a test was handed in.
pub const NO_UNDO_AFTER: &str = "Nothing to undo: a test can’t be changed once it is handed in.";

/// Handing in failed; `error` is a sentence.
pub fn not_handed_in(error: impl Display) -> String {
    format!("The test is not handed in yet. {error}")
}

/// A report whose record is damaged.
pub const UNREADABLE_TEST: &str = "This test can’t be read.";
/// Another test is paused.
pub const UNFINISHED_TEST: &str = "You have an unfinished test: continue it, or discard it.";
/// The setup matches no question.
pub const NO_MATCH: &str = "No matching questions: choose more decks, topics or kinds.";
/// The time is nearly over.
pub const ONE_MINUTE_LEFT: &str = "One minute left.";

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const PREPARE_ALL: CommandText =
        CommandText::new("Test me on the whole source", "Sets up a test; you start it.")
            .synonyms(&["quiz", "exam"]);
    pub const PREPARE: CommandText =
        CommandText::new("Test me on this", "Sets up a test; you start it.").synonyms(&["quiz", "exam"]);
    pub const NEW_CODE: CommandText =
        CommandText::new("New code", "Another test with the same settings.").synonyms(&["random", "shuffle"]);
    pub const SHOW_HISTORY: CommandText = CommandText::new("Earlier tests", "Their scores and reports.")
        .synonyms(&["history", "past", "results"]);
    pub const SHOW_SETUP: CommandText =
        CommandText::new("New test", "Sets up the next test.").synonyms(&["setup"]);
    pub const BEGIN: CommandText =
        CommandText::new("Start test", "With the settings shown here.").synonyms(&["start", "quiz"]);
    pub const CONTINUE: CommandText =
        CommandText::new("Continue test", "The clock goes on where it stopped.").synonyms(&["resume"]);
    pub const PAUSE: CommandText =
        CommandText::new("Leave test", "Every answer is kept, and the clock stops.")
            .synonyms(&["pause", "stop", "quit"])
            .in_terminal("Leaves the test; so does Ctrl+D. Every answer is kept, and the clock stops.");
    pub const ASK_DISCARD: CommandText =
        CommandText::new("Discard", "Asks once more first.").synonyms(&["give up", "delete"]);
    pub const KEEP: CommandText = CommandText::new("Keep", "The test stays paused.").synonyms(&["cancel"]);
    pub const DISCARD: CommandText =
        CommandText::new("Discard for good", "The test won’t count.").synonyms(&["give up", "delete"]);
    pub const NEXT: CommandText = CommandText::new("Next", "The next question.")
        .synonyms(&["forward", "skip"])
        .in_terminal("The next question; so does Enter alone. :7 goes to question 7.");
    pub const PREVIOUS: CommandText =
        CommandText::new("Previous", "The question before.").synonyms(&["back"]);
    pub const FLAG: CommandText = CommandText::new("Flag", "Marks the question for later.")
        .synonyms(&["mark", "bookmark"])
        .in_terminal("Marks the question for later; again to unmark it.");
    pub const SURE: CommandText =
        crate::text::study::commands::SURE.in_terminal("Records how sure you are of your answer.");
    pub const THINK_SO: CommandText =
        crate::text::study::commands::THINK_SO.in_terminal("The same: you think so.");
    pub const GUESS: CommandText =
        crate::text::study::commands::GUESS.in_terminal("The same: it is a guess.");
    pub const SHOW_OVERVIEW: CommandText = CommandText::new("Overview", "All questions at once.")
        .synonyms(&["list", "open questions"])
        .in_terminal("Lists what is not answered and what is flagged.");
    pub const HIDE_OVERVIEW: CommandText =
        CommandText::new("Back to the question", "Nothing is handed in.").synonyms(&["close"]);
    pub const HAND_IN: CommandText = CommandText::new("Hand in", "Ends the test and shows the report.")
        .synonyms(&["submit", "finish"])
        .in_terminal("Hands the test in and shows the report.");
    pub const SELF_GRADE_WRONG: CommandText =
        CommandText::new("Wrong", "Not what was asked.").synonyms(&["grade"]);
    pub const SELF_GRADE_PARTLY: CommandText = CommandText::new("Partly", "Some of it.").synonyms(&["grade"]);
    pub const SELF_GRADE_RIGHT: CommandText =
        CommandText::new("Right", "Everything that matters.").synonyms(&["grade"]);
    pub const ACCEPT_SLIP: CommandText =
        CommandText::new("I meant it", "A typing slip: it counts as right.").synonyms(&["typo"]);
    pub const REJECT_SLIP: CommandText =
        CommandText::new("I didn’t know it", "It counts as wrong.").synonyms(&["i didn't know it"]);
    pub const CLOSE_REPORT: CommandText =
        CommandText::new("All tests", "Back to the earlier tests.").synonyms(&["close", "history"]);
    pub const REPEAT_SETUP: CommandText =
        CommandText::new("Test again", "The same settings, other questions.").synonyms(&["repeat", "retry"]);
    pub const EXPORT_HTML: CommandText =
        CommandText::new("Save as HTML", "A page to print.").synonyms(&["export", "print", "report"]);
    pub const EXPORT_CSV: CommandText = CommandText::new("Save as CSV", "A row for every question.")
        .synonyms(&["export", "table", "spreadsheet"]);
}
