//! Choice and Choices in the editor. They share their fields: a second right option makes a Choices of a Choice.

use super::field_text::{non_empty_lines, wrong_options, wrong_rows};
use crate::domain::question::{Answer, ChoiceAnswer, ChoicesAnswer, WrongOption};
use crate::text;

/// What is written of a Choice or a Choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionFields {
    /// The right options.
    pub right: Vec<String>,
    /// The wrong options, each with the reason why it is wrong.
    pub wrong: Vec<(String, String)>,
}

impl OptionFields {
    pub(super) fn of_choice(answer: &ChoiceAnswer) -> Self {
        Self { right: vec![answer.right.clone()], wrong: wrong_rows(&answer.wrong) }
    }

    pub(super) fn of_choices(answer: &ChoicesAnswer) -> Self {
        Self { right: answer.right.clone(), wrong: wrong_rows(&answer.wrong) }
    }

    pub(super) fn choice(&self) -> Result<Answer, &'static str> {
        if non_empty_lines(&self.right).len() > 1 {
            return Err(text::editor::problem::SEVERAL_RIGHT);
        }
        let (right, wrong) = self.options()?;
        Ok(Answer::Choice(ChoiceAnswer { right: right.into_iter().next().unwrap_or_default(), wrong }))
    }

    pub(super) fn choices(&self) -> Result<Answer, &'static str> {
        let (right, wrong) = self.options()?;
        Ok(Answer::Choices(ChoicesAnswer { right, wrong }))
    }

    /// The right and the wrong options.
    fn options(&self) -> Result<(Vec<String>, Vec<WrongOption>), &'static str> {
        let (right, wrong) = (non_empty_lines(&self.right), wrong_options(&self.wrong));
        if right.is_empty() {
            return Err(text::editor::problem::NOTHING_RIGHT);
        }
        if wrong.is_empty() {
            return Err(text::editor::problem::NOTHING_WRONG);
        }
        Ok((right, wrong))
    }
}
