//! Texts about a fault of the program itself.

use std::fmt::Display;

/// The title of the page in place of one that could not be shown.
pub const TITLE: &str = "Something went wrong";
/// What happened to the page, and to what was learned.
pub const NOT_SHOWN: &str = "Linchpin couldn’t show this page. Every answer that was saved is still there.";
/// The title at the start after the program ended by itself.
pub const CLOSED: &str = "Linchpin closed unexpectedly last time";
/// What that did to what was learned.
pub const NOTHING_LOST: &str = "Every answer that was saved is still there.";
/// What the report is for, and what it does not hold.
pub const ABOUT_REPORT: &str = "A report helps to fix this. It says where in the program it happened, and nothing of your decks or answers.";
/// Leaves the page.
pub const GO_ON: &str = "Go on";
/// Puts the report into the clipboard.
pub const COPY: &str = "Copy report";
/// After [`COPY`].
pub const COPIED: &str = "Copied";
/// Shows the text of the report.
pub const SHOW: &str = "Show report";
/// Closes the window.
pub const QUIT: &str = "Quit";

/// In the terminal, at the start after the program ended by itself.
pub fn closed_unexpectedly(report: impl Display) -> String {
    format!("Linchpin closed unexpectedly last time. Every answer that was saved is still there. The report is {report}")
}
