//! Converts a list of words to the set that the program reads: `cargo run --example word_list -- FILE.fst < WORDS`,
//! one word a line, in any order.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "for developers, at a terminal"
)]

use std::collections::BTreeSet;
use std::io::{self, Read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("name the file to write: word_list FILE.fst < WORDS")?;
    let mut words = String::new();
    io::stdin().read_to_string(&mut words)?;
    let words: BTreeSet<&str> = words.lines().map(str::trim).filter(|word| !word.is_empty()).collect();
    let set = fst::Set::from_iter(&words)?;
    std::fs::write(&file, set.as_fst().as_bytes())?;
    println!("{} words, {} bytes: {file}", words.len(), set.as_fst().as_bytes().len());
    Ok(())
}
