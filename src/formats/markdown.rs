//! CommonMark without its marks, and the pictures in it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::domain::image::{ImageRef, has_known_extension};

/// The words alone, blocks parted by spaces: for screen readers and search. A picture is what it shows.
pub fn plain(text: &str) -> String {
    plain_with(
        text,
        |picture| if picture.alt.is_empty() { "picture".to_owned() } else { picture.alt.clone() },
    )
}

/// The words alone, and of each picture what it shows and its file: for the terminal.
pub fn plain_with_files(text: &str) -> String {
    plain_with(text, image_placeholder)
}

/// A picture where none can be drawn: `[picture: what it shows (file)]`.
pub fn image_placeholder(picture: &ImageRef) -> String {
    match picture.alt.as_str() {
        "" => format!("[picture: {}]", picture.file),
        alt => format!("[picture: {alt} ({})]", picture.file),
    }
}

fn plain_with(text: &str, tell: impl Fn(&ImageRef) -> String) -> String {
    let mut words = String::with_capacity(text.len());
    let mut within: Option<ImageRef> = None;
    let mut depth = 0;
    for event in Parser::new(text) {
        if let Some(picture) = &mut within {
            depth += depth_change(&event);
            if depth == 0 {
                words.push_str(&tell(picture));
                within = None;
            } else {
                push_alt_text(picture, &event);
            }
            continue;
        }
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                within = Some(ImageRef { file: dest_url.into_string(), alt: String::new() });
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

/// How an event changes the depth inside a picture's description, which may hold a picture itself.
fn depth_change(event: &Event<'_>) -> i32 {
    match event {
        Event::Start(Tag::Image { .. }) => 1,
        Event::End(TagEnd::Image) => -1,
        _ => 0,
    }
}

/// Adds to a picture's description what stands between its brackets.
pub fn push_alt_text(picture: &mut ImageRef, event: &Event<'_>) {
    match event {
        Event::Text(part) | Event::Code(part) => picture.alt.push_str(part),
        Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
        _ => {}
    }
}

/// Every picture of a text, with the bytes it is written in.
fn images_with_ranges(text: &str) -> Vec<(ImageRef, std::ops::Range<usize>)> {
    let mut pictures = Vec::new();
    // Most texts have none: they need not be parsed.
    if !text.contains("![") {
        return pictures;
    }
    let mut depth = 0;
    for (event, range) in Parser::new(text).into_offset_iter() {
        if depth == 0
            && let Event::Start(Tag::Image { dest_url, .. }) = &event
        {
            pictures.push((ImageRef { file: dest_url.to_string(), alt: String::new() }, range));
        } else if depth > 0
            && let Some((picture, _)) = pictures.last_mut()
        {
            push_alt_text(picture, &event);
        }
        depth += depth_change(&event);
    }
    pictures
}

/// Every picture of a text, in its order.
pub fn images(text: &str) -> Vec<ImageRef> {
    images_with_ranges(text).into_iter().map(|(picture, _)| picture).collect()
}

/// The file of a picture that is none in CommonMark, because its name has a space and no `< >` around it.
pub fn image_with_spaced_path(text: &str) -> Option<&str> {
    let after = |text: &'_ str, mark: &str| text.find(mark).map(|at| at + mark.len());
    let mut from = 0;
    while let Some(begin) = after(&text[from..], "![").map(|at| from + at) {
        from = begin;
        let line = text[begin..].lines().next().unwrap_or_default();
        let Some(name) = after(line, "](") else { continue };
        let file = line[name..].split(')').next().unwrap_or_default();
        if file.contains(' ') && !file.starts_with('<') && has_known_extension(file) {
            return Some(file);
        }
    }
    None
}

/// The text with its pictures taken out: for where they are drawn apart from it.
pub fn without_images(text: &str) -> Cow<'_, str> {
    let placed = images_with_ranges(text);
    if placed.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for (_, range) in placed {
        rest.push_str(&text[from..range.start]);
        from = range.end;
        // The space on one side is enough.
        if rest.is_empty() || rest.ends_with(char::is_whitespace) {
            from = text.len() - text[from..].trim_start().len();
        }
    }
    rest.push_str(&text[from..]);
    Cow::Owned(rest)
}
