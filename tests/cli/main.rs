//! The program as a process: commands, sessions in the terminal, and being killed.

mod attempt;
mod commands;
mod confidence;
mod faulty_decks;
mod fixtures;
mod format_page;
mod history_export;
mod import_export;
mod kill;
mod known;
mod study;
