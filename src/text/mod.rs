//! Every text that a learner reads in the window or in the terminal, one module a feature.
//!
//! A text is a constant, or a function where numbers or names enter. Diagnostics of deck files keep their texts
//! beside the rule that they report.

pub mod about;
pub mod attempt;
pub mod background;
pub mod clock;
pub mod crash;
pub mod decks;
pub mod editor;
pub mod export;
pub mod general;
pub mod goals;
pub mod moves;
pub mod scores;
pub mod settings;
pub mod study;
pub mod terminal;
pub mod today;
pub mod words;

/// How a command reads: on its button, in the command palette and in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandText {
    /// A verb and its object.
    pub label: &'static str,
    /// One sentence on what the command does.
    pub help: &'static str,
    /// Other words that the palette finds it by, in lower case.
    pub synonyms: &'static [&'static str],
    /// The help in the terminal, where keys and commands are typed; `None` where it is the same.
    pub terminal_help: Option<&'static str>,
}

impl CommandText {
    /// A command without synonyms.
    pub const fn new(label: &'static str, help: &'static str) -> Self {
        Self { label, help, synonyms: &[], terminal_help: None }
    }

    /// Adds words that the palette finds the command by, in lower case.
    pub const fn synonyms(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// Gives the command another help in the terminal.
    pub const fn in_terminal(mut self, help: &'static str) -> Self {
        self.terminal_help = Some(help);
        self
    }
}
