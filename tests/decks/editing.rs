//! An edit changes its place in the deck's text and nothing else: the text around it stays byte for byte, the new text
//! parses to the changed deck, and undo restores the old text.

mod header;
mod layout;
mod messy;
mod questions;

use std::collections::HashSet;

use linchpin::domain::deck::Deck;
use linchpin::domain::diagnostic::Severity;
use linchpin::domain::question::Question;
use linchpin::formats::ron_deck::edit::{Edit, deck_after_edit};
use linchpin::formats::ron_deck::fix::fix_and_pin_ids;
use linchpin::formats::ron_deck::parse;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Random cases with a fixed seed.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(0x6564_6974),
        ..ProptestConfig::default()
    }
}

/// Parses a text that must have no errors.
fn sound(text: &str) -> Deck {
    let parsed = parse(text);
    let mut errors = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    assert!(errors.next().is_none(), "{:#?}\n{text}", parsed.diagnostics);
    parsed.deck.expect("a deck without errors is there")
}

fn questions_of(deck: &Deck) -> Vec<Question> {
    deck.questions.iter().map(|question| (**question).clone()).collect()
}

/// The notes in comments; texts of questions have none.
fn notes(text: &str) -> HashSet<&str> {
    text.match_indices("note-").filter_map(|(at, _)| text[at..].split(';').next()).collect()
}

/// Applies an edit and checks the laws of every edit; returns the new text and its deck.
fn checked(text: &str, deck: &Deck, edit: &Edit) -> (String, Deck) {
    let after = edit.apply(text);
    assert!(edit.splices.is_sorted_by(|a, b| a.range.end <= b.range.start), "{edit:?}");
    let back = edit.inverse(text);
    assert_eq!(back.apply(&after), text, "undo restores the old text");
    let new = sound(&after);
    assert_same_deck(&deck_after_edit(deck, text, edit, &after).expect("a deck"), &new, &after);
    assert_same_deck(&deck_after_edit(&new, &after, &back, text).expect("a deck"), deck, text);
    (after, new)
}

/// Asserts that a deck updated for an edit equals the deck parsed from the whole text.
fn assert_same_deck(found: &Deck, whole: &Deck, text: &str) {
    assert_eq!(found.questions, whole.questions, "{text}");
    assert_eq!(found.spans, whole.spans, "{text}");
    assert_eq!((&found.id, &found.title, &found.description), (&whole.id, &whole.title, &whole.description));
    assert_eq!((&found.source, &found.topics), (&whole.source, &whole.topics));
    assert!(found.reserved_answers() == whole.reserved_answers(), "{text}");
}

/// The text of each question, without the comma and the comments around it.
fn written<'t>(text: &'t str, deck: &Deck) -> Vec<&'t str> {
    deck.spans.iter().map(|span| &text[span.range()]).collect()
}

#[test]
fn a_deck_in_one_line_is_read_checked_and_edited_like_one_in_many() {
    // Longer than any line that somebody writes by hand.
    let questions: Vec<String> = (0..600)
        .map(|number| {
            format!("(topic: \"t\", prompt: \"Wie heißt Nummer {number}?\", answer: Typed([\"{number}\"]))")
        })
        .collect();
    let deck = |questions: &str| {
        format!(
            "Deck(format: 1, id: \"d\", title: \"T\", topics: {{\"t\": \"T\"}}, questions: [{questions}])"
        )
    };
    let [line, lines] = [", ", ",\n    "].map(|between| deck(&questions.join(between)));
    assert_eq!(questions_of(&sound(&line)), questions_of(&sound(&lines)));

    let [in_line, in_lines] = [&line, &lines].map(|text| fix_and_pin_ids(text));
    assert_eq!((in_line.pinned_ids, in_lines.pinned_ids), (600, 600));
    assert!(!in_line.text.contains('\n'));
    assert_eq!(questions_of(&sound(&in_line.text)), questions_of(&sound(&in_lines.text)));

    let faulty = line.replace("Typed([\"590\"])", "Typd([\"590\"])");
    let [error] = parse(&faulty)
        .diagnostics
        .into_iter()
        .filter(|it| it.severity == Severity::Error)
        .collect::<Vec<_>>()
        .try_into()
        .expect("one error");
    assert_eq!((error.line, error.column as usize), (1, faulty[..error.span.start].chars().count() + 1));
}
