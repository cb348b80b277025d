//! Numbers in digits, with group separators, decimal marks, fractions, powers, and words for zeros after
//! them.

use super::units::ExpectedUnit;
use super::{NumberNotation, NumberReading};
use crate::domain::grade::locale::LocaleFormat;

/// Larger exponents are not read.
const MAX_EXPONENT: i32 = 400;

/// Words for zeros and their number, in any case.
const ZERO_WORDS: [(&str, i32); 31] = [
    ("hundred", 2),
    ("hundreds", 2),
    ("thousand", 3),
    ("thousands", 3),
    ("tausend", 3),
    ("lakh", 5),
    ("lakhs", 5),
    ("lac", 5),
    ("crore", 7),
    ("crores", 7),
    ("mn", 6),
    ("mln", 6),
    ("mio", 6),
    ("million", 6),
    ("millions", 6),
    ("millionen", 6),
    ("millón", 6),
    ("millones", 6),
    ("milhão", 6),
    ("milhões", 6),
    ("milione", 6),
    ("milioni", 6),
    ("mrd", 9),
    ("milliard", 9),
    ("milliards", 9),
    ("milliarde", 9),
    ("milliarden", 9),
    ("miliardo", 9),
    ("miliardi", 9),
    ("billionen", 12),
    ("billones", 12),
];

/// Every number that `text` may mean in digits.
pub(super) fn read(text: &str, locale: LocaleFormat, unit: Option<&ExpectedUnit>) -> Vec<NumberReading> {
    let text = text.replace("**", "^");
    let Some((body, zeros)) = without_zeros(&text, locale, unit) else { return Vec::new() };
    let scaled = |mantissa: &str, exponent: i32| -> Vec<NumberReading> {
        let values = decimal_readings(mantissa).into_iter();
        values
            .filter_map(|(digits, notation)| NumberReading::new(scaled(&digits, exponent + zeros)?, notation))
            .collect()
    };
    if body.contains('/') {
        let value = fraction(body).map(|value| value * 10f64.powi(zeros));
        return value
            .and_then(|value| NumberReading::new(value, NumberNotation::Plain))
            .into_iter()
            .collect();
    }
    if let Some((mantissa, power)) = body.split_once(['*', 'x', 'X']) {
        let exponent = power.trim().strip_prefix("10").and_then(|power| caret_exponent(power.trim_start()));
        return exponent.map_or(Vec::new(), |exponent| scaled(mantissa.trim_end(), exponent));
    }
    if let Some(at) = body.find('^') {
        let value = power(body[..at].trim_end(), &body[at..]).map(|value| value * 10f64.powi(zeros));
        return value
            .and_then(|value| NumberReading::new(value, NumberNotation::Plain))
            .into_iter()
            .collect();
    }
    if let Some((mantissa, power)) = body.split_once(['e', 'E']) {
        return exponent(power).map_or(Vec::new(), |exponent| scaled(mantissa, exponent));
    }
    scaled(body, 0)
}

/// The text before the words for zeros, and the number of zeros; `None` when it ends in another word.
fn without_zeros<'a>(
    text: &'a str,
    locale: LocaleFormat,
    unit: Option<&ExpectedUnit>,
) -> Option<(&'a str, i32)> {
    let (mut body, mut zeros) = (text.trim_end(), 0);
    while body.ends_with(char::is_alphabetic) {
        let start = body.trim_end_matches(char::is_alphabetic).len();
        let word = &body[start..];
        zeros +=
            trailing_zeros(word, locale, unit).or_else(|| is_ordinal_ending(body, start).then_some(0))?;
        body = body[..start].trim_end_matches([' ', '-', '.']);
    }
    (!body.is_empty()).then_some((body, zeros))
}

/// How many zeros a word stands for; `None` for other words. Which letters count depends on the unit.
fn trailing_zeros(word: &str, locale: LocaleFormat, unit: Option<&ExpectedUnit>) -> Option<i32> {
    let lower = word.to_lowercase();
    let is_counted = unit.is_none_or(ExpectedUnit::is_counted);
    let is_money = unit.is_some_and(ExpectedUnit::is_money);
    match word {
        "k" | "K" => return is_counted.then_some(3),
        "M" => return is_counted.then_some(6),
        "B" => return is_counted.then_some(9),
        "m" => return is_money.then_some(6),
        "b" => return is_money.then_some(9),
        _ => {}
    }
    match (lower.as_str(), locale.long_scale) {
        ("bn" | "tn", true) => None,
        ("bn", _) => Some(9),
        ("tn", _) => Some(12),
        ("billion" | "billions", long) => Some(if long { 12 } else { 9 }),
        ("trillion" | "trillions", long) => Some(if long { 18 } else { 12 }),
        _ => ZERO_WORDS.iter().find(|(word, _)| *word == lower).map(|(_, zeros)| *zeros),
    }
}

/// Whether this is the "th" of "7th", directly after a digit.
fn is_ordinal_ending(body: &str, start: usize) -> bool {
    let (number, ending) = body.split_at(start);
    let endings: &[&str] = match number.as_bytes() {
        [.., b'1', b'0'..=b'9'] => &["th"],
        [.., b'1'] => &["st"],
        [.., b'2'] => &["nd"],
        [.., b'3'] => &["rd"],
        [.., b'0'..=b'9'] => &["th"],
        _ => return false,
    };
    endings.contains(&ending.to_lowercase().as_str()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// "1/3", "2 1/2".
fn fraction(text: &str) -> Option<f64> {
    let whole_number = |text: &str| -> Option<f64> {
        (!text.is_empty() && text.len() <= 15 && is_digits(text)).then(|| text.parse().ok()).flatten()
    };
    let (left, below) = text.split_once('/')?;
    let left = left.trim();
    // "1953/54" is two years.
    const MAX_NUMERATOR: f64 = 1_000.0;
    let (whole, above) = match left.rsplit_once([' ', '+']) {
        Some((whole, above)) => (Some(whole_number(whole.trim_end())?), above),
        None => (None, left),
    };
    let (above, below) = (whole_number(above)?, whole_number(below.trim())?);
    let is_sound = below != 0.0 && (above < below || (whole.is_none() && above < MAX_NUMERATOR));
    is_sound.then(|| (whole.unwrap_or(0.0) * below + above) / below)
}

/// "10^2", with a whole base.
fn power(base: &str, rest: &str) -> Option<f64> {
    let exponent = caret_exponent(rest)?;
    if !is_digits(base) || base.is_empty() {
        return None;
    }
    if base == "10" {
        return scaled("1", exponent);
    }
    base.parse::<f64>().ok().map(|base| base.powi(exponent))
}

/// "^8", "^(-3)".
fn caret_exponent(text: &str) -> Option<i32> {
    let text = text.strip_prefix('^')?.trim();
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    exponent(inside.unwrap_or(text))
}

fn exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let value: i32 = (is_digits(digits) && !digits.is_empty()).then(|| text.parse().ok()).flatten()?;
    (value.abs() <= MAX_EXPONENT).then_some(value)
}

fn scaled(digits: &str, exponent: i32) -> Option<f64> {
    // Parsed as one number, so that 28.5 thousand is exactly 28500.
    format!("{digits}e{exponent}").parse().ok()
}

/// Every plain decimal that digits with marks may mean.
fn decimal_readings(text: &str) -> Vec<(String, NumberNotation)> {
    let text = text.strip_suffix(['.', ',']).unwrap_or(text).trim_end();
    let is_known = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '_' | ' ' | '٫' | '٬');
    if !text.contains(|c: char| c.is_ascii_digit()) || !text.chars().all(is_known) {
        return Vec::new();
    }
    let mut readings = Vec::new();
    if let Some((digits, mark)) = ungrouped(text) {
        readings.push((digits, mark.map_or(NumberNotation::Plain, NumberNotation::GroupSeparator)));
    }
    readings.extend(decimal(text));
    readings
}

/// The reading in which the last mark is the decimal mark.
fn decimal(text: &str) -> Option<(String, NumberNotation)> {
    let at = text.rfind(['.', ',', '٫'])?;
    let mark = text[at..].chars().next()?;
    let (whole, fraction) = (&text[..at], &text[at + mark.len_utf8()..]);
    if whole.contains(mark) || fraction.is_empty() || !is_digits(fraction) {
        return None;
    }
    let (whole, _) = if whole.is_empty() { (String::from("0"), None) } else { ungrouped(whole)? };
    Some((
        format!("{whole}.{fraction}"),
        if mark == '٫' { NumberNotation::Plain } else { NumberNotation::DecimalMark(mark) },
    ))
}

/// The digits of a whole number, and the separator of its groups (`None`: ungrouped). Groups have three
/// digits, or in the Indian system two before the last three; all separators must be the same.
fn ungrouped(whole: &str) -> Option<(String, Option<char>)> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some((whole.to_owned(), None));
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, others) = groups.split_first()?;
    let (last, middle) = others.split_last()?;
    let sizes = |size: usize| (1..=size).contains(&first.len()) && middle.iter().all(|it| it.len() == size);
    let is_sound = last.len() == 3
        && (sizes(3) || (sizes(2) && !middle.is_empty()))
        && !first.starts_with('0')
        && groups.iter().all(|group| is_digits(group));
    is_sound.then(|| (groups.concat(), Some(separator)))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
