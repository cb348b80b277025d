//! The keys of commands, as both the window's keyboard and its key caps read them.

use std::fmt;

/// A key that runs a command, with its modifiers. Its text is what its key cap shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// A letter in upper case, a digit or a sign. Where a text is typed it is pressed with Alt.
    Char(char),
    /// [`Shortcut::Char`] as it is shown beside a text field: with Alt.
    AltChar(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// A character with Ctrl and Shift.
    CtrlShift(char),
    /// Enter with Ctrl.
    CtrlEnter,
    /// Space, or Enter: confirms what a screen offers first. Not while a text is typed.
    Space,
    /// Enter alone, also at the end of a text of one line.
    Enter,
    /// Esc. In a text field it only leaves the field.
    Escape,
    /// Delete, unless a text is typed.
    Delete,
    /// The page key up.
    PageUp,
    /// The page key down.
    PageDown,
    /// The left arrow, unless a text is typed or a widget has the focus.
    ArrowLeft,
    /// The right arrow, unless a text is typed or a widget has the focus.
    ArrowRight,
    /// The up arrow with Alt, unless a text is typed or a widget has the focus.
    AltUp,
    /// The down arrow with Alt, unless a text is typed or a widget has the focus.
    AltDown,
}

impl Shortcut {
    /// The digits from 1, for what is reached by its number.
    pub const DIGITS: [Shortcut; 9] = [
        Shortcut::Char('1'),
        Shortcut::Char('2'),
        Shortcut::Char('3'),
        Shortcut::Char('4'),
        Shortcut::Char('5'),
        Shortcut::Char('6'),
        Shortcut::Char('7'),
        Shortcut::Char('8'),
        Shortcut::Char('9'),
    ];

    /// The key as it is shown; with `beside_text` a character gets its Alt.
    pub fn shown(self, beside_text: bool) -> Self {
        match self {
            Shortcut::Char(character) if beside_text => Shortcut::AltChar(character),
            other => other,
        }
    }

    /// Whether it submits or leaves what the other keys of the same moment have entered, and so comes after them.
    pub fn submits(self) -> bool {
        matches!(
            self,
            Shortcut::Space
                | Shortcut::Enter
                | Shortcut::PageUp
                | Shortcut::PageDown
                | Shortcut::ArrowLeft
                | Shortcut::ArrowRight
        )
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shortcut::Char(character) => write!(out, "{character}"),
            Shortcut::AltChar(character) => write!(out, "Alt {character}"),
            Shortcut::Ctrl(character) => write!(out, "Ctrl {character}"),
            Shortcut::CtrlShift(character) => write!(out, "Ctrl Shift {character}"),
            Shortcut::CtrlEnter => out.write_str("Ctrl Enter"),
            Shortcut::Space => out.write_str("Space"),
            Shortcut::Enter => out.write_str("Enter"),
            Shortcut::Escape => out.write_str("Esc"),
            Shortcut::Delete => out.write_str("Del"),
            Shortcut::PageUp => out.write_str("Page ↑"),
            Shortcut::PageDown => out.write_str("Page ↓"),
            Shortcut::ArrowLeft => out.write_str("←"),
            Shortcut::ArrowRight => out.write_str("→"),
            Shortcut::AltUp => out.write_str("Alt ↑"),
            Shortcut::AltDown => out.write_str("Alt ↓"),
        }
    }
}
