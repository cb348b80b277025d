//! Separates commands from answers in the lines typed in a study session.

use crate::app::Command;
use crate::app::core::card_changes::CardCommand;
use crate::app::study::StudyCommand;
use crate::text::CommandText;

/// A line typed in a study session.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyInput {
    /// An answer, trimmed and not parsed yet.
    Text(String),
    /// A command that begins with a colon and works at every prompt.
    Command(Command),
    /// Lists the commands.
    Help,
    /// Looks like a command, but is not one.
    Unknown(String),
}

/// The commands of a study session that are typed, each with what is typed after the colon and its words.
pub fn colon_commands() -> impl Iterator<Item = (&'static str, Command, CommandText)> {
    let study = StudyCommand::ALL.into_iter().map(Command::Study);
    let cards = [Command::Card(CardCommand::CountFutureAnswers)];
    [Command::Undo, Command::Redo].into_iter().chain(study).chain(cards).filter_map(|command| {
        let info = command.info()?;
        Some((info.typed?, command, info.text))
    })
}

/// Separates commands from answers: a colon begins a command, two colons begin an answer that starts with one.
pub fn parse_study_input(line: &str) -> StudyInput {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return StudyInput::Text(format!(":{text}"));
    }
    let Some(typed) = line.strip_prefix(':') else { return StudyInput::Text(line.to_owned()) };
    if typed == "?" {
        return StudyInput::Help;
    }
    match colon_commands().find(|(known, ..)| typed.eq_ignore_ascii_case(known)) {
        Some((_, command, _)) => StudyInput::Command(command),
        None => StudyInput::Unknown(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn a_colon_begins_a_command_and_two_an_answer() {
        assert_eq!(parse_study_input(" :U "), StudyInput::Command(Command::Undo));
        assert_eq!(parse_study_input("::-)"), StudyInput::Text(":-)".into()));
        assert_eq!(parse_study_input(":undo"), StudyInput::Unknown(":undo".into()));
        assert_eq!(parse_study_input(" a: b "), StudyInput::Text("a: b".into()));
    }

    #[test]
    fn the_help_of_the_command_line_names_everything_that_is_typed_while_studying() {
        for (typed, ..) in colon_commands() {
            assert!(text::terminal::help::STUDY.contains(&format!(":{typed}")), "{typed}");
        }
    }
}
