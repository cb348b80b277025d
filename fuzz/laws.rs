//! What holds for every text and every row of bytes that anyone might take for a deck.

use linchpin::domain::deck::Deck;
use linchpin::domain::diagnostic::{Diagnostic, Severity};
use linchpin::domain::edit::Edit;
use linchpin::domain::question::Question;
use linchpin::formats::ron_deck::edit::{
    EditError, deck_after_edit, insert_questions, move_question, pin_ids, read_question, remove_question,
    replace_question,
};
use linchpin::formats::ron_deck::fix::fix_and_pin_ids;
use linchpin::formats::ron_deck::{decode, parse, write};

fn errors(faults: &[Diagnostic]) -> usize {
    faults.iter().filter(|fault| fault.severity == Severity::Error).count()
}

fn fits(edit: &Edit, text: &str) {
    let mut from = 0;
    for splice in &edit.splices {
        assert!(splice.range.start >= from, "in order: {edit:?}");
        assert!(text.get(splice.range.clone()).is_some(), "inside of the text: {edit:?}");
        from = splice.range.end;
    }
    assert_eq!(edit.inverse(text).apply(&edit.apply(text)), text, "undone");
}

/// Bytes are text, or it is told where they are not.
pub fn decoded(bytes: &[u8]) {
    match decode(bytes) {
        Ok(text) => drop(parse(&text)),
        Err(fault) => {
            assert!(fault.span.start <= fault.span.end && fault.span.end <= bytes.len(), "{fault:?}");
            assert!(fault.line > 0 && fault.column > 0, "{fault:?}");
        }
    }
}

/// What is told has its place in the text; a sound question is sound by itself as well.
pub fn parsed(text: &str) {
    let parsed = parse(text);
    for fault in &parsed.diagnostics {
        assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
        assert!(fault.line > 0 && fault.column > 0, "{fault:?}");
        if let Some(fix) = &fault.fix {
            fits(&fix.edit, text);
        }
    }
    let Some(deck) = parsed.deck else { return };
    assert_eq!(deck.questions.len(), deck.spans.len());
    for (at, question) in deck.questions.iter().enumerate() {
        let place = deck.spans[at].range();
        // `Some(Deck(…))`: faults of spelling are told there, and do not keep the question from being used.
        let mut errors = parsed.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
        let is_blamed = errors.any(|fault| place.contains(&fault.span.start));
        if is_known(&deck, question) && !is_blamed {
            let alone = read_question(&text[place], &deck, Some(at));
            assert_eq!(alone.as_ref(), Ok(&**question));
        }
    }
    if deck.questions.iter().all(|question| is_known(&deck, question)) {
        let again = parse(&write::deck(&deck)).deck.expect("a deck");
        assert_eq!(again.questions, deck.questions);
    }
}

/// Where the deck's topics or passages could not all be read, a question may name another.
fn is_known(deck: &Deck, question: &Question) -> bool {
    let passages = deck.source.as_ref().map(|source| &source.passages);
    let is_passage = |key: &String| passages.is_some_and(|passages| passages.contains_key(key));
    deck.topics.contains_key(&question.topic) && question.cite.iter().all(is_passage)
}

/// Mending never makes it worse.
pub fn mended(text: &str) {
    let before = parse(text);
    let repaired = fix_and_pin_ids(text);
    let after = parse(&repaired.text);
    assert!(errors(&after.diagnostics) <= errors(&before.diagnostics));
    if repaired.applied.is_empty() && repaired.pinned_ids == 0 {
        assert_eq!(repaired.text, text);
    }
    let Some(before) = before.deck else { return };
    let after = after.deck.expect("a deck stays one");
    for question in before.questions.iter() {
        let same =
            |other: &&std::sync::Arc<Question>| other.id == question.id && other.prompt == question.prompt;
        assert!(after.questions.iter().any(|other| same(&other)), "{question:?} is lost");
    }
}

/// A change of a deck: the rest of the text stays, and the text reads as the changed deck.
pub fn edited(text: &str, choice: u64) {
    let parsed = parse(text);
    let is_sound = errors(&parsed.diagnostics) == 0;
    let Some(deck) = parsed.deck.filter(|deck| !deck.questions.is_empty()) else { return };
    let count = deck.questions.len();
    let pick = |shift: u32| (choice >> shift) as usize % count;
    let (at, other) = (pick(8), pick(24));
    let mut new = (*deck.questions[other]).clone();
    new.id_is_written = true;
    new.id = "a-new-one".into();
    let mut expected: Vec<Question> = deck.questions.iter().map(|question| (**question).clone()).collect();
    let edit = match choice % 5 {
        0 => {
            expected[at] = new.clone();
            replace_question(text, &deck, at, &new)
        }
        1 => {
            expected.insert(at, new.clone());
            insert_questions(text, &deck, at, &[new])
        }
        2 => {
            expected.remove(at);
            remove_question(text, &deck, at)
        }
        3 => {
            let moved = expected.remove(at);
            expected.insert(other, moved);
            move_question(text, &deck, at, other)
        }
        _ => {
            expected.iter_mut().for_each(|question| question.id_is_written = true);
            pin_ids(text, &deck).map(|(edit, _)| edit)
        }
    };
    let edit = match edit {
        Ok(edit) => edit,
        // In a faulty deck not everything can be found again.
        Err(EditError::Stale | EditError::InvalidQuestion(_)) if !is_sound => return,
        Err(EditError::InvalidQuestion(_))
            if deck.questions.iter().any(|question| &*question.id == "a-new-one") =>
        {
            return;
        }
        Err(error) => panic!("{error:?}"),
    };
    fits(&edit, text);
    let after = edit.apply(text);
    let whole = parse(&after);
    if !is_sound {
        return;
    }
    assert_eq!(errors(&whole.diagnostics), 0, "{:?}", whole.diagnostics);
    let whole = whole.deck.expect("a deck");
    assert!(whole.questions.iter().map(|question| &**question).eq(&expected), "{text}\n-----\n{after}");
    let near = deck_after_edit(&deck, text, &edit, &after).expect("a deck");
    assert_eq!((&near.questions, &near.spans), (&whole.questions, &whole.spans));
}
