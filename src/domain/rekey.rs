//! Keys that changed: what was logged under one card and belongs to another now.
//!
//! A re-key moves what was logged *before* it: what is logged under the old key later belongs to the old key,
//! as when a branch is switched back. Before and after go by the order in which one log was written, whatever its
//! clock showed; only logs of several machines are put in order by their times.

use std::collections::{HashMap, HashSet};

use super::card::{Entry, is_retracted};
use super::event::{Change, EventId};
use super::ids::CardKey;

/// The keys that a re-key ever named, with what was logged under each.
#[derive(Clone, Debug, Default)]
pub(super) struct Rekeyed {
    /// In fold order.
    logged: HashMap<CardKey, Vec<Entry>>,
    /// Keys that a re-key joins, both ways, taken back or not.
    joined: HashMap<CardKey, Vec<CardKey>>,
}

/// Where an event stands in the order of before and after.
type Turn = (i64, EventId);

impl Rekeyed {
    /// Whether a re-key ever named this key.
    pub(super) fn names(&self, key: &CardKey) -> bool {
        self.logged.contains_key(key)
    }

    /// Joins two keys; `logged` gives what was logged so far under a key that was never named before.
    pub(super) fn join(
        &mut self,
        from: &CardKey,
        to: &CardKey,
        mut logged: impl FnMut(&CardKey) -> Vec<Entry>,
    ) {
        for (key, other) in [(from, to), (to, from)] {
            self.logged.entry(key.clone()).or_insert_with(|| logged(key));
            let others = self.joined.entry(key.clone()).or_default();
            if key != other && !others.contains(other) {
                others.push(other.clone());
            }
        }
    }

    /// Adds an event to a key that [`Rekeyed::names`].
    pub(super) fn add(&mut self, key: &CardKey, entry: Entry) {
        let entries = self.logged.entry(key.clone()).or_default();
        let at = entries.partition_point(|other| other.place() <= entry.place());
        entries.insert(at, entry);
    }

    /// Every key that was ever named.
    pub(super) fn keys(&self) -> impl Iterator<Item = &CardKey> {
        self.logged.keys()
    }

    /// The key and whatever re-keys join it to, over any number of steps.
    pub(super) fn circle(&self, key: &CardKey) -> Vec<CardKey> {
        let mut circle = vec![key.clone()];
        let mut seen: HashSet<&CardKey> = HashSet::from([key]);
        let mut next = 0;
        while let Some(key) = circle.get(next).cloned() {
            next += 1;
            for other in self.joined.get(&key).into_iter().flatten() {
                if seen.insert(other) {
                    circle.push(other.clone());
                }
            }
        }
        circle
    }

    /// What belongs to each key of a [`Rekeyed::circle`] now, in fold order; re-keys themselves belong to none.
    pub(super) fn settled(&self, circle: &[CardKey]) -> HashMap<CardKey, Vec<Entry>> {
        let mut settled: HashMap<CardKey, Vec<Entry>> = HashMap::new();
        for (owner, entry) in self.owners(circle) {
            if let Some(owner) = owner {
                settled.entry(owner.clone()).or_default().push(entry.clone());
            }
        }
        for entries in settled.values_mut() {
            entries.sort_by_key(Entry::place);
        }
        settled
    }

    /// Whether a re-key from one to the other, or back, was taken back and not made again.
    pub(super) fn was_taken_back(&self, one: &CardKey, other: &CardKey) -> bool {
        let changes_of = |key: &CardKey| self.logged.get(key).into_iter().flatten();
        let joins = |from: &CardKey, to: &CardKey| {
            let changes: Vec<&Entry> =
                changes_of(from).filter(|entry| entry.change.changes_another()).collect();
            let newest = changes_of(from)
                .rev()
                .find(|entry| matches!(&entry.change, Change::Rekey { to: target } if **target == *to));
            newest.is_some_and(|entry| is_retracted(entry.id, &changes, changes.len()))
        };
        joins(one, other) || joins(other, one)
    }

    /// Where what was asked under a key that is gone belongs now: along the re-keys in force, each key's newest, up to
    /// the first key that `is_there`. Where none is, the last one; the key itself where they lead in a circle.
    pub(super) fn heir<'a>(&'a self, key: &'a CardKey, is_there: impl Fn(&CardKey) -> bool) -> &'a CardKey {
        let mut seen: HashSet<&CardKey> = HashSet::new();
        let mut at = key;
        while !is_there(at) {
            if !seen.insert(at) {
                return key;
            }
            let entries = self.logged.get(at).map_or(&[][..], Vec::as_slice);
            let changes: Vec<&Entry> =
                entries.iter().filter(|entry| entry.change.changes_another()).collect();
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
    fn owners<'a>(&'a self, circle: &'a [CardKey]) -> Vec<(Option<&'a CardKey>, &'a Entry)> {
        let all: Vec<(&CardKey, &Entry)> = circle
            .iter()
            .filter_map(|key| self.logged.get(key).map(|entries| (key, entries)))
            .flat_map(|(key, entries)| entries.iter().map(move |entry| (key, entry)))
            .collect();
        let turns = turns(all.iter().map(|(_, entry)| *entry));
        let changes: Vec<&Entry> =
            all.iter().map(|(_, entry)| *entry).filter(|entry| entry.change.changes_another()).collect();
        let roads = Roads::new(&all, &turns, &changes);
        let logged: HashMap<EventId, (&CardKey, &Entry)> =
            all.iter().map(|(key, entry)| (entry.id, (*key, *entry))).collect();
        all.iter()
            .map(|(key, entry)| {
                let (key, root) = root_of(key, entry, &logged);
                let owner = match root.change {
                    Change::Rekey { .. } => None,
                    _ => Some(roads.end_of(key, turns[&root.id])),
                };
                (owner, *entry)
            })
            .collect()
    }
}

/// The order of before and after: that of each log's own numbers, its clock never going back.
fn turns<'a>(entries: impl Iterator<Item = &'a Entry>) -> HashMap<EventId, Turn> {
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
fn root_of<'a>(
    key: &'a CardKey,
    entry: &'a Entry,
    logged: &HashMap<EventId, (&'a CardKey, &'a Entry)>,
) -> (&'a CardKey, &'a Entry) {
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
struct Roads<'a> {
    from: HashMap<&'a CardKey, Vec<(Turn, &'a CardKey)>>,
}

impl<'a> Roads<'a> {
    fn new(all: &[(&'a CardKey, &'a Entry)], turns: &HashMap<EventId, Turn>, changes: &[&'a Entry]) -> Self {
        let mut roads: Vec<(Turn, &CardKey, &CardKey)> = all
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
            let end = found.end_of(to, turn);
            found.from.entry(from).or_default().push((turn, end));
        }
        found
    }

    /// Where something logged under a key at that turn is in the end.
    fn end_of(&self, key: &'a CardKey, turn: Turn) -> &'a CardKey {
        let roads = self.from.get(key).map_or(&[][..], Vec::as_slice);
        // The last of those after it, which stand newest first: the first that takes it along.
        let after = roads.partition_point(|(at, _)| *at > turn);
        after.checked_sub(1).map_or(key, |first| roads[first].1)
    }
}
