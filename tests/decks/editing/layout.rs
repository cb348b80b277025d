//! Edits keep the layout of the author.

use linchpin::domain::question::{Answer, Question, TypedAnswer};
use linchpin::formats::ron_deck::edit::{
    insert_questions, move_question, remove_question, replace_question, set_topics,
};

use super::sound;

const DECK: &str = r#"Deck(
  format: 1, id: "d", title: "D",
  topics: {
    "t": "T", // the only one
  },
  questions: [
    // About the beginning.
    (
      id: "one", topic: "t",
      prompt: "One?", // asked first
      answer: Typed(["1"]),
      explain: "E"
    ),
    // About the rest.
    (id: "two", topic: "t", prompt: "Two?", answer: Choice(right: "2", wrong: ["3", "4"])), // short
    (id: "three", topic: "t", prompt: "Three?", answer: Recall("3"), explain: "E"),
  ],
)
"#;

/// The removed lines (-) and the added lines (+).
fn difference(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let begin = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (rest, new) = (&before[begin..], &after[begin..]);
    let end = rest.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let removed = rest[..rest.len() - end].iter().map(|line| format!("-{line}"));
    let added = new[..new.len() - end].iter().map(|line| format!("+{line}"));
    removed.chain(added).collect()
}

fn edited(at: usize, change: impl FnOnce(&mut Question)) -> Vec<String> {
    let deck = sound(DECK);
    let mut new = (*deck.questions[at]).clone();
    change(&mut new);
    difference(DECK, &replace_question(DECK, &deck, at, &new).expect("an edit").apply(DECK))
}

#[test]
fn a_changed_value_stays_in_its_line() {
    assert_eq!(
        edited(0, |it| it.prompt = "Uno?".into()),
        [r#"-      prompt: "One?", // asked first"#, r#"+      prompt: "Uno?", // asked first"#]
    );
    assert_eq!(
        edited(0, |it| if let Answer::Typed(TypedAnswer { accepted, .. }) = &mut it.answer {
            accepted.push("one".into())
        }),
        [r#"-      answer: Typed(["1"]),"#, r#"+      answer: Typed(["1", "one"]),"#]
    );
}

#[test]
fn a_new_field_gets_its_own_line_where_the_others_have_one() {
    assert_eq!(edited(0, |it| it.hint = Some("H".into())), [r#"+      hint: "H","#]);
    assert_eq!(
        edited(0, |it| it.tags.push("year".into())),
        [r#"-      explain: "E""#, r#"+      explain: "E","#, r#"+      tags: ["year"]"#]
    );
    assert_eq!(
        edited(2, |it| it.hint = Some("H".into())),
        [
            r#"-    (id: "three", topic: "t", prompt: "Three?", answer: Recall("3"), explain: "E"),"#,
            r#"+    (id: "three", topic: "t", prompt: "Three?", answer: Recall("3"), hint: "H", explain: "E"),"#
        ]
    );
}

#[test]
fn a_removed_field_takes_its_line_or_its_comma_along() {
    assert_eq!(edited(0, |it| it.explain = None), [r#"-      explain: "E""#]);
    assert_eq!(
        edited(2, |it| it.explain = None),
        [
            r#"-    (id: "three", topic: "t", prompt: "Three?", answer: Recall("3"), explain: "E"),"#,
            r#"+    (id: "three", topic: "t", prompt: "Three?", answer: Recall("3")),"#
        ]
    );
}

#[test]
fn a_removed_or_moved_question_takes_its_own_comment_along() {
    let deck = sound(DECK);
    let after = remove_question(DECK, &deck, 0).expect("an edit").apply(DECK);
    assert!(!after.contains("About the beginning") && after.contains("About the rest"), "{after}");
    // The comment above the second question is about the third as well.
    let after = remove_question(DECK, &deck, 1).expect("an edit").apply(DECK);
    assert!(after.contains("About the rest") && after.contains("questions: [\n    // About the beginning"));
    let after = move_question(DECK, &deck, 0, 2).expect("an edit").apply(DECK);
    assert!(
        after.contains("explain: \"E\"),\n    // About the beginning.\n    (\n      id: \"one\""),
        "{after}"
    );
    assert!(after.ends_with("explain: \"E\"\n    ),\n  ],\n)\n"), "{after}");
}

#[test]
fn a_new_question_is_laid_out_as_the_one_before_it() {
    let deck = sound(DECK);
    let new = Question { id: "four".into(), ..(*deck.questions[1]).clone() };
    let new = Question { prompt: "Four?".into(), ..new };
    let after = insert_questions(DECK, &deck, 3, std::slice::from_ref(&new)).expect("an edit").apply(DECK);
    assert_eq!(
        difference(DECK, &after),
        [r#"+    (id: "four", topic: "t", prompt: "Four?", answer: Choice(right: "2", wrong: ["3", "4"])),"#]
    );
    let after = insert_questions(DECK, &deck, 1, &[new]).expect("an edit").apply(DECK);
    assert_eq!(
        difference(DECK, &after),
        [
            "+    (",
            r#"+      id: "four", topic: "t","#,
            r#"+      prompt: "Four?","#,
            r#"+      answer: Choice(right: "2", wrong: ["3", "4"]),"#,
            "+    ),",
        ]
    );
}

#[test]
fn a_new_topic_gets_its_own_line() {
    let deck = sound(DECK);
    let mut topics = deck.topics.clone();
    topics.insert("u".into(), "U".into());
    let after = set_topics(DECK, &deck, &topics).expect("an edit").apply(DECK);
    assert_eq!(difference(DECK, &after), [r#"+    "u": "U","#]);
}

#[test]
fn an_edit_keeps_the_line_ends_of_the_file() {
    let text = DECK.replace('\n', "\r\n");
    let deck = sound(&text);
    let mut new = (*deck.questions[0]).clone();
    new.hint = Some("H".into());
    new.answer = Answer::Order(
        [
            "a long first step that fills its line",
            "a long second step that fills its line",
            "a third one, also long",
        ]
        .map(|text| linchpin::domain::question::OrderItem { text: text.into(), note: None })
        .into(),
    );
    let replaced = replace_question(&text, &deck, 0, &new).expect("an edit").apply(&text);
    assert!(replaced.contains("      answer: Order([\r\n        \"a long first step"), "{replaced}");
    new.id = "new".into();
    new.prompt = "New?".into();
    let added = insert_questions(&text, &deck, 1, &[new]).expect("an edit").apply(&text);
    for after in [replaced, added] {
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after}");
    }
}
