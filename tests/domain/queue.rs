//! The session plan of a day, by example.

use std::collections::{HashMap, HashSet, VecDeque};

use linchpin::domain::card::{CardPhase, CardState};
use linchpin::domain::day::Moment;
use linchpin::domain::event::Due;
use linchpin::domain::ids::CardKey;
use linchpin::domain::memory::{Memory, MemoryModel};
use linchpin::domain::queue::{SessionPlan, StudyCandidate, StudyLimits, expected_gain, is_due, plan};
use linchpin::domain::seed::{rng, seed_of};
use rand::RngExt;
use rand::seq::SliceRandom;

use crate::fixtures::cards::{in_review, key, reverse};
use crate::fixtures::time;
use crate::fixtures::time::{MINUTE, at, days_later, morning};

const EVERYTHING: StudyLimits = StudyLimits { new_cards: usize::MAX, reviews: None, allow_repeats: false };

fn reviews(most: usize) -> StudyLimits {
    StudyLimits { new_cards: 0, reviews: Some(most), allow_repeats: false }
}

/// A plan for cards of one topic.
fn plan_of(cards: &[(CardKey, CardState)], limits: StudyLimits, now: &Moment) -> SessionPlan {
    let candidates: Vec<StudyCandidate<'_>> =
        cards.iter().map(|(key, state)| StudyCandidate { key: key.clone(), topic: "topic", state }).collect();
    plan(&candidates, limits, &MemoryModel::default(), now)
}

fn on_steps(now: &Moment, in_minutes: i64) -> CardState {
    CardState {
        memory: Some(Memory { stability: 1.0, difficulty: 5.0 }),
        phase: CardPhase::Learning { step: 0 },
        due: Some(Due::At(now.ms() + in_minutes * MINUTE)),
        first_day: Some(now.day()),
        last_day: Some(now.day()),
        reviews: 1,
        ..CardState::default()
    }
}

fn new(deck: &str, count: usize) -> Vec<(CardKey, CardState)> {
    (0..count).map(|nth| (key(deck, &format!("new-{nth}")), CardState::default())).collect()
}

fn due(deck: &str, count: usize) -> Vec<(CardKey, CardState)> {
    (0..count).map(|nth| (key(deck, &format!("due-{nth}")), in_review(&morning(), 10, 10))).collect()
}

#[test]
fn when_too_many_cards_are_due_those_that_gain_most_come() {
    // The gain is the expected recall in 90 days with a review today, less that without one.
    let now = morning();
    let gain = |state: &CardState| expected_gain(state, &MemoryModel::default(), now.day());
    let long_known = in_review(&now, 400, 400);
    let fresh = in_review(&now, 12, 10);
    let fading = in_review(&now, 40, 10);
    let nearly_lost =
        CardState { memory: Some(Memory { stability: 0.3, difficulty: 9.8 }), ..in_review(&now, 200, 1) };
    assert!(gain(&fresh) > gain(&long_known), "a card that is safe anyway gains little");
    assert!(gain(&fading) > gain(&fresh), "a fading card gains most");
    assert!(gain(&fading) > gain(&nearly_lost), "a card that is lost again in no time gains less");
    let cards = [("known", long_known), ("lost", nearly_lost), ("fresh", fresh), ("fading", fading)]
        .map(|(name, state)| (key("deck", name), state));
    let one = plan_of(&cards, reviews(1), &now);
    assert_eq!(one.queue, [key("deck", "fading")]);
    assert_eq!(one.postponed, 3);
    let mut two = plan_of(&cards, reviews(2), &now).queue;
    two.sort();
    assert_eq!(two, [key("deck", "fading"), key("deck", "lost")]);
}

#[test]
fn a_new_card_gains_nothing_by_being_reviewed() {
    assert_eq!(expected_gain(&CardState::default(), &MemoryModel::default(), morning().day()), 0.0);
}

#[test]
fn new_cards_are_spread_evenly_among_reviews_and_a_review_comes_first() {
    let cards = [due("deck", 9), new("deck", 3)].concat();
    let plan = plan_of(&cards, EVERYTHING, &morning());
    let is_new: Vec<bool> = plan.queue.iter().map(|key| key.question.starts_with("new")).collect();
    let t = true;
    let f = false;
    assert_eq!(is_new, [f, f, f, t, f, f, f, t, f, f, f, t]);
}

#[test]
fn new_cards_of_one_deck_keep_the_authors_order() {
    let plan = plan_of(&new("deck", 5), EVERYTHING, &morning());
    assert_eq!(plan.queue, new("deck", 5).into_iter().map(|(key, _)| key).collect::<Vec<_>>());
}

#[test]
fn decks_take_turns_and_a_small_deck_leaves_its_turns_to_the_others() {
    let cards = [new("large", 10), new("small", 2), new("middle", 10)].concat();
    let plan = plan_of(&cards, StudyLimits { new_cards: 9, reviews: None, allow_repeats: false }, &morning());
    let decks: Vec<&str> = plan.queue.iter().map(|key| &*key.deck).collect();
    assert_eq!(decks, ["large", "small", "middle", "large", "small", "middle", "large", "middle", "large"]);
}

#[test]
fn cards_on_learning_steps_are_listed_separately_and_outside_the_limits() {
    let now = morning();
    let cards = [
        (key("deck", "late"), on_steps(&now, 9)),
        (key("deck", "now"), on_steps(&now, -1)),
        (key("deck", "yesterday"), on_steps(&days_later(&now, 0), -24 * 60)),
    ];
    let plan = plan_of(&cards, StudyLimits { new_cards: 0, reviews: Some(0), allow_repeats: false }, &now);
    assert_eq!(plan.learning, ["yesterday", "now", "late"].map(|name| key("deck", name)));
    assert!(plan.queue.is_empty());
}

#[test]
fn of_two_new_siblings_one_comes_and_the_other_on_another_day() {
    let front = key("deck", "alliance");
    let cards = [(front.clone(), CardState::default()), (reverse(&front), CardState::default())];
    assert_eq!(plan_of(&cards, EVERYTHING, &morning()).queue, [front]);
}

#[test]
fn a_new_sibling_waits_for_one_that_is_due_on_steps_or_seen_today() {
    let front = key("deck", "alliance");
    let now = morning();
    for state in [in_review(&now, 10, 10), on_steps(&now, 5), in_review(&now, 0, 10)] {
        let cards = [(front.clone(), state), (reverse(&front), CardState::default())];
        assert_eq!(plan_of(&cards, EVERYTHING, &now).new_cards, 0, "{state:?}");
    }
    // Even when the due one itself is beyond the limit of the day.
    let cards = [(front.clone(), in_review(&now, 10, 10)), (reverse(&front), CardState::default())];
    let plan = plan_of(&cards, StudyLimits { new_cards: 5, reviews: Some(0), allow_repeats: false }, &now);
    assert_eq!((plan.reviews, plan.new_cards, plan.postponed), (0, 0, 1));
}

#[test]
fn a_due_sibling_waits_a_day_for_one_that_is_on_steps_or_seen_today() {
    let front = key("deck", "alliance");
    let now = morning();
    for sibling in [on_steps(&now, 5), in_review(&now, 0, 10)] {
        for days_ago in [20, 23, 300] {
            let cards = [(front.clone(), sibling), (reverse(&front), in_review(&now, days_ago, 20))];
            assert_eq!(plan_of(&cards, EVERYTHING, &now).reviews, 0, "{days_ago}");
            // Tomorrow the front waits for days, and no longer blocks it.
            let cards = [(front.clone(), in_review(&now, 0, 10)), cards[1].clone()];
            assert_eq!(plan_of(&cards, EVERYTHING, &days_later(&now, 1)).queue, [reverse(&front)]);
        }
    }
}

#[test]
fn the_punctual_sibling_waits_for_the_overdue_one_and_the_less_overdue_one_for_the_other() {
    let (front, now) = (key("deck", "alliance"), morning());
    let planned = |front_state: CardState, back: CardState| {
        plan_of(&[(front.clone(), front_state), (reverse(&front), back)], EVERYTHING, &now).queue
    };
    let gain = |state: &CardState| expected_gain(state, &MemoryModel::default(), now.day());
    let (punctual, overdue) = (in_review(&now, 40, 40), in_review(&now, 24, 20));
    let lost =
        CardState { memory: Some(Memory { stability: 0.3, difficulty: 9.8 }), ..in_review(&now, 24, 20) };
    assert!(gain(&punctual) > gain(&lost), "it is not the gain that decides");
    for overdue in [overdue, lost] {
        assert_eq!(planned(punctual, overdue), [reverse(&front)]);
        assert_eq!(planned(overdue, punctual), std::slice::from_ref(&front));
    }
    // Both 90 days late: a quarter of one interval, nine times the other.
    let (long, short) = (in_review(&now, 450, 360), in_review(&now, 100, 10));
    assert_eq!(planned(long, short), [reverse(&front)]);
    assert_eq!(planned(short, long), std::slice::from_ref(&front));
    // From the next day on nothing is postponed.
    let cards = [(front.clone(), in_review(&now, 0, 90)), (reverse(&front), long)];
    assert_eq!(plan_of(&cards, EVERYTHING, &days_later(&now, 1)).queue, [reverse(&front)]);
}

#[test]
fn of_two_due_siblings_the_one_that_gains_more_comes_first() {
    let front = key("deck", "alliance");
    let now = morning();
    let safe = in_review(&now, 300, 300);
    let fading = in_review(&now, 30, 28);
    let cards = [(front.clone(), safe), (reverse(&front), fading)];
    assert_eq!(plan_of(&cards, EVERYTHING, &now).queue, [reverse(&front)]);
}

#[test]
fn buried_cards_wait_for_their_day_and_suspended_ones_for_ever() {
    let now = morning();
    let buried = CardState { buried_until: Some(now.day().plus(1)), ..in_review(&now, 10, 10) };
    let suspended = CardState { suspended: true, ..in_review(&now, 10, 10) };
    let cards = [(key("deck", "buried"), buried), (key("deck", "suspended"), suspended)];
    assert!(plan_of(&cards, EVERYTHING, &now).queue.is_empty());
    let tomorrow = plan_of(&cards, EVERYTHING, &days_later(&now, 1));
    assert_eq!(tomorrow.queue, [key("deck", "buried")]);
}

#[test]
fn a_card_due_on_a_day_comes_on_that_day_whatever_its_phase() {
    // Merged logs of two machines may leave a card on a step and yet with a day.
    let now = morning();
    for phase in [CardPhase::Learning { step: 1 }, CardPhase::Relearning { step: 0 }] {
        let cards = [(key("deck", "question"), CardState { phase, ..in_review(&now, 10, 10) })];
        assert_eq!(plan_of(&cards, EVERYTHING, &now).reviews, 1, "{phase:?} is never shown again");
    }
}

#[test]
fn half_past_three_still_belongs_to_the_evening_before() {
    let night = at("2026-11-24T03:30[Asia/Seoul]");
    let due_tomorrow = in_review(&night, 9, 10);
    let cards = [(key("deck", "tomorrow"), due_tomorrow), (key("deck", "today"), in_review(&night, 10, 10))];
    assert_eq!(plan_of(&cards, EVERYTHING, &night).queue, [key("deck", "today")]);
    let after = at("2026-11-24T04:00[Asia/Seoul]");
    assert_eq!(plan_of(&cards, EVERYTHING, &after).reviews, 2);
}

#[test]
fn flying_west_makes_no_card_due_early_and_loses_none() {
    // Auckland on the 24th, then Los Angeles, where it is still the 23rd.
    let auckland = at("2026-11-24T10:00[Pacific/Auckland]");
    let california = at("2026-11-23T18:00[America/Los_Angeles]");
    assert!(california.ms() > auckland.ms() && california.day() < auckland.day());
    let answered = in_review(&auckland, 0, 3);
    assert_eq!(answered.days_since_review(california.day()), 0, "never negative");
    let cards = [(key("deck", "question"), answered)];
    assert!(plan_of(&cards, EVERYTHING, &california).queue.is_empty());
    for days in 0..6 {
        let day = california.day().plus(days);
        assert_eq!(is_due(&answered, day), day >= auckland.day().plus(3));
    }
}

/// Keeps topics apart in the plain way, which looks at all topics for every card.
fn topics_apart(cards: &[(CardKey, usize)]) -> Vec<CardKey> {
    let topic_count = cards.iter().map(|(_, topic)| topic + 1).max().unwrap_or(0);
    let mut topics: Vec<VecDeque<(usize, CardKey)>> = vec![VecDeque::new(); topic_count];
    for (rank, (key, topic)) in cards.iter().enumerate() {
        topics[*topic].push_back((rank, key.clone()));
    }
    let (mut ordered, mut last) = (Vec::new(), None);
    while ordered.len() < cards.len() {
        let remaining = cards.len() - ordered.len();
        let others = || (0..topic_count).filter(|topic| last != Some(*topic) && !topics[*topic].is_empty());
        let largest = others().find(|topic| topics[*topic].len() * 2 > remaining);
        let first = others().min_by_key(|topic| topics[*topic].front().map(|(rank, _)| *rank));
        let topic = largest.or(first).or(last).expect("a topic with cards");
        ordered.extend(topics[topic].pop_front().map(|(_, key)| key));
        last = Some(topic);
    }
    ordered
}

#[test]
fn topics_are_kept_apart_as_by_looking_at_all_of_them_for_every_card() {
    let now = morning();
    let mut random = rng(seed_of("topics"));
    for round in 0..400 {
        let (count, topics) = (random.random_range(0..80usize), random.random_range(1..30usize));
        // In every other round one topic has most of the cards.
        let is_uneven = round % 2 == 0;
        let cards: Vec<(CardKey, usize, String, CardState)> = (0..count)
            .map(|nth| {
                let most = if is_uneven && random.random_bool(0.6) { 1 } else { topics };
                let topic = random.random_range(0..most);
                let key = key("deck", &format!("due-{nth}"));
                (key, topic, format!("topic-{topic}"), in_review(&now, 10 + nth as u32 % 7, 10))
            })
            .collect();
        let candidates: Vec<StudyCandidate<'_>> = cards
            .iter()
            .map(|(key, _, topic, state)| StudyCandidate { key: key.clone(), topic, state })
            .collect();
        let queue = plan(&candidates, EVERYTHING, &MemoryModel::default(), &now).queue;
        let mut shuffled: Vec<(CardKey, usize)> =
            cards.into_iter().map(|(key, topic, ..)| (key, topic)).collect();
        shuffled.shuffle(&mut rng(seed_of(&format!("study order {}", now.day().0))));
        assert_eq!(queue, topics_apart(&shuffled), "round {round}");
    }
}

#[test]
fn cards_that_gain_most_are_taken_from_any_number_and_keep_the_order_of_the_day() {
    let now = morning();
    let cards: Vec<(CardKey, CardState)> =
        (0..300).map(|nth| (key("deck", &format!("due-{nth}")), in_review(&now, 10 + nth * 7 % 90, 10))).collect();
    let gain = |key: &CardKey| {
        let state = &cards.iter().find(|(other, _)| other == key).expect("a card").1;
        expected_gain(state, &MemoryModel::default(), now.day())
    };
    for limit in [0, 1, 7, 150, 299, 300, 400] {
        let plan = plan_of(&cards, reviews(limit), &now);
        assert_eq!((plan.queue.len(), plan.postponed), (limit.min(300), 300 - limit.min(300)));
        let taken: HashSet<&CardKey> = plan.queue.iter().collect();
        let left_out = cards.iter().filter(|(key, _)| !taken.contains(key)).map(|(key, _)| gain(key));
        let most_left_out = left_out.fold(f64::NEG_INFINITY, f64::max);
        assert!(plan.queue.iter().all(|key| gain(key) >= most_left_out), "{limit}");
    }
}

#[test]
fn the_order_of_a_day_is_shuffled_anew_every_day_and_the_same_all_day() {
    let cards = due("deck", 30);
    let order = |now: &Moment| plan_of(&cards, EVERYTHING, now).queue;
    let today = order(&morning());
    assert_eq!(today, order(&time::later(&morning(), 5 * time::HOUR)));
    assert_ne!(today, order(&days_later(&morning(), 1)));
}

#[test]
fn two_decks_may_name_a_topic_alike() {
    let cards = [due("a", 5), due("b", 5)].concat();
    let queue = plan_of(&cards, EVERYTHING, &morning()).queue;
    assert!(queue.windows(2).all(|pair| pair[0].deck != pair[1].deck));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    queue.iter().for_each(|key| *counts.entry(&*key.deck).or_default() += 1);
    assert_eq!(counts, HashMap::from([("a", 5), ("b", 5)]));
}
