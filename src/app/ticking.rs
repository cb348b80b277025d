//! What happens without a command: time passes, background threads finish, figures are updated.

use super::figures::Figures;
use super::{ActiveSession, App, NOTICE_MS, figures_task};
use crate::background::{BackgroundState, BackgroundTask};
use crate::domain::day::Moment;
use crate::text::background as text;

impl App {
    /// Resumes a waiting session, collects results of background threads and handles a new study day. Call it
    /// when time has passed.
    pub fn tick(&mut self, now: &Moment) {
        self.resume_waiting_session(now);
        self.tick_test(now);
        if self
            .notice
            .as_ref()
            .and_then(|notice| notice.expires_ms)
            .is_some_and(|expires| expires <= now.ms())
        {
            self.notice = None;
        }
        match self.watch.as_mut().map(|watch| watch.poll(&self.library)) {
            Some(Ok(Some(library))) => self.replace_library(library, now),
            Some(Ok(None)) | None => {}
            Some(Err(_)) => self.notify_error(text::unfinished(text::DECKS)),
        }
        self.poll_import(now);
        self.poll_scores();
        self.poll_goals(now);
        self.poll_export();
        if let Some(result) = self.daily_backup.as_ref().and_then(BackgroundTask::poll_result) {
            self.daily_backup = None;
            match result {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.notify_error(format!("The daily backup was not made. {error}")),
                Err(_) => self.notify_error(text::unfinished(text::BACKUP)),
            }
        }
        self.poll_figures();
        // Once per day. Figures that cannot be updated now, as during a test, stay marked until they can.
        if self.day != now.day() {
            self.day = now.day();
            self.refresh_goal_rules(now);
            self.invalidate();
        }
        self.refresh(now);
    }

    fn poll_figures(&mut self) {
        let Some((figures, state)) = self.figures_task.as_ref().map(|task| task.poll()) else { return };
        if let Some(figures) = figures.into_iter().next_back() {
            self.figures = figures;
            self.scores.invalidate_page();
        }
        if state != BackgroundState::Running {
            self.figures_task = None;
        }
        if state == BackgroundState::Failed {
            self.notify_error(text::unfinished(text::FIGURES));
        }
    }

    /// When [`App::tick`] must be called at the latest, in UTC milliseconds.
    pub fn next_tick_ms(&self, now: &Moment) -> i64 {
        let waiting = self.active_session.as_ref().and_then(ActiveSession::waiting_until_ms);
        let notice = self.notice.as_ref().and_then(|notice| notice.expires_ms);
        [waiting, notice, self.tests.next_tick_ms(now)].into_iter().flatten().fold(now.day_ends_ms, i64::min)
    }

    /// Marks everything on screen as out of date.
    pub(super) fn invalidate(&mut self) {
        self.figures_are_stale = true;
        self.decks.invalidate();
        self.scores.invalidate();
        self.goals.invalidate();
        self.tests.invalidate();
    }

    /// Whether no card is on screen, in a session or in a test.
    pub(super) fn has_no_card(&self) -> bool {
        self.active_session.as_ref().is_none_or(ActiveSession::has_no_card) && !self.tests.is_active()
    }

    pub(super) fn refresh(&mut self, now: &Moment) {
        if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.is_error) {
            notice.expires_ms.get_or_insert(now.ms() + NOTICE_MS);
        }
        // During a session nobody sees the figures, and for many cards they take longer than an answer may.
        // One task at a time: the next one starts when this one has reported.
        if self.figures_are_stale
            && self.has_no_card()
            && self.figures_task.as_ref().is_none_or(BackgroundTask::is_cancelled)
        {
            let (library, progress) = (&self.library, &self.progress);
            self.figures_task = match self.repaint.is_connected() && figures_task::is_slow(library, progress)
            {
                true => {
                    let wake = self.repaint.clone();
                    Some(figures_task::spawn(library, progress, &self.scheduler, &self.settings, now, wake))
                }
                false => {
                    self.figures = Figures::compute(library, progress, &self.scheduler, &self.settings, now);
                    None
                }
            };
            self.figures_are_stale = false;
        }
        self.decks.clear_fresh_text();
        self.refresh_page(now);
        self.refresh_scores(now);
        self.refresh_goals(now);
        self.refresh_tests();
    }
}
