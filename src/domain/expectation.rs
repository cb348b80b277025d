//! Expected test scores, of one card and of many cards together.

/// Probability of a slip in the sense of test theory: a wrong answer although the card is known. (Typing
/// slips are another matter, see `grade::slip`.)
pub const SLIP_PROBABILITY: f64 = 0.05;

/// Expected score of one card, 0 to 1: `R(1−s) + (1−R)g`. The learner either knows the card and does not
/// slip, or does not know it and guesses right. `recall` is R (0 for a new card), `blind_chance` is g, and s
/// is [`SLIP_PROBABILITY`].
///
/// The form is that of the DINA model of psychometrics (Junker and Sijtsma, 2001), with its slip and guess
/// parameters.
pub fn expected_score(recall: f64, blind_chance: f64) -> f64 {
    recall * (1.0 - SLIP_PROBABILITY) + (1.0 - recall) * blind_chance
}

/// The predicted sum of the scores of several cards: mean and variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expectation {
    /// The number of cards.
    pub cards: usize,
    /// Expected sum of the scores.
    pub mean: f64,
    /// Variance of that sum, computed as if every score were 0 or 1. Partial credit varies less, so it is an
    /// upper bound.
    pub variance: f64,
}

impl Expectation {
    /// Adds a card with this expected score (0 to 1), independent of the others.
    pub fn add(&mut self, expected: f64) {
        self.cards += 1;
        self.mean += expected;
        self.variance += expected * (1.0 - expected);
    }

    /// Adds the cards of another expectation.
    pub fn absorb(&mut self, other: &Expectation) {
        self.cards += other.cards;
        self.mean += other.mean;
        self.variance += other.variance;
    }

    /// 95 % prediction interval of the sum, within 0 and the number of cards: the normal approximation, half
    /// a card wider to each side because counts of right answers are integers (continuity correction).
    pub fn interval_95(&self) -> (f64, f64) {
        const Z: f64 = 1.959_963_984_540_054;
        let half = Z * self.variance.sqrt() + if self.variance > 0.0 { 0.5 } else { 0.0 };
        ((self.mean - half).max(0.0), (self.mean + half).min(self.cards as f64))
    }

    /// Expected mean score, 0 to 1; `None` without cards.
    pub fn share(&self) -> Option<f64> {
        (self.cards > 0).then(|| self.mean / self.cards as f64)
    }
}

impl FromIterator<f64> for Expectation {
    fn from_iter<T: IntoIterator<Item = f64>>(scores: T) -> Self {
        let mut sum = Expectation::default();
        for expected in scores {
            sum.add(expected);
        }
        sum
    }
}
