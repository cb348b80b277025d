//! An answer being given: what keys, mouse and terminal change before it counts. Pure.

use crate::domain::task::{Response, TaskForm};

/// The answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Nothing to prepare: one key or click is the answer.
    Direct,
    /// Words, a number, a date.
    Typed(String),
    /// For each option, whether it is picked.
    Choices(Vec<bool>),
    /// One text a gap.
    Cloze(Vec<String>),
    /// Item indices in the order so far.
    Order {
        /// First to last.
        order: Vec<usize>,
        /// The place that keys act on.
        at: usize,
        /// Whether the next digit moves the item at `at`.
        held: bool,
    },
    /// Lefts to rights, or items to bins.
    Assignment(Assignment),
}

/// Things put into places: rights to lefts in a match, bins to items in a sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// For each thing, where it is.
    pub target_of: Vec<Option<usize>>,
    /// How many places there are.
    pub target_count: usize,
    /// Each place takes one thing only (a match).
    pub exclusive: bool,
    /// The thing that the next digit puts somewhere.
    pub held: Option<usize>,
    /// In the order in which they were put, for taking the last one back.
    pub history: Vec<usize>,
}

impl Draft {
    /// The empty answer to a task.
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

    /// The answer to a task of a test so far. What has to be recalled is written in own words there.
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

    /// The draft that an answer to a task was given from, as far as it still fits.
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

    /// The response that the draft stands for; `None` for [`Draft::Direct`].
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

    /// Whether anything was entered: checking an untouched draft is taken for a slip of the finger.
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

    /// What a digit key (from 1) does; `None` when it does nothing.
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

    /// Moves the place that keys act on by `step`; with `carry` the item goes along.
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

    /// Takes the last placed thing back, or lets go of what is held.
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

    /// Moves the item at one place of an arrangement to another.
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

    /// Changes the things and places of a match or a sort.
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

    /// Things not put anywhere yet, in the order shown.
    pub fn unassigned(&self) -> Vec<usize> {
        (0..self.target_of.len()).filter(|thing| self.target_of[*thing].is_none()).collect()
    }

    /// Things in a place, in the order shown.
    pub fn items_in(&self, place: usize) -> Vec<usize> {
        (0..self.target_of.len()).filter(|thing| self.target_of[*thing] == Some(place)).collect()
    }

    /// Puts a thing into a place.
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

    /// Takes a thing out of its place.
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
