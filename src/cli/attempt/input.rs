//! What can be typed in a test beside an answer.

use crate::domain::event::Confidence;

/// A command that can be given at every question of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptColonCommand {
    /// The next question; Enter alone does the same.
    Next,
    /// The question before.
    Previous,
    /// Marks the question for later, or no more.
    Flag,
    /// Takes the answer away.
    Clear,
    /// Says how sure one is; the same again takes it back.
    SetConfidence(Confidence),
    /// Lists what is open and what is flagged.
    Overview,
    /// No more answers.
    HandIn,
    /// Lists the commands.
    Help,
    /// Leaves the test for a while.
    Leave,
    /// This question, from 1.
    GoTo(usize),
}

/// Every command with what is typed for it, and what it does.
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
        AttemptColonCommand::Leave,
        "Leaves the test; so does Ctrl+D. Every answer is kept, its time stands still.",
    ),
];

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptInput {
    /// To be read as an answer, trimmed.
    Text(String),
    /// A command.
    Command(AttemptColonCommand),
    /// Looks like a command, and is none.
    Unknown(String),
}

/// Tells commands from answers, as in a session: a colon begins a command, two colons an answer that begins with one.
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
    // What the flag was typed as before it got the window's letter.
    let known = known
        .or_else(|| COLON_COMMANDS.into_iter().find(|it| it.1 == AttemptColonCommand::Flag && line == ":f"));
    known.map_or_else(|| AttemptInput::Unknown(line.to_owned()), |(_, does, _)| AttemptInput::Command(does))
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
