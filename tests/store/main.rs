//! The event log on disk.

mod attempts;
mod backups;
mod damage;
mod helpers;
mod log;
mod processes;
