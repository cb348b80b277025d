//! The keys that digits are on. On many layouts (French, Czech, Bépo) they write another sign unless Shift is held: they
//! count as digits all the same, for they are where the digits are.

use eframe::egui::{Event, InputState, Key, Modifiers};

/// From 1 on.
pub(super) const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The digit that a press stands for, from 1.
pub(super) fn digit_of(event: &Event) -> Option<usize> {
    DIGITS.iter().position(|digit| stands_for(event, *digit)).map(|place| place + 1)
}

/// Takes every press of a key; whether there was one. A digit is taken by what it writes, or else by where it is.
pub(super) fn consume(input: &mut InputState, modifiers: Modifiers, key: Key) -> bool {
    let before = input.events.len();
    input.events.retain(|event| {
        let fits = matches!(
            event,
            Event::Key { pressed: true, modifiers: held, .. } if held.matches_logically(modifiers)
        );
        !(fits && stands_for(event, key))
    });
    input.events.len() < before
}

fn stands_for(event: &Event, wanted: Key) -> bool {
    let Event::Key { key, physical_key, modifiers, .. } = event else { return false };
    if *key == wanted {
        return true;
    }
    let is_digit = wanted == Key::Num0 || DIGITS.contains(&wanted);
    // With Shift the key means what it writes; and without the number lock the keypad moves.
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
