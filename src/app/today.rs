//! What there is to do now: the session that Space begins on Today, what is offered beside it, and what can follow a
//! session.

use std::sync::Arc;

use super::attempt::TestCommand;
use super::command::AvailableCommand;
use super::core::Core;
use super::figures::Figures;
use super::shortcut::Shortcut::{self, Char, Space};
use super::study::{Scope, SessionKind, StudyCommand};
use super::{App, Command, goals};
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::{Moment, StudyDay};
use crate::text::background as text;

/// Waiting cards above which a session of the most valuable ones is offered first.
const BACKLOG_THRESHOLD: usize = 40;
/// How many of the most valuable cards are offered if no daily time is set.
const DEFAULT_MOST_VALUABLE: usize = 20;
/// How many new cards a session brings beyond those of the day.
const EXTRA_NEW_CARDS: usize = 10;

/// Up to this many cards, computing the figures takes a fraction of a frame.
const MAX_SYNC_CARDS: usize = 10_000;
/// Up to this many events, computing the figures takes a fraction of a frame.
const MAX_SYNC_EVENTS: usize = 50_000;

/// Keeps the figures of the core up to date.
#[derive(Debug)]
pub(super) struct Today {
    is_stale: bool,
    /// The study day of the last tick.
    day: StudyDay,
    computing: Option<BackgroundTask<Figures>>,
}

impl Today {
    /// Nothing is computed yet.
    pub(super) fn new(now: &Moment) -> Self {
        Self { is_stale: true, day: now.day(), computing: None }
    }

    /// The study day of the last tick.
    pub(super) fn day(&self) -> StudyDay {
        self.day
    }

    /// Marks the figures as out of date.
    pub(super) fn invalidate(&mut self) {
        self.is_stale = true;
    }

    /// Whether a study day has begun since the last call.
    pub(super) fn is_new_day(&mut self, now: &Moment) -> bool {
        std::mem::replace(&mut self.day, now.day()) != now.day()
    }

    /// Takes figures that were computed in the background. Returns whether there are new ones.
    pub(super) fn poll(&mut self, core: &mut Core) -> bool {
        let Some((figures, state)) = self.computing.as_ref().map(BackgroundTask::poll) else {
            return false;
        };
        if state != BackgroundState::Running {
            self.computing = None;
        }
        if state == BackgroundState::Failed {
            core.notify_error(text::unfinished(text::FIGURES));
        }
        let Some(newest) = figures.into_iter().next_back() else { return false };
        core.figures = newest;
        true
    }

    /// Computes figures that are out of date; those of a large library on a background thread, while the previous
    /// ones are shown. One task at a time: the next one starts when this one has reported.
    pub(super) fn refresh(&mut self, core: &mut Core, now: &Moment) {
        if !self.is_stale || self.computing.as_ref().is_some_and(|task| !task.is_cancelled()) {
            return;
        }
        self.is_stale = false;
        let is_slow =
            core.card_locations().len() > MAX_SYNC_CARDS || core.progress.event_count() > MAX_SYNC_EVENTS;
        if !core.repaint.is_connected() || !is_slow {
            core.figures =
                Figures::compute(&core.library, &core.progress, &core.scheduler, &core.settings, now);
            return;
        }
        let (decks, progress) = (core.library.decks().to_vec(), Arc::clone(&core.progress));
        let (scheduler, settings, now) = (core.scheduler.clone(), core.settings.clone(), *now);
        let task = BackgroundTask::spawn("figures", core.repaint.clone(), move |task| {
            Figures::of_decks(&decks, &progress, &scheduler, &settings, &now, task.cancel_flag()).ok()
        });
        core.register_progress_reader(task.canceller());
        self.computing = Some(task);
    }
}

/// What Today offers first, on Space in the window. `None` if there is nothing to study and nothing was studied before.
pub fn primary(app: &App) -> Option<Command> {
    let figures = app.figures();
    // An exam of today or tomorrow comes before everything else.
    if let Some(exam) = app.imminent_exam(figures.day).and_then(|exam| exam.primary()) {
        return Some(exam);
    }
    if let Some(cards) = most_valuable_count(app) {
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::MostValuable(cards))))
    } else if figures.to_review + figures.to_learn > 0 {
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)))
    } else if figures.new_available > 0 {
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::ExtraNew(EXTRA_NEW_CARDS))))
    } else if figures.has_history() {
        Some(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Practice)))
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
            others.push(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)))
        }
        Command::Study(StudyCommand::Start(_, SessionKind::ExtraNew(_))) if figures.has_history() => {
            others.push(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Practice)));
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
        commands
            .push(Command::Study(StudyCommand::Start(Scope::All, SessionKind::ExtraNew(EXTRA_NEW_CARDS))));
    }
    if app.figures().has_history() {
        commands.push(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Practice)));
    }
    commands
}

/// The commands of the Today screen, in the order of the palette.
pub fn available(app: &App) -> Vec<AvailableCommand> {
    let today = app.today();
    let primary = primary(app);
    let mut commands: Vec<AvailableCommand> = Vec::new();
    if let Some(primary) = &primary {
        commands.push(primary.clone().on(&[Space]));
    }
    commands.extend(goals::time_commands(app, app.imminent_exam(today).as_ref()));
    if let Some(primary) = &primary {
        commands.extend(secondary(app, primary).into_iter().map(|command| AvailableCommand {
            shortcuts: keys_of_secondary(&command),
            ..AvailableCommand::from(command)
        }));
    }
    if app.next_exam(today).is_some() {
        commands.push(goals::open(app).on(goals::OPEN_KEYS));
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
pub fn available_elsewhere(app: &App) -> Vec<AvailableCommand> {
    available(app).into_iter().map(|item| AvailableCommand { shortcuts: &[], ..item }).collect()
}

/// The keys of a secondary command on Today. All cards of today are on A, because Space begins with fewer of them.
pub fn keys_of_secondary(command: &Command) -> &'static [Shortcut] {
    match command {
        Command::Study(StudyCommand::Start(_, SessionKind::Today)) => &[Char('A')],
        other => other.info().map_or(&[], |info| info.shortcuts),
    }
}
