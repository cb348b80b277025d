//! Adds an accepted answer to a question.

use super::{Edit, EditError, replace_question};
use crate::domain::cloze::Cloze;
use crate::domain::deck::Deck;
use crate::domain::ids::Facet;
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
    let accepted = match field {
        AnswerField::Gap(gap) => {
            let Answer::Cloze(cloze) = &mut question.answer else { return Err(EditError::NotTyped) };
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
        // A Choice that is asked as Typed.
        AnswerField::Front if matches!(question.answer, Answer::Choice(_)) => {
            Some(&mut question.typed).filter(|typed| !typed.is_empty())
        }
        AnswerField::Front => question.answer.accepted_mut(&Facet::Front),
        AnswerField::Reverse => question.answer.accepted_mut(&Facet::Reverse),
    };
    let accepted = accepted.ok_or(EditError::NotTyped)?;
    if accepted.iter().any(|known| known == answer) {
        return Ok(Edit::default());
    }
    accepted.push(answer.to_owned());
    replace_question(text, deck, at, &question)
}
