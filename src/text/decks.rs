//! Texts of decks: the library, a deck’s page, its dialogs, the problems of its file, and the import.

use std::fmt::Display;

use super::words::count;

// Library

/// The title of the screen, and the link back to it.
pub const TITLE: &str = "Decks";
/// Heading of the learner's own decks.
pub const YOUR_DECKS: &str = "Your decks";
/// Instead of the list of own decks.
pub const NO_DECKS_YET: &str =
    "None yet. Create one here, import a list from another program, or make a copy of a built-in deck.";
/// Heading of the decks inside the program.
pub const SHIPPED_DECKS: &str = "Built-in decks";
/// Opens the folder in the file manager.
pub const OPEN_FOLDER: &str = "Open decks folder";
/// Removes an added folder from the library.
pub const REMOVE_FOLDER: &str = "Remove folder";

/// An added folder.
pub fn added_folder(path: impl Display) -> String {
    format!("Also from {path}")
}

/// Below the title of a deck of which some cards are known.
pub fn questions_and_known(questions: usize, known: &str) -> String {
    format!("{} · {known}", count(questions, "question"))
}

/// Below the title of a deck, and of questions that are to be imported.
pub fn questions_in_topics(questions: usize, topics: usize) -> String {
    format!("{} in {}", count(questions, "question"), count(topics, "topic"))
}

/// At the right of a deck with problems in its file.
pub fn problems(number: usize) -> String {
    count(number, "problem")
}

/// At the right of another deck.
pub fn due_and_new(due: usize, new: usize) -> String {
    format!("{due} due · {new} new")
}

/// Why a file gives no deck: the system's error.
pub fn unreadable(error: impl Display) -> String {
    format!("can’t be read: {error}")
}

/// Why a file gives no deck: the first problem in it.
pub fn first_problem(line: u32, message: &str) -> String {
    format!("line {line}: {message}")
}

/// Why a file gives no deck: `first` has its id.
pub fn duplicate_id(id: &str, first: impl Display) -> String {
    format!("its ID “{id}” is already used by {first}")
}

/// A file that gives no deck, for screen readers.
pub fn unusable_file(name: &str, why: &str) -> String {
    format!("{name} can’t be used yet: {why}")
}

// A deck's page

/// Below the name of a file that is no deck.
pub const NOT_A_DECK_YET: &str = "This file isn’t a deck yet. Fix what is listed here in a text editor; the file is reloaded when you save it.";
/// Starts a session of the deck.
pub const STUDY: &str = "Study";
/// The menu of further commands.
pub const MORE: &str = "More";
/// Heading of a deck without questions.
pub const NO_QUESTIONS_YET: &str = "No questions yet";
/// Below [`NO_QUESTIONS_YET`].
pub const FIRST_QUESTION: &str =
    "Write the first one here, or paste a list with one question and its answer per line.";
/// The menu of topics for the selected questions.
pub const MOVE_TO_TOPIC: &str = "Move to topic";
/// Clears the selection.
pub const CLEAR_SELECTION: &str = "Clear";

/// Below the title of the learner's own deck.
pub fn own_deck(questions: usize, file_name: &str) -> String {
    format!("{} · {file_name}", count(questions, "question"))
}

/// Below the title of a shipped deck.
pub fn shipped_deck(questions: usize) -> String {
    format!("{} · built in, can’t be changed", count(questions, "question"))
}

/// Number of selected questions.
pub fn selected(questions: usize) -> String {
    format!("{questions} selected")
}

// The table of questions

/// The field that searches, for screen readers.
pub const SEARCH: &str = "Search questions";
/// No question matches the search and the filters.
pub const NO_MATCH: &str = "No matching questions.";
/// All decks, in menus and titles.
pub const ALL_DECKS: &str = "All decks";
/// All topics, in menus and tables.
pub const ALL_TOPICS: &str = "All topics";
/// The filter by kind that lets all pass.
pub const ALL_KINDS: &str = "All kinds";
/// The filter by state, for screen readers.
pub const STATE: &str = "State";
/// The filter by state that lets all pass.
pub const ANY_STATE: &str = "Any state";
/// Heading of prompts.
pub const QUESTION: &str = "Question";
/// Heading of topics, and the menus that choose one.
pub const TOPIC: &str = "Topic";
/// Heading of kinds, and the filter by kind.
pub const KIND: &str = "Kind";
/// Heading of the predicted recall.
pub const RECALL: &str = "Recall";
/// Heading of due times.
pub const DUE: &str = "Due";
/// In the column "Recall", for a card in learning steps.
pub const LEARNING: &str = "learning";
/// In the column "Due", for a suspended question.
pub const SUSPENDED: &str = "suspended";
/// In the column "Due", for a question without an answer.
pub const NEW: &str = "new";
/// In the column "Due", for a question that is due.
pub const TODAY: &str = "today";
/// In the column "Due", for a learning step that is over.
pub const NOW: &str = "now";

/// In the column "Due"; `interval` is such as "3 days".
pub fn due_in(interval: &str) -> String {
    format!("in {interval}")
}

/// In the empty search field.
pub fn search(questions: usize) -> String {
    format!("Search {}", count(questions, "question"))
}

/// Number of questions that match.
pub fn found(questions: usize) -> String {
    format!("{questions} found")
}

// Dialogs

/// Closes a dialog.
pub const CANCEL: &str = "Cancel";
/// Saves the details of a deck, or a question.
pub const SAVE: &str = "Save";
/// The field of a deck's title.
pub const DECK_TITLE: &str = "Title";
/// Title of a dialog.
pub const NEW_DECK: &str = "New deck";
/// Below the title of a new deck.
pub const DETAILS_LATER: &str = "You can add topics and a description later.";
/// Makes the new deck.
pub const CREATE_DECK: &str = "Create deck";
/// Title of a dialog.
pub const PASTE_LIST: &str = "Paste a list";
/// Below [`PASTE_LIST`].
pub const PASTE_LIST_HELP: &str =
    "One question per line: question, tab (or = or –), answer. A sentence with {{gaps}} needs no answer.";
/// The field for the list, for screen readers.
pub const LIST: &str = "List";
/// Adds the questions of the list.
pub const ADD_QUESTIONS: &str = "Add questions";
/// Short answers are typed, long ones recalled.
pub const TYPE_SHORT_ANSWERS: &str = "Type short answers";
/// All answers are typed.
pub const TYPE_ALL_ANSWERS: &str = "Type all";
/// All answers are recalled.
pub const FLASHCARDS: &str = "Flashcards";
/// All answers are recalled, and asked the other way round as well.
pub const FLASHCARDS_BOTH_WAYS: &str = "Both directions";
/// Title of a dialog.
pub const DECK_DETAILS: &str = "Deck details";
/// The field of a deck's description.
pub const DESCRIPTION: &str = "Description";
/// Heading of the topics' names.
pub const TOPICS: &str = "Topics";
/// In the empty field after the last topic.
pub const ANOTHER_TOPIC: &str = "new topic";
/// Below the topics' names.
pub const TOPICS_HELP: &str =
    "Clear a name to delete an empty topic. Topics with questions can’t be deleted.";
/// Title of a dialog.
pub const COPY_IMAGE: &str = "Copy this picture to the deck’s folder?";
/// Copies the picture.
pub const COPY_IMAGE_CONFIRM: &str = "Copy";
/// Title of a dialog.
pub const WHICH_FILE: &str = "Choose a file";
/// Title of a dialog.
pub const WHICH_FOLDER: &str = "Choose a folder";
/// Title of a dialog.
pub const WHICH_IMAGE: &str = "Choose a picture";
/// The field of a path.
pub const PATH: &str = "Path";
/// Below the field of a path.
pub const NO_FILE_DIALOG: &str =
    "This desktop has no dialog for choosing files. You can also drop it on the window.";
/// Uses the path.
pub const USE_PATH: &str = "Use this path";
/// Title of a dialog: a shipped deck was copied.
pub const CARRY_PROGRESS: &str = "Move your progress to the copy?";
/// Moves the progress to the copy.
pub const CARRY_PROGRESS_CONFIRM: &str = "Move progress";
/// A question of more than about twenty pages.
pub const TOO_LONG_TO_EDIT: &str =
    "This question can’t be edited here: it’s too long. Open its deck file in a text editor.";
/// Title of a dialog: a question was edited and not saved.
pub const UNSAVED: &str = "Save your changes?";
/// Discards what was written.
pub const DISCARD: &str = "Discard";
/// Goes back to the editor.
pub const KEEP_WRITING: &str = "Keep editing";

/// A line of a pasted list that becomes no question.
pub fn line_skipped(why: impl Display) -> String {
    format!("Skipped: {why}.")
}

/// How many more lines of a pasted list become no question.
pub fn more_lines_skipped(lines: usize) -> String {
    format!("And {lines} more.")
}

/// Number of questions in a pasted list or in a file.
pub fn questions(number: usize) -> String {
    count(number, "question")
}

/// The name of a topic's field, for screen readers; `number` from 1.
pub fn topic_number(number: usize) -> String {
    format!("Topic {number}")
}

/// Below [`COPY_IMAGE`]; `name` is what the copy will be called.
pub fn copy_image(file: impl Display, name: &str) -> String {
    format!(
        "A deck can only show pictures from its own folder. {file} will be copied there as {name}; the original stays where it is."
    )
}

/// Below [`CARRY_PROGRESS`].
pub fn carry_progress(questions: usize) -> String {
    format!(
        "You have answered {} of the original. Your progress can move to the copy; the original then starts from \
         scratch. Ctrl Z to undo.",
        count(questions, "question")
    )
}

// Problems of a deck's file

/// Title of the problems of a file without a deck.
pub const UNUSABLE_FILE: &str = "This file can’t be used yet";

/// Title of the problems of a deck.
pub fn unusable_questions(problems: usize) -> String {
    match problems {
        1 => "1 question can’t be used yet".to_owned(),
        count => format!("{count} problems keep questions from being used"),
    }
}

/// Below the first problems.
pub fn more_problems(problems: usize) -> String {
    format!("And {problems} more. Fix these first; the file is reloaded when you save it.")
}

/// Shows or hides the suggestions.
pub fn toggle_suggestions(are_shown: bool, suggestions: usize) -> String {
    format!("{} {}", if are_shown { "Hide" } else { "Show" }, count(suggestions, "suggestion"))
}

/// The place of a problem.
pub fn position(line: u32, column: u32) -> String {
    format!("line {line}, column {column}")
}

/// The place of a suggestion.
pub fn line(number: u32) -> String {
    format!("line {number}")
}

// Import

/// Title of the page.
pub const IMPORT: &str = "Import";
/// The field of the new deck's title.
pub const TITLE_OF_NEW_DECK: &str = "Title of the new deck";
/// Heading of what the answers become.
pub const ANSWERS: &str = "Answers";
/// While the file is converted, for screen readers.
pub const READING: &str = "Reading";
/// The menu of separators, for screen readers.
pub const SEPARATOR: &str = "Separator";
/// A separator.
pub const TAB: &str = "Tab";
/// A separator.
pub const COMMA: &str = "Comma ,";
/// A separator.
pub const SEMICOLON: &str = "Semicolon ;";
/// A separator.
pub const BAR: &str = "Vertical bar |";
/// A separator.
pub const HYPHEN: &str = "Hyphen with spaces";
/// A separator.
pub const DASH: &str = "Dash with spaces";
/// A separator.
pub const EQUALS_SIGN: &str = "Equals sign";
/// A separator.
pub const COLON: &str = "Colon";
/// A separator.
pub const SPACE: &str = "Space";
/// The menu that says what the first row is, for screen readers.
pub const FIRST_ROW: &str = "First row";
/// A choice of [`FIRST_ROW`].
pub const NAMES_OF_COLUMNS: &str = "Column names";
/// A choice of [`FIRST_ROW`].
pub const A_QUESTION: &str = "A question";
/// The menu of [`FIRST_ROW`] while [`NAMES_OF_COLUMNS`] is chosen.
pub const FIRST_ROW_IS_NAMES: &str = "First row: column names";
/// The menu of [`FIRST_ROW`] while [`A_QUESTION`] is chosen.
pub const FIRST_ROW_IS_QUESTION: &str = "First row: a question";
/// The menu that says whether there is HTML, for screen readers.
pub const TEXT: &str = "Text";
/// A choice of [`TEXT`].
pub const HTML: &str = "HTML, as in Anki";
/// A choice of [`TEXT`].
pub const PLAIN_TEXT: &str = "Plain text";
/// The menu of [`TEXT`] while [`HTML`] is chosen.
pub const TEXT_IS_HTML: &str = "Text: HTML";
/// The menu of [`TEXT`] while [`PLAIN_TEXT`] is chosen.
pub const TEXT_IS_PLAIN: &str = "Text: plain";
/// What a column holds.
pub const ANSWER: &str = "Answer";
/// What a column holds.
pub const TAGS: &str = "Tags";
/// What a column holds.
pub const EXPLANATION: &str = "Explanation";
/// What a column holds.
pub const HINT: &str = "Hint";
/// What a column holds.
pub const ID: &str = "ID";
/// What a column holds: nothing to import.
pub const NOT_WANTED: &str = "Ignore";
/// Below the number of questions, if it is 0.
pub const CHOOSE_COLUMNS: &str = "Choose above which column has the questions and which the answers.";

/// What is under way.
pub fn busy(what: &str) -> String {
    format!("{what}…")
}

/// The menu of separators. `name` is the one that is chosen.
pub fn separated_by(name: &str) -> String {
    format!("Column separator: {name}")
}

/// The chosen separator, if it is not among those with a name.
pub fn other_separator(separator: &str) -> String {
    format!("“{separator}”")
}

/// A column with its heading in the file, for screen readers.
pub fn column(heading: &str) -> String {
    format!("Column {heading}")
}

/// A column without a heading, for screen readers; `number` from 1.
pub fn column_number(number: usize) -> String {
    format!("Column {number}")
}

/// Imports the questions into a new deck.
pub fn import_questions(questions: usize) -> String {
    format!("Import {}", count(questions, "question"))
}

/// Heading of the rows that become no question.
pub fn rows_skipped(rows: usize) -> String {
    format!("{} skipped", count(rows, "row"))
}

/// A row that becomes no question. `excerpt` is its beginning, which may be empty.
pub fn row_skipped(line: u32, reason: impl Display, excerpt: &str) -> String {
    let excerpt = if excerpt.is_empty() { String::new() } else { format!(" — {excerpt}") };
    format!("Line {line}: {reason}{excerpt}")
}

/// How many more rows become no question.
pub fn more_rows_skipped(rows: usize) -> String {
    format!("and {rows} more")
}

// New decks

/// The name of the topic that a new deck has.
pub const FIRST_TOPIC: &str = "General";

/// The title of a copy.
pub fn copy_of(title: &str) -> String {
    format!("{title} (copy)")
}

// Notices

/// A question was saved.
pub const SAVED: &str = "Saved.";
/// The question that is edited was changed in the file too.
pub const CONFLICT: &str =
    "This question was also changed in the file: choose one of the two versions first.";
/// The deck of the question that is edited does not exist any more.
pub const DECK_GONE: &str = "Not saved: the deck’s file is gone. What you wrote stays here until it is back.";
/// The id of a question is taken.
pub const ID_TAKEN: &str = "Another question in this deck has this ID.";
/// A question without an id of its own has the prompt of another one.
pub const PROMPT_TAKEN: &str =
    "Another question in this deck asks the same. Reword one of them, or give this one an ID.";
/// Every question has an id in the file.
pub const IDS_PINNED_ALREADY: &str = "Every question already has its ID in the file.";
/// The file of a deck to copy cannot be read.
pub const COPY_UNREADABLE: &str = "The deck’s file can’t be read.";
/// The copy of a deck is there.
pub const COPIED: &str = "This copy is yours: you can change it.";
/// An edit of a deck inside the program.
pub const SHIPPED_IS_FIXED: &str = "Built-in decks can’t be changed. Make a copy to edit.";
/// A fix no longer applies.
pub const FIX_OUTDATED: &str = "The file was changed in the meantime: check the problems listed now.";
/// After an edit the file would not be a deck.
pub const EDIT_UNREADABLE: &str = "Not saved: the result would not be a readable deck. Nothing was changed.";
/// After [`not_saved`]: the edit was reverted.
pub const FILE_UNCHANGED: &str = "The file is unchanged.";
/// After [`not_saved`]: the edit could not be reverted.
pub const FILE_CHANGED: &str = "The file was changed.";
/// An import reads its file.
pub const READING_FILE: &str = "Reading the file";
/// An import writes its deck.
pub const WRITING_DECK: &str = "Writing the deck";
/// All selected cards are suspended.
pub const SUSPENDED_ALREADY: &str = "They are already suspended.";
/// No selected card is suspended.
pub const NONE_SUSPENDED: &str = "None of them is suspended.";
/// No selected card was answered yet.
pub const NEW_ALREADY: &str = "They are already new.";

/// Cards were suspended.
pub fn cards_suspended(cards: usize) -> String {
    format!("{} suspended. Ctrl Z to undo.", count(cards, "card"))
}

/// Cards were resumed.
pub fn cards_resumed(cards: usize) -> String {
    format!("{} resumed. Ctrl Z to undo.", count(cards, "card"))
}

/// The progress of cards was reset.
pub fn cards_reset(cards: usize) -> String {
    format!("{} reset to new. Ctrl Z to undo.", count(cards, "card"))
}

/// One of several new questions was saved.
pub fn saved_and_next(questions: usize) -> String {
    format!("Saved. {} so far.", count(questions, "question"))
}

/// An edit failed.
pub fn not_saved(error: impl Display) -> String {
    format!("Not saved: {error}.")
}

/// An edit failed because the answers that belong to it could not be saved; `outcome` is [`FILE_UNCHANGED`] or
/// [`FILE_CHANGED`].
pub fn not_saved_with_events(error: impl Display, outcome: &str) -> String {
    format!("Not saved. {error} {outcome}")
}

/// An edit could not be written.
pub fn not_saved_to(path: impl Display, error: impl Display) -> String {
    format!("Not saved. {path} can’t be written: {error}.")
}

/// Questions got another topic.
pub fn moved_to_topic(questions: usize, topic: &str) -> String {
    format!("{} moved to “{topic}”.", count(questions, "question"))
}

/// Questions were deleted.
pub fn deleted(questions: usize) -> String {
    let its = if questions == 1 { "its" } else { "their" };
    format!("{} deleted; {its} history is kept. Ctrl Z to undo.", count(questions, "question"))
}

/// Ids were written into the file.
pub fn ids_pinned(ids: usize) -> String {
    format!("{} added. Ctrl Z to undo.", count(ids, "ID"))
}

/// Pasted questions were added.
pub fn added(questions: usize) -> String {
    format!("{} added. Ctrl Z to undo.", count(questions, "question"))
}

/// A path that should be a folder.
pub fn not_a_folder(path: impl Display) -> String {
    format!("{path} is not a folder.")
}

/// A deck could not be copied.
pub fn not_copied(error: impl Display) -> String {
    format!("The deck can’t be copied: {error}.")
}

/// A problem was fixed; `title` says how.
pub fn fixed(title: &str) -> String {
    format!("Done: {title}. Ctrl Z to undo.")
}

/// Several problems were fixed.
pub fn all_fixed(problems: usize) -> String {
    format!("{} fixed. Ctrl Z to undo.", count(problems, "error"))
}

/// A deck file has errors, so that it cannot be edited.
pub fn has_errors(path: impl Display) -> String {
    format!("{path} was changed by another program and can’t be used as it is: fix its errors first.")
}

/// An edit cannot be undone or redone.
pub fn changed_since(path: impl Display) -> String {
    format!("{path} was changed since then, so this can’t be undone: edit the file by hand.")
}

/// A file cannot be used as an image; `problem` and `help` begin in lower case.
pub fn image_refused(problem: &str, help: &str) -> String {
    format!("Not used: {problem}. To use it, {help}.")
}

/// An image was copied to the deck's folder.
pub fn image_copied(name: &str) -> String {
    format!("Copied to the deck’s folder as {name}. Describe in a few words what it shows.")
}

/// An image could not be copied.
pub fn image_not_copied(name: &str, folder: impl Display, error: impl Display) -> String {
    format!("{name} can’t be copied to {folder}: {error}.")
}

/// An import is done.
pub fn imported(questions: usize, title: &str) -> String {
    format!("{} imported into “{title}”.", count(questions, "question"))
}

/// An import is done, but its deck cannot be read.
pub fn imported_unreadable(path: impl Display) -> String {
    format!("{path} was written, but can’t be read.")
}

/// Why a pasted question is skipped.
pub fn asked_already(prompt: &str) -> String {
    format!("“{prompt}” is already asked in this deck")
}

// Edits, as they follow "Undone: "

/// Cards were suspended.
pub const SUSPENDING: &str = "suspending";
/// Cards were resumed.
pub const RESUMING: &str = "resuming";
/// The progress of cards was reset.
pub const RESETTING: &str = "resetting";

/// `verb` is [`SUSPENDING`] and so on.
pub fn change_of_cards(verb: &str, cards: usize) -> String {
    format!("{verb} {}", count(cards, "card"))
}

/// The title, the description or the topics of a deck were changed.
pub const EDIT_OF_DETAILS: &str = "editing the deck’s details";
/// Problems of a file were fixed.
pub const EDIT_OF_FILE: &str = "fixing the file";

/// A question was changed.
pub fn edit_of_question(prompt: &str) -> String {
    format!("editing “{prompt}”")
}

/// Questions got another topic.
pub fn edit_of_topic(questions: usize) -> String {
    format!("moving {} to another topic", count(questions, "question"))
}

/// Questions were deleted.
pub fn deletion(questions: usize) -> String {
    format!("deleting {}", count(questions, "question"))
}

/// A question was moved within its file.
pub fn move_in_file(prompt: &str) -> String {
    format!("moving “{prompt}”")
}

/// Ids were written into the file.
pub fn pinning(ids: usize) -> String {
    format!("adding {}", count(ids, "ID"))
}

/// Pasted questions were added.
pub fn addition(questions: usize) -> String {
    format!("adding {}", count(questions, "question"))
}

/// A problem was fixed; `title` says how.
pub fn fix(title: &str) -> String {
    format!("“{title}”")
}

// Loading

/// The folders are not watched.
pub fn not_watched(folder: impl Display, why: impl Display) -> String {
    format!("Changes to your decks load only at the next start. {folder} can’t be watched: {why}.")
}

/// A changed deck has errors; `problem` is a sentence.
pub fn last_version_stays(problem: &str) -> String {
    format!("{problem} The last good version stays in use.")
}

/// Changed decks were loaded.
pub const RELOADED: &str = "Your decks were reloaded.";
/// An import found nothing.
pub const NO_QUESTIONS_FOUND: &str =
    "No questions found; nothing was written. Check which columns hold the questions and the answers.";
/// An import would make a deck that is too large.
pub const IMPORT_TOO_LARGE: &str =
    "The deck would be larger than 64 MB; nothing was written. Split the file into several.";

/// The list to import cannot be read.
pub fn import_unreadable(why: impl Display) -> String {
    format!("This file can’t be read: {why}.")
}

/// The imported deck cannot be written.
pub fn import_unwritable(path: impl Display, why: impl Display) -> String {
    format!("{path} can’t be written: {why}. Nothing was imported.")
}

/// An import was ended by a fault of the program.
pub const IMPORT_ENDED: &str = "The import ended early; nothing was written. Try again.";
/// The title of an imported deck that has no other.
pub const IMPORTED_TITLE: &str = "Imported";

// Choices of questions by the state of their cards.

/// Cards that were never answered.
pub const STATUS_NEW: &str = "New";
/// Cards on learning steps.
pub const STATUS_LEARNING: &str = "Learning";
/// Cards that are due.
pub const STATUS_DUE: &str = "Due";
/// Cards that are not asked.
pub const STATUS_SUSPENDED: &str = "Suspended";
/// Leeches.
pub const STATUS_LEECH: &str = "Often forgotten";

/// The commands, as buttons, the command palette and the terminal call them.
#[expect(missing_docs, reason = "the help of a command says what it does")]
pub mod commands {
    use crate::text::CommandText;

    pub const SHOW_LIBRARY: CommandText =
        CommandText::new("All decks", "Your decks and the built-in ones.").synonyms(&["library", "back"]);
    pub const NEW_DECK: CommandText =
        CommandText::new("New deck", "Creates a deck of your own.").synonyms(&["create", "add"]);
    pub const PASTE: CommandText = CommandText::new(
        "Paste a list",
        "Adds questions from a list, with one question and its answer per line.",
    )
    .synonyms(&["add", "import", "questions"]);
    pub const DETAILS: CommandText = CommandText::new("Deck details", "Its title, topics and description.")
        .synonyms(&["rename", "description", "properties"]);
    pub const NEW_QUESTION: CommandText =
        CommandText::new("New question", "Adds a question to this deck.").synonyms(&["add", "card"]);
    pub const EDIT: CommandText =
        CommandText::new("Edit", "Opens the selected question.").synonyms(&["change", "question"]);
    pub const SUSPEND: CommandText =
        CommandText::new("Suspend", "The selected questions are not asked until you resume them.")
            .synonyms(&["hide", "disable"]);
    pub const RESUME: CommandText =
        CommandText::new("Resume", "The selected questions are asked again.").synonyms(&["unsuspend"]);
    pub const RESET: CommandText =
        CommandText::new("Reset", "Makes the selected questions new again; every answer is kept.")
            .synonyms(&["forget"]);
    pub const DELETE: CommandText =
        CommandText::new("Delete", "Deletes the selected questions from the file.").synonyms(&["remove"]);
    pub const MOVE_UP: CommandText =
        CommandText::new("Move up", "One place up in the file.").synonyms(&["order"]);
    pub const MOVE_DOWN: CommandText =
        CommandText::new("Move down", "One place down in the file.").synonyms(&["order"]);
    pub const SAVE: CommandText = CommandText::new("Save", "Saves the question in the deck’s file.");
    pub const SAVE_AND_NEXT: CommandText =
        CommandText::new("Save and write another", "Saves, and starts the next question.");
    pub const CLOSE_EDITOR: CommandText =
        CommandText::new("Close", "Back to the deck.").synonyms(&["cancel"]);
    pub const DISCARD: CommandText = CommandText::new("Discard", "Discards what you wrote.");
    pub const KEEP_MINE: CommandText =
        CommandText::new("Keep mine", "Your version replaces the one in the file.");
    pub const TAKE_THEIRS: CommandText = CommandText::new("Use the file’s", "Your version is discarded.");
    pub const COPY: CommandText =
        CommandText::new("Make a copy to edit", "A deck of your own with the same questions.")
            .synonyms(&["duplicate", "fork"]);
    pub const OPEN_FILE: CommandText =
        CommandText::new("Open in editor", "Opens the deck’s file at this line.")
            .synonyms(&["file", "source"]);
    pub const CHOOSE_IMPORT: CommandText =
        CommandText::new("Import", "Makes a deck from another program’s list: CSV, Anki, Quizlet, Markdown.")
            .synonyms(&["csv", "anki", "quizlet", "load"]);
    pub const FINISH_IMPORT: CommandText =
        CommandText::new("Import", "Writes the questions into a new deck.");
    pub const CANCEL_IMPORT: CommandText = CommandText::new("Cancel", "Nothing is written.");
    pub const EXPORT_CSV: CommandText =
        CommandText::new("Export as a table", "CSV, for spreadsheets and other programs.")
            .synonyms(&["csv", "save"]);
    pub const EXPORT_QUIZ: CommandText =
        CommandText::new("Print a quiz", "A page with the questions and an answer key.")
            .synonyms(&["export", "html", "paper"]);
    pub const FIX_ALL: CommandText =
        CommandText::new("Fix what is certain", "Fixes every error that can be fixed in only one way.")
            .synonyms(&["fix", "repair", "errors"]);
    pub const CHOOSE_FOLDER: CommandText = CommandText::new(
        "Add a folder",
        "Uses the decks in a folder, such as a git checkout, where they are.",
    )
    .synonyms(&["directory"]);
    pub const PIN_IDS: CommandText = CommandText::new(
        "Pin IDs",
        "Writes an ID into every question, so that it keeps its progress even when reworded.",
    )
    .synonyms(&["identity"]);
    pub const CHOOSE_IMAGE: CommandText = CommandText::new(
        "Choose picture",
        "Chooses a file for the question’s picture. You can also drop it here.",
    )
    .synonyms(&["image", "photo"]);
}
