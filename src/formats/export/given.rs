//! Answers that were given, in words.

use crate::domain::grade::{Marks, right_answer};
use crate::domain::question::Question;
use crate::domain::right_texts::{RightTexts, joined, of_gaps, with_reading};
use crate::domain::task::{Form, Response, Task};
use crate::domain::test::ItemReport;
use crate::formats::markdown::in_words;

/// What was answered to a task, part by part; empty where nothing was.
pub fn given(task: &Task, response: &Response) -> Vec<String> {
    let at = |texts: &[String], index: usize| texts.get(index).map(|text| in_words(text)).unwrap_or_default();
    match (&task.form, response) {
        (_, Response::Text(text)) => vec![text.clone()],
        (_, Response::Bool(value)) => vec![if *value { "True" } else { "False" }.to_owned()],
        (Form::Pick { options, .. }, Response::Picks(picks)) => {
            picks.iter().filter_map(|pick| options.get(*pick)).map(|option| in_words(&option.text)).collect()
        }
        (_, Response::Gaps(texts)) => {
            let blank = |text: &String| text.trim().is_empty();
            texts.iter().map(|text| if blank(text) { "–".to_owned() } else { text.clone() }).collect()
        }
        (Form::Arrange { items }, Response::Arrangement(order)) => (1..)
            .zip(order.iter().filter_map(|item| items.get(*item)))
            .map(|(place, item)| format!("{place}. {}", in_words(&item.text)))
            .collect(),
        (Form::Pair { lefts, rights, .. }, Response::Pairs(of)) => lefts
            .iter()
            .zip(of)
            .map(|(left, right)| {
                let right = right.map_or("–".to_owned(), |right| at(rights, right));
                format!("{} – {right}", in_words(left))
            })
            .collect(),
        (Form::Bins { bins, items }, Response::Bins(of)) => items
            .iter()
            .zip(of)
            .map(|(item, bin)| {
                let bin = bin.map_or("–".to_owned(), |bin| at(bins, bin));
                format!("{} – {bin}", in_words(&item.text))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What is right, part by part.
pub fn right(task: &Task) -> Vec<String> {
    match &task.form {
        Form::Reveal { back } => vec![in_words(back)],
        Form::Number { unit: Some(unit), .. } => {
            given(task, &right_answer(task)).into_iter().map(|value| format!("{value} {unit}")).collect()
        }
        _ => given(task, &right_answer(task)),
    }
}

/// What is right with how it is read aloud, part by part.
pub fn right_and_read(question: &Question, task: &Task) -> Vec<String> {
    right(task).into_iter().map(|word| with_reading(&question.answer, &word)).collect()
}

/// What else is accepted, of every field that was typed into; `None` where there is nothing.
pub fn also_accepted(question: &Question, item: &ItemReport) -> Option<String> {
    let texts = match (&item.task.form, &item.verdict.marks) {
        (Form::Text(form), Marks::Text(marks)) => vec![RightTexts::new(form, marks)],
        (form, Marks::Gaps(marks)) => of_gaps(form, marks),
        _ => return None,
    };
    let others = texts.into_iter().map(|texts| {
        // Here nothing is shown letter by letter.
        let nearest = texts.nearest.map(joined);
        let others = texts.others_text(&question.answer);
        let nearest = nearest.map(|nearest| with_reading(&question.answer, &nearest));
        nearest.into_iter().chain(others).collect::<Vec<_>>().join(", ")
    });
    let others: Vec<String> = others.filter(|others| !others.is_empty()).collect();
    (!others.is_empty()).then(|| others.join("; "))
}

/// Whether what is right tells something beside what was answered: it was not wholly right, or said in other words.
pub fn tells_more(item: &ItemReport) -> bool {
    item.verdict.score < 1.0 || given(&item.task, &item.response) != right(&item.task)
}
