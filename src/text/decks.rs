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

/// What the ring beside a deck shows, such as "81 % mastered".
pub fn mastered(percent: &str) -> String {
    format!("{percent} mastered")
}

/// Why a file gives no deck: the system's error.
pub fn unreadable(error: impl Display) -> String {
    format!("cannot be read: {error}")
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
/// The filter by topic that lets all pass.
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

/// A heading by which the table is sorted, for screen readers.
pub fn sorted_by(heading: &str, is_descending: bool) -> String {
    format!("{heading}, sorted {}", if is_descending { "downwards" } else { "upwards" })
}

/// Another heading, for screen readers.
pub fn sort_by(heading: &str) -> String {
    format!("Sort by {}", heading.to_lowercase())
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
         scratch. Ctrl Z undoes it.",
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

// Notices of deck files.

/// A built-in deck was to be edited.
pub const BUILT_IN: &str = "Built-in decks can’t be changed. Make a copy to edit.";

/// An edit was not made; `why` has no full stop.
pub fn not_saved(why: impl Display) -> String {
    format!("Not saved: {why}.")
}

/// The file that was to be edited has errors now.
pub fn changed_with_errors(path: impl Display) -> String {
    format!("{path} was changed by another program and has errors: fix them first.")
}

/// An edit cannot be undone, or done again.
pub fn changed_since(path: impl Display) -> String {
    format!("{path} was changed since, so this can’t be undone here: change it in the file.")
}

/// An edit would have damaged the file.
pub const EDIT_UNREADABLE: &str = "Not saved: the deck could not be read afterwards. Nothing was changed.";

/// An edit could not be written.
pub fn not_saved_to(path: impl Display, why: impl Display) -> String {
    format!("Not saved: {path} cannot be written ({why}).")
}

/// The events of an edit could not be written; `error` is a sentence.
pub fn events_not_saved(error: impl Display, is_file_restored: bool) -> String {
    let outcome = if is_file_restored { "The file is as it was." } else { "The file was changed." };
    format!("Not saved. {error} {outcome}")
}

/// The folders are not watched.
pub fn not_watched(folder: impl Display, why: impl Display) -> String {
    format!("Changes to your decks load at the next start only: {folder} cannot be watched ({why}).")
}

/// A changed deck has errors; `problem` is a sentence.
pub fn last_version_stays(problem: &str) -> String {
    format!("{problem} The last good version stays in use.")
}

/// Changed decks were loaded.
pub const RELOADED: &str = "Your decks were reloaded.";
