//! Laws that hold for every history, schedule, clock and plan. The cases are random, with a fixed seed.

mod days;
mod histories;
mod intervals;
mod plans;
pub mod rekeys;
mod summaries;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x6c69_6e63_6870_696e),
        ..ProptestConfig::default()
    }
}

fn rating() -> impl Strategy<Value = linchpin::domain::rating::Rating> {
    prop::sample::select(linchpin::domain::rating::Rating::ALL.to_vec())
}

fn kind() -> impl Strategy<Value = linchpin::domain::question::Kind> {
    prop::sample::select(linchpin::domain::question::Kind::ALL.to_vec())
}
