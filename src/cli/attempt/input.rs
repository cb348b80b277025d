//! Input lines of a test: answers and commands.

use crate::app::attempt::TestCommand;
use crate::app::command_info::Presented;
use crate::text::terminal::attempt as texts;
use crate::text::terminal::study::LIST_COMMANDS;

/// A command that can be given at every question of a test.
#[derive(Clone, Debug, PartialEq)]
pub enum AttemptColonCommand {
    /// A command that the window has too.
    Run(TestCommand),
    /// Removes the answer.
    Clear,
    /// Lists the commands.
    Help,
    /// Goes to the question with this number, from 1.
    GoTo(usize),
}

/// Every command with what is typed after the colon and its help.
pub fn colon_commands() -> impl Iterator<Item = (&'static str, AttemptColonCommand, &'static str)> {
    let of_window = TestCommand::TYPED.into_iter().filter_map(|command| {
        let info = command.info()?;
        let help = info.text.terminal_help.unwrap_or(info.text.help);
        Some((info.typed?, AttemptColonCommand::Run(command), help))
    });
    of_window.chain([
        ("c", AttemptColonCommand::Clear, texts::CLEAR_HELP),
        ("?", AttemptColonCommand::Help, LIST_COMMANDS),
    ])
}

/// A line typed in a test.
#[derive(Clone, Debug, PartialEq)]
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
    // The flag was typed as `:f` before it got the same letter as in the window.
    let typed = if rest == "f" { "l" } else { rest };
    match colon_commands().find(|(known, ..)| typed.eq_ignore_ascii_case(known)) {
        Some((_, command, _)) => AttemptInput::Command(command),
        None => AttemptInput::Unknown(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::terminal::help;

    #[test]
    fn the_help_of_the_command_line_names_everything_that_is_typed_in_a_test() {
        for (typed, ..) in colon_commands() {
            assert!(help::TEST.contains(&format!(":{typed}")), "{typed}");
        }
    }

    #[test]
    fn a_colon_begins_a_command_and_a_number_after_it_a_question() {
        assert_eq!(
            parse_attempt_input(" :N "),
            AttemptInput::Command(AttemptColonCommand::Run(TestCommand::Next))
        );
        assert_eq!(
            parse_attempt_input(":l"),
            AttemptInput::Command(AttemptColonCommand::Run(TestCommand::Flag)),
            "the letter of the window"
        );
        assert_eq!(
            parse_attempt_input(":f"),
            AttemptInput::Command(AttemptColonCommand::Run(TestCommand::Flag))
        );
        assert_eq!(parse_attempt_input(":12"), AttemptInput::Command(AttemptColonCommand::GoTo(12)));
        assert_eq!(parse_attempt_input("::-)"), AttemptInput::Text(":-)".into()));
        assert_eq!(parse_attempt_input(":hand in"), AttemptInput::Unknown(":hand in".into()));
        assert_eq!(parse_attempt_input(" 3 1 "), AttemptInput::Text("3 1".into()));
    }
}
