//! The images of a question: in its texts, and in its field `image`.
//!
//! The field holds a path, `"map.png"`, or a CommonMark image with alt text, `"![The 38th parallel](map.png)"`. Both
//! are plain strings, so format 1 of the deck file did not have to change. A lint recommends the second form.

use super::markdown;
use crate::domain::image::ImageRef;
use crate::domain::question::Question;

/// Parses the content of a field `image`.
pub fn parse_field(text: &str) -> ImageRef {
    let text = text.trim();
    if text.starts_with("![")
        && let [image] = markdown::images(text).as_slice()
    {
        return image.clone();
    }
    // CommonMark requires < > around a path with spaces. Here there is nothing else that it could mean.
    if let Some((alt, file)) =
        text.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')?.split_once("]("))
    {
        return ImageRef { file: file.trim().to_owned(), alt: alt.trim().to_owned() };
    }
    ImageRef { file: text.to_owned(), alt: String::new() }
}

/// The content of a field `image` for an image; [`parse_field`] reads it back.
pub fn format_field(image: &ImageRef) -> String {
    if image.alt.is_empty() {
        return image.file.clone();
    }
    let escaped = |text: &str, marks: &[char]| {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            if marks.contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    };
    let alt = escaped(&image.alt, &['\\', '[', ']', '*', '_', '`', '<', '&', '!', '~']);
    let file = &image.file;
    if file.contains(|c: char| c.is_whitespace() || "()<>\\&".contains(c)) {
        format!("![{alt}](<{}>)", escaped(file, &['\\', '<', '>', '&']))
    } else {
        format!("![{alt}]({file})")
    }
}

/// The image in a question's field `image`.
pub fn field_image(question: &Question) -> Option<ImageRef> {
    question.image.as_deref().map(parse_field)
}

/// All images in a question's texts, without its field `image`.
pub fn text_images(question: &Question) -> Vec<ImageRef> {
    let mut images = Vec::new();
    for_each_text(question, |text| images.append(&mut markdown::images(text)));
    images
}

/// Calls `visit` with every text of a question that is CommonMark.
pub(super) fn for_each_text(question: &Question, mut visit: impl FnMut(&str)) {
    visit(&question.prompt);
    question.answer.for_each_text(|role, text| {
        if role.is_markdown() {
            visit(&text);
        }
    });
    question.hint.iter().for_each(|text| visit(text));
    question.explain.iter().for_each(|text| visit(text));
}
