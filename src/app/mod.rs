//! The state of the program: [`App`] holds it, [`Command`] names what a learner does, [`App::apply`] does it.
//! What happens by itself (time, finished background work, decks saved elsewhere) goes through
//! [`App::tick`]. The window, the terminal and the tests all use this one interface.
//!
//! Each feature is a room of its own over the shared [`Core`]: it has its state, its commands and
//! `apply(&mut self, core, command, now)`. No feature knows `App`, and hardly one another; what needs two of them is a
//! line in this folder's `impl App`, or in [`offers`] if it is offered to the learner.

pub mod about;
pub mod active_card;
pub mod attempt;
pub mod clock;
pub mod command;
pub mod command_info;
pub mod core;
pub mod crash_report;
pub mod daily_backup;
pub mod decks;
mod decks_on_disk;
pub mod dirs;
pub mod draft;
pub mod effect;
pub mod figures;
pub mod goals;
pub mod history_export;
pub mod import;
pub mod kind;
pub mod licences;
mod loading;
pub mod logging;
pub mod moves;
pub mod offers;
mod outcome;
pub mod overconfidence;
mod queries;
pub(crate) mod ron_file;
pub mod scope;
pub mod scores;
pub mod screen;
pub mod settings;
pub mod shortcut;
pub mod study;
mod ticking;
pub mod today;
mod undoing;

pub use command::Command;
pub use command_info::AvailableCommand;
pub use core::Core;
pub use core::Notice;
pub use dirs::Dirs;
pub use effect::Effect;
pub use screen::Screen;
pub use settings::{Setting, Settings};
pub use shortcut::Shortcut;
pub use study::{ActiveCard, ActiveSession};

use crate::atomic_file;
use crate::background::RepaintSignal;
use crate::domain::day::Moment;
use crate::library::IndexVersion;
use crate::store::{Store, StoreError};
use crate::text;
use about::About;
use attempt::Tests;
use core::CoreChange;
use daily_backup::DailyBackup;
use decks::{DeckCommand, Decks};
use decks_on_disk::DecksOnDisk;
use goals::Goals;
use history_export::HistoryExport;
use moves::Moves;
use outcome::Outcome;
use scores::{Scores, ScoresCommand, ScoresView};
use study::{Study, StudyCommand};
use today::Today;

/// The whole state of the program.
pub struct App {
    /// Writes the deck index. First, because fields are dropped in this order: it is waited for before the store
    /// lets another program in.
    decks_on_disk: DecksOnDisk,
    core: Core,
    study: Study,
    today: Today,
    decks: Decks,
    moves: Moves,
    scores: Scores,
    goals: Goals,
    tests: Tests,
    about: About,
    daily_backup: DailyBackup,
    history_export: HistoryExport,
}

impl App {
    /// Opens the progress for writing, and loads decks and settings.
    ///
    /// # Errors
    /// When the progress cannot be opened; then nothing was changed.
    pub fn open(dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let store = Store::open(&dirs.data)?;
        let mut app = Self::with_store(store, dirs, now)?;
        // What killed writers have left of files that nobody may ever write again.
        for folder in [app.core.dirs.decks(), app.core.dirs.config.clone(), app.core.export_folder()] {
            atomic_file::remove_leftovers(&folder);
        }
        // Decks that were edited while the program was closed.
        let old_decks = app.core.library.take_changed_since_index();
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
        let mut app = Self::with_store(store, dirs, now)?;
        // Only who may write progress can follow changed decks.
        app.decks_on_disk.save_index(&mut app.core, IndexVersion::Later);
        Ok(app)
    }

    fn with_store(store: Store, dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let mut core = Core::load(store, dirs, now)?;
        let tests = Tests::load(&mut core, now)?;
        let mut app = Self {
            decks_on_disk: DecksOnDisk::default(),
            core,
            study: Study::default(),
            today: Today::new(now),
            decks: Decks::default(),
            moves: Moves::default(),
            scores: Scores::default(),
            goals: Goals::default(),
            tests,
            about: About::default(),
            daily_backup: DailyBackup::default(),
            history_export: HistoryExport::default(),
        };
        app.goals.invalidate();
        app.follow_edits(&[], now);
        app.refresh(now);
        Ok(app)
    }

    /// Makes one change. Returns a request if the change needs something outside of the program.
    pub fn apply(&mut self, command: Command, now: &Moment) -> Option<Effect> {
        if !command.keeps_notice() {
            self.core.notice = None;
        }
        let effect = if self.pauses_test(&command, now) { self.run(command, now) } else { None };
        self.refresh(now);
        effect
    }

    /// Prepares a running test for a command. Returns false if the command must not run.
    fn pauses_test(&mut self, command: &Command, now: &Moment) -> bool {
        if !self.tests.is_active() {
            return true;
        }
        match command {
            // In a test, answers can be changed directly. Changes from before the test cannot be undone
            // during it.
            Command::Undo | Command::Redo => {
                self.core.notify(text::attempt::NO_UNDO);
                false
            }
            // Leaving the screen pauses the test. If its last answer cannot be saved, the test stays on
            // screen.
            Command::Go(_)
            | Command::Study(StudyCommand::Start(..))
            | Command::Quit
            | Command::Deck(_)
            | Command::Goal(_)
            | Command::Scores(_) => self.tests.pause(&mut self.core, now),
            _ => true,
        }
    }

    /// Runs a command, and those that follow from it.
    fn run(&mut self, command: Command, now: &Moment) -> Option<Effect> {
        if command.leaves_about() {
            self.about.close();
        }
        if let Some(deck) = self.deck_to_edit(&command)
            && !self.prepare_edit(&deck, now)
        {
            self.decks.close_unsaved_dialog();
            return None;
        }
        let outcome = self.dispatch(command, now);
        self.follow_changes(now);
        match outcome {
            Outcome::Done => None,
            Outcome::Effect(effect) => Some(effect),
            Outcome::EditQuestion { deck, question } => {
                for command in [
                    Command::Go(Screen::Decks),
                    Command::Deck(DeckCommand::Open(deck)),
                    Command::Deck(DeckCommand::Edit(question)),
                ] {
                    self.run(command, now);
                    // The next one sees what this one has shown.
                    self.refresh(now);
                }
                None
            }
            Outcome::Import(path) => self.run(Command::Deck(DeckCommand::BeginImport(path)), now),
            Outcome::AddFolder(folder) => self.run(Command::Set(Setting::AddFolder(folder)), now),
            Outcome::ReloadDecks => {
                // What the feature says of its edit is more than that the decks were loaded again.
                let notice = self.core.notice.take();
                self.reload_decks(now);
                self.core.notice = notice.or(self.core.notice.take());
                None
            }
            Outcome::SessionEnded => {
                self.core.screen = if self.goals.resume_page() { Screen::Scores } else { Screen::Today };
                None
            }
            Outcome::CarryProgress { from, to } => {
                self.carry_progress(&from, &to, now);
                None
            }
        }
    }

    /// The deck that a command is going to edit, by id.
    fn deck_to_edit(&self, command: &Command) -> Option<std::sync::Arc<str>> {
        match command {
            Command::Deck(command) => self.decks.deck_to_edit(&self.core, command),
            Command::Study(command) => self.study.deck_to_edit(command),
            _ => None,
        }
    }

    /// Gives a command to its feature.
    fn dispatch(&mut self, command: Command, now: &Moment) -> Outcome {
        let in_session = self.study.active().is_some();
        let core = &mut self.core;
        match command {
            Command::About(command) => self.about.apply(command, !in_session && !self.tests.is_active()),
            Command::Go(screen) => {
                if screen == Screen::Scores && core.screen == screen && !in_session {
                    self.scores.apply(ScoresCommand::Back);
                }
                if screen == Screen::Test && core.screen == screen {
                    self.tests.close_report();
                }
                self.goals.close();
                self.decks.invalidate();
                core.show(screen);
                core.note(CoreChange::StaleFigures);
            }
            // Decks come from other people, so a link must not be able to start a program.
            Command::OpenLink(url) if url.starts_with("https://") || url.starts_with("http://") => {
                return Effect::OpenLink(url).into();
            }
            Command::OpenLink(url) => {
                core.notify_error(text::general::not_a_web_address(&url));
            }
            Command::OpenDataFolder => return Effect::OpenFolder(core.dirs.data.clone()).into(),
            Command::Quit => return Effect::Quit.into(),
            Command::Set(setting) => self.change_setting(setting, now),
            Command::BackUp => core.back_up(now),
            Command::ExportHistory(table) => return self.history_export.start(core, table, now).into(),
            Command::ExportEverything => self.history_export.start_everything(core, now),
            Command::CancelExport => self.history_export.cancel_everything(core),
            Command::Deck(DeckCommand::BeginImport(_)) if in_session => {
                core.notify(text::study::END_SESSION_TO_IMPORT);
            }
            Command::Deck(command) => return self.decks.apply(core, command, now),
            Command::Scores(command) => return self.scores.apply(command),
            Command::Goal(command) => {
                self.goals.apply(core, command, self.scores.deck().cloned(), now);
            }
            Command::Test(command) => return self.tests.apply(core, command, now).into(),
            Command::Card(command) => core.apply(&command, now),
            Command::Move(command) => {
                self.moves.apply(core, command, now);
                self.save_index();
            }
            Command::DismissNotice => {}
            Command::Undo => self.undo(now),
            Command::Redo => self.redo(now),
            Command::Study(command) => {
                if let StudyCommand::Start(..) = command {
                    self.goals.suspend_page(in_session);
                }
                return self.study.apply(core, command, now);
            }
        }
        Outcome::Done
    }

    /// Passes on what the last command changed to every feature that has to follow.
    fn follow_changes(&mut self, now: &Moment) {
        for change in self.core.take_changes() {
            self.study.follow(&mut self.core, &change, now);
            self.decks.follow(&self.core, &change, now);
            match change {
                CoreChange::Stale => {
                    self.core.figures.session = None;
                    self.today.invalidate();
                    self.scores.invalidate();
                    self.goals.invalidate();
                    self.tests.invalidate();
                }
                CoreChange::StaleFigures => self.today.invalidate(),
                CoreChange::Cards(_)
                | CoreChange::Rekeyed(_)
                | CoreChange::Decks
                | CoreChange::LeaveSession => {}
            }
        }
    }

    fn change_setting(&mut self, setting: Setting, now: &Moment) {
        let changes_folders = matches!(setting, Setting::AddFolder(_) | Setting::RemoveFolder(_));
        self.core.settings.change(setting);
        if changes_folders && let Some(library) = self.decks_on_disk.reload_folders(&self.core) {
            self.replace_library(library, now);
        }
        self.core.settings_changed(now);
    }

    /// Restores the screen of the previous run. A notice from the start stays.
    pub fn restore_view(&mut self, screen: Screen, scores: ScoresView) {
        self.scores.set_view(scores);
        self.core.screen = screen;
    }

    /// Starts the daily check and backup, unless the newest backup is less than a day old.
    pub fn start_daily_backup(&mut self, now: &Moment) {
        self.daily_backup.start(&self.core, now);
    }

    /// Sets how background threads request a repaint. Without a signal, everything is computed on the calling
    /// thread.
    pub fn set_repaint_signal(&mut self, wake: RepaintSignal) {
        self.core.repaint = wake;
    }

    /// Prepares for the end of the process: when this [`App`] is dropped, it closes the progress and waits for what is
    /// being written, as always, but leaves the memory to the operating system. Freeing a million cards one by one
    /// takes longer than a second. Use it only for dropping from now on.
    pub fn end_with_process(&mut self) {
        self.core.leak_decks_and_progress();
    }

    /// Reports an error of something outside of the program that the learner asked for.
    #[track_caller]
    pub fn report_error(&mut self, problem: impl Into<String>) {
        self.core.notify_error(problem);
    }

    /// Reports a written file that could not be opened.
    pub fn notify_file_not_opened(&mut self, file: &std::path::Path, in_folder: bool) {
        self.core.notify_file_not_opened(file, in_folder);
    }
}
