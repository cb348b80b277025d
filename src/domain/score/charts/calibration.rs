//! What was predicted against what happened.

use super::Accuracy;

/// Most bins of [`super::ChartData::calibration`].
const MAX_BINS: usize = 10;
/// Predictions are gathered by the percent before bins of equal weight are made.
const FINE_BINS: usize = 100;

/// Answers with about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// Mean of what was predicted: the expected score.
    pub predicted: f64,
    /// What happened.
    pub actual: Accuracy,
}

/// Predictions by the percent: their sum, and what happened.
#[derive(Clone, Debug)]
pub(super) struct Predictions(Vec<(f64, Accuracy)>);

impl Default for Predictions {
    fn default() -> Self {
        Self(vec![Default::default(); FINE_BINS])
    }
}

impl Predictions {
    /// Adds an answer with its expected score, 0 to 1, and its score.
    pub(super) fn add(&mut self, predicted: f64, score: f64) {
        let (sum, actual) = &mut self.0[((predicted * FINE_BINS as f64) as usize).min(FINE_BINS - 1)];
        *sum += predicted;
        actual.add(score);
    }

    /// Adds others.
    pub(super) fn absorb(&mut self, other: &Predictions) {
        for (ours, theirs) in self.0.iter_mut().zip(&other.0) {
            ours.0 += theirs.0;
            ours.1.absorb(&theirs.1);
        }
    }

    /// Neighbouring percents joined until each bin has its share of the answers: bins of equal width would leave most
    /// answers in one, for most predictions are high.
    pub(super) fn equal_weight_bins(&self) -> Vec<CalibrationBin> {
        let total: usize = self.0.iter().map(|(_, actual)| actual.answers).sum();
        let wanted = total.div_ceil(MAX_BINS).max(1);
        let mut bins = Vec::new();
        let (mut predicted, mut actual) = (0.0, Accuracy::default());
        for (sum, answers) in &self.0 {
            predicted += sum;
            actual.absorb(answers);
            if actual.answers >= wanted {
                bins.push(CalibrationBin { predicted: predicted / actual.answers as f64, actual });
                (predicted, actual) = (0.0, Accuracy::default());
            }
        }
        if actual.answers > 0 {
            bins.push(CalibrationBin { predicted: predicted / actual.answers as f64, actual });
        }
        bins
    }
}
