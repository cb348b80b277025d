//! Sort: put every item into its bin. The score is how many items are in the right bin, corrected for guessing.

use std::borrow::Cow;

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use super::parts::{self, AssignedPart, parts_right};
use super::{
    AnswerInput, AnswerPart, Kind, PART_SEPARATOR, Response, ShownCard, TaskForm, TaskPart, TextRole,
    WrongAnswer,
};
use crate::domain::answer_text::AnswerText;
use crate::domain::grade::{Marks, Verdict, share};
use crate::domain::ids::Facet;
use crate::domain::seed::rng;

/// One bin of a Sort answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The bin's label.
    pub name: String,
    /// The items that belong in it.
    pub items: Vec<String>,
}

/// A Sort task.
#[derive(Clone, Debug, PartialEq)]
pub struct SortTask {
    /// The bins' names in the order shown, which is the author's.
    pub bins: Vec<String>,
    /// The items in the order shown, shuffled.
    pub items: Vec<TaskSortItem>,
}

/// One item of a Sort task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSortItem {
    /// CommonMark.
    pub text: String,
    /// Index of the bin that it belongs in.
    pub bin: usize,
}

/// Each item may be put into any bin.
fn blind_chance(bins: usize, items: usize) -> f64 {
    (bins.max(1) as f64).powi(-(items as i32))
}

fn bin_of<'b>(bins: &'b [Bin], item: &String) -> Option<&'b Bin> {
    bins.iter().find(|bin| bin.items.contains(item))
}

impl AnswerPart for Vec<Bin> {
    const KIND: Kind = Kind::Sort;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let mut items: Vec<TaskSortItem> = self
            .iter()
            .enumerate()
            .flat_map(|(bin, each)| {
                each.items.iter().map(move |text| TaskSortItem { text: text.clone(), bin })
            })
            .collect();
        items.shuffle(&mut rng(card.seed));
        let bins = self.iter().map(|bin| bin.name.clone()).collect();
        (card.prompt(), TaskForm::Sort(SortTask { bins, items }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        for bin in self {
            visit(TextRole::Option, (&bin.name).into());
            bin.items.iter().for_each(|text| visit(TextRole::Option, text.into()));
        }
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        let bin = |bin: &Bin| format!("{}: {}", bin.name, bin.items.join(PART_SEPARATOR));
        self.iter().map(bin).collect::<Vec<_>>().join("; ")
    }

    /// Only the items that were wrong.
    fn answer_text(&self, response: &Response, shown: &[String], right: String) -> AnswerText {
        if let Response::Sort(assigned) = response
            && shown.len() == assigned.len()
        {
            return parts::misplaced_only(shown.iter().zip(assigned).filter_map(|(item, bin)| {
                let given = bin.and_then(|bin| self.get(bin));
                Some(AssignedPart {
                    part: item,
                    assigned: given.map(|bin| bin.name.as_str()),
                    belongs: &bin_of(self, item)?.name,
                })
            }));
        }
        AnswerText { response: response.text(shown), right }
    }

    fn comparable_parts(&self) -> Vec<String> {
        let of_bin =
            |bin: &Bin| bin.items.iter().map(|item| format!("{item}\n{}", bin.name)).collect::<Vec<_>>();
        self.iter().flat_map(of_bin).collect()
    }

    fn blind_chance(&self) -> f64 {
        blind_chance(self.len(), self.iter().map(|bin| bin.items.len()).sum())
    }

    fn wrong_answers(&self, _: &Facet, response: &Response, shown: &[String]) -> Vec<WrongAnswer> {
        let Response::Sort(assigned) = response else { return Vec::new() };
        let items = shown.iter().zip(assigned);
        items
            .filter_map(|(item, bin)| {
                let given = self.get((*bin)?).filter(|given| !given.items.contains(item))?;
                Some(WrongAnswer {
                    part: item.clone(),
                    right: bin_of(self, item)?.name.clone(),
                    given: given.name.clone(),
                })
            })
            .collect()
    }
}

impl SortTask {
    /// The score corrected for guessing. With `s` the mean, over the `n` bins that have items, of the share of
    /// their items sorted correctly, it is `(n·s − 1) / (n − 1)`, but at least 0. Everything in one bin makes `s
    /// = 1/n`, whatever the sizes of the bins, and so does blind guessing on average: both score 0. All right is
    /// 1, and every item of a bin is worth the same.
    fn beyond_chance(&self, right: &[bool]) -> f64 {
        let shares: Vec<f64> = (0..self.bins.len())
            .filter_map(|bin| {
                let in_bin = self.items.iter().zip(right).filter(|(item, _)| item.bin == bin);
                let inside: Vec<bool> = in_bin.map(|(_, right)| *right).collect();
                let hits = inside.iter().filter(|right| **right).count();
                (!inside.is_empty()).then(|| share(hits, inside.len()))
            })
            .collect();
        match shares.len() {
            0 => 0.0,
            // With only one bin that has items, everything belongs there.
            1 => shares[0],
            filled => ((shares.iter().sum::<f64>() - 1.0) / (filled as f64 - 1.0)).clamp(0.0, 1.0),
        }
    }
}

impl TaskPart for SortTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "sort";

    fn grade(&self, response: &Response) -> Verdict {
        let Response::Sort(given) = response else { return Verdict::wrong() };
        let total = self.items.len();
        let bin = |index: Option<usize>| index.filter(|index| *index < self.bins.len());
        let labels: Vec<&str> = self.items.iter().map(|item| item.text.as_str()).collect();
        let wanted: Vec<Option<usize>> = self.items.iter().map(|item| bin(Some(item.bin))).collect();
        let assigned: Vec<Option<usize>> =
            (0..total).map(|item| bin(given.get(item).copied().flatten())).collect();
        let right = parts_right(&labels, &wanted, &assigned);
        if assigned.iter().all(Option::is_none) {
            return Verdict::no_answer(Marks::Parts(right));
        }
        let hits = right.iter().filter(|right| **right).count();
        let headline =
            if hits == total { "Right".to_owned() } else { format!("{hits} of {total} in the right group") };
        let score = if hits == total { share(hits, total) } else { self.beyond_chance(&right) };
        Verdict::new(score, headline, Marks::Parts(right))
    }

    fn unanswered(&self) -> Marks {
        Marks::Parts(vec![false; self.items.len()])
    }

    fn right_response(&self) -> Response {
        Response::Sort(self.items.iter().map(|item| Some(item.bin)).collect())
    }

    fn shown_options(&self) -> Vec<String> {
        self.items.iter().map(|item| item.text.clone()).collect()
    }

    fn response_parts(&self, response: &Response, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        let Response::Sort(assigned) = response else { return Vec::new() };
        parts::assigned_parts(self.items.iter().map(|item| &item.text), assigned, &self.bins, plain)
    }
}
