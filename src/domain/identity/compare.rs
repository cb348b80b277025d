//! Decks before and after an edit.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::changed_deck::{ChangedDeck, QuestionSlot, runs_between_kept};
use super::gaps::renamed_gaps;
use super::similarity::{self, prompt_key};
use super::{AmbiguousMove, ProgressLookup, ProgressMove, ProgressMoves, QuestionKey, RemovedQuestion};
use crate::domain::deck::Deck;

/// How many questions are offered at most where one is gone.
const MAX_CANDIDATES: usize = 3;

/// How many questions of a deck are asked about one by one, at most: a deck of which more changed beyond
/// recognition is another deck.
const MAX_ASKED_SINGLY: usize = 50;

/// How many appeared questions, the nearest in the deck, are looked at for one that is gone. It bounds the time
/// that a wholly rewritten deck takes.
const MAX_COMPARED: usize = 100;

/// Compares all decks of the library before and after an edit. `gone` is what earlier comparisons found gone.
///
/// A deck whose file cannot be read for now must be among `after` as it was: its questions are still in use.
/// With nothing `before`, only what the questions themselves say of their former keys counts.
pub fn find_moves(
    before: &[&Deck],
    after: &[&Deck],
    gone: &[RemovedQuestion],
    known: &ProgressLookup<'_>,
) -> ProgressMoves {
    let mut comparison = LibraryComparison::new(before, after, known);
    comparison.match_former_keys();
    for at in comparison.decks_with_vanished() {
        comparison.match_prompts(at);
        comparison.match_positions(at);
    }
    comparison.add_removed_earlier(gone);
    comparison.match_in_other_decks();
    comparison.ask_about_the_rest();
    comparison.moves
}

struct LibraryComparison<'a> {
    progress: &'a ProgressLookup<'a>,
    after: &'a [&'a Deck],
    /// Every question of `after`, once it is needed.
    in_use: OnceCell<HashSet<(&'a str, &'a str)>>,
    changed: Vec<ChangedDeck<'a>>,
    /// Vanished with progress, and not matched yet.
    vanished: Vec<RemovedQuestion>,
    /// Matched already, on either side.
    matched: HashSet<QuestionKey>,
    moves: ProgressMoves,
}

impl<'a> LibraryComparison<'a> {
    fn new(before: &[&'a Deck], after: &'a [&'a Deck], known: &'a ProgressLookup<'a>) -> Self {
        let mut comparison = Self {
            progress: known,
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
            comparison.moves.renamed_gaps.extend(renamed_gaps(&old.id, &old.questions, questions, known));
            comparison.changed.push(ChangedDeck::new(&old.id, &old.questions, questions));
        }
        for changed in &comparison.changed {
            for spot in changed.before.iter().filter(|spot| !spot.is_in_both) {
                let key = changed.key(spot);
                if (known.has_progress)(&key) {
                    comparison.vanished.push(RemovedQuestion { key, question: spot.question.clone() });
                }
            }
        }
        comparison
    }

    /// Where nothing with progress vanished, there is nothing to match.
    fn decks_with_vanished(&self) -> Vec<usize> {
        let lost: HashSet<&str> = self.vanished.iter().map(|lost| &*lost.key.deck).collect();
        (0..self.changed.len()).filter(|at| lost.contains(&**self.changed[*at].id)).collect()
    }

    /// A question names its earlier keys: the author's word needs no likeness. Two that name the same are asked about.
    fn match_former_keys(&mut self) {
        let mut named: IndexMap<QuestionKey, Vec<QuestionKey>> = IndexMap::new();
        for deck in self.after {
            for question in deck.questions.iter().filter(|question| !question.formerly.is_empty()) {
                let to = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                for from in question.formerly.iter().filter_map(|key| QuestionKey::from_text(key)) {
                    let counts = (self.progress.has_progress)(&from)
                        && !self.is_in_use(&from)
                        && !(self.progress.is_match_rejected)(&from, &to);
                    if counts {
                        named.entry(from).or_default().push(to.clone());
                    }
                }
            }
        }
        for (from, mut targets) in named {
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

    /// The same prompt under another id: an id was written, or changed.
    fn match_prompts(&mut self, at: usize) {
        let changed = &self.changed[at];
        let lost: Vec<(&QuestionSlot<'_>, QuestionKey)> =
            changed.vanished().filter(|(_, key)| self.is_unmatched(key)).collect();
        if lost.is_empty() {
            return;
        }
        // `None`: more than one has it.
        let mut new: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (spot, key) in changed.appeared().filter(|(_, key)| self.is_unmatched(key)) {
            new.entry(prompt_key(spot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut old: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (spot, key) in lost {
            old.entry(prompt_key(spot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut pairs: Vec<ProgressMove> = old
            .into_iter()
            .filter_map(|(prompt, from)| Some(ProgressMove { from: from?, to: new.get(&prompt)?.clone()? }))
            .collect();
        pairs.sort_unstable_by(|one, other| one.from.cmp(&other.from));
        for pair in pairs {
            self.accept_match(pair);
        }
    }

    /// Exactly one vanished and one appeared between the same neighbours.
    ///
    /// Several that are alike one by one are asked about together: an edit of a whole column, say.
    fn match_positions(&mut self, at: usize) {
        let changed = &self.changed[at];
        let open = |spot: &QuestionSlot<'_>| self.is_unmatched(&changed.key(spot));
        let (old, new) = (runs_between_kept(&changed.before, open), runs_between_kept(&changed.after, open));
        let (mut pairs, mut together) = (Vec::new(), Vec::new());
        for (place, vanished) in &old {
            let Some(appeared) = new.get(place).filter(|appeared| appeared.len() == vanished.len()) else {
                continue;
            };
            let both = || vanished.iter().zip(appeared);
            if both().all(|(from, to)| similarity::is_same_question(from.question, to.question)) {
                let moves =
                    both().map(|(from, to)| ProgressMove { from: changed.key(from), to: changed.key(to) });
                if vanished.len() == 1 { pairs.extend(moves) } else { together.extend(moves) }
            }
        }
        pairs.sort_unstable_by(|one, other| one.from.cmp(&other.from));
        for pair in pairs {
            self.accept_match(pair);
        }
        self.ask_together(at, together);
    }

    /// Several reworded where they stand.
    fn ask_together(&mut self, at: usize, mut moves: Vec<ProgressMove>) {
        let known = self.progress;
        moves.retain(|pair| {
            (known.has_progress)(&pair.from)
                && !(known.has_progress)(&pair.to)
                && !(known.is_match_rejected)(&pair.from, &pair.to)
        });
        if moves.is_empty() {
            return;
        }
        let changed = &self.changed[at];
        let places: HashMap<&str, usize> =
            changed.before.iter().enumerate().map(|(at, spot)| (&*spot.question.id, at)).collect();
        moves.sort_by_key(|pair| places.get(&*pair.from.question).copied());
        self.matched.extend(moves.iter().flat_map(|pair| [pair.from.clone(), pair.to.clone()]));
        let id = changed.id.clone();
        self.moves.ambiguous.push(AmbiguousMove::Together { from: id.clone(), to: id, moves });
    }

    /// Certain, unless the other has progress of its own or was refused: then it stays to be asked about, or not.
    fn accept_match(&mut self, pair: ProgressMove) {
        if (self.progress.has_progress)(&pair.to) || (self.progress.is_match_rejected)(&pair.from, &pair.to) {
            return;
        }
        self.matched.insert(pair.from.clone());
        self.matched.insert(pair.to.clone());
        // Without progress there is nothing to move, and yet the two belong together.
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

    fn add_removed_earlier(&mut self, gone: &[RemovedQuestion]) {
        let lost: HashSet<QuestionKey> = self.vanished.iter().map(|lost| lost.key.clone()).collect();
        let still = gone.iter().filter(|gone| {
            !lost.contains(&gone.key) && (self.progress.has_progress)(&gone.key) && !self.is_in_use(&gone.key)
        });
        let still: Vec<RemovedQuestion> = still.cloned().collect();
        self.vanished.extend(still);
        let matched = &self.matched;
        self.vanished.retain(|lost| !matched.contains(&lost.key));
        self.moves.removed.clone_from(&self.vanished);
    }

    /// A deck was split, or a question moved to another one.
    fn match_in_other_decks(&mut self) {
        if self.vanished.is_empty() {
            return;
        }
        let mut by_prompt: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, lost) in self.vanished.iter().enumerate() {
            by_prompt.entry(lost.question.prompt.trim()).or_default().push(at);
            by_id.entry(&lost.key.question).or_default().push(at);
        }
        // For each lost one where it may be: by its prompt, and failing that by its id.
        let mut places: Vec<[Vec<QuestionKey>; 2]> = vec![[Vec::new(), Vec::new()]; self.vanished.len()];
        for deck in self.after {
            for question in deck.questions.iter() {
                let prompts = by_prompt.get(question.prompt.trim()).into_iter().flatten().map(|at| (0, *at));
                let ids = by_id.get(&*question.id).into_iter().flatten().map(|at| (1, *at));
                for (how, at) in prompts.chain(ids) {
                    let lost = &self.vanished[at];
                    let key = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                    let may = key.deck != lost.key.deck
                        && self.is_unmatched(&key)
                        && !(self.progress.has_progress)(&key)
                        && !(self.progress.is_match_rejected)(&lost.key, &key)
                        && (how == 0 || similarity::similarity(&lost.question, question).is_some());
                    if may {
                        places[at][how].push(key);
                    }
                }
            }
        }
        let choices: Vec<Vec<QuestionKey>> =
            places.into_iter().map(|[prompt, id]| if prompt.is_empty() { id } else { prompt }).collect();
        let mut claims: HashMap<&QuestionKey, usize> = HashMap::new();
        for choice in choices.iter().flatten() {
            *claims.entry(choice).or_default() += 1;
        }
        let mut groups: Vec<(Arc<str>, Arc<str>, Vec<ProgressMove>)> = Vec::new();
        for (lost, choices) in self.vanished.iter().zip(&choices) {
            match choices.as_slice() {
                [] => continue,
                [to] if claims[to] == 1 => {
                    let pair = ProgressMove { from: lost.key.clone(), to: to.clone() };
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
                    self.moves.ambiguous.push(AmbiguousMove::Reworded { from: lost.key.clone(), candidates });
                }
            }
            self.matched.insert(lost.key.clone());
        }
        let groups = groups.into_iter().map(|(from, to, moves)| AmbiguousMove::Together { from, to, moves });
        self.moves.ambiguous.extend(groups);
    }

    /// What is left is asked about, where something like it appeared in the same deck.
    fn ask_about_the_rest(&mut self) {
        let mut asked = Vec::new();
        for changed in &self.changed {
            let new: Vec<(usize, &QuestionSlot<'_>)> = changed
                .after
                .iter()
                .enumerate()
                .filter(|(_, spot)| !spot.is_in_both && self.is_unmatched(&changed.key(spot)))
                .collect();
            let lost = changed.before.iter().enumerate().filter(|(_, spot)| !spot.is_in_both);
            let lost = lost.map(|(at, spot)| (at, spot, changed.key(spot)));
            let open = |key: &QuestionKey| self.is_unmatched(key) && (self.progress.has_progress)(key);
            for (at, spot, from) in lost.filter(|(.., key)| open(key)).take(MAX_ASKED_SINGLY) {
                let middle = new.partition_point(|(other, _)| *other < at);
                let near =
                    &new[middle.saturating_sub(MAX_COMPARED / 2)..new.len().min(middle + MAX_COMPARED / 2)];
                let mut likely: Vec<(f64, QuestionKey)> = near
                    .iter()
                    .map(|(_, other)| (other, changed.key(other)))
                    .filter(|(_, key)| !(self.progress.is_match_rejected)(&from, key))
                    .filter_map(|(other, key)| {
                        Some((similarity::similarity(spot.question, other.question)?, key))
                    })
                    .collect();
                likely.sort_by(|(one, _), (other, _)| other.total_cmp(one));
                if !likely.is_empty() {
                    let candidates = likely.into_iter().take(MAX_CANDIDATES).map(|(_, key)| key).collect();
                    asked.push(AmbiguousMove::Reworded { from, candidates });
                }
            }
        }
        self.moves.ambiguous.extend(asked);
    }
}
