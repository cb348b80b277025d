//! Order: put items in order. The score is the share of pairs of items that are in order (Kendall's tau, scaled to 0
//! to 1).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{factorial, shuffled_unsolved};
use super::{
    AnswerInput, AnswerPart, Kind, ORDER_SEPARATOR, Response, ShownCard, TaskForm, TaskPart, TextRole,
};
use crate::domain::grade::{Marks, Verdict, share};
use crate::domain::ids::Facet;

/// One item of an Order answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// The item's text, CommonMark.
    pub text: String,
    /// Shown after grading, such as the year of an event.
    pub note: Option<String>,
}

/// An Order task.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderTask {
    /// The items in the order first shown.
    pub items: Vec<TaskOrderItem>,
}

/// One item of an Order task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOrderItem {
    /// CommonMark.
    pub text: String,
    /// Shown after grading.
    pub note: Option<String>,
    /// Its correct position, from 0.
    pub right_position: usize,
}

impl AnswerPart for Vec<OrderItem> {
    const KIND: Kind = Kind::Order;

    fn task(&self, card: &ShownCard<'_>) -> (String, TaskForm) {
        let items: Vec<TaskOrderItem> = self
            .iter()
            .enumerate()
            .map(|(position, item)| TaskOrderItem {
                text: item.text.clone(),
                note: item.note.clone(),
                right_position: position,
            })
            .collect();
        let items = shuffled_unsolved(items, card.seed, |item| item.text.as_str());
        (card.prompt(), TaskForm::Order(OrderTask { items }))
    }

    fn for_each_text<'a>(&'a self, visit: &mut dyn FnMut(TextRole, Cow<'a, str>)) {
        for item in self {
            visit(TextRole::Option, (&item.text).into());
            item.note.iter().for_each(|text| visit(TextRole::Note, text.into()));
        }
    }

    fn right_text(&self, _: &str, _: &Facet) -> String {
        self.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(ORDER_SEPARATOR)
    }

    fn comparable_parts(&self) -> Vec<String> {
        self.iter().map(|item| item.text.clone()).collect()
    }

    fn blind_chance(&self) -> f64 {
        1.0 / factorial(self.len())
    }
}

impl OrderTask {
    /// The correct position of the item at each position of an order that contains every item once. Items with
    /// equal texts are interchangeable: the first of them takes their first position.
    fn positions(&self, order: &[usize]) -> Vec<usize> {
        let mut positions = vec![0; order.len()];
        for (at, index) in order.iter().enumerate() {
            let text = &self.items[*index].text;
            let before = order[..at].iter().filter(|other| self.items[**other].text == *text).count();
            let mut equal_positions: Vec<usize> =
                self.items.iter().filter(|item| item.text == *text).map(|item| item.right_position).collect();
            equal_positions.sort_unstable();
            positions[at] = equal_positions[before];
        }
        positions
    }

    fn contains_each_once(&self, order: &[usize]) -> bool {
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        sorted.into_iter().eq(0..self.items.len())
    }
}

impl TaskPart for OrderTask {
    const INPUT: AnswerInput = AnswerInput::Options;
    const INSTRUCTION: &'static str = "put in order";

    /// Scores 0, without marks, unless the order contains every item once.
    fn grade(&self, response: &Response) -> Verdict {
        let Response::Order(order) = response else { return Verdict::wrong() };
        if order.is_empty() {
            return Verdict::no_answer(self.unanswered());
        }
        if !self.contains_each_once(order) {
            return Verdict::new(0.0, "Wrong", self.unanswered());
        }
        let positions = self.positions(order);
        let pairs = positions.len() * (positions.len() - 1) / 2;
        let in_order: usize = (0..positions.len())
            .map(|at| positions[at + 1..].iter().filter(|later| **later > positions[at]).count())
            .sum();
        // A single item has no pairs, and is in order.
        let score = if pairs == 0 { 1.0 } else { share(in_order, pairs) };
        let headline = if in_order == pairs {
            "Right".to_owned()
        } else {
            format!("{in_order} of {pairs} pairs in order")
        };
        Verdict::new(score, headline, Marks::Order(positions))
    }

    fn unanswered(&self) -> Marks {
        Marks::Order(Vec::new())
    }

    fn right_response(&self) -> Response {
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|index| self.items[*index].right_position);
        Response::Order(order)
    }

    fn shown_options(&self) -> Vec<String> {
        self.items.iter().map(|item| item.text.clone()).collect()
    }

    fn response_parts(&self, response: &Response, plain: &dyn Fn(&str) -> String) -> Vec<String> {
        let Response::Order(order) = response else { return Vec::new() };
        let items = order.iter().filter_map(|item| self.items.get(*item));
        (1..).zip(items).map(|(number, item)| format!("{number}. {}", plain(&item.text))).collect()
    }
}
