//! A file of questions in Markdown is read.
#![no_main]

#[path = "../import_laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| laws::markdown_questions(text));
