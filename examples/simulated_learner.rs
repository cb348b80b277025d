//! Makes the data folder of a simulated learner: a deck, and a year of answers to it.
//!
//! `cargo run --example simulated_learner -- DIR [--seed 1 --days 365 --cards 2000 --reviews 20000]`

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "for developers, at a terminal"
)]

#[path = "../tests/fixtures/simulated_learner/mod.rs"]
mod simulated_learner;

use std::path::PathBuf;

use clap::Parser;

#[derive(Parser)]
struct Arguments {
    /// Where to make it; a directory that has no progress in it.
    dir: PathBuf,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 365)]
    days: u32,
    #[arg(long, default_value_t = 2_000)]
    cards: usize,
    #[arg(long, default_value_t = 20_000)]
    reviews: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { dir, seed, days, cards, reviews } = Arguments::parse();
    if dir.join("progress.db").exists() {
        return Err(format!("{} has progress in it already: choose another directory.", dir.display()).into());
    }
    let year = simulated_learner::simulate_year(simulated_learner::SimulationOptions {
        seed,
        days,
        cards,
        reviews,
        given: true,
    });
    year.store_in(&dir)?;
    let noon = jiff::Timestamp::from_millisecond(year.now.ms())?;
    println!(
        "{} answers to {} cards in {}. To see it on its last day: linchpin --data-dir {} --at {noon}",
        year.log.len(),
        year.deck.questions.len(),
        dir.display(),
        dir.display(),
    );
    Ok(())
}
