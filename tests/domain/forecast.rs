//! The forecast of an exam: its ranges contain the later result, and its figures agree with each other.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use linchpin::domain::day::Moment;
use linchpin::domain::deck::Deck;
use linchpin::domain::event::{Change, Due, Event, EventId, Review, ReviewSource};
use linchpin::domain::expectation::expected_score;
use linchpin::domain::forecast::stability::{RecallSample, StabilityPosterior};
use linchpin::domain::forecast::{Forecast, ForecastInput, ScoreRange};
use linchpin::domain::goal::{ExamPlan, Goal};
use linchpin::domain::memory::{Memory, MemoryModel};
use linchpin::domain::progress::Progress;
use linchpin::domain::rating::{MAPPING_VERSION, Rating};
use linchpin::domain::replay::ReplayError;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::seed::{rng, seed_of};
use rand::{Rng, RngExt};

use crate::fixtures::simulated_learner::student::{Session, Student};
use crate::fixtures::simulated_learner::{SimulationOptions, deck, moment, parsed_deck, simulate_year};

static NEVER: AtomicBool = AtomicBool::new(false);

const FIRST: Date = Date::constant(2026, 3, 2);

fn date(day: u32) -> Date {
    FIRST.saturating_add(jiff::Span::new().days(i64::from(day)))
}

fn session_on(day: u32, new_cards: usize, answers: usize) -> Session {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    Session { begin: moment(date(day), 18 * 60, &zone), zone, new_cards, answers }
}

/// A learner who has studied a deck of 40 cards for three weeks, and whose stability differs from the model's.
fn studied_three_weeks(seed: u64) -> (Arc<Deck>, Student) {
    let deck = Arc::new(parsed_deck(&deck::text(40, seed)));
    let mut student = Student::new(deck.clone(), seed);
    let mut chance = rng(seed_of(&format!("somebody {seed}")));
    let bell: f64 = (0..12).map(|_| chance.random::<f64>()).sum::<f64>() - 6.0;
    student.mind.stability_factor = (0.25 * bell).exp() as f32;
    for day in 0..21 {
        if chance.random::<f64>() < 0.8 {
            student.study(&session_on(day, 2, chance.random_range(6..14)));
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

fn input(deck: &Deck, student: &Student, goal: &Goal, day: u32) -> ForecastInput {
    let today = session_on(day, 0, 0).begin.day();
    ForecastInput::collect(deck, &student.progress, goal, &student.rules, today, &NEVER)
        .expect("readable")
        .expect("an exam ahead")
}

fn forecast(deck: &Deck, student: &Student, goal: &Goal, day: u32) -> Forecast {
    Forecast::compute(&input(deck, student, goal, day), None, || true).expect("not cancelled")
}

/// Share of right answers in a test of every card on a day.
fn exam_result(student: &Student, day: u32, chance: &mut impl Rng) -> f64 {
    let answers = student.take_test(session_on(day, 0, 0).begin.day(), chance);
    answers.iter().filter(|(_, right)| *right).count() as f64 / answers.len() as f64
}

fn contains(range: &ScoreRange, result: f64) -> bool {
    (range.low - 1e-9..=range.high + 1e-9).contains(&result)
}

#[test]
fn nine_of_ten_exam_results_lie_within_the_forecast_range() {
    let (mut stopped, mut planned, mut runs, mut widths) = (0, 0, 0, 0.0);
    for seed in 0..200 {
        let (deck, student) = studied_three_weeks(seed);
        let exam = 21 + 4 + (seed % 12) as u32;
        let forecast = forecast(&deck, &student, &goal(&deck, exam), 21);
        let mut chance = rng(seed_of(&format!("exam {seed}")));
        runs += 1;
        widths += forecast.total.without_study.high - forecast.total.without_study.low;
        stopped +=
            u32::from(contains(&forecast.total.without_study, exam_result(&student, exam, &mut chance)));

        let planned_study = forecast.plan.expect("days left");
        let mut follower = student;
        let seconds = input(&deck, &follower, &goal(&deck, exam), 21).seconds_per_answer;
        for day in 21..exam {
            follower.follow(&planned_study.plan, forecast.exam_day, seconds, &session_on(day, 0, 0));
        }
        let range = forecast.total.with_plan.expect("days left");
        planned += u32::from(contains(&range, exam_result(&follower, exam, &mut chance)));
    }
    assert!(stopped * 10 >= runs * 9, "{stopped} of {runs} when stopping");
    assert!(planned * 10 >= runs * 9, "{planned} of {runs} with the plan");
    // The ranges are narrow enough to be useful: chance alone makes the result of 40 questions this uncertain.
    assert!(widths / f64::from(runs) < 0.3, "{}", widths / f64::from(runs));
}

/// The same goal with a target and a daily limit of its own.
fn goal_with(deck: &Deck, exam: u32, target_percent: u8, minutes_a_day: Option<u32>) -> Goal {
    Goal { target_percent, minutes_a_day, ..goal(deck, exam) }
}

#[test]
fn a_range_holds_its_expectation_and_topics_add_up() {
    for seed in 0..6 {
        let (deck, student) = studied_three_weeks(seed);
        let forecast = forecast(&deck, &student, &goal(&deck, 35), 21);
        let lines = forecast.topics.iter().chain([&forecast.total]);
        for line in lines.filter(|line| line.cards > 0) {
            for range in
                [Some(line.without_study), line.at_current_pace, line.with_plan].into_iter().flatten()
            {
                assert!(0.0 <= range.low && range.low <= range.expected, "{range:?}");
                assert!(range.expected <= range.high && range.high <= 1.0, "{range:?}");
            }
        }
        let whole = |share: fn(&linchpin::domain::forecast::TopicForecast) -> f64| {
            forecast.topics.iter().map(|line| share(line) * line.cards as f64).sum::<f64>()
                / forecast.total.cards as f64
        };
        assert!(
            (whole(|line| line.without_study.expected) - forecast.total.without_study.expected).abs() < 1e-9
        );
        let plan = forecast.total.with_plan.expect("days left").expected;
        assert!((whole(|line| line.with_plan.expect("days left").expected) - plan).abs() < 1e-9);
        assert_eq!(forecast.total.cards, 40);
    }
}

#[test]
fn a_learner_who_stops_forgets_and_one_who_studies_knows_more() {
    for seed in 0..8 {
        let (deck, student) = studied_three_weeks(seed);
        let forecast = forecast(&deck, &student, &goal(&deck, 38), 21);
        for pair in forecast.curve.windows(2) {
            assert!(pair[1].without_study.expected <= pair[0].without_study.expected + 1e-9);
            assert!(pair[0].day < pair[1].day);
        }
        let (first, last) = (forecast.curve[0], forecast.curve[forecast.curve.len() - 1]);
        assert_eq!((first.day, last.day), (forecast.day, forecast.exam_day));
        assert_eq!(last.without_study, forecast.total.without_study);
        let (stop, plan) =
            (forecast.total.without_study.expected, forecast.total.with_plan.expect("days left").expected);
        assert!(stop <= plan + 0.01, "{stop} {plan}");
        let pace = forecast.total.at_current_pace.expect("studied").expected;
        assert!(stop <= pace + 0.02, "{stop} {pace}");
    }
}

#[test]
fn the_forecast_of_an_exam_today_is_the_recall_of_today() {
    let (deck, student) = studied_three_weeks(5);
    let forecast = forecast(&deck, &student, &goal(&deck, 21), 21);
    let today = session_on(21, 0, 0).begin.day();
    let expected: f64 = deck
        .cards()
        .map(|(key, index)| {
            let recall = student.progress.state(&key).recall(&student.rules.model, today).unwrap_or(0.0);
            expected_score(recall, deck.questions[index].answer.blind_chance())
        })
        .sum();
    // The stability factor of this learner shifts it a little.
    assert!(
        (forecast.total.without_study.expected - expected / 40.0).abs() < 0.06,
        "{:?}",
        forecast.total.without_study
    );
    assert_eq!((forecast.total.with_plan, forecast.total.at_current_pace, forecast.plan), (None, None, None));
    assert_eq!(forecast.curve.len(), 1);
}

#[test]
fn more_minutes_a_day_never_lower_the_expected_score() {
    for seed in [1, 2, 3] {
        let (deck, student) = studied_three_weeks(seed);
        let of = |minutes| {
            let forecast = forecast(&deck, &student, &goal_with(&deck, 33, 95, Some(minutes)), 21);
            forecast.total.with_plan.expect("days left").expected
        };
        let reached = [1, 2, 4, 8, 20].map(of);
        for pair in reached.windows(2) {
            assert!(pair[1] >= pair[0] - 0.015, "{reached:?}");
        }
    }
}

#[test]
fn the_plan_reaches_its_target_and_no_day_is_much_longer_than_another() {
    for seed in 0..8 {
        let (deck, student) = studied_three_weeks(seed);
        let forecast = forecast(&deck, &student, &goal_with(&deck, 42, 88, None), 21);
        let planned = forecast.plan.expect("days left");
        assert!(planned.reaches_target, "{:?}", forecast.total);
        let mean = planned.minutes_by_day.iter().sum::<f64>() / planned.minutes_by_day.len() as f64;
        let longest = planned.minutes_by_day.iter().copied().fold(0.0, f64::max);
        let last_day = planned.minutes_by_day.last().copied().expect("days left");
        // One minute of slack, because these are decks of a few minutes a day.
        assert!(longest <= mean * 1.5 + 1.0 && last_day <= mean * 1.5 + 1.0, "{:?}", planned.minutes_by_day);

        // The same holds when the plan is then followed.
        let seconds = input(&deck, &student, &goal(&deck, 42), 21).seconds_per_answer;
        let mut follower = student;
        let minutes: Vec<f64> = (21..42)
            .map(|day| {
                follower.follow(&planned.plan, forecast.exam_day, seconds, &session_on(day, 0, 0)).1 / 60.0
            })
            .collect();
        let mean = minutes.iter().sum::<f64>() / minutes.len() as f64;
        assert!(minutes[20] <= mean * 2.0 + 1.0, "{minutes:?}");
    }
}

#[test]
fn a_target_out_of_reach_comes_with_the_minutes_that_would_reach_it() {
    let (deck, student) = studied_three_weeks(1);
    let plan = |goal: &Goal| forecast(&deck, &student, goal, 21).plan.expect("days left");
    let short = plan(&goal_with(&deck, 35, 88, Some(1)));
    assert!(!short.reaches_target && short.plan.minutes_a_day == 1);
    let enough = short.plan.enough_minutes.expect("more minutes reach it");
    assert!(enough > 1);
    assert!(plan(&goal_with(&deck, 35, 88, Some(enough + 1))).reaches_target);
    let perfect = plan(&goal_with(&deck, 35, 99, Some(30)));
    assert_eq!((perfect.reaches_target, perfect.plan.enough_minutes), (false, None));
}

#[test]
fn without_history_every_card_is_new_and_there_is_no_pace() {
    let deck = Arc::new(parsed_deck(&deck::text(40, 1)));
    let student = Student::new(deck.clone(), 1);
    let forecast = forecast(&deck, &student, &goal(&deck, 41), 21);
    assert_eq!((forecast.total.unseen, forecast.pace, forecast.total.at_current_pace), (40, None, None));
    let planned = forecast.plan.expect("days left");
    assert!(planned.reaches_target && planned.plan.new_cards_a_day >= 2, "{:?}", planned.plan);
}

#[test]
fn a_plan_made_today_is_kept_and_the_same_input_gives_the_same_forecast() {
    let (deck, student) = studied_three_weeks(2);
    let input = input(&deck, &student, &goal(&deck, 35), 21);
    let made = Forecast::compute(&input, None, || true).expect("not cancelled");
    assert_eq!(Forecast::compute(&input, None, || true).expect("not cancelled"), made);
    let kept = ExamPlan { retention_percent: 89, ..made.plan.as_ref().expect("days left").plan };
    let again = Forecast::compute(&input, Some(&kept), || true).expect("not cancelled");
    assert_eq!(again.plan.expect("days left").plan, kept);
    let yesterdays = ExamPlan { made_on: date(20), ..kept };
    assert_eq!(Forecast::compute(&input, Some(&yesterdays), || true).expect("not cancelled"), made);
}

#[test]
fn a_cancelled_forecast_and_a_past_exam_give_none() {
    let (deck, student) = studied_three_weeks(2);
    let today = session_on(21, 0, 0).begin.day();
    let goal = goal(&deck, 35);
    let cancelled = ForecastInput::collect(
        &deck,
        &student.progress,
        &goal,
        &student.rules,
        today,
        &AtomicBool::new(true),
    );
    assert_eq!(cancelled.err(), Some(ReplayError::Cancelled));
    assert!(Forecast::compute(&input(&deck, &student, &goal, 21), None, || false).is_none());
    let after = session_on(36, 0, 0).begin.day();
    let over = ForecastInput::collect(&deck, &student.progress, &goal, &student.rules, after, &NEVER);
    assert!(over.expect("readable").is_none());
}

#[test]
fn a_forecast_of_many_cards_reports_that_it_samples_them() {
    let year = simulate_year(SimulationOptions {
        days: 40,
        cards: 6_000,
        reviews: 3_000,
        given: false,
        ..SimulationOptions::default()
    });
    let progress = Progress::from_events(year.events(), &MemoryModel::default());
    let today = year.now.day();
    let goal = Goal { exam: today.plus(120).date(), deck: year.deck.id.clone(), ..goal(&year.deck, 0) };
    let input = ForecastInput::collect(&year.deck, &progress, &goal, &Scheduler::default(), today, &NEVER)
        .expect("readable");
    let plan = ExamPlan {
        retention_percent: 85,
        pre_exam_review_percent: None,
        pre_exam_review_days: 1,
        new_cards_a_day: 60,
        minutes_a_day: 60,
        enough_minutes: None,
        nearest_minutes: None,
        made_on: today.date(),
    };
    let forecast =
        Forecast::compute(&input.expect("an exam ahead"), Some(&plan), || true).expect("not cancelled");
    assert!(forecast.sampled_cards.is_some_and(|cards| cards < 6_000), "{:?}", forecast.sampled_cards);
    assert_eq!(forecast.total.cards, 6_000);
    let longest = forecast.plan.expect("days left").minutes_by_day.iter().copied().fold(0.0, f64::max);
    assert!((30.0..=62.0).contains(&longest), "{longest}");
}

#[test]
fn thinned_samples_represent_the_whole_deck() {
    const DAYS: u32 = 1_100;
    let deck = parsed_deck(&deck::text(40, 1));
    let moments: Vec<Moment> = (0..DAYS).map(|day| session_on(day, 0, 0).begin).collect();
    let mut seq = 0;
    let mut events = Vec::new();
    // The first half of the deck is always known, the second never.
    for (nth, (key, question)) in deck.cards().enumerate() {
        let rating = if nth < 20 { Rating::Good } else { Rating::Again };
        let answer = &deck.questions[question].answer;
        for now in &moments {
            seq += 1;
            let review = Review {
                source: ReviewSource::Study,
                kind: answer.kind(),
                score: if nth < 20 { 1.0 } else { 0.0 },
                blind_chance: answer.blind_chance(),
                hint_used: false,
                confidence: None,
                latency_ms: 5_000,
                proposed_rating: rating,
                rating,
                mapping_version: MAPPING_VERSION,
                due: Due::Day(now.day().plus(1)),
            };
            let (id, change) = (EventId { log: 1, seq }, Change::Answer(review));
            events.push(Event { id, stamp: now.stamp, card: key.clone(), change });
        }
    }
    let progress = Progress::from_events(events, &MemoryModel::default());
    let today = session_on(DAYS, 0, 0).begin.day();
    let goal = goal(&deck, DAYS + 10);
    let input = ForecastInput::collect(&deck, &progress, &goal, &Scheduler::default(), today, &NEVER)
        .expect("readable")
        .expect("an exam");
    let right = input.samples.iter().filter(|sample| sample.is_right).count();
    let share = right as f64 / input.samples.len() as f64;
    assert!((10_000..=20_000).contains(&input.samples.len()), "{}", input.samples.len());
    assert!((share - 0.5).abs() < 0.01, "{share}");
}

#[test]
fn the_stability_factor_follows_the_answers_and_narrows_with_their_number() {
    let model = MemoryModel::default();
    let answers = |right: usize, of: usize| -> Vec<RecallSample> {
        let memory = Memory { stability: 10.0, difficulty: 5.0 };
        (0..of)
            .map(|nth| RecallSample { memory, elapsed_days: 10, blind_chance: 0.0, is_right: nth < right })
            .collect()
    };
    let median = |right, of| StabilityPosterior::from_answers(&answers(right, of), &model).quantile(0.5);
    assert!((median(0, 0) - 1.0).abs() < 1e-3, "without answers the factor is 1: {}", median(0, 0));
    // Recall of 0.9 and a slip in twenty: 171 of 200.
    assert!((median(171, 200) - 1.0).abs() < 0.1, "{}", median(171, 200));
    let rising = [80, 120, 150, 171, 185].map(|right| median(right, 200));
    assert!(rising.windows(2).all(|pair| pair[0] < pair[1]), "{rising:?}");
    // More answers narrow the interval.
    let width = |of: usize| {
        let posterior = StabilityPosterior::from_answers(&answers(of * 17 / 20, of), &model);
        posterior.quantile(0.975) / posterior.quantile(0.025)
    };
    let widths = [0, 20, 200, 2_000].map(width);
    assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
}
