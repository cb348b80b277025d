//! A draft of an answer, as keys, mouse and terminal change it before it is submitted. No I/O.

#![deny(clippy::match_wildcard_for_single_variants, clippy::wildcard_enum_match_arm)]

use super::kind::{Arrangement, Assignment};
use crate::domain::task::{Response, TaskForm, TaskPiece};

/// The answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Recall, Bool, Choice: there is nothing to draft, because one key or click is the answer.
    Immediate,
    /// Typed, Number, Date: the text in the field.
    Typed(String),
    /// Choices: for each option, whether it is selected.
    Choices(Vec<bool>),
    /// Cloze: the text of each gap.
    Cloze(Vec<String>),
    /// Order: the arrangement so far.
    Order(Arrangement),
    /// Match: which right side each left side has.
    Match(Assignment),
    /// Sort: which bin each item is in.
    Sort(Assignment),
}

impl Draft {
    /// The empty draft for a task.
    pub fn new(form: &TaskForm) -> Self {
        match form {
            TaskForm::Recall(_) | TaskForm::Bool(_) | TaskForm::Choice(_) => Draft::Immediate,
            TaskForm::Typed(_) | TaskForm::Number(_) | TaskForm::Date(_) => Draft::Typed(String::new()),
            TaskForm::Choices(task) => Draft::Choices(vec![false; task.options.len()]),
            TaskForm::Cloze(task) => {
                Draft::Cloze(task.pieces.iter().filter_map(TaskPiece::gap).map(|_| String::new()).collect())
            }
            TaskForm::Order(task) => Draft::Order(Arrangement::new(task.items.len())),
            TaskForm::Match(task) => Draft::Match(Assignment::new(task.lefts.len(), task.rights.len(), true)),
            TaskForm::Sort(task) => Draft::Sort(Assignment::new(task.items.len(), task.bins.len(), false)),
        }
    }

    /// The draft for a task of a test, filled with the saved answer. In a test a Recall is answered in
    /// writing.
    pub fn in_attempt(form: &TaskForm, response: Option<&Response>) -> Self {
        let draft = if form.is_self_graded() { Draft::Typed(String::new()) } else { Draft::new(form) };
        match response {
            Some(response) => draft.with_response(response),
            None => draft,
        }
    }

    /// A draft filled with an earlier answer. What no longer fits the task stays empty.
    pub fn from_response(form: &TaskForm, response: &Response) -> Self {
        Self::new(form).with_response(response)
    }

    fn with_response(mut self, response: &Response) -> Self {
        match response {
            Response::Typed(answer) => {
                if let Draft::Typed(text) = &mut self {
                    text.clone_from(answer);
                }
            }
            Response::Choice(answer) => {
                if let Draft::Choices(selected) = &mut self {
                    for (option, selected) in selected.iter_mut().enumerate() {
                        *selected = answer.contains(&option);
                    }
                }
            }
            Response::Cloze(answer) => {
                if let Draft::Cloze(texts) = &mut self
                    && texts.len() == answer.len()
                {
                    texts.clone_from(answer);
                }
            }
            Response::Order(answer) => {
                if let Draft::Order(arrangement) = &mut self
                    && arrangement.order.len() == answer.len()
                {
                    arrangement.order.clone_from(answer);
                }
            }
            Response::Match(answer) => {
                if let Draft::Match(assignment) = &mut self {
                    assignment.restore(answer);
                }
            }
            Response::Sort(answer) => {
                if let Draft::Sort(assignment) = &mut self {
                    assignment.restore(answer);
                }
            }
            Response::Recall | Response::Bool(_) | Response::GaveUp => {}
        }
        self
    }

    /// The response that submitting the draft gives; `None` for [`Draft::Immediate`].
    pub fn response(&self) -> Option<Response> {
        Some(match self {
            Draft::Immediate => return None,
            Draft::Typed(text) => Response::Typed(text.clone()),
            Draft::Choices(selected) => {
                Response::Choice((0..selected.len()).filter(|option| selected[*option]).collect())
            }
            Draft::Cloze(texts) => Response::Cloze(texts.clone()),
            Draft::Order(arrangement) => Response::Order(arrangement.order.clone()),
            Draft::Match(assignment) => Response::Match(assignment.target_of.clone()),
            Draft::Sort(assignment) => Response::Sort(assignment.target_of.clone()),
        })
    }

    /// The text of each text field; empty for an answer without such fields.
    pub fn texts(&self) -> &[String] {
        match self {
            Draft::Typed(text) => std::slice::from_ref(text),
            Draft::Cloze(texts) => texts,
            Draft::Immediate | Draft::Choices(_) | Draft::Order(_) | Draft::Match(_) | Draft::Sort(_) => &[],
        }
    }

    /// Whether the answer is typed into text fields.
    pub fn is_text(&self) -> bool {
        !self.texts().is_empty()
    }

    /// Whether the draft can be submitted. Submitting an untouched draft is assumed to be an accident.
    pub fn is_complete(&self) -> bool {
        match self {
            Draft::Immediate => false,
            Draft::Typed(_) | Draft::Cloze(_) => self.texts().iter().any(|text| !text.trim().is_empty()),
            Draft::Choices(selected) => selected.contains(&true),
            Draft::Order(_) => true,
            Draft::Match(assignment) | Draft::Sort(assignment) => {
                assignment.target_of.iter().all(Option::is_some)
            }
        }
    }

    /// The draft after a digit key (from 1); `None` if the key does nothing.
    pub fn press_digit(&self, digit: usize) -> Option<Draft> {
        let index = digit.checked_sub(1)?;
        let mut draft = self.clone();
        match &mut draft {
            Draft::Choices(selected) => {
                let selected = selected.get_mut(index)?;
                *selected = !*selected;
            }
            Draft::Order(arrangement) => arrangement.press(index)?,
            Draft::Match(assignment) | Draft::Sort(assignment) => assignment.press(index)?,
            Draft::Immediate | Draft::Typed(_) | Draft::Cloze(_) => return None,
        }
        Some(draft)
    }

    /// The draft after moving the cursor by `step`; `carry` moves the item along. `None` if that is
    /// impossible.
    pub fn move_cursor(&self, step: isize, carry: bool) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Order(arrangement) => arrangement.move_cursor(step, carry)?,
            Draft::Match(assignment) | Draft::Sort(assignment) => assignment.move_cursor(step)?,
            Draft::Immediate | Draft::Typed(_) | Draft::Choices(_) | Draft::Cloze(_) => return None,
        }
        Some(draft)
    }

    /// The draft after undoing the last assignment, or releasing the held item. `None` if there is nothing to
    /// undo.
    pub fn undo_placement(&self) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Order(arrangement) => arrangement.release()?,
            Draft::Match(assignment) | Draft::Sort(assignment) => assignment.undo()?,
            Draft::Immediate | Draft::Typed(_) | Draft::Choices(_) | Draft::Cloze(_) => return None,
        }
        Some(draft)
    }

    /// The draft of a Match or a Sort after `change`; `None` for other drafts.
    pub fn with_assignment(&self, change: impl FnOnce(&mut Assignment)) -> Option<Draft> {
        let mut draft = self.clone();
        let (Draft::Match(assignment) | Draft::Sort(assignment)) = &mut draft else { return None };
        change(assignment);
        Some(draft)
    }
}
