//! Cloze: fill in the gaps of the prompt. Each gap is a typed answer; the notation is in [`crate::domain::cloze`].

use std::borrow::Cow;

use super::typed::TypedForm;
use super::{
    AnswerInput, AnswerPart, CardSides, Kind, PART_SEPARATOR, Response, ShownCard, TaskForm, TaskPart,
    TextRole, assignment,
};
use crate::domain::cloze::{Cloze, ClozePiece};
use crate::domain::grade::typed::{self, TypedVerdict};
use crate::domain::grade::{GapMark, Marks, Verdict, number_word};
use crate::domain::ids::Facet;

/// A Cloze task.
#[derive(Clone, Debug, PartialEq)]
pub struct ClozeTask {
    /// In reading order; gaps of other groups appear as text.
    pub pieces: Vec<TaskPiece>,
    /// Whether the answers may be given in any order.
    pub any_order: bool,
}

/// One part of a Cloze task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskPiece {
    /// CommonMark.
    Text(String),
    /// A gap to fill in.
    Gap {
        /// What the typed text is compared with.
        answer: TypedForm,
        /// Shown inside the empty gap.
        hint: Option<String>,
    },
}

impl TaskPiece {
    /// The answer of a gap; `None` for text.
    pub fn gap(&self) -> Option<&TypedForm> {
        match self {
            TaskPiece::Gap { answer, .. } => Some(answer),
            TaskPiece::Text(_) => None,
        }
    }
}

impl AnswerPart for Cloze {
    const KIND: Kind = Kind::Cloze;

    fn sides(&self) -> CardSides<'_> {
        CardSides::Gaps(self.facets())
    }

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let pieces: Vec<TaskPiece> = self
            .pieces
            .iter()
            .map(|piece| match piece {
                ClozePiece::Text(text) => TaskPiece::Text(text.clone()),
                ClozePiece::Gap(gap) if gap.facet() == *card.facet => {
                    TaskPiece::Gap { answer: card.typed_form(&gap.accepted, false), hint: gap.hint.clone() }
                }
                ClozePiece::Gap(gap) => TaskPiece::Text(gap.accepted.first().cloned().unwrap_or_default()),
            })
            .collect();
        let prompt = pieces
            .iter()
            .map(|piece| match piece {
                TaskPiece::Text(text) => text.clone(),
                TaskPiece::Gap { hint: Some(hint), .. } => format!("____ ({hint})"),
                TaskPiece::Gap { hint: None, .. } => "____".to_owned(),
            })
            .collect();
        (prompt, TaskForm::Cloze(ClozeTask { pieces, any_order: self.any_order }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        self.gaps().flat_map(|gap| &gap.accepted).for_each(|text| visit(TextRole::Gap, text.into()));
    }

    fn right_text(&self, _: &str, facet: &Facet) -> String {
        let asked = self.gaps().filter(|gap| gap.facet() == *facet);
        let answers: Vec<&str> = asked.filter_map(|gap| gap.accepted.first()).map(String::as_str).collect();
        answers.join(PART_SEPARATOR)
    }

    fn comparable_parts(&self) -> Vec<String> {
        self.gaps().flat_map(|gap| gap.accepted.clone()).collect()
    }
}

impl ClozeTask {
    /// What each gap is compared with, in reading order.
    pub fn gaps(&self) -> impl Iterator<Item = &TypedForm> {
        self.pieces.iter().filter_map(TaskPiece::gap)
    }

    /// The mean score of the gaps; a gap without a text in `typed` is empty. With `any_order`, the texts are
    /// assigned to the answers in the way that scores best, each answer once; the marks stay at the gaps that
    /// were typed into.
    fn grade_gaps(&self, any_order: bool, typed: &[String]) -> Verdict {
        let answers: Vec<&TypedForm> = self.gaps().collect();
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
        let common =
            verdicts.first().filter(|first| verdicts.iter().all(|gap| gap.headline == first.headline));
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
}

impl TaskPart for ClozeTask {
    const INPUT: AnswerInput = AnswerInput::Text;
    const INSTRUCTION: &'static str = "fill the gaps";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Cloze(typed) = response else { return Verdict::wrong() };
        self.grade_gaps(self.any_order, typed)
    }

    fn unanswered(&self) -> Marks {
        self.grade_gaps(false, &[]).marks
    }

    fn right_response(&self) -> Response {
        let first = |answer: &TypedForm| answer.accepted.first().cloned().unwrap_or_default();
        Response::Cloze(self.gaps().map(first).collect())
    }

    fn instruction(&self) -> &'static str {
        if self.any_order && self.gaps().count() > 1 {
            "fill the gaps, in any order"
        } else {
            "fill the gaps"
        }
    }

    fn typed_forms(&self) -> Vec<&TypedForm> {
        self.gaps().collect()
    }

    fn response_parts(&self, response: &Response, _: &dyn Fn(&str) -> String) -> Vec<String> {
        let Response::Cloze(texts) = response else { return Vec::new() };
        let is_blank = |text: &String| text.trim().is_empty();
        texts.iter().map(|text| if is_blank(text) { "–".to_owned() } else { text.clone() }).collect()
    }
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
