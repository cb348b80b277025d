//! The state of a card.

use super::day::{Moment, Stamp, StudyDay};
use super::event::{Change, Due};
use super::memory::{Memory, MemoryModel};
use super::rating::Rating;
use super::schedule::phase_after;

/// From this many lapses on a card is a leech: it costs more time than it is worth and should be rewritten.
pub const LEECH_LAPSES: u32 = 8;

/// For how many days a card is buried at most. The program buries until the next day; what is further ahead comes from a
/// clock that was ahead.
const MAX_BURIED_DAYS: u32 = 7;

/// The furthest that the end of a learning step is waited for, in milliseconds. The longest step takes 10 minutes; what
/// is further ahead comes from a clock that was ahead.
const MAX_STEP_AHEAD_MS: i64 = 2 * 60 * 60_000;

/// A card's phase of learning; the card type of Anki.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CardPhase {
    /// Never answered.
    #[default]
    New,
    /// On the learning steps, for the first time.
    Learning {
        /// Index of the learning step, from 0.
        step: u8,
    },
    /// Reviewed at intervals of days.
    Review,
    /// On the relearning steps, after a lapse.
    Relearning {
        /// Index of the relearning step, from 0.
        step: u8,
    },
}

/// The state that a card's events fold to.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CardState {
    /// The memory state; `None` until the first answer.
    pub memory: Option<Memory>,
    /// The phase of learning.
    pub phase: CardPhase,
    /// When it is due; `None` while it is new.
    pub due: Option<Due>,
    /// The study day of the first answer since the last reset.
    pub first_day: Option<StudyDay>,
    /// The study day of the last answer that moved the schedule.
    pub last_day: Option<StudyDay>,
    /// The rating of the last answer that moved the schedule.
    pub last_rating: Option<Rating>,
    /// The study day of the first answer, or of the last Again since: since then every answer was recalled.
    pub streak_start: Option<StudyDay>,
    /// The last interval in days; 0 on learning and relearning steps.
    pub interval_days: u32,
    /// How many answers moved the schedule.
    pub reviews: u32,
    /// How often the card was forgotten (rated Again) in [`CardPhase::Review`].
    pub lapses: u32,
    /// Whether it is suspended: not shown until resumed.
    pub suspended: bool,
    /// The first study day on which a buried card is shown again; `None` when it was never buried.
    pub buried_until: Option<StudyDay>,
}

impl CardState {
    /// Days since the last answer that moved the schedule; 0 for a new card.
    pub fn days_since_review(&self, today: StudyDay) -> u32 {
        self.last_day.map_or(0, |last| today.days_since(last))
    }

    /// Predicted recall (retrievability, 0 to 1) on a day; `None` for a new card. For how well the card is
    /// known today see [`CardState::recall_now`].
    pub fn recall(&self, model: &MemoryModel, day: StudyDay) -> Option<f64> {
        self.memory.map(|memory| model.recall(memory, self.days_since_review(day)))
    }

    /// Whether the card can be shown on that day: it is neither suspended nor still buried.
    pub fn is_available(&self, today: StudyDay) -> bool {
        !self.suspended && self.buried_on(today).is_none_or(|until| today >= until)
    }

    /// The first study day on which a buried card is shown again. `None` when it was never buried, and for a day so far
    /// ahead that only a wrong clock can have given it.
    pub(super) fn buried_on(&self, today: StudyDay) -> Option<StudyDay> {
        self.buried_until.filter(|until| *until <= today.plus(MAX_BURIED_DAYS))
    }

    /// Whether the last answer was given on a day that is still to come, as told by a clock that was ahead. Nobody knows
    /// when the card was really answered, so it is due now. One day does not count: whoever crosses the date line
    /// gains it.
    pub fn was_answered_ahead(&self, today: StudyDay) -> bool {
        self.last_day.is_some_and(|last| last > today.plus(1))
    }

    /// When the learning step ends that the card is on, in UTC milliseconds; `None` on no step. A time that only a clock
    /// that was ahead can have given counts as now.
    pub fn step_ends_ms(&self, now: &Moment) -> Option<i64> {
        match self.due? {
            Due::At(ms) if ms > now.ms().saturating_add(MAX_STEP_AHEAD_MS) => Some(now.ms()),
            Due::At(ms) => Some(ms),
            Due::Day(_) => None,
        }
    }

    /// Whether it was forgotten at least [`LEECH_LAPSES`] times.
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }

    /// The study day on which it is due; a learning step counts as due on the day of the last answer. `None`
    /// for a new card.
    pub fn due_day(&self) -> Option<StudyDay> {
        match self.due? {
            Due::Day(day) => Some(day),
            Due::At(_) => self.last_day,
        }
    }

    /// The state after one more event.
    pub(super) fn after(mut self, stamp: &Stamp, change: &Change, model: &MemoryModel) -> Self {
        match change {
            Change::Answer(review) if review.source.moves_schedule() => {
                let days = self.days_since_review(stamp.day);
                if self.phase == CardPhase::Review && review.rating == Rating::Again {
                    self.lapses += 1;
                }
                self.memory = Some(model.after(self.memory, days, review.rating));
                self.phase = phase_after(self.phase, review.kind, review.rating);
                self.due = Some(review.due);
                self.interval_days = match review.due {
                    Due::Day(day) => day.days_since(stamp.day),
                    Due::At(_) => 0,
                };
                self.first_day = self.first_day.or(Some(stamp.day));
                self.last_day = Some(stamp.day);
                self.last_rating = Some(review.rating);
                if review.rating == Rating::Again || self.streak_start.is_none() {
                    self.streak_start = Some(stamp.day);
                }
                self.reviews += 1;
            }
            Change::Suspend => self.suspended = true,
            Change::Resume => self.suspended = false,
            Change::Bury { until } => self.buried_until = Some(*until),
            Change::Reset => self = CardState { suspended: self.suspended, ..CardState::default() },
            // Practice, and tests that are not scheduled, leave the state alone.
            Change::Answer(_) => {}
            // These amend earlier events (see `CardHistory::effective_events`).
            Change::Retract(_) | Change::Rate { .. } | Change::Redate { .. } => {}
            // These say which card the events belong to (see `rekey`).
            Change::Rekey { .. } | Change::RejectMatch { .. } => {}
        }
        self
    }
}
