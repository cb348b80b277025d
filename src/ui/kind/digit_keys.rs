//! The keys of answers that are put together by numbers: Choices, Order, Match and Sort.

use eframe::egui::{Key, Modifiers};

use crate::app::draft::Draft;
use crate::app::study::StudyCommand;
use crate::ui::keys::KeyReader;

/// Digits pick and place, the arrows move, and Backspace takes back.
pub(super) fn keys(keys: &KeyReader<'_>, draft: &Draft) -> Vec<StudyCommand> {
    // Several digits may arrive in one frame; each is applied to the draft that the one before has made.
    let mut new = None;
    for digit in keys.consume_digits() {
        new = new.as_ref().unwrap_or(draft).press_digit(digit).or(new);
    }
    let mut drafts: Vec<Draft> = new.into_iter().collect();
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        // Shift first: the bare arrow also matches with Shift held.
        let carry = !keys.is_on_widget && keys.consume(Modifiers::SHIFT, key);
        if carry || (!keys.is_on_widget && keys.consume_plain_or_alt(key)) {
            drafts.extend(draft.move_cursor(step, carry));
        }
    }
    if keys.consume_plain_or_alt(Key::Backspace) {
        drafts.extend(draft.undo_placement());
    }
    drafts.into_iter().map(StudyCommand::SetDraft).collect()
}
