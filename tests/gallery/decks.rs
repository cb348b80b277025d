//! Pictures of the Decks screen.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::util::authoring::{choose, into, ten_questions};
use crate::util::{Bench, Opening};

/// A deck with a fault, and one that is none.
const NOTES: &str = r#"// My notes on the article
Deck(
    format: 1,
    id: "my-notes",
    title: "My notes on the alliance",
    topics: { "visit": "State visit", "argument": "Argument", "origins": "Origins", "values": "Values" },
    questions: [
        (id: "ncg", topic: "visit", prompt: "What does NCG stand for?", answer: Typed(["Nuclear Consultative Group"])),
        (id: "interests", topic: "argument", prompt: "Whose interests meet in Northeast Asia, besides Korea’s?",
         answer: Choices(right: ["China", "Japan", "the United States"], wrong: ["Brazil", "Spain"])),
        (id: "armistice", topic: "origins", prompt: "What did the armistice of 1953 establish?",
         answer: Choice(right: "A demilitarised zone", wrong: ["A peace treaty", "A common market"])),
        // The three responses
        (id: "thaad-year", topic: "visit",
         prompt: "In which year was THAAD deployed in South Korea?",
         answer: Nmber(2017),
         explain: "It was answered with economic pressure."),
        (topic: "values", prompt: "A {{value::kind}} alliance rather than one of blood alone", answer: Cloze),
    ],
)
"#;

fn decks_of(folder: &Path) {
    let decks = folder.join("decks");
    std::fs::create_dir_all(&decks).expect("a folder");
    std::fs::write(decks.join("my-notes.ron"), NOTES).expect("a deck");
    std::fs::write(decks.join("draft.ron"), "Deck(format: 1, id: \"draft\"").expect("a file");
}

fn wait_for_import(bench: &mut Bench<'_>) {
    for _ in 0..400 {
        bench.settle();
        if bench.app().decks().import().is_some_and(|import| !import.is_busy()) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Draws every page of the screen.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    decks_of(folder.path());
    let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };
    let mut bench = opening().open();
    bench.key(Key::Escape);
    bench.chord(Modifiers::COMMAND, Key::Num2);
    gallery.picture(&mut bench, &format!("decks-{theme}"));
    bench.harness.get_by_label_contains("draft.ron cannot be used").click();
    bench.settle();
    gallery.picture(&mut bench, &format!("decks-no-deck-{theme}"));
    bench.key(Key::Escape);
    bench.harness.get_by_label_contains("My notes on the alliance: 4").click();
    bench.settle();
    gallery.picture(&mut bench, &format!("decks-problems-{theme}"));
    bench.key(Key::ArrowDown);
    bench.chord(Modifiers::SHIFT, Key::ArrowDown);
    gallery.picture(&mut bench, &format!("decks-picked-{theme}"));
    bench.key(Key::D);
    gallery.picture(&mut bench, &format!("decks-details-{theme}"));
    bench.key(Key::Escape);
    bench.key(Key::V);
    bench.text("동맹 = alliance\n조약 = treaty\n휴전 = armistice\nno answer here\n");
    gallery.picture(&mut bench, &format!("decks-paste-{theme}"));
    bench.key(Key::Escape);
    bench.harness.get_by_label_contains("What did the armistice").click();
    bench.settle();
    bench.key(Key::Enter);
    gallery.picture(&mut bench, &format!("decks-edit-choice-{theme}"));
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    bench.chord(Modifiers::COMMAND, Key::F);
    bench.text("zzz");
    gallery.picture(&mut bench, &format!("decks-nothing-found-{theme}"));
    drop(bench);

    let list = folder.path().join("capitals.csv");
    let rows = "question,answer,topic\nCapital of France?,Paris,Europe\n한국의 수도는?,서울,Asia\nWhat did the \
                treaty of 1953 promise?,\"Mutual defence\nin the Pacific area\",Asia\nNowhere?,,Asia\n";
    std::fs::write(&list, rows).expect("a list");
    let mut bench = opening().open();
    bench.drop_file(&list);
    wait_for_import(&mut bench);
    gallery.picture(&mut bench, &format!("decks-import-{theme}"));
    drop(bench);

    for (size, percent, name) in [((640.0, 480.0), 100, "small"), ((640.0, 480.0), 200, "200-percent")] {
        let size = egui::vec2(size.0, size.1);
        let mut bench = Opening { size, text_percent: percent, ..opening() }.open();
        bench.key(Key::Escape);
        bench.chord(Modifiers::COMMAND, Key::Num2);
        gallery.picture(&mut bench, &format!("decks-{name}-{theme}"));
        bench.harness.get_by_label_contains("My notes on the alliance: 4").scroll_to_me();
        bench.settle();
        bench.harness.get_by_label_contains("My notes on the alliance: 4").click();
        bench.settle();
        gallery.picture(&mut bench, &format!("decks-problems-{name}-{theme}"));
        bench.key(Key::N);
        gallery.picture(&mut bench, &format!("decks-edit-{name}-{theme}"));
    }

    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening { dark, pictures: true, ..Opening::new(folder.path()) }.open();
    ten_questions(&mut bench);
    into(&mut bench, "Question", "Sort the planets.");
    choose(&mut bench, "Kind of answer", "Groups");
    into(&mut bench, "Group 1", "Of rock");
    into(&mut bench, "What belongs in it, 1", "Mars");
    into(&mut bench, "Group 2", "Of gas");
    gallery.picture(&mut bench, &format!("decks-edit-groups-{theme}"));
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    gallery.picture(&mut bench, &format!("decks-unsaved-{theme}"));
    bench.key(Key::D);
    gallery.picture(&mut bench, &format!("decks-ten-{theme}"));
}

/// A question to the learner: where what was learned belongs, after a deck was split in an editor.
pub fn draw_moves(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder");
    let deck = |id: &str, title: &str, questions: &[&str]| {
        let text = format!(
            "Deck(format: 1, id: \"{id}\", title: \"{title}\", topics: {{\"t\": \"T\"}}, questions: [{}])",
            questions.join(", ")
        );
        std::fs::write(decks.join(format!("{id}.ron")), text).expect("a deck");
    };
    let river = r#"(topic: "t", prompt: "Which river runs through Seoul?", answer: Bool(true))"#;
    let treaty = r#"(topic: "t", prompt: "The treaty was signed in 1953.", answer: Bool(true))"#;
    deck("korea", "Korea", &[river, treaty]);
    let opening = || Opening { dark, pictures: true, ..Opening::new(folder.path()) };
    let mut bench = opening().open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Korea: 2").click();
    bench.settle();
    bench.harness.get_by_label("Study").click();
    bench.settle();
    for _ in 0..4 {
        bench.key(Key::T);
        bench.key(Key::Num4);
    }
    drop(bench);
    deck("korea", "Korea", &[treaty]);
    deck("rivers", "Rivers of the world", &[river]);
    let mut bench = opening().open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    gallery.picture(&mut bench, &format!("decks-moves-{theme}"));
    drop(bench);

    let mut bench = opening().open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Korea: 1").click();
    bench.settle();
    bench.key(Key::C);
    gallery.picture(&mut bench, &format!("decks-carry-{theme}"));
}
