//! The screens of the window. What a screen looks like is in `ui::screens`.

use serde::{Deserialize, Serialize};

use super::App;
use super::attempt::TestCommand;
use super::command::{AvailableCommand, CommandInfo};
use super::decks::DeckCommand;
use super::scores::ScoresCommand;
use super::shortcut::Shortcut::{self, Ctrl};
use super::today;
use crate::text::CommandText;
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

/// What a screen is, apart from its looks.
struct ScreenInfo {
    text: CommandText,
    shortcuts: &'static [Shortcut],
    /// What it offers now, in the order of the palette.
    commands: fn(&App) -> Vec<AvailableCommand>,
}

impl Screen {
    /// All screens, in the order of the navigation.
    pub const ALL: [Screen; 5] =
        [Screen::Today, Screen::Decks, Screen::Scores, Screen::Test, Screen::Settings];

    fn row(self) -> ScreenInfo {
        let row = |text, shortcuts, commands| ScreenInfo { text, shortcuts, commands };
        match self {
            Screen::Today => row(text::TODAY, &[Ctrl('1')], today::available),
            Screen::Decks => row(text::DECKS, &[Ctrl('2')], DeckCommand::available),
            Screen::Scores => row(text::SCORES, &[Ctrl('3')], ScoresCommand::available),
            Screen::Test => row(text::TEST, &[Ctrl('4')], TestCommand::available),
            // It has none of its own.
            Screen::Settings => row(text::SETTINGS, &[Ctrl('5')], today::available_elsewhere),
        }
    }

    /// Words and keys of going there.
    pub fn info(self) -> CommandInfo {
        let ScreenInfo { text, shortcuts, .. } = self.row();
        CommandInfo::new(text, shortcuts)
    }

    /// The name in the navigation.
    pub fn label(self) -> &'static str {
        self.row().text.label
    }

    /// The commands that it offers now, in the order of the palette.
    pub fn commands(self, app: &App) -> Vec<AvailableCommand> {
        (self.row().commands)(app)
    }
}
