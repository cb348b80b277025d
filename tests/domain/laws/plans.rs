//! Session plans: which cards come today, and in which order.

use std::collections::{HashMap, HashSet};

use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::Due;
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::memory::{Memory, MemoryModel};
use linchpin::domain::queue::{SessionPlan, StudyCandidate, StudyLimits, is_due, plan};
use proptest::prelude::*;

use super::cases;
use crate::fixtures::cards::in_review;
use crate::fixtures::time::{MINUTE, morning};

/// The cards of a library: key, topic and state of each.
type Cards = Vec<(CardKey, String, CardState)>;

fn state() -> impl Strategy<Value = CardState> {
    let today = morning().day().0;
    let learned =
        (1..200u32, 0..300u32).prop_map(|(interval, ago)| in_review(&morning(), ago.max(1), interval));
    let on_steps = (-90..30i64).prop_map(move |minutes| CardState {
        memory: Some(Memory { stability: 1.0, difficulty: 5.0 }),
        phase: CardPhase::Learning { step: 1 },
        due: Some(Due::At(morning().ms() + minutes * MINUTE)),
        first_day: Some(StudyDay(today)),
        last_day: Some(StudyDay(today)),
        reviews: 1,
        ..CardState::default()
    });
    let answered_today = (1..90u32).prop_map(|interval| in_review(&morning(), 0, interval));
    let base = prop_oneof![4 => Just(CardState::default()), 8 => learned, 1 => on_steps, 1 => answered_today];
    (base, prop::bool::weighted(0.1), prop::option::weighted(0.1, -1..3i32)).prop_map(
        move |(base, suspended, buried)| CardState {
            suspended,
            buried_until: buried.map(|days| StudyDay(today + days)),
            ..base
        },
    )
}

/// Up to four decks; the cards of a question side by side, as in a deck.
fn cards() -> impl Strategy<Value = Cards> {
    let question = (0..4usize, prop::collection::vec(state(), 1..3));
    let deck = prop::collection::vec(question, 1..14);
    prop::collection::vec(deck, 1..4).prop_map(|decks| {
        let mut cards = Cards::new();
        for (deck, questions) in decks.into_iter().enumerate() {
            for (question, (topic, states)) in questions.into_iter().enumerate() {
                for (state, facet) in states.into_iter().zip([Facet::Front, Facet::Reverse]) {
                    let key = CardKey::new(format!("deck-{deck}"), format!("question-{question}"), facet);
                    cards.push((key, format!("topic-{topic}"), state));
                }
            }
        }
        cards
    })
}

fn limits() -> impl Strategy<Value = StudyLimits> {
    (0..12usize, prop::option::of(0..10usize)).prop_map(|(new_cards, reviews)| StudyLimits {
        new_cards,
        reviews,
        allow_repeats: false,
    })
}

fn plan_of(cards: &Cards, limits: StudyLimits) -> SessionPlan {
    let candidates: Vec<StudyCandidate<'_>> =
        cards.iter().map(|(key, topic, state)| StudyCandidate { key: key.clone(), topic, state }).collect();
    plan(&candidates, limits, &MemoryModel::default(), &morning())
}

/// Days overdue divided by the interval; 0 up to a tenth.
fn overdue(state: &CardState) -> f64 {
    let Some(Due::Day(due)) = state.due else { return 0.0 };
    // A buried card is not due before that day.
    let due = state.buried_until.map_or(due, |until| due.max(until));
    let interval = due.days_since(state.last_day.expect("answered"));
    let share = f64::from(morning().day().days_since(due)) / f64::from(interval);
    if share > 0.1 { share } else { 0.0 }
}

fn question(key: &CardKey) -> (&str, &str) {
    (&key.deck, &key.question)
}

/// How many adjacent pairs are of one topic.
fn neighbours(keys: &[CardKey], cards: &Cards) -> usize {
    let topics: HashMap<&CardKey, (&str, &str)> =
        cards.iter().map(|(key, topic, _)| (key, (&*key.deck, topic.as_str()))).collect();
    keys.windows(2).filter(|pair| topics[&pair[0]] == topics[&pair[1]]).count()
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn a_plan_has_no_card_twice_none_unavailable_and_no_siblings(cards in cards(), limits in limits()) {
        let today = morning().day();
        let states: HashMap<&CardKey, &CardState> = cards.iter().map(|(key, _, state)| (key, state)).collect();
        let plan = plan_of(&cards, limits);
        let all: Vec<&CardKey> = plan.queue.iter().chain(&plan.learning).collect();

        prop_assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "a card twice");
        prop_assert!(all.iter().all(|key| states[*key].is_available(today)), "a suspended or buried card");
        let new_cards: Vec<&CardKey> =
            plan.queue.iter().filter(|key| states[*key].phase == CardPhase::New).collect();
        prop_assert_eq!(new_cards.len(), plan.new_cards);
        prop_assert!(plan.new_cards <= limits.new_cards);
        prop_assert_eq!(plan.queue.len(), plan.new_cards + plan.reviews);
        prop_assert!(limits.reviews.is_none_or(|most| plan.reviews <= most));

        // Siblings reveal each other's answers; only cards on learning steps come in any case.
        for key in &plan.queue {
            let blocks_it = |other: &CardKey| {
                other.is_sibling_of(key) && other != key
                    && (all.contains(&other) || states[other].last_day == Some(today))
            };
            prop_assert!(!cards.iter().any(|(other, _, _)| blocks_it(other)), "{key} and its sibling");
        }
        prop_assert_eq!(plan, plan_of(&cards, limits), "planning is deterministic");
    }

    #[test]
    fn without_a_limit_every_due_card_or_a_sibling_of_it_comes(cards in cards(), new_cards in 0..5usize) {
        let today = morning().day();
        let plan = plan_of(&cards, StudyLimits { new_cards, reviews: None, allow_repeats: false });
        let planned: HashSet<&CardKey> = plan.queue.iter().chain(&plan.learning).collect();
        for (key, _, state) in &cards {
            let comes_back = is_due(state, today) || matches!(state.due, Some(Due::At(_)));
            if !comes_back || !state.is_available(today) || planned.contains(key) {
                continue;
            }
            let siblings = cards.iter().filter(|(other, _, sibling)| {
                other != key
                    && other.is_sibling_of(key)
                    && (planned.contains(other) || sibling.last_day == Some(today))
            });
            let siblings: Vec<&CardState> = siblings.map(|(_, _, sibling)| sibling).collect();
            prop_assert!(!siblings.is_empty(), "{key} is lost");
            let comes_anyway =
                |it: &&CardState| it.last_day == Some(today) || matches!(it.due, Some(Due::At(_)));
            for sibling in siblings.into_iter().filter(|it| !comes_anyway(it)) {
                prop_assert!(overdue(sibling) >= overdue(state), "{key} has waited longer");
            }
        }
        prop_assert_eq!(plan.postponed, 0);
    }

    #[test]
    fn a_review_limit_postpones_the_cards_that_gain_least(cards in cards(), most in 0..8usize) {
        use linchpin::domain::queue::expected_gain;
        let model = MemoryModel::default();
        let all = plan_of(&cards, StudyLimits { new_cards: 0, reviews: None, allow_repeats: false });
        let some = plan_of(&cards, StudyLimits { new_cards: 0, reviews: Some(most), allow_repeats: false });
        prop_assert_eq!(some.reviews + some.postponed, all.reviews);
        let gain = |key: &CardKey| {
            let state = cards.iter().find(|(other, _, _)| other == key).map(|(_, _, state)| state);
            expected_gain(state.expect("from the cards"), &model, morning().day())
        };
        let least = some.queue.iter().map(gain).fold(f64::INFINITY, f64::min);
        for postponed in all.queue.iter().filter(|key| !some.queue.contains(key)) {
            prop_assert!(gain(postponed) <= least);
        }
    }

    #[test]
    fn decks_take_turns_with_their_new_cards(cards in cards(), new_cards in 0..12usize) {
        let today = morning().day();
        let plan = plan_of(&cards, StudyLimits { new_cards, reviews: Some(0), allow_repeats: false });
        let state = |key: &CardKey| cards.iter().find(|(other, _, _)| other == key).map(|(_, _, state)| *state);
        // Questions that could still give a new card: none of whose cards is due, on steps or seen today.
        let busy: HashSet<(&str, &str)> = cards
            .iter()
            .filter(|(_, _, state)| {
                state.last_day == Some(today)
                    || state.is_available(today)
                        && (is_due(state, today) || matches!(state.due, Some(Due::At(_))))
            })
            .map(|(key, _, _)| question(key))
            .collect();
        let mut free: HashMap<&str, HashSet<(&str, &str)>> = HashMap::new();
        for (key, _, state) in &cards {
            if state.phase == CardPhase::New && state.is_available(today) && !busy.contains(&question(key)) {
                free.entry(&key.deck).or_default().insert(question(key));
            }
        }
        let mut planned: HashMap<&str, usize> = free.keys().map(|deck| (*deck, 0)).collect();
        for key in plan.queue.iter().filter(|key| state(key).is_some_and(|state| state.phase == CardPhase::New)) {
            *planned.entry(&key.deck).or_default() += 1;
        }
        let all_free: usize = free.values().map(HashSet::len).sum();
        prop_assert_eq!(plan.new_cards, all_free.min(new_cards));
        let most = planned.values().copied().max().unwrap_or(0);
        for (deck, count) in &planned {
            prop_assert!(count + 1 >= most || *count == free[deck].len(), "{:?} of {:?}", planned, free);
        }
    }

    #[test]
    fn adjacent_cards_have_different_topics_wherever_possible(
        counts in prop::collection::vec(1..12usize, 1..5), seed in 0..1_000u32,
    ) {
        let cards: Cards = counts
            .iter()
            .enumerate()
            .flat_map(|(topic, count)| (0..*count).map(move |nth| (topic, nth)))
            .map(|(topic, nth)| {
                let key = CardKey::new("deck", format!("{seed}-{topic}-{nth}"), Facet::Front);
                (key, format!("topic-{topic}"), in_review(&morning(), 12, 10))
            })
            .collect();
        let plan = plan_of(&cards, StudyLimits { new_cards: 0, reviews: None, allow_repeats: false });
        let (most, all) = (*counts.iter().max().expect("one"), counts.iter().sum::<usize>());
        // Cards of other topics separate those of the largest one: one less than its size is enough.
        let unavoidable = most.saturating_sub(all - most + 1);
        prop_assert_eq!(neighbours(&plan.queue, &cards), unavoidable, "{:?}", counts);
    }
}
