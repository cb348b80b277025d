//! Texts of exported pages, the printable quiz and the report of a test, and of the folder with everything.

use std::fmt::Display;

use super::words::count;

// Quiz

/// Before a line for the learner's name.
pub const NAME: &str = "Name";
/// Before a line for the date.
pub const DATE: &str = "Date";
/// Heading of the answer key, and of the answers of a report.
pub const ANSWERS: &str = "Answers";

/// Behind a right date: how far off is still right.
pub fn within_days(days: usize) -> String {
    format!("± {}", count(days, "day"))
}

/// Where the deck comes from, at the end of the page; `parts` are author, title and so on, separated by commas.
pub fn source(parts: &str) -> String {
    format!("Source: {parts}")
}

/// A passage of the source that supports an answer.
pub fn passage(number: usize, gist: &str) -> String {
    format!("Passage {number}: {gist}")
}

// Report of a test

/// Heading of the scores by topic.
pub const BY_TOPIC: &str = "By topic";
/// Before the right answer.
pub const RIGHT_ANSWER: &str = "Right answer: ";
/// Before other answers that are accepted.
pub const ALSO_ACCEPTED: &str = "Also accepted: ";

/// The title of the page; `decks` are the titles of its decks.
pub fn report_title(decks: &str) -> String {
    format!("Test · {decks}")
}

/// How sure the learner was of an answer.
pub fn confidence(name: &str) -> String {
    format!("confidence: {name}")
}

// Everything

/// The setting's name.
pub const EVERYTHING: &str = "Export everything";
/// What it is for.
pub const EVERYTHING_HELP: &str =
    "Your decks, answers, tests and settings as plain files, to keep or to take elsewhere.";
/// The export was stopped by the learner.
pub const CANCELLED: &str = "The export was cancelled; nothing was saved.";
/// A fault of the program ended the export.
pub const NOT_FINISHED: &str = "The export was not finished, and nothing was saved. Try again.";

/// Something has the name of the new folder.
pub fn folder_exists(path: impl Display) -> String {
    format!("{path} already exists: choose another name")
}

/// How far the export is.
pub fn exporting(share: f32) -> String {
    format!("Exporting… {:.0} %", share * 100.0)
}

/// The name of the file that says what the others are.
pub const README_FILE: &str = "README.txt";

/// A file could not be read.
pub fn unreadable(path: impl Display, why: impl Display) -> String {
    format!("{path} could not be read: {why}")
}

/// Tests could not be read.
pub fn unreadable_tests(tests: usize) -> String {
    format!("{} could not be read", count(tests, "test"))
}

/// A picture could not get its name.
pub fn renamed(path: impl Display, name: &str) -> String {
    format!("{path} is called {name} here: another picture has its name")
}

/// The text of that file. `day` is YYYY-MM-DD, and `problems` are without full stops.
pub fn readme(version: &str, day: &str, problems: &[String]) -> String {
    let mut told = String::new();
    if !problems.is_empty() {
        told.push_str(
            "\nNot all could be exported. What could not be read is missing, or a deck is as Linchpin last read it:\n",
        );
        for problem in problems {
            told.push_str(&format!("- {problem}\n"));
        }
    }
    format!(
        "Everything of yours in Linchpin {version}, on {day}\n\n\
         decks/            a folder for each deck: its file (text, in RON) and its pictures\n\
         decks-with-errors/ deck files that could not be used\n\
         answers.csv       every answer that counts, with what you answered\n\
         cards.csv         every card you have answered or suspended: when it is due and how well you know it\n\
         scores.csv        your scores by topic\n\
         tests/            every test: what was asked and what you did (JSON), and its report (CSV)\n\
         settings.ron      your settings and exams\n\n\
         Tables are CSV in UTF-8; the first row names the columns, and an apostrophe stands before a text that\n\
         a spreadsheet would take for a formula. \u{201C}linchpin help export\u{201D} explains the columns.\n\
         The decks can be put into Linchpin\u{2019}s folder of decks again. To move to another computer with all of your\n\
         progress, use a backup instead: the tables can\u{2019}t be read back.\n{told}"
    )
}
