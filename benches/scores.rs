//! How long the scores take over a large history: `cargo bench --bench scores`. It prints timings and asserts none.

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
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use indexmap::IndexMap;
use linchpin::domain::day::StudyDay;
use linchpin::domain::deck::Deck;
use linchpin::domain::ids::{CardKey, Facet};
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::question::{Answer, ChoiceAnswer, Question, WrongOption};
use linchpin::domain::rating::Rating;
use linchpin::domain::score::Period;
use linchpin::domain::score::charts::ChartData;
use linchpin::domain::score::scored_cards::ScoredHistories;
use linchpin::domain::score::table::TopicTable;
use sample::{answered, review};

const CARDS: usize = 100_000;
const TOPICS: usize = 50;
const TODAY: StudyDay = StudyDay(20_780);

fn deck() -> Deck {
    let topics: IndexMap<String, String> =
        (0..TOPICS).map(|topic| (format!("t{topic}"), format!("Topic {topic}"))).collect();
    let wrong = |text: &str| WrongOption { text: text.to_owned(), why: None };
    let question = |number: usize| Question {
        id: format!("q{number}").into(),
        id_is_written: true,
        topic: format!("t{}", number % TOPICS),
        prompt: format!("What came of number {number}?"),
        answer: Answer::Choice(ChoiceAnswer {
            right: "This".to_owned(),
            wrong: vec![wrong("That"), wrong("Neither")],
        }),
        hint: None,
        explain: None,
        cite: Vec::new(),
        tags: Vec::new(),
        image: None,
        typed: Vec::new(),
        formerly: Vec::new(),
        confusable: Vec::new(),
    };
    let questions = (0..CARDS).map(question).collect();
    Deck::new("bench", "Bench".to_owned(), None, "en".to_owned(), None, topics, questions)
}

/// `each` answers to every card over two years; intervals grow by half, and every tenth card is forgotten.
fn history(each: usize) -> Progress {
    let mut events = Vec::with_capacity(CARDS * each);
    for nth in 0..each {
        let share = (nth as f64 / each as f64).powf(1.5);
        for card in 0..CARDS {
            let day = StudyDay(TODAY.0 - 730 + (share * 700.0) as i32 + (card % 30) as i32);
            let number = events.len();
            let is_right = !(card * 7 + nth * 13).is_multiple_of(10);
            let rating = if is_right { Rating::Good } else { Rating::Again };
            let mut review = review(rating, day.plus(20));
            review.latency_ms = 2_000 + (number * 7_919 % 9_000) as u32;
            let card = CardKey::new("bench", format!("q{card}"), Facet::Front);
            events.push(answered(card, day, number, review));
        }
    }
    Progress::from_events(events, &MemoryModel::default())
}

fn benches(criterion: &mut Criterion) {
    let (model, deck, never) = (MemoryModel::default(), deck(), AtomicBool::new(false));
    for (each, name) in [(10, "1,000,000"), (40, "4,000,000")] {
        let progress = history(each);
        criterion.bench_function(&format!("first figures (table) of {name} answers"), |bench| {
            bench.iter(|| {
                let subjects =
                    ScoredHistories::of([&deck], black_box(&progress), &never).expect("not called off");
                TopicTable::of_period(&subjects, &model, TODAY, Period::All, &never).expect("not called off")
            });
        });
        criterion.bench_function(&format!("all figures (table and pictures) of {name} answers"), |bench| {
            bench.iter(|| {
                let subjects =
                    ScoredHistories::of([&deck], black_box(&progress), &never).expect("not called off");
                let table = TopicTable::of_period(&subjects, &model, TODAY, Period::All, &never);
                let pictures = ChartData::compute(&subjects, &model, TODAY, Period::All, &never);
                (table.expect("not called off"), pictures.expect("not called off"))
            });
        });
    }
}

criterion_group! {
    name = scores;
    config = Criterion::default().sample_size(10);
    targets = benches
}
criterion_main!(scores);
