//! A test in the terminal, driven through pipes.

use linchpin::store::Store;

use crate::fixtures::{CliFixture, CliOutput, CliSession, MONDAY};

const DECK: &str = include_str!("../data/own-deck.ron");

fn with_own_deck() -> CliFixture {
    CliFixture::with_deck("own.ron", DECK)
}

fn start_test(cli: &CliFixture, args: &[&str]) -> CliSession {
    let mut all = vec!["test"];
    all.extend(args);
    if !args.contains(&"--at") {
        all.extend(["--at", MONDAY]);
    }
    CliSession::start(cli.command(&all))
}

/// Types the right answer to the question on the screen; returns everything printed after each line.
fn answer(session: &mut CliSession) -> String {
    let lines: Vec<String> = match () {
        () if session.screen.contains("Type it.") => vec!["Moat".to_owned()],
        () if session.screen.contains("Which year?") => vec!["1953".to_owned()],
        () if session.screen.contains("It is so.") => vec!["t".to_owned()],
        () if session.screen.contains("Which one?") => vec![session.option_number("this").to_string()],
        () if session.screen.contains("[1]") => vec!["first".to_owned(), "second".to_owned()],
        () => vec!["I thought".to_owned()],
    };
    lines.iter().map(|line| session.send(line).to_owned()).collect()
}

/// A whole test with up to `most` right answers; the rest is left open. `out` has everything that was printed.
fn complete_test(cli: &CliFixture, args: &[&str], most: usize) -> CliOutput {
    let mut session = start_test(cli, args);
    let mut record = session.screen.clone();
    for _ in 0..most {
        record.push_str(&answer(&mut session));
    }
    record.push_str(session.send(":i"));
    if session.screen.contains(":i again") {
        record.push_str(session.send(":i"));
    }
    while session.screen.contains("How good was your answer") && !session.is_over {
        record.push_str(session.send("3"));
    }
    let run = session.end();
    CliOutput { out: record, ..run }
}

#[test]
fn a_test_is_answered_handed_in_and_reported() {
    let cli = with_own_deck();
    let run = complete_test(&cli, &["own", "--mix", "random", "--minutes", "10", "--code", "K7Q-F2M"], 6);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("6 of 6: 6 right. Predicted 0."), "{}", run.out);
    assert!(run.out.contains("  One  3 of 3") && run.out.contains("  Two  3 of 3"), "{}", run.out);
    assert_eq!(crate::fixtures::verdicts(&run.out), 6);
    assert!(
        !run.out.split("6 of 6: 6 right. ").next().expect("before the report").contains("✓"),
        "no result shows before the end"
    );

    let run = complete_test(&cli, &["own", "--mix", "random", "--minutes", "10", "--at", "2026-11-24"], 2);
    assert!(run.out.contains("2 of 6: 2 right, 4 not answered. Predicted"), "{}", run.out);
    assert!(run.out.contains("4 questions are not answered. Type :i again to hand in."), "{}", run.out);
    let list = cli.run(&["test", "--list"]).out;
    assert!(list.starts_with("  1  2026-11-23  6 of 6        My own\n  2  2026-11-24  2 of 6"), "{list}");
    assert!(list.contains("−67\u{a0}% since the previous test"), "{list}");
    assert!(cli.run(&["test", "--report", "1"]).out.contains("6 of 6: 6 right. Predicted"));
    let wrong = cli.run(&["test", "--report", "3"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("shows all tests"), "{}", wrong.err);
}

#[test]
fn the_same_code_gives_two_people_the_same_test() {
    let screens = |before: bool| {
        let cli = with_own_deck();
        if before {
            // One of the two has studied before.
            let mut session = cli.study(&["own", "--at", MONDAY]);
            while session.screen.contains("Type it.") {
                session.send("Moat");
                session.send("");
            }
            session.end();
        }
        let mut session = start_test(&cli, &["own", "--number", "4", "--code", "k7q f2m"]);
        let mut all = session.screen.clone();
        for _ in 0..4 {
            session.send(":n");
            all.push_str(&session.screen);
        }
        session.send(":q");
        all
    };
    assert_eq!(screens(false), screens(true));
}

#[test]
fn answers_can_be_revisited_flagged_changed_and_cleared() {
    let cli = with_own_deck();
    let mut session = start_test(&cli, &["own", "--mix", "random", "--kinds", "typed,bool,number"]);
    assert!(session.screen.contains("1 of 3"));
    answer(&mut session);
    assert!(session.screen.contains("2 of 3"), "{}", session.screen);
    assert!(
        session.send(":l").contains("2 of 3") && session.screen.contains("flagged"),
        "{}",
        session.screen
    );
    assert!(session.send(":p").contains("Your answer: "), "{}", session.screen);
    assert!(!session.send(":c").contains("Your answer: "), "{}", session.screen);
    answer(&mut session);
    assert!(session.send(":sure").contains("· sure"), "{}", session.screen);
    assert!(session.send(":3").contains("3 of 3"));
    assert!(session.send(":9").contains("The questions are numbered from 1 to 3."));
    assert!(session.send(":what").contains("is not a command"));
    assert!(session.send(":?").contains("Marks the question for later"));
    assert!(
        session.send(":o").contains("1 of 3 answered. Not answered: questions 2, 3. Flagged: question 2."),
        "{}",
        session.screen
    );
    assert!(session.send(":i").contains("2 questions are not answered"));
    assert!(session.send("no").contains("> "), "anything else hands nothing in");
    session.send(":q");
    assert!(session.screen.contains("The test is paused"), "{}", session.screen);
}

#[test]
fn a_killed_or_paused_test_continues_before_another_can_begin() {
    let cli = with_own_deck();
    let mut session = start_test(&cli, &["own", "--mix", "random"]);
    answer(&mut session);
    answer(&mut session);
    let third = session.screen.clone();
    session.child.kill().expect("killed");
    session.child.wait().expect("gone");
    let other = cli.run(&["test", "own", "--at", MONDAY]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("there is an unfinished test"), "{}", other.err);
    assert!(cli.run(&["test", "--list"]).out.contains("No tests yet."));

    let mut session = start_test(&cli, &[]);
    assert!(session.screen.contains("The test continues where you left it."), "{}", session.screen);
    assert!(third.ends_with(session.screen.split("\n\n").last().expect("a question")), "{}", session.screen);
    assert!(session.send(":o").contains("2 of 6 answered"), "{}", session.screen);
    drop(session.end());
    let run = cli.run(&["test", "--give-up", "--at", MONDAY]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(cli.run(&["test", "--give-up", "--at", MONDAY]).code, 1);
    assert!(
        !cli.path().join("test.ron").exists(),
        "the setup of the window is not changed from the terminal"
    );
    let store = Store::open_read_only(cli.path()).expect("a store");
    assert_eq!(store.events().expect("readable"), [], "a discarded test logs nothing");
}

#[test]
fn reports_are_written_to_files_and_overwrite_nothing() {
    let cli = with_own_deck();
    assert_eq!(cli.run(&["test", "--html", "x.html"]).code, 1, "there is no test yet");
    complete_test(&cli, &["own", "--mix", "random"], 6);
    let (page, table) = (cli.path().join("r.html"), cli.path().join("r.csv"));
    let (page, table) = (page.to_str().expect("text"), table.to_str().expect("text"));
    let reviews = cli.run(&["export", "--reviews", "own"]).out;
    let of_test: Vec<&str> = reviews.lines().filter(|line| line.contains(",test-unscheduled,")).collect();
    assert_eq!(of_test.len(), 6, "{reviews}");
    assert!(of_test.iter().all(|line| line.ends_with(",,")), "nothing was put off: {reviews}");
    let run = cli.run(&["test", "--html", page, "--csv", table]);
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{}", run.err);
    assert!(std::fs::read_to_string(page).expect("a page").contains("6 <small>of 6"));
    let written = std::fs::read_to_string(table).expect("a table");
    assert_eq!(written.lines().count(), 7);
    std::fs::write(table, "mine").expect("written");
    let run = cli.run(&["test", "--csv", table]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("already exists"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(table).expect("a table"), "mine");
}

#[test]
fn wrong_arguments_are_explained() {
    let cli = with_own_deck();
    for (args, expected) in [
        (vec!["test", "nothing"], "there is no deck"),
        (vec!["test", "own", "--topic", "three"], "there is no topic"),
        (vec!["test", "own", "--kinds", "riddle"], "there is no kind"),
        (vec!["test", "own", "--code", "K7Q"], "six letters and digits"),
        (vec!["test", "--list", "--html", "x"], "cannot be used with"),
    ] {
        let run = cli.run(&args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(expected), "{args:?}: {}", run.err);
    }
    let run = cli.run(&["test", "own", "--topic", "one", "--kinds", "order", "--at", MONDAY]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("No matching questions"), "{}", run.err);
}

#[test]
fn a_test_without_more_input_is_paused() {
    let cli = with_own_deck();
    let run = cli.run_with_input(&["test", "own", "--at", MONDAY], b"\n\n");
    assert_eq!(run.code, 0);
    assert!(run.out.contains("The test is paused: linchpin test continues it."), "{}", run.out);
}

#[test]
fn without_a_report_the_test_to_be_graded_is_named() {
    let cli = with_own_deck();
    let run = cli.run_with_input(&["test", "own", "--kinds", "recall", "--at", MONDAY], b"I thought\n:i\n");
    assert_eq!(run.code, 0, "{}", run.err);
    let list = cli.run(&["test", "--list"]);
    let expected = "A test of 1 question is handed in, but not graded yet: linchpin test continues it.";
    assert!(list.out.contains("No tests yet.") && list.out.contains(expected), "{}", list.out);
    let page = cli.run(&["test", "--html", "report.html"]);
    assert!(page.err.contains(expected), "{}", page.err);
}

#[test]
fn a_slip_is_resolved_after_the_report_and_can_be_changed() {
    let cli = CliFixture::with_deck("own.ron", &DECK.replace("Moat", "linchpin"));
    let mut session = start_test(&cli, &["own", "--mix", "random", "--code", "K7Q-F2M"]);
    while !session.screen.contains("Type it.") {
        session.send(":n");
    }
    session.send("linchpim");
    session.send(":i");
    session.send(":i");
    let report = session.end().out;
    assert!(report.contains("0.5 of 6: 1 almost, 5 not answered."), "{report}");
    let number = report.split("--meant ").nth(1).and_then(|rest| rest.split(' ').next());
    let number = number.expect("it says how to decide");

    let meant = cli.run(&["test", "--report", "1", "--meant", number]);
    assert_eq!((meant.code, meant.err.as_str()), (0, ""), "{}", meant.out);
    assert!(meant.out.contains("1 of 6: 1 right, 5 not answered."), "{}", meant.out);
    let again = cli.run(&["test", "--meant", number]).out;
    assert!(
        again.contains("1 of 6: 1 right, 5 not answered."),
        "deciding twice the same changes nothing: {again}"
    );
    let not = cli.run(&["test", "--not-known", number]).out;
    assert!(not.contains("0 of 6: 1 wrong, 5 not answered."), "{not}");
    assert!(cli.run(&["test", "--report", "1"]).out.contains("0 of 6: 1 wrong, 5 not answered."));
    assert!(cli.run(&["test", "--list"]).out.contains("0 of 6"));
    let other = if number == "1" { "2" } else { "1" };
    for no_slip in [other, "0", "7"] {
        let run = cli.run(&["test", "--meant", no_slip]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("was not almost right"), "{run:?}");
    }
}
