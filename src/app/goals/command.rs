//! Commands for exam dates.

use super::GoalPage;
use super::form::GoalForm;
use super::imminent::ImminentExam;
use crate::app::command::{AvailableCommand, CommandInfo};
use crate::app::shortcut::Shortcut::{self, Char, Enter, Escape, Space};
use crate::app::{App, Command};
use crate::domain::goal::Goal;
use crate::text::goals::commands as text;

/// A command for exam dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalCommand {
    /// Shows an exam, by index. `None` shows the first one, or the form of a new exam if there is none.
    Open(Option<usize>),
    /// Opens the form of a new exam.
    New,
    /// Opens the form of the exam on screen.
    Edit,
    /// Changes the form.
    SetForm(Box<GoalForm>),
    /// Saves the form.
    Save,
    /// Closes the form, or the page.
    Back,
    /// Removes the exam on screen.
    Remove,
    /// Asks how many minutes are left for an imminent exam; the same command again withdraws the question.
    AskMinutes,
    /// Limits the daily time for an exam.
    SetMinutes {
        /// Index of the exam.
        at: usize,
        /// Minutes from now on, added to those already studied today; `None` removes the limit.
        minutes: Option<u32>,
    },
}

impl GoalCommand {
    /// Words and keys; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            GoalCommand::Open(_) => info(text::OPEN, OPEN_KEYS),
            GoalCommand::New => info(text::NEW, &[Char('N')]),
            GoalCommand::Edit => info(text::EDIT, &[Char('E')]),
            GoalCommand::Save => info(text::SAVE, &[Enter]),
            GoalCommand::Back => info(text::BACK, &[Escape]),
            GoalCommand::Remove => info(text::REMOVE, &[Char('D')]),
            GoalCommand::AskMinutes => info(text::ASK_MINUTES, &[Char('T')]),
            GoalCommand::SetForm(_) | GoalCommand::SetMinutes { .. } => return None,
        })
    }
}

/// The keys of [`open()`] where it has one.
pub const OPEN_KEYS: &[Shortcut] = &[Char('G')];

/// The exam of the open page, with its index in the settings. `None` for a new exam, or for one that was removed.
pub fn shown_goal(app: &App) -> Option<(usize, &Goal)> {
    let at = app.goals().page()?.goal_index?;
    Some((at, app.settings().goals.get(at)?))
}

/// The command that the page offers first. `None` if there is nothing to study: the exam is over, or its deck is
/// missing.
pub fn primary(app: &App) -> Option<Command> {
    let (at, goal) = shown_goal(app)?;
    if let Some(exam) = app.imminent_exam_at(at, app.today()) {
        return exam.primary();
    }
    let has_deck = app.library().deck(&goal.deck).is_some();
    (has_deck && goal.is_ahead(app.today())).then(|| app.study_command(goal))
}

/// The other commands of the page that have buttons, in their order. Empty if no page is open.
pub fn secondary(app: &App) -> Vec<Command> {
    let commands: &[GoalCommand] = match app.goals().page() {
        Some(GoalPage { form: Some(_), .. }) => &[GoalCommand::Save, GoalCommand::Back],
        Some(_) => &[GoalCommand::Edit, GoalCommand::New, GoalCommand::Remove, GoalCommand::Back],
        None => &[],
    };
    commands.iter().cloned().map(Command::Goal).collect()
}

/// The command that opens the page: of the next exam, or the form of a new one if none is set.
pub fn open(app: &App) -> Command {
    Command::Goal(match app.next_exam(app.today()) {
        Some((at, _)) => GoalCommand::Open(Some(at)),
        None if app.settings().goals.is_empty() => GoalCommand::New,
        None => GoalCommand::Open(None),
    })
}

/// The commands that say how much time is left before an imminent exam.
pub(in crate::app) fn time_commands(app: &App, exam: Option<&ImminentExam<'_>>) -> Vec<AvailableCommand> {
    let asks = app.goals().asks_minutes();
    let Some(exam) = exam.filter(|exam| exam.ask_minutes().is_some()) else {
        let withdraw = asks.then(|| Command::Goal(GoalCommand::AskMinutes).on(&[Escape]).unlisted());
        return withdraw.into_iter().collect();
    };
    if !asks {
        return vec![Command::Goal(GoalCommand::AskMinutes).into()];
    }
    let mut commands = vec![Command::Goal(GoalCommand::AskMinutes).on(&[Char('T'), Escape])];
    commands.extend(
        Shortcut::DIGITS
            .iter()
            .zip(exam.minute_offers())
            .map(|(digit, (_, set_minutes))| set_minutes.on(std::slice::from_ref(digit))),
    );
    commands
}

/// The commands of the page of an exam, in the order of the palette.
pub fn available(app: &App) -> Vec<AvailableCommand> {
    let Some(page) = app.goals().page() else { return Vec::new() };
    let secondary = secondary(app).into_iter().map(AvailableCommand::from);
    if page.form.is_some() {
        return time_commands(app, None).into_iter().chain(secondary).collect();
    }
    let exam = page.goal_index.and_then(|at| app.imminent_exam_at(at, app.today()));
    let mut commands: Vec<AvailableCommand> =
        primary(app).map(|primary| primary.on(&[Space])).into_iter().collect();
    commands.extend(time_commands(app, exam.as_ref()));
    commands.extend(secondary);
    let goals = app.settings().goals.len();
    if goals > 1 {
        commands.extend(Shortcut::DIGITS.iter().enumerate().take(goals).map(|(at, digit)| {
            Command::Goal(GoalCommand::Open(Some(at))).on(std::slice::from_ref(digit)).unlisted()
        }));
    }
    commands
}
