//! Everything that can be done, once: its label, its help and its key.

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

/// Which cards a session is about.
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
    /// Exactly these cards: a topic's weakest, a test's mistakes.
    Cards(Arc<[CardKey]>),
}

/// Which of the scope's cards a session takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// Due cards, and new ones up to the day's number.
    Today,
    /// The due cards that gain most, this many, and no new ones.
    MostValuable(usize),
    /// The scope's weakest cards, due or not, this many, weakest first.
    Weakest(usize),
    /// Cards not due yet too: for what is slipping, or before an exam.
    Ahead,
    /// Every card of the scope, new, due or answered today already.
    AllInScope,
    /// This many new cards beyond the day's number.
    ExtraNew(usize),
    /// Anything seen so far, leaving the schedule alone.
    Practice,
}

/// Something that the learner can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Shows a screen; ends a session, of which nothing is lost.
    Go(Screen),
    /// Begins a session.
    Start(Scope, SessionKind),
    /// Ends the session.
    EndSession,
    /// Changes the answer being given, before it counts.
    SetDraft(Draft),
    /// Says how sure one is, before the verdict; the same again takes it back.
    SetConfidence(Confidence),
    /// Gives the answer as drafted.
    Check,
    /// Gives this answer.
    Answer(Response),
    /// Shows the answer: for Recall to grade oneself, else "I don't know".
    ShowAnswer,
    /// Says that the answer is not known, and shows it.
    GiveUp,
    /// Rates the answer and goes on.
    Rate(Rating),
    /// Goes on with the proposed rating.
    Continue,
    /// The right answer was a guess.
    MarkGuessed,
    /// What was typed is right too: counts it as right, and has one's own deck accept it.
    AcceptAnswer,
    /// A slip of the fingers: the right answer was meant, so it counts as right; goes on.
    AcceptSlip,
    /// A slip of the fingers that was none: the answer was not known; goes on.
    RejectSlip,
    /// Shows the hint.
    ShowHint,
    /// Shows or hides why the card comes back when it does.
    ToggleReason,
    /// Never asks this card until resumed.
    Suspend,
    /// Asks this card tomorrow.
    Bury,
    /// Asks every suspended card of a deck, by id, again.
    ResumeAll(Arc<str>),
    /// Never asks these cards until resumed.
    SuspendCards(Vec<CardKey>),
    /// Asks these cards again.
    ResumeCards(Vec<CardKey>),
    /// Makes these cards new again; their answers stay in the log.
    ResetCards(Vec<CardKey>),
    /// Answers what is asked about progress whose question is gone: it moves.
    MoveProgress {
        /// Which question to the learner, by its number.
        asked: u64,
        /// Which of its choices, from 0.
        choice: usize,
    },
    /// Answers it the other way: the progress belongs to none of the choices, and is not asked about again.
    RejectMatch(u64),
    /// Takes back what was done last: an answer, a suspension, a move of progress.
    Undo,
    /// Does it again.
    Redo,
    /// Opens a web page in the browser.
    OpenLink(String),
    /// Opens the folder with progress and decks.
    OpenDataFolder,
    /// Writes a backup of the progress.
    BackUp,
    /// Writes the history as a table for other programs.
    ExportHistory(HistoryTable),
    /// Changes a setting.
    Set(Setting),
    /// Does something with decks and their questions.
    Deck(DeckCommand),
    /// Does something with exam dates.
    Goal(GoalCommand),
    /// Does something on the Scores screen.
    Scores(ScoresCommand),
    /// Does something with tests.
    Test(TestCommand),
    /// Does something with the page About.
    About(AboutCommand),
    /// Takes the message away.
    DismissNotice,
    /// Closes the window.
    Quit,
}

/// What only the world outside can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a web page.
    OpenLink(String),
    /// Open a folder.
    OpenFolder(PathBuf),
    /// Show a file that was just written.
    ShowWritten {
        /// The file.
        file: PathBuf,
        /// In its folder, rather than by the program for files of its kind.
        in_folder: bool,
    },
    /// Ask for a file to import.
    ChooseImport,
    /// Ask for a folder with decks.
    ChooseFolder,
    /// Open a file in the user's editor, at a line from 1.
    OpenFile(PathBuf, u32),
    /// Let the learner choose a picture, beginning in this folder.
    ChooseImage(PathBuf),
    /// Close the window.
    Quit,
}

/// How a command is shown and called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// A verb and what it acts on.
    pub label: &'static str,
    /// One sentence on what it does.
    pub help: &'static str,
    /// The key, as its cap says.
    pub key: &'static str,
}

impl Command {
    /// Label, help and key; `None` for commands that only a widget makes.
    pub fn info(&self) -> Option<CommandInfo> {
        let face = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            Command::Go(Screen::Today) => face("Today", "What to study now.", "Ctrl 1"),
            Command::Go(Screen::Decks) => face("Decks", "Your decks: add, edit, import.", "Ctrl 2"),
            Command::Deck(command) => command.info(),
            Command::Scores(command) => command.info(),
            Command::Goal(command) => command.info(),
            Command::Go(Screen::Test) => {
                face("Test", "A set of questions with a report at the end.", "Ctrl 4")
            }
            Command::Test(command) => command.info(),
            Command::About(command) => command.info(),
            Command::Go(Screen::Scores) => face("Scores", "How every topic stands.", "Ctrl 3"),
            Command::Go(Screen::Settings) => {
                face("Settings", "Look, answering, pace and where the data is.", "Ctrl 5")
            }
            Command::Start(Scope::All, SessionKind::Today) => {
                face("Start studying", "Due cards and today's new ones, of every deck.", "Space")
            }
            Command::Start(_, SessionKind::Today) => face("Study", "Due cards and today's new ones.", ""),
            Command::Start(_, SessionKind::MostValuable(_)) => {
                face("Start with what matters most", "The due cards that you gain most from.", "Space")
            }
            Command::Start(_, SessionKind::Weakest(_)) => face(
                "Go through the weakest once more",
                "What you know least of the exam, weakest first, due or not.",
                "Space",
            ),
            Command::Start(_, SessionKind::Ahead | SessionKind::AllInScope) => {
                face("Study these", "Its cards, due or not.", "")
            }
            Command::Start(_, SessionKind::ExtraNew(_)) => {
                face("Learn 10 more", "New cards beyond today's number.", "L")
            }
            Command::Start(_, SessionKind::Practice) => {
                face("Practise without scheduling", "Anything seen so far; the schedule stays as it is.", "P")
            }
            Command::EndSession => face("End session", "Every answer is kept.", "Esc"),
            Command::Check => face("Check", "Gives the answer.", "Enter"),
            Command::ShowAnswer => face("Show answer", "Shows what is right.", "Space"),
            Command::GiveUp => face("I don’t know", "Shows the answer; the card comes back soon.", "X"),
            Command::Continue => face("Continue", "On to the next card.", "Space"),
            Command::Rate(Rating::Again) => face("Again", "Forgotten: it comes back soon.", "1"),
            Command::Rate(Rating::Hard) => face("Hard", "Recalled with trouble.", "2"),
            Command::Rate(Rating::Good) => face("Good", "Recalled.", "3"),
            Command::Rate(Rating::Easy) => face("Easy", "Recalled at once.", "4"),
            Command::SetConfidence(Confidence::Sure) => {
                face("Sure", "Says before the verdict how sure you are.", "Y")
            }
            Command::SetConfidence(Confidence::ThinkSo) => {
                face("Think so", "Says before the verdict how sure you are.", "M")
            }
            Command::SetConfidence(Confidence::Guess) => {
                face("Guess", "Says so before the verdict; a right guess comes back soon.", "G")
            }
            Command::MarkGuessed => {
                face("I guessed", "A right answer that was a guess comes back soon.", "G")
            }
            Command::AcceptAnswer => {
                face("Accept my answer", "It counts as right, and your deck accepts it from now on.", "A")
            }
            Command::AcceptSlip => {
                face("That is what I meant", "A slip of the fingers: it counts as right.", "A")
            }
            Command::RejectSlip => {
                face("I didn’t know it", "It counts as wrong, and the card comes back soon.", "X")
            }
            Command::ShowHint => face("Hint", "Shows the author's hint.", "H"),
            Command::ToggleReason => face("Why this interval?", "The figures behind the next date.", "W"),
            Command::Suspend => face("Suspend", "Never asks this card until resumed.", "S"),
            Command::ResumeAll(_) => face("Resume them", "Asks the suspended cards of this deck again.", ""),
            Command::SuspendCards(_) => face("Suspend", "Never asks these cards until resumed.", ""),
            Command::ResumeCards(_) => face("Resume", "Asks these cards again.", ""),
            Command::ResetCards(_) => {
                face("Reset progress", "Makes these cards new; their answers stay in the log.", "")
            }
            Command::MoveProgress { .. } => {
                face("Move progress", "What was learned goes on under the new question.", "")
            }
            Command::RejectMatch(_) => face("Keep apart", "The new question starts from the beginning.", ""),
            Command::Bury => face("Bury", "Asks this card tomorrow.", "B"),
            Command::Undo => face("Undo", "Takes back what was done last.", "Ctrl Z"),
            Command::Redo => face("Redo", "Does again what was taken back.", "Ctrl Shift Z"),
            Command::OpenLink(_) => face("Read the source", "Opens the article in the browser.", "R"),
            Command::OpenDataFolder => face("Open the data folder", "Progress, backups and your decks.", ""),
            Command::BackUp => face("Back up now", "Writes a checked copy of the progress.", ""),
            Command::ExportHistory(HistoryTable::Reviews) => {
                face("Export reviews", "Every answer as a row of a table: CSV, for other programs.", "")
            }
            Command::ExportHistory(HistoryTable::Scores) => {
                face("Export scores", "Every topic as a row of a table: CSV, for other programs.", "")
            }
            Command::Set(Setting::AskConfidence(true)) => {
                face("Ask how sure I am", "A line on every question; you may leave it alone.", "")
            }
            Command::Set(Setting::AskConfidence(false)) => {
                face("Stop asking how sure I am", "The keys for it still work.", "")
            }
            Command::Quit => face("Quit", "Closes the window.", "Ctrl Q"),
            Command::Answer(_) | Command::SetDraft(_) | Command::Set(_) | Command::DismissNotice => None,
        }
    }

    /// Whether it only goes on with what is being entered: no reason to take a message away.
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

    /// The label; empty for commands that only a widget makes.
    pub fn label(&self) -> &'static str {
        self.info().map_or("", |face| face.label)
    }

    /// The key; empty where there is none.
    pub fn key(&self) -> &'static str {
        self.info().map_or("", |face| face.key)
    }
}
