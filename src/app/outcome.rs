//! What a command of a feature asks for beyond its own state and the core.

use std::sync::Arc;

use super::command::{Command, Effect};

/// What is left to do after a feature ran a command.
#[derive(Debug)]
pub(in crate::app) enum Outcome {
    /// Nothing.
    Done,
    /// Something that only the window or the operating system can do.
    Effect(Effect),
    /// Commands of other features, in this order.
    Then(Vec<Command>),
    /// Load the decks again, because a deck file was changed as a whole.
    ReloadDecks,
    /// Show what the session had covered.
    SessionEnded,
    /// Move the progress of a deck to its copy.
    CarryProgress {
        /// The id of the deck.
        from: Arc<str>,
        /// The id of the copy.
        to: Arc<str>,
    },
}

impl From<Effect> for Outcome {
    fn from(effect: Effect) -> Self {
        Self::Effect(effect)
    }
}

impl From<Option<Effect>> for Outcome {
    fn from(effect: Option<Effect>) -> Self {
        effect.map_or(Self::Done, Self::Effect)
    }
}
