//! Units: whether two notations mean the same. km and kilometres, m² and square metres, € and EUR, % and
//! percent.

/// A unit: its internal name, its symbols (in their case), its words (in lower case and the singular), and
/// whether it takes metric prefixes.
struct Unit {
    name: &'static str,
    symbols: &'static [&'static str],
    words: &'static [&'static str],
    is_metric: bool,
}

const fn metric(name: &'static str, signs: &'static [&'static str], words: &'static [&'static str]) -> Unit {
    Unit { name, symbols: signs, words, is_metric: true }
}

const fn non_metric(
    name: &'static str,
    signs: &'static [&'static str],
    words: &'static [&'static str],
) -> Unit {
    Unit { name, symbols: signs, words, is_metric: false }
}

const UNITS: [Unit; 67] = [
    metric("metre", &["m"], &["metre", "meter", "mètre", "metro", "미터"]),
    metric("gram", &["g", "gr"], &["gram", "gramme", "gramm", "gramo", "grammo", "그램"]),
    metric("litre", &["l", "L"], &["litre", "liter", "litro", "리터"]),
    metric("second", &["s"], &["second", "sekunde", "seconde", "segundo", "secondo"]),
    metric("ampere", &["A"], &["ampere", "amp", "암페어"]),
    metric("kelvin", &["K"], &["kelvin", "켈빈"]),
    metric("mole", &["mol"], &["mole", "몰"]),
    metric("molar", &["M"], &["molar"]),
    metric("hertz", &["Hz"], &["hertz", "헤르츠"]),
    metric("newton", &["N"], &["newton", "뉴턴"]),
    metric("pascal", &["Pa"], &["pascal", "파스칼"]),
    metric("joule", &["J"], &["joule", "줄"]),
    metric("watt", &["W"], &["watt", "와트"]),
    metric("watt hour", &["Wh"], &["watt hour", "watt-hour"]),
    metric("volt", &["V"], &["volt", "볼트"]),
    metric("ohm", &["Ω", "ω"], &["ohm", "옴"]),
    metric("farad", &["F"], &["farad"]),
    metric("henry", &["H"], &["henry"]),
    metric("tesla", &["T"], &["tesla"]),
    metric("gauss", &["G"], &["gauss"]),
    metric("siemens", &["S"], &["siemens"]),
    metric("becquerel", &["Bq"], &["becquerel"]),
    metric("sievert", &["Sv"], &["sievert"]),
    metric("electronvolt", &["eV"], &["electronvolt", "electron volt"]),
    metric("calorie", &["cal"], &["calorie", "칼로리"]),
    metric("byte", &["B"], &["byte", "바이트"]),
    metric("bit", &["b", "bit"], &["bit", "비트"]),
    metric("tonne", &["t"], &["tonne", "metric ton", "톤"]),
    metric("parsec", &["pc"], &["parsec"]),
    non_metric("ton", &[], &["ton", "tonne"]),
    non_metric(
        "percent",
        &["%"],
        &["percent", "per cent", "pct", "prozent", "pour cent", "por ciento", "퍼센트", "프로"],
    ),
    non_metric("per mille", &["‰"], &["per mille", "permille", "promille"]),
    non_metric("minute", &["min"], &["minute", "min", "분"]),
    non_metric("hour", &["h"], &["hour", "hr", "stunde", "heure", "hora", "ora", "시간"]),
    non_metric("second", &["sec"], &["sec", "초", "秒"]),
    non_metric("day", &["d"], &["day", "tag", "jour", "día", "dia", "giorno", "일", "日"]),
    non_metric("week", &["wk"], &["week", "woche", "semaine", "semana", "주"]),
    non_metric("month", &["mo"], &["month", "monat", "mois", "mes", "mese", "개월"]),
    non_metric("year", &["y", "a"], &["year", "yr", "jahr", "an", "année", "año", "ano", "anno", "년", "年"]),
    non_metric("century", &[], &["century", "centuries", "세기"]),
    non_metric("degree", &["°"], &["degree", "deg", "grad", "도"]),
    non_metric(
        "celsius",
        &["°C", "C"],
        &["celsius", "degree celsius", "degrees celsius", "degc", "deg c", "섭씨"],
    ),
    non_metric(
        "fahrenheit",
        &["°F"],
        &["fahrenheit", "degree fahrenheit", "degrees fahrenheit", "degf", "deg f"],
    ),
    non_metric("mile", &["mi"], &["mile", "마일"]),
    non_metric("foot", &["ft", "'"], &["foot", "feet", "ft"]),
    non_metric("inch", &["in", "\""], &["inch", "inches"]),
    non_metric("yard", &["yd"], &["yard"]),
    non_metric("pound", &["lb"], &["pound", "lb"]),
    non_metric("ounce", &["oz"], &["ounce"]),
    non_metric("nautical mile", &["nmi"], &["nautical mile"]),
    non_metric("knot", &["kn", "kt"], &["knot"]),
    non_metric("light-year", &["ly"], &["light-year", "light year", "lightyear", "광년"]),
    non_metric("hectare", &["ha"], &["hectare", "hektar"]),
    non_metric("acre", &["ac"], &["acre"]),
    non_metric("atmosphere", &["atm"], &["atmosphere"]),
    non_metric("bar", &["bar"], &["bar"]),
    non_metric("dollar", &["$", "US$", "USD"], &["dollar", "usd", "us dollar", "달러"]),
    non_metric("euro", &["€", "EUR"], &["euro", "eur", "유로"]),
    non_metric("sterling", &["£", "GBP"], &["pound", "pound sterling", "gbp"]),
    non_metric("yen", &["¥", "JPY"], &["yen", "jpy", "円", "엔"]),
    non_metric("yuan", &["¥", "CNY", "RMB"], &["yuan", "renminbi", "cny", "rmb", "元", "위안"]),
    non_metric("won", &["₩", "KRW"], &["won", "krw", "원"]),
    non_metric("rupee", &["₹", "INR", "Rs"], &["rupee", "inr", "rs"]),
    non_metric("franc", &["CHF", "Fr"], &["swiss franc", "chf"]),
    non_metric("people", &[], &["people", "person", "persons", "명", "사람"]),
    non_metric(
        "BC",
        &["BC", "BCE"],
        &["bc", "bce", "bc", "before christ", "before the common era", "기원전"],
    ),
    non_metric("AD", &["AD", "CE"], &["ad", "ce", "anno domini", "common era", "서기"]),
];

/// Longer texts are not read as units, in bytes.
const MAX_UNIT_BYTES: usize = 60;

/// Metric prefixes: symbol, words, and internal name.
const PREFIXES: [(&str, &[&str], &str); 14] = [
    ("f", &["femto"], "femto"),
    ("p", &["pico", "피코"], "pico"),
    ("n", &["nano", "나노"], "nano"),
    ("µ", &["micro", "mikro", "마이크로"], "micro"),
    ("μ", &["micro"], "micro"),
    ("u", &["micro"], "micro"),
    ("m", &["milli", "mili", "밀리"], "milli"),
    ("c", &["centi", "zenti", "센티"], "centi"),
    ("d", &["deci", "dezi"], "deci"),
    ("h", &["hecto", "hekto", "헥토"], "hecto"),
    ("k", &["kilo", "킬로"], "kilo"),
    ("M", &["mega", "메가"], "mega"),
    ("G", &["giga", "기가"], "giga"),
    ("T", &["tera", "테라"], "tera"),
];

/// The unit of the expected answer.
pub(super) struct ExpectedUnit {
    compact: String,
    meanings: Vec<String>,
}

impl ExpectedUnit {
    /// From the author's notation, in plain characters.
    pub fn new(unit: String) -> Self {
        Self { compact: compact(&unit), meanings: meanings(&unit) }
    }

    /// Whether a written unit is this one.
    pub fn matches(&self, written: &str) -> bool {
        let written = written.trim();
        if written.is_empty() || written.len() > MAX_UNIT_BYTES {
            return false;
        }
        let plain = compact(written);
        if plain == self.compact {
            return true;
        }
        let meanings = if self.meanings.is_empty() { Vec::new() } else { meanings(written) };
        if meanings.is_empty() {
            singular(&plain.to_lowercase()) == singular(&self.compact.to_lowercase())
        } else {
            meanings.iter().any(|meaning| self.meanings.contains(meaning))
        }
    }

    /// Whether it is a currency; its millions have short words.
    pub fn is_money(&self) -> bool {
        const MONEY: [&str; 8] = ["dollar", "euro", "sterling", "yen", "yuan", "won", "rupee", "franc"];
        self.meanings.iter().any(|meaning| MONEY.contains(&meaning.as_str()))
    }

    /// Whether it counts things: then a letter after the number stands for zeros and not for another unit.
    pub fn is_counted(&self) -> bool {
        self.is_money() || self.meanings.iter().all(|meaning| meaning == "people")
    }
}

/// Whether the text is a known unit.
pub(super) fn is_known(text: &str) -> bool {
    text.len() <= MAX_UNIT_BYTES && !meanings(text.trim()).is_empty()
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '^')).collect()
}

/// The word without a plural "s"; not of "ms", which would become "m".
fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word)
}

/// "kg" for "kgs"; a single letter has no plural.
fn singular_sign(sign: &str) -> &str {
    sign.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(sign)
}

/// Every unit that the text may mean, in internal names; empty when none is known.
fn meanings(text: &str) -> Vec<String> {
    let short = match text.to_lowercase().as_str() {
        "mph" => Some("mi/h"),
        "kph" | "kmh" | "kmph" => Some("km/h"),
        "fps" => Some("ft/s"),
        "bps" => Some("b/s"),
        _ => None,
    };
    let text = short.map_or_else(|| text.replace(" per ", "/"), str::to_owned);
    let mut whole = vec![String::new()];
    for part in text.split('/') {
        let part = with_power(part.trim());
        whole = whole.iter().flat_map(|left| part.iter().map(move |part| format!("{left}/{part}"))).collect();
    }
    whole.iter_mut().for_each(|meaning| {
        meaning.remove(0);
    });
    whole
}

/// "m²", "square metres", "sq ft", "metres squared".
fn with_power(text: &str) -> Vec<String> {
    const BEFORE: [(&str, &str); 6] =
        [("square ", "2"), ("sq ", "2"), ("sq. ", "2"), ("cubic ", "3"), ("cu ", "3"), ("quadrat", "2")];
    const BEHIND: [(&str, &str); 6] =
        [(" squared", "2"), (" cubed", "3"), ("^2", "2"), ("^3", "3"), ("2", "2"), ("3", "3")];
    let lower = text.to_lowercase();
    let before = BEFORE.iter().find(|(word, _)| lower.starts_with(word));
    let behind = BEHIND.iter().find(|(word, _)| lower.ends_with(word));
    // Lower-casing may change the number of bytes, but not of these words.
    let (body, power) = match (before, behind) {
        (Some((word, power)), _) => (text.get(word.len()..), *power),
        (_, Some((word, power))) => {
            (text.len().checked_sub(word.len()).and_then(|end| text.get(..end)), *power)
        }
        _ => return simple(text),
    };
    body.map_or(Vec::new(), simple).into_iter().map(|meaning| format!("{meaning}^{power}")).collect()
}

fn simple(text: &str) -> Vec<String> {
    let text = text.replace('.', "");
    let text = text.trim();
    let word = text.to_lowercase();
    let words = [word.as_str(), singular(&word)];
    let mut found: Vec<String> = Vec::new();
    let mut add = |prefix: &str, name: &str| {
        let meaning = format!("{prefix}{name}");
        if !found.contains(&meaning) {
            found.push(meaning);
        }
    };
    for unit in &UNITS {
        let is_unit = |sign: &str| unit.symbols.contains(&sign);
        let is_word = |word: &str| unit.words.contains(&word);
        if is_unit(text) || is_unit(singular_sign(text)) || words.iter().any(|word| is_word(word)) {
            add("", unit.name);
        }
        for (sign, prefixes, prefix) in PREFIXES.iter().filter(|_| unit.is_metric) {
            let by_sign =
                [text, singular_sign(text)].iter().any(|text| text.strip_prefix(sign).is_some_and(is_unit));
            let by_word = prefixes
                .iter()
                .any(|prefix| words.iter().any(|word| word.strip_prefix(prefix).is_some_and(is_word)));
            if by_sign || by_word {
                add(prefix, unit.name);
            }
        }
    }
    found
}
