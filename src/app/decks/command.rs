//! Commands of the Decks screen.

use std::path::PathBuf;
use std::sync::Arc;

use super::dialog::Dialog;
use super::exporting::DeckExportFormat;
use super::form::QuestionForm;
use super::table::QuestionTableView;
use super::{DeckDetails, DeckPage, Decks, PageSubject};
use crate::app::command_info::{AvailableCommand, CommandInfo, Presented};
use crate::app::core::Core;
use crate::app::shortcut::Shortcut::{AltDown, AltUp, Char, Ctrl, CtrlEnter, Delete, Enter, Escape};
use crate::app::study::StudyCommand;
use crate::domain::deck::Deck;
use crate::formats::import::ImportAs;
use crate::formats::import::ImportOptions;
use crate::library::{LoadedDeck, Origin};
use crate::text::decks::commands as text;

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

impl Presented for DeckCommand {
    fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            DeckCommand::ShowLibrary => info(text::SHOW_LIBRARY, &[Escape]),
            DeckCommand::SetDialog(Dialog::NewDeck { .. }) => info(text::NEW_DECK, &[Char('N')]),
            DeckCommand::SetDialog(Dialog::Paste { .. }) => info(text::PASTE, &[Char('V')]),
            DeckCommand::SetDialog(Dialog::Details(_)) => info(text::DETAILS, &[Char('D')]),
            DeckCommand::NewQuestion => info(text::NEW_QUESTION, &[Char('N')]),
            DeckCommand::Edit(_) => info(text::EDIT, &[Enter]),
            DeckCommand::Suspend => info(text::SUSPEND, &[Char('S')]),
            DeckCommand::Resume => info(text::RESUME, &[Char('R')]),
            DeckCommand::Reset => info(text::RESET, &[]),
            DeckCommand::Delete => info(text::DELETE, &[Delete]),
            DeckCommand::MoveQuestion(true) => info(text::MOVE_UP, &[AltUp]),
            DeckCommand::MoveQuestion(false) => info(text::MOVE_DOWN, &[AltDown]),
            DeckCommand::Save(false) => info(text::SAVE, &[Ctrl('S')]),
            DeckCommand::Save(true) => info(text::SAVE_AND_NEXT, &[CtrlEnter]),
            DeckCommand::CloseEditor => info(text::CLOSE_EDITOR, &[Escape]),
            DeckCommand::Discard => info(text::DISCARD, &[]),
            DeckCommand::KeepMine => info(text::KEEP_MINE, &[]),
            DeckCommand::TakeTheirs => info(text::TAKE_THEIRS, &[]),
            DeckCommand::Copy(_) => info(text::COPY, &[Char('C')]),
            DeckCommand::OpenFile(..) => info(text::OPEN_FILE, &[Char('O')]),
            DeckCommand::ChooseImport => info(text::CHOOSE_IMPORT, &[Char('I')]),
            DeckCommand::FinishImport => info(text::FINISH_IMPORT, &[CtrlEnter]),
            DeckCommand::CancelImport => info(text::CANCEL_IMPORT, &[Escape]),
            DeckCommand::Export(DeckExportFormat::Csv) => info(text::EXPORT_CSV, &[]),
            DeckCommand::Export(DeckExportFormat::Quiz) => info(text::EXPORT_QUIZ, &[Char('P')]),
            DeckCommand::FixAll(_) => info(text::FIX_ALL, &[Char('M')]),
            DeckCommand::ChooseFolder => info(text::CHOOSE_FOLDER, &[Char('F')]),
            DeckCommand::PinIds => info(text::PIN_IDS, &[]),
            DeckCommand::ChooseImage => info(text::CHOOSE_IMAGE, &[]),
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
            | DeckCommand::ToggleLints => return None,
        })
    }
}

impl Decks {
    /// The commands of the Decks screen, in the order of the palette: of the import, the editor, the page of a deck, or
    /// the library.
    pub fn available(&self, core: &Core) -> Vec<AvailableCommand<DeckCommand>> {
        if let Some(import) = self.import() {
            let finish = DeckCommand::FinishImport;
            let finish = if import.is_ready() { finish.into() } else { finish.on(&[]) };
            return vec![finish, DeckCommand::CancelImport.into()];
        }
        if let Some(editor) = self.editor() {
            let save = DeckCommand::Save(false);
            let close = DeckCommand::CloseEditor.into();
            return match editor.question {
                None => vec![save.into(), DeckCommand::Save(true).into(), close],
                Some(_) => vec![save.on(&[Ctrl('S'), CtrlEnter]), close],
            };
        }
        match self.page() {
            Some(page) => self.of_page(core, page),
            None => {
                let new = DeckCommand::SetDialog(Dialog::NewDeck { title: String::new() });
                [new, DeckCommand::ChooseImport, DeckCommand::ChooseFolder]
                    .map(AvailableCommand::from)
                    .to_vec()
            }
        }
    }

    /// The commands of the page of a deck, or of a file that is not a deck yet.
    fn of_page(&self, core: &Core, page: &DeckPage) -> Vec<AvailableCommand<DeckCommand>> {
        let mut commands: Vec<AvailableCommand<DeckCommand>> = Vec::new();
        let loaded = self.page_deck(core).and_then(|deck| core.library.deck(&deck.id));
        let file = match (&page.subject, loaded.map(|loaded| &loaded.origin)) {
            (PageSubject::File(path), _) | (PageSubject::Deck(_), Some(Origin::File(path))) => Some(path),
            (PageSubject::Deck(_), _) => None,
        };
        let (is_own, has_selection) = (file.is_some(), !page.selected.is_empty());
        if let Some(loaded) = loaded {
            commands.push(match loaded.origin {
                Origin::File(_) => DeckCommand::NewQuestion.into(),
                Origin::Shipped(_) => DeckCommand::Copy(loaded.deck.id.clone()).into(),
            });
            if let Some(id) = &page.current {
                commands.push(DeckCommand::Edit(id.clone()).into());
            }
            // In a shipped deck the changes of the file only say why they cannot be made.
            let is_listed = is_own && has_selection;
            let change = |change: DeckCommand| AvailableCommand { is_listed, ..change.into() };
            if has_selection {
                let states = [DeckCommand::Suspend, DeckCommand::Resume, DeckCommand::Reset];
                commands.extend(states.map(AvailableCommand::from));
                commands.push(change(DeckCommand::Delete));
            }
            commands.extend([true, false].map(|up| change(DeckCommand::MoveQuestion(up))));
        }
        if let Some(path) = file
            && page.inspection.errors.iter().any(|found| found.diagnostic.fix.is_some())
        {
            commands.push(DeckCommand::FixAll(path.clone()).into());
        }
        if let Some(loaded) = loaded {
            let menu = menu(loaded, line_of(page, &loaded.deck));
            commands.extend(menu.into_iter().map(AvailableCommand::from));
        }
        let leave = DeckCommand::ShowLibrary;
        if has_selection {
            commands.push(DeckCommand::Select(SelectionChange::None).on(&[Escape]));
            commands.push(leave.on(&[]));
        } else {
            commands.push(leave.into());
        }
        commands
    }
}

/// The commands of the menu of a deck's page. `line` is where a text editor opens the file, from 1.
pub fn menu(loaded: &LoadedDeck, line: u32) -> Vec<DeckCommand> {
    let mut commands = Vec::new();
    if let Origin::File(path) = &loaded.origin {
        let paste = Dialog::Paste { text: String::new(), target: ImportAs::default() };
        commands.push(DeckCommand::SetDialog(paste));
        commands.push(DeckCommand::SetDialog(Dialog::Details(DeckDetails::default())));
        commands.push(DeckCommand::OpenFile(path.clone(), line));
    }
    commands.extend([DeckExportFormat::Quiz, DeckExportFormat::Csv].map(DeckCommand::Export));
    if let Origin::File(_) = &loaded.origin {
        commands.extend([DeckCommand::PinIds, DeckCommand::Copy(loaded.deck.id.clone())]);
    }
    commands
}

/// The line in the file of the current question, from 1.
fn line_of(page: &DeckPage, deck: &Deck) -> u32 {
    let at = page.current.as_ref().and_then(|id| deck.questions.iter().position(|it| it.id == *id));
    at.and_then(|at| deck.spans.get(at)).map_or(1, |place| place.line)
}
