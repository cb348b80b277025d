//! What stands around the questions: title, description, topics.

use std::borrow::Cow;
use std::ops::Range;

use super::difference::follow;
use super::layout::{Layout, indent};
use super::slot::Slot;
use super::whole::Manner;
use super::{Edit, EditError, Splice, entries};
use crate::domain::deck::Deck;
use crate::formats::ron_deck::faults::Faults;
use crate::formats::ron_deck::parser;
use crate::formats::ron_deck::tree::{Body, Field, Value};
use crate::formats::ron_deck::write;

/// The text without all questions but the last: few enough to be read at once, and the places of everything
/// around them are known.
pub(super) struct Header<'t> {
    text: Cow<'t, str>,
    /// Where questions were left out, and how many bytes.
    cut: usize,
    gone: usize,
}

/// A field of the deck.
pub(super) struct Part {
    /// With its name, in the header's text.
    pub field: Range<usize>,
    /// Its value alone.
    pub value: Range<usize>,
}

impl<'t> Header<'t> {
    /// Of a deck.
    pub fn of(text: &'t str, deck: &Deck) -> Result<Self, EditError> {
        let (Some(first), Some(last)) = (deck.places.first(), deck.places.last()) else {
            return Ok(Self { text: text.into(), cut: text.len(), gone: 0 });
        };
        let (cut, next) = (first.start as usize, last.start as usize);
        let (before, after) = (text.get(..cut), text.get(next..));
        let (before, after) = before.zip(after).ok_or(EditError::Stale)?;
        Ok(Self { text: [before, after].concat().into(), cut, gone: next - cut })
    }

    /// A place in the deck's text.
    fn place(&self, at: usize) -> usize {
        if at < self.cut { at } else { at + self.gone }
    }

    /// A field of the deck, if it has it.
    pub fn part(&self, deck: &Deck, name: &str) -> Result<Option<Part>, EditError> {
        let mut faults = Faults::new(&self.text);
        let root = parser::parse(&self.text, &mut faults).ok_or(EditError::Stale)?;
        let Value::Struct(_, Body::Fields(fields)) = &root.value else { return Err(EditError::Stale) };
        let is_text = |name: &str, is: &str| {
            let field = fields.iter().find(|field| field.name == name);
            field.is_some_and(|field| matches!(&field.value.value, Value::Text(text) if **text == *is))
        };
        if !is_text("id", &deck.id) || !is_text("title", &deck.title) {
            return Err(EditError::Stale);
        }
        let part = |field: &Field<'_>| Part {
            field: field.span.start as usize..field.value.span.end as usize,
            value: field.value.span.range(),
        };
        Ok(fields.iter().find(|field| field.name == name).map(part))
    }

    /// The list of questions, brackets included.
    pub fn list(&self, deck: &Deck) -> Result<Range<usize>, EditError> {
        let Part { value, .. } = self.part(deck, "questions")?.ok_or(EditError::Stale)?;
        Ok(self.place(value.start)..self.place(value.end))
    }

    /// Behind the bracket that opens the list of questions.
    pub fn list_start(&self, deck: &Deck) -> Result<usize, EditError> {
        Ok(self.list(deck)?.start + 1)
    }

    /// The value made to say what `source` says.
    pub fn follow(&self, value: &Range<usize>, source: &str) -> Edit {
        let margin = indent(&self.text, value.start);
        let local = format!("{margin}{}", &self.text[value.clone()]);
        let layout = self.layout();
        let manner = Manner { layout: &layout, source, one_line: false };
        let mut faults = Faults::new(source);
        let Some(node) = parser::parse(source, &mut faults) else { return Edit::default() };
        let changed = follow(&local, &node, &[], &manner);
        Edit::between(&local, &changed, self.place(value.start) - margin.len())
    }

    /// As the fields of the deck are laid out.
    fn layout(&self) -> Layout {
        Layout::of(&self.text, self.text.find("Deck").unwrap_or(0))
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
    let header = Header::of(text, deck)?;
    let part = header.part(deck, "title")?.ok_or(EditError::Stale)?;
    Ok(header.follow(&part.value, &write::text(title)))
}

/// Gives the deck another id: it is another deck then, without progress of its own.
///
/// # Errors
/// When the text is not the deck's.
pub fn set_id(text: &str, deck: &Deck, id: &str) -> Result<Edit, EditError> {
    let header = Header::of(text, deck)?;
    let part = header.part(deck, "id")?.ok_or(EditError::Stale)?;
    Ok(header.follow(&part.value, &write::text(id)))
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
    let header = Header::of(text, deck)?;
    let title = header.part(deck, "title")?.ok_or(EditError::Stale)?;
    let layout = header.layout();
    let splices = match (header.part(deck, "description")?, description) {
        (Some(part), Some(words)) => return Ok(header.follow(&part.value, &write::text(words))),
        (Some(part), None) => entries::remove(&header.text, &part.field, Some(&title.field)),
        (None, Some(words)) => {
            let slot = Slot::behind(&header.text, &title.field, &layout);
            slot.fill(&format!("description: {}", write::text(words)), &layout)
        }
        (None, None) => Vec::new(),
    };
    let moved = |splice: Splice| Splice {
        range: header.place(splice.range.start)..header.place(splice.range.end),
        with: splice.with,
    };
    Ok(Edit::new(splices.into_iter().map(moved).collect()))
}
