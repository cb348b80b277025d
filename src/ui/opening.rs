//! The progress and the decks are opened beside the window, which takes as long to come up.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, Ui};

use super::theme::{Tokens, Type};
use super::widgets::column;
use crate::app::clock::Clock;
use crate::app::{App, Dirs, Settings};
use crate::store::StoreError;

/// An empty page says enough for this long.
const PATIENCE: Duration = Duration::from_millis(600);

/// Opening, under way.
pub(super) struct Opening {
    opened: Receiver<Result<App, StoreError>>,
    /// The window to be woken, once there is one.
    window: Arc<OnceLock<Context>>,
    thread: Option<JoinHandle<()>>,
    begun: Instant,
}

impl Opening {
    /// Begins on a thread of its own.
    #[expect(clippy::disallowed_methods, reason = "how long the window has waited, not what time it is")]
    pub(super) fn begin(dirs: Dirs, clock: Clock) -> Self {
        let (sender, opened) = channel();
        let window = Arc::new(OnceLock::<Context>::new());
        let waiting = window.clone();
        let thread = std::thread::spawn(move || {
            // Without a window nobody waits any more.
            let _ = sender.send(open(&dirs, &clock));
            if let Some(ctx) = waiting.get() {
                ctx.request_repaint();
            }
        });
        Self { opened, window, thread: Some(thread), begun: Instant::now() }
    }

    /// The window that waits for the end: it looks once more after this.
    pub(super) fn wake(&self, ctx: &Context) {
        self.window.get_or_init(|| ctx.clone());
    }

    /// What was opened, once; `None` while it is under way.
    pub(super) fn poll(&self, dirs: &Dirs, clock: &Clock) -> Option<Result<App, StoreError>> {
        match self.opened.try_recv() {
            Ok(opened) => Some(opened),
            Err(TryRecvError::Empty) => None,
            // The thread came to grief, and has said so: what it met is met here, where it is seen.
            Err(TryRecvError::Disconnected) => Some(open(dirs, clock)),
        }
    }

    /// An empty page; when it takes long, a word.
    pub(super) fn show(&self, ui: &mut Ui, tokens: &Tokens) {
        let ground = egui::Frame::new().fill(tokens.paper);
        egui::CentralPanel::default().frame(ground).show(ui, |ui| {
            let rest = PATIENCE.saturating_sub(self.begun.elapsed());
            if rest.is_zero() {
                let top = column::top_space(ui, 120.0);
                column::centred(ui, "opening", super::theme::COLUMN, top, |ui| {
                    ui.label(Type::Body.text("Opening your progress and your decks…", tokens.muted));
                });
            } else {
                ui.ctx().request_repaint_after(rest);
            }
        });
    }
}

impl Drop for Opening {
    /// Where no window can be opened the terminal takes over: it must not find the progress in use by us.
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Opens progress, settings and decks.
pub(super) fn open(dirs: &Dirs, clock: &Clock) -> Result<App, StoreError> {
    let (settings, _) = Settings::load(&dirs.config);
    App::open(dirs.clone(), &clock.now(settings.rollover_hour))
}
