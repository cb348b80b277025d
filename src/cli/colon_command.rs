//! The commands with a colon: possible at every prompt of a session.

use std::io;

use super::input::{ColonCommand, StudyInput};
use super::show;
use super::study::{Flow, StudyRepl};
use super::terminal::Ink;
use crate::app::Command;
use crate::app::study::{ActiveCard, Stage};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;

impl StudyRepl<'_> {
    /// Carries a command out; a line that only looks like one is explained.
    pub(super) fn run_colon_command(&mut self, entered: &StudyInput, asked: &ActiveCard) -> io::Result<Flow> {
        let aside = match entered {
            StudyInput::Command(aside) => *aside,
            StudyInput::Unknown(line) | StudyInput::Text(line) => {
                let how = format!("{line} is no command: :? shows all. Begin an answer with two colons.");
                self.terminal.say("  ", Ink::Plain, &how)?;
                return Ok(Flow::Reprompt);
            }
        };
        // Fresh, because a guess changes the rating while its verdict is on the screen.
        let stage = self.app.study().and_then(|study| study.active_card()).map(|now| now.stage.clone());
        match aside {
            ColonCommand::Quit => return Ok(Flow::End),
            ColonCommand::Help => show::help(self.terminal)?,
            ColonCommand::Undo => return self.undo(),
            ColonCommand::Redo => return self.redo(),
            ColonCommand::Hint => self.hint(asked)?,
            ColonCommand::SetConfidence(confidence) => self.set_confidence(confidence)?,
            ColonCommand::Suspend => {
                return self.suspend_or_bury(Command::Suspend, "Suspended: not asked any more.");
            }
            ColonCommand::Bury => return self.suspend_or_bury(Command::Bury, "Put off until tomorrow."),
            ColonCommand::GiveUp => match stage {
                Some(Stage::Answering) => {
                    self.apply(Command::GiveUp)?;
                    return Ok(Flow::Continue);
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    return self.self_grade(&outcomes, Rating::Again, &revealed);
                }
                _ => {
                    self.terminal.say("  ", Ink::Plain, "The answer is given; 1 to 4 grades it otherwise.")?
                }
            },
            ColonCommand::Why => match stage {
                Some(Stage::Graded { outcomes, rating, answered, .. }) => {
                    show::reason(self.terminal, asked, &outcomes, rating, &answered)?;
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    show::reason(self.terminal, asked, &outcomes, Rating::Good, &revealed)?;
                }
                _ => self.terminal.say("  ", Ink::Plain, "There is no interval before the answer.")?,
            },
        }
        Ok(Flow::Reprompt)
    }

    /// How sure one is: before the verdict, and the same again takes it back.
    fn set_confidence(&mut self, confidence: Confidence) -> io::Result<()> {
        let asked = self.app.study().and_then(|study| study.active_card());
        if !asked.is_some_and(ActiveCard::can_set_confidence) {
            return self.terminal.say("  ", Ink::Plain, "That is said before the verdict.");
        }
        self.apply(Command::SetConfidence(confidence))?;
        let said = self.app.study().and_then(|study| study.active_card()).and_then(|asked| asked.confidence);
        let words = match said {
            Some(Confidence::Sure) => "You are sure. The same again takes it back.",
            Some(Confidence::ThinkSo) => "You think so. The same again takes it back.",
            Some(Confidence::Guess) => "You are guessing. The same again takes it back.",
            None => "Taken back.",
        };
        self.terminal.say("  ", Ink::Plain, words)
    }

    fn hint(&mut self, asked: &ActiveCard) -> io::Result<()> {
        if !matches!(asked.stage, Stage::Answering) {
            return self.terminal.say("  ", Ink::Plain, "A hint is for before the answer.");
        }
        let Some(hint) = asked.question().hint.clone() else {
            return self.terminal.say("  ", Ink::Plain, "This question has no hint.");
        };
        self.apply(Command::ShowHint)?;
        self.terminal.say("  Hint: ", Ink::Plain, &crate::formats::markdown::plain_with_files(&hint))
    }

    /// Takes the last answer, suspension or burial back.
    pub(super) fn undo(&mut self) -> io::Result<Flow> {
        if !self.app.can_undo_redo().0 {
            self.terminal.say("  ", Ink::Plain, "Nothing to undo.")?;
            return Ok(Flow::Reprompt);
        }
        self.apply(Command::Undo)?;
        self.confirm("Taken back; :r does it again.")
    }

    /// Does what was taken back again.
    pub(super) fn redo(&mut self) -> io::Result<Flow> {
        if !self.app.can_undo_redo().1 {
            self.terminal.say("  ", Ink::Plain, "Nothing to redo.")?;
            return Ok(Flow::Reprompt);
        }
        self.apply(Command::Redo)?;
        self.confirm("Done again.")
    }

    fn suspend_or_bury(&mut self, command: Command, words: &str) -> io::Result<Flow> {
        self.apply(command)?;
        self.confirm(&format!("{words} :u brings it back."))
    }

    fn confirm(&mut self, words: &str) -> io::Result<Flow> {
        if !self.went_wrong() {
            self.terminal.say("  ", Ink::Plain, words)?;
        }
        Ok(Flow::Continue)
    }
}
