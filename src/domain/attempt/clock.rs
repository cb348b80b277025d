//! The clock that measures how much of a test's time has passed.

/// The longest time between two ticks that still counts, in milliseconds. An open test ticks far more often.
pub const MAX_GAP_MS: i64 = 60_000;

/// How much of a test's time has passed.
///
/// Time counts only while the program runs with the test open. The caller passes the wall clock's time to
/// [`TestClock::tick`] well within every [`MAX_GAP_MS`]. If two ticks are further apart than [`MAX_GAP_MS`], the
/// program was not running or the computer slept. Nothing of such a gap counts, in the learner's favour. Time
/// in which the test was paused does not count either, and setting the wall clock back takes nothing away.
/// Setting it forward by more than the gap looks like sleep, so it does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestClock {
    spent_ms: i64,
    last_tick_ms: Option<i64>,
}

impl TestClock {
    /// A stopped clock with `spent_ms` milliseconds on it.
    pub fn with_spent_ms(spent_ms: i64) -> Self {
        Self { spent_ms, last_tick_ms: None }
    }

    /// Starts or resumes the clock: time counts from `now_ms` (UTC milliseconds) on.
    pub fn start(&mut self, now_ms: i64) {
        self.last_tick_ms = Some(now_ms);
    }

    /// Records that the test is still open at `now_ms` (UTC milliseconds). Returns how much of the test's
    /// time has passed so far, in milliseconds. Does nothing on a clock that was not started.
    pub fn tick(&mut self, now_ms: i64) -> i64 {
        if let Some(last_ms) = self.last_tick_ms {
            let gap = now_ms - last_ms;
            if (0..=MAX_GAP_MS).contains(&gap) {
                self.spent_ms += gap;
            }
            self.last_tick_ms = Some(now_ms);
        }
        self.spent_ms
    }

    /// How much of the test's time had passed at the last tick, in milliseconds.
    pub fn spent_ms(&self) -> i64 {
        self.spent_ms
    }
}
