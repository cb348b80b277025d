//! Texts of `linchpin test`: taking a test, and reports of earlier ones.

use std::fmt::Display;

use crate::text::words::count;

// Arguments

/// Some tests of the list cannot be read.
pub fn unreadable_tests(tests: usize) -> String {
    format!("{} cannot be read.", count(tests, "test"))
}

/// Options of a new test, while another one is not finished.
pub const UNFINISHED_TEST: &str =
    "there is an unfinished test: continue it with linchpin test, or discard it with linchpin test --give-up";
/// `--give-up` without a test.
pub const NO_UNFINISHED_TEST: &str = "there is no unfinished test";
/// The report of a test is damaged.
pub const UNREADABLE_TEST: &str = "this test cannot be read";

/// `--meant` or `--not-known` for a question without a slip.
pub fn not_a_slip(number: usize) -> String {
    format!("the answer to question {number} of this test was not almost right")
}

/// `--kinds` names a kind that there is not; `kinds` are those that there are, separated by commas.
pub fn unknown_kind(name: &str, kinds: &str) -> String {
    format!("there is no kind {name:?}; the kinds are {kinds}")
}

/// `--code` is no code.
pub fn bad_code(code: &str, error: impl Display) -> String {
    format!("{code:?}: {error}")
}

/// `--report` names a test that there is not.
pub fn unknown_test(number: usize) -> String {
    format!("there is no test {number}; linchpin test --list shows all tests")
}

/// `--report` without any test; `unfinished` is what [`self_grading`] or [`unfinished`] says.
pub fn no_test_yet(unfinished: Option<&str>) -> String {
    format!("no test has been completed yet{}", unfinished.map_or(String::new(), |line| format!(". {line}")))
}

// Taking a test

/// The first line of a test that was left.
pub const GOES_ON: &str = "The test continues where you left it.";
/// The last line of a test that was left.
pub const WAITS_FOR_YOU: &str = "The test is paused: linchpin test continues it.";

/// The line above the first question; `left` is the remaining time, in words.
pub fn about_test(questions: usize, left: Option<&str>, code: impl Display) -> String {
    let time = left.map_or("no time limit".to_owned(), time_left);
    format!("{}, {time}, code {code}. Type :? for all commands.", count(questions, "question"))
}

/// In the line above a question.
pub const FLAGGED: &str = "flagged";
/// An answer after the end of the time.
pub const TIME_WAS_OVER: &str = "The time was up before this line, so it does not count.";

/// The line above a question.
pub fn question_header(number: usize, total: usize, instruction: &str) -> String {
    format!("{number} of {total} · {instruction}")
}

/// The remaining time.
pub fn time_left(left: &str) -> String {
    format!("{left} left")
}

/// `:99`
pub fn question_numbers(total: usize) -> String {
    format!("The questions are numbered from 1 to {total}.")
}

/// What `:c` does.
pub const CLEAR_HELP: &str = "Removes the answer.";

/// `:o`; `open` and `flagged` are numbers of questions, from 1.
pub fn overview(answered: usize, total: usize, open: &[usize], flagged: &[usize]) -> String {
    let open = if open.is_empty() { String::new() } else { format!(" Not answered: {}.", questions(open)) };
    let flagged =
        if flagged.is_empty() { String::new() } else { format!(" Flagged: {}.", questions(flagged)) };
    format!("{answered} of {total} answered.{open}{flagged} Type :i to hand in.")
}

/// "question 6", "questions 3, 6".
fn questions(numbers: &[usize]) -> String {
    let list: Vec<String> = numbers.iter().map(usize::to_string).collect();
    format!("{} {}", if numbers.len() == 1 { "question" } else { "questions" }, list.join(", "))
}

/// `:i` with open questions.
pub fn confirm_hand_in(open: usize) -> String {
    let is_are = if open == 1 { "is" } else { "are" };
    format!("{} {is_are} not answered. Type :i again to hand in.", count(open, "question"))
}

/// Below an answer in own words and the right one.
pub const WHAT_WAS_IT_WORTH: &str = "How good was your answer: 1 wrong, 2 partly right, 3 right?";
/// A line that is no grade.
pub const GRADE_FROM_1_TO_3: &str = "Type 1, 2 or 3, or :q to grade it later.";

// Reports

/// The first line of a report; `time` is how long the test took, in words.
pub fn report_header(decks: &str, day: &str, time: &str, code: impl Display) -> String {
    format!("{decks} · {day} · {time} · code {code}")
}

/// Points of questions, or the time of a limit.
pub fn of(part: &str, whole: impl Display) -> String {
    format!("{part} of {whole}")
}

/// The score of a test, and how many answers were right, wrong and so on.
pub fn test_score(sum: &str, outcomes: &str, prediction: &str) -> String {
    format!("{sum}: {outcomes}. {prediction}.")
}

/// The change of the score since the last test of the same setup, such as "+12 %".
pub fn change_of_setup(change: &str) -> String {
    format!("{change} since the previous test with the same settings.")
}

/// The change of a score since the last test.
pub fn change(change: &str) -> String {
    format!("{change} since the previous test")
}

/// The slips that wait for a decision, as numbers of questions, and the `first` of them.
pub fn unresolved_slips(numbers: &[usize], first: usize) -> String {
    let questions = questions(numbers);
    format!("Almost right: {questions}. --meant {first} counts it as right, --not-known {first} as wrong.")
}

/// `--list` without any test.
pub const NO_TESTS: &str = "No tests yet.";

/// A test that was handed in, and has answers that the learner grades.
pub fn self_grading(questions: usize) -> String {
    unfinished_test(questions, "is handed in, but not graded yet")
}

/// A test that was left.
pub fn unfinished(questions: usize, answered: usize) -> String {
    unfinished_test(questions, &format!("is not finished ({answered} answered)"))
}

fn unfinished_test(questions: usize, state: &str) -> String {
    format!("A test of {} {state}: linchpin test continues it.", count(questions, "question"))
}
