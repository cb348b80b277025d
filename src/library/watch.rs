//! Decks that are saved in an editor are loaded again, beside the learner's work.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::folders::is_deck_file;
use super::{Folders, Library};

/// Editors write in several steps: this long nothing must have happened.
const QUIET: Duration = Duration::from_millis(200);
/// A file that is written without a pause, as by a log, holds the others up no longer than this.
const LONGEST_UNREST: Duration = Duration::from_secs(2);
/// How often a folder that is not there is looked for: systems tell nothing of drives that are plugged in.
const PATROL: Duration = Duration::from_secs(2);
/// Folders that appear while others are being loaded make it start over, this often at most.
const MOST_TURNS: usize = 4;

/// Watches the folders of the learner's decks for as long as it lives.
pub struct Watch {
    folders: Folders,
    changed: Receiver<()>,
    signal: Signal,
    loading: Option<Receiver<Library>>,
    eyes: Arc<Mutex<Eyes>>,
    /// The patrol whose number this is goes on; the others end.
    patrol: Arc<AtomicU64>,
}

/// Says that something changed.
#[derive(Clone)]
struct Signal {
    sender: Sender<()>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// What the system watches for us.
struct Eyes {
    watcher: RecommendedWatcher,
    watched: Watched,
}

/// Folders being watched; shared with the thread that is told of changes.
type Watched = Arc<Mutex<HashSet<PathBuf>>>;

impl Watch {
    /// Begins to watch, each folder that was looked into for `library`; makes the own one when there is none. `wake`
    /// is called when [`Watch::poll`] has something to do.
    ///
    /// # Errors
    /// When the own folder cannot be made or the system does not let it be watched.
    pub fn begin(
        folders: Folders,
        library: &Library,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, notify::Error> {
        std::fs::create_dir_all(&folders.own)?;
        let (sender, changed) = channel();
        let signal = Signal { sender, wake: Arc::new(wake) };
        let watched = Watched::default();
        let known = watched.clone();
        let (unrest, stirred) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Where there is an error, changes may have been missed.
            if event.as_ref().map_or(true, |event| matters(event, &known)) {
                // After the last signal nobody waits any more.
                let _ = unrest.send(());
            }
        })?;
        let told = signal.clone();
        std::thread::spawn(move || tell_when_quiet(&stirred, &told));
        let mut eyes = Eyes { watcher, watched };
        eyes.watcher.watch(&folders.own, RecursiveMode::NonRecursive)?;
        locked(&eyes.watched).insert(folders.own.clone());
        eyes.turn_to(&library.watched, &folders.own);
        let eyes = Arc::new(Mutex::new(eyes));
        let watch = Self { folders, changed, signal, loading: None, eyes, patrol: Arc::default() };
        watch.look_for(&library.gone);
        Ok(watch)
    }

    /// Watches these folders from now on, and looks what is in them.
    pub fn set_folders(&mut self, folders: Folders) {
        self.folders = folders;
        self.look_again();
    }

    /// Looks for changes without having been told of any.
    pub fn look_again(&self) {
        self.signal.give();
    }

    /// The library with what changed, once it is loaded; `now` is the one in use. It may turn out to be
    /// [the same](Library::shows_the_same_as), and is to be taken all the same, knowing the files better.
    pub fn poll(&mut self, now: &Library) -> Option<Library> {
        if self.changed.try_iter().count() > 0 {
            self.load(now);
        }
        let library = self.loading.as_ref()?.try_recv().ok()?;
        self.loading = None;
        if library.replaced != now.replaced {
            // A deck was edited here meanwhile, of which this library knows nothing.
            self.load(now);
            return None;
        }
        self.look_for(&library.gone);
        Some(library)
    }

    fn load(&mut self, now: &Library) {
        let (sender, loading) = channel();
        let (folders, decks, replaced) = (self.folders.clone(), now.decks.clone(), now.replaced);
        let (eyes, wake) = (self.eyes.clone(), self.signal.wake.clone());
        std::thread::spawn(move || {
            let mut library = Library::load_again(&folders, &decks);
            for _ in 0..MOST_TURNS {
                // What was put into a new folder before it was watched is seen by loading once more.
                if !locked(&eyes).turn_to(&library.watched, &folders.own) {
                    break;
                }
                library = Library::load_again(&folders, &library.decks);
            }
            library.replaced = replaced;
            // Nobody waits any more when the window was closed, or when something changed again meanwhile.
            let _ = sender.send(library);
            wake();
        });
        self.loading = Some(loading);
    }

    /// Looks for folders that are not there, until one is or another patrol begins.
    fn look_for(&self, gone: &[PathBuf]) {
        let number = self.patrol.fetch_add(1, Ordering::Relaxed) + 1;
        if gone.is_empty() {
            return;
        }
        let (gone, patrol, signal) = (gone.to_vec(), Arc::downgrade(&self.patrol), self.signal.clone());
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(PATROL);
                // The watch is no more, or another patrol goes.
                if patrol.upgrade().is_none_or(|newest| newest.load(Ordering::Relaxed) != number) {
                    return;
                }
                if gone.iter().any(|folder| folder.is_dir()) {
                    signal.give();
                    return;
                }
            }
        });
    }
}

impl Signal {
    fn give(&self) {
        if self.sender.send(()).is_ok() {
            (self.wake)();
        }
    }
}

impl Eyes {
    /// Watches these folders and no others, but for the own one; whether any is new.
    fn turn_to(&mut self, folders: &[PathBuf], own: &Path) -> bool {
        let mut watched = locked(&self.watched);
        let wanted: HashSet<&Path> = folders.iter().map(PathBuf::as_path).chain([own]).collect();
        let watcher = &mut self.watcher;
        watched.retain(|folder| {
            let is_wanted = wanted.contains(folder.as_path());
            if !is_wanted {
                // It may have gone by itself.
                let _ = watcher.unwatch(folder);
            }
            is_wanted
        });
        let mut is_any_new = false;
        for folder in wanted {
            // What the system does not let us watch is loaded at the next start, or with the next change elsewhere.
            if !watched.contains(folder) && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok() {
                watched.insert(folder.to_owned());
                is_any_new = true;
            }
        }
        is_any_new
    }
}

/// Says so once per unrest; ends when nothing watches any more.
#[expect(clippy::disallowed_methods, reason = "how long it waits, not what time it is")]
fn tell_when_quiet(stirred: &Receiver<()>, signal: &Signal) {
    while stirred.recv().is_ok() {
        let begun = Instant::now();
        while stirred.recv_timeout(QUIET).is_ok() && begun.elapsed() < LONGEST_UNREST {}
        signal.give();
    }
}

/// Whether a change may be one of decks: at a deck file, a watched folder, a new folder.
fn matters(event: &Event, watched: &Mutex<HashSet<PathBuf>>) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        // Someone looks and changes nothing. We do so ourselves with every load, which must not lead to the next.
        EventKind::Access(_) => return false,
        _ => {}
    }
    // All of them are looked at: each folder that went is to be noted.
    event.paths.iter().filter(|path| matters_at(path, watched)).count() > 0
}

fn matters_at(path: &Path, watched: &Mutex<HashSet<PathBuf>>) -> bool {
    // A watched folder that is removed, or another one by its name, is no longer watched.
    let was_watched = locked(watched).remove(path);
    was_watched || is_deck_file(path) || (path.is_dir() && !super::folders::is_hidden(path))
}

/// What is behind these locks is sound after every step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
