//! The text of a response and of the right answer.

use linchpin::domain::answer_text::{answer_text, prompt_text};
use linchpin::domain::event::AnswerRecord;
use linchpin::domain::grade::grade;
use linchpin::domain::ids::Facet;
use linchpin::domain::task::{Response, Task};
use linchpin::formats::ron_deck;

use crate::fixtures::KINDS;

#[test]
fn every_kind_has_a_text_for_the_response_and_for_the_right_answer() {
    let deck = ron_deck::parse(KINDS).deck.expect("a deck");
    let pick = |shown: &[String], text: &str| shown.iter().position(|it| it == text).expect("shown");
    let texts = |question: &str, answer: &dyn Fn(&[String]) -> Response| {
        let question = deck.questions.iter().find(|it| *it.id == *question).expect("a question");
        let task = Task::new(&deck, question, &Facet::Front, 7, false);
        let shown = task.shown_options();
        let response = answer(&shown);
        assert!(grade(&task, &response).score < 1.0, "{} must be answered wrongly here", question.id);
        let text = answer_text(question, &Facet::Front, &AnswerRecord { response, shown_options: shown });
        (text.response, text.right)
    };
    let pair = |given: &str, right: &str| (given.to_owned(), right.to_owned());
    let text = |text: &str| Response::Typed(text.to_owned());
    assert_eq!(texts("typed", &|_| text("Pusan bay")), pair("Pusan bay", "Busan"));
    assert_eq!(texts("number", &|_| text("1950")), pair("1950", "1953"));
    assert_eq!(texts("date", &|_| text("1 May 2023")), pair("1 May 2023", "26 April 2023"));
    assert_eq!(texts("bool", &|_| Response::Bool(false)), pair("False", "True"));
    assert_eq!(texts("choice", &|shown| Response::Choice(vec![pick(shown, "two")])), pair("two", "NCG"));
    assert_eq!(
        texts("choices", &|shown| Response::Choice(vec![pick(shown, "c"), pick(shown, "a")])),
        pair("c, a", "a, b")
    );
    assert_eq!(texts("choices", &|_| Response::GaveUp), pair("Didn’t know", "a, b"));
    assert_eq!(texts("cloze", &|_| Response::Cloze(vec!["pact".to_owned()])), pair("pact", "treaty"));
    let order = ["second", "first", "third"];
    let given = texts("order", &|shown| Response::Order(order.iter().map(|it| pick(shown, it)).collect()));
    assert_eq!(given, pair("second → first → third", "first → second → third"));
    // Match and Sort list only the wrong pairs and items.
    let given = texts("match", &|shown| {
        Response::Match(["2", "1", "3"].iter().map(|it| Some(pick(shown, it))).collect())
    });
    assert_eq!(given, pair("a – 2, b – 1", "a – 1, b – 2"));
    let given = texts("sort", &|shown| {
        let bin = |item: &String| {
            if item == "3" {
                Some(0)
            } else if item == "2" {
                None
            } else {
                Some(0)
            }
        };
        Response::Sort(shown.iter().map(bin).collect())
    });
    let parts = |words: &str| {
        let mut parts: Vec<String> = words.split(", ").map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!((parts(&given.0), parts(&given.1)), (parts("2 – …, 3 – x"), parts("2 – x, 3 – y")));
    let cloze = deck.questions.iter().find(|it| *it.id == *"cloze").expect("a question");
    assert!(
        !prompt_text(&deck, cloze, &Facet::Front).contains("treaty"),
        "the prompt does not reveal the answer"
    );
}

#[test]
fn an_answer_from_before_an_edit_is_described_with_the_options_shown_then() {
    let deck = ron_deck::parse(KINDS).deck.expect("a deck");
    let typed = deck.questions.iter().find(|it| *it.id == *"typed").expect("a question");
    let shown: Vec<String> = ["old one", "old two"].map(str::to_owned).into();
    let odd = [
        (Response::Choice(vec![1, 9]), "old two"),
        (Response::Order(vec![1, 0]), "old two → old one"),
        (Response::Match(vec![Some(1), None]), "old two"),
        (Response::Sort(vec![Some(5), None]), "old one, old two"),
        (Response::Bool(true), "True"),
        (Response::Recall, "Not recalled"),
    ];
    for (response, expected) in odd {
        let text =
            answer_text(typed, &Facet::Front, &AnswerRecord { response, shown_options: shown.clone() });
        assert_eq!((text.response.as_str(), text.right.as_str()), (expected, "Busan"));
    }
}
