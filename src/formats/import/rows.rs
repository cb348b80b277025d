//! Converts rows of a table to questions.

use std::borrow::Cow;

use crate::domain::cloze::Cloze;
use crate::domain::question::{Answer, Kind, RecallAnswer, TypedAnswer};
use crate::formats::answer_cell::answer_cell;
use crate::formats::export;
use crate::formats::formula::unguarded;

use super::collect::{Collector, RawQuestion};
use super::html::{self, MediaCounts};
use super::kinds::{self, RowKind};
use super::skipped::SkipReason;
use super::{ColumnRole, ImportAs, ImportError, ImportOptions, ImportedQuestions, SniffedFile, gaps, names};

/// The number of rows between two calls of the progress callback.
const ROWS_PER_REPORT: usize = 256;
/// The maximum length of a cell in characters.
const MAX_CELL_CHARS: usize = 100_000;
/// Longer answers, in characters, become Recall if the kind depends on the length.
const MAX_TYPED_CHARS: usize = 40;

/// Reads a table. See [`super::read`] for `progress` and errors.
pub(super) fn read(
    sniffed: &SniffedFile,
    options: &ImportOptions,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<ImportedQuestions, ImportError> {
    let mut converter = RowConverter { options, tags: &sniffed.header.tags, media: MediaCounts::default() };
    let mut collector = Collector::new(options);
    let mut rows = sniffed.row_reader(options);
    let mut cells = Vec::with_capacity(options.roles.len());
    let headings = sniffed.headings(options);
    let is_exported =
        export::csv::COLUMNS.iter().all(|column| headings.iter().any(|it| it.trim() == *column));
    let mut number = 0;
    while let Some(row) = rows.next(&mut cells) {
        number += 1;
        if number % ROWS_PER_REPORT == 0 && !progress(rows.offset() as f32 / sniffed.text.len() as f32) {
            return Err(ImportError::Cancelled);
        }
        if number == 1 && options.has_headings {
            continue;
        }
        if is_exported {
            cells.iter_mut().for_each(unguard);
        }
        if row.is_unclosed {
            let line = sniffed.text[row.start..].split(['\n', '\r']).next().unwrap_or("");
            collector.skipped.add(row.line, SkipReason::UnclosedQuote, line);
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            let is_long =
                |cell: &Cow<'_, str>| cell.len() > MAX_CELL_CHARS && cell.chars().count() > MAX_CELL_CHARS;
            let is_too_long = cells.iter().any(is_long);
            let topic = if is_too_long { String::new() } else { converter.topic(&cells) };
            let question = match is_too_long {
                true => Err(SkipReason::TooLong),
                false => converter.raw_question(row.line, &cells, &topic),
            };
            match question {
                Ok(question) => collector.add(question),
                Err(reason) => {
                    let text = cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
                    collector.skipped.add(row.line, reason, text.unwrap_or(""));
                }
            }
        }
    }
    let remarks = remarks(converter.media);
    Ok(collector.finish(sniffed.title.clone(), remarks))
}

/// Takes the apostrophe away that an export puts before what could be a formula.
fn unguard(cell: &mut Cow<'_, str>) {
    let text_len = unguarded(cell).len();
    match cell {
        Cow::Borrowed(cell) => *cell = &cell[cell.len() - text_len..],
        Cow::Owned(cell) => {
            cell.drain(..cell.len() - text_len);
        }
    }
}

/// The title of an Anki deck. Nested decks, `Languages::Korean`, are written `Languages: Korean`.
pub(super) fn deck_title(name: &str) -> String {
    name.split("::").map(str::trim).collect::<Vec<_>>().join(": ")
}

/// Converts the cells of rows to questions, with the same options for all rows.
struct RowConverter<'o> {
    options: &'o ImportOptions,
    /// Tags that every row gets.
    tags: &'o [String],
    media: MediaCounts,
}

impl RowConverter<'_> {
    fn raw_question<'t>(
        &mut self,
        line: u32,
        cells: &[Cow<'_, str>],
        topic: &'t str,
    ) -> Result<RawQuestion<'t>, SkipReason> {
        let prompt = self.role_markdown(cells, ColumnRole::Prompt);
        if prompt.is_empty() {
            return Err(SkipReason::NoPrompt);
        }
        let kind = kinds::row_kind(&self.role_plain_text(cells, ColumnRole::Kind), self.options.import_as);
        let explanation = self.role_markdown(cells, ColumnRole::Explanation);
        let mut explain = (!explanation.is_empty()).then(|| explanation.into_owned());
        let hint = self.role_markdown(cells, ColumnRole::Hint);
        let (prompt, answer) = match cloze_question(&prompt, kind)? {
            Some(gaps) => {
                // Anki calls this field "Back Extra". In tables exported from here the cell only repeats the gaps.
                let extra = self.role_markdown(cells, ColumnRole::Answer);
                if !extra.is_empty() && *extra != answer_cell(&gaps.1) {
                    explain = Some(match explain {
                        Some(explain) => format!("{extra}\n\n{explain}"),
                        None => extra.into_owned(),
                    });
                }
                gaps
            }
            None => {
                let answer = self.answer(cells, kind)?;
                (prompt.into_owned(), answer)
            }
        };
        let mut tags = split_tags(&self.role_plain_text(cells, ColumnRole::Tags));
        for tag in self.tags {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        Ok(RawQuestion {
            line,
            prompt,
            answer,
            id: names::clean_id(&self.role_plain_text(cells, ColumnRole::Id)),
            topic,
            tags,
            explain,
            hint: (!hint.is_empty()).then(|| hint.into_owned()),
        })
    }

    fn answer(&mut self, cells: &[Cow<'_, str>], kind: RowKind) -> Result<Answer, SkipReason> {
        let back = self.role_markdown(cells, ColumnRole::Answer);
        if back.is_empty() {
            let needed = self.columns_of(ColumnRole::Answer).next().map_or(2, |column| column + 1);
            let found = cells.len();
            return Err(if found < needed {
                SkipReason::TooFewColumns { found, needed }
            } else {
                SkipReason::NoAnswer
            });
        }
        Ok(kinds::answer_of_kind(kind, &back, &self.role_plain_text(cells, ColumnRole::Answer)))
    }

    fn topic(&self, cells: &[Cow<'_, str>]) -> String {
        let name = self.role_plain_text(cells, ColumnRole::Topic);
        match name.contains([':', '\n', '\t']) {
            true => deck_title(&name.split_whitespace().collect::<Vec<_>>().join(" ")),
            false => name.into_owned(),
        }
    }

    /// The indexes of the columns with a role.
    fn columns_of(&self, role: ColumnRole) -> impl Iterator<Item = usize> {
        self.options
            .roles
            .iter()
            .enumerate()
            .filter(move |(_, other)| **other == role)
            .map(|(column, _)| column)
    }

    /// The cells of a role as Markdown; several cells become paragraphs.
    fn role_markdown<'c>(&mut self, cells: &'c [Cow<'_, str>], role: ColumnRole) -> Cow<'c, str> {
        let is_html = self.options.is_html;
        let mut media = self.media;
        let text = self.join_cells(cells, role, |cell| match clean_and_count(cell, &mut media) {
            cell if !is_html => cell,
            Cow::Borrowed(cell) => html::to_markdown(cell, &mut media),
            Cow::Owned(cell) => Cow::Owned(html::to_markdown(&cell, &mut media).into_owned()),
        });
        self.media = media;
        text
    }

    /// The cells of a role as plain text; several cells become paragraphs.
    fn role_plain_text<'c>(&self, cells: &'c [Cow<'_, str>], role: ColumnRole) -> Cow<'c, str> {
        self.join_cells(cells, role, |cell| match clean(cell) {
            cell if !self.options.is_html => cell,
            Cow::Borrowed(cell) => html::to_plain_text(cell),
            Cow::Owned(cell) => Cow::Owned(html::to_plain_text(&cell).into_owned()),
        })
    }

    fn join_cells<'c>(
        &self,
        cells: &'c [Cow<'_, str>],
        role: ColumnRole,
        mut read: impl FnMut(&'c str) -> Cow<'c, str>,
    ) -> Cow<'c, str> {
        let mut joined = Cow::Borrowed("");
        for column in self.columns_of(role) {
            let Some(cell) = cells.get(column).map(|cell| read(cell)).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            joined = match joined.is_empty() {
                true => cell,
                false => Cow::Owned(format!("{joined}\n\n{cell}")),
            };
        }
        joined
    }
}

/// The prompt in our notation and its Cloze. `None` if it has no gaps, or the row asks for another kind.
fn cloze_question(prompt: &str, kind: RowKind) -> Result<Option<(String, Answer)>, SkipReason> {
    if !prompt.contains("{{") || !matches!(kind, RowKind::Unspecified(_) | RowKind::Exported(Kind::Cloze)) {
        return Ok(None);
    }
    let prompt = if gaps::has_anki_gap(prompt) { gaps::from_anki(prompt)? } else { prompt.to_owned() };
    Ok(Cloze::parse(&prompt).ok().map(|cloze| (prompt, Answer::Cloze(cloze))))
}

/// The answer as Typed or Recall, as chosen. `plain` is `back` as plain text. An answer without a letter or digit
/// cannot be typed and becomes Recall.
pub(super) fn answer_as(import_as: ImportAs, back: &str, plain: &str) -> Answer {
    let can_be_typed = plain.contains(char::is_alphanumeric);
    let is_short = plain.chars().count() <= MAX_TYPED_CHARS
        && !plain.contains(['\n', '\\', '$'])
        && !back.contains(['\n'])
        && !back.contains("![");
    match import_as {
        ImportAs::Typed if can_be_typed => typed_answer(plain),
        ImportAs::ByLength if can_be_typed && is_short => typed_answer(plain),
        import_as => Answer::Recall(RecallAnswer {
            back: back.to_owned(),
            reverse: import_as == ImportAs::Both,
            reverse_prompt: None,
        }),
    }
}

fn typed_answer(plain: &str) -> Answer {
    let words = match plain.contains('\n') {
        true => plain.split_whitespace().collect::<Vec<_>>().join(" "),
        false => plain.to_owned(),
    };
    Answer::Typed(TypedAnswer {
        accepted: vec![words],
        strict: false,
        reading: None,
        readings: Default::default(),
        also_reverse: Vec::new(),
    })
}

fn split_tags(text: &str) -> Vec<String> {
    let parts: Vec<&str> = match text.contains([',', ';']) {
        true => text.split([',', ';']).collect(),
        false => text.split_whitespace().collect(),
    };
    parts.into_iter().map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// A cell without control characters, references to sounds, and surrounding white space.
pub(super) fn clean(cell: &str) -> Cow<'_, str> {
    clean_and_count(cell, &mut MediaCounts::default())
}

/// Like [`clean`], and adds the removed sounds to `media`.
fn clean_and_count<'a>(cell: &'a str, media: &mut MediaCounts) -> Cow<'a, str> {
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    let trimmed = cell.trim();
    if !trimmed.bytes().any(is_control) && !trimmed.contains("[sound:") {
        return Cow::Borrowed(trimmed);
    }
    let mut text = trimmed.replace("\r\n", "\n").replace('\r', "\n");
    text.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    while let Some(start) = text.find("[sound:") {
        let end = text[start..].find(']').map_or(text.len(), |end| start + end + 1);
        text.replace_range(start..end, "");
        media.sounds += 1;
    }
    Cow::Owned(text.trim().to_owned())
}

fn remarks(media: MediaCounts) -> Vec<String> {
    let mut remarks = Vec::new();
    match media.sounds {
        0 => {}
        1 => remarks.push("One sound was left out: decks have no sounds yet.".to_owned()),
        many => remarks.push(format!("{many} sounds were left out: decks have no sounds yet.")),
    }
    match media.images {
        0 => {}
        1 => remarks.push("One picture is named: put its file beside the deck.".to_owned()),
        many => remarks.push(format!("{many} pictures are named: put their files beside the deck.")),
    }
    remarks
}
