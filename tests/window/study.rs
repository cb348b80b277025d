//! The window driven as its users drive it: by what widgets are called, and by keys alone.

use std::path::Path;

use crate::util::{Bench, Opening, answer};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::app::draft::Draft;
use linchpin::app::study::{Place, Stage};
use linchpin::domain::event::{Change, Confidence};
use linchpin::domain::grade::Outcome;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::store::Store;

/// One question of every kind, in the order of [`Kind::ALL`].
const KINDS: &str = r#"Deck(
    format: 1, id: "kinds", title: "Every kind",
    topics: { "t": "One of each" },
    questions: [
        (id: "recall", topic: "t", prompt: "Colour of the sky?", answer: Recall("Blue"), explain: "Light is scattered."),
        (id: "typed", topic: "t", prompt: "Capital of Korea?", answer: Typed(["Seoul", "서울"]), hint: "S…"),
        (id: "number", topic: "t", prompt: "Twice twenty-one?", answer: Number(42)),
        (id: "date", topic: "t", prompt: "When was the first landing on the moon?", answer: Date("1969-07-20")),
        (id: "bool", topic: "t", prompt: "Water is wet.", answer: Bool(true)),
        (id: "choice", topic: "t", prompt: "Which one is a fruit?", answer: Choice(right: "Apple", wrong: [("Stone", "Stones are hard."), "Chair"])),
        (id: "choices", topic: "t", prompt: "Which ones are even?", answer: Choices(right: ["Two", "Four"], wrong: ["Three"])),
        (id: "cloze", topic: "t", prompt: "Roses are {{red}} and violets are {{blue::a colour}}.", answer: Cloze),
        (id: "order", topic: "t", prompt: "Count up.", answer: Order(["One", "Two", "Three"])),
        (id: "match", topic: "t", prompt: "Who says what?", answer: Match([("Cat", "Miaow"), ("Dog", "Woof"), ("Cow", "Moo")])),
        (id: "sort", topic: "t", prompt: "Land or sea?", answer: Sort({"Land": ["Fox", "Hare"], "Sea": ["Cod"]})),
    ],
)
"#;

fn folder_with_kinds() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("decks")).expect("a folder for decks");
    std::fs::write(folder.path().join("decks/kinds.ron"), KINDS).expect("a deck");
    folder
}

fn open(folder: &Path) -> Bench<'static> {
    Opening::new(folder).open()
}

fn click(bench: &mut Bench<'_>, label: &str) {
    bench.harness.get_by_label_contains(label).click();
    bench.settle();
}

fn click_exactly(bench: &mut Bench<'_>, label: &str) {
    bench.harness.get_by_label(label).click();
    bench.settle();
}

fn start_kinds(bench: &mut Bench<'_>) {
    click(bench, "Study Every kind");
}

fn outcome(bench: &Bench<'_>) -> Outcome {
    match &bench.asked().stage {
        Stage::Judged { verdict, .. } => verdict.outcome(),
        other => panic!("no verdict but {other:?}"),
    }
}

fn answers(folder: &Path) -> Vec<(Kind, f64, Rating)> {
    let store = Store::open_read_only(folder).expect("the log opens beside the window");
    let events = store.events().expect("the log can be read");
    events
        .iter()
        .filter_map(|event| match event.change {
            Change::Answer(review) => Some((review.kind, review.score, review.rating)),
            _ => None,
        })
        .collect()
}

#[test]
fn every_kind_can_be_answered_by_clicking_what_is_named() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for kind in Kind::ALL {
        assert_eq!(bench.asked().task.kind, kind);
        match kind {
            Kind::Recall => {
                click(&mut bench, "Show answer");
                bench.harness.get_by_label("Blue");
                bench.harness.get_by_label_contains("Light is scattered");
                click(&mut bench, "Good, ");
                continue;
            }
            Kind::Typed => bench.text("seoul"),
            Kind::Number => bench.text("42"),
            Kind::Date => bench.text("20 July 1969"),
            Kind::Bool => click_exactly(&mut bench, "True"),
            Kind::Choice => click_exactly(&mut bench, "Apple"),
            Kind::Choices => {
                click_exactly(&mut bench, "Two");
                click_exactly(&mut bench, "Four");
            }
            Kind::Cloze => {
                bench.text("red");
                bench.harness.get_by_label("Gap 2: a colour").focus();
                bench.settle();
                bench.text("blue");
            }
            Kind::Order => put_in_order(&mut bench, &["One", "Two", "Three"]),
            Kind::Match => {
                for (left, right) in [("Cat", "Miaow"), ("Dog", "Woof"), ("Cow", "Moo")] {
                    click(&mut bench, left);
                    click(&mut bench, right);
                }
            }
            Kind::Sort => {
                for (item, bin) in [("Fox", "Bin 1: Land"), ("Hare", "Bin 1: Land"), ("Cod", "Bin 2: Sea")] {
                    click(&mut bench, item);
                    click(&mut bench, bin);
                }
            }
        }
        if !bench.is_judged() {
            click_exactly(&mut bench, "Check");
        }
        assert_eq!(outcome(&bench), Outcome::Right, "{kind}");
        click_exactly(&mut bench, "continue");
    }
    let kept = answers(folder.path());
    assert_eq!(kept.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(), Kind::ALL);
    assert!(kept.iter().all(|(_, score, rating)| *score == 1.0 && *rating == Rating::Good), "{kept:?}");
}

/// Clicks an item, then the row of its place, until the order is as wanted.
fn put_in_order(bench: &mut Bench<'_>, wanted: &[&str]) {
    for (place, item) in wanted.iter().enumerate() {
        let shown = bench.asked().task.shown();
        let Draft::Arrangement { order, .. } = bench.asked().draft.clone() else { panic!("an arrangement") };
        let there = shown[order[place]].clone();
        if there == *item {
            continue;
        }
        click_exactly(bench, item);
        click_exactly(bench, &there);
    }
}

#[test]
fn every_kind_can_be_answered_by_keys_alone_right_and_wrong() {
    for right in [true, false] {
        let folder = folder_with_kinds();
        let mut bench = open(folder.path());
        bench.key(Key::Space);
        for kind in Kind::ALL {
            bench.bury_until(|asked| &*asked.key.deck == "kinds" && asked.task.kind == kind);
            answer(&mut bench, right);
            if kind == Kind::Recall {
                bench.key(if right { Key::Num3 } else { Key::Num1 });
            } else {
                assert_eq!(outcome(&bench) == Outcome::Right, right, "{kind}");
                bench.key(Key::Space);
            }
        }
        let kept = answers(folder.path());
        assert_eq!(kept.len(), Kind::ALL.len());
        assert!(kept.iter().all(|(_, score, _)| (*score == 1.0) == right), "{kept:?}");
    }
}

#[test]
fn an_order_can_be_dragged() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Order);
    let order_now = |bench: &Bench<'_>| match &bench.asked().draft {
        Draft::Arrangement { order, .. } => order.clone(),
        other => panic!("no arrangement but {other:?}"),
    };
    let before = order_now(&bench);
    let shown = bench.asked().task.shown();
    let first = bench.harness.get_by_label(&shown[before[0]]).rect().center();
    let last = bench.harness.get_by_label(&shown[before[2]]).rect().center();
    bench.harness.drag_at(first);
    bench.settle();
    bench.harness.hover_at(last + egui::vec2(0.0, 8.0));
    bench.settle();
    bench.harness.drop_at(last + egui::vec2(0.0, 8.0));
    bench.settle();
    assert_eq!(order_now(&bench), [before[1], before[2], before[0]]);
}

#[test]
fn an_item_can_be_dragged_into_its_bin() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Sort);
    let item = bench.harness.get_by_label("Cod").rect().center();
    let bin = bench.harness.get_by_label("Bin 2: Sea").rect().center() + egui::vec2(0.0, 40.0);
    bench.harness.drag_at(item);
    bench.settle();
    bench.harness.hover_at(bin);
    bench.settle();
    bench.harness.drop_at(bin);
    bench.settle();
    let shown = bench.asked().task.shown();
    let cod = shown.iter().position(|text| text == "Cod").expect("it is shown");
    let Draft::Places(places) = &bench.asked().draft else { panic!("places") };
    assert_eq!(places.of[cod], Some(1));
}

#[test]
fn keys_are_letters_while_typing_and_alt_makes_them_commands() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Typed);
    for letter in [Key::H, Key::S, Key::B, Key::X, Key::Num1, Key::Space] {
        bench.key(letter);
    }
    assert_eq!(bench.asked().task.kind, Kind::Typed, "bare keys do nothing while a field has the focus");
    assert!(!bench.asked().hint_shown);
    bench.chord(Modifiers::ALT, Key::H);
    assert!(bench.asked().hint_shown);
    bench.harness.get_by_label_contains("S…");
    bench.key(Key::Escape);
    assert!(bench.app().study().is_some(), "Esc leaves the field first");
    bench.key(Key::Escape);
    assert!(bench.app().study().is_none(), "then the session");
}

#[test]
fn the_key_that_goes_on_writes_nothing_into_the_next_field() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Typed);
    bench.text("Seoul");
    bench.key(Key::Enter);
    bench.harness.event(egui::Event::Text("3".to_owned()));
    bench.key(Key::Num3);
    assert_eq!(bench.asked().task.kind, Kind::Number);
    assert_eq!(bench.asked().draft, Draft::Text(String::new()));
}

#[test]
fn what_is_no_number_or_date_is_asked_again_and_not_counted_as_wrong() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for (kind, unreadable, right) in [(Kind::Number, "many", "42"), (Kind::Date, "in summer", "1969-07-20")] {
        bench.bury_until_kind(kind);
        bench.text(unreadable);
        bench.key(Key::Enter);
        assert!(!bench.is_judged(), "{kind}");
        bench.harness.get_by_label_contains("write it");
        bench.chord(Modifiers::COMMAND, Key::A);
        bench.text(right);
        bench.key(Key::Enter);
        assert_eq!(outcome(&bench), Outcome::Right, "{kind}");
        bench.key(Key::Space);
    }
}

#[test]
fn undo_in_a_field_is_the_fields_until_it_is_empty() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Bool);
    answer(&mut bench, true);
    bench.key(Key::Space);
    bench.bury_until_kind(Kind::Typed);
    bench.text("Se");
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(bench.asked().task.kind, Kind::Typed, "there was text to undo");
    assert_eq!(answers(folder.path()).len(), 1);
}

#[test]
fn letters_that_come_with_enter_are_part_of_the_answer() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Typed);
    bench.text("Seo");
    bench.harness.event(egui::Event::Text("ul".to_owned()));
    bench.harness.key_press(Key::Enter);
    bench.settle();
    assert_eq!(outcome(&bench), Outcome::Right);
}

#[test]
fn letters_belong_to_the_answer_even_when_its_field_has_lost_the_focus() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Typed);
    bench.key(Key::Escape);
    for (key, letter) in [(Key::S, "s"), (Key::B, "b")] {
        bench.harness.event(egui::Event::Text(letter.to_owned()));
        bench.key(key);
    }
    assert_eq!(bench.asked().task.kind, Kind::Typed, "neither suspended nor buried");
    assert_eq!(bench.asked().draft, Draft::Text("sb".to_owned()));
}

#[test]
fn a_held_key_acts_once() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for _ in 0..6 {
        bench.harness.key_down(Key::Space);
        bench.settle();
    }
    assert!(answers(folder.path()).is_empty(), "the answer shows, and is not rated by the same press");
}

#[test]
fn digits_that_come_in_one_frame_all_count() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Choices);
    bench.harness.key_press(Key::Num2);
    bench.harness.key_press(Key::Num1);
    bench.settle();
    assert_eq!(bench.asked().draft, Draft::Picks(vec![true, true, false]));
}

#[test]
fn text_deleted_can_be_undone_before_an_answer_is() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Bool);
    answer(&mut bench, true);
    bench.key(Key::Space);
    bench.bury_until_kind(Kind::Typed);
    bench.text("Seoul");
    bench.chord(Modifiers::COMMAND, Key::A);
    bench.key(Key::Backspace);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(bench.asked().task.kind, Kind::Typed);
    assert_eq!(answers(folder.path()).len(), 1);
}

#[test]
fn a_gap_that_is_not_known_can_be_left_empty() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Cloze);
    bench.text("red");
    bench.key(Key::Enter);
    bench.key(Key::Enter);
    assert_eq!(outcome(&bench), Outcome::Partly);
}

#[test]
fn undo_takes_answers_back_one_by_one_and_redo_gives_them_again() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for kind in [Kind::Recall, Kind::Typed, Kind::Number] {
        assert_eq!(bench.asked().task.kind, kind);
        answer(&mut bench, true);
        bench.key(Key::Space);
    }
    assert_eq!(bench.asked().task.kind, Kind::Date);
    for kind in [Kind::Number, Kind::Typed, Kind::Recall] {
        bench.chord(Modifiers::COMMAND, Key::Z);
        assert_eq!(bench.asked().task.kind, kind);
    }
    for kind in [Kind::Typed, Kind::Number, Kind::Date] {
        bench.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        assert_eq!(bench.asked().task.kind, kind);
    }
    assert_eq!(bench.app().study().expect("a session").session().answered(), 3);
}

#[test]
fn a_guess_comes_back_soon_and_is_kept_as_a_guess() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Bool);
    answer(&mut bench, true);
    bench.key(Key::G);
    let chosen = bench.harness.get_by_label_contains("Again, ");
    assert_eq!(chosen.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    let store = Store::open_read_only(folder.path()).expect("the log");
    let events = store.events().expect("events");
    let last = &events.last().expect("an event").change;
    let Change::Rate { rating, confidence, .. } = last else { panic!("{last:?}") };
    assert_eq!((rating, confidence), (&Rating::Again, &Some(Confidence::Guess)));
}

#[test]
fn the_wrong_option_says_why_and_the_source_is_a_link() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Choice);
    click(&mut bench, "Stone");
    bench.harness.get_by_label_contains("Stones are hard");
    bench.key(Key::Escape);

    bench.key(Key::Space);
    bench.bury_until(|asked| &*asked.key.deck == "rok-us-alliance");
    bench.chord(Modifiers::ALT, Key::X);
    let link = bench.harness.get_all_by_label_contains("Passage").next().expect("a citation");
    link.click();
    bench.harness.step();
    let opened = bench.harness.output().platform_output.commands.iter().any(
        |command| matches!(command, egui::OutputCommand::OpenUrl(open) if open.url.contains("e-ir.info")),
    );
    assert!(opened, "the browser is asked to open the article");
}

#[test]
fn the_session_ends_with_a_summary_and_can_go_on() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for _ in 0..60 {
        if bench.app().study().is_none_or(|study| study.is_at_rest()) {
            break;
        }
        answer(&mut bench, true);
        bench.key(Key::Space);
    }
    assert!(matches!(bench.app().study().map(|study| study.place()), Some(Place::Finished)));
    bench.harness.get_by_label_contains("right in this session");
    bench.harness.get_by_label_contains("Learn 10 more");
    bench.key(Key::L);
    assert!(bench.app().study().expect("a session").asked().is_some());
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    assert_eq!(bench.app().screen(), Screen::Today);
}

#[test]
fn days_later_only_what_is_due_is_asked() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    for _ in 0..3 {
        answer(&mut bench, true);
        bench.key(Key::Num4);
    }
    drop(bench);
    let settings = "(new_cards_a_day: 0)";
    std::fs::write(folder.path().join("settings.ron"), settings).expect("settings");
    let bench = Opening { at: "2026-11-24T10:00:00+09:00[Asia/Seoul]", ..Opening::new(folder.path()) }.open();
    assert_eq!(bench.app().figures().to_review, 0, "Easy is more than a day away");
    drop(bench);
    let mut bench =
        Opening { at: "2027-01-23T10:00:00+09:00[Asia/Seoul]", ..Opening::new(folder.path()) }.open();
    assert_eq!(bench.app().figures().to_review, 3);
    bench.harness.get_by_label_contains("3 to review");
    bench.key(Key::Space);
    assert_eq!(&*bench.asked().key.deck, "kinds");
}

#[test]
fn screens_and_settings_are_reached_by_keys_and_kept() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    bench.chord(Modifiers::COMMAND, Key::Num3);
    assert_eq!(bench.app().screen(), Screen::Scores);
    bench.chord(Modifiers::COMMAND, Key::Num5);
    assert_eq!(bench.app().screen(), Screen::Settings);
    click_exactly(&mut bench, "Dark");
    click_exactly(&mut bench, "New cards a day: more");
    bench.chord(Modifiers::COMMAND, Key::Plus);
    drop(bench);
    let bench = open(folder.path());
    let settings = bench.app().settings();
    assert_eq!(settings.theme, linchpin::app::settings::Theme::Dark);
    assert_eq!((settings.new_cards_a_day, settings.text_percent), (25, 110));
}

#[test]
fn settings_that_cannot_be_read_are_told_about_and_kept() {
    let folder = folder_with_kinds();
    let file = folder.path().join("settings.ron");
    std::fs::write(&file, "(new_cards_a_day: many)").expect("settings");
    let mut bench = open(folder.path());
    bench.harness.get_by_label_contains("settings.ron:1:");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "(new_cards_a_day: many)");
    bench.chord(Modifiers::COMMAND, Key::Plus);
    let kept = std::fs::read_to_string(folder.path().join("settings.ron.unreadable")).expect("the old file");
    assert_eq!(kept, "(new_cards_a_day: many)");
    drop(bench);
    assert_eq!(open(folder.path()).app().settings().text_percent, 110);
}

#[test]
fn the_list_of_keys_finds_and_does() {
    let folder = folder_with_kinds();
    let mut bench = open(folder.path());
    bench.chord(Modifiers::COMMAND, Key::K);
    bench.text("scor");
    bench.key(Key::Enter);
    assert_eq!(bench.app().screen(), Screen::Scores);
}

#[test]
fn a_second_window_is_told_and_harms_nothing() {
    let folder = folder_with_kinds();
    let mut first = open(folder.path());
    let second = open(folder.path());
    second.harness.get_by_label("Linchpin is already open");
    second.harness.get_by_label_contains("Close the other one first");
    start_kinds(&mut first);
    answer(&mut first, true);
    first.key(Key::Num3);
    assert_eq!(answers(folder.path()).len(), 1);
}

#[test]
fn a_damaged_file_is_told_about_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("progress.db");
    std::fs::write(&file, "this is not a database, and long enough to be looked at twice").expect("a file");
    let before = std::fs::read(&file).expect("the file");
    let mut bench = open(folder.path());
    bench.harness.get_by_label("The progress file is damaged");
    bench.key(Key::Space);
    bench.harness.get_by_label("The progress file is damaged");
    assert_eq!(std::fs::read(&file).expect("the file"), before);
}

#[test]
fn a_faulty_deck_is_named_and_the_others_work() {
    let folder = folder_with_kinds();
    std::fs::write(folder.path().join("decks/broken.ron"), "Deck(format: 1, id: \"broken\"").expect("a deck");
    let bench = open(folder.path());
    bench.harness.get_by_label_contains("broken.ron");
    bench.harness.get_by_label_contains("Study Every kind");
}

#[test]
fn a_deck_saved_in_an_editor_is_loaded_again_and_the_session_goes_on() {
    let folder = folder_with_kinds();
    let file = folder.path().join("decks/kinds.ron");
    let mut bench = open(folder.path());
    start_kinds(&mut bench);
    bench.bury_until_kind(Kind::Typed);
    bench.text("Seo");
    let titles =
        |bench: &Bench<'_>| bench.app().library().deck("kinds").expect("the deck").deck.title.clone();

    std::fs::write(&file, KINDS.replace("Every kind", "Mended").replace("Capital of Korea?", "Its capital?"))
        .expect("the deck");
    wait_until(&mut bench, |bench| titles(bench) == "Mended");
    assert_eq!(bench.asked().task.prompt, "Capital of Korea?", "the card in hand stays as it was asked");
    assert_eq!(bench.asked().draft, Draft::Text("Seo".to_owned()));
    bench.text("ul");
    bench.key(Key::Enter);
    assert_eq!(outcome(&bench), Outcome::Right);

    std::fs::write(&file, "Deck(format: 1, id: \"kinds\", title: \"Broken").expect("the deck");
    wait_until(&mut bench, |bench| !bench.app().library().problems().is_empty());
    assert_eq!(titles(&bench), "Mended", "the last sound version stays in use");
    bench.harness.get_by_label_contains("kinds.ron");
    bench.key(Key::Space);
    assert_eq!(bench.asked().task.kind, Kind::Number);

    let without_number = KINDS.lines().filter(|line| !line.contains("42")).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, without_number.replace("Every kind", "Shorter")).expect("the deck");
    wait_until(&mut bench, |bench| titles(bench) == "Shorter");
    bench.text("42");
    bench.key(Key::Enter);
    assert_eq!(outcome(&bench), Outcome::Right, "the vanished card in hand can still be answered");
    bench.key(Key::Space);
    assert_eq!(bench.asked().task.kind, Kind::Date);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        bench.asked().task.kind,
        Kind::Date,
        "a question that is gone is not asked, and nothing stops"
    );
}

/// The system tells of a changed file when it likes: draws until the condition holds.
fn wait_until(bench: &mut Bench<'_>, holds: impl Fn(&Bench<'_>) -> bool) {
    for _ in 0..2000 {
        if holds(bench) {
            bench.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        bench.harness.step();
    }
    panic!("it never came to hold");
}

#[test]
fn text_at_twice_the_size_in_the_smallest_window_can_still_be_used() {
    let folder = folder_with_kinds();
    let size = egui::vec2(640.0, 480.0);
    let mut bench = Opening { size, text_percent: 200, ..Opening::new(folder.path()) }.open();
    bench.key(Key::Space);
    for kind in Kind::ALL {
        bench.bury_until(|asked| &*asked.key.deck == "kinds" && asked.task.kind == kind);
        answer(&mut bench, true);
        let good = bench.harness.get_by_label_contains("Good, ").rect();
        let screen = bench.harness.ctx.content_rect();
        assert!(screen.contains_rect(good), "{kind}: the grades are in sight: {good:?} in {screen:?}");
        bench.key(Key::Space);
    }
}
