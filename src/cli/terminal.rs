//! Lines in, lines out: the same whether a person or a script sits at the other end.

use std::io::{self, BufRead, IsTerminal, StdinLock, StdoutLock, Write};

use super::layout::{safe_text, wrap};

/// A longer line is no answer; it is passed over, whatever its length.
const LONGEST_LINE: usize = 64 * 1024;
/// The width to wrap at when it cannot be told.
const DEFAULT_WIDTH: usize = 80;

/// What a colour stands for; a mark or a word always says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As it is.
    Plain,
    /// Stands out.
    Strong,
    /// Stands back.
    Faint,
    /// Right.
    Right,
    /// Partly right.
    Partly,
    /// Wrong.
    Wrong,
}

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputLine {
    /// A line without its end.
    Text(String),
    /// A line that cannot be used, and why.
    Unusable(&'static str),
    /// There are no more lines.
    End,
}

/// Standard input and output.
pub struct Terminal {
    input: StdinLock<'static>,
    output: StdoutLock<'static>,
    width: usize,
    colour: bool,
    /// A person types: what is typed shows by itself.
    pub is_interactive: bool,
}

impl Terminal {
    /// Standard input and output as they are.
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

    /// Writes a text, wrapped, with `first` before its first line and as much space before the others.
    ///
    /// # Errors
    /// When it cannot be written; so for all that writes.
    pub fn say(&mut self, first: &str, ink: Ink, text: &str) -> io::Result<()> {
        let indent = super::layout::width(first);
        let columns = self.width.saturating_sub(indent).max(20);
        for (nth, line) in wrap(text, columns).into_iter().enumerate() {
            let before = if nth == 0 { first.to_owned() } else { " ".repeat(indent) };
            // A mark before the text takes its colour too.
            let line = self.coloured(ink, &format!("{before}{line}"));
            writeln!(self.output, "{line}")?;
        }
        Ok(())
    }

    /// Writes an empty line.
    ///
    /// # Errors
    /// As [`Terminal::say`].
    pub fn blank_line(&mut self) -> io::Result<()> {
        writeln!(self.output)
    }

    /// Asks for a line. To a script's output its line is added, so that a record reads like the screen.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub fn read_line(&mut self, prompt: &str) -> io::Result<InputLine> {
        write!(self.output, "{prompt}")?;
        self.output.flush()?;
        let line = self.read_bounded_line()?;
        let typed_shows = self.is_interactive && line != InputLine::End;
        if !typed_shows {
            let echo = if let InputLine::Text(text) = &line { safe_text(text) } else { String::new() };
            writeln!(self.output, "{echo}")?;
        }
        Ok(line)
    }

    fn read_bounded_line(&mut self) -> io::Result<InputLine> {
        let mut bytes = Vec::new();
        let mut any = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(buffer.len());
            let room = (LONGEST_LINE + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(&buffer[..taken.min(room)]);
            any |= !buffer.is_empty();
            let over = end.is_some() || buffer.is_empty();
            self.input.consume(taken + usize::from(end.is_some()));
            if over {
                break;
            }
        }
        if !any {
            return Ok(InputLine::End);
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(match String::from_utf8(bytes) {
            Ok(text) if text.len() <= LONGEST_LINE => InputLine::Text(text),
            Ok(_) => InputLine::Unusable("That line is too long for an answer."),
            Err(_) => InputLine::Unusable("That line is not text in UTF-8."),
        })
    }

    fn coloured(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Right => "32",
            Ink::Partly => "33",
            Ink::Wrong => "31",
            Ink::Plain => return text.to_owned(),
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Columns of the terminal, or the usual 80.
pub fn columns() -> usize {
    let known = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    known.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}
