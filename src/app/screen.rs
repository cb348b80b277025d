//! The screens of the window.

use serde::{Deserialize, Serialize};

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

    /// The name in the navigation.
    pub fn label(self) -> &'static str {
        match self {
            Screen::Today => "Today",
            Screen::Decks => "Decks",
            Screen::Scores => "Scores",
            Screen::Test => "Test",
            Screen::Settings => "Settings",
        }
    }

    /// The digit of its shortcut with Ctrl, from 1.
    pub fn digit(self) -> u8 {
        match self {
            Screen::Today => 1,
            Screen::Decks => 2,
            Screen::Scores => 3,
            Screen::Test => 4,
            Screen::Settings => 5,
        }
    }
}
