//! A change made in the program changes its place in the deck's text and nothing else: what stands around it
//! stays byte for byte, the text reads as the changed deck, and undoing brings the old text back.

mod header;
mod layout;
mod messy;
mod questions;

use std::collections::HashSet;

use linchpin::domain::deck::Deck;
use linchpin::domain::diagnostic::Severity;
use linchpin::domain::question::Question;
use linchpin::formats::ron_deck::edit::{Edit, deck_after_edit};
use linchpin::formats::ron_deck::parse;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Random, and the same every time.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(0x6564_6974),
        ..ProptestConfig::default()
    }
}

/// The deck of a text without errors.
fn sound(text: &str) -> Deck {
    let parsed = parse(text);
    let mut errors = parsed.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
    assert!(errors.next().is_none(), "{:#?}\n{text}", parsed.diagnostics);
    parsed.deck.expect("a deck without errors is there")
}

fn questions_of(deck: &Deck) -> Vec<Question> {
    deck.questions.iter().map(|question| (**question).clone()).collect()
}

/// Notes in comments; the texts have none.
fn notes(text: &str) -> HashSet<&str> {
    text.match_indices("note-").filter_map(|(at, _)| text[at..].split(';').next()).collect()
}

/// Applies an edit and checks what holds for every one; returns the new text and its deck.
fn checked(text: &str, deck: &Deck, edit: &Edit) -> (String, Deck) {
    let after = edit.apply(text);
    assert!(edit.splices.is_sorted_by(|a, b| a.range.end <= b.range.start), "{edit:?}");
    let back = edit.inverse(text);
    assert_eq!(back.apply(&after), text, "undone");
    let new = sound(&after);
    same(&deck_after_edit(deck, text, edit, &after).expect("a deck"), &new, &after);
    same(&deck_after_edit(&new, &after, &back, text).expect("a deck"), deck, text);
    (after, new)
}

/// Whether a deck read around a change is the one that the whole text holds.
fn same(found: &Deck, whole: &Deck, text: &str) {
    assert_eq!(found.questions, whole.questions, "{text}");
    assert_eq!(found.spans, whole.spans, "{text}");
    assert_eq!((&found.id, &found.title, &found.description), (&whole.id, &whole.title, &whole.description));
    assert_eq!((&found.source, &found.topics), (&whole.source, &whole.topics));
    assert!(found.reserved_answers() == whole.reserved_answers(), "{text}");
}

/// Without the comma and the comments, what a deck's list of questions holds of each.
fn written<'t>(text: &'t str, deck: &Deck) -> Vec<&'t str> {
    deck.spans.iter().map(|place| &text[place.range()]).collect()
}
