//! The forecast of an exam: its ranges hold what then happens, and it obeys the laws of its matter.

mod simulated;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use linchpin::domain::deck::Deck;
use linchpin::domain::forecast::{Forecast, Input, Range};
use linchpin::domain::goal::Goal;
use linchpin::domain::seed::{rng, seed_of};
use rand::{Rng, RngExt};
use simulated::student::{Session, Student};

const FIRST: Date = Date::constant(2026, 3, 2);

fn date(day: u32) -> Date {
    FIRST.saturating_add(jiff::Span::new().days(i64::from(day)))
}

fn sitting(day: u32, new_cards: usize, answers: usize) -> Session {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    Session { begin: simulated::moment(date(day), 18 * 60, &zone), zone, new_cards, answers }
}

/// Somebody who has studied a deck of 40 cards for three weeks, and keeps things for another time than the model says.
fn somebody(seed: u64) -> (Arc<Deck>, Student) {
    let deck = Arc::new(simulated::deck::parsed(&simulated::deck::text(40, seed)));
    let mut student = Student::new(deck.clone(), seed);
    let mut chance = rng(seed_of(&format!("somebody {seed}")));
    let bell: f64 = (0..12).map(|_| chance.random::<f64>()).sum::<f64>() - 6.0;
    student.mind.keeps = (0.25 * bell).exp() as f32;
    for day in 0..21 {
        if chance.random::<f64>() < 0.8 {
            student.study(&sitting(day, 2, chance.random_range(6..14)));
        }
    }
    (deck, student)
}

fn goal(deck: &Deck, exam: u32) -> Goal {
    Goal {
        name: "Exam".to_owned(),
        deck: deck.id.clone(),
        topics: Vec::new(),
        exam: date(exam),
        target_percent: 85,
        minutes_a_day: None,
        plan: None,
    }
}

fn input(deck: &Deck, student: &Student, goal: &Goal, day: u32) -> Input {
    let today = sitting(day, 0, 0).begin.day();
    Input::of(deck, &student.progress, goal, &student.rules, today, || true).expect("an exam ahead")
}

fn forecast(deck: &Deck, student: &Student, goal: &Goal, day: u32) -> Forecast {
    Forecast::of(&input(deck, student, goal, day), None, || true).expect("nobody calls it off")
}

/// Share of right answers in a test of every card on a day.
fn result(student: &Student, day: u32, chance: &mut impl Rng) -> f64 {
    let answers = student.sits_a_test(sitting(day, 0, 0).begin.day(), chance);
    answers.iter().filter(|(_, right)| *right).count() as f64 / answers.len() as f64
}

fn holds(range: &Range, result: f64) -> bool {
    (range.low - 1e-9..=range.high + 1e-9).contains(&result)
}

#[test]
fn in_nine_of_ten_cases_what_happens_lies_within_the_range() {
    let (mut stopped, mut planned, mut runs) = (0, 0, 0);
    for seed in 0..200 {
        let (deck, student) = somebody(seed);
        let exam = 21 + 4 + (seed % 12) as u32;
        let forecast = forecast(&deck, &student, &goal(&deck, exam), 21);
        let mut chance = rng(seed_of(&format!("exam {seed}")));
        runs += 1;
        stopped += u32::from(holds(&forecast.total.stop, result(&student, exam, &mut chance)));

        let planned_ = forecast.planned.expect("days left");
        let mut follows = student;
        let seconds = input(&deck, &follows, &goal(&deck, exam), 21).seconds;
        for day in 21..exam {
            follows.follow(&planned_.plan, forecast.exam, seconds, &sitting(day, 0, 0));
        }
        let range = forecast.total.plan.expect("days left");
        planned += u32::from(holds(&range, result(&follows, exam, &mut chance)));
    }
    println!("of {runs}: {stopped} when stopping, {planned} with the plan");
    assert!(stopped * 10 >= runs * 9, "{stopped} of {runs} when stopping");
    assert!(planned * 10 >= runs * 9, "{planned} of {runs} with the plan");
}
