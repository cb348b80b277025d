//! How the author lays out lines, so that what is added looks as if it had always been there.

use crate::formats::ron_deck::lexer::block_comment_end;

/// A line of fields is broken beyond this many characters.
pub(super) const MAX_WIDTH: usize = 100;

/// Line ends and the step of indentation.
#[derive(Clone, Debug)]
pub(super) struct IndentStyle {
    pub newline: &'static str,
    pub unit: String,
}

impl IndentStyle {
    /// As the text has it around a question that begins at `at`.
    pub fn detect(text: &str, at: usize) -> Self {
        let newline = match text.find('\n') {
            Some(end) if text[..end].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        let outer = indent(text, at);
        let question = text.get(at..).unwrap_or("");
        // The first line that goes deeper, if it is not far: a question can be long, the rest of a deck longer.
        let inner = question.lines().skip(1).take(3).find_map(|line| {
            let blank = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            blank.strip_prefix(outer).filter(|step| !step.is_empty() && blank.len() < line.len())
        });
        let half = outer.len() / 2;
        let unit = match inner {
            Some(step) if is_first_in_line(text, at) && (step.starts_with('\t') || step.len() > 1) => step,
            _ if outer.contains('\t') => "\t",
            // A question stands two steps deep.
            _ if half > 1 && half * 2 == outer.len() && half < 8 => &outer[..half],
            _ => "    ",
        };
        Self { newline, unit: unit.to_owned() }
    }
}

/// The beginning of the line of `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The white space that the line of `at` begins with.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether only white space stands before `at` on its line.
pub(super) fn is_first_in_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].chars().all(|c| matches!(c, ' ' | '\t'))
}

/// Behind the blanks that begin at `at`.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

/// The end of the line, without its line end, when nothing but white space stands from `at` on.
pub(super) fn blank_to_line_end(text: &str, at: usize) -> Option<usize> {
    let end = skip_blanks(text, at);
    let rest = &text[end..];
    (rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n")).then_some(end)
}

/// The end of the line, without its line end, when nothing but white space and comments stand from `at` on.
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

/// Behind the line end that begins at `at`, if one does.
pub(super) fn after_newline(text: &str, at: usize) -> usize {
    match &text[at..] {
        rest if rest.starts_with("\r\n") => at + 2,
        rest if rest.starts_with('\n') => at + 1,
        _ => at,
    }
}

/// How many characters the line of `at` has up to there.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}
