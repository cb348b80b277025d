//! Applies all fixes that are certain to be right. They concern syntax and spelling, never the content of a question.

use crate::domain::deck::Deck;
use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::{Edit, Splice};

use super::edit::pin_ids;
use super::{ParsedDeck, parse_counting_errors};

/// How often the text is parsed again, because a fix may reveal further errors.
const MAX_ROUNDS: usize = 40;
/// If the fixes do not work together, at most this many bytes are parsed to try them one by one.
const MAX_BYTES_READ: usize = 256 << 20;

/// A text after fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixReport {
    /// The whole fixed text.
    pub text: String,
    /// The fixes in the order in which they were applied.
    pub applied: Vec<AppliedFix>,
    /// The number of questions into which an id was written.
    pub pinned_ids: usize,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedFix {
    /// The line of the error, from 1. Fixes add and remove no lines, so it is valid before and after.
    pub line: u32,
    /// The code of the diagnostic.
    pub code: &'static str,
    /// The message of the diagnostic.
    pub message: String,
    /// The title of the fix.
    pub title: String,
}

/// Applies all certain fixes like [`fix`], and writes ids into the questions that have none.
pub fn fix_and_pin_ids(text: &str) -> FixReport {
    let (mut report, deck) = fix_and_parse(text);
    let pinned = deck.as_ref().and_then(|deck| pin_ids(&report.text, deck).ok());
    if let Some((edit, count)) = pinned {
        report.text = edit.apply(&report.text);
        report.pinned_ids = count;
    }
    report
}

/// Applies all certain fixes. A fix is kept only if it reduces the number of errors and leaves every valid question
/// unchanged.
pub fn fix(text: &str) -> FixReport {
    fix_and_parse(text).0
}

/// Applies all certain fixes, and also returns the deck of the fixed text.
fn fix_and_parse(text: &str) -> (FixReport, Option<Deck>) {
    let mut report = FixReport { text: text.to_owned(), ..FixReport::default() };
    let mut state = parse_counting_errors(text);
    let mut budget = MAX_BYTES_READ;
    for _ in 0..MAX_ROUNDS {
        let fixes = disjoint_fixes(&state.0.diagnostics);
        let all = Edit::new(fixes.iter().flat_map(|(_, fix)| fix.edit.splices.clone()).collect());
        let step = if fixes.is_empty() {
            None
        } else if let Some(after) = apply_if_better(&report.text, &state, &all) {
            Some((fixes.iter().map(|(diagnostic, fix)| applied_fix(diagnostic, fix)).collect(), after))
        } else {
            first_helpful_fix(&report.text, &state, &fixes, &mut budget)
        };
        let Some((applied, (text, after))) = step else { break };
        report.applied.extend::<Vec<AppliedFix>>(applied);
        report.text = text;
        state = after;
    }
    (report, state.0.deck)
}

/// A parsed deck, and its number of errors.
type CountedParse = (ParsedDeck, usize);

/// The fixes of errors that do not overlap or touch each other.
fn disjoint_fixes(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, &Fix)> {
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    let mut taken: Vec<&Splice> = Vec::new();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    for (diagnostic, fix) in errors.filter_map(|diagnostic| Some((diagnostic, diagnostic.fix.as_ref()?))) {
        let touches = |a: &Splice, b: &Splice| a.range.start <= b.range.end && b.range.start <= a.range.end;
        if !fix.edit.splices.iter().any(|splice| taken.iter().any(|other| touches(splice, other))) {
            taken.extend(&fix.edit.splices);
            chosen.push((diagnostic, fix));
        }
    }
    chosen
}

/// The first fix that is an improvement by itself.
fn first_helpful_fix(
    text: &str,
    state: &CountedParse,
    fixes: &[(&Diagnostic, &Fix)],
    budget: &mut usize,
) -> Option<(Vec<AppliedFix>, (String, CountedParse))> {
    for (diagnostic, fix) in fixes {
        *budget = budget.checked_sub(text.len())?;
        if let Some(after) = apply_if_better(text, state, &fix.edit) {
            return Some((vec![applied_fix(diagnostic, fix)], after));
        }
    }
    None
}

fn applied_fix(diagnostic: &Diagnostic, fix: &Fix) -> AppliedFix {
    AppliedFix {
        line: diagnostic.line,
        code: diagnostic.code,
        message: diagnostic.message.clone(),
        title: fix.title.clone(),
    }
}

/// The text after an edit, if it has fewer errors and keeps everything that was valid.
fn apply_if_better(
    text: &str,
    (parsed, errors): &CountedParse,
    edit: &Edit,
) -> Option<(String, CountedParse)> {
    let after = edit.apply(text);
    let state = parse_counting_errors(&after);
    let is_kept = match (&parsed.deck, &state.0.deck) {
        (None, _) => true,
        (Some(before), Some(after)) => keeps_everything(before, after),
        (Some(_), None) => false,
    };
    (state.1 < *errors && is_kept).then_some((after, state))
}

/// Whether a deck still has the id, title, topics and questions that it had before, in the same order.
fn keeps_everything(before: &Deck, after: &Deck) -> bool {
    let mut rest = after.questions.iter();
    before.id == after.id
        && before.title == after.title
        && before.topics.iter().all(|(key, name)| after.topics.get(key) == Some(name))
        && before.questions.iter().all(|question| rest.any(|other| other == question))
}
