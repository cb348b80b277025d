//! Resolving a typing slip (see `grade::slip`): it scores half a point until the learner says whether the
//! right answer was meant.

use super::grade::{Correctness, Marks, Verdict};

/// Score of a slip whose right answer was meant.
const SCORE_IF_MEANT: f64 = 1.0;
/// Score of a slip whose right answer was not known.
const SCORE_IF_NOT_KNOWN: f64 = 0.0;

impl Verdict {
    /// Whether the learner still has to say what was meant: nothing but slips is wrong.
    pub fn is_unresolved_slip(&self) -> bool {
        self.correctness() == Correctness::Almost
    }

    /// The verdict after the learner said whether the right answer was `meant`. All other verdicts stay the
    /// same.
    pub fn resolve_slip(self, meant: bool) -> Self {
        if !self.is_unresolved_slip() {
            return self;
        }
        let slip_score = if meant { SCORE_IF_MEANT } else { SCORE_IF_NOT_KNOWN };
        let mut marks = self.marks;
        let (mut score, mut right, mut total) = (slip_score, 0, 0);
        if let Marks::Cloze(gaps) = &mut marks {
            for gap in gaps.iter_mut().filter(|gap| gap.almost) {
                (gap.score, gap.almost) = (slip_score, false);
            }
            // The other gaps keep their scores.
            (right, total) = (gaps.iter().filter(|gap| gap.score >= SCORE_IF_MEANT).count(), gaps.len());
            score = gaps.iter().map(|gap| gap.score).sum::<f64>() / total.max(1) as f64;
        }
        let headline = match meant {
            true => "Right: you meant it".to_owned(),
            false if right > 0 => format!("{right} of {total} gaps"),
            false => "Wrong: you didn’t know it".to_owned(),
        };
        Self { score, headline, almost: false, marks, ..self }
    }
}
