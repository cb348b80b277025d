//! Logged answers as text, next to the right answer. The question may have been edited since the answer was
//! given: the options shown then come from the log, and what no longer matches the question is described as
//! far as possible.

use super::cloze::ClozePiece;
use super::deck::Deck;
use super::event::AnswerRecord;
use super::grade::date::format_date;
use super::grade::number::format_number;
use super::ids::Facet;
use super::question::{Answer, Question};
use super::seed::seed_of;
use super::task::{Response, Task};

/// Between the parts of a response that has several.
const PART_SEPARATOR: &str = ", ";
/// Between the items of an Order answer.
const ORDER_SEPARATOR: &str = " → ";

/// What was answered and what is right, both CommonMark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerText {
    /// The learner's answer. Of Match and Sort only the pairs and items that were wrong.
    pub response: String,
    /// The right answer. Of Match and Sort only for the pairs and items that were wrong.
    pub right: String,
}

/// The prompt of a card, CommonMark; a cloze has blanks in place of its gaps.
pub fn prompt_text(deck: &Deck, question: &Question, facet: &Facet) -> String {
    Task::new(deck, question, facet, seed_of(""), false).prompt
}

/// A logged answer to the card (`question`, `facet`) as text.
pub fn answer_text(question: &Question, facet: &Facet, record: &AnswerRecord) -> AnswerText {
    let shown = |index: &usize| record.shown_options.get(*index).cloned();
    let listed =
        |indices: &[usize], between: &str| indices.iter().filter_map(shown).collect::<Vec<_>>().join(between);
    let response = match &record.response {
        Response::Recall => "Not recalled".to_owned(),
        Response::GaveUp => "Not known".to_owned(),
        Response::Typed(text) => text.clone(),
        Response::Bool(value) => true_or_false(*value).to_owned(),
        Response::Choice(picks) if picks.is_empty() => "None of them".to_owned(),
        Response::Choice(picks) => listed(picks, PART_SEPARATOR),
        Response::Cloze(texts) => {
            let blank = |text: &String| if text.trim().is_empty() { "…".to_owned() } else { text.clone() };
            texts.iter().map(blank).collect::<Vec<_>>().join(PART_SEPARATOR)
        }
        Response::Order(order) => listed(order, ORDER_SEPARATOR),
        Response::Match(assigned) => match &question.answer {
            Answer::Match(pairs) if pairs.len() == assigned.len() => {
                let assigned_text = |assigned_index: &Option<usize>| assigned_index.as_ref().and_then(shown);
                let parts = pairs
                    .iter()
                    .zip(assigned)
                    .map(|((left, right), assigned_index)| (left, assigned_text(assigned_index), right));
                return misplaced_only(parts);
            }
            _ => listed(&assigned.iter().copied().flatten().collect::<Vec<_>>(), PART_SEPARATOR),
        },
        Response::Sort(assigned) => match &question.answer {
            Answer::Sort(bins) if record.shown_options.len() == assigned.len() => {
                let name = |assigned_index: &Option<usize>| {
                    assigned_index.and_then(|at| bins.get(at)).map(|bin| bin.name.clone())
                };
                let home = |item: &String| bins.iter().find(|bin| bin.items.contains(item));
                let parts = record.shown_options.iter().zip(assigned).filter_map(|(item, assigned_index)| {
                    home(item).map(|bin| (item, name(assigned_index), &bin.name))
                });
                return misplaced_only(parts);
            }
            _ => record.shown_options.join(PART_SEPARATOR),
        },
    };
    AnswerText { response, right: right_answer_text(question, facet) }
}

/// The right answer as CommonMark: the first accepted answer, all correct options, or the whole order.
pub fn right_answer_text(question: &Question, facet: &Facet) -> String {
    let is_reverse = *facet == Facet::Reverse;
    match &question.answer {
        Answer::Recall { .. } if is_reverse => question.prompt.clone(),
        Answer::Recall { back, .. } => back.clone(),
        Answer::Typed { also_reverse, .. } if is_reverse => also_reverse.first().cloned().unwrap_or_default(),
        Answer::Typed { accepted, .. } => accepted.first().cloned().unwrap_or_default(),
        Answer::Number { value, unit, .. } => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            format!("{}{unit}", format_number(*value))
        }
        Answer::Date { value, .. } => format_date(*value),
        Answer::Bool(value) => true_or_false(*value).to_owned(),
        Answer::Choice { right, .. } => right.clone(),
        Answer::Choices { right, .. } => right.join(PART_SEPARATOR),
        Answer::Cloze(cloze) => {
            let answers = cloze.pieces.iter().filter_map(|piece| match piece {
                ClozePiece::Gap(gap) if gap.facet() == *facet => gap.accepted.first().cloned(),
                _ => None,
            });
            answers.collect::<Vec<_>>().join(PART_SEPARATOR)
        }
        Answer::Order(items) => {
            items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(ORDER_SEPARATOR)
        }
        Answer::Match(pairs) => {
            let pair = |(left, right): &(String, String)| format!("{left} – {right}");
            pairs.iter().map(pair).collect::<Vec<_>>().join(PART_SEPARATOR)
        }
        Answer::Sort(bins) => {
            let bin =
                |bin: &super::question::Bin| format!("{}: {}", bin.name, bin.items.join(PART_SEPARATOR));
            bins.iter().map(bin).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Formats the parts that were misplaced. Each part comes with where it was put (`None`: nowhere) and where
/// it belongs.
fn misplaced_only<'a>(parts: impl Iterator<Item = (&'a String, Option<String>, &'a String)>) -> AnswerText {
    let (mut response, mut right) = (Vec::new(), Vec::new());
    for (part, assigned, belongs) in
        parts.filter(|(_, assigned, belongs)| assigned.as_ref() != Some(*belongs))
    {
        response.push(format!("{part} – {}", assigned.as_deref().unwrap_or("…")));
        right.push(format!("{part} – {belongs}"));
    }
    AnswerText { response: response.join(PART_SEPARATOR), right: right.join(PART_SEPARATOR) }
}

fn true_or_false(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}
