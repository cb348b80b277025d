//! Words and decks with the entropy of real ones: a deck that repeats itself would compress, and be parsed, searched and
//! learned better than any deck that somebody wrote.

use std::fmt::Write;

use rand::{Rng, RngExt};

/// Different words; few of them are used often, most of them seldom, as in a language.
const WORDS: usize = 40_000;
/// Topics of a deck; each is smaller than the one before it.
const TOPICS: usize = 40;
const CONSONANTS: [&str; 18] =
    ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "ch"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "io", "ou"];

/// An invented language.
pub struct Words {
    words: Vec<String>,
}

impl Words {
    /// The same random numbers make the same language.
    pub fn new(chance: &mut impl Rng) -> Self {
        let words = (0..WORDS).map(|nth| {
            // As in a language, common words are short.
            let syllables = 1 + usize::from(nth > 300) + chance.random_range(0..=(nth / 3_000).min(2));
            (0..syllables).fold(String::new(), |mut word, _| {
                word.push_str(CONSONANTS[chance.random_range(0..CONSONANTS.len())]);
                word.push_str(VOWELS[chance.random_range(0..VOWELS.len())]);
                word
            })
        });
        Self { words: words.collect() }
    }

    /// So many words. The probability of a word falls with its rank.
    pub fn some(&self, count: usize, chance: &mut impl Rng) -> String {
        let mut text = String::new();
        for nth in 0..count {
            let rank = (WORDS as f64).powf(chance.random::<f64>()) as usize;
            let gap = if nth == 0 { "" } else { " " };
            let _ = write!(text, "{gap}{}", self.words[rank.min(WORDS - 1)]);
        }
        text
    }

    /// What a deck asks for: seldom words, a third of them in another script.
    pub fn answer(&self, chance: &mut impl Rng) -> String {
        if chance.random_ratio(1, 3) {
            let syllable =
                |chance: &mut _| char::from_u32(0xAC00 + RngExt::random_range(chance, 0..11_172u32));
            return (0..chance.random_range(2..=4)).filter_map(|_| syllable(chance)).collect();
        }
        let count = chance.random_range(1..=2);
        let words: Vec<&str> =
            (0..count).map(|_| self.words[chance.random_range(300..WORDS)].as_str()).collect();
        words.join(" ")
    }

    /// The text of a deck with so many questions, each of which makes one card.
    pub fn deck(&self, id: &str, title: &str, questions: usize, chance: &mut impl Rng) -> String {
        let mut text =
            format!("Deck(\n    format: 1,\n    id: \"{id}\",\n    title: \"{title}\",\n    topics: {{\n");
        for topic in 0..TOPICS {
            let _ = writeln!(text, "        \"t{topic}\": \"{}\",", self.some(3, chance));
        }
        text.push_str("    },\n    questions: [\n");
        for nth in 0..questions {
            // The first topic has about a seventh of the questions, the last one a hundredth.
            let topic = (TOPICS as f64).powf(chance.random::<f64>()) as usize - 1;
            let words = chance.random_range(5..=14);
            let prompt = self.some(words, chance);
            let (gap, answer) = self.answer_field(chance);
            let _ = writeln!(
                text,
                "        (id: \"q{nth}\", topic: \"t{topic}\", prompt: \"{prompt}{gap}?\", answer: {answer}, explain: \
                 \"{}.\"),",
                self.some(words / 2, chance)
            );
        }
        text.push_str("    ],\n)\n");
        text
    }

    /// What is appended to the prompt, and the answer. Of a hundred questions 30 are recalled, 28 typed, 22 a choice.
    fn answer_field(&self, chance: &mut impl Rng) -> (String, String) {
        let mut quoted: Vec<String> = Vec::new();
        while quoted.len() < 6 {
            let next = format!("\"{}\"", self.answer(chance));
            if !quoted.contains(&next) {
                quoted.push(next);
            }
        }
        let [a, b, c, d, e, f] = &quoted[..] else { unreachable!("six answers") };
        let answer = match chance.random_range(0..100) {
            0..30 => format!("Recall(\"{}\")", self.some(8, chance)),
            30..58 => format!("Typed([{a}])"),
            58..80 => format!("Choice(right: {a}, wrong: [{b}, {c}, {d}])"),
            80..88 => return (format!(" {{{{{}}}}}", a.trim_matches('"')), "Cloze".to_owned()),
            88..91 => format!("Bool({})", chance.random::<bool>()),
            91..94 => format!("Number({})", chance.random_range(1..5_000)),
            94 => {
                let (year, month, day) = (
                    chance.random_range(900..2020),
                    chance.random_range(1..=12),
                    chance.random_range(1..=28),
                );
                format!("Date(\"{year:04}-{month:02}-{day:02}\")")
            }
            95 | 96 => format!("Choices(right: [{a}, {b}], wrong: [{c}, {d}])"),
            97 => format!("Order([{a}, {b}, {c}, {d}])"),
            98 => format!("Match([({a}, {b}), ({c}, {d}), ({e}, {f})])"),
            _ => format!("Sort({{{a}: [{b}, {c}], {d}: [{e}, {f}]}})"),
        };
        (String::new(), answer)
    }

    /// A table of so many rows with prompt, answer and topic, as a spreadsheet saves it.
    pub fn table(&self, rows: usize, chance: &mut impl Rng) -> String {
        let mut text = String::from("question,answer,topic\n");
        for _ in 0..rows {
            let topic = chance.random_range(1..=TOPICS);
            let (prompt, answer) = (self.some(8, chance), self.answer(chance));
            let _ = writeln!(text, "\"{prompt}, {}?\",{answer},Topic {topic}", self.some(2, chance));
        }
        text
    }
}
