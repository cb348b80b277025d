//! Decks in the window: written, found, changed and studied, as a person would.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::util::authoring::{choose, click, into, ten_questions};
use crate::util::{Bench, Opening, answer};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::domain::question::Kind;
use linchpin::formats::ron_deck;

fn planets(folder: &Path) -> PathBuf {
    folder.join("decks/planets.ron")
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the deck's file")
}

/// Waits for what happens beside the window.
fn wait_until(bench: &mut Bench<'_>, what: &str, is_so: impl Fn(&Bench<'_>) -> bool) {
    for _ in 0..200 {
        bench.settle();
        if is_so(bench) {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{what} did not happen");
}

#[test]
fn a_new_user_writes_ten_questions_studies_them_and_mends_a_typo_in_an_editor_meanwhile() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    ten_questions(&mut bench);
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    let deck = bench.app().page_deck().expect("the deck's page").clone();
    assert_eq!(deck.questions.len(), 10);
    let mut kinds: Vec<Kind> = deck.questions.iter().map(|question| question.answer.kind()).collect();
    kinds.dedup();
    assert_eq!(kinds, [Kind::Typed, Kind::Choice, Kind::Bool, Kind::Number]);
    let parsed = ron_deck::parse(&text_of(&planets(folder.path())));
    assert_eq!(parsed.deck.expect("a deck on disk").questions, deck.questions);

    click(&mut bench, "Study");
    answer(&mut bench, true);
    bench.key(Key::Space);
    let asked = bench.asked().key.clone();
    let prompt = bench.asked().task.prompt.clone();
    bench.text("half an ans");
    let draft = bench.asked().draft.clone();

    // Another program saves the file with a typo mended in the very question that is being asked.
    let path = planets(folder.path());
    let mended = format!("{} (mended)", prompt.trim_end_matches('?'));
    std::fs::write(&path, text_of(&path).replace(&prompt, &mended)).expect("saved");
    wait_until(&mut bench, "the reload", |bench| {
        bench
            .app()
            .library()
            .deck("planets")
            .is_some_and(|it| it.deck.questions.iter().any(|it| it.prompt == mended))
    });
    assert_ne!(bench.asked().key, asked, "without an id the key comes from the prompt");
    assert_eq!((bench.asked().task.prompt.as_str(), &bench.asked().draft), (prompt.as_str(), &draft));
    bench.chord(Modifiers::ALT, Key::X);
    let key = bench.asked().key.clone();
    assert_eq!(bench.app().progress().state(&key).reviews, 1, "the answer counts for the new wording");
    while bench.app().study().is_some_and(|study| !study.is_at_rest()) {
        if !bench.is_judged() {
            answer(&mut bench, true);
        }
        bench.key(Key::Num4);
    }
    let answered = bench.app().progress().cards().filter(|(_, card)| card.state().reviews > 0).count();
    assert_eq!(answered, 10);
}

#[test]
fn a_question_is_changed_in_its_place_and_the_rest_of_the_file_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("decks/notes.ron");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let text = "// My notes\nDeck(format: 1, id: \"notes\", title: \"Notes\", topics: {\"t\": \"T\", \"u\": \"U\"}, questions: [\n\
                \x20   (topic: \"t\", prompt: \"First?\", answer: Typed([\"one\"])), // keep me\n\
                \x20   // about the second\n    (id: \"b\", topic: \"t\",\n     prompt: \"Secnd?\", answer: Bool(true)),\n])\n";
    std::fs::write(&path, text).expect("a file");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Notes: 2 questions").click();
    bench.settle();
    // Search, go into what was found, open it, mend it, save: all by keys.
    bench.chord(Modifiers::COMMAND, Key::F);
    bench.text("secnd");
    bench.key(Key::ArrowDown);
    bench.key(Key::Enter);
    bench.chord(Modifiers::COMMAND, Key::A);
    bench.text("Second?");
    bench.chord(Modifiers::COMMAND, Key::S);
    assert_eq!(text_of(&path), text.replace("Secnd?", "Second?"));
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&path), text);
    bench.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(text_of(&path), text.replace("Secnd?", "Second?"));
}

#[test]
fn questions_are_picked_moved_deleted_and_brought_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    ten_questions(&mut bench);
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    let path = planets(folder.path());
    let whole = text_of(&path);
    let prompts = |bench: &Bench<'_>| -> Vec<String> {
        bench.app().page_deck().expect("a deck").questions.iter().map(|it| it.prompt.clone()).collect()
    };
    let before = prompts(&bench);
    bench.key(Key::Home);
    bench.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(prompts(&bench)[..2], [before[1].clone(), before[0].clone()]);
    bench.chord(Modifiers::SHIFT, Key::ArrowDown);
    bench.key(Key::Delete);
    assert_eq!(prompts(&bench).len(), 8);
    bench.chord(Modifiers::COMMAND, Key::Z);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!((prompts(&bench), text_of(&path)), (before, whole));

    bench.chord(Modifiers::COMMAND, Key::A);
    bench.key(Key::S);
    assert!(bench.app().progress().cards().all(|(_, card)| card.state().suspended));
    choose(&mut bench, "State: Any state", "Suspended");
    assert_eq!(bench.app().decks().page().expect("a page").table.shown().len(), 10);
    bench.key(Key::R);
    assert_eq!(bench.app().decks().page().expect("a page").table.shown().len(), 0);
}

#[test]
fn a_list_is_pasted_and_a_half_written_question_is_not_lost_by_a_slip() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.key(Key::N);
    bench.text("Words");
    bench.key(Key::Enter);
    bench.text("half a question");
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    bench.harness.get_by_label("Save what you wrote?");
    bench.key(Key::Escape);
    assert_eq!(bench.app().decks().editor().expect("still open").form.prompt, "half a question");
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    bench.key(Key::D);
    assert!(bench.app().decks().editor().is_none());

    bench.key(Key::V);
    bench.text("동맹 = alliance\n조약 = treaty\nno answer here\n");
    bench.chord(Modifiers::COMMAND, Key::Enter);
    let deck = bench.app().page_deck().expect("a deck").clone();
    assert_eq!(deck.questions.iter().map(|it| it.prompt.as_str()).collect::<Vec<_>>(), ["동맹", "조약"]);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert!(bench.app().page_deck().expect("a deck").questions.is_empty());
}

#[test]
fn a_shipped_deck_is_copied_before_it_is_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Korean terms of the alliance:").click();
    bench.settle();
    bench.key(Key::ArrowDown);
    bench.key(Key::Delete);
    assert_eq!(bench.app().page_deck().expect("a deck").questions.len(), 66, "it cannot be changed");
    bench.key(Key::C);
    let copy = bench.app().page_deck().expect("a deck").clone();
    assert_eq!((&*copy.id, copy.questions.len()), ("korean-terms-copy", 66));
    assert!(text_of(&folder.path().join("decks/korean-terms-copy.ron")).starts_with("//"), "comments stay");
    bench.key(Key::ArrowDown);
    bench.key(Key::Delete);
    assert_eq!(bench.app().page_deck().expect("a deck").questions.len(), 65);
}

#[test]
fn a_question_that_was_changed_in_the_file_meanwhile_shows_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Opening::new(folder.path()).open();
    ten_questions(&mut bench);
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    bench.key(Key::Home);
    bench.key(Key::Enter);
    into(&mut bench, "Right answers: the first is shown, 2", "the messenger");
    let path = planets(folder.path());
    std::fs::write(&path, text_of(&path).replace("[\"Mercury\"]", "[\"Mercury\", \"Merkur\"]"))
        .expect("saved");
    wait_until(&mut bench, "the conflict", |bench| {
        bench.app().decks().editor().is_some_and(|editor| editor.conflict.is_some())
    });
    bench.chord(Modifiers::COMMAND, Key::S);
    assert!(text_of(&path).contains("Merkur"), "nothing is overwritten unasked");
    click(&mut bench, "Keep mine");
    bench.chord(Modifiers::COMMAND, Key::S);
    let text = text_of(&path);
    assert!(text.contains("the messenger") && !text.contains("Merkur"), "{text}");
}

#[test]
fn faults_are_told_with_their_lines_and_mended_from_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("decks/notes.ron");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let text = "Deck(format: 1, id: \"notes\", title: \"Notes\", topics: {\"t\": \"T\"}, questions: [\n\
                \x20   (topic: \"t\", prompt: \"First?\", answer: Typed([\"one\"])),\n\
                \x20   (topic: \"t\", prompt: \"Year?\", answer: Nmber(2017)),\n])\n";
    std::fs::write(&path, text).expect("a file");
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Notes: 1 question").click();
    bench.settle();
    bench.harness.get_by_label("1 question can’t be used yet");
    bench.harness.get_by_label_contains("line 3, column ");
    bench.key(Key::M);
    assert_eq!(text_of(&path), text.replace("Nmber", "Number"));
    assert_eq!(bench.app().page_deck().expect("a deck").questions.len(), 2);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&path), text);
}

#[test]
fn a_list_from_another_program_is_looked_at_before_it_becomes_a_deck() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("capitals.csv");
    std::fs::write(&list, "country,capital,region\nFrance,Paris,Europe\nKorea,Seoul,Asia\nNowhere,,Asia\n")
        .expect("a file");
    let mut bench = Opening::new(folder.path()).open();
    bench.drop_file(&list);
    wait_until(&mut bench, "the preview", |bench| {
        bench.app().decks().import().is_some_and(|it| !it.is_busy())
    });
    bench.harness.get_by_label("Import 3 questions");
    choose(&mut bench, "First row", "Names of the columns");
    wait_until(&mut bench, "the preview", |bench| {
        bench.app().decks().import().is_some_and(|it| !it.is_busy())
    });
    bench.harness.get_by_label("Import 2 questions");
    bench.harness.get_by_label_contains("Line 4: the answer is empty");
    assert!(!folder.path().join("decks/capitals.ron").exists(), "nothing is written before it is wanted");
    choose(&mut bench, "Column region", "Topic");
    wait_until(&mut bench, "the preview", |bench| {
        bench.app().decks().import().is_some_and(|it| !it.is_busy())
    });
    bench.chord(Modifiers::COMMAND, Key::Enter);
    wait_until(&mut bench, "the deck", |bench| bench.app().page_deck().is_some());
    let deck = bench.app().page_deck().expect("a deck").clone();
    assert_eq!(deck.topics.values().collect::<Vec<_>>(), ["Europe", "Asia"]);
    assert_eq!(deck.questions.len(), 2);
    assert!(folder.path().join("decks/capitals.ron").exists());
}
