//! Ambiguous moves: the learner is asked whether progress moves, and where to.

use std::collections::HashSet;
use std::sync::Arc;

use super::progress_index::{CardsByQuestion, ProgressIndex, card_moves};
use super::{MoveCommand, Moves, commit_moves, question_prompt};
use crate::app::core::Core;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::Change;
use crate::domain::identity::{AmbiguousMove, ProgressMove, QuestionKey};
use crate::domain::ids::CardKey;
use crate::text::{self, words};

/// A question to the learner: whether progress whose question was removed moves, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMove {
    /// Identifies the move in commands.
    pub number: u64,
    /// The question to the learner.
    pub text: String,
    /// The choices, most similar first. Rejecting all of them is always possible.
    pub choices: Vec<MoveChoice>,
    /// The cards whose progress would move.
    cards: Vec<CardKey>,
}

/// One way to answer an [`OpenMove`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveChoice {
    /// The question that would get the progress, or how many questions would.
    pub label: String,
    /// The moves that the choice makes.
    pub moves: Vec<ProgressMove>,
}

impl Moves {
    /// The moves that the learner has not answered yet.
    pub fn open_moves<'a>(&'a self, core: &'a Core) -> impl Iterator<Item = &'a OpenMove> {
        self.open_moves.iter().filter(|open| {
            let has_progress = |card: &&CardKey| core.progress.has_progress(card);
            // All its cards are moved or rejected together, so the first one with progress decides.
            open.cards.iter().find(has_progress).is_some_and(|card| !is_rejected(core, open, card))
        })
    }

    /// Runs a command.
    pub(in crate::app) fn apply(&mut self, core: &mut Core, command: MoveCommand, now: &Moment) {
        match command {
            MoveCommand::Accept { number, choice } => self.move_progress(core, number, choice, now),
            MoveCommand::Reject(number) => self.reject_match(core, number, now),
        }
    }

    fn move_progress(&mut self, core: &mut Core, number: u64, choice: usize, now: &Moment) {
        let open = self.open_moves(core).find(|open| open.number == number);
        let Some(choice) = open.and_then(|open| open.choices.get(choice)).cloned() else { return };
        let cards =
            ProgressIndex::new(&core.progress).by_question(choice.moves.iter().map(|pair| &pair.from));
        let first = choice.moves.first().and_then(|pair| question_prompt(core, &pair.to));
        let name = first.map(|prompt| words::excerpt(&prompt)).unwrap_or_default();
        let text = text::moves::moves(choice.moves.len(), &name);
        if commit_moves(core, text, card_moves(&choice.moves, &cards), now) {
            core.notify(text::moves::MOVED);
        }
    }

    fn reject_match(&mut self, core: &mut Core, number: u64, now: &Moment) {
        let Some(open) = self.open_moves(core).find(|open| open.number == number).cloned() else { return };
        let moves = open.choices.iter().flat_map(|choice| &choice.moves);
        let cards = ProgressIndex::new(&core.progress).by_question(moves.map(|pair| &pair.from));
        let changes = open
            .choices
            .iter()
            .flat_map(|choice| card_moves(&choice.moves, &cards))
            .map(|(card, other)| (card, Change::RejectMatch { other: Box::new(other) }))
            .collect();
        if core.write_group(text::moves::REJECTION, changes, now) {
            core.notify(text::moves::REJECTED);
        }
    }

    pub(super) fn add_open_move(
        &mut self,
        core: &Core,
        before: &[Arc<Deck>],
        ambiguous: AmbiguousMove,
        cards: &CardsByQuestion,
    ) {
        let title = |id: &str| {
            let old = before.iter().find(|deck| *deck.id == *id);
            let new = core.library.deck(id).map(|loaded| &loaded.deck);
            new.or(old).map_or_else(|| id.to_owned(), |deck| deck.title.clone())
        };
        let (text, choices) = match ambiguous {
            AmbiguousMove::Group { from, to, mut moves } => {
                moves.retain(|pair| cards.contains_key(&pair.from));
                let (count, deck) = (moves.len(), title(&to));
                let text = if from == to {
                    text::moves::seem_reworded(count, &deck)
                } else {
                    text::moves::seem_moved(count, &title(&from), &deck)
                };
                let label = text::moves::questions_of(count, &deck);
                (text, vec![MoveChoice { label, moves }])
            }
            AmbiguousMove::Reworded { from, candidates } => {
                let choices = candidates.into_iter().map(|to| {
                    let label = question_prompt(core, &to)
                        .map_or_else(|| to.to_string(), |prompt| words::excerpt(&prompt));
                    MoveChoice { label, moves: vec![ProgressMove { from: from.clone(), to }] }
                });
                let choices: Vec<MoveChoice> = choices.filter(|_| cards.contains_key(&from)).collect();
                let old = before
                    .iter()
                    .filter(|deck| deck.id == from.deck)
                    .find_map(|deck| deck.questions.iter().find(|question| question.id == from.question));
                let name = old.map_or_else(|| from.question.to_string(), |old| words::excerpt(&old.prompt));
                (text::moves::is_gone(&name, &title(&from.deck)), choices)
            }
        };
        if choices.iter().all(|choice| choice.moves.is_empty()) {
            return;
        }
        self.last_number += 1;
        let number = self.last_number;
        let mut cards: Vec<CardKey> = choices
            .iter()
            .flat_map(|choice| &choice.moves)
            .filter_map(|pair| cards.get(&pair.from))
            .flatten()
            .cloned()
            .collect();
        cards.sort_unstable();
        cards.dedup();
        self.open_moves.push(OpenMove { number, text, choices, cards });
    }
}

impl Moves {
    /// Drops moves whose question is back, and choices whose question was removed.
    pub(super) fn drop_settled(&mut self, decks: &[&Deck]) {
        if self.open_moves.is_empty() {
            return;
        }
        let in_use: HashSet<(&str, &str)> = decks
            .iter()
            .flat_map(|deck| deck.questions.iter().map(|question| (&*deck.id, &*question.id)))
            .collect();
        let is_in_use = |key: &QuestionKey| in_use.contains(&(&*key.deck, &*key.question));
        for open in &mut self.open_moves {
            for choice in &mut open.choices {
                choice.moves.retain(|pair| !is_in_use(&pair.from) && is_in_use(&pair.to));
            }
            open.choices.retain(|choice| !choice.moves.is_empty());
        }
        self.open_moves.retain(|open| !open.choices.is_empty());
    }
}

fn is_rejected(core: &Core, open: &OpenMove, card: &CardKey) -> bool {
    let from = QuestionKey::of(card);
    let moves = open.choices.iter().flat_map(|choice| &choice.moves);
    moves
        .filter(|pair| pair.from == from)
        .any(|pair| core.progress.is_match_rejected(card, &pair.to.card(card.facet.clone())))
}
