//! Texts of tests: setup, taking one, the report.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Sets up a test of a whole deck.
    pub const PREPARE_ALL: CommandText =
        CommandText::new("Test me on the whole source", "Sets a test up; you begin it.")
            .synonyms(&["quiz", "exam"]);
    /// Sets up a test of a topic.
    pub const PREPARE: CommandText =
        CommandText::new("Test me on this", "Sets a test up; you begin it.").synonyms(&["quiz", "exam"]);
    /// Draws another code.
    pub const NEW_CODE: CommandText =
        CommandText::new("New code", "Another test of the same setup.").synonyms(&["random", "shuffle"]);
    /// Shows the completed tests.
    pub const SHOW_HISTORY: CommandText = CommandText::new("Earlier tests", "Their scores and reports.")
        .synonyms(&["history", "past", "results"]);
    /// Shows the setup of the next test.
    pub const SHOW_SETUP: CommandText =
        CommandText::new("New test", "What the next test is to be like.").synonyms(&["setup"]);
    /// Starts the test.
    pub const BEGIN: CommandText =
        CommandText::new("Begin the test", "As it is set up here.").synonyms(&["start", "quiz"]);
    /// Resumes the paused test.
    pub const CONTINUE: CommandText =
        CommandText::new("Continue the test", "Its time goes on where it stopped.").synonyms(&["resume"]);
    /// Pauses the test.
    pub const PAUSE: CommandText =
        CommandText::new("Leave the test", "Every answer is kept, and its time stands still.")
            .synonyms(&["pause", "stop", "quit"])
            .in_terminal("Leaves the test; so does Ctrl+D. Every answer is kept, its time stands still.");
    /// Asks whether to discard the paused test.
    pub const ASK_DISCARD: CommandText =
        CommandText::new("Give it up", "Asks once more before.").synonyms(&["discard", "delete"]);
    /// Keeps the paused test.
    pub const KEEP: CommandText =
        CommandText::new("Keep it", "The test goes on waiting.").synonyms(&["cancel"]);
    /// Discards the paused test.
    pub const DISCARD: CommandText = CommandText::new("Give it up for good", "The test counts for nothing.")
        .synonyms(&["discard", "delete"]);
    /// Shows the next question.
    pub const NEXT: CommandText = CommandText::new("Next", "The next question.")
        .synonyms(&["forward", "skip"])
        .in_terminal("The next question; so does Enter alone. :7 goes to question 7.");
    /// Shows the previous question.
    pub const PREVIOUS: CommandText =
        CommandText::new("Previous", "The question before.").synonyms(&["back"]);
    /// Flags the question.
    pub const FLAG: CommandText = CommandText::new("Flag", "Marks the question for later.")
        .synonyms(&["mark", "bookmark"])
        .in_terminal("Marks the question for later, or no more.");
    /// Says how sure the learner is.
    pub const SURE: CommandText =
        crate::text::study::commands::SURE.in_terminal("Says how sure you are of your answer.");
    /// Says that the learner thinks so.
    pub const THINK_SO: CommandText =
        crate::text::study::commands::THINK_SO.in_terminal("The same: you think so.");
    /// Says that the answer is a guess.
    pub const GUESS: CommandText =
        crate::text::study::commands::GUESS.in_terminal("The same: it is a guess.");
    /// Shows all questions.
    pub const SHOW_OVERVIEW: CommandText = CommandText::new("Overview", "All questions at once.")
        .synonyms(&["list", "open questions"])
        .in_terminal("What is open and what is flagged.");
    /// Leaves the overview.
    pub const HIDE_OVERVIEW: CommandText =
        CommandText::new("Back to the question", "Nothing is handed in.").synonyms(&["close"]);
    /// Hands the test in.
    pub const HAND_IN: CommandText = CommandText::new("Hand in", "No more answers; then the report.")
        .synonyms(&["submit", "finish"])
        .in_terminal("Hands in: no more answers, then the report.");
    /// Grades an own answer as wrong.
    pub const SELF_GRADE_WRONG: CommandText = CommandText::new("Wrong", "Not it.").synonyms(&["grade"]);
    /// Grades an own answer as partly right.
    pub const SELF_GRADE_PARTLY: CommandText = CommandText::new("Partly", "Some of it.").synonyms(&["grade"]);
    /// Grades an own answer as right.
    pub const SELF_GRADE_RIGHT: CommandText =
        CommandText::new("Right", "All that matters.").synonyms(&["grade"]);
    /// Resolves a slip as meant.
    pub const ACCEPT_SLIP: CommandText =
        CommandText::new("I meant it", "A slip of the fingers: it counts as right.").synonyms(&["typo"]);
    /// Resolves a slip as not meant.
    pub const REJECT_SLIP: CommandText =
        CommandText::new("I didn’t know it", "It counts as wrong.").synonyms(&["i didn't know it"]);
    /// Closes the report.
    pub const CLOSE_REPORT: CommandText =
        CommandText::new("All tests", "Back to the earlier tests.").synonyms(&["close", "history"]);
    /// Sets up the same test again.
    pub const REPEAT_SETUP: CommandText =
        CommandText::new("Test again", "The same setup, other questions.").synonyms(&["repeat", "retry"]);
    /// Writes the report as a page.
    pub const EXPORT_HTML: CommandText =
        CommandText::new("Save as HTML", "A page that prints.").synonyms(&["export", "print", "report"]);
    /// Writes the report as a table.
    pub const EXPORT_CSV: CommandText = CommandText::new("Save as CSV", "A row for every question.")
        .synonyms(&["export", "table", "spreadsheet"]);
}
