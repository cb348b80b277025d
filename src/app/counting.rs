//! Figures of a large library are computed beside the window; the old ones show meanwhile.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::figures::Figures;
use super::{Settings, Wake};
use crate::domain::day::Moment;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::Library;

/// Up to this many cards the figures are there within a fraction of a frame.
const FEW_CARDS: usize = 10_000;

/// Figures being computed.
#[derive(Debug)]
pub(super) struct Counting {
    result: Receiver<Figures>,
}

impl Counting {
    /// Whether a library is so large that its figures would hold up a frame.
    pub(super) fn is_worth_it(library: &Library) -> bool {
        library.questions().len() > FEW_CARDS
    }

    /// Begins on a thread of its own; wakes `wake` when it is done.
    pub(super) fn begin(
        library: &Library,
        progress: &Arc<Progress>,
        scheduler: &Scheduler,
        settings: &Settings,
        now: &Moment,
        wake: Wake,
    ) -> Self {
        let (sender, result) = channel();
        let (decks, progress) = (library.decks().to_vec(), progress.clone());
        let (scheduler, settings, now) = (scheduler.clone(), settings.clone(), *now);
        std::thread::spawn(move || {
            let figures = Figures::of_decks(&decks, &progress, &scheduler, &settings, &now);
            // Given back before the window hears of it: what is shared costs a copy to change.
            drop((decks, progress));
            // Nobody waits when something changed again meanwhile.
            let _ = sender.send(figures);
            wake.wake();
        });
        Self { result }
    }

    /// The figures, once; an error when there will be none.
    pub(super) fn poll(&self) -> Result<Figures, TryRecvError> {
        self.result.try_recv()
    }
}
