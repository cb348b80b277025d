//! Makes progress follow its questions when decks are edited: certain moves are made at once and can be
//! undone, ambiguous ones are put to the learner.
//!
//! A match that the learner rejected is in the log ([`Change::RejectMatch`]), and so is a move that was
//! undone: neither is suggested again, on any machine.

pub mod command;
mod open_moves;
mod progress_index;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::core::Core;
use super::core::rekeyed::Rekeyed;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::Change;
use crate::domain::identity::{
    self, AmbiguousMove, Orphan, ProgressLookup, ProgressMove, ProgressMoves, QuestionKey, RemovedQuestion,
};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::library::Library;
use crate::text::{self, words};
use progress_index::{CardsByQuestion, ProgressIndex, card_moves};

pub use command::MoveCommand;
pub use open_moves::{MoveChoice, OpenMove};

/// Progress whose questions were removed.
#[derive(Debug, Default)]
pub struct Moves {
    /// Every ambiguous move since the program started, including answered ones: undoing the answer makes a move
    /// open again. See [`Moves::open_moves`].
    open_moves: Vec<OpenMove>,
    last_number: u64,
    removed: Vec<RemovedQuestion>,
}

impl Moves {
    /// Compares the decks in use with their earlier versions `before`: makes certain moves, reports them, and
    /// keeps ambiguous ones for the learner. With an empty `before`, only `formerly` in questions is
    /// considered. The questions of `in_use` are on screen or in a session: they have a position to preserve
    /// even if they have no progress.
    pub(super) fn follow_edits(
        &mut self,
        core: &mut Core,
        before: &[Arc<Deck>],
        in_use: &HashSet<QuestionKey>,
        now: &Moment,
    ) {
        if !core.store.is_writable() {
            return;
        }
        let after = decks_in_use(core, before);
        let after: Vec<&Deck> = after.iter().map(Arc::as_ref).collect();
        let before_decks: Vec<&Deck> = before.iter().map(Arc::as_ref).collect();
        let index = ProgressIndex::new(&core.progress).with_pending(&core.pending_cards);
        let known = ProgressLookup {
            has_progress: &|key| in_use.contains(key) || index.has_progress(key),
            is_match_rejected: &|from, to| index.was_rejected(from, to),
        };
        let ProgressMoves { certain, renamed_gaps, ambiguous, removed } =
            identity::find_moves(&before_decks, &after, &self.removed, &known);
        // A card that is only in the session was never answered, so there is nothing to ask about.
        let to_ask = ambiguous.iter().flat_map(AmbiguousMove::removed);
        let cards = index.by_question(certain.iter().map(|pair| &pair.from).chain(to_ask));
        self.removed = removed.into_iter().filter(|removed| index.has_progress(&removed.key)).collect();
        self.drop_settled(&after);
        Self::apply_certain_moves(core, before, &certain, &renamed_gaps, &cards, now);
        for ambiguous in ambiguous {
            self.add_open_move(core, before, ambiguous, &cards);
        }
    }

    /// Moves the progress of a deck to the questions with the same ids in its copy. Returns the number of
    /// questions. Progress that the copy already has is kept.
    pub(super) fn carry_progress(core: &mut Core, from_deck: &str, to_deck: &str, now: &Moment) -> usize {
        let Some(copy) = core.library.deck(to_deck).map(|loaded| loaded.deck.clone()) else { return 0 };
        let mut moves: Vec<ProgressMove> = copy
            .questions
            .iter()
            .map(|question| ProgressMove {
                from: QuestionKey { deck: from_deck.into(), question: question.id.clone() },
                to: QuestionKey { deck: copy.id.clone(), question: question.id.clone() },
            })
            .filter(|pair| pair.from != pair.to)
            .collect();
        let cards = ProgressIndex::new(&core.progress).by_question(moves.iter().map(|pair| &pair.from));
        moves.retain(|pair| cards.contains_key(&pair.from));
        let label = text::moves::move_to_copy(moves.len(), &copy.title);
        if !commit_moves(core, label, card_moves(&moves, &cards), now) {
            return 0;
        }
        if !moves.is_empty() {
            core.notify(text::moves::moved_to_copy(moves.len(), &copy.title));
        }
        moves.len()
    }

    fn apply_certain_moves(
        core: &mut Core,
        before: &[Arc<Deck>],
        certain: &[ProgressMove],
        renamed_gaps: &[(CardKey, CardKey)],
        cards: &CardsByQuestion,
        now: &Moment,
    ) {
        let mut changed = card_moves(certain, cards);
        let questions: Vec<&ProgressMove> =
            certain.iter().filter(|pair| cards.contains_key(&pair.from)).collect();
        let renamed_gaps: Vec<&(CardKey, CardKey)> = renamed_gaps
            .iter()
            .filter(|(from, to)| {
                core.progress.has_progress(from)
                    && !core.progress.has_progress(to)
                    && !core.progress.is_match_rejected(from, to)
                    && !core.progress.was_rekey_retracted(from, to)
            })
            .collect();
        changed.extend(renamed_gaps.iter().map(|pair| (*pair).clone()));
        let moved = questions.len() + renamed_gaps.len();
        let to: Option<QuestionKey> = questions
            .first()
            .map(|pair| pair.to.clone())
            .or(renamed_gaps.first().map(|(_, to)| QuestionKey::of(to)));
        let name = to
            .and_then(|to| question_prompt(core, &to))
            .map(|prompt| words::excerpt(&prompt))
            .unwrap_or_default();
        if !commit_moves(core, text::moves::moves(moved, &name), changed, now) {
            return;
        }
        // Cards without progress keep their position in the session.
        core.rekey(Rekeyed {
            questions: certain.iter().map(|pair| (pair.from.clone(), pair.to.clone())).collect(),
            ..Rekeyed::default()
        });
        let were_there = |pair: &&&ProgressMove| before.iter().any(|deck| deck.id == pair.from.deck);
        let text = match (moved, questions.iter().filter(were_there).count() + renamed_gaps.len()) {
            (0, _) => return,
            (1, 1) => text::moves::moved_along(&name),
            (1, _) => text::moves::found_again(&name),
            _ => text::moves::several_moved_along(moved),
        };
        core.append_notice(text);
    }
}

/// Progress whose question no deck of a library has.
pub fn orphans(library: &Library, progress: &Progress) -> Vec<Orphan> {
    let in_use: HashSet<(&str, &str)> = library
        .decks()
        .iter()
        .flat_map(|loaded| loaded.deck.questions.iter().map(|question| (&*loaded.deck.id, &*question.id)))
        .collect();
    identity::orphans(progress, |key| in_use.contains(&(&*key.deck, &*key.question)))
}

/// The decks to compare. A deck with errors, or one that cannot be read at the moment, counts in its
/// earlier version.
fn decks_in_use(core: &Core, before: &[Arc<Deck>]) -> Vec<Arc<Deck>> {
    let problems = core.library.problems();
    let mut decks: Vec<Arc<Deck>> = core
        .library
        .decks()
        .iter()
        .map(|loaded| {
            let has_faults = problems.iter().any(|problem| problem.origin == loaded.origin);
            let as_it_was = before.iter().find(|deck| has_faults && deck.id == loaded.deck.id);
            as_it_was.unwrap_or(&loaded.deck).clone()
        })
        .collect();
    // It is unknown which of the missing decks is in an unreadable file.
    let some_are_missing = problems
        .iter()
        .any(|problem| !core.library.decks().iter().any(|loaded| loaded.origin == problem.origin));
    if some_are_missing {
        let missing = before.iter().filter(|deck| core.library.deck(&deck.id).is_none());
        decks.extend(missing.cloned());
    }
    decks
}

/// The changes that move the progress of a question whose key its author changed.
pub(super) fn rekey_changes(core: &Core, from: QuestionKey, to: QuestionKey) -> Vec<(CardKey, Change)> {
    let cards = ProgressIndex::new(&core.progress).with_pending(&core.pending_cards).by_question([&from]);
    let moved = card_moves(&[ProgressMove { from, to }], &cards).into_iter();
    moved.map(|(card, to)| (card, Change::Rekey { to: Box::new(to) })).collect()
}

fn question_prompt(core: &Core, question: &QuestionKey) -> Option<String> {
    let deck = &core.library.deck(&question.deck)?.deck;
    let question = deck.questions.iter().find(|other| other.id == question.question)?;
    Some(question.prompt.clone())
}

/// Moves progress between cards as one undo entry.
fn commit_moves(core: &mut Core, label: String, pairs: Vec<(CardKey, CardKey)>, now: &Moment) -> bool {
    let changes =
        pairs.iter().map(|(from, to)| (from.clone(), Change::Rekey { to: Box::new(to.clone()) })).collect();
    if !core.write_group(label, changes, now) {
        return false;
    }
    core.rekey(Rekeyed { cards: pairs.into_iter().collect(), questions: HashMap::new() });
    true
}
