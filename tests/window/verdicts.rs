//! After the verdict, in the window: what is right is there whatever was answered, and everybody is told.

use std::path::Path;

use crate::util::{Bench, Opening};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::study::Stage;
use linchpin::domain::ids::Facet;

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

fn asked(folder: &Path, question: &str, facet: &Facet) -> Bench<'static> {
    std::fs::create_dir_all(folder.join("decks")).expect("a folder");
    std::fs::write(folder.join("decks/verdicts.ron"), DECK).expect("a deck");
    let mut bench = Opening::new(folder).open();
    bench.harness.get_by_label_contains("Study Verdicts").click();
    bench.settle();
    bench.bury_until(|asked| &*asked.key.question == question && asked.key.facet == *facet);
    bench
}

fn front(folder: &Path, question: &str) -> Bench<'static> {
    asked(folder, question, &Facet::Front)
}

fn typed(bench: &mut Bench<'_>, words: &[&str]) {
    for word in words {
        bench.text(word);
        bench.key(Key::Enter);
    }
    assert!(bench.is_judged());
}

fn shows(bench: &Bench<'_>, words: &str) -> bool {
    bench.harness.query_all_by_label_contains(words).next().is_some()
}

/// Everything that the window tells of one kind of thing, from top to bottom.
fn places(bench: &Bench<'_>, labels: &[&str]) -> Vec<f32> {
    let top = |label: &&str| bench.harness.get_all_by_label_contains(label).next().expect(label).rect().top();
    labels.iter().map(top).collect()
}

#[test]
fn the_main_answer_and_all_others_show_whatever_was_typed() {
    for typed_in in ["동맹국", "맹방", "원수", "dongmaengguk"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = front(folder.path(), "ally");
        typed(&mut bench, &[typed_in]);
        for word in ["동맹국", "dongmaengguk", "맹방", "maengbang", "우방"] {
            assert!(shows(&bench, word), "{typed_in}: {word}");
        }
        if typed_in == "dongmaengguk" {
            bench.key(Key::A);
            assert!(matches!(&bench.asked().stage, Stage::Judged { verdict, .. } if verdict.score >= 1.0));
            for word in ["동맹국 dongmaengguk", "Also accepted: 맹방 (maengbang), 우방"] {
                assert!(shows(&bench, word), "after accepting: {word}");
            }
        }
    }
    for (question, words) in
        [("ally", &["동맹국", "맹방"][..]), ("year", &["1953 AD"]), ("day", &["27 July 1953"])]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = front(folder.path(), question);
        bench.chord(Modifiers::ALT, Key::X);
        for word in words {
            assert!(shows(&bench, word), "given up: {word}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = front(folder.path(), "gaps");
    typed(&mut bench, &["neuron", "gap"]);
    for word in ["nerve cell", "synapse"] {
        assert!(shows(&bench, word), "{word}");
    }
}

#[test]
fn a_reading_stands_by_the_word_that_it_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = front(folder.path(), "ally");
    typed(&mut bench, &["맹방"]);
    assert!(shows(&bench, "동맹국 dongmaengguk"), "the reading is that of the main answer");
    assert!(shows(&bench, "맹방 maengbang you typed") && !shows(&bench, "맹방 dongmaengguk"));

    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = front(folder.path(), "ally");
    typed(&mut bench, &["우방"]);
    assert!(shows(&bench, "동맹국 dongmaengguk") && shows(&bench, "Also accepted: 맹방 (maengbang)"));

    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = asked(folder.path(), "ally", &Facet::Reverse);
    assert!(!shows(&bench, "dongmaengguk"), "not before the verdict");
    typed(&mut bench, &["ally"]);
    assert!(shows(&bench, "dongmaengguk"), "on the way back the word that is read is the prompt");
    assert!(shows(&bench, "allied country"));
}

#[test]
fn why_a_word_is_another_one_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = front(folder.path(), "nerve");
    typed(&mut bench, &["efferent"]);
    assert!(matches!(&bench.asked().stage, Stage::Judged { verdict, .. } if verdict.score <= 0.0));
    for word in ["Efferent nerves lead away from it.", "afferent"] {
        assert!(shows(&bench, word), "{word}");
    }
}

#[test]
fn a_slip_is_decided_by_two_keys_and_two_buttons() {
    for (by_key, key, label, right) in [
        (true, Key::A, "That is what I meant", true),
        (true, Key::X, "I didn’t know it", false),
        (false, Key::A, "That is what I meant", true),
        (false, Key::X, "I didn’t know it", false),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = front(folder.path(), "slip");
        typed(&mut bench, &["neurontransmitter"]);
        assert!(shows(&bench, "Almost: one letter") && shows(&bench, "neurontransmitter you typed"));
        assert!(!shows(&bench, "accept my answer"));
        let below = places(&bench, &[label, "Hard, "]);
        assert!(below[0] < below[1], "above the grades");
        if by_key {
            bench.key(key);
        } else {
            bench.harness.get_by_label(label).click();
            bench.settle();
        }
        let study = bench.app().study().expect("a session");
        let done = study.session().done().last().and_then(|step| step.answer).expect("an answer");
        assert_eq!(done.score >= 1.0, right);
        assert!(!bench.is_judged(), "it goes on");
        bench.chord(Modifiers::COMMAND, Key::Z);
        assert_eq!(&*bench.asked().key.question, "slip");
        assert!(!bench.is_judged());
    }
}

#[test]
fn where_nothing_is_to_decide_the_keys_do_what_they_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = front(folder.path(), "slip");
    typed(&mut bench, &["hormone"]);
    bench.key(Key::X);
    assert!(bench.is_judged());
    bench.key(Key::A);
    assert!(
        matches!(&bench.asked().stage, Stage::Judged { verdict, .. } if verdict.score >= 1.0),
        "accepted"
    );
}

#[test]
fn options_stay_where_they_were_and_say_what_they_are() {
    for pick in 0..4 {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = front(folder.path(), "one");
        let labels = ["Apple", "Stone", "Chair", "Lamp"];
        let before = places(&bench, &labels);
        let mut order: Vec<usize> = (0..4).collect();
        order.sort_by(|a, b| before[*a].total_cmp(&before[*b]));
        let picked = labels[order[pick]];
        bench.key([Key::Num1, Key::Num2, Key::Num3, Key::Num4][pick]);
        assert!(bench.is_judged());
        let after = places(&bench, &labels);
        let mut order_after: Vec<usize> = (0..4).collect();
        order_after.sort_by(|a, b| after[*a].total_cmp(&after[*b]));
        assert_eq!(order, order_after);
        let right =
            if picked == "Apple" { "Apple, your answer, right answer" } else { "Apple, right answer" };
        assert!(shows(&bench, right));
        if picked == "Stone" {
            assert!(shows(&bench, "Stone, your answer, wrong. Stones are hard."));
        } else if picked != "Apple" {
            assert!(shows(&bench, &format!("{picked}, your answer, wrong")));
        }
    }
}

#[test]
fn what_is_right_is_called_right_to_who_cannot_see_it() {
    type Act = fn(&mut Bench<'_>);
    let cases: [(&str, Act, &[&str]); 7] = [
        ("bool", |bench| bench.key(Key::F), &["True, right answer", "False, your answer, wrong"]),
        ("bool", |bench| bench.key(Key::T), &["True, your answer, right answer"]),
        (
            "many",
            |bench| {
                let Some(at) = number_of(bench, "Two") else { return };
                bench.key(at);
                bench.key(Key::Enter);
            },
            &["Two, your answer, right answer", "Four, right answer, not picked"],
        ),
        (
            "order",
            |bench| {
                bench.chord(Modifiers::SHIFT, Key::ArrowDown);
                bench.key(Key::Enter);
            },
            &["right place", "wrong place, should be "],
        ),
        ("order", |bench| bench.chord(Modifiers::ALT, Key::X), &["First, first", "Third, third"]),
        ("pairs", |bench| bench.chord(Modifiers::ALT, Key::X), &["Cat, not answered. Miaow"]),
        (
            "bins",
            |bench| {
                for _ in 0..2 {
                    bench.key(Key::Num1);
                    bench.key(Key::Num1);
                }
                bench.key(Key::Enter);
            },
            &["Fox, right", "Cod, wrong"],
        ),
    ];
    for (question, act, told) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench = front(folder.path(), question);
        act(&mut bench);
        assert!(bench.is_judged(), "{question}");
        for told in told {
            assert!(shows(&bench, told), "{question}: {told}");
        }
    }
}

fn number_of(bench: &Bench<'_>, option: &str) -> Option<Key> {
    let at = bench.asked().task.shown().iter().position(|text| text == option)?;
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4].get(at).copied()
}
