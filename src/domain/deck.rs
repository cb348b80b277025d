//! A deck that exists is valid: the parsers make one only when nothing is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::ids::{CardKey, Facet};
use super::question::Question;
use super::reserved::ReservedAnswers;

/// One deck file: a source, topics, questions.
///
/// Papers of tests are kept in the form that this serialises to, for ever: a new field needs `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// Unique in the library.
    pub id: Arc<str>,
    /// As shown.
    pub title: String,
    /// A sentence for the library, perhaps.
    pub description: Option<String>,
    /// BCP 47, such as `en` or `ko`; none where the author names none, which says nothing of how numbers are written.
    #[serde(default)]
    pub language: Option<String>,
    /// What the deck was made from.
    pub source: Option<Source>,
    /// Key to name, in the author's order.
    pub topics: IndexMap<String, String>,
    /// In the author's order; shared, so that a deck of many questions is cheap to change in one of them.
    pub questions: Arc<Vec<Arc<Question>>>,
    /// Where each question stands in the deck's file; empty for a deck that came from no file.
    #[serde(rename = "places")]
    pub spans: Vec<QuestionSpan>,
    /// Of an excerpt, the answers of the whole deck that a slip could be taken for.
    #[serde(default, rename = "typed_answers", with = "counted")]
    other_answers: Arc<[String]>,
}

/// Where a question stands in the text of its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSpan {
    /// First byte, of the opening bracket.
    pub start: u32,
    /// First byte behind the closing bracket.
    pub end: u32,
    /// Line of the first byte, from 1.
    pub line: u32,
}

impl QuestionSpan {
    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a deck was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Title of the article, book, lecture.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Where to read it.
    pub url: Option<String>,
    /// Passage key to a gist in the deck author's own words, in reading order.
    pub passages: IndexMap<String, String>,
}

impl Source {
    /// "Passage 4" for the fourth passage, whatever its key; `None` for a key that does not exist.
    pub fn passage_number(&self, key: &str) -> Option<usize> {
        self.passages.get_index_of(key).map(|index| index + 1)
    }

    /// The year it was published, as written.
    pub fn year(&self) -> Option<&str> {
        self.published.as_deref().and_then(|date| date.get(..4))
    }
}

impl Deck {
    /// Puts a deck together from parts that a parser has found valid.
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

    /// The same, with where each question stands in its file.
    pub fn with_spans(self, places: Vec<QuestionSpan>) -> Self {
        Self { spans: places, ..self }
    }

    /// The same with other questions, and where each stands in the file.
    pub fn with_questions(self, questions: Vec<Arc<Question>>, places: Vec<QuestionSpan>) -> Self {
        Self { questions: Arc::new(questions), spans: places, ..self }
    }

    /// A deck of some of these questions, by index, that grades as the whole does.
    pub fn excerpt(&self, questions: &[usize]) -> Deck {
        let chosen: Vec<Arc<Question>> =
            questions.iter().filter_map(|index| self.questions.get(*index).cloned()).collect();
        let answers_elsewhere = self.reserved_answers().similar_to(chosen.iter().map(|question| &**question));
        Deck {
            questions: Arc::new(chosen),
            spans: Vec::new(),
            other_answers: answers_elsewhere,
            ..self.clone()
        }
    }

    /// Every answer of the deck: what is one of them is no slip in another.
    pub fn reserved_answers(&self) -> ReservedAnswers {
        ReservedAnswers::new(self.questions.clone(), self.other_answers.clone())
    }

    /// The name of a topic; the key itself where the deck has no such topic.
    pub fn topic_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.topics.get(key).map_or(key, String::as_str)
    }

    /// Every card of the deck with the index of its question.
    pub fn cards(&self) -> impl Iterator<Item = (CardKey, usize)> + '_ {
        self.questions.iter().enumerate().flat_map(move |(index, question)| {
            question
                .each_facet()
                .map(move |facet: Facet| (CardKey::new(self.id.clone(), question.id.clone(), facet), index))
        })
    }
}

/// Texts as they have always been kept with the papers of tests: each with a count, which is 1.
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
