//! A panic in a frame ends neither the window nor the session: a page says so, and the learner goes on with Today.
//! Drawing changes nothing, so after a panic in it the state is used further. A panic in a change may have left the
//! state half changed, so it is read again from the disk. If it happens again at once, the window closes in order.

use eframe::egui::{self, Context, Ui, ViewportCommand};

use super::opening::Opening;
use super::screens::interrupted::{self, AfterInterruption, InterruptedPage};
use super::{AppState, Window};
use crate::app::{Command, Dirs, Screen, crash_report};
use crate::background::{Unfinished, catch_panic};
use crate::domain::day::Moment;

/// After so many frames without a panic another one is a new fault, not the same again.
const CALM_FRAMES: u32 = 10;

/// What a frame is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameStage {
    /// Changing the state: time, keys, commands.
    Changing,
    /// Drawing it.
    Drawing,
}

/// The panics of the window.
#[derive(Debug)]
pub(super) struct Interruption {
    /// What the frame is doing now.
    stage: FrameStage,
    /// The page that is shown in place of all others.
    pub(super) page: Option<InterruptedPage>,
    /// Frames since the learner went on after a panic.
    calm_frames: u32,
    /// Makes every frame panic at this stage.
    #[cfg(test)]
    panics_at: Option<FrameStage>,
}

impl Interruption {
    /// No panic of this run; one of the last run is told if nobody was told of it yet.
    pub(super) fn at_start(dirs: &Dirs) -> Self {
        let page = crash_report::take_untold(&dirs.data).map(|(_, report)| InterruptedPage {
            was_last_run: true,
            report,
            shows_report: false,
            is_copied: false,
        });
        Self {
            stage: FrameStage::Changing,
            page,
            calm_frames: CALM_FRAMES,
            #[cfg(test)]
            panics_at: None,
        }
    }

    /// Says what the frame does from here on.
    pub(super) fn enter(&mut self, stage: FrameStage) {
        self.stage = stage;
        #[cfg(test)]
        assert!(self.panics_at != Some(stage));
    }
}

impl Window {
    /// Draws a frame, or the page that takes its place after a panic.
    pub(super) fn show_frame_or_interruption(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let drawn = catch_panic(|| match self.interruption.page {
            Some(_) => self.show_interruption(ui),
            None => self.show_frame(ui),
        });
        match drawn {
            Ok(()) => self.interruption.calm_frames = self.interruption.calm_frames.saturating_add(1),
            Err(Unfinished) => self.interrupt(&ctx),
        }
    }

    /// Shows the page from the next frame on, or closes the window.
    fn interrupt(&mut self, ctx: &Context) {
        let again = self.interruption.page.is_some() || self.interruption.calm_frames < CALM_FRAMES;
        if again {
            crash_report::tell_at_next_start();
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        // Nothing that was typed into a test may wait for the next frame now. After a panic in a change the state may be
        // half changed, and is not written.
        if self.interruption.stage == FrameStage::Drawing
            && let AppState::Ready(app) = &mut self.state
            && app.tests().is_active()
        {
            let now: Moment = self.clock.now(app.settings().rollover_hour);
            // If this fails as well, nothing more can be done: what was saved stays.
            let _ = catch_panic(|| app.pause_test(&now));
        }
        self.interruption.page = Some(InterruptedPage {
            was_last_run: false,
            report: crash_report::of_this_run().unwrap_or_default(),
            shows_report: false,
            is_copied: false,
        });
        ctx.request_repaint();
    }

    fn show_interruption(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.poll_opening(&ctx);
        self.apply_appearance(&ctx);
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        let Some(page) = &mut self.interruption.page else { return };
        let was_last_run = page.was_last_run;
        let ground = egui::Frame::new().fill(tokens.paper);
        let chosen = egui::CentralPanel::default()
            .frame(ground)
            .show(ui, |ui| interrupted::show(ui, tokens, page))
            .inner;
        match chosen {
            Some(AfterInterruption::GoOn) => {
                if !was_last_run {
                    self.go_on(&ctx);
                }
                self.interruption.page = None;
            }
            Some(AfterInterruption::Quit) => ctx.send_viewport_cmd(ViewportCommand::Close),
            None => return,
        }
        ctx.request_repaint();
    }

    /// Goes on with Today: in the same state if only drawing failed, else in one that is read from the disk.
    fn go_on(&mut self, ctx: &Context) {
        self.interruption.calm_frames = 0;
        self.palette = None;
        self.image_viewer = None;
        self.file_dialog = None;
        self.pending_focus = None;
        self.focus_set_for = None;
        self.geometry.screen = Screen::Today;
        if self.interruption.stage == FrameStage::Drawing
            && let AppState::Ready(app) = &mut self.state
        {
            let now: Moment = self.clock.now(app.settings().rollover_hour);
            app.apply(Command::Go(Screen::Today), &now);
            return;
        }
        // First the old state lets go of the progress file.
        self.state = AppState::Failed { error: Unfinished.into(), backups: Vec::new() };
        let opening = Opening::begin(self.dirs.clone(), self.clock.clone());
        opening.repaint_when_done(ctx);
        self.state = AppState::Opening(opening);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use eframe::egui::{Key, OutputCommand};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::clock::Clock;

    fn window(folder: &Path) -> Harness<'static, Window> {
        let dirs = Dirs::in_folder(folder);
        let clock = Clock::set_to("2026-11-23T10:00:00+09:00[Asia/Seoul]").expect("a time");
        let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0)).with_max_steps(30);
        let mut harness = builder.build_eframe(move |context| Window::new(&context.egui_ctx, dirs, clock));
        harness.run();
        harness
    }

    fn shows(harness: &Harness<'_, Window>, words: &str) -> bool {
        harness.query_all_by_label_contains(words).next().is_some()
    }

    fn fail_at(harness: &mut Harness<'_, Window>, stage: FrameStage) {
        harness.state_mut().interruption.panics_at = Some(stage);
        harness.step();
        harness.state_mut().interruption.panics_at = None;
        harness.run();
        assert!(shows(harness, crate::text::crash::TITLE));
    }

    fn closes(harness: &Harness<'_, Window>) -> bool {
        let viewports = harness.output().viewport_output.values();
        viewports.flat_map(|viewport| &viewport.commands).any(|command| *command == ViewportCommand::Close)
    }

    #[test]
    fn a_panic_while_drawing_shows_a_page_and_the_learner_goes_on_with_the_same_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut harness = window(folder.path());
        harness.key_press(Key::Space);
        harness.run();
        assert!(harness.state().app().is_some_and(|app| app.active_session().is_some()));
        fail_at(&mut harness, FrameStage::Drawing);
        assert!(
            harness.state().app().is_some_and(|app| app.active_session().is_some()),
            "it stays until then"
        );
        harness.key_press(Key::Space);
        harness.run();
        let app = harness.state().app().expect("the same state");
        assert_eq!((app.screen(), app.active_session().is_some()), (Screen::Today, false));
        assert!(!shows(&harness, crate::text::crash::TITLE));
    }

    #[test]
    fn after_a_panic_in_a_change_the_state_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut harness = window(folder.path());
        fail_at(&mut harness, FrameStage::Changing);
        harness.key_press(Key::Enter);
        harness.step();
        for _ in 0..10_000 {
            if harness.state().app().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
            harness.step();
        }
        harness.run();
        assert!(harness.state().app().is_some_and(|app| app.screen() == Screen::Today));
    }

    #[test]
    fn a_panic_that_comes_again_at_once_closes_the_window() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut harness = window(folder.path());
        fail_at(&mut harness, FrameStage::Drawing);
        assert!(!closes(&harness));
        harness.key_press(Key::Space);
        harness.state_mut().interruption.panics_at = Some(FrameStage::Drawing);
        let closes_soon = (0..5).any(|_| {
            harness.step();
            closes(&harness)
        });
        assert!(closes_soon);
    }

    #[test]
    fn a_later_panic_is_a_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut harness = window(folder.path());
        for _ in 0..2 {
            fail_at(&mut harness, FrameStage::Drawing);
            harness.key_press(Key::Space);
            for _ in 0..=CALM_FRAMES {
                harness.step();
            }
        }
        assert!(!closes(&harness));
    }

    #[test]
    fn a_run_that_ended_unexpectedly_is_told_once_with_its_report() {
        let folder = tempfile::tempdir().expect("a folder");
        let crashes = folder.path().join("crashes");
        std::fs::create_dir(&crashes).expect("a folder");
        std::fs::write(crashes.join("crash-2026-11-22-100000.untold.txt"), "at src/there.rs")
            .expect("a report");
        let mut harness = window(folder.path());
        assert!(shows(&harness, crate::text::crash::CLOSED) && !shows(&harness, "there.rs"));
        harness.get_by_label(crate::text::crash::SHOW).click();
        harness.run();
        assert!(shows(&harness, "src/there.rs"));
        harness.get_by_label(crate::text::crash::COPY).click();
        harness.step();
        let copied = OutputCommand::CopyText("at src/there.rs".to_owned());
        assert!(harness.output().platform_output.commands.contains(&copied));
        harness.run();
        harness.key_press(Key::Space);
        harness.run();
        assert!(!shows(&harness, crate::text::crash::CLOSED));
        drop(harness);
        assert!(!shows(&window(folder.path()), crate::text::crash::CLOSED), "told once");
    }
}
