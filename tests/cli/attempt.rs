//! A test in the terminal, driven through pipes.

use std::io::Write;

use crate::program::{Home, MONDAY, Run, Talk};
use linchpin::store::Store;

const DECK: &str = include_str!("../data/own-deck.ron");

fn home() -> Home {
    let home = Home::new();
    home.add_deck("own.ron", DECK);
    home
}

fn sit(home: &Home, args: &[&str]) -> Talk {
    let mut all = vec!["test"];
    all.extend(args);
    if !args.contains(&"--at") {
        all.extend(["--at", MONDAY]);
    }
    Talk::start(home.command(&all))
}

/// Types the right answer to whatever is on the screen; what came after every line.
fn answer(talk: &mut Talk) -> String {
    let lines: Vec<String> = match () {
        () if talk.screen.contains("Type it.") => vec!["Moat".to_owned()],
        () if talk.screen.contains("Which year?") => vec!["1953".to_owned()],
        () if talk.screen.contains("It is so.") => vec!["t".to_owned()],
        () if talk.screen.contains("Which one?") => vec![talk.number_of("this").to_string()],
        () if talk.screen.contains("[1]") => vec!["first".to_owned(), "second".to_owned()],
        () => vec!["I thought".to_owned()],
    };
    lines.iter().map(|line| talk.say(line).to_owned()).collect()
}

/// A whole test with every answer right, as far as `most`; the rest is left open. All that was on the screen is in `out`.
fn whole(home: &Home, args: &[&str], most: usize) -> Run {
    let mut talk = sit(home, args);
    let mut record = talk.screen.clone();
    for _ in 0..most {
        record.push_str(&answer(&mut talk));
    }
    record.push_str(talk.say(":i"));
    if talk.screen.contains("once more") {
        record.push_str(talk.say(":i"));
    }
    while talk.screen.contains("What was it worth") && !talk.is_over {
        record.push_str(talk.say("3"));
    }
    let run = talk.end();
    Run { out: record, ..run }
}

#[test]
fn a_test_is_answered_handed_in_and_reported() {
    let home = home();
    let run = whole(&home, &["own", "--mix", "random", "--minutes", "10", "--code", "K7Q-F2M"], 6);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("6 of 6: 6 right. Predicted 0."), "{}", run.out);
    assert!(run.out.contains("  One  3 of 3") && run.out.contains("  Two  3 of 3"), "{}", run.out);
    assert_eq!(crate::program::verdicts(&run.out), 6);
    assert!(
        !run.out.split("6 of 6: 6 right. ").next().expect("before the report").contains("✓"),
        "nothing is told before"
    );

    let run = whole(&home, &["own", "--mix", "random", "--minutes", "10", "--at", "2026-11-24"], 2);
    assert!(run.out.contains("2 of 6: 2 right, 4 open. Predicted"), "{}", run.out);
    assert!(run.out.contains("4 questions are open. Type :i once more to hand in."), "{}", run.out);
    let list = home.run(&["test", "--list"]).out;
    assert!(list.starts_with("  1  2026-11-23  6 of 6        My own\n  2  2026-11-24  2 of 6"), "{list}");
    assert!(list.contains("−67\u{a0}% since the one before"), "{list}");
    assert!(home.run(&["test", "--report", "1"]).out.contains("6 of 6: 6 right. Predicted"));
    let wrong = home.run(&["test", "--report", "3"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("there are 2 tests"), "{}", wrong.err);
}

#[test]
fn the_same_code_gives_two_people_the_same_test() {
    let screens = |before: bool| {
        let home = home();
        if before {
            // One of them has studied before.
            let mut talk = home.study(&["own", "--at", MONDAY]);
            while talk.screen.contains("Type it.") {
                talk.say("Moat");
                talk.say("");
            }
            talk.end();
        }
        let mut talk = sit(&home, &["own", "--number", "4", "--code", "k7q f2m"]);
        let mut all = talk.screen.clone();
        for _ in 0..4 {
            talk.say(":n");
            all.push_str(&talk.screen);
        }
        talk.say(":q");
        all
    };
    assert_eq!(screens(false), screens(true));
}

#[test]
fn one_goes_back_and_forth_flags_changes_and_clears() {
    let home = home();
    let mut talk = sit(&home, &["own", "--mix", "random", "--kinds", "typed,bool,number"]);
    assert!(talk.screen.contains("1 of 3"));
    answer(&mut talk);
    assert!(talk.screen.contains("2 of 3"), "{}", talk.screen);
    assert!(talk.say(":l").contains("2 of 3") && talk.screen.contains("flagged"), "{}", talk.screen);
    assert!(talk.say(":p").contains("Your answer: "), "{}", talk.screen);
    assert!(!talk.say(":c").contains("Your answer: "), "{}", talk.screen);
    answer(&mut talk);
    assert!(talk.say(":sure").contains("· sure"), "{}", talk.screen);
    assert!(talk.say(":3").contains("3 of 3"));
    assert!(talk.say(":9").contains("There are questions 1 to 3."));
    assert!(talk.say(":what").contains("is no command"));
    assert!(talk.say(":?").contains("Marks the question for later"));
    assert!(talk.say(":o").contains("1 of 3 answered. Open: 2, 3. Flagged: 2."), "{}", talk.screen);
    assert!(talk.say(":i").contains("2 questions are open"));
    assert!(talk.say("no").contains("> "), "anything else hands nothing in");
    talk.say(":q");
    assert!(talk.screen.contains("The test waits for you"), "{}", talk.screen);
}

#[test]
fn a_test_that_was_killed_or_left_goes_on_and_no_other_begins_before() {
    let home = home();
    let mut talk = sit(&home, &["own", "--mix", "random"]);
    answer(&mut talk);
    answer(&mut talk);
    let third = talk.screen.clone();
    talk.child.kill().expect("killed");
    talk.child.wait().expect("gone");
    let other = home.run(&["test", "own", "--at", MONDAY]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("a test is not finished yet"), "{}", other.err);
    assert!(home.run(&["test", "--list"]).out.contains("No test yet."));

    let mut talk = sit(&home, &[]);
    assert!(talk.screen.contains("The test goes on where it was left."), "{}", talk.screen);
    assert!(third.ends_with(talk.screen.split("\n\n").last().expect("a question")), "{}", talk.screen);
    assert!(talk.say(":o").contains("2 of 6 answered"), "{}", talk.screen);
    drop(talk.end());
    let run = home.run(&["test", "--give-up", "--at", MONDAY]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(home.run(&["test", "--give-up", "--at", MONDAY]).code, 1);
    assert!(!home.path().join("test.ron").exists(), "how the window sets tests up is not changed from here");
    let store = Store::open_read_only(home.path()).expect("a store");
    assert_eq!(store.events().expect("readable"), [], "a test that was given up counts for nothing");
}

#[test]
fn reports_are_written_to_files_and_never_over_others() {
    let home = home();
    assert_eq!(home.run(&["test", "--html", "x.html"]).code, 1, "there is no test yet");
    whole(&home, &["own", "--mix", "random"], 6);
    let (page, table) = (home.path().join("r.html"), home.path().join("r.csv"));
    let (page, table) = (page.to_str().expect("text"), table.to_str().expect("text"));
    let reviews = home.run(&["export", "--reviews", "own"]).out;
    let of_test: Vec<&str> = reviews.lines().filter(|line| line.contains(",test-unscheduled,")).collect();
    assert_eq!(of_test.len(), 6, "{reviews}");
    assert!(of_test.iter().all(|line| line.ends_with(",,")), "nothing was put off: {reviews}");
    let run = home.run(&["test", "--html", page, "--csv", table]);
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{}", run.err);
    assert!(std::fs::read_to_string(page).expect("a page").contains("6 <small>of 6"));
    let written = std::fs::read_to_string(table).expect("a table");
    assert_eq!(written.lines().count(), 7);
    std::fs::write(table, "mine").expect("written");
    let run = home.run(&["test", "--csv", table]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("is there already"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(table).expect("a table"), "mine");
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let home = home();
    for (args, told) in [
        (vec!["test", "nothing"], "there is no deck"),
        (vec!["test", "own", "--topic", "three"], "there is no topic"),
        (vec!["test", "own", "--kinds", "riddle"], "there is no kind of question"),
        (vec!["test", "own", "--code", "K7Q"], "six letters and digits"),
        (vec!["test", "--list", "--html", "x"], "cannot be used with"),
    ] {
        let run = home.run(&args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(told), "{args:?}: {}", run.err);
    }
    let run = home.run(&["test", "own", "--topic", "one", "--kinds", "order", "--at", MONDAY]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("No question fits"), "{}", run.err);
}

#[test]
fn a_test_of_a_script_ends_with_its_input_and_waits() {
    let home = home();
    let run = piped(&home, &["test", "own", "--at", MONDAY], b"\n\n");
    assert_eq!(run.code, 0);
    assert!(run.out.contains("The test waits for you: linchpin test continues it."), "{}", run.out);
}

/// Runs the program with lines from a pipe.
fn piped(home: &Home, args: &[&str], lines: &[u8]) -> Run {
    let mut child = home
        .command(args)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    child.stdin.take().expect("a pipe").write_all(lines).expect("written");
    Run::from(child.wait_with_output().expect("ended"))
}

#[test]
fn a_test_that_waits_is_told_of_where_no_report_is_yet() {
    let home = home();
    let run = piped(&home, &["test", "own", "--kinds", "recall", "--at", MONDAY], b"I thought\n:i\n");
    assert_eq!(run.code, 0, "{}", run.err);
    let list = home.run(&["test", "--list"]);
    let told = "A test of 1 question is handed in and not graded yet: linchpin test continues it.";
    assert!(list.out.contains("No test yet.") && list.out.contains(told), "{}", list.out);
    let page = home.run(&["test", "--html", "report.html"]);
    assert!(page.err.contains(told), "{}", page.err);
}

#[test]
fn a_slip_is_decided_after_the_report_and_otherwise_again() {
    let home = Home::new();
    home.add_deck("own.ron", &DECK.replace("Moat", "linchpin"));
    let mut talk = sit(&home, &["own", "--mix", "random", "--code", "K7Q-F2M"]);
    while !talk.screen.contains("Type it.") {
        talk.say(":n");
    }
    talk.say("linchpim");
    talk.say(":i");
    talk.say(":i");
    let report = talk.end().out;
    assert!(report.contains("0.5 of 6: 1 almost, 5 open."), "{report}");
    let number = report.split("With --meant ").nth(1).and_then(|rest| rest.split(' ').next());
    let number = number.expect("it says how to decide");

    let meant = home.run(&["test", "--report", "1", "--meant", number]);
    assert_eq!((meant.code, meant.err.as_str()), (0, ""), "{}", meant.out);
    assert!(meant.out.contains("1 of 6: 1 right, 5 open."), "{}", meant.out);
    let again = home.run(&["test", "--meant", number]).out;
    assert!(again.contains("1 of 6: 1 right, 5 open."), "said twice it stays: {again}");
    let not = home.run(&["test", "--not-known", number]).out;
    assert!(not.contains("0 of 6: 1 wrong, 5 open."), "{not}");
    assert!(home.run(&["test", "--report", "1"]).out.contains("0 of 6: 1 wrong, 5 open."));
    assert!(home.run(&["test", "--list"]).out.contains("0 of 6"));
    let other = if number == "1" { "2" } else { "1" };
    for no_slip in [other, "0", "7"] {
        let run = home.run(&["test", "--meant", no_slip]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("is not almost right"), "{run:?}");
    }
}
