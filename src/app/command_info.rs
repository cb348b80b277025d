//! How a command is presented: its words, its keys, and what is typed for it in the terminal. Nothing here knows any
//! command.

use super::shortcut::Shortcut;
use crate::text::CommandText;

/// How a command is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// Its words.
    pub text: CommandText,
    /// Its keys, beginning with the one to show; empty if there is none.
    pub shortcuts: &'static [Shortcut],
    /// What is typed for it in the terminal, after a colon; `None` if the terminal does not have it.
    pub typed: Option<&'static str>,
}

impl CommandInfo {
    /// A command of the window.
    pub fn new(text: CommandText, shortcuts: &'static [Shortcut]) -> Self {
        Self { text, shortcuts, typed: None }
    }

    /// Gives it to the terminal too, where this is typed for it after a colon.
    pub fn typed(mut self, typed: &'static str) -> Self {
        self.typed = Some(typed);
        self
    }
}

/// A command that says how it is presented.
pub trait Presented: Sized {
    /// Words and keys; `None` for commands that only a widget issues.
    fn info(&self) -> Option<CommandInfo>;

    /// The command with other keys than its own, on a screen that gives it these.
    fn on(self, shortcuts: &'static [Shortcut]) -> AvailableCommand<Self> {
        AvailableCommand { command: self, shortcuts, is_listed: true }
    }
}

/// A command that is available now, with the keys that it has here.
#[derive(Clone, Debug, PartialEq)]
pub struct AvailableCommand<C> {
    /// The command.
    pub command: C,
    /// Its keys, beginning with the one to show. They may differ from [`CommandInfo::shortcuts`]: what a screen offers
    /// first is on Space.
    pub shortcuts: &'static [Shortcut],
    /// Whether the command palette lists it, if it has words.
    pub is_listed: bool,
}

impl<C> AvailableCommand<C> {
    /// Leaves it out of the command palette: it is reached by its key only.
    pub fn unlisted(mut self) -> Self {
        self.is_listed = false;
        self
    }

    /// The same for the command that this one becomes.
    pub fn map<D>(self, wrap: impl FnOnce(C) -> D) -> AvailableCommand<D> {
        let Self { command, shortcuts, is_listed } = self;
        AvailableCommand { command: wrap(command), shortcuts, is_listed }
    }
}

impl<C: Presented> From<C> for AvailableCommand<C> {
    fn from(command: C) -> Self {
        let shortcuts = command.info().map_or(&[] as &[Shortcut], |info| info.shortcuts);
        command.on(shortcuts)
    }
}
