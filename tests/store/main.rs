//! What is on disk: the event log, drawn tests, and what earlier versions wrote.

#[path = "../fixtures/events.rs"]
mod events;

mod attempts;
mod backups;
mod damage;
mod earlier_versions;
mod log;
mod processes;
