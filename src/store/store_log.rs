//! The log in the progress file, as the rules read it.

use std::path::{Path, PathBuf};

use super::{Store, StoreError};
use crate::domain::event::Event;
use crate::domain::event_log::{EventLog, EventLogError, VisitEvent};
use crate::domain::ids::CardKey;

/// Reads the events of a data directory. Every reading has a connection of its own, so any thread may read, and nothing
/// is open in between that would keep SQLite from closing the file in order. Opening takes some milliseconds.
#[derive(Debug)]
pub struct StoreLog {
    dir: PathBuf,
}

impl StoreLog {
    /// The log of a data directory, which must have been opened before.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    fn read<T>(&self, work: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, EventLogError> {
        let read = || work(&Store::open_read_only(&self.dir)?);
        read().map_err(|error| EventLogError(error.to_string()))
    }
}

impl EventLog for StoreLog {
    /// Those of later versions count, so that it is the position of the last event.
    fn event_count(&self) -> Result<usize, EventLogError> {
        Ok(usize::try_from(self.read(Store::event_count)?).unwrap_or(usize::MAX))
    }

    fn events_of(&self, cards: &[CardKey], until: usize) -> Result<Vec<Event>, EventLogError> {
        self.read(|store| store.events_of(cards, until as u64))
    }

    fn for_each(&self, until: usize, each: &mut VisitEvent<'_>) -> Result<(), EventLogError> {
        self.read(|store| {
            store.for_each_event(1, (until as u64).saturating_add(1), |found| {
                each(found.card_number as usize, found.card, &found.event)
            })
        })
    }

    /// It was written to the file.
    fn note(&self, _: &Event) {}
}
