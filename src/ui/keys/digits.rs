//! The digit keys. On many keyboard layouts (French, Czech, Bépo) they type another character unless Shift is held.
//! They count as digits all the same, by their physical position.

use eframe::egui::{Event, InputState, Key, Modifiers};

/// The digit keys 1 to 9.
pub(in crate::ui) const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The digit of a key press, 1 to 9.
pub(super) fn digit_of(event: &Event) -> Option<usize> {
    DIGITS.iter().position(|digit| stands_for(event, *digit)).map(|place| place + 1)
}

/// Consumes every press of a key with these modifiers; returns whether there was one. A digit is recognised by the
/// character it types, or else by its position.
pub(super) fn consume(input: &mut InputState, modifiers: Modifiers, key: Key) -> bool {
    let before = input.events.len();
    input.events.retain(|event| {
        let has_modifiers = matches!(
            event,
            Event::Key { pressed: true, modifiers: held, .. } if held.matches_logically(modifiers)
        );
        !(has_modifiers && stands_for(event, key))
    });
    input.events.len() < before
}

fn stands_for(event: &Event, wanted: Key) -> bool {
    let Event::Key { key, physical_key, modifiers, .. } = event else { return false };
    if *key == wanted {
        return true;
    }
    let is_digit = wanted == Key::Num0 || DIGITS.contains(&wanted);
    // With Shift the key means the character it types. And without Num Lock the keypad types no character but moves the
    // cursor, so only characters count.
    is_digit && *physical_key == Some(wanted) && !modifiers.shift && is_sign(*key)
}

fn is_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Colon
            | Key::Comma
            | Key::Backslash
            | Key::Slash
            | Key::Pipe
            | Key::Questionmark
            | Key::Exclamationmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
            | Key::Backtick
            | Key::Minus
            | Key::Period
            | Key::Plus
            | Key::Equals
            | Key::Semicolon
            | Key::Quote
    )
}
