//! Keeps the figures up to date that Today shows and that other features read.

use std::sync::Arc;

use super::core::Core;
use super::figures::Figures;
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::{Moment, StudyDay};
use crate::text;

/// Up to this many cards, computing the figures takes a fraction of a frame.
const MAX_SYNC_CARDS: usize = 10_000;
/// Up to this many events, computing the figures takes a fraction of a frame.
const MAX_SYNC_EVENTS: usize = 50_000;

/// Keeps the figures of the core up to date.
#[derive(Debug)]
pub(super) struct Today {
    is_stale: bool,
    /// The study day of the last tick.
    day: StudyDay,
    computing: Option<BackgroundTask<Figures>>,
}

impl Today {
    /// Nothing is computed yet.
    pub(super) fn new(now: &Moment) -> Self {
        Self { is_stale: true, day: now.day(), computing: None }
    }

    /// The study day of the last tick.
    pub(super) fn day(&self) -> StudyDay {
        self.day
    }

    /// Marks the figures as out of date.
    pub(super) fn invalidate(&mut self) {
        self.is_stale = true;
    }

    /// Whether a study day has begun since the last call.
    pub(super) fn is_new_day(&mut self, now: &Moment) -> bool {
        std::mem::replace(&mut self.day, now.day()) != now.day()
    }

    /// Takes figures that were computed in the background. Returns whether there are new ones.
    pub(super) fn poll(&mut self, core: &mut Core) -> bool {
        let Some((figures, state)) = self.computing.as_ref().map(BackgroundTask::poll) else {
            return false;
        };
        if state != BackgroundState::Running {
            self.computing = None;
        }
        if state == BackgroundState::Failed {
            core.notify_error(text::background::unfinished(text::background::FIGURES));
        }
        let Some(mut newest) = figures.into_iter().next_back() else { return false };
        if self.is_stale {
            newest.session = None;
        }
        core.figures = newest;
        true
    }

    /// Computes figures that are out of date; those of a large library on a background thread, while the previous
    /// ones are shown. One task at a time: the next one starts when this one has reported.
    pub(super) fn refresh(&mut self, core: &mut Core, now: &Moment) {
        if !self.is_stale || self.computing.as_ref().is_some_and(|task| !task.is_cancelled()) {
            return;
        }
        self.is_stale = false;
        let is_slow =
            core.card_locations().len() > MAX_SYNC_CARDS || core.progress.event_count() > MAX_SYNC_EVENTS;
        if !core.repaint.is_connected() || !is_slow {
            core.figures =
                Figures::compute(&core.library, &core.progress, &core.scheduler, &core.settings, now);
            return;
        }
        let (decks, progress) = (core.library.decks().to_vec(), Arc::clone(&core.progress));
        let (scheduler, settings, now) = (core.scheduler.clone(), core.settings.clone(), *now);
        let task = BackgroundTask::spawn("figures", core.repaint.clone(), move |task| {
            Figures::of_decks(&decks, &progress, &scheduler, &settings, &now, task.cancel_flag()).ok()
        });
        core.register_progress_reader(task.canceller());
        self.computing = Some(task);
    }
}
