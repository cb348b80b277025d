//! Linchpin.
pub mod domain;
