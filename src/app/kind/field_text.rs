//! Reads the text fields of a form; empty lines are ignored.

use crate::domain::question::WrongOption;

/// The text without spaces around it; `None` if nothing else is there.
pub(in crate::app) fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The lines that have a text.
pub(in crate::app) fn non_empty_lines(lines: &[String]) -> Vec<String> {
    lines.iter().filter_map(|line| non_empty(line)).collect()
}

/// The wrong answers in the rows of two fields, the second of which may be empty.
pub(in crate::app) fn wrong_options(rows: &[(String, String)]) -> Vec<WrongOption> {
    rows.iter()
        .filter_map(|(text, why)| Some(WrongOption { text: non_empty(text)?, why: non_empty(why) }))
        .collect()
}

/// The rows of two fields for wrong answers: [`wrong_options`] the other way round.
pub(in crate::app) fn wrong_rows(wrong: &[WrongOption]) -> Vec<(String, String)> {
    wrong.iter().map(|each| (each.text.clone(), each.why.clone().unwrap_or_default())).collect()
}
