//! How numbers and dates are written in the language of a deck.

/// The conventions of a deck's language. What the language leaves open may be read both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocaleFormat {
    /// The decimal mark, `.` or `,`; `None`: either.
    pub decimal_mark: Option<char>,
    /// Whether the day comes before the month in 5/4/2023; `None`: either.
    pub day_first: Option<bool>,
    /// Whether a billion is a million millions (long scale).
    pub long_scale: bool,
}

/// Languages with a decimal comma, in all countries but those of [`POINT_TAGS`].
const COMMA_LANGUAGES: [&str; 36] = [
    "af", "az", "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu",
    "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sr",
];
/// More languages with a decimal comma.
const MORE_COMMA_LANGUAGES: [&str; 4] = ["sv", "tr", "uk", "vi"];
/// Languages with a decimal point.
const POINT_LANGUAGES: [&str; 14] =
    ["bn", "en", "fil", "ga", "he", "hi", "ja", "ko", "mi", "ms", "ta", "te", "th", "zh"];
/// Countries that use a decimal point in a language with a decimal comma.
const POINT_TAGS: [&str; 12] = [
    "de-ch", "de-li", "it-ch", "es-mx", "es-us", "es-pr", "es-gt", "es-hn", "es-ni", "es-pa", "es-pe",
    "es-sv",
];
/// Languages that use the long scale.
const LONG_SCALE_LANGUAGES: [&str; 16] =
    ["ca", "cs", "da", "de", "es", "fi", "fr", "hr", "hu", "nb", "nl", "nn", "no", "pl", "sk", "sv"];

impl LocaleFormat {
    /// The conventions of a language, by its BCP 47 tag; without a tag everything is left open.
    pub fn of_language(language: Option<&str>) -> Self {
        let Some(tag) = language.map(|tag| tag.trim().to_lowercase().replace('_', "-")) else {
            return Self::default();
        };
        let primary = tag.split('-').next().unwrap_or_default();
        let decimal_mark = if POINT_TAGS.contains(&&*tag) || POINT_LANGUAGES.contains(&primary) {
            // The official mark in South Africa is a comma, but many write a point.
            (tag != "en-za").then_some('.')
        } else {
            (COMMA_LANGUAGES.contains(&primary) || MORE_COMMA_LANGUAGES.contains(&primary)).then_some(',')
        };
        // English without a country is written both ways; the countries of other languages agree.
        let day_first = match tag.as_str() {
            "en-us" | "en-ph" => Some(false),
            _ if primary == "en" => tag.contains('-').then_some(true),
            _ => (decimal_mark == Some(',')).then_some(true),
        };
        Self { decimal_mark, day_first, long_scale: LONG_SCALE_LANGUAGES.contains(&primary) }
    }

    /// The notation of programs: a decimal point.
    pub fn machine() -> Self {
        Self { decimal_mark: Some('.'), ..Self::default() }
    }
}
