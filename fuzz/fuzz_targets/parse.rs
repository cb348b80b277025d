//! Any text is read without panicking, and what is told of it has its place in it.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    laws::parsed(text);
    laws::mended(text);
});
