//! Input lines of a test: answers and commands.

use crate::domain::event::Confidence;

/// A command that can be given at every question of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptColonCommand {
    /// The next question; Enter alone does the same.
    Next,
    /// The previous question.
    Previous,
    /// Flags the question for later, or removes the flag.
    Flag,
    /// Removes the answer.
    Clear,
    /// Sets the confidence; the same one again removes it.
    SetConfidence(Confidence),
    /// Lists the open and the flagged questions.
    Overview,
    /// Hands the test in: no more answers.
    HandIn,
    /// Lists the commands.
    Help,
    /// Pauses the test.
    Pause,
    /// Goes to the question with this number, from 1.
    GoTo(usize),
}

/// Every command with the text typed for it and its help.
pub const COLON_COMMANDS: [(&str, AttemptColonCommand, &str); 11] = [
    (":n", AttemptColonCommand::Next, "The next question; so does Enter alone. :7 goes to question 7."),
    (":p", AttemptColonCommand::Previous, "The question before."),
    (":l", AttemptColonCommand::Flag, "Marks the question for later, or no more."),
    (":c", AttemptColonCommand::Clear, "Takes the answer away."),
    (":sure", AttemptColonCommand::SetConfidence(Confidence::Sure), "Says how sure you are of your answer."),
    (":think", AttemptColonCommand::SetConfidence(Confidence::ThinkSo), "The same: you think so."),
    (":guess", AttemptColonCommand::SetConfidence(Confidence::Guess), "The same: it is a guess."),
    (":o", AttemptColonCommand::Overview, "What is open and what is flagged."),
    (":i", AttemptColonCommand::HandIn, "Hands in: no more answers, then the report."),
    (":?", AttemptColonCommand::Help, "Shows these lines."),
    (
        ":q",
        AttemptColonCommand::Pause,
        "Leaves the test; so does Ctrl+D. Every answer is kept, its time stands still.",
    ),
];

/// A line typed in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptInput {
    /// An answer, trimmed and not parsed yet.
    Text(String),
    /// A command.
    Command(AttemptColonCommand),
    /// Looks like a command, but is not one.
    Unknown(String),
}

/// Separates commands from answers, as in a study session: a colon begins a command, two colons begin an answer that
/// starts with one.
pub fn parse_attempt_input(line: &str) -> AttemptInput {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return AttemptInput::Text(format!(":{text}"));
    }
    let Some(rest) = line.strip_prefix(':') else { return AttemptInput::Text(line.to_owned()) };
    if let Ok(number) = rest.trim().parse() {
        return AttemptInput::Command(AttemptColonCommand::GoTo(number));
    }
    let known = COLON_COMMANDS.into_iter().find(|(typed, ..)| line.eq_ignore_ascii_case(typed));
    // The flag was typed as `:f` before it got the same letter as in the window.
    let known = known
        .or_else(|| COLON_COMMANDS.into_iter().find(|it| it.1 == AttemptColonCommand::Flag && line == ":f"));
    known.map_or_else(
        || AttemptInput::Unknown(line.to_owned()),
        |(_, command, _)| AttemptInput::Command(command),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_command_and_a_number_after_it_a_question() {
        assert_eq!(parse_attempt_input(" :N "), AttemptInput::Command(AttemptColonCommand::Next));
        assert_eq!(
            parse_attempt_input(":l"),
            AttemptInput::Command(AttemptColonCommand::Flag),
            "the letter of the window"
        );
        assert_eq!(parse_attempt_input(":f"), AttemptInput::Command(AttemptColonCommand::Flag));
        assert_eq!(parse_attempt_input(":12"), AttemptInput::Command(AttemptColonCommand::GoTo(12)));
        assert_eq!(parse_attempt_input("::-)"), AttemptInput::Text(":-)".into()));
        assert_eq!(parse_attempt_input(":hand in"), AttemptInput::Unknown(":hand in".into()));
        assert_eq!(parse_attempt_input(" 3 1 "), AttemptInput::Text("3 1".into()));
    }
}
