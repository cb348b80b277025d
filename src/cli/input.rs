//! Separates commands from answers in the lines typed in a study session.

use crate::domain::event::Confidence;

/// A command that begins with a colon and works at every prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColonCommand {
    /// Undoes the last answer.
    Undo,
    /// Redoes what was undone.
    Redo,
    /// Shows the hint.
    Hint,
    /// Lists the commands.
    Help,
    /// Gives up: shows the answer and grades it as not known.
    GiveUp,
    /// Suspends the card.
    Suspend,
    /// Buries the card until tomorrow.
    Bury,
    /// Sets the confidence, before the verdict.
    SetConfidence(Confidence),
    /// Shows the reason for the interval.
    Why,
    /// Ends the session.
    Quit,
}

impl ColonCommand {
    /// Every command with the text typed for it.
    pub const ALL: [(&'static str, ColonCommand); 12] = [
        (":u", ColonCommand::Undo),
        (":r", ColonCommand::Redo),
        (":h", ColonCommand::Hint),
        (":x", ColonCommand::GiveUp),
        (":sure", ColonCommand::SetConfidence(Confidence::Sure)),
        (":think", ColonCommand::SetConfidence(Confidence::ThinkSo)),
        (":guess", ColonCommand::SetConfidence(Confidence::Guess)),
        (":s", ColonCommand::Suspend),
        (":b", ColonCommand::Bury),
        (":w", ColonCommand::Why),
        (":?", ColonCommand::Help),
        (":q", ColonCommand::Quit),
    ];
}

/// A line typed in a study session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyInput {
    /// An answer, trimmed and not parsed yet.
    Text(String),
    /// A command.
    Command(ColonCommand),
    /// Looks like a command, but is not one.
    Unknown(String),
}

/// Separates commands from answers: a colon begins a command, two colons begin an answer that starts with one.
pub fn parse_study_input(line: &str) -> StudyInput {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return StudyInput::Text(format!(":{text}"));
    }
    if !line.starts_with(':') {
        return StudyInput::Text(line.to_owned());
    }
    let known = ColonCommand::ALL.into_iter().find(|(typed, _)| line.eq_ignore_ascii_case(typed));
    known.map_or_else(|| StudyInput::Unknown(line.to_owned()), |(_, command)| StudyInput::Command(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_command_and_two_an_answer() {
        assert_eq!(parse_study_input(" :U "), StudyInput::Command(ColonCommand::Undo));
        assert_eq!(parse_study_input("::-)"), StudyInput::Text(":-)".into()));
        assert_eq!(parse_study_input(":undo"), StudyInput::Unknown(":undo".into()));
        assert_eq!(parse_study_input(" a: b "), StudyInput::Text("a: b".into()));
    }
}
