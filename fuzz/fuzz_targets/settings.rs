//! Any file of settings is read, or kept and replaced by the defaults.
#![no_main]

#[path = "../program_laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(laws::scratch_folder);

fuzz_target!(|bytes: &[u8]| laws::settings(&FOLDER, bytes));
