//! Changes to several cards at once from outside a session; one undo reverts all of them.

use super::Core;
use crate::app::words;
use crate::domain::card::CardState;
use crate::domain::day::Moment;
use crate::domain::event::Change;
use crate::domain::ids::CardKey;

impl Core {
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

    pub(in crate::app) fn resume_all(&mut self, deck: &str, now: &Moment) {
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
