//! Whatever deck can be read can be edited. The first number chooses what is done.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| laws::edited(input.1, input.0));
