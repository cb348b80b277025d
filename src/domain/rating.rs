//! The four ratings, and how a score becomes one.

use std::fmt;

use super::grade::{Correctness, Verdict};

/// The rating of an answer, which the scheduler works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Forgotten.
    Again = 1,
    /// Recalled with trouble.
    Hard = 2,
    /// Recalled.
    Good = 3,
    /// Recalled without effort.
    Easy = 4,
}

/// Version of the rule in [`Rating::from_verdict`]. It is stored with every answer, so that a later rule does
/// not reinterpret earlier answers.
pub const MAPPING_VERSION: u8 = 2;

impl Rating {
    /// From worst to best.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// Rates a verdict: Good for a right answer, Hard for a slip and from a score of 0.8 on, Again below, and
    /// for an answer that was `guessed`. Never Easy, and never by the time taken or by the predicted recall,
    /// because that would feed back into the fitting of the model.
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

    /// The rating of an answer that counts as right: see [`Rating::from_verdict`].
    pub fn for_right(guessed: bool) -> Rating {
        if guessed { Rating::Again } else { Rating::Good }
    }

    /// The rating's number and key, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The rating with that number; `None` outside of 1 to 4.
    pub fn from_number(number: u8) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| rating.number() == number)
    }

    /// The label of its button.
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
