//! Writing a deck in the window, as someone does who has read no documentation.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode as Node, NodeT, Queryable};

use super::Bench;

/// Clicks what has this label: the first of them, where the preview has the same one.
pub fn click(bench: &mut Bench<'_>, label: &str) {
    bench.harness.get_all_by_label(label).next().expect("something of that name").click();
    bench.settle();
}

/// Chooses a line from the list behind a button.
pub fn choose(bench: &mut Bench<'_>, button: &str, line: &str) {
    bench.harness.get_by_label_contains(button).click();
    bench.settle();
    click(bench, line);
}

/// Types into the field with the focus and goes on to the next one.
pub fn field(bench: &mut Bench<'_>, text: &str) {
    bench.text(text);
    bench.key(Key::Tab);
}

/// Types into the field of that name.
pub fn into(bench: &mut Bench<'_>, name: &str, text: &str) {
    let fields = bench.harness.get_all_by_label(name);
    let is_field = |node: &Node<'_>| matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
    fields.into_iter().find(|node| is_field(&node.accesskit_node())).expect("a field of that name").focus();
    bench.settle();
    bench.text(text);
}

/// Begins a deck and writes ten questions of four kinds into it; the editor stays open for another one.
pub fn ten_questions(bench: &mut Bench<'_>) {
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.key(Key::N);
    bench.text("Planets");
    bench.key(Key::Enter);

    for (prompt, answer) in [
        ("Which planet is nearest to the sun?", "Mercury"),
        ("Which planet is named after the god of the sea?", "Neptune"),
        ("태양계에서 가장 큰 행성은?", "목성"),
    ] {
        bench.text(prompt);
        into(bench, "Right answers: the first is shown, 1", answer);
        bench.chord(Modifiers::COMMAND, Key::Enter);
    }
    choose(bench, "Kind of answer", "One of several");
    for (prompt, right, wrong) in [
        ("Which planet has the lowest density?", "Saturn", ["Jupiter", "Mars"]),
        ("Which planet turns on its side?", "Uranus", ["Venus", "Earth"]),
        ("Which planet is the hottest?", "Venus", ["Mercury", "Mars"]),
    ] {
        into(bench, "Question", prompt);
        into(bench, "Right option", right);
        for (place, wrong) in wrong.into_iter().enumerate() {
            into(bench, &format!("Wrong options, {}", place + 1), wrong);
        }
        bench.chord(Modifiers::COMMAND, Key::Enter);
    }
    choose(bench, "Kind of answer", "True or false");
    for (prompt, truth) in [("Venus has no moon.", "True"), ("Mars is larger than the Earth.", "False")] {
        into(bench, "Question", prompt);
        click(bench, truth);
        bench.chord(Modifiers::COMMAND, Key::Enter);
    }
    choose(bench, "Kind of answer", "Number");
    for (prompt, number) in [("How many planets are there?", "8"), ("How many moons has Mars?", "2")] {
        into(bench, "Question", prompt);
        into(bench, "The number", number);
        bench.chord(Modifiers::COMMAND, Key::Enter);
    }
}
