//! Texts that only the terminal shows.
