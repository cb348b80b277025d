//! The window: draws the state, hands every wish to [`App::apply`], and carries out what only a window can.

mod effects;
pub mod file_choice;
mod files;
mod focus;
pub mod icons;
mod keyboard;
pub mod keys;
mod opening;
pub mod overlay;
pub mod pictures;
pub mod screens;
pub mod theme;
pub mod widgets;
pub mod zoom;

use std::time::Duration;

use eframe::egui::{self, Context, Key, Modifiers, Ui, ViewportCommand};

use crate::app::clock::Clock;
use crate::app::decks::{DeckCommand, Dialog, Purpose};
use crate::app::settings::{self, WindowState};
use crate::app::{App, Command, Dirs, Screen, Settings, Wake};
use crate::domain::day::{Moment, StudyDay};
use crate::store::{Store, StoreError};
use file_choice::FileChoice;
use opening::Opening;
use overlay::Overlay;
use screens::failed::Remedy;
use screens::{failed, navigation, scores, study, today};
use theme::Tokens;
use zoom::Zoom;

/// The name that the desktop knows the window by.
const APP_ID: &str = "linchpin";
/// The window's icon: rows of red, green, blue, alpha.
const ICON: &[u8] = include_bytes!("../../assets/icons/linchpin-64.rgba");
const ICON_SIZE: u32 = 64;

/// The program's window.
pub struct Window {
    state: State,
    dirs: Dirs,
    clock: Clock,
    light: Tokens,
    dark: Tokens,
    /// The look last given to egui: setting it anew every frame would repaint for ever.
    look: Option<(settings::Theme, u16, bool)>,
    overlay: Option<Overlay>,
    zoom: Option<Zoom>,
    /// The system's dialog that is open, and what for.
    choice: Option<(FileChoice, Purpose)>,
    had_text_focus: bool,
    /// The study day that the daily backup was last thought of on.
    upkeep_day: StudyDay,
    /// A field that is to have the focus, and in how many more frames it is tried: one that is not drawn yet, or
    /// lies below a dialog that is just closing, does not take it.
    focus_wanted: Option<(egui::Id, u8)>,
    /// The card and stage that the focus was last set for.
    focus_set_for: Option<(String, u8)>,
    /// The screen that the focus was last looked after on.
    focus_screen: Option<Screen>,
    /// Whether it was said that closing loses the last answer of a test.
    told_before_closing: bool,
    geometry: WindowState,
    /// How the window looks until the settings are there with all the rest.
    first_look: Settings,
}

#[expect(clippy::large_enum_variant, reason = "there is one of these in the program")]
enum State {
    Opening(Opening),
    Ready(App),
    Failed { error: StoreError, backup: bool },
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When no window can be opened, such as without a display.
pub fn run(dirs: Dirs, clock: Clock) -> eframe::Result {
    let geometry = WindowState::load(&dirs.config);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Linchpin")
        .with_app_id(APP_ID)
        .with_inner_size([geometry.width, geometry.height])
        .with_min_inner_size([640.0, 480.0])
        .with_icon(egui::IconData { rgba: ICON.to_vec(), width: ICON_SIZE, height: ICON_SIZE });
    if geometry.maximized {
        viewport = viewport.with_maximized(true);
    }
    let options = eframe::NativeOptions {
        viewport,
        // Named, because builds of the tests have both.
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let opening = Opening::begin(dirs.clone(), clock.clone());
    eframe::run_native(
        APP_ID,
        options,
        Box::new(|context| {
            opening.wake(&context.egui_ctx);
            Ok(Box::new(Window::with_state(&context.egui_ctx, dirs, clock, State::Opening(opening))))
        }),
    )
}

impl Window {
    /// The window's content, opened at once, with fonts and themes installed in `ctx`.
    pub fn new(ctx: &Context, dirs: Dirs, clock: Clock) -> Self {
        let state = State::of(opening::open(&dirs, &clock), &dirs);
        let mut window = Self::with_state(ctx, dirs, clock, state);
        window.move_in(ctx);
        window
    }

    /// The same, opened on a thread of its own: an empty page until then.
    pub fn opening(ctx: &Context, dirs: Dirs, clock: Clock) -> Self {
        let opening = Opening::begin(dirs.clone(), clock.clone());
        opening.wake(ctx);
        Self::with_state(ctx, dirs, clock, State::Opening(opening))
    }

    fn with_state(ctx: &Context, dirs: Dirs, clock: Clock, state: State) -> Self {
        theme::install(ctx);
        ctx.add_plugin(keyboard::Keyboard::default());
        let geometry = WindowState::load(&dirs.config);
        let (first_look, _) = Settings::load(&dirs.config);
        Self {
            state,
            dirs,
            clock,
            light: Tokens::light(),
            dark: Tokens::dark(),
            look: None,
            overlay: None,
            zoom: None,
            choice: None,
            had_text_focus: false,
            upkeep_day: StudyDay::default(),
            focus_wanted: None,
            focus_set_for: None,
            focus_screen: None,
            told_before_closing: false,
            geometry,
            first_look,
        }
    }

    /// Begins what goes on beside the window, once the state is there.
    fn move_in(&mut self, ctx: &Context) {
        let State::Ready(app) = &mut self.state else { return };
        app.begin_at(self.geometry.screen, self.geometry.scores.clone());
        let (now, wake) = (self.clock.now(app.settings().rollover_hour), ctx.clone());
        app.begin_upkeep(&now, move || wake.request_repaint());
        self.upkeep_day = now.day();
        let wake = ctx.clone();
        app.wakes(Wake::new(move || wake.request_repaint()));
        let wake = ctx.clone();
        app.watch_decks(move || wake.request_repaint());
    }

    /// Takes what was opened beside the window, once it is there.
    fn take_opened(&mut self, ctx: &Context) {
        let State::Opening(opening) = &self.state else { return };
        let Some(opened) = opening.poll(&self.dirs, &self.clock) else { return };
        self.state = State::of(opened, &self.dirs);
        self.move_in(ctx);
        if let State::Ready(app) = &self.state {
            // Between opening and now a deck may have been saved.
            app.look_for_changed_decks();
        }
    }

    fn show_opening(&mut self, ui: &mut Ui) {
        let State::Opening(opening) = &self.state else { return };
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        if let Some(Command::Go(screen)) = navigation::show(ui, tokens, self.geometry.screen, false) {
            self.geometry.screen = screen;
        }
        opening.show(ui, tokens);
    }

    /// The program's state, once it is open.
    pub fn app(&self) -> Option<&App> {
        match &self.state {
            State::Ready(app) => Some(app),
            State::Opening(_) | State::Failed { .. } => None,
        }
    }

    fn apply_look(&mut self, ctx: &Context) {
        let settings = match &self.state {
            State::Ready(app) => app.settings(),
            State::Opening(_) | State::Failed { .. } => &self.first_look,
        };
        let look = (settings.theme, settings.text_percent, settings.reduce_motion);
        if self.look == Some(look) {
            return;
        }
        self.look = Some(look);
        ctx.set_theme(match settings.theme {
            settings::Theme::System => egui::ThemePreference::System,
            settings::Theme::Light => egui::ThemePreference::Light,
            settings::Theme::Dark => egui::ThemePreference::Dark,
        });
        ctx.set_zoom_factor(f32::from(settings.text_percent) / 100.0);
        let seconds = if settings.reduce_motion { 0.0 } else { theme::MOTION_SECONDS };
        ctx.all_styles_mut(|style| style.animation_time = seconds);
    }

    fn show_failed(&mut self, ui: &mut Ui) {
        let State::Failed { error, backup } = &self.state else { return };
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        let drawn = egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(tokens.paper))
            .show(ui, |ui| failed::show(ui, tokens, error, *backup))
            .inner;
        let free = ui.memory(|memory| memory.focused().is_none());
        let by_key = ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                Some(Remedy::Quit)
            } else if free && input.consume_key(Modifiers::NONE, Key::Space) {
                Some(Remedy::TryAgain)
            } else {
                None
            }
        });
        match drawn.or(by_key) {
            Some(Remedy::TryAgain) => {
                self.state = State::of(opening::open(&self.dirs, &self.clock), &self.dirs);
                self.move_in(ui.ctx());
            }
            Some(Remedy::RestoreBackup) => {
                self.restore();
                self.move_in(ui.ctx());
            }
            // The path stands in the message above; a desktop without a file manager has no better answer.
            Some(Remedy::OpenFolder) => drop(open::that_detached(&self.dirs.data)),
            Some(Remedy::Quit) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None => return,
        }
        ui.ctx().request_repaint();
    }

    fn restore(&mut self) {
        let now = self.clock.now(0);
        self.state = match Store::restore_newest_backup(&self.dirs.data, now.ms()) {
            Ok(_) => State::of(opening::open(&self.dirs, &self.clock), &self.dirs),
            Err(error) => State::Failed { error, backup: false },
        };
    }

    /// What the keyboard asks for; the list of keys, or an enlarged picture, has the keyboard to itself.
    fn read_keys(&mut self, ctx: &Context, now: &Moment) -> Vec<Command> {
        let State::Ready(app) = &self.state else { return Vec::new() };
        if self.zoom.is_some() {
            keys::ignore_held_keys(ctx);
            return Vec::new();
        }
        if self.overlay.is_some() {
            return Vec::new();
        }
        let pressed = keys::read(ctx, app, now.day(), self.had_text_focus);
        if pressed.toggle_overlay {
            self.overlay = Some(Overlay::default());
        }
        if let Some((gap, asked)) = pressed.focus_gap.zip(app.asked()) {
            ctx.memory_mut(|memory| memory.request_focus(study::answer_id(asked, gap)));
        }
        pressed.commands
    }

    /// Draws, and returns what is wanted.
    fn show_ready(&mut self, ui: &mut Ui, now: &Moment) -> Vec<Command> {
        let State::Ready(app) = &self.state else { return Vec::new() };
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();

        if let Some(zoom) = self.zoom.as_mut()
            && !zoom.show(ui, tokens)
        {
            self.focus_wanted = zoom.from().map(|from| (from, focus::FOCUS_TRIES));
            self.zoom = None;
            // What lies below takes clicks and the focus from the frame after this one on.
            ctx.request_repaint();
        }
        if let Some(overlay) = &mut self.overlay {
            match overlay.show(ui, tokens, app) {
                overlay::Outcome::Open => {}
                overlay::Outcome::Closed => {
                    self.overlay = None;
                    self.focus_set_for = None;
                }
                overlay::Outcome::Do(command) => {
                    self.overlay = None;
                    self.focus_set_for = None;
                    commands.push(command);
                }
            }
        }

        let drawn = match (app.study(), app.tests().running()) {
            (Some(session), _) => study::show(ui, tokens, app, session, now),
            (None, Some(running)) => screens::test::run(ui, tokens, app, running),
            (None, None) => {
                let asks = app.open_moves().next().is_some();
                let chosen = navigation::show(ui, tokens, app.screen(), asks);
                let ground = egui::Frame::new().fill(tokens.paper);
                let inner = egui::CentralPanel::default().frame(ground).show(ui, |ui| match app.screen() {
                    _ if let Some(page) = app.about() => screens::about::show(ui, tokens, app, page),
                    Screen::Today => today::show(ui, tokens, app, now),
                    Screen::Decks => screens::decks::show(ui, tokens, app, now),
                    Screen::Test => screens::test::show(ui, tokens, app, now),
                    Screen::Scores => match app.goals().page() {
                        Some(page) => screens::goal::show(ui, tokens, app, page, now),
                        None => scores::show(ui, tokens, app, now.day()),
                    },
                    Screen::Settings => screens::settings::show(ui, tokens, app),
                });
                chosen.or(inner.inner)
            }
        };
        commands.extend(drawn);
        if let Some(notice) = app.notice()
            && widgets::notice::show(&ctx, tokens, notice, notice_height(app))
        {
            commands.push(Command::DismissNotice);
        }
        if ctx.data_mut(|data| data.remove_temp::<bool>(overlay::request_id())).unwrap_or(false) {
            self.overlay = Some(Overlay::default());
        }
        self.zoom = Zoom::asked(&ctx).or(self.zoom.take());
        commands
    }

    /// Closing the window does not throw a half-written question away, nor the last word of a test.
    fn keep_what_is_written(&mut self, ctx: &Context, now: &Moment) {
        let State::Ready(app) = &mut self.state else { return };
        if app.tests().is_running() && ctx.input(|input| input.viewport().close_requested()) {
            let is_left = app.leave_test(now);
            // Who was told that the last answer cannot be saved, and closes once more, means it.
            let was_told = std::mem::replace(&mut self.told_before_closing, !is_left);
            if !is_left && !was_told {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                let problem = app.notice().map_or("", |notice| notice.text.as_str());
                app.report(format!("{problem} Close the window once more to leave without it."));
                ctx.request_repaint();
                return;
            }
        }
        let is_changed = app.decks().editor().is_some_and(crate::app::decks::editor::Editor::is_changed);
        if is_changed && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            app.apply(Command::Go(Screen::Decks), now);
            app.apply(Command::Deck(DeckCommand::SetDialog(Dialog::Unsaved)), now);
            ctx.request_repaint();
        }
    }

    fn remember_geometry(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        ctx.input(|input| {
            let viewport = input.viewport();
            self.geometry.maximized = viewport.maximized.unwrap_or(false);
            if let Some(rect) = viewport.inner_rect.filter(|_| !self.geometry.maximized) {
                // The builder takes points of the system, the rectangle comes in points of our zoom.
                self.geometry.width = rect.width() * zoom;
                self.geometry.height = rect.height() * zoom;
            }
        });
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.take_opened(&ctx);
        self.apply_look(&ctx);
        let rollover = self.app().map_or(0, |app| app.settings().rollover_hour);
        let now = self.clock.now(rollover);
        if let State::Ready(app) = &mut self.state {
            app.tick(&now);
            if self.upkeep_day != now.day() {
                self.upkeep_day = now.day();
                let wake = ctx.clone();
                app.begin_upkeep(&now, move || wake.request_repaint());
            }
            self.keep_what_is_written(&ctx, &now);
            // Keys act before anything is drawn, so that what they did shows in this very frame.
            let mut commands = self.read_keys(&ctx, &now);
            commands.extend(self.take_files(&ctx));
            self.carry_out(&ctx, commands, &now);
            self.place_focus(&ctx);
            let commands = self.show_ready(ui, &now);
            if !commands.is_empty() {
                self.carry_out(&ctx, commands, &now);
                ctx.request_repaint();
            }
        } else if let State::Opening(_) = self.state {
            self.show_opening(ui);
        } else {
            self.show_failed(ui);
        }
        self.insist_on_focus(&ctx);
        self.had_text_focus = ctx.text_edit_focused();
        self.remember_geometry(&ctx);
        if let State::Ready(app) = &self.state {
            wake_later(&ctx, app, &now);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        tracing::info!("window closed");
        if let State::Ready(app) = &self.state {
            self.geometry.screen = app.screen();
            self.geometry.scores = app.scores().view().clone();
            // Only comfort: a folder that cannot be written was told about where it matters.
            let _ = self.geometry.save(&self.dirs.config);
        }
    }
}

impl State {
    fn of(opened: Result<App, StoreError>, dirs: &Dirs) -> Self {
        match opened {
            Ok(app) => State::Ready(app),
            Err(error) => {
                let backup =
                    matches!(error, StoreError::Damaged { .. }) && Store::newest_backup(&dirs.data).is_some();
                State::Failed { error, backup }
            }
        }
    }
}

/// Where a notice stands: above the bar at the lower edge, where there is one.
fn notice_height(app: &App) -> f32 {
    let has_bar = app.study().is_none() && app.screen() == Screen::Decks && screens::decks::has_bar(app);
    if has_bar || app.tests().is_running() { 72.0 } else { 16.0 }
}

/// One wake-up for the next thing that happens by itself; until then the window does nothing at all.
fn wake_later(ctx: &Context, app: &App, now: &Moment) {
    let mut wait = (app.next_tick_ms(now) - now.ms()).max(0);
    if app.study().is_some_and(|study| study.waits_until().is_some()) {
        // The minutes on the page count down.
        wait = wait.min(60_000);
    }
    ctx.request_repaint_after(Duration::from_millis(wait.unsigned_abs() + 20));
}
