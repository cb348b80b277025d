//! A deck about a country that is on no map: every kind of question, topics, passages, wrong options.

use std::fmt::Write;

use linchpin::domain::deck::Deck;
use linchpin::domain::diagnostic::Severity;
use linchpin::formats::ron_deck;

/// The deck's topics.
const TOPICS: [(&str, &str); 8] = [
    ("rivers", "Rivers and lakes"),
    ("towns", "Towns and harbours"),
    ("rulers", "Rulers and their houses"),
    ("wars", "Wars and treaties"),
    ("trade", "Trade and crafts"),
    ("crops", "Crops and herds"),
    ("words", "Words of the old tongue"),
    ("law", "Law and custom"),
];
/// Passages of the source.
const PASSAGES: usize = 40;
/// Four of these make a name, so there are 160,000 names.
const SYLLABLES: [&str; 20] = [
    "ba", "dor", "el", "fa", "gin", "hal", "ir", "ka", "lum", "mo", "na", "or", "pel", "qui", "ra", "sun",
    "tor", "ul", "ven", "zi",
];

/// The text of a deck with so many questions, each of which makes one card.
pub fn text(questions: usize, seed: u64) -> String {
    let mut out = String::with_capacity(questions * 320);
    out.push_str(
        "Deck(\n    format: 1,\n    id: \"simulated-atlas\",\n    title: \"An atlas of a country on no map\",\n    \
         description: \"Made up, for trying things out.\",\n    language: \"en\",\n    source: Source(\n        \
         title: \"An atlas of a country on no map\",\n        published: \"2025\",\n        passages: {\n",
    );
    for nth in 1..=PASSAGES {
        let _ = writeln!(
            out,
            "            \"p{nth}\": \"What chapter {nth} tells of {}.\",",
            name(nth * 3_001, seed)
        );
    }
    out.push_str("        },\n    ),\n    topics: {\n");
    for (key, name) in TOPICS {
        let _ = writeln!(out, "        \"{key}\": \"{name}\",");
    }
    out.push_str("    },\n    questions: [\n");
    for nth in 0..questions {
        let (topic, _) = TOPICS[nth / 5 % TOPICS.len()];
        let (prompt, answer) = question(nth, seed);
        let _ = writeln!(
            out,
            "        (id: \"q{nth}\", topic: \"{topic}\", prompt: \"{prompt}\", answer: {answer},\n         \
             explain: \"The chapter on {} has it.\", cite: [\"p{}\"]),",
            name(nth, seed),
            nth / 7 % PASSAGES + 1
        );
    }
    out.push_str("    ],\n)\n");
    out
}

/// The deck of such a text.
pub fn parsed(text: &str) -> Deck {
    let parsed = ron_deck::parse(text);
    let fault = parsed.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    assert!(fault.is_none(), "a sound deck: {fault:?}");
    parsed.deck.expect("a deck")
}

/// Prompt and answer.
fn question(nth: usize, seed: u64) -> (String, String) {
    let of = |offset: usize| name(nth + offset * 20_011, seed);
    let subject = of(0);
    match nth % 20 {
        0..8 => (
            format!("Which of these lies by {subject}?"),
            format!(
                "Choice(right: \"{}\", wrong: [\"{}\", \"{}\", (\"{}\", \"That is two days away.\")])",
                of(1),
                of(2),
                of(3),
                of(4)
            ),
        ),
        8..12 => (format!("What did the old tongue call {subject}?"), format!("Typed([\"{}\"])", of(1))),
        12 | 13 => (format!("Why was {subject} founded?"), format!("Recall(\"For the sake of {}.\")", of(1))),
        14 => (format!("In which year was {subject} walled?"), format!("Number({})", 1_000 + nth * 37 % 900)),
        15 => {
            let truth = if (nth / 20).is_multiple_of(2) { "true" } else { "false" };
            (format!("{subject} has a harbour."), format!("Bool({truth})"))
        }
        16 => (
            format!("When did the truce of {subject} begin?"),
            format!("Date(\"{:04}-{:02}-{:02}\")", 1_200 + nth % 700, nth / 20 % 12 + 1, nth / 16 % 28 + 1),
        ),
        17 => (
            format!("Which of these belong to {subject}?"),
            format!("Choices(right: [\"{}\", \"{}\"], wrong: [\"{}\", \"{}\"])", of(1), of(2), of(3), of(4)),
        ),
        18 => (format!("The river of {subject} is called {{{{{}}}}} today.", of(1)), "Cloze".to_owned()),
        _ => several(nth, &subject, of),
    }
}

/// The kinds with several parts, by turns.
fn several(nth: usize, subject: &str, of: impl Fn(usize) -> String) -> (String, String) {
    match nth / 20 % 3 {
        0 => (
            format!("Order the rulers of {subject}, the first one first."),
            format!("Order([\"{}\", \"{}\", \"{}\", \"{}\"])", of(1), of(2), of(3), of(4)),
        ),
        1 => (
            format!("Match the towns near {subject} with their rivers."),
            format!(
                "Match([(\"{}\", \"{}\"), (\"{}\", \"{}\"), (\"{}\", \"{}\")])",
                of(1),
                of(2),
                of(3),
                of(4),
                of(5),
                of(6)
            ),
        ),
        _ => (
            format!("Sort what {subject} sells and buys."),
            format!(
                "Sort({{\"Sells\": [\"{}\", \"{}\"], \"Buys\": [\"{}\", \"{}\"]}})",
                of(1),
                of(2),
                of(3),
                of(4)
            ),
        ),
    }
}

/// The name of that number; no two of the first 160,000 are alike.
fn name(number: usize, seed: u64) -> String {
    let names = SYLLABLES.len().pow(4);
    let shift = (seed % 1_009) as usize * 8;
    let (mut digits, more) = ((number * 7_919 + shift) % names, number / names);
    let mut name = String::new();
    for _ in 0..4 {
        name.push_str(SYLLABLES[digits % SYLLABLES.len()]);
        digits /= SYLLABLES.len();
    }
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let name: String = first.into_iter().chain(letters).collect();
    if more == 0 { name } else { format!("{name} {}", more + 1) }
}
