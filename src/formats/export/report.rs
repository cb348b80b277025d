//! The report of a completed test, as a printable HTML page and as CSV, and the texts shared with the screens.

use std::fmt::Write;

use super::cells::push_row;
use super::printed_question::{block_html, escape_html};
use super::{
    also_accepted, needs_right_answer, quiz_page, response_parts, right_parts, right_parts_with_readings,
};
use crate::domain::attempt::{CompletedAttempt, DrawnTest, ItemReport};
use crate::domain::event::Confidence;
use crate::domain::grade::Correctness;
use crate::domain::question::Question;
use crate::domain::task::TaskForm;
use crate::formats::formula::guarded;
use crate::formats::markdown::plain_with_files;
use crate::text::{self, words};

/// The columns of [`csv`], in order.
pub const COLUMNS: [&str; 14] = [
    "number",
    "deck",
    "topic",
    "id",
    "kind",
    "question",
    "answer",
    "right_answer",
    "score",
    "expected",
    "seconds",
    "state",
    "confidence",
    "note",
];

const STYLE: &str = "\
.score{font-size:2.6em;font-weight:600;line-height:1.1}.score small{font-size:.45em;font-weight:400;color:var(--faint)}\
table.topics td{border-bottom:1px solid var(--line);padding:.35em .6em .35em 0}table.topics td+td{text-align:right;white-space:nowrap}\
.bar{display:inline-block;width:9em;height:.45em;border-radius:.2em;background:#e8e6e0;text-align:left}\
.bar i{display:block;height:100%;border-radius:.2em;background:#3451c6}\
.worth{font-weight:600;margin-right:.6em}.answered{margin:.3em 0}\
@media print{.bar,.bar i{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/// The report as a self-contained HTML page. `day` is the date on which the test was begun, as text.
pub fn html(attempt: &CompletedAttempt, day: &str) -> String {
    let (test, report) = (&attempt.test, &attempt.report);
    let mut out = String::with_capacity(4096 + report.items.len() * 1200);
    let language = test.decks.first().and_then(|deck| deck.language.as_deref());
    quiz_page::begin_page(&mut out, &text::export::report_title(&deck_titles(test)), language, STYLE);
    let limit = match report.limit_ms {
        Some(limit) => format!(
            "{} of {}",
            words::duration_with_seconds(report.spent_ms),
            words::duration_with_seconds(limit)
        ),
        None => words::duration_with_seconds(report.spent_ms),
    };
    let _ = write!(
        out,
        "<p class=\"faint\">{} · {limit} · code {}</p>\n\
         <div class=\"who\"><span>{}</span><span>{} {}</span></div>\n\
         <p class=\"score\">{} <small>of {}</small></p>\n<p class=\"faint\">{}. {}. {}.</p>\n",
        words::count(report.total.questions, "question"),
        test.code,
        text::export::NAME,
        text::export::DATE,
        escape_html(day),
        text::attempt::points(report.total.points),
        report.total.questions,
        text::attempt::outcome_counts(report),
        text::attempt::prediction(&report.total),
        text::attempt::score_interval(&report.total)
    );
    write_topics(&mut out, attempt);
    let _ = writeln!(out, "<h2>{}</h2>\n<ol class=\"questions\">", text::export::ANSWERS);
    for (number, (item, drawn)) in (1..).zip(report.items.iter().zip(&test.items)) {
        let (deck, question) = (test.deck(drawn), test.question(drawn));
        let _ = write!(out, "<li><span class=\"number\">{number}.</span>");
        write_item(&mut out, question, item);
        if let Some(explain) = &question.explain {
            let _ = write!(out, "\n<div>{}</div>", block_html(explain));
        }
        if let Some(source) = &deck.source {
            quiz_page::write_citations(&mut out, source, question);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    for source in test.decks.iter().filter_map(|deck| deck.source.as_ref()) {
        quiz_page::write_source(&mut out, source);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Writes the table of scores by topic.
fn write_topics(out: &mut String, attempt: &CompletedAttempt) {
    let _ = writeln!(out, "<h2>{}</h2>\n<table class=\"topics\">", text::export::BY_TOPIC);
    for topic in &attempt.report.topics {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td><span class=\"bar\"><i style=\"width:{:.0}%\"></i></span></td>\
             <td>{} of {}</td><td class=\"faint\">{}</td></tr>",
            escape_html(&topic.name),
            topic.tally.share() * 100.0,
            text::attempt::points(topic.tally.points),
            topic.tally.questions,
            text::attempt::prediction(&topic.tally)
        );
    }
    out.push_str("</table>\n");
}

/// Writes one question with the response, its score, and the right answer where needed.
fn write_item(out: &mut String, question: &Question, item: &ItemReport) {
    let prompt = if let TaskForm::Cloze(_) = &item.task.form {
        // The prompt shows each gap as a row of underscores, which Markdown would read as emphasis or a rule.
        format!("<p>{}</p>", escape_html(&plain_with_files(&item.task.prompt)))
    } else {
        block_html(&item.task.prompt)
    };
    let sign = match item.verdict.correctness() {
        Correctness::Right => "✓",
        Correctness::Almost | Correctness::Partly => "≈",
        Correctness::Wrong => "✗",
    };
    let _ = write!(
        out,
        "{prompt}\n<p class=\"answered\"><span class=\"worth\">{sign} {}</span> {} \
         <span class=\"faint\">{} s{}</span></p>",
        text::attempt::points(item.verdict.score),
        parts_html(&response_parts(&item.task, &item.response)),
        rounded_seconds(item),
        item.confidence.map_or(String::new(), |it| format!(
            ", {}",
            text::export::confidence(text::study::confidence_name(it))
        ))
    );
    if item.is_slip {
        let _ = write!(out, "\n<p>{}</p>", escape_html(&text::attempt::slip(item)));
    }
    if let Some(note) = &item.verdict.note {
        let _ = write!(out, "\n<p>{}</p>", escape_html(note));
    }
    if needs_right_answer(item) || item.task.form.is_self_graded() {
        let right = parts_html(&right_parts_with_readings(question, &item.task));
        let _ = write!(out, "\n<p>{}<span class=\"right\">{right}</span></p>", text::export::RIGHT_ANSWER);
        if let Some(others) = also_accepted(question, item) {
            let _ = write!(
                out,
                "\n<p class=\"faint\">{}{}</p>",
                text::export::ALSO_ACCEPTED,
                escape_html(&others)
            );
        }
    }
}

fn parts_html(parts: &[String]) -> String {
    if parts.is_empty() {
        format!("<em>{}</em>", text::study::NOT_ANSWERED)
    } else {
        escape_html(&parts.join("; "))
    }
}

/// The report as CSV, one row per question: comma separators, CRLF line ends, column names in the first row.
///
/// `score` and `expected` are fractions from 0 to 1. `state` is `answered`, `open` or `unseen`, followed by `
/// flagged` if the learner flagged the question. `confidence` is `sure`, `think-so`, `guess` or empty. `note`
/// explains a score that would be surprising by itself.
pub fn csv(attempt: &CompletedAttempt) -> String {
    let (test, report) = (&attempt.test, &attempt.report);
    let mut out = String::with_capacity(report.items.len() * 200);
    push_row(&mut out, COLUMNS);
    for (number, (item, drawn)) in (1u32..).zip(report.items.iter().zip(&test.items)) {
        let (deck, question) = (test.deck(drawn), test.question(drawn));
        let state = match (item.answered, item.seen) {
            (true, _) => "answered",
            (false, true) => "open",
            (false, false) => "unseen",
        };
        let state = if item.flagged { format!("{state} flagged") } else { state.to_owned() };
        let slip = item.is_slip.then(|| text::attempt::slip(item));
        let notes: Vec<String> = slip.into_iter().chain(item.verdict.note.clone()).collect();
        let cells = [
            number.to_string(),
            deck.title.clone(),
            deck.topic_name(&question.topic).to_owned(),
            question.id.to_string(),
            item.task.kind.name().to_owned(),
            plain_with_files(&item.task.prompt),
            response_parts(&item.task, &item.response).join("; "),
            right_parts(&item.task).join("; "),
            format!("{:.3}", item.verdict.score),
            format!("{:.3}", item.expected),
            rounded_seconds(item).to_string(),
            state,
            item.confidence.map_or("", Confidence::name).to_owned(),
            notes.join(" "),
        ];
        let cells: Vec<_> = cells.iter().map(|cell| guarded(cell)).collect();
        push_row(&mut out, cells.iter().map(|cell| &**cell));
    }
    out
}

fn rounded_seconds(item: &ItemReport) -> i64 {
    (item.spent_ms + 500) / 1_000
}

/// The titles of the test's decks, separated by commas, for a heading.
pub fn deck_titles(test: &DrawnTest) -> String {
    test.decks.iter().map(|deck| deck.title.as_str()).collect::<Vec<_>>().join(", ")
}
