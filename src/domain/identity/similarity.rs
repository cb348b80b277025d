//! How similar two questions are.
//!
//! Prompts are compared by the pairs of letters that they share (Sørensen–Dice coefficient, 0 for none to 1
//! for all). Case, spaces, punctuation and the contents of gaps are ignored. A reworded prompt keeps about
//! half of its letter pairs. But the same sentence about something else does so too ("the capital of Iran",
//! "the capital of Iraq"). So similar prompts alone are never enough: the answer must be the same too, and so
//! must every number in the prompt.

use unicode_normalization::UnicodeNormalization;

use crate::domain::cloze::Cloze;
use crate::domain::question::{Answer, Kind, Question};

/// From this similarity on, two prompts with the same answer are one question, reworded.
const REWORDED_FROM: f64 = 0.4;

/// The same for true-or-false questions. Their answer says little, because every second statement is true.
const REWORDED_STATEMENT_FROM: f64 = 0.8;

/// From this similarity on, it is worth asking the learner.
const ASK_FROM: f64 = 0.5;

/// The prompt as it is compared: only its letters and digits. Simpler than the comparison of typed answers,
/// because a whole deck may have to be compared while the learner waits.
pub(super) fn prompt_key(question: &Question) -> String {
    let letters = |c: &char| c.is_alphanumeric();
    prompt_without_answers(question).nfc().filter(letters).flat_map(char::to_lowercase).collect()
}

/// Whether `after` is a corrected or reworded version of `before`, given that it stands in the same position.
pub(super) fn is_same_question(before: &Question, after: &Question) -> bool {
    let (one, other) = (prompt_key(before), prompt_key(after));
    if one == other {
        return true;
    }
    let min_similarity =
        if before.answer.kind() == Kind::Bool { REWORDED_STATEMENT_FROM } else { REWORDED_FROM };
    has_same_answer(before, after)
        && numbers(&prompt_without_answers(before)) == numbers(&prompt_without_answers(after))
        && strsim::sorensen_dice(&one, &other) >= min_similarity
}

/// The similarity of two questions, for sorting candidates. `None` if it is too low to ask the learner. A
/// common answer adds to the similarity of the prompts, so the value can exceed 1.
pub(super) fn similarity(before: &Question, after: &Question) -> Option<f64> {
    let prompts = strsim::sorensen_dice(&prompt_key(before), &prompt_key(after));
    let is_specific = before.answer.kind() != Kind::Bool;
    let similarity = prompts + if is_specific && has_same_answer(before, after) { 0.3 } else { 0.0 };
    (similarity >= ASK_FROM).then_some(similarity)
}

/// The prompt without the contents of its gaps.
fn prompt_without_answers(question: &Question) -> String {
    if let Answer::Cloze(cloze) = &question.answer {
        return cloze.without_answers();
    }
    // The question may have been a cloze before, or become one.
    Cloze::parse(&question.prompt).map_or_else(|_| question.prompt.clone(), |cloze| cloze.without_answers())
}

/// Whether at least half of the shorter answer occurs in the other one, whatever their kinds.
fn has_same_answer(before: &Question, after: &Question) -> bool {
    let keys = |question: &Question| -> Vec<String> {
        question.answer.comparable_parts().iter().map(|part| answer_key(part)).collect()
    };
    let (one, other) = (keys(before), keys(after));
    let shared = one.iter().filter(|part| other.contains(part)).count();
    shared > 0 && shared * 2 >= one.len().min(other.len())
}

/// A part of an answer as it is compared. Unlike in prompts, punctuation counts, because an answer may
/// consist of nothing else.
fn answer_key(part: &str) -> String {
    part.nfc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The numbers in a text, in order. A question about another year is another question.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_numeric()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::question::{ChoiceAnswer, TypedAnswer};

    fn typed(prompt: &str, answer: &str) -> Question {
        let answer = Answer::Typed(TypedAnswer {
            accepted: vec![answer.into()],
            strict: false,
            reading: None,
            readings: Default::default(),
            also_reverse: vec![],
        });
        question(prompt, answer)
    }

    fn question(prompt: &str, answer: Answer) -> Question {
        Question {
            id: "q".into(),
            id_is_written: false,
            topic: "t".into(),
            prompt: prompt.into(),
            answer,
            hint: None,
            explain: None,
            cite: vec![],
            tags: vec![],
            image: None,
            typed: vec![],
            formerly: vec![],
            confusable: vec![],
        }
    }

    #[test]
    fn a_corrected_typo_a_rewording_and_a_new_kind_are_the_same_question() {
        let before = typed("Which city is the captial of France?", "Paris");
        for (prompt, answer) in [
            ("Which city is the capital of France?", "Paris"),
            ("What is the capital city of France?", "paris"),
            ("which city is the captial of  France", "Lyon"),
        ] {
            assert!(is_same_question(&before, &typed(prompt, answer)), "{prompt}");
        }
        let choice = Answer::Choice(ChoiceAnswer { right: "Paris".into(), wrong: vec![] });
        assert!(is_same_question(&before, &question("Which city is the capital of France?", choice)));
    }

    #[test]
    fn the_same_sentence_about_something_else_is_another_question() {
        for (before, after) in [
            (typed("The capital of Iran", "Tehran"), typed("The capital of Iraq", "Baghdad")),
            (typed("Who won in 1953?", "Lee"), typed("Who won in 1954?", "Lee")),
            (typed("Where is the Louvre?", "Paris"), typed("What did Hemingway call a feast?", "Paris")),
            (
                question("Seoul is on the Han.", Answer::Bool(true)),
                question("Busan is on the sea.", Answer::Bool(true)),
            ),
        ] {
            assert!(!is_same_question(&before, &after), "{} / {}", before.prompt, after.prompt);
        }
    }
}
