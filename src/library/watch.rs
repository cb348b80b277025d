//! Decks that are saved in an editor are loaded again, beside the learner's work.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};

use super::{Library, LoadedDeck};

/// Editors write in several steps: this long nothing must have happened.
const QUIET: Duration = Duration::from_millis(200);

/// Watches the folder of the learner's decks for as long as it lives.
pub struct Watch {
    data: PathBuf,
    changed: Receiver<()>,
    loading: Option<Receiver<Library>>,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// Stops watching when it is dropped.
    _debouncer: Debouncer<RecommendedWatcher>,
}

impl Watch {
    /// Begins to watch; makes the folder when there is none. `wake` is called when [`Watch::poll`] has something to do.
    ///
    /// # Errors
    /// When the folder cannot be made or the system does not let it be watched.
    pub fn begin(
        data: &Path,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, notify_debouncer_mini::notify::Error> {
        let folder = data.join("decks");
        std::fs::create_dir_all(&folder)?;
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let (sender, changed) = channel();
        let wake_on_change = wake.clone();
        let mut debouncer = new_debouncer(QUIET, move |events: DebounceEventResult| {
            let of_a_deck = |path: &Path| path.extension().is_some_and(|extension| extension == "ron");
            let matters = events.is_ok_and(|events| events.iter().any(|event| of_a_deck(&event.path)));
            if matters && sender.send(()).is_ok() {
                wake_on_change();
            }
        })?;
        debouncer.watcher().watch(&folder, RecursiveMode::NonRecursive)?;
        Ok(Self { data: data.to_owned(), changed, loading: None, wake, _debouncer: debouncer })
    }

    /// The library with what changed, once it is loaded; `before` are the decks in use.
    pub fn poll(&mut self, before: &[LoadedDeck]) -> Option<Library> {
        if self.changed.try_iter().count() > 0 {
            let (sender, loading) = channel();
            let (data, before, wake) = (self.data.clone(), before.to_vec(), self.wake.clone());
            std::thread::spawn(move || {
                // Nobody waits any more when the window was closed, or when the folder changed again meanwhile.
                let _ = sender.send(Library::load_again(&data, &before));
                wake();
            });
            self.loading = Some(loading);
        }
        let library = self.loading.as_ref()?.try_recv().ok()?;
        self.loading = None;
        Some(library)
    }
}
