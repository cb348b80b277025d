//! Exam dates: stored in the settings, forecast on a background thread, followed by the scheduler.

pub mod command;
mod forecasting;
pub mod form;
pub mod imminent;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use command::{GoalCommand, OPEN_KEYS};
use forecasting::{ForecastJob, GoalForecast};
pub use form::GoalForm;

use super::core::undo::UndoEntry;
use super::core::{Core, CoreChange, plans};
use super::scope::{Scope, SessionKind, SessionOffer};
use super::screen::Screen;
use super::settings::range;
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::event_log::EventLogError;
use crate::domain::forecast::Forecast;
use crate::domain::goal::Goal;
use crate::domain::goal::session_workload::whole_minutes;
use crate::text;

/// Number of days that an exam is still mentioned after it.
const DAYS_MENTIONED_AFTER: u32 = 14;

/// Forecasts and rules of the exams, and the page that shows them.
#[derive(Debug, Default)]
pub struct Goals {
    page: Option<GoalPage>,
    /// The page that the running session was started from.
    return_to: Option<GoalPage>,
    /// One for each goal of the settings; `None` until it is computed.
    forecasts: Vec<Option<Forecast>>,
    forecasting: Option<BackgroundTask<Result<GoalForecast, EventLogError>>>,
    are_stale: bool,
    /// Whether the learner is being asked how much time is left for an imminent exam.
    asks_minutes: bool,
}

/// The page of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalPage {
    /// Index in the settings; `None` for a new exam.
    pub goal_index: Option<usize>,
    /// The form, while the exam is edited.
    pub form: Option<GoalForm>,
    /// The screen that the page was opened from.
    opened_from: Screen,
}

impl Goals {
    /// The page, if it is shown.
    pub fn page(&self) -> Option<&GoalPage> {
        self.page.as_ref()
    }

    /// The forecast of a goal, by index; `None` until it is computed, and after the exam.
    pub fn forecast(&self, at: usize) -> Option<&Forecast> {
        self.forecasts.get(at)?.as_ref()
    }

    /// Whether the running session returns to an exam page at its end.
    pub fn returns_to_page(&self) -> bool {
        self.return_to.is_some()
    }

    /// Whether the learner is being asked how much time is left for an imminent exam.
    pub fn asks_minutes(&self) -> bool {
        self.asks_minutes
    }

    /// Whether a forecast is being computed.
    pub fn is_forecasting(&self) -> bool {
        self.forecasting.as_ref().is_some_and(|task| !task.is_cancelled())
    }

    /// Marks the forecasts as out of date.
    pub(super) fn invalidate(&mut self) {
        self.are_stale = true;
    }

    /// Cancels the running computation. The progress that it shares is released when this returns.
    pub(super) fn cancel(&mut self) {
        if let Some(forecasting) = self.forecasting.take() {
            forecasting.cancel();
            self.invalidate();
        }
    }

    /// Closes the page, because another screen is shown.
    pub(super) fn close(&mut self) {
        (self.page, self.return_to) = (None, None);
        self.asks_minutes = false;
    }

    /// Hides the page for a session, to be shown again at its end. `goes_on` is true if the session follows
    /// another one, which may have been started from the page.
    pub(super) fn suspend_page(&mut self, goes_on: bool) {
        self.asks_minutes = false;
        let before = self.return_to.take().filter(|_| goes_on);
        self.return_to = self.page.take().filter(|page| page.form.is_none()).or(before);
    }

    /// Shows the page again at the end of a session that was started from it. Returns whether there is one.
    pub(super) fn resume_page(&mut self) -> bool {
        self.page = self.return_to.take();
        self.page.is_some()
    }
}

impl Goals {
    /// The exam to mention today, with its index: the next one, else the latest one of the last days.
    pub fn next_exam(core: &Core, today: StudyDay) -> Option<(usize, &Goal)> {
        let goals = core.settings.goals.iter().enumerate();
        let in_library = goals.filter(|(_, goal)| core.library.deck(&goal.deck).is_some());
        let (over, ahead): (Vec<_>, Vec<_>) = in_library.partition(|(_, goal)| goal.is_over(today));
        let next = ahead.into_iter().min_by_key(|(_, goal)| goal.exam);
        next.or_else(|| {
            over.into_iter()
                .filter(|(_, goal)| today.days_since(goal.exam_day()) <= DAYS_MENTIONED_AFTER)
                .max_by_key(|(_, goal)| goal.exam)
        })
    }

    /// The session for an exam.
    pub fn session_for(core: &Core, goal: &Goal) -> SessionOffer {
        SessionOffer { scope: Self::goal_scope(core, goal), kind: SessionKind::Today }
    }

    /// The cards of an exam.
    pub(super) fn goal_scope(core: &Core, goal: &Goal) -> Scope {
        match goal.topics.as_slice() {
            [] => Scope::Deck(goal.deck.clone()),
            [topic] => Scope::Topic { deck: goal.deck.clone(), topic: topic.clone() },
            _ => {
                let decks = core.library.decks().iter().map(|loaded| &loaded.deck);
                let cards = decks.filter(|deck| deck.id == goal.deck).flat_map(|deck| {
                    deck.cards()
                        .filter(|(_, at)| goal.covers(&deck.id, &deck.questions[*at].topic))
                        .map(|(key, _)| key)
                });
                Scope::Cards(cards.collect())
            }
        }
    }

    /// Runs a command. A new exam is proposed for `shown_deck`, the deck on screen.
    pub(super) fn apply(
        &mut self,
        core: &mut Core,
        command: GoalCommand,
        shown_deck: Option<Arc<str>>,
        now: &Moment,
    ) {
        if command != GoalCommand::AskMinutes {
            self.asks_minutes = false;
        }
        match command {
            GoalCommand::Open(at) => {
                let at = at.or((!core.settings.goals.is_empty()).then_some(0));
                match at.filter(|at| *at < core.settings.goals.len()) {
                    Some(at) => self.show_goal(core, Some(at), None),
                    None => self.begin_goal(core, shown_deck, now),
                }
            }
            GoalCommand::New => self.begin_goal(core, shown_deck, now),
            GoalCommand::Edit => {
                let at = self.page.as_ref().and_then(|page| page.goal_index);
                if let Some(goal) = at.and_then(|at| core.settings.goals.get(at)) {
                    let form = GoalForm::of(goal);
                    self.show_goal(core, at, Some(form));
                }
            }
            GoalCommand::SetForm(form) => {
                if let Some(page) = self.page.as_mut().filter(|page| page.form.is_some()) {
                    page.form = Some(*form);
                }
            }
            GoalCommand::Save => self.save_goal(core, now),
            GoalCommand::Back => match self.page.take() {
                Some(GoalPage { goal_index: Some(at), form: Some(_), opened_from }) => {
                    self.page = Some(GoalPage { goal_index: Some(at), form: None, opened_from });
                }
                Some(GoalPage { opened_from, .. }) => core.screen = opened_from,
                None => {}
            },
            GoalCommand::Remove => self.remove_goal(core, now),
            GoalCommand::AskMinutes => self.asks_minutes = !self.asks_minutes,
            GoalCommand::SetMinutes { at, minutes } => self.set_minutes(core, at, minutes, now),
        }
    }

    fn show_goal(&mut self, core: &mut Core, at: Option<usize>, form: Option<GoalForm>) {
        let opened_from = self.page.as_ref().map_or(core.screen, |page| page.opened_from);
        self.return_to = None;
        core.show(Screen::Scores);
        self.page = Some(GoalPage { goal_index: at, form, opened_from });
    }

    fn begin_goal(&mut self, core: &mut Core, shown_deck: Option<Arc<str>>, now: &Moment) {
        // Propose the deck on screen, else the one studied most.
        let most = || {
            let decks = core.figures.decks.iter().filter(|deck| deck.total.seen > 0);
            decks.max_by_key(|deck| deck.total.seen).map(|deck| deck.id.clone())
        };
        let first = || core.library.decks().first().map(|loaded| loaded.deck.id.clone());
        match shown_deck.or_else(most).or_else(first) {
            Some(deck) => self.show_goal(core, None, Some(GoalForm::new(deck, now.day()))),
            None => core.notify(text::goals::NEEDS_DECK),
        }
    }

    fn save_goal(&mut self, core: &mut Core, now: &Moment) {
        let Some(GoalPage { goal_index: at, form: Some(form), .. }) = self.page.clone() else { return };
        let mut goal = match form.goal(now.day()) {
            Ok(goal) => goal,
            Err(error) => {
                core.notify_error(format!("{error}."));
                return;
            }
        };
        let mut goals = core.settings.goals.clone();
        let (at, label) = match at.filter(|at| *at < goals.len()) {
            Some(at) => {
                // A new name does not make the plan invalid.
                let before = Goal { name: goal.name.clone(), ..goals[at].clone() };
                if (Goal { plan: None, ..before.clone() }) == goal {
                    goal = before;
                }
                goals[at] = goal.clone();
                (at, text::goals::changing(&goal.name))
            }
            None => {
                goals.push(goal.clone());
                (goals.len() - 1, text::goals::setting_date(&goal.name))
            }
        };
        self.change_goals(core, label, goals, now);
        self.show_goal(core, Some(at), None);
    }

    fn remove_goal(&mut self, core: &mut Core, now: &Moment) {
        let Some(GoalPage { goal_index: Some(at), opened_from, .. }) = self.page.clone() else {
            return;
        };
        let mut goals = core.settings.goals.clone();
        if at >= goals.len() {
            return;
        }
        let goal = goals.remove(at);
        (self.page, core.screen) = (None, opened_from);
        if self.change_goals(core, text::goals::removing(&goal.name), goals, now) {
            core.notify(text::goals::removed(&goal.name));
        }
    }

    fn set_minutes(&mut self, core: &mut Core, at: usize, minutes: Option<u32>, now: &Moment) {
        let mut goals = core.settings.goals.clone();
        let Some(goal) = goals.get_mut(at) else { return };
        // The limit covers the whole day, so what was studied today already is added.
        let studied_minutes =
            core.figures.exams.get(at).map_or(0, |today| whole_minutes(today.spent_seconds));
        let (least, most) = (*range::MINUTES.start(), *range::MINUTES.end());
        let minutes = minutes.map(|minutes| minutes.saturating_add(studied_minutes).clamp(least, most));
        if goal.minutes_a_day == minutes {
            return;
        }
        (goal.minutes_a_day, goal.plan) = (minutes, None);
        let label = text::goals::changing_time(&goal.name);
        self.change_goals(core, label, goals, now);
    }

    /// Changes the goals as one undo entry. Returns whether they were saved.
    fn change_goals(&mut self, core: &mut Core, label: String, goals: Vec<Goal>, now: &Moment) -> bool {
        let before = std::mem::replace(&mut core.settings.goals, goals.clone());
        if before == goals {
            return true;
        }
        core.undo.push(UndoEntry::Goals { label, before, after: goals });
        self.goals_changed(core, now)
    }

    /// Restores goals for undo and redo. Returns whether they were saved.
    pub(super) fn restore_goals(
        &mut self,
        core: &mut Core,
        goals: &[Goal],
        in_session: bool,
        now: &Moment,
    ) -> bool {
        let before = std::mem::replace(&mut core.settings.goals, goals.to_vec());
        if let Some(page) = &self.page
            && page.goal_index.is_some_and(|at| at >= goals.len())
        {
            (core.screen, self.page) = (page.opened_from, None);
        }
        // The index may belong to another exam now.
        self.return_to = None;
        // A restored exam is shown if the learner is where it could be removed; elsewhere it would interrupt
        // something.
        let is_here = matches!(core.screen, Screen::Today | Screen::Scores) && !in_session;
        if is_here && goals.len() > before.len() {
            let same = |(a, b): (&Goal, &Goal)| a.name == b.name && a.deck == b.deck && a.exam == b.exam;
            let at = goals.iter().zip(&before).take_while(|pair| same(*pair)).count();
            self.show_goal(core, Some(at), None);
        }
        self.goals_changed(core, now)
    }

    fn goals_changed(&mut self, core: &mut Core, now: &Moment) -> bool {
        self.cancel();
        self.forecasts.clear();
        core.refresh_goal_rules(now);
        core.invalidate();
        core.save_settings()
    }

    /// Starts computing out-of-date forecasts. Without a window nobody needs them.
    pub(super) fn refresh(&mut self, core: &mut Core, now: &Moment) {
        if !self.are_stale || !core.repaint.is_connected() {
            return;
        }
        self.cancel();
        self.are_stale = false;
        let job = Self::forecasting_job(core, now);
        if !job.goals.is_empty() {
            let task = forecasting::spawn(job, core.repaint.clone());
            core.register_progress_reader(task.canceller());
            self.forecasting = Some(task);
        }
    }

    /// Computes the forecasts of a deck, or of all decks, on this thread: for the terminal.
    pub(super) fn forecast_now(&mut self, core: &mut Core, deck: Option<&str>, now: &Moment) {
        let mut all = Vec::new();
        let mut job = Self::forecasting_job(core, now);
        job.goals.retain(|(_, goal, _)| deck.is_none_or(|id| *goal.deck == *id));
        job.run(&AtomicBool::new(false), || {}, &mut |forecast| all.push(forecast));
        self.apply_forecasts(core, all, now);
    }

    fn forecasting_job(core: &Core, now: &Moment) -> ForecastJob {
        let goals = core.settings.goals.iter().enumerate();
        let goals = goals
            .filter(|(_, goal)| !goal.is_over(now.day()) && !goal.is_too_far(now.day()))
            .filter_map(|(at, goal)| {
                let deck = core.library.deck(&goal.deck)?;
                Some((at, goal.clone(), Arc::clone(&deck.deck)))
            });
        ForecastJob {
            goals: goals.collect(),
            progress: core.progress.clone(),
            scheduler: core.scheduler.clone(),
            today: now.day(),
        }
    }

    /// Collects finished forecasts.
    pub(super) fn poll(&mut self, core: &mut Core, now: &Moment) {
        let Some(forecasting) = &self.forecasting else { return };
        let (forecasts, state) = forecasting.poll();
        if state != BackgroundState::Running {
            self.forecasting = None;
        }
        if state == BackgroundState::Failed {
            core.notify_error(text::background::unfinished(text::background::FORECASTS));
        }
        self.apply_forecasts(core, forecasts, now);
    }

    fn apply_forecasts(
        &mut self,
        core: &mut Core,
        all: Vec<Result<GoalForecast, EventLogError>>,
        now: &Moment,
    ) {
        let mut is_new = false;
        for forecast in all {
            let (at, forecast) = match forecast {
                Ok(forecast) => forecast,
                Err(error) => {
                    core.notify_error(text::background::unreadable(text::background::FORECASTS, error));
                    continue;
                }
            };
            let Some(goal) = core.settings.goals.get_mut(at) else { continue };
            let plan = forecast.plan.as_ref().map(|planned| planned.plan);
            if plan.is_some() && goal.plan != plan {
                goal.plan = plan;
                is_new = true;
            }
            self.forecasts.resize(core.settings.goals.len(), None);
            self.forecasts[at] = Some(forecast);
        }
        if is_new {
            core.refresh_goal_rules(now);
            // It was planned without the new plan.
            core.figures.session = None;
            core.note(CoreChange::StaleFigures);
            if core.store.is_writable() {
                // Plans that cannot be saved are computed again at the next start.
                let _ = plans::save_plans(&core.settings.goals, &core.dirs.cache);
            }
        }
    }

    /// "Exam in 12 days: 78 % (74–82 %) expected with 25 minutes today"
    pub fn exam_summary(&self, core: &Core, at: usize, today: StudyDay) -> Option<String> {
        let goal = core.settings.goals.get(at)?;
        let minutes = core.figures.exams.get(at).map_or(0, |today| today.session.minutes());
        Some(text::goals::exam_summary(goal, self.forecast(at), minutes, today))
    }
}
