//! Texts of the settings.

use std::fmt::Display;

/// The title of the screen.
pub const TITLE: &str = "Settings";

// Appearance.

/// The heading of what concerns the eyes.
pub const APPEARANCE: &str = "Appearance";
/// Light or dark.
pub const THEME: &str = "Theme";
/// The theme that follows the desktop.
pub const THEME_SYSTEM: &str = "System";
/// The light theme.
pub const THEME_LIGHT: &str = "Light";
/// The dark theme.
pub const THEME_DARK: &str = "Dark";
/// The size of all texts, in percent.
pub const TEXT_SIZE: &str = "Text size";
/// The keys that change it.
pub const TEXT_SIZE_HELP: &str = "Or press Ctrl + and Ctrl −.";
/// Whether things move.
pub const MOTION: &str = "Animations";
/// What the two choices of [`MOTION`] are.
pub const MOTION_HELP: &str = "Short fades, or none at all.";
/// With short fades.
pub const MOTION_SHORT: &str = "Short";
/// Without any.
pub const MOTION_NONE: &str = "None";

// Answering.

/// The heading of what concerns answers.
pub const ANSWERING: &str = "Answering";
/// Whether cards ask for confidence.
pub const ASK_CONFIDENCE: &str = "Ask how sure I am";
/// Where the choice shows and that it is free.
pub const ASK_CONFIDENCE_HELP: &str = "Shown under each question before you answer; optional. The keys Y, M and G work \
    either way.";

// Pace.

/// The heading of how much there is to do on a day.
pub const PACE: &str = "Pace";
/// The number of new cards a day.
pub const NEW_CARDS: &str = "New cards a day";
/// What the number is about.
pub const NEW_CARDS_HELP: &str = "Shared across all decks.";
/// The desired retention.
pub const RETENTION: &str = "Target recall";
/// What it is, and what it costs.
pub const RETENTION_HELP: &str =
    "How likely you should still know a card when it comes back. Higher means more reviews.";
/// The limit of minutes a day.
pub const DAILY_TIME: &str = "Daily limit";
/// What happens to reviews beyond it.
pub const DAILY_TIME_HELP: &str = "When the time is used up, the least useful reviews wait.";
/// The rollover hour.
pub const ROLLOVER: &str = "New day starts at";
/// What it means for answers at night.
pub const ROLLOVER_HELP: &str = "Answers before this hour count for the day before.";

/// "04:00"
pub fn full_hour(hour: i64) -> String {
    format!("{hour:02}:00")
}

/// The longest time that counts for one answer.
pub const LONGEST_ANSWER: &str = "Longest time counted per answer";
/// What happens to a longer time.
pub const LONGEST_ANSWER_HELP: &str = "Anything longer counts as a break and is left out of your study time.";

// Data and the program.

/// The heading of where the files are.
pub const DATA: &str = "Your data";
/// The file with the event log.
pub const PROGRESS: &str = "Progress";
/// The folder of the learner's decks.
pub const OWN_DECKS: &str = "Your own decks";
/// The heading of the version and the licences.
pub const ABOUT: &str = "About";

/// "Linchpin 0.1.0"
pub fn version(version: &str) -> String {
    format!("Linchpin {version}")
}

/// What the page About shows.
pub const ABOUT_HELP: &str = "The licences of the software it is built with.";

// The file of settings.

/// The file says something else than settings. `place` is path, line and column; `renamed` is the name that the file
/// gets.
pub fn unreadable(place: &str, why: impl Display, renamed: &str) -> String {
    format!(
        "{place}: {why}, so the defaults apply. When you change a setting, this file is renamed to {renamed}."
    )
}

/// A changed setting could not be saved.
pub fn not_saved(path: impl Display, why: impl Display) -> String {
    format!("The setting lasts until you close the window: {path} could not be written ({why}).")
}
