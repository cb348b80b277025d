//! The commands that begin with a colon, which work at every prompt of a study session.

use std::io;

use super::input::StudyInput;
use super::show;
use super::study::{Flow, StudyRepl};
use super::terminal::PrintStyle;
use crate::app::Command;
use crate::app::study::{ActiveCard, Stage, StudyCommand};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
use crate::text;

impl StudyRepl<'_> {
    /// Runs a command. For a line that only looks like a command it prints how to type an answer.
    pub(super) fn run_colon_command(&mut self, input: &StudyInput, card: &ActiveCard) -> io::Result<Flow> {
        let command = match input {
            StudyInput::Command(command) => command.clone(),
            StudyInput::Help => {
                show::help(self.terminal)?;
                return Ok(Flow::Reprompt);
            }
            StudyInput::Unknown(line) | StudyInput::Text(line) => {
                self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    &text::terminal::study::unknown_command(line),
                )?;
                return Ok(Flow::Reprompt);
            }
        };
        // Not from `card`, whose copy is older: a guess changes the rating while the verdict is shown.
        let stage =
            self.app.active_session().and_then(|study| study.active_card()).map(|now| now.stage.clone());
        let study_command = match command {
            Command::Undo => return self.undo(),
            Command::Redo => return self.redo(),
            Command::Study(command) => command,
            Command::Card(command) => {
                let found = self.app.core().future_answers().map(|found| found.answers);
                let Some(answers) = found else { return self.run_as_it_is(Command::Card(command)) };
                self.apply(Command::Card(command))?;
                return self.print_unless_failed(&text::terminal::study::counted_as_today(answers));
            }
            other => return self.run_as_it_is(other),
        };
        match study_command {
            StudyCommand::EndSession => return Ok(Flow::End),
            StudyCommand::ShowHint => self.hint(card)?,
            StudyCommand::SetConfidence(confidence) => self.set_confidence(confidence)?,
            StudyCommand::Suspend => {
                return self.suspend_or_bury(study_command, text::terminal::study::SUSPENDED);
            }
            StudyCommand::Bury => return self.suspend_or_bury(study_command, text::terminal::study::BURIED),
            StudyCommand::GiveUp => match stage {
                Some(Stage::Answering) => {
                    self.apply(Command::Study(StudyCommand::GiveUp))?;
                    return Ok(Flow::Continue);
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    return self.self_grade(&outcomes, Rating::Again, &revealed);
                }
                _ => self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    text::terminal::study::ANSWERED_ALREADY,
                )?,
            },
            StudyCommand::ToggleReason => match stage {
                Some(Stage::Graded { outcomes, rating, answered, .. }) => {
                    show::reason(self.terminal, card, &outcomes, rating, &answered)?;
                }
                Some(Stage::Revealed { outcomes, revealed, .. }) => {
                    show::reason(self.terminal, card, &outcomes, Rating::Good, &revealed)?;
                }
                _ => self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    text::terminal::study::NO_INTERVAL_YET,
                )?,
            },
            other => return self.run_as_it_is(Command::Study(other)),
        }
        Ok(Flow::Reprompt)
    }

    /// Runs a command that needs no words of its own, prints what it says, and goes on with the session.
    fn run_as_it_is(&mut self, command: Command) -> io::Result<Flow> {
        self.apply(command)?;
        let notice = self.app.notice().filter(|notice| !notice.is_error).map(|notice| notice.text.clone());
        if let Some(notice) = notice {
            self.terminal.print_wrapped("  ", PrintStyle::Plain, &notice)?;
        }
        Ok(Flow::Continue)
    }

    /// Sets the confidence before the verdict; the same one again removes it.
    fn set_confidence(&mut self, confidence: Confidence) -> io::Result<()> {
        let card = self.app.active_session().and_then(|study| study.active_card());
        if !card.is_some_and(ActiveCard::can_set_confidence) {
            return self.terminal.print_wrapped(
                "  ",
                PrintStyle::Plain,
                text::terminal::study::CONFIDENCE_TOO_LATE,
            );
        }
        self.apply(Command::Study(StudyCommand::SetConfidence(confidence)))?;
        let confidence =
            self.app.active_session().and_then(|study| study.active_card()).and_then(|card| card.confidence);
        let words = match confidence {
            Some(Confidence::Sure) => text::terminal::study::MARKED_SURE,
            Some(Confidence::ThinkSo) => text::terminal::study::MARKED_THINK_SO,
            Some(Confidence::Guess) => text::terminal::study::MARKED_GUESS,
            None => text::terminal::study::CONFIDENCE_REMOVED,
        };
        self.terminal.print_wrapped("  ", PrintStyle::Plain, words)
    }

    /// Shows the hint, if the question has one and is not answered yet.
    fn hint(&mut self, card: &ActiveCard) -> io::Result<()> {
        if !matches!(card.stage, Stage::Answering) {
            return self.terminal.print_wrapped(
                "  ",
                PrintStyle::Plain,
                text::terminal::study::HINT_TOO_LATE,
            );
        }
        let Some(hint) = card.question().hint.clone() else {
            return self.terminal.print_wrapped("  ", PrintStyle::Plain, text::terminal::study::NO_HINT);
        };
        self.apply(Command::Study(StudyCommand::ShowHint))?;
        let hint = crate::formats::markdown::plain_with_files(&hint);
        self.terminal.print_wrapped(&format!("  {}", text::terminal::study::HINT), PrintStyle::Plain, &hint)
    }

    /// Undoes the last answer, suspension or burial.
    pub(super) fn undo(&mut self) -> io::Result<Flow> {
        if !self.app.can_undo_redo().0 {
            self.terminal.print_wrapped("  ", PrintStyle::Plain, text::general::NOTHING_TO_UNDO)?;
            return Ok(Flow::Reprompt);
        }
        self.apply(Command::Undo)?;
        self.print_unless_failed(text::terminal::study::UNDONE)
    }

    /// Redoes what was undone.
    pub(super) fn redo(&mut self) -> io::Result<Flow> {
        if !self.app.can_undo_redo().1 {
            self.terminal.print_wrapped("  ", PrintStyle::Plain, text::general::NOTHING_TO_REDO)?;
            return Ok(Flow::Reprompt);
        }
        self.apply(Command::Redo)?;
        self.print_unless_failed(text::terminal::study::REDONE)
    }

    fn suspend_or_bury(&mut self, command: StudyCommand, words: &str) -> io::Result<Flow> {
        self.apply(Command::Study(command))?;
        self.print_unless_failed(words)
    }

    /// Prints the text unless the last command failed, and goes on with the session.
    fn print_unless_failed(&mut self, words: &str) -> io::Result<Flow> {
        if !self.last_command_failed() {
            self.terminal.print_wrapped("  ", PrintStyle::Plain, words)?;
        }
        Ok(Flow::Continue)
    }
}
