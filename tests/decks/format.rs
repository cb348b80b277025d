//! Every kind and form of answer in a deck file is parsed as documented, and the notation as the ron crate reads it.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil;
use linchpin::domain::cloze::Cloze;
use linchpin::domain::deck::Deck;
use linchpin::domain::grade::date::format_date;
use linchpin::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, Kind, NumberAnswer, OrderItem, Question,
    RecallAnswer, TypedAnswer, WrongOption,
};
use linchpin::formats::ron_deck::tree::{Node, StructBody, Value};
use linchpin::formats::ron_deck::{decode, parse, parse_tree, question_id_from_prompt};
use proptest::prelude::*;
use serde::Deserialize;

/// Parses a text that may have lints but no errors.
fn sound(text: &str) -> Deck {
    let parsed = parse(text);
    let errors: Vec<String> = parsed
        .diagnostics
        .iter()
        .filter(|d| d.severity == linchpin::domain::diagnostic::Severity::Error)
        .map(|d| format!("[{}] {d}", d.code))
        .collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    parsed.deck.expect("a deck without errors is there")
}

fn with_question(question: &str) -> Deck {
    sound(&format!(
        "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [{question}])"
    ))
}

fn answer(prompt: &str, answer: &str) -> Answer {
    let deck = with_question(&format!("(topic: \"t\", prompt: \"{prompt}\", answer: {answer})"));
    deck.questions[0].answer.clone()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn every_field_of_a_deck_is_parsed() {
    let deck = sound(
        r#"// A comment before.
Deck(
    format: 1,
    id: "rok-us",
    title: "The alliance",
    description: "What it is.",
    language: "ko",
    source: Source(
        title: "An article", author: "A. Author", publisher: "P", published: "2023-04-28", url: "https://example.org/",
        passages: { "p2": "Second first", "p1": "Then the first" },
    ),
    topics: { "war": "The war", "peace": "The peace" },
    questions: [
        (
            id: "when", topic: "war", prompt: "When?", answer: Number(1950),
            hint: "H", explain: "E", cite: ["p1", "p2"], tags: ["year"], image: "map.png",
            typed: ["fifty"], formerly: ["old/when"],
        ),
        (topic: "peace", prompt: "Who?", answer: Recall("X"), hint: None, explain: Some("E"), cite: ["p2"]),
    ],
)
"#,
    );
    assert_eq!(
        (&*deck.id, deck.title.as_str(), deck.language.as_deref()),
        ("rok-us", "The alliance", Some("ko"))
    );
    assert_eq!(deck.description.as_deref(), Some("What it is."));
    let source = deck.source.as_ref().expect("a source");
    assert_eq!((source.title.as_str(), source.author.as_deref()), ("An article", Some("A. Author")));
    assert_eq!((source.publisher.as_deref(), source.year()), (Some("P"), Some("2023")));
    assert_eq!(source.url.as_deref(), Some("https://example.org/"));
    assert_eq!(source.passages.keys().collect::<Vec<_>>(), ["p2", "p1"], "the author's order");
    assert_eq!(deck.topics.values().collect::<Vec<_>>(), ["The war", "The peace"]);
    let when = Question {
        id: "when".into(),
        id_is_written: true,
        topic: "war".to_owned(),
        prompt: "When?".to_owned(),
        answer: Answer::Number(NumberAnswer { value: 1950.0, within: 0.0, unit: None }),
        hint: Some("H".to_owned()),
        explain: Some("E".to_owned()),
        cite: strings(&["p1", "p2"]),
        tags: strings(&["year"]),
        image: Some("map.png".to_owned()),
        typed: strings(&["fifty"]),
        formerly: strings(&["old/when"]),
        confusable: Vec::new(),
    };
    assert_eq!(*deck.questions[0], when);
    let who = &deck.questions[1];
    assert_eq!((who.id_is_written, deck.spans[0].line, deck.spans[1].line), (false, 14, 19));
    assert_eq!(&*who.id, question_id_from_prompt("Who?"));
    assert_eq!((who.hint.as_deref(), who.explain.as_deref()), (None, Some("E")));
}

#[test]
fn only_a_few_fields_are_required() {
    let deck = sound(
        "(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [(topic: \"t\", prompt: \"P\", answer: Bool(true))])",
    );
    assert_eq!(
        (deck.language.as_deref(), deck.source.is_none(), deck.description.is_none()),
        (None, true, true)
    );
    let attributes =
        "#![enable(implicit_some)]\n#![enable(unwrap_newtypes, unwrap_variant_newtypes)]\n#![type = \"x\"]\n";
    sound(&format!(
        "{attributes}Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [Question(topic: \"t\", prompt: \"P\", answer: Bool(true))])\n// end"
    ));
}

#[test]
fn recall_answers_are_parsed() {
    let short = Answer::Recall(RecallAnswer { back: "x".to_owned(), reverse: false, reverse_prompt: None });
    assert_eq!(answer("P", "Recall(\"x\")"), short);
    assert_eq!(answer("P", "Recall(back: \"x\")"), short);
    assert_eq!(
        answer("P", "Recall(back: \"x\", reverse: true, reverse_prompt: \"y\")"),
        Answer::Recall(RecallAnswer {
            back: "x".to_owned(),
            reverse: true,
            reverse_prompt: Some("y".to_owned())
        })
    );
}

#[test]
fn typed_answers_are_parsed() {
    let typed = |accepted: &[&str]| {
        Answer::Typed(TypedAnswer {
            accepted: strings(accepted),
            strict: false,
            reading: None,
            readings: Default::default(),
            also_reverse: Vec::new(),
        })
    };
    assert_eq!(answer("P", "Typed(\"a\")"), typed(&["a"]));
    assert_eq!(answer("P", "Typed([\"a\", \"b\",])"), typed(&["a", "b"]));
    assert_eq!(answer("P", "Typed(accepted: [\"a\"])"), typed(&["a"]));
    assert_eq!(
        answer(
            "P",
            "Typed(accepted: [\"동맹\"], strict: true, reading: \"dongmaeng\", also_reverse: [\"alliance\"])"
        ),
        Answer::Typed(TypedAnswer {
            accepted: strings(&["동맹"]),
            strict: true,
            reading: Some("dongmaeng".to_owned()),
            readings: Default::default(),
            also_reverse: strings(&["alliance"]),
        })
    );
}

#[test]
fn readings_are_parsed_in_pairs_with_their_words() {
    let read = |text: &str| answer("P", text);
    let pairs = read("Typed([(\"동맹\", \"dongmaeng\"), (\"맹방\", \"maengbang\"), \"연합\"])");
    let of = |answer: &Answer, word: &str| answer.reading_of(word).map(str::to_owned);
    assert_eq!(of(&pairs, "동맹").as_deref(), Some("dongmaeng"));
    assert_eq!(of(&pairs, "맹방").as_deref(), Some("maengbang"));
    assert_eq!((of(&pairs, "연합"), of(&pairs, "alliance")), (None, None));
    // The reading of the first word may be in a field of its own.
    let field = "Typed(accepted: [\"동맹\", (\"맹방\", \"maengbang\"), \"연합\"], reading: \"dongmaeng\")";
    assert_eq!(read(field), pairs);
    let both = "Typed(accepted: [(\"동맹\", \"dongmaeng\")], reading: \"dongmaeng\", also_reverse: [(\"alliance\", \"əˈlaɪəns\")])";
    let both = read(both);
    assert_eq!(of(&both, "alliance").as_deref(), Some("əˈlaɪəns"));
    assert_eq!(of(&both, "동맹").as_deref(), Some("dongmaeng"));
    assert_eq!(of(&read("Typed([(\"a\", \"\"), (\"b\")])"), "a"), None);
    assert_eq!(of(&read("Bool(true)"), "a"), None);
}

#[test]
fn confusable_words_are_parsed() {
    let deck = with_question(
        "(topic: \"t\", prompt: \"P\", answer: Typed([\"afferent\"]), confusable: [\"efferent\", (\"deferent\", \"A duct.\")])",
    );
    let words: Vec<(&str, Option<&str>)> =
        deck.questions[0].confusable.iter().map(|word| (word.text.as_str(), word.why.as_deref())).collect();
    assert_eq!(words, [("efferent", None), ("deferent", Some("A duct."))]);
}

#[test]
fn number_answers_are_parsed() {
    let number = |value| Answer::Number(NumberAnswer { value, within: 0.0, unit: None });
    for (text, value) in [
        ("1953", 1953.0),
        ("-2.5", -2.5),
        ("+3", 3.0),
        ("10_000", 1e4),
        ("1e-3", 0.001),
        ("2.5E3", 2500.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("0xff", 255.0),
        ("-0b101", -5.0),
        ("0o17", 15.0),
        ("7u8", 7.0),
        ("7.5f64", 7.5),
        ("1_0.2_5", 10.25),
    ] {
        assert_eq!(answer("P", &format!("Number({text})")), number(value), "{text}");
    }
    assert_eq!(
        answer("P", "Number(value: 1953, within: 2, unit: \"years\")"),
        Answer::Number(NumberAnswer { value: 1953.0, within: 2.0, unit: Some("years".to_owned()) })
    );
}

#[test]
fn date_and_bool_answers_are_parsed() {
    let date = |within_days| Answer::Date(DateAnswer { value: civil::date(2023, 4, 26), within_days });
    assert_eq!(answer("P", "Date(\"2023-04-26\")"), date(0));
    assert_eq!(answer("P", "Date(value: \"2023-04-26\", within_days: 1)"), date(1));
    for (text, day, shown) in [
        ("-0043-03-15", civil::date(-43, 3, 15), "15 March 44 BC"),
        ("0000-01-01", civil::date(0, 1, 1), "1 January 1 BC"),
        ("-000043-03-15", civil::date(-43, 3, 15), "15 March 44 BC"),
        ("0079-08-24", civil::date(79, 8, 24), "24 August 79 AD"),
        ("+1953-07-27", civil::date(1953, 7, 27), "27 July 1953"),
    ] {
        let read = answer("P", &format!("Date(\"{text}\")"));
        assert_eq!(read, Answer::Date(DateAnswer { value: day, within_days: 0 }), "{text}");
        assert_eq!(format_date(day), shown);
    }
    assert_eq!(answer("P", "Bool(true)"), Answer::Bool(true));
    assert_eq!(answer("P", "Bool(false)"), Answer::Bool(false));
}

#[test]
fn choice_and_choices_answers_are_parsed() {
    let wrong = vec![
        WrongOption { text: "b".to_owned(), why: None },
        WrongOption { text: "c".to_owned(), why: Some("because".to_owned()) },
    ];
    assert_eq!(
        answer("P", "Choice(right: \"a\", wrong: [\"b\", (\"c\", \"because\")])"),
        Answer::Choice(ChoiceAnswer { right: "a".to_owned(), wrong: wrong.clone() })
    );
    assert_eq!(
        answer("P", "Choices(right: [\"a\", \"A\"], wrong: [\"b\", (\"c\", \"because\")])"),
        Answer::Choices(ChoicesAnswer { right: strings(&["a", "A"]), wrong })
    );
}

#[test]
fn cloze_answers_are_parsed() {
    let prompt = r"The {{treaty::T…}} of {{year:1953}}, at {{10\\:30}}";
    let expected = Cloze::parse(r"The {{treaty::T…}} of {{year:1953}}, at {{10\:30}}").expect("a cloze");
    assert_eq!(answer(prompt, "Cloze"), Answer::Cloze(expected.clone()));
    assert_eq!(answer(prompt, "Cloze()"), Answer::Cloze(expected.clone()));
    assert_eq!(answer(prompt, "Cloze(any_order: false)"), Answer::Cloze(expected.clone()));
    let any_order = Cloze { any_order: true, ..expected };
    assert_eq!(answer(prompt, "Cloze(any_order: true)"), Answer::Cloze(any_order));
}

#[test]
fn order_match_and_sort_answers_are_parsed() {
    let item =
        |text: &str, note: Option<&str>| OrderItem { text: text.to_owned(), note: note.map(str::to_owned) };
    assert_eq!(
        answer("P", "Order([\"a\", (\"b\", \"1953\")])"),
        Answer::Order(vec![item("a", None), item("b", Some("1953"))])
    );
    assert_eq!(
        answer("P", "Match([(\"l\", \"r\"), (\"m\", \"s\")])"),
        Answer::Match(vec![("l".to_owned(), "r".to_owned()), ("m".to_owned(), "s".to_owned())])
    );
    assert_eq!(
        answer("P", "Sort({\"z\": [\"1\", \"2\"], \"a\": []})"),
        Answer::Sort(vec![
            Bin { name: "z".to_owned(), items: strings(&["1", "2"]) },
            Bin { name: "a".to_owned(), items: Vec::new() },
        ])
    );
}

#[test]
fn every_kind_is_parsed() {
    let samples = [
        "Recall(\"a\")",
        "Typed(\"a\")",
        "Number(1)",
        "Date(\"2023-04-26\")",
        "Bool(true)",
        "Choice(right: \"a\", wrong: [\"b\"])",
        "Choices(right: [\"a\"], wrong: [\"b\"])",
        "Cloze",
        "Order([\"a\", \"b\"])",
        "Match([(\"a\", \"b\"), (\"c\", \"d\")])",
        "Sort({\"a\": [\"b\"], \"c\": [\"d\"]})",
    ];
    let kinds: HashSet<Kind> = samples.iter().map(|sample| answer("{{a}}", sample).kind()).collect();
    assert_eq!(kinds, HashSet::from(Kind::ALL));
}

#[test]
fn the_id_of_a_question_without_one_never_changes() {
    // Progress is stored under these ids: a change here needs a migration.
    assert_eq!(question_id_from_prompt("In which year did the Korean War begin?"), "q39-0346d29a7d20058e");
    assert_eq!(question_id_from_prompt("동맹"), "q6-365b7fe38561febb");
    let same =
        |a: &str, b: &str| assert_eq!(question_id_from_prompt(a), question_id_from_prompt(b), "{a} / {b}");
    same("Who?", "  Who?\n");
    same("Who is\tit?", "Who\n    is it?");
    same("caf\u{e9}", "cafe\u{301}");
    same("The {{treaty}} of {{a:1953::year}}", "The {{alliance|pact}} of {{1954}}");
    assert_ne!(question_id_from_prompt("Who?"), question_id_from_prompt("who?"));
    assert_ne!(question_id_from_prompt("a b"), question_id_from_prompt("ab"));
    let id = question_id_from_prompt("a/b c");
    assert!(!id.contains(['/', ' ']), "{id}");
}

#[test]
fn an_edit_of_anything_but_the_prompt_keeps_the_id() {
    let id = |question: &str| -> Arc<str> { with_question(question).questions[0].id.clone() };
    assert_eq!(
        id("(topic: \"t\", prompt: \"P?\", answer: Recall(\"x\"))"),
        id("(prompt: \"P?\", topic: \"t\", answer: Bool(true), explain: \"E\", hint: \"H\")")
    );
}

#[test]
fn every_common_encoding_is_decoded() {
    let text = "Deck(title: \"동맹 😀\")";
    let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect()
    };
    assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
    assert_eq!(decode(format!("\u{FEFF}{text}").as_bytes()).as_deref(), Ok(text));
    assert_eq!(decode(&utf16([0xFF, 0xFE], u16::to_le_bytes)).as_deref(), Ok(text));
    assert_eq!(decode(&utf16([0xFE, 0xFF], u16::to_be_bytes)).as_deref(), Ok(text));
    assert_eq!(decode(b"").as_deref(), Ok(""));
}

// ------------------------------------------------------------------ compared with ron

/// A value that ron deserializes through serde.
#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Mirror {
    text: String,
    maybe: Option<String>,
    words: Vec<String>,
    table: IndexMap<String, i64>,
    flag: bool,
    number: f64,
    letter: char,
    pair: (String, u8),
    children: Vec<Mirror>,
}

fn mirror() -> impl Strategy<Value = Mirror> {
    let text = || {
        prop_oneof![
            "[ -~]{0,12}",
            "\\PC{0,8}",
            proptest::collection::vec(
                proptest::sample::select(vec![
                    '"', '\\', '\n', '\t', '\0', '#', '/', '*', '(', ']', ',', '가', '😀', 'é', 'r'
                ]),
                0..10
            )
            .prop_map(|chars| chars.into_iter().collect::<String>()),
        ]
    };
    let leaf = (
        text(),
        proptest::option::of(text()),
        proptest::collection::vec(text(), 0..3),
        proptest::collection::vec((text(), any::<i32>()), 0..3),
        any::<bool>(),
        prop_oneof![any::<i32>().prop_map(f64::from), -1e9..1e9_f64],
        any::<char>(),
        (text(), any::<u8>()),
    )
        .prop_map(|(text, maybe, words, table, flag, number, letter, pair)| Mirror {
            text,
            maybe,
            words,
            table: table.into_iter().map(|(key, value)| (key, i64::from(value))).collect(),
            flag,
            number,
            letter,
            pair,
            children: Vec::new(),
        });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), proptest::collection::vec(inner, 0..3))
            .prop_map(|(node, children)| Mirror { children, ..node })
    })
}

/// Writes a value in one of the many ways allowed by the notation, chosen by a pseudo-random state.
struct Writer {
    out: String,
    state: u64,
}

impl Writer {
    fn pick(&mut self, of: u64) -> u64 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % of
    }

    fn space(&mut self) {
        const SPACES: [&str; 8] = [
            "",
            " ",
            "\n    ",
            "\t",
            " // it's a \"comment\" (\n",
            "/* a /* nested */ \" one */",
            "\r\n",
            "",
        ];
        let at = self.pick(SPACES.len() as u64) as usize;
        self.out.push_str(SPACES[at]);
    }

    fn mark(&mut self, mark: &str) {
        self.space();
        self.out.push_str(mark);
        self.space();
    }

    fn text(&mut self, text: &str) {
        let raw = !text.contains("\"#") && !text.ends_with('"') && self.pick(4) == 0;
        if raw {
            self.out.push_str(&format!("r##\"{text}\"##"));
            return;
        }
        self.out.push('"');
        for c in text.chars() {
            match (c, self.pick(6)) {
                ('\n', 0..3) => self.out.push_str("\\n"),
                ('\t', 0..3) => self.out.push_str("\\t"),
                ('\0', _) => self.out.push_str("\\0"),
                ('"' | '\\', 0..4) => self.out.extend(['\\', c]),
                (_, 0) | ('"' | '\\', _) => self.out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                (_, 1) => {
                    let mut bytes = [0; 4];
                    for byte in c.encode_utf8(&mut bytes).bytes() {
                        self.out.push_str(&format!("\\x{byte:02X}"));
                    }
                }
                // A continued line: the break and the white space after it do not count.
                (_, 2) if !c.is_whitespace() => {
                    self.out.push_str("\\\n   ");
                    self.out.push(c);
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn entries<T>(
        &mut self,
        open: &str,
        close: &str,
        entries: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.mark(open);
        let mut first = true;
        for entry in entries {
            if !first {
                self.mark(",");
            }
            first = false;
            write(self, entry);
        }
        if !first && self.pick(2) == 0 {
            self.mark(",");
        }
        self.mark(close);
    }

    fn field(&mut self, name: &str) {
        self.out.push_str(name);
        self.mark(":");
    }

    fn mirror(&mut self, value: &Mirror) {
        if self.pick(2) == 0 {
            self.out.push_str("Mirror");
        }
        self.mark("(");
        self.field("text");
        self.text(&value.text);
        self.mark(",");
        self.field("maybe");
        match &value.maybe {
            None => self.out.push_str("None"),
            Some(text) if self.pick(2) == 0 => {
                self.out.push_str("Some");
                self.mark("(");
                self.text(text);
                self.mark(")");
            }
            Some(text) => self.text(text),
        }
        self.mark(",");
        self.field("words");
        self.entries("[", "]", &value.words, |writer, word| writer.text(word));
        self.mark(",");
        self.field("table");
        self.entries("{", "}", &value.table, |writer, (key, number)| {
            writer.text(key);
            writer.mark(":");
            writer.out.push_str(&number.to_string());
        });
        self.mark(",");
        self.out.push_str(&format!("flag: {}, number: {:?}, letter: ", value.flag, value.number));
        match value.letter {
            '\'' | '\\' => self.out.push_str(&format!("'\\{}'", value.letter)),
            '\n' => self.out.push_str("'\\n'"),
            letter => self.out.push_str(&format!("'{letter}'")),
        }
        self.mark(",");
        self.field("pair");
        self.mark("(");
        self.text(&value.pair.0);
        self.out.push_str(&format!(", {:#x}", value.pair.1));
        self.mark(")");
        self.mark(",");
        self.field("children");
        self.entries("[", "]", &value.children, Self::mirror);
        self.mark(")");
    }
}

fn text_of(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn mirror_of(node: &Node<'_>) -> Option<Mirror> {
    let Value::Struct(None | Some("Mirror"), StructBody::Fields(fields)) = &node.value else { return None };
    let field = |name: &str| fields.iter().find(|field| field.name == name).map(|field| &field.value);
    let list = |name: &str| match &field(name)?.value {
        Value::List(items) => Some(items),
        _ => None,
    };
    let Value::Map(table) = &field("table")?.value else { return None };
    let Value::Struct(None, StructBody::Items(pair)) = &field("pair")?.value else { return None };
    let Value::Bool(flag) = field("flag")?.value else { return None };
    let Value::Number(number) = field("number")?.value else { return None };
    let Value::Char(letter) = field("letter")?.value else { return None };
    let number_of = |node: &Node<'_>| match node.value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    Some(Mirror {
        text: text_of(field("text")?)?,
        maybe: match &field("maybe")?.value {
            Value::Name("None") => None,
            _ => Some(text_of(field("maybe")?)?),
        },
        words: list("words")?.iter().map(text_of).collect::<Option<_>>()?,
        table: table
            .iter()
            .map(|(key, value)| Some((text_of(key)?, number_of(value)? as i64)))
            .collect::<Option<_>>()?,
        flag,
        number,
        letter,
        pair: (text_of(pair.first()?)?, number_of(pair.get(1)?)? as u8),
        children: list("children")?.iter().map(mirror_of).collect::<Option<_>>()?,
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_value_that_ron_reads_parses_to_the_same_value(value in mirror(), style in any::<u64>()) {
        let mut writer = Writer { out: String::new(), state: style };
        writer.mirror(&value);
        let text = writer.out;
        use ron::extensions::Extensions;
        let extensions =
            Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES | Extensions::UNWRAP_VARIANT_NEWTYPES;
        let from_ron = ron::Options::default().with_default_extension(extensions).from_str::<Mirror>(&text);
        let tree = parse_tree(&text);
        prop_assert_eq!(from_ron.as_ref().ok(), Some(&value), "ron: {:?} in {}", from_ron.as_ref().err(), &text);
        prop_assert!(tree.diagnostics.is_empty(), "{:?} in {}", tree.diagnostics, &text);
        prop_assert_eq!(tree.root.as_ref().and_then(mirror_of), Some(value), "ours: {}", &text);
    }
}
