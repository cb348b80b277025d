//! Commands of a study session.

use super::{SessionState, Study};
use crate::app::active_card::{ActiveCard, Stage};
use crate::app::command_info::{AvailableCommand, CommandInfo, Presented};
use crate::app::draft::Draft;
use crate::app::scope::{Scope, SessionKind};
use crate::app::shortcut::Shortcut::{Char, Enter, Escape, Space};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
use crate::domain::task::Response;
use crate::text::study::commands;

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

impl Presented for StudyCommand {
    fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            StudyCommand::Start(Scope::All, SessionKind::Today) => info(commands::START, &[Space]),
            StudyCommand::Start(_, SessionKind::Today) => info(commands::START_SOME, &[]),
            StudyCommand::Start(_, SessionKind::MostValuable(_)) => {
                info(commands::START_MOST_VALUABLE, &[Space])
            }
            StudyCommand::Start(_, SessionKind::Weakest(_)) => info(commands::START_WEAKEST, &[Space]),
            StudyCommand::Start(_, SessionKind::Ahead | SessionKind::AllInScope) => {
                info(commands::START_AHEAD, &[])
            }
            StudyCommand::Start(_, SessionKind::ExtraNew(_)) => info(commands::START_EXTRA_NEW, &[Char('L')]),
            StudyCommand::Start(_, SessionKind::Practice) => info(commands::START_PRACTICE, &[Char('P')]),
            StudyCommand::SetConfidence(Confidence::Sure) => info(commands::SURE, &[Char('Y')]).typed("sure"),
            StudyCommand::SetConfidence(Confidence::ThinkSo) => {
                info(commands::THINK_SO, &[Char('M')]).typed("think")
            }
            StudyCommand::SetConfidence(Confidence::Guess) => {
                info(commands::GUESS, &[Char('G')]).typed("guess")
            }
            StudyCommand::Check => info(commands::CHECK, &[Enter]),
            StudyCommand::ShowAnswer => info(commands::SHOW_ANSWER, &[Space]),
            StudyCommand::GiveUp => info(commands::GIVE_UP, &[Char('X')]).typed("x"),
            StudyCommand::ShowHint => info(commands::SHOW_HINT, &[Char('H')]).typed("h"),
            StudyCommand::Continue => info(commands::CONTINUE, &[Space]),
            StudyCommand::Rate(Rating::Again) => info(commands::AGAIN, &[Char('1')]),
            StudyCommand::Rate(Rating::Hard) => info(commands::HARD, &[Char('2')]),
            StudyCommand::Rate(Rating::Good) => info(commands::GOOD, &[Char('3')]),
            StudyCommand::Rate(Rating::Easy) => info(commands::EASY, &[Char('4')]),
            StudyCommand::AcceptAnswer => info(commands::ACCEPT_ANSWER, &[Char('A')]),
            StudyCommand::AcceptSlip => info(commands::ACCEPT_SLIP, &[Char('A')]),
            StudyCommand::RejectSlip => info(commands::REJECT_SLIP, &[Char('X')]),
            StudyCommand::MarkGuessed => info(commands::MARK_GUESSED, &[Char('G')]),
            StudyCommand::ToggleReason => info(commands::TOGGLE_REASON, &[Char('W')]).typed("w"),
            StudyCommand::Suspend => info(commands::SUSPEND, &[Char('S')]).typed("s"),
            StudyCommand::Bury => info(commands::BURY, &[Char('B')]).typed("b"),
            StudyCommand::EndSession => info(commands::END_SESSION, &[Escape]).typed("q"),
            StudyCommand::Answer(_) | StudyCommand::SetDraft(_) => return None,
        })
    }
}

impl StudyCommand {
    /// Every command of a running session that has words, in the order of the palette and of the terminal's help.
    pub const ALL: [StudyCommand; 20] = [
        StudyCommand::SetConfidence(Confidence::Sure),
        StudyCommand::SetConfidence(Confidence::ThinkSo),
        StudyCommand::SetConfidence(Confidence::Guess),
        StudyCommand::Check,
        StudyCommand::ShowAnswer,
        StudyCommand::GiveUp,
        StudyCommand::ShowHint,
        StudyCommand::Continue,
        StudyCommand::Rate(Rating::Again),
        StudyCommand::Rate(Rating::Hard),
        StudyCommand::Rate(Rating::Good),
        StudyCommand::Rate(Rating::Easy),
        StudyCommand::AcceptAnswer,
        StudyCommand::AcceptSlip,
        StudyCommand::RejectSlip,
        StudyCommand::MarkGuessed,
        StudyCommand::ToggleReason,
        StudyCommand::Suspend,
        StudyCommand::Bury,
        StudyCommand::EndSession,
    ];

    /// Whether it does something for the card on screen.
    fn is_available(&self, card: &ActiveCard) -> bool {
        let is_answering = matches!(card.stage, Stage::Answering);
        match self {
            StudyCommand::Start(..) => false,
            StudyCommand::SetDraft(_) | StudyCommand::Answer(_) | StudyCommand::GiveUp => is_answering,
            StudyCommand::ShowHint => is_answering && card.question().hint.is_some(),
            StudyCommand::Check => is_answering && card.draft != Draft::Immediate,
            StudyCommand::ShowAnswer => is_answering && card.task.form.is_self_graded(),
            StudyCommand::SetConfidence(_) => card.can_set_confidence(),
            StudyCommand::Continue | StudyCommand::Rate(_) | StudyCommand::ToggleReason => !is_answering,
            StudyCommand::AcceptAnswer => !card.acceptable_answers().is_empty(),
            StudyCommand::AcceptSlip | StudyCommand::RejectSlip => card.can_resolve_slip(),
            StudyCommand::MarkGuessed => matches!(card.stage, Stage::Graded { .. }),
            StudyCommand::Suspend | StudyCommand::Bury | StudyCommand::EndSession => true,
        }
    }
}

impl Study {
    /// The commands of the running session, in the order of the palette.
    pub fn available(&self) -> Vec<AvailableCommand<StudyCommand>> {
        let Some(session) = self.active() else { return Vec::new() };
        let Some(card) = session.active_card() else {
            if matches!(session.state(), SessionState::Preparing(_)) {
                return vec![StudyCommand::EndSession.into()];
            }
            return vec![StudyCommand::EndSession.on(&[Space, Escape])];
        };
        let of_card = StudyCommand::ALL.into_iter().filter(|command| command.is_available(card));
        of_card.map(AvailableCommand::from).collect()
    }
}
