//! The commands with a colon: possible at every prompt of a session.

use std::io;

use super::ask::{Aside, Entered};
use super::show;
use super::study::{Sitting, Then};
use super::terminal::Ink;
use crate::app::Command;
use crate::app::study::{Asked, Stage};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;

impl Sitting<'_> {
    /// Carries a command out; a line that only looks like one is explained.
    pub(super) fn aside(&mut self, entered: &Entered, asked: &Asked) -> io::Result<Then> {
        let aside = match entered {
            Entered::Aside(aside) => *aside,
            Entered::Unknown(line) | Entered::Text(line) => {
                let how = format!("{line} is no command: :? shows all. Begin an answer with two colons.");
                self.terminal.say("  ", Ink::Plain, &how)?;
                return Ok(Then::Stay);
            }
        };
        // Fresh, because a guess changes the rating while its verdict is on the screen.
        let stage = self.app.study().and_then(|study| study.asked()).map(|now| now.stage.clone());
        match aside {
            Aside::Quit => return Ok(Then::End),
            Aside::Help => show::help(self.terminal)?,
            Aside::Undo => return self.take_back(),
            Aside::Redo => return self.give_again(),
            Aside::Hint => self.hint(asked)?,
            Aside::Say(confidence) => self.say_confidence(confidence)?,
            Aside::Suspend => return self.set_aside(Command::Suspend, "Suspended: not asked any more."),
            Aside::Bury => return self.set_aside(Command::Bury, "Put off until tomorrow."),
            Aside::GiveUp => match stage {
                Some(Stage::Asking) => {
                    self.apply(Command::GiveUp)?;
                    return Ok(Then::GoOn);
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    return self.self_grade(&outcomes, Rating::Again, &revealed);
                }
                _ => {
                    self.terminal.say("  ", Ink::Plain, "The answer is given; 1 to 4 grades it otherwise.")?
                }
            },
            Aside::Why => match stage {
                Some(Stage::Judged { outcomes, rating, answered, .. }) => {
                    show::reason(self.terminal, asked, &outcomes, rating, &answered)?;
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    show::reason(self.terminal, asked, &outcomes, Rating::Good, &revealed)?;
                }
                _ => self.terminal.say("  ", Ink::Plain, "There is no interval before the answer.")?,
            },
        }
        Ok(Then::Stay)
    }

    /// How sure one is: before the verdict, and the same again takes it back.
    fn say_confidence(&mut self, confidence: Confidence) -> io::Result<()> {
        let asked = self.app.study().and_then(|study| study.asked());
        if !asked.is_some_and(Asked::may_say_confidence) {
            return self.terminal.say("  ", Ink::Plain, "That is said before the verdict.");
        }
        self.apply(Command::SayConfidence(confidence))?;
        let said = self.app.study().and_then(|study| study.asked()).and_then(|asked| asked.confidence);
        let words = match said {
            Some(Confidence::Sure) => "You are sure. The same again takes it back.",
            Some(Confidence::ThinkSo) => "You think so. The same again takes it back.",
            Some(Confidence::Guess) => "You are guessing. The same again takes it back.",
            None => "Taken back.",
        };
        self.terminal.say("  ", Ink::Plain, words)
    }

    fn hint(&mut self, asked: &Asked) -> io::Result<()> {
        if !matches!(asked.stage, Stage::Asking) {
            return self.terminal.say("  ", Ink::Plain, "A hint is for before the answer.");
        }
        let Some(hint) = asked.question().hint.clone() else {
            return self.terminal.say("  ", Ink::Plain, "This question has no hint.");
        };
        self.apply(Command::ShowHint)?;
        self.terminal.say("  Hint: ", Ink::Plain, &crate::formats::markdown::in_words(&hint))
    }

    /// Takes the last answer, suspension or burial back.
    pub(super) fn take_back(&mut self) -> io::Result<Then> {
        if !self.app.can_undo_redo().0 {
            self.terminal.say("  ", Ink::Plain, "Nothing to undo.")?;
            return Ok(Then::Stay);
        }
        self.apply(Command::Undo)?;
        self.told_unless_wrong("Taken back; :r does it again.")
    }

    /// Does what was taken back again.
    pub(super) fn give_again(&mut self) -> io::Result<Then> {
        if !self.app.can_undo_redo().1 {
            self.terminal.say("  ", Ink::Plain, "Nothing to redo.")?;
            return Ok(Then::Stay);
        }
        self.apply(Command::Redo)?;
        self.told_unless_wrong("Done again.")
    }

    fn set_aside(&mut self, command: Command, words: &str) -> io::Result<Then> {
        self.apply(command)?;
        self.told_unless_wrong(&format!("{words} :u brings it back."))
    }

    fn told_unless_wrong(&mut self, words: &str) -> io::Result<Then> {
        if !self.went_wrong() {
            self.terminal.say("  ", Ink::Plain, words)?;
        }
        Ok(Then::GoOn)
    }
}
