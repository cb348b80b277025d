//! Texts of the page About.
