//! Texts of the page About.

use super::words::count;

/// The title of the page, also on the link that goes back to it.
pub const TITLE: &str = "About Linchpin";
/// What the program is, for someone who finds it on a computer.
pub const WHAT_IT_IS: &str = "A desktop program for quizzes and flashcards: read it once, keep it. It asks you about what \
    you have read, and brings each question back when you are about to forget it. Everything stays on this computer: \
    there is no account, and nothing is sent anywhere.";
/// What may be done with the program.
pub const OUR_LICENCE: &str =
    "You may use, change and share it under the MIT licence or the Apache licence 2.0, whichever you prefer.";

/// "Version 0.1.0"
pub fn version(version: &str) -> String {
    format!("Version {version}")
}

/// The heading of the list of linked parts.
pub const PARTS: &str = "Licences of the software it is built with";
/// The name of the search field, for screen readers.
pub const SEARCH: &str = "Search parts";
/// What the search field shows while it is empty.
pub const SEARCH_HINT: &str = "Search by name or licence";

/// How many parts the search found; `found` is less than `all` while something is searched for.
pub fn found(found: usize, all: usize) -> String {
    match found {
        0 => "No matches.".to_owned(),
        _ if found == all => count(all, "part"),
        found => format!("{found} of {}", count(all, "part")),
    }
}

/// A part in the list, for screen readers.
pub fn part(name: &str, licence: &str) -> String {
    format!("{name}, {licence}")
}

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const OPEN: CommandText =
        CommandText::new("About Linchpin", "Its version, and the licences of what it is built from.")
            .synonyms(&["version", "license", "credits"]);
    pub const BACK: CommandText = CommandText::new("Back", "To where you came from.").synonyms(&["close"]);
}
