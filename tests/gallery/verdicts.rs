//! Screenshots of every verdict: the given answer, the right one, and the actions after it.

use eframe::egui::{self, Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;
use linchpin::domain::ids::Facet;

use crate::Gallery;
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

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

fn at_card(folder: &DataFolder, dark: bool, size: Vec2, question: &str, facet: &Facet) -> WindowFixture {
    folder.write_deck("nerves.ron", DECK);
    let mut window = WindowOptions { dark, size, renders: true, ..WindowOptions::new(folder) }.open();
    let deck = "Study Biology, nerves";
    window.harness.get_by_label_contains(deck).scroll_to_me();
    window.settle();
    window.click_containing(deck);
    window.bury_until(|card| &*card.key.question == question && card.key.facet == *facet);
    window
}

fn typed(window: &mut WindowFixture, words: &[&str]) {
    for word in words {
        window.type_text(word);
        window.press(Key::Enter);
    }
}

/// A screenshot in the full and in the smallest window: its name, the question, and the input.
type Scene = (&'static str, &'static str, Facet, fn(&mut WindowFixture));

fn scenes() -> Vec<Scene> {
    vec![
        ("right", "synapse", Facet::Front, |window| typed(window, &["neurotransmitter"])),
        ("variant", "ally", Facet::Front, |window| typed(window, &["맹방"])),
        ("almost", "synapse", Facet::Front, |window| typed(window, &["neurontransmitter"])),
        ("wrong", "synapse", Facet::Front, |window| typed(window, &["hormone"])),
        ("accepted", "ally", Facet::Front, |window| {
            typed(window, &["dongmaengguk"]);
            window.press(Key::A);
        }),
        ("gave-up", "ally", Facet::Front, |window| window.press_with(Modifiers::ALT, Key::X)),
        ("reverse", "ally", Facet::Reverse, |window| typed(window, &["ally"])),
        ("number", "year", Facet::Front, |window| window.press_with(Modifiers::ALT, Key::X)),
        ("gaps", "gaps", Facet::Front, |window| typed(window, &["neuron", "synaspe", "nothing"])),
        ("choice", "choice", Facet::Front, |window| window.answer(false)),
        ("choices", "many", Facet::Front, |window| window.answer(false)),
        ("bool", "bool", Facet::Front, |window| window.answer(false)),
    ]
}

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    for (name, question, facet, act) in scenes() {
        for (size, width) in [(FULL, ""), (SMALL, "small-")] {
            let folder = DataFolder::new();
            let mut window = at_card(&folder, dark, size, question, &facet);
            act(&mut window);
            gallery.screenshot(&mut window, &format!("verdict-{name}-{width}{theme}"));
        }
    }
}

/// The report of a test with an unresolved slip.
pub fn draw_report(gallery: &mut Gallery, dark: bool, theme: &str) {
    for (size, width) in [(FULL, ""), (SMALL, "small-")] {
        let folder = DataFolder::with_deck("nerves.ron", DECK);
        let setup = "(decks: [\"nerves\"], mix: Random, kinds: [Typed, Bool])";
        folder.write("test.ron", setup);
        let mut window = WindowOptions { dark, size, renders: true, ..WindowOptions::new(&folder) }.open();
        window.press_with(Modifiers::COMMAND, Key::Num4);
        window.enter_test_code("K7Q-F2M");
        window.press(Key::Space);
        let items = window.app().tests().active().expect("a test").test.items.len();
        for _ in 0..items {
            let question = window.app().tests().active_card().expect("a question").key.question.to_string();
            match question.as_str() {
                "synapse" => window.type_text("neurontransmitter"),
                "bool" => window.press(Key::Num1),
                _ => window.type_text("맹방"),
            }
            window.press(Key::PageDown);
        }
        window.press_with(Modifiers::COMMAND, Key::Enter);
        window.wait_for_attempts(1);
        let report = window.app().tests().report().expect("a report");
        let at = report.completed.report.unresolved_slips().next().expect("a slip");
        gallery.screenshot(&mut window, &format!("verdict-report-{width}{theme}"));
        let line = format!("Question {}, ", at + 1);
        window.harness.get_by_label_contains(&line).scroll_to_me();
        window.settle();
        window.click_containing(&line);
        window.harness.get_by_label("I meant it").scroll_to_me();
        window.settle();
        gallery.screenshot(&mut window, &format!("verdict-report-slip-{width}{theme}"));
        window.press(Key::M);
        gallery.screenshot(&mut window, &format!("verdict-report-decided-{width}{theme}"));
    }
}
