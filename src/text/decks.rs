//! Texts of decks: the library, a deck’s page, the editor, importing and exporting.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Shows all decks.
    pub const SHOW_LIBRARY: CommandText =
        CommandText::new("All decks", "Your decks and the shipped ones.").synonyms(&["library", "back"]);
    /// Opens the dialog for a new deck.
    pub const NEW_DECK: CommandText =
        CommandText::new("New deck", "Begins a deck of your own.").synonyms(&["create", "add"]);
    /// Opens the dialog for pasting questions.
    pub const PASTE: CommandText =
        CommandText::new("Paste a list", "A line a question: the question, then its answer.").synonyms(&[
            "add",
            "import",
            "questions",
        ]);
    /// Opens the dialog with title and topics.
    pub const DETAILS: CommandText =
        CommandText::new("Deck details", "Its title, its topics, what it is about.").synonyms(&[
            "rename",
            "description",
            "properties",
        ]);
    /// Opens the editor for a new question.
    pub const NEW_QUESTION: CommandText =
        CommandText::new("New question", "Writes a question into this deck.").synonyms(&["add", "card"]);
    /// Opens a question in the editor.
    pub const EDIT: CommandText =
        CommandText::new("Edit", "Opens the question picked.").synonyms(&["change", "question"]);
    /// Suspends the selected questions.
    pub const SUSPEND: CommandText =
        CommandText::new("Suspend", "Never asks the questions picked until resumed.")
            .synonyms(&["hide", "disable"]);
    /// Resumes the selected questions.
    pub const RESUME: CommandText =
        CommandText::new("Resume", "Asks the questions picked again.").synonyms(&["unsuspend"]);
    /// Makes the selected questions new.
    pub const RESET: CommandText =
        CommandText::new("Reset", "Makes the questions picked new again; every answer is kept.")
            .synonyms(&["forget"]);
    /// Deletes the selected questions.
    pub const DELETE: CommandText =
        CommandText::new("Delete", "Takes the questions picked out of the file.").synonyms(&["remove"]);
    /// Moves the question up.
    pub const MOVE_UP: CommandText =
        CommandText::new("Move up", "One place up in the file.").synonyms(&["order"]);
    /// Moves the question down.
    pub const MOVE_DOWN: CommandText =
        CommandText::new("Move down", "One place down in the file.").synonyms(&["order"]);
    /// Saves the question.
    pub const SAVE: CommandText = CommandText::new("Save", "Writes the question into the deck’s file.");
    /// Saves the question and begins the next.
    pub const SAVE_AND_NEXT: CommandText =
        CommandText::new("Save and write another", "Saves, and begins the next question.");
    /// Closes the editor.
    pub const CLOSE_EDITOR: CommandText =
        CommandText::new("Close", "Back to the deck.").synonyms(&["cancel"]);
    /// Discards what was written.
    pub const DISCARD: CommandText = CommandText::new("Discard", "Gives up what was written.");
    /// Resolves a conflict for the edited version.
    pub const KEEP_MINE: CommandText = CommandText::new("Keep mine", "Your version goes into the file.");
    /// Resolves a conflict for the version in the file.
    pub const TAKE_THEIRS: CommandText = CommandText::new("Take the file’s", "Your version is given up.");
    /// Copies a deck.
    pub const COPY: CommandText =
        CommandText::new("Make a copy to edit", "A deck of your own with the same questions.")
            .synonyms(&["duplicate", "fork"]);
    /// Opens the file in a text editor.
    pub const OPEN_FILE: CommandText =
        CommandText::new("Open in editor", "Opens the deck’s file at this line.")
            .synonyms(&["file", "source"]);
    /// Asks for a file to import.
    pub const CHOOSE_IMPORT: CommandText = CommandText::new(
        "Import",
        "A list from another program becomes a deck: CSV, Anki, Quizlet, Markdown.",
    )
    .synonyms(&["csv", "anki", "quizlet", "load"]);
    /// Writes the imported deck.
    pub const FINISH_IMPORT: CommandText =
        CommandText::new("Import", "Writes the questions into a new deck.");
    /// Cancels the import.
    pub const CANCEL_IMPORT: CommandText = CommandText::new("Cancel", "Nothing is written.");
    /// Exports the deck as a table.
    pub const EXPORT_CSV: CommandText =
        CommandText::new("Export as a table", "CSV, for spreadsheets and other programs.")
            .synonyms(&["csv", "save"]);
    /// Exports the deck as a printed quiz.
    pub const EXPORT_QUIZ: CommandText =
        CommandText::new("Print a quiz", "A page with the questions and an answer key.")
            .synonyms(&["export", "html", "paper"]);
    /// Applies every unambiguous fix.
    pub const FIX_ALL: CommandText =
        CommandText::new("Mend what is certain", "Changes the file where there is only one way to mend it.")
            .synonyms(&["fix", "repair", "errors"]);
    /// Adds a folder with decks.
    pub const CHOOSE_FOLDER: CommandText =
        CommandText::new("Add a folder", "Decks in it, such as a git checkout, are used where they are.")
            .synonyms(&["directory"]);
    /// Writes ids.
    pub const PIN_IDS: CommandText = CommandText::new(
        "Pin ids",
        "Writes an id into every question, so that even a new wording keeps its progress.",
    )
    .synonyms(&["identity"]);
    /// Chooses an image.
    pub const CHOOSE_IMAGE: CommandText = CommandText::new(
        "Choose picture",
        "Takes a file for the question’s picture; it can also be dropped here.",
    )
    .synonyms(&["image", "photo"]);
}
