//! Collects imported questions and gives each a unique id and a topic key.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::domain::question::{Answer, Question};
use crate::formats::ron_deck::question_id_from_prompt;

use super::names::{self, UniqueNames};
use super::skipped::{SkipReason, SkippedRows};
use super::{ImportOptions, ImportedQuestions};

/// The topic of questions without one, if the user chose no other.
const DEFAULT_TOPIC: &str = "All questions";

/// A question before it has an id and a topic key.
#[derive(Debug)]
pub(super) struct RawQuestion<'a> {
    pub line: u32,
    pub prompt: String,
    pub answer: Answer,
    /// The id given in the file.
    pub id: Option<String>,
    /// The name of its topic; empty if it has none.
    pub topic: &'a str,
    pub tags: Vec<String>,
    pub explain: Option<String>,
    pub hint: Option<String>,
}

/// The questions collected so far.
#[derive(Debug)]
pub(super) struct Collector {
    questions: Vec<Question>,
    lines: Vec<u32>,
    ids: UniqueNames,
    /// For each id derived from a prompt, the index of the first question with it.
    first_by_prompt: HashMap<Arc<str>, usize>,
    topics: IndexMap<String, String>,
    topic_keys: UniqueNames,
    key_by_topic: HashMap<String, String>,
    default_topic: String,
    renumbered_ids: usize,
    pub skipped: SkippedRows,
}

impl Collector {
    pub(super) fn new(options: &ImportOptions) -> Self {
        let topic = options.topic.as_deref().map(str::trim).filter(|topic| !topic.is_empty());
        Self {
            questions: Vec::new(),
            lines: Vec::new(),
            ids: UniqueNames::default(),
            first_by_prompt: HashMap::new(),
            topics: IndexMap::new(),
            topic_keys: UniqueNames::default(),
            key_by_topic: HashMap::new(),
            default_topic: topic.unwrap_or(DEFAULT_TOPIC).to_owned(),
            renumbered_ids: 0,
            skipped: SkippedRows::default(),
        }
    }

    /// Adds a question, or counts it as skipped if an equal one was added before.
    pub(super) fn add(&mut self, raw: RawQuestion<'_>) {
        let derived_id: Arc<str> = question_id_from_prompt(&raw.prompt).into();
        let first = self.first_by_prompt.get(&derived_id).copied();
        if let Some(first) = first {
            let question = &self.questions[first];
            // The derived id ignores the contents of gaps, though two prompts may differ in nothing else.
            let differs = match (&question.answer, &raw.answer) {
                (Answer::Cloze(one), Answer::Cloze(other)) => one != other,
                (one, other) => raw.id.is_some() && one != other,
            };
            if !differs {
                let line = self.lines[first];
                self.skipped.add(raw.line, SkipReason::DuplicatePrompt { line }, &raw.prompt);
                return;
            }
        }
        let (id, id_is_written) = match raw.id {
            Some(id) => {
                self.renumbered_ids += usize::from(self.ids.contains(&id));
                (self.ids.claim(&id), true)
            }
            None => {
                let is_taken = self.ids.contains(&derived_id);
                (self.ids.claim(&derived_id), is_taken)
            }
        };
        self.first_by_prompt.entry(derived_id).or_insert(self.questions.len());
        self.lines.push(raw.line);
        let topic = self.topic_key(raw.topic);
        self.questions.push(Question {
            id,
            id_is_written,
            topic,
            prompt: raw.prompt,
            answer: raw.answer,
            hint: raw.hint,
            explain: raw.explain,
            cite: Vec::new(),
            tags: raw.tags,
            image: None,
            typed: Vec::new(),
            formerly: Vec::new(),
            confusable: Vec::new(),
        });
    }

    /// The key of the topic with this name; the topic is added if it is new.
    fn topic_key(&mut self, name: &str) -> String {
        let name = if name.is_empty() { &self.default_topic } else { name };
        if let Some(key) = self.key_by_topic.get(name) {
            return key.clone();
        }
        let slug = names::slug(name);
        let key = self.topic_keys.claim(if slug.is_empty() { "topic" } else { &slug }).to_string();
        self.topics.insert(key.clone(), name.to_owned());
        self.key_by_topic.insert(name.to_owned(), key.clone());
        key
    }

    /// Ends the import. `remarks` are notes for the user about the import so far.
    pub(super) fn finish(self, title: String, mut remarks: Vec<String>) -> ImportedQuestions {
        match self.renumbered_ids {
            0 => {}
            1 => {
                remarks.push("One question had the id of another one and got a number behind it.".to_owned())
            }
            many => remarks.push(format!("{many} questions had ids of others and got a number behind them.")),
        }
        let Self { questions, topics, skipped, .. } = self;
        ImportedQuestions { title, questions, topics, skipped, remarks }
    }
}
