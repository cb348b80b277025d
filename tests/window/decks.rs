//! Decks in the window: written, found, changed and studied as a user would.

use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::domain::question::Kind;
use linchpin::formats::ron_deck;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

fn planets(folder: &Path) -> PathBuf {
    folder.join("decks/planets.ron")
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the deck's file")
}

#[test]
fn a_new_user_writes_ten_questions_studies_them_and_fixes_a_typo_in_a_text_editor() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.write_ten_questions();
    window.press(Key::Escape);
    window.press(Key::Escape);
    let deck = window.app().page_deck().expect("the deck's page").clone();
    assert_eq!(deck.questions.len(), 10);
    let mut kinds: Vec<Kind> = deck.questions.iter().map(|question| question.answer.kind()).collect();
    kinds.dedup();
    assert_eq!(kinds, [Kind::Typed, Kind::Choice, Kind::Bool, Kind::Number]);
    let parsed = ron_deck::parse(&text_of(&planets(folder.path())));
    assert_eq!(parsed.deck.expect("a deck on disk").questions, deck.questions);

    window.click_first("Study");
    window.answer(true);
    window.press(Key::Space);
    let old_key = window.active_card().key.clone();
    let prompt = window.active_card().task.prompt.clone();
    window.type_text("half an ans");
    let draft = window.active_card().draft.clone();

    // Another program saves the file with a fixed typo in the active question.
    let path = planets(folder.path());
    let fixed = format!("{} (mended)", prompt.trim_end_matches('?'));
    std::fs::write(&path, text_of(&path).replace(&prompt, &fixed)).expect("saved");
    window.wait_until("the reload", |window| {
        window
            .app()
            .library()
            .deck("planets")
            .is_some_and(|it| it.deck.questions.iter().any(|it| it.prompt == fixed))
    });
    assert_ne!(window.active_card().key, old_key, "without an id the key comes from the prompt");
    assert_eq!(
        (window.active_card().task.prompt.as_str(), &window.active_card().draft),
        (prompt.as_str(), &draft)
    );
    window.press_with(Modifiers::ALT, Key::X);
    let key = window.active_card().key.clone();
    assert_eq!(window.app().progress().state(&key).reviews, 1, "the answer counts for the new wording");
    while window.app().active_session().is_some_and(|study| !study.has_no_card()) {
        if !window.shows_verdict() {
            window.answer(true);
        }
        window.press(Key::Num4);
    }
    let answered = window.app().progress().cards().filter(|(_, card)| card.state.reviews > 0).count();
    assert_eq!(answered, 10);
}

#[test]
fn a_question_is_changed_in_place_and_the_rest_of_the_file_stays() {
    let folder = DataFolder::new();
    let text = "// My notes\nDeck(format: 1, id: \"notes\", title: \"Notes\", topics: {\"t\": \"T\", \"u\": \"U\"}, questions: [\n\
                \x20   (topic: \"t\", prompt: \"First?\", answer: Typed([\"one\"])), // keep me\n\
                \x20   // about the second\n    (id: \"b\", topic: \"t\",\n     prompt: \"Secnd?\", answer: Bool(true)),\n])\n";
    let path = folder.write_deck("notes.ron", text);
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Notes: 2 questions");
    // Search, open a result, fix it and save, all by keys.
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("secnd");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("Second?");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(text_of(&path), text.replace("Secnd?", "Second?"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&path), text);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(text_of(&path), text.replace("Secnd?", "Second?"));
}

#[test]
fn questions_are_picked_moved_deleted_and_restored() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.write_ten_questions();
    window.press(Key::Escape);
    window.press(Key::Escape);
    let path = planets(folder.path());
    let whole = text_of(&path);
    let prompts = |window: &WindowFixture| -> Vec<String> {
        window.app().page_deck().expect("a deck").questions.iter().map(|it| it.prompt.clone()).collect()
    };
    let before = prompts(&window);
    window.press(Key::Home);
    window.focus("New question");
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(prompts(&window), before, "the arrows belong to the widget that has the focus");
    window.press(Key::Escape);
    window.press(Key::Home);
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(prompts(&window)[..2], [before[1].clone(), before[0].clone()]);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    window.press(Key::Delete);
    assert_eq!(prompts(&window).len(), 8);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!((prompts(&window), text_of(&path)), (before, whole));

    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::S);
    assert!(window.app().progress().cards().all(|(_, card)| card.state.suspended));
    window.choose("State: Any state", "Suspended");
    assert_eq!(window.app().decks().page().expect("a page").table.visible().len(), 10);
    window.press(Key::R);
    assert_eq!(window.app().decks().page().expect("a page").table.visible().len(), 0);
}

#[test]
fn a_list_is_pasted_and_an_unfinished_question_is_not_lost_by_mistake() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::N);
    window.type_text("Words");
    window.press(Key::Enter);
    window.type_text("half a question");
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.harness.get_by_label("Save your changes?");
    window.press(Key::Escape);
    assert_eq!(window.app().decks().editor().expect("still open").form.prompt, "half a question");
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.press(Key::D);
    assert!(window.app().decks().editor().is_none());

    window.press(Key::V);
    window.type_text("동맹 = alliance\n조약 = treaty\nno answer here\n");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let deck = window.app().page_deck().expect("a deck").clone();
    assert_eq!(deck.questions.iter().map(|it| it.prompt.as_str()).collect::<Vec<_>>(), ["동맹", "조약"]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.app().page_deck().expect("a deck").questions.is_empty());
}

#[test]
fn a_shipped_deck_is_copied_before_it_is_changed() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Korean terms of the alliance:");
    window.press(Key::ArrowDown);
    window.press(Key::Delete);
    assert_eq!(window.app().page_deck().expect("a deck").questions.len(), 66, "it cannot be changed");
    window.press(Key::C);
    let copy = window.app().page_deck().expect("a deck").clone();
    assert_eq!((&*copy.id, copy.questions.len()), ("korean-terms-copy", 66));
    assert!(text_of(&folder.path().join("decks/korean-terms-copy.ron")).starts_with("//"), "comments stay");
    window.press(Key::ArrowDown);
    window.press(Key::Delete);
    assert_eq!(window.app().page_deck().expect("a deck").questions.len(), 65);
}

#[test]
fn a_question_changed_in_the_file_meanwhile_shows_both_versions() {
    let folder = DataFolder::new();
    let mut window = WindowOptions::new(&folder).open();
    window.write_ten_questions();
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.press(Key::Home);
    window.press(Key::Enter);
    window.type_into("Accepted answers (the first is shown), 2", "the messenger");
    let path = planets(folder.path());
    std::fs::write(&path, text_of(&path).replace("[\"Mercury\"]", "[\"Mercury\", \"Merkur\"]"))
        .expect("saved");
    window.wait_until("the conflict", |window| {
        window.app().decks().editor().is_some_and(|editor| editor.conflict.is_some())
    });
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(text_of(&path).contains("Merkur"), "nothing is overwritten without asking");
    window.click_first("Keep mine");
    window.press_with(Modifiers::COMMAND, Key::S);
    let text = text_of(&path);
    assert!(text.contains("the messenger") && !text.contains("Merkur"), "{text}");
}

#[test]
fn errors_are_shown_with_their_lines_and_fixed_from_the_page() {
    let folder = DataFolder::new();
    let text = "Deck(format: 1, id: \"notes\", title: \"Notes\", topics: {\"t\": \"T\"}, questions: [\n\
                \x20   (topic: \"t\", prompt: \"First?\", answer: Typed([\"one\"])),\n\
                \x20   (topic: \"t\", prompt: \"Year?\", answer: Nmber(2017)),\n])\n";
    let path = folder.write_deck("notes.ron", text);
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Notes: 1 question");
    window.harness.get_by_label("1 question can’t be used yet");
    window.harness.get_by_label_contains("line 3, column ");
    window.press(Key::M);
    assert_eq!(text_of(&path), text.replace("Nmber", "Number"));
    assert_eq!(window.app().page_deck().expect("a deck").questions.len(), 2);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&path), text);
}

#[test]
fn a_list_from_another_program_is_previewed_before_it_becomes_a_deck() {
    let folder = DataFolder::new();
    let list = folder.path().join("capitals.csv");
    std::fs::write(&list, "country,capital,region\nFrance,Paris,Europe\nKorea,Seoul,Asia\nNowhere,,Asia\n")
        .expect("a file");
    let mut window = WindowOptions::new(&folder).open();
    window.drop_file(&list);
    window.wait_until("the preview", |window| window.app().decks().import().is_some_and(|it| !it.is_busy()));
    window.harness.get_by_label("Import 3 questions");
    window.choose("First row", "Column names");
    window.wait_until("the preview", |window| window.app().decks().import().is_some_and(|it| !it.is_busy()));
    window.harness.get_by_label("Import 2 questions");
    window.harness.get_by_label_contains("Line 4: the answer is empty");
    assert!(
        !folder.path().join("decks/capitals.ron").exists(),
        "nothing is written before the import is confirmed"
    );
    window.choose("Column region", "Topic");
    window.wait_until("the preview", |window| window.app().decks().import().is_some_and(|it| !it.is_busy()));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.wait_until("the deck", |window| window.app().page_deck().is_some());
    let deck = window.app().page_deck().expect("a deck").clone();
    assert_eq!(deck.topics.values().collect::<Vec<_>>(), ["Europe", "Asia"]);
    assert_eq!(deck.questions.len(), 2);
    assert!(folder.path().join("decks/capitals.ron").exists());
}
