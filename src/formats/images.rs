//! The images of a question: in its texts, and in its field `image`.
//!
//! The field holds a path, `"map.png"`, or a CommonMark image with alt text, `"![The 38th parallel](map.png)"`. Both
//! are plain strings, so format 1 of the deck file did not have to change. A lint recommends the second form.

use super::markdown;
use crate::domain::image::ImageRef;
use crate::domain::question::{Answer, Question};

/// Parses the content of a field `image`.
pub fn parse_field(text: &str) -> ImageRef {
    let text = text.trim();
    if text.starts_with("![")
        && let [picture] = markdown::images(text).as_slice()
    {
        return picture.clone();
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
pub fn format_field(picture: &ImageRef) -> String {
    if picture.alt.is_empty() {
        return picture.file.clone();
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
    let alt = escaped(&picture.alt, &['\\', '[', ']', '*', '_', '`', '<', '&', '!', '~']);
    let file = &picture.file;
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
    let mut pictures = Vec::new();
    for_each_text(question, |text| pictures.append(&mut markdown::images(text)));
    pictures
}

/// Calls `visit` with every text of a question that is CommonMark.
pub(super) fn for_each_text(question: &Question, mut look: impl FnMut(&str)) {
    look(&question.prompt);
    match &question.answer {
        Answer::Recall { back, reverse_prompt, .. } => {
            look(back);
            reverse_prompt.iter().for_each(|text| look(text));
        }
        Answer::Choice { right, wrong } => {
            look(right);
            for option in wrong {
                look(&option.text);
                option.why.iter().for_each(|text| look(text));
            }
        }
        Answer::Choices { right, wrong } => {
            right.iter().for_each(|text| look(text));
            for option in wrong {
                look(&option.text);
                option.why.iter().for_each(|text| look(text));
            }
        }
        Answer::Order(items) => {
            for item in items {
                look(&item.text);
                item.note.iter().for_each(|text| look(text));
            }
        }
        Answer::Match(pairs) => pairs.iter().for_each(|(left, right)| {
            look(left);
            look(right);
        }),
        Answer::Sort(bins) => bins.iter().for_each(|bin| {
            look(&bin.name);
            bin.items.iter().for_each(|text| look(text));
        }),
        Answer::Typed { .. }
        | Answer::Number { .. }
        | Answer::Date { .. }
        | Answer::Bool(_)
        | Answer::Cloze(_) => {}
    }
    question.hint.iter().for_each(|text| look(text));
    question.explain.iter().for_each(|text| look(text));
}
