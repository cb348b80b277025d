//! Texts of the terminal: what its commands print for people, and their help.
//!
//! Texts that `--json` prints as well say so: programs may compare them, so they never change. Messages to standard
//! error begin in lower case, because `linchpin: ` stands before them.

pub mod attempt;
pub mod backup;
pub mod help;
pub mod merge;
pub mod study;

use std::fmt::Display;

use jiff::Timestamp;

use super::words::count;

// Starting

/// `--at` without `--data-dir`.
pub const AT_NEEDS_DATA_DIR: &str = "--at would write answers of another time into your own progress: \
     use --data-dir as well, to name another folder";

/// `--at` with a folder that has answers of other days; `day` is that of the new ones.
pub fn at_beside_answers(day: impl Display) -> String {
    format!("--at: answers are saved as given on {day}, beside those of other days that this folder holds")
}

/// A fault of the program; `what` says where.
pub fn internal_error(what: impl Display) -> String {
    format!("this is a fault of the program: {what}")
}

/// No display, but a terminal.
pub fn studying_in_terminal(why: &str) -> String {
    format!("no window can be opened here: {why}. Studying in the terminal.")
}

/// No display and no terminal.
pub fn no_window(why: &str) -> String {
    format!("no window can be opened here: {why}. In a terminal, run: linchpin study")
}

/// Standard input or output failed.
pub fn terminal_failed(error: impl Display) -> String {
    format!("the terminal cannot be read or written: {error}")
}

/// A line longer than the program reads.
pub const LINE_TOO_LONG: &str = "This line is too long for an answer.";
/// A line in another encoding.
pub const LINE_NOT_UTF8: &str = "This line is not UTF-8 text.";

// Arguments

/// `ids` are those that there are, separated by commas.
pub fn unknown_deck(id: &str, ids: &str) -> String {
    format!("there is no deck with the id {id:?}; the decks are {ids}")
}

/// Of a command that takes an id or a path; `ids` as in [`unknown_deck`].
pub fn unknown_deck_or_file(id_or_path: &str, ids: &str) -> String {
    format!("there is no deck or file {id_or_path:?}; the decks are {ids}")
}

/// `keys` are those that there are, separated by commas.
pub fn unknown_topic(key: &str, keys: &str) -> String {
    format!("there is no topic {key:?}; the topics are {keys}")
}

/// `decks` are the ids of the decks that have the topic, separated by commas.
pub fn topic_in_several_decks(key: &str, decks: &str) -> String {
    format!("several decks have a topic {key:?}: name one of {decks}")
}

// Files

/// The file to write is there already; it is never replaced.
pub fn file_exists(path: impl Display) -> String {
    format!("{path} already exists: choose another name")
}

/// A file that cannot be written.
pub fn file_not_written(path: impl Display, error: impl Display) -> String {
    format!("{path} cannot be written: {error}")
}

/// A file or folder that cannot be read.
pub fn not_readable(path: impl Display, why: impl Display) -> String {
    format!("{path} cannot be read: {why}")
}

// `linchpin decks`

/// Where a shipped deck is, instead of a path.
pub const INSIDE_THE_PROGRAM: &str = "built in";

/// Below a deck's title.
pub fn deck_figures(questions: usize, cards: usize, due: usize, new: usize, problems: usize) -> String {
    let (questions, cards) = (count(questions, "question"), count(cards, "card"));
    let problems = if problems == 0 { String::new() } else { format!(", {}", count(problems, "problem")) };
    format!("{questions}, {cards}, {due} due, {new} new{problems}")
}

/// Why a file gives no deck; in `--json` too.
pub fn unreadable(error: impl Display) -> String {
    format!("cannot be read: {error}")
}

/// Why a file gives no deck: `first` has its id; in `--json` too.
pub fn duplicate_deck_id(id: &str, first: impl Display) -> String {
    format!("left out: its id {id:?} is that of {first}; give one of them another id")
}

// `linchpin check`

/// The command without files, and the learner has no decks.
pub fn no_own_decks(folder: impl Display) -> String {
    format!("you have no decks of your own yet: put *.ron files into {folder}")
}

/// The folders named hold no decks.
pub const NO_DECK_FILES: &str = "no *.ron files found";

/// The last line.
pub fn check_total(files: usize, questions: usize, errors: usize, lints: usize) -> String {
    let (files, questions) = (count(files, "file"), count(questions, "usable question"));
    format!("{files}, {questions}, {}, {}", count(errors, "error"), count(lints, "lint"))
}

/// `--fix` changed what the error `message` was about; `code` is its name.
pub fn fixed(message: &str, code: &str) -> String {
    format!("fixed: {message} [{code}]")
}

/// `--fix` gave ids to questions.
pub fn fixed_ids(ids: usize) -> String {
    format!("fixed: {} added", count(ids, "id"))
}

/// `--fix` changed the encoding, which was `before`.
pub fn fixed_encoding(before: &str) -> String {
    format!("fixed: saved as UTF-8; it was {before}")
}

/// Where the file is as it was before `--fix`.
pub fn original_kept(path: &str) -> String {
    format!("the original is kept as {path}")
}

// `linchpin import`

/// `--title` or `--id` with several files.
pub const IMPORT_ONE_AT_A_TIME: &str = "--title and --id name one deck: import one file at a time";

/// `--id` is no id.
pub fn invalid_id(id: &str) -> String {
    format!("the id {id:?} must not contain spaces or /")
}

/// `--id` is that of another deck.
pub fn id_taken(id: &str) -> String {
    format!("there is already a deck with the id {id:?}: choose another one")
}

/// `--columns` names a role that there is not; `roles` are those that there are, separated by commas.
pub fn unknown_column_role(name: &str, roles: &str) -> String {
    format!("a column cannot contain {name:?}; choose from {roles}")
}

/// What `--preview` says of a hashcards file.
pub const MARKDOWN_QUESTIONS: &str = "Questions in Markdown";

/// What `--preview` says of a table; `separator` is `None` for tabs.
pub fn table_layout(columns: usize, separator: Option<&str>, is_html: bool) -> String {
    let separator = separator.map_or("tabs".to_owned(), |separator| format!("{separator:?}"));
    let html = if is_html { ", HTML" } else { "" };
    format!("{}, separated by {separator}{html}", count(columns, "column"))
}

/// The result of an import.
pub fn imported(questions: usize, path: impl Display, id: &str) -> String {
    format!("{} in {path} ({id})", count(questions, "question"))
}

/// A row that becomes no question. `row` is its line and the reason, `excerpt` its beginning, which may be empty.
pub fn row_skipped(row: impl Display, excerpt: &str) -> String {
    let excerpt = if excerpt.is_empty() { String::new() } else { format!(" ({excerpt})") };
    format!("skipped {row}{excerpt}")
}

/// How many more rows become no question.
pub fn more_rows_skipped(rows: usize) -> String {
    format!("skipped {}", count(rows, "more row"))
}

// `linchpin export`

/// The deck file to export has errors.
pub fn only_sound_questions(path: &str, errors: usize) -> String {
    let errors = count(errors, "error");
    format!("{path} has {errors}: only questions without errors are exported; see linchpin check {path}")
}

/// Why the deck file cannot be exported at all.
pub fn no_sound_deck(path: &str) -> String {
    format!("it contains no usable deck; see linchpin check {path}")
}

// `linchpin doctor` and `linchpin backup`

/// The first line.
pub fn versions(linchpin: &str, sqlite: &str) -> String {
    format!("Linchpin {linchpin}, SQLite {sqlite}")
}

/// The folder of progress.
pub const DATA: &str = "Data";
/// The folder of decks.
pub const OWN_DECKS: &str = "Own decks";
/// The folder of backups.
pub const BACKUPS: &str = "Backups";
/// The log.
pub const LOG: &str = "Log";
/// The settings.
pub const SETTINGS: &str = "Settings";
/// The newest backup.
pub const LAST_BACKUP: &str = "Last backup";
/// The newest report of a fault of the program.
pub const CRASH_REPORT: &str = "Crash report";
/// Instead of the newest backup.
pub const NO_BACKUP_YET: &str = "none yet";
/// Instead of the newest backup where none can be restored.
pub const NO_SOUND_BACKUP: &str = "none that is intact";
/// The newest backup; `newest_ms` is the time of its newest answer, in UTC milliseconds.
pub fn backup(path: impl Display, answers: u64, newest_ms: Option<i64>) -> String {
    let answers = count(usize::try_from(answers).unwrap_or(usize::MAX), "answer");
    let newest = newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let newest = newest.map(|time| time.strftime(", the newest of %Y-%m-%d %H:%M UTC").to_string());
    let newest = newest.unwrap_or_default();
    format!("{path} ({answers}{newest})")
}
/// Backups that cannot be restored, of all there are.
pub fn damaged_backups(damaged: usize, all: usize) -> String {
    match (damaged, all) {
        (1, 1) => "1 backup, and it is damaged".to_owned(),
        (damaged, all) if damaged == all => format!("{all} backups, all damaged"),
        (damaged, all) => format!("{}, {damaged} of them damaged", count(all, "backup")),
    }
}
/// After the path of a file or folder that does not exist.
pub const NOT_THERE_YET: &str = " (does not exist yet)";

/// The state of the progress file without any answer.
pub fn no_progress_yet(path: impl Display) -> String {
    format!("{path}: no progress yet")
}

/// The state of an intact progress file.
pub fn progress_sound(path: impl Display, events: u64) -> String {
    let entries = if events == 1 { "entry" } else { "entries" };
    format!("{path}: intact, {events} {entries}")
}

/// Whether what is kept of the cards agrees with the answers.
pub fn states(cards: usize, wrong: usize) -> String {
    let noun = if cards == 1 { "card" } else { "cards" };
    if wrong == 0 {
        return format!("{cards} {noun}: the schedule is what the answers give");
    }
    format!(
        "{cards} {noun}: {wrong} with a schedule that is not what the answers give. No answer is lost; please report this."
    )
}

/// Entries of a later version.
pub fn unknown_entries(entries: u64) -> String {
    let noun = if entries == 1 { "entry" } else { "entries" };
    format!(
        "{entries} {noun} of a newer version of Linchpin: kept, but not used here. Install the newest version."
    )
}

/// Progress without a question.
pub fn progress_without_deck(questions: usize) -> String {
    let questions = count(questions, "question");
    format!("progress of {questions} no longer in any deck; it is kept")
}

/// The state of decks without a problem.
pub fn decks_sound(decks: usize) -> String {
    format!("{}, no problems", count(decks, "deck"))
}

/// The state of decks, before a list of their problems.
pub fn decks_with_problems(decks: usize, problems: usize) -> String {
    format!("{}, {}:", count(decks, "deck"), count(problems, "problem"))
}

/// Nothing to back up.
pub fn nothing_to_back_up(folder: impl Display) -> String {
    format!("there is no progress in {folder} yet")
}

// `linchpin stats`

/// The statistics could not be computed.
pub const SCORES_FAILED: &str = "the scores could not be computed";
