//! A faulty deck mended as far as that is certain: spelling only, never what a question says.

use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::{Edit, Splice};

use super::edit::pin_ids;
use super::{Parsed, parse_counting_errors};

/// As often the text is read anew: what is mended may uncover more.
const MAX_ROUNDS: usize = 40;
/// When the fixes do not go together, so many bytes may be read to try them one by one.
const MAX_BYTES_READ: usize = 256 << 20;

/// A text after its faults were mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixReport {
    /// The whole text.
    pub text: String,
    /// What was done, in the order in which it was.
    pub applied: Vec<AppliedFix>,
    /// How many questions got the id written that they had.
    pub pinned_ids: usize,
}

/// One thing that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedFix {
    /// Where, in the text as it was then: mending adds no lines.
    pub line: u32,
    /// The code of the fault.
    pub code: &'static str,
    /// What was wrong.
    pub message: String,
    /// What was done.
    pub title: String,
}

/// Mends what can be mended for certain, and writes ids into the questions that have none.
pub fn fix_and_pin_ids(text: &str) -> FixReport {
    let (mut repaired, deck) = fix_and_parse(text);
    let pinned = deck.as_ref().and_then(|deck| pin_ids(&repaired.text, deck).ok());
    if let Some((edit, count)) = pinned {
        repaired.text = edit.apply(&repaired.text);
        repaired.pinned_ids = count;
    }
    repaired
}

/// Mends what can be mended for certain. A fix counts only when there are fewer errors after it and every question
/// that was sound still is, and says the same.
pub fn fix(text: &str) -> FixReport {
    fix_and_parse(text).0
}

/// The text mended, and the deck that it holds then.
fn fix_and_parse(text: &str) -> (FixReport, Option<Deck>) {
    let mut repaired = FixReport { text: text.to_owned(), ..FixReport::default() };
    let mut state = parse_counting_errors(text);
    let mut budget = MAX_BYTES_READ;
    for _ in 0..MAX_ROUNDS {
        let fixes = disjoint_fixes(&state.0.diagnostics);
        let all = Edit::new(fixes.iter().flat_map(|(_, fix)| fix.edit.splices.clone()).collect());
        let step = if fixes.is_empty() {
            None
        } else if let Some(after) = apply_if_better(&repaired.text, &state, &all) {
            Some((fixes.iter().map(|(fault, fix)| applied_fix(fault, fix)).collect(), after))
        } else {
            first_helpful_fix(&repaired.text, &state, &fixes, &mut budget)
        };
        let Some((done, (text, after))) = step else { break };
        repaired.applied.extend::<Vec<AppliedFix>>(done);
        repaired.text = text;
        state = after;
    }
    (repaired, state.0.deck)
}

type CountedParse = (Parsed, usize);

/// The fixes of errors that do not touch each other.
fn disjoint_fixes(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, &Fix)> {
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    let mut taken: Vec<&Splice> = Vec::new();
    let errors = diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
    for (fault, fix) in errors.filter_map(|fault| Some((fault, fault.fix.as_ref()?))) {
        let touches = |a: &Splice, b: &Splice| a.range.start <= b.range.end && b.range.start <= a.range.end;
        if !fix.edit.splices.iter().any(|splice| taken.iter().any(|other| touches(splice, other))) {
            taken.extend(&fix.edit.splices);
            chosen.push((fault, fix));
        }
    }
    chosen
}

/// The first fix that helps by itself.
fn first_helpful_fix(
    text: &str,
    state: &CountedParse,
    fixes: &[(&Diagnostic, &Fix)],
    budget: &mut usize,
) -> Option<(Vec<AppliedFix>, (String, CountedParse))> {
    for (fault, fix) in fixes {
        *budget = budget.checked_sub(text.len())?;
        if let Some(after) = apply_if_better(text, state, &fix.edit) {
            return Some((vec![applied_fix(fault, fix)], after));
        }
    }
    None
}

fn applied_fix(fault: &Diagnostic, fix: &Fix) -> AppliedFix {
    AppliedFix {
        line: fault.line,
        code: fault.code,
        message: fault.message.clone(),
        title: fix.title.clone(),
    }
}

/// The text after an edit, if that is better: fewer errors, and nothing sound is lost.
fn apply_if_better(
    text: &str,
    (parsed, errors): &CountedParse,
    edit: &Edit,
) -> Option<(String, CountedParse)> {
    let after = edit.apply(text);
    let state = parse_counting_errors(&after);
    let keeps = match (&parsed.deck, &state.0.deck) {
        (None, _) => true,
        (Some(before), Some(after)) => keeps_everything(before, after),
        (Some(_), None) => false,
    };
    (state.1 < *errors && keeps).then_some((after, state))
}

/// Whether a deck still has everything that it had.
fn keeps_everything(before: &Deck, after: &Deck) -> bool {
    let mut rest = after.questions.iter();
    before.id == after.id
        && before.title == after.title
        && before.topics.iter().all(|(key, name)| after.topics.get(key) == Some(name))
        && before.questions.iter().all(|question| rest.any(|other| other == question))
}
