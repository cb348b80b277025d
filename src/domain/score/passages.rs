//! Scores of the passages of a deck's source, from the questions that cite them.

use std::sync::atomic::{AtomicBool, Ordering};

use super::Score;
use super::scored_cards::{CARDS_PER_CANCEL_CHECK, Cancelled};
use super::study_set::StudySet;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::ids::CardKey;
use crate::domain::memory::MemoryModel;
use crate::domain::progress::Progress;

/// The score of one passage.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageScore {
    /// The passage's key in the source.
    pub key: String,
    /// The passage's position in the source, from 1.
    pub number: usize,
    /// The deck author's summary of the passage.
    pub gist: String,
    /// The cards of the questions that cite it, without suspended ones.
    pub cards: StudySet,
    /// The score of those cards. It does not include the accuracy of answers.
    pub score: Score,
}

/// The scores of all passages of the deck's source, in reading order. Empty if the deck has no source. A
/// question that cites several passages counts for each of them.
pub fn passage_scores(
    deck: &Deck,
    progress: &Progress,
    model: &MemoryModel,
    today: StudyDay,
) -> Vec<PassageScore> {
    // Never cancelled.
    passage_scores_of(deck, |_| true, progress, model, today, &AtomicBool::new(false)).unwrap_or_default()
}

/// The same for some of the deck's questions. `is_included` gets a question's index.
///
/// # Errors
/// [`Cancelled`] when `cancel` is set meanwhile.
pub fn passage_scores_of(
    deck: &Deck,
    is_included: impl Fn(usize) -> bool,
    progress: &Progress,
    model: &MemoryModel,
    today: StudyDay,
    cancel: &AtomicBool,
) -> Result<Vec<PassageScore>, Cancelled> {
    let Some(source) = &deck.source else { return Ok(Vec::new()) };
    let mut cards: Vec<Vec<CardKey>> = vec![Vec::new(); source.passages.len()];
    let mut passages: Vec<PassageScore> = source
        .passages
        .iter()
        .enumerate()
        .map(|(index, (key, gist))| PassageScore {
            key: key.clone(),
            number: index + 1,
            gist: gist.clone(),
            cards: StudySet::default(),
            score: Score::default(),
        })
        .collect();
    for (nth, (key, index)) in deck.cards().enumerate() {
        if nth % CARDS_PER_CANCEL_CHECK == 0 && cancel.load(Ordering::Relaxed) {
            return Err(Cancelled);
        }
        if !is_included(index) {
            continue;
        }
        let question = &deck.questions[index];
        let (state, summary) = (progress.state(&key), progress.summary(&key));
        let mut cited: Vec<usize> =
            question.cite.iter().filter_map(|cite| source.passages.get_index_of(cite)).collect();
        cited.sort_unstable();
        cited.dedup();
        for passage in cited {
            passages[passage].score.add_state((state, summary), question.answer.blind_chance(), model, today);
            if !state.suspended {
                cards[passage].push(key.clone());
            }
        }
    }
    for (passage, cards) in passages.iter_mut().zip(cards) {
        passage.cards = cards.into_iter().collect();
    }
    Ok(passages)
}
