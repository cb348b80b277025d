//! The shipped decks have the quality that the program promises.

use std::collections::{HashMap, HashSet};

use linchpin::domain::deck::Deck;
use linchpin::domain::grade::{grade, right_response, self_grade_score};
use linchpin::domain::ids::Facet;
use linchpin::domain::question::{Answer, ChoiceAnswer, ChoicesAnswer, Kind, TypedAnswer, WrongOption};
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{RecallTask, Task, TaskForm};
use linchpin::formats::ron_deck;
use linchpin::library::SHIPPED;
use unicode_normalization::is_nfc;

fn decks() -> Vec<Deck> {
    SHIPPED.into_iter().map(|(_, text)| ron_deck::parse(text).deck.expect("a deck")).collect()
}

fn deck(id: &str) -> Deck {
    decks().into_iter().find(|deck| *deck.id == *id).expect("shipped")
}

fn alliance() -> Deck {
    deck("rok-us-alliance")
}

fn korean() -> Deck {
    deck("korean-terms")
}

fn wrong_options(deck: &Deck) -> Vec<&WrongOption> {
    deck.questions
        .iter()
        .flat_map(|question| match &question.answer {
            Answer::Choice(ChoiceAnswer { wrong, .. }) | Answer::Choices(ChoicesAnswer { wrong, .. }) => {
                wrong.as_slice()
            }
            _ => &[],
        })
        .collect()
}

#[test]
fn a_shipped_deck_has_neither_errors_nor_lints() {
    for (name, text) in SHIPPED {
        let found: Vec<String> = ron_deck::parse(text).diagnostics.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn the_alliance_deck_has_at_least_seventy_questions_in_seven_topics() {
    let deck = alliance();
    assert!(deck.questions.len() >= 70, "{}", deck.questions.len());
    let topics: HashSet<&str> = deck.questions.iter().map(|question| question.topic.as_str()).collect();
    assert!(topics.len() >= 7);
    assert_eq!(topics.len(), deck.topics.len(), "every topic has questions");
}

#[test]
fn the_alliance_deck_shows_every_kind_at_least_four_times() {
    let mut counts: HashMap<Kind, usize> = HashMap::new();
    for question in alliance().questions.iter() {
        *counts.entry(question.answer.kind()).or_default() += 1;
    }
    for kind in Kind::ALL {
        assert!(counts.get(&kind).is_some_and(|count| *count >= 4), "{kind}: {counts:?}");
    }
}

#[test]
fn every_passage_has_a_gist_and_the_alliance_deck_cites_each() {
    for deck in decks() {
        let source = deck.source.as_ref().expect("a source");
        assert!(source.url.as_ref().is_some_and(|url| url.starts_with("https://")));
        assert!(source.passages.values().all(|gist| !gist.trim().is_empty()), "{}", deck.id);
    }
    let deck = alliance();
    let cited: HashSet<&String> = deck.questions.iter().flat_map(|question| &question.cite).collect();
    let source = deck.source.as_ref().expect("a source");
    let uncited: Vec<&String> = source.passages.keys().filter(|key| !cited.contains(key)).collect();
    assert!(uncited.is_empty(), "{uncited:?}");
}

#[test]
fn every_question_has_an_explanation_and_a_citation() {
    for deck in decks() {
        let source = deck.source.as_ref().expect("a source");
        for question in deck.questions.iter() {
            assert!(question.explain.as_ref().is_some_and(|text| !text.trim().is_empty()), "{}", question.id);
            assert!(!question.cite.is_empty(), "{} cites nothing", question.id);
            assert!(question.cite.iter().all(|key| source.passages.contains_key(key)), "{}", question.id);
        }
    }
}

#[test]
fn every_question_has_a_written_id_so_that_fixing_its_prompt_keeps_its_progress() {
    for deck in decks() {
        for question in deck.questions.iter() {
            assert!(question.id_is_written, "{}", question.prompt);
        }
    }
}

#[test]
fn most_wrong_options_explain_why_they_are_wrong() {
    let deck = alliance();
    let options = wrong_options(&deck);
    let explained = options.iter().filter(|option| option.why.is_some()).count();
    assert!(explained * 10 >= options.len() * 6, "{explained} of {}", options.len());
}

#[test]
fn true_and_false_are_about_as_frequent() {
    let deck = alliance();
    let right = deck.questions.iter().filter(|question| question.answer == Answer::Bool(true)).count();
    let wrong = deck.questions.iter().filter(|question| question.answer == Answer::Bool(false)).count();
    assert!(right.abs_diff(wrong) <= (right + wrong).div_ceil(3), "{right} true, {wrong} false");
}

#[test]
fn the_korean_deck_is_typed_both_ways() {
    let deck = korean();
    assert!(deck.questions.len() >= 25, "{}", deck.questions.len());
    for question in deck.questions.iter() {
        let Answer::Typed(TypedAnswer { strict, also_reverse, .. }) = &question.answer else {
            panic!("{} is not typed", question.id)
        };
        assert!(*strict, "{}: spelling is what a language deck is about", question.id);
        assert!(!also_reverse.is_empty(), "{} goes one way only", question.id);
        assert_eq!(question.facets(), [Facet::Front, Facet::Reverse]);
    }
}

#[test]
fn korean_answers_are_composed_hangul_with_a_reading() {
    for question in korean().questions.iter() {
        let Answer::Typed(TypedAnswer { accepted, reading, .. }) = &question.answer else { continue };
        for answer in accepted {
            assert!(is_nfc(answer), "{answer} is decomposed");
            assert!(
                // UN군 is written with Latin capitals in Korean too.
                answer.chars().all(|c| " ·".contains(c)
                    || c.is_ascii_digit()
                    || c.is_ascii_uppercase()
                    || ('가'..='힣').contains(&c)),
                "{answer}"
            );
        }
        let reading = reading.as_ref().expect("a reading");
        assert!(reading.chars().all(|c| c.is_ascii_lowercase() || " -".contains(c)), "{reading}");
    }
}

#[test]
fn every_card_accepts_its_own_right_answer_in_any_order() {
    for deck in decks() {
        for (key, index) in deck.cards() {
            for seed in 0..8 {
                for by_typing in [false, true] {
                    let task = Task::new(&deck, &deck.questions[index], &key.facet, seed, by_typing);
                    assert!(!task.prompt.trim().is_empty(), "{key}");
                    let score = match task.form {
                        TaskForm::Recall(RecallTask { ref back }) => {
                            assert!(!back.trim().is_empty(), "{key}");
                            self_grade_score(Rating::Good)
                        }
                        _ => grade(&task, &right_response(&task)).score,
                    };
                    assert_eq!(score, 1.0, "{key} with seed {seed}");
                }
            }
        }
    }
}

#[test]
fn every_accepted_spelling_is_accepted() {
    use linchpin::domain::task::Response;
    for deck in decks() {
        for (key, index) in deck.cards() {
            let task = Task::new(&deck, &deck.questions[index], &key.facet, 1, true);
            if let TaskForm::Typed(form) = &task.form {
                for spelling in &form.accepted {
                    let verdict = grade(&task, &Response::Typed(spelling.clone()));
                    assert_eq!(verdict.score, 1.0, "{key}: {spelling}");
                }
            }
        }
    }
}

#[test]
fn a_prompt_does_not_contain_its_typed_answer() {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    for deck in decks() {
        for (key, index) in deck.cards() {
            let task = Task::new(&deck, &deck.questions[index], &key.facet, 1, false);
            let prompt = words(&task.prompt);
            let answers: Vec<&String> = match &task.form {
                TaskForm::Typed(form) => form.accepted.iter().collect(),
                _ => continue,
            };
            for answer in answers {
                assert!(!prompt.contains(&words(answer)), "{key}: {answer}");
            }
        }
    }
}

#[test]
fn no_card_is_in_two_decks() {
    let decks = decks();
    let keys: Vec<_> = decks.iter().flat_map(Deck::cards).map(|(key, _)| key).collect();
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
}
