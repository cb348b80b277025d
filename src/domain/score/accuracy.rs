//! The share of right answers, with its confidence interval.

/// Counts of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Number of answers.
    pub answers: usize,
    /// Number of answers that were fully right.
    pub right: usize,
    /// Sum of the scores, including partial credit.
    pub score_sum: f64,
}

impl Accuracy {
    /// Counts one answer with this score, 0 to 1.
    pub fn add(&mut self, score: f64) {
        self.answers += 1;
        self.right += usize::from(score >= 1.0);
        self.score_sum += score;
    }

    /// Adds other counts to these.
    pub fn absorb(&mut self, other: &Accuracy) {
        self.answers += other.answers;
        self.right += other.right;
        self.score_sum += other.score_sum;
    }

    /// Share of answers that were fully right, 0 to 1. `None` without answers.
    pub fn share(&self) -> Option<f64> {
        super::ratio(self.right, self.answers)
    }

    /// 95 % confidence interval of [`Accuracy::share`]. `None` without answers.
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson_95(self.right as f64, self.answers)
    }

    /// Mean score including partial credit, 0 to 1. `None` without answers.
    pub fn mean_score(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.score_sum / self.answers as f64)
    }

    /// 95 % confidence interval of [`Accuracy::mean_score`]. Computed as if every answer were fully right or
    /// wrong, so it is never too narrow. `None` without answers.
    pub fn score_interval(&self) -> Option<(f64, f64)> {
        wilson_95(self.score_sum, self.answers)
    }
}

/// Wilson's score interval at 95 % (E. B. Wilson, 1927), as (low, high). Unlike the normal approximation it
/// is valid for few answers and for shares near 0 and 1. `right` is the number of right answers and may
/// include partial credit. `None` without answers.
pub fn wilson_95(right: f64, answers: usize) -> Option<(f64, f64)> {
    const Z: f64 = 1.959_963_984_540_054;
    if answers == 0 {
        return None;
    }
    let n = answers as f64;
    let p = right / n;
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}
