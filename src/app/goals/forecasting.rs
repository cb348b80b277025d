//! Forecasts are worked out beside the window; the old ones show meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::app::Wake;
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
        mut tell: impl FnMut(Foreseen),
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

/// A job under way on a thread of its own.
#[derive(Debug)]
pub(super) struct Forecasting {
    foreseen: Receiver<Foreseen>,
    given_back: Receiver<()>,
    cancel: Arc<AtomicBool>,
}

impl Forecasting {
    /// Begins; wakes `wake` with every forecast.
    pub(super) fn begin(job: Job, wake: Wake) -> Self {
        let (sender, foreseen) = channel();
        let (gives_back, given_back) = channel::<()>();
        let cancel = Arc::new(AtomicBool::new(false));
        let is_cancelled = cancel.clone();
        std::thread::spawn(move || {
            let is_wanted = || !is_cancelled.load(Ordering::Relaxed);
            job.run(
                is_wanted,
                move || drop(gives_back),
                |foreseen| {
                    // Nobody waits when something changed again meanwhile.
                    let _ = sender.send(foreseen);
                    wake.wake();
                },
            );
            drop(sender);
            wake.wake();
        });
        Self { foreseen, given_back, cancel }
    }

    /// The forecasts that are there, and whether there will be no more.
    pub(super) fn poll(&self) -> (Vec<Foreseen>, bool) {
        let mut all = Vec::new();
        loop {
            match self.foreseen.try_recv() {
                Ok(foreseen) => all.push(foreseen),
                Err(TryRecvError::Empty) => return (all, false),
                Err(TryRecvError::Disconnected) => return (all, true),
            }
        }
    }

    /// Ends it, and waits until it has given back the history that it shares: within a millisecond or so.
    pub(super) fn call_off(self) {
        self.cancel.store(true, Ordering::Relaxed);
        // Nothing is ever sent: the other end is dropped, also where it came to grief.
        let _ = self.given_back.recv();
    }
}
