//! Pictures in the window: shown where they are written, enlarged, and told where they cannot be shown.

use std::path::Path;
use std::time::Duration;

use crate::util::{Bench, Opening};
use eframe::egui::{self, Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;
use image::{Rgba, RgbaImage};
use linchpin::app::draft::Draft;
use linchpin::app::study::Stage;

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
    RgbaImage::from_fn(width, height, stripes).save(path).expect("a picture");
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let decks = folder.path().join("decks");
    std::fs::create_dir_all(&decks).expect("a folder for decks");
    std::fs::write(decks.join("maps.ron"), DECK).expect("a deck");
    write(&decks.join("wide.png"), 1_200, 800, [40, 90, 140, 255]);
    write(&decks.join("flag.png"), 120, 80, [190, 40, 50, 255]);
    folder
}

/// Waits for what another thread decodes.
fn wait_until(bench: &mut Bench<'_>, what: &str, is_so: impl Fn(&Bench<'_>) -> bool) {
    for _ in 0..2_000 {
        bench.settle();
        if is_so(bench) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("never: {what}");
}

fn width_of(bench: &Bench<'_>, label: &str) -> f32 {
    bench.harness.get_by_role_and_label(Role::Image, label).rect().width()
}

fn start(folder: &Path, size: egui::Vec2) -> Bench<'static> {
    let mut bench = Opening { size, ..Opening::new(folder) }.open();
    bench.harness.get_by_label_contains("Study Maps").click();
    bench.settle();
    bench
}

fn enlarged(bench: &Bench<'_>) -> bool {
    bench.harness.query_by_label("Close").is_some()
}

#[test]
fn a_picture_stands_where_it_is_written_and_fits_the_window() {
    for (size, wide) in [(egui::vec2(1280.0, 800.0), 480.0), (egui::vec2(640.0, 480.0), 288.0)] {
        let folder = folder();
        let mut bench = start(folder.path(), size);
        bench.bury_until(|asked| &*asked.key.question == "prompt");
        wait_until(&mut bench, "the picture at 40 % of the height", |bench| {
            (width_of(bench, "A peninsula") - wide).abs() < 1.0
        });
        bench.key(Key::Space);
        wait_until(&mut bench, "a small picture as large as it is", |bench| {
            (width_of(bench, "Its flag") - 120.0).abs() < 1.0
        });
        wait_until(&mut bench, "words in place of the missing one", |bench| {
            let told = "From above. The picture “missing.png” is not there.";
            bench.harness.query_by_role_and_label(Role::Image, told).is_some()
        });
        bench.key(Key::Num3);
        assert!(bench.asked().key.question.as_ref() != "prompt", "the question works all the same");
    }
}

#[test]
fn a_click_or_enter_enlarges_a_picture_and_the_same_key_closes_it() {
    let folder = folder();
    let mut bench = start(folder.path(), egui::vec2(1280.0, 800.0));
    bench.bury_until(|asked| &*asked.key.question == "prompt");
    wait_until(&mut bench, "the picture", |bench| width_of(bench, "A peninsula") > 400.0);
    for close in [Key::Escape, Key::Enter, Key::Space] {
        bench.harness.get_by_role_and_label(Role::Image, "A peninsula").click();
        bench.settle();
        assert!(enlarged(&bench));
        for key in [Key::Plus, Key::ArrowRight, Key::Minus, Key::Num0, Key::S] {
            bench.key(key);
        }
        bench.key(close);
        assert!(!enlarged(&bench) && matches!(bench.asked().stage, Stage::Asking), "{close:?}");
        assert_eq!(&*bench.asked().key.question, "prompt");
    }
    bench.harness.get_by_role_and_label(Role::Image, "A peninsula").focus();
    bench.settle();
    for _ in 0..2 {
        bench.key(Key::Enter);
        assert!(enlarged(&bench));
        bench.key(Key::Enter);
        assert!(!enlarged(&bench), "the focus is back on the picture");
    }
    bench.harness.get_by_role_and_label(Role::Image, "A peninsula").click();
    bench.settle();
    bench.harness.get_by_label("Close").click();
    bench.settle();
    assert!(!enlarged(&bench));
}

#[test]
fn an_option_with_a_picture_is_picked_by_a_click_and_enlarged_by_its_button() {
    let folder = folder();
    let mut bench = start(folder.path(), egui::vec2(1280.0, 800.0));
    bench.bury_until(|asked| &*asked.key.question == "options");
    wait_until(&mut bench, "both pictures", |bench| {
        let shown = |label: &str| bench.harness.query_by_label(label).is_some();
        shown("Enlarge the picture: Red") && shown("Enlarge the picture: Wide")
    });
    bench.harness.get_by_label("Enlarge the picture: Wide").click();
    bench.settle();
    assert!(enlarged(&bench) && matches!(bench.asked().stage, Stage::Asking));
    bench.key(Key::Escape);
    bench.harness.get_by_role_and_label(Role::Button, "Red").click();
    bench.settle();
    assert!(bench.is_judged());
}

#[test]
fn a_cloze_shows_its_pictures_above_the_text() {
    let folder = folder();
    let mut bench = start(folder.path(), egui::vec2(1280.0, 800.0));
    bench.bury_until(|asked| &*asked.key.question == "gaps");
    wait_until(&mut bench, "both pictures", |bench| {
        width_of(bench, "A field") == 120.0 && (width_of(bench, "wide.png") - 480.0).abs() < 1.0
    });
    bench.harness.get_by_role_and_label(Role::Image, "A field").click();
    bench.settle();
    bench.text("what is typed meanwhile");
    bench.harness.event(egui::Event::Text(" ".to_owned()));
    bench.key(Key::Space);
    assert!(!enlarged(&bench) && bench.asked().draft == Draft::Gaps(vec![String::new()]));
    bench.text("red");
    bench.key(Key::Enter);
    assert!(bench.is_judged());
}

#[test]
fn a_picture_changed_on_disk_shows_at_the_next_asking() {
    let folder = folder();
    let mut bench = start(folder.path(), egui::vec2(1280.0, 800.0));
    bench.bury_until(|asked| &*asked.key.question == "gaps");
    wait_until(&mut bench, "the picture", |bench| width_of(bench, "A field") == 120.0);
    let new = folder.path().join("new.png");
    write(&new, 90, 60, [0, 0, 0, 255]);
    std::fs::rename(&new, folder.path().join("decks/flag.png")).expect("another picture");
    bench.text("red");
    bench.key(Key::Enter);
    bench.key(Key::Space);
    assert_eq!(&*bench.asked().key.question, "again");
    wait_until(&mut bench, "the new one", |bench| width_of(bench, "Its flag") == 90.0);
}

/// The editor, open on a question.
fn edit(question: &str, folder: &Path) -> Bench<'static> {
    let mut bench = Opening::new(folder).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Maps: ").click();
    bench.settle();
    while bench.app().decks().page().and_then(|page| page.current.as_deref()) != Some(question) {
        bench.key(Key::ArrowDown);
    }
    bench.key(Key::Enter);
    bench
}

fn image_in_form(bench: &Bench<'_>) -> String {
    bench.app().decks().editor().expect("the editor").form.image.clone()
}

#[test]
fn a_picture_dropped_on_the_editor_is_copied_beside_the_deck_after_asking() {
    let folder = folder();
    let decks = folder.path().join("decks");
    let mut bench = edit("again", folder.path());

    bench.drop_file(&decks.join("wide.png"));
    assert_eq!(image_in_form(&bench), "wide.png", "one that lies there already is only named");

    let elsewhere = folder.path().join("flag.png");
    write(&elsewhere, 60, 40, [0, 120, 60, 255]);
    bench.drop_file(&elsewhere);
    bench.harness.get_by_label("Copy this picture beside the deck?");
    bench.key(Key::Escape);
    assert_eq!(image_in_form(&bench), "wide.png");
    assert!(!decks.join("flag-2.png").exists(), "nothing is copied unasked");
    bench.drop_file(&elsewhere);
    bench.key(Key::Enter);
    assert_eq!(image_in_form(&bench), "flag-2.png");
    let same = |a: &Path, b: &Path| std::fs::read(a).expect("a file") == std::fs::read(b).expect("a file");
    assert!(same(&elsewhere, &decks.join("flag-2.png")) && !same(&elsewhere, &decks.join("flag.png")));
    wait_until(&mut bench, "the picture in the preview", |bench| width_of(bench, "flag-2.png") == 60.0);

    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "no picture").expect("a text");
    bench.drop_file(&text);
    let told = bench.app().notice().expect("a word on it");
    assert!(told.is_problem && told.text.contains("no PNG, JPEG or WebP"), "{}", told.text);
}

#[test]
fn what_a_picture_shows_is_written_in_the_form_and_saved_with_it() {
    let folder = folder();
    let mut bench = edit("gaps", folder.path());
    let name = "What the picture shows, for those who cannot see it";
    bench.harness.get_by_role_and_label(Role::TextInput, name).focus();
    bench.settle();
    bench.text("A wide [field]");
    bench.chord(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(folder.path().join("decks/maps.ron")).expect("the deck");
    assert!(saved.contains(r#"image: "![A wide \\[field\\]](wide.png)""#), "{saved}");
    let question = bench.app().library().deck("maps").expect("the deck").deck.questions[2].clone();
    let picture = linchpin::formats::pictures::of_field(&question).expect("a picture");
    assert_eq!((picture.file.as_str(), picture.alt.as_str()), ("wide.png", "A wide [field]"));
}

#[test]
fn the_page_of_a_deck_tells_what_is_wrong_with_its_pictures() {
    let folder = folder();
    let mut bench = Opening::new(folder.path()).open();
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.harness.get_by_label_contains("Maps: ").click();
    bench.settle();
    bench.harness.get_by_label_contains("suggestion").click();
    bench.settle();
    bench.harness.get_by_label_contains("The picture “missing.png” is not there");
    bench.harness.get_by_label_contains("Nothing says what the picture “wide.png” shows");
}
