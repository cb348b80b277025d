//! What there is to do now: the session that Space begins on Today, what is offered beside it, and what can follow a
//! session.

use super::exam;
use crate::app::App;
use crate::app::attempt::TestCommand;
use crate::app::command::Command;
use crate::app::command_info::{AvailableCommand, Presented};
use crate::app::goals::OPEN_KEYS;
use crate::app::scope::{Scope, SessionKind, SessionOffer};
use crate::app::shortcut::Shortcut::{self, Char, Space};
use crate::app::study::StudyCommand;

/// Waiting cards above which a session of the most valuable ones is offered first.
const BACKLOG_THRESHOLD: usize = 40;
/// How many of the most valuable cards are offered if no daily time is set.
const DEFAULT_MOST_VALUABLE: usize = 20;
/// How many new cards a session brings beyond those of the day.
const EXTRA_NEW_CARDS: usize = 10;

/// A session that may choose from all decks.
fn session(kind: SessionKind) -> Command {
    SessionOffer { scope: Scope::All, kind }.into()
}

/// What Today offers first, on Space in the window. `None` if there is nothing to study and nothing was studied before.
pub fn primary(app: &App) -> Option<Command> {
    let figures = app.figures();
    // An exam of today or tomorrow comes before everything else.
    if let Some(exam) = app.imminent_exam(figures.day).and_then(|exam| exam.primary()) {
        return Some(exam.into());
    }
    if let Some(cards) = most_valuable_count(app) {
        Some(session(SessionKind::MostValuable(cards)))
    } else if figures.to_review + figures.to_learn > 0 {
        Some(session(SessionKind::Today))
    } else if figures.new_available > 0 {
        Some(session(SessionKind::ExtraNew(EXTRA_NEW_CARDS)))
    } else if figures.has_history() {
        Some(session(SessionKind::Practice))
    } else {
        None
    }
}

/// How many of the most valuable cards to begin with after a break. With a daily time it is what fits into it; else a
/// small number, or what the plans of exams need if that is more. `None` without a backlog.
pub fn most_valuable_count(app: &App) -> Option<usize> {
    let figures = app.figures();
    let (waiting, cards) = match app.settings().minutes_a_day {
        // Cards beyond the daily time belong to the backlog too.
        Some(_) => (figures.overdue + figures.postponed, figures.to_review),
        None => {
            // Only the cards of the exam are urgent, not those of the other decks.
            let goals_ahead = app.settings().goals.iter().filter(|goal| goal.is_ahead(figures.day));
            let with_deck = goals_ahead.filter(|goal| app.library().deck(&goal.deck).is_some());
            let minutes = with_deck.filter_map(|goal| goal.plan).map(|plan| plan.minutes_a_day).sum();
            let fallback = DEFAULT_MOST_VALUABLE.max(figures.cards_left_in(minutes));
            (figures.overdue, fallback.min(figures.to_review))
        }
    };
    (waiting > BACKLOG_THRESHOLD && cards > 0).then_some(cards)
}

/// The commands beside the [`primary`] one, in the order of their buttons.
pub fn secondary(app: &App, primary: &Command) -> Vec<Command> {
    let figures = app.figures();
    let mut others = Vec::new();
    match primary {
        Command::Study(StudyCommand::Start(_, SessionKind::MostValuable(_))) => {
            others.push(session(SessionKind::Today))
        }
        Command::Study(StudyCommand::Start(_, SessionKind::ExtraNew(_))) if figures.has_history() => {
            others.push(session(SessionKind::Practice));
        }
        _ => {}
    }
    if app.tests().paused().is_some() {
        others.push(Command::Test(TestCommand::Continue));
    }
    others
}

/// Opens the source of the first deck that has a link. `None` if no deck has one.
pub fn read_source(app: &App) -> Option<Command> {
    app.library()
        .decks()
        .iter()
        .find_map(|loaded| loaded.deck.source.as_ref()?.url.clone())
        .map(Command::OpenLink)
}

/// What can be begun after the end of a session, besides going back, in the order of the buttons.
pub fn commands_after_session(app: &App) -> Vec<Command> {
    let mut commands = Vec::new();
    if app.figures().new_available > 0 {
        commands.push(session(SessionKind::ExtraNew(EXTRA_NEW_CARDS)));
    }
    if app.figures().has_history() {
        commands.push(session(SessionKind::Practice));
    }
    commands
}

/// The commands of the Today screen, in the order of the palette.
pub fn available(app: &App) -> Vec<AvailableCommand<Command>> {
    let today = app.today();
    let primary = primary(app);
    let mut commands: Vec<AvailableCommand<Command>> = Vec::new();
    if let Some(primary) = &primary {
        commands.push(primary.clone().on(&[Space]));
    }
    let exam = app.imminent_exam(today);
    commands.extend(app.goals().time_commands(exam.as_ref()).into_iter().map(|each| each.map(Command::from)));
    if let Some(primary) = &primary {
        commands.extend(secondary(app, primary).into_iter().map(|command| AvailableCommand {
            shortcuts: keys_of_secondary(&command),
            ..AvailableCommand::from(command)
        }));
    }
    if app.next_exam(today).is_some() {
        commands.push(exam::open(app).on(OPEN_KEYS));
    }
    commands.extend(read_source(app).map(AvailableCommand::from));
    for command in commands_after_session(app) {
        if !commands.iter().any(|other| other.command == command) {
            commands.push(command.on(&[]));
        }
    }
    commands
}

/// The same for a screen without commands of its own: the palette lists them there, without their keys.
pub fn available_elsewhere(app: &App) -> Vec<AvailableCommand<Command>> {
    available(app).into_iter().map(|item| AvailableCommand { shortcuts: &[], ..item }).collect()
}

/// The keys of a secondary command on Today. All cards of today are on A, because Space begins with fewer of them.
pub fn keys_of_secondary(command: &Command) -> &'static [Shortcut] {
    match command {
        Command::Study(StudyCommand::Start(_, SessionKind::Today)) => &[Char('A')],
        other => other.info().map_or(&[], |info| info.shortcuts),
    }
}
