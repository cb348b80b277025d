//! What stands around the questions: title, description, topics.

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

/// The text without all questions but the last: few enough to be read at once, and the places of everything
/// around them are known.
pub(super) struct DeckHeader<'t> {
    text: Cow<'t, str>,
    /// Where questions were left out, and how many bytes.
    omitted_at: usize,
    omitted_len: usize,
}

/// A field of the deck.
pub(super) struct HeaderField {
    /// With its name, in the header's text.
    pub range: Range<usize>,
    /// Its value alone.
    pub value_range: Range<usize>,
}

impl<'t> DeckHeader<'t> {
    /// Of a deck.
    pub fn read(text: &'t str, deck: &Deck) -> Result<Self, EditError> {
        let (Some(first), Some(last)) = (deck.spans.first(), deck.spans.last()) else {
            return Ok(Self { text: text.into(), omitted_at: text.len(), omitted_len: 0 });
        };
        let (cut, next) = (first.start as usize, last.start as usize);
        let (before, after) = (text.get(..cut), text.get(next..));
        let (before, after) = before.zip(after).ok_or(EditError::Stale)?;
        Ok(Self { text: [before, after].concat().into(), omitted_at: cut, omitted_len: next - cut })
    }

    /// A place in the deck's text.
    fn deck_offset(&self, at: usize) -> usize {
        if at < self.omitted_at { at } else { at + self.omitted_len }
    }

    /// A field of the deck, if it has it.
    pub fn field(&self, deck: &Deck, name: &str) -> Result<Option<HeaderField>, EditError> {
        let mut faults = DiagnosticSink::new(&self.text);
        let root = parser::parse(&self.text, &mut faults).ok_or(EditError::Stale)?;
        let Value::Struct(_, StructBody::Fields(fields)) = &root.value else { return Err(EditError::Stale) };
        let is_text = |name: &str, is: &str| {
            let field = fields.iter().find(|field| field.name == name);
            field.is_some_and(|field| matches!(&field.value.value, Value::Text(text) if **text == *is))
        };
        if !is_text("id", &deck.id) || !is_text("title", &deck.title) {
            return Err(EditError::Stale);
        }
        let part = |field: &StructField<'_>| HeaderField {
            range: field.span.start as usize..field.value.span.end as usize,
            value_range: field.value.span.range(),
        };
        Ok(fields.iter().find(|field| field.name == name).map(part))
    }

    /// The list of questions, brackets included.
    pub fn question_list(&self, deck: &Deck) -> Result<Range<usize>, EditError> {
        let HeaderField { value_range: value, .. } =
            self.field(deck, "questions")?.ok_or(EditError::Stale)?;
        Ok(self.deck_offset(value.start)..self.deck_offset(value.end))
    }

    /// Behind the bracket that opens the list of questions.
    pub fn question_list_start(&self, deck: &Deck) -> Result<usize, EditError> {
        Ok(self.question_list(deck)?.start + 1)
    }

    /// The value made to say what `source` says.
    pub fn set_value(&self, value: &Range<usize>, source: &str) -> Edit {
        let margin = indent(&self.text, value.start);
        let local = format!("{margin}{}", &self.text[value.clone()]);
        let layout = self.layout();
        let manner = NodePrinter { layout: &layout, source, one_line: false };
        let mut faults = DiagnosticSink::new(source);
        let Some(node) = parser::parse(source, &mut faults) else { return Edit::default() };
        let changed = edit_to_match(&local, &node, &[], &manner);
        Edit::between(&local, &changed, self.deck_offset(value.start) - margin.len())
    }

    /// As the fields of the deck are laid out.
    fn layout(&self) -> IndentStyle {
        IndentStyle::detect(&self.text, self.text.find("Deck").unwrap_or(0))
    }
}

/// Gives the deck another title.
///
/// # Errors
/// When the text is not the deck's, or the title says nothing.
pub fn set_title(text: &str, deck: &Deck, title: &str) -> Result<Edit, EditError> {
    if title.trim().is_empty() {
        return Err(EditError::Empty("the title"));
    }
    let header = DeckHeader::read(text, deck)?;
    let part = header.field(deck, "title")?.ok_or(EditError::Stale)?;
    Ok(header.set_value(&part.value_range, &write::quoted(title)))
}

/// Gives the deck another id: it is another deck then, without progress of its own.
///
/// # Errors
/// When the text is not the deck's.
pub fn set_id(text: &str, deck: &Deck, id: &str) -> Result<Edit, EditError> {
    let header = DeckHeader::read(text, deck)?;
    let part = header.field(deck, "id")?.ok_or(EditError::Stale)?;
    Ok(header.set_value(&part.value_range, &write::quoted(id)))
}

/// Gives the deck another description, or none.
///
/// # Errors
/// When the text is not the deck's.
pub fn set_description(text: &str, deck: &Deck, description: Option<&str>) -> Result<Edit, EditError> {
    let description = description.filter(|words| !words.trim().is_empty());
    if description == deck.description.as_deref() {
        return Ok(Edit::default());
    }
    let header = DeckHeader::read(text, deck)?;
    let title = header.field(deck, "title")?.ok_or(EditError::Stale)?;
    let layout = header.layout();
    let splices = match (header.field(deck, "description")?, description) {
        (Some(part), Some(words)) => return Ok(header.set_value(&part.value_range, &write::quoted(words))),
        (Some(part), None) => entries::remove(&header.text, &part.range, Some(&title.range)),
        (None, Some(words)) => {
            let slot = InsertPoint::after(&header.text, &title.range, &layout);
            slot.insert(&format!("description: {}", write::quoted(words)), &layout)
        }
        (None, None) => Vec::new(),
    };
    let moved = |splice: Splice| Splice {
        range: header.deck_offset(splice.range.start)..header.deck_offset(splice.range.end),
        replacement: splice.replacement,
    };
    Ok(Edit::new(splices.into_iter().map(moved).collect()))
}
