//! The four grades, and how a score becomes one.

use std::fmt;

use super::grade::{Correctness, Verdict};

/// What the scheduler is told about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Forgotten.
    Again = 1,
    /// Recalled with trouble.
    Hard = 2,
    /// Recalled.
    Good = 3,
    /// Recalled at once.
    Easy = 4,
}

/// Version of [`Rating::from_verdict`], kept with every answer: a later rule never reinterprets an earlier answer.
pub const MAPPING_VERSION: u8 = 2;

impl Rating {
    /// From worst to best.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// Good for a right answer, Hard for a slip of the fingers and from 0.8 on, Again below, and for an answer that was
    /// a guess. Never Easy, never from how long it took, never from the predicted recall (that would feed back into
    /// fitting).
    pub fn from_verdict(verdict: &Verdict, guessed: bool) -> Rating {
        if guessed {
            return Rating::Again;
        }
        match verdict.correctness() {
            Correctness::Right => Rating::Good,
            Correctness::Almost => Rating::Hard,
            Correctness::Partly if verdict.score >= 0.8 => Rating::Hard,
            Correctness::Partly | Correctness::Wrong => Rating::Again,
        }
    }

    /// What an answer that counts as right is rated: see [`Rating::from_verdict`].
    pub fn for_right(guessed: bool) -> Rating {
        if guessed { Rating::Again } else { Rating::Good }
    }

    /// The number on its key, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The rating of that number.
    pub fn from_number(number: u8) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| rating.number() == number)
    }

    /// The word on its button.
    pub fn name(self) -> &'static str {
        match self {
            Rating::Again => "Again",
            Rating::Hard => "Hard",
            Rating::Good => "Good",
            Rating::Easy => "Easy",
        }
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
