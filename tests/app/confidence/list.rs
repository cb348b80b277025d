//! Sure, but wrong: which answers are on the list, in which words; and confidence against accuracy.

use linchpin::app::Command;
use linchpin::app::command::Take;
use linchpin::app::sure;
use linchpin::domain::answer_words::{answer_words, asked_words};
use linchpin::domain::card::{Card, Entry};
use linchpin::domain::day::StudyDay;
use linchpin::domain::event::{Change, Confidence, Due, Given, Review, Source};
use linchpin::domain::grade::grade;
use linchpin::domain::ids::Facet;
use linchpin::domain::memory::Model;
use linchpin::domain::question::Kind;
use linchpin::domain::rating::Rating;
use linchpin::domain::score::Accuracy;
use linchpin::domain::sure::{add_by_confidence, sure_but_wrong};
use linchpin::domain::task::{Response, Task};
use linchpin::formats::ron_deck;
use proptest::prelude::*;

use super::say;
use crate::desk::{Desk, kinds};
use crate::learner::{MINUTE, days_later, id, later, morning, review};

/// An answer as the laws make it: source, score in fifths, confidence, days since the first one, whether undone.
type Made = (Source, u8, Option<Confidence>, u32, bool);

fn made() -> impl Strategy<Value = Made> {
    (
        prop_oneof![3 => Just(Source::Study), 1 => Just(Source::Test), 1 => Just(Source::Practice)],
        0u8..=5,
        prop_oneof![2 => Just(None), 3 => Just(Some(Confidence::Sure)), 1 => Just(Some(Confidence::ThinkSo)), 1 => Just(Some(Confidence::Guess))],
        0u32..40,
        proptest::bool::weighted(0.2),
    )
}

/// A card with these answers, a minute apart; those undone are retracted at the end, and every third one after that
/// was overruled with "I guessed".
fn card(answers: &[Made]) -> Card {
    let mut entries = Vec::new();
    let mut seq = 0;
    let mut push = |entries: &mut Vec<Entry>, days: u32, minutes: usize, change: Change| {
        seq += 1;
        let stamp = later(&days_later(&morning(), days), minutes as i64 * MINUTE).stamp;
        entries.push(Entry { id: id(seq), stamp, change });
        id(seq)
    };
    let mut days = 0;
    let mut undone = Vec::new();
    for (nth, (source, fifths, confidence, later, is_undone)) in answers.iter().enumerate() {
        days = days.max(*later);
        let made = Review {
            source: *source,
            score: f64::from(*fifths) / 5.0,
            confidence: *confidence,
            ..review(Rating::Again, Kind::Typed, Due::Day(StudyDay(0)))
        };
        let target = push(&mut entries, days, nth, Change::Answer(made));
        if nth % 3 == 2 {
            let rating = Rating::Again;
            let granted = Due::Day(StudyDay(0));
            let confidence = Some(Confidence::Guess);
            push(&mut entries, days, nth, Change::Rate { target, rating, granted, confidence });
        }
        if *is_undone {
            undone.push(target);
        }
    }
    for target in undone {
        push(&mut entries, days + 1, 0, Change::Retract(target));
    }
    Card::from_entries(entries, &Model::default())
}

/// The answers that count, by hand.
fn counted(answers: &[Made]) -> Vec<(u8, Option<Confidence>, u32)> {
    let mut days = 0;
    let mut counted = Vec::new();
    for (source, fifths, confidence, later, is_undone) in answers {
        days = days.max(*later);
        if *source != Source::Practice && !is_undone {
            counted.push((*fifths, *confidence, days));
        }
    }
    counted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_newest_sure_answer_is_listed_if_it_was_wrong_and_nothing_right_came_since(
        answers in proptest::collection::vec(made(), 0..12),
    ) {
        let by_hand = counted(&answers);
        let newest_sure = by_hand.iter().rposition(|(_, said, _)| *said == Some(Confidence::Sure));
        let expected = newest_sure.filter(|at| by_hand[*at..].iter().all(|(fifths, ..)| *fifths < 5));
        let found = sure_but_wrong(&card(&answers));
        prop_assert_eq!(found.map(|it| it.score), expected.map(|at| f64::from(by_hand[at].0) / 5.0));
        let day = |at: usize| morning().day().plus(by_hand[at].2);
        prop_assert_eq!(found.map(|it| it.stamp.day), expected.map(day));
    }

    #[test]
    fn confidence_against_accuracy_counts_every_answer_of_the_period_once(
        cards in proptest::collection::vec(proptest::collection::vec(made(), 0..8), 0..6),
        first in 0u32..40,
        length in 0u32..20,
    ) {
        let from = morning().day().plus(first);
        let days = from..=from.plus(length);
        let mut sums = [Accuracy::default(); 3];
        for answers in &cards {
            add_by_confidence(&mut sums, &card(answers), |day| days.contains(&day));
        }
        for (confidence, sum) in Confidence::ALL.into_iter().zip(sums) {
            let is_wanted = |(_, said, day): &(u8, Option<Confidence>, u32)| {
                *said == Some(confidence) && (first..=first + length).contains(day)
            };
            let of: Vec<u8> = cards
                .iter()
                .flat_map(|answers| counted(answers))
                .filter(is_wanted)
                .map(|(fifths, ..)| fifths)
                .collect();
            let right = of.iter().filter(|fifths| **fifths == 5).count();
            prop_assert_eq!((sum.answers, sum.right), (of.len(), right));
        }
    }
}

#[test]
fn owning_up_to_a_guess_afterwards_makes_guesses_look_no_better() {
    let mut desk = Desk::studying();
    desk.answer(true);
    desk.apply(Command::Guessed);
    let key = desk.key();
    let mut sums = [Accuracy::default(); 3];
    add_by_confidence(&mut sums, desk.app.progress().card(&key).expect("answered"), |_| true);
    assert_eq!(sums, [Accuracy::default(); 3]);
}

/// Says sure of the question asked, and answers it wrong.
fn be_sure_and_wrong(desk: &mut Desk) {
    say(desk, Confidence::Sure);
    desk.answer(false);
    desk.go_on();
}

fn listed(desk: &mut Desk) -> Vec<(String, Vec<String>)> {
    desk.apply(Command::EndSession);
    let figures = desk.app.figures();
    let of = |topic: &sure::TopicMistakes| {
        (topic.topic.clone(), topic.mistakes.iter().map(|it| it.card.question.to_string()).collect())
    };
    figures.sure_but_wrong.iter().map(of).collect()
}

#[test]
fn the_list_is_by_topic_newest_first_and_its_session_is_exactly_it() {
    let mut desk = Desk::studying();
    let mut wrong = Vec::new();
    for nth in 0..8 {
        let question = desk.key().question.to_string();
        if nth % 2 == 0 {
            be_sure_and_wrong(&mut desk);
            wrong.insert(0, question);
        } else {
            desk.study(false);
        }
    }
    let topic = |question: &String| {
        let in_one = ["typed", "number", "date", "bool", "choice"].contains(&question.as_str());
        if in_one { "one" } else { "two" }
    };
    let of = |name: &str| wrong.iter().filter(|it| topic(it) == name).cloned().collect::<Vec<_>>();
    let expected: Vec<(String, Vec<String>)> = ["one", "two"]
        .map(|name| (name.to_owned(), of(name)))
        .into_iter()
        .filter(|(_, it)| !it.is_empty())
        .collect();
    assert_eq!(listed(&mut desk), expected);

    let command = sure::study(&desk.app.figures().sure_but_wrong);
    desk.apply(command);
    let cards = desk.app.study().expect("a session").session().cards().map(|key| key.question.to_string());
    let (mut cards, mut wrong) = (cards.collect::<Vec<_>>(), wrong);
    cards.sort_unstable();
    wrong.sort_unstable();
    assert_eq!(cards, wrong);
}

#[test]
fn a_right_answer_takes_a_card_off_and_its_undo_puts_it_back() {
    let mut desk = Desk::studying();
    let question = desk.key().question.to_string();
    be_sure_and_wrong(&mut desk);
    let on_the_list = listed(&mut desk);
    assert_eq!(on_the_list[0].1, [question]);
    let again = sure::study(&desk.app.figures().sure_but_wrong);
    desk.apply(again);
    desk.answer(true);
    assert!(listed(&mut desk).is_empty());
    desk.apply(Command::Undo);
    assert_eq!(listed(&mut desk), on_the_list);
}

#[test]
fn practice_neither_puts_on_the_list_nor_takes_off_it() {
    let mut desk = Desk::studying();
    be_sure_and_wrong(&mut desk);
    let on_the_list = listed(&mut desk);
    desk.start(kinds(), Take::Practice);
    desk.answer(true);
    assert_eq!(listed(&mut desk), on_the_list);
    desk.start(kinds(), Take::Today);
    desk.finish();
    desk.start(kinds(), Take::Practice);
    be_sure_and_wrong(&mut desk);
    assert!(listed(&mut desk).is_empty());
}

#[test]
fn suspended_cards_are_left_out_as_they_are_of_sessions() {
    let mut desk = Desk::studying();
    let key = desk.key();
    be_sure_and_wrong(&mut desk);
    desk.apply(Command::EndSession);
    desk.apply(Command::SuspendCards(vec![key.clone()]));
    assert!(listed(&mut desk).is_empty());
    desk.apply(Command::ResumeCards(vec![key]));
    assert_eq!(listed(&mut desk).len(), 1);
}

#[test]
fn answers_of_every_kind_come_back_in_words() {
    let deck = ron_deck::parse(crate::desk::KINDS).deck.expect("a deck");
    let pick = |shown: &[String], text: &str| shown.iter().position(|it| it == text).expect("shown");
    let told = |question: &str, answer: &dyn Fn(&[String]) -> Response| {
        let question = deck.questions.iter().find(|it| *it.id == *question).expect("a question");
        let task = Task::new(&deck, question, &Facet::Front, 7, false);
        let shown = task.shown();
        let response = answer(&shown);
        assert!(grade(&task, &response).score < 1.0, "{} is to be wrong", question.id);
        let words = answer_words(question, &Facet::Front, &Given { response, shown });
        (words.given, words.right)
    };
    let pair = |given: &str, right: &str| (given.to_owned(), right.to_owned());
    let text = |text: &str| Response::Text(text.to_owned());
    assert_eq!(told("typed", &|_| text("Pusan bay")), pair("Pusan bay", "Busan"));
    assert_eq!(told("number", &|_| text("1950")), pair("1950", "1953"));
    assert_eq!(told("date", &|_| text("1 May 2023")), pair("1 May 2023", "26 April 2023"));
    assert_eq!(told("bool", &|_| Response::Bool(false)), pair("False", "True"));
    assert_eq!(told("choice", &|shown| Response::Picks(vec![pick(shown, "two")])), pair("two", "NCG"));
    assert_eq!(
        told("choices", &|shown| Response::Picks(vec![pick(shown, "c"), pick(shown, "a")])),
        pair("c, a", "a, b")
    );
    assert_eq!(told("choices", &|_| Response::GaveUp), pair("Not known", "a, b"));
    assert_eq!(told("cloze", &|_| Response::Gaps(vec!["pact".to_owned()])), pair("pact", "treaty"));
    let order = ["second", "first", "third"];
    let given =
        told("order", &|shown| Response::Arrangement(order.iter().map(|it| pick(shown, it)).collect()));
    assert_eq!(given, pair("second → first → third", "first → second → third"));
    // Of pairs and groups only what was put wrong.
    let given = told("match", &|shown| {
        Response::Pairs(["2", "1", "3"].iter().map(|it| Some(pick(shown, it))).collect())
    });
    assert_eq!(given, pair("a – 2, b – 1", "a – 1, b – 2"));
    let given = told("sort", &|shown| {
        let bin = |item: &String| {
            if item == "3" {
                Some(0)
            } else if item == "2" {
                None
            } else {
                Some(0)
            }
        };
        Response::Bins(shown.iter().map(bin).collect())
    });
    let parts = |words: &str| {
        let mut parts: Vec<String> = words.split(", ").map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!((parts(&given.0), parts(&given.1)), (parts("2 – …, 3 – x"), parts("2 – x, 3 – y")));
    let cloze = deck.questions.iter().find(|it| *it.id == *"cloze").expect("a question");
    assert!(!asked_words(&deck, cloze, &Facet::Front).contains("treaty"), "the prompt gives nothing away");
}

#[test]
fn an_answer_to_a_question_that_was_edited_since_is_told_as_it_was_shown() {
    let deck = ron_deck::parse(crate::desk::KINDS).deck.expect("a deck");
    let typed = deck.questions.iter().find(|it| *it.id == *"typed").expect("a question");
    let shown: Vec<String> = ["old one", "old two"].map(str::to_owned).into();
    let odd = [
        (Response::Picks(vec![1, 9]), "old two"),
        (Response::Arrangement(vec![1, 0]), "old two → old one"),
        (Response::Pairs(vec![Some(1), None]), "old two"),
        (Response::Bins(vec![Some(5), None]), "old one, old two"),
        (Response::Bool(true), "True"),
        (Response::Recalled, "Not recalled"),
    ];
    for (response, expected) in odd {
        let words = answer_words(typed, &Facet::Front, &Given { response, shown: shown.clone() });
        assert_eq!((words.given.as_str(), words.right.as_str()), (expected, "Busan"));
    }
}
