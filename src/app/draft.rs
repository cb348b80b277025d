//! A draft of an answer, as keys, mouse and terminal change it before it is submitted. No I/O.

use crate::domain::task::{Response, TaskForm};

/// The answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Recall, Bool, Choice: there is nothing to draft, because one key or click is the answer.
    Direct,
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
        at: usize,
        /// Whether the next digit key moves the item at `at`.
        held: bool,
    },
    /// Match or Sort: what is assigned where.
    Assignment(Assignment),
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
            TaskForm::Recall { .. } | TaskForm::Bool { .. } | TaskForm::Choice { many: false, .. } => {
                Draft::Direct
            }
            TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
                Draft::Typed(String::new())
            }
            TaskForm::Choice { options, many: true } => Draft::Choices(vec![false; options.len()]),
            TaskForm::Cloze { .. } => Draft::Cloze(vec![String::new(); gap_count(form)]),
            TaskForm::Order { items } => {
                Draft::Order { order: (0..items.len()).collect(), at: 0, held: false }
            }
            TaskForm::Match { lefts, rights, .. } => {
                Draft::Assignment(Assignment::new(lefts.len(), rights.len(), true))
            }
            TaskForm::Sort { bins, items } => {
                Draft::Assignment(Assignment::new(items.len(), bins.len(), false))
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
            (Draft::Typed(text), Response::Typed(given)) => text.clone_from(given),
            (Draft::Choices(picked), Response::Choice(given)) => {
                for (option, picked) in picked.iter_mut().enumerate() {
                    *picked = given.contains(&option);
                }
            }
            (Draft::Cloze(texts), Response::Cloze(given)) if texts.len() == given.len() => {
                texts.clone_from(given);
            }
            (Draft::Order { order, .. }, Response::Order(given)) if order.len() == given.len() => {
                order.clone_from(given);
            }
            (Draft::Assignment(places), Response::Match(given) | Response::Sort(given))
                if places.target_of.len() == given.len() =>
            {
                places.history = (0..given.len()).filter(|thing| given[*thing].is_some()).collect();
                places.target_of.clone_from(given);
            }
            _ => {}
        }
        self
    }

    /// The response that submitting the draft gives; `None` for [`Draft::Direct`].
    pub fn response(&self) -> Option<Response> {
        Some(match self {
            Draft::Direct => return None,
            Draft::Typed(text) => Response::Typed(text.clone()),
            Draft::Choices(picked) => {
                Response::Choice((0..picked.len()).filter(|option| picked[*option]).collect())
            }
            Draft::Cloze(texts) => Response::Cloze(texts.clone()),
            Draft::Order { order, .. } => Response::Order(order.clone()),
            Draft::Assignment(places) if places.exclusive => Response::Match(places.target_of.clone()),
            Draft::Assignment(places) => Response::Sort(places.target_of.clone()),
        })
    }

    /// Whether the draft can be submitted. Submitting an untouched draft is assumed to be an accident.
    pub fn is_complete(&self) -> bool {
        match self {
            Draft::Direct => false,
            Draft::Typed(text) => !text.trim().is_empty(),
            Draft::Choices(picked) => picked.contains(&true),
            Draft::Cloze(texts) => texts.iter().any(|text| !text.trim().is_empty()),
            Draft::Order { .. } => true,
            Draft::Assignment(places) => places.target_of.iter().all(Option::is_some),
        }
    }

    /// The draft after a digit key (from 1); `None` if the key does nothing.
    pub fn press_digit(&self, digit: usize) -> Option<Draft> {
        let index = digit.checked_sub(1)?;
        let mut draft = self.clone();
        match &mut draft {
            Draft::Choices(picked) => {
                let picked = picked.get_mut(index)?;
                *picked = !*picked;
            }
            Draft::Order { order, at, held } => {
                if index >= order.len() {
                    return None;
                }
                if *held {
                    let item = order.remove(*at);
                    order.insert(index, item);
                }
                *at = index;
                *held = !*held;
            }
            Draft::Assignment(places) => match places.held {
                Some(thing) if index < places.target_count => places.assign(thing, index),
                None => places.held = Some(*places.unassigned().get(index)?),
                Some(_) => return None,
            },
            Draft::Direct | Draft::Typed(_) | Draft::Cloze(_) => return None,
        }
        Some(draft)
    }

    /// The draft after moving the cursor by `step`; `carry` moves the item along. `None` if that is
    /// impossible.
    pub fn move_cursor(&self, step: isize, carry: bool) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Order { order, at, held } => {
                let to = at.checked_add_signed(step).filter(|to| *to < order.len())?;
                if carry || *held {
                    order.swap(*at, to);
                }
                *at = to;
            }
            Draft::Assignment(places) => {
                let waiting = places.unassigned();
                let now = places.held.and_then(|held| waiting.iter().position(|thing| *thing == held));
                let to = match now {
                    Some(now) => now.checked_add_signed(step)?,
                    None => 0,
                };
                places.held = Some(*waiting.get(to)?);
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
            Draft::Order { held, .. } if *held => *held = false,
            Draft::Assignment(places) if places.held.is_some() => places.held = None,
            Draft::Assignment(places) => {
                let thing = places.history.pop()?;
                places.target_of[thing] = None;
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
        Some(Draft::Order { order, at: to, held: false })
    }

    /// The draft of a Match or a Sort after `change`; `None` for other drafts.
    pub fn with_assignment(&self, change: impl FnOnce(&mut Assignment)) -> Option<Draft> {
        let Draft::Assignment(places) = self else { return None };
        let mut places = places.clone();
        change(&mut places);
        Some(Draft::Assignment(places))
    }
}

impl Assignment {
    fn new(things: usize, places: usize, exclusive: bool) -> Self {
        Self {
            target_of: vec![None; things],
            target_count: places,
            exclusive,
            held: None,
            history: Vec::new(),
        }
    }

    /// Items without a target, in the order shown.
    pub fn unassigned(&self) -> Vec<usize> {
        (0..self.target_of.len()).filter(|thing| self.target_of[*thing].is_none()).collect()
    }

    /// Items of a target, in the order shown.
    pub fn items_in(&self, place: usize) -> Vec<usize> {
        (0..self.target_of.len()).filter(|thing| self.target_of[*thing] == Some(place)).collect()
    }

    /// Assigns an item to a target, and releases the held item. An exclusive target loses its previous item.
    pub fn assign(&mut self, thing: usize, place: usize) {
        if thing >= self.target_of.len() || place >= self.target_count {
            return;
        }
        if self.exclusive {
            for other in self.items_in(place) {
                self.unassign(other);
            }
        }
        self.history.retain(|other| *other != thing);
        self.target_of[thing] = Some(place);
        self.history.push(thing);
        self.held = None;
    }

    /// Removes an item from its target.
    pub fn unassign(&mut self, thing: usize) {
        if let Some(place) = self.target_of.get_mut(thing) {
            *place = None;
            self.history.retain(|other| *other != thing);
        }
    }
}

fn gap_count(form: &TaskForm) -> usize {
    match form {
        TaskForm::Cloze { pieces, .. } => {
            pieces.iter().filter(|piece| matches!(piece, crate::domain::task::TaskPiece::Gap { .. })).count()
        }
        _ => 0,
    }
}
