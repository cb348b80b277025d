//! What was taken for what: wrong answers beside the right ones, counted.

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::domain::event::AnswerRecord;
use crate::domain::ids::Facet;
use crate::domain::question::Answer;
use crate::domain::task::Response;

/// A wrong answer that was given for a right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Index of the question in the deck.
    pub question: usize,
    /// Where in the question, such as the left side of a pair or the item that was sorted; empty where that says nothing.
    pub part: String,
    /// What was right.
    pub right: String,
    /// What was taken for it.
    pub given: String,
    /// How often.
    pub count: usize,
}

/// Counts what was taken for what: options picked, partners, groups, words and numbers typed. The most frequent first;
/// equally frequent ones in the order of the questions. `answers` are a question's index, the side asked and what was answered; leave right ones out. An answer to a question that has changed since counts as far as its words are still there.
pub fn confusions<'a>(
    deck: &Deck,
    answers: impl IntoIterator<Item = (usize, &'a Facet, &'a AnswerRecord)>,
) -> Vec<Confusion> {
    let mut counts: IndexMap<(usize, String, String, String), usize> = IndexMap::new();
    for (question, facet, given) in answers {
        let Some(asked) = deck.questions.get(question) else { continue };
        for (part, right, taken) in mistakes_in(&asked.answer, facet, given) {
            *counts.entry((question, part, right, taken)).or_default() += 1;
        }
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((question, part, right, taken), times)| Confusion {
            question,
            part,
            right,
            given: taken,
            count: times,
        })
        .collect();
    confusions.sort_by(|a, b| b.count.cmp(&a.count).then(a.question.cmp(&b.question)));
    confusions
}

/// Part, right, taken.
fn mistakes_in(answer: &Answer, facet: &Facet, given: &AnswerRecord) -> Vec<(String, String, String)> {
    let shown = |index: usize| given.shown_options.get(index).cloned();
    match (answer, &given.response) {
        (Answer::Choice { right, .. }, Response::Choice(picks)) => picks
            .iter()
            .filter_map(|pick| shown(*pick))
            .filter(|taken| taken != right)
            .map(|taken| (String::new(), right.clone(), taken))
            .collect(),
        (Answer::Choices { right, .. }, Response::Choice(picks)) => {
            let picked: Vec<String> = picks.iter().filter_map(|pick| shown(*pick)).collect();
            let missed: Vec<&str> =
                right.iter().filter(|right| !picked.contains(right)).map(String::as_str).collect();
            // Several right ones may be missing: together they are what the wrong one was taken for.
            let missed = missed.join(", ");
            let wrong = picked.into_iter().filter(|taken| !right.contains(taken));
            wrong.map(|taken| (String::new(), missed.clone(), taken)).collect()
        }
        (Answer::Match(pairs), Response::Match(partners)) => pairs
            .iter()
            .zip(partners)
            .filter_map(|((left, right), partner)| {
                let taken = shown((*partner)?)?;
                (taken != *right).then(|| (left.clone(), right.clone(), taken))
            })
            .collect(),
        (Answer::Sort(bins), Response::Sort(places)) => places
            .iter()
            .enumerate()
            .filter_map(|(at, place)| {
                let (item, taken) = (shown(at)?, bins.get((*place)?)?);
                if taken.items.contains(&item) {
                    return None;
                }
                let right = bins.iter().find(|bin| bin.items.contains(&item))?;
                Some((item, right.name.clone(), taken.name.clone()))
            })
            .collect(),
        (_, Response::Typed(typed)) => {
            let right = match answer {
                Answer::Typed { also_reverse, .. } if *facet == Facet::Reverse => {
                    also_reverse.first().cloned()
                }
                Answer::Typed { accepted, .. } => accepted.first().cloned(),
                Answer::Number { value, .. } => Some(crate::domain::grade::number::format_number(*value)),
                Answer::Date { value, .. } => Some(crate::domain::grade::date::format_date(*value)),
                Answer::Choice { right, .. } => Some(right.clone()),
                _ => None,
            };
            let typed = typed.trim();
            right
                .filter(|right| !typed.is_empty() && right != typed)
                .map(|right| (String::new(), right, typed.to_owned()))
                .into_iter()
                .collect()
        }
        (Answer::Bool(right), Response::Bool(said)) if right != said => {
            let word = |value: bool| if value { "true" } else { "false" }.to_owned();
            vec![(String::new(), word(*right), word(*said))]
        }
        _ => Vec::new(),
    }
}
