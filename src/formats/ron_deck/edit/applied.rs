//! The deck after an edit, read from the changed places alone.

use std::ops::Range;
use std::sync::Arc;

use super::Edit;
use crate::domain::deck::{Deck, Place};
use crate::domain::question::Question;
use crate::formats::ron_deck::parse;

/// More changes than this are not followed one by one.
const MOST_SPLICES: usize = 64;

/// The deck that the text holds after an edit, or after the edit's inverse: the same as if `after` were read
/// whole, but only what lies around the changes is read. `None` when there is no sound deck any more.
///
/// Questions that were faulty before, far from the change, are not looked at again: one whose missing topic
/// the edit added is found with the next reading.
pub fn applied(deck: &Deck, before: &str, edit: &Edit, after: &str) -> Option<Deck> {
    read_around(deck, before, edit, after).or_else(|| parse(after).deck)
}

/// Questions that an edit leaves alone, one behind the other.
struct Run {
    /// Their numbers in the old deck.
    questions: Range<usize>,
    /// How many bytes and lines further on they stand now.
    bytes: i64,
    lines: i64,
}

impl Run {
    fn moved(&self, place: Place) -> Place {
        let shift = |at: u32, by: i64| u32::try_from(i64::from(at) + by).unwrap_or(u32::MAX);
        Place {
            start: shift(place.start, self.bytes),
            end: shift(place.end, self.bytes),
            line: shift(place.line, self.lines),
        }
    }
}

/// The runs between the splices.
fn runs(deck: &Deck, before: &str, edit: &Edit) -> Vec<Run> {
    let mut runs = Vec::with_capacity(edit.splices.len() + 1);
    let (mut from, mut bytes, mut lines) = (0, 0, 0);
    let newlines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as i64;
    for splice in &edit.splices {
        let whole = deck.places.partition_point(|place| place.end as usize <= splice.range.start);
        let next = deck.places.partition_point(|place| (place.start as usize) < splice.range.end);
        if from < whole {
            runs.push(Run { questions: from..whole, bytes, lines });
        }
        from = next.max(whole).max(from);
        bytes += splice.with.len() as i64 - splice.range.len() as i64;
        lines += newlines(&splice.with) - newlines(before.get(splice.range.clone()).unwrap_or(""));
    }
    if from < deck.places.len() {
        runs.push(Run { questions: from..deck.places.len(), bytes, lines });
    }
    runs
}

fn read_around(deck: &Deck, before: &str, edit: &Edit, after: &str) -> Option<Deck> {
    // With very many changes the whole is read sooner.
    if edit.splices.len() > MOST_SPLICES {
        return None;
    }
    let runs = runs(deck, before, edit);
    // Of every run only the last question is read again: it shows where the run belongs.
    let mut text = String::new();
    let mut from = 0;
    let mut cuts = Vec::with_capacity(runs.len());
    for run in &runs {
        let first = run.moved(*deck.places.get(run.questions.start)?);
        let last = run.moved(*deck.places.get(run.questions.end - 1)?);
        text.push_str(after.get(from..first.start as usize)?);
        cuts.push(Cut { at: text.len(), run, last });
        from = last.start as usize;
    }
    text.push_str(after.get(from..)?);

    let part = parse(&text).deck?;
    let mut cuts = cuts.into_iter().peekable();
    let mut questions: Vec<Arc<Question>> = Vec::with_capacity(deck.questions.len() + part.questions.len());
    let mut places = Vec::with_capacity(questions.capacity());
    let (mut bytes, mut lines) = (0, 0);
    for (question, place) in part.questions.iter().zip(&part.places) {
        match cuts.peek() {
            Some(cut) if cut.at == place.start as usize => {
                questions.extend_from_slice(deck.questions.get(cut.run.questions.clone())?);
                places
                    .extend(deck.places[cut.run.questions.clone()].iter().map(|place| cut.run.moved(*place)));
                bytes = cut.last.start.checked_sub(place.start)?;
                lines = cut.last.line.checked_sub(place.line)?;
                cuts.next();
            }
            Some(cut) if cut.at < place.start as usize => return None,
            _ => {
                questions.push(question.clone());
                let line = place.line + lines;
                places.push(Place { start: place.start + bytes, end: place.end + bytes, line });
            }
        }
    }
    if cuts.next().is_some() {
        return None;
    }
    Some(part.with_questions(questions, places))
}

/// Where a run was left out of the text that is read again.
struct Cut<'r> {
    at: usize,
    run: &'r Run,
    /// Where its last question stands now.
    last: Place,
}
