//! How long the forecast of an exam takes: `cargo bench --bench forecast`. It prints timings and asserts none.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

#[path = "../tests/fixtures/simulated_learner/mod.rs"]
mod simulated_learner;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use linchpin::domain::forecast::{Forecast, ForecastInput};
use linchpin::domain::goal::Goal;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::schedule::Scheduler;
use simulated_learner::{SimulationOptions, simulate_year};

fn benches(criterion: &mut Criterion) {
    for (cards, reviews, days) in [(2_000, 20_000, 30), (2_000, 20_000, 90), (50_000, 200_000, 90)] {
        let year =
            simulate_year(SimulationOptions { cards, reviews, given: false, ..SimulationOptions::default() });
        let progress = Progress::from_events(year.events(), &MemoryModel::default());
        let (scheduler, today) = (Scheduler::default(), year.now.day());
        let goal = Goal {
            name: "Exam".to_owned(),
            deck: year.deck.id.clone(),
            topics: Vec::new(),
            exam: today.plus(days).date(),
            target_percent: 90,
            minutes_a_day: None,
            plan: None,
        };
        let never = AtomicBool::new(false);
        let read = || ForecastInput::collect(&year.deck, &progress, &goal, &scheduler, today, &never);
        criterion.bench_function(&format!("read {cards} cards for a forecast"), |bench| {
            bench.iter(|| black_box(read()));
        });
        let input = read().expect("readable").expect("an exam ahead");
        criterion.bench_function(&format!("forecast and plan of {cards} cards, {days} days"), |bench| {
            bench.iter(|| Forecast::compute(black_box(&input), None, || true));
        });
    }
}

criterion_group! {
    name = forecast;
    config = Criterion::default().sample_size(10);
    targets = benches
}
criterion_main!(forecast);
