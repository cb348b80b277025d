//! Taking a test: start, pause, resume; every answer is saved as soon as it is complete.

use std::sync::Arc;

use super::active::{HEARTBEAT_MS, LAST_MINUTE_MS, SAVE_AFTER_MS};
use super::{ActiveAttempt, PausedAttempt, TestCommand, Tests, fresh_code};
use crate::app::core::{Core, CoreChange};
use crate::app::screen::Screen;
use crate::domain::attempt::{
    AttemptEvent, AttemptPhase, CardSnapshot, DrawnTest, LoggedAttemptEvent, TestAttempt, TestSetup,
};
use crate::domain::day::Moment;
use crate::text;

impl Tests {
    pub(super) fn begin_test(&mut self, core: &mut Core, setup: &TestSetup, now: &Moment) {
        if self.paused.is_some() {
            core.notify_error(text::attempt::UNFINISHED_TEST);
            return;
        }
        let code = match self.code.parse() {
            Ok(code) => code,
            Err(error) => {
                core.notify_error(format!("“{}”: {error}.", self.code));
                return;
            }
        };
        let (progress, model) = (&core.progress, &core.scheduler.model);
        let decks = core.library.decks().iter().map(|loaded| &loaded.deck);
        let test = DrawnTest::draw(setup, code, decks, |card| {
            let state = progress.state(card);
            CardSnapshot { recall: state.recall_now(model, now.day()), suspended: state.suspended }
        });
        let Some(test) = test else {
            core.notify_error(text::attempt::NO_MATCH);
            return;
        };
        let first = LoggedAttemptEvent { at_ms: now.ms(), clock_ms: 0, event: AttemptEvent::Show(0) };
        match core.store.start_attempt(now.stamp, &test, std::slice::from_ref(&first)) {
            Ok(id) => {
                let attempt = TestAttempt::from_events(test.items.len(), [&first]);
                let paused = PausedAttempt { id, started: now.stamp, test: Arc::new(test), attempt };
                self.activate_attempt(core, paused, now);
                self.code = fresh_code(now);
            }
            Err(error) => core.notify_error(error.to_string()),
        }
    }

    pub(super) fn continue_test(&mut self, core: &mut Core, now: &Moment) {
        let Some(paused) = self.paused.take() else { return };
        let is_self_grading = paused.attempt.phase() == AttemptPhase::SelfGrading;
        let paused_before = paused.clone();
        self.activate_attempt(core, paused, now);
        if is_self_grading {
            self.show_next_to_self_grade(now);
            return;
        }
        let at = paused_before.attempt.current_item();
        if !self.log_attempt_events(core, vec![AttemptEvent::Show(at)], now) {
            (self.active, self.paused) = (None, Some(paused_before));
        }
    }

    fn activate_attempt(&mut self, core: &mut Core, paused: PausedAttempt, now: &Moment) {
        core.show(Screen::Test);
        self.close_report();
        self.active = Some(ActiveAttempt::new(paused, now));
        self.note_pending_cards(core);
    }

    /// Pauses the test on screen, if there is one. Returns false, and keeps the test on screen with an error,
    /// if the last answer cannot be saved.
    pub fn pause(&mut self, core: &mut Core, now: &Moment) -> bool {
        self.tick_clock(now);
        let Some(active) = &self.active else { return true };
        let is_running = active.attempt.phase() == AttemptPhase::Running;
        let events =
            active.unsaved_event().into_iter().chain(is_running.then_some(AttemptEvent::Pause)).collect();
        let is_saved = self.log_attempt_events(core, events, now);
        if is_saved {
            self.set_paused(core);
        }
        is_saved
    }

    fn set_paused(&mut self, core: &mut Core) {
        let Some(ActiveAttempt { id, started, test, attempt, .. }) = self.active.take() else {
            return;
        };
        self.paused = Some(PausedAttempt { id, started, test, attempt });
        core.note(CoreChange::StaleFigures);
    }

    pub(super) fn discard_test(&mut self, core: &mut Core, now: &Moment) {
        let Some(paused) = &self.paused else { return };
        let logged = LoggedAttemptEvent {
            at_ms: now.ms(),
            clock_ms: paused.attempt.clock_ms(),
            event: AttemptEvent::Discard,
        };
        match core.store.append_attempt_events(paused.id, &[logged], &[]) {
            Ok(_) => self.reload_paused_attempt(core),
            Err(error) => core.notify_error(error.to_string()),
        }
    }

    /// Looks for the newest paused test. There may be several if the progress was merged from more than one
    /// machine.
    pub(super) fn reload_paused_attempt(&mut self, core: &mut Core) {
        self.asks_discard = false;
        self.paused = match core.store.unfinished_attempts() {
            Ok(stored) => PausedAttempt::newest(stored),
            Err(error) => {
                core.notify_error(error.to_string());
                None
            }
        };
        self.note_pending_cards(core);
    }

    /// Advances the test's clock to `now`.
    pub(super) fn tick_clock(&mut self, now: &Moment) {
        if let Some(active) = self.active.as_mut()
            && active.attempt.phase() == AttemptPhase::Running
        {
            active.clock.tick(now.ms());
        }
    }

    /// Saves input after a pause in typing, and hands the test in when its time is over. Call it when time
    /// has passed.
    pub(in crate::app) fn tick(&mut self, core: &mut Core, now: &Moment) {
        self.history.poll(core);
        let before_ms = self.active.as_ref().map_or(0, ActiveAttempt::spent_ms);
        self.tick_clock(now);
        let Some(active) = self.active.as_ref() else { return };
        if active.attempt.phase() != AttemptPhase::Running {
            return;
        }
        if active.remaining_ms() == Some(0) {
            self.hand_in(core, true, now);
            return;
        }
        let last_minute = self.active.as_ref().is_some_and(|active| {
            let limit = active.test.setup.limit_ms().unwrap_or(0);
            let remaining_before = limit - before_ms;
            limit > LAST_MINUTE_MS
                && remaining_before > LAST_MINUTE_MS
                && active.remaining_ms().is_some_and(|remaining| remaining <= LAST_MINUTE_MS)
        });
        if last_minute {
            core.notify(text::attempt::ONE_MINUTE_LEFT);
        }
        let Some(active) = self.active.as_ref() else { return };
        let is_pause = active.unsaved_change_ms.is_some_and(|changed| changed + SAVE_AFTER_MS <= now.ms());
        let is_heartbeat_due = active.spent_ms() - active.attempt.clock_ms() >= HEARTBEAT_MS;
        // While somebody types without a pause, the answer is saved with every heartbeat.
        let event = if is_pause || is_heartbeat_due {
            Some(active.unsaved_event().unwrap_or(AttemptEvent::Heartbeat))
        } else {
            None
        };
        if let Some(event) = event
            && !self.log_attempt_events(core, vec![event], now)
            && let Some(active) = self.active.as_mut()
        {
            // The error stays on screen, and saving is tried again after a heartbeat.
            active.unsaved_change_ms = active.unsaved_change_ms.map(|_| now.ms() + HEARTBEAT_MS);
        }
    }

    /// Writes events to the store, then applies them. Returns false, and shows an error, if they cannot be
    /// written.
    pub(super) fn log_attempt_events(
        &mut self,
        core: &mut Core,
        events: Vec<AttemptEvent>,
        now: &Moment,
    ) -> bool {
        let Some(active) = self.active.as_mut() else { return false };
        if events.is_empty() {
            return true;
        }
        let logged: Vec<LoggedAttemptEvent> =
            events.into_iter().map(|event| active.logged_event(event, now)).collect();
        match core.store.append_attempt_events(active.id, &logged, &[]) {
            Ok(_) => {
                active.apply(&logged);
                true
            }
            Err(error) => {
                core.notify_error(text::study::not_saved(error));
                false
            }
        }
    }

    /// Runs a command on the active test.
    pub(super) fn apply_to_active_attempt(&mut self, core: &mut Core, command: TestCommand, now: &Moment) {
        self.tick_clock(now);
        let Some(active) = self.active.as_mut() else { return };
        if active.attempt.phase() != AttemptPhase::Running {
            return;
        }
        if active.remaining_ms() == Some(0) {
            self.hand_in(core, true, now);
            return;
        }
        let (at, last) = (active.attempt.current_item(), active.test.items.len() - 1);
        match command {
            TestCommand::SetDraft(draft) => {
                // Text is saved after a pause in typing, everything else at once.
                let is_text = draft.is_text();
                // Moving the cursor in an ordering does not change the answer.
                let is_same = draft.response() == active.active_card.draft.response();
                active.active_card.draft = draft;
                if is_same {
                    return;
                }
                active.unsaved_change_ms = Some(now.ms());
                if !is_text {
                    self.save_draft(core, now);
                }
            }
            TestCommand::Answer(response) => {
                let is_same = active.response() == Some(&response);
                let response = (!is_same).then_some(response);
                self.log_attempt_events(core, vec![AttemptEvent::Answer { item: at, response }], now);
            }
            TestCommand::ShowItem(item) => self.show_item(core, item.min(last), now),
            TestCommand::Next if at == last => self.show_overview(core, now),
            TestCommand::Next => self.show_item(core, at + 1, now),
            TestCommand::Previous => self.show_item(core, at.saturating_sub(1), now),
            TestCommand::SetConfidence(confidence) => {
                let previous = active.attempt.items()[at].confidence;
                let confidence = Some(confidence).filter(|_| previous != Some(confidence));
                if self.log_attempt_events(
                    core,
                    vec![AttemptEvent::SetConfidence { item: at, confidence }],
                    now,
                ) && let Some(active) = self.active.as_mut()
                {
                    active.active_card.confidence = confidence;
                }
            }
            TestCommand::Flag => {
                let flagged = !active.attempt.items()[at].flagged;
                self.log_attempt_events(core, vec![AttemptEvent::Flag { item: at, flagged }], now);
            }
            TestCommand::ShowOverview(true) => self.show_overview(core, now),
            TestCommand::ShowOverview(false) => active.overview = false,
            // `Tests::apply` runs these.
            TestCommand::SetSetup(_)
            | TestCommand::Prepare { .. }
            | TestCommand::SetCode(_)
            | TestCommand::NewCode
            | TestCommand::ShowHistory(_)
            | TestCommand::Begin
            | TestCommand::BeginWith(_)
            | TestCommand::Continue
            | TestCommand::Pause
            | TestCommand::AskDiscard(_)
            | TestCommand::Discard
            | TestCommand::HandIn
            | TestCommand::SelfGrade(_)
            | TestCommand::OpenReport(_)
            | TestCommand::CloseReport
            | TestCommand::ExpandItem(_)
            | TestCommand::ResolveSlip { .. }
            | TestCommand::RepeatSetup
            | TestCommand::ExportReport(_) => {}
        }
    }

    fn save_draft(&mut self, core: &mut Core, now: &Moment) -> bool {
        let event = self.active.as_ref().and_then(ActiveAttempt::unsaved_event);
        event.is_none_or(|event| self.log_attempt_events(core, vec![event], now))
    }

    fn show_overview(&mut self, core: &mut Core, now: &Moment) {
        if self.save_draft(core, now)
            && let Some(active) = self.active.as_mut()
        {
            active.overview = true;
        }
    }

    /// Shows an item. If the current answer cannot be saved, its question stays on screen.
    fn show_item(&mut self, core: &mut Core, item: usize, now: &Moment) {
        let Some(active) = self.active.as_mut() else { return };
        if item == active.attempt.current_item() {
            active.overview = false;
            return;
        }
        let events = active.unsaved_event().into_iter().chain([AttemptEvent::Show(item)]).collect();
        if self.log_attempt_events(core, events, now)
            && let Some(active) = self.active.as_mut()
        {
            active.show(item, now);
        }
    }
}
