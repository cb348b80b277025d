//! Texts of `linchpin merge`.

use std::fmt::Display;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::domain::day::Stamp;
use crate::text::words::{NO_FIGURE, count};

/// Before the number of answers in the other folder.
pub const ANSWERS: &str = "Answers";
/// Before the number of tests in the other folder.
pub const TESTS: &str = "Tests";
/// Before the number of cards that get answers, or are suspended, buried or moved.
pub const CARDS: &str = "Cards that change";
/// Before the time of the last entry in the other folder.
pub const NEWEST_THERE: &str = "Last studied there";
/// Before the time of the last entry in the own folder.
pub const NEWEST_HERE: &str = "Last studied here";

/// How many there are, and how many of them are not here.
pub fn of_which_new(all: u64, new: u64) -> String {
    match (all, new) {
        (0, _) => "none".to_owned(),
        (all, 0) => format!("{all}, all of them here already"),
        (all, new) if all == new => format!("{all}, all of them new here"),
        (all, new) => format!("{all}, of which {new} new here"),
    }
}

/// A time as the clock showed it then.
pub fn time(stamp: Option<Stamp>) -> String {
    let shown = stamp.and_then(|stamp| {
        let offset = Offset::from_seconds(stamp.offset_minutes.checked_mul(60)?).ok()?;
        let time = offset.to_datetime(Timestamp::from_millisecond(stamp.utc_ms).ok()?);
        Some(time.strftime("%-d %B %Y, %H:%M").to_string())
    });
    shown.unwrap_or_else(|| NO_FIGURE.to_owned())
}

/// The question before anything is changed.
pub const QUESTION: &str = "Add this to your progress? [y/N] > ";
/// What is typed to agree, in small letters.
pub const YES: [&str; 2] = ["y", "yes"];
/// The answer was not yes.
pub const NOT_MERGED: &str = "Nothing was changed.";
/// Neither a terminal nor --yes.
pub const NEEDS_YES: &str = "nothing was changed; to add it without being asked, use --yes";
/// There is nothing to add.
pub const NOTHING_NEW: &str = "Everything there is already here. Nothing was changed.";

/// The copy that was made before.
pub fn backed_up(path: impl Display) -> String {
    format!("Your progress until now is kept in {path}.")
}

/// What was added; `cards` is how many cards changed.
pub fn merged(answers: u64, entries: u64, tests: u64, cards: usize) -> String {
    let number = |number: u64, noun| count(usize::try_from(number).unwrap_or(usize::MAX), noun);
    let mut parts = vec![number(answers, "answer")];
    if entries > 0 {
        parts.push(number(entries, "other change"));
    }
    if tests > 0 {
        parts.push(number(tests, "test"));
    }
    let last = parts.pop().unwrap_or_default();
    let list = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    format!("Added {list}; the schedule of {} follows them.", count(cards, "card"))
}

/// Before the decks that only the other folder has.
pub fn decks_only_there(decks: usize) -> String {
    match decks {
        1 => "Decks are not copied. This one is only there:".to_owned(),
        decks => format!("Decks are not copied. These {decks} are only there:"),
    }
}

/// Before the command that copies decks.
pub const TO_COPY: &str = "To study them here as well, with any folder of pictures beside them:";

/// The command that copies a file into a folder; both are quoted.
pub fn copy_command(file: &str, folder: &str) -> String {
    let command = if cfg!(windows) { "copy" } else { "cp" };
    format!("{command} {file} {folder}")
}
