//! Drawing the questions of a test. Once drawn, they are fixed.

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

/// A test as it was drawn. It is stored with its own copy of the questions, so that it never changes,
/// whatever happens to the decks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnTest {
    /// What the learner asked for.
    pub setup: TestSetup,
    /// Picks this test among all that fit the setup.
    pub code: TestCode,
    /// The decks as they were when the test was drawn, each reduced to the questions of the test.
    pub decks: Vec<Arc<Deck>>,
    /// The questions in the order in which they are asked.
    pub items: Vec<TestItem>,
}

/// One question of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestItem {
    /// Index into [`DrawnTest::decks`].
    deck: usize,
    /// Index into the questions of that reduced deck.
    question: usize,
    /// Which card of the question is asked.
    facet: Facet,
    /// Seed for shuffling its options.
    seed: Seed,
    /// Retrievability of the card when the test was drawn, 0 to 1. `None` for a card that was never seen.
    pub recall: Option<f64>,
    /// Expected score of the answer, 0 to 1, predicted when the test was drawn.
    pub expected: f64,
}

/// What drawing a test needs to know about a card.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CardSnapshot {
    /// Retrievability from 0 to 1; 0 while the card is being learned. `None` for a card that was never seen.
    pub recall: Option<f64>,
    /// Whether the card is suspended. [`Mix::Weakest`] leaves such cards out.
    pub suspended: bool,
}

/// A question that fits the setup, with the number that decides whether it is drawn.
struct DrawCandidate<'a> {
    deck: &'a Arc<Deck>,
    index: usize,
    key: CardKey,
    lot: u64,
    snapshot: CardSnapshot,
}

/// How many questions of these decks fit the setup.
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
    /// Draws a test. Returns `None` when no question fits. At most one card of a question is drawn, because
    /// siblings give each other's answers away.
    ///
    /// Every question gets a random number (its lot) from the code and its own key, and the lowest lots are
    /// drawn. So editing one question does not change the lots of the others, and neither do progress or the
    /// order of the decks. Only [`Mix::Weakest`] selects by `snapshot`; the other mixes only use it to
    /// predict the score.
    pub fn draw<'a>(
        setup: &TestSetup,
        code: TestCode,
        decks: impl IntoIterator<Item = &'a Arc<Deck>>,
        snapshot: impl Fn(&CardKey) -> CardSnapshot,
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
                let snapshot = snapshot(&key);
                all.push(DrawCandidate { deck, index, key, lot: lots.next_u64(), snapshot });
            }
        }
        all.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.key.cmp(&b.key)));
        let number = setup.question_count as usize;
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
        for DrawCandidate { deck, index, key, snapshot, .. } in taken {
            let entry = chosen.entry(&deck.id).or_insert_with(|| (deck, Vec::new()));
            entry.1.push(*index);
            let question = entry.1.len() - 1;
            let blind_chance = deck.questions[*index].answer.blind_chance();
            items.push(TestItem {
                deck: chosen.get_index_of(&deck.id).unwrap_or(0),
                question,
                facet: key.facet.clone(),
                seed: seed_of(&format!("test {code} options {key}")),
                recall: snapshot.recall,
                expected: expected_score(snapshot.recall.unwrap_or(0.0), blind_chance),
            });
        }
        let decks = chosen.values().map(|(deck, questions)| Arc::new(deck.excerpt(questions))).collect();
        DrawnTest { setup, code, decks, items }
    }

    /// Whether every item has its question. Not so in stored data that was damaged.
    pub fn is_whole(&self) -> bool {
        !self.items.is_empty()
            && self.items.iter().all(|item| {
                self.decks.get(item.deck).is_some_and(|deck| item.question < deck.questions.len())
            })
    }

    /// The deck of an item, reduced to the questions of the test.
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

    /// The task that an item poses. Choices are never asked as typed answers, because that would depend on
    /// the progress of the card.
    pub fn task(&self, item: &TestItem) -> Task {
        Task::new(self.deck(item), self.question(item), &item.facet, item.seed, false)
    }
}

impl TestItem {
    /// Index of its question in the deck that [`DrawnTest::deck`] returns.
    pub fn question_index(&self) -> usize {
        self.question
    }

    /// Seed for shuffling its options.
    pub fn seed(&self) -> Seed {
        self.seed
    }
}

/// Takes one question per topic in turn, topics ordered by their lowest lot, and then sorts what was taken by
/// lot.
fn balanced(all: Vec<DrawCandidate<'_>>, number: usize) -> Vec<DrawCandidate<'_>> {
    let mut topics: IndexMap<(Arc<str>, String), Vec<DrawCandidate<'_>>> = IndexMap::new();
    for candidate in all {
        let topic = candidate.deck.questions[candidate.index].topic.clone();
        topics.entry((candidate.key.deck.clone(), topic)).or_default().push(candidate);
    }
    let mut waiting: Vec<_> = topics.into_values().map(Vec::into_iter).collect();
    let mut taken = Vec::new();
    while taken.len() < number {
        let previous = taken.len();
        let left = number - previous;
        taken.extend(waiting.iter_mut().filter_map(Iterator::next).take(left));
        if taken.len() == previous {
            break;
        }
    }
    taken.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.key.cmp(&b.key)));
    taken
}

/// Takes the seen cards with the lowest recall, then cards that were never seen by lot. The sort is stable,
/// so equal recall keeps the order of the lots.
fn weakest(mut all: Vec<DrawCandidate<'_>>, number: usize) -> Vec<DrawCandidate<'_>> {
    all.retain(|candidate| !candidate.snapshot.suspended);
    all.sort_by(|a, b| {
        let recall = |it: &DrawCandidate<'_>| it.snapshot.recall.unwrap_or(f64::INFINITY);
        recall(a).total_cmp(&recall(b))
    });
    all.truncate(number);
    all
}
