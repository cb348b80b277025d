//! Draws CommonMark in the font sizes of the theme: emphasis, strong, code, lists, code blocks, images. Links are shown
//! as plain text.

use eframe::egui::{self, Color32, FontFamily, FontId, Label, Ui, text::LayoutJob, text::TextFormat};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::image;
use crate::domain::image::ImageRef;
use crate::formats::markdown::push_alt_text;
use crate::ui::theme::{TextSize, Tokens};

/// A block of text or an image; blocks are drawn below one another.
struct MarkdownBlock {
    indent: f32,
    content: BlockContent,
}

enum BlockContent {
    /// A paragraph, a list item or a code block.
    Text(LayoutJob),
    /// An image. It is a block of its own, even in the middle of a paragraph.
    Image(ImageRef),
}

/// Draws text block by block. Each block is one label, so that a screen reader reads it as a whole.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    text: &str,
    size: TextSize,
    strong: bool,
    colour: Color32,
) -> egui::Response {
    let blocks = blocks(text, size, strong, colour, tokens);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = size.size() / 2.0;
        for MarkdownBlock { indent, content } in blocks {
            let add = |ui: &mut Ui| match content {
                BlockContent::Text(job) => ui.add(Label::new(job).wrap()),
                BlockContent::Image(image) => image::show(ui, tokens, &image),
            };
            if indent > 0.0 {
                ui.horizontal_top(|ui| {
                    ui.add_space(indent);
                    add(ui);
                });
            } else {
                add(ui);
            }
        }
    })
    .response
}

/// Text as one layout job with line breaks between blocks, for buttons and labels. Images are replaced by their
/// descriptions.
pub fn inline(text: &str, size: TextSize, strong: bool, colour: Color32, tokens: &Tokens) -> LayoutJob {
    let (mut whole, images) = with_images(text, size, strong, colour, tokens);
    for image in images {
        let gap = if whole.text.is_empty() { "" } else { " " };
        whole.append(&format!("{gap}{}", image.label()), 0.0, format(size, strong, true, colour));
    }
    whole
}

/// Text as one layout job, and the images in it, which are drawn below: for answer options.
pub fn with_images(
    text: &str,
    size: TextSize,
    strong: bool,
    colour: Color32,
    tokens: &Tokens,
) -> (LayoutJob, Vec<ImageRef>) {
    let mut whole = LayoutJob::default();
    let mut images = Vec::new();
    for block in blocks(text, size, strong, colour, tokens) {
        let job = match block.content {
            BlockContent::Text(job) => job,
            BlockContent::Image(image) => {
                images.push(image);
                continue;
            }
        };
        if !whole.text.is_empty() {
            whole.append("\n", 0.0, format(size, strong, false, colour));
        }
        for section in job.sections {
            let range = section.byte_range.start.0..section.byte_range.end.0;
            whole.append(&job.text[range], section.leading_space, section.format);
        }
    }
    (whole, images)
}

/// Text without Markdown syntax, for screen readers.
pub fn plain(text: &str) -> String {
    crate::formats::markdown::plain(text)
}

fn format(size: TextSize, strong: bool, italics: bool, colour: Color32) -> TextFormat {
    TextFormat {
        font_id: if strong { size.semibold() } else { size.regular() },
        line_height: Some(size.line_height()),
        color: colour,
        italics,
        ..TextFormat::default()
    }
}

fn blocks(text: &str, size: TextSize, strong: bool, colour: Color32, tokens: &Tokens) -> Vec<MarkdownBlock> {
    let mut blocks: Vec<MarkdownBlock> = Vec::new();
    let mut job = LayoutJob::default();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let (mut strong_depth, mut italic_depth) = (u32::from(strong), 0u32);
    let finish = |blocks: &mut Vec<MarkdownBlock>, job: &mut LayoutJob, depth: usize| {
        if !job.text.trim().is_empty() {
            let content = BlockContent::Text(std::mem::take(job));
            blocks.push(MarkdownBlock { indent: 16.0 * depth as f32, content });
        }
    };
    let mut images: Vec<ImageRef> = Vec::new();
    for event in Parser::new(text) {
        match (event, images.last_mut()) {
            // An image inside the description of another image is part of that description.
            (Event::Start(Tag::Image { dest_url, .. }), _) => {
                images.push(ImageRef { file: dest_url.into_string(), alt: String::new() });
                continue;
            }
            (Event::End(TagEnd::Image), _) => {
                if let (Some(image), true) = (images.pop(), images.is_empty()) {
                    finish(&mut blocks, &mut job, lists.len());
                    let content = BlockContent::Image(image);
                    blocks.push(MarkdownBlock { indent: 16.0 * lists.len() as f32, content });
                }
                continue;
            }
            (event, Some(image)) => {
                push_alt_text(image, &event);
                continue;
            }
            (event, None) => match event {
                Event::Start(Tag::Strong | Tag::Heading { .. }) => strong_depth += 1,
                Event::End(TagEnd::Strong) => strong_depth = strong_depth.saturating_sub(1),
                Event::End(TagEnd::Heading(_)) => {
                    strong_depth = strong_depth.saturating_sub(1);
                    finish(&mut blocks, &mut job, lists.len());
                }
                Event::Start(Tag::Emphasis) => italic_depth += 1,
                Event::End(TagEnd::Emphasis) => italic_depth = italic_depth.saturating_sub(1),
                Event::Start(Tag::List(first)) => {
                    finish(&mut blocks, &mut job, lists.len());
                    lists.push(first);
                }
                Event::End(TagEnd::List(_)) => {
                    lists.pop();
                }
                Event::Start(Tag::Item) => {
                    let bullet = match lists.last_mut() {
                        Some(Some(number)) => {
                            *number += 1;
                            format!("{}.  ", *number - 1)
                        }
                        _ => "•  ".to_owned(),
                    };
                    job.append(&bullet, 0.0, format(size, strong_depth > 0, false, colour));
                }
                Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::CodeBlock) => {
                    finish(&mut blocks, &mut job, lists.len())
                }
                Event::Text(words) | Event::InlineHtml(words) | Event::Html(words) => {
                    let follows = |block: &MarkdownBlock| matches!(block.content, BlockContent::Image(_));
                    let begins = job.text.is_empty() && blocks.last().is_some_and(follows);
                    let words = if begins { words.trim_start() } else { &*words };
                    job.append(words, 0.0, format(size, strong_depth > 0, italic_depth > 0, colour));
                }
                Event::Code(words) => {
                    let font_id = FontId::new(size.size() * 0.94, FontFamily::Monospace);
                    let base = format(size, false, false, colour);
                    job.append(&words, 0.0, TextFormat { font_id, background: tokens.soft, ..base });
                }
                Event::SoftBreak => job.append(" ", 0.0, format(size, strong_depth > 0, false, colour)),
                Event::HardBreak => job.append("\n", 0.0, format(size, strong_depth > 0, false, colour)),
                _ => {}
            },
        }
    }
    finish(&mut blocks, &mut job, 0);
    blocks
}
