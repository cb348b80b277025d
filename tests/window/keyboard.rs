//! The keyboard with other layouts, typing habits and input methods.

use eframe::egui::{Event, ImeEvent, Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable;
use linchpin::app::draft::Draft;
use linchpin::app::study::{SessionState, Stage};
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;

use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

const DECK: &str = r#"Deck(format: 1, id: "keys", title: "Keys", topics: {"t": "T"}, questions: [
    (id: "nine", topic: "t", prompt: "Which one?",
     answer: Choice(right: "a", wrong: ["b", "c", "d", "e", "f", "g", "h", "i"])),
    (id: "many", topic: "t", prompt: "Which ones?",
     answer: Choices(right: ["a", "b"], wrong: ["c", "d", "e", "f", "g", "h", "i"])),
    (id: "gaps", topic: "t", prompt: "The {{동맹}} keeps the {{평화}}.", answer: Cloze),
    (id: "word", topic: "t", prompt: "alliance", answer: Typed(["동맹"])),
])"#;

fn open(folder: &DataFolder) -> WindowFixture {
    folder.write_deck("keys.ron", DECK);
    let mut window = WindowOptions::new(folder).open();
    window.click_containing("Study Keys");
    window
}

fn at(folder: &DataFolder, question: &str) -> WindowFixture {
    let mut window = open(folder);
    window.bury_until(|card| &*card.key.question == question);
    window
}

fn press(key: Key, place: Option<Key>, pressed: bool, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: place, pressed, repeat: false, modifiers }
}

/// Sends these events in one frame.
fn frame(window: &mut WindowFixture, events: impl IntoIterator<Item = Event>) {
    window.harness.input_mut().events.extend(events);
    window.harness.step();
}

/// What the unshifted keys of the digit row send on layouts that write other signs with them. Accented letters reach
/// the window only as the physical position of their key.
fn rows() -> [(&'static str, [Key; 9]); 5] {
    use Key::{
        CloseBracket, Minus, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9, OpenBracket, Quote,
    };
    use Key::{Exclamationmark, Plus, Slash};
    [
        ("fr", [Num1, Num2, Num3, Quote, OpenBracket, Minus, Num7, Num8, Num9]),
        ("be", [Num1, Num2, Num3, Quote, OpenBracket, Num6, Num7, Exclamationmark, Num9]),
        ("cz", [Plus, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9]),
        ("bépo", [Num1, Num2, Num3, OpenBracket, CloseBracket, Num6, Plus, Minus, Slash]),
        ("us", [Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9]),
    ]
}

const PLACES: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

fn tap(window: &mut WindowFixture, key: Key, place: Key, modifiers: Modifiers) {
    frame(window, [press(key, Some(place), true, modifiers)]);
    frame(window, [press(key, Some(place), false, modifiers)]);
    window.settle();
}

#[test]
fn every_digit_key_picks_its_option_on_every_layout() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "nine");
    for (layout, row) in rows() {
        for (nth, (key, place)) in row.into_iter().zip(PLACES).enumerate() {
            tap(&mut window, key, place, Modifiers::NONE);
            let Stage::Graded { response, .. } = &window.active_card().stage else {
                panic!("{layout} {} does nothing", nth + 1)
            };
            assert_eq!(*response, Response::Choice(vec![nth]), "{layout}");
            window.press_with(Modifiers::COMMAND, Key::Z);
        }
    }
    window.bury_until(|card| &*card.key.question == "many");
    for (layout, row) in rows() {
        for (key, place) in row.into_iter().zip(PLACES) {
            tap(&mut window, key, place, Modifiers::NONE);
        }
        assert_eq!(window.active_card().draft, Draft::Choices(vec![true; 9]), "{layout}");
        for (key, place) in row.into_iter().zip(PLACES) {
            tap(&mut window, key, place, Modifiers::NONE);
        }
    }
}

#[test]
fn every_grade_has_its_key_on_every_layout() {
    for (layout, row) in rows() {
        let folder = DataFolder::new();
        for (rating, (key, place)) in Rating::ALL.into_iter().zip(row.into_iter().zip(PLACES)) {
            let mut window = at(&folder, "nine");
            tap(&mut window, Key::Num1, Key::Num1, Modifiers::NONE);
            tap(&mut window, key, place, Modifiers::NONE);
            let study = window.app().active_session().expect("a session");
            let done = study.session().done().last().and_then(|step| step.answer).expect("an answer");
            assert_eq!(done.rating, rating, "{layout}");
            window.press_with(Modifiers::COMMAND, Key::Z);
        }
    }
}

#[test]
fn a_key_that_writes_a_digit_counts_as_what_it_writes() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "nine");
    // A Dvorak layout with its digits in another order.
    tap(&mut window, Key::Num7, Key::Num1, Modifiers::NONE);
    assert!(
        matches!(&window.active_card().stage, Stage::Graded { response: Response::Choice(picks), .. } if *picks == [6])
    );
    window.press_with(Modifiers::COMMAND, Key::Z);
    // Without the number lock the keypad sends arrow keys.
    tap(&mut window, Key::End, Key::Num1, Modifiers::NONE);
    assert!(!window.shows_verdict());
    // With Shift a key counts as the sign that it writes.
    tap(&mut window, Key::Exclamationmark, Key::Num1, Modifiers::SHIFT);
    assert!(!window.shows_verdict());
}

#[test]
fn digit_keys_that_write_signs_write_them_into_a_field() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "word");
    frame(&mut window, [press(Key::Quote, Some(Key::Num4), true, Modifiers::NONE), Event::Text("'".into())]);
    window.settle();
    assert_eq!(window.active_card().draft, Draft::Typed("'".to_owned()));
}

#[test]
fn releasing_shift_first_blocks_no_key() {
    // On layouts where digits need Shift, and where the sign for help does.
    let folder = DataFolder::new();
    let mut window = at(&folder, "many");
    for round in 1..=4 {
        frame(&mut window, [press(Key::Num4, Some(Key::Num4), true, Modifiers::SHIFT)]);
        frame(&mut window, [press(Key::Quote, Some(Key::Num4), false, Modifiers::NONE)]);
        let Draft::Choices(picked) = &window.active_card().draft else { panic!("picks") };
        assert_eq!(picked[3], round % 2 == 1, "press {round}");
    }
    for round in 1..=3 {
        frame(&mut window, [press(Key::Questionmark, Some(Key::Slash), true, Modifiers::SHIFT)]);
        frame(&mut window, [press(Key::Slash, Some(Key::Slash), false, Modifiers::NONE)]);
        window.settle();
        assert!(lists_keys(&window), "press {round}");
        window.press(Key::Escape);
        assert!(!lists_keys(&window), "press {round}");
        assert!(
            matches!(window.app().active_session().map(|study| study.state()), Some(SessionState::Card(_))),
            "press {round}"
        );
    }
}

/// Whether the list of keys is open: only it has a field to search commands in.
fn lists_keys(window: &WindowFixture) -> bool {
    window.harness.query_by_label("Search commands").is_some()
}

#[test]
fn a_held_key_acts_once_even_if_its_sign_changes_meanwhile() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "many");
    for key in [Key::Num4, Key::Num4, Key::Quote, Key::Quote] {
        // Shift is released while the key is held, and the key repeats.
        let modifiers = if key == Key::Num4 { Modifiers::SHIFT } else { Modifiers::NONE };
        frame(&mut window, [press(key, Some(Key::Num4), true, modifiers)]);
    }
    let Draft::Choices(picked) = &window.active_card().draft else { panic!("picks") };
    assert!(picked[3]);
}

fn preedit(text: &str) -> Event {
    Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None })
}

fn commit(text: &str) -> Event {
    Event::Ime(ImeEvent::Commit(text.to_owned()))
}

fn key(key: Key) -> Event {
    press(key, None, true, Modifiers::NONE)
}

/// The orders, frame by frame, in which the end of a syllable and the key after it can arrive.
fn orders(syllable: &str, after: Key) -> Vec<Vec<Vec<Event>>> {
    let (end, written, key) = (preedit(""), commit(syllable), key(after));
    let up = press(after, None, false, Modifiers::NONE);
    let frames = |frames: &[&[&Event]]| -> Vec<Vec<Event>> {
        frames.iter().map(|frame| frame.iter().map(|event| (*event).clone()).collect()).collect()
    };
    vec![
        frames(&[&[&end, &written], &[&key], &[&up]]),
        frames(&[&[&end, &written, &key, &up]]),
        frames(&[&[&written, &key], &[&up]]),
        frames(&[&[&key, &end, &written, &up]]),
        frames(&[&[&key, &written, &end], &[&up]]),
        frames(&[&[&key], &[&end, &written], &[&up]]),
        frames(&[&[&key, &up], &[], &[], &[&written]]),
        frames(&[&[&key], &[&end], &[&written], &[&up]]),
        frames(&[&[&end], &[&key], &[&up], &[&written]]),
        frames(&[&[&end, &key], &[&written], &[&up]]),
        frames(&[&[&end, &key, &written, &up]]),
        frames(&[&[&end], &[], &[&key], &[&up], &[&written]]),
    ]
}

#[test]
fn no_syllable_is_lost_and_one_key_is_enough_in_any_order_of_events() {
    for after in [Key::Tab, Key::Enter] {
        for (nth, first) in orders("맹", after).into_iter().enumerate() {
            let folder = DataFolder::new();
            let mut window = at(&folder, "gaps");
            frame(&mut window, [preedit("동")]);
            frame(&mut window, [preedit(""), commit("동"), preedit("맹")]);
            first.into_iter().for_each(|events| frame(&mut window, events));
            window.settle();
            frame(&mut window, [preedit("평")]);
            frame(&mut window, [commit("평"), preedit("화")]);
            for events in orders("화", Key::Enter).swap_remove(nth) {
                frame(&mut window, events);
            }
            window.settle();
            let Stage::Graded { response, verdict, .. } = &window.active_card().stage else {
                panic!("order {nth}, {after:?}: one Enter is not enough: {:?}", window.active_card().draft)
            };
            assert_eq!(
                *response,
                Response::Cloze(vec!["동맹".into(), "평화".into()]),
                "order {nth}, {after:?}"
            );
            assert!(verdict.score >= 1.0);
        }
    }
}

#[test]
fn a_single_field_is_graded_with_its_last_syllable() {
    for (nth, order) in orders("맹", Key::Enter).into_iter().enumerate() {
        let folder = DataFolder::new();
        let mut window = at(&folder, "word");
        frame(&mut window, [preedit("동")]);
        frame(&mut window, [commit("동"), preedit("맹")]);
        order.into_iter().for_each(|events| frame(&mut window, events));
        window.settle();
        let Stage::Graded { response, .. } = &window.active_card().stage else { panic!("order {nth}") };
        assert_eq!(*response, Response::Typed("동맹".into()), "order {nth}");
    }
}

#[test]
fn the_next_word_may_begin_before_the_field_is_left() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "gaps");
    frame(&mut window, [commit("동"), preedit("맹")]);
    frame(&mut window, [key(Key::Tab), preedit(""), commit("맹"), preedit("평")]);
    window.settle();
    frame(&mut window, [preedit(""), commit("평"), preedit("화")]);
    frame(&mut window, [key(Key::Enter)]);
    frame(&mut window, [commit("화")]);
    window.settle();
    let Stage::Graded { response, .. } = &window.active_card().stage else {
        panic!("{:?}", window.active_card().draft)
    };
    assert_eq!(*response, Response::Cloze(vec!["동맹".into(), "평화".into()]));
}

#[test]
fn a_field_without_an_end_of_composition_is_left_and_keeps_its_syllable() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "gaps");
    frame(&mut window, [commit("동"), preedit("맹")]);
    frame(&mut window, [key(Key::Tab)]);
    window.settle();
    // Too late: the syllable is in the first field already.
    frame(&mut window, [preedit(""), commit("맹")]);
    frame(&mut window, [commit("평화"), key(Key::Enter)]);
    window.settle();
    let Stage::Graded { response, .. } = &window.active_card().stage else {
        panic!("{:?}", window.active_card().draft)
    };
    assert_eq!(*response, Response::Cloze(vec!["동맹".into(), "평화".into()]));
}

#[test]
fn a_click_on_check_includes_the_unfinished_syllable() {
    for late in [false, true] {
        let folder = DataFolder::new();
        let mut window = at(&folder, "word");
        frame(&mut window, [commit("동"), preedit("맹")]);
        window.settle();
        let pos = window.harness.get_by_label("Check").rect().center();
        let click = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        frame(&mut window, [Event::PointerMoved(pos)]);
        frame(&mut window, [click(true), click(false)]);
        if late {
            frame(&mut window, [preedit(""), commit("맹")]);
        }
        window.settle();
        let Stage::Graded { response, .. } = &window.active_card().stage else { panic!("late: {late}") };
        assert_eq!(*response, Response::Typed("동맹".into()), "late: {late}");
    }
}

#[test]
fn without_an_input_method_no_key_waits() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "gaps");
    frame(&mut window, [Event::Text("동맹".into())]);
    frame(&mut window, [key(Key::Tab), press(Key::Tab, None, false, Modifiers::NONE)]);
    frame(&mut window, [Event::Text("평화".into())]);
    frame(&mut window, [key(Key::Enter)]);
    assert!(window.shows_verdict(), "graded in the same frame");
    window.press(Key::Space);
    // Fast typing can arrive in a single frame.
    let folder = DataFolder::new();
    let mut window = at(&folder, "word");
    frame(&mut window, [Event::Text("동맹".into()), key(Key::Enter)]);
    window.settle();
    let Stage::Graded { response, .. } = &window.active_card().stage else { panic!("a verdict") };
    assert_eq!(*response, Response::Typed("동맹".into()));
}

#[test]
fn a_release_swallowed_by_an_input_method_costs_no_press() {
    let folder = DataFolder::new();
    let mut window = at(&folder, "gaps");
    let enter = || press(Key::Enter, Some(Key::Enter), true, Modifiers::NONE);
    // No release of an Enter arrives; the letters in between go to the input method.
    frame(&mut window, [commit("동"), preedit("맹")]);
    frame(&mut window, [commit("맹"), enter()]);
    window.settle();
    frame(&mut window, [preedit("평")]);
    frame(&mut window, [commit("평"), preedit("화")]);
    frame(&mut window, [commit("화"), enter()]);
    window.settle();
    let Stage::Graded { response, .. } = &window.active_card().stage else {
        panic!("{:?}", window.active_card().draft)
    };
    assert_eq!(*response, Response::Cloze(vec!["동맹".into(), "평화".into()]));
    // While it is held it still acts once.
    for _ in 0..5 {
        frame(&mut window, [enter()]);
    }
    assert!(window.shows_verdict());
}
