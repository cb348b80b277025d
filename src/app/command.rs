//! Every command of the learner, and how it is presented: its words, its keys, and what is typed for it in the terminal.
//!
//! A command says these once, in `info`. Buttons, key caps, the command palette, the keyboard and the terminal read them
//! there. What is available now is [`Command::available`].

use std::path::PathBuf;

use super::about::AboutCommand;
use super::attempt::TestCommand;
use super::core::card_changes::CardCommand;
use super::decks::DeckCommand;
use super::goals::GoalCommand;
use super::history_export::HistoryTable;
use super::moves::MoveCommand;
use super::scores::ScoresCommand;
use super::settings::Setting;
use super::shortcut::Shortcut::{self, Char, Ctrl, CtrlShift};
use super::study::StudyCommand;
use super::{App, Screen, goals, study, today};
use crate::text::CommandText;
use crate::text::general::commands as text;

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
    /// Its words.
    pub text: CommandText,
    /// Its keys, beginning with the one to show; empty if there is none.
    pub shortcuts: &'static [Shortcut],
    /// What is typed for it in the terminal, after a colon; `None` if the terminal does not have it.
    pub typed: Option<&'static str>,
}

impl CommandInfo {
    /// A command of the window.
    pub fn new(text: CommandText, shortcuts: &'static [Shortcut]) -> Self {
        Self { text, shortcuts, typed: None }
    }

    /// Gives it to the terminal too, where this is typed for it after a colon.
    pub fn typed(mut self, typed: &'static str) -> Self {
        self.typed = Some(typed);
        self
    }
}

/// A command that is available now, with the keys that it has here.
#[derive(Clone, Debug, PartialEq)]
pub struct AvailableCommand {
    /// The command.
    pub command: Command,
    /// Its keys, beginning with the one to show. They may differ from [`CommandInfo::shortcuts`]: what a screen offers
    /// first is on Space.
    pub shortcuts: &'static [Shortcut],
    /// Whether the command palette lists it, if it has words.
    pub is_listed: bool,
}

impl AvailableCommand {
    /// Leaves it out of the command palette: it is reached by its key only.
    pub fn unlisted(mut self) -> Self {
        self.is_listed = false;
        self
    }
}

impl From<Command> for AvailableCommand {
    fn from(command: Command) -> Self {
        let shortcuts = command.info().map_or(&[] as &[Shortcut], |info| info.shortcuts);
        Self { command, shortcuts, is_listed: true }
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
            Command::Undo => info(text::UNDO, &[Ctrl('Z')]).typed("u"),
            Command::Redo => info(text::REDO, &[CtrlShift('Z'), Ctrl('Y')]).typed("r"),
            Command::OpenLink(_) => info(text::OPEN_LINK, &[Char('R')]),
            Command::OpenDataFolder => info(text::OPEN_DATA_FOLDER, &[]),
            Command::BackUp => info(text::BACK_UP, &[]),
            Command::ExportHistory(HistoryTable::Reviews) => info(text::EXPORT_REVIEWS, &[]),
            Command::ExportHistory(HistoryTable::Scores) => info(text::EXPORT_SCORES, &[]),
            Command::Set(Setting::AskConfidence(true)) => info(text::ASK_CONFIDENCE, &[]),
            Command::Set(Setting::AskConfidence(false)) => info(text::STOP_ASKING_CONFIDENCE, &[]),
            Command::Quit => info(text::QUIT, &[Ctrl('Q')]),
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

    /// The command with other keys than its own, on a screen that gives it these.
    pub fn on(self, shortcuts: &'static [Shortcut]) -> AvailableCommand {
        AvailableCommand { command: self, shortcuts, is_listed: true }
    }

    /// The commands of what is on screen, in the order of the palette.
    pub fn of_page(app: &App) -> Vec<AvailableCommand> {
        if app.active_session().is_some() {
            study::available(app)
        } else if app.tests().is_active() {
            TestCommand::available(app)
        } else if app.about().is_some() {
            vec![Command::About(AboutCommand::Back).into()]
        } else if app.goals().page().is_some() && app.screen() != Screen::Test {
            goals::available(app)
        } else {
            app.screen().commands(app)
        }
    }

    /// The commands that work everywhere, in the order of the palette.
    fn of_program(app: &App) -> Vec<AvailableCommand> {
        let mut commands: Vec<AvailableCommand> = Vec::new();
        let (can_undo, can_redo) = app.can_undo_redo();
        commands.extend(can_undo.then(|| Command::Undo.into()));
        commands.extend(can_redo.then(|| Command::Redo.into()));
        commands.extend(Screen::ALL.map(|screen| Command::Go(screen).into()));
        // Bare keys belong to the screens, some of which list these commands with one.
        commands.extend(today::read_source(app).map(|read| read.on(&[])));
        commands.extend([
            goals::open(app).on(&[]),
            Command::Set(Setting::AskConfidence(!app.settings().ask_confidence)).into(),
            Command::ExportHistory(HistoryTable::Reviews).into(),
            Command::ExportHistory(HistoryTable::Scores).into(),
        ]);
        if app.active_session().is_none() && !app.tests().is_active() {
            commands.push(Command::About(AboutCommand::Open).into());
        }
        commands
            .extend([Command::OpenDataFolder, Command::BackUp, Command::Quit].map(AvailableCommand::from));
        commands
    }

    /// Every command that is available now, those of the page first, in the order of the palette.
    pub fn available(app: &App) -> Vec<AvailableCommand> {
        let mut available: Vec<AvailableCommand> = Vec::new();
        for item in Self::of_page(app).into_iter().chain(Self::of_program(app)) {
            if !available.iter().any(|other| other.command == item.command) {
                available.push(item);
            }
        }
        available
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
}
