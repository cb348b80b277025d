//! What happens without a command: time passes, background threads finish, figures are updated.

use super::App;
use super::screen::Screen;
use super::study::ActiveSession;
use crate::domain::day::Moment;

impl App {
    /// Resumes a waiting session, collects results of background threads and handles a new study day. Call it
    /// when time has passed.
    pub fn tick(&mut self, now: &Moment) {
        self.study.poll_plan(&mut self.core, now);
        self.study.resume_waiting(&mut self.core, now);
        self.tests.tick(&mut self.core, now);
        self.core.poll_refolding();
        self.core.tick_notice(now);
        if let Some(library) = self.decks_on_disk.poll(&mut self.core) {
            self.replace_library(library, now);
        }
        self.decks.poll(&mut self.core, self.study.active().is_some());
        self.scores.poll(&mut self.core);
        self.goals.poll(&mut self.core, now);
        self.history_export.poll(&mut self.core);
        self.daily_backup.poll(&mut self.core);
        if self.today.poll(&mut self.core) {
            self.scores.invalidate_page();
        }
        if self.today.is_new_day(now) {
            self.core.refresh_goal_rules(now);
            self.core.invalidate();
        }
        self.refresh(now);
    }

    /// When [`App::tick`] must be called at the latest, in UTC milliseconds.
    pub fn next_tick_ms(&self, now: &Moment) -> i64 {
        let waiting = self.study.active().and_then(ActiveSession::waiting_until_ms);
        [waiting, self.core.notice_expires_ms(), self.tests.next_tick_ms(now)]
            .into_iter()
            .flatten()
            .fold(now.day_ends_ms, i64::min)
    }

    /// Brings everything that is on screen up to date.
    pub(super) fn refresh(&mut self, now: &Moment) {
        self.follow_changes(now);
        self.core.date_notice(now);
        self.core.clear_fresh_text();
        let in_session = self.study.active().is_some();
        let is_at_rest = self.study.active().is_none_or(ActiveSession::is_at_rest) && !self.tests.is_active();
        // During a session nobody sees the figures, and for many cards they take longer than an answer may.
        if is_at_rest {
            self.today.refresh(&mut self.core, now);
        }
        match self.core.screen {
            Screen::Decks if !in_session => self.decks.refresh(&mut self.core, now),
            Screen::Scores if !in_session => self.scores.refresh(&mut self.core, now),
            Screen::Test => self.tests.refresh(&mut self.core),
            _ => {}
        }
        if is_at_rest {
            self.goals.refresh(&mut self.core, now);
        }
        // What the refresh itself has changed.
        self.follow_changes(now);
    }
}
