//! Any arguments and any typed lines: the program says what is wrong, and the progress stays sound.
#![no_main]

#[path = "../program_laws.rs"]
#[allow(dead_code, reason = "every target needs another part")]
mod laws;

use std::ffi::{OsString, c_int};
use std::fs::File;
use std::io::Read;
use std::os::fd::AsRawFd;
use std::path::Path;

use libfuzzer_sys::fuzz_target;

unsafe extern "C" {
    fn dup2(old: c_int, new: c_int) -> c_int;
}

/// Makes standard input read a text.
fn type_lines(folder: &Path, lines: &str) {
    // What the last run did not read.
    drop(std::io::stdin().lock().read_to_end(&mut Vec::new()));
    let path = folder.join("typed");
    std::fs::write(&path, lines).expect("written");
    let file = File::open(&path).expect("opened");
    // SAFETY: both are open descriptors, and nothing else reads standard input.
    assert_eq!(unsafe { dup2(file.as_raw_fd(), 0) }, 0);
}

fuzz_target!(|text: &str| {
    let folder = laws::scratch_folder();
    let work = folder.join("work");
    std::fs::create_dir(&work).expect("a folder");
    std::env::set_current_dir(&work).expect("a folder");
    let data = folder.join("data");
    let (arguments, typed) = laws::command_line(text);
    type_lines(&work, typed);
    let fixed = ["linchpin".into(), "--data-dir".into(), data.clone().into(), "--at".into(), "2026-11-23T10:00".into()];
    let arguments = fixed.into_iter().chain(arguments).collect::<Vec<OsString>>();
    let _ = linchpin::cli::run(arguments, |_, _| Err("no window here".to_owned()));
    laws::sound_progress(&data);
});
