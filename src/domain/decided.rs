//! A slip of the fingers is half a point until the learner says what it was.

use super::grade::{Outcome, Verdict};

/// Worth of an answer that was meant.
const MEANT: f64 = 1.0;
/// Worth of an answer that was not known.
const NOT_KNOWN: f64 = 0.0;

impl Verdict {
    /// Whether the learner is still to say what it was: nothing but slips of the fingers is wrong.
    pub fn is_undecided(&self) -> bool {
        self.outcome() == Outcome::Almost
    }

    /// The verdict after the learner said whether the right answer was meant. Any other verdict stays as it is.
    pub fn decided(self, meant: bool) -> Self {
        if !self.is_undecided() {
            return self;
        }
        let (score, headline) = match meant {
            true => (MEANT, "Right: you meant it"),
            false => (NOT_KNOWN, "Wrong: you did not know it"),
        };
        Self { score, headline: headline.to_owned(), almost: false, ..self }
    }
}
