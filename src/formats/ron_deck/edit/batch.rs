//! Combines several edits into one.

use super::{Edit, EditError, deck_after_edit, set_id, set_title};
use crate::domain::deck::Deck;

/// A function that computes an edit for a text and the deck read from it.
pub type EditStep<'s> = &'s dyn Fn(&str, &Deck) -> Result<Edit, EditError>;

/// Applies the same edit to several questions, given by their indexes in ascending order.
///
/// # Errors
/// Those of `edit_one`. There is no partial result.
pub fn edit_each(
    text: &str,
    deck: &Deck,
    at: &[usize],
    edit_one: impl Fn(&str, &Deck, usize) -> Result<Edit, EditError>,
) -> Result<Edit, EditError> {
    let mut splices = Vec::new();
    for at in at {
        splices.extend(edit_one(text, deck, *at)?.splices);
    }
    let all = Edit::new(splices);
    if all.splices.is_sorted_by(|before, after| before.range.end <= after.range.start) {
        return Ok(all);
    }
    // Edits of adjacent questions overlap. Apply them one after the other instead, the last one first, so that the
    // indexes of the others stay valid.
    let steps: Vec<_> =
        at.iter().rev().map(|at| |text: &str, deck: &Deck| edit_one(text, deck, *at)).collect();
    let steps: Vec<EditStep<'_>> = steps.iter().map(|step| step as EditStep<'_>).collect();
    chain_edits(text, deck, &steps)
}

/// Applies edits one after the other, and returns them as a single edit.
///
/// # Errors
/// Those of the steps. There is no partial result.
pub fn chain_edits(text: &str, deck: &Deck, steps: &[EditStep<'_>]) -> Result<Edit, EditError> {
    let (mut current_text, mut current_deck) = (text.to_owned(), deck.clone());
    for step in steps {
        let edit = step(&current_text, &current_deck)?;
        if edit.is_empty() {
            continue;
        }
        let after = edit.apply(&current_text);
        current_deck =
            deck_after_edit(&current_deck, &current_text, &edit, &after).ok_or(EditError::Stale)?;
        current_text = after;
    }
    Ok(Edit::between(text, &current_text, 0))
}

/// Changes the id and title of a deck, which makes it a different deck with the same questions.
///
/// # Errors
/// If the text is not the one that the deck was read from.
pub fn rename_deck(text: &str, deck: &Deck, id: &str, title: &str) -> Result<Edit, EditError> {
    chain_edits(
        text,
        deck,
        &[&|text, deck| set_title(text, deck, title), &|text, deck| set_id(text, deck, id)],
    )
}
