//! Every name that is written to disk, value by value.

use linchpin::app::scores::ScoresView;
use linchpin::app::settings::{Theme, WindowState};
use linchpin::app::{Screen, Settings};
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{Confidence, Source};
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::ids::Facet;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::score::Period;
use linchpin::domain::task::Response;
use linchpin::domain::test::{Act, ChosenTopic, Mix, Setup, Worth};

use super::snapshot::assert_unchanged;

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("it can be written")
}

fn ron<T: serde::Serialize>(value: &T) -> String {
    ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()).expect("it can be written")
}

#[test]
fn names_in_the_event_log_stay() {
    let mut text = String::new();
    let mut say = |line: String| text.push_str(&(line + "\n"));
    for source in [Source::Study, Source::Test, Source::TestUnscheduled, Source::Practice] {
        say(format!("source {}", source.name()));
    }
    for kind in Kind::ALL {
        say(format!("kind {} {}", kind.name(), json(&kind)));
    }
    for rating in [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy] {
        say(format!("rating {}", rating.number()));
    }
    for confidence in [Confidence::Sure, Confidence::ThinkSo, Confidence::Guess] {
        say(format!("confidence {} {}", confidence.name(), json(&confidence)));
    }
    for facet in [Facet::Front, Facet::Reverse, Facet::Gap("capital".into())] {
        say(format!("facet {:?} {}", facet.as_text(), json(&facet)));
    }
    for response in responses() {
        say(format!("response {}", json(&response)));
    }
    assert_unchanged("names/event-log.txt", &text);
}

fn responses() -> [Response; 9] {
    [
        Response::Recalled,
        Response::Text("Busan".to_owned()),
        Response::Bool(true),
        Response::Picks(vec![0, 2]),
        Response::Gaps(vec!["treaty".to_owned(), String::new()]),
        Response::Arrangement(vec![2, 0, 1]),
        Response::Pairs(vec![Some(1), None]),
        Response::Bins(vec![Some(0), None]),
        Response::GaveUp,
    ]
}

#[test]
fn names_in_the_log_of_tests_stay() {
    let mut acts = vec![
        Act::Show(1),
        Act::Answer { item: 0, response: None },
        Act::Flag { item: 2, flagged: true },
        Act::Confide { item: 0, confidence: Some(Confidence::ThinkSo) },
        Act::Confide { item: 0, confidence: None },
        Act::Beat,
        Act::Pause,
        Act::HandIn { by_time: true },
        Act::grade([1.0, 0.5]),
        Act::Close,
        Act::Decide { item: 1, meant: Some(true) },
        Act::Decide { item: 1, meant: None },
        Act::Discard,
    ];
    acts.extend(responses().map(|response| Act::Answer { item: 0, response: Some(response) }));
    acts.extend(Worth::ALL.map(|worth| Act::Judge { item: 3, worth }));
    let text: String = acts.iter().map(|act| format!("{} {}\n", act.name(), json(act))).collect();
    assert_unchanged("names/attempt-log.txt", &text);
}

#[test]
fn names_in_settings_stay() {
    let mut text = String::new();
    let day = StudyDay(20_780).date();
    let plan = ExamPlan {
        retention_percent: 85,
        last_look_percent: Some(95),
        last_look_days: 3,
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
        let setup = Setup {
            decks: vec!["planets".into()],
            topics: vec![ChosenTopic { deck: "planets".into(), topic: "order".to_owned() }],
            number: 7,
            kinds: Kind::ALL.to_vec(),
            minutes: Some(10),
            mix,
            counts: true,
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
