//! How long the engine takes: `cargo bench`. It prints timings and asserts none.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

mod sample;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use linchpin::domain::card::CardState;
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{AnswerRecord, Change, Event};
use linchpin::domain::grade::grade;
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::Kind;
use linchpin::domain::queue::{StudyCandidate, StudyLimits, plan};
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::task::{Response, Task};
use linchpin::formats::ron_deck;
use linchpin::library::SHIPPED;
use linchpin::store::Store;
use sample::{answered, now, review};

const CARDS: usize = 50_000;
const REVIEWS: usize = 100_000;

fn key(number: usize) -> CardKey {
    CardKey::new("bench", format!("question-{number}"), Facet::Front)
}

/// Two answers to each card, a week apart.
fn history() -> Vec<Event> {
    let today = now().day();
    (0..REVIEWS)
        .map(|number| {
            let day = StudyDay(today.0 - 14 + if number < REVIEWS / 2 { 0 } else { 7 });
            let rating = if number % 7 == 0 { Rating::Again } else { Rating::Good };
            answered(key(number % (REVIEWS / 2)), day, number, review(rating, day.plus(7)))
        })
        .collect()
}

fn benches(criterion: &mut Criterion) {
    let model = MemoryModel::default();
    let (_, alliance) = SHIPPED[0];
    criterion.bench_function("parse the alliance deck", |bench| {
        bench.iter(|| ron_deck::parse(black_box(alliance)));
    });

    let question = |number: usize| {
        let words = format!("answer number {number} of the deck");
        format!(
            r#"(topic: "t", prompt: "Question {number}?", answer: Choice(right: "{words}", wrong: ["Not {words}", "No {words}", "{words} at all"])),
"#
        )
    };
    let typed = r#"(topic: "t", prompt: "Which treaty?", answer: Typed(["the Mutual Defense Treaty"])),"#;
    let questions: String = (0..100_000).map(question).collect();
    let text = format!(
        r#"Deck(format: 1, id: "d", title: "D", topics: {{"t": "T"}}, questions: [{typed}{questions}])"#
    );
    let deck = ron_deck::parse(&text).deck.expect("a deck");
    let task = Task::new(&deck, &deck.questions[0], &Facet::Front, 0, false);
    for (what, said) in [("a right answer", "mutual defence treaty"), ("a slip", "mutual defense traety")] {
        let response = Response::Typed(said.to_owned());
        criterion.bench_function(&format!("grade {what} in a deck of 100,000 questions"), |bench| {
            bench.iter(|| grade(black_box(&task), &response));
        });
    }

    let events = history();
    criterion.bench_function("fold 100,000 answers of 50,000 cards", |bench| {
        bench.iter(|| Progress::from_events(black_box(events.clone()), &model));
    });

    let progress = Progress::from_events(events, &model);
    let keys: Vec<CardKey> = (0..CARDS).map(key).collect();
    let candidates: Vec<StudyCandidate<'_>> = keys
        .iter()
        .map(|key| StudyCandidate { key: key.clone(), topic: "t", state: progress.state(key) })
        .collect();
    let limits = StudyLimits { new_cards: 20, reviews: Some(200), allow_repeats: false };
    criterion.bench_function("plan the day over 50,000 cards", |bench| {
        bench.iter(|| plan(black_box(&candidates), limits, &model, &now()));
    });

    let state = *progress.state(&keys[0]);
    let due: Vec<(CardKey, String)> =
        (0..500_000).map(|number| (key(number), format!("topic {}", number % 20_000))).collect();
    let due: Vec<StudyCandidate<'_>> = due
        .iter()
        .map(|(key, topic)| StudyCandidate { key: key.clone(), topic, state: &state })
        .collect();
    for (what, reviews) in [("without a limit", None), ("with a limit of 200", Some(200))] {
        let limits = StudyLimits { new_cards: 20, reviews, allow_repeats: false };
        criterion.bench_function(&format!("plan the day over 500,000 due cards of 20,000 topics {what}"), |bench| {
            bench.iter(|| plan(black_box(&due), limits, &model, &now()));
        });
    }

    let scheduler = Scheduler::default();
    let state: CardState = *progress.state(&keys[0]);
    criterion.bench_function("the four outcomes of a card", |bench| {
        bench.iter(|| scheduler.outcomes(&keys[0], Kind::Choice, black_box(&state), &now()));
    });

    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("a store");
    let given = AnswerRecord {
        response: Response::Choice(vec![0]),
        shown_options: vec!["one".to_owned(), "two".to_owned()],
    };
    let change = Change::Answer(review(Rating::Good, now().day().plus(7)));
    criterion.bench_function("commit one answer durably", |bench| {
        bench.iter(|| store.append(now().stamp, &keys[0], &change, Some(&given)).expect("it is kept"));
    });
}

criterion_group! {
    name = engine;
    config = Criterion::default().sample_size(20);
    targets = benches
}
criterion_main!(engine);
