//! Writes Markdown or plain text from a sequence of tags and texts.

use super::escape;

/// The maximum nesting depth of emphasis, and of lists.
const MAX_DEPTH: usize = 8;

/// The space to write before the next word. If several are requested, the largest one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PendingSpace {
    None,
    Word,
    Line,
    Paragraph,
}

/// An emphasis that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct OpenEmphasis {
    marker: &'static str,
    /// Byte offset of its opening marker; `None` until its first word is written.
    start: Option<usize>,
}

/// Writes Markdown, or plain text if `is_plain` is set.
#[derive(Debug)]
pub(super) struct MarkdownWriter {
    out: String,
    is_plain: bool,
    pending_space: PendingSpace,
    at_line_start: bool,
    open_emphasis: Vec<OpenEmphasis>,
    /// The last closed emphasis: its marker, and the byte offsets of its start and end.
    last_closed: Option<(&'static str, usize, usize)>,
    /// For each open list the number of its last item, 0 before the first; `None` for a bullet list.
    open_lists: Vec<Option<u32>>,
    /// The tag and the text so far of an open element whose white space is kept, such as `pre` or `code`.
    verbatim: Option<(&'static str, String)>,
}

impl MarkdownWriter {
    pub(super) fn markdown() -> Self {
        Self {
            out: String::new(),
            is_plain: false,
            pending_space: PendingSpace::None,
            at_line_start: true,
            open_emphasis: Vec::new(),
            last_closed: None,
            open_lists: Vec::new(),
            verbatim: None,
        }
    }

    pub(super) fn plain() -> Self {
        Self { is_plain: true, ..Self::markdown() }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_verbatim();
        while let Some(emphasis) = self.open_emphasis.pop() {
            self.end_emphasis(emphasis, None);
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// Writes text whose entities are already decoded.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, verbatim)) = &mut self.verbatim {
            verbatim.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start();
            if word.len() < rest.len() {
                self.request_space(PendingSpace::Word);
            }
            let end = word.find(char::is_whitespace).unwrap_or(word.len());
            if end > 0 {
                self.begin_word();
                if self.is_plain {
                    self.out.push_str(&word[..end]);
                } else {
                    escape::push_word(&mut self.out, &word[..end], self.at_line_start);
                }
                self.at_line_start = false;
            }
            rest = &word[end..];
        }
    }

    /// Handles a tag. `next` is the character of text that follows it, if any.
    pub(super) fn tag(&mut self, name: &'static str, is_closing: bool, next: Option<char>) {
        if let Some((open, verbatim)) = &mut self.verbatim {
            match name {
                "br" | "div" | "p" if !verbatim.ends_with('\n') => verbatim.push('\n'),
                _ if is_closing && name == *open => self.end_verbatim(),
                _ => {}
            }
            return;
        }
        match (name, is_closing) {
            ("br", _) if self.pending_space == PendingSpace::Line => {
                self.pending_space = PendingSpace::Paragraph
            }
            ("br" | "div" | "tr", _) => self.request_space(PendingSpace::Line),
            ("p" | "h1" | "h2" | "h3" | "hr" | "blockquote" | "table", _) => {
                self.request_space(PendingSpace::Paragraph)
            }
            ("td" | "th", _) => self.request_space(PendingSpace::Word),
            // No one nests this deep, and closing and reopening each level in every paragraph would make the output
            // much larger than the input.
            ("b" | "strong" | "i" | "em" | "u", false) if self.open_emphasis.len() >= MAX_DEPTH => {}
            ("ul" | "ol", false) if self.open_lists.len() >= MAX_DEPTH => {}
            ("b" | "strong", false) => self.open_emphasis.push(OpenEmphasis { marker: "**", start: None }),
            ("i" | "em" | "u", false) => self.open_emphasis.push(OpenEmphasis { marker: "*", start: None }),
            ("b" | "strong", true) => self.close_emphasis("**", next),
            ("i" | "em" | "u", true) => self.close_emphasis("*", next),
            ("ul" | "ol", false) => {
                self.request_space(if self.open_lists.is_empty() {
                    PendingSpace::Paragraph
                } else {
                    PendingSpace::Line
                });
                self.open_lists.push((name == "ol").then_some(0));
            }
            ("ul" | "ol", true) => {
                self.open_lists.pop();
                self.request_space(if self.open_lists.is_empty() {
                    PendingSpace::Paragraph
                } else {
                    PendingSpace::Line
                });
            }
            ("li", false) => self.begin_item(),
            ("code" | "pre" | "kbd", false) => self.verbatim = Some((name, String::new())),
            _ => {}
        }
    }

    /// Writes an image. Plain text leaves it out.
    pub(super) fn image(&mut self, alternative: &str, source: &str) {
        if self.is_plain || source.trim().is_empty() {
            return;
        }
        self.begin_word();
        self.at_line_start = false;
        self.out.push_str("![");
        for word in alternative
            .split_whitespace()
            .enumerate()
            .flat_map(|(at, word)| [[" ", ""][usize::from(at == 0)], word])
        {
            escape::push_word(&mut self.out, word, false);
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

    /// Requests space before the next word, unless nothing is written yet.
    fn request_space(&mut self, space: PendingSpace) {
        if !self.out.is_empty() {
            self.pending_space = self.pending_space.max(space);
        }
    }

    /// Writes the pending space, and the opening markers of emphasis that begins with the next word.
    fn begin_word(&mut self) {
        match std::mem::replace(&mut self.pending_space, PendingSpace::None) {
            PendingSpace::None => {}
            PendingSpace::Word if self.at_line_start => {}
            PendingSpace::Word => self.out.push(' '),
            _ if self.is_plain => self.out.push('\n'),
            PendingSpace::Line => {
                self.out.push_str("  \n");
                self.indent();
                self.at_line_start = true;
            }
            PendingSpace::Paragraph => {
                self.suspend_emphasis();
                self.out.push_str("\n\n");
                self.indent();
                self.at_line_start = true;
            }
        }
        if self.is_plain {
            return;
        }
        for at in 0..self.open_emphasis.len() {
            let OpenEmphasis { marker, start: None } = self.open_emphasis[at] else { continue };
            self.open_emphasis[at].start = Some(match self.last_closed {
                // Merge two adjacent emphases: `**a****b**` would not be read as bold.
                Some((before, start, ended)) if before == marker && ended == self.out.len() => {
                    self.out.truncate(ended - marker.len());
                    start
                }
                _ => {
                    self.out.push_str(marker);
                    self.out.len() - marker.len()
                }
            });
            self.last_closed = None;
            self.at_line_start = false;
        }
    }

    fn begin_item(&mut self) {
        if self.is_plain {
            self.request_space(PendingSpace::Line);
            return;
        }
        let depth = self.open_lists.len().max(1);
        self.suspend_emphasis();
        if !self.out.is_empty() {
            let is_first = matches!(self.open_lists.as_slice(), [] | [None] | [Some(0)]);
            let needs_blank_line = is_first && self.pending_space == PendingSpace::Paragraph;
            self.out.push_str(if needs_blank_line { "\n\n" } else { "\n" });
        }
        self.out.extend(std::iter::repeat_n("  ", depth - 1));
        match self.open_lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                self.out.push_str(&format!("{number}. "));
            }
            _ => self.out.push_str("- "),
        }
        self.pending_space = PendingSpace::None;
        self.at_line_start = true;
    }

    /// Indents a line so that it belongs to the open list item.
    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.open_lists.len()));
    }

    /// Closes all open emphasis at the end of a paragraph; it reopens with the next word.
    fn suspend_emphasis(&mut self) {
        for at in (0..self.open_emphasis.len()).rev() {
            let emphasis = self.open_emphasis[at];
            self.end_emphasis(emphasis, None);
            self.open_emphasis[at].start = None;
        }
    }

    /// Handles the closing tag of an emphasis. `next` is the character of text that follows the tag.
    fn close_emphasis(&mut self, marker: &'static str, next: Option<char>) {
        let Some(at) = self.open_emphasis.iter().rposition(|open| open.marker == marker) else { return };
        // Emphasis opened after it is still open: close it too.
        while self.open_emphasis.len() > at {
            if let Some(emphasis) = self.open_emphasis.pop() {
                self.end_emphasis(emphasis, next);
            }
        }
    }

    /// Writes the closing marker, or removes the opening one where CommonMark would not recognize the emphasis: a
    /// marker with a letter on its outer side must not have punctuation on its inner side.
    fn end_emphasis(&mut self, emphasis: OpenEmphasis, next: Option<char>) {
        let OpenEmphasis { marker, start: Some(at) } = emphasis else { return };
        let is_marker = |c: &char| *c == '*';
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = self.out[..at].chars().rev().find(|c| !is_marker(c));
        let first = self.out[at..].chars().find(|c| !is_marker(c));
        let last = self.out[at..].chars().rev().find(|c| !is_marker(c));
        let next = next.filter(|_| self.pending_space == PendingSpace::None);
        let opens = is_letter(first) || !is_letter(before);
        let is_closing = is_letter(last) || !is_letter(next);
        if opens && is_closing {
            self.out.push_str(marker);
            self.last_closed = Some((marker, at, self.out.len()));
        } else {
            self.out.replace_range(at..at + marker.len(), "");
        }
    }

    /// Writes the collected text of a `code` or `pre` element, fenced with enough backticks.
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
            self.at_line_start = false;
            let fence = "`".repeat(longest + 1);
            let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
            self.out.push_str(&format!("{fence}{pad}{words}{pad}{fence}"));
            return;
        }
        self.request_space(PendingSpace::Paragraph);
        self.pending_space = if self.out.is_empty() { PendingSpace::None } else { PendingSpace::Paragraph };
        self.suspend_emphasis();
        let suspended = std::mem::take(&mut self.open_emphasis);
        self.begin_word();
        self.open_emphasis = suspended;
        let fence = "`".repeat(longest.max(2) + 1);
        let margin = "  ".repeat(self.open_lists.len());
        self.out.push_str(&fence);
        for line in text.trim_matches(['\n', '\r']).lines() {
            self.out.push('\n');
            self.out.push_str(&margin);
            self.out.push_str(line);
        }
        self.out.push_str(&format!("\n{margin}{fence}"));
        self.request_space(PendingSpace::Paragraph);
        self.at_line_start = false;
    }
}
