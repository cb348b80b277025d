//! An answer being given: what keys, mouse and terminal change before it counts. Pure.

use crate::domain::task::{Form, Response};

/// The answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Nothing to prepare: one key or click is the answer.
    Direct,
    /// Words, a number, a date.
    Text(String),
    /// For each option, whether it is picked.
    Picks(Vec<bool>),
    /// One text a gap.
    Gaps(Vec<String>),
    /// Item indices in the order so far.
    Arrangement {
        /// First to last.
        order: Vec<usize>,
        /// The place that keys act on.
        at: usize,
        /// Whether the next digit moves the item at `at`.
        held: bool,
    },
    /// Lefts to rights, or items to bins.
    Places(Places),
}

/// Things put into places: rights to lefts in a match, bins to items in a sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// For each thing, where it is.
    pub of: Vec<Option<usize>>,
    /// How many places there are.
    pub places: usize,
    /// Each place takes one thing only (a match).
    pub exclusive: bool,
    /// The thing that the next digit puts somewhere.
    pub held: Option<usize>,
    /// In the order in which they were put, for taking the last one back.
    pub history: Vec<usize>,
}

impl Draft {
    /// The empty answer to a task.
    pub fn new(form: &Form) -> Self {
        match form {
            Form::Reveal { .. } | Form::Bool { .. } | Form::Pick { many: false, .. } => Draft::Direct,
            Form::Text(_) | Form::Number { .. } | Form::Date { .. } => Draft::Text(String::new()),
            Form::Pick { options, many: true } => Draft::Picks(vec![false; options.len()]),
            Form::Gaps { .. } => Draft::Gaps(vec![String::new(); gap_count(form)]),
            Form::Arrange { items } => {
                Draft::Arrangement { order: (0..items.len()).collect(), at: 0, held: false }
            }
            Form::Pair { lefts, rights, .. } => Draft::Places(Places::new(lefts.len(), rights.len(), true)),
            Form::Bins { bins, items } => Draft::Places(Places::new(items.len(), bins.len(), false)),
        }
    }

    /// The answer to a task of a test so far. What has to be recalled is written in own words there.
    pub fn in_test(form: &Form, response: Option<&Response>) -> Self {
        let draft = match form {
            Form::Reveal { .. } => Draft::Text(String::new()),
            form => Draft::new(form),
        };
        match response {
            Some(response) => draft.filled(response),
            None => draft,
        }
    }

    /// The draft that an answer to a task was given from, as far as it still fits.
    pub fn of(form: &Form, response: &Response) -> Self {
        Self::new(form).filled(response)
    }

    fn filled(mut self, response: &Response) -> Self {
        match (&mut self, response) {
            (Draft::Text(text), Response::Text(given)) => text.clone_from(given),
            (Draft::Picks(picked), Response::Picks(given)) => {
                for (option, picked) in picked.iter_mut().enumerate() {
                    *picked = given.contains(&option);
                }
            }
            (Draft::Gaps(texts), Response::Gaps(given)) if texts.len() == given.len() => {
                texts.clone_from(given);
            }
            (Draft::Arrangement { order, .. }, Response::Arrangement(given))
                if order.len() == given.len() =>
            {
                order.clone_from(given);
            }
            (Draft::Places(places), Response::Pairs(given) | Response::Bins(given))
                if places.of.len() == given.len() =>
            {
                places.history = (0..given.len()).filter(|thing| given[*thing].is_some()).collect();
                places.of.clone_from(given);
            }
            _ => {}
        }
        self
    }

    /// The response that the draft stands for; `None` for [`Draft::Direct`].
    pub fn response(&self) -> Option<Response> {
        Some(match self {
            Draft::Direct => return None,
            Draft::Text(text) => Response::Text(text.clone()),
            Draft::Picks(picked) => {
                Response::Picks((0..picked.len()).filter(|option| picked[*option]).collect())
            }
            Draft::Gaps(texts) => Response::Gaps(texts.clone()),
            Draft::Arrangement { order, .. } => Response::Arrangement(order.clone()),
            Draft::Places(places) if places.exclusive => Response::Pairs(places.of.clone()),
            Draft::Places(places) => Response::Bins(places.of.clone()),
        })
    }

    /// Whether anything was entered: checking an untouched draft is taken for a slip of the finger.
    pub fn is_complete(&self) -> bool {
        match self {
            Draft::Direct => false,
            Draft::Text(text) => !text.trim().is_empty(),
            Draft::Picks(picked) => picked.contains(&true),
            Draft::Gaps(texts) => texts.iter().any(|text| !text.trim().is_empty()),
            Draft::Arrangement { .. } => true,
            Draft::Places(places) => places.of.iter().all(Option::is_some),
        }
    }

    /// What a digit key (from 1) does; `None` when it does nothing.
    pub fn digit(&self, digit: usize) -> Option<Draft> {
        let index = digit.checked_sub(1)?;
        let mut draft = self.clone();
        match &mut draft {
            Draft::Picks(picked) => {
                let picked = picked.get_mut(index)?;
                *picked = !*picked;
            }
            Draft::Arrangement { order, at, held } => {
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
            Draft::Places(places) => match places.held {
                Some(thing) if index < places.places => places.put(thing, index),
                None => places.held = Some(*places.waiting().get(index)?),
                Some(_) => return None,
            },
            Draft::Direct | Draft::Text(_) | Draft::Gaps(_) => return None,
        }
        Some(draft)
    }

    /// Moves the place that keys act on by `step`; with `carry` the item goes along.
    pub fn step(&self, step: isize, carry: bool) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Arrangement { order, at, held } => {
                let to = at.checked_add_signed(step).filter(|to| *to < order.len())?;
                if carry || *held {
                    order.swap(*at, to);
                }
                *at = to;
            }
            Draft::Places(places) => {
                let waiting = places.waiting();
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
    pub fn back(&self) -> Option<Draft> {
        let mut draft = self.clone();
        match &mut draft {
            Draft::Arrangement { held, .. } if *held => *held = false,
            Draft::Places(places) if places.held.is_some() => places.held = None,
            Draft::Places(places) => {
                let thing = places.history.pop()?;
                places.of[thing] = None;
            }
            _ => return None,
        }
        Some(draft)
    }

    /// Moves the item at one place of an arrangement to another.
    pub fn moved(&self, from: usize, to: usize) -> Option<Draft> {
        let Draft::Arrangement { order, .. } = self else { return None };
        if from >= order.len() || to >= order.len() {
            return None;
        }
        let mut order = order.clone();
        let item = order.remove(from);
        order.insert(to, item);
        Some(Draft::Arrangement { order, at: to, held: false })
    }

    /// Changes the things and places of a match or a sort.
    pub fn with_places(&self, change: impl FnOnce(&mut Places)) -> Option<Draft> {
        let Draft::Places(places) = self else { return None };
        let mut places = places.clone();
        change(&mut places);
        Some(Draft::Places(places))
    }
}

impl Places {
    fn new(things: usize, places: usize, exclusive: bool) -> Self {
        Self { of: vec![None; things], places, exclusive, held: None, history: Vec::new() }
    }

    /// Things not put anywhere yet, in the order shown.
    pub fn waiting(&self) -> Vec<usize> {
        (0..self.of.len()).filter(|thing| self.of[*thing].is_none()).collect()
    }

    /// Things in a place, in the order shown.
    pub fn inside(&self, place: usize) -> Vec<usize> {
        (0..self.of.len()).filter(|thing| self.of[*thing] == Some(place)).collect()
    }

    /// Puts a thing into a place.
    pub fn put(&mut self, thing: usize, place: usize) {
        if thing >= self.of.len() || place >= self.places {
            return;
        }
        if self.exclusive {
            for other in self.inside(place) {
                self.take_out(other);
            }
        }
        self.history.retain(|other| *other != thing);
        self.of[thing] = Some(place);
        self.history.push(thing);
        self.held = None;
    }

    /// Takes a thing out of its place.
    pub fn take_out(&mut self, thing: usize) {
        if let Some(place) = self.of.get_mut(thing) {
            *place = None;
            self.history.retain(|other| *other != thing);
        }
    }
}

fn gap_count(form: &Form) -> usize {
    match form {
        Form::Gaps { pieces, .. } => {
            pieces.iter().filter(|piece| matches!(piece, crate::domain::task::TaskPiece::Gap { .. })).count()
        }
        _ => 0,
    }
}
