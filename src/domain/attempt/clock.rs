//! The time of a test.

/// The longest silence that still counts, in milliseconds: an open test is heard of far more often.
pub const MAX_GAP_MS: i64 = 60_000;

/// How much of a test's time has passed.
///
/// Time counts while the program runs with the test open. The clock is told the time every few seconds at most
/// ([`Clock::tick`]); where it was not told for longer than [`MAX_GAP_MS`] the program was not running, or the computer
/// slept, and nothing of that gap counts, in the learner's favour. Nor does time in which the test was paused, nor a clock
/// that was set back. A clock on the wall that is set forward by more than the gap counts as sleep for the same reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestClock {
    spent_ms: i64,
    last_tick_ms: Option<i64>,
}

impl TestClock {
    /// A clock that stands at `spent_ms`.
    pub fn with_spent_ms(spent_ms: i64) -> Self {
        Self { spent_ms, last_tick_ms: None }
    }

    /// Begins or goes on: time counts from `now_ms` (UTC milliseconds) on.
    pub fn start(&mut self, now_ms: i64) {
        self.last_tick_ms = Some(now_ms);
    }

    /// It is `now_ms`, and the test is still open; what has passed of its time, in milliseconds.
    pub fn tick(&mut self, now_ms: i64) -> i64 {
        if let Some(before) = self.last_tick_ms {
            let gap = now_ms - before;
            if (0..=MAX_GAP_MS).contains(&gap) {
                self.spent_ms += gap;
            }
            self.last_tick_ms = Some(now_ms);
        }
        self.spent_ms
    }

    /// Milliseconds of the test's time that have passed.
    pub fn spent_ms(&self) -> i64 {
        self.spent_ms
    }
}
