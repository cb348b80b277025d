//! Watching the deck folders. Decks that were saved in an editor are loaded again in the background.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::folders::is_deck_file;
use super::{DeckFolders, Library};

/// How long nothing must happen before decks are loaded again. Editors save in several steps.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// The longest time to wait. So a file that is written all the time, such as a log, does not delay the
/// others.
const MAX_DEBOUNCE: Duration = Duration::from_secs(2);
/// How often to check whether a missing folder has appeared. Systems do not report drives that are plugged
/// in.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How often to load again at most, if new folders appear during loading.
const MAX_RELOADS: usize = 4;

/// Watches the learner's deck folders for as long as it lives.
pub struct LibraryWatcher {
    folders: DeckFolders,
    changed: Receiver<()>,
    signal: ChangeSignal,
    loading: Option<Receiver<Library>>,
    watch_set: Arc<Mutex<WatchSet>>,
    /// Number of the newest polling thread. Threads with an older number stop.
    poll_generation: Arc<AtomicU64>,
}

/// Reports that something has changed.
#[derive(Clone)]
struct ChangeSignal {
    sender: Sender<()>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// The folders that the operating system watches for us.
struct WatchSet {
    watcher: RecommendedWatcher,
    watched: WatchedFolders,
}

/// Paths of the watched folders. Shared with the thread that receives file system events.
type WatchedFolders = Arc<Mutex<HashSet<PathBuf>>>;

impl LibraryWatcher {
    /// Starts watching every folder that was scanned for `library`. Creates the own folder if it does not
    /// exist. Calls `wake` when [`LibraryWatcher::poll`] has something to do.
    ///
    /// # Errors
    /// When the own folder cannot be created or watched.
    pub fn start(
        folders: DeckFolders,
        library: &Library,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, notify::Error> {
        std::fs::create_dir_all(&folders.own)?;
        let (sender, changed) = channel();
        let signal = ChangeSignal { sender, wake: Arc::new(wake) };
        let watched = WatchedFolders::default();
        let watched_by_events = watched.clone();
        let (event_sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error may mean that events were lost, so it counts as a change.
            if event.as_ref().map_or(true, |event| is_relevant(event, &watched_by_events)) {
                // Sending fails when the watcher is dropped. Then nobody waits for events.
                let _ = event_sender.send(());
            }
        })?;
        let debounced = signal.clone();
        std::thread::spawn(move || send_when_quiet(&events, &debounced));
        let mut watch_set = WatchSet { watcher, watched };
        watch_set.watcher.watch(&folders.own, RecursiveMode::NonRecursive)?;
        lock(&watch_set.watched).insert(folders.own.clone());
        watch_set.watch_only(&library.scanned_folders, &folders.own);
        let watch_set = Arc::new(Mutex::new(watch_set));
        let watcher =
            Self { folders, changed, signal, loading: None, watch_set, poll_generation: Arc::default() };
        watcher.poll_missing(&library.missing_folders);
        Ok(watcher)
    }

    /// Watches these folders from now on, and loads their decks.
    pub fn set_folders(&mut self, folders: DeckFolders) {
        self.folders = folders;
        self.rescan();
    }

    /// Loads again without waiting for an event.
    pub fn rescan(&self) {
        self.signal.send();
    }

    /// Returns the library after a change, once it is loaded. `now` is the library in use. The new one may
    /// [look the same](Library::looks_the_same_as). Use it all the same, because its file metadata is newer.
    pub fn poll(&mut self, now: &Library) -> Option<Library> {
        if self.changed.try_iter().count() > 0 {
            self.load(now);
        }
        let library = self.loading.as_ref()?.try_recv().ok()?;
        self.loading = None;
        if library.replace_count != now.replace_count {
            // A deck was edited in the program meanwhile, and this library does not contain the edit.
            self.load(now);
            return None;
        }
        self.poll_missing(&library.missing_folders);
        Some(library)
    }

    fn load(&mut self, now: &Library) {
        let (sender, loading) = channel();
        let (folders, decks, replace_count) = (self.folders.clone(), now.decks.clone(), now.replace_count);
        let (watch_set, wake) = (self.watch_set.clone(), self.signal.wake.clone());
        std::thread::spawn(move || {
            let mut library = Library::reload(&folders, &decks);
            for _ in 0..MAX_RELOADS {
                // A file may have been added to a new folder before we watched that folder. Loading once more
                // finds it.
                if !lock(&watch_set).watch_only(&library.scanned_folders, &folders.own) {
                    break;
                }
                library = Library::reload(&folders, &library.decks);
            }
            library.replace_count = replace_count;
            // Sending fails if the window was closed or another change has started a newer load.
            let _ = sender.send(library);
            wake();
        });
        self.loading = Some(loading);
    }

    /// Polls missing folders in the background until one of them appears or a newer polling thread starts.
    fn poll_missing(&self, missing: &[PathBuf]) {
        let generation = self.poll_generation.fetch_add(1, Ordering::Relaxed) + 1;
        if missing.is_empty() {
            return;
        }
        let (missing, newest, signal) =
            (missing.to_vec(), Arc::downgrade(&self.poll_generation), self.signal.clone());
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(POLL_INTERVAL);
                // Stop if the watcher was dropped or a newer thread has started.
                if newest.upgrade().is_none_or(|newest| newest.load(Ordering::Relaxed) != generation) {
                    return;
                }
                if missing.iter().any(|folder| folder.is_dir()) {
                    signal.send();
                    return;
                }
            }
        });
    }
}

impl ChangeSignal {
    fn send(&self) {
        if self.sender.send(()).is_ok() {
            (self.wake)();
        }
    }
}

impl WatchSet {
    /// Watches exactly these folders and the own one. Returns whether any of them is new.
    fn watch_only(&mut self, folders: &[PathBuf], own: &Path) -> bool {
        let mut watched = lock(&self.watched);
        let wanted: HashSet<&Path> = folders.iter().map(PathBuf::as_path).chain([own]).collect();
        let watcher = &mut self.watcher;
        watched.retain(|folder| {
            let is_wanted = wanted.contains(folder.as_path());
            if !is_wanted {
                // Fails if the folder was removed. That does not matter.
                let _ = watcher.unwatch(folder);
            }
            is_wanted
        });
        let mut is_any_new = false;
        for folder in wanted {
            // If a folder cannot be watched, its changes are noticed at the next start or with the next
            // change elsewhere.
            if !watched.contains(folder) && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok() {
                watched.insert(folder.to_owned());
                is_any_new = true;
            }
        }
        is_any_new
    }
}

/// Sends one signal for each burst of events. Returns when the watcher is dropped.
#[expect(clippy::disallowed_methods, reason = "how long it waits, not what time it is")]
fn send_when_quiet(events: &Receiver<()>, signal: &ChangeSignal) {
    while events.recv().is_ok() {
        let started = Instant::now();
        while events.recv_timeout(DEBOUNCE).is_ok() && started.elapsed() < MAX_DEBOUNCE {}
        signal.send();
    }
}

/// Whether a file system event may concern decks: a deck file, a watched folder or a new folder.
fn is_relevant(event: &Event, watched: &Mutex<HashSet<PathBuf>>) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        // Reading changes nothing. Loading decks reads them too, and that must not cause the next load.
        EventKind::Access(_) => return false,
        _ => {}
    }
    // Check all paths, even after the first match, because every removed folder must be noted.
    event.paths.iter().filter(|path| is_relevant_path(path, watched)).count() > 0
}

fn is_relevant_path(path: &Path, watched: &Mutex<HashSet<PathBuf>>) -> bool {
    // If a watched folder was removed or replaced by another one, the system no longer watches it.
    let was_watched = lock(watched).remove(path);
    was_watched || is_deck_file(path) || (path.is_dir() && !super::folders::is_hidden(path))
}

/// Locks a mutex. Ignores poisoning, because the data behind these mutexes is valid after every single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
