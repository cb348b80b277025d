//! The keys that give an answer, in a session and in a test.

use eframe::egui::{FocusDirection, Key, Modifiers};

use super::digits::DIGITS;
use super::{KeyActions, KeyReader};
use crate::app::draft::Draft;
use crate::app::study::{ActiveCard, Stage, StudyCommand};
use crate::app::{Command, Shortcut};
use crate::domain::task::{ChoiceTask, Response, TaskForm};
use crate::ui::screens::study::answer_id;

/// The keys of a card in a session that are no commands of their own.
pub(super) fn read(keys: &KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    if !matches!(card.stage, Stage::Answering) {
        return;
    }
    if card.is_typing_answer() {
        tab_to_gap(keys, card, actions);
        if let Some(gap) = gap_to_fill(keys, card)
            && !keys.is_on_widget
            && keys.consume_plain(Key::Enter)
        {
            actions.focus_gap = Some(gap);
        }
        return;
    }
    actions.commands.extend(answers(keys, card).into_iter().map(Command::Study));
}

/// The answers, or changes of the draft, that the keys give to a question without text fields.
pub(super) fn answers(keys: &KeyReader<'_>, card: &ActiveCard) -> Vec<StudyCommand> {
    let mut out = Vec::new();
    match &card.task.form {
        TaskForm::Bool { .. } => {
            for (key, value) in [('1', true), ('T', true), ('2', false), ('F', false)] {
                if keys.consume_shortcut(Shortcut::Char(key)) {
                    out.push(StudyCommand::Answer(Response::Bool(value)));
                }
            }
        }
        TaskForm::Choice(ChoiceTask { options }) => {
            for (option, key) in DIGITS.into_iter().take(options.len()).enumerate() {
                if keys.consume_plain_or_alt(key) {
                    out.push(StudyCommand::Answer(Response::Choice(vec![option])));
                }
            }
        }
        TaskForm::Choices { .. }
        | TaskForm::Order { .. }
        | TaskForm::Match { .. }
        | TaskForm::Sort { .. } => {
            // Several digits may arrive in one frame; each is applied to the draft that the one before has made.
            let mut draft = None;
            for digit in keys.consume_digits() {
                draft = draft.as_ref().unwrap_or(&card.draft).press_digit(digit).or(draft);
            }
            out.extend(draft.map(StudyCommand::SetDraft));
            for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                // Shift first: the bare arrow also matches with Shift held.
                let carry = !keys.is_on_widget && keys.consume(Modifiers::SHIFT, key);
                if carry || (!keys.is_on_widget && keys.consume_plain_or_alt(key)) {
                    out.extend(card.draft.move_cursor(step, carry).map(StudyCommand::SetDraft));
                }
            }
            if keys.consume_plain_or_alt(Key::Backspace) {
                out.extend(card.draft.undo_placement().map(StudyCommand::SetDraft));
            }
        }
        TaskForm::Recall { .. }
        | TaskForm::Typed(_)
        | TaskForm::Number { .. }
        | TaskForm::Date { .. }
        | TaskForm::Cloze { .. } => {}
    }
    out
}

/// The gap that has the cursor.
pub(super) fn gap_with_cursor(keys: &KeyReader<'_>, card: &ActiveCard) -> Option<usize> {
    let Draft::Cloze(texts) = &card.draft else { return None };
    (0..texts.len()).find(|gap| keys.ctx.memory(|memory| memory.has_focus(answer_id(card, *gap))))
}

/// Moves the cursor from gap to gap with Tab, in the same frame. egui's own Tab leaves the input method without a field
/// for a moment, which loses the first letter of the next word.
pub(super) fn tab_to_gap(keys: &KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    let Some(here) = gap_with_cursor(keys, card) else { return };
    let Draft::Cloze(texts) = &card.draft else { return };
    let is_back = keys.ctx.input(|input| input.modifiers.shift);
    let (modifiers, to) = match is_back {
        true => (Modifiers::SHIFT, here.checked_sub(1)),
        false => (Modifiers::NONE, Some(here + 1)),
    };
    // Out of the gaps egui moves the focus.
    let Some(to) = to.filter(|to| *to < texts.len()) else { return };
    if keys.consume(modifiers, Key::Tab) {
        // Otherwise egui moves the focus once more with the same key.
        keys.ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        actions.focus_gap = Some(to);
    }
}

/// The gap that Enter moves to: the next empty one of a cloze. `None` when Enter checks the answer.
fn gap_to_fill(keys: &KeyReader<'_>, card: &ActiveCard) -> Option<usize> {
    if let Draft::Cloze(texts) = &card.draft {
        let here = gap_with_cursor(keys, card);
        let after = here.map_or(0, |here| here + 1);
        let empty = (after..texts.len()).chain(0..after).find(|gap| texts[*gap].trim().is_empty());
        // Enter in an empty gap means that the learner does not know it: the answer is checked without it.
        let skips_gap = empty.is_some() && empty == here && card.draft.is_complete();
        if !skips_gap && empty.is_some() {
            return empty;
        }
    }
    (!card.draft.is_complete()).then_some(0)
}
