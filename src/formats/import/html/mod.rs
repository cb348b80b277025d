//! Converts the HTML of Anki's fields to Markdown. It covers what people type into a field, not whole web pages.

mod escape;
mod tags;
mod writer;

use std::borrow::Cow;

use super::entities;
use tags::{HtmlToken, HtmlTokens};
use writer::MarkdownWriter;

/// Counts of the media in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MediaCounts {
    /// Images, which stay as Markdown images.
    pub images: usize,
    /// Sounds, which are removed.
    pub sounds: usize,
}

/// Whether a text is probably HTML.
pub(super) fn is_likely(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "<br", "<b>", "<i>", "<u>", "<div", "<p>", "<p ", "<span", "<li>", "<img", "</", "&nbsp;", "&lt;",
        "&amp;",
    ];
    text.contains(['<', '&']) && SIGNS.iter().any(|sign| text.contains(sign))
}

/// Converts a field to Markdown, and adds the images in it to `media`.
pub(super) fn to_markdown<'a>(html: &'a str, media: &mut MediaCounts) -> Cow<'a, str> {
    if escape::is_plain(html) {
        return Cow::Borrowed(html.trim());
    }
    Cow::Owned(convert(html, MarkdownWriter::markdown(), media))
}

/// Converts a field to plain text, keeping its line breaks.
pub(super) fn to_plain_text(html: &str) -> Cow<'_, str> {
    if escape::is_plain(html) {
        return Cow::Borrowed(html.trim());
    }
    Cow::Owned(convert(html, MarkdownWriter::plain(), &mut MediaCounts::default()))
}

/// Feeds the tokens of a field to a writer.
fn convert(html: &str, mut writer: MarkdownWriter, media: &mut MediaCounts) -> String {
    let mut tokens = HtmlTokens::new(html);
    // The name of the open element whose content is not text: a script or a style sheet.
    let mut skipped_element: Option<&str> = None;
    while let Some(token) = tokens.next() {
        match token {
            HtmlToken::Tag { name, is_closing, .. } if skipped_element.is_some() => {
                if is_closing && skipped_element == Some(name) {
                    skipped_element = None;
                }
            }
            HtmlToken::Tag { name: name @ ("script" | "style"), is_closing: false, .. } => {
                skipped_element = Some(name)
            }
            HtmlToken::Tag { name: "img", attributes, .. } => {
                media.images += 1;
                let attribute = |name| tags::attribute(attributes, name).map(entities::decode);
                writer.image(&attribute("alt").unwrap_or_default(), &attribute("src").unwrap_or_default());
            }
            HtmlToken::Tag { name, is_closing, .. } => writer.tag(name, is_closing, tokens.peek_char()),
            HtmlToken::Text(text) if skipped_element.is_none() => writer.text(&entities::decode(text)),
            HtmlToken::Text(_) => {}
        }
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_markdown(html: &str, expected: &str) {
        assert_eq!(to_markdown(html, &mut MediaCounts::default()), expected, "{html}");
    }

    #[test]
    fn formatting_becomes_markdown() {
        assert_markdown("a<br>b<br/><br>c", "a  \nb\n\nc");
        assert_markdown("<div>one</div><div>two</div>", "one  \ntwo");
        assert_markdown("<p>one</p><p>two</p>", "one\n\ntwo");
        assert_markdown("<b>bold </b>and<i> thin</i>, H<sub>2</sub>O", "**bold** and *thin*, H2O");
        assert_markdown("<strong>a</strong><b>b</b> <em>c</em> <u>d</u>", "**ab** *c* *d*");
        assert_markdown("a<b>(b)</b>c", "a(b)c");
        assert_markdown(
            "<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>end",
            "- one\n- two\n  1. deep\n\nend",
        );
        assert_markdown("use <code>a*b</code>", "use `a*b`");
        assert_markdown(
            "<pre><code>if a &lt; b:\n    c</code></pre>after",
            "```\nif a < b:\n    c\n```\n\nafter",
        );
        assert_markdown("see <a href=\"x\">this</a> <span style=\"a>b\">that</span>", "see this that");
        assert_markdown("<style>.a{}</style>x<!-- y --><script>z()</script>", "x");
    }

    #[test]
    fn images_stay_and_are_counted() {
        let mut media = MediaCounts::default();
        let text = to_markdown("<img src=\"a b.png\" alt='map [1]'> <IMG SRC=c.jpg>", &mut media);
        assert_eq!(text, "![map \\[1\\]](<a b.png>) ![](c.jpg)");
        assert_eq!(media.images, 2);
    }

    #[test]
    fn markdown_characters_are_escaped() {
        assert_markdown(
            "2*3*4 &lt;b&gt; snake_case _x_ [a] \\(x\\)",
            "2\\*3\\*4 \\<b> snake_case \\_x\\_ \\[a\\] \\\\(x\\\\)",
        );
        assert_markdown(
            "1. no list<br># no heading<br>- no item",
            "1\\. no list  \n\\# no heading  \n\\- no item",
        );
        assert_markdown("a < b & c", "a \\< b & c");
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(to_plain_text("<b>snake_case</b>&nbsp;*<div>x</div>"), "snake_case *\nx");
    }
}
