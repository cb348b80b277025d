//! Forecasts are worked out beside the window; the old ones show meanwhile.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::app::Wake;
use crate::app::beside::Beside;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::forecast::{Forecast, Input};
use crate::domain::goal::Goal;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;

/// What is to be foreseen, from what.
#[derive(Debug)]
pub(super) struct Job {
    /// The place of each goal among all, the goal, and its deck.
    pub(super) goals: Vec<(usize, Goal, Arc<Deck>)>,
    pub(super) progress: Arc<Progress>,
    pub(super) scheduler: Scheduler,
    pub(super) today: StudyDay,
}

/// The place of a goal among all, and its forecast.
pub(super) type Foreseen = (usize, Forecast);

impl Job {
    /// Works it out. `give_back` is called as soon as the history is no longer needed.
    pub(super) fn run(
        self,
        is_wanted: impl Fn() -> bool,
        give_back: impl FnOnce(),
        tell: &mut dyn FnMut(Foreseen),
    ) {
        let Job { goals, progress, scheduler, today } = self;
        let inputs: Vec<(usize, Goal, Input)> = goals
            .into_iter()
            .filter_map(|(place, goal, deck)| {
                let input = Input::of(&deck, &progress, &goal, &scheduler, today, &is_wanted)?;
                Some((place, goal, input))
            })
            .collect();
        drop(progress);
        give_back();
        for (place, goal, input) in inputs {
            match Forecast::of(&input, goal.plan.as_ref(), &is_wanted) {
                Some(forecast) => tell((place, forecast)),
                None => return,
            }
        }
    }
}

/// Begins a job beside the window.
pub(super) fn begin(job: Job, wake: Wake) -> Beside<Foreseen> {
    Beside::begin(wake, |is_cancelled, shares, tell| {
        job.run(|| !is_cancelled.load(Ordering::Relaxed), || drop(shares), tell);
    })
}
