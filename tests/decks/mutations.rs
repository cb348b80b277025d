//! Mutated decks: nothing panics, every diagnostic has a place, and no sound question is lost. The mutations are random,
//! with a fixed seed; `fuzz/` searches for more.

#[path = "../../fuzz/laws.rs"]
mod laws;

use std::sync::LazyLock;

use linchpin::domain::deck::QuestionSpan;
use linchpin::formats::ron_deck::parse;
use linchpin::library::SHIPPED;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const PIECES: [&str; 40] = [
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "//",
    "/*",
    "*/",
    "r#\"",
    "\"#",
    "“",
    "”",
    "'",
    "\\",
    "\r\n",
    "\n",
    "\t",
    "\u{FEFF}",
    "{{",
    "}}",
    "None",
    "Some(",
    "id: \"x\",",
    "topic: ",
    "answer: Bool(true)",
    "questions: [",
    "],",
    "),",
    "#",
    "=",
    "，",
    "한",
    "\0",
    "-",
    "1e999",
    "Deck(",
];

/// The shipped decks, with the spans of their questions.
static DECKS: LazyLock<Vec<(&str, Vec<QuestionSpan>)>> = LazyLock::new(|| {
    let spans = |text| parse(text).deck.expect("a deck").spans;
    SHIPPED.into_iter().map(|(_, text)| (text, spans(text))).collect()
});

/// A shipped deck reduced to four of its questions.
fn small_deck(rng: &mut ChaCha8Rng) -> String {
    let (text, spans) = DECKS.choose(rng).expect("a deck");
    let first = rng.random_range(0..spans.len() - 4);
    let (start, end) = (spans[first].start as usize, spans[first + 3].end as usize);
    let (head, tail) = (spans[0].start as usize, spans[spans.len() - 1].end as usize);
    [&text[..head], &text[start..end], &text[tail..]].concat()
}

/// A random position between two characters.
fn position(rng: &mut ChaCha8Rng, text: &str) -> usize {
    let mut at = rng.random_range(0..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A random short range between characters.
fn range(rng: &mut ChaCha8Rng, text: &str) -> std::ops::Range<usize> {
    let start = position(rng, text);
    let mut end = (start + rng.random_range(0..60)).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn mutate(rng: &mut ChaCha8Rng, text: &mut String) {
    match rng.random_range(0..6) {
        0 => text.replace_range(range(rng, text), ""),
        1 => {
            let copied = text[range(rng, text)].to_owned();
            let at = position(rng, text);
            text.insert_str(at, &copied);
        }
        2 if rng.random_bool(0.2) => text.truncate(position(rng, text)),
        3 => {
            let (old, new) =
                (PIECES.choose(rng).copied().unwrap_or(""), PIECES.choose(rng).copied().unwrap_or(""));
            let from = position(rng, text);
            if let Some(at) = text[from..].find(old) {
                text.replace_range(from + at..from + at + old.len(), new);
            }
        }
        _ => text.insert_str(position(rng, text), PIECES.choose(rng).copied().unwrap_or("")),
    }
}

/// Checks mutated decks; a failure names the number of its case.
fn each(cases: u64, check: impl Fn(&str, u64)) {
    for case in 0..cases {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let mut text = small_deck(&mut rng);
        for _ in 0..rng.random_range(0..4) {
            mutate(&mut rng, &mut text);
        }
        let choice = rng.random();
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&text, choice)));
        assert!(run.is_ok(), "case {case}:\n{text}");
    }
}

#[test]
fn every_diagnostic_has_a_place_in_the_text() {
    each(1000, |text, _| laws::parsed(text));
}

#[test]
fn automatic_fixes_make_nothing_worse() {
    each(600, |text, _| laws::mended(text));
}

#[test]
fn a_deck_that_parses_can_be_edited() {
    each(1000, laws::edited);
}

#[test]
fn bytes_are_decoded_or_refused() {
    for case in 0..2000_u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let mut bytes = small_deck(&mut rng).into_bytes();
        bytes.truncate(rng.random_range(0..400));
        if rng.random_bool(0.5) {
            bytes
                .splice(0..0, [[0xFF, 0xFE, 0], [0xFE, 0xFF, 0], [0xEF, 0xBB, 0xBF]][rng.random_range(0..3)]);
        }
        for _ in 0..rng.random_range(0..4) {
            let at = rng.random_range(0..bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = rng.random();
            }
        }
        laws::decoded(&bytes);
    }
}
