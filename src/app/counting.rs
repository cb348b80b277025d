//! Figures of a large library are computed beside the window; the old ones show meanwhile.

use std::sync::Arc;

use super::beside::Beside;
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

/// Whether there is so much that its figures would hold up a frame.
pub(super) fn is_worth_it(library: &Library, progress: &Progress) -> bool {
    library.questions().len() > FEW_CARDS || progress.events() > FEW_EVENTS
}

/// Begins beside the window; wakes `wake` when it is done.
pub(super) fn begin(
    library: &Library,
    progress: &Arc<Progress>,
    scheduler: &Scheduler,
    settings: &Settings,
    now: &Moment,
    wake: Wake,
) -> Beside<Figures> {
    let (decks, progress) = (library.decks().to_vec(), progress.clone());
    let (scheduler, settings, now) = (scheduler.clone(), settings.clone(), *now);
    Beside::begin(wake, move |is_cancelled, shares, tell| {
        let figures = Figures::of_decks(&decks, &progress, &scheduler, &settings, &now, is_cancelled);
        // Given back before the window hears of it: what is shared costs a copy to change.
        drop((progress, shares));
        figures.into_iter().for_each(tell);
    })
}
