//! Texts of tests: setup, taking one, the report.
