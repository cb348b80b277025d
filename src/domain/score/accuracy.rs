//! Right answers of all answers, and how sure one can be of the share.

/// Answers counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Answers.
    pub answers: usize,
    /// Answers that were wholly right.
    pub right: usize,
    /// Sum of the scores, partial credit with it.
    pub score_sum: f64,
}

impl Accuracy {
    /// Counts an answer with this score, 0 to 1.
    pub fn add(&mut self, score: f64) {
        self.answers += 1;
        self.right += usize::from(score >= 1.0);
        self.score_sum += score;
    }

    /// Adds the answers of others.
    pub fn absorb(&mut self, other: &Accuracy) {
        self.answers += other.answers;
        self.right += other.right;
        self.score_sum += other.score_sum;
    }

    /// Share of answers that were wholly right, 0 to 1; `None` without answers.
    pub fn share(&self) -> Option<f64> {
        super::ratio(self.right, self.answers)
    }

    /// 95 % interval of [`Accuracy::share`].
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson_95(self.right as f64, self.answers)
    }

    /// Mean score, partial credit counted, 0 to 1; `None` without answers.
    pub fn mean_score(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.score_sum / self.answers as f64)
    }

    /// 95 % interval of [`Accuracy::mean_score`]: as if every answer were right or wrong, so never too narrow.
    pub fn score_interval(&self) -> Option<(f64, f64)> {
        wilson_95(self.score_sum, self.answers)
    }
}

/// Wilson's score interval at 95 % (E. B. Wilson, 1927): honest for few answers and near 0 and 1.
/// `right` may hold partial credit.
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
