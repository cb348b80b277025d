//! What the Scores screen is told, through the whole program: commands in, figures out.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::desk::{Desk, kinds};
use linchpin::app::command::{Command, Scope, Take};
use linchpin::app::scores::{Column, Page, ScoresCommand};
use linchpin::app::settings::WindowState;
use linchpin::app::{Screen, Wake};
use linchpin::domain::event::Source;
use linchpin::domain::ids::CardKey;
use linchpin::domain::score::Period;
use linchpin::domain::task::{Form, Response};

/// After a session over every kind, all of them right or wrong.
fn answered(right: bool) -> Desk {
    let mut desk = Desk::studying();
    for _ in 0..11 {
        desk.answer(right);
        desk.go_on();
    }
    desk.apply(Command::EndSession);
    desk
}

fn scores(desk: &mut Desk, command: ScoresCommand) {
    desk.apply(Command::Scores(command));
}

fn topic(name: &str) -> Page {
    Page::Topic { deck: "kinds".into(), topic: name.to_owned() }
}

fn show(desk: &mut Desk) {
    desk.apply(Command::Go(Screen::Scores));
    scores(desk, ScoresCommand::SetDeck(Some("kinds".into())));
}

fn row(desk: &Desk, nth: usize) -> &linchpin::domain::score::table::Row {
    &desk.app.scores().table().expect("a table").rows[nth]
}

#[test]
fn figures_are_there_when_the_screen_is() {
    let mut desk = answered(true);
    assert!(desk.app.scores().table().is_none(), "nobody has looked yet");
    desk.apply(Command::Go(Screen::Scores));
    let scores = desk.app.scores();
    let table = scores.table().expect("a table");
    let decks: HashSet<&str> = table.rows.iter().map(|row| &*row.key.deck).collect();
    assert_eq!(decks, HashSet::from(["kinds", "rok-us-alliance", "korean-terms"]));
    assert_eq!((table.total.score.accuracy.answers, table.total.score.accuracy.right), (11, 11));
    let pictures = scores.pictures().expect("pictures");
    assert_eq!(pictures.days.len(), 1);
    assert_eq!(pictures.kinds.len(), 11);
    assert!(pictures.confidence.iter().all(|said| said.answers == 0));
}

#[test]
fn one_deck_alone_has_its_own_figures() {
    let mut desk = answered(true);
    show(&mut desk);
    let table = desk.app.scores().table().expect("a table");
    assert_eq!(table.rows.len(), 2);
    assert_eq!((table.total.score.cards, table.total.score.seen), (11, 11));
    scores(&mut desk, ScoresCommand::SetDeck(Some("korean-terms".into())));
    assert_eq!(desk.app.scores().table().expect("a table").total.score.seen, 0);
}

#[test]
fn an_answer_and_its_undo_show_at_once() {
    let mut desk = answered(true);
    show(&mut desk);
    let before = desk.app.scores().table().expect("a table").clone();
    desk.apply(Command::Undo);
    assert_eq!(desk.app.scores().table().expect("a table").total.score.accuracy.answers, 10);
    desk.apply(Command::Redo);
    assert_eq!(desk.app.scores().table(), Some(&before));
}

#[test]
fn a_period_leaves_out_what_was_before_it_and_tomorrow_is_another_day() {
    let mut desk = answered(false);
    show(&mut desk);
    scores(&mut desk, ScoresCommand::SetPeriod(Period::Week));
    assert_eq!(row(&desk, 0).score.accuracy.answers, 5);
    desk.sleep(6);
    assert_eq!(row(&desk, 0).score.accuracy.answers, 5, "the seventh day");
    desk.sleep(1);
    assert_eq!(row(&desk, 0).score.accuracy.answers, 0, "the eighth, without a command");
    scores(&mut desk, ScoresCommand::SetPeriod(Period::All));
    assert_eq!(row(&desk, 0).score.accuracy.answers, 5);
}

#[test]
fn columns_sort_both_ways_and_rows_without_a_value_come_last() {
    let mut desk = answered(true);
    desk.apply(Command::Go(Screen::Scores));
    let names = |desk: &Desk| -> Vec<String> {
        let scores = desk.app.scores();
        let rows = &scores.table().expect("a table").rows;
        scores.order().into_iter().map(|at| rows[at].key.name.clone()).collect()
    };
    let as_written = names(&desk);
    scores(&mut desk, ScoresCommand::SortBy(Column::Topic));
    let mut sorted = as_written.clone();
    sorted.sort();
    assert_eq!(names(&desk), sorted);
    scores(&mut desk, ScoresCommand::SortBy(Column::Topic));
    sorted.reverse();
    assert_eq!(names(&desk), sorted);
    for column in [Column::Accuracy, Column::Recall, Column::Score, Column::Time, Column::Studied] {
        for _ in 0..2 {
            scores(&mut desk, ScoresCommand::SortBy(column));
            let first: HashSet<String> = names(&desk)[..2].iter().cloned().collect();
            assert_eq!(first, HashSet::from(["One".to_owned(), "Two".to_owned()]), "{column:?}");
        }
    }
}

#[test]
fn a_topic_tells_its_weakest_questions_and_what_was_taken_for_what() {
    let mut desk = Desk::studying();
    for _ in 0..11 {
        match &desk.asked().task.form {
            Form::Bool { right } => desk.apply(Command::Answer(Response::Bool(!right))),
            Form::Pick { options, many: false } => {
                let wrong = options.iter().position(|option| !option.right).expect("a wrong option");
                desk.apply(Command::Answer(Response::Picks(vec![wrong])));
            }
            _ => desk.answer(false),
        }
        desk.go_on();
    }
    desk.apply(Command::EndSession);
    show(&mut desk);
    scores(&mut desk, ScoresCommand::Open(topic("one")));
    let detail = desk.app.scores().topic().expect("the topic");
    assert_eq!(detail.row.key.name, "One");
    assert_eq!(detail.cards.len(), 5);
    assert!(detail.cards.iter().all(|card| card.accuracy.answers == 1 && card.recall.is_some()));
    let deck = &desk.app.library().deck("kinds").expect("the deck").deck;
    let of = |id: &str| deck.questions.iter().position(|it| *it.id == *id).expect("a question");
    let choice = detail.confusions.iter().find(|it| it.question == of("choice")).expect("a wrong option");
    assert_eq!((choice.right.as_str(), choice.times), ("NCG", 1));
    assert!(["one", "two", "three"].contains(&choice.taken.as_str()));
    let truth = detail.confusions.iter().find(|it| it.question == of("bool")).expect("false for true");
    assert_eq!((truth.right.as_str(), truth.taken.as_str()), ("true", "false"));
}

#[test]
fn who_takes_the_same_wrong_option_three_times_is_told_so() {
    let mut desk = Desk::new();
    for _ in 0..3 {
        let card: CardKey = desk.card("kinds", 4);
        desk.start(Scope::Cards(Arc::new([card])), Take::These);
        let Form::Pick { options, .. } = &desk.asked().task.form else { panic!("a choice") };
        let taken = options.iter().position(|option| option.text == "two").expect("the option");
        desk.apply(Command::Answer(Response::Picks(vec![taken])));
        desk.apply(Command::EndSession);
    }
    show(&mut desk);
    scores(&mut desk, ScoresCommand::Open(topic("one")));
    let confusions = &desk.app.scores().topic().expect("the topic").confusions;
    let told: Vec<(&str, &str, usize)> =
        confusions.iter().map(|it| (it.taken.as_str(), it.right.as_str(), it.times)).collect();
    assert_eq!(told, [("two", "NCG", 3)]);
}

#[test]
fn a_session_on_exactly_these_asks_all_of_them_and_no_others() {
    let mut desk = answered(true);
    desk.sleep(2);
    let wanted: Vec<CardKey> = [0, 3, 7].map(|nth| desk.card("kinds", nth)).into();
    for _ in 0..2 {
        desk.start(Scope::Cards(wanted.clone().into()), Take::These);
        let session = desk.app.study().expect("a session").session();
        assert_eq!(session.source, Source::Study);
        let asked: HashSet<CardKey> = session.cards().cloned().collect();
        assert_eq!(asked, wanted.iter().cloned().collect(), "due or not, answered today or not");
        for _ in 0..3 {
            desk.answer(true);
            desk.go_on();
        }
        desk.apply(Command::EndSession);
    }
}

#[test]
fn a_page_whose_deck_is_gone_gives_way_to_the_table() {
    let mut desk = answered(true);
    show(&mut desk);
    scores(&mut desk, ScoresCommand::Open(topic("two")));
    std::fs::remove_file(desk.folder().join("decks/kinds.ron")).expect("a file");
    desk.reload();
    assert_eq!(*desk.app.scores().page(), Page::Topics);
    assert_eq!(desk.app.scores().deck(), None);
    assert!(desk.app.scores().table().is_some());
}

#[test]
fn passages_show_for_decks_with_a_source_and_for_no_other() {
    let mut desk = Desk::new();
    desk.apply(Command::Go(Screen::Scores));
    scores(&mut desk, ScoresCommand::Open(Page::Passages("rok-us-alliance".into())));
    let passages = desk.app.scores().passages().expect("passages");
    assert!(passages.len() > 5 && passages.iter().all(|passage| !passage.gist.is_empty()));
    scores(&mut desk, ScoresCommand::Open(Page::Passages("kinds".into())));
    assert_eq!(*desk.app.scores().page(), Page::Topics);
    scores(&mut desk, ScoresCommand::Open(topic("one")));
    desk.apply(Command::Go(Screen::Scores));
    assert_eq!(*desk.app.scores().page(), Page::Topics, "its key again goes to the table");
}

/// With a history large enough to be computed beside the window.
#[test]
fn a_large_history_is_computed_beside_the_window_and_an_answer_calls_it_off() {
    let mut desk = Desk::new();
    let mut deck =
        "Deck(format: 1, id: \"large\", title: \"Large\", topics: {\"t\": \"T\"}, questions: [".to_owned();
    for nth in 0..6_000 {
        deck.push_str(&format!(
            "(id: \"q{nth}\", topic: \"t\", prompt: \"Q {nth}\", answer: Number({nth})),\n"
        ));
    }
    deck.push_str("])");
    desk.save("large.ron", &deck);
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = woken.clone();
    desk.app.wakes(Wake::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    }));
    desk.apply(Command::Go(Screen::Scores));
    assert!(desk.app.scores().is_computing());
    // An answer meanwhile: nothing of the old state may come afterwards.
    desk.start(kinds(), Take::Today);
    desk.answer(true);
    assert!(!desk.app.scores().is_computing());
    desk.apply(Command::Go(Screen::Scores));
    for _ in 0..1_000 {
        if !desk.app.scores().is_computing() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        let now = desk.now;
        desk.app.tick(&now);
    }
    let scores = desk.app.scores();
    assert_eq!(scores.table().expect("a table").total.score.accuracy.answers, 1);
    assert_eq!(scores.pictures().expect("pictures").days.len(), 1);
    assert!(woken.load(Ordering::SeqCst) >= 2);
}

#[test]
fn decks_never_studied_come_last_and_the_look_of_the_last_time_is_kept() {
    let mut desk = answered(true);
    desk.apply(Command::Go(Screen::Scores));
    let first = |desk: &Desk| {
        let scores = desk.app.scores();
        scores.table().expect("a table").rows[scores.order()[0]].key.deck.clone()
    };
    assert_eq!(&*first(&desk), "kinds", "whatever the order of the library");
    scores(&mut desk, ScoresCommand::SetPeriod(Period::Year));
    scores(&mut desk, ScoresCommand::SetDeck(Some("kinds".into())));
    scores(&mut desk, ScoresCommand::ToggleColumns);
    let kept = WindowState { scores: desk.app.scores().view().clone(), ..WindowState::default() };
    let config = tempfile::tempdir().expect("a folder");
    kept.save(config.path()).expect("room on the disk");

    let mut desk = desk.reopen();
    desk.app.begin_at(Screen::Scores, WindowState::load(config.path()).scores);
    let now = desk.now;
    desk.app.tick(&now);
    let scores = desk.app.scores();
    assert_eq!((scores.deck().map(|deck| &**deck), scores.period()), (Some("kinds"), Period::Year));
    assert!(scores.shows_all_columns());
    assert_eq!(scores.table().expect("a table").rows.len(), 2);
}
