//! Commands for exam dates.

use super::form::GoalForm;
use super::imminent::ImminentExam;
use super::{GoalPage, Goals};
use crate::app::command_info::{AvailableCommand, CommandInfo, Presented};
use crate::app::core::Core;
use crate::app::scope::SessionOffer;
use crate::app::shortcut::Shortcut::{self, Char, Enter, Escape};
use crate::domain::day::StudyDay;
use crate::domain::goal::Goal;
use crate::text::goals::commands as text;
use crate::text::{goals as words_of_goals, words};

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

impl Presented for GoalCommand {
    fn info(&self) -> Option<CommandInfo> {
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

/// Minutes that are offered to a learner with less time.
const MINUTE_OFFERS: [u32; 6] = [10, 20, 30, 45, 60, 90];
/// At most this many of them are offered.
const MAX_OFFERS: usize = 5;

/// The keys of [`Goals::open`] where it has one.
pub const OPEN_KEYS: &[Shortcut] = &[Char('G')];

impl ImminentExam<'_> {
    /// The command that asks for the available time; `None` if there is nothing to choose.
    pub fn ask_minutes(&self) -> Option<GoalCommand> {
        let takes_time = self.today.session.cards > 0 || self.goal.minutes_a_day.is_some();
        (!self.is_today && takes_time && self.minute_offers().len() > 1).then_some(GoalCommand::AskMinutes)
    }

    /// The times on offer, each with its label and command.
    pub fn minute_offers(&self) -> Vec<(String, GoalCommand)> {
        let most = match self.goal.minutes_a_day {
            None => self.today.session.minutes(),
            Some(_) => u32::MAX,
        };
        let command = |minutes| GoalCommand::SetMinutes { at: self.goal_index, minutes };
        let fewer = MINUTE_OFFERS.into_iter().filter(|minutes| *minutes < most).take(MAX_OFFERS);
        let mut offers: Vec<_> =
            fewer.map(|minutes| (words::minutes(minutes), command(Some(minutes)))).collect();
        offers.push((words_of_goals::AS_LONG_AS_NEEDED.to_owned(), command(None)));
        offers
    }
}

impl Goals {
    /// The exam of the open page, with its index in the settings. `None` for a new exam, or for one that was removed.
    pub fn shown_goal<'a>(&self, core: &'a Core) -> Option<(usize, &'a Goal)> {
        let at = self.page()?.goal_index?;
        Some((at, core.settings.goals.get(at)?))
    }

    /// The session that the page offers first. `None` if there is nothing to study: the exam is over, or its deck is
    /// missing.
    pub fn primary(&self, core: &Core, today: StudyDay) -> Option<SessionOffer> {
        let (at, goal) = self.shown_goal(core)?;
        if let Some(exam) = self.imminent_exam_at(core, at, today) {
            return exam.primary();
        }
        let has_deck = core.library.deck(&goal.deck).is_some();
        (has_deck && goal.is_ahead(today)).then(|| Self::session_for(core, goal))
    }

    /// The other commands of the page that have buttons, in their order. Empty if no page is open.
    pub fn secondary(&self) -> &'static [GoalCommand] {
        match self.page() {
            Some(GoalPage { form: Some(_), .. }) => &[GoalCommand::Save, GoalCommand::Back],
            Some(_) => &[GoalCommand::Edit, GoalCommand::New, GoalCommand::Remove, GoalCommand::Back],
            None => &[],
        }
    }

    /// The command that opens the page: of the next exam, or the form of a new one if none is set.
    pub fn open(core: &Core, today: StudyDay) -> GoalCommand {
        match Self::next_exam(core, today) {
            Some((at, _)) => GoalCommand::Open(Some(at)),
            None if core.settings.goals.is_empty() => GoalCommand::New,
            None => GoalCommand::Open(None),
        }
    }

    /// The commands that say how much time is left before an imminent exam.
    pub fn time_commands(&self, exam: Option<&ImminentExam<'_>>) -> Vec<AvailableCommand<GoalCommand>> {
        let asks = self.asks_minutes();
        let Some(exam) = exam.filter(|exam| exam.ask_minutes().is_some()) else {
            let withdraw = asks.then(|| GoalCommand::AskMinutes.on(&[Escape]).unlisted());
            return withdraw.into_iter().collect();
        };
        if !asks {
            return vec![GoalCommand::AskMinutes.into()];
        }
        let mut commands = vec![GoalCommand::AskMinutes.on(&[Char('T'), Escape])];
        commands.extend(
            Shortcut::DIGITS
                .iter()
                .zip(exam.minute_offers())
                .map(|(digit, (_, set_minutes))| set_minutes.on(std::slice::from_ref(digit))),
        );
        commands
    }

    /// The commands of the page after the session that it offers first, in the order of the palette.
    pub fn available(&self, core: &Core, today: StudyDay) -> Vec<AvailableCommand<GoalCommand>> {
        let Some(page) = self.page() else { return Vec::new() };
        let is_form = page.form.is_some();
        let at = page.goal_index.filter(|_| !is_form);
        let exam = at.and_then(|at| self.imminent_exam_at(core, at, today));
        let mut commands = self.time_commands(exam.as_ref());
        commands.extend(self.secondary().iter().cloned().map(AvailableCommand::from));
        let goals = core.settings.goals.len();
        if goals > 1 && !is_form {
            commands.extend(
                Shortcut::DIGITS.iter().enumerate().take(goals).map(|(at, digit)| {
                    GoalCommand::Open(Some(at)).on(std::slice::from_ref(digit)).unlisted()
                }),
            );
        }
        commands
    }
}
