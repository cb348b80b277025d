//! The event log on disk.

#[path = "../fixtures/events.rs"]
mod events;

mod attempts;
mod backups;
mod damage;
mod log;
mod processes;
