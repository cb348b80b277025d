//! Confidence in the terminal.

use linchpin::domain::event::{Change, Confidence};
use linchpin::domain::rating::Rating;
use linchpin::store::Store;

use crate::fixtures::{CliFixture, MONDAY, until};

fn answers(cli: &CliFixture) -> Vec<(Option<Confidence>, Rating)> {
    let events = Store::open_read_only(cli.path()).unwrap().events().unwrap();
    let of = |change| match change {
        Change::Answer(review) => Some((review.confidence, review.rating)),
        _ => None,
    };
    events.into_iter().filter_map(|event| of(event.change)).collect()
}

#[test]
fn confidence_is_set_by_a_colon_command_before_the_answer() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    assert!(!session.screen.contains("How sure"), "{}", session.screen);

    // A recall card takes it while its back shows; "g" sets a guess and grades.
    session.send("");
    assert!(session.send(":sure").contains("You are sure."), "{}", session.screen);
    session.send("g");
    assert_eq!(answers(&cli), [(Some(Confidence::Guess), Rating::Again)]);

    until(&mut session, "lynchpin");
    assert!(session.send(":think").contains("You think so."), "{}", session.screen);
    assert!(session.send(":think").contains("Taken back."), "{}", session.screen);
    assert!(session.send(":sure").contains("You are sure."), "{}", session.screen);
    assert!(session.send("axle").contains("✗ Wrong\n  Right answer: linchpin\n  You were sure. Surprises"));
    assert!(session.send(":sure").contains("say this before you answer"), "{}", session.screen);
    assert!(session.send(":u").contains("Undone"), "{}", session.screen);
    session.send("linchpin");
    assert!(session.screen.contains("  You were sure.\n"), "undo gave it back: {}", session.screen);
    session.send("");

    until(&mut session, "The [1: a paper]");
    assert!(session.send("treaty").ends_with("[2] > "));
    assert!(session.send(":guess").ends_with("[2] > "), "the gaps go on: {}", session.screen);
    session.send("washington");
    assert!(
        session.screen.contains("✓ ") && session.screen.contains("[1 Again 1 min]"),
        "{}",
        session.screen
    );
    assert!(session.screen.contains("Right, but a guess, so it comes back soon"), "{}", session.screen);
    assert!(!session.screen.contains("g says that you guessed"), "{}", session.screen);
    assert!(session.send("g").contains("It is already marked as a guess."), "{}", session.screen);
    assert_eq!(answers(&cli).last(), Some(&(Some(Confidence::Guess), Rating::Again)));
    assert!(session.send(":?").contains(":think  Think so."), "{}", session.screen);
    session.end();
}

#[test]
fn the_terminal_asks_for_confidence_if_the_setting_says_so() {
    let cli = CliFixture::with_every_kind();
    cli.write("settings.ron", "(ask_confidence: true)");
    let session = cli.study(&["every-kind", "--at", MONDAY]);
    assert!(session.screen.contains("How sure are you? You can type :sure, :think or :guess"));
    session.end();
}
