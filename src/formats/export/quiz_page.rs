//! A deck as one printable HTML page: a quiz, followed by the answer key on a page of its own.

use std::fmt::Write;

use crate::domain::deck::{Deck, Source};
use crate::domain::question::Question;
use crate::domain::seed::Seed;
use crate::formats::markdown;
use crate::text;

use super::printed_question::{self, PrintedQuestion};

/// The style sheet of every exported page, for screen and print.
const STYLE: &str = "\
:root{--ink:#1c1b19;--faint:#6b675f;--line:#b9b4a9}\
body{font:16px/1.5 \"Pretendard\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",system-ui,sans-serif;\
color:var(--ink);background:#fff;max-width:42em;margin:2em auto;padding:0 1em}\
h1{font-size:1.6em;line-height:1.25;margin:0 0 .3em}h2{font-size:1.1em;margin:2em 0 .6em}\
p{margin:.3em 0}.faint{color:var(--faint)}.who{display:flex;gap:2em;margin:1.2em 0}\
.who span{flex:1;border-bottom:1px solid var(--line);padding-bottom:.1em;color:var(--faint)}\
ol.questions{list-style:none;margin:0;padding:0}\
ol.questions>li{break-inside:avoid;margin:0 0 1.4em;padding-left:2.4em;position:relative}\
.number{position:absolute;left:0;font-weight:600}\
.options{list-style:none;margin:.4em 0;padding:0}.options li{margin:.25em 0;padding-left:1.9em;position:relative}\
.box{position:absolute;left:0;top:.28em;width:.95em;height:.95em;border:1px solid var(--ink);border-radius:2px}\
.one .box{border-radius:50%}.line{border-bottom:1px solid var(--line);height:1.9em}\
.short{display:inline-block;width:9em;border-bottom:1px solid var(--line);height:1.5em;vertical-align:bottom}\
.gap{display:inline-block;min-width:6em;border-bottom:1px solid var(--ink)}\
table{border-collapse:collapse;margin:.4em 0;width:100%}td{vertical-align:top;padding:.2em .6em .2em 0}\
pre,code{font-family:ui-monospace,Consolas,monospace;font-size:.92em}pre{white-space:pre-wrap}\
.picture{border:1px solid var(--line);padding:.1em .5em;color:var(--faint)}\
.key{break-before:page}.key li{margin-bottom:.9em!important}.right{font-weight:600}\
@media print{body{margin:0;max-width:none;font-size:11pt}@page{margin:18mm}}";

/// A printable quiz of all questions of a deck, with an answer key that includes explanations and cited passages.
///
/// Options are shuffled by `seed`, so that the same seed gives the same page. The page is self-contained: it loads
/// nothing, and shows images by their alt texts only.
pub fn quiz_html(deck: &Deck, seed: Seed) -> String {
    let mut out = String::with_capacity(4096 + deck.questions.len() * 1200);
    begin_page(&mut out, &deck.title, deck.language.as_deref(), "");
    if let Some(description) = &deck.description {
        let _ = writeln!(out, "<div class=\"faint\">{}</div>", printed_question::block_html(description));
    }
    let _ = writeln!(
        out,
        "<div class=\"who\"><span>{}</span><span>{}</span></div>",
        text::export::NAME,
        text::export::DATE
    );
    let printed: Vec<PrintedQuestion> =
        deck.questions.iter().map(|question| PrintedQuestion::new(&deck.id, question, seed)).collect();
    let mut topic = None;
    let mut is_open = false;
    for (number, (question, printed)) in (1..).zip(deck.questions.iter().zip(&printed)) {
        if topic != Some(&question.topic) {
            topic = Some(&question.topic);
            if is_open {
                out.push_str("</ol>\n");
            }
            let name = printed_question::escape_html(deck.topic_name(&question.topic));
            let _ = writeln!(out, "<h2>{name}</h2>\n<ol class=\"questions\">");
            is_open = true;
        }
        let _ = writeln!(
            out,
            "<li><span class=\"number\">{number}.</span>{}\n{}</li>",
            printed.prompt, printed.answer_area
        );
    }
    if is_open {
        out.push_str("</ol>\n");
    }
    write_answer_key(&mut out, deck, &printed);
    out.push_str("</body>\n</html>\n");
    out
}

/// Begins a page with its heading. `more_style` is added to the style sheet of every page.
pub(super) fn begin_page(out: &mut String, title: &str, language: Option<&str>, more_style: &str) {
    let title = printed_question::escape_html(title);
    let language = printed_question::language_attribute(language);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}{more_style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
}

fn write_answer_key(out: &mut String, deck: &Deck, printed: &[PrintedQuestion]) {
    let _ = writeln!(
        out,
        "<section class=\"key\">\n<h1>{}</h1>\n<ol class=\"questions\">",
        text::export::ANSWERS
    );
    for (number, (question, printed)) in (1..).zip(deck.questions.iter().zip(printed)) {
        let _ = write!(
            out,
            "<li><span class=\"number\">{number}.</span><div class=\"right\">{}</div>",
            printed.right
        );
        if let Some(explain) = &question.explain {
            let _ = write!(out, "\n<div>{}</div>", printed_question::block_html(explain));
        }
        if let Some(source) = &deck.source {
            write_citations(out, source, question);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    if let Some(source) = &deck.source {
        write_source(out, source);
    }
    out.push_str("</section>\n");
}

/// Writes the deck's source as one paragraph.
pub(super) fn write_source(out: &mut String, source: &Source) {
    let parts = [
        source.author.as_deref(),
        Some(&*source.title),
        source.publisher.as_deref(),
        source.published.as_deref(),
        source.url.as_deref(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().map(printed_question::escape_html).collect();
    let _ = writeln!(out, "<p class=\"faint\">{}</p>", text::export::source(&parts.join(", ")));
}

/// Writes one paragraph for each source passage that the question cites.
pub(super) fn write_citations(out: &mut String, source: &Source, question: &Question) {
    for key in &question.cite {
        let (Some(number), Some(gist)) = (source.passage_number(key), source.passages.get(key)) else {
            continue;
        };
        let gist = printed_question::escape_html(&markdown::plain(gist));
        let _ = write!(out, "\n<p class=\"faint\">{}</p>", text::export::passage(number, &gist));
    }
}
