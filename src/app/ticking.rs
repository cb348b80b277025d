//! What happens without a command: time passes, background threads finish, figures are updated.

use super::{ActiveSession, App, Screen};
use crate::background::BackgroundTask;
use crate::domain::day::Moment;
use crate::text;

impl App {
    /// Resumes a waiting session, collects results of background threads and handles a new study day. Call it
    /// when time has passed.
    pub fn tick(&mut self, now: &Moment) {
        self.study.resume_waiting(&mut self.core, now);
        self.tests.tick(&mut self.core, now);
        self.core.tick_notice(now);
        match self.watch.as_mut().map(|watch| watch.poll(&self.core.library)) {
            Some(Ok(Some(library))) => self.replace_library(library, now),
            Some(Ok(None)) | None => {}
            Some(Err(_)) => self.core.notify_error(text::background::unfinished(text::background::DECKS)),
        }
        self.decks.poll(&mut self.core, self.study.active().is_some());
        self.scores.poll(&mut self.core);
        self.goals.poll(&mut self.core, now);
        self.poll_export();
        if let Some(result) = self.daily_backup.as_ref().and_then(BackgroundTask::poll_result) {
            self.daily_backup = None;
            match result {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.core.notify_error(text::general::no_daily_backup(error)),
                Err(_) => self.core.notify_error(text::background::unfinished(text::background::BACKUP)),
            }
        }
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
        let is_at_rest =
            self.study.active().is_none_or(ActiveSession::has_no_card) && !self.tests.is_active();
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
