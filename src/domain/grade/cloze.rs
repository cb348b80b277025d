//! Gaps: each a typed answer of its own.

use super::text::{self, Judged};
use super::{GapMark, Marks, Verdict};
use crate::domain::task::TaskPiece;

/// The mean over the gaps; a gap that `typed` has no text for is empty.
pub(super) fn grade(pieces: &[TaskPiece], typed: &[String]) -> Verdict {
    let judged: Vec<Judged> = pieces
        .iter()
        .filter_map(|piece| match piece {
            TaskPiece::Gap { answer, .. } => Some(answer),
            TaskPiece::Text(_) => None,
        })
        .enumerate()
        .map(|(gap, answer)| text::judge(answer, typed.get(gap).map_or("", String::as_str)))
        .collect();
    let total = judged.len();
    let right = judged.iter().filter(|gap| gap.score >= 1.0).count();
    let score = judged.iter().map(|gap| gap.score).sum::<f64>() / total.max(1) as f64;
    // What all the gaps have in common is said of them all; so is what is said of a single one.
    let common = judged.first().filter(|first| judged.iter().all(|gap| gap.headline == first.headline));
    let misspelt = judged.iter().find(|gap| gap.score >= 1.0 && gap.headline != "Right");
    let headline = match (common, misspelt) {
        (Some(gap), _) if total == 1 || gap.score >= 1.0 || gap.headline == "No answer" => {
            gap.headline.clone()
        }
        (_, Some(gap)) if right == total => gap.headline.clone(),
        _ => format!("{right} of {total} gaps"),
    };
    let marks: Vec<GapMark> = judged
        .into_iter()
        .map(|gap| GapMark { score: gap.score, almost: gap.almost, text: gap.marks })
        .collect();
    let almost = right < total && marks.iter().all(|gap: &GapMark| gap.score >= 1.0 || gap.almost);
    Verdict { almost, ..Verdict::new(score, headline, Marks::Gaps(marks)) }
}
