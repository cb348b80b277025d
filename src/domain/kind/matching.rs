//! Match: find the partner of each left side. The score is the share of pairs matched correctly.

use std::borrow::Cow;

use super::parts::{self, AssignedPart, factorial, parts_right, shuffled_unsolved};
use super::{
    AnswerInput, AnswerPart, Kind, PART_SEPARATOR, Response, ShownCard, TaskForm, TaskPart, TextRole,
    WrongAnswer,
};
use crate::domain::answer_text::AnswerText;
use crate::domain::grade::{Marks, Verdict, share};
use crate::domain::ids::Facet;

/// A Match task.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchTask {
    /// The left sides in the order shown, which is the author's.
    pub lefts: Vec<String>,
    /// The right sides in the order shown, shuffled.
    pub rights: Vec<String>,
    /// For each left, the index in `rights` of its partner.
    pub right_of: Vec<usize>,
}

impl AnswerPart for Vec<(String, String)> {
    const KIND: Kind = Kind::Match;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let pairs = self.iter().enumerate().collect();
        let rights = shuffled_unsolved(pairs, card.seed, |(_, (_, right))| right.as_str());
        let mut right_of = vec![0; self.len()];
        for (shown, (position, _)) in rights.iter().enumerate() {
            right_of[*position] = shown;
        }
        let lefts = self.iter().map(|(left, _)| left.clone()).collect();
        let rights = rights.into_iter().map(|(_, (_, right))| right.clone()).collect();
        (card.prompt(), TaskForm::Match(MatchTask { lefts, rights, right_of }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        for (left, right) in self {
            visit(TextRole::Option, left.into());
            visit(TextRole::Option, right.into());
        }
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        self.iter()
            .map(|(left, right)| parts::assigned_text(left, right))
            .collect::<Vec<_>>()
            .join(PART_SEPARATOR)
    }

    /// Only the pairs that were wrong.
    fn answer_text(&self, response: &Response, shown: &[String], right: String) -> AnswerText {
        if let Response::Match(partners) = response
            && partners.len() == self.len()
        {
            return parts::misplaced_only(self.iter().zip(partners).map(|((left, right), partner)| {
                AssignedPart {
                    part: left,
                    assigned: partner.and_then(|partner| shown.get(partner)).map(String::as_str),
                    belongs: right,
                }
            }));
        }
        AnswerText { response: response.text(shown), right }
    }

    fn comparable_parts(&self) -> Vec<String> {
        self.iter().map(|(left, right)| format!("{left}\n{right}")).collect()
    }

    fn blind_chance(&self) -> f64 {
        1.0 / factorial(self.len())
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, shown: &[String]) -> Vec<WrongAnswer> {
        let Response::Match(partners) = response else { return Vec::new() };
        let pairs = self.iter().zip(partners);
        pairs
            .filter_map(|((left, right), partner)| {
                let given = shown.get((*partner)?)?;
                (given != right).then(|| WrongAnswer {
                    part: left.clone(),
                    right: right.clone(),
                    given: given.clone(),
                })
            })
            .collect()
    }
}

impl TaskPart for MatchTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "match the pairs";

    /// A right that was given twice counts once.
    fn grade(&self, response: &Response) -> Verdict {
        let Response::Match(given) = response else { return Verdict::wrong() };
        let total = self.lefts.len();
        let text = |index: Option<usize>| index.and_then(|index| self.rights.get(index)).map(String::as_str);
        let labels: Vec<&str> = self.lefts.iter().map(String::as_str).collect();
        let wanted: Vec<Option<&str>> =
            (0..total).map(|left| text(self.right_of.get(left).copied())).collect();
        let chosen = |left: usize| given.get(left).copied().flatten();
        let assigned: Vec<Option<&str>> = (0..total).map(|left| text(chosen(left))).collect();
        let mut right = parts_right(&labels, &wanted, &assigned);
        for left in 0..total {
            right[left] =
                right[left] && !(0..left).any(|before| right[before] && chosen(before) == chosen(left));
        }
        if assigned.iter().all(Option::is_none) {
            return Verdict::no_answer(Marks::Parts(right));
        }
        let hits = right.iter().filter(|right| **right).count();
        let headline = if hits == total { "Right".to_owned() } else { format!("{hits} of {total} pairs") };
        Verdict::new(share(hits, total), headline, Marks::Parts(right))
    }

    fn unanswered(&self) -> Marks {
        Marks::Parts(vec![false; self.lefts.len()])
    }

    fn right_response(&self) -> Response {
        Response::Match(self.right_of.iter().copied().map(Some).collect())
    }

    fn shown_options(&self) -> Vec<String> {
        self.rights.clone()
    }

    fn response_parts(&self, response: &Response, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        let Response::Match(assigned) = response else { return Vec::new() };
        parts::assigned_parts(self.lefts.iter(), assigned, &self.rights, plain)
    }
}
