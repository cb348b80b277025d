//! Cloze: each gap is a typed answer.

use super::assignment;
use super::typed::{self, TypedVerdict};
use super::{GapMark, Marks, Verdict, number_word};
use crate::domain::task::{TaskPiece, TypedForm};

/// The mean score of the gaps; a gap without a text in `typed` is empty. With `any_order`, the texts are
/// assigned to the answers in the way that scores best, each answer once; the marks stay at the gaps that
/// were typed into.
pub(super) fn grade(pieces: &[TaskPiece], any_order: bool, typed: &[String]) -> Verdict {
    let answers: Vec<&TypedForm> = pieces.iter().filter_map(TaskPiece::gap).collect();
    let typed_into = |gap: usize| typed.get(gap).map_or("", String::as_str);
    let answer_gaps: Vec<usize> = match any_order && answers.len() > 1 {
        true => assigned(&answers, typed_into),
        false => (0..answers.len()).collect(),
    };
    let verdicts: Vec<TypedVerdict> = answer_gaps
        .iter()
        .enumerate()
        .map(|(gap, answer)| typed::grade_typed_text(answers[*answer], typed_into(gap)))
        .collect();
    let total = verdicts.len();
    let right = verdicts.iter().filter(|gap| gap.score >= 1.0).count();
    let score = verdicts.iter().map(|gap| gap.score).sum::<f64>() / total.max(1) as f64;
    let slips: Vec<&TypedVerdict> = verdicts.iter().filter(|gap| gap.almost).collect();
    let almost = !slips.is_empty() && right + slips.len() == total;
    // A headline that all gaps share becomes that of the whole, and so does that of the only gap.
    let common = verdicts.first().filter(|first| verdicts.iter().all(|gap| gap.headline == first.headline));
    let headline = match (common, slips.as_slice()) {
        (Some(gap), _) if total == 1 || gap.score >= 1.0 || gap.headline == "No answer" => {
            gap.headline.clone()
        }
        (_, [slip]) if almost => slip.headline.clone(),
        (_, slips) if almost => format!("Almost: {} slips", number_word(slips.len())),
        _ => format!("{right} of {total} gaps"),
    };
    let note = verdicts.iter().find_map(|gap| gap.note.clone());
    let marks: Vec<GapMark> = verdicts
        .into_iter()
        .zip(answer_gaps)
        .map(|(gap, answer_gap)| GapMark {
            score: gap.score,
            almost: gap.almost,
            answer_gap,
            letters: gap.marks,
        })
        .collect();
    Verdict { almost, note, ..Verdict::new(score, headline, Marks::Cloze(marks)) }
}

/// For each gap the index of the answer that it is compared with. A gap keeps its own answer where an
/// exchange gains nothing.
fn assigned<'t>(answers: &[&TypedForm], typed_into: impl Fn(usize) -> &'t str) -> Vec<usize> {
    let exchange = answers.len() as i64 + 1;
    let cost = |gap: usize, answer: usize| {
        let missed = 1.0 - typed::grade_typed_text(answers[answer], typed_into(gap)).score.clamp(0.0, 1.0);
        (missed * 1_000.0).round() as i64 * exchange + i64::from(gap != answer)
    };
    let each = 0..answers.len();
    let costs: Vec<Vec<i64>> =
        each.clone().map(|gap| each.clone().map(|answer| cost(gap, answer)).collect()).collect();
    assignment::cheapest(&costs)
}
