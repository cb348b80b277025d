//! Images in the window: shown where they are written, enlarged, and replaced by a message where they cannot be shown.

use std::path::Path;

use eframe::egui::{self, Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;
use image::{Rgba, RgbaImage};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const DECK: &str = r#"Deck(
    format: 1, id: "maps", title: "Maps",
    topics: { "t": "Maps" },
    questions: [
        (id: "prompt", topic: "t", prompt: "Which peninsula is this?\n\n![A peninsula](wide.png)", answer: Recall("![Its flag](flag.png) Korea"), explain: "Seen from above: ![From above](missing.png)"),
        (id: "options", topic: "t", prompt: "Which one is the flag?", answer: Choice(right: "![Red](flag.png)", wrong: ["![Wide](wide.png)", "None of them is"]), explain: "e"),
        (id: "gaps", topic: "t", prompt: "![A field](flag.png) It is {{red}}.", answer: Cloze, image: "wide.png", explain: "e"),
        (id: "again", topic: "t", prompt: "![Its flag](flag.png)", answer: Recall("Red"), explain: "e"),
    ],
)
"#;

fn write(path: &Path, width: u32, height: u32, colour: [u8; 4]) {
    let stripes = |x: u32, y: u32| {
        if (x / 40 + y / 40).is_multiple_of(2) { Rgba(colour) } else { Rgba([235, 225, 200, 255]) }
    };
    RgbaImage::from_fn(width, height, stripes).save(path).expect("an image");
}

fn folder() -> DataFolder {
    let folder = DataFolder::new();
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder for decks");
    std::fs::write(decks.join("maps.ron"), DECK).expect("a deck");
    write(&decks.join("wide.png"), 1_200, 800, [40, 90, 140, 255]);
    write(&decks.join("flag.png"), 120, 80, [190, 40, 50, 255]);
    folder
}

fn width_of(window: &WindowFixture, label: &str) -> f32 {
    window.harness.get_by_role_and_label(Role::Image, label).rect().width()
}

fn start(folder: &DataFolder, size: egui::Vec2) -> WindowFixture {
    let mut window = WindowOptions { size, ..WindowOptions::new(folder) }.open();
    window.click_containing("Study Maps");
    window
}

fn enlarged(window: &WindowFixture) -> bool {
    window.harness.query_by_label("Close").is_some()
}

#[test]
fn an_image_is_shown_where_it_is_written_and_fits_the_window() {
    for (size, wide) in [(egui::vec2(1280.0, 800.0), 480.0), (egui::vec2(640.0, 480.0), 288.0)] {
        let folder = folder();
        let mut window = start(&folder, size);
        window.bury_until(|card| &*card.key.question == "prompt");
        window.wait_until("the image at 40 % of the height", |window| {
            (width_of(window, "A peninsula") - wide).abs() < 1.0
        });
        window.press(Key::Space);
        window.wait_until("a small image at its own size", |window| {
            (width_of(window, "Its flag") - 120.0).abs() < 1.0
        });
        window.wait_until("words in place of the missing one", |window| {
            let label = "From above. The picture “missing.png” is not there.";
            window.harness.query_by_role_and_label(Role::Image, label).is_some()
        });
        window.press(Key::Num3);
        assert!(window.active_card().key.question.as_ref() != "prompt", "the question can still be answered");
    }
}

#[test]
fn a_click_or_enter_enlarges_an_image_and_the_same_key_closes_it() {
    let folder = folder();
    let mut window = start(&folder, egui::vec2(1280.0, 800.0));
    window.bury_until(|card| &*card.key.question == "prompt");
    window.wait_until("the image", |window| width_of(window, "A peninsula") > 400.0);
    for close in [Key::Escape, Key::Enter, Key::Space] {
        window.harness.get_by_role_and_label(Role::Image, "A peninsula").click();
        window.settle();
        assert!(enlarged(&window));
        for key in [Key::Plus, Key::ArrowRight, Key::Minus, Key::Num0, Key::S] {
            window.press(key);
        }
        window.press(close);
        assert!(!enlarged(&window) && matches!(window.active_card().stage, Stage::Answering), "{close:?}");
        assert_eq!(&*window.active_card().key.question, "prompt");
    }
    window.harness.get_by_role_and_label(Role::Image, "A peninsula").focus();
    window.settle();
    for _ in 0..2 {
        window.press(Key::Enter);
        assert!(enlarged(&window));
        window.press(Key::Enter);
        assert!(!enlarged(&window), "the focus is back on the image");
    }
    window.harness.get_by_role_and_label(Role::Image, "A peninsula").click();
    window.settle();
    window.click("Close");
    assert!(!enlarged(&window));
}

#[test]
fn an_option_with_an_image_is_picked_by_a_click_and_enlarged_by_its_button() {
    let folder = folder();
    let mut window = start(&folder, egui::vec2(1280.0, 800.0));
    window.bury_until(|card| &*card.key.question == "options");
    window.wait_until("both images", |window| {
        let shown = |label: &str| window.harness.query_by_label(label).is_some();
        shown("Enlarge the picture: Red") && shown("Enlarge the picture: Wide")
    });
    window.click("Enlarge the picture: Wide");
    assert!(enlarged(&window) && matches!(window.active_card().stage, Stage::Answering));
    window.press(Key::Escape);
    window.harness.get_by_role_and_label(Role::Button, "Red").click();
    window.settle();
    assert!(window.shows_verdict());
}

#[test]
fn a_cloze_shows_its_images_above_the_text() {
    let folder = folder();
    let mut window = start(&folder, egui::vec2(1280.0, 800.0));
    window.bury_until(|card| &*card.key.question == "gaps");
    window.wait_until("both images", |window| {
        width_of(window, "A field") == 120.0 && (width_of(window, "wide.png") - 480.0).abs() < 1.0
    });
    window.harness.get_by_role_and_label(Role::Image, "A field").click();
    window.settle();
    window.type_text("what is typed meanwhile");
    window.harness.event(egui::Event::Text(" ".to_owned()));
    window.press(Key::Space);
    assert!(!enlarged(&window) && window.active_card().draft == Draft::Cloze(vec![String::new()]));
    window.type_text("red");
    window.press(Key::Enter);
    assert!(window.shows_verdict());
}

#[test]
fn an_image_changed_on_disk_is_shown_with_the_next_card() {
    let folder = folder();
    let mut window = start(&folder, egui::vec2(1280.0, 800.0));
    window.bury_until(|card| &*card.key.question == "gaps");
    window.wait_until("the image", |window| width_of(window, "A field") == 120.0);
    let new = folder.path().join("new.png");
    write(&new, 90, 60, [0, 0, 0, 255]);
    std::fs::rename(&new, folder.path().join("decks/flag.png")).expect("another image");
    window.type_text("red");
    window.press(Key::Enter);
    window.press(Key::Space);
    assert_eq!(&*window.active_card().key.question, "again");
    window.wait_until("the new one", |window| width_of(window, "Its flag") == 90.0);
}

/// A window with the editor open on a question.
fn edit(question: &str, folder: &DataFolder) -> WindowFixture {
    let mut window = WindowOptions::new(folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Maps: ");
    while window.app().decks().page().and_then(|page| page.current.as_deref()) != Some(question) {
        window.press(Key::ArrowDown);
    }
    window.press(Key::Enter);
    window
}

fn image_in_form(window: &WindowFixture) -> String {
    window.app().decks().editor().expect("the editor").form.image.clone()
}

#[test]
fn an_image_dropped_on_the_editor_is_copied_next_to_the_deck_after_a_confirmation() {
    let folder = folder();
    let decks = folder.path().join("decks");
    let mut window = edit("again", &folder);

    window.drop_file(&decks.join("wide.png"));
    assert_eq!(image_in_form(&window), "wide.png", "an image that is already next to the deck is not copied");

    let elsewhere = folder.path().join("flag.png");
    write(&elsewhere, 60, 40, [0, 120, 60, 255]);
    window.drop_file(&elsewhere);
    window.harness.get_by_label("Copy this picture to the deck’s folder?");
    window.press(Key::Escape);
    assert_eq!(image_in_form(&window), "wide.png");
    assert!(!decks.join("flag-2.png").exists(), "nothing is copied without asking");
    window.drop_file(&elsewhere);
    window.press(Key::Enter);
    assert_eq!(image_in_form(&window), "flag-2.png");
    let same = |a: &Path, b: &Path| std::fs::read(a).expect("a file") == std::fs::read(b).expect("a file");
    assert!(same(&elsewhere, &decks.join("flag-2.png")) && !same(&elsewhere, &decks.join("flag.png")));
    window.wait_until("the image in the preview", |window| width_of(window, "flag-2.png") == 60.0);

    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "no picture").expect("a text");
    window.drop_file(&text);
    let notice = window.app().notice().expect("a notice");
    assert!(notice.is_error && notice.text.contains("no PNG, JPEG or WebP"), "{}", notice.text);
}

#[test]
fn the_description_of_an_image_is_edited_in_the_form_and_saved_with_it() {
    let folder = folder();
    let mut window = edit("gaps", &folder);
    let name = "What the picture shows, for people who can’t see it";
    window.harness.get_by_role_and_label(Role::TextInput, name).focus();
    window.settle();
    window.type_text("A wide [field]");
    window.press_with(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(folder.path().join("decks/maps.ron")).expect("the deck");
    assert!(saved.contains(r#"image: "![A wide \\[field\\]](wide.png)""#), "{saved}");
    let question = window.app().library().deck("maps").expect("the deck").deck.questions[2].clone();
    let image = linchpin::formats::images::field_image(&question).expect("an image");
    assert_eq!((image.file.as_str(), image.alt.as_str()), ("wide.png", "A wide [field]"));
}

#[test]
fn the_page_of_a_deck_lists_the_problems_of_its_images() {
    let folder = folder();
    let mut window = WindowOptions::new(&folder).open();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click_containing("Maps: ");
    window.click_containing("suggestion");
    window.harness.get_by_label_contains("The picture “missing.png” is not there");
    window.harness.get_by_label_contains("Nothing says what the picture “wide.png” shows");
}
