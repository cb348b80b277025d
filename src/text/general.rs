//! Texts of the whole program: screens, undo, notices, the command palette.

use std::fmt::Display;

use super::words::{count, date};
use crate::domain::day::StudyDay;

// The navigation.

/// The name of the program, above the screens.
pub const PROGRAM: &str = "Linchpin";
/// The entry of the screen Decks for screen readers, while a question about moved progress waits there.
pub const DECKS_WITH_QUESTION: &str = "Decks, action needed";

// The start.

/// Shown while opening takes long.
pub const OPENING: &str = "Opening your progress and decks…";

// The progress file cannot be opened.

/// Another process has it.
pub const ALREADY_OPEN: &str = "Linchpin is already open";
/// A newer version wrote it.
pub const NEWER_PROGRESS: &str = "Your progress is from a newer version of Linchpin";
/// It cannot be read.
pub const DAMAGED_PROGRESS: &str = "Your progress file is damaged";
/// Another program put another file in its place.
pub const REPLACED_PROGRESS: &str = "Your progress file was replaced";
/// The disk reported an error while an answer was saved.
pub const UNCONFIRMED_PROGRESS: &str = "Your last answer may not be saved";
/// Any other reason.
pub const UNREADABLE_PROGRESS: &str = "Your progress can’t be opened";
/// What to do about a damaged file without a backup.
pub const NO_BACKUP: &str = "There is no intact backup. Keep the file: its answers may still be recoverable. To start \
    again from nothing, move it to another folder.";
/// What to do about a damaged file with a backup.
pub const CAN_RESTORE: &str = "A backup can replace it. Answers that can still be read from the damaged file are added, and \
    the file is kept.";
/// Above the backups that can be restored instead of the newest one.
pub const BACKUPS: &str = "Or choose a backup:";
/// A backup: its answers, the day of the newest one, the day on which it was made.
pub fn backup(answers: u64, newest: Option<StudyDay>, made: Option<StudyDay>) -> String {
    let answers = count(usize::try_from(answers).unwrap_or(usize::MAX), "answer");
    let newest = newest.map_or_else(String::new, |day| format!(" until {}", date(day)));
    let made = made.map_or_else(String::new, |day| format!(", made on {}", date(day)));
    format!("{answers}{newest}{made}")
}
/// Puts the newest backup in place of a damaged file.
pub const RESTORE_BACKUP: &str = "Restore newest backup";
/// Opens the file again.
pub const TRY_AGAIN: &str = "Try again";
/// Opens the progress file that another program put there; what belonged to the earlier one is kept beside it.
pub const USE_PRESENT_FILE: &str = "Use the file that is there now";
/// Opens the folder with the progress in the file manager.
pub const OPEN_DATA_FOLDER: &str = "Open data folder";
/// Closes the window, or what lies over it.
pub const CLOSE: &str = "Close";
/// Below the reason: opening wrote nothing.
pub const NOTHING_CHANGED: &str = "Nothing was changed.";

// What the system is asked to do.

/// The title of the dialog that chooses a list to import.
pub const IMPORT_DIALOG: &str = "Import a list";
/// What such files are called in the dialog.
pub const LISTS: &str = "Lists";
/// The title of the dialog that chooses a folder with decks.
pub const FOLDER_DIALOG: &str = "Add a folder of decks";
/// The title of the dialog that chooses an image.
pub const IMAGE_DIALOG: &str = "Choose a picture";
/// What such files are called in the dialog.
pub const IMAGES: &str = "Pictures";

/// No file manager could be started.
pub fn no_file_manager(folder: impl Display) -> String {
    format!("No file manager could be opened for {folder}.")
}

/// A file cannot be opened in an editor.
pub fn cannot_open(path: impl Display, why: impl Display) -> String {
    format!("{path} can’t be opened: {why}.")
}

// An image over the whole window.

/// What the keys do there.
pub const IMAGE_KEYS: &str = "+ − to zoom, 0 to fit, arrows to move";
/// Opens it.
pub const ENLARGE: &str = "Enlarge";

/// The button that opens it, for screen readers; `label` describes the image.
pub fn enlarge_image(label: &str) -> String {
    format!("Enlarge the picture: {label}")
}

// Widgets, for screen readers.

/// Makes a number smaller.
pub fn less(name: &str) -> String {
    format!("{name}: less")
}

/// Makes a number larger.
pub fn more(name: &str) -> String {
    format!("{name}: more")
}

// Choices.

/// A setting that is turned off.
pub const OFF: &str = "Off";
/// A setting that is turned on.
pub const ON: &str = "On";
/// A rule that does not hold.
pub const NO: &str = "No";
/// A rule that holds.
pub const YES: &str = "Yes";
/// Without a limit of time.
pub const NO_LIMIT: &str = "No limit";
/// With a limit of time.
pub const LIMIT: &str = "Limit";

// Notices.

/// There is no step to undo.
pub const NOTHING_TO_UNDO: &str = "Nothing to undo.";
/// There is no step to redo.
pub const NOTHING_TO_REDO: &str = "Nothing to redo.";

/// What was undone; `label` names the step.
pub fn undone(label: &str) -> String {
    format!("Undone: {label}")
}

/// What was done again.
pub fn redone(label: &str) -> String {
    format!("Redone: {label}")
}

/// A file was written.
pub fn written_to(path: impl Display) -> String {
    format!("Saved to {path}")
}

/// A file was written, but the program that shows it could not be started.
pub fn saved_without_showing(path: impl Display, in_folder: bool) -> String {
    let program = if in_folder { "file manager" } else { "browser" };
    format!("Saved to {path}; no {program} could be opened.")
}

/// A file cannot be written.
pub fn cannot_be_written(path: impl Display, why: impl Display) -> String {
    format!("{path} can’t be written: {why}.")
}

/// A file cannot be read.
pub fn cannot_be_read(path: impl Display, why: impl Display) -> String {
    format!("{path} can’t be read: {why}.")
}

/// A link that no browser may open.
pub fn not_a_web_address(url: &str) -> String {
    format!("{url} is not a web address, so it was not opened.")
}

/// A backup was written.
pub fn backed_up(path: impl Display) -> String {
    format!("Backed up to {path}")
}

/// The daily backup failed; `error` is a sentence.
pub fn no_daily_backup(error: impl Display) -> String {
    format!("The daily backup was not made. {error}")
}

// Exported tables.

/// A table is being written.
pub fn writing(name: &str) -> String {
    format!("Writing {name}…")
}

/// Another table is not finished yet.
pub const ALREADY_WRITING: &str = "A table is already being written.";
/// Writing ended early.
pub const TABLE_NOT_WRITTEN: &str = "The table was not written. Try again.";
/// Opening was ended by a fault of the program.
pub const OPENING_FAILED: &str =
    "Something went wrong in Linchpin. The details are in its log; please report this.";

/// Closing the window would lose the last answer of a test; `problem` is a sentence.
pub fn close_again(problem: &str) -> String {
    format!("{problem} Close the window again to leave without it.")
}

// Tables.

/// A heading that sorts a table by its column, for screen readers; `descending` is `None` if the table is not sorted
/// by it.
pub fn sort_heading(name: &str, descending: Option<bool>) -> String {
    match descending {
        Some(false) => format!("{name}, sorted ascending"),
        Some(true) => format!("{name}, sorted descending"),
        None => format!("Sort by {}", name.to_lowercase()),
    }
}

// The command palette.

/// In the empty search field.
pub const PALETTE_HINT: &str = "What do you want to do?";
/// The search field, for screen readers.
pub const SEARCH_COMMANDS: &str = "Search commands";
/// No command matches.
pub const NO_COMMANDS: &str = "No matching commands.";

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const TODAY: CommandText =
        CommandText::new("Today", "What to study now.").synonyms(&["home", "start", "study"]);
    pub const DECKS: CommandText = CommandText::new("Decks", "Your decks: add, edit, import.").synonyms(&[
        "library",
        "browse",
        "add",
        "flashcards",
        "cards",
        "questions",
    ]);
    pub const SCORES: CommandText = CommandText::new("Scores", "How well you know each topic.").synonyms(&[
        "statistics",
        "stats",
        "progress",
        "charts",
        "mistakes",
    ]);
    pub const TEST: CommandText =
        CommandText::new("Test", "A set of questions with a report at the end.").synonyms(&["quiz", "exam"]);
    pub const SETTINGS: CommandText =
        CommandText::new("Settings", "Appearance, answering, pace and your data.").synonyms(&[
            "preferences",
            "options",
            "theme",
            "dark",
            "font",
        ]);
    pub const UNDO: CommandText =
        CommandText::new("Undo", "Reverses your last change.").synonyms(&["revert"]);
    pub const REDO: CommandText = CommandText::new("Redo", "Repeats what you just undid.");
    pub const OPEN_LINK: CommandText =
        CommandText::new("Read the source", "Opens the article in your browser.")
            .synonyms(&["article", "link", "web"]);
    pub const OPEN_DATA_FOLDER: CommandText =
        CommandText::new("Open data folder", "Progress, backups and your decks.")
            .synonyms(&["files", "directory"]);
    pub const BACK_UP: CommandText =
        CommandText::new("Back up now", "Saves a verified copy of your progress.")
            .synonyms(&["backup", "copy", "save"]);
    pub const EXPORT_REVIEWS: CommandText =
        CommandText::new("Export reviews", "Saves a CSV table with a row for every answer.").synonyms(&[
            "history",
            "log",
            "spreadsheet",
        ]);
    pub const EXPORT_SCORES: CommandText =
        CommandText::new("Export scores", "Saves a CSV table with a row for every topic.")
            .synonyms(&["statistics", "spreadsheet"]);
    pub const EXPORT_EVERYTHING: CommandText = CommandText::new(
        "Export everything",
        "Saves your decks, answers, tests and settings as plain files.",
    )
    .synonyms(&["takeout", "leave", "data", "files"]);
    pub const CANCEL_EXPORT: CommandText =
        CommandText::new("Cancel export", "Stops it; nothing is saved.").synonyms(&["stop"]);
    pub const ASK_CONFIDENCE: CommandText =
        CommandText::new("Ask how sure I am", "Adds an optional choice below every question.")
            .synonyms(&["confidence"]);
    pub const STOP_ASKING_CONFIDENCE: CommandText =
        CommandText::new("Stop asking how sure I am", "The keys for it still work.")
            .synonyms(&["confidence"]);
    pub const QUIT: CommandText = CommandText::new("Quit", "Closes the window.").synonyms(&["exit", "close"]);
}
