//! A slip of the fingers in a test: half a point until its owner decides in the report, and changeable ever after.

use linchpin::app::test::{ReportAs, TestCommand};
use linchpin::app::{Command, Screen};
use linchpin::domain::event::{Change, Review, Source};
use linchpin::domain::grade::Outcome;
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;
use linchpin::domain::test::{Act, Phase, Report, Setup, Sitting, Step};
use linchpin::formats::export::report::counted;

use super::sitting::{all_kinds, begin, past, running, test};
use crate::desk::Desk;
use crate::learner::days_later;

const SLIPS: &str = r#"Deck(format: 1, id: "slips", title: "Slips", topics: {"t": "T"}, questions: [
    (id: "synapse", topic: "t", prompt: "What does a synapse release?",
     answer: Typed(["neurotransmitter"])),
    (id: "right", topic: "t", prompt: "It is so.", answer: Bool(true)),
    (id: "wrong", topic: "t", prompt: "It is so too.", answer: Bool(true)),
])"#;

/// A test with one right answer, one wrong one and a slip, handed in; where the slip is.
fn handed_in(counts: bool) -> (Desk, usize, CardKey) {
    let mut desk = Desk::new();
    desk.save("slips.ron", SLIPS);
    begin(&mut desk, Setup { decks: vec!["slips".into()], counts, ..all_kinds() }, "K7Q-F2M");
    for item in 0..3 {
        test(&mut desk, TestCommand::Show(item));
        let response = match &*running(&desk).asked().key.question {
            "synapse" => Response::Text("neurontransmitter".to_owned()),
            "right" => Response::Bool(true),
            _ => Response::Bool(false),
        };
        test(&mut desk, TestCommand::Answer(response));
    }
    test(&mut desk, TestCommand::HandIn);
    let report = &past(&desk).report;
    let at = report.undecided().next().expect("the slip");
    let card = report.items[at].card.clone();
    (desk, at, card)
}

/// The answers of a card that count, newest last.
fn counting(desk: &Desk, card: &CardKey) -> Vec<Review> {
    let history = desk.app.progress().card(card).expect("it was answered");
    history.reviews().map(|(_, review)| review).collect()
}

fn decide(desk: &mut Desk, item: usize, meant: bool) {
    test(desk, TestCommand::Decide { item, meant });
}

#[test]
fn it_is_half_a_point_until_its_owner_decides() {
    let (desk, at, card) = handed_in(false);
    let report = &past(&desk).report;
    assert_eq!((report.total.points, counted(report).as_str()), (1.5, "1 right, 1 almost, 1 wrong"));
    assert_eq!(report.items[at].verdict.outcome(), Outcome::Almost);
    let counting = counting(&desk, &card);
    assert_eq!((counting[0].score, counting[0].rating), (0.5, Rating::Hard));
}

#[test]
fn what_its_owner_says_counts_in_the_report_and_in_the_log_and_can_be_changed() {
    let (mut desk, at, card) = handed_in(true);
    let given_at = desk.app.progress().card(&card).and_then(|card| card.reviews().next()).expect("one").0;
    desk.now = days_later(&desk.now, 3);
    desk.app.tick(&desk.now);
    // The first again at the end: whatever is said twice is taken back.
    let said = [
        (true, 2.0, "2 right, 1 wrong", 1.0, Rating::Good),
        (false, 1.0, "1 right, 2 wrong", 0.0, Rating::Again),
        (true, 2.0, "2 right, 1 wrong", 1.0, Rating::Good),
        (true, 1.5, "1 right, 1 almost, 1 wrong", 0.5, Rating::Hard),
    ];
    let mut states = Vec::new();
    for (meant, points, told, score, rating) in said {
        let open = desk.app.tests().report().expect("a report");
        let (id, unfolded) = (open.id, open.unfolded);
        decide(&mut desk, at, meant);
        let report = &past(&desk).report;
        assert_eq!((report.total.points, counted(report).as_str()), (points, told));
        assert_eq!(desk.app.tests().report().expect("it stays open").unfolded, unfolded);
        let counting = counting(&desk, &card);
        assert_eq!((counting.len(), counting[0].score, counting[0].rating), (1, score, rating));
        assert_eq!(counting[0].source, Source::Test);
        let history = desk.app.progress().card(&card).expect("a card");
        assert_eq!(history.reviews().next().expect("one").0, given_at, "it was answered then");
        states.push(desk.state(&card));
        // All of it is on the disk.
        desk = desk.reopen();
        assert_eq!(desk.state(&card), *states.last().expect("a state"));
        let list = desk.app.past_tests().expect("readable").list;
        assert_eq!(list[0].outline.total.points, points);
        desk.apply(Command::Go(Screen::Test));
        test(&mut desk, TestCommand::Open(id));
        assert_eq!(past(&desk).report.total.points, points);
    }
    assert_eq!(states[0], states[2]);
    assert_ne!(states[0], states[1]);
}

#[test]
fn page_and_table_tell_what_was_decided() {
    let (mut desk, at, _) = handed_in(false);
    let texts = |desk: &Desk| [ReportAs::Html, ReportAs::Csv].map(|format| format.text(past(desk), "today"));
    for text in texts(&desk) {
        assert!(text.contains("A slip counts half until you decide"), "{text}");
    }
    decide(&mut desk, at, true);
    let [page, table] = texts(&desk);
    assert!(page.contains("2 <small>of 3") && page.contains("2 right, 1 wrong"), "{page}");
    assert!(page.contains("Right: you meant it") && table.contains("Right: you meant it"));
    assert!(
        table.lines().any(|line| line.contains("neurontransmitter") && line.contains("1.000")),
        "{table}"
    );
    decide(&mut desk, at, false);
    let [_, table] = texts(&desk);
    assert!(
        table.lines().any(|line| line.contains("neurontransmitter") && line.contains("0.000")),
        "{table}"
    );
}

#[test]
fn why_a_word_is_another_one_is_said_in_the_report() {
    let why = "Efferent nerves lead away from it.";
    let deck = format!(
        r#"Deck(format: 1, id: "nerves", title: "Nerves", topics: {{"t": "T"}}, questions: [
        (id: "nerve", topic: "t", prompt: "Which nerves lead to the brain?",
         answer: Typed(["afferent"]), confusable: [("efferent", "{why}")])])"#
    );
    let mut desk = Desk::new();
    desk.save("nerves.ron", &deck);
    begin(&mut desk, Setup { decks: vec!["nerves".into()], ..all_kinds() }, "K7Q-F2M");
    test(&mut desk, TestCommand::Answer(Response::Text("efferent".to_owned())));
    test(&mut desk, TestCommand::HandIn);
    for format in [ReportAs::Html, ReportAs::Csv] {
        assert!(format.text(past(&desk), "today").contains(why), "{format:?}");
    }
}

#[test]
fn nothing_but_a_slip_can_be_decided() {
    let (mut desk, at, _) = handed_in(false);
    let (events, before) = (desk.on_disk().len(), past(&desk).clone());
    for item in (0..5).filter(|item| *item != at) {
        decide(&mut desk, item, true);
    }
    assert_eq!((desk.on_disk().len(), past(&desk)), (events, &before));
    test(&mut desk, TestCommand::CloseReport);
    decide(&mut desk, at, true);
    assert_eq!(desk.on_disk().len(), events, "only in the report");
}

#[test]
fn what_was_logged_for_no_card_that_there_is_still_counts_in_the_report() {
    let (desk, at, _) = handed_in(true);
    std::fs::remove_file(desk.folder().join("decks/slips.ron")).expect("removed");
    let id = desk.app.tests().report().expect("a report").id;
    let mut desk = desk.reopen();
    test(&mut desk, TestCommand::Open(id));
    decide(&mut desk, at, true);
    assert_eq!(past(&desk).report.total.points, 2.0);
    let retracted = desk.on_disk().iter().filter(|event| matches!(event.change, Change::Retract(_))).count();
    assert_eq!(retracted, 1, "the log holds cards of decks that are gone too");
}

#[test]
fn a_sitting_takes_it_only_when_everything_is_graded() {
    let step = |act| Step { at_ms: 1, clock_ms: 1, act };
    let decide = || step(Act::Decide { item: 0, meant: Some(true) });
    let open = [step(Act::Show(0)), decide(), step(Act::HandIn { by_time: false }), decide()];
    let mut sitting = Sitting::from_steps(1, &open);
    assert_eq!((sitting.phase(), sitting.sheets()[0].meant), (Phase::Judging, None));
    for act in [step(Act::Close), decide()] {
        sitting.take(&act);
    }
    assert_eq!(sitting.sheets()[0].meant, Some(true));
    sitting.take(&step(Act::Decide { item: 1, meant: Some(true) }));
    sitting.take(&step(Act::Decide { item: 0, meant: None }));
    assert_eq!((sitting.phase(), sitting.sheets()[0].meant), (Phase::Closed, None));
}

/// A rule that changes between two versions of the program grades no test of before anew.
#[test]
fn a_closed_test_keeps_the_scores_that_it_was_closed_with() {
    let (desk, at, _) = handed_in(false);
    let past = past(&desk);
    let paper = &past.paper;
    let step = |act| Step { at_ms: 1, clock_ms: 1, act };
    // The slip was right by the rules of its day.
    let scores: Vec<f64> = (0..3).map(|item| if item == at { 1.0 } else { 0.0 }).collect();
    let answers = past.sitting.sheets().iter().enumerate();
    let mut steps: Vec<Step> = answers
        .flat_map(|(item, sheet)| {
            [step(Act::Show(item)), step(Act::Answer { item, response: sheet.response.clone() })]
        })
        .collect();
    steps.push(step(Act::HandIn { by_time: false }));
    let without = Report::new(paper, &Sitting::from_steps(3, steps.iter().chain([&step(Act::Close)])));
    assert_eq!(without.total.points, 1.5, "as the rules are now");
    steps.extend([step(Act::grade(scores)), step(Act::Close)]);
    let report = Report::new(paper, &Sitting::from_steps(3, &steps));
    assert_eq!((report.total.points, report.undecided().count()), (1.0, 0));
    assert_eq!(report.items[at].verdict.note.as_deref(), Some("Graded by the rules of its day."));
}
