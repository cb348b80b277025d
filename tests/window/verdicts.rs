//! After the verdict, in the window: the right answer shows whatever was answered, and screen readers can read it.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::study::Stage;
use linchpin::domain::ids::Facet;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const DECK: &str = r#"Deck(format: 1, id: "verdicts", title: "Verdicts", topics: {"t": "T"}, questions: [
    (id: "ally", topic: "t", prompt: "allied country",
     answer: Typed(accepted: ["동맹국", ("맹방", "maengbang"), "우방"], reading: "dongmaengguk",
     also_reverse: ["allied country", "ally"])),
    (id: "slip", topic: "t", prompt: "What does a synapse release?", answer: Typed(["neurotransmitter"])),
    (id: "nerve", topic: "t", prompt: "Which nerves lead to the brain?",
     answer: Typed(["afferent"]), confusable: [("efferent", "Efferent nerves lead away from it.")]),
    (id: "year", topic: "t", prompt: "When did it end?", answer: Number(value: 1953, unit: "AD")),
    (id: "day", topic: "t", prompt: "On which day?", answer: Date("1953-07-27")),
    (id: "gaps", topic: "t", prompt: "A {{nerve cell|neuron}} ends at a {{synapse}}.", answer: Cloze),
    (id: "bool", topic: "t", prompt: "It is so.", answer: Bool(true)),
    (id: "one", topic: "t", prompt: "Which one?",
     answer: Choice(right: "Apple", wrong: [("Stone", "Stones are hard."), "Chair", "Lamp"])),
    (id: "many", topic: "t", prompt: "Which ones?", answer: Choices(right: ["Two", "Four"], wrong: ["Three", "Five"])),
    (id: "order", topic: "t", prompt: "Count.", answer: Order(["First", "Second", "Third"])),
    (id: "pairs", topic: "t", prompt: "Who says what?", answer: Match([("Cat", "Miaow"), ("Dog", "Woof")])),
    (id: "bins", topic: "t", prompt: "Land or sea?", answer: Sort({"Land": ["Fox"], "Sea": ["Cod"]})),
])"#;

fn at_card(folder: &DataFolder, question: &str, facet: &Facet) -> WindowFixture {
    folder.write_deck("verdicts.ron", DECK);
    let mut window = WindowOptions::new(folder).open();
    window.click_containing("Study Verdicts");
    window.bury_until(|card| &*card.key.question == question && card.key.facet == *facet);
    window
}

fn front(folder: &DataFolder, question: &str) -> WindowFixture {
    at_card(folder, question, &Facet::Front)
}

fn typed(window: &mut WindowFixture, words: &[&str]) {
    for word in words {
        window.type_text(word);
        window.press(Key::Enter);
    }
    assert!(window.shows_verdict());
}

/// The vertical positions of the widgets with these labels.
fn places(window: &WindowFixture, labels: &[&str]) -> Vec<f32> {
    let top =
        |label: &&str| window.harness.get_all_by_label_contains(label).next().expect(label).rect().top();
    labels.iter().map(top).collect()
}

#[test]
fn the_main_answer_and_all_others_show_whatever_was_typed() {
    for typed_in in ["동맹국", "맹방", "원수", "dongmaengguk"] {
        let folder = DataFolder::new();
        let mut window = front(&folder, "ally");
        typed(&mut window, &[typed_in]);
        for word in ["동맹국", "dongmaengguk", "맹방", "maengbang", "우방"] {
            assert!(window.shows(word), "{typed_in}: {word}");
        }
        if typed_in == "dongmaengguk" {
            window.press(Key::A);
            assert!(
                matches!(&window.active_card().stage, Stage::Graded { verdict, .. } if verdict.score >= 1.0)
            );
            for word in ["동맹국 dongmaengguk", "Also accepted: 맹방 (maengbang), 우방"] {
                assert!(window.shows(word), "after accepting: {word}");
            }
        }
    }
    for (question, words) in
        [("ally", &["동맹국", "맹방"][..]), ("year", &["1953 AD"]), ("day", &["27 July 1953"])]
    {
        let folder = DataFolder::new();
        let mut window = front(&folder, question);
        window.press_with(Modifiers::ALT, Key::X);
        for word in words {
            assert!(window.shows(word), "given up: {word}");
        }
    }
    let folder = DataFolder::new();
    let mut window = front(&folder, "gaps");
    typed(&mut window, &["neuron", "gap"]);
    for word in ["nerve cell", "synapse"] {
        assert!(window.shows(word), "{word}");
    }
}

#[test]
fn a_reading_stands_next_to_its_word() {
    let folder = DataFolder::new();
    let mut window = front(&folder, "ally");
    typed(&mut window, &["맹방"]);
    assert!(window.shows("동맹국 dongmaengguk"), "the reading is that of the main answer");
    assert!(window.shows("맹방 maengbang you typed") && !window.shows("맹방 dongmaengguk"));

    let folder = DataFolder::new();
    let mut window = front(&folder, "ally");
    typed(&mut window, &["우방"]);
    assert!(window.shows("동맹국 dongmaengguk") && window.shows("Also accepted: 맹방 (maengbang)"));

    let folder = DataFolder::new();
    let mut window = at_card(&folder, "ally", &Facet::Reverse);
    assert!(!window.shows("dongmaengguk"), "not before the verdict");
    typed(&mut window, &["ally"]);
    assert!(window.shows("dongmaengguk"), "on the way back the word that is read is the prompt");
    assert!(window.shows("allied country"));
}

#[test]
fn the_verdict_says_why_a_confusable_word_is_another_one() {
    let folder = DataFolder::new();
    let mut window = front(&folder, "nerve");
    typed(&mut window, &["efferent"]);
    assert!(matches!(&window.active_card().stage, Stage::Graded { verdict, .. } if verdict.score <= 0.0));
    for word in ["Efferent nerves lead away from it.", "afferent"] {
        assert!(window.shows(word), "{word}");
    }
}

#[test]
fn a_slip_is_resolved_by_two_keys_and_two_buttons() {
    for (by_key, key, label, right) in [
        (true, Key::A, "I meant it", true),
        (true, Key::X, "I didn’t know it", false),
        (false, Key::A, "I meant it", true),
        (false, Key::X, "I didn’t know it", false),
    ] {
        let folder = DataFolder::new();
        let mut window = front(&folder, "slip");
        typed(&mut window, &["neurontransmitter"]);
        assert!(window.shows("Almost: one letter") && window.shows("neurontransmitter you typed"));
        assert!(!window.shows("Accept my answer"));
        let below = places(&window, &[label, "Hard, "]);
        assert!(below[0] < below[1], "above the grades");
        if by_key {
            window.press(key);
        } else {
            window.click(label);
        }
        let study = window.app().active_session().expect("a session");
        let done = study.session().done().last().and_then(|step| step.answer).expect("an answer");
        assert_eq!(done.score >= 1.0, right);
        assert!(!window.shows_verdict(), "the next card shows");
        window.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(&*window.active_card().key.question, "slip");
        assert!(!window.shows_verdict());
    }
}

#[test]
fn without_a_slip_its_keys_keep_their_usual_meaning() {
    let folder = DataFolder::new();
    let mut window = front(&folder, "slip");
    typed(&mut window, &["hormone"]);
    window.press(Key::X);
    assert!(window.shows_verdict());
    window.press(Key::A);
    assert!(
        matches!(&window.active_card().stage, Stage::Graded { verdict, .. } if verdict.score >= 1.0),
        "accepted"
    );
}

#[test]
fn options_keep_their_order_and_are_marked_right_or_wrong() {
    for pick in 0..4 {
        let folder = DataFolder::new();
        let mut window = front(&folder, "one");
        let labels = ["Apple", "Stone", "Chair", "Lamp"];
        let before = places(&window, &labels);
        let mut order: Vec<usize> = (0..4).collect();
        order.sort_by(|a, b| before[*a].total_cmp(&before[*b]));
        let picked = labels[order[pick]];
        window.press([Key::Num1, Key::Num2, Key::Num3, Key::Num4][pick]);
        assert!(window.shows_verdict());
        let after = places(&window, &labels);
        let mut order_after: Vec<usize> = (0..4).collect();
        order_after.sort_by(|a, b| after[*a].total_cmp(&after[*b]));
        assert_eq!(order, order_after);
        let right =
            if picked == "Apple" { "Apple, your answer, right answer" } else { "Apple, right answer" };
        assert!(window.shows(right));
        if picked == "Stone" {
            assert!(window.shows("Stone, your answer, wrong. Stones are hard."));
        } else if picked != "Apple" {
            assert!(window.shows(&format!("{picked}, your answer, wrong")));
        }
    }
}

#[test]
fn right_and_wrong_options_are_labelled_for_screen_readers() {
    type Act = fn(&mut WindowFixture);
    let cases: [(&str, Act, &[&str]); 7] = [
        ("bool", |window| window.press(Key::F), &["True, right answer", "False, your answer, wrong"]),
        ("bool", |window| window.press(Key::T), &["True, your answer, right answer"]),
        (
            "many",
            |window| {
                let Some(at) = number_of(window, "Two") else { return };
                window.press(at);
                window.press(Key::Enter);
            },
            &["Two, your answer, right answer", "Four, right answer, not picked"],
        ),
        (
            "order",
            |window| {
                window.press_with(Modifiers::SHIFT, Key::ArrowDown);
                window.press(Key::Enter);
            },
            &["right place", "wrong place, should be "],
        ),
        ("order", |window| window.press_with(Modifiers::ALT, Key::X), &["First, first", "Third, third"]),
        ("pairs", |window| window.press_with(Modifiers::ALT, Key::X), &["Cat, not answered. Miaow"]),
        (
            "bins",
            |window| {
                for _ in 0..2 {
                    window.press(Key::Num1);
                    window.press(Key::Num1);
                }
                window.press(Key::Enter);
            },
            &["Fox, right", "Cod, wrong"],
        ),
    ];
    for (question, answer, labels) in cases {
        let folder = DataFolder::new();
        let mut window = front(&folder, question);
        answer(&mut window);
        assert!(window.shows_verdict(), "{question}");
        for label in labels {
            assert!(window.shows(label), "{question}: {label}");
        }
    }
}

fn number_of(window: &WindowFixture, option: &str) -> Option<Key> {
    let at = window.active_card().task.shown_options().iter().position(|text| text == option)?;
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4].get(at).copied()
}
