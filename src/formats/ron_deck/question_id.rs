//! Ids of questions whose author wrote none.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::cloze::Cloze;
use crate::domain::seed::seed_of;

/// Derives an id from a question's prompt.
///
/// Only the prompt counts, so that corrections of the answer, an option, the explanation or the kind keep the
/// progress. The contents of gaps and the amount of white space do not count.
///
/// The id is `q`, the length of that text in bytes (Unicode NFC, single spaces), `-`, and its hash. The length makes it
/// even less likely that two prompts get the same id.
pub fn question_id_from_prompt(prompt: &str) -> String {
    let bare = match Cloze::parse(prompt) {
        Ok(cloze) => Cow::Owned(cloze.without_answers()),
        Err(_) => Cow::Borrowed(prompt),
    };
    let folded = id_text(&bare);
    format!("q{}-{:016x}", folded.len(), seed_of(&format!("{}:{folded}", folded.len())))
}

/// Unicode NFC with single spaces, so that texts that look the same are equal. Ids on disk hang on this: never change
/// it.
pub(super) fn id_text(text: &str) -> Cow<'_, str> {
    let composed: Cow<'_, str> =
        if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    let mut previous = ' ';
    let is_folded = !composed.ends_with(char::is_whitespace)
        && composed.chars().all(|c| {
            let fine = !c.is_whitespace() || (c == ' ' && previous != ' ');
            previous = c;
            fine
        });
    if is_folded { composed } else { composed.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}
