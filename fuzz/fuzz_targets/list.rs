//! Any file is imported or refused.
#![no_main]

#[path = "../import_laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| laws::list(bytes));
