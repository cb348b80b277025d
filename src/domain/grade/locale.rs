//! How a language writes numbers and dates, where its deck names one.

/// What a deck's language settles about numbers and dates; what it leaves open may be read both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocaleFormat {
    /// The decimal mark: `.` or `,`.
    pub decimal_mark: Option<char>,
    /// Whether the day comes before the month in 5/4/2023.
    pub day_first: Option<bool>,
    /// Whether a billion is a million millions.
    pub long_scale: bool,
}

/// Languages with a decimal comma, wherever they are spoken but for [`POINT_TAGS`].
const COMMA_LANGUAGES: [&str; 36] = [
    "af", "az", "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu",
    "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sr",
];
/// The rest of them.
const MORE_COMMA_LANGUAGES: [&str; 4] = ["sv", "tr", "uk", "vi"];
/// Languages with a decimal point.
const POINT_LANGUAGES: [&str; 14] =
    ["bn", "en", "fil", "ga", "he", "hi", "ja", "ko", "mi", "ms", "ta", "te", "th", "zh"];
/// Of languages with a comma, the countries with a point.
const POINT_TAGS: [&str; 12] = [
    "de-ch", "de-li", "it-ch", "es-mx", "es-us", "es-pr", "es-gt", "es-hn", "es-ni", "es-pa", "es-pe",
    "es-sv",
];
/// Languages whose billion is a million millions.
const LONG_SCALE_LANGUAGES: [&str; 16] =
    ["ca", "cs", "da", "de", "es", "fi", "fr", "hr", "hu", "nb", "nl", "nn", "no", "pl", "sk", "sv"];

impl LocaleFormat {
    /// What the language of a deck settles, by its BCP 47 tag.
    pub fn of_language(language: Option<&str>) -> Self {
        let Some(tag) = language.map(|tag| tag.trim().to_lowercase().replace('_', "-")) else {
            return Self::default();
        };
        let first = tag.split('-').next().unwrap_or_default();
        let decimal = if POINT_TAGS.contains(&&*tag) || POINT_LANGUAGES.contains(&first) {
            // South Africa writes a comma, and many there a point.
            (tag != "en-za").then_some('.')
        } else {
            (COMMA_LANGUAGES.contains(&first) || MORE_COMMA_LANGUAGES.contains(&first)).then_some(',')
        };
        // English is written both ways, and the countries of other languages agree among themselves.
        let day_first = match tag.as_str() {
            "en-us" | "en-ph" => Some(false),
            _ if first == "en" => tag.contains('-').then_some(true),
            _ => (decimal == Some(',')).then_some(true),
        };
        Self { decimal_mark: decimal, day_first, long_scale: LONG_SCALE_LANGUAGES.contains(&first) }
    }

    /// As programs write numbers: with a decimal point.
    pub fn machine() -> Self {
        Self { decimal_mark: Some('.'), ..Self::default() }
    }
}
