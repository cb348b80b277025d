//! Cells of HTML become Markdown.
#![no_main]

#[path = "../import_laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| laws::html_cells(text));
