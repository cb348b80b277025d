//! Every command of the learner, and how it is presented: its words, its keys, and what is typed for it in the terminal.
//!
//! A command says these once, in `info`. Buttons, key caps, the command palette, the keyboard and the terminal read them
//! there. What is available now is [`Command::available`](super::offers).

use super::about::AboutCommand;
use super::attempt::TestCommand;
use super::command_info::{CommandInfo, Presented};
use super::core::card_changes::CardCommand;
use super::decks::DeckCommand;
use super::goals::GoalCommand;
use super::history_export::HistoryTable;
use super::moves::MoveCommand;
use super::scope::SessionOffer;
use super::scores::ScoresCommand;
use super::screen::Screen;
use super::settings::Setting;
use super::shortcut::Shortcut::{self, Char, Ctrl, CtrlShift};
use super::study::StudyCommand;
use crate::text::general::commands;

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
    /// Writes everything of the learner's into a folder of plain files.
    ExportEverything,
    /// Stops that.
    CancelExport,
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

/// What a feature calls its own command is a command of the program.
macro_rules! commands_of_features {
    ($($variant:ident($command:ty)),+ $(,)?) => {
        $(impl From<$command> for Command {
            fn from(command: $command) -> Self {
                Command::$variant(command)
            }
        })+
    };
}

commands_of_features! {
    Study(StudyCommand),
    Card(CardCommand),
    Move(MoveCommand),
    Deck(DeckCommand),
    Goal(GoalCommand),
    Scores(ScoresCommand),
    Test(TestCommand),
    About(AboutCommand),
}

impl From<SessionOffer> for Command {
    fn from(SessionOffer { scope, kind }: SessionOffer) -> Self {
        Command::Study(StudyCommand::Start(scope, kind))
    }
}

impl Presented for Command {
    fn info(&self) -> Option<CommandInfo> {
        self.info()
    }
}

impl Command {
    /// Words and keys; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            Command::Go(screen) => screen.info(),
            Command::Study(command) => return command.info(),
            Command::Card(command) => command.info(),
            Command::Move(command) => command.info(),
            Command::Deck(command) => return command.info(),
            Command::Goal(command) => return command.info(),
            Command::Scores(command) => return command.info(),
            Command::Test(command) => return command.info(),
            Command::About(command) => return command.info(),
            Command::Undo => info(commands::UNDO, &[Ctrl('Z')]).typed("u"),
            Command::Redo => info(commands::REDO, &[CtrlShift('Z'), Ctrl('Y')]).typed("r"),
            Command::OpenLink(_) => info(commands::OPEN_LINK, &[Char('R')]),
            Command::OpenDataFolder => info(commands::OPEN_DATA_FOLDER, &[]),
            Command::BackUp => info(commands::BACK_UP, &[]),
            Command::ExportHistory(HistoryTable::Reviews) => info(commands::EXPORT_REVIEWS, &[]),
            Command::ExportHistory(HistoryTable::Scores) => info(commands::EXPORT_SCORES, &[]),
            Command::ExportEverything => info(commands::EXPORT_EVERYTHING, &[]),
            Command::CancelExport => info(commands::CANCEL_EXPORT, &[]),
            Command::Set(Setting::AskConfidence(true)) => info(commands::ASK_CONFIDENCE, &[]),
            Command::Set(Setting::AskConfidence(false)) => info(commands::STOP_ASKING_CONFIDENCE, &[]),
            Command::Quit => info(commands::QUIT, &[Ctrl('Q')]),
            Command::Set(_) | Command::DismissNotice => return None,
        })
    }

    /// The label; empty for commands that only a widget issues.
    pub fn label(&self) -> &'static str {
        self.info().map_or("", |info| info.text.label)
    }

    /// One sentence on what the command does; empty for commands that only a widget issues.
    pub fn help(&self) -> &'static str {
        self.info().map_or("", |info| info.text.help)
    }

    /// The key to show; `None` if it has none of its own.
    pub fn key(&self) -> Option<Shortcut> {
        self.info().and_then(|info| info.shortcuts.first().copied())
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

    /// What a command of a study session is in a test. `None` for what a test does not have.
    pub fn in_test(command: &StudyCommand) -> Option<Command> {
        Some(Command::Test(match command {
            StudyCommand::SetDraft(draft) => TestCommand::SetDraft(draft.clone()),
            StudyCommand::Answer(response) => TestCommand::Answer(response.clone()),
            StudyCommand::SetConfidence(confidence) => TestCommand::SetConfidence(*confidence),
            StudyCommand::Check => TestCommand::Next,
            _ => return None,
        }))
    }
}
