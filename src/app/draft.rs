//! A draft of an answer, as keys, mouse and terminal change it before it is submitted. No I/O.

use crate::domain::task::{ChoicesTask, ClozeTask, MatchTask, OrderTask, Response, SortTask, TaskForm};

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
    Order {
        /// Item indices, first to last.
        order: Vec<usize>,
        /// The position of the cursor in `order`.
        cursor: usize,
        /// Whether the next digit key moves the item at the cursor.
        is_held: bool,
    },
    /// Match: which right side each left side has.
    Match(Assignment),
    /// Sort: which bin each item is in.
    Sort(Assignment),
}

/// An assignment of items to targets. In a Match the items are left sides and the targets right sides; in a
/// Sort the items go into bins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The target of each item; `None` while it is unassigned.
    pub target_of: Vec<Option<usize>>,
    /// Number of targets.
    pub target_count: usize,
    /// Whether a target takes only one item, as in a Match.
    pub exclusive: bool,
    /// The item that the next digit key assigns.
    pub held: Option<usize>,
    /// Assigned items in the order of assignment, so that the last one can be undone.
    pub history: Vec<usize>,
}

impl Draft {
    /// The empty draft for a task.
    pub fn new(form: &TaskForm) -> Self {
        match form {
            TaskForm::Recall { .. } | TaskForm::Bool { .. } | TaskForm::Choice { .. } => Draft::Immediate,
            TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
                Draft::Typed(String::new())
            }
            TaskForm::Choices(ChoicesTask { options }) => Draft::Choices(vec![false; options.len()]),
            TaskForm::Cloze { .. } => Draft::Cloze(vec![String::new(); gap_count(form)]),
            TaskForm::Order(OrderTask { items }) => {
                Draft::Order { order: (0..items.len()).collect(), cursor: 0, is_held: false }
            }
            TaskForm::Match(MatchTask { lefts, rights, .. }) => {
                Draft::Match(Assignment::new(lefts.len(), rights.len(), true))
            }
            TaskForm::Sort(SortTask { bins, items }) => {
                Draft::Sort(Assignment::new(items.len(), bins.len(), false))
            }
        }
    }

    /// The draft for a task of a test, filled with the saved answer. In a test a Recall is answered in
    /// writing.
    pub fn in_attempt(form: &TaskForm, response: Option<&Response>) -> Self {
        let draft = match form {
            TaskForm::Recall { .. } => Draft::Typed(String::new()),
            form => Draft::new(form),
        };
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
        match (&mut self, response) {
            (Draft::Typed(text), Response::Typed(answer)) => text.clone_from(answer),
            (Draft::Choices(selected), Response::Choice(answer)) => {
                for (option, selected) in selected.iter_mut().enumerate() {
                    *selected = answer.contains(&option);
                }
            }
            (Draft::Cloze(texts), Response::Cloze(answer)) if texts.len() == answer.len() => {
                texts.clone_from(answer);
            }
            (Draft::Order { order, .. }, Response::Order(answer)) if order.len() == answer.len() => {
                order.clone_from(answer);
            }
            (Draft::Match(assignment), Response::Match(answer))
            | (Draft::Sort(assignment), Response::Sort(answer))
                if assignment.target_of.len() == answer.len() =>
            {
                assignment.history = (0..answer.len()).filter(|item| answer[*item].is_some()).collect();
                assignment.target_of.clone_from(answer);
            }
            _ => {}
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
            Draft::Order { order, .. } => Response::Order(order.clone()),
            Draft::Match(assignment) => Response::Match(assignment.target_of.clone()),
            Draft::Sort(assignment) => Response::Sort(assignment.target_of.clone()),
        })
    }

    /// Whether the draft can be submitted. Submitting an untouched draft is assumed to be an accident.
    pub fn is_complete(&self) -> bool {
        match self {
            Draft::Immediate => false,
            Draft::Typed(text) => !text.trim().is_empty(),
            Draft::Choices(selected) => selected.contains(&true),
            Draft::Cloze(texts) => texts.iter().any(|text| !text.trim().is_empty()),
            Draft::Order { .. } => true,
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
            Draft::Order { order, cursor, is_held } => {
                if index >= order.len() {
                    return None;
                }
                if *is_held {
                    let item = order.remove(*cursor);
                    order.insert(index, item);
                }
                *cursor = index;
                *is_held = !*is_held;
            }
            Draft::Match(assignment) | Draft::Sort(assignment) => match assignment.held {
                Some(item) if index < assignment.target_count => assignment.assign(item, index),
                None => assignment.held = Some(*assignment.unassigned().get(index)?),
                Some(_) => return None,
            },
            Draft::Immediate | Draft::Typed(_) | Draft::Cloze(_) => return None,
        }
        Some(draft)
    }

    /// The draft after moving the cursor by `step`; `carry` moves the item along. `None` if that is
    /// impossible.
    pub fn move_cursor(&self, step: isize, carry: bool) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Order { order, cursor, is_held } => {
                let to = cursor.checked_add_signed(step).filter(|to| *to < order.len())?;
                if carry || *is_held {
                    order.swap(*cursor, to);
                }
                *cursor = to;
            }
            Draft::Match(assignment) | Draft::Sort(assignment) => {
                let unassigned = assignment.unassigned();
                let now = assignment.held.and_then(|held| unassigned.iter().position(|item| *item == held));
                let to = match now {
                    Some(now) => now.checked_add_signed(step)?,
                    None => 0,
                };
                assignment.held = Some(*unassigned.get(to)?);
            }
            _ => return None,
        }
        Some(draft)
    }

    /// The draft after undoing the last assignment, or releasing the held item. `None` if there is nothing to
    /// undo.
    pub fn undo_placement(&self) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Order { is_held, .. } if *is_held => *is_held = false,
            Draft::Match(assignment) | Draft::Sort(assignment) if assignment.held.is_some() => {
                assignment.held = None;
            }
            Draft::Match(assignment) | Draft::Sort(assignment) => {
                let item = assignment.history.pop()?;
                assignment.target_of[item] = None;
            }
            _ => return None,
        }
        Some(draft)
    }

    /// The draft of an Order with one item moved to another position; `None` for other drafts and positions
    /// that do not exist.
    pub fn moved(&self, from: usize, to: usize) -> Option<Draft> {
        let Draft::Order { order, .. } = self else { return None };
        if from >= order.len() || to >= order.len() {
            return None;
        }
        let mut order = order.clone();
        let item = order.remove(from);
        order.insert(to, item);
        Some(Draft::Order { order, cursor: to, is_held: false })
    }

    /// The draft of a Match or a Sort after `change`; `None` for other drafts.
    pub fn with_assignment(&self, change: impl FnOnce(&mut Assignment)) -> Option<Draft> {
        let mut draft = self.clone();
        let (Draft::Match(assignment) | Draft::Sort(assignment)) = &mut draft else { return None };
        change(assignment);
        Some(draft)
    }
}

impl Assignment {
    fn new(items: usize, target_count: usize, exclusive: bool) -> Self {
        Self { target_of: vec![None; items], target_count, exclusive, held: None, history: Vec::new() }
    }

    /// Items without a target, in the order shown.
    pub fn unassigned(&self) -> Vec<usize> {
        (0..self.target_of.len()).filter(|item| self.target_of[*item].is_none()).collect()
    }

    /// Items of a target, in the order shown.
    pub fn items_in(&self, target: usize) -> Vec<usize> {
        (0..self.target_of.len()).filter(|item| self.target_of[*item] == Some(target)).collect()
    }

    /// Assigns an item to a target, and releases the held item. An exclusive target loses its previous item.
    pub fn assign(&mut self, item: usize, target: usize) {
        if item >= self.target_of.len() || target >= self.target_count {
            return;
        }
        if self.exclusive {
            for other in self.items_in(target) {
                self.unassign(other);
            }
        }
        self.history.retain(|other| *other != item);
        self.target_of[item] = Some(target);
        self.history.push(item);
        self.held = None;
    }

    /// Removes an item from its target.
    pub fn unassign(&mut self, item: usize) {
        if let Some(target) = self.target_of.get_mut(item) {
            *target = None;
            self.history.retain(|other| *other != item);
        }
    }
}

fn gap_count(form: &TaskForm) -> usize {
    match form {
        TaskForm::Cloze(ClozeTask { pieces, .. }) => {
            pieces.iter().filter(|piece| matches!(piece, crate::domain::task::TaskPiece::Gap { .. })).count()
        }
        _ => 0,
    }
}
