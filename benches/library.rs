//! How long a deck of 100,000 questions takes: `cargo bench --bench library`. It prints timings and asserts none.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

mod sample;

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use linchpin::app::figures::Figures;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::app::{App, Command, Dirs, Settings};
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::ReviewSource;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::domain::queue::SessionPlan;
use linchpin::domain::rating::Rating;
use linchpin::domain::schedule::Scheduler;
use linchpin::domain::session::{NextCard, Session};
use linchpin::formats::ron_deck;
use linchpin::library::{DeckFolders, IndexVersion, Library, Origin, TextHash};
use sample::{answered, now, review};

const QUESTIONS: usize = 100_000;

/// Questions as long as those of the shipped decks, about 400 bytes each.
fn text() -> String {
    let mut text = "Deck(format: 1, id: \"large\", title: \"Large\", topics: {".to_owned();
    for topic in 0..20 {
        let _ = write!(text, "\"t{topic}\": \"Topic {topic}\", ");
    }
    text.push_str("}, questions: [\n");
    for number in 0..QUESTIONS {
        let answer = match number % 4 {
            0 => format!(
                "Choice(right: \"The treaty of the year {number}\", wrong: [\n            (\"The pact of the year {number}\", \"It came two years later, and of it no one speaks here.\"),\n            (\"The charter of the year {number}\", \"Nobody signed it before the armistice.\"),\n        ])"
            ),
            1 => format!("Number({number})"),
            2 => format!("Typed([\"answer {number}\", \"the answer {number}\"])"),
            _ => format!(
                "Recall(\"What is thought of number {number}, at the length that such an answer has\")"
            ),
        };
        let _ = writeln!(
            text,
            "    (id: \"question-{number}\", topic: \"t{}\",\n        prompt: \"In which place was the agreement of number {number} made between the two, and what came of it in the years after?\",\n        answer: {answer},\n        explain: \"It was made where number {number} says, after long talks; both sides kept to it for as long as it lasted.\"),",
            number % 20
        );
    }
    text.push_str("])\n");
    text
}

/// The progress after two answers to every second card.
fn history(library: &Library) -> Progress {
    let today = now().day();
    let deck = &library.deck("large").expect("the deck").deck;
    let cards: Vec<_> = deck.cards().map(|(key, _)| key).step_by(2).collect();
    let events = (0..2).flat_map(|turn| {
        let day = StudyDay(today.0 - 14 + 7 * turn);
        let count = cards.len();
        cards.iter().enumerate().map(move |(number, card)| {
            let review = review(Rating::Good, day.plus(3 + number as u32 % 14));
            answered(card.clone(), day, turn as usize * count + number, review)
        })
    });
    Progress::from_events(events, &MemoryModel::default())
}

fn write_deck(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a deck");
    // Old enough that the modification time alone shows that the file has not changed.
    let file = fs::File::options().write(true).open(path).expect("the deck");
    file.set_modified(SystemTime::now() - Duration::from_secs(60)).expect("a time");
}

fn benches(criterion: &mut Criterion) {
    let text = text();
    criterion.bench_function("parse 100,000 questions", |bench| {
        bench.iter(|| ron_deck::parse(black_box(&text)));
    });

    let line = text.replace('\n', " ");
    criterion.bench_function("parse 100,000 questions in one line", |bench| {
        bench.iter(|| ron_deck::parse(black_box(&line)));
    });

    let root = tempfile::tempdir().expect("a folder");
    let dirs = Dirs::in_folder(root.path());
    let path = dirs.decks().join("large.ron");
    write_deck(&path, &text);
    // Unlike the modification time, the time of the last status change cannot be set.
    std::thread::sleep(Duration::from_millis(2_100));
    let folders = DeckFolders { own: dirs.decks(), added: Vec::new(), cache: Some(dirs.index()) };
    let open = || Library::open(&folders);
    let mut library = open();
    library.write_index(&dirs.index(), IndexVersion::Followed, None).expect("something to write").join();

    criterion.bench_function("open the library, indexed", |bench| bench.iter_with_large_drop(open));
    criterion.bench_function("load the library again, unchanged", |bench| {
        bench.iter_with_large_drop(|| Library::reload(&folders, library.decks()));
    });
    criterion.bench_function("from nothing to the first question, indexed", |bench| {
        bench.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                let begin = Instant::now();
                let mut app = App::open(dirs.clone(), &now()).expect("it opens");
                app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)), &now());
                spent += begin.elapsed();
                assert!(app.active_session().and_then(|study| study.active_card()).is_some());
                // Only one store may have the progress open.
                drop(app);
            }
            spent
        });
    });

    let (scheduler, settings) = (Scheduler::default(), Settings::default());
    let none = Progress::default();
    criterion.bench_function("figures, nothing learned", |bench| {
        bench.iter(|| Figures::compute(&library, &none, &scheduler, &settings, &now()));
    });
    let half = history(&library);
    criterion.bench_function("figures, half learned", |bench| {
        bench.iter(|| Figures::compute(&library, &half, &scheduler, &settings, &now()));
    });

    let mut app = App::open(dirs.clone(), &now()).expect("it opens");
    criterion.bench_function("start a session", |bench| {
        bench.iter(|| app.apply(Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)), &now()));
    });
    drop(app);

    let queue: Vec<_> = library.deck("large").expect("the deck").deck.cards().map(|(key, _)| key).collect();
    let plan = SessionPlan { reviews: queue.len(), queue, ..SessionPlan::default() };
    let mut session = Session::new(plan, ReviewSource::Study);
    criterion.bench_function("the next card of 100,000 due ones", |bench| {
        bench.iter(|| {
            let next = session.next(&half, &now());
            assert!(matches!(next, NextCard::Show(_)));
        });
    });

    let origin = Origin::File(path);
    let deck = library.deck("large").expect("the deck").deck.clone();
    criterion.bench_function("replace a deck with one question edited", |bench| {
        bench.iter_batched(
            || {
                let mut edited = (*deck).clone();
                let mut question = (*edited.questions[500]).clone();
                question.prompt.push('!');
                Arc::make_mut(&mut edited.questions)[500] = Arc::new(question);
                Arc::new(edited)
            },
            |edited| assert!(library.replace_deck(&origin, edited, TextHash::of(&text))),
            BatchSize::PerIteration,
        );
    });
}

criterion_group! {
    name = library;
    config = Criterion::default().sample_size(10);
    targets = benches
}
criterion_main!(library);
