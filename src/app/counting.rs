//! Figures of a large library are computed beside the window; the old ones show meanwhile.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread::JoinHandle;

use super::figures::Figures;
use super::{Settings, Wake};
use crate::domain::day::Moment;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::Library;

/// Up to this many cards the figures are there within a fraction of a frame.
const FEW_CARDS: usize = 10_000;
/// The same for events.
const FEW_EVENTS: usize = 50_000;

/// Figures being computed.
#[derive(Debug)]
pub(super) struct Counting {
    result: Receiver<Figures>,
    thread: JoinHandle<()>,
}

impl Counting {
    /// Whether there is so much that its figures would hold up a frame.
    pub(super) fn is_worth_it(library: &Library, progress: &Progress) -> bool {
        library.questions().len() > FEW_CARDS || progress.events() > FEW_EVENTS
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
        let thread = std::thread::spawn(move || {
            let figures = Figures::of_decks(&decks, &progress, &scheduler, &settings, &now);
            // Given back before the window hears of it: what is shared costs a copy to change.
            drop((decks, progress));
            // Nobody waits when something changed again meanwhile.
            let _ = sender.send(figures);
            wake.wake();
        });
        Self { result, thread }
    }

    /// Waits until it has given back the history that it shares.
    pub(super) fn wait(self) {
        // A panic over there has been told by its own hook; the figures are counted again.
        let _ = self.thread.join();
    }

    /// The figures, once; an error when there will be none.
    pub(super) fn poll(&self) -> Result<Figures, TryRecvError> {
        self.result.try_recv()
    }
}
