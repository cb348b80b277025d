//! A slip of the fingers is half a point until the learner says what it was.

use super::grade::{Correctness, Marks, Verdict};

/// Worth of an answer that was meant.
const SCORE_IF_MEANT: f64 = 1.0;
/// Worth of an answer that was not known.
const SCORE_IF_NOT_KNOWN: f64 = 0.0;

impl Verdict {
    /// Whether the learner is still to say what it was: nothing but slips of the fingers is wrong.
    pub fn is_unresolved_slip(&self) -> bool {
        self.correctness() == Correctness::Almost
    }

    /// The verdict after the learner said whether the right answer was meant. Any other verdict stays as it is.
    pub fn resolve_slip(self, meant: bool) -> Self {
        if !self.is_unresolved_slip() {
            return self;
        }
        let worth = if meant { SCORE_IF_MEANT } else { SCORE_IF_NOT_KNOWN };
        let mut marks = self.marks;
        let (mut score, mut right, mut total) = (worth, 0, 0);
        if let Marks::Cloze(gaps) = &mut marks {
            for gap in gaps.iter_mut().filter(|gap| gap.almost) {
                (gap.score, gap.almost) = (worth, false);
            }
            // The other gaps count as they did.
            (right, total) = (gaps.iter().filter(|gap| gap.score >= SCORE_IF_MEANT).count(), gaps.len());
            score = gaps.iter().map(|gap| gap.score).sum::<f64>() / total.max(1) as f64;
        }
        let headline = match meant {
            true => "Right: you meant it".to_owned(),
            false if right > 0 => format!("{right} of {total} gaps"),
            false => "Wrong: you did not know it".to_owned(),
        };
        Self { score, headline, almost: false, marks, ..self }
    }
}
