//! Texts of the whole program: screens, undo, notices, the command palette.
