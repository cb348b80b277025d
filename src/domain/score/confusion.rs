//! Counting which wrong answers were given for which right ones.

use indexmap::IndexMap;

use crate::domain::deck::Deck;
use crate::domain::event::AnswerRecord;
use crate::domain::ids::Facet;
use crate::domain::kind::WrongAnswer;

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
    let mut counts: IndexMap<(usize, WrongAnswer), usize> = IndexMap::new();
    for (question, facet, record) in answers {
        let Some(asked_question) = deck.questions.get(question) else { continue };
        for wrong in asked_question.answer.wrong_answers(facet, &record.response, &record.shown_options) {
            *counts.entry((question, wrong)).or_default() += 1;
        }
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((question, WrongAnswer { part, right, given }), count)| Confusion {
            question,
            part,
            right,
            given,
            count,
        })
        .collect();
    confusions.sort_by(|a, b| b.count.cmp(&a.count).then(a.question.cmp(&b.question)));
    confusions
}
