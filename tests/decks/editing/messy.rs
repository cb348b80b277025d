//! Decks as people write them: any kind of question in any layout, with comments where comments may stand.

use indexmap::IndexMap;
use linchpin::domain::cloze::Cloze;
use linchpin::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, NumberAnswer, OrderItem, Question, RecallAnswer,
    TypedAnswer, WrongOption,
};
use linchpin::formats::ron_deck::write_date;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Topics of every deck, and one that no question needs.
pub const TOPICS: [&str; 4] = ["t0", "t1", "주제", "unused"];
/// Passages of every deck.
pub const PASSAGES: [&str; 3] = ["p0", "p1", "절"];

const WORDS: [&str; 14] = [
    "alliance",
    "동맹",
    "a \"quotation\"",
    "back\\slash",
    "two\nlines",
    "a\ttab",
    "// no comment",
    "/* nor this */",
    "x (y) [z] {w}",
    "year: 1953, or so",
    "😀 — “curly”",
    "topic: \"t0\"),",
    "한미상호방위조약",
    "a long sentence that goes on and on, so that no line of a hundred characters would ever hold it all",
];

/// Questions and texts, each differing from all made before.
pub struct DeckGenerator {
    pub rng: ChaCha8Rng,
    made: usize,
}

impl DeckGenerator {
    pub fn new(seed: u64) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(seed), made: 0 }
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end.max(1))
    }

    /// A text unlike any other made before.
    pub fn text(&mut self) -> String {
        self.made += 1;
        let word = WORDS.choose(&mut self.rng).copied().unwrap_or("");
        format!("{word} {}", self.made)
    }

    fn maybe(&mut self) -> Option<String> {
        self.chance(30).then(|| self.text())
    }

    fn texts(&mut self, least: usize, most: usize) -> Vec<String> {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| self.text()).collect()
    }

    fn some_of(&mut self, keys: &[&str]) -> Vec<String> {
        keys.iter().filter(|_| self.rng.random_bool(0.3)).map(|key| (*key).to_owned()).collect()
    }

    /// Any valid question.
    pub fn question(&mut self) -> Question {
        let answer = self.answer();
        let prompt = match &answer {
            Answer::Cloze(_) => {
                let (before, gap, hint) = (self.text(), self.made + 1_000, self.maybe());
                let hint = hint.map_or(String::new(), |_| "::a hint".to_owned());
                let group = if self.chance(30) { "g:" } else { "" };
                format!("{before} {{{{{group}{gap}|also{hint}}}}} and {{{{갭}}}}")
            }
            _ => self.text(),
        };
        let answer = match answer {
            Answer::Cloze(cloze) => {
                Answer::Cloze(Cloze { any_order: cloze.any_order, ..Cloze::parse(&prompt).expect("a cloze") })
            }
            answer => answer,
        };
        let typed = matches!(answer, Answer::Choice { .. }) && self.chance(30);
        let mut question = Question {
            id: "".into(),
            id_is_written: self.chance(60),
            topic: TOPICS[self.below(3)].to_owned(),
            prompt,
            answer,
            hint: self.maybe(),
            explain: self.maybe(),
            cite: self.some_of(&PASSAGES),
            tags: self.some_of(&["year", "name", "쉬움"]),
            image: self.chance(10).then(|| "map.png".to_owned()),
            typed: if typed { self.texts(1, 2) } else { Vec::new() },
            formerly: self.some_of(&["old/one", "old/둘"]),
            confusable: if self.chance(20) { self.options() } else { Vec::new() },
        };
        self.give_id(&mut question);
        question
    }

    /// The id that a question has when it is read back.
    pub fn give_id(&mut self, question: &mut Question) {
        question.id = if question.id_is_written {
            self.made += 1;
            format!("id-{}", self.made).into()
        } else {
            linchpin::formats::ron_deck::question_id_from_prompt(&question.prompt).into()
        };
    }

    fn options(&mut self) -> Vec<WrongOption> {
        let count = 1 + self.below(4);
        (0..count).map(|_| WrongOption { text: self.text(), why: self.maybe() }).collect()
    }

    fn answer(&mut self) -> Answer {
        match self.below(11) {
            0 => {
                let reverse = self.chance(50);
                let reverse_prompt = if reverse { self.maybe() } else { None };
                Answer::Recall(RecallAnswer { back: self.text(), reverse, reverse_prompt })
            }
            1 => {
                let accepted = self.texts(1, 3);
                let also_reverse = if self.chance(30) { self.texts(1, 2) } else { Vec::new() };
                let mut readings = IndexMap::new();
                for word in accepted.iter().skip(1).chain(&also_reverse) {
                    readings.extend(self.maybe().map(|reading| (word.clone(), reading)));
                }
                Answer::Typed(TypedAnswer {
                    accepted,
                    strict: self.chance(30),
                    reading: self.maybe(),
                    readings,
                    also_reverse,
                })
            }
            2 => Answer::Number(NumberAnswer {
                value: [1953.0, -2.5, 0.0, 1e15, 0.125][self.below(5)],
                within: [0.0, 0.0, 2.0, 0.5][self.below(4)],
                unit: self.maybe(),
            }),
            3 => Answer::Date(DateAnswer {
                value: jiff::civil::date([2023, 79, -43][self.below(3)], 4, 1 + self.below(28) as i8),
                within_days: [0, 0, 3][self.below(3)],
            }),
            4 => Answer::Bool(self.chance(50)),
            5 => Answer::Choice(ChoiceAnswer { right: self.text(), wrong: self.options() }),
            6 => Answer::Choices(ChoicesAnswer { right: self.texts(1, 3), wrong: self.options() }),
            7 => {
                Answer::Cloze(Cloze { any_order: self.chance(30), ..Cloze::parse("{{a}}").expect("a cloze") })
            }
            8 => {
                let texts = self.texts(2, 5);
                Answer::Order(texts.into_iter().map(|text| OrderItem { text, note: self.maybe() }).collect())
            }
            9 => {
                let texts = self.texts(2, 4);
                Answer::Match(texts.into_iter().map(|text| (text, self.text())).collect())
            }
            _ => {
                let names = self.texts(2, 3);
                Answer::Sort(names.into_iter().map(|name| Bin { name, items: self.texts(1, 3) }).collect())
            }
        }
    }

    /// A deck file with some questions.
    pub fn deck(&mut self) -> String {
        let count = 1 + self.below(5);
        let questions: Vec<Question> = (0..count).map(|_| self.question()).collect();
        self.deck_of(&questions)
    }

    /// A deck file with these questions.
    pub fn deck_of(&mut self, questions: &[Question]) -> String {
        let style = [Style::Lines, Style::Lines, Style::OneLine, Style::Wild][self.below(4)];
        let step = ["    ", "  ", "\t"][self.below(3)].to_owned();
        let crlf = self.chance(30);
        let mut writer = DeckWriter { generator: self, out: String::new(), style, depth: 0, step, notes: 0 };
        writer.deck(questions);
        let out = writer.out;
        if crlf { out.replace('\n', "\r\n") } else { out }
    }
}

/// How a part is laid out.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// An entry a line.
    Lines,
    /// All on one line.
    OneLine,
    /// With white space and comments at random.
    Wild,
}

struct DeckWriter<'m> {
    generator: &'m mut DeckGenerator,
    out: String,
    style: Style,
    depth: usize,
    step: String,
    notes: usize,
}

impl DeckWriter<'_> {
    fn note(&mut self) -> String {
        self.notes += 1;
        format!("note-{};", self.notes)
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.step.repeat(self.depth));
    }

    /// Between two tokens.
    fn gap(&mut self) {
        match self.style {
            Style::Lines | Style::OneLine => {}
            Style::Wild => match self.generator.below(12) {
                0 => {
                    let note = self.note();
                    self.out.push_str(&format!(" // {note}"));
                    self.newline();
                }
                1 => {
                    let note = self.note();
                    self.out.push_str(&format!("/* {note} */"));
                }
                2 => self.newline(),
                3 => self.out.push('\t'),
                _ => {}
            },
        }
    }

    /// Entries between brackets.
    fn entries(&mut self, open: &str, close: &str, count: usize, mut entry: impl FnMut(&mut Self, usize)) {
        self.out.push_str(open);
        self.depth += 1;
        let broken = self.style == Style::Lines && (self.depth < 4 || self.generator.chance(40));
        let trailing = self.generator.chance(if broken { 90 } else { 20 });
        for at in 0..count {
            if broken {
                if self.generator.chance(15) {
                    let note = self.note();
                    self.newline();
                    if self.generator.chance(30) {
                        self.out.push('\n');
                    }
                    self.out.push_str(&format!("// {note}"));
                }
                self.newline();
            } else if at > 0 && self.style == Style::OneLine {
                self.out.push(' ');
            }
            self.gap();
            entry(self, at);
            self.gap();
            if at + 1 < count || trailing {
                self.out.push(',');
                if broken && self.generator.chance(10) {
                    let note = self.note();
                    self.out.push_str(&format!(" // {note}"));
                }
            }
            self.gap();
        }
        self.depth -= 1;
        if broken {
            self.newline();
        }
        self.gap();
        self.out.push_str(close);
    }

    fn text(&mut self, text: &str) {
        if self.generator.chance(15) && !text.contains(['\n', '\r']) && !text.contains("\"##") {
            self.out.push_str(&format!("r##\"{text}\"##"));
            return;
        }
        self.out.push('"');
        for c in text.chars() {
            match c {
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '"' | '\\' => self.out.extend(['\\', c]),
                c if !c.is_ascii() && self.generator.chance(5) => {
                    self.out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn list(&mut self, texts: &[String]) {
        self.entries("[", "]", texts.len(), |writer, at| writer.text(&texts[at]));
    }

    fn noted(&mut self, text: &str, note: Option<&String>) {
        match note {
            Some(note) => {
                self.entries("(", ")", 2, |writer, at| writer.text(if at == 0 { text } else { note }));
            }
            None => self.text(text),
        }
    }

    fn fields(&mut self, open: &str, mut fields: Vec<(&str, Value<'_>)>) {
        fields.retain(|(name, value)| *name == "value" || !value.is_default() || self.generator.chance(10));
        if self.generator.chance(20) {
            fields.shuffle(&mut self.generator.rng);
        }
        self.entries(open, ")", fields.len(), |writer, at| {
            let (name, value) = &fields[at];
            writer.out.push_str(name);
            writer.gap();
            writer.out.push_str(": ");
            writer.value(value);
        });
    }

    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Text(text) if self.generator.chance(3) => {
                self.out.push_str("Some(");
                self.text(text);
                self.out.push(')');
            }
            Value::Text(text) => self.text(text),
            Value::Maybe(Some(text)) => self.text(text),
            Value::Maybe(None) => self.out.push_str("None"),
            Value::Texts(texts) => self.list(texts),
            Value::WithReadings(words) => {
                self.entries("[", "]", words.len(), |writer, at| {
                    writer.noted(&words[at].0, words[at].1.as_ref())
                });
            }
            Value::Word(word) => self.out.push_str(word),
            Value::Flag(flag) => self.out.push_str(&flag.to_string()),
            Value::Options(options) => self.entries("[", "]", options.len(), |writer, at| {
                writer.noted(&options[at].text, options[at].why.as_ref());
            }),
            Value::Answer(answer) => self.answer(answer),
        }
    }

    fn answer(&mut self, answer: &Answer) {
        let short = self.generator.chance(70);
        match answer {
            Answer::Recall(RecallAnswer { back, reverse: false, reverse_prompt: None }) if short => {
                self.entries("Recall(", ")", 1, |writer, _| writer.text(back));
            }
            Answer::Recall(RecallAnswer { back, reverse, reverse_prompt }) => self.fields(
                "Recall(",
                vec![
                    ("back", Value::Text(back)),
                    ("reverse", Value::Flag(*reverse)),
                    ("reverse_prompt", Value::Maybe(reverse_prompt.as_ref())),
                ],
            ),
            Answer::Typed(TypedAnswer { accepted, strict: false, reading: None, readings, also_reverse })
                if short && also_reverse.is_empty() =>
            {
                match accepted.as_slice() {
                    [one] if self.generator.chance(30) => {
                        self.entries("Typed(", ")", 1, |writer, _| writer.text(one))
                    }
                    _ => self.entries("Typed(", ")", 1, |writer, _| {
                        writer.entries("[", "]", accepted.len(), |writer, at| {
                            writer.noted(&accepted[at], readings.get(&accepted[at]));
                        });
                    }),
                }
            }
            Answer::Typed(TypedAnswer { accepted, strict, reading, readings, also_reverse }) => {
                // The first reading is in its own field or in a pair with its word.
                let in_pair = self.generator.chance(50);
                let with_readings = |words: &'_ [String], first: Option<&'_ String>| -> Vec<_> {
                    let reading = |(at, word): (usize, &String)| match at {
                        0 if first.is_some() => first.cloned(),
                        _ => readings.get(word).cloned(),
                    };
                    words.iter().cloned().zip(words.iter().enumerate().map(reading)).collect()
                };
                let accepted = with_readings(accepted, reading.as_ref().filter(|_| in_pair));
                let also_reverse = with_readings(also_reverse, None);
                self.fields(
                    "Typed(",
                    vec![
                        ("accepted", Value::WithReadings(&accepted)),
                        ("strict", Value::Flag(*strict)),
                        ("reading", Value::Maybe(reading.as_ref().filter(|_| !in_pair))),
                        ("also_reverse", Value::WithReadings(&also_reverse)),
                    ],
                )
            }
            Answer::Number(NumberAnswer { value, within: 0.0, unit: None }) if short => {
                self.out.push_str(&format!("Number({value})"));
            }
            Answer::Number(NumberAnswer { value, within, unit }) => self.fields(
                "Number(",
                vec![
                    ("value", Value::Word(value.to_string())),
                    ("within", Value::Word(within.to_string())),
                    ("unit", Value::Maybe(unit.as_ref())),
                ],
            ),
            Answer::Date(DateAnswer { value, within_days: 0 }) if short => {
                self.out.push_str(&format!("Date(\"{}\")", write_date(*value)));
            }
            Answer::Date(DateAnswer { value, within_days }) => self.fields(
                "Date(",
                vec![
                    ("value", Value::Word(format!("\"{}\"", write_date(*value)))),
                    ("within_days", Value::Word(within_days.to_string())),
                ],
            ),
            Answer::Bool(value) => self.out.push_str(&format!("Bool({value})")),
            Answer::Choice(ChoiceAnswer { right, wrong }) => {
                self.fields("Choice(", vec![("right", Value::Text(right)), ("wrong", Value::Options(wrong))]);
            }
            Answer::Choices(ChoicesAnswer { right, wrong }) => {
                self.fields(
                    "Choices(",
                    vec![("right", Value::Texts(right)), ("wrong", Value::Options(wrong))],
                );
            }
            Answer::Cloze(cloze) => self.out.push_str(match (cloze.any_order, short) {
                (true, _) => "Cloze(any_order: true)",
                (false, true) => "Cloze",
                (false, false) => "Cloze()",
            }),
            Answer::Order(items) => self.entries("Order(", ")", 1, |writer, _| {
                writer.entries("[", "]", items.len(), |writer, at| {
                    writer.noted(&items[at].text, items[at].note.as_ref())
                });
            }),
            Answer::Match(pairs) => self.entries("Match(", ")", 1, |writer, _| {
                writer.entries("[", "]", pairs.len(), |writer, at| {
                    writer.noted(&pairs[at].0, Some(&pairs[at].1))
                });
            }),
            Answer::Sort(bins) => self.entries("Sort(", ")", 1, |writer, _| {
                writer.entries("{", "}", bins.len(), |writer, at| {
                    writer.text(&bins[at].name);
                    writer.gap();
                    writer.out.push(':');
                    writer.list(&bins[at].items);
                });
            }),
        }
    }

    fn question(&mut self, question: &Question) {
        let outer = self.style;
        if self.style == Style::Lines && self.generator.chance(30) {
            self.style = Style::OneLine;
        }
        let id = question.id.to_string();
        let open = if self.generator.chance(5) { "Question(" } else { "(" };
        self.fields(
            open,
            vec![
                ("id", Value::Maybe(question.id_is_written.then_some(&id))),
                ("topic", Value::Text(&question.topic)),
                ("prompt", Value::Text(&question.prompt)),
                ("answer", Value::Answer(&question.answer)),
                ("hint", Value::Maybe(question.hint.as_ref())),
                ("explain", Value::Maybe(question.explain.as_ref())),
                ("cite", Value::Texts(&question.cite)),
                ("tags", Value::Texts(&question.tags)),
                ("image", Value::Maybe(question.image.as_ref())),
                ("typed", Value::Texts(&question.typed)),
                ("formerly", Value::Texts(&question.formerly)),
                ("confusable", Value::Options(&question.confusable)),
            ],
        );
        self.style = outer;
    }

    fn table(&mut self, keys: &[&str]) {
        self.entries("{", "}", keys.len(), |writer, at| {
            writer.text(keys[at]);
            writer.out.push_str(": ");
            writer.text(&format!("Name of {}", keys[at]));
        });
    }

    fn deck(&mut self, questions: &[Question]) {
        if self.generator.chance(30) {
            self.out.push_str("// A deck.\n");
        }
        let mut fields = ["format", "id", "title", "source", "topics", "questions"];
        if self.generator.chance(20) {
            fields.shuffle(&mut self.generator.rng);
        }
        self.entries("Deck(", ")", fields.len(), |writer, at| match fields[at] {
            "format" => writer.out.push_str("format: 1"),
            "id" => writer.out.push_str("id: \"messy\""),
            "title" => writer.out.push_str("title: \"Messy\""),
            "source" => {
                writer.out.push_str("source: Source(title: \"S\", passages: ");
                writer.table(&PASSAGES);
                writer.out.push(')');
            }
            "topics" => {
                writer.out.push_str("topics: ");
                writer.table(&TOPICS);
            }
            _ => {
                writer.out.push_str("questions: ");
                writer.entries("[", "]", questions.len(), |writer, at| writer.question(&questions[at]));
            }
        });
        if self.generator.chance(70) {
            self.out.push('\n');
        }
    }
}

enum Value<'q> {
    Text(&'q str),
    Maybe(Option<&'q String>),
    Texts(&'q [String]),
    /// Words, each with how it is read aloud.
    WithReadings(&'q [(String, Option<String>)]),
    Word(String),
    Flag(bool),
    Options(&'q [WrongOption]),
    Answer(&'q Answer),
}

impl Value<'_> {
    fn is_default(&self) -> bool {
        match self {
            Value::Maybe(text) => text.is_none(),
            Value::Texts(texts) => texts.is_empty(),
            Value::WithReadings(words) => words.is_empty(),
            Value::Options(options) => options.is_empty(),
            Value::Flag(flag) => !flag,
            Value::Word(word) => word == "0",
            _ => false,
        }
    }
}
