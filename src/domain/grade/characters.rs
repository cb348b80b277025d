//! Single characters: which look alike, which are superscripts or subscripts, and how a letter is written
//! without its accent.

/// The canonical character for those that look like it; nothing for invisible ones. A double prime becomes
/// two primes.
pub(super) fn canonical(c: char) -> std::iter::RepeatN<char> {
    let (plain, count) = match c {
        c if c.is_whitespace() => (' ', 1),
        c if is_blank(c) => (c, 0),
        c if is_dash(c) => ('-', 1),
        '’' | '‘' | '‛' | '`' | '\u{2032}' | '\u{55a}' | '\u{5f3}' | '\u{2b9}'..='\u{2bf}' => ('\'', 1),
        '\u{2033}' => ('\'', 2),
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' | '\u{5f4}' => {
            ('"', 1)
        }
        // Middle dots: bullet, dot operator, Katakana, and Hangul araea, which Korean keyboards type as one.
        '\u{2022}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff65}' | '\u{318d}' | '\u{119e}' => ('·', 1),
        '。' | '｡' => ('.', 1),
        '、' | '､' | '\u{60c}' => (',', 1),
        '\u{61b}' => (';', 1),
        '\u{61f}' => ('?', 1),
        '\u{2044}' | '\u{2215}' => ('/', 1),
        '♯' => ('#', 1),
        '♭' => ('b', 1),
        '∆' => ('δ', 1),
        '∗' => ('*', 1),
        // NFKC turns a free-standing accent (´) into a space and a combining mark, but it was meant as an
        // apostrophe.
        '\u{b4}' | '\u{a8}' | '\u{af}' | '\u{b8}' | '\u{2d8}'..='\u{2dd}' => ('\'', 1),
        c => (c, 1),
    };
    std::iter::repeat_n(plain, count)
}

/// The plain character of a superscript; `None` for other characters.
pub(super) fn from_superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10)?,
        '⁺' => '+',
        '⁻' => '-',
        '⁼' => '=',
        '⁽' => '(',
        '⁾' => ')',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        _ => return None,
    })
}

/// Whether it is a subscript digit or sign: ₂.
pub(super) fn is_subscript(c: char) -> bool {
    matches!(c, '\u{2080}'..='\u{208e}')
}

/// How umlauts and similar letters are written with two plain letters.
pub(super) fn digraph(c: char) -> String {
    match c {
        'ä' => "ae".to_owned(),
        'ö' | 'ø' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        'å' => "aa".to_owned(),
        other => other.to_string(),
    }
}

/// How letters without a separable accent are written in plain letters; `None` for other characters.
pub(super) fn without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ø' => "o",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// White space and invisible characters.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Hyphens, dashes and the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}' | '\u{301c}' | '\u{3030}')
}
