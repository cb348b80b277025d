//! Every name that is written to disk, value by value.

use linchpin::app::scores::ScoresView;
use linchpin::app::settings::Theme;
use linchpin::app::{Screen, Settings};
use linchpin::domain::attempt::{AttemptEvent, ChosenTopic, Mix, SelfGrade, TestSetup};
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{Confidence, ReviewSource};
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::ids::Facet;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::score::Period;
use linchpin::domain::task::Response;
use linchpin::ui::window_state::WindowState;

use super::snapshot::assert_unchanged;

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("it can be written")
}

fn ron<T: serde::Serialize>(value: &T) -> String {
    ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()).expect("it can be written")
}

#[test]
fn names_in_the_event_log_never_change() {
    let mut text = String::new();
    let mut add_line = |line: String| text.push_str(&(line + "\n"));
    for source in
        [ReviewSource::Study, ReviewSource::Test, ReviewSource::TestUnscheduled, ReviewSource::Practice]
    {
        add_line(format!("source {}", source.name()));
    }
    for kind in Kind::ALL {
        add_line(format!("kind {} {}", kind.name(), json(&kind)));
    }
    for rating in [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy] {
        add_line(format!("rating {}", rating.number()));
    }
    for confidence in [Confidence::Sure, Confidence::ThinkSo, Confidence::Guess] {
        add_line(format!("confidence {} {}", confidence.name(), json(&confidence)));
    }
    for facet in [Facet::Front, Facet::Reverse, Facet::Gap("capital".into())] {
        add_line(format!("facet {:?} {}", facet.as_text(), json(&facet)));
    }
    for response in responses() {
        add_line(format!("response {}", json(&response)));
    }
    assert_unchanged("names/event-log.txt", &text);
}

/// A response of each variant.
fn responses() -> [Response; 9] {
    let responses = [
        Response::Recall,
        Response::Typed("Busan".to_owned()),
        Response::Bool(true),
        Response::Choice(vec![0, 2]),
        Response::Cloze(vec!["treaty".to_owned(), String::new()]),
        Response::Order(vec![2, 0, 1]),
        Response::Match(vec![Some(1), None]),
        Response::Sort(vec![Some(0), None]),
        Response::GaveUp,
    ];
    for response in &responses {
        match response {
            // A new variant also goes into the list above.
            Response::Recall
            | Response::Typed(_)
            | Response::Bool(_)
            | Response::Choice(_)
            | Response::Cloze(_)
            | Response::Order(_)
            | Response::Match(_)
            | Response::Sort(_)
            | Response::GaveUp => {}
        }
    }
    responses
}

#[test]
fn names_in_the_attempt_log_never_change() {
    let mut events = vec![
        AttemptEvent::Show(1),
        AttemptEvent::Answer { item: 0, response: None },
        AttemptEvent::Flag { item: 2, flagged: true },
        AttemptEvent::SetConfidence { item: 0, confidence: Some(Confidence::ThinkSo) },
        AttemptEvent::SetConfidence { item: 0, confidence: None },
        AttemptEvent::Heartbeat,
        AttemptEvent::Pause,
        AttemptEvent::HandIn { by_time: true },
        AttemptEvent::grade([1.0, 0.5]),
        AttemptEvent::Complete,
        AttemptEvent::ResolveSlip { item: 1, accepted: Some(true) },
        AttemptEvent::ResolveSlip { item: 1, accepted: None },
        AttemptEvent::Discard,
    ];
    events.extend(responses().map(|response| AttemptEvent::Answer { item: 0, response: Some(response) }));
    events.extend(SelfGrade::ALL.map(|grade| AttemptEvent::SelfGrade { item: 3, grade }));
    for event in &events {
        match event {
            // A new variant also goes into the list above.
            AttemptEvent::Show(_)
            | AttemptEvent::Answer { .. }
            | AttemptEvent::Flag { .. }
            | AttemptEvent::SetConfidence { .. }
            | AttemptEvent::Heartbeat
            | AttemptEvent::Pause
            | AttemptEvent::HandIn { .. }
            | AttemptEvent::SelfGrade { .. }
            | AttemptEvent::Grade { .. }
            | AttemptEvent::Complete
            | AttemptEvent::ResolveSlip { .. }
            | AttemptEvent::Discard => {}
        }
    }
    let text: String = events.iter().map(|event| format!("{} {}\n", event.name(), json(event))).collect();
    assert_unchanged("names/attempt-log.txt", &text);
}

#[test]
fn names_in_settings_never_change() {
    let mut text = String::new();
    let day = StudyDay(20_780).date();
    let plan = ExamPlan {
        retention_percent: 85,
        pre_exam_review_percent: Some(95),
        pre_exam_review_days: 3,
        new_cards_a_day: 12,
        minutes_a_day: 25,
        enough_minutes: Some(40),
        nearest_minutes: Some(35),
        made_on: day,
    };
    let goal = Goal {
        name: "Finals".to_owned(),
        deck: "planets".into(),
        topics: vec!["order".to_owned()],
        exam: day,
        target_percent: 90,
        minutes_a_day: Some(30),
        plan: None,
    };
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        let settings = Settings {
            theme,
            text_percent: 120,
            retention_percent: 88,
            new_cards_a_day: 30,
            minutes_a_day: Some(45),
            rollover_hour: 3,
            longest_answer_seconds: 90,
            ask_confidence: true,
            reduce_motion: true,
            folders: vec!["/decks".into()],
            goals: vec![goal.clone()],
        };
        text.push_str(&format!("settings.ron\n{}\n", ron(&settings)));
    }
    text.push_str(&format!("plans.ron\n{}\n", ron(&vec![(&goal, plan)])));
    for mix in [Mix::Balanced, Mix::Weakest, Mix::Random] {
        let setup = TestSetup {
            decks: vec!["planets".into()],
            topics: vec![ChosenTopic { deck: "planets".into(), topic: "order".to_owned() }],
            question_count: 7,
            kinds: Kind::ALL.to_vec(),
            minutes: Some(10),
            mix,
            moves_schedule: true,
        };
        text.push_str(&format!("test.ron\n{}\n", ron(&setup)));
    }
    for screen in Screen::ALL {
        let state = WindowState { screen, ..WindowState::default() };
        text.push_str(&format!("window.ron\n{}\n", ron(&state)));
    }
    for period in Period::EACH {
        let scores = ScoresView { deck: Some("planets".into()), period, all_columns: true };
        text.push_str(&format!("window.ron\n{}\n", ron(&WindowState { scores, ..WindowState::default() })));
    }
    assert_unchanged("names/settings.txt", &text);
}
