//! Counting which wrong answers were given for which right ones.

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
    /// Which part of the question, such as the left side of a pair or the item that was sorted. Empty if the
    /// question has only one part.
    pub part: String,
    /// The right answer.
    pub right: String,
    /// The answer that was given instead.
    pub given: String,
    /// How often it was given.
    pub count: usize,
}

/// Counts wrong answers by what was right: picked options, matched partners, groups, and typed words and
/// numbers. The most frequent come first, equally frequent ones in the order of the questions.
///
/// `answers` are wrong answers: the question's index, the card's facet and the record of the answer. An
/// answer to a question that has changed since is counted as far as its texts still occur in the question.
pub fn confusions<'a>(
    deck: &Deck,
    answers: impl IntoIterator<Item = (usize, &'a Facet, &'a AnswerRecord)>,
) -> Vec<Confusion> {
    let mut counts: IndexMap<(usize, String, String, String), usize> = IndexMap::new();
    for (question, facet, record) in answers {
        let Some(asked_question) = deck.questions.get(question) else { continue };
        for (part, right, given) in mistakes_in(&asked_question.answer, facet, record) {
            *counts.entry((question, part, right, given)).or_default() += 1;
        }
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((question, part, right, given), count)| Confusion { question, part, right, given, count })
        .collect();
    confusions.sort_by(|a, b| b.count.cmp(&a.count).then(a.question.cmp(&b.question)));
    confusions
}

/// The mistakes in one answer, each as (part, right, given). See [`Confusion`].
fn mistakes_in(answer: &Answer, facet: &Facet, record: &AnswerRecord) -> Vec<(String, String, String)> {
    let shown = |index: usize| record.shown_options.get(index).cloned();
    match (answer, &record.response) {
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
            // If several right options were missed, the wrong one stands for all of them.
            let missed = missed.join(", ");
            let wrong = picked.into_iter().filter(|given| !right.contains(given));
            wrong.map(|given| (String::new(), missed.clone(), given)).collect()
        }
        (Answer::Match(pairs), Response::Match(partners)) => pairs
            .iter()
            .zip(partners)
            .filter_map(|((left, right), partner)| {
                let given = shown((*partner)?)?;
                (given != *right).then(|| (left.clone(), right.clone(), given))
            })
            .collect(),
        (Answer::Sort(bins), Response::Sort(places)) => places
            .iter()
            .enumerate()
            .filter_map(|(index, place)| {
                let (item, given_bin) = (shown(index)?, bins.get((*place)?)?);
                if given_bin.items.contains(&item) {
                    return None;
                }
                let right = bins.iter().find(|bin| bin.items.contains(&item))?;
                Some((item, right.name.clone(), given_bin.name.clone()))
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
