//! Texts of the settings.
