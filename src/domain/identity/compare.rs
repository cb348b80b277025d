//! Comparing all decks before and after an edit.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::changed_deck::{ChangedDeck, QuestionSlot, runs_by_neighbours};
use super::gaps::renamed_gaps;
use super::similarity::{self, prompt_key};
use super::{AmbiguousMove, ProgressLookup, ProgressMove, ProgressMoves, QuestionKey, RemovedQuestion};
use crate::domain::deck::Deck;

/// Maximum number of candidates that the learner can choose from.
const MAX_CANDIDATES: usize = 3;

/// Maximum number of questions of one deck that the learner is asked about one by one. If more have changed
/// beyond recognition, it is another deck.
const MAX_ASKED_SINGLY: usize = 50;

/// Maximum number of appeared questions, the nearest ones in the deck, that are compared with a vanished one.
/// Limits the time for a deck that was rewritten completely.
const MAX_COMPARED: usize = 100;

/// Compares all decks of the library before and after an edit. `removed` are the questions that earlier
/// comparisons found removed.
///
/// A deck whose file cannot be read at the moment must be passed unchanged in `after`, because its questions
/// are still in use. With an empty `before`, only former keys are matched.
pub fn find_moves(
    before: &[&Deck],
    after: &[&Deck],
    removed: &[RemovedQuestion],
    progress: &ProgressLookup<'_>,
) -> ProgressMoves {
    let mut comparison = LibraryComparison::new(before, after, progress);
    comparison.match_former_keys();
    for deck_index in comparison.decks_with_vanished() {
        comparison.match_prompts(deck_index);
        comparison.match_positions(deck_index);
    }
    comparison.add_removed_earlier(removed);
    comparison.match_in_other_decks();
    comparison.ask_about_the_rest();
    comparison.moves
}

/// The comparison in progress. Each rule takes what the rules before it left unmatched.
struct LibraryComparison<'a> {
    progress: &'a ProgressLookup<'a>,
    after: &'a [&'a Deck],
    /// Keys of all questions in `after`. Computed when first needed.
    in_use: OnceCell<HashSet<(&'a str, &'a str)>>,
    changed: Vec<ChangedDeck<'a>>,
    /// Questions with progress that vanished. Later without the matched ones.
    vanished: Vec<RemovedQuestion>,
    /// Keys that are matched already, old and new ones.
    matched: HashSet<QuestionKey>,
    moves: ProgressMoves,
}

impl<'a> LibraryComparison<'a> {
    fn new(before: &[&'a Deck], after: &'a [&'a Deck], progress: &'a ProgressLookup<'a>) -> Self {
        let mut comparison = Self {
            progress,
            after,
            in_use: OnceCell::new(),
            changed: Vec::new(),
            vanished: Vec::new(),
            matched: HashSet::new(),
            moves: ProgressMoves::default(),
        };
        let by_id: HashMap<&str, &Deck> = after.iter().map(|deck| (&*deck.id, *deck)).collect();
        for old in before {
            let new = by_id.get(&*old.id).copied();
            if new.is_some_and(|new| std::ptr::eq(*old, new)) {
                continue;
            }
            let questions = new.map_or(&[][..], |new| &new.questions);
            comparison.moves.renamed_gaps.extend(renamed_gaps(&old.id, &old.questions, questions, progress));
            comparison.changed.push(ChangedDeck::new(&old.id, &old.questions, questions));
        }
        for changed in &comparison.changed {
            for slot in changed.before.iter().filter(|slot| !slot.is_in_both) {
                let key = changed.key(slot);
                if (progress.has_progress)(&key) {
                    comparison.vanished.push(RemovedQuestion { key, question: slot.question.clone() });
                }
            }
        }
        comparison
    }

    /// Indices of the changed decks in which questions with progress vanished. In the others there is nothing
    /// to match.
    fn decks_with_vanished(&self) -> Vec<usize> {
        let deck_ids: HashSet<&str> = self.vanished.iter().map(|vanished| &*vanished.key.deck).collect();
        (0..self.changed.len())
            .filter(|deck_index| deck_ids.contains(&**self.changed[*deck_index].id))
            .collect()
    }

    /// Rule 1: former keys. The author's word is enough, without any similarity. If two questions name the
    /// same former key, the learner is asked.
    fn match_former_keys(&mut self) {
        let mut by_former_key: IndexMap<QuestionKey, Vec<QuestionKey>> = IndexMap::new();
        for deck in self.after {
            for question in deck.questions.iter().filter(|question| !question.formerly.is_empty()) {
                let to = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                for from in question.formerly.iter().filter_map(|key| QuestionKey::from_text(key)) {
                    let is_valid = (self.progress.has_progress)(&from)
                        && !self.is_in_use(&from)
                        && !(self.progress.is_match_rejected)(&from, &to);
                    if is_valid {
                        by_former_key.entry(from).or_default().push(to.clone());
                    }
                }
            }
        }
        for (from, mut targets) in by_former_key {
            self.matched.insert(from.clone());
            match targets.len() {
                1 => {
                    let to = targets.remove(0);
                    self.matched.insert(to.clone());
                    self.moves.certain.push(ProgressMove { from, to });
                }
                _ => self.moves.ambiguous.push(AmbiguousMove::Reworded { from, candidates: targets }),
            }
        }
    }

    /// Rule 2: the same prompt under another id.
    fn match_prompts(&mut self, deck_index: usize) {
        let changed = &self.changed[deck_index];
        let vanished: Vec<(&QuestionSlot<'_>, QuestionKey)> =
            changed.vanished().filter(|(_, key)| self.is_unmatched(key)).collect();
        if vanished.is_empty() {
            return;
        }
        // `None` marks a prompt that several questions have.
        let mut new: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (slot, key) in changed.appeared().filter(|(_, key)| self.is_unmatched(key)) {
            new.entry(prompt_key(slot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut old: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (slot, key) in vanished {
            old.entry(prompt_key(slot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut pairs: Vec<ProgressMove> = old
            .into_iter()
            .filter_map(|(prompt, from)| Some(ProgressMove { from: from?, to: new.get(&prompt)?.clone()? }))
            .collect();
        pairs.sort_unstable_by(|a, b| a.from.cmp(&b.from));
        for pair in pairs {
            self.accept_match(pair);
        }
    }

    /// Rules 3 and 4: the same position.
    ///
    /// If exactly one question vanished and one appeared between the same neighbours, they match. Several are
    /// left to the learner as a group. This happens when a whole column of a table is edited, for example.
    fn match_positions(&mut self, deck_index: usize) {
        let changed = &self.changed[deck_index];
        let is_unmatched = |slot: &QuestionSlot<'_>| self.is_unmatched(&changed.key(slot));
        let (old, new) = (
            runs_by_neighbours(&changed.before, is_unmatched),
            runs_by_neighbours(&changed.after, is_unmatched),
        );
        let (mut pairs, mut group) = (Vec::new(), Vec::new());
        for (neighbours, vanished) in &old {
            let Some(appeared) = new.get(neighbours).filter(|appeared| appeared.len() == vanished.len())
            else {
                continue;
            };
            let both = || vanished.iter().zip(appeared);
            if both().all(|(from, to)| similarity::is_same_question(from.question, to.question)) {
                let moves =
                    both().map(|(from, to)| ProgressMove { from: changed.key(from), to: changed.key(to) });
                if vanished.len() == 1 { pairs.extend(moves) } else { group.extend(moves) }
            }
        }
        pairs.sort_unstable_by(|a, b| a.from.cmp(&b.from));
        for pair in pairs {
            self.accept_match(pair);
        }
        self.ask_about_group(deck_index, group);
    }

    /// Leaves a group of questions that were reworded in place to the learner.
    fn ask_about_group(&mut self, deck_index: usize, mut moves: Vec<ProgressMove>) {
        let progress = self.progress;
        moves.retain(|pair| {
            (progress.has_progress)(&pair.from)
                && !(progress.has_progress)(&pair.to)
                && !(progress.is_match_rejected)(&pair.from, &pair.to)
        });
        if moves.is_empty() {
            return;
        }
        let changed = &self.changed[deck_index];
        let positions: HashMap<&str, usize> = changed
            .before
            .iter()
            .enumerate()
            .map(|(position, slot)| (&*slot.question.id, position))
            .collect();
        moves.sort_by_key(|pair| positions.get(&*pair.from.question).copied());
        self.matched.extend(moves.iter().flat_map(|pair| [pair.from.clone(), pair.to.clone()]));
        let id = changed.id.clone();
        self.moves.ambiguous.push(AmbiguousMove::Group { from: id.clone(), to: id, moves });
    }

    /// Accepts a match as certain. Does nothing if the new question has progress of its own or the learner
    /// rejected the match: then later rules may still leave it to the learner.
    fn accept_match(&mut self, pair: ProgressMove) {
        if (self.progress.has_progress)(&pair.to) || (self.progress.is_match_rejected)(&pair.from, &pair.to) {
            return;
        }
        self.matched.insert(pair.from.clone());
        self.matched.insert(pair.to.clone());
        // Without progress there is nothing to move, but the two questions belong together all the same.
        if (self.progress.has_progress)(&pair.from) {
            self.moves.certain.push(pair);
        }
    }

    fn is_in_use(&self, key: &QuestionKey) -> bool {
        let in_use = self.in_use.get_or_init(|| {
            let keys = |deck: &&'a Deck| {
                let deck: &'a Deck = deck;
                deck.questions.iter().map(|question| (&*deck.id, &*question.id))
            };
            self.after.iter().flat_map(keys).collect()
        });
        in_use.contains(&(&*key.deck, &*key.question))
    }

    fn is_unmatched(&self, key: &QuestionKey) -> bool {
        !self.matched.contains(key)
    }

    /// Adds the questions that were removed in earlier edits and are still missing, and drops the matched
    /// ones.
    fn add_removed_earlier(&mut self, removed: &[RemovedQuestion]) {
        let vanished: HashSet<QuestionKey> =
            self.vanished.iter().map(|vanished| vanished.key.clone()).collect();
        let still_removed = removed.iter().filter(|removed| {
            !vanished.contains(&removed.key)
                && (self.progress.has_progress)(&removed.key)
                && !self.is_in_use(&removed.key)
        });
        let still_removed: Vec<RemovedQuestion> = still_removed.cloned().collect();
        self.vanished.extend(still_removed);
        let matched = &self.matched;
        self.vanished.retain(|vanished| !matched.contains(&vanished.key));
        self.moves.removed.clone_from(&self.vanished);
    }

    /// Rule 5: the question is in another deck now. A deck was split, or a question was moved.
    fn match_in_other_decks(&mut self) {
        if self.vanished.is_empty() {
            return;
        }
        let mut by_prompt: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, vanished) in self.vanished.iter().enumerate() {
            by_prompt.entry(vanished.question.prompt.trim()).or_default().push(index);
            by_id.entry(&vanished.key.question).or_default().push(index);
        }
        // The possible new keys of each vanished question: by prompt, and by id if none has the same prompt.
        let mut new_keys: Vec<[Vec<QuestionKey>; 2]> = vec![[Vec::new(), Vec::new()]; self.vanished.len()];
        for deck in self.after {
            for question in deck.questions.iter() {
                let prompts =
                    by_prompt.get(question.prompt.trim()).into_iter().flatten().map(|index| (0, *index));
                let ids = by_id.get(&*question.id).into_iter().flatten().map(|index| (1, *index));
                for (criterion, index) in prompts.chain(ids) {
                    let vanished = &self.vanished[index];
                    let key = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                    let is_possible = key.deck != vanished.key.deck
                        && self.is_unmatched(&key)
                        && !(self.progress.has_progress)(&key)
                        && !(self.progress.is_match_rejected)(&vanished.key, &key)
                        && (criterion == 0 || similarity::similarity(&vanished.question, question).is_some());
                    if is_possible {
                        new_keys[index][criterion].push(key);
                    }
                }
            }
        }
        let choices: Vec<Vec<QuestionKey>> =
            new_keys.into_iter().map(|[prompt, id]| if prompt.is_empty() { id } else { prompt }).collect();
        let mut claims: HashMap<&QuestionKey, usize> = HashMap::new();
        for choice in choices.iter().flatten() {
            *claims.entry(choice).or_default() += 1;
        }
        let mut groups: Vec<(Arc<str>, Arc<str>, Vec<ProgressMove>)> = Vec::new();
        for (vanished, choices) in self.vanished.iter().zip(&choices) {
            match choices.as_slice() {
                [] => continue,
                [to] if claims[to] == 1 => {
                    let pair = ProgressMove { from: vanished.key.clone(), to: to.clone() };
                    let decks = |group: &&mut (Arc<str>, Arc<str>, Vec<ProgressMove>)| {
                        group.0 == pair.from.deck && group.1 == pair.to.deck
                    };
                    match groups.iter_mut().find(decks) {
                        Some((.., moves)) => moves.push(pair),
                        None => groups.push((pair.from.deck.clone(), pair.to.deck.clone(), vec![pair])),
                    }
                    self.matched.insert(to.clone());
                }
                several => {
                    let candidates = several.iter().take(MAX_CANDIDATES).cloned().collect();
                    self.moves
                        .ambiguous
                        .push(AmbiguousMove::Reworded { from: vanished.key.clone(), candidates });
                }
            }
            self.matched.insert(vanished.key.clone());
        }
        let groups = groups.into_iter().map(|(from, to, moves)| AmbiguousMove::Group { from, to, moves });
        self.moves.ambiguous.extend(groups);
    }

    /// Leaves the remaining vanished questions to the learner, if a similar question appeared in the same
    /// deck.
    fn ask_about_the_rest(&mut self) {
        let mut questions = Vec::new();
        for changed in &self.changed {
            let appeared: Vec<(usize, &QuestionSlot<'_>)> = changed
                .after
                .iter()
                .enumerate()
                .filter(|(_, slot)| !slot.is_in_both && self.is_unmatched(&changed.key(slot)))
                .collect();
            let vanished = changed.before.iter().enumerate().filter(|(_, slot)| !slot.is_in_both);
            let vanished = vanished.map(|(position, slot)| (position, slot, changed.key(slot)));
            let is_askable = |key: &QuestionKey| self.is_unmatched(key) && (self.progress.has_progress)(key);
            for (position, slot, from) in vanished.filter(|(.., key)| is_askable(key)).take(MAX_ASKED_SINGLY)
            {
                let middle = appeared.partition_point(|(position_after, _)| *position_after < position);
                let near = &appeared
                    [middle.saturating_sub(MAX_COMPARED / 2)..appeared.len().min(middle + MAX_COMPARED / 2)];
                let mut candidates: Vec<(f64, QuestionKey)> = near
                    .iter()
                    .map(|(_, other)| (other, changed.key(other)))
                    .filter(|(_, key)| !(self.progress.is_match_rejected)(&from, key))
                    .filter_map(|(other, key)| {
                        Some((similarity::similarity(slot.question, other.question)?, key))
                    })
                    .collect();
                candidates.sort_by(|(a, _), (b, _)| b.total_cmp(a));
                if !candidates.is_empty() {
                    let candidates =
                        candidates.into_iter().take(MAX_CANDIDATES).map(|(_, key)| key).collect();
                    questions.push(AmbiguousMove::Reworded { from, candidates });
                }
            }
        }
        self.moves.ambiguous.extend(questions);
    }
}
