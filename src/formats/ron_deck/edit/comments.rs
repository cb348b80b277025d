//! Comments between questions, and which question they belong to.

use super::header::DeckHeader;
use super::layout::{indent, is_first_in_line, line_start};
use super::{EditError, question_range};
use crate::domain::deck::Deck;
use crate::formats::ron_deck::lexer::block_comment_end;

/// The offset of the comment directly above `at`, on lines of its own with the same indentation; `at` itself if there
/// is none. Text before `from` is not examined.
pub(super) fn comments_above(text: &str, from: usize, at: usize) -> usize {
    if !is_first_in_line(text, at) {
        return at;
    }
    let Some(comments) = line_comments(text, from, at) else { return at };
    let margin = indent(text, at);
    let mut first = at;
    for comment in comments.into_iter().rev() {
        let is_above =
            line_start(text, first).checked_sub(1).is_some_and(|end| line_start(text, end) <= comment)
                && is_first_in_line(text, comment)
                && line_start(text, comment) >= from
                && indent(text, comment) == margin;
        if !is_above {
            break;
        }
        first = comment;
    }
    first
}

/// The offsets of the `//` comments between two offsets. `None` if there is anything other than white space, comments
/// and one comma.
fn line_comments(text: &str, from: usize, to: usize) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut commas = 0;
    let mut at = from;
    while at < to {
        let rest = text.get(at..to)?;
        if rest.starts_with("//") {
            found.push(at);
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at = block_comment_end(text.as_bytes(), at)?;
        } else if rest.starts_with(',') && commas == 0 {
            commas += 1;
            at += 1;
        } else {
            at += rest.chars().next().filter(|c| c.is_whitespace())?.len_utf8();
        }
    }
    Some(found)
}

/// The offset where question `at` begins, including the comment above it if that belongs to this question alone. It
/// does if the next question has a comment of its own or there is no next question; otherwise it may be a heading for
/// several questions.
pub(super) fn start_with_comments(text: &str, deck: &Deck, at: usize) -> Result<usize, EditError> {
    let range = question_range(text, deck, at)?;
    let from = match at.checked_sub(1) {
        Some(previous) => question_range(text, deck, previous)?.end,
        None => DeckHeader::read(text, deck)?.question_list_start(deck)?,
    };
    let start = comments_above(text, from, range.start);
    if start == range.start || at + 1 >= deck.spans.len() {
        return Ok(start);
    }
    let next = question_range(text, deck, at + 1)?.start;
    Ok(if comments_above(text, range.end, next) < next { start } else { range.start })
}
