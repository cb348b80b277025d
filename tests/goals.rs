//! Exam dates through the whole program: the schedule follows the plan until the day, and no longer.

#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "study_flow/desk.rs"]
mod desk;
mod learner;

use desk::{Desk, kinds};
use linchpin::app::command::{Command, Scope, Take};
use linchpin::app::goals::{GoalCommand, GoalForm};
use linchpin::app::study::{Stage, outcome_of};
use linchpin::app::{Setting, Settings};
use linchpin::domain::event::Due;
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::rating::Rating;
use linchpin::ui::screens::today;

/// Sets an exam over the deck of every kind, so many days on.
fn set_exam(desk: &mut Desk, days: u32, change: impl FnOnce(&mut GoalForm)) {
    let mut form = GoalForm::new("kinds".into(), desk.now.day());
    form.day = desk.now.day().plus(days).date().to_string();
    change(&mut form);
    desk.apply(Command::Goal(GoalCommand::New));
    desk.apply(Command::Goal(GoalCommand::SetForm(Box::new(form))));
    desk.apply(Command::Goal(GoalCommand::Save));
    let now = desk.now;
    desk.app.forecast_now(&now);
}

/// Opens the program with a plan that was made by hand.
fn with_plan(desk: Desk, days: u32, change: impl FnOnce(&mut ExamPlan)) -> Desk {
    let mut plan = ExamPlan {
        retention_percent: 80,
        last_look_percent: Some(97),
        last_look_days: 3,
        new_cards_a_day: 20,
        minutes_a_day: 60,
        enough_minutes: None,
        made_on: desk.now.day().date(),
    };
    change(&mut plan);
    let goal = Goal {
        name: "Exam".to_owned(),
        deck: "kinds".into(),
        topics: Vec::new(),
        exam: desk.now.day().plus(days).date(),
        target_percent: 90,
        minutes_a_day: None,
        plan: Some(plan),
    };
    let settings = Settings { goals: vec![goal], ..desk.app.settings().clone() };
    settings.save(desk.folder()).expect("settings can be written");
    desk.reopen()
}

#[test]
fn a_goal_is_kept_with_its_plan_and_removing_it_is_undone() {
    let mut desk = Desk::new();
    set_exam(&mut desk, 20, |form| form.name = "Finals".to_owned());
    let kept = desk.app.settings().goals.clone();
    assert!(kept.len() == 1 && kept[0].plan.is_some(), "{kept:?}");
    let mut desk = desk.reopen();
    assert_eq!(desk.app.settings().goals, kept);

    desk.apply(Command::Goal(GoalCommand::Open(Some(0))));
    desk.apply(Command::Goal(GoalCommand::Remove));
    assert!(desk.app.settings().goals.is_empty() && desk.notice().contains("Ctrl Z"));
    let mut desk = desk.reopen();
    assert!(desk.app.settings().goals.is_empty());
    desk.apply(Command::Undo);
    assert!(desk.app.settings().goals.is_empty(), "another start has nothing to undo");

    set_exam(&mut desk, 20, |_| {});
    desk.apply(Command::Goal(GoalCommand::Remove));
    desk.apply(Command::Undo);
    assert_eq!(desk.app.settings().goals.len(), 1);
    desk.apply(Command::Redo);
    assert!(desk.app.settings().goals.is_empty());
    let on_disk = std::fs::read_to_string(desk.folder().join("settings.ron")).expect("settings");
    assert!(on_disk.contains("goals: []"), "{on_disk}");
}

#[test]
fn another_name_keeps_the_plan_and_another_day_makes_a_new_one() {
    let mut desk = Desk::new();
    set_exam(&mut desk, 20, |_| {});
    let plan = desk.app.settings().goals[0].plan;
    let edited = |desk: &mut Desk, change: &dyn Fn(&mut GoalForm)| {
        desk.apply(Command::Goal(GoalCommand::Edit));
        let mut form = desk.app.goals().page().and_then(|page| page.form.clone()).expect("a form");
        change(&mut form);
        desk.apply(Command::Goal(GoalCommand::SetForm(Box::new(form))));
        desk.apply(Command::Goal(GoalCommand::Save));
        desk.app.settings().goals[0].clone()
    };
    let renamed = edited(&mut desk, &|form| form.name = "Finals".to_owned());
    assert_eq!((renamed.name.as_str(), renamed.plan), ("Finals", plan));
    assert_eq!(edited(&mut desk, &|form| form.target_percent = 70).plan, None);
}

#[test]
fn the_interval_on_the_button_is_the_plans_and_the_one_given_until_the_exam() {
    let mut desk = with_plan(Desk::new(), 6, |_| {});
    let exam = desk.now.day().plus(6);
    desk.start(kinds(), Take::Today);
    desk.until("typed");
    desk.answer(true);
    let asked = desk.asked().clone();
    let Stage::Judged { outcomes, .. } = &asked.stage else { panic!("a verdict") };
    let rules = desk.app.scheduler_of(&asked.key, desk.now.day());
    assert_eq!(rules.desired_retention, 0.8);
    desk.apply(Command::Rate(Rating::Easy));
    let granted = desk.state(&asked.key).due.expect("answered");
    assert_eq!(granted, outcome_of(outcomes, Rating::Easy).due);
    let Due::Day(day) = granted else { panic!("days") };
    assert!(day < exam, "a last look before the exam: {day:?}");

    // The day of the exam, and after: as if there were no exam.
    for day in [exam, exam.plus(1)] {
        assert_eq!(desk.app.scheduler_of(&asked.key, day).desired_retention, 0.9);
    }
    // Other decks are not asked.
    let other = desk.card("rok-us-alliance", 0);
    assert_eq!(desk.app.scheduler_of(&other, desk.now.day()).desired_retention, 0.9);
}

#[test]
fn cards_that_would_come_after_the_exam_have_a_last_look_before_it() {
    let mut desk = Desk::studying();
    while !desk.is_finished() {
        desk.apply(Command::ShowAnswer);
        desk.apply(Command::Rate(Rating::Easy));
    }
    desk.apply(Command::EndSession);
    let mut desk = with_plan(desk, 5, |plan| plan.new_cards_a_day = 0);
    let wanted = |desk: &Desk| desk.app.figures().deck("kinds").map_or(0, |deck| deck.to_review);
    assert_eq!(wanted(&desk), 0, "not yet");
    let mut looked = 0;
    for _ in 0..4 {
        desk.sleep(1);
        looked += wanted(&desk);
        desk.start(kinds(), Take::Today);
        desk.finish();
        desk.apply(Command::EndSession);
    }
    assert_eq!(looked, 11, "each of them once");
    desk.sleep(1);
    assert_eq!(wanted(&desk), 0, "on the day itself nothing is left to do");
}

#[test]
fn the_plan_keeps_new_cards_and_reviews_to_its_time() {
    let mut desk = with_plan(Desk::new(), 10, |plan| plan.new_cards_a_day = 3);
    let counts = |desk: &Desk| {
        let figures = desk.app.figures();
        let kinds = figures.deck("kinds").expect("a deck");
        (kinds.to_learn, figures.to_learn - kinds.to_learn)
    };
    // Twenty a day over all decks: the exam's first, as many as its plan has.
    assert_eq!(counts(&desk), (3, 17));
    desk.start(kinds(), Take::Today);
    desk.finish();
    desk.apply(Command::EndSession);
    assert_eq!(counts(&desk), (0, 17), "and no more today");

    // Also where the learner wants no other new cards.
    desk.sleep(1);
    desk.apply(Command::Set(Setting::NewCardsADay(0)));
    assert_eq!(counts(&desk), (3, 0));

    let mut desk = Desk::studying();
    desk.finish();
    desk.sleep(60);
    assert!(desk.app.figures().to_review > 8);
    let desk = with_plan(desk, 10, |plan| plan.minutes_a_day = 1);
    let figures = desk.app.figures();
    assert!(figures.to_review < 8 && figures.left_for_later > 0, "{:?}", desk.counts());
}

#[test]
fn an_exam_on_some_cards_keeps_the_gentle_start_after_a_break() {
    let mut desk = Desk::new();
    for (deck, cards) in [("rok-us-alliance", 80), ("kinds", 11)] {
        desk.start(Scope::Deck(deck.into()), Take::MoreNew(cards));
        while !desk.is_finished() {
            desk.apply(Command::ShowAnswer);
            desk.apply(Command::Rate(Rating::Easy));
        }
        desk.apply(Command::EndSession);
    }
    desk.sleep(200);
    assert_eq!(today::that_matter_most(&desk.app), Some(20));
    let mut desk = with_plan(desk, 20, |plan| plan.minutes_a_day = 1);
    assert!(desk.app.figures().to_review > 80);
    assert_eq!(today::that_matter_most(&desk.app), Some(20), "a short plan changes nothing");
    desk = with_plan(desk, 20, |plan| plan.minutes_a_day = 15);
    let cards = desk.app.figures().cards_left_in(15);
    assert!(cards > 20);
    assert_eq!(today::that_matter_most(&desk.app), Some(cards.min(91)), "a long one has its time");
}

#[test]
fn after_a_break_the_number_that_matters_most_follows_from_the_time_of_a_day() {
    let mut desk = Desk::new();
    desk.start(Scope::Deck("rok-us-alliance".into()), Take::MoreNew(80));
    while !desk.is_finished() {
        desk.apply(Command::ShowAnswer);
        desk.apply(Command::Rate(Rating::Easy));
    }
    desk.apply(Command::EndSession);
    assert_eq!(today::that_matter_most(&desk.app), None, "no break, no backlog");
    desk.sleep(200);
    assert_eq!(today::that_matter_most(&desk.app), Some(20), "without a limit a few");
    for minutes in [5, 10, 15] {
        desk.apply(Command::Set(Setting::MinutesADay(Some(minutes))));
        let cards = desk.app.figures().cards_left_in(minutes);
        assert_eq!(today::that_matter_most(&desk.app), Some(cards.min(80)));
    }
    desk.apply(Command::Set(Setting::MinutesADay(Some(5))));
    let cards = today::that_matter_most(&desk.app).expect("a backlog");
    desk.start(Scope::All, Take::MostValuable(cards));
    assert_eq!(desk.finish().len(), cards);
    desk.apply(Command::EndSession);
    assert_eq!(today::that_matter_most(&desk.app), None, "the time of today is over");
}
