//! Converts gaps of other notations, `{{c1::answer::hint}}` of Anki and `[answer]` of hashcards, to ours.

use crate::formats::markdown;

use super::skipped::SkipReason;

/// The maximum number of nested gaps that are flattened in one gap.
const MAX_NESTED: usize = 16;

/// Whether a text contains a gap in Anki's notation.
pub(super) fn has_anki_gap(text: &str) -> bool {
    text.match_indices("{{c").any(|(at, _)| gap_opening(&text[at..]).is_some())
}

/// If the text begins with an opening like `{{c1::`: its length in bytes, and the name of its group, `c1`.
fn gap_opening(text: &str) -> Option<(usize, &str)> {
    let inside = text.strip_prefix("{{")?;
    let number = inside.strip_prefix('c')?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && number[digits..].starts_with("::")).then(|| (digits + 5, &inside[..=digits]))
}

/// The first Anki gap: its byte offset, the length of its opening, and its group.
fn find_gap(text: &str) -> Option<(usize, usize, &str)> {
    text.match_indices("{{c").find_map(|(at, _)| {
        let (length, group) = gap_opening(&text[at..])?;
        Some((at, length, group))
    })
}

/// Converts a text with Anki gaps to one with ours. A nested gap becomes plain text of the outer one.
///
/// # Errors
/// If a gap is empty or never closed.
pub(super) fn from_anki(text: &str) -> Result<String, SkipReason> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, length, group)) = find_gap(rest) {
        push_text(&mut out, &rest[..at]);
        let inside = &rest[at + length..];
        let end = gap_end(inside).ok_or(SkipReason::NoGap)?;
        let content = flatten_nested(&inside[..end]);
        let (answer, hint) = match content.split_once("::") {
            Some((answer, hint)) => (answer, Some(hint)),
            None => (content.as_str(), None),
        };
        push_gap(&mut out, Some(group), answer, hint)?;
        rest = &inside[end + 2..];
    }
    push_text(&mut out, rest);
    Ok(out)
}

/// The byte offset of the `}}` that closes the gap whose opening comes directly before `text`.
fn gap_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut open_braces = 0_usize;
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        at += found;
        if let Some((length, _)) = gap_opening(&text[at..]) {
            depth += 1;
            at += length;
        } else if text[at..].starts_with("}}") {
            match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                // In `}}}` the first brace closes one that was opened in the answer, as in a formula.
                None => {
                    let run = text[at..].bytes().take_while(|byte| *byte == b'}').count();
                    return Some(at + open_braces.min(run - 2));
                }
            }
            at += 2;
        } else {
            open_braces =
                if text[at..].starts_with('{') { open_braces + 1 } else { open_braces.saturating_sub(1) };
            at += 1;
        }
    }
    None
}

/// The content of a gap, with the notation of nested gaps removed.
fn flatten_nested(content: &str) -> String {
    let mut flat = content.to_owned();
    for _ in 0..MAX_NESTED {
        let Some((at, length, _)) = find_gap(&flat) else { break };
        let inside = &flat[at + length..];
        let Some(end) = gap_end(inside) else { break };
        let answer = match inside[..end].split_once("::") {
            // The hint of the nested gap is dropped: it would be read as part of the outer answer. If it has a
            // nested gap itself, `::` may belong to that one, which the next round removes first.
            Some((answer, _)) if !has_anki_gap(&inside[..end]) => answer.to_owned(),
            _ => inside[..end].to_owned(),
        };
        flat.replace_range(at..at + length + end + 2, &answer);
    }
    flat
}

/// Appends text that stands between gaps, changed so that no part of it looks like a gap.
pub(super) fn push_text(out: &mut String, text: &str) {
    for part in text.split_inclusive("{{") {
        match part.strip_suffix("{{") {
            Some(before) => {
                out.push_str(before);
                separate_braces(out);
                out.push_str("{ {");
            }
            None => {
                if part.starts_with('{') {
                    separate_braces(out);
                }
                out.push_str(part);
            }
        }
    }
}

/// Adds a space if the text ends with `{`, because two adjacent braces would open a gap.
fn separate_braces(out: &mut String) {
    if out.ends_with('{') {
        out.push(' ');
    }
}

/// Appends a gap. Its answer is reduced to plain text, because it has to be typed.
///
/// # Errors
/// If no text is left.
pub(super) fn push_gap(
    out: &mut String,
    group: Option<&str>,
    answer: &str,
    hint: Option<&str>,
) -> Result<(), SkipReason> {
    let answer = gap_text(answer);
    if answer.is_empty() {
        return Err(SkipReason::EmptyGap);
    }
    separate_braces(out);
    out.push_str("{{");
    if let Some(group) = group {
        out.push_str(group);
        out.push(':');
    }
    out.push_str(&answer);
    if let Some(hint) = hint.map(gap_text).filter(|hint| !hint.is_empty()) {
        out.push_str("::");
        out.push_str(&hint);
    }
    out.push_str("}}");
    Ok(())
}

/// Plain text escaped for use inside a gap.
fn gap_text(text: &str) -> String {
    let plain = markdown::plain(text.trim());
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut inside = words.replace(':', "\\:").replace('|', "\\|");
    while inside.contains("}}") {
        inside = inside.replace("}}", "} }");
    }
    // A brace or a backslash directly before the closing `}}` would change its meaning.
    if inside.ends_with(['}', '\\']) {
        inside.push(' ');
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cloze::Cloze;

    #[test]
    fn anki_gaps_are_converted() {
        for (anki, expected) in [
            ("{{c1::Seoul}} is in {{c2::Korea::a country}}", "{{c1:Seoul}} is in {{c2:Korea::a country}}"),
            ("at {{c1::10:30}}", "at {{c1:10\\:30}}"),
            ("{{c1::**bold** \\_x\\_}}", "{{c1:bold _x_}}"),
            ("{{c1::a {{c2::b::no}} c::yes}}", "{{c1:a b c::yes}}"),
            ("{{c1::\\\\frac{1}{x}}}", "{{c1:\\frac{1}{x} }}"),
            ("{{x}} {{{c1::y}}", "{ {x}} { {{c1:y}}"),
        ] {
            let written = from_anki(anki).expect(anki);
            assert_eq!(written, expected, "{anki}");
            assert!(Cloze::parse(&written).is_ok(), "{written}");
        }
        assert_eq!(from_anki("{{c1::}}"), Err(SkipReason::EmptyGap));
        assert_eq!(from_anki("{{c1::a"), Err(SkipReason::NoGap));
    }
}
