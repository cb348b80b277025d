//! Laws that hold for every kind of question and every response, however odd.

use indexmap::IndexMap;
use jiff::civil::Date;
use linchpin::domain::cloze::{Cloze, ClozePiece, Gap};
use linchpin::domain::deck::Deck;
use linchpin::domain::grade::date::{format_date, parse_dates};
use linchpin::domain::grade::number::{format_number, parse_number};
use linchpin::domain::grade::typed::normalise;
use linchpin::domain::grade::{Marks, grade, right_response};
use linchpin::domain::ids::Facet;
use linchpin::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, NumberAnswer, OrderItem, TypedAnswer, WrongOption,
};
use linchpin::domain::task::{OrderTask, Response, Task, TaskForm};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use unicode_normalization::UnicodeNormalization;

use crate::fixtures::question;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x6c69_6e63_6870_696e),
        ..ProptestConfig::default()
    }
}

/// Text of the kind that people type and authors write, and some that nobody would.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z가-힣0-9 .,·'-]{0,24}",
        2 => "(the|a|an|The) [a-c ]{1,6}",
        2 => "[0-9 .,'_/:·\u{2212}-]{0,12}",
        1 => "[\u{1100}-\u{11ff}\u{3131}-\u{318e}가각 ]{0,8}",
        1 => any::<String>(),
    ]
}

/// Text that an answer may be: not empty after normalising.
fn answer_text() -> impl Strategy<Value = String> {
    text().prop_filter("visible", |text| !normalise(text).is_empty())
}

/// Few different texts, so that some parts look alike.
fn label() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-c]", 1 => any::<String>()]
}

fn date() -> impl Strategy<Value = Date> {
    (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn number() -> impl Strategy<Value = f64> {
    let normal = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    prop_oneof![
        normal,
        (-3000_i32..3000).prop_map(f64::from),
        (-3000_i32..3000).prop_map(|n| f64::from(n) / 100.0)
    ]
}

fn wrong() -> impl Strategy<Value = Vec<WrongOption>> {
    prop::collection::vec(label().prop_map(|text| WrongOption { text, why: None }), 1..5)
}

fn answer() -> impl Strategy<Value = Answer> {
    let accepted = || prop::collection::vec(answer_text(), 1..4);
    let items = |size| prop::collection::vec(label(), size);
    prop_oneof![
        3 => (accepted(), any::<bool>()).prop_map(|(accepted, strict)| {
            Answer::Typed(TypedAnswer { accepted, strict, reading: None, readings: Default::default(), also_reverse: Vec::new() })
        }),
        2 => (number(), 0.0..5.0, prop::option::of("[a-z%$년]{1,5}"))
            .prop_map(|(value, within, unit)| Answer::Number(NumberAnswer { value, within, unit })),
        2 => (date(), 0_u32..40).prop_map(|(value, within_days)| Answer::Date(DateAnswer { value, within_days })),
        1 => any::<bool>().prop_map(Answer::Bool),
        1 => (label(), wrong()).prop_map(|(right, wrong)| Answer::Choice(ChoiceAnswer { right, wrong })),
        2 => (items(1..5), wrong()).prop_map(|(right, wrong)| Answer::Choices(ChoicesAnswer { right, wrong })),
        2 => (prop::collection::vec((text(), accepted()), 1..4), any::<bool>()).prop_map(|(gaps, any_order)| {
            let gap = |accepted| ClozePiece::Gap(Gap { group: None, accepted, hint: None });
            let pieces = gaps.into_iter().flat_map(|(text, accepted)| [ClozePiece::Text(text), gap(accepted)]);
            Answer::Cloze(Cloze { pieces: pieces.collect(), any_order })
        }),
        2 => items(1..7).prop_map(|items| {
            Answer::Order(items.into_iter().map(|text| OrderItem { text, note: None }).collect())
        }),
        2 => prop::collection::vec((label(), label()), 1..7).prop_map(Answer::Match),
        2 => prop::collection::vec((label(), items(1..4)), 1..4).prop_map(|bins| {
            Answer::Sort(bins.into_iter().map(|(name, items)| Bin { name, items }).collect())
        }),
    ]
}

/// The task of the first of the answers, in a deck that has them all.
fn task_among(answers: Vec<Answer>, seed: u64) -> Task {
    let questions =
        answers.into_iter().enumerate().map(|(at, answer)| question(&format!("q{at}"), answer)).collect();
    let deck = Deck::new("deck", "Deck".to_owned(), None, "en".to_owned(), None, IndexMap::new(), questions);
    Task::new(&deck, &deck.questions[0], &Facet::Front, seed, false)
}

fn task() -> impl Strategy<Value = Task> {
    (prop::collection::vec(answer(), 1..4), any::<u64>())
        .prop_map(|(answers, seed)| task_among(answers, seed))
}

fn typed_task(accepted: &str, strict: bool) -> Task {
    let accepted = vec![accepted.to_owned()];
    let answer = Answer::Typed(TypedAnswer {
        accepted,
        strict,
        reading: None,
        readings: IndexMap::new(),
        also_reverse: Vec::new(),
    });
    task_among(vec![answer], 0)
}

fn index() -> impl Strategy<Value = usize> {
    prop_oneof![6 => 0_usize..7, 1 => any::<usize>()]
}

fn response() -> impl Strategy<Value = Response> {
    let indices = || prop::collection::vec(index(), 0..9);
    let places = || prop::collection::vec(prop::option::of(index()), 0..9);
    prop_oneof![
        Just(Response::Recall),
        Just(Response::GaveUp),
        text().prop_map(Response::Typed),
        number().prop_map(|number| Response::Typed(number.to_string())),
        any::<bool>().prop_map(Response::Bool),
        indices().prop_map(Response::Choice),
        prop::collection::vec(text(), 0..5).prop_map(Response::Cloze),
        indices().prop_map(Response::Order),
        places().prop_map(Response::Match),
        places().prop_map(Response::Sort),
    ]
}

/// A response of the type that the task asks for, made from any indices and texts.
fn fitting(task: &Task, indices: Vec<usize>, texts: Vec<String>) -> Response {
    let some = |indices: Vec<usize>| indices.into_iter().map(|index| (index != 6).then_some(index)).collect();
    match &task.form {
        TaskForm::Recall { .. } => Response::Recall,
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
            Response::Typed(texts.concat())
        }
        TaskForm::Bool { .. } => Response::Bool(indices.len().is_multiple_of(2)),
        TaskForm::Choice { .. } | TaskForm::Choices { .. } => Response::Choice(indices),
        TaskForm::Cloze { .. } => Response::Cloze(texts),
        TaskForm::Order(OrderTask { items }) if indices.len() > 4 => {
            let mut order: Vec<usize> = (0..items.len()).collect();
            order.sort_by_key(|item| indices.get(*item).copied());
            Response::Order(order)
        }
        TaskForm::Order { .. } => Response::Order(indices),
        TaskForm::Match { .. } => Response::Match(some(indices)),
        TaskForm::Sort { .. } => Response::Sort(some(indices)),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_right_answer_scores_exactly_1(task in task()) {
        let verdict = grade(&task, &right_response(&task));
        prop_assert_eq!(verdict.score, 1.0);
        prop_assert_eq!(verdict.headline, "Right");
    }

    #[test]
    fn every_response_scores_between_0_and_1(task in task(), response in response()) {
        let score = grade(&task, &response).score;
        prop_assert!((0.0..=1.0).contains(&score), "{score}");
    }

    #[test]
    fn every_fitting_response_scores_between_0_and_1_and_has_a_headline(
        task in task(),
        indices in prop::collection::vec(index(), 0..9),
        texts in prop::collection::vec(text(), 0..4),
    ) {
        let response = fitting(&task, indices, texts);
        let verdict = grade(&task, &response);
        prop_assert!((0.0..=1.0).contains(&verdict.score), "{}", verdict.score);
        prop_assert!(!verdict.headline.is_empty());
        // Only a wholly right response scores 1, and its headline says so.
        prop_assert_eq!(verdict.score >= 1.0, verdict.headline.starts_with("Right"));
    }

    #[test]
    fn giving_up_scores_0(task in task()) {
        let verdict = grade(&task, &Response::GaveUp);
        prop_assert_eq!(verdict.score, 0.0);
        prop_assert_eq!(verdict.headline, "Didn’t know");
    }

    #[test]
    fn marks_show_what_was_typed(task in task(), typed in text()) {
        if let Marks::Typed(marks) = grade(&task, &Response::Typed(typed.clone())).marks {
            let shown: String = marks.typed.iter().map(|(letter, _)| letter.as_str()).collect();
            prop_assert!(shown == typed.trim() || normalise(&typed).is_empty());
        }
    }

    #[test]
    fn case_width_form_and_spaces_never_matter(
        answer in "[a-zA-Z가-힣àéîõüÀÉ0-9]{1,6}( [a-zA-Z가-힣éü0-9]{1,6}){0,2}",
        strict in any::<bool>(),
    ) {
        let task = typed_task(&answer, strict);
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c };
        for typed in [
            answer.to_uppercase(),
            answer.to_lowercase(),
            answer.nfd().collect(),
            answer.chars().map(wide).collect(),
            format!("  {} ", answer.replace(' ', "   ")),
            format!("{answer}."),
            format!("“{answer}”"),
        ] {
            prop_assert_eq!(grade(&task, &Response::Typed(typed.clone())).score, 1.0, "{} for {}", typed, answer);
        }
    }

    /// In accents, punctuation, alternatives and everything else.
    #[test]
    fn strict_spelling_never_scores_higher(answer in answer_text(), typed in text()) {
        let score = |strict| grade(&typed_task(&answer, strict), &Response::Typed(typed.clone())).score;
        prop_assert!(score(true) <= score(false), "{typed:?} for {answer:?}");
    }

    #[test]
    fn an_extra_digit_is_never_right(answer in "[a-z]{1,8} [0-9]{1,4}( [a-z]{1,8})?", at in 0_usize..20, digit in "[0-9]") {
        let mut typed = answer.clone();
        let places: Vec<usize> = typed.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = places[at % places.len()];
        typed.insert_str(at, &digit);
        prop_assert_eq!(grade(&typed_task(&answer, false), &Response::Typed(typed.clone())).score, 0.0, "{}", typed);
    }

    #[test]
    fn a_formatted_number_parses_back(value in number()) {
        prop_assert_eq!(parse_number(&format_number(value), None), Some(value + 0.0));
    }

    #[test]
    fn any_text_parses_to_a_finite_number_or_none(text in text(), unit in prop::option::of(text())) {
        prop_assert!(parse_number(&text, unit.as_deref()).is_none_or(f64::is_finite));
    }

    #[test]
    fn a_formatted_date_parses_back(date in date(), other in text()) {
        prop_assert_eq!(parse_dates(&format_date(date)), vec![date]);
        prop_assert!(parse_dates(&other).len() <= 2);
    }
}
