//! A typing slip in a test: half a point until the learner resolves it in the report, and it can be changed later.

use linchpin::app::attempt::completed_attempts;
use linchpin::app::attempt::{ReportFormat, TestCommand};
use linchpin::app::{Command, Screen};
use linchpin::domain::attempt::{
    AttemptEvent, AttemptPhase, LoggedAttemptEvent, TestAttempt, TestReport, TestSetup,
};
use linchpin::domain::event::{Change, Review, ReviewSource};
use linchpin::domain::grade::Correctness;
use linchpin::domain::ids::CardKey;
use linchpin::domain::rating::Rating;
use linchpin::domain::task::Response;
use linchpin::text::attempt::outcome_counts;

use super::driver::{active_attempt, all_kinds, apply_test, begin_attempt, completed_attempt};
use crate::fixtures::AppFixture;
use crate::fixtures::time::days_later;

const SLIPS: &str = r#"Deck(format: 1, id: "slips", title: "Slips", topics: {"t": "T"}, questions: [
    (id: "synapse", topic: "t", prompt: "What does a synapse release?",
     answer: Typed(["neurotransmitter"])),
    (id: "right", topic: "t", prompt: "It is so.", answer: Bool(true)),
    (id: "wrong", topic: "t", prompt: "It is so too.", answer: Bool(true)),
])"#;

/// A test with one right answer, one wrong one and a slip, handed in; with the index and the card of the slip.
fn handed_in(counts: bool) -> (AppFixture, usize, CardKey) {
    let mut fixture = AppFixture::new();
    fixture.save_deck("slips.ron", SLIPS);
    begin_attempt(
        &mut fixture,
        TestSetup { decks: vec!["slips".into()], moves_schedule: counts, ..all_kinds() },
        "K7Q-F2M",
    );
    for item in 0..3 {
        apply_test(&mut fixture, TestCommand::ShowItem(item));
        let response = match &*active_attempt(&fixture).active_card().key.question {
            "synapse" => Response::Typed("neurontransmitter".to_owned()),
            "right" => Response::Bool(true),
            _ => Response::Bool(false),
        };
        apply_test(&mut fixture, TestCommand::Answer(response));
    }
    apply_test(&mut fixture, TestCommand::HandIn);
    let report = &completed_attempt(&fixture).report;
    let at = report.unresolved_slips().next().expect("the slip");
    let card = report.items[at].card.clone();
    (fixture, at, card)
}

/// The answers of a card that count, newest last.
fn counting_answers(fixture: &AppFixture, card: &CardKey) -> Vec<Review> {
    let history = fixture.history(card);
    history.reviews().map(|(_, review)| review).collect()
}

fn decide(fixture: &mut AppFixture, item: usize, accepted: bool) {
    apply_test(fixture, TestCommand::ResolveSlip { item, accepted });
}

#[test]
fn a_slip_is_half_a_point_until_the_learner_resolves_it() {
    let (fixture, at, card) = handed_in(false);
    let report = &completed_attempt(&fixture).report;
    assert_eq!((report.total.points, outcome_counts(report).as_str()), (1.5, "1 right, 1 almost, 1 wrong"));
    assert_eq!(report.items[at].verdict.correctness(), Correctness::Almost);
    let counting = counting_answers(&fixture, &card);
    assert_eq!((counting[0].score, counting[0].rating), (0.5, Rating::Hard));
}

#[test]
fn a_resolved_slip_counts_in_the_report_and_in_the_log_and_can_be_changed() {
    let (mut fixture, at, card) = handed_in(true);
    let given_at = fixture.history(&card).reviews().next().expect("one").0;
    fixture.now = days_later(&fixture.now, 3);
    fixture.app.tick(&fixture.now);
    // The last decision repeats the one before, which clears it.
    let decisions = [
        (true, 2.0, "2 right, 1 wrong", 1.0, Rating::Good),
        (false, 1.0, "1 right, 2 wrong", 0.0, Rating::Again),
        (true, 2.0, "2 right, 1 wrong", 1.0, Rating::Good),
        (true, 1.5, "1 right, 1 almost, 1 wrong", 0.5, Rating::Hard),
    ];
    let mut states = Vec::new();
    for (meant, points, counts_text, score, rating) in decisions {
        let open = fixture.app.tests().report().expect("a report");
        let (id, unfolded) = (open.id, open.expanded_item);
        decide(&mut fixture, at, meant);
        let report = &completed_attempt(&fixture).report;
        assert_eq!((report.total.points, outcome_counts(report).as_str()), (points, counts_text));
        assert_eq!(fixture.app.tests().report().expect("it stays open").expanded_item, unfolded);
        let counting = counting_answers(&fixture, &card);
        assert_eq!((counting.len(), counting[0].score, counting[0].rating), (1, score, rating));
        assert_eq!(counting[0].source, ReviewSource::Test);
        let history = fixture.history(&card);
        assert_eq!(history.reviews().next().expect("one").0, given_at, "the time of the answer stays");
        states.push(fixture.state(&card));
        // The decision is saved on the disk.
        fixture = fixture.reopen();
        assert_eq!(fixture.state(&card), *states.last().expect("a state"));
        let list = completed_attempts(fixture.app.core()).expect("readable").list;
        assert_eq!(list[0].summary.total.points, points);
        fixture.apply(Command::Go(Screen::Test));
        apply_test(&mut fixture, TestCommand::OpenReport(id));
        assert_eq!(completed_attempt(&fixture).report.total.points, points);
    }
    assert_eq!(states[0], states[2]);
    assert_ne!(states[0], states[1]);
}

#[test]
fn the_page_and_the_table_of_a_report_show_how_a_slip_was_resolved() {
    let (mut fixture, at, _) = handed_in(false);
    let texts = |fixture: &AppFixture| {
        [ReportFormat::Html, ReportFormat::Csv].map(|format| format.text(completed_attempt(fixture), "today"))
    };
    for text in texts(&fixture) {
        assert!(text.contains("A slip counts half until you decide"), "{text}");
    }
    decide(&mut fixture, at, true);
    let [page, table] = texts(&fixture);
    assert!(page.contains("2 <small>of 3") && page.contains("2 right, 1 wrong"), "{page}");
    assert!(page.contains("Right: you meant it") && table.contains("Right: you meant it"));
    assert!(
        table.lines().any(|line| line.contains("neurontransmitter") && line.contains("1.000")),
        "{table}"
    );
    decide(&mut fixture, at, false);
    let [_, table] = texts(&fixture);
    assert!(
        table.lines().any(|line| line.contains("neurontransmitter") && line.contains("0.000")),
        "{table}"
    );
}

#[test]
fn the_report_says_why_a_confusable_word_is_another_one() {
    let why = "Efferent nerves lead away from it.";
    let deck = format!(
        r#"Deck(format: 1, id: "nerves", title: "Nerves", topics: {{"t": "T"}}, questions: [
        (id: "nerve", topic: "t", prompt: "Which nerves lead to the brain?",
         answer: Typed(["afferent"]), confusable: [("efferent", "{why}")])])"#
    );
    let mut fixture = AppFixture::new();
    fixture.save_deck("nerves.ron", &deck);
    begin_attempt(&mut fixture, TestSetup { decks: vec!["nerves".into()], ..all_kinds() }, "K7Q-F2M");
    apply_test(&mut fixture, TestCommand::Answer(Response::Typed("efferent".to_owned())));
    apply_test(&mut fixture, TestCommand::HandIn);
    for format in [ReportFormat::Html, ReportFormat::Csv] {
        assert!(format.text(completed_attempt(&fixture), "today").contains(why), "{format:?}");
    }
}

#[test]
fn only_a_slip_can_be_resolved() {
    let (mut fixture, at, _) = handed_in(false);
    let (events, before) = (fixture.stored_events().len(), completed_attempt(&fixture).clone());
    for item in (0..5).filter(|item| *item != at) {
        decide(&mut fixture, item, true);
    }
    assert_eq!((fixture.stored_events().len(), completed_attempt(&fixture)), (events, &before));
    apply_test(&mut fixture, TestCommand::CloseReport);
    decide(&mut fixture, at, true);
    assert_eq!(fixture.stored_events().len(), events, "only in the report");
}

#[test]
fn a_slip_whose_deck_is_gone_can_still_be_resolved_in_the_report() {
    let (fixture, at, _) = handed_in(true);
    std::fs::remove_file(fixture.folder().join("decks/slips.ron")).expect("removed");
    let id = fixture.app.tests().report().expect("a report").id;
    let mut fixture = fixture.reopen();
    apply_test(&mut fixture, TestCommand::OpenReport(id));
    decide(&mut fixture, at, true);
    assert_eq!(completed_attempt(&fixture).report.total.points, 2.0);
    let retracted =
        fixture.stored_events().iter().filter(|event| matches!(event.change, Change::Retract(_))).count();
    assert_eq!(retracted, 1, "the log keeps cards whose deck is gone");
}

#[test]
fn slips_can_be_resolved_only_in_a_completed_attempt() {
    let step = |event| LoggedAttemptEvent { at_ms: 1, clock_ms: 1, event };
    let decide = || step(AttemptEvent::ResolveSlip { item: 0, accepted: Some(true) });
    let open =
        [step(AttemptEvent::Show(0)), decide(), step(AttemptEvent::HandIn { by_time: false }), decide()];
    let mut attempt = TestAttempt::from_events(1, &open);
    assert_eq!((attempt.phase(), attempt.items()[0].slip_accepted), (AttemptPhase::SelfGrading, None));
    for event in [step(AttemptEvent::Complete), decide()] {
        attempt.apply(&event);
    }
    assert_eq!(attempt.items()[0].slip_accepted, Some(true));
    attempt.apply(&step(AttemptEvent::ResolveSlip { item: 1, accepted: Some(true) }));
    attempt.apply(&step(AttemptEvent::ResolveSlip { item: 0, accepted: None }));
    assert_eq!((attempt.phase(), attempt.items()[0].slip_accepted), (AttemptPhase::Completed, None));
}

/// A grading rule that changes between two versions of the program does not regrade older tests.
#[test]
fn a_closed_test_keeps_the_scores_that_it_was_closed_with() {
    let (fixture, at, _) = handed_in(false);
    let past = completed_attempt(&fixture);
    let test = &past.test;
    let step = |event| LoggedAttemptEvent { at_ms: 1, clock_ms: 1, event };
    // The slip was right by the rules of that time.
    let scores: Vec<f64> = (0..3).map(|item| if item == at { 1.0 } else { 0.0 }).collect();
    let answers = past.attempt.items().iter().enumerate();
    let mut steps: Vec<LoggedAttemptEvent> = answers
        .flat_map(|(item, state)| {
            [
                step(AttemptEvent::Show(item)),
                step(AttemptEvent::Answer { item, response: state.response.clone() }),
            ]
        })
        .collect();
    steps.push(step(AttemptEvent::HandIn { by_time: false }));
    let without = TestReport::new(
        test,
        &TestAttempt::from_events(3, steps.iter().chain([&step(AttemptEvent::Complete)])),
    );
    assert_eq!(without.total.points, 1.5, "by the current rules");
    steps.extend([step(AttemptEvent::grade(scores)), step(AttemptEvent::Complete)]);
    let report = TestReport::new(test, &TestAttempt::from_events(3, &steps));
    assert_eq!((report.total.points, report.unresolved_slips().count()), (1.0, 0));
    assert_eq!(report.items[at].verdict.note.as_deref(), Some("Graded by the rules of its day."));
}
