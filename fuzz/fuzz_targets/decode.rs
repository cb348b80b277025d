//! Any bytes are read as text, or refused with a place inside of them.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| laws::decoded(bytes));
