//! An exam date in the window, by keyboard.

use std::path::Path;

use crate::simulated::{Options, year};
use crate::util::{Bench, Opening, answer};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::{Screen, words};

/// Noon after the last day of [`studied`].
const AT: &str = "2026-01-23T12:00:00-05:00[America/New_York]";

/// Two months of a deck.
fn studied(folder: &Path) {
    let year = year(Options { days: 60, cards: 120, reviews: 620, ..Options::default() });
    year.keep_in(folder).expect("it is kept");
}

fn opened(folder: &Path, at: &str) -> Bench<'static> {
    Opening { at, ..Opening::new(folder) }.open()
}

/// Waits until the forecast is there.
fn wait(bench: &mut Bench<'_>) {
    for _ in 0..2_000 {
        bench.settle();
        if !bench.app().goals().is_forecasting() {
            bench.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the forecast never came");
}

fn shows(bench: &Bench<'_>, words: &str) -> bool {
    bench.harness.query_all_by_label_contains(words).next().is_some()
}

/// Types into a field, over what is in it.
fn into(bench: &mut Bench<'_>, name: &str, text: &str) {
    bench.harness.get_by_label(name).focus();
    bench.settle();
    bench.chord(Modifiers::COMMAND, Key::A);
    bench.text(text);
}

/// Esc leaves a field that is typed into first.
fn leave_the_session(bench: &mut Bench<'_>) {
    for _ in 0..2 {
        if bench.app().study().is_some() {
            bench.key(Key::Escape);
        }
    }
    assert!(bench.app().study().is_none());
}

/// Opens the form from the Scores screen, types a day and saves.
fn set_a_day(bench: &mut Bench<'_>, day: &str) {
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    into(bench, "Day of the exam", day);
    bench.key(Key::Enter);
    wait(bench);
}

#[test]
fn a_date_is_set_shown_changed_removed_and_brought_back_by_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), AT);
    set_a_day(&mut bench, "20 February 2026");
    assert!(shows(&bench, "in 28 days"));
    assert!(shows(&bench, "Rivers and lakes, 15 cards: if you stop "));
    assert!(shows(&bench, "Expected score until the exam, target 85"));
    assert!(shows(&bench, "Minutes a day with the plan"));
    let goal = bench.app().settings().goals[0].clone();
    let forecast = bench.app().goals().forecast(0).expect("worked out").clone();
    assert_eq!(goal.plan, forecast.planned.as_ref().map(|planned| planned.plan));
    let expected = forecast.total.plan.expect("a plan");
    let (value, range) = (words::percent(expected.expected), words::range_in_words(&expected));
    assert!(
        shows(&bench, &format!("you can expect {value} ({range}). The plan aims at 85")),
        "as in the table"
    );

    bench.key(Key::Escape);
    assert!(!shows(&bench, "Study for it") && bench.app().screen() == Screen::Scores);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    wait(&mut bench);
    assert!(shows(&bench, "Exam in 28 days: "));
    bench.key(Key::G);
    assert!(shows(&bench, "Study for it"));

    bench.key(Key::E);
    into(&mut bench, "Name of the exam", "Finals");
    into(&mut bench, "Day of the exam", "2026-03-02");
    bench.key(Key::Enter);
    wait(&mut bench);
    let changed = &bench.app().settings().goals[0];
    assert_eq!((changed.name.as_str(), changed.exam.to_string().as_str()), ("Finals", "2026-03-02"));
    drop(bench);

    let mut bench = opened(folder.path(), AT);
    wait(&mut bench);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    assert!(shows(&bench, "Finals in 38 days: "), "it is kept");
    bench.key(Key::G);
    bench.key(Key::D);
    assert!(bench.app().settings().goals.is_empty());
    bench.chord(Modifiers::COMMAND, Key::Z);
    wait(&mut bench);
    assert_eq!(bench.app().settings().goals.len(), 1);
    assert!(shows(&bench, "Undone: removing Finals") && shows(&bench, "Study for it"), "it is shown again");
    bench.chord(Modifiers::COMMAND, Key::Y);
    assert!(bench.app().settings().goals.is_empty() && bench.app().screen() == Screen::Today);
    bench.chord(Modifiers::COMMAND, Key::Z);
    bench.key(Key::Escape);
    wait(&mut bench);
    assert!(shows(&bench, "Finals in 38 days: "), "and left to where it was opened from");

    // In the middle of a session it comes back without ending that.
    bench.key(Key::G);
    bench.key(Key::D);
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(bench.app().settings().goals.len(), 1);
    assert!(bench.app().study().is_some());
}

#[test]
fn what_is_no_day_of_an_exam_is_told_and_not_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = opened(folder.path(), AT);
    for (day, why) in [
        ("soon", "That is not a date"),
        ("2020-01-01", "That day is over"),
        ("2199-01-01", "That is too far off"),
    ] {
        set_a_day(&mut bench, day);
        assert!(shows(&bench, why), "{day}");
        assert!(bench.app().settings().goals.is_empty());
        bench.key(Key::Escape);
        bench.key(Key::Escape);
    }
    assert_eq!(bench.app().goals().page(), None);
}

#[test]
fn a_day_too_far_off_says_so_instead_of_working_on() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let exam = r#"(goals: [(name: "Far", deck: "simulated-atlas", exam: "9999-12-30", target_percent: 85)])"#;
    std::fs::write(folder.path().join("settings.ron"), exam).expect("a file");
    let mut bench = opened(folder.path(), AT);
    wait(&mut bench);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    assert!(shows(&bench, "too far off to foresee") && !shows(&bench, "Working out"));
}

#[test]
fn an_exam_today_tomorrow_and_over() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), AT);
    set_a_day(&mut bench, "2026-01-24");
    assert!(shows(&bench, "24 January 2026, tomorrow") && shows(&bench, "Your exam is tomorrow"));
    assert!(bench.app().goals().forecast(0).is_some_and(|forecast| forecast.planned.is_some()));
    drop(bench);

    let mut bench = opened(folder.path(), "2026-01-24T12:00:00-05:00[America/New_York]");
    wait(&mut bench);
    // Today and the page say the same, and lead with the same.
    let soon = bench.app().exam_soon(bench.app().figures().day).expect("today");
    let label = soon.label();
    let expected = words::expected(&soon.forecast.expect("worked out").expected());
    assert!(label.starts_with("Go through the weakest once more: "), "{label}");
    for screen in [Key::Num1, Key::Num3] {
        bench.chord(Modifiers::COMMAND, screen);
        if screen == Key::Num3 {
            assert!(shows(&bench, &format!("Exam today: {expected} expected")));
            bench.key(Key::G);
        }
        assert!(shows(&bench, "Your exam is today") && shows(&bench, &label) && shows(&bench, &expected));
        assert!(!shows(&bench, "Study for it") && !shows(&bench, "I have less time"));
    }
    bench.key(Key::Space);
    let session = bench.app().study().expect("a session").session().cards().count();
    assert!(label.contains(&format!(": {}, about", words::count(session, "card"))), "{label} {session}");
    leave_the_session(&mut bench);
    assert!(shows(&bench, "Your exam is today"), "back on its page");
    drop(bench);

    let mut bench = opened(folder.path(), "2026-01-26T12:00:00-05:00[America/New_York]");
    wait(&mut bench);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    assert!(shows(&bench, "Exam was 2 days ago: the schedule is back to normal"));
    bench.key(Key::G);
    assert!(shows(&bench, "your schedule is back to normal"));
    assert!(bench.app().goals().forecast(0).is_none());
    drop(bench);

    let bench = opened(folder.path(), "2026-03-26T12:00:00-05:00[America/New_York]");
    assert!(!shows(&bench, "Exam was"), "and after a while nobody speaks of it");
}

#[test]
fn space_studies_for_it_and_an_answer_does_not_wait_for_a_forecast() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), AT);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    into(&mut bench, "Day of the exam", "2026-02-20");
    bench.key(Key::Enter);
    // The forecast is being worked out meanwhile, or just was.
    bench.key(Key::Space);
    let before = bench.app().progress().events();
    assert!(bench.app().goals().page().is_none());
    assert_eq!(&*bench.asked().key.deck, "simulated-atlas");
    answer(&mut bench, true);
    assert!(bench.app().progress().events() >= before);
    leave_the_session(&mut bench);
    wait(&mut bench);
    assert!(bench.app().goals().forecast(0).is_some());
    assert!(shows(&bench, "Study for it"), "back on its page");

    // A session of Today ends there, also after one that was left for another screen.
    bench.key(Key::Space);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    bench.key(Key::Space);
    assert!(bench.app().study().is_some());
    leave_the_session(&mut bench);
    assert!(bench.app().screen() == Screen::Today);
    assert_eq!(bench.app().goals().page(), None);
}

#[test]
fn topics_are_picked_and_the_day_is_moved_by_buttons() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), AT);
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    for name in ["Rivers and lakes", "Law and custom", "Days until the exam: more", "Target: more"] {
        bench.harness.get_by_label(name).click();
        bench.settle();
    }
    bench.harness.get_by_label("Save").click();
    wait(&mut bench);
    let goal = &bench.app().settings().goals[0];
    assert_eq!(goal.topics, ["law", "rivers"]);
    assert_eq!((goal.exam.to_string().as_str(), goal.target_percent), ("2026-02-21", 86));
    let forecast = bench.app().goals().forecast(0).expect("worked out");
    let names: Vec<&str> = forecast.topics.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Rivers and lakes", "Law and custom"]);
}

#[test]
fn what_is_typed_into_a_form_just_opened_is_its_name_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), AT);
    let before = bench.app().progress().events();
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    let name = |bench: &Bench<'_>| {
        let page = bench.app().goals().page().expect("the form").clone();
        page.form.expect("a form").name
    };
    bench.text("Final exam");
    assert_eq!(name(&bench), "Final exam");

    // Also once a click has taken the keyboard from every field.
    bench.harness.get_by_label("All topics").click();
    bench.settle();
    if let Some(focused) = bench.harness.ctx.memory(|memory| memory.focused()) {
        bench.harness.ctx.memory_mut(|memory| memory.surrender_focus(focused));
    }
    bench.settle();
    for letter in [Key::A, Key::M, Key::Space] {
        bench.harness.key_press(letter);
        bench.text(if letter == Key::Space { " " } else { letter.name() });
    }
    let name = name(&bench);
    assert!(name.ends_with("AM "), "{name:?}");
    assert!(bench.app().study().is_none() && bench.app().screen() == Screen::Scores);
    assert_eq!(bench.app().progress().events(), before);
}

#[test]
fn today_says_how_many_due_cards_the_plan_leaves_for_later() {
    let folder = tempfile::tempdir().expect("a folder");
    studied(folder.path());
    let mut bench = opened(folder.path(), "2026-06-23T12:00:00-05:00[America/New_York]");
    bench.chord(Modifiers::COMMAND, Key::Num3);
    bench.key(Key::G);
    for name in ["Rivers and lakes", "Law and custom", "Words of the old tongue"] {
        bench.harness.get_by_label(name).click();
        bench.settle();
    }
    bench.key(Key::Enter);
    wait(&mut bench);
    bench.chord(Modifiers::COMMAND, Key::Num1);
    wait(&mut bench);
    let figures = bench.app().figures();
    let due: usize = figures.decks.iter().map(|deck| deck.total.due).sum();
    let later = figures.left_for_later;
    assert!(later > 0 && due == figures.to_review + later, "{due}, {} and {later}", figures.to_review);
    assert!(shows(&bench, "Welcome back"));
    assert!(shows(&bench, &format!("{later} more can wait: the plan for your exam spreads them.")));
}

#[test]
fn the_eve_leads_with_one_session_and_less_time_is_a_key_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = opened(folder.path(), "2026-11-26T18:00:00+09:00[Asia/Seoul]");
    set_a_day(&mut bench, "2026-11-27");
    let told = |bench: &Bench<'_>| {
        let soon = bench.app().exam_soon(bench.app().figures().day).expect("tomorrow");
        (
            soon.label(),
            words::expected(&soon.forecast.expect("worked out").expected()),
            soon.today.sitting.clone(),
        )
    };
    let (label, expected, all) = told(&bench);
    // The page, then Today.
    for is_today in [false, true] {
        if is_today {
            bench.chord(Modifiers::COMMAND, Key::Num1);
        }
        assert!(shows(&bench, "Your exam is tomorrow") && shows(&bench, &label));
        assert!(shows(&bench, "Studying tonight brings you from") && shows(&bench, &expected));
        assert!(shows(&bench, "85\u{a0}% cannot be reached by tomorrow."));
        for (topic, part) in &all.topics {
            let deck = &bench.app().library().deck("rok-us-alliance").expect("shipped").deck;
            let row = format!(
                "{}: {}, {}\u{a0}min",
                deck.topics[topic],
                words::count(part.cards, "card"),
                part.minutes
            );
            assert!(shows(&bench, &row), "{row}");
        }
    }
    assert!(bench.harness.query_all_by_label_contains("Decks").next().is_some(), "other decks below");

    bench.key(Key::T);
    assert!(shows(&bench, "How much time do you have?"));
    bench.key(Key::Escape);
    assert!(!shows(&bench, "How much time do you have?") && shows(&bench, "Your exam is tomorrow"));
    bench.harness.get_by_label_contains("I have less time").click();
    bench.settle();
    bench.key(Key::Num2);
    wait(&mut bench);
    let (short, lower, some) = told(&bench);
    assert!(some.minutes() <= 20 && some.cards < all.cards && short != label && lower != expected);
    assert!(shows(&bench, &short) && shows(&bench, &lower) && shows(&bench, "Change my time"));
    bench.chord(Modifiers::COMMAND, Key::Z);
    wait(&mut bench);
    assert_eq!(told(&bench), (label, expected, all.clone()), "undone");

    bench.key(Key::Space);
    assert_eq!(bench.app().study().expect("a session").session().cards().count(), all.cards);
}
