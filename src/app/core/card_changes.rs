//! Changes to several cards at once from outside a session; one undo reverts all of them.

use std::sync::Arc;

use super::Core;
use crate::app::command_info::CommandInfo;
use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Change;
use crate::domain::ids::CardKey;
use crate::text::decks as texts;
use crate::text::study::commands as text;

/// A command for cards outside of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardCommand {
    /// Resumes every suspended card of a deck, by id.
    ResumeAll(Arc<str>),
    /// Suspends these cards.
    Suspend(Vec<CardKey>),
    /// Resumes these cards.
    Resume(Vec<CardKey>),
    /// Resets these cards to new; their answers stay in the log.
    Reset(Vec<CardKey>),
}

impl CardCommand {
    /// Words. None of these has a key.
    pub fn info(&self) -> CommandInfo {
        let text = match self {
            CardCommand::ResumeAll(_) => text::RESUME_ALL,
            CardCommand::Suspend(_) => text::SUSPEND_CARDS,
            CardCommand::Resume(_) => text::RESUME_CARDS,
            CardCommand::Reset(_) => text::RESET_CARDS,
        };
        CommandInfo::new(text, &[])
    }
}

impl Core {
    /// Runs a command.
    pub(in crate::app) fn apply(&mut self, command: &CardCommand, now: &Moment) {
        match command {
            CardCommand::ResumeAll(deck) => self.resume_all(deck, now),
            CardCommand::Suspend(cards) => self.suspend_cards(cards, now),
            CardCommand::Resume(cards) => self.resume_cards(cards, now),
            CardCommand::Reset(cards) => self.reset_cards(cards, now),
        }
    }

    pub(in crate::app) fn suspend_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(texts::SUSPENDING, cards, Change::Suspend, now, |state| !state.suspended);
    }

    pub(in crate::app) fn resume_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(texts::RESUMING, cards, Change::Resume, now, |state| state.suspended);
    }

    pub(in crate::app) fn reset_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(texts::RESETTING, cards, Change::Reset, now, |state| {
            *state != CardState { suspended: state.suspended, ..CardState::default() }
        });
    }

    fn resume_all(&mut self, deck: &str, now: &Moment) {
        let mut cards: Vec<CardKey> =
            self.card_locations().keys().filter(|key| *key.deck == *deck).cloned().collect();
        // The map has no order, and the log should not depend on it.
        cards.sort_unstable();
        self.resume_cards(&cards, now);
    }

    /// Applies `change` to the cards for which `matters` says that it makes a difference.
    fn change_cards(
        &mut self,
        verb: &str,
        cards: &[CardKey],
        change: Change,
        now: &Moment,
        matters: impl Fn(&CardState) -> bool,
    ) {
        let changes: Vec<_> = cards
            .iter()
            .filter(|key| matters(self.progress.state(key)))
            .map(|key| (key.clone(), change.clone()))
            .collect();
        let count = changes.len();
        let notice = match (count, &change) {
            (0, Change::Suspend) => texts::SUSPENDED_ALREADY.to_owned(),
            (0, Change::Resume) => texts::NONE_SUSPENDED.to_owned(),
            (0, _) => texts::NEW_ALREADY.to_owned(),
            (_, Change::Suspend) => texts::cards_suspended(count),
            (_, Change::Resume) => texts::cards_resumed(count),
            (_, _) => texts::cards_reset(count),
        };
        if self.commit_group(texts::change_of_cards(verb, count), changes, now) {
            self.notify(notice);
        }
    }
}
