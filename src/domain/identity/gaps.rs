//! Named gaps that were renamed.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::{ProgressLookup, QuestionKey};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::{Answer, Question};

/// Finds named gaps that have another name and the same answer now. Only unambiguous pairs count.
pub(super) fn renamed_gaps(
    deck: &Arc<str>,
    before: &[Arc<Question>],
    after: &[Arc<Question>],
    progress: &ProgressLookup<'_>,
) -> Vec<(CardKey, CardKey)> {
    let is_cloze = |question: &&Arc<Question>| matches!(&question.answer, Answer::Cloze(cloze) if cloze.gaps().any(|gap| gap.group.is_some()));
    let old: HashMap<&str, &Arc<Question>> =
        before.iter().filter(is_cloze).map(|question| (&*question.id, question)).collect();
    let mut found = Vec::new();
    for new in after.iter().filter(is_cloze) {
        let Some(old) = old.get(&*new.id).filter(|old| !Arc::ptr_eq(old, new)) else { continue };
        let (old_gaps, new_gaps) = (gaps(old), gaps(new));
        let removed: Vec<_> = old_gaps.iter().filter(|(name, _)| !new_gaps.contains_key(*name)).collect();
        let added: Vec<_> = new_gaps.iter().filter(|(name, _)| !old_gaps.contains_key(*name)).collect();
        for (name, answers) in &removed {
            let same_answer: Vec<_> = added.iter().filter(|(_, other)| other == answers).collect();
            let rivals = removed.iter().filter(|(_, other)| other == answers).count();
            let key = QuestionKey { deck: deck.clone(), question: new.id.clone() };
            if let ([(to, _)], 1, true) = (same_answer.as_slice(), rivals, (progress.has_progress)(&key)) {
                let card = |name: &Arc<str>| key.card(Facet::Gap(name.clone()));
                found.push((card(name), card(to)));
            }
        }
    }
    found
}

/// The named gaps of a cloze and what they accept.
fn gaps(question: &Question) -> IndexMap<&Arc<str>, Vec<&String>> {
    let mut gaps: IndexMap<&Arc<str>, Vec<&String>> = IndexMap::new();
    if let Answer::Cloze(cloze) = &question.answer {
        for gap in cloze.gaps() {
            if let Some(name) = &gap.group {
                gaps.entry(name).or_default().extend(&gap.accepted);
            }
        }
    }
    gaps
}
