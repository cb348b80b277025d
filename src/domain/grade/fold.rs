//! What is forgiven before letters are compared: case, white space, punctuation, a leading article.
//! One rule serves whole texts (unit = character) and the letter-by-letter marks (unit = grapheme cluster).

use unicode_normalization::UnicodeNormalization;

/// How many times a text is folded until it stays as it is. Two rounds do for any real text;
/// the third is for marks that meet a new base letter once what stood between them is gone.
const ROUNDS: usize = 8;

/// Which separators between two digits are kept, as `.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separators {
    /// All of them: "6·25", "6.25" and "6 25" are the same.
    Any,
    /// Those that change a number's value or shape: "6·25" is "625", but "1.5" is not "15".
    Numeric,
}

/// The text as it is compared: NFKC with case folded, without spaces, punctuation and a leading article.
/// Separators between digits are one `.`, those between groups of three are gone. Text that is nothing but
/// punctuation stays, so that punctuation can be an answer. Doing it twice changes nothing.
pub fn normalise(text: &str) -> String {
    compact(text, Separators::Any, true)
}

/// As [`normalise`], with a choice of what is kept and whether a leading article goes.
pub(super) fn compact(text: &str, separators: Separators, without_article: bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let units = characters(&fold(&text));
        let skipped = if without_article { article(&units) } else { 0 };
        let mut next = keys(&units[skipped..], separators).concat();
        if next.is_empty() {
            next = units.concat().chars().filter(|c| !is_blank(*c)).collect();
        }
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// The words as they are compared, without a leading article; hyphens and slashes part words too.
pub(super) fn words(text: &str) -> Vec<String> {
    let units = characters(&fold(text));
    units[article(&units)..]
        .split(|unit| unit.chars().all(|c| c.is_whitespace() || c == '/' || is_dash(c)))
        .map(|word| keys(word, Separators::Numeric).concat())
        .filter(|word| !word.is_empty())
        .collect()
}

/// NFKC and lower case, until both hold. NFKC also makes full-width and superscript digits plain.
pub(super) fn fold(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let next = text
            .chars()
            .map(unaccented_space)
            .nfkc()
            .flat_map(char::to_lowercase)
            // The final sigma and the other are one letter.
            .map(|c| if c == 'ς' { 'σ' } else { c })
            .nfkc()
            .collect::<String>()
            .replace('ß', "ss");
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// What each unit (a folded character or grapheme cluster) adds to the compared text: empty where it is forgiven.
pub(super) fn keys(units: &[String], separators: Separators) -> Vec<String> {
    let digit =
        |at: usize| units.get(at).is_some_and(|unit| unit.chars().all(char::is_numeric) && !unit.is_empty());
    let mut keys: Vec<String> =
        units.iter().map(|unit| unit.chars().filter(|c| !is_forgiven(*c)).collect()).collect();
    let mut at = 0;
    // Digits in a row before `at`, over separators between groups of three.
    let mut digits = 0;
    while at < units.len() {
        if !keys[at].is_empty() {
            digits = if digit(at) { digits + 1 } else { 0 };
            at += 1;
            continue;
        }
        let end = (at..units.len()).find(|next| !keys[*next].is_empty()).unwrap_or(units.len());
        let run = units[at..end].concat();
        if digits > 0 && digit(end) {
            let following = (end..).take_while(|next| digit(*next)).count();
            let numeric = run.contains(['.', ',', '/', ':', '⁄']);
            let groups =
                run.chars().count() == 1 && run.contains(is_grouping) && digits <= 3 && following == 3;
            if !groups && (separators == Separators::Any || numeric) {
                keys[at] = ".".to_owned();
            }
        } else if at == 0 && digit(end) && run.ends_with(is_dash) {
            keys[at] = "-".to_owned();
        }
        digits = 0;
        at = end;
    }
    keys
}

/// How many units a leading article takes: 0 where there is none, or nothing but it.
pub(super) fn article(units: &[String]) -> usize {
    let is_space = |unit: &String| unit.chars().all(char::is_whitespace);
    let forgiven = |unit: &String| unit.chars().all(is_forgiven);
    let start = units.iter().position(|unit| !forgiven(unit)).unwrap_or(units.len());
    // Only white space ends it: the "A" of "A-bomb" is no article.
    let Some(length) = units[start..].iter().position(is_space) else { return 0 };
    let end = start + length;
    let is_article = matches!(units[start..end].concat().as_str(), "the" | "a" | "an");
    if is_article && !units[end..].iter().all(forgiven) { end } else { 0 }
}

/// Whether the character makes no difference to an answer.
pub(super) fn is_forgiven(c: char) -> bool {
    is_blank(c)
        || is_dash(c)
        || matches!(c, '!' | '"' | '\'' | '(' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | '[' | ']' | '_' | '`'
            | '{' | '}' | '~' | '¡' | '¿' | '«' | '»'
            // Middle dots: Latin, bullet, dot operator, Katakana, and Hangul araea, which Korean keyboards type for one
            // (U+318D, which NFKC makes U+119E).
            | '\u{b7}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{318d}' | '\u{119e}'
            // Modifier letters that stand for apostrophes; Armenian, Hebrew, Arabic and Devanagari punctuation.
            | '\u{2b9}'..='\u{2bf}' | '\u{55a}'..='\u{55f}' | '\u{5f3}' | '\u{5f4}'
            | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{964}' | '\u{965}'
            // General punctuation but per mille; supplemental; CJK brackets and stops.
            | '\u{2010}'..='\u{202f}' | '\u{2032}'..='\u{205e}' | '\u{2e00}'..='\u{2e7f}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}')
}

/// White space, and what cannot be seen at all.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Hyphens, dashes, the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}' | '\u{301c}' | '\u{3030}')
}

/// Whether the character stands between groups of three digits.
fn is_grouping(c: char) -> bool {
    matches!(c, ',' | '\'' | '’' | '_') || c.is_whitespace()
}

/// NFKC makes a free-standing accent (´) a space and a combining mark, which would then sit on the letter before:
/// it was meant as an apostrophe.
fn unaccented_space(c: char) -> char {
    let mut parts = std::iter::once(c).nfkc();
    if c != ' ' && parts.next() == Some(' ') && parts.next().is_some() { '\'' } else { c }
}

fn characters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}
