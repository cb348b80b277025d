//! What the program prints. Messages for people go to standard error through here, and so do panics and errors of
//! arguments: each may quote a deck, a file name or an argument that comes from anywhere, and none may move the cursor,
//! rename the terminal or turn the writing direction.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal, Write};
use std::panic;

use super::layout::{safe, safe_text};
use crate::text;

/// Prints a message for the user to standard error, on one line.
pub fn print_message(message: &str) {
    print_lines(&format!("linchpin: {}", in_one_line(message)));
}

/// Prints lines to standard error as they are, but for characters that are not safe to print.
pub fn print_lines(lines: &str) {
    let mut error = io::stderr().lock();
    for line in lines.lines() {
        // Not `eprintln!`, which panics when standard error is closed.
        let _ = writeln!(error, "{}", safe_text(line));
    }
}

/// The words of a text, with single spaces between them.
pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes panics of this process print safe text, because their messages may quote one of a deck.
pub fn print_panics() {
    panic::set_hook(Box::new(|panic| {
        print_message(&text::terminal::internal_error(panic));
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            print_lines(&backtrace.to_string());
        }
    }));
}

/// Standard output. A file or another program gets every byte; at a terminal characters that are not safe to print are
/// replaced.
pub struct StandardOutput<W = io::Stdout> {
    inner: W,
    /// At a terminal, the beginning of a character whose other bytes were not written yet.
    begun: Option<Vec<u8>>,
}

impl StandardOutput {
    /// That of this process.
    pub fn open() -> Self {
        let inner = io::stdout();
        Self { begun: inner.is_terminal().then(Vec::new), inner }
    }
}

impl<W: Write> Write for StandardOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(begun) = &mut self.begun else { return self.inner.write(bytes) };
        begun.extend_from_slice(bytes);
        let complete = match std::str::from_utf8(begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => begun.len(),
        };
        let printed: String =
            String::from_utf8_lossy(&begun[..complete]).chars().map(safe_in_lines).collect();
        begun.drain(..complete);
        self.inner.write_all(printed.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// [`safe`], but for the characters between lines and columns.
fn safe_in_lines(c: char) -> char {
    if matches!(c, '\n' | '\t') { c } else { safe(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_a_terminal_only_safe_characters_are_printed_and_elsewhere_every_byte() {
        let text = "한\t\u{1b}[2J\u{202e}b\r\n".as_bytes();
        let printed = |is_terminal: bool, piece: usize| {
            let mut out = StandardOutput { inner: Vec::new(), begun: is_terminal.then(Vec::new) };
            text.chunks(piece).for_each(|bytes| out.write_all(bytes).expect("memory"));
            out.inner
        };
        for piece in 1..=text.len() {
            assert_eq!(
                printed(true, piece),
                "한\t\u{fffd}[2J\u{fffd}b \n".as_bytes(),
                "{piece} bytes at a time"
            );
            assert_eq!(printed(false, piece), text);
        }
    }
}
