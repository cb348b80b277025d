//! What every feature stands on: decks, progress, scheduler, settings, undo and notices. [`Core`] knows no feature; what
//! it changes that a feature must follow is noted as a `CoreChange`, and `App` passes it on.

pub mod card_changes;
mod commits;
pub mod deck_files;
mod file_text;
pub(super) mod plans;
pub mod rekeyed;
pub mod undo;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dirs::Dirs;
use super::figures::Figures;
use super::screen::Screen;
use super::settings::Settings;
use crate::background::{Canceller, RepaintSignal};
use crate::domain::day::{Moment, Stamp, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, Change, Event, EventId};
use crate::domain::event_log::{EventLogError, MemoryLog};
use crate::domain::goal::today::ActiveGoal;
use crate::domain::history::CardHistory;
use crate::domain::ids::CardKey;
use crate::domain::progress::{NeededHistories, Progress};
use crate::domain::question::Question;
use crate::domain::schedule::Scheduler;
use crate::library::{CardLocations, DeckFolders, Library};
use crate::store::{NewEvent, Store, StoreError};
use crate::text;
use file_text::FileText;
use rekeyed::Rekeyed;
use undo::UndoLog;

/// The shared part of the state.
#[derive(Debug)]
pub struct Core {
    pub(super) library: Library,
    /// Shared with background threads that compute figures, scores and forecasts.
    pub(super) progress: Arc<Progress>,
    /// With the learner's general settings; exams have their own, see [`Core::scheduler_of`].
    pub(super) scheduler: Scheduler,
    /// The goals whose exam is ahead, with their schedulers.
    pub(super) active_goals: Vec<ActiveGoal>,
    pub(super) settings: Settings,
    pub(super) store: Store,
    pub(super) dirs: Dirs,
    pub(super) screen: Screen,
    pub(super) undo: UndoLog,
    pub(super) notice: Option<Notice>,
    /// Counts and scores of all decks; computed by the feature Today, read by many.
    pub(super) figures: Figures,
    pub(super) repaint: RepaintSignal,
    /// Cards of tests that are not handed in yet: their answers will be logged later.
    pub(super) pending_cards: Vec<CardKey>,
    /// The text of a deck file that was just read, for the edit that follows.
    fresh_text: Option<FileText>,
    /// Background tasks that share the progress.
    progress_readers: Vec<Canceller>,
    changes: Vec<CoreChange>,
}

/// A change that features have to follow, in the order in which they were made.
#[derive(Debug)]
pub(super) enum CoreChange {
    /// Cards got another state from outside of the session.
    Cards(Vec<CardKey>),
    /// Cards and questions have other keys.
    Rekeyed(Rekeyed),
    /// The library holds other decks.
    Decks,
    /// Another page takes the place of the session.
    LeaveSession,
    /// Everything that was computed from progress, decks or settings is out of date.
    Stale,
    /// The figures are out of date, and what is made from them.
    StaleFigures,
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

/// Why changes were not written.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommitError {
    /// They cannot be written.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What they change cannot be read.
    #[error("{0}")]
    Log(#[from] EventLogError),
}

impl CommitError {
    /// Whether nothing more can be written until the data is opened again.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, CommitError::Store(error) if error.is_final())
    }
}

/// How long a notice stays, in milliseconds, unless it reports an error.
const NOTICE_MS: i64 = 6_000;

impl Core {
    /// Reads progress, settings and decks.
    pub(super) fn load(store: Store, dirs: Dirs, now: &Moment) -> Result<Self, StoreError> {
        let (mut settings, settings_problem) = Settings::load(&dirs.config);
        plans::load_plans(&mut settings.goals, &dirs.cache);
        let library = Library::open(&deck_folders(&dirs, &settings));
        let scheduler = settings.scheduler();
        let log: MemoryLog = store.events()?.into_iter().collect();
        let progress = Progress::from_log(Arc::new(log), &scheduler.model, settings.longest_answer_ms());
        // A log in memory can always be read.
        let progress = progress.unwrap_or_default();
        tracing::info!(events = progress.event_count(), "progress read");
        let mut core = Self {
            library,
            progress: Arc::new(progress),
            scheduler,
            active_goals: Vec::new(),
            settings,
            store,
            dirs,
            screen: Screen::Today,
            undo: UndoLog::default(),
            notice: None,
            figures: Figures::default(),
            repaint: RepaintSignal::default(),
            pending_cards: Vec::new(),
            fresh_text: None,
            progress_readers: Vec::new(),
            changes: Vec::new(),
        };
        if let Some(problem) = settings_problem.or_else(|| core.library.problems_text()) {
            core.notify_error(problem);
        }
        core.refresh_goal_rules(now);
        Ok(core)
    }

    /// Takes the changes that features have to follow, oldest first.
    pub(super) fn take_changes(&mut self) -> Vec<CoreChange> {
        std::mem::take(&mut self.changes)
    }

    /// Notes a change for the features.
    pub(super) fn note(&mut self, change: CoreChange) {
        self.changes.push(change);
    }

    /// Shows a screen in the place of a session.
    pub(super) fn show(&mut self, screen: Screen) {
        self.screen = screen;
        self.note(CoreChange::LeaveSession);
    }

    /// Marks everything that was computed as out of date.
    pub(super) fn invalidate(&mut self) {
        self.note(CoreChange::Stale);
    }

    /// Notes that the library holds other decks.
    pub(super) fn decks_changed(&mut self) {
        self.invalidate();
        self.note(CoreChange::Decks);
    }

    /// Follows keys that changed.
    pub(super) fn rekey(&mut self, rekeyed: Rekeyed) {
        self.undo.rekey(|card| rekeyed.new_key(card));
        self.note(CoreChange::Rekeyed(rekeyed));
    }

    pub(super) fn notify(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_error: false, expires_ms: None });
    }

    /// The log only gets the position in the source code, because the message may quote a deck.
    #[track_caller]
    pub(super) fn notify_error(&mut self, text: impl Into<String>) {
        let place = std::panic::Location::caller();
        tracing::warn!(%place, "a problem was shown");
        self.notice = Some(Notice { text: text.into(), is_error: true, expires_ms: None });
    }

    /// Adds a sentence to the notice if that is an error, else replaces it.
    pub(super) fn append_notice(&mut self, text: String) {
        match self.notice.take().filter(|notice| notice.is_error) {
            Some(problem) => self.notify_error(format!("{} {text}", problem.text)),
            None => self.notify(text),
        }
    }

    /// Removes a notice whose time is over, and sets the time of one that is new.
    pub(super) fn tick_notice(&mut self, now: &Moment) {
        if self.notice_expires_ms().is_some_and(|expires| expires <= now.ms()) {
            self.notice = None;
        }
    }

    /// Sets when a new notice disappears.
    pub(super) fn date_notice(&mut self, now: &Moment) {
        if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.is_error) {
            notice.expires_ms.get_or_insert(now.ms() + NOTICE_MS);
        }
    }

    /// When the notice disappears, in UTC milliseconds; `None` without one, and for errors.
    pub(super) fn notice_expires_ms(&self) -> Option<i64> {
        self.notice.as_ref()?.expires_ms
    }

    /// The events of a card. `None`, with an error shown, if they cannot be read.
    pub(super) fn history(&mut self, card: &CardKey) -> Option<CardHistory> {
        match self.progress.history(card) {
            Ok(history) => Some(history),
            Err(error) => {
                self.notify_error(error.to_string());
                None
            }
        }
    }

    /// Why no answer can be saved any more until the data is opened again. `None` as long as it can.
    pub fn saving_stopped(&self) -> Option<StoreError> {
        self.store.stopped()
    }

    /// Writes events to the store, then applies them. After an error nothing has changed.
    pub(super) fn commit(
        &mut self,
        stamp: Stamp,
        changes: &[(CardKey, Change, Option<AnswerRecord>)],
    ) -> Result<Vec<EventId>, CommitError> {
        // What has to be read for it is read before: afterwards the events are written, and must be folded in.
        let order_ms = self.store.next_order_ms(stamp);
        let needed =
            self.progress.prepare(changes.iter().map(|(card, change, _)| (order_ms, card, change)))?;
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(card, change, answer)| NewEvent { stamp, card, change, answer: answer.as_ref() })
            .collect();
        let written = self.store.append_all(&new)?;
        let ids = written.iter().map(|event| event.id).collect();
        self.fold_in(written, needed);
        Ok(ids)
    }

    /// Applies events that were written; `needed` is what [`Progress::prepare`] read for them.
    pub(super) fn fold_in(&mut self, written: Vec<Event>, mut needed: NeededHistories) {
        self.cancel_progress_readers();
        let progress = Arc::make_mut(&mut self.progress);
        for event in written {
            progress.push(event, &mut needed, &self.scheduler.model);
        }
        self.invalidate();
    }

    /// Leaks what takes long to free, because the process is about to end. There are no decks any more.
    pub(super) fn leak_decks_and_progress(&mut self) {
        std::mem::forget((std::mem::take(&mut self.library), Arc::clone(&self.progress)));
    }

    /// Registers a background task that shares the progress.
    pub(super) fn register_progress_reader(&mut self, task: Canceller) {
        self.progress_readers.retain(|task| !task.is_released());
        self.progress_readers.push(task);
    }

    /// Cancels background work that shares the progress, because changing it while it is shared would copy
    /// it.
    fn cancel_progress_readers(&mut self) {
        self.progress_readers.drain(..).for_each(|task| task.cancel());
    }

    /// Makes the rules agree with the settings after those changed, and saves the settings.
    pub(super) fn settings_changed(&mut self, now: &Moment) {
        self.scheduler = self.settings.scheduler();
        let longest_ms = self.settings.longest_answer_ms();
        if self.progress.longest_answer_ms() != longest_ms {
            self.cancel_progress_readers();
            match self.progress.refolded(&self.scheduler.model, longest_ms) {
                Ok(progress) => self.progress = Arc::new(progress),
                // The next start does it.
                Err(error) => self.notify_error(error.to_string()),
            }
        }
        self.refresh_goal_rules(now);
        self.invalidate();
        self.save_settings();
    }

    /// Saves the settings. Returns false, and shows an error, if that fails.
    pub(super) fn save_settings(&mut self) -> bool {
        let saved = self.settings.save(&self.dirs.config);
        if let Err(error) = &saved {
            self.notify_error(text::settings::not_saved(self.dirs.config.display(), error));
        }
        saved.is_ok()
    }

    /// Computes the schedulers of the exams ahead.
    pub(super) fn refresh_goal_rules(&mut self, now: &Moment) {
        self.active_goals = ActiveGoal::all(&self.settings.goals, &self.scheduler, now.day());
    }

    /// Writes a backup of the progress.
    pub(super) fn back_up(&mut self, now: &Moment) {
        match self.store.backup(now.ms()) {
            Ok(path) => self.notify(text::general::backed_up(path.display())),
            Err(error) => self.notify_error(error.to_string()),
        }
    }

    /// The scheduler for a card: that of the exam that covers it, or the learner's general one.
    pub fn scheduler_of(&self, card: &CardKey, today: StudyDay) -> &Scheduler {
        if self.active_goals.is_empty() {
            return &self.scheduler;
        }
        self.question_of(card)
            .and_then(|(_, question)| {
                ActiveGoal::covering(&self.active_goals, &card.deck, &question.topic, today)
            })
            .map_or(&self.scheduler, |followed| &followed.scheduler)
    }

    /// New cards that may still be introduced on a study day.
    pub(super) fn new_cards_left(&self, day: StudyDay) -> usize {
        (self.settings.new_cards_a_day as usize).saturating_sub(self.progress.introduced_on(day))
    }

    /// For every card of the library, the index of its deck and of its question.
    pub(super) fn card_locations(&self) -> &CardLocations {
        self.library.card_locations()
    }

    /// The deck and the question of a card; `None` if no deck has it.
    pub fn question_of(&self, card: &CardKey) -> Option<(&Arc<Deck>, &Question)> {
        let (deck, question) = *self.card_locations().get(card)?;
        let deck = &self.library.decks()[deck].deck;
        Some((deck, &deck.questions[question]))
    }

    /// The prompt of a card's question; `None` if no deck has it.
    pub(super) fn prompt_of(&self, card: &CardKey) -> Option<&str> {
        self.question_of(card).map(|(_, question)| question.prompt.as_str())
    }

    /// The current key of a card of a test: its question may have been reworded since.
    pub(super) fn current_card_key<'a>(&'a self, old_key: &'a CardKey) -> &'a CardKey {
        self.progress.current_key(old_key, |key| self.card_locations().contains_key(key))
    }

    /// The folder that exports are written to.
    pub(super) fn export_folder(&self) -> PathBuf {
        self.dirs.data.join("exports")
    }

    /// Drops the text that was read for an edit: the file may change from now on.
    pub(super) fn clear_fresh_text(&mut self) {
        self.fresh_text = None;
    }

    /// Reports a written file that could not be opened. The file is there all the same, and the reason is of
    /// no use to the learner.
    pub(super) fn notify_file_not_opened(&mut self, file: &Path, in_folder: bool) {
        self.notify(text::general::saved_without_showing(file.display(), in_folder));
    }
}

/// The folders that decks are loaded from.
pub(crate) fn deck_folders(dirs: &Dirs, settings: &Settings) -> DeckFolders {
    DeckFolders { own: dirs.decks(), added: settings.folders.clone(), cache: Some(dirs.index()) }
}
