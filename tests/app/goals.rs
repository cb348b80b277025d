//! Exam dates through the whole program: the schedule follows the plan up to the day of the exam.

use linchpin::app::attempt::TestCommand;
use linchpin::app::command::Command;
use linchpin::app::goals::{GoalCommand, GoalForm};
use linchpin::app::offers::today;
use linchpin::app::study::{Scope, SessionKind, Stage, StudyCommand};
use linchpin::app::{Setting, Settings};
use linchpin::background::RepaintSignal;
use linchpin::domain::attempt::TestSetup;
use linchpin::domain::event::Due;
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::schedule::outcome_of;
use linchpin::domain::task::Response;

use crate::fixtures::{AppFixture, kinds};

/// Opens the program with a plan that the test changed.
fn with_plan(fixture: AppFixture, days: u32, change: impl FnOnce(&mut ExamPlan)) -> AppFixture {
    let mut plan = ExamPlan {
        retention_percent: 80,
        pre_exam_review_percent: Some(97),
        pre_exam_review_days: 3,
        new_cards_a_day: 20,
        minutes_a_day: 60,
        enough_minutes: None,
        nearest_minutes: None,
        made_on: fixture.now.day().date(),
    };
    change(&mut plan);
    let goal = Goal {
        name: "Exam".to_owned(),
        deck: "kinds".into(),
        topics: Vec::new(),
        exam: fixture.now.day().plus(days).date(),
        target_percent: 90,
        minutes_a_day: None,
        plan: None,
    };
    let plans = ron::to_string(&vec![(&goal, plan)]).expect("plans");
    std::fs::create_dir_all(fixture.folder().join("cache")).expect("a folder");
    std::fs::write(fixture.folder().join("cache/plans.ron"), plans).expect("plans can be written");
    let settings = Settings { goals: vec![goal], ..fixture.app.settings().clone() };
    settings.save(fixture.folder()).expect("settings can be written");
    let fixture = fixture.reopen();
    assert_eq!(fixture.app.settings().goals[0].plan, Some(plan));
    fixture
}

#[test]
fn a_goal_is_saved_with_its_plan_and_its_removal_can_be_undone() {
    let mut fixture = AppFixture::new();
    fixture.set_exam("kinds", 20, |form| form.name = "Finals".to_owned());
    let kept = fixture.app.settings().goals.clone();
    assert!(kept.len() == 1 && kept[0].plan.is_some(), "{kept:?}");
    let mut fixture = fixture.reopen();
    assert_eq!(fixture.app.settings().goals, kept);

    fixture.apply(Command::Goal(GoalCommand::Open(Some(0))));
    fixture.apply(Command::Goal(GoalCommand::Remove));
    assert!(fixture.app.settings().goals.is_empty() && fixture.notice().contains("Ctrl Z"));
    let mut fixture = fixture.reopen();
    assert!(fixture.app.settings().goals.is_empty());
    fixture.apply(Command::Undo);
    assert!(fixture.app.settings().goals.is_empty(), "another start has nothing to undo");

    fixture.set_exam("kinds", 20, |_| {});
    fixture.apply(Command::Goal(GoalCommand::Remove));
    fixture.apply(Command::Undo);
    assert_eq!(fixture.app.settings().goals.len(), 1);
    fixture.apply(Command::Redo);
    assert!(fixture.app.settings().goals.is_empty());
    let on_disk = std::fs::read_to_string(fixture.folder().join("settings.ron")).expect("settings");
    assert!(on_disk.contains("goals: []"), "{on_disk}");
}

#[test]
fn a_new_plan_writes_no_settings() {
    let mut fixture = AppFixture::new();
    fixture.set_exam("kinds", 20, |form| form.minutes_a_day = Some(20));
    let path = fixture.folder().join("settings.ron");
    let before = fixture.app.settings().goals[0].plan.expect("worked out");
    // The file is edited while the program runs and the next day begins.
    let edited = format!("{} // edited", std::fs::read_to_string(&path).expect("settings"));
    std::fs::write(&path, &edited).expect("a file");
    fixture.pass_days(1);
    fixture.forecast_exams();
    let made = fixture.app.settings().goals[0].plan.expect("worked out");
    assert_ne!(before.made_on, made.made_on);
    assert_eq!(std::fs::read_to_string(&path).expect("settings"), edited);
    let fixture = fixture.reopen();
    assert_eq!(fixture.app.settings().goals[0].plan, Some(made), "the plan is still in memory");

    // An exam that was changed in the file gets another plan; an unreadable file of plans gives none.
    std::fs::write(&path, edited.replace("target_percent: 85", "target_percent: 95")).expect("a file");
    let fixture = fixture.reopen();
    assert_eq!(
        (fixture.app.settings().goals[0].target_percent, fixture.app.settings().goals[0].plan),
        (95, None)
    );
    std::fs::write(&path, edited).expect("a file");
    std::fs::write(fixture.folder().join("cache/plans.ron"), "[(").expect("a file");
    let mut fixture = fixture.reopen();
    assert_eq!((fixture.app.settings().goals.len(), fixture.app.settings().goals[0].plan), (1, None));
    fixture.forecast_exams();
    assert_eq!(fixture.app.settings().goals[0].plan, Some(made));
}

#[test]
fn old_settings_that_contain_plans_can_still_be_read() {
    let fixture = AppFixture::new();
    let settings = r#"(goals: [(name: "Finals", deck: "kinds", topics: [], exam: "2026-12-20", target_percent: 85,
        minutes_a_day: None, plan: Some((retention_percent: 80, last_look_percent: None, last_look_days: 3,
        new_cards_a_day: 20, minutes_a_day: 60, enough_minutes: None, made_on: "2026-11-23")))])"#;
    std::fs::write(fixture.folder().join("settings.ron"), settings).expect("a file");
    let fixture = fixture.reopen();
    assert_eq!(fixture.app.settings().goals.len(), 1, "{:?}", fixture.app.notice());
    assert_eq!(fixture.app.settings().goals[0].plan, None);
}

#[test]
fn an_exam_too_far_off_has_no_forecast_even_when_its_day_was_typed_into_the_file() {
    let fixture = AppFixture::new();
    let exam = |day: &str| format!(r#"(name: "{day}", deck: "kinds", exam: "{day}", target_percent: 85)"#);
    let settings = format!("(goals: [{}, {}])", exam("9999-12-30"), exam("2026-12-20"));
    std::fs::write(fixture.folder().join("settings.ron"), settings).expect("a file");
    let mut fixture = fixture.reopen();
    let now = fixture.now;
    fixture.app.forecast_now(Some("rok-us-alliance"), &now);
    assert!(fixture.app.goals().forecast(1).is_none(), "of another deck");
    fixture.forecast_exams();
    assert!(fixture.app.goals().forecast(0).is_none() && fixture.app.goals().forecast(1).is_some());
    assert_eq!(fixture.app.settings().goals[0].plan, None);
}

#[test]
fn renaming_a_goal_keeps_its_plan_and_a_new_day_makes_a_new_plan() {
    let mut fixture = AppFixture::new();
    fixture.set_exam("kinds", 20, |_| {});
    let plan = fixture.app.settings().goals[0].plan;
    let edited = |fixture: &mut AppFixture, change: &dyn Fn(&mut GoalForm)| {
        fixture.apply(Command::Goal(GoalCommand::Edit));
        let mut form = fixture.app.goals().page().and_then(|page| page.form.clone()).expect("a form");
        change(&mut form);
        fixture.apply(Command::Goal(GoalCommand::SetForm(Box::new(form))));
        fixture.apply(Command::Goal(GoalCommand::Save));
        fixture.app.settings().goals[0].clone()
    };
    let renamed = edited(&mut fixture, &|form| form.name = "Finals".to_owned());
    assert_eq!((renamed.name.as_str(), renamed.plan), ("Finals", plan));
    assert_eq!(edited(&mut fixture, &|form| form.target_percent = 70).plan, None);
}

#[test]
fn until_the_exam_the_button_shows_and_the_answer_grants_the_interval_of_the_plan() {
    let mut fixture = with_plan(AppFixture::new(), 6, |_| {});
    let exam = fixture.now.day().plus(6);
    fixture.start(kinds(), SessionKind::Today);
    fixture.study_until("typed");
    fixture.answer(true);
    let active = fixture.active_card().clone();
    let Stage::Graded { outcomes, .. } = &active.stage else { panic!("a verdict") };
    let rules = fixture.app.core().scheduler_of(&active.key, fixture.now.day());
    assert_eq!(rules.desired_retention, 0.8);
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    let granted = fixture.state(&active.key).due.expect("answered");
    assert_eq!(granted, outcome_of(outcomes, Rating::Easy).due);
    let Due::Day(day) = granted else { panic!("days") };
    assert!(day < exam, "a last look before the exam: {day:?}");

    // On the day of the exam and afterwards the schedule is the usual one.
    for day in [exam, exam.plus(1)] {
        assert_eq!(fixture.app.core().scheduler_of(&active.key, day).desired_retention, 0.9);
    }
    // Other decks are not part of the exam.
    let other = fixture.card("rok-us-alliance", 0);
    assert_eq!(fixture.app.core().scheduler_of(&other, fixture.now.day()).desired_retention, 0.9);
}

#[test]
fn a_plan_that_arrives_while_an_answer_shows_leaves_the_intervals_on_its_buttons() {
    let mut fixture = with_plan(AppFixture::new(), 6, |plan| {
        plan.made_on = plan.made_on.yesterday().expect("a day");
    });
    let now = fixture.now;
    fixture.start(kinds(), SessionKind::Today);
    fixture.study_until("recall");
    fixture.apply(Command::Study(StudyCommand::ShowAnswer));
    let active = fixture.active_card().clone();
    let Stage::Revealed { outcomes, .. } = &active.stage else { panic!("revealed") };
    let rules =
        |fixture: &AppFixture| fixture.app.core().scheduler_of(&active.key, now.day()).desired_retention;
    assert_eq!(rules(&fixture), 0.8);
    fixture.forecast_exams();
    assert_ne!(rules(&fixture), 0.8, "another plan");
    assert_eq!(
        fixture.active_card().scheduler().map(|scheduler| scheduler.desired_retention),
        Some(0.8),
        "the plan that explains the intervals"
    );
    fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    let other = fixture.app.core().scheduler_of(&active.key, now.day());
    let other = other.outcomes(&active.key, active.task.kind, &active.state_before, &now);
    let shown = outcome_of(outcomes, Rating::Easy).due;
    assert_ne!(outcome_of(&other, Rating::Easy).due, shown, "the new plan would give another interval");
    assert_eq!(fixture.state(&active.key).due, Some(shown));
}

#[test]
fn cards_due_after_the_exam_have_a_pre_exam_review() {
    let mut fixture = AppFixture::studying();
    while !fixture.is_finished() {
        fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let mut fixture = with_plan(fixture, 5, |plan| plan.new_cards_a_day = 0);
    let wanted = |fixture: &AppFixture| fixture.app.figures().deck("kinds").map_or(0, |deck| deck.to_review);
    assert_eq!(wanted(&fixture), 0, "not yet");
    let mut looked = 0;
    for _ in 0..4 {
        fixture.pass_days(1);
        looked += wanted(&fixture);
        fixture.start(kinds(), SessionKind::Today);
        fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
    assert_eq!(looked, 11, "each of them once");
    fixture.pass_days(1);
    assert_eq!(wanted(&fixture), 0, "on the day of the exam nothing is left to do");
}

#[test]
fn new_cards_and_reviews_stay_within_the_time_of_the_plan() {
    let mut fixture = with_plan(AppFixture::new(), 10, |plan| plan.new_cards_a_day = 3);
    let counts = |fixture: &AppFixture| {
        let figures = fixture.app.figures();
        let kinds = figures.deck("kinds").expect("a deck");
        (kinds.to_learn, figures.to_learn - kinds.to_learn)
    };
    // The limit is twenty a day over all decks; those of the exam come first, as many as its plan has.
    assert_eq!(counts(&fixture), (3, 17));
    fixture.start(kinds(), SessionKind::Today);
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(counts(&fixture), (0, 17), "and no more today");

    // The plan holds even where the learner wants no other new cards.
    fixture.pass_days(1);
    fixture.apply(Command::Set(Setting::NewCardsADay(0)));
    assert_eq!(counts(&fixture), (3, 0));

    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.pass_days(60);
    assert!(fixture.app.figures().to_review > 8);
    let fixture = with_plan(fixture, 10, |plan| plan.minutes_a_day = 1);
    let figures = fixture.app.figures();
    assert!(figures.to_review < 8 && figures.postponed > 0, "{:?}", fixture.counts());
}

#[test]
fn the_daily_plan_is_shared_by_all_topics_of_the_exam() {
    let topic = |name: &str| Scope::Topic { deck: "kinds".into(), topic: name.to_owned() };
    let studied = |fixture: &mut AppFixture, name: &str| {
        fixture.start(topic(name), SessionKind::Today);
        let mut keys = fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
        keys.sort();
        keys.dedup();
        keys.len()
    };
    let mut fixture = with_plan(AppFixture::new(), 30, |plan| plan.new_cards_a_day = 3);
    assert_eq!((studied(&mut fixture, "one"), studied(&mut fixture, "two")), (3, 0));
    fixture.pass_days(1);
    assert!(studied(&mut fixture, "two") >= 3, "another day has new cards again");

    // Time is shared as well: minutes spent on topic one are gone for topic two.
    let with_a_minute = || {
        let mut fixture = AppFixture::studying();
        fixture.finish();
        fixture.apply(Command::Study(StudyCommand::EndSession));
        fixture.pass_days(60);
        with_plan(fixture, 30, |plan| plan.minutes_a_day = 1)
    };
    let alone = studied(&mut with_a_minute(), "two");
    let mut fixture = with_a_minute();
    let (one, two) = (studied(&mut fixture, "one"), studied(&mut fixture, "two"));
    assert!(one > 0 && two < alone, "{one} and {two}, alone {alone}");
    assert!(studied(&mut fixture, "two") + studied(&mut fixture, "one") <= 1, "the minute is used up");
}

#[test]
fn an_exam_on_some_cards_keeps_the_small_session_offered_after_a_break() {
    let mut fixture = AppFixture::new();
    for (deck, cards) in [("rok-us-alliance", 80), ("kinds", 11)] {
        fixture.start(Scope::Deck(deck.into()), SessionKind::ExtraNew(cards));
        while !fixture.is_finished() {
            fixture.apply(Command::Study(StudyCommand::ShowAnswer));
            fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
        }
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
    fixture.pass_days(200);
    assert_eq!(today::most_valuable_count(&fixture.app), Some(20));
    let mut fixture = with_plan(fixture, 20, |plan| plan.minutes_a_day = 1);
    assert!(fixture.app.figures().to_review > 80);
    assert_eq!(today::most_valuable_count(&fixture.app), Some(20), "a short plan changes nothing");
    fixture = with_plan(fixture, 20, |plan| plan.minutes_a_day = 15);
    let cards = fixture.app.figures().cards_left_in(15);
    assert!(cards > 20);
    assert_eq!(today::most_valuable_count(&fixture.app), Some(cards.min(91)), "a long plan uses its minutes");
}

#[test]
fn a_test_that_counts_grants_the_intervals_of_the_plan() {
    let mut fixture = AppFixture::studying();
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let mut fixture = with_plan(fixture, 40, |plan| plan.pre_exam_review_percent = None);
    fixture.pass_days(3);
    let setup = TestSetup { decks: vec!["kinds".into()], kinds: vec![Kind::Bool], ..TestSetup::default() };
    for command in [TestCommand::SetSetup(TestSetup { moves_schedule: true, ..setup }), TestCommand::Begin] {
        fixture.apply(Command::Test(command));
    }
    let card = fixture.card("kinds", 3);
    let before = fixture.state(&card);
    fixture.apply(Command::Test(TestCommand::Answer(Response::Bool(true))));
    fixture.apply(Command::Test(TestCommand::HandIn));
    let outcomes = |rules: &Scheduler| rules.outcomes(&card, Kind::Bool, &before, &fixture.now);
    let good = |rules: &Scheduler| outcome_of(&outcomes(rules), Rating::Good).due;
    let rules = fixture.app.core().scheduler_of(&card, fixture.now.day());
    assert_ne!(good(rules), good(fixture.app.scheduler()), "the plan makes a difference");
    assert_eq!(fixture.state(&card).due, Some(good(rules)));
}

#[test]
fn no_forecast_is_computed_during_a_test_even_past_the_end_of_the_day() {
    let mut fixture = AppFixture::new();
    fixture.set_exam("kinds", 20, |_| {});
    fixture.app.set_repaint_signal(RepaintSignal::new(|| {}));
    fixture.apply(Command::Test(TestCommand::Begin));
    assert!(fixture.app.tests().is_active());
    wait_for_forecasts(&mut fixture);
    for _ in 0..3 {
        fixture.pass_days(1);
        assert!(fixture.app.tests().is_active() && !fixture.app.goals().is_forecasting());
    }
    fixture.apply(Command::Test(TestCommand::Pause));
    assert!(fixture.app.goals().is_forecasting(), "the forecasts of these days are computed afterwards");
}

/// Waits for the forecasts, which a background thread computes.
fn wait_for_forecasts(fixture: &mut AppFixture) {
    for _ in 0..1_000 {
        if !fixture.app.goals().is_forecasting() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        fixture.app.tick(&fixture.now);
    }
    panic!("the forecast never came");
}

#[test]
fn before_the_first_answer_a_new_exam_is_about_the_first_deck() {
    let mut fixture = AppFixture::new();
    let first = fixture.app.library().decks()[0].deck.id.clone();
    fixture.apply(Command::Goal(GoalCommand::New));
    let form = fixture.app.goals().page().and_then(|page| page.form.as_ref()).expect("the form");
    assert_eq!(form.deck, first);
}
