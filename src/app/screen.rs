//! The screens of the window. What a screen looks like is in `ui::screens`.

use serde::{Deserialize, Serialize};

use super::command_info::CommandInfo;
use super::shortcut::Shortcut::Ctrl;
use crate::text::general::commands as text;

/// A screen of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Screen {
    /// What to study now.
    #[default]
    Today,
    /// All decks, and the questions in them.
    Decks,
    /// The score of every topic.
    Scores,
    /// A set of questions with a report at the end.
    Test,
    /// The learner's settings.
    Settings,
}

impl Screen {
    /// All screens, in the order of the navigation.
    pub const ALL: [Screen; 5] =
        [Screen::Today, Screen::Decks, Screen::Scores, Screen::Test, Screen::Settings];

    /// Words and keys of going there. What it offers is in [`offers`](super::offers).
    pub fn info(self) -> CommandInfo {
        let info = CommandInfo::new;
        match self {
            Screen::Today => info(text::TODAY, &[Ctrl('1')]),
            Screen::Decks => info(text::DECKS, &[Ctrl('2')]),
            Screen::Scores => info(text::SCORES, &[Ctrl('3')]),
            Screen::Test => info(text::TEST, &[Ctrl('4')]),
            Screen::Settings => info(text::SETTINGS, &[Ctrl('5')]),
        }
    }

    /// The name in the navigation.
    pub fn label(self) -> &'static str {
        self.info().text.label
    }
}
