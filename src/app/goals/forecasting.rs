//! Computes forecasts on a background thread; the previous ones are shown meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event_log::EventLogError;
use crate::domain::forecast::{Forecast, ForecastInput};
use crate::domain::goal::Goal;
use crate::domain::progress::Progress;
use crate::domain::replay::ReplayError;
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
        cancel: &AtomicBool,
        release: impl FnOnce(),
        report: &mut dyn FnMut(Result<GoalForecast, EventLogError>),
    ) {
        let ForecastJob { goals, progress, scheduler, today } = self;
        let mut inputs: Vec<(usize, Goal, ForecastInput)> = Vec::new();
        for (index, goal, deck) in goals {
            match ForecastInput::collect(&deck, &progress, &goal, &scheduler, today, cancel) {
                Ok(Some(input)) => inputs.push((index, goal, input)),
                Ok(None) => {}
                Err(ReplayError::Cancelled) => return,
                Err(ReplayError::Unreadable(error)) => return report(Err(error)),
            }
        }
        drop(progress);
        release();
        let is_wanted = || !cancel.load(Ordering::Relaxed);
        for (index, goal, input) in inputs {
            match Forecast::compute(&input, goal.plan.as_ref(), is_wanted) {
                Some(forecast) => report(Ok((index, forecast))),
                None => return,
            }
        }
    }
}

/// Starts the job on a background thread.
pub(super) fn spawn(
    job: ForecastJob,
    wake: RepaintSignal,
) -> BackgroundTask<Result<GoalForecast, EventLogError>> {
    BackgroundTask::spawn("forecasts", wake, |task| {
        job.run(task.cancel_flag(), || task.release(), &mut |forecast| task.report(forecast));
        None
    })
}
