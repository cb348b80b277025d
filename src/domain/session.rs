//! A study session as a state machine: which card is shown next, and what undo restores. It holds card keys
//! only; the cards' states are in [`Progress`].

use std::collections::{HashSet, VecDeque};

use super::card::CardPhase;
use super::day::{Moment, StudyDay};
use super::event::{Due, EventId, ReviewSource};
use super::ids::CardKey;
use super::progress::Progress;
use super::queue::{SessionPlan, is_due};
use super::rating::Rating;

/// Cards on learning steps are shown up to this much early when nothing else is left.
const LEARN_AHEAD_MS: i64 = 20 * 60_000;

/// A session in progress.
#[derive(Clone, Debug)]
pub struct Session {
    /// Study, or practice, which leaves the schedule alone.
    pub source: ReviewSource,
    queue: VecDeque<CardKey>,
    learning: Vec<CardKey>,
    current: Option<CardKey>,
    done: Vec<SessionStep>,
    /// For each step whether its card was the current one. It was not when the card was suspended or buried
    /// after its verdict.
    was_current: Vec<bool>,
    postponed: usize,
    /// When unavailable cards were last removed, as [`Progress::availability_changes`] and study day.
    availability_checked: Option<(u64, StudyDay)>,
}

/// Something done to a card in this session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionStep {
    /// The card.
    pub card: CardKey,
    /// The events that it added to the log, oldest first.
    pub events: Vec<EventId>,
    /// The answer; `None` when the card was suspended or buried.
    pub answer: Option<SessionAnswer>,
}

/// What the summary of a session needs of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SessionAnswer {
    /// The score, 0 to 1.
    pub score: f64,
    /// The rating that counts, after overruling.
    pub rating: Rating,
    /// Whether it was the card's first answer ever.
    pub was_new: bool,
}

/// A step that was undone.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoneStep {
    /// The step itself.
    pub step: SessionStep,
    /// The card that was current when the step was undone, and is current again when it is redone.
    pub displaced: Option<CardKey>,
    /// Whether undoing made the step's card current again. Not so if the card was suspended or buried after its
    /// verdict: only that was undone, and its answer still counts.
    pub was_current: bool,
}

/// What to do next in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextCard {
    /// Show this card.
    Show(CardKey),
    /// Nothing is due before this time, in UTC milliseconds.
    Wait(i64),
    /// Nothing more is due today.
    Finished,
}

impl Session {
    /// Starts a session with the cards of a plan.
    pub fn new(plan: SessionPlan, source: ReviewSource) -> Self {
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

    /// Says that the plan was made from this progress on this day, so that every card is available. Without that, the
    /// first [`Session::next`] looks up all of them.
    #[must_use]
    pub fn planned_from(mut self, progress: &Progress, now: &Moment) -> Self {
        self.availability_checked = Some((progress.availability_changes(), now.day()));
        self
    }

    /// Picks the next card and makes it current: first cards on learning steps that are due, then the queue,
    /// then cards on learning steps up to 20 minutes early.
    pub fn next(&mut self, progress: &Progress, now: &Moment) -> NextCard {
        if let Some(key) = self.current.take() {
            self.return_to_queue(key, progress);
        }
        self.drop_unavailable(progress, now);
        let soonest = self.soonest_learning(progress, now);
        let next = match soonest {
            Some((at, due)) if due <= now.ms() => NextCard::Show(self.learning.remove(at)),
            _ => match (self.queue.pop_front(), soonest) {
                (Some(key), _) => NextCard::Show(key),
                (None, Some((at, due))) if due <= now.ms() + LEARN_AHEAD_MS => {
                    NextCard::Show(self.learning.remove(at))
                }
                (None, Some((_, due))) => NextCard::Wait(due),
                (None, None) => NextCard::Finished,
            },
        };
        if let NextCard::Show(key) = &next {
            self.current = Some(key.clone());
        }
        next
    }

    /// Records that a card, usually the current one, was answered, suspended or buried; `progress` must
    /// already contain the events.
    pub fn record(&mut self, step: SessionStep, progress: &Progress) {
        let was_current = self.current.as_ref() == Some(&step.card);
        self.record_as(step, was_current, progress);
    }

    fn record_as(&mut self, step: SessionStep, was_current: bool, progress: &Progress) {
        if self.current.as_ref() == Some(&step.card) {
            self.current = None;
        }
        if step.answer.is_some() && self.source == ReviewSource::Study {
            self.queue_if_learning(&step.card, progress);
        }
        self.done.push(step);
        self.was_current.push(was_current);
    }

    /// Records that the learner overruled the rating of the newest answer; `progress` must already contain
    /// the event.
    pub fn amend(&mut self, event: EventId, rating: Rating, score: f64, progress: &Progress) {
        let Some(step) = self.done.last_mut() else { return };
        step.events.push(event);
        let card = step.card.clone();
        self.regrade(&card, rating, score, progress);
    }

    /// Changes rating and score of the newest answer if it was to this card; `progress` must already contain
    /// the events.
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

    /// Undoes the newest step: its card becomes current, and the one that was current follows it. `None` when
    /// there is no step. `progress` must already contain the retraction.
    pub fn undo(&mut self, progress: &Progress) -> Option<UndoneStep> {
        let step = self.done.pop()?;
        let was_current = self.was_current.pop().unwrap_or(true);
        if !was_current {
            self.remove(&step.card);
            self.queue_if_learning(&step.card, progress);
            return Some(UndoneStep { step, displaced: None, was_current });
        }
        let displaced = self.current.take();
        if let Some(key) = displaced.clone() {
            self.return_to_queue(key, progress);
        }
        self.remove(&step.card);
        self.current = Some(step.card.clone());
        Some(UndoneStep { step, displaced, was_current })
    }

    /// Redoes a step from [`Session::undo`], with the events that now stand for it, and returns to the card
    /// that was current then. `progress` must already contain the events.
    pub fn redo(&mut self, undone: UndoneStep, progress: &Progress) {
        let UndoneStep { step, displaced, was_current } = undone;
        if was_current && let Some(key) = self.current.take().filter(|key| *key != step.card) {
            self.return_to_queue(key, progress);
        }
        self.remove(&step.card);
        self.record_as(step, was_current, progress);
        if let Some(displaced) =
            displaced.filter(|displaced| self.queue.contains(displaced) || self.learning.contains(displaced))
        {
            self.remove(&displaced);
            self.current = Some(displaced);
        }
    }

    /// Moves a card to where it belongs now, after an answer of another session was undone or redone; does
    /// nothing when the card is not in this session. Returns whether it was the current card.
    pub fn requeue(&mut self, card: &CardKey, progress: &Progress, now: &Moment) -> bool {
        let was_current = self.current.as_ref() == Some(card);
        let was_included = was_current || self.queue.contains(card) || self.learning.contains(card);
        self.remove(card);
        if was_current {
            self.current = None;
        }
        let state = progress.state(card);
        let belongs = self.source == ReviewSource::Practice
            || state.phase == CardPhase::New
            || is_due(state, now.day())
            || matches!(state.due, Some(Due::At(_)));
        if was_included && belongs {
            self.return_to_queue(card.clone(), progress);
        }
        was_current
    }

    fn remove(&mut self, card: &CardKey) {
        self.queue.retain(|key| key != card);
        self.learning.retain(|key| key != card);
    }

    /// Puts a card back: cards on learning steps wait until they are due, all others come next.
    fn return_to_queue(&mut self, card: CardKey, progress: &Progress) {
        let is_on_step = matches!(progress.state(&card).due, Some(Due::At(_)));
        if is_on_step && self.source == ReviewSource::Study {
            self.learning.push(card);
        } else {
            self.queue.push_front(card);
        }
    }

    /// Removes cards that no longer exist, after a deck was changed.
    pub fn retain(&mut self, exists: impl Fn(&CardKey) -> bool) {
        self.queue.retain(|key| exists(key));
        self.learning.retain(|key| exists(key));
        self.current = self.current.take().filter(|key| exists(key));
    }

    /// Replaces the keys of cards whose question was re-keyed (`None`: unchanged). Cards keep their
    /// positions; when two become one, it is kept once.
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

    /// Every card of the session: current, waiting or done. May contain repeats.
    pub fn cards(&self) -> impl Iterator<Item = &CardKey> {
        let done = self.done.iter().map(|step| &step.card);
        self.queue.iter().chain(&self.learning).chain(&self.current).chain(done)
    }

    /// The current card; `None` before the first one, and when nothing is due.
    pub fn current(&self) -> Option<&CardKey> {
        self.current.as_ref()
    }

    /// The steps taken so far, oldest first.
    pub fn done(&self) -> &[SessionStep] {
        &self.done
    }

    /// How many answers were given and not undone.
    pub fn answer_count(&self) -> usize {
        self.done.iter().filter(|step| step.answer.is_some()).count()
    }

    /// How many cards are left, including the current one and those on learning steps.
    pub fn remaining(&self) -> usize {
        self.queue.len() + self.learning.len() + usize::from(self.current.is_some())
    }

    /// How many due cards the plan left out.
    pub fn postponed(&self) -> usize {
        self.postponed
    }

    fn queue_if_learning(&mut self, card: &CardKey, progress: &Progress) {
        if matches!(progress.state(card).due, Some(Due::At(_))) && !self.learning.contains(card) {
            self.learning.push(card.clone());
        }
    }

    fn soonest_learning(&self, progress: &Progress, now: &Moment) -> Option<(usize, i64)> {
        self.learning
            .iter()
            .enumerate()
            .filter_map(|(at, key)| Some((at, progress.state(key).step_ends_ms(now)?)))
            .min_by_key(|(_, ms)| *ms)
    }

    fn drop_unavailable(&mut self, progress: &Progress, now: &Moment) {
        let checked = Some((progress.availability_changes(), now.day()));
        if self.availability_checked == checked {
            return;
        }
        self.availability_checked = checked;
        let is_available = |key: &CardKey| progress.state(key).is_available(now.day());
        self.queue.retain(|key| is_available(key));
        self.learning.retain(|key| is_available(key));
    }
}
