//! Where a deck's pictures are named, and what can be said of them without looking at files.

use std::ops::Range;

use crate::domain::deck::{Deck, Place};
use crate::domain::picture::Picture;
use crate::formats::markdown::spaced_picture;
use crate::formats::pictures::{each_text, field, in_texts, of_field};

use super::convert::{Context, Placed};
use super::faults::Fault;
use super::lines::Lines;
use super::tree::{Span, excerpt};

/// A picture and the place in the deck's file that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPicture {
    /// Which.
    pub picture: Picture,
    /// Bytes of the file's name in the text.
    pub span: Range<usize>,
    /// Line of the span's beginning, from 1.
    pub line: u32,
    /// Column of the span's beginning in characters, from 1.
    pub column: u32,
}

/// Every picture of a deck with its place in the text that the deck was read from.
pub fn placed(text: &str, deck: &Deck) -> Vec<PlacedPicture> {
    let lines = Lines::new(text);
    let mut all = Vec::new();
    for (question, place) in deck.questions.iter().zip(&deck.places) {
        let field = of_field(question);
        for picture in in_texts(question).into_iter().chain(field) {
            let span = span_of(text, *place, &picture.file);
            let (line, column) = lines.position(span.start);
            all.push(PlacedPicture { picture, span: span.range(), line, column });
        }
    }
    all
}

/// Lints the pictures of one question.
pub(super) fn lint(context: &mut Context<'_, '_>, placed: &Placed) {
    let question = &placed.question;
    let in_field = of_field(question).map(|picture| (picture, true));
    let in_texts = in_texts(question).into_iter().map(|picture| (picture, false));
    for (picture, is_field) in in_texts.chain(in_field) {
        let file = excerpt(&picture.file);
        let span = span_of(context.text, placed.place, &picture.file);
        if let Some(fault) = picture.path_fault() {
            context.faults.push(Fault::lint(fault.code(), span, fault.message(&file)).help(fault.help()));
        }
        if picture.alt.trim().is_empty() {
            let message = format!("nothing says what the picture “{file}” shows");
            let help = match is_field {
                true => format!("write image: \"{}\"", example(&file)),
                false => format!("write it between the square brackets: {}", example(&file)),
            };
            context.faults.push(Fault::lint("no-alt-text", span, message).help(help));
        }
    }
    let mut spaced = Vec::new();
    each_text(question, |text| spaced.extend(spaced_picture(text).map(str::to_owned)));
    for file in spaced {
        let span = span_of(context.text, placed.place, &file);
        let message = format!("“{}” is not read as a picture: its name has a space", excerpt(&file));
        let help = format!("write < > around it: {}", example(&excerpt(&file)));
        context.faults.push(Fault::lint("picture-spaced", span, message).help(help));
    }
}

/// A picture as it is to be written.
fn example(file: &str) -> String {
    field(&Picture { file: file.to_owned(), alt: "what it shows".to_owned() })
}

/// Where a question names a file: exact, unless the name is written with escapes.
fn span_of(text: &str, place: Place, file: &str) -> Span {
    let written = text.get(place.range()).unwrap_or_default();
    let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "\"()<>".contains(c));
    let found = written.match_indices(file).find(|(at, _)| {
        !file.is_empty()
            && is_edge(written[..*at].chars().next_back())
            && is_edge(written[at + file.len()..].chars().next())
    });
    let start = place.start as usize;
    match found {
        Some((at, _)) => Span::new(start + at, start + at + file.len()),
        None => Span::new(start, (start + 1).min(text.len())),
    }
}
