//! Dates in the notation of deck files: `YYYY-MM-DD`, with a sign for years before 1 AD (astronomical years).

use jiff::civil::Date;

/// Writes a date: "2023-04-26". "-0043-03-15" is in 44 BC.
pub fn write_date(date: Date) -> String {
    let year = i32::from(date.year());
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", year.abs(), date.month(), date.day())
}

/// Reads a date; `None` if the text is not a date or there is no such day.
pub fn read_date(text: &str) -> Option<Date> {
    let (year, month, day) = date_parts(text)?;
    Date::new(year, month, day).ok()
}

/// Splits a text into year, month and day, without checking that there is such a day.
pub(super) fn date_parts(text: &str) -> Option<(i16, i8, i8)> {
    let text = text.trim();
    let (sign, plain) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(plain) => (-1, plain),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let [year, month, day] = plain.split('-').collect::<Vec<_>>()[..] else { return None };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // ISO 8601 writes years with a sign with six digits.
    let is_sound = matches!((year.len(), month.len(), day.len()), (4 | 6, 2, 2));
    if !is_sound || ![year, month, day].into_iter().all(is_digits) {
        return None;
    }
    Some((sign * year.parse::<i16>().ok()?, month.parse().ok()?, day.parse().ok()?))
}
