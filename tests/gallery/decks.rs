//! Screenshots of the Decks screen.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::Gallery;
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

/// A deck with an error; [`decks_of`] adds a file that is no complete deck.
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

fn decks_of(folder: &DataFolder) {
    folder.write_deck("my-notes.ron", NOTES);
    folder.write_deck("draft.ron", "Deck(format: 1, id: \"draft\"");
}

fn wait_for_import(window: &mut WindowFixture) {
    window.wait_until("the import", |window| {
        window.app().decks().import().is_some_and(|import| !import.is_busy())
    });
}

/// Draws every page of the screen.
pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
    decks_of(&folder);
    let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };
    let mut window = opening().open();
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    gallery.screenshot(&mut window, &format!("decks-{theme}"));
    window.click_containing("draft.ron can’t be used");
    gallery.screenshot(&mut window, &format!("decks-no-deck-{theme}"));
    window.press(Key::Escape);
    window.click_containing("My notes on the alliance: 4");
    gallery.screenshot(&mut window, &format!("decks-problems-{theme}"));
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    gallery.screenshot(&mut window, &format!("decks-picked-{theme}"));
    window.press(Key::D);
    gallery.screenshot(&mut window, &format!("decks-details-{theme}"));
    window.press(Key::Escape);
    window.press(Key::V);
    window.type_text("동맹 = alliance\n조약 = treaty\n휴전 = armistice\nno answer here\n");
    gallery.screenshot(&mut window, &format!("decks-paste-{theme}"));
    window.press(Key::Escape);
    window.click_containing("What did the armistice");
    window.press(Key::Enter);
    gallery.screenshot(&mut window, &format!("decks-edit-choice-{theme}"));
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("zzz");
    gallery.screenshot(&mut window, &format!("decks-nothing-found-{theme}"));
    drop(window);

    let list = folder.path().join("capitals.csv");
    let rows = "question,answer,topic\nCapital of France?,Paris,Europe\n한국의 수도는?,서울,Asia\nWhat did the \
                treaty of 1953 promise?,\"Mutual defence\nin the Pacific area\",Asia\nNowhere?,,Asia\n";
    std::fs::write(&list, rows).expect("a list");
    let mut window = opening().open();
    window.drop_file(&list);
    wait_for_import(&mut window);
    gallery.screenshot(&mut window, &format!("decks-import-{theme}"));
    drop(window);

    for (size, percent, name) in [((640.0, 480.0), 100, "small"), ((640.0, 480.0), 200, "200-percent")] {
        let size = egui::vec2(size.0, size.1);
        let mut window = WindowOptions { size, text_percent: percent, ..opening() }.open();
        window.press(Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::Num2);
        gallery.screenshot(&mut window, &format!("decks-{name}-{theme}"));
        window.harness.get_by_label_contains("My notes on the alliance: 4").scroll_to_me();
        window.settle();
        window.click_containing("My notes on the alliance: 4");
        gallery.screenshot(&mut window, &format!("decks-problems-{name}-{theme}"));
        window.press(Key::N);
        gallery.screenshot(&mut window, &format!("decks-edit-{name}-{theme}"));
    }

    let folder = DataFolder::new();
    let mut window = WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) }.open();
    window.write_ten_questions();
    window.type_into("Question", "Sort the planets.");
    window.choose("Kind of answer", "Sort");
    window.type_into("Group 1", "Of rock");
    window.type_into("What belongs in it, 1", "Mars");
    window.type_into("Group 2", "Of gas");
    gallery.screenshot(&mut window, &format!("decks-edit-groups-{theme}"));
    window.press(Key::Escape);
    window.press(Key::Escape);
    gallery.screenshot(&mut window, &format!("decks-unsaved-{theme}"));
    window.press(Key::D);
    gallery.screenshot(&mut window, &format!("decks-ten-{theme}"));
}

/// The question where the progress belongs, after a deck was split in a text editor.
pub fn draw_moves(gallery: &mut Gallery, dark: bool, theme: &str) {
    let folder = DataFolder::new();
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
    let opening = || WindowOptions { dark, renders: true, ..WindowOptions::new(&folder) };
    let mut window = opening().open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Korea: 2");
    window.click("Study");
    for _ in 0..4 {
        window.press(Key::T);
        window.press(Key::Num4);
    }
    drop(window);
    deck("korea", "Korea", &[treaty]);
    deck("rivers", "Rivers of the world", &[river]);
    let mut window = opening().open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    gallery.screenshot(&mut window, &format!("decks-moves-{theme}"));
    drop(window);

    let mut window = opening().open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Korea: 1");
    window.press(Key::C);
    gallery.screenshot(&mut window, &format!("decks-carry-{theme}"));
}
