//! Plans which cards a session starts with.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::{Scope, SessionKind};
use crate::app::core::Core;
use crate::background::{BackgroundContext, BackgroundTask};
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::Moment;
use crate::domain::event::Due;
use crate::domain::goal::session_workload::plan_weakest_review;
use crate::domain::goal::today::{ActiveGoal, DayProgress, TimeBudget, plan_for_exams};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::question::Question;
use crate::domain::queue::{SessionPlan, StudyCandidate, StudyLimits};
use crate::domain::schedule::Scheduler;
use crate::domain::workload;
use crate::library::LoadedDeck;

/// Up to this many cards in all decks, planning takes a fraction of a frame.
const MAX_SYNC_CARDS: usize = 10_000;
/// For how long the window may wait for a plan: nobody notices it, and a page that only flashes up disturbs.
const INSTANT: Duration = Duration::from_millis(40);
/// How many cards are looked up between two reports of the progress.
const CARDS_PER_REPORT: usize = 4_096;

/// Everything that the plan of a session depends on.
#[derive(Debug)]
pub(super) struct PlanInput {
    decks: Vec<LoadedDeck>,
    progress: Arc<Progress>,
    scheduler: Scheduler,
    exams: Vec<ActiveGoal>,
    seconds_per_answer: f64,
    limits: StudyLimits,
    scope: Scope,
    kind: SessionKind,
    now: Moment,
}

/// A session plan that is ready, or one that is being made beside the window.
#[derive(Debug)]
pub(super) enum Planning {
    Ready(SessionPlan),
    Running(BackgroundTask<SessionPlan>),
}

impl Planning {
    /// Plans a session. The plan of the figures is used, if it is for the same cards; where there is a window and a
    /// large library, any other is made on a background thread.
    pub(super) fn start(core: &mut Core, scope: Scope, kind: SessionKind, now: &Moment) -> Self {
        let is_todays = scope == Scope::All && kind == SessionKind::Today && core.figures.day == now.day();
        if let Some(plan) = is_todays.then(|| core.figures.session.take()).flatten() {
            return Self::Ready(plan);
        }
        let is_slow = core.repaint.is_connected() && core.card_locations().len() > MAX_SYNC_CARDS;
        let input = PlanInput::of(core, scope, kind, now);
        if !is_slow {
            return Self::Ready(input.plan(|_| true).unwrap_or_default());
        }
        let task = BackgroundTask::spawn("session plan", core.repaint.clone(), move |task| input.plan_in(task));
        core.register_progress_reader(task.canceller());
        match task.wait_for_result(INSTANT) {
            Some(Ok(plan)) => Self::Ready(plan),
            // A task that failed says so when it is polled.
            Some(Err(_)) | None => Self::Running(task),
        }
    }
}

impl PlanInput {
    fn of(core: &Core, scope: Scope, kind: SessionKind, now: &Moment) -> Self {
        Self {
            decks: core.library.decks().to_vec(),
            progress: Arc::clone(&core.progress),
            scheduler: core.scheduler.clone(),
            exams: core.active_goals.clone(),
            seconds_per_answer: core.figures.seconds_per_answer,
            limits: limits(core, kind, now),
            scope,
            kind,
            now: *now,
        }
    }

    fn plan_in(self, task: &BackgroundContext<SessionPlan>) -> Option<SessionPlan> {
        let plan = self.plan(|share| task.report_progress(share));
        drop(self);
        task.release();
        plan
    }

    /// The cards of the session, in their order. `report` gets the completed share, from 0 to 1; `None` when it returns
    /// `false`.
    fn plan(&self, mut report: impl FnMut(f32) -> bool) -> Option<SessionPlan> {
        let Self { scheduler, now, kind, .. } = self;
        let cards = self.cards_in_scope(|share| report(share / 2.0))?;
        // For some kinds of session the plan sees other states than the real ones.
        let states: Vec<CardState> = match kind {
            SessionKind::Ahead | SessionKind::AllInScope | SessionKind::Practice => {
                cards.iter().map(|(key, _)| planned_state(&self.progress, key, *kind, now)).collect()
            }
            SessionKind::Today
            | SessionKind::Weakest(_)
            | SessionKind::MostValuable(_)
            | SessionKind::ExtraNew(_) => Vec::new(),
        };
        let mut questions = Vec::with_capacity(cards.len());
        let mut candidates = Vec::with_capacity(cards.len());
        for (at, (key, question)) in cards.into_iter().enumerate() {
            if at % CARDS_PER_REPORT == 0 && !report(0.5 + 0.4 * at as f32 / candidates.capacity() as f32) {
                return None;
            }
            let state = states.get(at).unwrap_or_else(|| self.progress.state(&key));
            candidates.push(StudyCandidate { key, topic: question.topic.as_str(), state });
            questions.push(question);
        }
        if let SessionKind::Weakest(most) = *kind {
            let mut plan = plan_weakest_review(&candidates, &[], &scheduler.model, now, f64::INFINITY);
            plan.queue.truncate(most.saturating_sub(plan.learning.len()));
            return Some(plan);
        }
        // Sessions with a fixed number of cards need no times, and neither do those without an exam.
        let is_timed = *kind == SessionKind::Today && !self.exams.is_empty();
        let budget = is_timed.then(|| {
            let seconds = |(question, card): (&&Question, &StudyCandidate<'_>)| {
                let answers =
                    workload::expected_answers(card.state, &question.answer, &scheduler.model, now.day());
                self.seconds_per_answer * answers
            };
            TimeBudget {
                card_seconds: questions.iter().zip(&candidates).map(seconds).collect(),
                progress: self.day_progress(),
            }
        });
        Some(plan_for_exams(&candidates, &self.exams, self.limits, scheduler, now, budget.as_ref()))
    }

    /// What was studied today for each exam, including cards outside of the session's scope.
    fn day_progress(&self) -> Vec<DayProgress> {
        let decks = self.decks.iter().map(|loaded| &*loaded.deck);
        let with_exam = decks.filter(|deck| self.exams.iter().any(|exam| exam.goal.deck == deck.id));
        let cards: Vec<(CardKey, &str)> = with_exam
            .flat_map(|deck| deck.cards().map(|(key, index)| (key, deck.questions[index].topic.as_str())))
            .collect();
        let cards = cards.iter().map(|(key, topic)| (key, *topic));
        DayProgress::per_exam(self.now.day(), &self.exams, cards, &self.progress)
    }

    /// The cards in scope, each with its question.
    fn cards_in_scope(&self, mut report: impl FnMut(f32) -> bool) -> Option<Vec<(CardKey, &Question)>> {
        let chosen: Option<HashSet<&CardKey>> = match &self.scope {
            Scope::Cards(cards) => Some(cards.iter().collect()),
            _ => None,
        };
        let in_scope = self.decks.iter().map(|loaded| &loaded.deck).filter(|deck| match &self.scope {
            Scope::All | Scope::Cards(_) => true,
            Scope::Deck(id) | Scope::Topic { deck: id, .. } => *id == deck.id,
        });
        let total: usize = in_scope.clone().map(|deck| deck.questions.len()).sum();
        let mut cards = Vec::with_capacity(if chosen.is_none() { total } else { 0 });
        let mut looked_at = 0;
        for deck in in_scope {
            for (nth, question) in deck.questions.iter().enumerate() {
                if nth % CARDS_PER_REPORT == 0 && !report((looked_at + nth) as f32 / total as f32) {
                    return None;
                }
                if matches!(&self.scope, Scope::Topic { topic, .. } if *topic != question.topic) {
                    continue;
                }
                let keys =
                    question.each_facet().map(|it| CardKey::new(deck.id.clone(), question.id.clone(), it));
                let keys = keys.filter(|key| chosen.as_ref().is_none_or(|chosen| chosen.contains(key)));
                cards.extend(keys.map(|key| (key, &**question)));
            }
            looked_at += deck.questions.len();
        }
        Some(cards)
    }
}

fn limits(core: &Core, kind: SessionKind, now: &Moment) -> StudyLimits {
    match kind {
        SessionKind::Today => StudyLimits {
            new_cards: core.new_cards_left(now.day()),
            reviews: core.settings.minutes_a_day.map(|minutes| core.figures.cards_left_in(minutes)),
            allow_repeats: false,
        },
        SessionKind::MostValuable(cards) => {
            StudyLimits { new_cards: 0, reviews: Some(cards), allow_repeats: false }
        }
        SessionKind::AllInScope => StudyLimits { new_cards: usize::MAX, reviews: None, allow_repeats: true },
        SessionKind::Weakest(cards) => {
            StudyLimits { new_cards: cards, reviews: Some(cards), allow_repeats: false }
        }
        SessionKind::Ahead => StudyLimits { new_cards: 0, reviews: None, allow_repeats: false },
        SessionKind::ExtraNew(cards) => {
            StudyLimits { new_cards: cards, reviews: Some(0), allow_repeats: false }
        }
        SessionKind::Practice => StudyLimits { new_cards: 0, reviews: Some(50), allow_repeats: true },
    }
}

/// The state that the plan sees. Some kinds of session treat cards as due today: `Ahead` the cards in review
/// that were not answered today, `AllInScope` every card that is due on a day, `Practice` every card with a
/// memory.
fn planned_state(progress: &Progress, key: &CardKey, kind: SessionKind, now: &Moment) -> CardState {
    let mut state = *progress.state(key);
    match kind {
        SessionKind::Ahead if state.phase == CardPhase::Review && state.last_day != Some(now.day()) => {
            state.due = Some(Due::Day(now.day()));
        }
        // Cards in learning steps keep their due time.
        SessionKind::AllInScope if matches!(state.due, Some(Due::Day(_))) => {
            state.due = Some(Due::Day(now.day()));
        }
        SessionKind::Practice if state.memory.is_some() => {
            state.phase = CardPhase::Review;
            state.due = Some(Due::Day(now.day()));
        }
        _ => {}
    }
    state
}
