//! An exam date in the window, by keyboard.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linchpin::app::Screen;
use linchpin::text::{self, words};

use crate::fixtures::simulated_learner::{SimulationOptions, simulate_year};
use crate::fixtures::{DataFolder, WindowFixture, WindowOptions};

/// Noon after the last day of [`studied`].
const AT: &str = "2026-01-23T12:00:00-05:00[America/New_York]";

/// Two months of a deck.
fn studied(folder: &DataFolder) {
    let year = simulate_year(SimulationOptions {
        days: 60,
        cards: 120,
        reviews: 620,
        ..SimulationOptions::default()
    });
    year.store_in(folder.path()).expect("the year is stored");
}

fn opened(folder: &DataFolder, at: &str) -> WindowFixture {
    WindowOptions { at, ..WindowOptions::new(folder) }.open()
}

/// Leaves the session by Esc; the first Esc leaves a text field.
fn leave_the_session(window: &mut WindowFixture) {
    for _ in 0..2 {
        if window.app().active_session().is_some() {
            window.press(Key::Escape);
        }
    }
    assert!(window.app().active_session().is_none());
}

/// Opens the form from the Scores screen, types a day and saves.
fn set_a_day(window: &mut WindowFixture, day: &str) {
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    window.fill_in("Day of the exam", day);
    window.press(Key::Enter);
    window.wait_for_forecasts();
}

#[test]
fn an_exam_date_is_set_shown_changed_removed_and_restored_by_keys() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, AT);
    set_a_day(&mut window, "20 February 2026");
    assert!(window.shows("in 28 days"));
    assert!(window.shows("Rivers and lakes, 15 cards: if you stop "));
    assert!(window.shows("Expected score until the exam, target 85"));
    assert!(window.shows("Minutes a day with the plan"));
    let goal = window.app().settings().goals[0].clone();
    let forecast = window.app().goals().forecast(0).expect("worked out").clone();
    assert_eq!(goal.plan, forecast.plan.as_ref().map(|planned| planned.plan));
    let expected = forecast.total.with_plan.expect("a plan");
    let (value, range) = (words::percent(expected.expected), text::goals::score_range(&expected));
    assert!(
        window.shows(&format!("you can expect {value} ({range}). The plan aims at 85")),
        "as in the table"
    );

    window.press(Key::Escape);
    assert!(!window.shows("Study for it") && window.app().screen() == Screen::Scores);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.wait_for_forecasts();
    assert!(window.shows("Exam in 28 days: "));
    window.press(Key::G);
    assert!(window.shows("Study for it"));

    window.press(Key::E);
    window.fill_in("Name of the exam", "Finals");
    window.fill_in("Day of the exam", "2026-03-02");
    window.press(Key::Enter);
    window.wait_for_forecasts();
    let changed = &window.app().settings().goals[0];
    assert_eq!((changed.name.as_str(), changed.exam.to_string().as_str()), ("Finals", "2026-03-02"));
    drop(window);

    let mut window = opened(&folder, AT);
    window.wait_for_forecasts();
    window.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(window.shows("Finals in 38 days: "), "the exam is saved");
    window.press(Key::G);
    window.press(Key::D);
    assert!(window.app().settings().goals.is_empty());
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.wait_for_forecasts();
    assert_eq!(window.app().settings().goals.len(), 1);
    assert!(window.shows("Undone: removing Finals") && window.shows("Study for it"), "it is shown again");
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert!(window.app().settings().goals.is_empty() && window.app().screen() == Screen::Today);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press(Key::Escape);
    window.wait_for_forecasts();
    assert!(window.shows("Finals in 38 days: "), "leaving returns to where the page was opened from");

    // Undo in the middle of a session restores the exam without ending the session.
    window.press(Key::G);
    window.press(Key::D);
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().settings().goals.len(), 1);
    assert!(window.app().active_session().is_some());
}

#[test]
fn an_invalid_exam_day_shows_an_error_and_is_not_saved() {
    let folder = DataFolder::new();
    let mut window = opened(&folder, AT);
    for (day, why) in [
        ("soon", "That is not a date"),
        ("2020-01-01", "That day is over"),
        ("2199-01-01", "That is too far off"),
    ] {
        set_a_day(&mut window, day);
        assert!(window.shows(why), "{day}");
        assert!(window.app().settings().goals.is_empty());
        window.press(Key::Escape);
        window.press(Key::Escape);
    }
    assert_eq!(window.app().goals().page(), None);
}

#[test]
fn an_exam_too_far_off_says_so_and_computes_no_forecast() {
    let folder = DataFolder::new();
    studied(&folder);
    let exam = r#"(goals: [(name: "Far", deck: "simulated-atlas", exam: "9999-12-30", target_percent: 85)])"#;
    folder.write("settings.ron", exam);
    let mut window = opened(&folder, AT);
    window.wait_for_forecasts();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    assert!(window.shows("too far off to predict") && !window.shows("Working out"));
}

#[test]
fn an_exam_is_shown_as_tomorrow_today_and_over() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, AT);
    set_a_day(&mut window, "2026-01-24");
    assert!(window.shows("24 January 2026, tomorrow") && window.shows("Your exam is tomorrow"));
    assert!(window.app().goals().forecast(0).is_some_and(|forecast| forecast.plan.is_some()));
    drop(window);

    let mut window = opened(&folder, "2026-01-24T12:00:00-05:00[America/New_York]");
    window.wait_for_forecasts();
    // Today and the page show the same figures and the same button.
    let soon = window.app().imminent_exam(window.app().figures().day).expect("today");
    let label = soon.label();
    let expected = text::goals::expected_with_range(&soon.forecast.expect("worked out").expected());
    assert!(label.starts_with("Go through the weakest once more: "), "{label}");
    for screen in [Key::Num1, Key::Num3] {
        window.press_with(Modifiers::COMMAND, screen);
        if screen == Key::Num3 {
            assert!(window.shows(&format!("Exam today: {expected} expected")));
            window.press(Key::G);
        }
        assert!(window.shows("Your exam is today") && window.shows(&label) && window.shows(&expected));
        assert!(!window.shows("Study for it") && !window.shows("I have less time"));
    }
    window.press(Key::Space);
    let session = window.app().active_session().expect("a session").session().cards().count();
    assert!(label.contains(&format!(": {}, about", words::count(session, "card"))), "{label} {session}");
    leave_the_session(&mut window);
    assert!(window.shows("Your exam is today"), "back on its page");
    drop(window);

    let mut window = opened(&folder, "2026-01-26T12:00:00-05:00[America/New_York]");
    window.wait_for_forecasts();
    window.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(window.shows("Exam was 2 days ago: the schedule is back to normal"));
    window.press(Key::G);
    assert!(window.shows("your schedule is back to normal"));
    assert!(window.app().goals().forecast(0).is_none());
    drop(window);

    let window = opened(&folder, "2026-03-26T12:00:00-05:00[America/New_York]");
    assert!(!window.shows("Exam was"), "after a while the exam is no longer shown");
}

#[test]
fn space_studies_for_the_exam_and_an_answer_does_not_wait_for_a_forecast() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, AT);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    window.fill_in("Day of the exam", "2026-02-20");
    window.press(Key::Enter);
    // The forecast may still be computed at this point.
    window.press(Key::Space);
    let before = window.app().progress().event_count();
    assert!(window.app().goals().page().is_none());
    assert_eq!(&*window.active_card().key.deck, "simulated-atlas");
    window.answer(true);
    assert!(window.app().progress().event_count() >= before);
    leave_the_session(&mut window);
    window.wait_for_forecasts();
    assert!(window.app().goals().forecast(0).is_some());
    assert!(window.shows("Study for it"), "back on its page");

    // A session started from Today ends there, even after one that was left for another screen.
    window.press(Key::Space);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.press(Key::Space);
    assert!(window.app().active_session().is_some());
    leave_the_session(&mut window);
    assert!(window.app().screen() == Screen::Today);
    assert_eq!(window.app().goals().page(), None);
}

#[test]
fn topics_are_picked_and_the_exam_day_is_moved_by_buttons() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, AT);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    for name in ["Rivers and lakes", "Law and custom", "Days until the exam: more", "Target: more"] {
        window.click(name);
    }
    window.harness.get_by_label("Save").click();
    window.wait_for_forecasts();
    let goal = &window.app().settings().goals[0];
    assert_eq!(goal.topics, ["law", "rivers"]);
    assert_eq!((goal.exam.to_string().as_str(), goal.target_percent), ("2026-02-21", 86));
    let forecast = window.app().goals().forecast(0).expect("worked out");
    let names: Vec<&str> = forecast.topics.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Rivers and lakes", "Law and custom"]);
}

#[test]
fn text_typed_into_a_form_just_opened_is_the_name_and_no_shortcut() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, AT);
    let before = window.app().progress().event_count();
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    let name = |window: &WindowFixture| {
        let page = window.app().goals().page().expect("the form").clone();
        page.form.expect("a form").name
    };
    window.type_text("Final exam");
    assert_eq!(name(&window), "Final exam");

    // The same after a click has taken the focus from every field.
    window.click("All topics");
    if let Some(focused) = window.harness.ctx.memory(|memory| memory.focused()) {
        window.harness.ctx.memory_mut(|memory| memory.surrender_focus(focused));
    }
    window.settle();
    for letter in [Key::A, Key::M, Key::Space] {
        window.harness.key_press(letter);
        window.type_text(if letter == Key::Space { " " } else { letter.name() });
    }
    let name = name(&window);
    assert!(name.ends_with("AM "), "{name:?}");
    assert!(window.app().active_session().is_none() && window.app().screen() == Screen::Scores);
    assert_eq!(window.app().progress().event_count(), before);
}

#[test]
fn today_shows_how_many_due_cards_the_plan_postpones() {
    let folder = DataFolder::new();
    studied(&folder);
    let mut window = opened(&folder, "2026-06-23T12:00:00-05:00[America/New_York]");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.press(Key::G);
    for name in ["Rivers and lakes", "Law and custom", "Words of the old tongue"] {
        window.click(name);
    }
    window.press(Key::Enter);
    window.wait_for_forecasts();
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.wait_for_forecasts();
    let figures = window.app().figures();
    let due: usize = figures.decks.iter().map(|deck| deck.total.due).sum();
    let later = figures.postponed;
    assert!(later > 0 && due == figures.to_review + later, "{due}, {} and {later}", figures.to_review);
    assert!(window.shows("Welcome back"));
    assert!(window.shows(&format!("{later} more can wait: your exam plan spreads them out.")));
}

#[test]
fn on_the_eve_today_leads_with_one_session_and_a_key_sets_less_time() {
    let folder = DataFolder::new();
    let mut window = opened(&folder, "2026-11-26T18:00:00+09:00[Asia/Seoul]");
    set_a_day(&mut window, "2026-11-27");
    let figures = |window: &WindowFixture| {
        let soon = window.app().imminent_exam(window.app().figures().day).expect("tomorrow");
        (
            soon.label(),
            text::goals::expected_with_range(&soon.forecast.expect("worked out").expected()),
            soon.today.session.clone(),
        )
    };
    let (label, expected, all) = figures(&window);
    // The page of the exam, then Today.
    for is_today in [false, true] {
        if is_today {
            window.press_with(Modifiers::COMMAND, Key::Num1);
        }
        assert!(window.shows("Your exam is tomorrow") && window.shows(&label));
        assert!(window.shows("Studying tonight brings you from") && window.shows(&expected));
        assert!(window.shows("85\u{a0}% is out of reach by tomorrow."));
        for (topic, part) in &all.topics {
            let deck = &window.app().library().deck("rok-us-alliance").expect("shipped").deck;
            let row = format!(
                "{}: {}, {}\u{a0}min",
                deck.topics[topic],
                words::count(part.cards, "card"),
                part.minutes
            );
            assert!(window.shows(&row), "{row}");
        }
    }
    assert!(window.harness.query_all_by_label_contains("Decks").next().is_some(), "other decks below");

    window.press(Key::T);
    assert!(window.shows("How much time do you have?"));
    window.press(Key::Escape);
    assert!(!window.shows("How much time do you have?") && window.shows("Your exam is tomorrow"));
    window.click_containing("I have less time");
    window.press(Key::Num2);
    window.wait_for_forecasts();
    let (short, lower, some) = figures(&window);
    assert!(some.minutes() <= 20 && some.cards < all.cards && short != label && lower != expected);
    assert!(window.shows(&short) && window.shows(&lower) && window.shows("Change my time"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.wait_for_forecasts();
    assert_eq!(figures(&window), (label, expected, all.clone()), "undone");

    window.press(Key::Space);
    assert_eq!(window.app().active_session().expect("a session").session().cards().count(), all.cards);
}
