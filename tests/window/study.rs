//! The window driven as users drive it: by the labels of widgets, and by keys alone.

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use linchpin::app::Screen;
use linchpin::app::draft::Draft;
use linchpin::app::kind::Arrangement;
use linchpin::app::study::{SessionState, Stage};
use linchpin::domain::event::{Change, Confidence};
use linchpin::domain::grade::Correctness;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::store::Store;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

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

fn folder_with_kinds() -> DataFolder {
    DataFolder::with_deck("kinds.ron", KINDS)
}

fn open(folder: &DataFolder) -> WindowFixture {
    WindowOptions::new(folder).open()
}

/// A session over the deck, at its first question.
fn studying_kinds() -> WindowFixture {
    let mut window = open(&folder_with_kinds());
    window.click_containing("Study Every kind");
    window
}

/// A session over the deck, at its question of that kind.
fn studying(kind: Kind) -> WindowFixture {
    let mut window = studying_kinds();
    window.bury_until_kind(kind);
    window
}

fn outcome(window: &WindowFixture) -> Correctness {
    match &window.active_card().stage {
        Stage::Graded { verdict, .. } => verdict.correctness(),
        other => panic!("no verdict but {other:?}"),
    }
}

/// Kind, score and rating of every logged answer.
fn answers(window: &WindowFixture) -> Vec<(Kind, f64, Rating)> {
    let store = Store::open_read_only(window.folder.path()).expect("the log opens while the window is open");
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
fn every_kind_can_be_answered_by_clicking_labelled_widgets() {
    let mut window = studying_kinds();
    for kind in Kind::ALL {
        assert_eq!(window.active_card().task.kind, kind);
        match kind {
            Kind::Recall => {
                window.click_containing("Show answer");
                window.harness.get_by_label("Blue");
                window.harness.get_by_label_contains("Light is scattered");
                window.click_containing("Good, ");
                continue;
            }
            Kind::Typed => window.type_text("seoul"),
            Kind::Number => window.type_text("42"),
            Kind::Date => window.type_text("20 July 1969"),
            Kind::Bool => window.click("True"),
            Kind::Choice => window.click("Apple"),
            Kind::Choices => {
                window.click("Two");
                window.click("Four");
            }
            Kind::Cloze => {
                window.type_text("red");
                window.focus("Gap 2: a colour");
                window.type_text("blue");
            }
            Kind::Order => put_in_order(&mut window, &["One", "Two", "Three"]),
            Kind::Match => {
                for (left, right) in [("Cat", "Miaow"), ("Dog", "Woof"), ("Cow", "Moo")] {
                    window.click_containing(left);
                    window.click_containing(right);
                }
            }
            Kind::Sort => {
                for (item, bin) in [("Fox", "Bin 1: Land"), ("Hare", "Bin 1: Land"), ("Cod", "Bin 2: Sea")] {
                    window.click_containing(item);
                    window.click_containing(bin);
                }
            }
        }
        if !window.shows_verdict() {
            window.click("Check");
        }
        assert_eq!(outcome(&window), Correctness::Right, "{kind}");
        window.click("continue");
    }
    let kept = answers(&window);
    assert_eq!(kept.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(), Kind::ALL);
    assert!(kept.iter().all(|(_, score, rating)| *score == 1.0 && *rating == Rating::Good), "{kept:?}");
}

/// Clicks an item and then the row that it belongs to, until the order is as wanted.
fn put_in_order(window: &mut WindowFixture, wanted: &[&str]) {
    for (place, item) in wanted.iter().enumerate() {
        let shown = window.active_card().task.shown_options();
        let Draft::Order(Arrangement { order, .. }) = window.active_card().draft.clone() else {
            panic!("an arrangement");
        };
        let there = shown[order[place]].clone();
        if there == *item {
            continue;
        }
        window.click(item);
        window.click(&there);
    }
}

#[test]
fn every_kind_can_be_answered_by_keys_alone_right_and_wrong() {
    for right in [true, false] {
        let folder = folder_with_kinds();
        let mut window = open(&folder);
        window.press(Key::Space);
        for kind in Kind::ALL {
            window.bury_until(|card| &*card.key.deck == "kinds" && card.task.kind == kind);
            window.answer(right);
            if kind == Kind::Recall {
                window.press(if right { Key::Num3 } else { Key::Num1 });
            } else {
                assert_eq!(outcome(&window) == Correctness::Right, right, "{kind}");
                window.press(Key::Space);
            }
        }
        let kept = answers(&window);
        assert_eq!(kept.len(), Kind::ALL.len());
        assert!(kept.iter().all(|(_, score, _)| (*score == 1.0) == right), "{kept:?}");
    }
}

#[test]
fn an_order_can_be_dragged() {
    let mut window = studying(Kind::Order);
    let order_now = |window: &WindowFixture| match &window.active_card().draft {
        Draft::Order(arrangement) => arrangement.order.clone(),
        other => panic!("no arrangement but {other:?}"),
    };
    let before = order_now(&window);
    let shown = window.active_card().task.shown_options();
    let first = window.harness.get_by_label(&shown[before[0]]).rect().center();
    let last = window.harness.get_by_label(&shown[before[2]]).rect().center();
    window.harness.drag_at(first);
    window.settle();
    window.harness.hover_at(last + egui::vec2(0.0, 8.0));
    window.settle();
    window.harness.drop_at(last + egui::vec2(0.0, 8.0));
    window.settle();
    assert_eq!(order_now(&window), [before[1], before[2], before[0]]);
}

#[test]
fn an_item_can_be_dragged_into_its_bin() {
    let mut window = studying(Kind::Sort);
    let item = window.harness.get_by_label("Cod").rect().center();
    let bin = window.harness.get_by_label("Bin 2: Sea").rect().center() + egui::vec2(0.0, 40.0);
    window.harness.drag_at(item);
    window.settle();
    window.harness.hover_at(bin);
    window.settle();
    window.harness.drop_at(bin);
    window.settle();
    let shown = window.active_card().task.shown_options();
    let cod = shown.iter().position(|text| text == "Cod").expect("it is shown");
    let Draft::Sort(places) = &window.active_card().draft else { panic!("places") };
    assert_eq!(places.target_of[cod], Some(1));
}

#[test]
fn keys_are_text_while_typing_and_alt_makes_them_commands() {
    let mut window = studying(Kind::Typed);
    for letter in [Key::H, Key::S, Key::B, Key::X, Key::Num1, Key::Space] {
        window.press(letter);
    }
    assert_eq!(
        window.active_card().task.kind,
        Kind::Typed,
        "bare keys do nothing while a field has the focus"
    );
    assert!(!window.active_card().hint_shown);
    window.press_with(Modifiers::ALT, Key::H);
    assert!(window.active_card().hint_shown);
    window.harness.get_by_label_contains("S…");
    window.press(Key::Escape);
    assert!(window.app().active_session().is_some(), "Esc leaves the field first");
    window.press(Key::Escape);
    assert!(window.app().active_session().is_none(), "then the session");
}

#[test]
fn the_key_that_goes_on_writes_nothing_into_the_next_field() {
    let mut window = studying(Kind::Typed);
    window.type_text("Seoul");
    window.press(Key::Enter);
    window.harness.event(egui::Event::Text("3".to_owned()));
    window.press(Key::Num3);
    assert_eq!(window.active_card().task.kind, Kind::Number);
    assert_eq!(window.active_card().draft, Draft::Typed(String::new()));
}

#[test]
fn text_that_is_no_number_or_date_is_asked_for_again_and_not_graded() {
    let mut window = studying_kinds();
    for (kind, unreadable, right) in [(Kind::Number, "many", "42"), (Kind::Date, "in summer", "1969-07-20")] {
        window.bury_until_kind(kind);
        window.type_text(unreadable);
        window.press(Key::Enter);
        assert!(!window.shows_verdict(), "{kind}");
        window.harness.get_by_label_contains("write it");
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_text(right);
        window.press(Key::Enter);
        assert_eq!(outcome(&window), Correctness::Right, "{kind}");
        window.press(Key::Space);
    }
}

#[test]
fn undo_in_a_text_field_edits_its_text_until_it_is_empty() {
    let mut window = studying(Kind::Bool);
    window.answer(true);
    window.press(Key::Space);
    window.bury_until_kind(Kind::Typed);
    window.type_text("Se");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.active_card().task.kind, Kind::Typed, "there was text to undo");
    assert_eq!(answers(&window).len(), 1);
}

#[test]
fn letters_that_come_with_enter_are_part_of_the_answer() {
    let mut window = studying(Kind::Typed);
    window.type_text("Seo");
    window.harness.event(egui::Event::Text("ul".to_owned()));
    window.harness.key_press(Key::Enter);
    window.settle();
    assert_eq!(outcome(&window), Correctness::Right);
}

#[test]
fn letters_belong_to_the_answer_even_when_its_field_has_lost_the_focus() {
    let mut window = studying(Kind::Typed);
    window.press(Key::Escape);
    for (key, letter) in [(Key::S, "s"), (Key::B, "b")] {
        window.harness.event(egui::Event::Text(letter.to_owned()));
        window.press(key);
    }
    assert_eq!(window.active_card().task.kind, Kind::Typed, "neither suspended nor buried");
    assert_eq!(window.active_card().draft, Draft::Typed("sb".to_owned()));
}

#[test]
fn a_held_key_acts_once() {
    let mut window = studying_kinds();
    for _ in 0..6 {
        window.harness.key_down(Key::Space);
        window.settle();
    }
    assert!(answers(&window).is_empty(), "the answer shows, and is not rated by the same press");
}

#[test]
fn all_digits_that_arrive_in_one_frame_count() {
    let mut window = studying(Kind::Choices);
    window.harness.key_press(Key::Num2);
    window.harness.key_press(Key::Num1);
    window.settle();
    assert_eq!(window.active_card().draft, Draft::Choices(vec![true, true, false]));
}

#[test]
fn undo_restores_deleted_text_before_it_undoes_an_answer() {
    let mut window = studying(Kind::Bool);
    window.answer(true);
    window.press(Key::Space);
    window.bury_until_kind(Kind::Typed);
    window.type_text("Seoul");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Backspace);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.active_card().task.kind, Kind::Typed);
    assert_eq!(answers(&window).len(), 1);
}

#[test]
fn an_unknown_gap_can_be_left_empty() {
    let mut window = studying(Kind::Cloze);
    window.type_text("red");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!(outcome(&window), Correctness::Partly);
}

#[test]
fn undo_removes_answers_one_by_one_and_redo_restores_them() {
    let mut window = studying_kinds();
    for kind in [Kind::Recall, Kind::Typed, Kind::Number] {
        assert_eq!(window.active_card().task.kind, kind);
        window.answer(true);
        window.press(Key::Space);
    }
    assert_eq!(window.active_card().task.kind, Kind::Date);
    for kind in [Kind::Number, Kind::Typed, Kind::Recall] {
        window.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.active_card().task.kind, kind);
    }
    for kind in [Kind::Typed, Kind::Number, Kind::Date] {
        window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        assert_eq!(window.active_card().task.kind, kind);
    }
    assert_eq!(window.app().active_session().expect("a session").session().answer_count(), 3);
}

#[test]
fn a_guess_comes_back_soon_and_is_logged_as_a_guess() {
    let mut window = studying(Kind::Bool);
    window.answer(true);
    window.press(Key::G);
    let chosen = window.harness.get_by_label_contains("Again, ");
    assert_eq!(chosen.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    let store = Store::open_read_only(window.folder.path()).expect("the log");
    let events = store.events().expect("events");
    let last = &events.last().expect("an event").change;
    let Change::Rate { rating, confidence, .. } = last else { panic!("{last:?}") };
    assert_eq!((rating, confidence), (&Rating::Again, &Some(Confidence::Guess)));
}

#[test]
fn the_wrong_option_says_why_and_the_source_is_a_link() {
    let mut window = studying(Kind::Choice);
    window.click_containing("Stone");
    window.harness.get_by_label_contains("Stones are hard");
    window.press(Key::Escape);

    window.press(Key::Space);
    window.bury_until(|card| &*card.key.deck == "rok-us-alliance");
    window.press_with(Modifiers::ALT, Key::X);
    let link = window.harness.get_all_by_label_contains("Passage").next().expect("a citation");
    link.click();
    window.harness.step();
    let opened = window.harness.output().platform_output.commands.iter().any(
        |command| matches!(command, egui::OutputCommand::OpenUrl(open) if open.url.contains("e-ir.info")),
    );
    assert!(opened, "the browser is told to open the article");
}

#[test]
fn a_session_ends_with_a_summary_and_can_be_continued() {
    let mut window = studying_kinds();
    for _ in 0..60 {
        if window.app().active_session().is_none_or(|study| study.has_no_card()) {
            break;
        }
        window.answer(true);
        window.press(Key::Space);
    }
    assert!(matches!(window.app().active_session().map(|study| study.state()), Some(SessionState::Finished)));
    window.harness.get_by_label_contains("right in this session");
    window.harness.get_by_label_contains("Learn 10 more");
    window.press(Key::L);
    assert!(window.app().active_session().expect("a session").active_card().is_some());
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(window.app().screen(), Screen::Today);
}

#[test]
fn days_later_only_due_cards_are_shown() {
    let mut window = studying_kinds();
    let folder = window.folder.clone();
    for _ in 0..3 {
        window.answer(true);
        window.press(Key::Num4);
    }
    drop(window);
    let settings = "(new_cards_a_day: 0)";
    folder.write("settings.ron", settings);
    let window =
        WindowOptions { at: "2026-11-24T10:00:00+09:00[Asia/Seoul]", ..WindowOptions::new(&folder) }.open();
    assert_eq!(window.app().figures().to_review, 0, "Easy is more than a day away");
    drop(window);
    let mut window =
        WindowOptions { at: "2027-01-23T10:00:00+09:00[Asia/Seoul]", ..WindowOptions::new(&folder) }.open();
    assert_eq!(window.app().figures().to_review, 3);
    window.harness.get_by_label_contains("3 to review");
    window.press(Key::Space);
    assert_eq!(&*window.active_card().key.deck, "kinds");
}

#[test]
fn screens_and_settings_are_reached_by_keys_and_settings_are_saved() {
    let folder = folder_with_kinds();
    let mut window = open(&folder);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.app().screen(), Screen::Scores);
    window.press_with(Modifiers::COMMAND, Key::Num5);
    assert_eq!(window.app().screen(), Screen::Settings);
    window.click("Dark");
    window.click("New cards a day: more");
    window.press_with(Modifiers::COMMAND, Key::Plus);
    drop(window);
    let window = open(&folder);
    let settings = window.app().settings();
    assert_eq!(settings.theme, linchpin::app::settings::Theme::Dark);
    assert_eq!((settings.new_cards_a_day, settings.text_percent), (25, 110));
}

#[test]
fn unreadable_settings_show_an_error_and_are_kept() {
    let folder = folder_with_kinds();
    let file = folder.path().join("settings.ron");
    std::fs::write(&file, "(new_cards_a_day: many)").expect("settings");
    let mut window = open(&folder);
    window.harness.get_by_label_contains("settings.ron:1:");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "(new_cards_a_day: many)");
    window.press_with(Modifiers::COMMAND, Key::Plus);
    let kept = std::fs::read_to_string(folder.path().join("settings.ron.unreadable")).expect("the old file");
    assert_eq!(kept, "(new_cards_a_day: many)");
    drop(window);
    assert_eq!(open(&folder).app().settings().text_percent, 110);
}

#[test]
fn the_list_of_keys_finds_and_runs_commands() {
    let folder = folder_with_kinds();
    let mut window = open(&folder);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("scor");
    window.press(Key::Enter);
    assert_eq!(window.app().screen(), Screen::Scores);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("preferences");
    window.press(Key::Enter);
    assert_eq!(window.app().screen(), Screen::Settings, "found by another word for it");
    window.press(Key::Space);
    assert!(window.app().active_session().is_none(), "the key is that of Today");
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("start studying");
    window.press(Key::Enter);
    assert!(window.app().active_session().is_some(), "what Today offers is found on Settings too");
}

#[test]
fn a_second_window_shows_an_error_and_harms_nothing() {
    let folder = folder_with_kinds();
    let mut first = open(&folder);
    let second = open(&folder);
    second.harness.get_by_label("Linchpin is already open");
    second.harness.get_by_label_contains("Close the other one first");
    first.click_containing("Study Every kind");
    first.answer(true);
    first.press(Key::Num3);
    assert_eq!(answers(&first).len(), 1);
}

#[test]
fn a_damaged_progress_file_shows_an_error_and_is_left_alone() {
    let folder = DataFolder::new();
    let file = folder.path().join("progress.db");
    std::fs::write(&file, "this is not a database, and long enough to be looked at twice").expect("a file");
    let before = std::fs::read(&file).expect("the file");
    let mut window = open(&folder);
    window.harness.get_by_label("Your progress file is damaged");
    window.press(Key::Space);
    window.harness.get_by_label("Your progress file is damaged");
    assert_eq!(std::fs::read(&file).expect("the file"), before);
}

#[test]
fn a_deck_with_errors_is_named_and_the_others_work() {
    let folder = folder_with_kinds();
    folder.write_deck("broken.ron", "Deck(format: 1, id: \"broken\"");
    let window = open(&folder);
    window.harness.get_by_label_contains("broken.ron");
    window.harness.get_by_label_contains("Study Every kind");
}

#[test]
fn a_deck_saved_in_an_editor_is_loaded_again_and_the_session_goes_on() {
    let folder = folder_with_kinds();
    let file = folder.path().join("decks/kinds.ron");
    let mut window = open(&folder);
    window.click_containing("Study Every kind");
    window.bury_until_kind(Kind::Typed);
    window.type_text("Seo");
    let titles =
        |window: &WindowFixture| window.app().library().deck("kinds").expect("the deck").deck.title.clone();

    std::fs::write(&file, KINDS.replace("Every kind", "Mended").replace("Capital of Korea?", "Its capital?"))
        .expect("the deck");
    window.wait_until("the reload", |window| titles(window) == "Mended");
    assert_eq!(
        window.active_card().task.prompt,
        "Capital of Korea?",
        "the active card stays as it was shown"
    );
    assert_eq!(window.active_card().draft, Draft::Typed("Seo".to_owned()));
    window.type_text("ul");
    window.press(Key::Enter);
    assert_eq!(outcome(&window), Correctness::Right);

    std::fs::write(&file, "Deck(format: 1, id: \"kinds\", title: \"Broken").expect("the deck");
    window.wait_until("the reload", |window| !window.app().library().problems().is_empty());
    assert_eq!(titles(&window), "Mended", "the last version without errors stays in use");
    window.harness.get_by_label_contains("kinds.ron");
    window.press(Key::Space);
    assert_eq!(window.active_card().task.kind, Kind::Number);

    let without_number = KINDS.lines().filter(|line| !line.contains("42")).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, without_number.replace("Every kind", "Shorter")).expect("the deck");
    window.wait_until("the reload", |window| titles(window) == "Shorter");
    window.type_text("42");
    window.press(Key::Enter);
    assert_eq!(
        outcome(&window),
        Correctness::Right,
        "the active card can still be answered after its question is gone"
    );
    window.press(Key::Space);
    assert_eq!(window.active_card().task.kind, Kind::Date);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        window.active_card().task.kind,
        Kind::Date,
        "a deleted question is not shown, and the session goes on"
    );
}

#[test]
fn text_at_twice_the_size_in_the_smallest_window_can_still_be_used() {
    let folder = folder_with_kinds();
    let size = egui::vec2(640.0, 480.0);
    let mut window = WindowOptions { size, text_percent: 200, ..WindowOptions::new(&folder) }.open();
    window.press(Key::Space);
    for kind in Kind::ALL {
        window.bury_until(|card| &*card.key.deck == "kinds" && card.task.kind == kind);
        window.answer(true);
        let good = window.harness.get_by_label_contains("Good, ").rect();
        let screen = window.harness.ctx.content_rect();
        assert!(screen.contains_rect(good), "{kind}: the grades are in sight: {good:?} in {screen:?}");
        window.press(Key::Space);
    }
}
