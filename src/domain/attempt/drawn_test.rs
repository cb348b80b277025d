//! The questions of a test, drawn once and fixed.

use std::sync::Arc;

use indexmap::IndexMap;
use rand::Rng;
use serde::{Deserialize, Serialize};

use super::code::TestCode;
use super::setup::{Mix, TestSetup};
use crate::domain::deck::Deck;
use crate::domain::expectation::expected_score;
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::Question;
use crate::domain::seed::{Seed, rng, seed_of};
use crate::domain::task::Task;

/// A test as it was drawn. It holds its questions itself, so that it is the same for ever, whatever happens to the decks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnTest {
    /// What was asked for.
    pub setup: TestSetup,
    /// Which of the tests that fit.
    pub code: TestCode,
    /// The decks as they were, each with the questions of the test only.
    pub decks: Vec<Arc<Deck>>,
    /// What is asked, in order.
    pub items: Vec<TestItem>,
}

/// One question of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestItem {
    /// Index of its deck in the paper.
    deck: usize,
    /// Index of its question in that deck.
    question: usize,
    /// The side asked.
    facet: Facet,
    /// What its options are shuffled by.
    seed: Seed,
    /// How well the card was known before the test; `None` when it was never seen.
    pub recall: Option<f64>,
    /// What the answer was expected to be worth, 0 to 1.
    pub expected: f64,
}

/// How a card stands before a test.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CardSnapshot {
    /// How well it is known, 0 while it is being learned; `None` when it was never seen.
    pub recall: Option<f64>,
    /// Not asked while studying: left out where the weakest are sought.
    pub suspended: bool,
}

/// A question that fits a setup, with its lot.
struct DrawCandidate<'a> {
    deck: &'a Arc<Deck>,
    index: usize,
    key: CardKey,
    lot: u64,
    snapshot: CardSnapshot,
}

/// How many questions fit a setup.
pub fn count_candidates<'a>(setup: &TestSetup, decks: impl IntoIterator<Item = &'a Arc<Deck>>) -> usize {
    decks.into_iter().map(|deck| matching_questions(setup, deck).count()).sum()
}

fn matching_questions<'a>(
    setup: &'a TestSetup,
    deck: &'a Deck,
) -> impl Iterator<Item = (usize, &'a Arc<Question>)> {
    deck.questions.iter().enumerate().filter(|(_, question)| {
        setup.covers(&deck.id, &question.topic) && setup.includes_kind(question.answer.kind())
    })
}

impl DrawnTest {
    /// Draws a test; `None` when no question fits. One card of a question is asked at most, for they give each other away.
    ///
    /// Every question draws a lot from the code and its own key, and the lowest lots are taken: an edit of one question
    /// changes the lots of no other, and neither progress nor the order of decks does. Only [`Mix::Weakest`] looks at
    /// `standing`, which all mixes keep for the prediction.
    pub fn draw<'a>(
        setup: &TestSetup,
        code: TestCode,
        decks: impl IntoIterator<Item = &'a Arc<Deck>>,
        standing: impl Fn(&CardKey) -> CardSnapshot,
    ) -> Option<DrawnTest> {
        let setup = setup.clone().normalized();
        let mut all: Vec<DrawCandidate<'a>> = Vec::new();
        for deck in decks {
            for (index, question) in matching_questions(&setup, deck) {
                let mut lots = rng(seed_of(&format!("test {code} {} {}", deck.id, question.id)));
                let facets = question.facets();
                let Some(facet) = facets.get(lots.next_u64() as usize % facets.len().max(1)) else {
                    continue;
                };
                let key = CardKey::new(deck.id.clone(), question.id.clone(), facet.clone());
                let standing = standing(&key);
                all.push(DrawCandidate { deck, index, key, lot: lots.next_u64(), snapshot: standing });
            }
        }
        all.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.key.cmp(&b.key)));
        let number = setup.number as usize;
        let taken = match setup.mix {
            Mix::Random => {
                all.truncate(number);
                all
            }
            Mix::Balanced => balanced(all, number),
            Mix::Weakest => weakest(all, number),
        };
        if taken.is_empty() { None } else { Some(Self::from_candidates(setup, code, &taken)) }
    }

    fn from_candidates(setup: TestSetup, code: TestCode, taken: &[DrawCandidate<'_>]) -> DrawnTest {
        let mut chosen: IndexMap<&Arc<str>, (&Arc<Deck>, Vec<usize>)> = IndexMap::new();
        let mut items = Vec::with_capacity(taken.len());
        for DrawCandidate { deck, index, key, snapshot: standing, .. } in taken {
            let entry = chosen.entry(&deck.id).or_insert_with(|| (deck, Vec::new()));
            entry.1.push(*index);
            let question = entry.1.len() - 1;
            let blind_chance = deck.questions[*index].answer.blind_chance();
            items.push(TestItem {
                deck: chosen.get_index_of(&deck.id).unwrap_or(0),
                question,
                facet: key.facet.clone(),
                seed: seed_of(&format!("test {code} options {key}")),
                recall: standing.recall,
                expected: expected_score(standing.recall.unwrap_or(0.0), blind_chance),
            });
        }
        let decks = chosen.values().map(|(deck, questions)| Arc::new(deck.excerpt(questions))).collect();
        DrawnTest { setup, code, decks, items }
    }

    /// Whether every item has its question: not so in a paper that was damaged.
    pub fn is_whole(&self) -> bool {
        !self.items.is_empty()
            && self.items.iter().all(|item| {
                self.decks.get(item.deck).is_some_and(|deck| item.question < deck.questions.len())
            })
    }

    /// The deck of an item, with its questions of the test only.
    pub fn deck(&self, item: &TestItem) -> &Arc<Deck> {
        &self.decks[item.deck]
    }

    /// The question of an item.
    pub fn question(&self, item: &TestItem) -> &Question {
        &self.decks[item.deck].questions[item.question]
    }

    /// The card of an item.
    pub fn card(&self, item: &TestItem) -> CardKey {
        let deck = self.deck(item);
        CardKey::new(deck.id.clone(), deck.questions[item.question].id.clone(), item.facet.clone())
    }

    /// What an item asks: never by typing what is a choice, which would depend on how far its card is.
    pub fn task(&self, item: &TestItem) -> Task {
        Task::new(self.deck(item), self.question(item), &item.facet, item.seed, false)
    }
}

impl TestItem {
    /// Index of its question in its deck.
    pub fn question_index(&self) -> usize {
        self.question
    }

    /// What its options are shuffled by.
    pub fn seed(&self) -> Seed {
        self.seed
    }
}

/// Topics take turns, in the order of their lowest lots; then all are put in the order of their lots.
fn balanced(all: Vec<DrawCandidate<'_>>, number: usize) -> Vec<DrawCandidate<'_>> {
    let mut topics: IndexMap<(Arc<str>, String), Vec<DrawCandidate<'_>>> = IndexMap::new();
    for candidate in all {
        let topic = candidate.deck.questions[candidate.index].topic.clone();
        topics.entry((candidate.key.deck.clone(), topic)).or_default().push(candidate);
    }
    let mut waiting: Vec<_> = topics.into_values().map(Vec::into_iter).collect();
    let mut taken = Vec::new();
    while taken.len() < number {
        let before = taken.len();
        let left = number - before;
        taken.extend(waiting.iter_mut().filter_map(Iterator::next).take(left));
        if taken.len() == before {
            break;
        }
    }
    taken.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.key.cmp(&b.key)));
    taken
}

/// Those seen by their recall, then those never seen by lot.
fn weakest(mut all: Vec<DrawCandidate<'_>>, number: usize) -> Vec<DrawCandidate<'_>> {
    all.retain(|candidate| !candidate.snapshot.suspended);
    all.sort_by(|a, b| {
        let recall = |it: &DrawCandidate<'_>| it.snapshot.recall.unwrap_or(f64::INFINITY);
        recall(a).total_cmp(&recall(b))
    });
    all.truncate(number);
    all
}
