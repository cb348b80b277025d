//! The window. It draws the state, passes every command to [`App::apply`], calls [`App::tick`] when time has passed, and
//! carries out the effects that need a window.

pub mod command_palette;
mod effects;
pub mod file_dialog;
mod files;
mod focus;
pub mod icons;
pub mod image_viewer;
pub mod images;
mod interruption;
mod keyboard;
pub mod keys;
mod kind;
mod launch;
mod opening;
pub mod screens;
mod text_editor;
pub mod theme;
pub mod widgets;
pub mod window_state;

use std::time::Duration;

pub use launch::open_window;

use eframe::egui::{self, Context, Key, Modifiers, Ui, ViewportCommand};

use crate::app::clock::Clock;
use crate::app::decks::{DeckCommand, Dialog, PathPurpose};
use crate::app::settings;
use crate::app::{App, Command, Dirs, Screen, Settings, crash_report};
use crate::background::RepaintSignal;
use crate::domain::day::{Moment, StudyDay};
use crate::store::{Store, StoredBackup};
use crate::text;
use command_palette::CommandPalette;
use file_dialog::FileDialog;
use image_viewer::ImageViewer;
use interruption::{FrameStage, Interruption};
use opening::Opening;
use screens::failed::{OpenError, Remedy};
use screens::{failed, navigation, study};
use theme::Tokens;
use window_state::WindowState;

/// The application id, by which the desktop matches the window with its launcher and icon.
const APP_ID: &str = "linchpin";
/// The window's icon: pixels row by row, four bytes (red, green, blue, alpha) each.
const ICON: &[u8] = include_bytes!("../../assets/icons/linchpin-64.rgba");
const ICON_SIZE: u32 = 64;

/// The program's window.
pub struct Window {
    state: AppState,
    dirs: Dirs,
    clock: Clock,
    light: Tokens,
    dark: Tokens,
    /// Theme, text size in percent and reduced motion as last applied to egui. Applying them again in every frame would
    /// repaint for ever.
    applied_appearance: Option<(settings::Theme, u16, bool)>,
    palette: Option<CommandPalette>,
    image_viewer: Option<ImageViewer>,
    /// The open dialog of the system, and what the chosen path is for.
    file_dialog: Option<(FileDialog, PathPurpose)>,
    had_text_focus: bool,
    /// The study day on which the daily backup was last started.
    daily_backup_day: StudyDay,
    /// A field that has not taken the focus yet, and for how many more frames it is requested. A field that is not
    /// drawn yet, or that is below a dialog which is closing, does not take it at once.
    pending_focus: Option<(egui::Id, u8)>,
    /// What the focus was last set for: a name and the number of its stage.
    focus_set_for: Option<(String, u8)>,
    /// The screen of the last frame.
    focus_screen: Option<Screen>,
    /// Whether the user was told that closing loses the last answer of a test.
    warned_before_closing: bool,
    geometry: WindowState,
    /// The appearance until the program is open with its own settings.
    initial_settings: Settings,
    interruption: Interruption,
}

/// What the window shows.
#[expect(clippy::large_enum_variant, reason = "there is one of these in the program")]
enum AppState {
    /// The data is being opened on a background thread.
    Opening(Opening),
    /// The data is open.
    Ready(App),
    /// The progress cannot be opened. `backups`: where it may be damaged, those that can replace it, the newest first.
    Failed { error: OpenError, backups: Vec<StoredBackup> },
}

/// Runs the window until it is closed. The error is that of the toolkit; [`open_window`] puts it into words.
fn run(dirs: Dirs, clock: Clock) -> eframe::Result {
    let geometry = WindowState::load(&dirs.config);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(text::general::PROGRAM)
        .with_app_id(APP_ID)
        .with_inner_size([geometry.width, geometry.height])
        .with_min_inner_size([640.0, 480.0])
        .with_icon(egui::IconData { rgba: ICON.to_vec(), width: ICON_SIZE, height: ICON_SIZE });
    if geometry.maximized {
        viewport = viewport.with_maximized(true);
    }
    let options = eframe::NativeOptions {
        viewport,
        // Builds of the tests have wgpu too, so the renderer is named.
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let opening = Opening::begin(dirs.clone(), clock.clone());
    eframe::run_native(
        APP_ID,
        options,
        Box::new(|context| {
            opening.repaint_when_done(&context.egui_ctx);
            Ok(Box::new(Window::with_state(&context.egui_ctx, dirs, clock, AppState::Opening(opening))))
        }),
    )
}

impl Window {
    /// A window that opens its data before it returns. Installs fonts and themes in `ctx`.
    pub fn new(ctx: &Context, dirs: Dirs, clock: Clock) -> Self {
        let state = AppState::from_opened(opening::open_now(&dirs, &clock), &dirs);
        let mut window = Self::with_state(ctx, dirs, clock, state);
        window.on_opened(ctx);
        window
    }

    /// A window that opens its data on a background thread, and shows an empty page until that is done.
    pub fn opening(ctx: &Context, dirs: Dirs, clock: Clock) -> Self {
        let opening = Opening::begin(dirs.clone(), clock.clone());
        opening.repaint_when_done(ctx);
        Self::with_state(ctx, dirs, clock, AppState::Opening(opening))
    }

    fn with_state(ctx: &Context, dirs: Dirs, clock: Clock, state: AppState) -> Self {
        theme::install(ctx);
        ctx.add_plugin(keyboard::KeyboardPlugin::default());
        let geometry = WindowState::load(&dirs.config);
        let (first_look, _) = Settings::load(&dirs.config);
        let interruption = Interruption::at_start(&dirs);
        Self {
            state,
            dirs,
            clock,
            light: Tokens::light(),
            dark: Tokens::dark(),
            applied_appearance: None,
            palette: None,
            image_viewer: None,
            file_dialog: None,
            had_text_focus: false,
            daily_backup_day: StudyDay::default(),
            pending_focus: None,
            focus_set_for: None,
            focus_screen: None,
            warned_before_closing: false,
            geometry,
            initial_settings: first_look,
            interruption,
        }
    }

    /// Restores the view of the last start and starts the background work, once the data is open.
    fn on_opened(&mut self, ctx: &Context) {
        let AppState::Ready(app) = &mut self.state else { return };
        app.restore_view(self.geometry.screen, self.geometry.scores.clone());
        let now = self.clock.now(app.settings().rollover_hour);
        app.set_repaint_signal(repaint_signal(ctx));
        app.start_daily_backup(&now);
        self.daily_backup_day = now.day();
        app.watch_decks();
    }

    /// Takes over the opened program when the background thread is done.
    fn poll_opening(&mut self, ctx: &Context) {
        let AppState::Opening(opening) = &self.state else { return };
        let Some(opened) = opening.poll() else { return };
        self.state = AppState::from_opened(opened, &self.dirs);
        self.on_opened(ctx);
        if let AppState::Ready(app) = &self.state {
            // A deck may have been saved since it was read.
            app.check_for_changed_decks();
        }
    }

    fn show_opening(&mut self, ui: &mut Ui) {
        let AppState::Opening(opening) = &self.state else { return };
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        if let Some(Command::Go(screen)) = navigation::show(ui, tokens, self.geometry.screen, false) {
            self.geometry.screen = screen;
        }
        opening.show(ui, tokens);
    }

    /// The opened program; `None` while it is being opened, or when that failed.
    pub fn app(&self) -> Option<&App> {
        match &self.state {
            AppState::Ready(app) => Some(app),
            AppState::Opening(_) | AppState::Failed { .. } => None,
        }
    }

    fn apply_appearance(&mut self, ctx: &Context) {
        let settings = match &self.state {
            AppState::Ready(app) => app.settings(),
            AppState::Opening(_) | AppState::Failed { .. } => &self.initial_settings,
        };
        let appearance = (settings.theme, settings.text_percent, settings.reduce_motion);
        if self.applied_appearance == Some(appearance) {
            return;
        }
        self.applied_appearance = Some(appearance);
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
        let AppState::Failed { error, backups } = &self.state else { return };
        let stamp = self.clock.now(0).stamp;
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        let drawn = egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(tokens.paper))
            .show(ui, |ui| failed::show(ui, tokens, error, backups, stamp))
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
                self.state = AppState::from_opened(opening::open_now(&self.dirs, &self.clock), &self.dirs);
                self.on_opened(ui.ctx());
            }
            Some(Remedy::RestoreBackup(nth)) => {
                self.restore_backup(nth);
                self.on_opened(ui.ctx());
            }
            Some(Remedy::UsePresentFile) => {
                self.state = match Store::set_foreign_log_aside(&self.dirs.data) {
                    Ok(()) => AppState::from_opened(opening::open_now(&self.dirs, &self.clock), &self.dirs),
                    Err(error) => AppState::Failed { error: error.into(), backups: Vec::new() },
                };
                self.on_opened(ui.ctx());
            }
            // An error is ignored: the message on the page names the path already.
            Some(Remedy::OpenFolder) => drop(open::that_detached(&self.dirs.data)),
            Some(Remedy::Quit) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None => return,
        }
        ui.ctx().request_repaint();
    }

    /// Shows that nothing more can be saved, in place of a page that would promise it. A question that is being edited
    /// comes first: it is saved into a deck.
    fn leave_if_nothing_can_be_saved(&mut self, ctx: &Context) {
        let AppState::Ready(app) = &self.state else { return };
        let is_editing = app.decks().editor().is_some_and(crate::app::decks::editor::Editor::is_changed);
        if let Some(error) = app.core().saving_stopped().filter(|_| !is_editing) {
            self.state = AppState::Failed { error: error.into(), backups: Vec::new() };
            ctx.request_repaint();
        }
    }

    fn restore_backup(&mut self, nth: usize) {
        let AppState::Failed { backups, .. } = &self.state else { return };
        let backup = backups.get(nth).map(|backup| backup.path.as_path());
        self.state = match Store::restore(&self.dirs.data, backup, self.clock.now(0).ms()) {
            Ok(_) => AppState::from_opened(opening::open_now(&self.dirs, &self.clock), &self.dirs),
            Err(error) => AppState::Failed { error: error.into(), backups: Vec::new() },
        };
    }

    /// The commands of the keys pressed. The command palette and an enlarged image have the keyboard to themselves.
    fn read_keys(&mut self, ctx: &Context) -> Vec<Command> {
        let AppState::Ready(app) = &self.state else { return Vec::new() };
        if self.image_viewer.is_some() {
            keys::drop_key_repeats(ctx);
            return Vec::new();
        }
        if self.palette.is_some() {
            return Vec::new();
        }
        let actions = keys::read(ctx, app, self.had_text_focus);
        if actions.toggle_palette {
            self.palette = Some(CommandPalette::default());
        }
        if let Some((gap, card)) = actions.focus_gap.zip(app.active_card()) {
            ctx.memory_mut(|memory| memory.request_focus(kind::answer_id(card, gap)));
        }
        actions.commands
    }

    /// Draws the screen and returns the commands of what was clicked.
    fn show_ready(&mut self, ui: &mut Ui, now: &Moment) -> Vec<Command> {
        let AppState::Ready(app) = &self.state else { return Vec::new() };
        let tokens = if ui.visuals().dark_mode { &self.dark } else { &self.light };
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();

        if let Some(viewer) = self.image_viewer.as_mut()
            && !viewer.show(ui, tokens)
        {
            self.pending_focus = viewer.previous_focus().map(|previous| (previous, focus::FOCUS_TRIES));
            self.image_viewer = None;
            // The widgets below react again from the next frame on.
            ctx.request_repaint();
        }
        if let Some(palette) = &mut self.palette {
            match palette.show(ui, tokens, app) {
                command_palette::PaletteOutcome::Open => {}
                command_palette::PaletteOutcome::Closed => {
                    self.palette = None;
                    self.focus_set_for = None;
                }
                command_palette::PaletteOutcome::Run(command) => {
                    self.palette = None;
                    self.focus_set_for = None;
                    commands.push(command);
                }
            }
        }

        let drawn = match (app.active_session(), app.tests().active()) {
            (Some(session), _) => study::show(ui, tokens, app, session, now),
            (None, Some(active)) => screens::attempt::show_active(ui, tokens, app, active),
            (None, None) => {
                let has_open_moves = app.open_moves().next().is_some();
                let chosen = navigation::show(ui, tokens, app.screen(), has_open_moves);
                let decided = screens::future_answers::show(ui, tokens, app, now);
                let ground = egui::Frame::new().fill(tokens.paper);
                let inner = egui::CentralPanel::default().frame(ground).show(ui, |ui| match app.about() {
                    Some(page) => screens::about::show(ui, tokens, app, page),
                    None => (screens::view(app.screen()).show)(ui, tokens, app, now),
                });
                chosen.or(decided).or(inner.inner)
            }
        };
        commands.extend(drawn);
        if let Some(notice) = app.notice()
            && widgets::notice::show(&ctx, tokens, notice, notice_offset(app))
        {
            commands.push(Command::DismissNotice);
        }
        if ctx.data_mut(|data| data.remove_temp::<bool>(command_palette::request_id())).unwrap_or(false) {
            self.palette = Some(CommandPalette::default());
        }
        self.image_viewer = ImageViewer::take_request(&ctx).or(self.image_viewer.take());
        commands
    }

    /// Keeps the window open when closing it would lose a half-written question or the last answer of a test.
    fn guard_unsaved_work(&mut self, ctx: &Context, now: &Moment) {
        let AppState::Ready(app) = &mut self.state else { return };
        if app.tests().is_active() && ctx.input(|input| input.viewport().close_requested()) {
            let is_paused = app.pause_test(now);
            // Closing once more after the warning is deliberate.
            let was_warned = std::mem::replace(&mut self.warned_before_closing, !is_paused);
            if !is_paused && !was_warned {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                let problem = app.notice().map_or("", |notice| notice.text.as_str());
                app.report_error(text::general::close_again(problem));
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
                // The rectangle is in points of our zoom factor, but the window builder takes points of the system.
                self.geometry.width = rect.width() * zoom;
                self.geometry.height = rect.height() * zoom;
            }
        });
    }

    /// Takes what happened since the last frame, and draws.
    fn show_frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.poll_opening(&ctx);
        self.apply_appearance(&ctx);
        let rollover = self.app().map_or(0, |app| app.settings().rollover_hour);
        let now = self.clock.now(rollover);
        self.interruption.enter(FrameStage::Changing);
        if let AppState::Ready(app) = &mut self.state {
            app.tick(&now);
            if self.daily_backup_day != now.day() {
                self.daily_backup_day = now.day();
                app.start_daily_backup(&now);
            }
            self.guard_unsaved_work(&ctx, &now);
            // Keys act before anything is drawn, so that their effect shows in the same frame.
            let mut commands = self.read_keys(&ctx);
            commands.extend(self.poll_files(&ctx));
            self.run_commands(&ctx, commands, &now);
            self.place_focus(&ctx);
            self.interruption.enter(FrameStage::Drawing);
            let commands = self.show_ready(ui, &now);
            self.interruption.enter(FrameStage::Changing);
            if !commands.is_empty() {
                self.run_commands(&ctx, commands, &now);
                ctx.request_repaint();
            }
        } else if let AppState::Opening(_) = self.state {
            self.show_opening(ui);
        } else {
            self.show_failed(ui);
        }
        self.leave_if_nothing_can_be_saved(&ctx);
        self.retry_focus(&ctx);
        self.had_text_focus = ctx.text_edit_focused();
        self.remember_geometry(&ctx);
        if let AppState::Ready(app) = &self.state {
            schedule_repaint(&ctx, app, &now);
        }
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show_frame_or_interruption(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        tracing::info!("window closed");
        crash_report::ended_in_order();
        // After a panic the state may be half changed.
        if let (AppState::Ready(app), None) = (&mut self.state, &self.interruption.page) {
            self.geometry.screen = app.screen();
            self.geometry.scores = app.scores().view().clone();
            // An error is ignored: size and position are no great loss, and an unwritable folder was reported
            // elsewhere.
            let _ = self.geometry.save(&self.dirs.config);
            app.end_with_process();
        }
    }
}

impl AppState {
    fn from_opened(opened: Result<App, OpenError>, dirs: &Dirs) -> Self {
        match opened {
            Ok(app) => AppState::Ready(app),
            Err(error) => {
                let backups = match error.may_need_backup() {
                    true => Store::sound_backups(&dirs.data).take(failed::MOST_BACKUPS).collect(),
                    false => Vec::new(),
                };
                AppState::Failed { error, backups }
            }
        }
    }
}

/// Makes background work repaint this window.
fn repaint_signal(ctx: &Context) -> RepaintSignal {
    let ctx = ctx.clone();
    RepaintSignal::new(move || ctx.request_repaint())
}

/// Distance of the notice from the lower edge, in points: above the bar at that edge, where there is one.
fn notice_offset(app: &App) -> f32 {
    let has_bar =
        app.active_session().is_none() && app.screen() == Screen::Decks && screens::decks::has_bar(app);
    if has_bar || app.tests().is_active() { 72.0 } else { 16.0 }
}

/// Schedules one repaint for the next thing that happens without input. Until then the window is idle.
fn schedule_repaint(ctx: &Context, app: &App, now: &Moment) {
    let mut wait = (app.next_tick_ms(now) - now.ms()).max(0);
    if app.active_session().is_some_and(|study| study.waiting_until_ms().is_some()) {
        // The page counts down minutes.
        wait = wait.min(60_000);
    }
    ctx.request_repaint_after(Duration::from_millis(wait.unsigned_abs() + 20));
}
