//! In the terminal, line by line.

use linchpin::domain::event::{Change, Confidence};
use linchpin::domain::rating::Rating;
use linchpin::store::Store;

use crate::every_kind::{DECK, ID};
use crate::program::{Home, MONDAY, until};

fn answers(home: &Home) -> Vec<(Option<Confidence>, Rating)> {
    let events = Store::open_read_only(home.path()).unwrap().events().unwrap();
    let of = |change| match change {
        Change::Answer(review) => Some((review.confidence, review.rating)),
        _ => None,
    };
    events.into_iter().filter_map(|event| of(event.change)).collect()
}

#[test]
fn it_is_said_with_a_colon_before_the_answer() {
    let home = Home::new();
    home.add_deck("every-kind.ron", DECK);
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    assert!(!talk.screen.contains("How sure"), "{}", talk.screen);

    // A card to recall: while its back shows, and "g" says the same and grades.
    talk.say("");
    assert!(talk.say(":sure").contains("You are sure."), "{}", talk.screen);
    talk.say("g");
    assert_eq!(answers(&home), [(Some(Confidence::Guess), Rating::Again)]);

    until(&mut talk, "lynchpin");
    assert!(talk.say(":think").contains("You think so."), "{}", talk.screen);
    assert!(talk.say(":think").contains("Taken back."), "{}", talk.screen);
    assert!(talk.say(":sure").contains("You are sure."), "{}", talk.screen);
    assert!(talk.say("axle").contains("✗ Wrong\n  Right answer: linchpin\n  You were sure. A surprise"));
    assert!(talk.say(":sure").contains("said before the verdict"), "{}", talk.screen);
    assert!(talk.say(":u").contains("Taken back"), "{}", talk.screen);
    talk.say("linchpin");
    assert!(talk.screen.contains("  You were sure.\n"), "undo gave it back: {}", talk.screen);
    talk.say("");

    until(&mut talk, "The [1: a paper]");
    assert!(talk.say("treaty").ends_with("[2] > "));
    assert!(talk.say(":guess").ends_with("[2] > "), "the gaps go on: {}", talk.screen);
    talk.say("washington");
    assert!(talk.screen.contains("✓ ") && talk.screen.contains("[1 Again 1 min]"), "{}", talk.screen);
    assert!(talk.screen.contains("You guessed, and guessed right"), "{}", talk.screen);
    assert!(!talk.screen.contains("g if you guessed"), "{}", talk.screen);
    assert!(talk.say("g").contains("That is noted."), "{}", talk.screen);
    assert_eq!(answers(&home).last(), Some(&(Some(Confidence::Guess), Rating::Again)));
    assert!(talk.say(":?").contains(":think  Think so."), "{}", talk.screen);
    talk.end();
}

#[test]
fn the_setting_asks_here_too() {
    let home = Home::new();
    home.add_deck("every-kind.ron", DECK);
    home.set("(ask_confidence: true)");
    let talk = home.study(&[ID, "--at", MONDAY]);
    assert!(talk.screen.contains("How sure are you? Before the answer :sure, :think or :guess"));
    talk.end();
}
