//! Keys that changed: what was logged under one card and belongs to another now.
//!
//! A re-key moves what was logged *before* it: what is logged under the old key later belongs to the old key,
//! as when a branch is switched back. Before and after go by the order in which one log was written, whatever its
//! clock showed; only logs of several machines are put in order by their times.

use std::collections::{HashMap, HashSet};

use super::card::{CardEvent, is_retracted};
use super::event::{Change, EventId};
use super::ids::CardKey;

/// The keys that a re-key ever named, with what was logged under each.
#[derive(Clone, Debug, Default)]
pub(super) struct RekeyLinks {
    /// In fold order.
    events: HashMap<CardKey, Vec<CardEvent>>,
    /// Keys that a re-key joins, both ways, taken back or not.
    links: HashMap<CardKey, Vec<CardKey>>,
}

/// Where an event stands in the order of before and after.
type LogOrder = (i64, EventId);

impl RekeyLinks {
    /// Whether a re-key ever named this key.
    pub(super) fn contains(&self, key: &CardKey) -> bool {
        self.events.contains_key(key)
    }

    /// Joins two keys; `logged` gives what was logged so far under a key that was never named before.
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

    /// Adds an event to a key that [`RekeyLinks::contains`].
    pub(super) fn add(&mut self, key: &CardKey, entry: CardEvent) {
        let entries = self.events.entry(key.clone()).or_default();
        let at = entries.partition_point(|other| other.fold_order() <= entry.fold_order());
        entries.insert(at, entry);
    }

    /// Every key that was ever named.
    pub(super) fn keys(&self) -> impl Iterator<Item = &CardKey> {
        self.events.keys()
    }

    /// The key and whatever re-keys join it to, over any number of steps.
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

    /// What belongs to each key of a [`RekeyLinks::component`] now, in fold order; re-keys themselves belong to none.
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

    /// Whether a re-key from one to the other, or back, was taken back and not made again.
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

    /// Where what was asked under a key that is gone belongs now: along the re-keys in force, each key's newest, up to
    /// the first key that `is_there`. Where none is, the last one; the key itself where they lead in a circle.
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

    /// Every event logged in a circle with the key that it belongs to; `None` for re-keys and their retractions.
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

/// The order of before and after: that of each log's own numbers, its clock never going back.
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

/// The event that a retraction or an overruled rating speaks of in the end, with its key: they go where it goes.
fn root_event<'a>(
    key: &'a CardKey,
    entry: &'a CardEvent,
    logged: &HashMap<EventId, (&'a CardKey, &'a CardEvent)>,
) -> (&'a CardKey, &'a CardEvent) {
    let mut found = (key, entry);
    // As many steps as there are events end the search in a damaged log whose retractions form a circle.
    for _ in 0..logged.len() {
        match found.1.change.target().and_then(|target| logged.get(&target)) {
            Some(next) => found = *next,
            None => break,
        }
    }
    found
}

/// The re-keys in force: from each key, when, and where each leads in the end.
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
        // The newest first: where it leads is known when an earlier one leads to it.
        roads.sort_by_key(|(turn, ..)| std::cmp::Reverse(*turn));
        let mut found = Self { from: HashMap::new() };
        for (turn, from, to) in roads {
            let end = found.destination(to, turn);
            found.from.entry(from).or_default().push((turn, end));
        }
        found
    }

    /// Where something logged under a key at that turn is in the end.
    fn destination(&self, key: &'a CardKey, turn: LogOrder) -> &'a CardKey {
        let roads = self.from.get(key).map_or(&[][..], Vec::as_slice);
        // The last of those after it, which stand newest first: the first that takes it along.
        let after = roads.partition_point(|(at, _)| *at > turn);
        after.checked_sub(1).map_or(key, |first| roads[first].1)
    }
}
