//! Texts of the whole program: screens, undo, notices, the command palette.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// The screen Today.
    pub const TODAY: CommandText =
        CommandText::new("Today", "What to study now.").synonyms(&["home", "start", "study"]);
    /// The screen Decks.
    pub const DECKS: CommandText = CommandText::new("Decks", "Your decks: add, edit, import.").synonyms(&[
        "library",
        "cards",
        "questions",
    ]);
    /// The screen Scores.
    pub const SCORES: CommandText = CommandText::new("Scores", "How every topic stands.").synonyms(&[
        "statistics",
        "stats",
        "progress",
        "charts",
    ]);
    /// The screen Test.
    pub const TEST: CommandText =
        CommandText::new("Test", "A set of questions with a report at the end.").synonyms(&["quiz", "exam"]);
    /// The screen Settings.
    pub const SETTINGS: CommandText =
        CommandText::new("Settings", "Look, answering, pace and where the data is.").synonyms(&[
            "preferences",
            "options",
            "theme",
        ]);
    /// Undoes the last change.
    pub const UNDO: CommandText =
        CommandText::new("Undo", "Takes back what was done last.").synonyms(&["revert"]);
    /// Redoes what was undone.
    pub const REDO: CommandText = CommandText::new("Redo", "Does again what was taken back.");
    /// Opens the source in the browser.
    pub const OPEN_LINK: CommandText =
        CommandText::new("Read the source", "Opens the article in the browser.")
            .synonyms(&["article", "link", "web"]);
    /// Opens the data folder.
    pub const OPEN_DATA_FOLDER: CommandText =
        CommandText::new("Open the data folder", "Progress, backups and your decks.")
            .synonyms(&["files", "directory"]);
    /// Writes a backup.
    pub const BACK_UP: CommandText =
        CommandText::new("Back up now", "Writes a checked copy of the progress.")
            .synonyms(&["backup", "copy", "save"]);
    /// Writes every answer as a table.
    pub const EXPORT_REVIEWS: CommandText =
        CommandText::new("Export reviews", "Every answer as a row of a table: CSV, for other programs.")
            .synonyms(&["history", "log", "spreadsheet"]);
    /// Writes the scores as a table.
    pub const EXPORT_SCORES: CommandText =
        CommandText::new("Export scores", "Every topic as a row of a table: CSV, for other programs.")
            .synonyms(&["statistics", "spreadsheet"]);
    /// Turns the question for confidence on.
    pub const ASK_CONFIDENCE: CommandText =
        CommandText::new("Ask how sure I am", "A line on every question; you may leave it alone.")
            .synonyms(&["confidence"]);
    /// Turns the question for confidence off.
    pub const STOP_ASKING_CONFIDENCE: CommandText =
        CommandText::new("Stop asking how sure I am", "The keys for it still work.")
            .synonyms(&["confidence"]);
    /// Closes the window.
    pub const QUIT: CommandText = CommandText::new("Quit", "Closes the window.").synonyms(&["exit", "close"]);
}
