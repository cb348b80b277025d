//! Keys that changed: events logged under one card that belong to another now.
//!
//! A re-key moves what was logged *before* it. What is logged under the old key later belongs to the old key,
//! as when a branch of the deck is checked out again. Before and after is the order in which a log was
//! written, whatever its clock showed; only the logs of different machines are ordered by time.

use std::collections::{HashMap, HashSet};

use super::card::{CardEvent, is_retracted};
use super::event::{Change, EventId};
use super::ids::CardKey;

/// The keys that any re-key named, with the events logged under each.
#[derive(Clone, Debug, Default)]
pub(super) struct RekeyLinks {
    /// Events logged under each key, in fold order.
    events: HashMap<CardKey, Vec<CardEvent>>,
    /// Keys that re-keys connect, in both directions, including retracted re-keys.
    links: HashMap<CardKey, Vec<CardKey>>,
}

/// An event's position in the order of before and after: time, then event id.
type LogOrder = (i64, EventId);

impl RekeyLinks {
    /// Whether any re-key named this key.
    pub(super) fn contains(&self, key: &CardKey) -> bool {
        self.events.contains_key(key)
    }

    /// Connects two keys. `logged` returns the events logged so far under a key that no re-key named before.
    pub(super) fn link(
        &mut self,
        from: &CardKey,
        to: &CardKey,
        mut logged: impl FnMut(&CardKey) -> Vec<CardEvent>,
    ) {
        for (key, other) in [(from, to), (to, from)] {
            self.events.entry(key.clone()).or_insert_with(|| logged(key));
            let others = self.links.entry(key.clone()).or_default();
            if key != other && !others.contains(other) {
                others.push(other.clone());
            }
        }
    }

    /// Adds an event to a key that this [`RekeyLinks::contains`].
    pub(super) fn add(&mut self, key: &CardKey, entry: CardEvent) {
        let entries = self.events.entry(key.clone()).or_default();
        let at = entries.partition_point(|other| other.fold_order() <= entry.fold_order());
        entries.insert(at, entry);
    }

    /// Every key that any re-key named, in arbitrary order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &CardKey> {
        self.events.keys()
    }

    /// The key and all keys that re-keys connect it to, directly or not: its connected component.
    pub(super) fn component(&self, key: &CardKey) -> Vec<CardKey> {
        let mut circle = vec![key.clone()];
        let mut seen: HashSet<&CardKey> = HashSet::from([key]);
        let mut next = 0;
        while let Some(key) = circle.get(next).cloned() {
            next += 1;
            for other in self.links.get(&key).into_iter().flatten() {
                if seen.insert(other) {
                    circle.push(other.clone());
                }
            }
        }
        circle
    }

    /// The events that belong to each key of a [`RekeyLinks::component`] now, in fold order. Re-keys
    /// themselves belong to no key.
    pub(super) fn events_by_owner(&self, circle: &[CardKey]) -> HashMap<CardKey, Vec<CardEvent>> {
        let mut settled: HashMap<CardKey, Vec<CardEvent>> = HashMap::new();
        for (owner, entry) in self.owners(circle) {
            if let Some(owner) = owner {
                settled.entry(owner.clone()).or_default().push(entry.clone());
            }
        }
        for entries in settled.values_mut() {
            entries.sort_by_key(CardEvent::fold_order);
        }
        settled
    }

    /// Whether the newest re-key from one key to the other, in either direction, was retracted.
    pub(super) fn was_retracted(&self, one: &CardKey, other: &CardKey) -> bool {
        let changes_of = |key: &CardKey| self.events.get(key).into_iter().flatten();
        let joins = |from: &CardKey, to: &CardKey| {
            let changes: Vec<&CardEvent> =
                changes_of(from).filter(|entry| entry.change.is_amendment()).collect();
            let newest = changes_of(from)
                .rev()
                .find(|entry| matches!(&entry.change, Change::Rekey { to: target } if **target == *to));
            newest.is_some_and(|entry| is_retracted(entry.id, &changes, changes.len()))
        };
        joins(one, other) || joins(other, one)
    }

    /// Where progress logged under a key that no longer exists belongs now: follows the newest re-key in
    /// force of each key to the first key that `is_there`. Returns the last key when none is, and `key`
    /// itself when the re-keys form a cycle.
    pub(super) fn current_key<'a>(
        &'a self,
        key: &'a CardKey,
        is_there: impl Fn(&CardKey) -> bool,
    ) -> &'a CardKey {
        let mut seen: HashSet<&CardKey> = HashSet::new();
        let mut at = key;
        while !is_there(at) {
            if !seen.insert(at) {
                return key;
            }
            let entries = self.events.get(at).map_or(&[][..], Vec::as_slice);
            let changes: Vec<&CardEvent> =
                entries.iter().filter(|entry| entry.change.is_amendment()).collect();
            let to = entries.iter().rev().find_map(|entry| match &entry.change {
                Change::Rekey { to } if !is_retracted(entry.id, &changes, changes.len()) => Some(&**to),
                _ => None,
            });
            match to {
                Some(to) => at = to,
                None => break,
            }
        }
        at
    }

    /// Every event of a component with the key that it belongs to; `None` for re-keys and their retractions.
    fn owners<'a>(&'a self, circle: &'a [CardKey]) -> Vec<(Option<&'a CardKey>, &'a CardEvent)> {
        let all: Vec<(&CardKey, &CardEvent)> = circle
            .iter()
            .filter_map(|key| self.events.get(key).map(|entries| (key, entries)))
            .flat_map(|(key, entries)| entries.iter().map(move |entry| (key, entry)))
            .collect();
        let turns = log_order(all.iter().map(|(_, entry)| *entry));
        let changes: Vec<&CardEvent> =
            all.iter().map(|(_, entry)| *entry).filter(|entry| entry.change.is_amendment()).collect();
        let roads = RekeyPaths::new(&all, &turns, &changes);
        let logged: HashMap<EventId, (&CardKey, &CardEvent)> =
            all.iter().map(|(key, entry)| (entry.id, (*key, *entry))).collect();
        all.iter()
            .map(|(key, entry)| {
                let (key, root) = root_event(key, entry, &logged);
                let owner = match root.change {
                    Change::Rekey { .. } => None,
                    _ => Some(roads.destination(key, turns[&root.id])),
                };
                (owner, *entry)
            })
            .collect()
    }
}

/// The order of before and after: by the sequence numbers of each log, with times that never go back within a
/// log.
fn log_order<'a>(entries: impl Iterator<Item = &'a CardEvent>) -> HashMap<EventId, LogOrder> {
    let mut by_number: Vec<(EventId, i64)> = entries.map(|entry| (entry.id, entry.stamp.utc_ms)).collect();
    by_number.sort_unstable();
    let mut turns = HashMap::with_capacity(by_number.len());
    let mut latest: Option<(u64, i64)> = None;
    for (id, at) in by_number {
        let at = match latest {
            Some((log, before)) if log == id.log => at.max(before),
            _ => at,
        };
        latest = Some((id.log, at));
        turns.insert(id, (at, id));
    }
    turns
}

/// The event that a retraction or an overruled rating ultimately amends, with its key: the amendment belongs
/// to the same card.
fn root_event<'a>(
    key: &'a CardKey,
    entry: &'a CardEvent,
    logged: &HashMap<EventId, (&'a CardKey, &'a CardEvent)>,
) -> (&'a CardKey, &'a CardEvent) {
    let mut found = (key, entry);
    // The number of events limits the search, because the retractions of a damaged log may form a cycle.
    for _ in 0..logged.len() {
        match found.1.change.target().and_then(|target| logged.get(&target)) {
            Some(next) => found = *next,
            None => break,
        }
    }
    found
}

/// The re-keys in force: for each key, when they happened and where each ultimately leads; newest first.
struct RekeyPaths<'a> {
    from: HashMap<&'a CardKey, Vec<(LogOrder, &'a CardKey)>>,
}

impl<'a> RekeyPaths<'a> {
    fn new(
        all: &[(&'a CardKey, &'a CardEvent)],
        turns: &HashMap<EventId, LogOrder>,
        changes: &[&'a CardEvent],
    ) -> Self {
        let mut roads: Vec<(LogOrder, &CardKey, &CardKey)> = all
            .iter()
            .filter_map(|(from, entry)| match &entry.change {
                Change::Rekey { to } if !is_retracted(entry.id, changes, changes.len()) => {
                    Some((turns[&entry.id], *from, &**to))
                }
                _ => None,
            })
            .collect();
        // Newest first: the destination of a re-key is then known when an earlier one leads to it.
        roads.sort_by_key(|(turn, ..)| std::cmp::Reverse(*turn));
        let mut found = Self { from: HashMap::new() };
        for (turn, from, to) in roads {
            let end = found.destination(to, turn);
            found.from.entry(from).or_default().push((turn, end));
        }
        found
    }

    /// The key that an event logged under `key` at `turn` belongs to in the end.
    fn destination(&self, key: &'a CardKey, turn: LogOrder) -> &'a CardKey {
        let roads = self.from.get(key).map_or(&[][..], Vec::as_slice);
        // They are sorted newest first, so the last one after the event is the first re-key that moved it.
        let after = roads.partition_point(|(at, _)| *at > turn);
        after.checked_sub(1).map_or(key, |first| roads[first].1)
    }
}
