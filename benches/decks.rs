//! The Decks screen at 100,000 questions: `cargo bench --bench decks`. It prints timings and asserts none.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench panics on errors and prints its times"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use linchpin::app::decks::table::{QuestionColumn, QuestionTable, QuestionTableView};
use linchpin::app::decks::{DeckCommand, SelectionChange};
use linchpin::app::{App, Command, Dirs};
use linchpin::domain::day::Moment;
use linchpin::domain::memory::MemoryModel;
use linchpin::domain::progress::Progress;
use linchpin::formats::ron_deck;

const QUESTIONS: usize = 100_000;

fn now() -> Moment {
    Moment::new(&"2026-11-23T10:00:00+09:00[Asia/Seoul]".parse().expect("a time"), 4)
}

/// About 30 MB.
fn large_deck() -> String {
    let mut text = String::from(
        "Deck(format: 1, id: \"large\", title: \"Large\", topics: {\"a\": \"A\", \"b\": \"B\"}, questions: [\n",
    );
    for number in 0..QUESTIONS {
        let topic = if number % 3 == 0 { "a" } else { "b" };
        let _ = writeln!(
            text,
            "    (id: \"question-{number}\", topic: \"{topic}\",\n     prompt: \"What is the name of thing number {number}, \
             which has {} sides and is kept in the {} drawer?\",\n     answer: Typed([\"thing {number}\", \"no. {number}\"]),\n     \
             explain: \"It is called so because it came as number {number} of all things in the old inventory.\"),",
            number % 97,
            ["first", "second", "third"][number % 3],
        );
    }
    text.push_str("])\n");
    text
}

fn benches(criterion: &mut Criterion) {
    let text = large_deck();
    let deck = ron_deck::parse(&text).deck.expect("a deck");
    let (progress, model, today) = (Progress::default(), MemoryModel::default(), now().day());
    criterion.bench_function("make the table of 100,000 questions", |bench| {
        bench.iter(|| QuestionTable::new(&deck, &progress, &model, today, &QuestionTableView::default()));
    });
    let mut table = QuestionTable::new(&deck, &progress, &model, today, &QuestionTableView::default());
    // A word typed letter by letter: every keystroke searches again.
    for search in ["t", "th", "thing 7", "drawer", "inventory 99999", "nowhere"] {
        let view = QuestionTableView { search: search.to_owned(), ..QuestionTableView::default() };
        criterion.bench_function(&format!("search 100,000 questions for {search:?}"), |bench| {
            bench.iter(|| table.apply_view(&deck, black_box(&view)));
        });
    }
    criterion.bench_function("sort 100,000 questions by their text", |bench| {
        let views = [QuestionColumn::FileOrder, QuestionColumn::Question]
            .map(|sort| QuestionTableView { sort, ..QuestionTableView::default() });
        bench.iter(|| {
            for view in &views {
                table.apply_view(&deck, view);
            }
        });
    });

    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("decks")).expect("a folder");
    std::fs::write(folder.path().join("decks/large.ron"), &text).expect("a deck");
    let mut app = App::open(Dirs::in_folder(folder.path()), &now()).expect("an empty log");
    app.apply(Command::Deck(DeckCommand::Open("large".into())), &now());
    keystrokes(criterion, &mut app);
    save_edits(criterion, &mut app);
}

/// A search as the window does it, with all its consequences.
fn keystrokes(criterion: &mut Criterion, app: &mut App) {
    criterion.bench_function("a keystroke in the search of the page of 100,000 questions", |bench| {
        let mut searches = ["th", "thi"].into_iter().cycle();
        bench.iter(|| {
            let search = searches.next().unwrap_or_default().to_owned();
            let view = QuestionTableView { search, ..QuestionTableView::default() };
            app.apply(Command::Deck(DeckCommand::SetView(view)), &now());
        });
    });
}

/// One question opened, changed and saved in the editor as the window does it: written to the disk and shown again.
fn save_edits(criterion: &mut Criterion, app: &mut App) {
    let mut edits = 0;
    criterion.bench_function("save an edit of one of 100,000 questions", |bench| {
        bench.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                edits += 1;
                let id = format!("question-{}", edits * 37 % QUESTIONS);
                app.apply(
                    Command::Deck(DeckCommand::Select(SelectionChange::Only(id.as_str().into()))),
                    &now(),
                );
                app.apply(Command::Deck(DeckCommand::Edit(id.as_str().into())), &now());
                let mut form = app.decks().editor().expect("open").form.clone();
                form.explain = format!("Changed {edits} times.");
                app.apply(Command::Deck(DeckCommand::SetForm(Box::new(form))), &now());
                let begin = Instant::now();
                app.apply(Command::Deck(DeckCommand::Save(false)), &now());
                spent += begin.elapsed();
                assert!(app.decks().editor().is_none(), "{:?}", app.notice());
            }
            spent
        });
    });
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(4));
    targets = benches
}
criterion_main!(all);
