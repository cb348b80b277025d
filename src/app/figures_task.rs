//! Figures of a large library are computed beside the window; the old ones show meanwhile.

use std::sync::Arc;

use super::background::BackgroundTask;
use super::figures::Figures;
use super::{RepaintSignal, Settings};
use crate::domain::day::Moment;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::Library;

/// Up to this many cards the figures are there within a fraction of a frame.
const MAX_SYNC_CARDS: usize = 10_000;
/// The same for events.
const MAX_SYNC_EVENTS: usize = 50_000;

/// Whether there is so much that its figures would hold up a frame.
pub(super) fn is_slow(library: &Library, progress: &Progress) -> bool {
    library.questions().len() > MAX_SYNC_CARDS || progress.event_count() > MAX_SYNC_EVENTS
}

/// Begins beside the window; wakes `wake` when it is done.
pub(super) fn spawn(
    library: &Library,
    progress: &Arc<Progress>,
    scheduler: &Scheduler,
    settings: &Settings,
    now: &Moment,
    wake: RepaintSignal,
) -> BackgroundTask<Figures> {
    let (decks, progress) = (library.decks().to_vec(), progress.clone());
    let (scheduler, settings, now) = (scheduler.clone(), settings.clone(), *now);
    BackgroundTask::spawn(wake, move |is_cancelled, shares, tell| {
        let figures = Figures::of_decks(&decks, &progress, &scheduler, &settings, &now, is_cancelled);
        // Given back before the window hears of it: what is shared costs a copy to change.
        drop((progress, shares));
        figures.into_iter().for_each(tell);
    })
}
