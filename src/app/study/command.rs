//! Commands of a study session.

use std::sync::Arc;

use crate::app::command::CommandInfo;
use crate::app::draft::Draft;
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

/// A command of a study session, or one that starts it.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyCommand {
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
}

impl StudyCommand {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            StudyCommand::Start(Scope::All, SessionKind::Today) => {
                info("Start studying", "Due cards and today's new ones, of every deck.", "Space")
            }
            StudyCommand::Start(_, SessionKind::Today) => {
                info("Study", "Due cards and today's new ones.", "")
            }
            StudyCommand::Start(_, SessionKind::MostValuable(_)) => {
                info("Start with what matters most", "The due cards that you gain most from.", "Space")
            }
            StudyCommand::Start(_, SessionKind::Weakest(_)) => info(
                "Go through the weakest once more",
                "What you know least of the exam, weakest first, due or not.",
                "Space",
            ),
            StudyCommand::Start(_, SessionKind::Ahead | SessionKind::AllInScope) => {
                info("Study these", "Its cards, due or not.", "")
            }
            StudyCommand::Start(_, SessionKind::ExtraNew(_)) => {
                info("Learn 10 more", "New cards beyond today's number.", "L")
            }
            StudyCommand::Start(_, SessionKind::Practice) => {
                info("Practise without scheduling", "Anything seen so far; the schedule stays as it is.", "P")
            }
            StudyCommand::EndSession => info("End session", "Every answer is kept.", "Esc"),
            StudyCommand::Check => info("Check", "Gives the answer.", "Enter"),
            StudyCommand::ShowAnswer => info("Show answer", "Shows what is right.", "Space"),
            StudyCommand::GiveUp => info("I don’t know", "Shows the answer; the card comes back soon.", "X"),
            StudyCommand::Continue => info("Continue", "On to the next card.", "Space"),
            StudyCommand::Rate(Rating::Again) => info("Again", "Forgotten: it comes back soon.", "1"),
            StudyCommand::Rate(Rating::Hard) => info("Hard", "Recalled with trouble.", "2"),
            StudyCommand::Rate(Rating::Good) => info("Good", "Recalled.", "3"),
            StudyCommand::Rate(Rating::Easy) => info("Easy", "Recalled at once.", "4"),
            StudyCommand::SetConfidence(Confidence::Sure) => {
                info("Sure", "Says before the verdict how sure you are.", "Y")
            }
            StudyCommand::SetConfidence(Confidence::ThinkSo) => {
                info("Think so", "Says before the verdict how sure you are.", "M")
            }
            StudyCommand::SetConfidence(Confidence::Guess) => {
                info("Guess", "Says so before the verdict; a right guess comes back soon.", "G")
            }
            StudyCommand::MarkGuessed => {
                info("I guessed", "A right answer that was a guess comes back soon.", "G")
            }
            StudyCommand::AcceptAnswer => {
                info("Accept my answer", "It counts as right, and your deck accepts it from now on.", "A")
            }
            StudyCommand::AcceptSlip => {
                info("That is what I meant", "A slip of the fingers: it counts as right.", "A")
            }
            StudyCommand::RejectSlip => {
                info("I didn’t know it", "It counts as wrong, and the card comes back soon.", "X")
            }
            StudyCommand::ShowHint => info("Hint", "Shows the author's hint.", "H"),
            StudyCommand::ToggleReason => {
                info("Why this interval?", "The figures behind the next date.", "W")
            }
            StudyCommand::Suspend => info("Suspend", "Never asks this card until resumed.", "S"),
            StudyCommand::Bury => info("Bury", "Asks this card tomorrow.", "B"),
            StudyCommand::Answer(_) | StudyCommand::SetDraft(_) => None,
        }
    }
}
