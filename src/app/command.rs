//! Every command with its label, help text and key, in one place.

use std::path::PathBuf;

use super::about::AboutCommand;
use super::attempt::TestCommand;
use super::core::card_changes::CardCommand;
use super::decks::DeckCommand;
use super::goals::GoalCommand;
use super::history_export::HistoryTable;
use super::moves::MoveCommand;
use super::scores::ScoresCommand;
use super::screen::Screen;
use super::settings::Setting;
use super::study::StudyCommand;

/// A command of the learner.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Shows a screen and ends the running session; given answers stay.
    Go(Screen),
    /// A command of a study session.
    Study(StudyCommand),
    /// A command for cards outside of a session.
    Card(CardCommand),
    /// Answers an open move of progress.
    Move(MoveCommand),
    /// Undoes the last change, such as an answer, a suspension or a move of progress.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// Opens a web page in the browser.
    OpenLink(String),
    /// Opens the folder with progress and decks in the file manager.
    OpenDataFolder,
    /// Writes a backup of the progress now.
    BackUp,
    /// Writes the history as a table.
    ExportHistory(HistoryTable),
    /// Changes a setting.
    Set(Setting),
    /// A command for decks and their questions.
    Deck(DeckCommand),
    /// A command for exam dates.
    Goal(GoalCommand),
    /// A command for the Scores screen.
    Scores(ScoresCommand),
    /// A command for tests.
    Test(TestCommand),
    /// A command for the About page.
    About(AboutCommand),
    /// Removes the notice.
    DismissNotice,
    /// Closes the window.
    Quit,
}

/// A request that only the window or the operating system can fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a web page.
    OpenLink(String),
    /// Open a folder in the file manager.
    OpenFolder(PathBuf),
    /// Show a file that was just written.
    ShowWritten {
        /// The file.
        file: PathBuf,
        /// Whether to show it in its folder instead of opening it.
        in_folder: bool,
    },
    /// Let the learner choose a file to import.
    ChooseImport,
    /// Let the learner choose a folder with decks.
    ChooseFolder,
    /// Open a file in the learner's text editor, at a line from 1.
    OpenFile(PathBuf, u32),
    /// Let the learner choose an image, starting in this folder.
    ChooseImage(PathBuf),
    /// Close the window.
    Quit,
}

/// How a command is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// A verb and its object.
    pub label: &'static str,
    /// One sentence on what the command does.
    pub help: &'static str,
    /// The key as its key cap shows it; empty if there is none.
    pub key: &'static str,
}

impl Command {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            Command::Go(Screen::Today) => info("Today", "What to study now.", "Ctrl 1"),
            Command::Go(Screen::Decks) => info("Decks", "Your decks: add, edit, import.", "Ctrl 2"),
            Command::Deck(command) => command.info(),
            Command::Scores(command) => command.info(),
            Command::Goal(command) => command.info(),
            Command::Go(Screen::Test) => {
                info("Test", "A set of questions with a report at the end.", "Ctrl 4")
            }
            Command::Study(command) => command.info(),
            Command::Card(command) => Some(command.info()),
            Command::Move(command) => Some(command.info()),
            Command::Test(command) => command.info(),
            Command::About(command) => command.info(),
            Command::Go(Screen::Scores) => info("Scores", "How every topic stands.", "Ctrl 3"),
            Command::Go(Screen::Settings) => {
                info("Settings", "Look, answering, pace and where the data is.", "Ctrl 5")
            }
            Command::Undo => info("Undo", "Takes back what was done last.", "Ctrl Z"),
            Command::Redo => info("Redo", "Does again what was taken back.", "Ctrl Shift Z"),
            Command::OpenLink(_) => info("Read the source", "Opens the article in the browser.", "R"),
            Command::OpenDataFolder => info("Open the data folder", "Progress, backups and your decks.", ""),
            Command::BackUp => info("Back up now", "Writes a checked copy of the progress.", ""),
            Command::ExportHistory(HistoryTable::Reviews) => {
                info("Export reviews", "Every answer as a row of a table: CSV, for other programs.", "")
            }
            Command::ExportHistory(HistoryTable::Scores) => {
                info("Export scores", "Every topic as a row of a table: CSV, for other programs.", "")
            }
            Command::Set(Setting::AskConfidence(true)) => {
                info("Ask how sure I am", "A line on every question; you may leave it alone.", "")
            }
            Command::Set(Setting::AskConfidence(false)) => {
                info("Stop asking how sure I am", "The keys for it still work.", "")
            }
            Command::Quit => info("Quit", "Closes the window.", "Ctrl Q"),
            Command::Set(_) | Command::DismissNotice => None,
        }
    }

    /// Whether the About page closes, because something else takes its place.
    pub(super) fn leaves_about(&self) -> bool {
        matches!(
            self,
            Command::Go(_)
                | Command::Study(StudyCommand::Start(..))
                | Command::Deck(_)
                | Command::Goal(_)
                | Command::Scores(_)
                | Command::Test(_)
        )
    }

    /// Whether the notice on screen stays, because the command only continues an input.
    pub fn keeps_notice(&self) -> bool {
        match self {
            Command::Study(StudyCommand::SetDraft(_) | StudyCommand::SetConfidence(_))
            | Command::Goal(GoalCommand::SetForm(_)) => true,
            Command::Test(command) => command.keeps_notice(),
            Command::About(command) => matches!(command, AboutCommand::Search(_)),
            Command::Deck(command) => matches!(
                command,
                DeckCommand::SetForm(_)
                    | DeckCommand::SetDialog(_)
                    | DeckCommand::SetView(_)
                    | DeckCommand::Select(_)
                    | DeckCommand::Preview(_)
                    | DeckCommand::SetImport(_)
                    | DeckCommand::SetImportTitle(_)
            ),
            _ => false,
        }
    }

    /// The label; empty for commands that only a widget issues.
    pub fn label(&self) -> &'static str {
        self.info().map_or("", |info| info.label)
    }

    /// The key; empty if there is none.
    pub fn key(&self) -> &'static str {
        self.info().map_or("", |info| info.key)
    }
}
