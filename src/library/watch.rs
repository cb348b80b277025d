//! Watching the deck folders. Decks that were saved in an editor are loaded again in the background.

use std::cell::Cell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::folders::is_deck_file;
use super::{DeckFolders, Library};
use crate::background::{BackgroundContext, BackgroundState, BackgroundTask, RepaintSignal, Unfinished};

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
    watch_set: Arc<Mutex<WatchSet>>,
    wake: RepaintSignal,
    /// Reports each burst of file system events. `None` after it failed.
    changes: Option<BackgroundTask<()>>,
    /// Reports that a missing folder has appeared.
    missing: Option<BackgroundTask<()>>,
    loading: Option<BackgroundTask<Library>>,
    /// Whether to load again without waiting for an event.
    is_stale: Cell<bool>,
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
    /// exist. `wake` is called when [`LibraryWatcher::poll`] has something to do.
    ///
    /// # Errors
    /// When the own folder cannot be created or watched.
    pub fn start(
        folders: DeckFolders,
        library: &Library,
        wake: RepaintSignal,
    ) -> Result<Self, notify::Error> {
        std::fs::create_dir_all(&folders.own)?;
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
        let changes = BackgroundTask::spawn("watch", wake.clone(), move |task| {
            report_when_quiet(&events, task);
            None
        });
        let mut watch_set = WatchSet { watcher, watched };
        watch_set.watcher.watch(&folders.own, RecursiveMode::NonRecursive)?;
        lock(&watch_set.watched).insert(folders.own.clone());
        watch_set.watch_only(&library.scanned_folders, &folders.own);
        let mut watcher = Self {
            folders,
            watch_set: Arc::new(Mutex::new(watch_set)),
            wake,
            changes: Some(changes),
            missing: None,
            loading: None,
            is_stale: Cell::new(false),
        };
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
        self.is_stale.set(true);
        self.wake.request_repaint();
    }

    /// Returns the library after a change, once it is loaded. `now` is the library in use. The new one may
    /// [look the same](Library::looks_the_same_as). Use it all the same, because its file metadata is newer.
    ///
    /// # Errors
    /// When loading ended early. The next change starts it again.
    pub fn poll(&mut self, now: &Library) -> Result<Option<Library>, Unfinished> {
        let has_appeared = self.missing.as_ref().is_some_and(|missing| !missing.poll().0.is_empty());
        let (changes, state) =
            self.changes.as_ref().map_or((Vec::new(), BackgroundState::Done), BackgroundTask::poll);
        if self.is_stale.take() || has_appeared || !changes.is_empty() {
            self.load(now);
        }
        if state == BackgroundState::Failed {
            self.changes = None;
            return Err(Unfinished);
        }
        let Some(result) = self.loading.as_ref().and_then(BackgroundTask::poll_result) else {
            return Ok(None);
        };
        self.loading = None;
        let library = result?;
        if library.replace_count != now.replace_count {
            // A deck was edited in the program meanwhile, and this library does not contain the edit.
            self.load(now);
            return Ok(None);
        }
        self.poll_missing(&library.missing_folders);
        Ok(Some(library))
    }

    fn load(&mut self, now: &Library) {
        let (folders, decks, replace_count) = (self.folders.clone(), now.decks.clone(), now.replace_count);
        let watch_set = self.watch_set.clone();
        self.loading = Some(BackgroundTask::spawn("decks", self.wake.clone(), move |_| {
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
            Some(library)
        }));
    }

    /// Polls missing folders in the background until one of them appears.
    fn poll_missing(&mut self, missing: &[PathBuf]) {
        if missing.is_empty() {
            self.missing = None;
            return;
        }
        let missing = missing.to_vec();
        self.missing = Some(BackgroundTask::spawn("folders", self.wake.clone(), move |task| {
            loop {
                std::thread::sleep(POLL_INTERVAL);
                if task.is_cancelled() {
                    return None;
                }
                if missing.iter().any(|folder| folder.is_dir()) {
                    return Some(());
                }
            }
        }));
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

/// Reports each burst of events once. Returns when the watcher is dropped.
#[expect(clippy::disallowed_methods, reason = "how long it waits, not what time it is")]
fn report_when_quiet(events: &Receiver<()>, task: &BackgroundContext<()>) {
    while events.recv().is_ok() {
        let started = Instant::now();
        while events.recv_timeout(DEBOUNCE).is_ok() && started.elapsed() < MAX_DEBOUNCE {}
        task.report(());
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
