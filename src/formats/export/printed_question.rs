//! Questions as HTML for paper: the prompt, room for the answer, and the right answer for the key.

use std::fmt::Write;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use rand::seq::SliceRandom;

use crate::domain::cloze::{Cloze, ClozePiece};
use crate::domain::grade::{date, number};
use crate::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, NumberAnswer, Question, RecallAnswer, TypedAnswer,
    WrongOption,
};
use crate::domain::seed::{Seed, rng, seed_of};
use crate::text;

/// Stands for a gap while the prompt goes through the Markdown parser. A private-use character that texts do not
/// contain; [`cloze_prompt`] removes it from them.
const GAP_MARKER: char = '\u{F8FF}';
/// An empty gap of a Cloze.
const GAP_HTML: &str = "<span class=\"gap\">&nbsp;</span>";
/// A full-width line to write on.
const LINE_HTML: &str = "<div class=\"line\"></div>";
/// A short line, for a word or a number.
const SHORT_LINE_HTML: &str = "<span class=\"short\"></span>";

/// A question laid out for paper. All fields are HTML.
#[derive(Debug)]
pub(super) struct PrintedQuestion {
    pub prompt: String,
    /// Lines, boxes or a table to write the answer into; empty for a Cloze, whose gaps are in the prompt.
    pub answer_area: String,
    /// The right answer, for the answer key.
    pub right: String,
}

impl PrintedQuestion {
    /// Lays out a question. The shuffling depends on the seed, the deck's id and the question's id only.
    pub(super) fn new(deck: &str, question: &Question, seed: Seed) -> Self {
        let mut rng = rng(seed_of(&format!("{seed}/{deck}/{}", question.id)));
        let mut prompt = if let Answer::Cloze(cloze) = &question.answer {
            cloze_prompt(cloze)
        } else {
            block_html(&question.prompt)
        };
        if let Some(image) = &question.image {
            let _ = write!(prompt, "<p><span class=\"picture\">{}</span></p>", escape_html(image));
        }
        let (answer_area, right) = match &question.answer {
            Answer::Recall(RecallAnswer { back, .. }) => (LINE_HTML.repeat(3), block_html(back)),
            Answer::Typed(TypedAnswer { accepted, .. }) => {
                (LINE_HTML.to_owned(), escape_html(&accepted.join(" / ")))
            }
            Answer::Number(NumberAnswer { value, within, unit }) => {
                let unit = unit.as_deref().map(|unit| format!(" {}", escape_html(unit))).unwrap_or_default();
                let mut right = format!("{}{unit}", number::format_number(*value));
                if *within != 0.0 {
                    let _ = write!(right, " (± {})", number::format_number(*within));
                }
                (format!("{SHORT_LINE_HTML}{unit}"), right)
            }
            Answer::Date(DateAnswer { value, within_days }) => {
                let mut right = date::format_date(*value);
                if *within_days > 0 {
                    let _ = write!(right, " ({})", text::export::within_days(*within_days as usize));
                }
                (SHORT_LINE_HTML.to_owned(), right)
            }
            Answer::Bool(value) => {
                let right = if *value { text::study::TRUE } else { text::study::FALSE };
                (
                    checkboxes([text::study::TRUE, text::study::FALSE].into_iter().map(escape_html), true),
                    right.to_owned(),
                )
            }
            Answer::Choice(ChoiceAnswer { right, wrong }) => {
                choice(std::slice::from_ref(right), wrong, true, &mut rng)
            }
            Answer::Choices(ChoicesAnswer { right, wrong }) => choice(right, wrong, false, &mut rng),
            // The answer is written into the gaps of the prompt.
            Answer::Cloze(cloze) => (String::new(), cloze_key(cloze)),
            Answer::Order(items) => {
                let mut order: Vec<usize> = (0..items.len()).collect();
                order.shuffle(&mut rng);
                let shown = order.iter().map(|item| {
                    format!("<td>{SHORT_LINE_HTML}</td><td>{}</td>", inline_html(&items[*item].text))
                });
                let right = items.iter().map(|item| inline_html(&item.text));
                (table(shown), format!("<ol>{}</ol>", list_items(right)))
            }
            Answer::Match(pairs) => matching(pairs, &mut rng),
            Answer::Sort(bins) => sorting(bins, &mut rng),
        };
        Self { prompt, answer_area, right }
    }
}

type Rng = rand_chacha::ChaCha8Rng;

/// The boxes of a Choice or Choices question with shuffled options, and the right ones for the key.
fn choice(right: &[String], wrong: &[WrongOption], is_single: bool, rng: &mut Rng) -> (String, String) {
    let mut options: Vec<(&str, bool)> = right.iter().map(|text| (text.as_str(), true)).collect();
    options.extend(wrong.iter().map(|option| (option.text.as_str(), false)));
    options.shuffle(rng);
    let lettered = |(at, (text, _)): (usize, &(&str, bool))| format!("{}) {}", letter(at), inline_html(text));
    let shown = options.iter().enumerate().map(lettered);
    let is_right = |(_, (_, is_right)): &(usize, &(&str, bool))| *is_right;
    let key: Vec<String> = options.iter().enumerate().filter(is_right).map(lettered).collect();
    (checkboxes(shown, is_single), key.join("<br>"))
}

/// The table of a Match question with shuffled right sides, and the pairs for the key.
fn matching(pairs: &[(String, String)], rng: &mut Rng) -> (String, String) {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.shuffle(rng);
    let shown = pairs.iter().enumerate().map(|(at, (left, _))| {
        let partner = order.get(at).map_or("", |partner| pairs[*partner].1.as_str());
        format!(
            "<td>{SHORT_LINE_HTML}</td><td>{}</td><td>{}) {}</td>",
            inline_html(left),
            letter(at),
            inline_html(partner)
        )
    });
    let right = pairs.iter().enumerate().map(|(at, (left, right))| {
        let position = order.iter().position(|partner| *partner == at).unwrap_or(at);
        format!("{} – {}) {}", inline_html(left), letter(position), inline_html(right))
    });
    (table(shown), right.collect::<Vec<_>>().join("<br>"))
}

/// The table of a Sort question with shuffled items, and the bins with their items for the key.
fn sorting(bins: &[Bin], rng: &mut Rng) -> (String, String) {
    let mut items: Vec<&str> = bins.iter().flat_map(|bin| &bin.items).map(String::as_str).collect();
    items.shuffle(rng);
    let names: Vec<String> = bins.iter().map(|bin| inline_html(&bin.name)).collect();
    let shown =
        table(items.iter().map(|item| format!("<td>{SHORT_LINE_HTML}</td><td>{}</td>", inline_html(item))));
    let right = bins.iter().map(|bin| {
        let items: Vec<String> = bin.items.iter().map(|item| inline_html(item)).collect();
        format!("{}: {}", inline_html(&bin.name), items.join("; "))
    });
    (format!("<p class=\"faint\">{}</p>{shown}", names.join(" · ")), right.collect::<Vec<_>>().join("<br>"))
}

/// The label of option `at` (from 0): a, b, …, z, then 27, 28, ….
fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at @ 0..26) => char::from(b'a' + at).to_string(),
        _ => (at + 1).to_string(),
    }
}

fn checkboxes(options: impl Iterator<Item = String>, is_single: bool) -> String {
    let class = if is_single { "options one" } else { "options" };
    let items: String =
        options.map(|option| format!("<li><span class=\"box\"></span>{option}</li>")).collect();
    format!("<ul class=\"{class}\">{items}</ul>")
}

fn table(cells: impl Iterator<Item = String>) -> String {
    format!("<table>{}</table>", cells.map(|cells| format!("<tr>{cells}</tr>")).collect::<String>())
}

fn list_items(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("<li>{item}</li>")).collect()
}

/// The prompt of a Cloze with empty gaps, each followed by its hint.
fn cloze_prompt(cloze: &Cloze) -> String {
    let mut hints = Vec::new();
    let mut text = String::new();
    for piece in &cloze.pieces {
        match piece {
            ClozePiece::Text(part) => text.extend(part.chars().filter(|c| *c != GAP_MARKER)),
            ClozePiece::Gap(gap) => {
                text.push(GAP_MARKER);
                hints.push(gap.hint.as_deref());
            }
        }
    }
    let mut hints = hints.into_iter();
    let mut out = String::new();
    for (at, part) in block_html(&text).split(GAP_MARKER).enumerate() {
        if at > 0 {
            out.push_str(GAP_HTML);
            if let Some(hint) = hints.next().flatten() {
                let _ = write!(out, " <span class=\"faint\">({})</span>", escape_html(hint));
            }
        }
        out.push_str(part);
    }
    out
}

fn cloze_key(cloze: &Cloze) -> String {
    let gaps: Vec<String> = cloze.gaps().map(|gap| escape_html(&gap.accepted.join(" / "))).collect();
    gaps.join("; ")
}

/// An HTML attribute such as ` lang="ko"`, with a leading space; empty if the language is not known.
pub(super) fn language_attribute(language: Option<&str>) -> String {
    language.map_or(String::new(), |language| format!(" lang=\"{}\"", escape_html(language)))
}

/// Escapes text for HTML, in content and in attributes. Control characters become U+FFFD.
pub(super) fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Markdown as HTML, without the `<p>` around it if it is a single paragraph.
pub(super) fn inline_html(text: &str) -> String {
    let blocks = block_html(text);
    let inside = blocks.strip_prefix("<p>").and_then(|inside| inside.strip_suffix("</p>"));
    match inside {
        Some(inside) if !inside.contains("<p>") => inside.to_owned(),
        _ => blocks,
    }
}

/// Markdown as HTML. Raw HTML is escaped, links are reduced to their text and images to their alt text, because decks
/// come from other people.
pub(super) fn block_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for event in Parser::new(text) {
        match event {
            Event::Start(tag) => out.push_str(&opening_tag(&tag)),
            Event::End(tag) => out.push_str(closing_tag(tag)),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
                out.push_str(&escape_html(&text))
            }
            Event::Code(text) => {
                let _ = write!(out, "<code>{}</code>", escape_html(&text));
            }
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            _ => {}
        }
    }
    out
}

fn opening_tag(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Paragraph | Tag::Heading { .. } => "<p>".to_owned(),
        Tag::BlockQuote(_) => "<blockquote>".to_owned(),
        Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => "<pre>".to_owned(),
        Tag::List(Some(first)) => format!("<ol start=\"{first}\">"),
        Tag::List(None) => "<ul>".to_owned(),
        Tag::Item => "<li>".to_owned(),
        Tag::Emphasis => "<em>".to_owned(),
        Tag::Strong => "<strong>".to_owned(),
        Tag::Image { .. } => "<span class=\"picture\">".to_owned(),
        _ => String::new(),
    }
}

fn closing_tag(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) => "</p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</pre>",
        TagEnd::List(true) => "</ol>",
        TagEnd::List(false) => "</ul>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Image => "</span>",
        _ => "",
    }
}
