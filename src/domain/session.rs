//! A study session as a state machine: which card comes next, and what undo gives back.
//! It holds keys only; where a card stands is asked of [`Progress`].

use std::collections::{HashSet, VecDeque};

use super::card::CardPhase;
use super::day::{Moment, StudyDay};
use super::event::{Due, EventId, ReviewSource};
use super::ids::CardKey;
use super::progress::Progress;
use super::queue::{StudyPlan, is_due};
use super::rating::Rating;

/// Timed cards come up to this much early when nothing else is left.
const LEARN_AHEAD_MS: i64 = 20 * 60_000;

/// A running session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Study, or practice that leaves the schedule alone.
    pub source: ReviewSource,
    queue: VecDeque<CardKey>,
    learning: Vec<CardKey>,
    current: Option<CardKey>,
    done: Vec<SessionStep>,
    /// For each step whether its card was being asked; it was not where it was set aside after its verdict.
    was_current: Vec<bool>,
    postponed: usize,
    /// When the cards were last looked through for those that may not be asked: see [`Progress::availability_changes`].
    availability_checked: Option<(u64, StudyDay)>,
}

/// Something that was done to a card in this session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionStep {
    /// The card.
    pub card: CardKey,
    /// The events that it made, oldest first.
    pub events: Vec<EventId>,
    /// The answer, unless the card was suspended or buried.
    pub answer: Option<SessionAnswer>,
}

/// An answer as the summary needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SessionAnswer {
    /// 0 to 1.
    pub score: f64,
    /// The rating in force.
    pub rating: Rating,
    /// Whether it was the card's first answer ever.
    pub was_new: bool,
}

/// A step that was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoneStep {
    /// The step.
    pub step: SessionStep,
    /// The card that was before the learner instead, to return to when the step is done again.
    pub displaced: Option<CardKey>,
    /// Whether its card is asked again; a card set aside after its verdict is not, its answer stands.
    pub was_current: bool,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextCard {
    /// Ask this card.
    Show(CardKey),
    /// Nothing before this time, in UTC milliseconds.
    Wait(i64),
    /// Nothing more today.
    Finished,
}

impl Session {
    /// A session over a plan.
    pub fn new(plan: StudyPlan, source: ReviewSource) -> Self {
        Self {
            source,
            queue: plan.queue.into(),
            learning: plan.learning,
            current: None,
            done: Vec::new(),
            was_current: Vec::new(),
            postponed: plan.postponed,
            availability_checked: None,
        }
    }

    /// Picks what comes next and makes it current: timed cards that are due, then the queue,
    /// then timed cards up to 20 minutes early.
    pub fn next(&mut self, progress: &Progress, now: &Moment) -> NextCard {
        if let Some(key) = self.current.take() {
            self.return_to_queue(key, progress);
        }
        self.drop_unavailable(progress, now);
        let soonest = self.soonest_learning(progress);
        let next = match soonest {
            Some((at, due)) if due <= now.ms() => NextCard::Show(self.learning.remove(at)),
            _ => match (self.queue.pop_front(), soonest) {
                (Some(key), _) => NextCard::Show(key),
                (None, Some((at, due))) if due <= now.ms() + LEARN_AHEAD_MS => {
                    NextCard::Show(self.learning.remove(at))
                }
                (None, Some((_, due))) if due < now.day_ends_ms => NextCard::Wait(due),
                (None, _) => NextCard::Finished,
            },
        };
        if let NextCard::Show(key) = &next {
            self.current = Some(key.clone());
        }
        next
    }

    /// The current card was answered, suspended or buried; `progress` already holds the events.
    pub fn record(&mut self, step: SessionStep, progress: &Progress) {
        let is_asked = self.current.as_ref() == Some(&step.card);
        self.record_as(step, is_asked, progress);
    }

    fn record_as(&mut self, step: SessionStep, was_asked: bool, progress: &Progress) {
        if self.current.as_ref() == Some(&step.card) {
            self.current = None;
        }
        if step.answer.is_some() && self.source == ReviewSource::Study {
            self.queue_if_learning(&step.card, progress);
        }
        self.done.push(step);
        self.was_current.push(was_asked);
    }

    /// The learner overruled the newest answer; `progress` already holds the event.
    pub fn amend(&mut self, event: EventId, rating: Rating, score: f64, progress: &Progress) {
        let Some(step) = self.done.last_mut() else { return };
        step.events.push(event);
        let card = step.card.clone();
        self.regrade(&card, rating, score, progress);
    }

    /// The newest answer, if it was to this card, counts otherwise now; `progress` already holds the events.
    pub fn regrade(&mut self, card: &CardKey, rating: Rating, score: f64, progress: &Progress) {
        let Some(step) = self.done.last_mut().filter(|step| step.card == *card) else { return };
        if let Some(answer) = &mut step.answer {
            answer.rating = rating;
            answer.score = score;
        }
        self.learning.retain(|key| key != card);
        if self.source == ReviewSource::Study {
            self.queue_if_learning(card, progress);
        }
    }

    /// Takes the newest step back: its card is current again, the one that was current comes after it.
    /// `progress` already holds the retraction.
    pub fn undo(&mut self, progress: &Progress) -> Option<UndoneStep> {
        let step = self.done.pop()?;
        let is_asked = self.was_current.pop().unwrap_or(true);
        if !is_asked {
            self.remove(&step.card);
            self.queue_if_learning(&step.card, progress);
            return Some(UndoneStep { step, displaced: None, was_current: is_asked });
        }
        let next = self.current.take();
        if let Some(key) = next.clone() {
            self.return_to_queue(key, progress);
        }
        self.remove(&step.card);
        self.current = Some(step.card.clone());
        Some(UndoneStep { step, displaced: next, was_current: is_asked })
    }

    /// Does again what [`Session::undo`] took back, with the events that now stand for it,
    /// and returns to the card that was current then. `progress` already holds the events.
    pub fn redo(&mut self, taken: UndoneStep, progress: &Progress) {
        let UndoneStep { step, displaced: next, was_current: is_asked } = taken;
        if is_asked && let Some(key) = self.current.take().filter(|key| *key != step.card) {
            self.return_to_queue(key, progress);
        }
        self.remove(&step.card);
        self.record_as(step, is_asked, progress);
        if let Some(next) = next.filter(|next| self.queue.contains(next) || self.learning.contains(next)) {
            self.remove(&next);
            self.current = Some(next);
        }
    }

    /// An answer of another session was taken back, or given again: its card, if it is in this one, goes where it
    /// belongs now. Returns whether it was the card being asked.
    pub fn requeue(&mut self, card: &CardKey, progress: &Progress, now: &Moment) -> bool {
        let was_current = self.current.as_ref() == Some(card);
        let was_here = was_current || self.queue.contains(card) || self.learning.contains(card);
        self.remove(card);
        if was_current {
            self.current = None;
        }
        let state = progress.state(card);
        let belongs = self.source == ReviewSource::Practice
            || state.phase == CardPhase::New
            || is_due(state, now.day())
            || matches!(state.due, Some(Due::At(_)));
        if was_here && belongs {
            self.return_to_queue(card.clone(), progress);
        }
        was_current
    }

    fn remove(&mut self, card: &CardKey) {
        self.queue.retain(|key| key != card);
        self.learning.retain(|key| key != card);
    }

    /// To where a card waits: for its minute, or for its turn, which is next.
    fn return_to_queue(&mut self, card: CardKey, progress: &Progress) {
        let on_a_step = matches!(progress.state(&card).due, Some(Due::At(_)));
        if on_a_step && self.source == ReviewSource::Study {
            self.learning.push(card);
        } else {
            self.queue.push_front(card);
        }
    }

    /// Takes cards out that no longer exist, when a deck was changed meanwhile.
    pub fn retain(&mut self, exists: impl Fn(&CardKey) -> bool) {
        self.queue.retain(|key| exists(key));
        self.learning.retain(|key| exists(key));
        self.current = self.current.take().filter(|key| exists(key));
    }

    /// Cards got other keys: they stay where they are. Where two became one, it stays once.
    pub fn rekey(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
        let queued = self.queue.iter_mut().chain(&mut self.learning).chain(&mut self.current);
        for key in queued.chain(self.done.iter_mut().map(|step| &mut step.card)) {
            if let Some(new) = new_key(key) {
                *key = new;
            }
        }
        let mut seen: HashSet<CardKey> = self.current.iter().cloned().collect();
        self.learning.retain(|key| seen.insert(key.clone()));
        self.queue.retain(|key| seen.insert(key.clone()));
    }

    /// Every card that is in it, asked, waiting or done.
    pub fn cards(&self) -> impl Iterator<Item = &CardKey> {
        let done = self.done.iter().map(|step| &step.card);
        self.queue.iter().chain(&self.learning).chain(&self.current).chain(done)
    }

    /// The card being asked.
    pub fn current(&self) -> Option<&CardKey> {
        self.current.as_ref()
    }

    /// What was done, oldest first.
    pub fn done(&self) -> &[SessionStep] {
        &self.done
    }

    /// How many answers were given.
    pub fn answer_count(&self) -> usize {
        self.done.iter().filter(|step| step.answer.is_some()).count()
    }

    /// Cards still to come, with the current one and those on minute steps.
    pub fn remaining(&self) -> usize {
        self.queue.len() + self.learning.len() + usize::from(self.current.is_some())
    }

    /// Due cards that the plan left out.
    pub fn postponed(&self) -> usize {
        self.postponed
    }

    fn queue_if_learning(&mut self, card: &CardKey, progress: &Progress) {
        if matches!(progress.state(card).due, Some(Due::At(_))) && !self.learning.contains(card) {
            self.learning.push(card.clone());
        }
    }

    fn soonest_learning(&self, progress: &Progress) -> Option<(usize, i64)> {
        self.learning
            .iter()
            .enumerate()
            .filter_map(|(at, key)| match progress.state(key).due {
                Some(Due::At(ms)) => Some((at, ms)),
                _ => None,
            })
            .min_by_key(|(_, ms)| *ms)
    }

    fn drop_unavailable(&mut self, progress: &Progress, now: &Moment) {
        let looked_through = Some((progress.availability_changes(), now.day()));
        if self.availability_checked == looked_through {
            return;
        }
        self.availability_checked = looked_through;
        let may = |key: &CardKey| progress.state(key).is_available(now.day());
        self.queue.retain(|key| may(key));
        self.learning.retain(|key| may(key));
    }
}
