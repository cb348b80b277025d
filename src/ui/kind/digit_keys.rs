//! The keys of answers that are put together by numbers: Choices, Order, Match and Sort.

use eframe::egui::{Key, Modifiers};

use crate::app::Command;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::ui::keys::{KeyActions, KeyReader};

/// Digits pick and place, the arrows move, Backspace takes back, and Enter checks.
pub fn keys(keys: &mut KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    let out = &mut actions.commands;
    // Several digits may arrive in one frame; each is applied to the draft that the one before has made.
    let mut draft = None;
    for digit in keys.consume_digits() {
        draft = draft.as_ref().unwrap_or(&card.draft).press_digit(digit).or(draft);
    }
    out.extend(draft.map(StudyCommand::SetDraft).map(Command::Study));
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        // Shift first: the bare arrow also matches with Shift held.
        let carry = !keys.is_on_widget && keys.consume(Modifiers::SHIFT, key);
        if carry || (!keys.is_on_widget && keys.consume_plain_or_alt(key)) {
            out.extend(card.draft.move_cursor(step, carry).map(StudyCommand::SetDraft).map(Command::Study));
        }
    }
    if keys.consume_plain_or_alt(Key::Backspace) {
        out.extend(card.draft.undo_placement().map(StudyCommand::SetDraft).map(Command::Study));
    }
    if keys.consume_plain_off_widget(Key::Enter) {
        out.push(Command::Study(StudyCommand::Check));
    }
}
