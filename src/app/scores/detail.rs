//! One topic: its questions by weakness, its confusions, its passages.

use super::computing::Job;
use crate::app::App;
use crate::domain::card::Card;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::event::{EventId, Given, Source};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::progress::Progress;
use crate::domain::score::Period;
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
        let keys = cards.iter().map(|card| (card.question, &card.key));
        let confusions = confusions_of(deck, keys, &job.progress, job.period, job.today, store);
        let only = |index: usize| deck.questions[index].topic == topic;
        let passages = passages::passages_of(deck, only, &job.progress, &job.model, job.today);
        let passages = passages.into_iter().filter(|passage| passage.score.cards > 0).collect();
        Some(Self { row, cards, confusions, passages })
    }
}

impl App {
    /// What was taken for what in a deck within a period, read from the log before it returns.
    pub fn confusions_in(&self, deck: &Deck, period: Period, today: StudyDay) -> Vec<Confusion> {
        let cards: Vec<(CardKey, usize)> = deck.cards().collect();
        let keys = cards.iter().map(|(key, question)| (*question, key));
        confusions_of(deck, keys, &self.progress, period, today, Some(&self.store))
    }
}

/// What was taken for what by these cards: each with the index of its question.
fn confusions_of<'a>(
    deck: &Deck,
    cards: impl Iterator<Item = (usize, &'a CardKey)>,
    progress: &Progress,
    period: Period,
    today: StudyDay,
    store: Option<&Store>,
) -> Vec<Confusion> {
    // When, which question, which side, which event.
    let mut wrong: Vec<(i64, usize, Facet, EventId)> = Vec::new();
    for (question, key) in cards {
        for (id, stamp, review) in progress.card(key).into_iter().flat_map(Card::answers_as_given) {
            let counts = review.source != Source::Practice && period.contains(stamp.day, today);
            if counts && review.score < 1.0 {
                wrong.push((stamp.utc_ms, question, key.facet.clone(), id));
            }
        }
    }
    wrong.sort_by_key(|(at_ms, ..)| std::cmp::Reverse(*at_ms));
    wrong.truncate(MOST_ANSWERS);
    let given: Vec<(usize, Facet, Given)> = wrong
        .into_iter()
        .filter_map(|(_, question, facet, id)| {
            // An answer that cannot be read is none that could be told of; opening told of damage already.
            Some((question, facet, store?.given(id).ok()??))
        })
        .collect();
    confusions(deck, given.iter().map(|(question, facet, given)| (*question, facet, given)))
}
