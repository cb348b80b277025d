//! What the learner can do now: the commands that each feature offers, and what one feature offers of another.
//!
//! A feature knows only its own commands. Where a page begins something of another feature, such as a session on the
//! mistakes of a test, the two meet here.

pub mod exam;
pub mod scores;
pub mod today;

use super::App;
use super::about::AboutCommand;
use super::command::Command;
use super::command_info::{AvailableCommand, Presented};
use super::core::card_changes::CardCommand;
use super::history_export::HistoryTable;
use super::screen::Screen;
use super::settings::Setting;
use super::shortcut::Shortcut::Space;
use super::study::{ActiveSession, SessionState, Stage};

impl Command {
    /// The commands of what is on screen, in the order of the palette.
    pub fn of_page(app: &App) -> Vec<AvailableCommand<Command>> {
        if let Some(session) = app.active_session() {
            of_session(app, session)
        } else if app.tests().is_active() {
            wrapped(app.tests().available())
        } else if app.about().is_some() {
            vec![Command::About(AboutCommand::Back).into()]
        } else if app.goals().page().is_some() && app.screen() != Screen::Test {
            exam::available(app)
        } else {
            match app.screen() {
                Screen::Today => today::available(app),
                Screen::Decks => wrapped(app.decks().available(app.core())),
                Screen::Scores => scores::available(app),
                Screen::Test => of_test_screen(app),
                Screen::Settings => today::available_elsewhere(app),
            }
        }
    }

    /// The commands that work everywhere, in the order of the palette.
    fn of_program(app: &App) -> Vec<AvailableCommand<Command>> {
        let mut commands: Vec<AvailableCommand<Command>> = Vec::new();
        let (can_undo, can_redo) = app.can_undo_redo();
        commands.extend(can_undo.then(|| Command::Undo.into()));
        commands.extend(can_redo.then(|| Command::Redo.into()));
        if app.core().future_answers().is_some() {
            commands.push(Command::Card(CardCommand::CountFutureAnswers).into());
        }
        commands.extend(Screen::ALL.map(|screen| Command::Go(screen).into()));
        // Bare keys belong to the screens, some of which list these commands with one.
        commands.extend(today::read_source(app).map(|read| read.on(&[])));
        commands.extend([
            exam::open(app).on(&[]),
            Command::Set(Setting::AskConfidence(!app.settings().ask_confidence)).into(),
            Command::ExportHistory(HistoryTable::Reviews).into(),
            Command::ExportHistory(HistoryTable::Scores).into(),
            match app.history_export().everything_progress() {
                Some(_) => Command::CancelExport.into(),
                None => Command::ExportEverything.into(),
            },
        ]);
        if app.active_session().is_none() && !app.tests().is_active() {
            commands.push(Command::About(AboutCommand::Open).into());
        }
        commands
            .extend([Command::OpenDataFolder, Command::BackUp, Command::Quit].map(AvailableCommand::from));
        commands
    }

    /// Every command that is available now, those of the page first, in the order of the palette.
    pub fn available(app: &App) -> Vec<AvailableCommand<Command>> {
        let mut available: Vec<AvailableCommand<Command>> = Vec::new();
        for item in Self::of_page(app).into_iter().chain(Self::of_program(app)) {
            if !available.iter().any(|other| other.command == item.command) {
                available.push(item);
            }
        }
        available
    }
}

/// The commands of a feature as commands of the program.
fn wrapped<C: Into<Command>>(commands: Vec<AvailableCommand<C>>) -> Vec<AvailableCommand<Command>> {
    commands.into_iter().map(|each| each.map(C::into)).collect()
}

/// The commands of a session: at its end also what can follow it, and after an answer the source of the deck.
fn of_session(app: &App, session: &ActiveSession) -> Vec<AvailableCommand<Command>> {
    let mut commands = wrapped(app.study.available());
    match session.state() {
        SessionState::Finished => {
            commands.extend(today::commands_after_session(app).into_iter().map(AvailableCommand::from));
        }
        SessionState::Card(card) if !matches!(card.stage, Stage::Answering) => {
            let url = card.deck.source.as_ref().and_then(|source| source.url.clone());
            commands.extend(url.map(|url| Command::OpenLink(url).into()));
        }
        SessionState::Preparing(_) | SessionState::Card(_) | SessionState::Waiting(_) => {}
    }
    commands
}

/// The commands of the Test screen.
fn of_test_screen(app: &App) -> Vec<AvailableCommand<Command>> {
    let primary = first_on_test(app).map(|primary| primary.on(&[Space]));
    primary.into_iter().chain(wrapped(app.tests().available())).collect()
}

/// What the Test screen offers first: study the mistakes of the open report, begin a test, or continue the paused one.
/// `None` on a report without mistakes, and in the history.
pub fn first_on_test(app: &App) -> Option<Command> {
    let mistakes = app.tests().session_on_mistakes(app.core()).map(Command::from);
    mistakes.or_else(|| app.tests().primary().map(Command::from))
}
