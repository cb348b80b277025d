//! What the learner can do: [`App`] holds the state, [`Command`] names every change, [`App::apply`] makes it.
//! The window, the terminal and the tests all drive this one place.

pub mod about;
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
pub mod licences;
mod loading;
pub mod logging;
mod planning;
pub mod scores;
pub mod screen;
pub mod settings;
mod slip;
pub mod study;
pub mod summary;
pub mod sure;
pub mod test;
pub mod text_editor;
mod ticking;
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
use crate::domain::event::{Change, Event, EventId, Given};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::{Folders, Library, Questions, Watch};
use crate::store::{NewEvent, Store, StoreError};
use about::AboutPage;
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
    about: Option<AboutPage>,
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
        tracing::info!(events = events.len(), "progress read");
        let undo = UndoLog::default();
        let tests = Tests::load(&store, &dirs.config, now)?;
        let mut progress = Progress::from_events(events, &scheduler.model);
        progress.set_longest_answer_ms(settings.longest_answer_ms());
        let progress = Arc::new(progress);
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
            about: None,
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
        if matches!(
            command,
            Command::Go(_)
                | Command::Start(..)
                | Command::Deck(_)
                | Command::Goal(_)
                | Command::Scores(_)
                | Command::Test(_)
        ) {
            self.about = None;
        }
        match command {
            Command::About(command) => self.apply_about(command),
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
    #[track_caller]
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

    /// The log names the place in the source that said it: the text itself may quote a deck.
    #[track_caller]
    pub(crate) fn tell_problem(&mut self, text: impl Into<String>) {
        let place = std::panic::Location::caller();
        tracing::warn!(%place, "a problem was shown");
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
        self.have_progress_alone();
        let progress = Arc::make_mut(&mut self.progress);
        for (id, stamp, card, change) in written {
            let event = Event { id, stamp, card: card.clone(), change: change.clone() };
            progress.push(event, &self.scheduler.model);
        }
        self.touch();
    }

    /// Ends what is computed from the history beside the window: while it is shared, a change would copy it.
    fn have_progress_alone(&mut self) {
        self.scores.call_off();
        self.goals.call_off();
        if let Some(counting) = self.counting.take() {
            counting.call_off();
        }
    }

    pub(crate) fn change_setting(&mut self, setting: Setting, now: &Moment) {
        let is_of_folders = matches!(setting, Setting::AddFolder(_) | Setting::RemoveFolder(_));
        self.settings.change(setting);
        if is_of_folders {
            self.change_folders(now);
        }
        self.scheduler = self.settings.scheduler();
        let longest_ms = self.settings.longest_answer_ms();
        if self.progress.longest_answer_ms() != longest_ms {
            self.have_progress_alone();
            Arc::make_mut(&mut self.progress).set_longest_answer_ms(longest_ms);
        }
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
