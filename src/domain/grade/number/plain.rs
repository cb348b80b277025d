//! Normalises text for reading numbers.

use unicode_normalization::UnicodeNormalization;

use crate::domain::grade::fold::is_dash;

/// The digit zero of each script; its digits one to nine follow it.
const ZEROS: [u32; 42] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x1E950,
];
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
const SUPERSCRIPT_VALUES: &str = "0123456789+-";

/// The text in NFKC, with plain digits, and one character each for minus, apostrophe, space, multiplication
/// sign and fraction bar. A superscript number becomes `^` and the number. A fraction character becomes three
/// characters, separated from the digits before it.
pub(in crate::domain::grade) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut was_raised = false;
    for c in text.chars() {
        let raised = SUPERSCRIPTS.chars().zip(SUPERSCRIPT_VALUES.chars()).find(|(raised, _)| *raised == c);
        if let Some((_, lowered)) = raised {
            if !was_raised {
                out.push('^');
            }
            out.push(lowered);
        } else if is_fraction(c) {
            if out.ends_with(|last: char| digit_value(last).is_some()) {
                out.push(' ');
            }
            out.push(c);
        } else if !is_invisible(c) {
            out.push(c);
        }
        was_raised = raised.is_some();
    }
    let simple = |c: char| match c {
        c if is_dash(c) => '-',
        '’' | '‘' | '´' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '×' | '·' | '⋅' | '∙' | '✕' | '✖' => '*',
        '\u{2044}' | '\u{2215}' => '/',
        '،' => ',',
        c if c.is_whitespace() => ' ',
        c => digit_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c),
    };
    out.nfkc().map(simple).collect::<String>().trim().to_owned()
}

/// "½", "⅔".
fn is_fraction(c: char) -> bool {
    c != '\u{2044}' && std::iter::once(c).nfkc().any(|part| part == '\u{2044}')
}

/// The value of a decimal digit of any script; `None` for other characters.
pub(in crate::domain::grade) fn digit_value(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        let code = u32::from(c);
        ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
    })
}

/// Invisible characters: joiners, direction marks, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
