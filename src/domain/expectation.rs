//! What a test would give: the expected score of a card, and of many cards together.

/// Chance of a slip: a wrong answer to what is known.
pub const SLIP_PROBABILITY: f64 = 0.05;

/// Expected score of one card, 0 to 1: `R(1−s) + (1−R)g`, the chance to know it and not to slip, or not to know it
/// and to hit blindly. `recall` is R, `blind_chance` is g. A card never seen has a recall of 0.
///
/// The same shape as the "DINA" model of test theory (Junker and Sijtsma, 2001): slip and guess around knowing.
pub fn expected_score(recall: f64, blind_chance: f64) -> f64 {
    recall * (1.0 - SLIP_PROBABILITY) + (1.0 - recall) * blind_chance
}

/// The sum of the scores of several cards, as a prediction: mean and variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expectation {
    /// How many cards.
    pub cards: usize,
    /// Expected sum of their scores.
    pub mean: f64,
    /// Variance of that sum, as if every score were 0 or 1: partial credit varies less, so this is never too small.
    pub variance: f64,
}

impl Expectation {
    /// Adds a card with this expected score, independent of the others.
    pub fn add(&mut self, expected: f64) {
        self.cards += 1;
        self.mean += expected;
        self.variance += expected * (1.0 - expected);
    }

    /// Adds other cards.
    pub fn merge(&mut self, other: &Expectation) {
        self.cards += other.cards;
        self.mean += other.mean;
        self.variance += other.variance;
    }

    /// 95 % interval of the sum, within 0 and the number of cards: normal, half a card wider to each side, because
    /// sums of right answers are whole numbers.
    pub fn interval_95(&self) -> (f64, f64) {
        const Z: f64 = 1.959_963_984_540_054;
        let half = Z * self.variance.sqrt() + if self.variance > 0.0 { 0.5 } else { 0.0 };
        ((self.mean - half).max(0.0), (self.mean + half).min(self.cards as f64))
    }

    /// Expected share, 0 to 1; `None` without cards.
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
