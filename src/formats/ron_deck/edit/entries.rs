//! Removes an entry between brackets: a field, an item or a question.

use std::ops::Range;

use super::Splice;
use super::insert_point::{comma_after, next_token};
use super::layout::{after_newline, blank_to_line_end, is_first_in_line, line_start, skip_blanks};

/// Removes an entry with its comma, and with its lines if nothing else is on them. `previous` is the entry before it.
pub(super) fn remove(text: &str, entry: &Range<usize>, previous: Option<&Range<usize>>) -> Vec<Splice> {
    let comma = comma_after(text, entry.end);
    if let Some(comma) = comma
        && skip_blanks(text, entry.end) != comma
    {
        // There are comments between the entry and its comma: keep them.
        return vec![Splice::remove(entry.clone()), Splice::remove(comma..comma + 1)];
    }
    let end = comma.map_or(entry.end, |comma| comma + 1);
    let own_line = is_first_in_line(text, entry.start);
    if own_line && let Some(line_end) = blank_to_line_end(text, end) {
        return vec![Splice::remove(line_start(text, entry.start)..after_newline(text, line_end))];
    }
    if comma.is_none()
        && let Some(before) = previous.and_then(|previous| comma_after(text, previous.end))
        && text.get(before + 1..entry.start).is_some_and(|between| between.chars().all(char::is_whitespace))
    {
        return vec![Splice::remove(before..end)];
    }
    let next = next_token(text, end);
    let goes_on = !text[end..next].contains('\n') && !text[next..].starts_with([')', ']', '}']);
    if own_line || goes_on {
        return vec![Splice::remove(entry.start..skip_blanks(text, end))];
    }
    let start = text[..entry.start].trim_end_matches([' ', '\t']).len();
    vec![Splice::remove(start..end)]
}
