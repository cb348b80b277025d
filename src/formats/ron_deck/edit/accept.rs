//! Adds an accepted answer to a question.

use super::{Edit, EditError, replace_question};
use crate::domain::cloze::Cloze;
use crate::domain::deck::Deck;
use crate::domain::question::Answer;

/// The field into which an answer was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerField {
    /// The answer of the front card.
    Front,
    /// The answer of the reverse card.
    Reverse,
    /// A gap of a Cloze, counted from 0 in reading order.
    Gap(usize),
}

/// Adds `answer` to the accepted answers of a field of question `at`. The edit is empty if it is already accepted.
///
/// # Errors
/// If the text is not the one that the deck was read from, the answer is blank, or this field is not answered by
/// typing.
pub fn add_accepted(
    text: &str,
    deck: &Deck,
    at: usize,
    field: AnswerField,
    answer: &str,
) -> Result<Edit, EditError> {
    let answer = answer.trim();
    if answer.is_empty() {
        return Err(EditError::Empty("the answer"));
    }
    let mut question = deck.questions.get(at).map(|it| (**it).clone()).ok_or(EditError::Stale)?;
    let accepted = match &mut question.answer {
        Answer::Typed(typed) => match field {
            AnswerField::Front => Some(&mut typed.accepted),
            AnswerField::Reverse => Some(&mut typed.also_reverse).filter(|accepted| !accepted.is_empty()),
            AnswerField::Gap(_) => None,
        },
        Answer::Choice(_) => {
            Some(&mut question.typed).filter(|typed| field == AnswerField::Front && !typed.is_empty())
        }
        Answer::Cloze(cloze) => {
            let AnswerField::Gap(gap) = field else { return Err(EditError::NotTyped) };
            let known = cloze.gaps().nth(gap).ok_or(EditError::NotTyped)?;
            if known.accepted.iter().any(|known| known == answer) {
                return Ok(Edit::default());
            }
            let prompt = Cloze::with_accepted(&question.prompt, gap, answer).ok_or(EditError::NotTyped)?;
            let pieces = Cloze::parse(&prompt).map_err(|_| EditError::NotTyped)?.pieces;
            *cloze = Cloze { pieces, any_order: cloze.any_order };
            question.prompt = prompt;
            return replace_question(text, deck, at, &question);
        }
        Answer::Recall(_)
        | Answer::Number(_)
        | Answer::Date(_)
        | Answer::Bool(_)
        | Answer::Choices(_)
        | Answer::Order(_)
        | Answer::Match(_)
        | Answer::Sort(_) => None,
    };
    let accepted = accepted.ok_or(EditError::NotTyped)?;
    if accepted.iter().any(|known| known == answer) {
        return Ok(Edit::default());
    }
    accepted.push(answer.to_owned());
    replace_question(text, deck, at, &question)
}
