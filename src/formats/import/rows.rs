//! Rows of a table as questions.

use std::borrow::Cow;

use crate::domain::cloze::Cloze;
use crate::domain::question::Answer;
use crate::formats::export::csv;

use super::collect::{Collector, Draft};
use super::html::{self, Media};
use super::kinds::{self, Wanted};
use super::skipped::Reason;
use super::{ImportError, Imported, Options, Role, Sniffed, Target, gaps, names};

/// Rows between two reports of progress.
const STEP: usize = 256;
/// The most characters of a cell.
const LONGEST: usize = 100_000;
/// The most characters of an answer that is typed.
const SHORT: usize = 40;

/// Reads a table.
pub(super) fn read(
    sniffed: &Sniffed,
    options: &Options,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Imported, ImportError> {
    let mut reader = Reader { options, tags: &sniffed.head.tags, media: Media::default() };
    let mut collector = Collector::new(options);
    let mut rows = sniffed.table(options);
    let mut cells = Vec::with_capacity(options.roles.len());
    let mut number = 0;
    while let Some(row) = rows.next(&mut cells) {
        number += 1;
        if number % STEP == 0 && !progress(rows.at() as f32 / sniffed.text.len() as f32) {
            return Err(ImportError::Cancelled);
        }
        if number == 1 && options.has_headings {
            continue;
        }
        if row.is_unclosed {
            let line = sniffed.text[row.start..].split(['\n', '\r']).next().unwrap_or("");
            collector.skipped.add(row.line, Reason::UnclosedQuote, line);
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            let is_long = |cell: &Cow<'_, str>| cell.len() > LONGEST && cell.chars().count() > LONGEST;
            let is_too_long = cells.iter().any(is_long);
            let topic = if is_too_long { String::new() } else { reader.topic(&cells) };
            let draft = match is_too_long {
                true => Err(Reason::TooLong),
                false => reader.draft(row.line, &cells, &topic),
            };
            match draft {
                Ok(draft) => collector.add(draft),
                Err(reason) => {
                    let text = cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
                    collector.skipped.add(row.line, reason, text.unwrap_or(""));
                }
            }
        }
    }
    let remarks = remarks(reader.media);
    Ok(collector.finish(sniffed.title.clone(), remarks))
}

/// The decks of Anki lie inside each other: `Languages::Korean`.
pub(super) fn deck_title(name: &str) -> String {
    name.split("::").map(str::trim).collect::<Vec<_>>().join(": ")
}

struct Reader<'o> {
    options: &'o Options,
    /// Of every row.
    tags: &'o [String],
    media: Media,
}

impl Reader<'_> {
    fn draft<'t>(&mut self, line: u32, cells: &[Cow<'_, str>], topic: &'t str) -> Result<Draft<'t>, Reason> {
        let prompt = self.text(cells, Role::Prompt);
        if prompt.is_empty() {
            return Err(Reason::NoPrompt);
        }
        let wanted = kinds::wanted(&self.plain(cells, Role::Kind), self.options.target);
        let explanation = self.text(cells, Role::Explanation);
        let mut explain = (!explanation.is_empty()).then(|| explanation.into_owned());
        let hint = self.text(cells, Role::Hint);
        let (prompt, answer) = match with_gaps(&prompt, wanted)? {
            Some(gaps) => {
                // What Anki calls "Back Extra". In tables of ours it repeats the gaps.
                let extra = self.text(cells, Role::Answer);
                if !extra.is_empty() && *extra != csv::answer(&gaps.1) {
                    explain = Some(match explain {
                        Some(explain) => format!("{extra}\n\n{explain}"),
                        None => extra.into_owned(),
                    });
                }
                gaps
            }
            None => {
                let answer = self.answer(cells, wanted)?;
                (prompt.into_owned(), answer)
            }
        };
        let mut tags = split_tags(&self.plain(cells, Role::Tags));
        for tag in self.tags {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        Ok(Draft {
            line,
            prompt,
            answer,
            id: names::id(&self.plain(cells, Role::Id)),
            topic,
            tags,
            explain,
            hint: (!hint.is_empty()).then(|| hint.into_owned()),
        })
    }

    fn answer(&mut self, cells: &[Cow<'_, str>], wanted: Wanted) -> Result<Answer, Reason> {
        let back = self.text(cells, Role::Answer);
        if back.is_empty() {
            let needed = self.places(Role::Answer).next().map_or(2, |place| place + 1);
            let found = cells.len();
            return Err(if found < needed {
                Reason::TooFewColumns { found, needed }
            } else {
                Reason::NoAnswer
            });
        }
        Ok(kinds::answer(wanted, &back, &self.plain(cells, Role::Answer)))
    }

    fn topic(&self, cells: &[Cow<'_, str>]) -> String {
        let name = self.plain(cells, Role::Topic);
        match name.contains([':', '\n', '\t']) {
            true => deck_title(&name.split_whitespace().collect::<Vec<_>>().join(" ")),
            false => name.into_owned(),
        }
    }

    fn places(&self, role: Role) -> impl Iterator<Item = usize> {
        self.options.roles.iter().enumerate().filter(move |(_, each)| **each == role).map(|(place, _)| place)
    }

    /// The cells of a role as Markdown; several of them one below the other.
    fn text<'c>(&mut self, cells: &'c [Cow<'_, str>], role: Role) -> Cow<'c, str> {
        let is_html = self.options.html;
        let mut media = self.media;
        let text = self.join(cells, role, |cell| match clean_counting(cell, &mut media) {
            cell if !is_html => cell,
            Cow::Borrowed(cell) => html::markdown(cell, &mut media),
            Cow::Owned(cell) => Cow::Owned(html::markdown(&cell, &mut media).into_owned()),
        });
        self.media = media;
        text
    }

    /// The cells of a role without any form.
    fn plain<'c>(&self, cells: &'c [Cow<'_, str>], role: Role) -> Cow<'c, str> {
        self.join(cells, role, |cell| match clean(cell) {
            cell if !self.options.html => cell,
            Cow::Borrowed(cell) => html::plain(cell),
            Cow::Owned(cell) => Cow::Owned(html::plain(&cell).into_owned()),
        })
    }

    fn join<'c>(
        &self,
        cells: &'c [Cow<'_, str>],
        role: Role,
        mut read: impl FnMut(&'c str) -> Cow<'c, str>,
    ) -> Cow<'c, str> {
        let mut joined = Cow::Borrowed("");
        for place in self.places(role) {
            let Some(cell) = cells.get(place).map(|cell| read(cell)).filter(|cell| !cell.is_empty()) else {
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

/// The prompt and its gaps, where it has some.
fn with_gaps(prompt: &str, wanted: Wanted) -> Result<Option<(String, Answer)>, Reason> {
    if !prompt.contains("{{") || !matches!(wanted, Wanted::Any(_) | Wanted::Cloze) {
        return Ok(None);
    }
    let prompt = if gaps::has_anki_gap(prompt) { gaps::from_anki(prompt)? } else { prompt.to_owned() };
    Ok(Cloze::parse(&prompt).ok().map(|cloze| (prompt, Answer::Cloze(cloze))))
}

/// An answer of the kind that is aimed at; `plain` is `back` without its form.
pub(super) fn aimed(target: Target, back: &str, plain: &str) -> Answer {
    let can_be_typed = plain.contains(char::is_alphanumeric);
    let is_short = plain.chars().count() <= SHORT
        && !plain.contains(['\n', '\\', '$'])
        && !back.contains(['\n'])
        && !back.contains("![");
    match target {
        Target::Typed if can_be_typed => typed(plain),
        Target::ByLength if can_be_typed && is_short => typed(plain),
        target => {
            Answer::Recall { back: back.to_owned(), reverse: target == Target::Both, reverse_prompt: None }
        }
    }
}

fn typed(plain: &str) -> Answer {
    let words = match plain.contains('\n') {
        true => plain.split_whitespace().collect::<Vec<_>>().join(" "),
        false => plain.to_owned(),
    };
    Answer::Typed {
        accepted: vec![words],
        strict: false,
        reading: None,
        readings: Default::default(),
        also_reverse: Vec::new(),
    }
}

fn split_tags(text: &str) -> Vec<String> {
    let parts: Vec<&str> = match text.contains([',', ';']) {
        true => text.split([',', ';']).collect(),
        false => text.split_whitespace().collect(),
    };
    parts.into_iter().map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// A cell without what nobody sees or hears: control characters, references to sounds, space around it.
pub(super) fn clean(cell: &str) -> Cow<'_, str> {
    clean_counting(cell, &mut Media::default())
}

fn clean_counting<'a>(cell: &'a str, media: &mut Media) -> Cow<'a, str> {
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    let trimmed = cell.trim();
    if !trimmed.bytes().any(is_odd) && !trimmed.contains("[sound:") {
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

fn remarks(media: Media) -> Vec<String> {
    let mut remarks = Vec::new();
    match media.sounds {
        0 => {}
        1 => remarks.push("One sound was left out: decks have no sounds yet.".to_owned()),
        many => remarks.push(format!("{many} sounds were left out: decks have no sounds yet.")),
    }
    match media.pictures {
        0 => {}
        1 => remarks.push("One picture is named: put its file beside the deck.".to_owned()),
        many => remarks.push(format!("{many} pictures are named: put their files beside the deck.")),
    }
    remarks
}
