//! What the window and the terminal read of the state.

use std::sync::Arc;

use super::App;
use super::about::AboutPage;
use super::active_card::ActiveCard;
use super::attempt::Tests;
use super::core::{Core, Notice};
use super::decks::Decks;
use super::dirs::Dirs;
use super::figures::Figures;
use super::goals::Goals;
use super::goals::imminent::ImminentExam;
use super::history_export::HistoryExport;
use super::moves::{self, OpenMove};
use super::scores::Scores;
use super::screen::Screen;
use super::settings::Settings;
use super::study::ActiveSession;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::goal::Goal;
use crate::domain::progress::Progress;
use crate::domain::schedule::Scheduler;
use crate::library::Library;
use crate::store::Store;

impl App {
    /// What every feature stands on: cards, questions and rules.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// The loaded decks.
    pub fn library(&self) -> &Library {
        &self.core.library
    }

    /// The state and history of every card.
    pub fn progress(&self) -> &Progress {
        &self.core.progress
    }

    /// The scheduler with the learner's general settings; exams have their own, see [`Core::scheduler_of`].
    pub fn scheduler(&self) -> &Scheduler {
        &self.core.scheduler
    }

    /// The learner's settings.
    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// The folders of the learner's data.
    pub fn dirs(&self) -> &Dirs {
        &self.core.dirs
    }

    /// The event log, for reading.
    pub fn store(&self) -> &Store {
        &self.core.store
    }

    /// What is being exported.
    pub fn history_export(&self) -> &HistoryExport {
        &self.history_export
    }

    /// The screen, which a session covers while it runs.
    pub fn screen(&self) -> Screen {
        self.core.screen
    }

    /// The study day of the last tick.
    pub fn today(&self) -> StudyDay {
        self.today.day()
    }

    /// The notice on screen, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.core.notice.as_ref()
    }

    /// Counts and scores of all decks. While a background thread computes them, these are the previous ones.
    pub fn figures(&self) -> &Figures {
        &self.core.figures
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.core.undo.can_undo(), self.core.undo.can_redo())
    }

    /// The running session, if there is one.
    pub fn active_session(&self) -> Option<&ActiveSession> {
        self.study.active()
    }

    /// The card on screen, in a session or in a test.
    pub fn active_card(&self) -> Option<&ActiveCard> {
        self.study.active_card().or_else(|| self.tests.active_card())
    }

    /// Tests: their setup, the active one, and the completed ones.
    pub fn tests(&self) -> &Tests {
        &self.tests
    }

    /// The state of the Decks screen.
    pub fn decks(&self) -> &Decks {
        &self.decks
    }

    /// The deck of the page; `None` if a library or an unreadable file is shown.
    pub fn page_deck(&self) -> Option<&Arc<Deck>> {
        self.decks.page_deck(&self.core)
    }

    /// The moves of progress that the learner has not answered yet.
    pub fn open_moves(&self) -> impl Iterator<Item = &OpenMove> {
        self.moves.open_moves(&self.core)
    }

    /// The state of the Scores screen.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// Forecasts of the exams, and the page of one.
    pub fn goals(&self) -> &Goals {
        &self.goals
    }

    /// The exam to mention today, with its index: the next one, else the latest one of the last days.
    pub fn next_exam(&self, today: StudyDay) -> Option<(usize, &Goal)> {
        Goals::next_exam(&self.core, today)
    }

    /// The next exam, if it is today or tomorrow and has cards.
    pub fn imminent_exam(&self, today: StudyDay) -> Option<ImminentExam<'_>> {
        self.goals.imminent_exam(&self.core, today)
    }

    /// The exam at an index of the settings, if it is today or tomorrow and has cards.
    pub fn imminent_exam_at(&self, at: usize, today: StudyDay) -> Option<ImminentExam<'_>> {
        self.goals.imminent_exam_at(&self.core, at, today)
    }

    /// "Exam in 12 days: 78 % (74–82 %) expected with 25 minutes today"
    pub fn exam_summary(&self, at: usize, today: StudyDay) -> Option<String> {
        self.goals.exam_summary(&self.core, at, today)
    }

    /// The About page, if it is open. During a session or a test it is hidden, because the card takes its
    /// place.
    pub fn about(&self) -> Option<&AboutPage> {
        self.about.page().filter(|_| self.study.active().is_none() && !self.tests.is_active())
    }

    /// Computes the forecasts of a deck, or of all decks, on this thread: for the terminal.
    pub fn forecast_now(&mut self, deck: Option<&str>, now: &Moment) {
        self.goals.forecast_now(&mut self.core, deck, now);
        // The plans change which cards are due today.
        self.refresh(now);
    }

    /// Moves the progress of a deck to the questions with the same ids in its copy. Returns the number of
    /// questions. Progress that the copy already has is kept.
    pub fn carry_progress(&mut self, from_deck: &str, to_deck: &str, now: &Moment) -> usize {
        let count = moves::Moves::carry_progress(&mut self.core, from_deck, to_deck, now);
        self.follow_changes(now);
        count
    }

    /// Pauses the test on screen, if there is one. Returns false, and keeps the test on screen with an error,
    /// if the last answer cannot be saved.
    pub fn pause_test(&mut self, now: &Moment) -> bool {
        let is_saved = self.tests.pause(&mut self.core, now);
        self.follow_changes(now);
        is_saved
    }
}
