//! Numbers and dates as people write them: right in any notation, unreadable where no reading fits, and never wrong
//! because of the notation.

use jiff::civil::date;
use linchpin::domain::grade::{grade, unreadable_reason};
use linchpin::domain::question::{Answer, DateAnswer, NumberAnswer};
use linchpin::domain::task::{Response, Task};

use crate::fixtures::task;

fn number(value: f64, unit: &str, language: Option<&str>) -> Task {
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    task(Answer::Number(NumberAnswer { value, within: 0.0, unit }), language)
}

/// "right", "wrong" or "unreadable", and the note.
fn verdict_on(task: &Task, typed: &str) -> (&'static str, String) {
    let response = Response::Typed(typed.to_owned());
    if unreadable_reason(task, &response).is_some() {
        return ("unreadable", String::new());
    }
    let verdict = grade(task, &response);
    assert!(verdict.score == 0.0 || verdict.score == 1.0, "{typed}: {}", verdict.score);
    (if verdict.score >= 1.0 { "right" } else { "wrong" }, verdict.note.unwrap_or_default())
}

fn assert_all(want: &str, cases: &[(f64, &str, &[&str])]) {
    for (value, unit, each) in cases {
        for typed in *each {
            let (got, _) = verdict_on(&number(*value, unit, None), typed);
            assert_eq!(got, want, "{typed:?} for {value} {unit}");
        }
    }
}

#[test]
fn a_number_is_right_however_it_is_written() {
    assert_all(
        "right",
        &[
            // Marks between groups and before decimals, whichever they are.
            (
                3642.0,
                "",
                &["3642", "3,642", "3.642", "3 642", "3'642", "3’642", "3_642", "3,642.0", "3.642,00"],
            ),
            (3.642, "", &["3.642", "3,642", "03.642", "3,6420"]),
            (-2.5, "", &["-2,500", "−2.5", "- 2.5", "minus 2.5", "negative 2,5", "(-2.5)"]),
            (1_234_567.5, "", &["1,234,567.5", "1.234.567,5", "1 234 567,5", "12,34,567.5"]),
            (0.5, "", &[".5", ",5", "0,5", "½", "1/2", "1 / 2", "half", "one half", "٠٫٥"]),
            (2.5, "", &["2½", "2 ½", "2 1/2", "5/2", "two and a half", "two point five"]),
            // Other scripts.
            (
                1953.0,
                "",
                &["١٩٥٣", "۱۹۵۳", "१९५३", "１９５３", "一九五三", "千九百五十三", "천구백오십삼", "일구오삼"],
            ),
            (12_000.0, "", &["1万2千", "1만 2천", "만 이천", "一万二千", "1.2만"]),
            (21.0, "", &["스물하나", "이십일", "二十一", "twenty-one", "Twenty one"]),
            // Powers, and words for zeros.
            (
                3e8,
                "",
                &[
                    "3×10^8",
                    "3×10⁸",
                    "3*10^8",
                    "3 x 10^8",
                    "3·10⁸",
                    "3e8",
                    "3.0E+8",
                    "300 million",
                    "3억",
                    "30 crore",
                ],
            ),
            (0.003, "", &["3×10^-3", "3×10⁻³", "3E-3", "3e-03", "0,003"]),
            (100.0, "", &["10^2", "10²", "10**2", "a hundred", "one hundred", "1 hundred"]),
            (28_500.0, "", &["28.5k", "28,5 K", "28.5 thousand", "twenty-eight thousand five hundred"]),
            (100_000.0, "", &["1,00,000", "1 lakh", "one lakh", "a hundred thousand", "100k"]),
            // Years.
            (
                1905.0,
                "",
                &["in 1905", "1905년", "1905年", "nineteen oh five", "nineteen hundred and five", "AD 1905"],
            ),
            (-44.0, "", &["44 BC", "44 BCE", "44 B.C.", "44 v. Chr.", "기원전 44년", "-44"]),
            // Brackets and marks around it.
            (7.0, "", &["(7)", "\"7\"", "7.", "7,", "7!", "= 7", "7th", "seven."]),
            (5040.0, "", &["7!"]),
        ],
    );
}

#[test]
fn a_unit_may_be_written_in_any_of_its_forms() {
    assert_all(
        "right",
        &[
            (5.0, "km", &["5", "5km", "5 KM", "5 kms", "5 kilometers", "5 kilometres", "5 킬로미터"]),
            (5.0, "kg", &["5 kgs", "5 kilograms", "5 Kilogramm"]),
            (5.0, "kilometres", &["5 km"]),
            (10.0, "m²", &["10 m²", "10 m2", "10 m^2", "10 square meters", "10 sq m", "10 metres squared"]),
            (90.0, "km/h", &["90 km/h", "90 kph", "90 kilometers per hour"]),
            (50.0, "%", &["50 percent", "50%", "fifty per cent", "50 퍼센트"]),
            (50.0, "percent", &["50 %"]),
            (5.0, "€", &["5 EUR", "€5", "5 euros", "EUR 5"]),
            (5e6, "$", &["$5 million", "$5m", "5,000,000 USD", "US$5M", "5 million dollars"]),
            (-5.0, "$", &["-$5", "$-5", "−5 dollars"]),
            (37.5, "°C", &["37,5 °C", "37.5℃", "37.5 degrees Celsius"]),
            (44.0, "BC", &["44 BCE", "44 B.C.", "44"]),
            (5.0, "people", &["5 people", "5"]),
            (3.0, "apples", &["3 apples", "3 apple"]),
        ],
    );
}

#[test]
fn a_unit_with_a_digit_takes_none_from_the_number() {
    assert_all(
        "right",
        &[
            (1.0, "1", &["1", "1 1", "+1"]),
            (51.0, "1", &["51", "51 1", "51.0"]),
            (1.1, "1", &["1.1"]),
            (-1.0, "1", &["-1"]),
            (5.0, "m2", &["5m2", "5 m2", "5 m²", "5"]),
            (500.0, "Rs", &["Rs.500", "500 Rs"]),
        ],
    );
}

#[test]
fn a_text_that_is_not_one_number_is_unreadable() {
    assert_all(
        "unreadable",
        &[
            // The prompt may say which years are meant.
            (44.0, "", &["44 BC", "44 B.C.E."]),
            (70.0, "", &["7O", "l0", "7o", "sevnty", "fourty", "V", "iii", "none", "x", "-", "?"]),
            (
                7.0,
                "",
                &["7-8", "7 or 8", ">7", "~7", "≈7", "about 7", "7?", "6 < x", "7/0", "7 8", "twenty fifth"],
            ),
            (
                1953.0,
                "",
                &["19 53", "'53", "’53", "1953-54", "1953/54", "nineteen fifty three four", "1 2/1"],
            ),
            (5.0, "km", &["5 m", "5 mm", "5 miles", "5 km/h", "5 km²", "5 kg"]),
            (5.0, "m", &["5 km", "5 m²", "5 s"]),
            (5.0, "MW", &["5 mW"]),
            (5.0, "°C", &["5 °F", "5 K"]),
            (5.0, "", &["5 km", "5km", "5 %", "$5", "5 m"]),
        ],
    );
}

#[test]
fn another_number_is_wrong() {
    assert_all(
        "wrong",
        &[
            (102.0, "", &["10²", "10^2", "100", "120"]),
            (1953.0, "", &["53", "1935", "1,935", "-1953"]),
            (1e12, "", &["1 billion", "1e9"]),
            (0.3333, "", &["0,333", "1/3"]),
            (300.0, "", &["3×10^3", "3 hundred thousand", "3k"]),
            (50.0, "%", &["0.5", "5 %"]),
            (1.0 / 3.0, "", &["0.33"]),
        ],
    );
}

#[test]
fn a_note_names_the_reading_where_several_are_possible() {
    for (value, typed, note) in [
        (3.642, "3,642", "Read as 3.642, with a decimal comma."),
        (3642.0, "3,642", "Read as 3642, with a comma between thousands."),
        (1500.0, "1.500", "Read as 1500, with a point between thousands."),
        (1.5, "1.500", "Read as 1.5, with a decimal point."),
        (5040.0, "7!", "Read as 5040, the factorial."),
        // Only one reading is possible.
        (1500.0, "1500", ""),
        (1.5, "1,5", ""),
        (1234.5, "1.234,5", ""),
        (0.125, "0,125", ""),
    ] {
        assert_eq!(verdict_on(&number(value, "", None), typed), ("right", note.to_owned()), "{typed}");
    }
    assert_eq!(verdict_on(&number(3.0, "", None), "3,642"), ("wrong", String::new()));
}

#[test]
fn the_language_of_the_deck_decides_the_decimal_mark() {
    for (language, value, typed, want) in [
        ("de", 3.642, "3,642", "right"),
        ("de", 3642.0, "3,642", "wrong"),
        ("de", 1500.0, "1.500", "right"),
        ("de", 1.5, "1.500", "wrong"),
        ("de-AT", 1500.0, "1.500", "right"),
        ("de-CH", 1.5, "1.500", "right"),
        ("en", 3642.0, "3,642", "right"),
        ("en", 3.642, "3,642", "wrong"),
        ("en-GB", 1.5, "1.500", "right"),
        ("ko", 3642.0, "3,642", "right"),
        // A text with one possible reading has it in every language.
        ("en", 1.5, "1,5", "right"),
        ("de", 1.5, "1.5", "right"),
        // An unknown language decides nothing.
        ("tlh", 1.5, "1.500", "right"),
        ("tlh", 1500.0, "1.500", "right"),
        ("de", 1e12, "1 Billion", "right"),
        ("en", 1e9, "1 billion", "right"),
    ] {
        let (got, note) = verdict_on(&number(value, "", Some(language)), typed);
        assert_eq!(got, want, "{typed} for {value} in {language}");
        assert!(note.is_empty() || language == "tlh", "{typed} in {language}: {note}");
    }
}

#[test]
fn a_date_is_right_however_it_is_written() {
    let day = |language| task(Answer::Date(DateAnswer { value: date(1953, 7, 6), within_days: 0 }), language);
    for typed in [
        "6 July 1953",
        "6 juillet 1953",
        "6. Juli 1953",
        "6 de julio de 1953",
        "6 luglio 1953",
        "6 de julho de 1953",
        "le 6 juil. 1953",
        "July 6th, 1953",
        "1953. 7. 6.",
        "١٩٥٣-٠٧-٠٦",
    ] {
        assert_eq!(verdict_on(&day(None), typed), ("right", String::new()), "{typed}");
    }
    let read = "Read as 6 July 1953.".to_owned();
    assert_eq!(verdict_on(&day(None), "6/7/1953"), ("right", read.clone()));
    assert_eq!(verdict_on(&day(None), "7/6/1953"), ("right", read));
    // The language decides the order; a date that does not exist in its order is read in the other.
    assert_eq!(verdict_on(&day(Some("en-US")), "6/7/1953").0, "wrong");
    assert_eq!(verdict_on(&day(Some("en-US")), "7/6/1953").0, "right");
    assert_eq!(verdict_on(&day(Some("fr")), "7/6/1953").0, "wrong");
    let late = task(Answer::Date(DateAnswer { value: date(1953, 7, 27), within_days: 0 }), Some("fr"));
    assert_eq!(verdict_on(&late, "7/27/1953").0, "right");
    for typed in ["6 July '53", "6 July", "July 1953", "6/7/53", "30 Feb 1953", "6 jui 1953", "6 mar가 1953"]
    {
        assert_eq!(verdict_on(&day(None), typed).0, "unreadable", "{typed}");
    }
    for typed in ["7 July 1953", "6 juin 1953", "6 July 1954", "6 July 1953 BC"] {
        assert_eq!(verdict_on(&day(None), typed).0, "wrong", "{typed}");
    }
    let ides = task(Answer::Date(DateAnswer { value: date(-43, 3, 15), within_days: 0 }), None);
    for typed in ["15 March 44 BC", "15 mars 44 BCE", "March 15, 44 B.C."] {
        assert_eq!(verdict_on(&ides, typed).0, "right", "{typed}");
    }
    assert_eq!(verdict_on(&ides, "15 March 44 AD").0, "wrong");
}
