//! CommonMark as plain text, and the images in it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::domain::image::{ImageRef, has_known_extension};

/// The plain text, with blocks separated by spaces, for screen readers and search. An image is replaced by its alt
/// text.
pub fn plain(text: &str) -> String {
    plain_with(text, |image| if image.alt.is_empty() { "picture".to_owned() } else { image.alt.clone() })
}

/// [`plain`] text on one line, with single spaces.
pub fn plain_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Like [`plain`], but each image shows its alt text and its file, for places that cannot draw it.
pub fn plain_with_files(text: &str) -> String {
    plain_with(text, image_placeholder)
}

/// The text for an image that cannot be drawn: `[picture: alt text (file)]`.
pub fn image_placeholder(image: &ImageRef) -> String {
    match image.alt.as_str() {
        "" => format!("[picture: {}]", image.file),
        alt => format!("[picture: {alt} ({})]", image.file),
    }
}

/// The plain text, with each image replaced by the result of `image_text`.
fn plain_with(text: &str, image_text: impl Fn(&ImageRef) -> String) -> String {
    let mut words = String::with_capacity(text.len());
    let mut open_image: Option<ImageRef> = None;
    let mut depth = 0;
    for event in Parser::new(text) {
        if let Some(image) = &mut open_image {
            depth += depth_change(&event);
            if depth == 0 {
                words.push_str(&image_text(image));
                open_image = None;
            } else {
                push_alt_text(image, &event);
            }
            continue;
        }
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open_image = Some(ImageRef { file: dest_url.into_string(), alt: String::new() });
                depth = 1;
            }
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) | Event::Html(part) => {
                words.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// How an event changes the nesting depth of images: an alt text may contain images itself.
fn depth_change(event: &Event<'_>) -> i32 {
    match event {
        Event::Start(Tag::Image { .. }) => 1,
        Event::End(TagEnd::Image) => -1,
        _ => 0,
    }
}

/// Appends an event inside an image to the image's alt text.
pub fn push_alt_text(image: &mut ImageRef, event: &Event<'_>) {
    match event {
        Event::Text(part) | Event::Code(part) => image.alt.push_str(part),
        Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
        _ => {}
    }
}

/// All images of a text, each with its byte range in the text.
fn images_with_ranges(text: &str) -> Vec<(ImageRef, std::ops::Range<usize>)> {
    let mut images = Vec::new();
    // Most texts have no image and need no parsing.
    if !text.contains("![") {
        return images;
    }
    let mut depth = 0;
    for (event, range) in Parser::new(text).into_offset_iter() {
        if depth == 0
            && let Event::Start(Tag::Image { dest_url, .. }) = &event
        {
            images.push((ImageRef { file: dest_url.to_string(), alt: String::new() }, range));
        } else if depth > 0
            && let Some((image, _)) = images.last_mut()
        {
            push_alt_text(image, &event);
        }
        depth += depth_change(&event);
    }
    images
}

/// All images of a text, in order.
pub fn images(text: &str) -> Vec<ImageRef> {
    images_with_ranges(text).into_iter().map(|(image, _)| image).collect()
}

/// The path in `![alt](path with a space.png)`, which CommonMark does not read as an image: the path would need `< >`
/// around it. `None` if the text has no such mistake.
pub fn image_with_spaced_path(text: &str) -> Option<&str> {
    text.split("![").skip(1).find_map(|image| {
        let (_, destination) = image.lines().next()?.split_once("](")?;
        let file = destination.split(')').next()?;
        (file.contains(' ') && !file.starts_with('<') && has_known_extension(file)).then_some(file)
    })
}

/// The text without its images, for layouts that draw them separately.
pub fn without_images(text: &str) -> Cow<'_, str> {
    let found = images_with_ranges(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for (_, range) in found {
        rest.push_str(&text[from..range.start]);
        from = range.end;
        // Keep only one of the spaces before and after the image.
        if rest.is_empty() || rest.ends_with(char::is_whitespace) {
            from = text.len() - text[from..].trim_start().len();
        }
    }
    rest.push_str(&text[from..]);
    Cow::Owned(rest)
}
