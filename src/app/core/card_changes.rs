//! Changes to several cards at once from outside a session; one undo reverts all of them.

use std::sync::Arc;

use super::Core;
use crate::app::command_info::CommandInfo;
use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Change;
use crate::domain::ids::CardKey;
use crate::text;

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
    /// Counts the answers that carry a date in the future as given now.
    CountFutureAnswers,
    /// Leaves these answers as they are.
    LeaveFutureAnswers,
}

impl CardCommand {
    /// Words. None of these has a key.
    pub fn info(&self) -> CommandInfo {
        let text = match self {
            CardCommand::ResumeAll(_) => text::study::commands::RESUME_ALL,
            CardCommand::Suspend(_) => text::study::commands::SUSPEND_CARDS,
            CardCommand::Resume(_) => text::study::commands::RESUME_CARDS,
            CardCommand::Reset(_) => text::study::commands::RESET_CARDS,
            CardCommand::CountFutureAnswers => text::clock::commands::COUNT_AS_TODAY,
            CardCommand::LeaveFutureAnswers => text::clock::commands::LEAVE,
        };
        let info = CommandInfo::new(text, &[]);
        if *self == CardCommand::CountFutureAnswers { info.typed("today") } else { info }
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
            CardCommand::CountFutureAnswers => self.count_future_answers(now),
            CardCommand::LeaveFutureAnswers => self.leave_future_answers(),
        }
    }

    pub(in crate::app) fn suspend_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(text::decks::SUSPENDING, cards, Change::Suspend, now, |state| !state.suspended);
    }

    pub(in crate::app) fn resume_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(text::decks::RESUMING, cards, Change::Resume, now, |state| state.suspended);
    }

    pub(in crate::app) fn reset_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards(text::decks::RESETTING, cards, Change::Reset, now, |state| {
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
            (0, Change::Suspend) => text::decks::SUSPENDED_ALREADY.to_owned(),
            (0, Change::Resume) => text::decks::NONE_SUSPENDED.to_owned(),
            (0, _) => text::decks::NEW_ALREADY.to_owned(),
            (_, Change::Suspend) => text::decks::cards_suspended(count),
            (_, Change::Resume) => text::decks::cards_resumed(count),
            (_, _) => text::decks::cards_reset(count),
        };
        if self.commit_group(text::decks::change_of_cards(verb, count), changes, now) {
            self.notify(notice);
        }
    }
}
