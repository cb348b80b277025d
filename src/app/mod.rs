//! What the learner can do: [`App`] holds the state, [`Command`] names every change, [`App::apply`] makes it.
//! The window, the terminal and the tests all drive this one place.

mod accept;
pub mod asked;
mod beside;
mod cards;
pub mod clock;
pub mod command;
mod counting;
pub mod decks;
pub mod dirs;
pub mod draft;
pub mod exporting;
pub mod figures;
pub mod goals;
pub mod identity;
pub mod import;
mod planning;
pub mod scores;
pub mod screen;
pub mod settings;
pub mod study;
pub mod summary;
pub mod sure;
pub mod test;
pub mod text_editor;
mod undo;
pub mod upkeep;
pub mod wake;
pub mod words;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

pub use command::{Command, Effect};
pub use dirs::Dirs;
pub use screen::Screen;
pub use settings::{Setting, Settings};
pub use study::{Asked, Study};

pub use wake::Wake;

use crate::domain::day::{Moment, Stamp, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::event::{Change, Event, EventId, Given};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::{Folders, Library, Problem, Questions, Watch};
use crate::store::{NewEvent, Store, StoreError};
use beside::Beside;
use decks::Decks;
use exporting::Exporting;
use figures::Figures;
use goals::Goals;
use identity::Identity;
use scores::{Scores, ScoresCommand, ScoresView};
use test::Tests;
use undo::UndoLog;
use upkeep::Upkeep;

/// The whole state of the program.
pub struct App {
    library: Library,
    /// Shared with a thread that computes figures of it, if there is one.
    progress: Arc<Progress>,
    scheduler: Scheduler,
    settings: Settings,
    store: Store,
    dirs: Dirs,
    screen: Screen,
    study: Option<Study>,
    undo: UndoLog,
    identity: Identity,
    notice: Option<Notice>,
    figures: Figures,
    figures_are_stale: bool,
    /// The study day that everything was last touched for.
    day: StudyDay,
    counting: Option<Beside<Figures>>,
    upkeep: Option<Upkeep>,
    exporting: Option<Exporting>,
    watch: Option<Watch>,
    decks: Decks,
    scores: Scores,
    goals: Goals,
    tests: Tests,
    wake: Wake,
    /// The index being written.
    indexing: Option<JoinHandle<()>>,
}

/// A short message to the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened, in a sentence.
    pub text: String,
    /// Whether something went wrong: such a message stays until the next thing is done.
    pub is_problem: bool,
    /// When it goes by itself, in UTC milliseconds.
    expires_ms: Option<i64>,
}

/// How long a message stays, unless something went wrong.
const NOTICE_MS: i64 = 6_000;

impl App {
    /// Opens the progress for writing, loads decks and settings.
    ///
    /// # Errors
    /// When the progress cannot be opened; nothing was changed then.
    pub fn open(dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let store = Store::open(&dirs.data)?;
        let mut app = Self::with_store(store, dirs, now)?;
        // What was edited while the program was closed.
        let before = app.library.take_before();
        app.compare_with(&before, now);
        app.remember_decks();
        Ok(app)
    }

    /// Opens the progress for reading, beside a window that may be running.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn open_read_only(dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let store = Store::open_read_only(&dirs.data)?;
        Self::with_store(store, dirs, now)
    }

    fn with_store(store: Store, dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let (mut settings, settings_problem) = Settings::load(&dirs.config);
        goals::plans::take_up(&mut settings.goals, &dirs.cache);
        let library = Library::open(&folders(&dirs, &settings));
        let scheduler = settings.scheduler();
        let events = store.events()?;
        let undo = UndoLog::default();
        let tests = Tests::load(&store, &dirs.config, now)?;
        let progress = Arc::new(Progress::from_events(events, &scheduler.model));
        let mut app = Self {
            library,
            progress,
            scheduler,
            settings,
            store,
            dirs,
            screen: Screen::Today,
            study: None,
            undo,
            identity: Identity::default(),
            notice: None,
            figures: Figures::default(),
            figures_are_stale: true,
            day: now.day(),
            counting: None,
            upkeep: None,
            exporting: None,
            watch: None,
            decks: Decks::default(),
            scores: Scores::default(),
            goals: Goals::default(),
            tests,
            wake: Wake::default(),
            indexing: None,
        };
        if let Some(problem) = settings_problem {
            app.tell_problem(problem);
        } else if let Some(problem) = app.library.problems_in_words() {
            app.tell_problem(problem);
        }
        app.follow_goals(now);
        app.goals.touch();
        app.follow_edits(&[], now);
        app.refresh(now);
        Ok(app)
    }

    /// Makes one change. What cannot be done inside the program comes back as an [`Effect`].
    pub fn apply(&mut self, command: Command, now: &Moment) -> Option<Effect> {
        if !command.is_typing() {
            self.notice = None;
        }
        if !matches!(command, Command::Test(_)) && self.tests.is_running() {
            match command {
                // An answer in a test is simply changed; what lies before the test is out of reach.
                Command::Undo | Command::Redo => {
                    self.tell("In a test, answers can be changed until you hand in.");
                    self.refresh(now);
                    return None;
                }
                // Another page, or none: the test is left, or where its last answer cannot be saved, it stays.
                Command::Go(_)
                | Command::Start(..)
                | Command::Quit
                | Command::Deck(_)
                | Command::Goal(_)
                | Command::Scores(_)
                    if !self.leave_test(now) =>
                {
                    self.refresh(now);
                    return None;
                }
                _ => {}
            }
        }
        match command {
            Command::Go(screen) => {
                if screen == Screen::Scores && self.screen == screen && self.study.is_none() {
                    self.apply_scores(ScoresCommand::Back, now);
                }
                if screen == Screen::Test && self.screen == screen {
                    self.tests.close_report();
                }
                self.study = None;
                self.goals.close();
                self.screen = screen;
                self.figures_are_stale = true;
                self.decks.touch();
            }
            // Decks are shared: one must not choose a program to start.
            Command::OpenLink(url) if url.starts_with("https://") || url.starts_with("http://") => {
                return Some(Effect::OpenLink(url));
            }
            Command::OpenLink(url) => {
                self.tell_problem(format!("{url} is no web address, and is not opened."))
            }
            Command::OpenDataFolder => return Some(Effect::OpenFolder(self.dirs.data.clone())),
            Command::Quit => return Some(Effect::Quit),
            Command::Set(setting) => self.change_setting(setting, now),
            Command::BackUp => self.back_up(now),
            Command::ExportHistory(table) => return self.export_history(table, now),
            Command::Deck(command) => {
                let effect = self.apply_decks(command, now);
                self.refresh(now);
                return effect;
            }
            Command::Scores(command) => self.apply_scores(command, now),
            Command::Goal(command) => self.apply_goal(command, now),
            Command::Test(command) => {
                let effect = self.apply_test(command, now);
                self.refresh(now);
                return effect;
            }
            Command::ResumeAll(deck) => self.resume_all(&deck, now),
            Command::SuspendCards(cards) => self.suspend_cards(&cards, now),
            Command::ResumeCards(cards) => self.resume_cards(&cards, now),
            Command::ResetCards(cards) => self.reset_cards(&cards, now),
            Command::MoveProgress { asked, choice } => {
                self.move_progress(asked, choice, now);
                self.remember_decks();
            }
            Command::KeepApart(asked) => {
                self.keep_apart(asked, now);
                self.remember_decks();
            }
            Command::DismissNotice => {}
            Command::Undo => self.undo(now),
            Command::Redo => self.redo(now),
            study_command => self.apply_study(study_command, now),
        }
        self.refresh(now);
        None
    }

    /// Shows the screen of the last time, and keeps what there was to tell at the start.
    pub fn begin_at(&mut self, screen: Screen, scores: ScoresView) {
        self.scores.look_as(scores);
        self.screen = screen;
    }

    /// Begins the daily check and backup, unless the newest backup is younger than a day; calls `wake` at its end.
    pub fn begin_upkeep(&mut self, now: &Moment, wake: impl FnOnce() + Send + 'static) {
        if self.progress.cards().next().is_some() {
            self.upkeep = Upkeep::begin(&self.dirs.data, now.ms(), wake);
        }
    }

    /// Whom background work wakes when it has something to show; without anybody, everything is done at once.
    pub fn wakes(&mut self, wake: Wake) {
        self.wake = wake;
    }

    /// Begins to load decks again when they are saved; calls `wake` when there is one.
    pub fn watch_decks(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        match Watch::begin(folders(&self.dirs, &self.settings), &self.library, wake) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.tell_problem(format!(
                "Decks that you change are loaded at the next start only: {} cannot be watched ({error}).",
                self.dirs.decks().display()
            )),
        }
    }

    /// Loads the decks again at once, as after an edit of one.
    pub fn reload_decks(&mut self, now: &Moment) {
        let library = Library::load_again(&folders(&self.dirs, &self.settings), self.library.decks());
        self.take_library(library, now);
        self.refresh(now);
    }

    /// Loads decks again if any was saved before [`App::watch_decks`] was called.
    pub fn look_for_changed_decks(&self) {
        if let Some(watch) = &self.watch {
            watch.look_again();
        }
    }

    /// To be called when time has passed: wakes a session that waits, and notices a new study day.
    pub fn tick(&mut self, now: &Moment) {
        self.wake_study(now);
        self.tick_test(now);
        if self
            .notice
            .as_ref()
            .and_then(|notice| notice.expires_ms)
            .is_some_and(|expires| expires <= now.ms())
        {
            self.notice = None;
        }
        if let Some(library) = self.watch.as_mut().and_then(|watch| watch.poll(&self.library)) {
            self.take_library(library, now);
        }
        self.poll_import(now);
        self.poll_scores();
        self.poll_goals(now);
        self.poll_export();
        if let Some(result) = self.upkeep.as_ref().and_then(Upkeep::poll) {
            self.upkeep = None;
            if let Err(error) = result {
                self.tell_problem(format!("The daily backup was not made. {error}"));
            }
        }
        if let Some((figures, is_done)) = self.counting.as_ref().map(Beside::poll) {
            if is_done {
                self.counting = None;
            }
            if let Some(figures) = figures.into_iter().next_back() {
                self.figures = figures;
                self.scores.touch_page();
            } else if is_done {
                // It came to grief: what it met is met here, where it is seen.
                self.wake = Wake::default();
                self.figures_are_stale = true;
            }
        }
        // Once for each day: what cannot be renewed now, as during a test, stays stale until it can.
        if self.day != now.day() {
            self.day = now.day();
            self.follow_goals(now);
            self.touch();
        }
        self.refresh(now);
    }

    /// When [`App::tick`] has something to do, in UTC milliseconds, if nobody does anything before.
    pub fn next_tick_ms(&self, now: &Moment) -> i64 {
        let waiting = self.study.as_ref().and_then(Study::waits_until);
        let notice = self.notice.as_ref().and_then(|notice| notice.expires_ms);
        [waiting, notice, self.tests.next_tick_ms(now)].into_iter().flatten().fold(now.day_ends_ms, i64::min)
    }

    /// Loaded decks.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Where every card stands.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The rules of scheduling in force.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// What the learner chose.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where things are kept.
    pub fn dirs(&self) -> &Dirs {
        &self.dirs
    }

    /// The screen behind a session.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// The running session.
    pub fn study(&self) -> Option<&Study> {
        self.study.as_ref()
    }

    /// Tests: the one being set up, the one before the learner, those of the past.
    pub fn tests(&self) -> &Tests {
        &self.tests
    }

    /// The card before the learner, in a session or in a test.
    pub fn asked(&self) -> Option<&Asked> {
        self.study.as_ref().and_then(Study::asked).or_else(|| self.tests.asked())
    }

    /// The newest message.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Counts and scores, up to date with the last change.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.undo.can_undo(), self.undo.can_redo())
    }

    /// The event log, for reading.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Something outside the program went wrong on the learner's wish.
    pub fn report(&mut self, problem: impl Into<String>) {
        self.tell_problem(problem);
    }

    /// A file that was written could not be shown: it is there all the same, and why the desktop has no program for it
    /// is nothing to the learner.
    pub fn written_unseen(&mut self, file: &Path, in_folder: bool) {
        let program = if in_folder { "file manager" } else { "browser" };
        self.tell(format!("Saved to {}; no {program} could be opened.", file.display()));
    }

    pub(crate) fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_problem: false, expires_ms: None });
    }

    pub(crate) fn tell_problem(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_problem: true, expires_ms: None });
    }

    /// Writes events durably, then folds them in: what could not be written did not happen.
    fn commit(
        &mut self,
        stamp: Stamp,
        changes: &[(CardKey, Change, Option<Given>)],
    ) -> Result<Vec<EventId>, StoreError> {
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(card, change, given)| NewEvent { stamp, card, change, given: given.as_ref() })
            .collect();
        let ids = self.store.append_all(&new)?;
        self.fold_in(ids.iter().zip(changes).map(|(id, (card, change, _))| (*id, stamp, card, change)));
        Ok(ids)
    }

    /// Folds in what was written.
    fn fold_in<'a>(&mut self, written: impl IntoIterator<Item = (EventId, Stamp, &'a CardKey, &'a Change)>) {
        // A history that is shared would have to be copied to take the events.
        self.scores.call_off();
        self.goals.call_off();
        if let Some(counting) = self.counting.take() {
            counting.call_off();
        }
        let progress = Arc::make_mut(&mut self.progress);
        for (id, stamp, card, change) in written {
            let event = Event { id, stamp, card: card.clone(), change: change.clone() };
            progress.push(event, &self.scheduler.model);
        }
        self.touch();
    }

    /// Something changed that is told of on any screen.
    fn touch(&mut self) {
        self.figures_are_stale = true;
        self.decks.touch();
        self.scores.touch();
        self.goals.touch();
        self.tests.touch();
    }

    /// Whether no card is before the learner, in a session or in a test.
    fn is_at_rest(&self) -> bool {
        self.study.as_ref().is_none_or(Study::is_at_rest) && !self.tests.is_running()
    }

    fn refresh(&mut self, now: &Moment) {
        if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.is_problem) {
            notice.expires_ms.get_or_insert(now.ms() + NOTICE_MS);
        }
        // While a session runs nobody sees the figures, and with many cards they cost more than an answer may.
        // One at a time: the next begins when this one has told what it found.
        if self.figures_are_stale && self.is_at_rest() && self.counting.is_none() {
            let (library, progress) = (&self.library, &self.progress);
            self.counting = match self.wake.is_heard() && counting::is_worth_it(library, progress) {
                true => {
                    let wake = self.wake.clone();
                    Some(counting::begin(library, progress, &self.scheduler, &self.settings, now, wake))
                }
                false => {
                    self.figures = Figures::compute(library, progress, &self.scheduler, &self.settings, now);
                    None
                }
            };
            self.figures_are_stale = false;
        }
        self.decks.forget_what_was_read();
        self.refresh_page(now);
        self.refresh_scores(now);
        self.refresh_goals(now);
        self.refresh_tests();
    }

    fn take_library(&mut self, library: Library, now: &Moment) {
        let is_same = library.shows_the_same_as(&self.library);
        let mut before: Vec<Arc<Deck>> =
            self.library.decks().iter().map(|loaded| loaded.deck.clone()).collect();
        let old = std::mem::replace(&mut self.library, library);
        // Files that were away for a while, as they were when they were last here.
        before.extend(self.library.take_before());
        if is_same {
            self.remember_decks();
            return;
        }
        match self.library.problems_in_words() {
            Some(problem) if self.library.problems().iter().any(Problem::is_fault) => {
                self.tell_problem(format!("{problem} What was sound before stays in use."));
            }
            Some(problem) => self.tell_problem(problem),
            None => self.tell("Your decks were loaded again."),
        }
        // The session and the editor follow the moves, and only then lose what is gone.
        self.follow_edits(&before, now);
        self.remember_decks();
        self.after_decks_changed(now);
        // A hundred thousand questions take longer to free than a frame lasts.
        std::thread::spawn(move || drop((old, before)));
    }

    /// Keeps the decks as they are now for the next start. What the index knew of their past is lost by that, so it
    /// is only done by the one program that writes progress.
    fn remember_decks(&mut self) {
        // What is still to be asked is asked again at the next start, so its past must stay known.
        if self.open_moves().next().is_some() {
            return;
        }
        self.indexing = self.library.remember(&self.dirs.index(), self.indexing.take());
    }

    /// Other folders than before: what is in them is loaded beside the learner's work, if there is a window.
    fn change_folders(&mut self, now: &Moment) {
        let folders = folders(&self.dirs, &self.settings);
        match &mut self.watch {
            Some(watch) => watch.set_folders(folders),
            None => self.take_library(Library::load_again(&folders, self.library.decks()), now),
        }
    }

    pub(crate) fn change_setting(&mut self, setting: Setting, now: &Moment) {
        let is_of_folders = matches!(setting, Setting::AddFolder(_) | Setting::RemoveFolder(_));
        self.settings.change(setting);
        if is_of_folders {
            self.change_folders(now);
        }
        self.scheduler = self.settings.scheduler();
        self.follow_goals(now);
        self.touch();
        self.save_settings();
    }

    /// Writes the settings; whether that could be done. If not, the learner is told.
    fn save_settings(&mut self) -> bool {
        let saved = self.settings.save(&self.dirs.config);
        if let Err(error) = &saved {
            self.tell_problem(format!(
                "The setting holds until you close the window: {} could not be written ({error}).",
                self.dirs.config.display()
            ));
        }
        saved.is_ok()
    }

    fn back_up(&mut self, now: &Moment) {
        match self.store.backup(now.ms()) {
            Ok(path) => self.tell(format!("Backed up to {}", path.display())),
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    /// New cards that may still be introduced on that day.
    pub(crate) fn new_cards_left(&self, day: StudyDay) -> usize {
        (self.settings.new_cards_a_day as usize).saturating_sub(self.progress.introduced_on(day))
    }

    /// The prompt of a card's question; `None` when no deck has it.
    pub(crate) fn prompt_of(&self, card: &CardKey) -> Option<&str> {
        let (deck, question) = *self.questions().get(card)?;
        Some(&self.library.decks()[deck].deck.questions[question].prompt)
    }

    /// Index of every card's question in its deck, for the decks of the library.
    pub(crate) fn questions(&self) -> &Questions {
        self.library.questions()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // A short command must leave the index whole; a thread that panicked has said so itself.
        if let Some(indexing) = self.indexing.take() {
            let _ = indexing.join();
        }
    }
}

/// The folders that decks are in.
pub(crate) fn folders(dirs: &Dirs, settings: &Settings) -> Folders {
    Folders { own: dirs.decks(), added: settings.folders.clone(), cache: Some(dirs.index()) }
}
