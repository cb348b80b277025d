//! Commands of the Decks screen.

use std::path::PathBuf;
use std::sync::Arc;

use super::dialog::Dialog;
use super::exporting::DeckExportFormat;
use super::form::QuestionForm;
use super::table::QuestionTableView;
use crate::app::command::CommandInfo;
use crate::app::study::StudyCommand;
use crate::formats::import::ImportOptions;

/// A command for decks and their questions.
#[derive(Clone, Debug, PartialEq)]
pub enum DeckCommand {
    /// Shows all decks.
    ShowLibrary,
    /// Shows a deck, by id.
    Open(Arc<str>),
    /// Shows the errors of a file that could not be read as a deck.
    OpenProblems(PathBuf),
    /// Changes the search, the filter or the order.
    SetView(QuestionTableView),
    /// Changes the selection.
    Select(SelectionChange),
    /// Suspends the selected questions.
    Suspend,
    /// Resumes the selected questions.
    Resume,
    /// Resets the selected questions to new; their answers stay in the log.
    Reset,
    /// Moves the selected questions to a topic, by key.
    SetTopic(String),
    /// Deletes the selected questions from the file.
    Delete,
    /// Moves the selected question one position up (`true`) or down in the file.
    MoveQuestion(bool),
    /// Opens the editor for a new question.
    NewQuestion,
    /// Opens a question in the editor, by id.
    Edit(Arc<str>),
    /// Changes the form of the editor.
    SetForm(Box<QuestionForm>),
    /// A study command for the preview of the question in the editor.
    Preview(StudyCommand),
    /// Saves the question; `true` continues with another new one.
    Save(bool),
    /// Closes the editor, after asking if there are unsaved changes.
    CloseEditor,
    /// Closes the editor without saving.
    Discard,
    /// Resolves a conflict: the edited version will replace the one in the file.
    KeepMine,
    /// Resolves a conflict: the version in the file replaces the edited one.
    TakeTheirs,
    /// Opens a dialog, or changes the input in it.
    SetDialog(Dialog),
    /// Confirms the dialog.
    Confirm,
    /// Closes the dialog.
    CloseDialog,
    /// Copies a deck, by id, to the learner's own decks.
    Copy(Arc<str>),
    /// Opens a deck file in the learner's text editor, at a line from 1.
    OpenFile(PathBuf, u32),
    /// Shows or hides lints.
    ToggleLints,
    /// Asks for a file to import.
    ChooseImport,
    /// Reads a file to import and shows a preview.
    BeginImport(PathBuf),
    /// Changes the options of the import.
    SetImport(Box<ImportOptions>),
    /// Sets the title of the deck to be imported.
    SetImportTitle(String),
    /// Writes the imported deck.
    FinishImport,
    /// Cancels the import; nothing is written.
    CancelImport,
    /// Exports the deck.
    Export(DeckExportFormat),
    /// Applies the fix of one error of a file, by the index of the error.
    Fix(PathBuf, usize),
    /// Applies every unambiguous fix to a file.
    FixAll(PathBuf),
    /// Lets the learner choose a folder with decks.
    ChooseFolder,
    /// Writes an id into every question without one.
    PinIds,
    /// Lets the learner choose an image for the question in the editor.
    ChooseImage,
    /// Uses a file as the image of the question in the editor.
    SetImage(PathBuf),
}

/// A change of the selected questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectionChange {
    /// Selects only this question, by id.
    Only(Arc<str>),
    /// Selects or deselects this question, by id.
    Toggle(Arc<str>),
    /// Selects everything shown from the current question to this one, by id.
    To(Arc<str>),
    /// Selects everything shown.
    All,
    /// Selects nothing.
    None,
}

impl DeckCommand {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            DeckCommand::ShowLibrary => info("All decks", "Your decks and the shipped ones.", "Esc"),
            DeckCommand::SetDialog(Dialog::NewDeck { .. }) => {
                info("New deck", "Begins a deck of your own.", "N")
            }
            DeckCommand::SetDialog(Dialog::Paste { .. }) => {
                info("Paste a list", "A line a question: the question, then its answer.", "V")
            }
            DeckCommand::SetDialog(Dialog::Details(_)) => {
                info("Deck details", "Its title, its topics, what it is about.", "D")
            }
            DeckCommand::NewQuestion => info("New question", "Writes a question into this deck.", "N"),
            DeckCommand::Edit(_) => info("Edit", "Opens the question picked.", "Enter"),
            DeckCommand::Suspend => info("Suspend", "Never asks the questions picked until resumed.", "S"),
            DeckCommand::Resume => info("Resume", "Asks the questions picked again.", "R"),
            DeckCommand::Reset => {
                info("Reset", "Makes the questions picked new again; every answer is kept.", "")
            }
            DeckCommand::Delete => info("Delete", "Takes the questions picked out of the file.", "Del"),
            DeckCommand::MoveQuestion(true) => info("Move up", "One place up in the file.", "Alt ↑"),
            DeckCommand::MoveQuestion(false) => info("Move down", "One place down in the file.", "Alt ↓"),
            DeckCommand::Save(false) => info("Save", "Writes the question into the deck’s file.", "Ctrl S"),
            DeckCommand::Save(true) => {
                info("Save and write another", "Saves, and begins the next question.", "Ctrl Enter")
            }
            DeckCommand::CloseEditor => info("Close", "Back to the deck.", "Esc"),
            DeckCommand::Discard => info("Discard", "Gives up what was written.", ""),
            DeckCommand::KeepMine => info("Keep mine", "Your version goes into the file.", ""),
            DeckCommand::TakeTheirs => info("Take the file’s", "Your version is given up.", ""),
            DeckCommand::Copy(_) => {
                info("Make a copy to edit", "A deck of your own with the same questions.", "C")
            }
            DeckCommand::OpenFile(..) => info("Open in editor", "Opens the deck’s file at this line.", "O"),
            DeckCommand::ChooseImport => info(
                "Import",
                "A list from another program becomes a deck: CSV, Anki, Quizlet, Markdown.",
                "I",
            ),
            DeckCommand::FinishImport => {
                info("Import", "Writes the questions into a new deck.", "Ctrl Enter")
            }
            DeckCommand::CancelImport => info("Cancel", "Nothing is written.", "Esc"),
            DeckCommand::Export(DeckExportFormat::Csv) => {
                info("Export as a table", "CSV, for spreadsheets and other programs.", "")
            }
            DeckCommand::Export(DeckExportFormat::Quiz) => {
                info("Print a quiz", "A page with the questions and an answer key.", "P")
            }
            DeckCommand::FixAll(_) => {
                info("Mend what is certain", "Changes the file where there is only one way to mend it.", "M")
            }
            DeckCommand::ChooseFolder => {
                info("Add a folder", "Decks in it, such as a git checkout, are used where they are.", "F")
            }
            DeckCommand::PinIds => info(
                "Pin ids",
                "Writes an id into every question, so that even a new wording keeps its progress.",
                "",
            ),
            DeckCommand::ChooseImage => info(
                "Choose picture",
                "Takes a file for the question’s picture; it can also be dropped here.",
                "",
            ),
            DeckCommand::Open(_)
            | DeckCommand::SetImage(_)
            | DeckCommand::OpenProblems(_)
            | DeckCommand::SetView(_)
            | DeckCommand::Select(_)
            | DeckCommand::SetTopic(_)
            | DeckCommand::SetForm(_)
            | DeckCommand::Preview(_)
            | DeckCommand::SetDialog(_)
            | DeckCommand::BeginImport(_)
            | DeckCommand::Fix(..)
            | DeckCommand::SetImport(_)
            | DeckCommand::SetImportTitle(_)
            | DeckCommand::Confirm
            | DeckCommand::CloseDialog
            | DeckCommand::ToggleLints => None,
        }
    }
}
