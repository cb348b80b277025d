//! Pictures of every verdict: what was answered, what is right, and what can be done then.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use linchpin::domain::ids::Facet;

use crate::Gallery;
use crate::util::{Bench, Opening, answer};

const DECK: &str = r#"Deck(format: 1, id: "nerves", title: "Biology, nerves", topics: {"t": "The synapse"},
source: Source(title: "How one cell speaks to the next", author: "B. Writer", published: "2023", url: "https://example.org/",
    passages: {"p": "How one cell speaks to the next"}),
questions: [
    (id: "synapse", topic: "t", prompt: "What does a synapse release into the gap?",
     answer: Typed(["neurotransmitter", "a transmitter substance"]), cite: ["p"],
     explain: "It crosses the gap in less than a millisecond and binds to receptors on the other side."),
    (id: "ally", topic: "t", prompt: "allied country",
     answer: Typed(accepted: ["동맹국", "맹방"], reading: "dongmaengguk", also_reverse: ["allied country", "ally"])),
    (id: "year", topic: "t", prompt: "When was the first one described?", answer: Number(value: 1897, within: 1, unit: "AD")),
    (id: "gaps", topic: "t", prompt: "A {{nerve cell|neuron}} ends at a {{synapse}}, and beyond it lies a {{receptor}}.",
     answer: Cloze),
    (id: "choice", topic: "t", prompt: "Which way does an afferent nerve lead?",
     answer: Choice(right: "To the brain", wrong: [("From the brain", "That is an efferent one."), "Both ways", "Neither way"])),
    (id: "many", topic: "t", prompt: "Which of these are transmitters?",
     answer: Choices(right: ["Dopamine", "Glutamate"], wrong: [("Myelin", "It wraps the axon."), "Keratin"])),
    (id: "bool", topic: "t", prompt: "A synapse is a gap.", answer: Bool(true)),
])"#;

const FULL: Vec2 = egui::vec2(1280.0, 800.0);
const SMALL: Vec2 = egui::vec2(640.0, 480.0);

fn asked(folder: &Path, dark: bool, size: Vec2, question: &str, facet: &Facet) -> Bench<'static> {
    std::fs::create_dir_all(folder.join("decks")).expect("a folder");
    std::fs::write(folder.join("decks/nerves.ron"), DECK).expect("a deck");
    let mut bench = Opening { dark, size, pictures: true, ..Opening::new(folder) }.open();
    let deck = "Study Biology, nerves";
    bench.harness.get_by_label_contains(deck).scroll_to_me();
    bench.settle();
    bench.harness.get_by_label_contains(deck).click();
    bench.settle();
    bench.bury_until(|asked| &*asked.key.question == question && asked.key.facet == *facet);
    bench
}

fn typed(bench: &mut Bench<'_>, words: &[&str]) {
    for word in words {
        bench.text(word);
        bench.key(Key::Enter);
    }
}

/// Drawn in the full window and in the smallest one: name, question, what is done to it.
type Scene = (&'static str, &'static str, Facet, fn(&mut Bench<'_>));

fn scenes() -> Vec<Scene> {
    vec![
        ("right", "synapse", Facet::Front, |bench| typed(bench, &["neurotransmitter"])),
        ("variant", "ally", Facet::Front, |bench| typed(bench, &["맹방"])),
        ("almost", "synapse", Facet::Front, |bench| typed(bench, &["neurontransmitter"])),
        ("wrong", "synapse", Facet::Front, |bench| typed(bench, &["hormone"])),
        ("accepted", "ally", Facet::Front, |bench| {
            typed(bench, &["dongmaengguk"]);
            bench.key(Key::A);
        }),
        ("gave-up", "ally", Facet::Front, |bench| bench.chord(Modifiers::ALT, Key::X)),
        ("reverse", "ally", Facet::Reverse, |bench| typed(bench, &["ally"])),
        ("number", "year", Facet::Front, |bench| bench.chord(Modifiers::ALT, Key::X)),
        ("gaps", "gaps", Facet::Front, |bench| typed(bench, &["neuron", "synaspe", "nothing"])),
        ("choice", "choice", Facet::Front, |bench| answer(bench, false)),
        ("choices", "many", Facet::Front, |bench| answer(bench, false)),
        ("bool", "bool", Facet::Front, |bench| answer(bench, false)),
    ]
}

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    for (name, question, facet, act) in scenes() {
        for (size, width) in [(FULL, ""), (SMALL, "small-")] {
            let folder = tempfile::tempdir().expect("a folder");
            let mut bench = asked(folder.path(), dark, size, question, &facet);
            act(&mut bench);
            gallery.picture(&mut bench, &format!("verdict-{name}-{width}{theme}"));
        }
    }
}

/// The report of a test with a slip in it, which waits to be decided.
pub fn draw_report(gallery: &mut Gallery, dark: bool, theme: &str) {
    for (size, width) in [(FULL, ""), (SMALL, "small-")] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("decks")).expect("a folder");
        std::fs::write(folder.path().join("decks/nerves.ron"), DECK).expect("a deck");
        let setup = "(decks: [\"nerves\"], mix: Random, kinds: [Typed, Bool])";
        std::fs::write(folder.path().join("test.ron"), setup).expect("a file");
        let mut bench = Opening { dark, size, pictures: true, ..Opening::new(folder.path()) }.open();
        bench.chord(Modifiers::COMMAND, Key::Num4);
        bench.write_code("K7Q-F2M");
        bench.key(Key::Space);
        let items = bench.app().tests().running().expect("a test").paper.items.len();
        for _ in 0..items {
            let question = bench.app().tests().asked().expect("a question").key.question.to_string();
            match question.as_str() {
                "synapse" => bench.text("neurontransmitter"),
                "bool" => bench.key(Key::Num1),
                _ => bench.text("맹방"),
            }
            bench.key(Key::PageDown);
        }
        bench.chord(Modifiers::COMMAND, Key::Enter);
        bench.wait_for_tests(1);
        let report = bench.app().tests().report().expect("a report");
        let at = report.past.report.undecided().next().expect("a slip");
        gallery.picture(&mut bench, &format!("verdict-report-{width}{theme}"));
        let line = format!("Question {}, ", at + 1);
        bench.harness.get_by_label_contains(&line).scroll_to_me();
        bench.settle();
        bench.harness.get_by_label_contains(&line).click();
        bench.settle();
        bench.harness.get_by_label("I meant it").scroll_to_me();
        bench.settle();
        gallery.picture(&mut bench, &format!("verdict-report-slip-{width}{theme}"));
        bench.key(Key::M);
        gallery.picture(&mut bench, &format!("verdict-report-decided-{width}{theme}"));
    }
}
