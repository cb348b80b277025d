//! Edits the fields of the deck other than its questions: title, id, description, topics.

use std::borrow::Cow;
use std::ops::Range;

use super::diff::edit_to_match;
use super::insert_point::InsertPoint;
use super::layout::{IndentStyle, indent};
use super::printer::NodePrinter;
use super::{Edit, EditError, Splice, entries};
use crate::domain::deck::Deck;
use crate::formats::ron_deck::diagnostics::DiagnosticSink;
use crate::formats::ron_deck::parser;
use crate::formats::ron_deck::tree::{StructBody, StructField, Value};
use crate::formats::ron_deck::write;

/// The deck's text with all questions but the last left out. It is short enough to parse for every edit, and its
/// offsets can be mapped back to the whole text.
pub(super) struct DeckHeader<'t> {
    text: Cow<'t, str>,
    /// Byte offset where the questions are left out, and the length of the omitted text in bytes.
    omitted_at: usize,
    omitted_len: usize,
}

/// The position of a field of the deck, as byte ranges of the header's text.
pub(super) struct HeaderField {
    /// The field with its name.
    pub range: Range<usize>,
    /// Its value.
    pub value_range: Range<usize>,
}

impl<'t> DeckHeader<'t> {
    /// The header of a deck with this text.
    pub fn read(text: &'t str, deck: &Deck) -> Result<Self, EditError> {
        let (Some(first), Some(last)) = (deck.spans.first(), deck.spans.last()) else {
            return Ok(Self { text: text.into(), omitted_at: text.len(), omitted_len: 0 });
        };
        let (omitted_at, next) = (first.start as usize, last.start as usize);
        let (before, after) = (text.get(..omitted_at), text.get(next..));
        let (before, after) = before.zip(after).ok_or(EditError::Stale)?;
        Ok(Self { text: [before, after].concat().into(), omitted_at, omitted_len: next - omitted_at })
    }

    /// Maps an offset in the header's text to one in the deck's text.
    fn deck_offset(&self, at: usize) -> usize {
        if at < self.omitted_at { at } else { at + self.omitted_len }
    }

    /// Finds a field of the deck; `Ok(None)` if the deck does not have it.
    pub fn field(&self, deck: &Deck, name: &str) -> Result<Option<HeaderField>, EditError> {
        let mut sink = DiagnosticSink::new(&self.text);
        let root = parser::parse(&self.text, &mut sink).ok_or(EditError::Stale)?;
        let Value::Struct(_, StructBody::Fields(fields)) = &root.value else { return Err(EditError::Stale) };
        let has_text = |name: &str, expected: &str| {
            let field = fields.iter().find(|field| field.name == name);
            field.is_some_and(|field| matches!(&field.value.value, Value::Text(text) if **text == *expected))
        };
        if !has_text("id", &deck.id) || !has_text("title", &deck.title) {
            return Err(EditError::Stale);
        }
        let position = |field: &StructField<'_>| HeaderField {
            range: field.span.start as usize..field.value.span.end as usize,
            value_range: field.value.span.range(),
        };
        Ok(fields.iter().find(|field| field.name == name).map(position))
    }

    /// The byte range of the list of questions in the deck's text, brackets included.
    pub fn question_list(&self, deck: &Deck) -> Result<Range<usize>, EditError> {
        let list = self.field(deck, "questions")?.ok_or(EditError::Stale)?.value_range;
        Ok(self.deck_offset(list.start)..self.deck_offset(list.end))
    }

    /// The offset after the bracket that opens the list of questions.
    pub fn question_list_start(&self, deck: &Deck) -> Result<usize, EditError> {
        Ok(self.question_list(deck)?.start + 1)
    }

    /// Changes a value to mean the same as the RON text `source`.
    pub fn set_value(&self, value: &Range<usize>, source: &str) -> Edit {
        let margin = indent(&self.text, value.start);
        let local = format!("{margin}{}", &self.text[value.clone()]);
        let style = self.style();
        let printer = NodePrinter { style: &style, source, one_line: false };
        let mut sink = DiagnosticSink::new(source);
        let Some(node) = parser::parse(source, &mut sink) else { return Edit::default() };
        let changed = edit_to_match(&local, &node, &[], &printer);
        Edit::between(&local, &changed, self.deck_offset(value.start) - margin.len())
    }

    /// The style of the deck's own fields.
    fn style(&self) -> IndentStyle {
        IndentStyle::detect(&self.text, self.text.find("Deck").unwrap_or(0))
    }
}

/// Changes the deck's title.
///
/// # Errors
/// If the text is not the one that the deck was read from, or the title is blank.
pub fn set_title(text: &str, deck: &Deck, title: &str) -> Result<Edit, EditError> {
    if title.trim().is_empty() {
        return Err(EditError::Empty("the title"));
    }
    let header = DeckHeader::read(text, deck)?;
    let field = header.field(deck, "title")?.ok_or(EditError::Stale)?;
    Ok(header.set_value(&field.value_range, &write::quoted(title)))
}

/// Changes the deck's id. Because progress is stored under the id, it becomes a different deck without progress.
///
/// # Errors
/// If the text is not the one that the deck was read from.
pub fn set_id(text: &str, deck: &Deck, id: &str) -> Result<Edit, EditError> {
    let header = DeckHeader::read(text, deck)?;
    let field = header.field(deck, "id")?.ok_or(EditError::Stale)?;
    Ok(header.set_value(&field.value_range, &write::quoted(id)))
}

/// Changes the deck's description. `None` or a blank text removes it.
///
/// # Errors
/// If the text is not the one that the deck was read from.
pub fn set_description(text: &str, deck: &Deck, description: Option<&str>) -> Result<Edit, EditError> {
    let description = description.filter(|description| !description.trim().is_empty());
    if description == deck.description.as_deref() {
        return Ok(Edit::default());
    }
    let header = DeckHeader::read(text, deck)?;
    let title = header.field(deck, "title")?.ok_or(EditError::Stale)?;
    let style = header.style();
    let splices = match (header.field(deck, "description")?, description) {
        (Some(field), Some(description)) => {
            return Ok(header.set_value(&field.value_range, &write::quoted(description)));
        }
        (Some(field), None) => entries::remove(&header.text, &field.range, Some(&title.range)),
        (None, Some(description)) => {
            let point = InsertPoint::after(&header.text, &title.range, &style);
            point.insert(&format!("description: {}", write::quoted(description)), &style)
        }
        (None, None) => Vec::new(),
    };
    let moved = |splice: Splice| Splice {
        range: header.deck_offset(splice.range.start)..header.deck_offset(splice.range.end),
        replacement: splice.replacement,
    };
    Ok(Edit::new(splices.into_iter().map(moved).collect()))
}
