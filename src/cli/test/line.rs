//! What can be typed in a test beside an answer.

use crate::domain::event::Confidence;

/// A command that can be given at every question of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next question; Enter alone does the same.
    Next,
    /// The question before.
    Previous,
    /// Marks the question for later, or no more.
    Flag,
    /// Takes the answer away.
    Clear,
    /// Says how sure one is; the same again takes it back.
    Say(Confidence),
    /// Lists what is open and what is flagged.
    Overview,
    /// No more answers.
    HandIn,
    /// Lists the commands.
    Help,
    /// Leaves the test for a while.
    Leave,
    /// This question, from 1.
    Go(usize),
}

/// Every command with what is typed for it, and what it does.
pub const ALL: [(&str, Move, &str); 11] = [
    (":n", Move::Next, "The next question; so does Enter alone. :7 goes to question 7."),
    (":p", Move::Previous, "The question before."),
    (":l", Move::Flag, "Marks the question for later, or no more."),
    (":c", Move::Clear, "Takes the answer away."),
    (":sure", Move::Say(Confidence::Sure), "Says how sure you are of your answer."),
    (":think", Move::Say(Confidence::ThinkSo), "The same: you think so."),
    (":guess", Move::Say(Confidence::Guess), "The same: it is a guess."),
    (":o", Move::Overview, "What is open and what is flagged."),
    (":i", Move::HandIn, "Hands in: no more answers, then the report."),
    (":?", Move::Help, "Shows these lines."),
    (":q", Move::Leave, "Leaves the test; so does Ctrl+D. Every answer is kept, its time stands still."),
];

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// To be read as an answer, trimmed.
    Text(String),
    /// A command.
    Move(Move),
    /// Looks like a command, and is none.
    Unknown(String),
}

/// Tells commands from answers, as in a session: a colon begins a command, two colons an answer that begins with one.
pub fn typed(line: &str) -> Typed {
    let line = line.trim();
    if let Some(text) = line.strip_prefix("::") {
        return Typed::Text(format!(":{text}"));
    }
    let Some(rest) = line.strip_prefix(':') else { return Typed::Text(line.to_owned()) };
    if let Ok(number) = rest.trim().parse() {
        return Typed::Move(Move::Go(number));
    }
    let known = ALL.into_iter().find(|(typed, ..)| line.eq_ignore_ascii_case(typed));
    // What the flag was typed as before it got the window's letter.
    let known = known.or_else(|| ALL.into_iter().find(|it| it.1 == Move::Flag && line == ":f"));
    known.map_or_else(|| Typed::Unknown(line.to_owned()), |(_, does, _)| Typed::Move(does))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_command_and_a_number_after_it_a_question() {
        assert_eq!(typed(" :N "), Typed::Move(Move::Next));
        assert_eq!(typed(":l"), Typed::Move(Move::Flag), "the letter of the window");
        assert_eq!(typed(":f"), Typed::Move(Move::Flag));
        assert_eq!(typed(":12"), Typed::Move(Move::Go(12)));
        assert_eq!(typed("::-)"), Typed::Text(":-)".into()));
        assert_eq!(typed(":hand in"), Typed::Unknown(":hand in".into()));
        assert_eq!(typed(" 3 1 "), Typed::Text("3 1".into()));
    }
}
