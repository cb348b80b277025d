//! Decoding of HTML entities such as `&amp;` and `&#8211;`.

use std::borrow::Cow;

/// The named entities that exporting programs write, each with its character. They write all other characters directly.
const NAMED_ENTITIES: &str = "amp & lt < gt > quot \" apos ' ndash – mdash — hellip … lsquo ‘ rsquo ’ ldquo “ rdquo ” \
    bdquo „ laquo « raquo » bull • middot · copy © reg ® trade ™ sect § para ¶ deg ° plusmn ± times × divide ÷ minus − \
    micro µ frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ euro € pound £ yen ¥ cent ¢ larr ← uarr ↑ rarr → darr ↓ \
    harr ↔ rArr ⇒ le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ alpha α beta β gamma γ delta δ Delta Δ lambda λ mu μ pi π sigma σ \
    omega ω Omega Ω iquest ¿ szlig ß";

/// Longer than every known name and every valid number, in bytes.
const MAX_ENTITY_LEN: usize = 12;

/// Replaces every known entity. Unknown ones and lone ampersands stay as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = rest.bytes().take(MAX_ENTITY_LEN).position(|byte| byte == b';').map(|end| &rest[..end]);
        let known =
            name.and_then(|name| decode_named(name).map(Cow::Borrowed).or_else(|| decode_numeric(name)));
        match (name, known) {
            (Some(name), Some(character)) => {
                out.push_str(&character);
                rest = &rest[name.len() + 1..];
            }
            _ => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn decode_named(name: &str) -> Option<&'static str> {
    // A no-break space becomes a plain one, because that is the only space people can type in an answer.
    if matches!(name, "nbsp" | "ensp" | "emsp" | "thinsp") {
        return Some(" ");
    }
    let mut words = NAMED_ENTITIES.split_whitespace();
    while let (Some(known), Some(character)) = (words.next(), words.next()) {
        if known == name {
            return Some(character);
        }
    }
    None
}

fn decode_numeric(name: &str) -> Option<Cow<'static, str>> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    };
    match char::from_u32(number.ok()?)? {
        '\u{a0}' => Some(Cow::Borrowed(" ")),
        c if c.is_control() => Some(Cow::Borrowed("")),
        c => Some(Cow::Owned(c.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_lone_ampersands_stay() {
        assert_eq!(decode("a &amp; b&nbsp;&#8211; &#x1F600; R&D &bogus; &"), "a & b – 😀 R&D &bogus; &");
    }
}
