//! Several changes as one.

use super::{Edit, EditError, deck_after_edit, set_id, set_title};
use crate::domain::deck::Deck;

/// A change, found in a text and the deck that it holds.
pub type EditStep<'s> = &'s dyn Fn(&str, &Deck) -> Result<Edit, EditError>;

/// The same change to several questions, given by their numbers in ascending order.
///
/// # Errors
/// Those of the change: nothing is changed then.
pub fn edit_each(
    text: &str,
    deck: &Deck,
    at: &[usize],
    one: impl Fn(&str, &Deck, usize) -> Result<Edit, EditError>,
) -> Result<Edit, EditError> {
    let mut splices = Vec::new();
    for at in at {
        splices.extend(one(text, deck, *at)?.splices);
    }
    let all = Edit::new(splices);
    if all.splices.is_sorted_by(|before, after| before.range.end <= after.range.start) {
        return Ok(all);
    }
    // Neighbours are in each other's way: one after the other, the last one first, so that the numbers stay true.
    let steps: Vec<_> = at.iter().rev().map(|at| |text: &str, deck: &Deck| one(text, deck, *at)).collect();
    let steps: Vec<EditStep<'_>> = steps.iter().map(|step| step as EditStep<'_>).collect();
    chain_edits(text, deck, &steps)
}

/// One change after the other, as a single one.
///
/// # Errors
/// Those of the changes: nothing is changed then.
pub fn chain_edits(text: &str, deck: &Deck, steps: &[EditStep<'_>]) -> Result<Edit, EditError> {
    let (mut now, mut there) = (text.to_owned(), deck.clone());
    for step in steps {
        let edit = step(&now, &there)?;
        if edit.is_empty() {
            continue;
        }
        let after = edit.apply(&now);
        there = deck_after_edit(&there, &now, &edit, &after).ok_or(EditError::Stale)?;
        now = after;
    }
    Ok(Edit::between(text, &now, 0))
}

/// What makes a deck's text one of another deck with the same questions.
///
/// # Errors
/// When the text is not the deck's.
pub fn rename_deck(text: &str, deck: &Deck, id: &str, title: &str) -> Result<Edit, EditError> {
    chain_edits(
        text,
        deck,
        &[&|text, deck| set_title(text, deck, title), &|text, deck| set_id(text, deck, id)],
    )
}
