//! Reads and prints lines, in the same way for a person and for a script.

use std::io::{self, BufRead, IsTerminal, StdinLock, StdoutLock, Write};

use super::layout::{safe_text, wrap};
use crate::text;

/// Longest line in bytes. A longer one is read to its end and refused.
const MAX_LINE_BYTES: usize = 64 * 1024;
/// The width in columns when the terminal does not say.
const DEFAULT_WIDTH: usize = 80;

/// The style of a text. A mark or a word always says the same as the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintStyle {
    /// Without a style.
    Plain,
    /// Bold.
    Strong,
    /// Faint, for secondary text.
    Faint,
    /// Green, for right answers.
    Right,
    /// Yellow, for partly right answers.
    Partly,
    /// Red, for wrong answers and errors.
    Wrong,
}

/// What was read from the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputLine {
    /// A line without its end.
    Text(String),
    /// A line that cannot be used, with the reason in a sentence.
    Unusable(&'static str),
    /// The end of the input.
    End,
}

/// Standard input and output.
pub struct Terminal {
    input: StdinLock<'static>,
    output: StdoutLock<'static>,
    width: usize,
    colour: bool,
    /// Whether a person types at a terminal, which echoes the input itself.
    pub is_interactive: bool,
}

impl Terminal {
    /// Locks standard input and output. Colours are used in a terminal, unless the environment variable `NO_COLOR` is
    /// set.
    pub fn open() -> Self {
        let is_terminal = io::stdout().is_terminal();
        Self {
            input: io::stdin().lock(),
            output: io::stdout().lock(),
            width: columns(),
            colour: is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
            is_interactive: is_terminal && io::stdin().is_terminal(),
        }
    }

    /// Prints a text wrapped to the terminal's width, with `first` before the first line and an indentation of the same
    /// width before the others.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print_wrapped(&mut self, first: &str, ink: PrintStyle, text: &str) -> io::Result<()> {
        let indent = super::layout::width(first);
        let columns = self.width.saturating_sub(indent).max(20);
        for (nth, line) in wrap(text, columns).into_iter().enumerate() {
            let before = if nth == 0 { first.to_owned() } else { " ".repeat(indent) };
            // The mark in `first` gets the colour too.
            let line = self.coloured(ink, &format!("{before}{line}"));
            writeln!(self.output, "{line}")?;
        }
        Ok(())
    }

    /// Prints an empty line.
    ///
    /// # Errors
    /// As [`Terminal::print_wrapped`].
    pub fn blank_line(&mut self) -> io::Result<()> {
        writeln!(self.output)
    }

    /// Prints a prompt and reads a line. Without a terminal the line is printed as well, so that recorded output reads
    /// like the screen.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub fn read_line(&mut self, prompt: &str) -> io::Result<InputLine> {
        write!(self.output, "{prompt}")?;
        self.output.flush()?;
        let line = self.read_bounded_line()?;
        let is_echoed = self.is_interactive && line != InputLine::End;
        if !is_echoed {
            let echo = if let InputLine::Text(text) = &line { safe_text(text) } else { String::new() };
            writeln!(self.output, "{echo}")?;
        }
        Ok(line)
    }

    /// Reads a line, and stores no more than [`MAX_LINE_BYTES`] bytes of it.
    fn read_bounded_line(&mut self) -> io::Result<InputLine> {
        let mut bytes = Vec::new();
        let mut has_input = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let length = end.unwrap_or(buffer.len());
            let capacity = (MAX_LINE_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(&buffer[..length.min(capacity)]);
            has_input |= !buffer.is_empty();
            let is_complete = end.is_some() || buffer.is_empty();
            self.input.consume(length + usize::from(end.is_some()));
            if is_complete {
                break;
            }
        }
        if !has_input {
            return Ok(InputLine::End);
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(match String::from_utf8(bytes) {
            Ok(text) if text.len() <= MAX_LINE_BYTES => InputLine::Text(text),
            Ok(_) => InputLine::Unusable(text::terminal::LINE_TOO_LONG),
            Err(_) => InputLine::Unusable(text::terminal::LINE_NOT_UTF8),
        })
    }

    fn coloured(&self, ink: PrintStyle, text: &str) -> String {
        let code = match ink {
            PrintStyle::Strong => "1",
            PrintStyle::Faint => "2",
            PrintStyle::Right => "32",
            PrintStyle::Partly => "33",
            PrintStyle::Wrong => "31",
            PrintStyle::Plain => return text.to_owned(),
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Width of the terminal in columns, or [`DEFAULT_WIDTH`].
pub fn columns() -> usize {
    let known = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    known.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}
