//! Computes forecasts on a background thread; the previous ones are shown meanwhile.

use std::sync::Arc;

use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::forecast::{Forecast, ForecastInput};
use crate::domain::goal::Goal;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;

/// The input of a forecast computation.
#[derive(Debug)]
pub(super) struct ForecastJob {
    /// The index of each goal in the settings, the goal, and its deck.
    pub(super) goals: Vec<(usize, Goal, Arc<Deck>)>,
    pub(super) progress: Arc<Progress>,
    pub(super) scheduler: Scheduler,
    pub(super) today: StudyDay,
}

/// The index of a goal in the settings, and its forecast.
pub(super) type GoalForecast = (usize, Forecast);

impl ForecastJob {
    /// Computes the forecasts and reports each with `report`. `release` is called as soon as the progress is
    /// no longer needed.
    pub(super) fn run(
        self,
        is_wanted: impl Fn() -> bool + Sync,
        release: impl FnOnce(),
        report: &mut dyn FnMut(GoalForecast),
    ) {
        let ForecastJob { goals, progress, scheduler, today } = self;
        let inputs: Vec<(usize, Goal, ForecastInput)> = goals
            .into_iter()
            .filter_map(|(index, goal, deck)| {
                let input = ForecastInput::collect(&deck, &progress, &goal, &scheduler, today, &is_wanted)?;
                Some((index, goal, input))
            })
            .collect();
        drop(progress);
        release();
        for (index, goal, input) in inputs {
            match Forecast::compute(&input, goal.plan.as_ref(), &is_wanted) {
                Some(forecast) => report((index, forecast)),
                None => return,
            }
        }
    }
}

/// Starts the job on a background thread.
pub(super) fn spawn(job: ForecastJob, wake: RepaintSignal) -> BackgroundTask<GoalForecast> {
    BackgroundTask::spawn("forecasts", wake, |task| {
        job.run(|| !task.is_cancelled(), || task.release(), &mut |forecast| task.report(forecast));
        None
    })
}
