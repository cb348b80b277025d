//! Exam dates through the whole program: the schedule follows the plan until the day, and no longer.

use crate::desk::{Desk, kinds};
use linchpin::app::command::{Command, Scope, Take};
use linchpin::app::goals::{GoalCommand, GoalForm};
use linchpin::app::study::{Stage, outcome_of};
use linchpin::app::test::TestCommand;
use linchpin::app::{Setting, Settings, Wake};
use linchpin::domain::event::Due;
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::task::Response;
use linchpin::domain::test::Setup;
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
    desk.app.forecast_now(None, &now);
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
        nearest_minutes: None,
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
        plan: None,
    };
    let plans = ron::to_string(&vec![(&goal, plan)]).expect("plans");
    std::fs::create_dir_all(desk.folder().join("cache")).expect("a folder");
    std::fs::write(desk.folder().join("cache/plans.ron"), plans).expect("plans can be written");
    let settings = Settings { goals: vec![goal], ..desk.app.settings().clone() };
    settings.save(desk.folder()).expect("settings can be written");
    let desk = desk.reopen();
    assert_eq!(desk.app.settings().goals[0].plan, Some(plan));
    desk
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
fn a_new_plan_writes_no_settings() {
    let mut desk = Desk::new();
    set_exam(&mut desk, 20, |form| form.minutes_a_day = Some(20));
    let path = desk.folder().join("settings.ron");
    let before = desk.app.settings().goals[0].plan.expect("worked out");
    // Somebody edits the file while the program runs and the next day begins.
    let edited = format!("{} // edited", std::fs::read_to_string(&path).expect("settings"));
    std::fs::write(&path, &edited).expect("a file");
    desk.sleep(1);
    let now = desk.now;
    desk.app.forecast_now(None, &now);
    let made = desk.app.settings().goals[0].plan.expect("worked out");
    assert_ne!(before.made_on, made.made_on);
    assert_eq!(std::fs::read_to_string(&path).expect("settings"), edited);
    let desk = desk.reopen();
    assert_eq!(desk.app.settings().goals[0].plan, Some(made), "and it is kept all the same");

    // An exam that was changed in the file has another plan; a file of plans that cannot be read has none.
    std::fs::write(&path, edited.replace("target_percent: 85", "target_percent: 95")).expect("a file");
    let desk = desk.reopen();
    assert_eq!((desk.app.settings().goals[0].target_percent, desk.app.settings().goals[0].plan), (95, None));
    std::fs::write(&path, edited).expect("a file");
    std::fs::write(desk.folder().join("cache/plans.ron"), "[(").expect("a file");
    let mut desk = desk.reopen();
    assert_eq!((desk.app.settings().goals.len(), desk.app.settings().goals[0].plan), (1, None));
    desk.app.forecast_now(None, &now);
    assert_eq!(desk.app.settings().goals[0].plan, Some(made));
}

#[test]
fn settings_of_the_time_when_plans_were_kept_in_them_can_be_read() {
    let desk = Desk::new();
    let settings = r#"(goals: [(name: "Finals", deck: "kinds", topics: [], exam: "2026-12-20", target_percent: 85,
        minutes_a_day: None, plan: Some((retention_percent: 80, last_look_percent: None, last_look_days: 3,
        new_cards_a_day: 20, minutes_a_day: 60, enough_minutes: None, made_on: "2026-11-23")))])"#;
    std::fs::write(desk.folder().join("settings.ron"), settings).expect("a file");
    let desk = desk.reopen();
    assert_eq!(desk.app.settings().goals.len(), 1, "{:?}", desk.app.notice());
    assert_eq!(desk.app.settings().goals[0].plan, None);
}

#[test]
fn a_day_that_is_too_far_off_is_not_foreseen_also_when_it_was_typed_into_the_file() {
    let desk = Desk::new();
    let exam = |day: &str| format!(r#"(name: "{day}", deck: "kinds", exam: "{day}", target_percent: 85)"#);
    let settings = format!("(goals: [{}, {}])", exam("9999-12-30"), exam("2026-12-20"));
    std::fs::write(desk.folder().join("settings.ron"), settings).expect("a file");
    let mut desk = desk.reopen();
    let now = desk.now;
    desk.app.forecast_now(Some("rok-us-alliance"), &now);
    assert!(desk.app.goals().forecast(1).is_none(), "of another deck");
    desk.app.forecast_now(None, &now);
    assert!(desk.app.goals().forecast(0).is_none() && desk.app.goals().forecast(1).is_some());
    assert_eq!(desk.app.settings().goals[0].plan, None);
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
fn a_plan_that_comes_while_an_answer_shows_changes_no_interval_on_its_buttons() {
    let mut desk = with_plan(Desk::new(), 6, |plan| {
        plan.made_on = plan.made_on.yesterday().expect("a day");
    });
    let now = desk.now;
    desk.start(kinds(), Take::Today);
    desk.until("recall");
    desk.apply(Command::ShowAnswer);
    let asked = desk.asked().clone();
    let Stage::Revealed { outcomes, .. } = &asked.stage else { panic!("revealed") };
    let rules = |desk: &Desk| desk.app.scheduler_of(&asked.key, now.day()).desired_retention;
    assert_eq!(rules(&desk), 0.8);
    desk.app.forecast_now(None, &now);
    assert_ne!(rules(&desk), 0.8, "another plan");
    assert_eq!(desk.asked().rules().map(|rules| rules.desired_retention), Some(0.8), "what explains them");
    desk.apply(Command::Rate(Rating::Easy));
    let other = desk.app.scheduler_of(&asked.key, now.day());
    let other = other.outcomes(&asked.key, asked.task.kind, &asked.before, &now);
    let shown = outcome_of(outcomes, Rating::Easy).due;
    assert_ne!(outcome_of(&other, Rating::Easy).due, shown, "it would be another interval");
    assert_eq!(desk.state(&asked.key).due, Some(shown));
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
fn the_plans_day_is_one_however_many_topics_it_is_studied_in() {
    let topic = |name: &str| Scope::Topic { deck: "kinds".into(), topic: name.to_owned() };
    let studied = |desk: &mut Desk, name: &str| {
        desk.start(topic(name), Take::Today);
        let mut keys = desk.finish();
        desk.apply(Command::EndSession);
        keys.sort();
        keys.dedup();
        keys.len()
    };
    let mut desk = with_plan(Desk::new(), 30, |plan| plan.new_cards_a_day = 3);
    assert_eq!((studied(&mut desk, "one"), studied(&mut desk, "two")), (3, 0));
    desk.sleep(1);
    assert!(studied(&mut desk, "two") >= 3, "another day has new cards again");

    // The same for the time: what topic one took is gone for topic two.
    let with_a_minute = || {
        let mut desk = Desk::studying();
        desk.finish();
        desk.apply(Command::EndSession);
        desk.sleep(60);
        with_plan(desk, 30, |plan| plan.minutes_a_day = 1)
    };
    let alone = studied(&mut with_a_minute(), "two");
    let mut desk = with_a_minute();
    let (one, two) = (studied(&mut desk, "one"), studied(&mut desk, "two"));
    assert!(one > 0 && two < alone, "{one} and {two}, alone {alone}");
    assert!(studied(&mut desk, "two") + studied(&mut desk, "one") <= 1, "the minute is over");
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

#[test]
fn a_test_that_counts_grants_what_the_plan_would() {
    let mut desk = Desk::studying();
    desk.finish();
    desk.apply(Command::EndSession);
    let mut desk = with_plan(desk, 40, |plan| plan.last_look_percent = None);
    desk.sleep(3);
    let setup = Setup { decks: vec!["kinds".into()], kinds: vec![Kind::Bool], ..Setup::default() };
    for command in [TestCommand::SetSetup(Setup { counts: true, ..setup }), TestCommand::Begin] {
        desk.apply(Command::Test(command));
    }
    let card = desk.card("kinds", 3);
    let before = desk.state(&card);
    desk.apply(Command::Test(TestCommand::Answer(Response::Bool(true))));
    desk.apply(Command::Test(TestCommand::HandIn));
    let outcomes = |rules: &Scheduler| rules.outcomes(&card, Kind::Bool, &before, &desk.now);
    let good = |rules: &Scheduler| outcome_of(&outcomes(rules), Rating::Good).due;
    let rules = desk.app.scheduler_of(&card, desk.now.day());
    assert_ne!(good(rules), good(desk.app.scheduler()), "the plan makes a difference");
    assert_eq!(desk.state(&card).due, Some(good(rules)));
}

#[test]
fn no_forecast_is_worked_out_while_a_test_runs_also_over_the_end_of_a_day() {
    let mut desk = Desk::new();
    set_exam(&mut desk, 20, |_| {});
    desk.app.wakes(Wake::new(|| {}));
    desk.apply(Command::Test(TestCommand::Begin));
    assert!(desk.app.tests().is_running());
    wait_for_forecasts(&mut desk);
    for _ in 0..3 {
        desk.sleep(1);
        assert!(desk.app.tests().is_running() && !desk.app.goals().is_forecasting());
    }
    desk.apply(Command::Test(TestCommand::Leave));
    assert!(desk.app.goals().is_forecasting(), "what the days brought is made up for");
}

/// Waits until what is worked out beside the window is there.
fn wait_for_forecasts(desk: &mut Desk) {
    for _ in 0..1_000 {
        if !desk.app.goals().is_forecasting() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.app.tick(&desk.now);
    }
    panic!("the forecast never came");
}

#[test]
fn before_anything_was_studied_an_exam_is_about_the_first_deck() {
    let mut desk = Desk::new();
    let first = desk.app.library().decks()[0].deck.id.clone();
    desk.apply(Command::Goal(GoalCommand::New));
    let form = desk.app.goals().page().and_then(|page| page.form.as_ref()).expect("the form");
    assert_eq!(form.deck, first);
}
