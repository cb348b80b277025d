//! The state of the program: [`App`] holds it, [`Command`] names what a learner does, [`App::apply`] does it.
//! What happens by itself (time, finished background work, decks saved elsewhere) goes through
//! [`App::tick`]. The window, the terminal and the tests all use this one interface.

pub mod about;
mod accept;
pub mod active_card;
pub mod attempt;
mod background;
pub mod card_changes;
pub mod clock;
pub mod command;
pub mod daily_backup;
pub mod decks;
pub mod dirs;
pub mod draft;
pub mod figures;
mod figures_task;
pub mod goals;
pub mod history_export;
pub mod identity;
pub mod import;
pub mod kind;
pub mod licences;
mod loading;
pub mod logging;
pub mod overconfidence;
mod planning;
pub mod repaint;
pub(crate) mod ron_file;
pub mod scores;
pub mod screen;
pub mod settings;
mod slip;
pub mod study;
pub mod summary;
mod ticking;
pub mod today;
mod undo;
pub mod words;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

pub use command::{Command, Effect};
pub use dirs::Dirs;
pub use screen::Screen;
pub use settings::{Setting, Settings};
pub use study::{ActiveCard, ActiveSession};

pub use repaint::RepaintSignal;

use crate::domain::day::{Moment, Stamp, StudyDay};
use crate::domain::event::{AnswerRecord, Change, Event, EventId};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::{CardLocations, DeckFolders, Library, LibraryWatcher};
use crate::store::{NewEvent, Store, StoreError};
use about::AboutPage;
use attempt::Tests;
use background::BackgroundTask;
use daily_backup::DailyBackup;
use decks::Decks;
use figures::Figures;
use goals::Goals;
use history_export::HistoryExport;
use identity::MoveTracker;
use scores::{Scores, ScoresCommand, ScoresView};
use study::StudyCommand;
use undo::UndoLog;

/// The whole state of the program.
pub struct App {
    library: Library,
    /// Shared with background threads that compute figures, scores and forecasts.
    progress: Arc<Progress>,
    scheduler: Scheduler,
    settings: Settings,
    store: Store,
    dirs: Dirs,
    screen: Screen,
    active_session: Option<ActiveSession>,
    undo: UndoLog,
    identity: MoveTracker,
    notice: Option<Notice>,
    figures: Figures,
    figures_are_stale: bool,
    /// The study day of the last update.
    day: StudyDay,
    figures_task: Option<BackgroundTask<Figures>>,
    daily_backup: Option<DailyBackup>,
    history_export: Option<HistoryExport>,
    watch: Option<LibraryWatcher>,
    decks: Decks,
    scores: Scores,
    goals: Goals,
    tests: Tests,
    about: Option<AboutPage>,
    repaint: RepaintSignal,
    /// The thread that writes the deck index.
    index_writer: Option<JoinHandle<()>>,
}

/// A short message to the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One or two sentences.
    pub text: String,
    /// Whether it reports an error: such a notice stays until the next command.
    pub is_error: bool,
    /// When it disappears, in UTC milliseconds; `None` for errors, and until it is shown.
    expires_ms: Option<i64>,
}

/// How long a notice stays, in milliseconds, unless it reports an error.
const NOTICE_MS: i64 = 6_000;

impl App {
    /// Opens the progress for writing, and loads decks and settings.
    ///
    /// # Errors
    /// When the progress cannot be opened; then nothing was changed.
    pub fn open(dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let store = Store::open(&dirs.data)?;
        let mut app = Self::with_store(store, dirs, now)?;
        // Decks that were edited while the program was closed.
        let old_decks = app.library.take_changed_since_index();
        app.reconcile_with(&old_decks, now);
        app.save_index();
        Ok(app)
    }

    /// Opens the progress read-only, while a window may have it open for writing.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub fn open_read_only(dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let store = Store::open_read_only(&dirs.data)?;
        Self::with_store(store, dirs, now)
    }

    fn with_store(store: Store, dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let (mut settings, settings_problem) = Settings::load(&dirs.config);
        goals::plans::load_plans(&mut settings.goals, &dirs.cache);
        let library = Library::open(&deck_folders(&dirs, &settings));
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
            active_session: None,
            undo,
            identity: MoveTracker::default(),
            notice: None,
            figures: Figures::default(),
            figures_are_stale: true,
            day: now.day(),
            figures_task: None,
            daily_backup: None,
            history_export: None,
            watch: None,
            decks: Decks::default(),
            scores: Scores::default(),
            goals: Goals::default(),
            tests,
            about: None,
            repaint: RepaintSignal::default(),
            index_writer: None,
        };
        if let Some(problem) = settings_problem {
            app.notify_error(problem);
        } else if let Some(problem) = app.library.problems_text() {
            app.notify_error(problem);
        }
        app.refresh_goal_rules(now);
        app.goals.invalidate();
        app.follow_edits(&[], now);
        app.refresh(now);
        Ok(app)
    }

    /// Makes one change. Returns a request if the change needs something outside of the program.
    pub fn apply(&mut self, command: Command, now: &Moment) -> Option<Effect> {
        if !command.keeps_notice() {
            self.notice = None;
        }
        if !matches!(command, Command::Test(_)) && self.tests.is_active() {
            match command {
                // In a test, answers can be changed directly. Changes from before the test cannot be undone
                // during it.
                Command::Undo | Command::Redo => {
                    self.notify("In a test, answers can be changed until you hand in.");
                    self.refresh(now);
                    return None;
                }
                // Leaving the screen pauses the test. If its last answer cannot be saved, the test stays on
                // screen.
                Command::Go(_)
                | Command::Study(StudyCommand::Start(..))
                | Command::Quit
                | Command::Deck(_)
                | Command::Goal(_)
                | Command::Scores(_)
                    if !self.pause_test(now) =>
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
                | Command::Study(StudyCommand::Start(..))
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
                if screen == Screen::Scores && self.screen == screen && self.active_session.is_none() {
                    self.apply_scores(ScoresCommand::Back, now);
                }
                if screen == Screen::Test && self.screen == screen {
                    self.tests.close_report();
                }
                self.active_session = None;
                self.goals.close();
                self.screen = screen;
                self.figures_are_stale = true;
                self.decks.invalidate();
            }
            // Decks come from other people, so a link must not be able to start a program.
            Command::OpenLink(url) if url.starts_with("https://") || url.starts_with("http://") => {
                return Some(Effect::OpenLink(url));
            }
            Command::OpenLink(url) => {
                self.notify_error(format!("{url} is no web address, and is not opened."))
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
            Command::Study(command) => self.apply_study(command, now),
            Command::Card(command) => self.apply_card(&command, now),
            Command::Move(command) => self.apply_move(command, now),
            Command::DismissNotice => {}
            Command::Undo => self.undo(now),
            Command::Redo => self.redo(now),
        }
        self.refresh(now);
        None
    }

    /// Restores the screen of the previous run. A notice from the start stays.
    pub fn restore_view(&mut self, screen: Screen, scores: ScoresView) {
        self.scores.set_view(scores);
        self.screen = screen;
    }

    /// Starts the daily check and backup, unless the newest backup is less than a day old; `wake` is called
    /// at its end.
    pub fn start_daily_backup(&mut self, now: &Moment, wake: impl FnOnce() + Send + 'static) {
        if self.progress.cards().next().is_some() {
            self.daily_backup = DailyBackup::spawn_if_due(&self.dirs.data, now.ms(), wake);
        }
    }

    /// Sets how background threads request a repaint. Without a signal, everything is computed on the calling
    /// thread.
    pub fn set_repaint_signal(&mut self, wake: RepaintSignal) {
        self.repaint = wake;
    }

    /// The loaded decks.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The state and history of every card.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The scheduler with the learner's general settings; exams have their own, see [`App::scheduler_of`].
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The learner's settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The folders of the learner's data.
    pub fn dirs(&self) -> &Dirs {
        &self.dirs
    }

    /// The screen, which a session covers while it runs.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// The running session, if there is one.
    pub fn active_session(&self) -> Option<&ActiveSession> {
        self.active_session.as_ref()
    }

    /// Tests: their setup, the active one, and the completed ones.
    pub fn tests(&self) -> &Tests {
        &self.tests
    }

    /// The card on screen, in a session or in a test.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        self.active_session.as_ref().and_then(ActiveSession::active_card).or_else(|| self.tests.active_card())
    }

    /// The notice on screen, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Counts and scores of all decks. While a background thread computes them, these are the previous ones.
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

    /// Reports an error of something outside of the program that the learner asked for.
    #[track_caller]
    pub fn report_error(&mut self, problem: impl Into<String>) {
        self.notify_error(problem);
    }

    /// Reports a written file that could not be opened. The file is there all the same, and the reason is of
    /// no use to the learner.
    pub fn notify_file_not_opened(&mut self, file: &Path, in_folder: bool) {
        let program = if in_folder { "file manager" } else { "browser" };
        self.notify(format!("Saved to {}; no {program} could be opened.", file.display()));
    }

    pub(crate) fn notify(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_error: false, expires_ms: None });
    }

    /// The log only gets the position in the source code, because the message may quote a deck.
    #[track_caller]
    pub(crate) fn notify_error(&mut self, text: impl Into<String>) {
        let place = std::panic::Location::caller();
        tracing::warn!(%place, "a problem was shown");
        self.notice = Some(Notice { text: text.into(), is_error: true, expires_ms: None });
    }

    /// Writes events to the store, then applies them. After an error nothing has changed.
    fn commit(
        &mut self,
        stamp: Stamp,
        changes: &[(CardKey, Change, Option<AnswerRecord>)],
    ) -> Result<Vec<EventId>, StoreError> {
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(card, change, answer)| NewEvent { stamp, card, change, answer: answer.as_ref() })
            .collect();
        let ids = self.store.append_all(&new)?;
        self.fold_in(ids.iter().zip(changes).map(|(id, (card, change, _))| (*id, stamp, card, change)));
        Ok(ids)
    }

    /// Applies events that were written.
    fn fold_in<'a>(&mut self, written: impl IntoIterator<Item = (EventId, Stamp, &'a CardKey, &'a Change)>) {
        self.cancel_progress_readers();
        let progress = Arc::make_mut(&mut self.progress);
        for (id, stamp, card, change) in written {
            let event = Event { id, stamp, card: card.clone(), change: change.clone() };
            progress.push(event, &self.scheduler.model);
        }
        self.invalidate();
    }

    /// Cancels background work that shares the progress, because changing it while it is shared would copy
    /// it.
    fn cancel_progress_readers(&mut self) {
        self.scores.cancel();
        self.goals.cancel();
        if let Some(task) = self.figures_task.take() {
            task.cancel();
        }
    }

    pub(crate) fn change_setting(&mut self, setting: Setting, now: &Moment) {
        let changes_folders = matches!(setting, Setting::AddFolder(_) | Setting::RemoveFolder(_));
        self.settings.change(setting);
        if changes_folders {
            self.reload_folders(now);
        }
        self.scheduler = self.settings.scheduler();
        let longest_ms = self.settings.longest_answer_ms();
        if self.progress.longest_answer_ms() != longest_ms {
            self.cancel_progress_readers();
            Arc::make_mut(&mut self.progress).set_longest_answer_ms(longest_ms);
        }
        self.refresh_goal_rules(now);
        self.invalidate();
        self.save_settings();
    }

    /// Saves the settings. Returns false, and shows an error, if that fails.
    fn save_settings(&mut self) -> bool {
        let saved = self.settings.save(&self.dirs.config);
        if let Err(error) = &saved {
            self.notify_error(format!(
                "The setting holds until you close the window: {} could not be written ({error}).",
                self.dirs.config.display()
            ));
        }
        saved.is_ok()
    }

    fn back_up(&mut self, now: &Moment) {
        match self.store.backup(now.ms()) {
            Ok(path) => self.notify(format!("Backed up to {}", path.display())),
            Err(error) => self.notify_error(error.to_string()),
        }
    }

    /// New cards that may still be introduced on a study day.
    pub(crate) fn new_cards_left(&self, day: StudyDay) -> usize {
        (self.settings.new_cards_a_day as usize).saturating_sub(self.progress.introduced_on(day))
    }

    /// The prompt of a card's question; `None` if no deck has it.
    pub(crate) fn prompt_of(&self, card: &CardKey) -> Option<&str> {
        let (deck, question) = *self.card_locations().get(card)?;
        Some(&self.library.decks()[deck].deck.questions[question].prompt)
    }

    /// For every card of the library, the index of its deck and of its question.
    pub(crate) fn card_locations(&self) -> &CardLocations {
        self.library.card_locations()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // A short command must not end before the index is written. A panic of the thread was reported by
        // itself.
        if let Some(writer) = self.index_writer.take() {
            let _ = writer.join();
        }
    }
}

/// The folders that decks are loaded from.
pub(crate) fn deck_folders(dirs: &Dirs, settings: &Settings) -> DeckFolders {
    DeckFolders { own: dirs.decks(), added: settings.folders.clone(), cache: Some(dirs.index()) }
}
