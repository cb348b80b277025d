//! Opens the progress and the decks on a background thread while the window starts, because both take about as long.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, Ui};

use super::screens::failed::OpenError;
use super::theme::{TextSize, Tokens};
use super::widgets::column;
use crate::app::clock::Clock;
use crate::app::{App, Dirs, Settings};
use crate::background::{BackgroundTask, RepaintSignal, Unfinished};
use crate::store::StoreError;
use crate::text;

/// How long the page stays empty before it says what it waits for. Most starts are faster, and a text that
/// flashes up would only disturb.
const MESSAGE_DELAY: Duration = Duration::from_millis(600);

/// An [`App`] that is being opened on a background thread.
pub(super) struct Opening {
    task: BackgroundTask<Result<App, StoreError>>,
    /// The window to repaint when the thread is done. It is set once the window exists.
    ctx: Arc<OnceLock<Context>>,
    started: Instant,
}

impl Opening {
    /// Starts the thread.
    #[expect(clippy::disallowed_methods, reason = "how long the window has waited, not what time it is")]
    pub(super) fn begin(dirs: Dirs, clock: Clock) -> Self {
        let ctx = Arc::new(OnceLock::<Context>::new());
        let window = ctx.clone();
        let wake = RepaintSignal::new(move || {
            if let Some(ctx) = window.get() {
                ctx.request_repaint();
            }
        });
        let task = BackgroundTask::spawn("opening", wake, move |_| Some(open(dirs, &clock)));
        // When no window can be opened the program continues in the terminal, which must not find the progress locked
        // by this thread.
        Self { task: task.join_on_drop(), ctx, started: Instant::now() }
    }

    /// Makes the thread repaint this window when it is done. Without it the window would not see the result before the
    /// next input.
    pub(super) fn repaint_when_done(&self, ctx: &Context) {
        self.ctx.get_or_init(|| ctx.clone());
    }

    /// The opened program, given out once; `None` while the thread still runs.
    pub(super) fn poll(&self) -> Option<Result<App, OpenError>> {
        Some(flatten(self.task.poll_result()?))
    }

    /// Draws an empty page, and a message after [`MESSAGE_DELAY`].
    pub(super) fn show(&self, ui: &mut Ui, tokens: &Tokens) {
        let ground = egui::Frame::new().fill(tokens.paper);
        egui::CentralPanel::default().frame(ground).show(ui, |ui| {
            let rest = MESSAGE_DELAY.saturating_sub(self.started.elapsed());
            if rest.is_zero() {
                let top = column::top_space(ui, 120.0);
                column::centred(ui, "opening", super::theme::COLUMN_WIDTH, top, |ui| {
                    ui.label(TextSize::Body.text(text::general::OPENING, tokens.muted));
                });
            } else {
                ui.ctx().request_repaint_after(rest);
            }
        });
    }
}

/// Opens settings, progress and decks on this thread.
///
/// # Errors
/// When the progress cannot be opened. Settings that cannot be read are replaced by the defaults.
pub(super) fn open_now(dirs: &Dirs, clock: &Clock) -> Result<App, OpenError> {
    let (dirs, clock) = (dirs.clone(), clock.clone());
    // As a task, because a panic must not end the window here either.
    let task = BackgroundTask::start("opening", RepaintSignal::default(), move |_| Some(open(dirs, &clock)));
    flatten(task.poll_result().unwrap_or(Err(Unfinished)))
}

fn open(dirs: Dirs, clock: &Clock) -> Result<App, StoreError> {
    let (settings, _) = Settings::load(&dirs.config);
    App::open(dirs, &clock.now(settings.rollover_hour))
}

fn flatten(opened: Result<Result<App, StoreError>, Unfinished>) -> Result<App, OpenError> {
    Ok(opened??)
}
