//! Markdown, written piece by piece.

use super::escape;

/// The most emphases, and the most lists, inside each other.
const DEEPEST: usize = 8;

/// What parts the next word from the last one; the stronger of two wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    None,
    Word,
    Line,
    Paragraph,
}

/// An emphasis that is open.
#[derive(Clone, Copy, Debug)]
struct Mark {
    mark: &'static str,
    /// Where it stands; `None` until the first word in it.
    at: Option<usize>,
}

/// Writes Markdown, or words alone.
#[derive(Debug)]
pub(super) struct Writer {
    out: String,
    is_plain: bool,
    space: Space,
    starts_line: bool,
    marks: Vec<Mark>,
    /// The last emphasis that was closed: its mark, where it began, where it ended.
    closed: Option<(&'static str, usize, usize)>,
    /// For each open list the number of its last item, 0 before the first; `None` for one without numbers.
    lists: Vec<Option<u32>>,
    /// Text in which every space counts: inside `pre`, or inside `code`.
    verbatim: Option<(&'static str, String)>,
}

impl Writer {
    pub(super) fn markdown() -> Self {
        Self {
            out: String::new(),
            is_plain: false,
            space: Space::None,
            starts_line: true,
            marks: Vec::new(),
            closed: None,
            lists: Vec::new(),
            verbatim: None,
        }
    }

    pub(super) fn plain() -> Self {
        Self { is_plain: true, ..Self::markdown() }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_verbatim();
        while let Some(mark) = self.marks.pop() {
            self.close(mark, None);
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// Text, its entities decoded.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, verbatim)) = &mut self.verbatim {
            verbatim.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start();
            if word.len() < rest.len() {
                self.part(Space::Word);
            }
            let end = word.find(char::is_whitespace).unwrap_or(word.len());
            if end > 0 {
                self.begin_word();
                if self.is_plain {
                    self.out.push_str(&word[..end]);
                } else {
                    escape::word(&mut self.out, &word[..end], self.starts_line);
                }
                self.starts_line = false;
            }
            rest = &word[end..];
        }
    }

    /// A tag; `next` is the character of text that comes behind it.
    pub(super) fn tag(&mut self, name: &'static str, closes: bool, next: Option<char>) {
        if let Some((open, verbatim)) = &mut self.verbatim {
            match name {
                "br" | "div" | "p" if !verbatim.ends_with('\n') => verbatim.push('\n'),
                _ if closes && name == *open => self.end_verbatim(),
                _ => {}
            }
            return;
        }
        match (name, closes) {
            ("br", _) if self.space == Space::Line => self.space = Space::Paragraph,
            ("br" | "div" | "tr", _) => self.part(Space::Line),
            ("p" | "h1" | "h2" | "h3" | "hr" | "blockquote" | "table", _) => self.part(Space::Paragraph),
            ("td" | "th", _) => self.part(Space::Word),
            // Nobody nests as deep, and a text that does would be written out again for each level.
            ("b" | "strong" | "i" | "em" | "u", false) if self.marks.len() >= DEEPEST => {}
            ("ul" | "ol", false) if self.lists.len() >= DEEPEST => {}
            ("b" | "strong", false) => self.marks.push(Mark { mark: "**", at: None }),
            ("i" | "em" | "u", false) => self.marks.push(Mark { mark: "*", at: None }),
            ("b" | "strong", true) => self.close_last("**", next),
            ("i" | "em" | "u", true) => self.close_last("*", next),
            ("ul" | "ol", false) => {
                self.part(if self.lists.is_empty() { Space::Paragraph } else { Space::Line });
                self.lists.push((name == "ol").then_some(0));
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.part(if self.lists.is_empty() { Space::Paragraph } else { Space::Line });
            }
            ("li", false) => self.item(),
            ("code" | "pre" | "kbd", false) => self.verbatim = Some((name, String::new())),
            _ => {}
        }
    }

    pub(super) fn picture(&mut self, alternative: &str, source: &str) {
        if self.is_plain || source.trim().is_empty() {
            return;
        }
        self.begin_word();
        self.starts_line = false;
        self.out.push_str("![");
        for word in alternative
            .split_whitespace()
            .enumerate()
            .flat_map(|(at, word)| [[" ", ""][usize::from(at == 0)], word])
        {
            escape::word(&mut self.out, word, false);
        }
        self.out.push_str("](");
        let source = source.trim();
        let is_simple = !source.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
        if is_simple {
            self.out.push_str(source);
        } else {
            self.out.push('<');
            self.out.extend(
                source.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !"<>".contains(*c)),
            );
            self.out.push('>');
        }
        self.out.push(')');
    }

    fn part(&mut self, space: Space) {
        if !self.out.is_empty() {
            self.space = self.space.max(space);
        }
    }

    /// Writes what parts the next word from the last one, and opens what is to be open around it.
    fn begin_word(&mut self) {
        match std::mem::replace(&mut self.space, Space::None) {
            Space::None => {}
            Space::Word if self.starts_line => {}
            Space::Word => self.out.push(' '),
            _ if self.is_plain => self.out.push('\n'),
            Space::Line => {
                self.out.push_str("  \n");
                self.indent();
                self.starts_line = true;
            }
            Space::Paragraph => {
                self.suspend_marks();
                self.out.push_str("\n\n");
                self.indent();
                self.starts_line = true;
            }
        }
        if self.is_plain {
            return;
        }
        for at in 0..self.marks.len() {
            let Mark { mark, at: None } = self.marks[at] else { continue };
            self.marks[at].at = Some(match self.closed {
                // Two emphases that touch are one.
                Some((before, begun, ended)) if before == mark && ended == self.out.len() => {
                    self.out.truncate(ended - mark.len());
                    begun
                }
                _ => {
                    self.out.push_str(mark);
                    self.out.len() - mark.len()
                }
            });
            self.closed = None;
            self.starts_line = false;
        }
    }

    fn item(&mut self) {
        if self.is_plain {
            self.part(Space::Line);
            return;
        }
        let depth = self.lists.len().max(1);
        self.suspend_marks();
        if !self.out.is_empty() {
            let is_first = matches!(self.lists.as_slice(), [] | [None] | [Some(0)]);
            let parted = is_first && self.space == Space::Paragraph;
            self.out.push_str(if parted { "\n\n" } else { "\n" });
        }
        self.out.extend(std::iter::repeat_n("  ", depth - 1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                self.out.push_str(&format!("{number}. "));
            }
            _ => self.out.push_str("- "),
        }
        self.space = Space::None;
        self.starts_line = true;
    }

    /// Lines of an item belong to it when they are indented.
    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.lists.len()));
    }

    /// An emphasis ends with its paragraph, and goes on with the next word.
    fn suspend_marks(&mut self) {
        for at in (0..self.marks.len()).rev() {
            let mark = self.marks[at];
            self.close(mark, None);
            self.marks[at].at = None;
        }
    }

    fn close_last(&mut self, mark: &'static str, next: Option<char>) {
        let Some(at) = self.marks.iter().rposition(|open| open.mark == mark) else { return };
        // What was opened later is still open: end it too, as far as it was begun.
        while self.marks.len() > at {
            if let Some(mark) = self.marks.pop() {
                self.close(mark, next);
            }
        }
    }

    /// Ends an emphasis, or takes it back where Markdown would not see one: beside a letter, a mark must not
    /// touch punctuation inside.
    fn close(&mut self, mark: Mark, next: Option<char>) {
        let Mark { mark, at: Some(at) } = mark else { return };
        let is_mark = |c: &char| *c == '*';
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = self.out[..at].chars().rev().find(|c| !is_mark(c));
        let first = self.out[at..].chars().find(|c| !is_mark(c));
        let last = self.out[at..].chars().rev().find(|c| !is_mark(c));
        let next = next.filter(|_| self.space == Space::None);
        let opens = letter(first) || !letter(before);
        let closes = letter(last) || !letter(next);
        if opens && closes {
            self.out.push_str(mark);
            self.closed = Some((mark, at, self.out.len()));
        } else {
            self.out.replace_range(at..at + mark.len(), "");
        }
    }

    fn end_verbatim(&mut self) {
        let Some((name, text)) = self.verbatim.take() else { return };
        if self.is_plain {
            self.text(&text);
            return;
        }
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        if name != "pre" {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.is_empty() {
                return;
            }
            self.begin_word();
            self.starts_line = false;
            let fence = "`".repeat(longest + 1);
            let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
            self.out.push_str(&format!("{fence}{pad}{words}{pad}{fence}"));
            return;
        }
        self.part(Space::Paragraph);
        self.space = if self.out.is_empty() { Space::None } else { Space::Paragraph };
        self.suspend_marks();
        let marks = std::mem::take(&mut self.marks);
        self.begin_word();
        self.marks = marks;
        let fence = "`".repeat(longest.max(2) + 1);
        let margin = "  ".repeat(self.lists.len());
        self.out.push_str(&fence);
        for line in text.trim_matches(['\n', '\r']).lines() {
            self.out.push('\n');
            self.out.push_str(&margin);
            self.out.push_str(line);
        }
        self.out.push_str(&format!("\n{margin}{fence}"));
        self.part(Space::Paragraph);
        self.starts_line = false;
    }
}
