//! One topic: its questions by weakness, its confusions, its passages.

use super::computing::Job;
use crate::domain::card::Card;
use crate::domain::deck::Deck;
use crate::domain::event::{EventId, Given, Source};
use crate::domain::ids::Facet;
use crate::domain::score::confusion::{Confusion, confusions};
use crate::domain::score::passages::{self, PassageScore};
use crate::domain::score::subjects::Subjects;
use crate::domain::score::table::{Row, Table};
use crate::domain::score::weakness::{CardScore, by_weakness};
use crate::store::Store;

/// Wrong answers that are looked at for confusions, newest first.
const MOST_ANSWERS: usize = 5_000;

/// What the page of a topic shows.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicDetail {
    /// Its row of the table, with the accuracy of the period.
    pub row: Row,
    /// Its cards, weakest first.
    pub cards: Vec<CardScore>,
    /// What was taken for what in the period, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// The passages that its questions cite, with the score of these questions only.
    pub passages: Vec<PassageScore>,
}

impl TopicDetail {
    /// Computes the page. Without a store (none could be opened) there are no confusions.
    pub(super) fn compute(job: &Job, deck: &Deck, topic: &str, store: Option<&Store>) -> Option<Self> {
        let never = std::sync::atomic::AtomicBool::new(false);
        let subjects = Subjects::of([deck], &job.progress, &never).ok()?;
        let table = Table::compute(&subjects, &job.model, job.today, job.period, &never).ok()?;
        let row = table.rows.into_iter().find(|row| row.key.topic == topic)?;
        let cards = by_weakness(deck, topic, &job.progress, &job.model, job.today, job.period);
        let mut wrong = wrong_answers(job, &cards);
        wrong.sort_by_key(|(at_ms, ..)| std::cmp::Reverse(*at_ms));
        wrong.truncate(MOST_ANSWERS);
        let given: Vec<(usize, Facet, Given)> = wrong
            .into_iter()
            .filter_map(|(_, question, facet, id)| {
                // An answer that cannot be read is none that could be told of; opening told of damage already.
                Some((question, facet, store?.given(id).ok()??))
            })
            .collect();
        let confusions =
            confusions(deck, given.iter().map(|(question, facet, given)| (*question, facet, given)));
        let only = |index: usize| deck.questions[index].topic == topic;
        let passages = passages::passages_of(deck, only, &job.progress, &job.model, job.today);
        let passages = passages.into_iter().filter(|passage| passage.score.cards > 0).collect();
        Some(Self { row, cards, confusions, passages })
    }
}

/// The answers of the period that were not right: when, which question, which side, which event.
fn wrong_answers(job: &Job, cards: &[CardScore]) -> Vec<(i64, usize, Facet, EventId)> {
    let mut wrong = Vec::new();
    for card in cards {
        let Some(history) = job.progress.card(&card.key) else { continue };
        let answers = Card::reviews_with_ids(history).zip(history.reviews());
        wrong.extend(answers.filter_map(|((id, review), (stamp, _))| {
            let is_wanted = review.source != Source::Practice
                && review.score < 1.0
                && job.period.contains(stamp.day, job.today);
            is_wanted.then(|| (stamp.utc_ms, card.question, card.key.facet.clone(), id))
        }));
    }
    wrong
}
