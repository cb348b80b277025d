//! Keys that changed: events logged under one card that belong to another now.
//!
//! A re-key moves what was logged *before* it. What is logged under the old key later belongs to the old key,
//! as when a branch of the deck is checked out again. Before and after are those of the fold: its order stamps
//! never go back within one log, even if the clock was set back.

use std::collections::{HashMap, HashSet};

use super::event::{Change, Event, EventId};
use super::history::{CardEvent, CardHistory, FoldOrder, is_retracted};
use super::ids::CardKey;
use super::progress::LoggedEvents;

/// What was decided about which card is which: every re-key and every rejected match. There are few of them, so they are
/// kept in memory; the other events of the cards stay in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct RekeyLinks {
    /// Re-keys, rejected matches and the retractions of both, by the key that they were logged under, in fold order.
    decisions: LoggedEvents,
    /// The ids of these events.
    ids: HashSet<EventId>,
    /// Keys that re-keys connect, in both directions, including retracted re-keys.
    links: HashMap<CardKey, Vec<CardKey>>,
}

impl RekeyLinks {
    /// Whether any re-key named this key.
    pub(super) fn contains(&self, key: &CardKey) -> bool {
        self.links.contains_key(key)
    }

    /// Whether an event decides which card is which. A retraction must come after its target.
    pub(super) fn is_decision(&self, event: &CardEvent) -> bool {
        match &event.change {
            Change::Rekey { .. } | Change::RejectMatch { .. } => true,
            Change::Retract(target) => self.ids.contains(target),
            _ => false,
        }
    }

    /// All these events, in arbitrary order.
    pub(super) fn decisions(&self) -> impl Iterator<Item = Event> {
        self.decisions
            .iter()
            .flat_map(|(key, events)| events.iter().map(|event| event.clone().of_card(key.clone())))
    }

    /// Notes an event if it decides which card is which. A retraction must come after its target.
    pub(super) fn note(&mut self, key: &CardKey, event: &CardEvent) {
        if !self.is_decision(event) {
            return;
        }
        if let Change::Rekey { to } = &event.change {
            self.link(key, to);
        }
        self.ids.insert(event.id);
        let events = self.decisions.entry(key.clone()).or_default();
        let at = events.partition_point(|other| other.fold_order() <= event.fold_order());
        events.insert(at, event.clone());
    }

    /// Notes those of the retractions that belong to the decisions. They may be in any order.
    pub(super) fn note_retractions(&mut self, mut retractions: Vec<(CardKey, CardEvent)>) {
        loop {
            let known = self.ids.len();
            retractions.retain(|(key, event)| {
                self.note(key, event);
                !self.ids.contains(&event.id)
            });
            if self.ids.len() == known {
                break;
            }
        }
    }

    fn link(&mut self, from: &CardKey, to: &CardKey) {
        for (key, other) in [(from, to), (to, from)] {
            let others = self.links.entry(key.clone()).or_default();
            if key != other && !others.contains(other) {
                others.push(other.clone());
            }
        }
    }

    /// Every key that any re-key named, in arbitrary order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &CardKey> {
        self.links.keys()
    }

    /// The key and all keys that re-keys connect it to, directly or not: its connected component.
    pub(super) fn component(&self, key: &CardKey) -> Vec<CardKey> {
        let mut component = vec![key.clone()];
        let mut seen: HashSet<&CardKey> = HashSet::from([key]);
        let mut next = 0;
        while let Some(key) = component.get(next).cloned() {
            next += 1;
            for other in self.links.get(&key).into_iter().flatten() {
                if seen.insert(other) {
                    component.push(other.clone());
                }
            }
        }
        component
    }

    /// The events that belong to each key of a [`RekeyLinks::component`] now, of those that were `logged`. Re-keys
    /// themselves belong to no key.
    pub(super) fn events_by_owner(&self, component: &[CardKey], logged: &LoggedEvents) -> LoggedEvents {
        let mut by_owner = LoggedEvents::new();
        for (owner, event) in owners(component, logged) {
            if let Some(owner) = owner {
                by_owner.entry(owner.clone()).or_default().push(event.clone());
            }
        }
        by_owner
    }

    /// Whether the learner rejected the suggestion that the progress of the first card belongs to the other.
    pub(super) fn is_match_rejected(&self, one: &CardKey, other: &CardKey) -> bool {
        let component = self.component(one);
        if !component.iter().any(|key| self.decisions.contains_key(key)) {
            return false;
        }
        // A rejection moves with the progress of its card.
        let of_card = self.events_by_owner(&component, &self.decisions).remove(one).unwrap_or_default();
        CardHistory::new(of_card)
            .effective_events()
            .any(|event| matches!(&event.change, Change::RejectMatch { other: to } if **to == *other))
    }

    /// Whether the newest re-key from one key to the other, in either direction, was retracted.
    pub(super) fn was_retracted(&self, one: &CardKey, other: &CardKey) -> bool {
        let events_of = |key: &CardKey| self.decisions.get(key).into_iter().flatten();
        let newest_is_retracted = |from: &CardKey, to: &CardKey| {
            let amendments: Vec<&CardEvent> =
                events_of(from).filter(|event| event.change.is_amendment()).collect();
            let newest = events_of(from)
                .rev()
                .find(|event| matches!(&event.change, Change::Rekey { to: target } if **target == *to));
            newest.is_some_and(|event| is_retracted(event.id, &amendments, amendments.len()))
        };
        newest_is_retracted(one, other) || newest_is_retracted(other, one)
    }

    /// Where progress logged under a key that no longer exists belongs now: follows the newest re-key in
    /// force of each key to the first key that `exists`. Returns the last key when none is, and `key`
    /// itself when the re-keys form a cycle.
    pub(super) fn current_key<'a>(
        &'a self,
        key: &'a CardKey,
        exists: impl Fn(&CardKey) -> bool,
    ) -> &'a CardKey {
        let mut seen: HashSet<&CardKey> = HashSet::new();
        let mut at = key;
        while !exists(at) {
            if !seen.insert(at) {
                return key;
            }
            let events = self.decisions.get(at).map_or(&[][..], Vec::as_slice);
            let amendments: Vec<&CardEvent> =
                events.iter().filter(|event| event.change.is_amendment()).collect();
            let to = events.iter().rev().find_map(|event| match &event.change {
                Change::Rekey { to } if !is_retracted(event.id, &amendments, amendments.len()) => Some(&**to),
                _ => None,
            });
            match to {
                Some(to) => at = to,
                None => break,
            }
        }
        at
    }
}

/// Every event of a component with the key that it belongs to; `None` for re-keys and their retractions.
fn owners<'a>(
    component: &'a [CardKey],
    logged: &'a LoggedEvents,
) -> Vec<(Option<&'a CardKey>, &'a CardEvent)> {
    let all: Vec<(&CardKey, &CardEvent)> = component
        .iter()
        .filter_map(|key| logged.get(key).map(|events| (key, events)))
        .flat_map(|(key, events)| events.iter().map(move |event| (key, event)))
        .collect();
    let amendments: Vec<&CardEvent> =
        all.iter().map(|(_, event)| *event).filter(|event| event.change.is_amendment()).collect();
    let paths = RekeyPaths::new(&all, &amendments);
    let by_id: HashMap<EventId, (&CardKey, &CardEvent)> =
        all.iter().map(|(key, event)| (event.id, (*key, *event))).collect();
    all.iter()
        .map(|(key, event)| {
            let (key, root) = root_event(key, event, &by_id);
            let owner = match root.change {
                Change::Rekey { .. } => None,
                _ => Some(paths.destination(key, root.fold_order())),
            };
            (owner, *event)
        })
        .collect()
}

/// The event that a retraction or an overruled rating ultimately amends, with its key: the amendment belongs
/// to the same card.
fn root_event<'a>(
    key: &'a CardKey,
    event: &'a CardEvent,
    by_id: &HashMap<EventId, (&'a CardKey, &'a CardEvent)>,
) -> (&'a CardKey, &'a CardEvent) {
    let mut found = (key, event);
    // The number of events limits the search, because the retractions of a damaged log may form a cycle.
    for _ in 0..by_id.len() {
        match found.1.change.target().and_then(|target| by_id.get(&target)) {
            Some(next) => found = *next,
            None => break,
        }
    }
    found
}

/// The re-keys in force: for each key, when they happened and where each ultimately leads; newest first.
struct RekeyPaths<'a> {
    from: HashMap<&'a CardKey, Vec<(FoldOrder, &'a CardKey)>>,
}

impl<'a> RekeyPaths<'a> {
    fn new(all: &[(&'a CardKey, &'a CardEvent)], amendments: &[&'a CardEvent]) -> Self {
        let mut paths: Vec<(FoldOrder, &CardKey, &CardKey)> = all
            .iter()
            .filter_map(|(from, event)| match &event.change {
                Change::Rekey { to } if !is_retracted(event.id, amendments, amendments.len()) => {
                    Some((event.fold_order(), *from, &**to))
                }
                _ => None,
            })
            .collect();
        // Newest first: the destination of a re-key is then known when an earlier one leads to it.
        paths.sort_by_key(|(position, ..)| std::cmp::Reverse(*position));
        let mut found = Self { from: HashMap::new() };
        for (position, from, to) in paths {
            let destination = found.destination(to, position);
            found.from.entry(from).or_default().push((position, destination));
        }
        found
    }

    /// The key that an event logged under `key` at `position` belongs to in the end.
    fn destination(&self, key: &'a CardKey, position: FoldOrder) -> &'a CardKey {
        let paths = self.from.get(key).map_or(&[][..], Vec::as_slice);
        // They are sorted newest first, so the last one after the event is the first re-key that moved it.
        let after = paths.partition_point(|(at, _)| *at > position);
        after.checked_sub(1).map_or(key, |first| paths[first].1)
    }
}
