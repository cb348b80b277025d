//! Decks that something happened to: nothing panics, what is told has its place, nothing sound is lost. The
//! mutations are random and the same every time; `fuzz/` looks for more.

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

/// The shipped decks, and where their questions stand.
static DECKS: LazyLock<Vec<(&str, Vec<QuestionSpan>)>> = LazyLock::new(|| {
    let places = |text| parse(text).deck.expect("a deck").spans;
    SHIPPED.into_iter().map(|(_, text)| (text, places(text))).collect()
});

/// A few questions of a shipped deck, in their header.
fn small_deck(rng: &mut ChaCha8Rng) -> String {
    let (text, places) = DECKS.choose(rng).expect("a deck");
    let first = rng.random_range(0..places.len() - 4);
    let (start, end) = (places[first].start as usize, places[first + 3].end as usize);
    let (head, tail) = (places[0].start as usize, places[places.len() - 1].end as usize);
    [&text[..head], &text[start..end], &text[tail..]].concat()
}

/// A place between two characters.
fn place(rng: &mut ChaCha8Rng, text: &str) -> usize {
    let mut at = rng.random_range(0..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Two of them, not far from each other.
fn range(rng: &mut ChaCha8Rng, text: &str) -> std::ops::Range<usize> {
    let start = place(rng, text);
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
            let at = place(rng, text);
            text.insert_str(at, &copied);
        }
        2 if rng.random_bool(0.2) => text.truncate(place(rng, text)),
        3 => {
            let (old, new) =
                (PIECES.choose(rng).copied().unwrap_or(""), PIECES.choose(rng).copied().unwrap_or(""));
            let from = place(rng, text);
            if let Some(at) = text[from..].find(old) {
                text.replace_range(from + at..from + at + old.len(), new);
            }
        }
        _ => text.insert_str(place(rng, text), PIECES.choose(rng).copied().unwrap_or("")),
    }
}

/// Runs over mutated decks; a failure names its number.
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
fn what_is_told_has_its_place() {
    each(1000, |text, _| laws::parsed(text));
}

#[test]
fn mending_makes_nothing_worse() {
    each(600, |text, _| laws::mended(text));
}

#[test]
fn what_can_be_read_can_be_edited() {
    each(1000, laws::edited);
}

#[test]
fn bytes_are_text_or_refused() {
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
