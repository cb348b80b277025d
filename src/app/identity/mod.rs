//! Makes progress follow its questions when decks are edited: certain moves are made at once and can be
//! undone, ambiguous ones are put to the learner.
//!
//! A match that the learner rejected is in the log ([`Change::RejectMatch`]), and so is a move that was
//! undone: neither is suggested again, on any machine.

mod command;
mod open_moves;
mod progress_index;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::decks::editor::Editor;
use super::{App, words};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::Change;
use crate::domain::identity::{
    self, AmbiguousMove, Orphan, ProgressLookup, ProgressMove, ProgressMoves, QuestionKey, RemovedQuestion,
};
use crate::domain::ids::CardKey;
use crate::domain::progress::Progress;
use crate::library::Library;
use progress_index::{CardsByQuestion, ProgressIndex, card_moves, moved_keys};

pub use command::MoveCommand;
pub use open_moves::{MoveChoice, OpenMove};

/// Progress whose questions were removed.
#[derive(Debug, Default)]
pub(super) struct MoveTracker {
    /// Every ambiguous move since the program started, including answered ones: undoing the answer makes a move
    /// open again. See [`App::open_moves`].
    open_moves: Vec<OpenMove>,
    last_number: u64,
    removed: Vec<RemovedQuestion>,
}

impl App {
    /// Compares the decks in use with their earlier versions `before`: makes certain moves, reports them, and
    /// keeps ambiguous ones for the learner. With an empty `before`, only `formerly` in questions is
    /// considered.
    pub fn reconcile_with(&mut self, before: &[Arc<Deck>], now: &Moment) {
        self.follow_edits(before, now);
        self.drop_removed_cards();
        self.refresh(now);
    }

    /// The same without updating session and figures, for callers that do that themselves.
    pub(super) fn follow_edits(&mut self, before: &[Arc<Deck>], now: &Moment) {
        if !self.store.is_writable() {
            return;
        }
        let after = self.decks_in_use(before);
        let after: Vec<&Deck> = after.iter().map(Arc::as_ref).collect();
        let before_decks: Vec<&Deck> = before.iter().map(Arc::as_ref).collect();
        let index = ProgressIndex::new(&self.progress).with_pending(self.tests.cards_to_log());
        // Cards of the session have a position to preserve even if they have no progress.
        let mut in_use: HashSet<QuestionKey> = self
            .active_session
            .iter()
            .flat_map(|study| study.session().cards())
            .map(QuestionKey::of)
            .collect();
        // So has the question in the editor.
        in_use.extend(self.decks.editor().and_then(Editor::key));
        let active_key: Option<QuestionKey> = self
            .active_session
            .as_ref()
            .and_then(|study| study.active_card())
            .map(|card| QuestionKey::of(&card.key));
        let known = ProgressLookup {
            has_progress: &|key| {
                in_use.contains(key) || active_key.as_ref() == Some(key) || index.has_progress(key)
            },
            is_match_rejected: &|from, to| index.was_rejected(from, to),
        };
        let ProgressMoves { certain, renamed_gaps, ambiguous, removed } =
            identity::find_moves(&before_decks, &after, &self.identity.removed, &known);
        // A card that is only in the session was never answered, so there is nothing to ask about.
        let to_ask = ambiguous.iter().flat_map(AmbiguousMove::removed);
        let cards = index.by_question(certain.iter().map(|pair| &pair.from).chain(to_ask));
        self.identity.removed =
            removed.into_iter().filter(|removed| index.has_progress(&removed.key)).collect();
        self.identity.drop_settled(&after);
        self.apply_certain_moves(before, &certain, &renamed_gaps, &cards, now);
        for ambiguous in ambiguous {
            self.add_open_move(before, ambiguous, &cards);
        }
    }

    /// The changes that move the progress of a question whose key its author changed.
    pub(super) fn rekey_changes(&self, from: QuestionKey, to: QuestionKey) -> Vec<(CardKey, Change)> {
        let cards =
            ProgressIndex::new(&self.progress).with_pending(self.tests.cards_to_log()).by_question([&from]);
        let moved = card_moves(&[ProgressMove { from, to }], &cards).into_iter();
        moved.map(|(card, to)| (card, Change::Rekey { to: Box::new(to) })).collect()
    }

    /// Progress whose question no deck has; it is kept.
    pub fn orphans(&self) -> Vec<Orphan> {
        orphans(&self.library, &self.progress)
    }

    /// Moves the progress of a deck to the questions with the same ids in its copy. Returns the number of
    /// questions. Progress that the copy already has is kept.
    pub fn carry_progress(&mut self, from_deck: &str, to_deck: &str, now: &Moment) -> usize {
        let Some(copy) = self.library.deck(to_deck).map(|loaded| loaded.deck.clone()) else { return 0 };
        let mut moves: Vec<ProgressMove> = copy
            .questions
            .iter()
            .map(|question| ProgressMove {
                from: QuestionKey { deck: from_deck.into(), question: question.id.clone() },
                to: QuestionKey { deck: copy.id.clone(), question: question.id.clone() },
            })
            .filter(|pair| pair.from != pair.to)
            .collect();
        let cards = ProgressIndex::new(&self.progress).by_question(moves.iter().map(|pair| &pair.from));
        moves.retain(|pair| cards.contains_key(&pair.from));
        let count = words::count(moves.len(), "question");
        let label = format!("carrying the progress of {count} over to “{}”", copy.title);
        if !self.commit_moves(label, card_moves(&moves, &cards), now) {
            return 0;
        }
        if !moves.is_empty() {
            self.notify(format!("Progress of {count} goes on in “{}”. Ctrl Z undoes.", copy.title));
        }
        moves.len()
    }

    /// The decks to compare. A deck with errors, or one that cannot be read at the moment, counts in its
    /// earlier version.
    fn decks_in_use(&self, before: &[Arc<Deck>]) -> Vec<Arc<Deck>> {
        let problems = self.library.problems();
        let mut decks: Vec<Arc<Deck>> = self
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
            .any(|problem| !self.library.decks().iter().any(|loaded| loaded.origin == problem.origin));
        if some_are_missing {
            let missing = before.iter().filter(|deck| self.library.deck(&deck.id).is_none());
            decks.extend(missing.cloned());
        }
        decks
    }

    fn apply_certain_moves(
        &mut self,
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
                self.progress.card(from).is_some_and(identity::has_progress)
                    && !self.progress.card(to).is_some_and(identity::has_progress)
                    && !self.progress.is_match_rejected(from, to)
                    && !self.progress.was_rekey_retracted(from, to)
            })
            .collect();
        changed.extend(renamed_gaps.iter().map(|pair| (*pair).clone()));
        let moved = questions.len() + renamed_gaps.len();
        let to: Option<QuestionKey> = questions
            .first()
            .map(|pair| pair.to.clone())
            .or(renamed_gaps.first().map(|(_, to)| QuestionKey::of(to)));
        let name = to
            .and_then(|to| self.question_prompt(&to))
            .map(|prompt| words::excerpt(&prompt))
            .unwrap_or_default();
        if !self.commit_moves(describe_moves(moved, &name), changed, now) {
            return;
        }
        // Cards without progress keep their position in the session.
        self.rekey(&moved_keys(certain));
        let were_there = |pair: &&&ProgressMove| before.iter().any(|deck| deck.id == pair.from.deck);
        let text = match (moved, questions.iter().filter(were_there).count() + renamed_gaps.len()) {
            (0, _) => return,
            (1, 1) => format!("Progress of “{name}” moved along with its new wording. Ctrl Z undoes."),
            (1, _) => format!("Progress of “{name}” was found under its former name. Ctrl Z undoes."),
            _ => format!("Progress of {moved} questions moved along with their new wording. Ctrl Z undoes."),
        };
        self.append_notice(text);
    }

    /// Moves progress between cards as one undo entry, and updates the session.
    fn commit_moves(&mut self, label: String, pairs: Vec<(CardKey, CardKey)>, now: &Moment) -> bool {
        let changes = pairs
            .iter()
            .map(|(from, to)| (from.clone(), Change::Rekey { to: Box::new(to.clone()) }))
            .collect();
        if !self.write_group(label, changes, now) {
            return false;
        }
        let new: HashMap<CardKey, CardKey> = pairs.into_iter().collect();
        self.rekey(&|key| new.get(key).cloned());
        true
    }

    pub(super) fn rekey(&mut self, new_key: &dyn Fn(&CardKey) -> Option<CardKey>) {
        self.undo.rekey(new_key);
        self.rekey_in_study(new_key);
        self.decks.rekey(new_key);
    }

    /// Adds a sentence to the notice if that is an error, else replaces it.
    fn append_notice(&mut self, text: String) {
        match self.notice.take().filter(|notice| notice.is_error) {
            Some(problem) => self.notify_error(format!("{} {text}", problem.text)),
            None => self.notify(text),
        }
    }

    fn question_prompt(&self, question: &QuestionKey) -> Option<String> {
        let deck = &self.library.deck(&question.deck)?.deck;
        let question = deck.questions.iter().find(|other| other.id == question.question)?;
        Some(question.prompt.clone())
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

fn describe_moves(count: usize, name: &str) -> String {
    match count {
        1 => format!("moving progress to “{name}”"),
        _ => format!("moving progress of {count} questions"),
    }
}
