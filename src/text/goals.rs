//! Texts of exam dates: the form, the forecast, the plan.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Shows an exam.
    pub const OPEN: CommandText =
        CommandText::new("Exam date", "What to expect on the day, and the plan that gets you there.")
            .synonyms(&["goal", "deadline", "forecast"]);
    /// Opens the form of a new exam.
    pub const NEW: CommandText = CommandText::new("Set an exam date", "For a deck or some of its topics.")
        .synonyms(&["goal", "deadline", "new exam"]);
    /// Opens the form of the exam.
    pub const EDIT: CommandText =
        CommandText::new("Change", "Its day, its topics, its target, your time.").synonyms(&["edit", "exam"]);
    /// Saves the form.
    pub const SAVE: CommandText = CommandText::new("Save", "Works out the forecast and the plan.");
    /// Leaves the form or the page.
    pub const BACK: CommandText = CommandText::new("Back", "Nothing is lost.").synonyms(&["close", "cancel"]);
    /// Removes the exam.
    pub const REMOVE: CommandText =
        CommandText::new("Remove", "The schedule goes back to normal; Ctrl Z brings it back.")
            .synonyms(&["delete", "exam"]);
    /// Asks for the minutes that are left.
    pub const ASK_MINUTES: CommandText =
        CommandText::new("I have less time", "Say how many minutes: the plan makes the most of them.")
            .synonyms(&["limit", "minutes"]);
}
