//! Ids and keys for decks, topics and questions, derived from text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The maximum length of a slug in characters.
const MAX_SLUG_CHARS: usize = 60;

/// Lower-case letters and digits of any script, with single hyphens in place of everything else. At most 60
/// characters. Empty if the text has no letter or digit.
///
/// ```
/// use linchpin::formats::import::slug;
///
/// assert_eq!(slug("Chapter 1: The war"), "chapter-1-the-war");
/// assert_eq!(slug("한미 동맹 (1953)"), "한미-동맹-1953");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut after_separator = false;
    for c in text.chars().flat_map(char::to_lowercase).take(4 * MAX_SLUG_CHARS) {
        // A combining mark belongs to its letter, though it is not alphanumeric itself.
        if c.is_alphanumeric() || (is_combining_mark(c) && !slug.is_empty() && !after_separator) {
            if after_separator && !slug.is_empty() {
                slug.push('-');
            }
            after_separator = false;
            slug.push(c);
        } else {
            after_separator = true;
        }
    }
    match slug.char_indices().nth(MAX_SLUG_CHARS) {
        Some((end, _)) => slug[..end].trim_end_matches('-').to_owned(),
        None => slug,
    }
}

fn is_combining_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The name itself, or else the first of `name-2`, `name-3`, … that is not taken.
pub fn unique_name<'n>(name: &'n str, is_taken: impl Fn(&str) -> bool) -> Cow<'n, str> {
    if !is_taken(name) {
        return Cow::Borrowed(name);
    }
    let numbered = (2_u64..).map(|number| format!("{name}-{number}")).find(|name| !is_taken(name));
    numbered.map_or(Cow::Borrowed(name), Cow::Owned)
}

/// A set of names that gives out each name only once.
#[derive(Debug, Default)]
pub(super) struct UniqueNames {
    taken: HashSet<Arc<str>>,
    /// The number to try next for each name. Counting from 2 every time would be quadratic for many equal names.
    next_number: HashMap<String, u64>,
}

impl UniqueNames {
    /// Whether the name is already taken.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes the name, or the name with a number appended if it is already taken.
    pub(super) fn claim(&mut self, preferred: &str) -> Arc<str> {
        let mut name: Arc<str> = preferred.into();
        if self.taken.contains(&name) {
            let next = self.next_number.entry(preferred.to_owned()).or_insert(2);
            while self.taken.contains(&name) {
                name = format!("{preferred}-{next}").into();
                *next += 1;
            }
        }
        self.taken.insert(name.clone());
        name
    }
}

/// A question's id with the characters replaced that ids may not contain (slashes, spaces, control characters).
/// `None` if the text is empty, or longer than 200 bytes and therefore no id.
pub(super) fn clean_id(text: &str) -> Option<String> {
    let text = text.trim();
    let is_name = !text.is_empty() && text.len() <= 200;
    is_name.then(|| {
        text.chars().map(|c| if c == '/' || c.is_whitespace() || c.is_control() { '-' } else { c }).collect()
    })
}
