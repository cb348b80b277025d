//! Replaces, inserts, removes and moves questions, and writes their ids.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::comments::{comments_above, start_with_comments};
use super::diff::{edit_to_match, insert_field_before};
use super::header::DeckHeader;
use super::insert_point::InsertPoint;
use super::layout::{IndentStyle, MAX_WIDTH, indent, is_first_in_line, line_start};
use super::printer::NodePrinter;
use super::single::{self, check_new_question, check_question};
use super::{Edit, EditError, Splice, entries, question_range};
use crate::domain::deck::Deck;
use crate::domain::question::{Answer, Question};
use crate::formats::ron_deck::diagnostics::DiagnosticSink;
use crate::formats::ron_deck::parse_question;
use crate::formats::ron_deck::tree::{Node, StructBody, StructField, Value};
use crate::formats::ron_deck::write;

/// For at most this many new questions, ids are compared with a linear search instead of a hash set.
const LINEAR_SEARCH_MAX: usize = 8;

/// Changes question `at` to equal `new`. Only values that differ are rewritten; the author's own way of writing the
/// others stays. The id of `new` is ignored if it is not a written one.
///
/// # Errors
/// If the text is not the one that the deck was read from, or `new` would be invalid.
pub fn replace_question(text: &str, deck: &Deck, at: usize, new: &Question) -> Result<Edit, EditError> {
    let range = question_range(text, deck, at)?;
    let written = &text[range.clone()];
    let old = deck.questions.get(at).ok_or(EditError::Stale)?;
    if single::read_existing(written, deck).as_ref() != Some(&**old) {
        return Err(EditError::Stale);
    }
    let options = if old.answer.kind() == new.answer.kind() {
        detect_write_options(written)
    } else {
        Default::default()
    };
    let source = write::one_line_question(new, options);
    let (wanted, diagnostics) = check_question(&source, deck, Some(at));
    let Some(wanted) = wanted else { return Err(EditError::InvalidQuestion(diagnostics)) };

    let style = IndentStyle::detect(text, range.start);
    let printer = NodePrinter { style: &style, source: &source, one_line: !written.contains('\n') };
    let mut ignored = DiagnosticSink::new(&source);
    let Some(node) = parse_question(&source, &mut ignored) else { return Err(EditError::Stale) };
    // With its indentation, so that columns are those of the file.
    let margin = indent(text, range.start);
    let local = format!("{margin}{written}");
    let mut changed = edit_to_match(&local, &node, &unchanged_fields(old, &wanted), &printer);
    if single::read_existing(&changed, deck).as_ref() != Some(&wanted) {
        // The way it was written did not allow small changes: rewrite it as a whole.
        changed = format!("{margin}{}", printer.question(&node, margin));
    }
    Ok(Edit::between(&local, &changed, range.start - margin.len()))
}

/// The names of the fields that are equal in both questions.
fn unchanged_fields(old: &Question, new: &Question) -> Vec<&'static str> {
    let id = old.id_is_written == new.id_is_written && (old.id == new.id || !new.id_is_written);
    // The gaps of a Cloze are in its prompt, and compared there.
    let same_gaps = matches!(
        (&old.answer, &new.answer),
        (Answer::Cloze(old), Answer::Cloze(new)) if old.any_order == new.any_order
    );
    let answer = old.answer == new.answer || same_gaps;
    [
        ("id", id),
        ("topic", old.topic == new.topic),
        ("prompt", old.prompt == new.prompt),
        ("answer", answer),
        ("hint", old.hint == new.hint),
        ("explain", old.explain == new.explain),
        ("cite", old.cite == new.cite),
        ("tags", old.tags == new.tags),
        ("image", old.image == new.image),
        ("typed", old.typed == new.typed),
        ("formerly", old.formerly == new.formerly),
        ("confusable", old.confusable == new.confusable),
    ]
    .into_iter()
    .filter_map(|(name, same)| same.then_some(name))
    .collect()
}

/// The way the author wrote the answer.
fn detect_write_options(written: &str) -> write::WriteOptions {
    let mut sink = DiagnosticSink::new(written);
    let node = parse_question(written, &mut sink);
    let answer =
        node.as_ref().map_or([].as_slice(), question_fields).iter().find(|field| field.name == "answer");
    let Some(Value::Struct(_, body)) = answer.map(|field| &field.value.value) else {
        return Default::default();
    };
    let begins_with_pair = |content: &Node<'_>| match &content.value {
        Value::List(content) => matches!(content.first(), Some(Node { value: Value::Struct(..), .. })),
        _ => false,
    };
    match body {
        StructBody::Fields(fields) => {
            let field = |name: &str| fields.iter().find(|field| field.name == name).map(|field| &field.value);
            let has_reading_field = field("reading").is_some_and(|node| matches!(node.value, Value::Text(_)));
            let is_inline = field("accepted").is_some_and(begins_with_pair);
            write::WriteOptions {
                named_fields: true,
                inline_reading: (has_reading_field != is_inline).then_some(is_inline),
            }
        }
        StructBody::Items(items) => {
            let is_inline = items.first().is_some_and(begins_with_pair);
            write::WriteOptions { named_fields: false, inline_reading: is_inline.then_some(true) }
        }
    }
}

/// The fields of a question's node.
pub(super) fn question_fields<'n, 'a>(node: &'n Node<'a>) -> &'n [StructField<'a>] {
    match &node.value {
        Value::Struct(_, StructBody::Fields(fields)) => fields,
        _ => &[],
    }
}

/// Inserts questions before question `at`, or after the last one if `at` is the number of questions. The layout
/// follows the neighbouring question.
///
/// # Errors
/// If the text is not the one that the deck was read from, or one of the questions would be invalid.
pub fn insert_questions(text: &str, deck: &Deck, at: usize, new: &[Question]) -> Result<Edit, EditError> {
    if new.is_empty() {
        return Ok(Edit::default());
    }
    let sources: Vec<String> =
        new.iter().map(|question| write::one_line_question(question, Default::default())).collect();
    check_new_questions(deck, &sources)?;
    if deck.questions.is_empty() {
        return insert_into_empty(text, deck, &sources);
    }
    let neighbour = verified_range(text, deck, at.saturating_sub(1))?;
    let style = IndentStyle::detect(text, neighbour.start);
    let mut point = if at > 0 {
        InsertPoint::after(text, &neighbour, &style)
    } else {
        let list = DeckHeader::read(text, deck)?.question_list_start(deck)?;
        InsertPoint::before(text, comments_above(text, list, neighbour.start))
    };
    let is_short = !text[neighbour].contains('\n');
    let lines = print_all(&sources, &style, |printer, node| printer.flat(node));
    let fits = lines.iter().all(|line| point.column + line.chars().count() < MAX_WIDTH);
    if is_short && fits && !point.on_own_line && lines.len() == 1 {
        return Ok(Edit::new(point.insert(&lines[0], &style)));
    }
    point.on_own_line = true;
    let content = match is_short && fits {
        true => lines,
        false => print_all(&sources, &style, |printer, node| printer.question(node, &point.indent)),
    };
    let between = format!(",{}{}", style.newline, point.indent);
    Ok(Edit::new(point.insert(&content.join(&between), &style)))
}

/// Checks that all new questions would be valid in the deck, and that their ids differ from each other.
fn check_new_questions(deck: &Deck, sources: &[String]) -> Result<(), EditError> {
    // For a few questions, searching the deck is faster than building a set of all its ids.
    let is_linear = sources.len() <= LINEAR_SEARCH_MAX;
    let known: HashSet<&str> = match is_linear {
        true => HashSet::new(),
        false => deck.questions.iter().map(|question| &*question.id).collect(),
    };
    let mut added: HashSet<Arc<str>> = HashSet::with_capacity(sources.len());
    for source in sources {
        let is_known = |id: &str| match is_linear {
            true => deck.questions.iter().any(|question| *question.id == *id),
            false => known.contains(id),
        };
        let (question, diagnostics) =
            check_new_question(source, deck, |id| added.contains(id) || is_known(id));
        added.insert(question.ok_or(EditError::InvalidQuestion(diagnostics))?.id);
    }
    Ok(())
}

/// Prints every question in the layout of the file.
fn print_all(
    sources: &[String],
    style: &IndentStyle,
    write: impl Fn(&NodePrinter<'_>, &Node<'_>) -> String,
) -> Vec<String> {
    let one = |source: &String| {
        let printer = NodePrinter { style, source, one_line: false };
        let mut sink = DiagnosticSink::new(source);
        parse_question(source, &mut sink).map_or(String::new(), |node| write(&printer, &node))
    };
    sources.iter().map(one).collect()
}

/// Inserts the first questions of a deck that has none.
fn insert_into_empty(text: &str, deck: &Deck, sources: &[String]) -> Result<Edit, EditError> {
    let list = DeckHeader::read(text, deck)?.question_list(deck)?;
    let inside = list.start + 1..list.end - 1;
    let mut style = IndentStyle::detect(text, list.start);
    let margin = indent(text, list.start);
    if !margin.is_empty() && !is_first_in_line(text, list.start) {
        style.unit = margin.to_owned();
    }
    let deep = format!("{margin}{}", style.unit);
    let start = inside.start + text[inside.clone()].trim_end().len();
    let newline = style.newline;
    let content = print_all(sources, &style, |printer, node| printer.question(node, &deep));
    let content = content.join(&format!(",{newline}{deep}"));
    let replacement = format!("{newline}{deep}{content},{newline}{margin}");
    Ok(Edit::new(vec![Splice { range: start..inside.end, replacement }]))
}

/// Removes question `at` with its lines and its comma, and with the comment above it if that belongs to this question
/// alone.
///
/// # Errors
/// If the text is not the one that the deck was read from.
pub fn remove_question(text: &str, deck: &Deck, at: usize) -> Result<Edit, EditError> {
    let range = verified_range(text, deck, at)?;
    Ok(Edit::new(removal_splices(text, deck, at, &range)?))
}

/// Moves question `from` so that its index becomes `to`. Its text stays as it is.
///
/// # Errors
/// If the text is not the one that the deck was read from, or an index does not exist.
pub fn move_question(text: &str, deck: &Deck, from: usize, to: usize) -> Result<Edit, EditError> {
    let range = verified_range(text, deck, from)?;
    if from == to {
        return Ok(Edit::default());
    }
    let style = IndentStyle::detect(text, range.start);
    let mut point = if to == 0 {
        let list = DeckHeader::read(text, deck)?.question_list_start(deck)?;
        InsertPoint::before(text, comments_above(text, list, question_range(text, deck, 0)?.start))
    } else {
        let previous = if to > from { to } else { to - 1 };
        InsertPoint::after(text, &question_range(text, deck, previous)?, &style)
    };
    let start = start_with_comments(text, deck, from)?;
    let content = &text[start..range.end];
    if content.contains('\n') {
        point.on_own_line = true;
    }
    let mut splices = removal_splices(text, deck, from, &range)?;
    splices.extend(point.insert(content, &style));
    Ok(Edit::new(splices))
}

/// The splices that remove a question.
fn removal_splices(
    text: &str,
    deck: &Deck,
    at: usize,
    range: &Range<usize>,
) -> Result<Vec<Splice>, EditError> {
    let previous = at.checked_sub(1).map(|at| question_range(text, deck, at)).transpose()?;
    let mut splices = entries::remove(text, range, previous.as_ref());
    let start = start_with_comments(text, deck, at)?;
    if start < range.start {
        let lines = line_start(text, start)..line_start(text, range.start);
        splices.insert(0, Splice::remove(lines));
    }
    Ok(splices)
}

/// The byte range of question `at`, if the text there still equals the question of the deck.
fn verified_range(text: &str, deck: &Deck, at: usize) -> Result<Range<usize>, EditError> {
    let range = question_range(text, deck, at)?;
    let same =
        single::read_existing(&text[range.clone()], deck).as_ref() == deck.questions.get(at).map(|it| &**it);
    if same { Ok(range) } else { Err(EditError::Stale) }
}

/// Writes an id into every question that has none: the one derived from its prompt, so that its progress stays when
/// the prompt changes later. Also returns the number of questions changed.
///
/// # Errors
/// If the text is not the one that the deck was read from.
pub fn pin_ids(text: &str, deck: &Deck) -> Result<(Edit, usize), EditError> {
    let mut splices = Vec::new();
    for (at, question) in deck.questions.iter().enumerate() {
        if question.id_is_written {
            continue;
        }
        let range = question_range(text, deck, at)?;
        let written = &text[range.clone()];
        let mut sink = DiagnosticSink::new(written);
        let node = parse_question(written, &mut sink).ok_or(EditError::Stale)?;
        let fields = question_fields(&node);
        let prompt = fields.iter().find(|field| field.name == "prompt").map(|field| &field.value.value);
        let is_there = matches!(prompt, Some(Value::Text(prompt)) if **prompt == *question.prompt);
        let (Some(first), true) = (fields.first(), is_there) else { return Err(EditError::Stale) };
        let content = format!("id: {}", write::quoted(&question.id));
        // The question has the field already, as `id: None`.
        if let Some(id) = fields.iter().find(|field| field.name == "id") {
            let value = id.value.span.range();
            let range = range.start + value.start..range.start + value.end;
            splices.push(Splice { range, replacement: write::quoted(&question.id) });
        } else {
            let style = IndentStyle::detect(text, range.start);
            splices.extend(insert_field_before(
                text,
                range.start + first.span.start as usize,
                &content,
                &style,
            ));
        }
    }
    let count = splices.len();
    Ok((Edit::new(splices), count))
}
