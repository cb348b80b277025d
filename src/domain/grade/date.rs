//! Typed dates, read in the common notations and right within a number of days.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::fold::is_dash;
use super::locale::LocaleFormat;
use super::number::plain::digit_value;
use super::{Marks, Verdict};

/// The message for a text that is not a date.
const UNREADABLE: &str = "That is not a date: write it as 1999-12-31 or 31 December 1999";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Month names in French, German, Spanish, Italian, Portuguese and Dutch, without accents.
const FOREIGN_MONTHS: [&[&str]; 12] = [
    &["janvier", "januar", "janner", "enero", "gennaio", "janeiro", "januari"],
    &["fevrier", "februar", "feber", "febrero", "febbraio", "fevereiro", "februari"],
    &["mars", "marz", "maerz", "marzo", "marco", "maart"],
    &["avril", "abril", "aprile"],
    &["mai", "mayo", "maggio", "maio", "mei"],
    &["juin", "juni", "junio", "giugno", "junho"],
    &["juillet", "juli", "julio", "luglio", "julho"],
    &["aout", "agosto", "augustus"],
    &["septembre", "septiembre", "settembre", "setembro"],
    &["octobre", "oktober", "octubre", "ottobre", "outubro"],
    &["novembre", "noviembre", "novembro"],
    &["decembre", "dezember", "diciembre", "dicembre", "dezembro"],
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Words that are skipped: "the 26th of April", "2023년 4월 26일", "1er de".
const FILLERS: [&str; 26] = [
    "the", "of", "on", "st", "nd", "rd", "th", "년", "월", "일", "年", "月", "日", "de", "del", "du", "le",
    "el", "il", "di", "do", "den", "der", "am", "er", "o",
];
/// Abbreviations of eras with full stops or spaces, and the word that each is replaced with.
const ERAS: [(&str, &str); 8] = [
    ("b.c", "bc"),
    ("a.d", "ad"),
    ("c.e", "ce"),
    ("v. chr", "bc"),
    ("v.chr", "bc"),
    ("n. chr", "ad"),
    ("av. j.-c", "bc"),
    ("ap. j.-c", "ad"),
];
/// Longer texts are not read, in characters.
const MAX_CHARS: usize = 100;

pub(in crate::domain) fn grade(value: Date, within_days: u32, locale: LocaleFormat, typed: &str) -> Verdict {
    if typed.trim().is_empty() {
        return Verdict::no_answer(Marks::None);
    }
    let verdict = |score, headline: String| Verdict::new(score, headline, Marks::None);
    let days_late = |day: Date| day.duration_since(value).as_hours() / 24;
    let readings = read_dates(typed, locale);
    let nearest = readings.iter().map(|day| (days_late(*day), *day)).min_by_key(|(days, _)| days.abs());
    let Some((days, nearest)) = nearest else { return verdict(0.0, UNREADABLE.to_owned()) };
    let answer = format_date(value);
    // Where the text has several readings, the note says which one was taken.
    let right = |headline: String| {
        let note = (readings.len() > 1).then(|| format!("Read as {}.", format_date(nearest)));
        Verdict { note, ..verdict(1.0, headline) }
    };
    if days == 0 {
        right("Right".to_owned())
    } else if days.unsigned_abs() <= u64::from(within_days) {
        right(format!("Right: the exact answer is {answer}"))
    } else if days.abs() <= 31 {
        let noun = if days.abs() == 1 { "day" } else { "days" };
        let side = if days > 0 { "late" } else { "early" };
        verdict(0.0, format!("Wrong: {} {noun} too {side}, the answer is {answer}", days.abs()))
    } else {
        verdict(0.0, format!("Wrong: the answer is {answer}"))
    }
}

/// Why a text cannot be graded, as a message to the learner; `None` where it is a date.
pub(in crate::domain) fn unreadable_reason(text: &str, locale: LocaleFormat) -> Option<&'static str> {
    read_dates(text, locale).is_empty().then_some(UNREADABLE)
}

/// Every date that `text` may plausibly mean, without repeats; empty when it is not a date.
///
/// Reads year–month–day, day–month–year and month–day–year with any of the usual separators ("5/4/2023" has
/// two readings), month names of several languages, in full or cut to at least three letters, 2023년 4월 26일
/// and 20230426. A year has four digits, or an era (AD, CE, BC, BCE): "23" is never 2023.
pub fn parse_dates(text: &str) -> Vec<Date> {
    read_dates(text, LocaleFormat::default())
}

/// Like [`parse_dates`], where the language may decide whether the day or the month comes first.
pub fn read_dates(text: &str, locale: LocaleFormat) -> Vec<Date> {
    let mut readings = Vec::new();
    if let Some(parts) = DateParts::read(text) {
        for (year, month, day) in parts.readings(locale) {
            let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok());
            if let Some(date) = date.filter(|date| !readings.contains(date)) {
                readings.push(date);
            }
        }
    }
    // The other order is only meant where this one is not a date.
    if locale.day_first.is_some() {
        readings.truncate(1);
    }
    readings
}

/// The date as "26 April 2023". Years before 1000 get their era: "24 August 79 AD".
pub fn format_date(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12];
    let (initial, rest) = month.split_at(1);
    let year = match i32::from(date.year()) {
        year @ 1000.. => year.to_string(),
        year @ 1.. => format!("{year} AD"),
        // The year before 1 AD is 1 BC; jiff and astronomers count it as 0.
        year => format!("{} BC", 1 - year),
    };
    format!("{} {}{rest} {year}", date.day(), initial.to_uppercase())
}

/// The parts of a written date.
#[derive(Default)]
struct DateParts {
    /// Runs of digits, in order.
    numbers: Vec<String>,
    /// The month that was named, from 1.
    month: Option<i8>,
    /// Whether the era counts years backwards; `None` when no era was named.
    before_christ: Option<bool>,
}

impl DateParts {
    /// Reads the parts; `None` when the text contains something that is not part of a date.
    fn read(text: &str) -> Option<Self> {
        let digit = |c: char| digit_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c);
        let text: String = text.nfkc().flat_map(char::to_lowercase).map(digit).collect();
        // The full stops of an abbreviation must not separate its parts.
        let text = ERAS.iter().fold(text, |text, (long, short)| text.replace(long, short));
        let text = text.trim();
        if text.chars().count() > MAX_CHARS || text.starts_with(is_dash) {
            return None;
        }
        let mut parts = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let class = char_class(first)?;
            let end = rest.find(|c| self::char_class(c) != Some(class)).unwrap_or(rest.len());
            let (token, tail) = rest.split_at(end);
            rest = tail;
            match class {
                CharClass::Digit => parts.numbers.push(token.to_owned()),
                CharClass::Letter => parts.word(token)?,
                CharClass::Separator => {}
            }
        }
        Some(parts)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        if let Some(month) = month(word) {
            return self.month.replace(month).is_none().then_some(());
        }
        match word {
            "ad" | "ce" => self.before_christ.replace(false).is_none().then_some(()),
            "bc" | "bce" => self.before_christ.replace(true).is_none().then_some(()),
            _ => {
                let is_weekday = word.len() >= 3 && WEEKDAYS.iter().any(|name| name.starts_with(word));
                (is_weekday || FILLERS.contains(&word)).then_some(())
            }
        }
    }

    /// Readings as year, month and day; not all of these dates exist.
    fn readings(&self, locale: LocaleFormat) -> Vec<(i32, i8, i8)> {
        let year = |text: &str| self.year(text);
        let small = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2);
        let all = |y: &str, m: &str, d: &str| Some((year(y)?, small(m)?, small(d)?));
        let numbers: Vec<&str> = self.numbers.iter().map(String::as_str).collect();
        let readings = match (numbers.as_slice(), self.month) {
            ([day], None) if day.len() == 8 => vec![all(&day[..4], &day[4..6], &day[6..])],
            // When there is no such month, day and month were swapped.
            ([a, b, c], None) if small(a).is_none() && small(b) > Some(12) => vec![all(a, c, b)],
            ([a, b, c], None) if small(a).is_none() => vec![all(a, b, c)],
            ([a, b, c], None) if locale.day_first == Some(false) => vec![all(c, a, b), all(c, b, a)],
            ([a, b, c], None) => vec![all(c, b, a), all(c, a, b)],
            // "26 April 79 AD" has the year last, "2023 April 26" first.
            ([a, b], Some(month)) => {
                let named = |y: &str, d: &str| Some((year(y)?, month, small(d)?));
                vec![named(b, a).or_else(|| named(a, b))]
            }
            _ => Vec::new(),
        };
        readings.into_iter().flatten().collect()
    }

    fn year(&self, text: &str) -> Option<i32> {
        let year = text.parse::<i32>().ok()?;
        match self.before_christ {
            // The earliest year that a date can have is 10000 BC.
            _ if text.len() > 5 => None,
            None => (text.len() == 4).then_some(year),
            Some(false) => (year > 0).then_some(year),
            Some(true) => (year > 0).then_some(1 - year),
        }
    }
}

/// The month with that name, in full or cut to at least three letters; `None` when it is ambiguous.
fn month(word: &str) -> Option<i8> {
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let word: String = word.nfd().filter(|c| !is_accent(c)).collect();
    if word.chars().count() < 3 {
        return None;
    }
    let is_named = |at: &usize| {
        let mut names = std::iter::once(&MONTHS[*at]).chain(FOREIGN_MONTHS[*at]);
        names.any(|name| name.starts_with(&word)) || (word == "sept" && *at == 8)
    };
    let mut found = (0..12).filter(is_named);
    found.next().filter(|_| found.next().is_none()).map(|at| at as i8 + 1)
}

#[derive(Clone, Copy, PartialEq)]
enum CharClass {
    Digit,
    Letter,
    Separator,
}

fn char_class(c: char) -> Option<CharClass> {
    if c.is_ascii_digit() {
        Some(CharClass::Digit)
    } else if c.is_alphabetic() {
        Some(CharClass::Letter)
    } else if c.is_whitespace() || is_dash(c) || matches!(c, ',' | '.' | '/' | '_' | '(' | ')') {
        Some(CharClass::Separator)
    } else {
        None
    }
}
