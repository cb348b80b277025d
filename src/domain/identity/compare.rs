//! Decks before and after an edit.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::gaps::renamed_gaps;
use super::likeness::{self, prompt_key};
use super::places::{Changed, Spot, runs};
use super::{Gone, Known, Move, Moves, QuestionKey, Unclear};
use crate::domain::deck::Deck;

/// How many questions are offered at most where one is gone.
const CANDIDATES: usize = 3;

/// How many questions of a deck are asked about one by one, at most: a deck of which more changed beyond
/// recognition is another deck.
const ASKED_ONE_BY_ONE: usize = 50;

/// How many appeared questions, the nearest in the deck, are looked at for one that is gone. It bounds the time
/// that a wholly rewritten deck takes.
const LOOKED_AT: usize = 100;

/// Compares all decks of the library before and after an edit. `gone` is what earlier comparisons found gone.
///
/// A deck whose file cannot be read for now must be among `after` as it was: its questions are still in use.
/// With nothing `before`, only what the questions themselves say of their former keys counts.
pub fn moves(before: &[&Deck], after: &[&Deck], gone: &[Gone], known: &Known<'_>) -> Moves {
    let mut comparison = Comparison::new(before, after, known);
    comparison.follow_formerly();
    for at in comparison.decks_with_something_lost() {
        comparison.match_prompts(at);
        comparison.match_places(at);
    }
    comparison.add_gone(gone);
    comparison.match_elsewhere();
    comparison.ask_for_the_rest();
    comparison.found
}

struct Comparison<'a> {
    known: &'a Known<'a>,
    after: &'a [&'a Deck],
    /// Every question of `after`, once it is needed.
    in_use: OnceCell<HashSet<(&'a str, &'a str)>>,
    changed: Vec<Changed<'a>>,
    /// Vanished with progress, and not matched yet.
    lost: Vec<Gone>,
    /// Matched already, on either side.
    matched: HashSet<QuestionKey>,
    found: Moves,
}

impl<'a> Comparison<'a> {
    fn new(before: &[&'a Deck], after: &'a [&'a Deck], known: &'a Known<'a>) -> Self {
        let mut comparison = Self {
            known,
            after,
            in_use: OnceCell::new(),
            changed: Vec::new(),
            lost: Vec::new(),
            matched: HashSet::new(),
            found: Moves::default(),
        };
        let by_id: HashMap<&str, &Deck> = after.iter().map(|deck| (&*deck.id, *deck)).collect();
        for old in before {
            let new = by_id.get(&*old.id).copied();
            if new.is_some_and(|new| std::ptr::eq(*old, new)) {
                continue;
            }
            let questions = new.map_or(&[][..], |new| &new.questions);
            comparison.found.gaps.extend(renamed_gaps(&old.id, &old.questions, questions, known));
            comparison.changed.push(Changed::new(&old.id, &old.questions, questions));
        }
        for changed in &comparison.changed {
            for spot in changed.before.iter().filter(|spot| !spot.stays) {
                let key = changed.key(spot);
                if (known.has_progress)(&key) {
                    comparison.lost.push(Gone { key, question: spot.question.clone() });
                }
            }
        }
        comparison
    }

    /// Where nothing with progress vanished, there is nothing to match.
    fn decks_with_something_lost(&self) -> Vec<usize> {
        let lost: HashSet<&str> = self.lost.iter().map(|lost| &*lost.key.deck).collect();
        (0..self.changed.len()).filter(|at| lost.contains(&**self.changed[*at].id)).collect()
    }

    /// A question names its earlier keys: the author's word needs no likeness. Two that name the same are asked about.
    fn follow_formerly(&mut self) {
        let mut named: IndexMap<QuestionKey, Vec<QuestionKey>> = IndexMap::new();
        for deck in self.after {
            for question in deck.questions.iter().filter(|question| !question.formerly.is_empty()) {
                let to = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                for from in question.formerly.iter().filter_map(|key| QuestionKey::from_text(key)) {
                    let counts = (self.known.has_progress)(&from)
                        && !self.is_in_use(&from)
                        && !(self.known.are_kept_apart)(&from, &to);
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
                    self.found.certain.push(Move { from, to });
                }
                _ => self.found.unclear.push(Unclear::Reworded { from, candidates: targets }),
            }
        }
    }

    /// The same prompt under another id: an id was written, or changed.
    fn match_prompts(&mut self, at: usize) {
        let changed = &self.changed[at];
        let lost: Vec<(&Spot<'_>, QuestionKey)> =
            changed.vanished().filter(|(_, key)| self.is_open(key)).collect();
        if lost.is_empty() {
            return;
        }
        // `None`: more than one has it.
        let mut new: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (spot, key) in changed.appeared().filter(|(_, key)| self.is_open(key)) {
            new.entry(prompt_key(spot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut old: HashMap<String, Option<QuestionKey>> = HashMap::new();
        for (spot, key) in lost {
            old.entry(prompt_key(spot.question)).and_modify(|found| *found = None).or_insert(Some(key));
        }
        let mut pairs: Vec<Move> = old
            .into_iter()
            .filter_map(|(prompt, from)| Some(Move { from: from?, to: new.get(&prompt)?.clone()? }))
            .collect();
        pairs.sort_unstable_by(|one, other| one.from.cmp(&other.from));
        for pair in pairs {
            self.settle(pair);
        }
    }

    /// Exactly one vanished and one appeared between the same neighbours.
    ///
    /// Several that are alike one by one are asked about together: an edit of a whole column, say.
    fn match_places(&mut self, at: usize) {
        let changed = &self.changed[at];
        let open = |spot: &Spot<'_>| self.is_open(&changed.key(spot));
        let (old, new) = (runs(&changed.before, open), runs(&changed.after, open));
        let (mut pairs, mut together) = (Vec::new(), Vec::new());
        for (place, vanished) in &old {
            let Some(appeared) = new.get(place).filter(|appeared| appeared.len() == vanished.len()) else {
                continue;
            };
            let both = || vanished.iter().zip(appeared);
            if both().all(|(from, to)| likeness::is_same(from.question, to.question)) {
                let moves = both().map(|(from, to)| Move { from: changed.key(from), to: changed.key(to) });
                if vanished.len() == 1 { pairs.extend(moves) } else { together.extend(moves) }
            }
        }
        pairs.sort_unstable_by(|one, other| one.from.cmp(&other.from));
        for pair in pairs {
            self.settle(pair);
        }
        self.ask_together(at, together);
    }

    /// Several reworded where they stand.
    fn ask_together(&mut self, at: usize, mut moves: Vec<Move>) {
        let known = self.known;
        moves.retain(|pair| {
            (known.has_progress)(&pair.from)
                && !(known.has_progress)(&pair.to)
                && !(known.are_kept_apart)(&pair.from, &pair.to)
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
        self.found.unclear.push(Unclear::Together { from: id.clone(), to: id, moves });
    }

    /// Certain, unless the other has progress of its own or was refused: then it stays to be asked about, or not.
    fn settle(&mut self, pair: Move) {
        if (self.known.has_progress)(&pair.to) || (self.known.are_kept_apart)(&pair.from, &pair.to) {
            return;
        }
        self.matched.insert(pair.from.clone());
        self.matched.insert(pair.to.clone());
        // Without progress there is nothing to move, and yet the two belong together.
        if (self.known.has_progress)(&pair.from) {
            self.found.certain.push(pair);
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

    fn is_open(&self, key: &QuestionKey) -> bool {
        !self.matched.contains(key)
    }

    fn add_gone(&mut self, gone: &[Gone]) {
        let lost: HashSet<QuestionKey> = self.lost.iter().map(|lost| lost.key.clone()).collect();
        let still = gone.iter().filter(|gone| {
            !lost.contains(&gone.key) && (self.known.has_progress)(&gone.key) && !self.is_in_use(&gone.key)
        });
        let still: Vec<Gone> = still.cloned().collect();
        self.lost.extend(still);
        let matched = &self.matched;
        self.lost.retain(|lost| !matched.contains(&lost.key));
        self.found.gone.clone_from(&self.lost);
    }

    /// A deck was split, or a question moved to another one.
    fn match_elsewhere(&mut self) {
        if self.lost.is_empty() {
            return;
        }
        let mut by_prompt: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, lost) in self.lost.iter().enumerate() {
            by_prompt.entry(lost.question.prompt.trim()).or_default().push(at);
            by_id.entry(&lost.key.question).or_default().push(at);
        }
        // For each lost one where it may be: by its prompt, and failing that by its id.
        let mut places: Vec<[Vec<QuestionKey>; 2]> = vec![[Vec::new(), Vec::new()]; self.lost.len()];
        for deck in self.after {
            for question in deck.questions.iter() {
                let prompts = by_prompt.get(question.prompt.trim()).into_iter().flatten().map(|at| (0, *at));
                let ids = by_id.get(&*question.id).into_iter().flatten().map(|at| (1, *at));
                for (how, at) in prompts.chain(ids) {
                    let lost = &self.lost[at];
                    let key = QuestionKey { deck: deck.id.clone(), question: question.id.clone() };
                    let may = key.deck != lost.key.deck
                        && self.is_open(&key)
                        && !(self.known.has_progress)(&key)
                        && !(self.known.are_kept_apart)(&lost.key, &key)
                        && (how == 0 || likeness::likelihood(&lost.question, question).is_some());
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
        let mut groups: Vec<(Arc<str>, Arc<str>, Vec<Move>)> = Vec::new();
        for (lost, choices) in self.lost.iter().zip(&choices) {
            match choices.as_slice() {
                [] => continue,
                [to] if claims[to] == 1 => {
                    let pair = Move { from: lost.key.clone(), to: to.clone() };
                    let decks = |group: &&mut (Arc<str>, Arc<str>, Vec<Move>)| {
                        group.0 == pair.from.deck && group.1 == pair.to.deck
                    };
                    match groups.iter_mut().find(decks) {
                        Some((.., moves)) => moves.push(pair),
                        None => groups.push((pair.from.deck.clone(), pair.to.deck.clone(), vec![pair])),
                    }
                    self.matched.insert(to.clone());
                }
                several => {
                    let candidates = several.iter().take(CANDIDATES).cloned().collect();
                    self.found.unclear.push(Unclear::Reworded { from: lost.key.clone(), candidates });
                }
            }
            self.matched.insert(lost.key.clone());
        }
        let groups = groups.into_iter().map(|(from, to, moves)| Unclear::Together { from, to, moves });
        self.found.unclear.extend(groups);
    }

    /// What is left is asked about, where something like it appeared in the same deck.
    fn ask_for_the_rest(&mut self) {
        let mut asked = Vec::new();
        for changed in &self.changed {
            let new: Vec<(usize, &Spot<'_>)> = changed
                .after
                .iter()
                .enumerate()
                .filter(|(_, spot)| !spot.stays && self.is_open(&changed.key(spot)))
                .collect();
            let lost = changed.before.iter().enumerate().filter(|(_, spot)| !spot.stays);
            let lost = lost.map(|(at, spot)| (at, spot, changed.key(spot)));
            let open = |key: &QuestionKey| self.is_open(key) && (self.known.has_progress)(key);
            for (at, spot, from) in lost.filter(|(.., key)| open(key)).take(ASKED_ONE_BY_ONE) {
                let middle = new.partition_point(|(other, _)| *other < at);
                let near = &new[middle.saturating_sub(LOOKED_AT / 2)..new.len().min(middle + LOOKED_AT / 2)];
                let mut likely: Vec<(f64, QuestionKey)> = near
                    .iter()
                    .map(|(_, other)| (other, changed.key(other)))
                    .filter(|(_, key)| !(self.known.are_kept_apart)(&from, key))
                    .filter_map(|(other, key)| {
                        Some((likeness::likelihood(spot.question, other.question)?, key))
                    })
                    .collect();
                likely.sort_by(|(one, _), (other, _)| other.total_cmp(one));
                if !likely.is_empty() {
                    let candidates = likely.into_iter().take(CANDIDATES).map(|(_, key)| key).collect();
                    asked.push(Unclear::Reworded { from, candidates });
                }
            }
        }
        self.found.unclear.extend(asked);
    }
}
