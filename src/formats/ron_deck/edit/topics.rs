//! Edits the topics of a deck.

use indexmap::IndexMap;

use super::header::DeckHeader;
use super::questions::question_fields;
use super::{Edit, EditError, Splice, question_range};
use crate::domain::deck::Deck;
use crate::formats::ron_deck::diagnostics::DiagnosticSink;
use crate::formats::ron_deck::parse_question;
use crate::formats::ron_deck::tree::Value;
use crate::formats::ron_deck::write;

/// Replaces the deck's topics: adds, renames, reorders and removes entries as needed. The keys in the questions do
/// not change.
///
/// # Errors
/// If the text is not the one that the deck was read from, a key or a name is blank, or a removed topic has
/// questions.
pub fn set_topics(text: &str, deck: &Deck, topics: &IndexMap<String, String>) -> Result<Edit, EditError> {
    if topics.iter().any(|(key, name)| key.trim().is_empty() || name.trim().is_empty()) {
        return Err(EditError::Empty("a topic"));
    }
    if *topics == deck.topics && topics.keys().eq(deck.topics.keys()) {
        return Ok(Edit::default());
    }
    let used = deck.questions.iter().find(|question| !topics.contains_key(&question.topic));
    if let Some(question) = used {
        return Err(EditError::TopicInUse(deck.topic_name(&question.topic).to_owned()));
    }
    let header = DeckHeader::read(text, deck)?;
    let field = header.field(deck, "topics")?.ok_or(EditError::Stale)?;
    Ok(header.set_value(&field.value_range, &write::table(topics, 0)))
}

/// Changes the key of a topic, in the table and in every question of the topic.
///
/// # Errors
/// If the text is not the one that the deck was read from, or the new key is blank or belongs to another topic.
pub fn rename_topic_key(text: &str, deck: &Deck, key: &str, new: &str) -> Result<Edit, EditError> {
    if new.trim().is_empty() {
        return Err(EditError::Empty("a topic"));
    }
    if key == new {
        return Ok(Edit::default());
    }
    if deck.topics.contains_key(new) {
        return Err(EditError::DuplicateTopicKey(new.to_owned()));
    }
    let renamed = |(old, name): (&String, &String)| {
        (if old == key { new.to_owned() } else { old.clone() }, name.clone())
    };
    let topics: IndexMap<String, String> = deck.topics.iter().map(renamed).collect();
    let header = DeckHeader::read(text, deck)?;
    let field = header.field(deck, "topics")?.ok_or(EditError::Stale)?;
    let mut splices = header.set_value(&field.value_range, &write::table(&topics, 0)).splices;
    for (at, question) in deck.questions.iter().enumerate().filter(|(_, question)| question.topic == key) {
        let range = question_range(text, deck, at)?;
        let mut sink = DiagnosticSink::new(&text[range.clone()]);
        let node = parse_question(&text[range.clone()], &mut sink).ok_or(EditError::Stale)?;
        let topic =
            question_fields(&node).iter().find(|field| field.name == "topic").ok_or(EditError::Stale)?;
        if !matches!(&topic.value.value, Value::Text(written) if **written == question.topic) {
            return Err(EditError::Stale);
        }
        let value = topic.value.span.range();
        let range = range.start + value.start..range.start + value.end;
        splices.push(Splice { range, replacement: write::quoted(new) });
    }
    Ok(Edit::new(splices))
}
