//! The time of an answer counts up to a bound that is a setting, and counts alike wherever times are summed up.

use linchpin::app::command::Command;
use linchpin::app::scores::ScoresCommand;
use linchpin::app::settings::{Settings, range};
use linchpin::app::study::StudyCommand;
use linchpin::app::{Screen, Setting};
use linchpin::domain::forecast::ForecastInput;
use linchpin::domain::goal::Goal;
use linchpin::domain::score::{Period, VERDICT_SECONDS};

use crate::fixtures::AppFixture;
use crate::fixtures::time::later;

/// Waits for `seconds`, answers, and goes on.
fn answer_after(fixture: &mut AppFixture, seconds: i64) {
    // The command itself comes three seconds later.
    fixture.now = later(&fixture.now, (seconds - 3) * 1_000);
    fixture.answer(true);
    fixture.next_card();
}

/// Total seconds on the Scores screen.
fn seconds_in_scores(fixture: &mut AppFixture) -> f64 {
    fixture.apply(Command::Go(Screen::Scores));
    fixture.apply(Command::Scores(ScoresCommand::SetPeriod(Period::All)));
    let days = &fixture.app.scores().charts().expect("charts").days;
    days.iter().map(|day| day.answer_ms as f64 / 1_000.0).sum()
}

/// Seconds per answer in a forecast.
fn seconds_in_forecast(fixture: &AppFixture) -> f64 {
    let deck = &fixture.app.library().deck("kinds").expect("it").deck;
    let goal = Goal {
        name: "Exam".to_owned(),
        deck: "kinds".into(),
        topics: Vec::new(),
        exam: fixture.now.day().plus(10).date(),
        target_percent: 85,
        minutes_a_day: None,
        plan: None,
    };
    let input = ForecastInput::collect(
        deck,
        fixture.app.progress(),
        &goal,
        fixture.app.scheduler(),
        fixture.now.day(),
        &std::sync::atomic::AtomicBool::new(false),
    );
    input.expect("readable").expect("an exam ahead").seconds_per_answer
}

/// Total seconds and the bound in `stats --json` of the built program.
fn seconds_in_terminal(fixture: &AppFixture) -> (f64, u64) {
    let args =
        ["--data-dir", fixture.folder().to_str().expect("a path"), "stats", "--json", "--period", "all"];
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_linchpin")).args(args).output();
    let output = program.expect("it runs");
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let days = stats["days"].as_array().expect("days").iter();
    let seconds = days.map(|day| day["seconds"].as_f64().expect("a number")).sum();
    (seconds, stats["longest_answer_seconds"].as_u64().expect("a number"))
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-6, "{found}, and not {wanted}");
}

#[test]
fn the_time_of_an_answer_counts_up_to_the_bound_of_the_setting_everywhere() {
    let mut fixture = AppFixture::studying();
    for seconds in [75, 20, 4_000] {
        answer_after(&mut fixture, seconds);
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    let mut minutes = Vec::new();
    for (longest, counted) in
        [(None, 75.0 + 20.0 + 300.0), (Some(60), 60.0 + 20.0 + 60.0), (Some(1_800), 1_895.0)]
    {
        if let Some(seconds) = longest {
            fixture.apply(Command::Set(Setting::LongestAnswerSeconds(seconds)));
        }
        near(seconds_in_scores(&mut fixture), counted);
        near(seconds_in_forecast(&fixture), counted / 3.0 + VERDICT_SECONDS);
        assert_eq!(seconds_in_terminal(&fixture), (counted, u64::from(longest.unwrap_or(300))));
        minutes.push(fixture.app.figures().minutes());
        // The setting is still there after a restart.
        fixture = fixture.reopen();
        near(seconds_in_scores(&mut fixture), counted);
        assert_eq!(Some(&fixture.app.figures().minutes()), minutes.last());
    }
    assert!(minutes[1] < minutes[0] && minutes[0] < minutes[2], "Today shows the same: {minutes:?}");
}

#[test]
fn settings_without_the_bound_still_open_and_the_bound_stays_in_its_range() {
    let folder = tempfile::tempdir().expect("a folder");
    let load = |text: &str| {
        std::fs::write(folder.path().join("settings.ron"), text).expect("a file");
        let (settings, problem) = Settings::load(folder.path());
        assert_eq!(problem, None);
        settings
    };
    let old = load("(theme: Dark, text_percent: 100, new_cards_a_day: 7, rollover_hour: 4)");
    assert_eq!((old.new_cards_a_day, old.longest_answer_seconds), (7, 300));
    assert_eq!(load("(longest_answer_seconds: 0)").longest_answer_seconds, *range::LONGEST_ANSWER.start());
    assert_eq!(load("(longest_answer_seconds: 99999)").longest_answer_seconds, *range::LONGEST_ANSWER.end());
}
