//! Names for questions whose author gave none.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::cloze::Cloze;
use crate::domain::seed::seed_of;

/// The id of a question without one: made from its prompt and nothing else, so that mending an
/// answer, an option, an explanation or the kind keeps the progress. Neither the contents of gaps
/// count nor how the white space is laid out.
///
/// The number in front is the length of what was hashed: it keeps apart most prompts that the hash
/// might not, and makes an equal id of two prompts still less likely.
pub fn question_id_from_prompt(prompt: &str) -> String {
    let bare = match Cloze::parse(prompt) {
        Ok(cloze) => Cow::Owned(cloze.without_answers()),
        Err(_) => Cow::Borrowed(prompt),
    };
    let folded = normalized(&bare);
    format!("q{}-{:016x}", folded.len(), seed_of(&format!("{}:{folded}", folded.len())))
}

/// NFC with single spaces: what looks the same is the same.
pub(super) fn normalized(text: &str) -> Cow<'_, str> {
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
