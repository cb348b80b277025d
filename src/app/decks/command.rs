//! What can be done on the Decks screen.

use std::path::PathBuf;
use std::sync::Arc;

use super::dialog::Dialog;
use super::exporting::DeckExportFormat;
use super::form::QuestionForm;
use super::table::QuestionTableView;
use crate::app::Command;
use crate::app::command::CommandInfo;
use crate::formats::import::ImportOptions;

/// Something that the learner can do with decks and their questions.
#[derive(Clone, Debug, PartialEq)]
pub enum DeckCommand {
    /// Shows all decks.
    ShowLibrary,
    /// Shows a deck, by id.
    Open(Arc<str>),
    /// Shows what keeps a file from being a deck.
    OpenProblems(PathBuf),
    /// Searches, filters, sorts.
    SetView(QuestionTableView),
    /// Picks questions for what is done next.
    Select(SelectionChange),
    /// Never asks the picked questions until resumed.
    Suspend,
    /// Asks the picked questions again.
    Resume,
    /// Makes the picked questions new again; their answers stay in the log.
    Reset,
    /// Moves the picked questions to a topic, by key.
    SetTopic(String),
    /// Takes the picked questions out of the file.
    Delete,
    /// Moves the question picked one place up (`true`) or down in the file.
    MoveQuestion(bool),
    /// Begins a question.
    NewQuestion,
    /// Opens a question, by id.
    Edit(Arc<str>),
    /// Changes what is being written.
    SetForm(Box<QuestionForm>),
    /// Answers the preview: a command of a study session.
    Preview(Box<Command>),
    /// Writes the question into the file; `true`: and begins another.
    Save(bool),
    /// Leaves the editor; asks when something was written.
    CloseEditor,
    /// Leaves the editor without saving.
    Discard,
    /// The file changed meanwhile: what is being written goes over it.
    KeepMine,
    /// The file changed meanwhile: what is being written is given up for it.
    TakeTheirs,
    /// Opens a dialog, or changes what was entered in it.
    SetDialog(Dialog),
    /// Does what the dialog is for.
    Confirm,
    /// Closes the dialog.
    CloseDialog,
    /// Copies a deck, by id, to one of one's own.
    Copy(Arc<str>),
    /// Opens a file of a deck in the user's editor, at a line.
    OpenFile(PathBuf, u32),
    /// Shows or hides what would be better otherwise.
    ToggleLints,
    /// Asks for a file to import.
    ChooseImport,
    /// Looks at a file to import.
    BeginImport(PathBuf),
    /// Reads the file to import in another way.
    SetImport(Box<ImportOptions>),
    /// Gives the deck to be imported a title.
    SetImportTitle(String),
    /// Writes the deck imported.
    FinishImport,
    /// Leaves the import; nothing is written.
    CancelImport,
    /// Writes the deck for other programs, or for paper.
    Export(DeckExportFormat),
    /// Mends one fault of a file, by its place among the errors told.
    Fix(PathBuf, usize),
    /// Mends everything in a file that can be mended for certain.
    FixAll(PathBuf),
    /// Lets a folder with decks be chosen.
    ChooseFolder,
    /// Writes an id into every question without one.
    PinIds,
    /// Lets a picture be chosen for the question being written.
    ChooseImage,
    /// Takes a file for the picture of the question being written.
    SetImage(PathBuf),
}

/// How questions are picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectionChange {
    /// This one alone, by id.
    Only(Arc<str>),
    /// This one too, or no longer.
    Toggle(Arc<str>),
    /// Everything shown from the last one to this one.
    To(Arc<str>),
    /// Everything shown.
    All,
    /// Nothing.
    None,
}

impl DeckCommand {
    /// Label, help and key; `None` for commands that only a widget makes.
    pub fn info(&self) -> Option<CommandInfo> {
        let face = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            DeckCommand::ShowLibrary => face("All decks", "Your decks and the shipped ones.", "Esc"),
            DeckCommand::SetDialog(Dialog::NewDeck { .. }) => {
                face("New deck", "Begins a deck of your own.", "N")
            }
            DeckCommand::SetDialog(Dialog::Paste { .. }) => {
                face("Paste a list", "A line a question: the question, then its answer.", "V")
            }
            DeckCommand::SetDialog(Dialog::Details(_)) => {
                face("Deck details", "Its title, its topics, what it is about.", "D")
            }
            DeckCommand::NewQuestion => face("New question", "Writes a question into this deck.", "N"),
            DeckCommand::Edit(_) => face("Edit", "Opens the question picked.", "Enter"),
            DeckCommand::Suspend => face("Suspend", "Never asks the questions picked until resumed.", "S"),
            DeckCommand::Resume => face("Resume", "Asks the questions picked again.", "R"),
            DeckCommand::Reset => {
                face("Reset", "Makes the questions picked new again; every answer is kept.", "")
            }
            DeckCommand::Delete => face("Delete", "Takes the questions picked out of the file.", "Del"),
            DeckCommand::MoveQuestion(true) => face("Move up", "One place up in the file.", "Alt ↑"),
            DeckCommand::MoveQuestion(false) => face("Move down", "One place down in the file.", "Alt ↓"),
            DeckCommand::Save(false) => face("Save", "Writes the question into the deck’s file.", "Ctrl S"),
            DeckCommand::Save(true) => {
                face("Save and write another", "Saves, and begins the next question.", "Ctrl Enter")
            }
            DeckCommand::CloseEditor => face("Close", "Back to the deck.", "Esc"),
            DeckCommand::Discard => face("Discard", "Gives up what was written.", ""),
            DeckCommand::KeepMine => face("Keep mine", "Your version goes into the file.", ""),
            DeckCommand::TakeTheirs => face("Take the file’s", "Your version is given up.", ""),
            DeckCommand::Copy(_) => {
                face("Make a copy to edit", "A deck of your own with the same questions.", "C")
            }
            DeckCommand::OpenFile(..) => face("Open in editor", "Opens the deck’s file at this line.", "O"),
            DeckCommand::ChooseImport => face(
                "Import",
                "A list from another program becomes a deck: CSV, Anki, Quizlet, Markdown.",
                "I",
            ),
            DeckCommand::FinishImport => {
                face("Import", "Writes the questions into a new deck.", "Ctrl Enter")
            }
            DeckCommand::CancelImport => face("Cancel", "Nothing is written.", "Esc"),
            DeckCommand::Export(DeckExportFormat::Csv) => {
                face("Export as a table", "CSV, for spreadsheets and other programs.", "")
            }
            DeckCommand::Export(DeckExportFormat::Quiz) => {
                face("Print a quiz", "A page with the questions and an answer key.", "P")
            }
            DeckCommand::FixAll(_) => {
                face("Mend what is certain", "Changes the file where there is only one way to mend it.", "M")
            }
            DeckCommand::ChooseFolder => {
                face("Add a folder", "Decks in it, such as a git checkout, are used where they are.", "F")
            }
            DeckCommand::PinIds => face(
                "Pin ids",
                "Writes an id into every question, so that even a new wording keeps its progress.",
                "",
            ),
            DeckCommand::ChooseImage => face(
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
