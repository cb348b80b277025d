//! Computes the figures of a large library on a background thread; the previous ones are shown meanwhile.

use std::sync::Arc;

use super::Settings;
use super::figures::Figures;
use crate::background::{BackgroundTask, RepaintSignal};
use crate::domain::day::Moment;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::Library;

/// Up to this many cards, computing the figures takes a fraction of a frame.
const MAX_SYNC_CARDS: usize = 10_000;
/// Up to this many events, computing the figures takes a fraction of a frame.
const MAX_SYNC_EVENTS: usize = 50_000;

/// Whether computing the figures would take longer than a frame allows.
pub(super) fn is_slow(library: &Library, progress: &Progress) -> bool {
    library.card_locations().len() > MAX_SYNC_CARDS || progress.event_count() > MAX_SYNC_EVENTS
}

/// Starts computing the figures; `wake` is called when they are ready.
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
    BackgroundTask::spawn("figures", wake, move |task| {
        Figures::of_decks(&decks, &progress, &scheduler, &settings, &now, task.cancel_flag()).ok()
    })
}
