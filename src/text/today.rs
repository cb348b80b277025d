//! Texts of the screen Today.
