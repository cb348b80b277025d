//! Numbers in Chinese characters, Sino-Korean and native Korean words, also mixed with digits: 五, 이십일, 다섯, 3만
//! 5천.

use super::{NumberNotation, NumberReading};

const DIGITS: [(&str, u64); 10] = [
    ("〇零영공", 0),
    ("一일壹", 1),
    ("二이貳两兩", 2),
    ("三삼參", 3),
    ("四사", 4),
    ("五오", 5),
    ("六육륙", 6),
    ("七칠", 7),
    ("八팔", 8),
    ("九구", 9),
];
const SMALL: [(&str, u64); 3] = [("十십拾", 10), ("百백", 100), ("千천仟", 1_000)];
const LARGE: [(&str, u64); 4] = [
    ("万萬만", 10_000),
    ("億亿억", 100_000_000),
    ("兆조", 1_000_000_000_000),
    ("京경", 10_000_000_000_000_000),
];
/// Native Korean words for one to nine, and their forms before a noun.
const NATIVE_ONES: [(&str, u64); 14] = [
    ("하나", 1),
    ("한", 1),
    ("둘", 2),
    ("두", 2),
    ("셋", 3),
    ("세", 3),
    ("넷", 4),
    ("네", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
    ("", 0),
];
const NATIVE_TENS: [(&str, u64); 11] = [
    ("열", 10),
    ("스물", 20),
    ("스무", 20),
    ("서른", 30),
    ("마흔", 40),
    ("쉰", 50),
    ("예순", 60),
    ("일흔", 70),
    ("여든", 80),
    ("아흔", 90),
    ("", 0),
];

pub(super) fn read(text: &str) -> Vec<NumberReading> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let value = native_korean(&text).or_else(|| digit_by_digit(&text)).map(|value| value as f64);
    let value = value.or_else(|| composed(&text));
    value.and_then(|value| NumberReading::new(value, NumberNotation::Plain)).into_iter().collect()
}

fn digit_or_unit(table: &[(&str, u64)], c: char) -> Option<u64> {
    table.iter().find(|(words, _)| words.contains(c)).map(|(_, value)| *value)
}

/// "스물하나".
fn native_korean(text: &str) -> Option<u64> {
    NATIVE_TENS.iter().find_map(|(tens, ten)| {
        let rest = text.strip_prefix(tens)?;
        let one = NATIVE_ONES.iter().find(|(word, _)| *word == rest)?.1;
        (ten + one > 0).then_some(ten + one)
    })
}

/// "一九五三", "일구오삼".
fn digit_by_digit(text: &str) -> Option<u64> {
    let digits: Option<String> =
        text.chars().map(|c| digit_or_unit(&DIGITS, c).map(|digit| digit.to_string())).collect();
    digits.filter(|digits| (1..=18).contains(&digits.len()))?.parse().ok()
}

/// "이십일", "3만 5천", "1.5억".
fn composed(text: &str) -> Option<f64> {
    let (mut total, mut section) = (0.0, 0.0);
    let (mut last_small, mut last_large) = (u64::MAX, u64::MAX);
    let mut count: Option<f64> = None;
    let mut rest = text;
    let mut has_unit = false;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        if end > 0 {
            if count.replace(rest[..end].parse().ok()?).is_some() {
                return None;
            }
            rest = &rest[end..];
            continue;
        }
        if let Some(digit) = digit_or_unit(&DIGITS, c) {
            if count.replace(digit as f64).is_some() {
                return None;
            }
        } else if let Some(unit) = digit_or_unit(&SMALL, c).filter(|unit| *unit < last_small) {
            section += count.take().unwrap_or(1.0) * unit as f64;
            (last_small, has_unit) = (unit, true);
        } else {
            let unit = digit_or_unit(&LARGE, c).filter(|unit| *unit < last_large)?;
            section += count.take().unwrap_or(0.0);
            // Ten thousand may be written without a "one".
            if section == 0.0 && unit == 10_000 && total == 0.0 {
                section = 1.0;
            }
            if section == 0.0 {
                return None;
            }
            total += section * unit as f64;
            (section, last_small, last_large, has_unit) = (0.0, u64::MAX, unit, true);
        }
        rest = &rest[c.len_utf8()..];
    }
    has_unit.then_some(total + section + count.unwrap_or(0.0))
}
