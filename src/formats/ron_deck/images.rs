//! The positions of a deck's images in its text, and lints of images that need no file access.

use std::ops::Range;

use crate::domain::deck::{Deck, QuestionSpan};
use crate::domain::image::ImageRef;
use crate::formats::images::{field_image, for_each_text, format_field, text_images};
use crate::formats::markdown::image_with_spaced_path;

use super::convert::{ConvertContext, ParsedQuestion};
use super::line_index::LineIndex;
use super::tree::{Span, excerpt};

/// An image and its position in the deck's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedImage {
    /// The image.
    pub image: ImageRef,
    /// The byte range of the image's path in the text.
    pub span: Range<usize>,
    /// The line in which the span begins, from 1.
    pub line: u32,
    /// The column at which the span begins, in characters, from 1.
    pub column: u32,
}

/// All images of a deck with their positions. `text` must be the text that the deck was read from.
pub fn placed_images(text: &str, deck: &Deck) -> Vec<PlacedImage> {
    let lines = LineIndex::new(text);
    let mut all = Vec::new();
    for (question, question_span) in deck.questions.iter().zip(&deck.spans) {
        let field = field_image(question);
        for image in text_images(question).into_iter().chain(field) {
            let span = file_span(text, *question_span, &image.file);
            let (line, column) = lines.position(span.start);
            all.push(PlacedImage { image, span: span.range(), line, column });
        }
    }
    all
}

/// Lints the images of one question.
pub(super) fn lint(context: &mut ConvertContext<'_, '_>, parsed: &ParsedQuestion) {
    let question = &parsed.question;
    let in_field = field_image(question).map(|image| (image, true));
    let in_texts = text_images(question).into_iter().map(|image| (image, false));
    for (image, is_field) in in_texts.chain(in_field) {
        let file = excerpt(&image.file);
        let span = file_span(context.text, parsed.span, &image.file);
        if let Some(error) = image.path_error() {
            context.sink.lint(error.code(), span, error.message(&file), error.help());
        }
        if image.alt.trim().is_empty() {
            let message = format!("nothing says what the picture “{file}” shows");
            let help = match is_field {
                true => format!("write image: \"{}\"", example(&file)),
                false => format!("write it between the square brackets: {}", example(&file)),
            };
            context.sink.lint("no-alt-text", span, message, help);
        }
    }
    let mut spaced = Vec::new();
    for_each_text(question, |text| spaced.extend(image_with_spaced_path(text).map(str::to_owned)));
    for file in spaced {
        let span = file_span(context.text, parsed.span, &file);
        let message = format!("“{}” is not read as a picture: its name has a space", excerpt(&file));
        let help = format!("write < > around it: {}", example(&excerpt(&file)));
        context.sink.lint("picture-spaced", span, message, help);
    }
}

/// How an image with alt text is written, for help texts.
fn example(file: &str) -> String {
    format_field(&ImageRef { file: file.to_owned(), alt: "what it shows".to_owned() })
}

/// The span of a path in a question's text. If the path is not found, because it is written with escapes, the span of
/// the question's first character.
fn file_span(text: &str, question_span: QuestionSpan, file: &str) -> Span {
    let written = text.get(question_span.range()).unwrap_or_default();
    let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "\"()<>".contains(c));
    let found = written.match_indices(file).find(|(at, _)| {
        !file.is_empty()
            && is_edge(written[..*at].chars().next_back())
            && is_edge(written[at + file.len()..].chars().next())
    });
    let start = question_span.start as usize;
    match found {
        Some((at, _)) => Span::new(start + at, start + at + file.len()),
        None => Span::new(start, (start + 1).min(text.len())),
    }
}
