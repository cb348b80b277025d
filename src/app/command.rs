//! Every command with its label, help text and key, in one place.

use std::path::PathBuf;
use std::sync::Arc;

use super::about::AboutCommand;
use super::attempt::TestCommand;
use super::decks::DeckCommand;
use super::draft::Draft;
use super::goals::GoalCommand;
use super::history_export::HistoryTable;
use super::scores::ScoresCommand;
use super::screen::Screen;
use super::settings::Setting;
use crate::domain::event::Confidence;
use crate::domain::ids::CardKey;
use crate::domain::rating::Rating;
use crate::domain::task::Response;

/// The cards that a session may choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every deck.
    All,
    /// One deck, by id.
    Deck(Arc<str>),
    /// One topic of one deck.
    Topic {
        /// The deck's id.
        deck: Arc<str>,
        /// The topic's key.
        topic: String,
    },
    /// Exactly these cards, such as a topic's weakest or a test's mistakes.
    Cards(Arc<[CardKey]>),
}

/// How a session chooses from the cards in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// Due cards, and new cards up to the daily limit.
    Today,
    /// The due cards with the largest memory gain, at most this many, and no new ones.
    MostValuable(usize),
    /// The weakest cards, due or not, at most this many, weakest first.
    Weakest(usize),
    /// Also reviews that are not due yet.
    Ahead,
    /// Every card in scope: new, due, or already answered today.
    AllInScope,
    /// This many new cards beyond the daily limit.
    ExtraNew(usize),
    /// Every card that was seen before, without changing the schedule.
    Practice,
}

/// A command of the learner.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Shows a screen and ends the running session; given answers stay.
    Go(Screen),
    /// Starts a session.
    Start(Scope, SessionKind),
    /// Ends the running session.
    EndSession,
    /// Changes the draft of the answer.
    SetDraft(Draft),
    /// Sets how sure the learner is, before the verdict; the same value again removes it.
    SetConfidence(Confidence),
    /// Submits the draft.
    Check,
    /// Submits this answer.
    Answer(Response),
    /// Shows the answer. A Recall card then waits for a self-grade; for other kinds it means "I don't know".
    ShowAnswer,
    /// Says that the answer is not known, and shows it.
    GiveUp,
    /// Rates the answer and continues.
    Rate(Rating),
    /// Continues with the proposed rating.
    Continue,
    /// Marks a right answer as a guess.
    MarkGuessed,
    /// Counts what was typed as right, and makes the learner's own deck accept it.
    AcceptAnswer,
    /// Says that a slip was meant to be the right answer: it counts as right. Continues.
    AcceptSlip,
    /// Says that a slip was not meant to be the right answer: it counts as wrong. Continues.
    RejectSlip,
    /// Shows the hint.
    ShowHint,
    /// Shows or hides the explanation of the interval.
    ToggleReason,
    /// Suspends the active card.
    Suspend,
    /// Buries the active card until tomorrow.
    Bury,
    /// Resumes every suspended card of a deck, by id.
    ResumeAll(Arc<str>),
    /// Suspends these cards.
    SuspendCards(Vec<CardKey>),
    /// Resumes these cards.
    ResumeCards(Vec<CardKey>),
    /// Resets these cards to new; their answers stay in the log.
    ResetCards(Vec<CardKey>),
    /// Answers an open move: progress whose question is gone moves to the chosen question.
    MoveProgress {
        /// The number of the open move.
        number: u64,
        /// Index of the choice.
        choice: usize,
    },
    /// Answers an open move, by number: the progress belongs to none of the choices. It is not asked again.
    RejectMatch(u64),
    /// Undoes the last change, such as an answer, a suspension or a move of progress.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// Opens a web page in the browser.
    OpenLink(String),
    /// Opens the folder with progress and decks in the file manager.
    OpenDataFolder,
    /// Writes a backup of the progress now.
    BackUp,
    /// Writes the history as a table.
    ExportHistory(HistoryTable),
    /// Changes a setting.
    Set(Setting),
    /// A command for decks and their questions.
    Deck(DeckCommand),
    /// A command for exam dates.
    Goal(GoalCommand),
    /// A command for the Scores screen.
    Scores(ScoresCommand),
    /// A command for tests.
    Test(TestCommand),
    /// A command for the About page.
    About(AboutCommand),
    /// Removes the notice.
    DismissNotice,
    /// Closes the window.
    Quit,
}

/// A request that only the window or the operating system can fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a web page.
    OpenLink(String),
    /// Open a folder in the file manager.
    OpenFolder(PathBuf),
    /// Show a file that was just written.
    ShowWritten {
        /// The file.
        file: PathBuf,
        /// Whether to show it in its folder instead of opening it.
        in_folder: bool,
    },
    /// Let the learner choose a file to import.
    ChooseImport,
    /// Let the learner choose a folder with decks.
    ChooseFolder,
    /// Open a file in the learner's text editor, at a line from 1.
    OpenFile(PathBuf, u32),
    /// Let the learner choose an image, starting in this folder.
    ChooseImage(PathBuf),
    /// Close the window.
    Quit,
}

/// How a command is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// A verb and its object.
    pub label: &'static str,
    /// One sentence on what the command does.
    pub help: &'static str,
    /// The key as its key cap shows it; empty if there is none.
    pub key: &'static str,
}

impl Command {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            Command::Go(Screen::Today) => info("Today", "What to study now.", "Ctrl 1"),
            Command::Go(Screen::Decks) => info("Decks", "Your decks: add, edit, import.", "Ctrl 2"),
            Command::Deck(command) => command.info(),
            Command::Scores(command) => command.info(),
            Command::Goal(command) => command.info(),
            Command::Go(Screen::Test) => {
                info("Test", "A set of questions with a report at the end.", "Ctrl 4")
            }
            Command::Test(command) => command.info(),
            Command::About(command) => command.info(),
            Command::Go(Screen::Scores) => info("Scores", "How every topic stands.", "Ctrl 3"),
            Command::Go(Screen::Settings) => {
                info("Settings", "Look, answering, pace and where the data is.", "Ctrl 5")
            }
            Command::Start(Scope::All, SessionKind::Today) => {
                info("Start studying", "Due cards and today's new ones, of every deck.", "Space")
            }
            Command::Start(_, SessionKind::Today) => info("Study", "Due cards and today's new ones.", ""),
            Command::Start(_, SessionKind::MostValuable(_)) => {
                info("Start with what matters most", "The due cards that you gain most from.", "Space")
            }
            Command::Start(_, SessionKind::Weakest(_)) => info(
                "Go through the weakest once more",
                "What you know least of the exam, weakest first, due or not.",
                "Space",
            ),
            Command::Start(_, SessionKind::Ahead | SessionKind::AllInScope) => {
                info("Study these", "Its cards, due or not.", "")
            }
            Command::Start(_, SessionKind::ExtraNew(_)) => {
                info("Learn 10 more", "New cards beyond today's number.", "L")
            }
            Command::Start(_, SessionKind::Practice) => {
                info("Practise without scheduling", "Anything seen so far; the schedule stays as it is.", "P")
            }
            Command::EndSession => info("End session", "Every answer is kept.", "Esc"),
            Command::Check => info("Check", "Gives the answer.", "Enter"),
            Command::ShowAnswer => info("Show answer", "Shows what is right.", "Space"),
            Command::GiveUp => info("I don’t know", "Shows the answer; the card comes back soon.", "X"),
            Command::Continue => info("Continue", "On to the next card.", "Space"),
            Command::Rate(Rating::Again) => info("Again", "Forgotten: it comes back soon.", "1"),
            Command::Rate(Rating::Hard) => info("Hard", "Recalled with trouble.", "2"),
            Command::Rate(Rating::Good) => info("Good", "Recalled.", "3"),
            Command::Rate(Rating::Easy) => info("Easy", "Recalled at once.", "4"),
            Command::SetConfidence(Confidence::Sure) => {
                info("Sure", "Says before the verdict how sure you are.", "Y")
            }
            Command::SetConfidence(Confidence::ThinkSo) => {
                info("Think so", "Says before the verdict how sure you are.", "M")
            }
            Command::SetConfidence(Confidence::Guess) => {
                info("Guess", "Says so before the verdict; a right guess comes back soon.", "G")
            }
            Command::MarkGuessed => {
                info("I guessed", "A right answer that was a guess comes back soon.", "G")
            }
            Command::AcceptAnswer => {
                info("Accept my answer", "It counts as right, and your deck accepts it from now on.", "A")
            }
            Command::AcceptSlip => {
                info("That is what I meant", "A slip of the fingers: it counts as right.", "A")
            }
            Command::RejectSlip => {
                info("I didn’t know it", "It counts as wrong, and the card comes back soon.", "X")
            }
            Command::ShowHint => info("Hint", "Shows the author's hint.", "H"),
            Command::ToggleReason => info("Why this interval?", "The figures behind the next date.", "W"),
            Command::Suspend => info("Suspend", "Never asks this card until resumed.", "S"),
            Command::ResumeAll(_) => info("Resume them", "Asks the suspended cards of this deck again.", ""),
            Command::SuspendCards(_) => info("Suspend", "Never asks these cards until resumed.", ""),
            Command::ResumeCards(_) => info("Resume", "Asks these cards again.", ""),
            Command::ResetCards(_) => {
                info("Reset progress", "Makes these cards new; their answers stay in the log.", "")
            }
            Command::MoveProgress { .. } => {
                info("Move progress", "What was learned goes on under the new question.", "")
            }
            Command::RejectMatch(_) => info("Keep apart", "The new question starts from the beginning.", ""),
            Command::Bury => info("Bury", "Asks this card tomorrow.", "B"),
            Command::Undo => info("Undo", "Takes back what was done last.", "Ctrl Z"),
            Command::Redo => info("Redo", "Does again what was taken back.", "Ctrl Shift Z"),
            Command::OpenLink(_) => info("Read the source", "Opens the article in the browser.", "R"),
            Command::OpenDataFolder => info("Open the data folder", "Progress, backups and your decks.", ""),
            Command::BackUp => info("Back up now", "Writes a checked copy of the progress.", ""),
            Command::ExportHistory(HistoryTable::Reviews) => {
                info("Export reviews", "Every answer as a row of a table: CSV, for other programs.", "")
            }
            Command::ExportHistory(HistoryTable::Scores) => {
                info("Export scores", "Every topic as a row of a table: CSV, for other programs.", "")
            }
            Command::Set(Setting::AskConfidence(true)) => {
                info("Ask how sure I am", "A line on every question; you may leave it alone.", "")
            }
            Command::Set(Setting::AskConfidence(false)) => {
                info("Stop asking how sure I am", "The keys for it still work.", "")
            }
            Command::Quit => info("Quit", "Closes the window.", "Ctrl Q"),
            Command::Answer(_) | Command::SetDraft(_) | Command::Set(_) | Command::DismissNotice => None,
        }
    }

    /// Whether the About page closes, because something else takes its place.
    pub(super) fn leaves_about(&self) -> bool {
        matches!(
            self,
            Command::Go(_)
                | Command::Start(..)
                | Command::Deck(_)
                | Command::Goal(_)
                | Command::Scores(_)
                | Command::Test(_)
        )
    }

    /// Whether the notice on screen stays, because the command only continues an input.
    pub fn keeps_notice(&self) -> bool {
        match self {
            Command::SetDraft(_) | Command::SetConfidence(_) | Command::Goal(GoalCommand::SetForm(_)) => true,
            Command::Test(command) => command.keeps_notice(),
            Command::About(command) => matches!(command, AboutCommand::Search(_)),
            Command::Deck(command) => matches!(
                command,
                DeckCommand::SetForm(_)
                    | DeckCommand::SetDialog(_)
                    | DeckCommand::SetView(_)
                    | DeckCommand::Select(_)
                    | DeckCommand::Preview(_)
                    | DeckCommand::SetImport(_)
                    | DeckCommand::SetImportTitle(_)
            ),
            _ => false,
        }
    }

    /// The label; empty for commands that only a widget issues.
    pub fn label(&self) -> &'static str {
        self.info().map_or("", |info| info.label)
    }

    /// The key; empty if there is none.
    pub fn key(&self) -> &'static str {
        self.info().map_or("", |info| info.key)
    }
}
