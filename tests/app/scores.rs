//! The figures of the Scores screen, through the whole program.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use linchpin::app::Screen;
use linchpin::app::command::Command;
use linchpin::app::scores::{ScoresColumn, ScoresCommand, ScoresPage};
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::background::RepaintSignal;
use linchpin::domain::event::ReviewSource;
use linchpin::domain::ids::CardKey;
use linchpin::domain::score::Period;
use linchpin::domain::task::{BoolTask, ChoiceTask, Response, TaskForm};

use crate::fixtures::{AppFixture, kinds};

/// A fixture after a session over every kind, all answers right or all wrong.
fn answered(right: bool) -> AppFixture {
    let mut fixture = AppFixture::studying();
    for _ in 0..11 {
        fixture.answer(right);
        fixture.next_card();
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    fixture
}

fn scores(fixture: &mut AppFixture, command: ScoresCommand) {
    fixture.apply(Command::Scores(command));
}

fn topic(name: &str) -> ScoresPage {
    ScoresPage::Topic { deck: "kinds".into(), topic: name.to_owned() }
}

fn show(fixture: &mut AppFixture) {
    fixture.apply(Command::Go(Screen::Scores));
    scores(fixture, ScoresCommand::SetDeck(Some("kinds".into())));
}

fn row(fixture: &AppFixture, nth: usize) -> &linchpin::domain::score::table::TopicRow {
    &fixture.app.scores().table().expect("a table").rows[nth]
}

#[test]
fn the_screen_opens_with_its_figures() {
    let mut fixture = answered(true);
    assert!(fixture.app.scores().table().is_none(), "no figures before the screen opens");
    fixture.apply(Command::Go(Screen::Scores));
    let scores = fixture.app.scores();
    let table = scores.table().expect("a table");
    let decks: HashSet<&str> = table.rows.iter().map(|row| &*row.key.deck).collect();
    assert_eq!(decks, HashSet::from(["kinds", "rok-us-alliance", "korean-terms"]));
    assert_eq!((table.total.score.accuracy.answers, table.total.score.accuracy.right), (11, 11));
    let charts = scores.charts().expect("charts");
    assert_eq!(charts.days.len(), 1);
    assert_eq!(charts.kinds.len(), 11);
    assert!(charts.confidence.iter().all(|level| level.answers == 0));
}

#[test]
fn one_deck_alone_has_its_own_figures() {
    let mut fixture = answered(true);
    show(&mut fixture);
    let table = fixture.app.scores().table().expect("a table");
    assert_eq!(table.rows.len(), 2);
    assert_eq!((table.total.score.cards, table.total.score.seen), (11, 11));
    scores(&mut fixture, ScoresCommand::SetDeck(Some("korean-terms".into())));
    assert_eq!(fixture.app.scores().table().expect("a table").total.score.seen, 0);
}

#[test]
fn an_answer_and_its_undo_update_the_figures_at_once() {
    let mut fixture = answered(true);
    show(&mut fixture);
    let before = fixture.app.scores().table().expect("a table").clone();
    fixture.apply(Command::Undo);
    assert_eq!(fixture.app.scores().table().expect("a table").total.score.accuracy.answers, 10);
    fixture.apply(Command::Redo);
    assert_eq!(fixture.app.scores().table(), Some(&before));
}

#[test]
fn a_period_leaves_out_older_answers_and_moves_on_with_the_day() {
    let mut fixture = answered(false);
    show(&mut fixture);
    scores(&mut fixture, ScoresCommand::SetPeriod(Period::Week));
    assert_eq!(row(&fixture, 0).score.accuracy.answers, 5);
    fixture.pass_days(6);
    assert_eq!(row(&fixture, 0).score.accuracy.answers, 5, "the seventh day");
    fixture.pass_days(1);
    assert_eq!(row(&fixture, 0).score.accuracy.answers, 0, "the eighth, without a command");
    scores(&mut fixture, ScoresCommand::SetPeriod(Period::All));
    assert_eq!(row(&fixture, 0).score.accuracy.answers, 5);
}

#[test]
fn columns_sort_both_ways_and_rows_without_a_value_come_last() {
    let mut fixture = answered(true);
    fixture.apply(Command::Go(Screen::Scores));
    let names = |fixture: &AppFixture| -> Vec<String> {
        let scores = fixture.app.scores();
        let rows = &scores.table().expect("a table").rows;
        scores.order().into_iter().map(|at| rows[at].key.name.clone()).collect()
    };
    let as_written = names(&fixture);
    scores(&mut fixture, ScoresCommand::SortBy(ScoresColumn::Topic));
    let mut sorted = as_written.clone();
    sorted.sort();
    assert_eq!(names(&fixture), sorted);
    scores(&mut fixture, ScoresCommand::SortBy(ScoresColumn::Topic));
    sorted.reverse();
    assert_eq!(names(&fixture), sorted);
    for column in [
        ScoresColumn::Accuracy,
        ScoresColumn::Recall,
        ScoresColumn::Score,
        ScoresColumn::Time,
        ScoresColumn::LastStudied,
    ] {
        for _ in 0..2 {
            scores(&mut fixture, ScoresCommand::SortBy(column));
            let first: HashSet<String> = names(&fixture)[..2].iter().cloned().collect();
            assert_eq!(first, HashSet::from(["One".to_owned(), "Two".to_owned()]), "{column:?}");
        }
    }
}

#[test]
fn the_page_of_a_topic_has_its_weakest_questions_and_its_confusions() {
    let mut fixture = AppFixture::studying();
    for _ in 0..11 {
        match &fixture.active_card().task.form {
            TaskForm::Bool(BoolTask { right }) => {
                fixture.apply(Command::Study(StudyCommand::Answer(Response::Bool(!right))))
            }
            TaskForm::Choice(ChoiceTask { options }) => {
                let wrong = options.iter().position(|option| !option.is_right).expect("a wrong option");
                fixture.apply(Command::Study(StudyCommand::Answer(Response::Choice(vec![wrong]))));
            }
            _ => fixture.answer(false),
        }
        fixture.next_card();
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    show(&mut fixture);
    scores(&mut fixture, ScoresCommand::Open(topic("one")));
    let detail = fixture.app.scores().topic().expect("the topic");
    assert_eq!(detail.row.key.name, "One");
    assert_eq!(detail.cards.len(), 5);
    assert!(detail.cards.iter().all(|card| card.accuracy.answers == 1 && card.recall.is_some()));
    let deck = &fixture.app.library().deck("kinds").expect("the deck").deck;
    let of = |id: &str| deck.questions.iter().position(|it| *it.id == *id).expect("a question");
    let choice = detail.confusions.iter().find(|it| it.question == of("choice")).expect("a wrong option");
    assert_eq!((choice.right.as_str(), choice.count), ("NCG", 1));
    assert!(["one", "two", "three"].contains(&choice.given.as_str()));
    let truth = detail.confusions.iter().find(|it| it.question == of("bool")).expect("false for true");
    assert_eq!((truth.right.as_str(), truth.given.as_str()), ("true", "false"));
}

#[test]
fn a_wrong_option_taken_three_times_is_listed_as_a_confusion() {
    let mut fixture = AppFixture::new();
    for _ in 0..3 {
        let card: CardKey = fixture.card("kinds", 4);
        fixture.start(Scope::Cards(Arc::new([card])), SessionKind::AllInScope);
        let TaskForm::Choice(ChoiceTask { options, .. }) = &fixture.active_card().task.form else {
            panic!("a choice")
        };
        let taken = options.iter().position(|option| option.text == "two").expect("the option");
        fixture.apply(Command::Study(StudyCommand::Answer(Response::Choice(vec![taken]))));
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
    show(&mut fixture);
    scores(&mut fixture, ScoresCommand::Open(topic("one")));
    let confusions = &fixture.app.scores().topic().expect("the topic").confusions;
    let confusions: Vec<(&str, &str, usize)> =
        confusions.iter().map(|it| (it.given.as_str(), it.right.as_str(), it.count)).collect();
    assert_eq!(confusions, [("two", "NCG", 3)]);
}

#[test]
fn a_session_on_given_cards_has_all_of_them_and_no_others() {
    let mut fixture = answered(true);
    fixture.pass_days(2);
    let wanted: Vec<CardKey> = [0, 3, 7].map(|nth| fixture.card("kinds", nth)).into();
    for _ in 0..2 {
        fixture.start(Scope::Cards(wanted.clone().into()), SessionKind::AllInScope);
        let session = fixture.app.active_session().expect("a session").session();
        assert_eq!(session.source, ReviewSource::Study);
        let session_cards: HashSet<CardKey> = session.cards().cloned().collect();
        assert_eq!(session_cards, wanted.iter().cloned().collect(), "due or not, answered today or not");
        for _ in 0..3 {
            fixture.answer(true);
            fixture.next_card();
        }
        fixture.apply(Command::Study(StudyCommand::EndSession));
    }
}

#[test]
fn a_page_whose_deck_is_gone_gives_way_to_the_table() {
    let mut fixture = answered(true);
    show(&mut fixture);
    scores(&mut fixture, ScoresCommand::Open(topic("two")));
    std::fs::remove_file(fixture.folder().join("decks/kinds.ron")).expect("a file");
    fixture.reload_decks();
    assert_eq!(*fixture.app.scores().page(), ScoresPage::Topics);
    assert_eq!(fixture.app.scores().deck(), None);
    assert!(fixture.app.scores().table().is_some());
}

#[test]
fn passages_show_only_for_decks_with_a_source() {
    let mut fixture = AppFixture::new();
    fixture.apply(Command::Go(Screen::Scores));
    scores(&mut fixture, ScoresCommand::Open(ScoresPage::Passages("rok-us-alliance".into())));
    let passages = fixture.app.scores().passages().expect("passages");
    assert!(passages.len() > 5 && passages.iter().all(|passage| !passage.gist.is_empty()));
    scores(&mut fixture, ScoresCommand::Open(ScoresPage::Passages("kinds".into())));
    assert_eq!(*fixture.app.scores().page(), ScoresPage::Topics);
    scores(&mut fixture, ScoresCommand::Open(topic("one")));
    fixture.apply(Command::Go(Screen::Scores));
    assert_eq!(
        *fixture.app.scores().page(),
        ScoresPage::Topics,
        "pressing its key again returns to the table"
    );
}

/// A fixture whose scores are computed on a background thread.
fn large() -> AppFixture {
    let mut fixture = AppFixture::new();
    let mut deck =
        "Deck(format: 1, id: \"large\", title: \"Large\", topics: {\"t\": \"T\"}, questions: [".to_owned();
    for nth in 0..6_000 {
        deck.push_str(&format!(
            "(id: \"q{nth}\", topic: \"t\", prompt: \"Q {nth}\", answer: Number({nth})),\n"
        ));
    }
    deck.push_str("])");
    fixture.save_deck("large.ron", &deck);
    fixture
}

fn wait_for_scores(fixture: &mut AppFixture) {
    for _ in 0..1_000 {
        if !fixture.app.scores().is_computing() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
        fixture.app.tick(&fixture.now);
    }
    panic!("the scores never came");
}

#[test]
fn a_large_history_is_computed_in_the_background_and_an_answer_cancels_it() {
    let mut fixture = large();
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = woken.clone();
    fixture.app.set_repaint_signal(RepaintSignal::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    }));
    fixture.apply(Command::Go(Screen::Scores));
    assert!(fixture.app.scores().is_computing());
    // After an answer meanwhile no figures of the old state may arrive.
    fixture.start(kinds(), SessionKind::Today);
    fixture.answer(true);
    assert!(!fixture.app.scores().is_computing());
    fixture.apply(Command::Go(Screen::Scores));
    wait_for_scores(&mut fixture);
    let scores = fixture.app.scores();
    assert_eq!(scores.table().expect("a table").total.score.accuracy.answers, 1);
    assert_eq!(scores.charts().expect("charts").days.len(), 1);
    assert!(woken.load(Ordering::SeqCst) >= 2);
}

#[test]
fn a_panic_in_the_background_becomes_a_notice_and_the_program_goes_on() {
    let mut fixture = large();
    let panics = AtomicBool::new(true);
    // Called by the thread that computes the scores, when its first part is ready.
    fixture.app.set_repaint_signal(RepaintSignal::new(move || {
        assert!(!panics.swap(false, Ordering::SeqCst), "a fault of the program");
    }));
    fixture.apply(Command::Go(Screen::Scores));
    wait_for_scores(&mut fixture);
    let notice = "Computing the scores could not be finished. Your answers are kept.";
    assert_eq!(fixture.notice(), notice);
    assert!(fixture.app.scores().charts().is_none(), "what came after the panic is missing");
    scores(&mut fixture, ScoresCommand::SetPeriod(Period::Year));
    wait_for_scores(&mut fixture);
    assert!(fixture.app.scores().charts().is_some() && fixture.app.notice().is_none());
    fixture.start(kinds(), SessionKind::Today);
    fixture.answer(true);
}

#[test]
fn decks_never_studied_come_last_and_the_view_of_the_screen_is_saved() {
    let mut fixture = answered(true);
    fixture.apply(Command::Go(Screen::Scores));
    let first = |fixture: &AppFixture| {
        let scores = fixture.app.scores();
        scores.table().expect("a table").rows[scores.order()[0]].key.deck.clone()
    };
    assert_eq!(&*first(&fixture), "kinds", "whatever the order of the library");
    scores(&mut fixture, ScoresCommand::SetPeriod(Period::Year));
    scores(&mut fixture, ScoresCommand::SetDeck(Some("kinds".into())));
    scores(&mut fixture, ScoresCommand::ToggleColumns);
    let kept = fixture.app.scores().view().clone();

    let mut fixture = fixture.reopen();
    fixture.app.restore_view(Screen::Scores, kept);
    let now = fixture.now;
    fixture.app.tick(&now);
    let scores = fixture.app.scores();
    assert_eq!((scores.deck().map(|deck| &**deck), scores.period()), (Some("kinds"), Period::Year));
    assert!(scores.shows_all_columns());
    assert_eq!(scores.table().expect("a table").rows.len(), 2);
}
