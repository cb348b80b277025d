//! Decks. A [`Deck`] is always valid: the parsers build one only when the file has no errors.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::ids::{CardKey, Facet};
use super::question::Question;
use super::reserved::ReservedAnswers;

/// One deck file: its source, topics and questions.
///
/// Drawn tests are stored with their decks in the JSON that this serialises to, and must stay readable in all
/// later versions: never rename a serialised field, and give every new field `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// Unique in the library; part of every [`CardKey`].
    pub id: Arc<str>,
    /// The title to show.
    pub title: String,
    /// A sentence about the deck for the library; `None` when the author wrote none.
    pub description: Option<String>,
    /// BCP 47 tag, such as `en` or `ko`. `None` when the author gives no language: then nothing is assumed
    /// about how numbers and dates are written.
    #[serde(default)]
    pub language: Option<String>,
    /// The text, book or lecture that the deck was made from.
    pub source: Option<Source>,
    /// Topic key to name, in the author's order.
    pub topics: IndexMap<String, String>,
    /// In the author's order. Shared, so that editing one question of a large deck does not copy the others.
    pub questions: Arc<Vec<Arc<Question>>>,
    /// The span of each question in the deck file, in the order of `questions`; empty for a deck that was not
    /// read from a file.
    #[serde(rename = "places")]
    pub spans: Vec<QuestionSpan>,
    /// For an excerpt: answers of the rest of the deck for which a typed answer could be mistaken.
    #[serde(default, rename = "typed_answers", with = "counted")]
    other_answers: Arc<[String]>,
}

/// Where a question is in the text of its deck file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSpan {
    /// Byte offset of the opening bracket.
    pub start: u32,
    /// Byte offset after the closing bracket.
    pub end: u32,
    /// Line of the opening bracket, from 1.
    pub line: u32,
}

impl QuestionSpan {
    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The source that a deck was made from, for citations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Title of the article, book or lecture.
    pub title: String,
    /// The author, as written in the deck file.
    pub author: Option<String>,
    /// The publisher, as written in the deck file.
    pub publisher: Option<String>,
    /// Date of publication: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Where the source can be read.
    pub url: Option<String>,
    /// Passage key to a summary in the deck author's own words, in reading order.
    pub passages: IndexMap<String, String>,
}

impl Source {
    /// The number of a passage in reading order, from 1; `None` for an unknown key.
    pub fn passage_number(&self, key: &str) -> Option<usize> {
        self.passages.get_index_of(key).map(|index| index + 1)
    }

    /// The year of publication as four characters; `None` when the date is missing or shorter.
    pub fn year(&self) -> Option<&str> {
        self.published.as_deref().and_then(|date| date.get(..4))
    }
}

impl Deck {
    /// Builds a deck from parts that a parser has validated.
    pub fn new(
        id: impl Into<Arc<str>>,
        title: String,
        description: Option<String>,
        language: impl Into<Option<String>>,
        source: Option<Source>,
        topics: IndexMap<String, String>,
        questions: Vec<Question>,
    ) -> Self {
        Self {
            id: id.into(),
            title,
            description,
            language: language.into(),
            source,
            topics,
            questions: Arc::new(questions.into_iter().map(Arc::new).collect()),
            spans: Vec::new(),
            other_answers: Arc::default(),
        }
    }

    /// The deck with the span of each question in its file.
    pub fn with_spans(self, spans: Vec<QuestionSpan>) -> Self {
        Self { spans, ..self }
    }

    /// The deck with other questions, and the span of each in the file.
    pub fn with_questions(self, questions: Vec<Arc<Question>>, spans: Vec<QuestionSpan>) -> Self {
        Self { questions: Arc::new(questions), spans, ..self }
    }

    /// A deck with only these questions (by index; unknown indices are skipped). It grades answers as the
    /// whole deck does: the answers of the other questions that a slip could be mistaken for are kept.
    pub fn excerpt(&self, questions: &[usize]) -> Deck {
        let chosen: Vec<Arc<Question>> =
            questions.iter().filter_map(|index| self.questions.get(*index).cloned()).collect();
        let other_answers = self.reserved_answers().similar_to(chosen.iter().map(|question| &**question));
        Deck { questions: Arc::new(chosen), spans: Vec::new(), other_answers, ..self.clone() }
    }

    /// Every answer of the deck. A typed answer that equals one of them is never graded as a slip of another.
    pub fn reserved_answers(&self) -> ReservedAnswers {
        ReservedAnswers::new(self.questions.clone(), self.other_answers.clone())
    }

    /// The name of a topic; the key itself when the deck has no such topic.
    pub fn topic_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.topics.get(key).map_or(key, String::as_str)
    }

    /// Every card of the deck, with the index of its question.
    pub fn cards(&self) -> impl Iterator<Item = (CardKey, usize)> + '_ {
        self.questions.iter().enumerate().flat_map(move |(index, question)| {
            question
                .each_facet()
                .map(move |facet: Facet| (CardKey::new(self.id.clone(), question.id.clone(), facet), index))
        })
    }
}

/// The stored form of these texts is a list of pairs of a text and a count, of which the count is always 1:
/// the first version counted them, and tests stored then must stay readable.
mod counted {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(texts: &Arc<[String]>, serializer: S) -> Result<S::Ok, S::Error> {
        texts.iter().map(|text| (text.as_str(), 1_u32)).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[String]>, D::Error> {
        let counted: Vec<(String, u32)> = Vec::deserialize(deserializer)?;
        Ok(counted.into_iter().map(|(text, _)| text).collect())
    }
}
