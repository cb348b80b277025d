//! The author's layout of lines, which added text follows.

use crate::formats::ron_deck::lexer::block_comment_end;

/// Values that would make a line longer than this many characters are broken over several lines.
pub(super) const MAX_WIDTH: usize = 100;

/// A line that is longer than this many bytes was written by a program and has no layout to follow, so nothing is
/// looked for beyond: an edit of every question of a deck in one line would read that line again for each of them.
const LONGEST_LINE: usize = 1 << 14;

/// Line ends and the unit of indentation.
#[derive(Clone, Debug)]
pub(super) struct IndentStyle {
    pub newline: &'static str,
    pub unit: String,
}

impl IndentStyle {
    /// Detects the style of a text around the question (or deck) that begins at `at`.
    pub fn detect(text: &str, at: usize) -> Self {
        let beginning = &text[..text.floor_char_boundary(LONGEST_LINE)];
        let newline = match beginning.find('\n') {
            Some(end) if beginning[..end].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        let outer = indent(text, at);
        let question = &text[at..text.floor_char_boundary(at.saturating_add(LONGEST_LINE))];
        // The first line with deeper indentation. Only a few lines are examined, because a deck can be very long.
        let inner = question.lines().skip(1).take(3).find_map(|line| {
            let blank = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            blank.strip_prefix(outer).filter(|step| !step.is_empty() && blank.len() < line.len())
        });
        let half = outer.len() / 2;
        let unit = match inner {
            Some(step) if is_first_in_line(text, at) && (step.starts_with('\t') || step.len() > 1) => step,
            _ if outer.contains('\t') => "\t",
            // A question is indented by two units.
            _ if half > 1 && half * 2 == outer.len() && half < 8 => &outer[..half],
            _ => "    ",
        };
        Self { newline, unit: unit.to_owned() }
    }
}

/// The offset of the beginning of the line that contains `at`; of a very long line, that of a part of it.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let from = text.ceil_char_boundary(at.saturating_sub(LONGEST_LINE));
    text[from..at].rfind('\n').map_or(from, |newline| from + newline + 1)
}

/// The white space at the beginning of the line that contains `at`.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether only white space comes before `at` on its line.
pub(super) fn is_first_in_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].chars().all(|c| matches!(c, ' ' | '\t'))
}

/// The offset after the spaces and tabs that begin at `at`.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

/// The end of the line (before its line end), if only white space follows `at`.
pub(super) fn blank_to_line_end(text: &str, at: usize) -> Option<usize> {
    let end = skip_blanks(text, at);
    let rest = &text[end..];
    (rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n")).then_some(end)
}

/// The end of the line (before its line end), if only white space and comments follow `at`.
pub(super) fn rest_of_line(text: &str, mut at: usize) -> Option<usize> {
    loop {
        if let Some(end) = blank_to_line_end(text, at) {
            return Some(end);
        }
        at = skip_blanks(text, at);
        let rest = &text[at..];
        if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            return Some(if text[..end].ends_with('\r') { end - 1 } else { end });
        }
        if !rest.starts_with("/*") {
            return None;
        }
        let end = block_comment_end(text.as_bytes(), at)?;
        if text[at..end].contains('\n') {
            return None;
        }
        at = end;
    }
}

/// The offset after the line end at `at`; `at` itself if there is none.
pub(super) fn after_newline(text: &str, at: usize) -> usize {
    match &text[at..] {
        rest if rest.starts_with("\r\n") => at + 2,
        rest if rest.starts_with('\n') => at + 1,
        _ => at,
    }
}

/// The number of characters before `at` on its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}
