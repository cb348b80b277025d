//! Changes to several cards at once from outside a session; one undo reverts all of them.

use std::sync::Arc;

use super::Core;
use crate::app::command::CommandInfo;
use crate::app::words;
use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Change;
use crate::domain::ids::CardKey;

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
    /// Label and help. None of these has a key.
    pub fn info(&self) -> CommandInfo {
        let info = |label, help| CommandInfo { label, help, key: "" };
        match self {
            CardCommand::ResumeAll(_) => info("Resume them", "Asks the suspended cards of this deck again."),
            CardCommand::Suspend(_) => info("Suspend", "Never asks these cards until resumed."),
            CardCommand::Resume(_) => info("Resume", "Asks these cards again."),
            CardCommand::Reset(_) => {
                info("Reset progress", "Makes these cards new; their answers stay in the log.")
            }
        }
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
        self.change_cards("suspending", cards, Change::Suspend, now, |state| !state.suspended);
    }

    pub(in crate::app) fn resume_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards("resuming", cards, Change::Resume, now, |state| state.suspended);
    }

    pub(in crate::app) fn reset_cards(&mut self, cards: &[CardKey], now: &Moment) {
        self.change_cards("resetting", cards, Change::Reset, now, |state| {
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
        let count = words::count(changes.len(), "card");
        let notice = match (changes.len(), &change) {
            (0, Change::Suspend) => "They are suspended already.".to_owned(),
            (0, Change::Resume) => "None of them is suspended.".to_owned(),
            (0, _) => "They are new already.".to_owned(),
            (_, Change::Suspend) => format!("{count} suspended. Ctrl Z brings them back."),
            (_, Change::Resume) => format!("{count} back in study. Ctrl Z suspends again."),
            (_, _) => format!("{count} new again. Ctrl Z gives the progress back."),
        };
        if self.commit_group(format!("{verb} {count}"), changes, now) {
            self.notify(notice);
        }
    }
}
