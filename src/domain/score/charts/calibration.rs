//! Calibration: predicted against actual scores.

use super::Accuracy;

/// Maximum number of bins in [`super::ChartData::calibration`].
const MAX_BINS: usize = 10;
/// Predictions are first counted in bins of one percent. Bins of equal weight are made from these.
const FINE_BINS: usize = 100;

/// Answers with about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// Mean predicted score, 0 to 1.
    pub predicted: f64,
    /// The actual scores.
    pub actual: Accuracy,
}

/// The bins of one percent: the sum of the predictions and the actual scores.
#[derive(Clone, Debug)]
pub(super) struct Predictions(Vec<(f64, Accuracy)>);

impl Default for Predictions {
    fn default() -> Self {
        Self(vec![Default::default(); FINE_BINS])
    }
}

impl Predictions {
    /// Adds an answer with its predicted and its actual score, both 0 to 1.
    pub(super) fn add(&mut self, predicted: f64, score: f64) {
        let (sum, actual) = &mut self.0[((predicted * FINE_BINS as f64) as usize).min(FINE_BINS - 1)];
        *sum += predicted;
        actual.add(score);
    }

    /// Joins neighbouring bins until each has its share of the answers. Bins of equal width would put most
    /// answers in one bin, because most predictions are high.
    pub(super) fn equal_weight_bins(&self) -> Vec<CalibrationBin> {
        let total: usize = self.0.iter().map(|(_, actual)| actual.answers).sum();
        let answers_per_bin = total.div_ceil(MAX_BINS).max(1);
        let mut bins = Vec::new();
        let (mut predicted, mut actual) = (0.0, Accuracy::default());
        for (sum, answers) in &self.0 {
            predicted += sum;
            actual.absorb(answers);
            if actual.answers >= answers_per_bin {
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
