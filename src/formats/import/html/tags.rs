//! Splits HTML into text and tags.

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'a> {
    Text(&'a str),
    Tag {
        /// One of [`KNOWN_TAGS`]; empty for any other tag.
        name: &'static str,
        is_closing: bool,
        attributes: &'a str,
    },
}

/// How many tags [`HtmlTokens::peek_char`] skips at most.
const LOOKAHEAD_TAGS: usize = 8;

/// The tags that affect the conversion.
const KNOWN_TAGS: [&str; 26] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "br",
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "img",
    "script",
    "style",
    "tr",
    "td",
    "th",
    "hr",
    "h1",
    "h2",
    "h3",
    "blockquote",
    "table",
    "kbd",
];

/// The tokens of a text in order. Comments are skipped; everything that is not a tag is text.
#[derive(Clone, Debug)]
pub(super) struct HtmlTokens<'a> {
    rest: &'a str,
}

impl<'a> HtmlTokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    pub(super) fn next(&mut self) -> Option<HtmlToken<'a>> {
        loop {
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            if self.rest.is_empty() {
                return None;
            }
            if let Some((token, length)) = tag(self.rest) {
                self.rest = &self.rest[length..];
                return Some(token);
            }
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let length = self.rest[first..].find('<').map_or(self.rest.len(), |at| first + at);
            let (text, rest) = self.rest.split_at(length);
            self.rest = rest;
            return Some(HtmlToken::Text(text));
        }
    }

    /// The next character of text on the same line, looking past a few inline tags. `None` at a block or a line
    /// break.
    pub(super) fn peek_char(&self) -> Option<char> {
        let mut ahead = self.clone();
        for _ in 0..LOOKAHEAD_TAGS {
            match ahead.next()? {
                HtmlToken::Text(text) => return text.chars().next(),
                HtmlToken::Tag { name: "br" | "div" | "p" | "li" | "ul" | "ol" | "pre", .. } => return None,
                HtmlToken::Tag { .. } => {}
            }
        }
        None
    }
}

/// The tag that the text begins with, and its length in bytes. `None` if there is none, such as where `<` means "less
/// than".
fn tag(text: &str) -> Option<(HtmlToken<'_>, usize)> {
    let inside = text.strip_prefix('<')?;
    let (is_closing, named) = match inside.strip_prefix('/') {
        Some(named) => (true, named),
        None => (false, inside),
    };
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    let mut quote = None;
    let mut end = None;
    for (at, byte) in named.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => {
                end = Some(at);
                break;
            }
            // Another tag begins before this one ends, so this `<` was text.
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    let body = &named[..end?];
    let length = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let (name, attributes) = body.split_at(length);
    let name = KNOWN_TAGS.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or("");
    Some((HtmlToken::Tag { name, is_closing, attributes }, text.len() - named.len() + body.len() + 1))
}

/// The value of the attribute `attribute_name`, without its quotes.
pub(super) fn attribute<'a>(attributes: &'a str, attribute_name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            // An attribute without a value, or a stray character.
            rest = if length == 0 { &rest[1..] } else { after };
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if name.eq_ignore_ascii_case(attribute_name) {
            return Some(value);
        }
        rest = after;
    }
}
