//! Several answers in one text, as word lists write them: "film / movie", "happy; glad", "colour (color)".

use super::dictionary;

/// Endings that may follow a word in brackets: hero(es).
const ENDINGS: [&str; 12] = ["s", "es", "e", "n", "en", "er", "r", "ed", "d", "ing", "ly", "a"];
/// Words of at least this many letters are separated by a slash without spaces: "remaining/leftover", but not
/// "m/s" or "TCP/IP".
const MIN_LETTERS_AROUND_SLASH: usize = 4;
/// Longer texts are not split.
const MAX_CHARS: usize = 1_000;

/// Every text that an author's text accepts; the text itself comes first.
pub(super) fn of_author(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    if text.chars().count() > MAX_CHARS {
        return all;
    }
    let parts = parts(text);
    let mut add = |text: String| {
        if !text.trim().is_empty() && !all.contains(&text) {
            all.push(text);
        }
    };
    for part in parts {
        bracket_readings(&part).into_iter().for_each(&mut add);
        add(part);
    }
    all
}

/// The alternatives that a learner typed, at least two; empty when the text is a single answer.
pub(super) fn of_learner(text: &str) -> Vec<String> {
    if text.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    let text = text.replace(" or ", " / ");
    let parts = parts(&text);
    let mut all: Vec<String> = parts.iter().flat_map(|part| bracket_alternatives(part)).collect();
    all.retain(|part| !part.trim().is_empty());
    if all.len() > 1 { all } else { Vec::new() }
}

/// The items of a learner's list, which may also be separated by commas or *and*: for authors who accept
/// several answers.
pub(super) fn of_list(text: &str) -> Vec<String> {
    let text = text.replace(" and ", " / ").replace(" & ", " / ").replace(", ", " / ");
    of_learner(&text)
}

/// Splits at "/" and ";".
fn parts(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split([';', '；']).flat_map(|piece| piece.split(" / ")).collect();
    let plain = |word: &str| {
        word.chars().count() >= MIN_LETTERS_AROUND_SLASH && word.chars().all(char::is_alphabetic)
    };
    pieces
        .into_iter()
        .flat_map(|piece| {
            let words: Vec<&str> = piece.split('/').map(str::trim).collect();
            if words.iter().all(|word| plain(word)) { words } else { vec![piece.trim()] }
        })
        .filter(|piece| !piece.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A text split at its first pair of brackets.
struct BracketSplit<'a> {
    before: &'a str,
    inside: &'a str,
    after: &'a str,
}

fn split_at_brackets(text: &str) -> Option<BracketSplit<'_>> {
    let start = text.find(['(', '（'])?;
    let inside = start + text[start..].chars().next()?.len_utf8();
    let end = inside + text[inside..].find([')', '）'])?;
    let after = end + text[end..].chars().next()?.len_utf8();
    Some(BracketSplit { before: &text[..start], inside: &text[inside..end], after: &text[after..] })
}

impl BracketSplit<'_> {
    /// Whether the text in brackets may be left out. It may not when it is part of a formula: f(x), (1, 2).
    fn is_optional(&self) -> bool {
        let stem = self.before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let is_attached = self.before.ends_with(char::is_alphanumeric);
        let has_word = self.inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
        if !is_attached {
            return has_word;
        }
        let small = !self.inside.is_empty() && self.inside.chars().all(char::is_lowercase);
        let goes_on = self.after.starts_with(char::is_lowercase);
        small && stem > 1 && (goes_on || (stem > 2 && ENDINGS.contains(&self.inside)))
    }
}

/// The readings of "X (Y)": X, both, and also Y when it is another form of X. Empty when nothing is optional.
fn bracket_readings(text: &str) -> Vec<String> {
    let Some(cut) = split_at_brackets(text).filter(BracketSplit::is_optional) else { return Vec::new() };
    let BracketSplit { before, inside, after } = cut;
    let without = collapse_spaces(&format!("{before}{after}"));
    let with = collapse_spaces(&format!("{before}{inside}{after}"));
    let mut readings = Vec::new();
    for reading in [without.clone(), with] {
        // There may be another pair of brackets.
        let more = bracket_readings(&reading);
        if more.is_empty() {
            readings.push(reading);
        } else {
            readings.extend(more);
        }
    }
    if is_other_form(&without, inside) {
        readings.push(inside.trim().to_owned());
    }
    readings
}

/// The two alternatives of a learner's "X (Y)", or the text itself when it has no brackets.
fn bracket_alternatives(text: &str) -> Vec<String> {
    match split_at_brackets(text) {
        Some(cut) if cut.inside.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
            vec![collapse_spaces(&format!("{}{}", cut.before, cut.after)), cut.inside.trim().to_owned()]
        }
        _ => vec![text.trim().to_owned()],
    }
}

/// Whether `other` is `text` in another spelling, or its abbreviation.
fn is_other_form(text: &str, other: &str) -> bool {
    let (text, other) = (text.trim(), other.trim());
    let spelt = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .map(dictionary::canonical_spelling)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let letters: String = other.chars().filter(|c| c.is_alphanumeric()).collect();
    spelt(text) == spelt(other) || is_abbreviation_of(&letters, text)
}

/// Whether capitals are the initials of a text, or occur in it in this order: NSC, or ECG for
/// electrocardiogram.
fn is_abbreviation_of(letters: &str, text: &str) -> bool {
    if letters.chars().count() < 2 || letters.chars().any(char::is_lowercase) {
        return false;
    }
    let mut rest = text.chars().flat_map(char::to_uppercase);
    let mut in_order = |letters: &str| letters.chars().all(|letter| rest.any(|c| c == letter));
    let begins = text.chars().flat_map(char::to_uppercase).next() == letters.chars().next();
    initials(text).iter().any(|initials| initials == letters) || (begins && in_order(letters))
}

/// The initials of a name, with and without those of its function words.
fn initials(text: &str) -> [String; 2] {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_small =
        |word: &&&str| matches!(word.to_lowercase().as_str(), "of" | "the" | "and" | "for" | "in" | "on");
    let first =
        |word: &&str| word.chars().next().into_iter().flat_map(char::to_uppercase).collect::<String>();
    [words.iter().map(first).collect(), words.iter().filter(|word| !is_small(word)).map(first).collect()]
}

fn collapse_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authors_alternatives() {
        for (text, accepts) in [
            ("film / movie", &["film", "movie"][..]),
            ("happy; glad", &["happy", "glad"]),
            ("remaining/leftover", &["remaining", "leftover"]),
            ("colour (color)", &["colour", "color", "colour color"]),
            ("National Security Council (NSC)", &["National Security Council", "NSC"]),
            ("to take (a photo)", &["to take", "to take a photo"]),
            ("colo(u)r", &["color", "colour"]),
            ("hero(es)", &["hero", "heroes"]),
        ] {
            let all = of_author(text);
            assert!(accepts.iter().all(|one| all.iter().any(|it| it == one)), "{text}: {all:?}");
        }
    }

    #[test]
    fn formulas_and_explanations_are_one_text() {
        for text in ["m/s", "a/b", "TCP/IP", "f(x)", "(1, 2)", "Fe(OH)3", "km/h"] {
            assert_eq!(of_author(text), [text], "{text}");
        }
        // An explanation in brackets is not an alternative.
        assert!(!of_author("Mercury (planet)").contains(&"planet".to_owned()));
    }
}
