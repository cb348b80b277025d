//! Reads one question.

use std::borrow::Cow;
use std::sync::Arc;

use crate::domain::deck::QuestionSpan;
use crate::domain::question::{Answer, Question};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::question_id::question_id_from_prompt;
use crate::formats::ron_deck::tree::{Node, Span, StructBody, Value, excerpt};
use crate::formats::ron_deck::{keywords, write};

use super::read::present;
use super::{ConvertContext, ParsedQuestion, stable_id};

impl ConvertContext<'_, '_> {
    /// Reads a question. `None` if it has any error, of meaning or of syntax; its errors are reported in either case.
    pub fn question(&mut self, node: &Node<'_>) -> Option<ParsedQuestion> {
        match &node.value {
            Value::Unreadable => return None,
            Value::Recovered(node) => {
                self.question(node);
                return None;
            }
            Value::Partial(node) => {
                self.sink.is_partial = true;
                self.question(node);
                self.sink.is_partial = false;
                return None;
            }
            _ => {}
        }
        let errors = self.sink.error_count();
        let parsed = self.question_from_fields(node)?;
        (self.sink.error_count() == errors).then_some(parsed)
    }

    /// Reads the fields of a question. The result may be `Some` although errors were reported.
    fn question_from_fields(&mut self, node: &Node<'_>) -> Option<ParsedQuestion> {
        let fields = match &node.value {
            Value::Struct(None | Some("Question"), StructBody::Fields(fields)) => fields,
            Value::Map(_) => {
                let help = "write (id: \"…\", topic: \"…\", prompt: \"…\", answer: …): round brackets, names without quotes";
                self.sink.wrong_type(node, "a question", "in round brackets", help);
                return None;
            }
            _ => {
                let help = "write (topic: \"…\", prompt: \"…\", answer: …)";
                self.sink.wrong_type(node, "a question", "a group of fields in ( )", help);
                return None;
            }
        };
        let [id, topic, prompt, answer, hint, explain, cite, tags, image, typed, formerly, confusable] =
            self.sink.sort_fields("a question", fields, &keywords::QUESTION_FIELDS);

        let id_node = present(id);
        let topic =
            self.sink.required(topic, "this question", node.span, "topic", "\"…\", one of the deck’s topics");
        let prompt_node = self.sink.required(prompt, "this question", node.span, "prompt", "\"…\"");
        let answer_node = self.sink.required(
            answer,
            "this question",
            node.span,
            "answer",
            "Recall(\"…\"), or another kind",
        );

        let written = id_node.map(|node| stable_id(self.sink, node, "a question’s id"));
        let topic = topic.and_then(|node| self.topic(node));
        let prompt = prompt_node.and_then(|node| self.sink.text(node, "the prompt"));
        let answer = answer_node.and_then(|node| self.answer(node, prompt_node, prompt.as_deref()));
        let hint = self.sink.optional_text(hint, "hint");
        let explain = self.sink.optional_text(explain, "explain");
        let cite = self.cite(cite);
        let tags = self.sink.optional_texts(tags, "tags");
        let image = self.sink.optional_text(image, "image");
        let typed = self.sink.optional_texts(typed, "typed");
        let formerly = self.formerly(formerly);
        let confusable = self.confusable_words(confusable, answer.as_ref(), &typed);

        let prompt_span = prompt_node.map_or(node.span, |node| node.span);
        let id_is_written = written.is_some();
        let id: Arc<str> = match written {
            Some(id) => id?.into(),
            None => question_id_from_prompt(prompt.as_deref()?).into(),
        };
        let id_span = id_node.map_or(prompt_span, |node| node.span);
        self.register_id(&id, id_span, id_is_written);
        let (prompt, answer) = (prompt?, answer?);
        if !matches!(answer, Answer::Cloze(_))
            && let Some(at) = prompt.find("{{")
        {
            let span = prompt_node.map_or(id_span, |node| self.span_inside(node, at..at + 2));
            let message = "the prompt has a gap, and the answer is no Cloze";
            let help = "write answer: Cloze, or take the {{ }} out of the prompt";
            self.sink.lint("gap-without-cloze", span, message, help);
        }
        let question = Question {
            id,
            id_is_written,
            topic: topic?,
            prompt,
            answer,
            hint,
            explain,
            cite,
            tags,
            image,
            typed,
            formerly,
            confusable,
        };
        let Span { start, end } = node.span;
        let span = QuestionSpan { start, end, line: self.sink.line_index.line(start) };
        let answer_span = answer_node.map_or(node.span, |node| node.span);
        Some(ParsedQuestion { question, span, id_span, prompt_span, answer_span })
    }

    /// Reports an id that is used twice: the two questions would share their progress.
    fn register_id(&mut self, id: &Arc<str>, span: Span, written: bool) {
        let Some(first) = self.ids.get(id).copied() else {
            self.ids.insert(id.clone(), span);
            return;
        };
        let diagnostic = if written {
            let message = format!("the id \"{}\" is used twice", excerpt(id));
            DiagnosticBuilder::error("duplicate-id", span, message, "give each question its own id")
        } else {
            let message = "another question without an id has the same prompt";
            let help = "give both an id: \"…\", so that their progress stays apart, or remove one";
            DiagnosticBuilder::error("duplicate-prompt", span, message, help)
        };
        self.sink.push(diagnostic.related(first, "first used here"));
    }

    fn topic(&mut self, node: &Node<'_>) -> Option<String> {
        let key = self.sink.text(node, "topic")?;
        if !self.topics.mark_used(&key) {
            let names = &self.topics.names;
            // A common mistake: the topic's name in place of its key.
            let key_by_name = names.iter().find(|(_, name)| **name == key).map(|(key, _)| key.as_str());
            let advice = match key_by_name {
                Some(key) => format!("write its key: \"{key}\""),
                None => keywords::suggestion(self.sink, &key, names.keys().map(String::as_str)),
            };
            let message = format!("the deck has no topic \"{}\"", excerpt(&key));
            let diagnostic = DiagnosticBuilder::error("unknown-topic", node.span, message, advice);
            let near = || keywords::certain_match(self.sink, &key, names.keys().map(String::as_str));
            // Short keys are similar to each other by chance.
            let meant = key_by_name.or_else(|| near().filter(|_| key.len() > 4));
            let fix = meant.map(|key| (format!("Write \"{key}\""), write::quoted(key)));
            self.sink.push(diagnostic.fix_if_certain(node.span, fix));
        }
        Some(key)
    }

    fn cite(&mut self, node: Option<&Node<'_>>) -> Vec<String> {
        let Some(node) = present(node) else { return Vec::new() };
        let Some(keys) = self.sink.texts(node, "cite") else { return Vec::new() };
        let Value::List(items) = &node.value else { return keys };
        for (key, item) in keys.iter().zip(items) {
            if self.passages.mark_used(key) {
                continue;
            }
            let names = &self.passages.names;
            let advice = if names.is_empty() {
                "list the passages in the deck’s source: Source(…, passages: {\"p1\": \"…\"})".to_owned()
            } else {
                keywords::suggestion(self.sink, key, names.keys().map(String::as_str))
            };
            let message = format!("the source has no passage \"{}\"", excerpt(key));
            self.sink.error("unknown-passage", item.span, message, advice);
        }
        keys
    }

    fn formerly(&mut self, node: Option<&Node<'_>>) -> Vec<String> {
        let Some(node) = present(node) else { return Vec::new() };
        let Some(keys) = self.sink.texts(node, "formerly") else { return Vec::new() };
        let Value::List(items) = &node.value else { return keys };
        for (key, item) in keys.iter().zip(items) {
            let is_valid = key.split_once('/').is_some_and(|(deck, question)| {
                !deck.is_empty()
                    && !question.is_empty()
                    && !question.contains('/')
                    && !key.contains(char::is_whitespace)
            });
            if !is_valid {
                let message = "an earlier key has a deck’s id, a / and a question’s id";
                let help = "write \"deck-id/question-id\"";
                self.sink.error("bad-formerly", item.span, message, help);
            }
        }
        keys
    }

    /// Maps a byte range of a decoded text to a span of the file: exact if the text has no escapes, otherwise the
    /// span of the whole text.
    pub fn span_inside(&self, node: &Node<'_>, part: std::ops::Range<usize>) -> Span {
        let Value::Text(Cow::Borrowed(text)) = &node.value else { return node.span };
        let written = self.text.get(node.span.range()).unwrap_or("");
        match written.find(text).filter(|_| text.get(part.clone()).is_some()) {
            Some(at) => {
                let start = node.span.start as usize + at;
                Span::new(start + part.start, start + part.end)
            }
            None => node.span,
        }
    }
}
