//! What happens by itself: time passes, work beside the window brings results, figures are renewed.

use super::beside::Beside;
use super::figures::Figures;
use super::upkeep::Upkeep;
use super::{App, NOTICE_MS, Study, Wake, counting};
use crate::domain::day::Moment;

impl App {
    /// To be called when time has passed: wakes a session that waits, and notices a new study day.
    pub fn tick(&mut self, now: &Moment) {
        self.wake_study(now);
        self.tick_test(now);
        if self
            .notice
            .as_ref()
            .and_then(|notice| notice.expires_ms)
            .is_some_and(|expires| expires <= now.ms())
        {
            self.notice = None;
        }
        if let Some(library) = self.watch.as_mut().and_then(|watch| watch.poll(&self.library)) {
            self.take_library(library, now);
        }
        self.poll_import(now);
        self.poll_scores();
        self.poll_goals(now);
        self.poll_export();
        if let Some(result) = self.upkeep.as_ref().and_then(Upkeep::poll) {
            self.upkeep = None;
            if let Err(error) = result {
                self.tell_problem(format!("The daily backup was not made. {error}"));
            }
        }
        if let Some((figures, is_done)) = self.counting.as_ref().map(Beside::poll) {
            if is_done {
                self.counting = None;
            }
            if let Some(figures) = figures.into_iter().next_back() {
                self.figures = figures;
                self.scores.touch_page();
            } else if is_done {
                tracing::error!("figures not computed in the background");
                // It came to grief: what it met is met here, where it is seen.
                self.wake = Wake::default();
                self.figures_are_stale = true;
            }
        }
        // Once for each day: what cannot be renewed now, as during a test, stays stale until it can.
        if self.day != now.day() {
            self.day = now.day();
            self.follow_goals(now);
            self.touch();
        }
        self.refresh(now);
    }

    /// When [`App::tick`] has something to do, in UTC milliseconds, if nobody does anything before.
    pub fn next_tick_ms(&self, now: &Moment) -> i64 {
        let waiting = self.study.as_ref().and_then(Study::waits_until);
        let notice = self.notice.as_ref().and_then(|notice| notice.expires_ms);
        [waiting, notice, self.tests.next_tick_ms(now)].into_iter().flatten().fold(now.day_ends_ms, i64::min)
    }

    /// Something changed that is told of on any screen.
    pub(super) fn touch(&mut self) {
        self.figures_are_stale = true;
        self.decks.touch();
        self.scores.touch();
        self.goals.touch();
        self.tests.touch();
    }

    /// Whether no card is before the learner, in a session or in a test.
    pub(super) fn is_at_rest(&self) -> bool {
        self.study.as_ref().is_none_or(Study::is_at_rest) && !self.tests.is_running()
    }

    pub(super) fn refresh(&mut self, now: &Moment) {
        if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.is_problem) {
            notice.expires_ms.get_or_insert(now.ms() + NOTICE_MS);
        }
        // While a session runs nobody sees the figures, and with many cards they cost more than an answer may.
        // One at a time: the next begins when this one has told what it found.
        if self.figures_are_stale && self.is_at_rest() && self.counting.is_none() {
            let (library, progress) = (&self.library, &self.progress);
            self.counting = match self.wake.is_heard() && counting::is_worth_it(library, progress) {
                true => {
                    let wake = self.wake.clone();
                    Some(counting::begin(library, progress, &self.scheduler, &self.settings, now, wake))
                }
                false => {
                    self.figures = Figures::compute(library, progress, &self.scheduler, &self.settings, now);
                    None
                }
            };
            self.figures_are_stale = false;
        }
        self.decks.forget_what_was_read();
        self.refresh_page(now);
        self.refresh_scores(now);
        self.refresh_goals(now);
        self.refresh_tests();
    }
}
