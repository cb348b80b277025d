//! What a command of a feature asks for beyond its own state and the core.

use std::path::PathBuf;
use std::sync::Arc;

use super::effect::Effect;

/// What is left to do after a feature ran a command.
#[derive(Debug)]
pub(in crate::app) enum Outcome {
    /// Nothing.
    Done,
    /// Something that only the window or the operating system can do.
    Effect(Effect),
    /// Open a question in the editor.
    EditQuestion {
        /// The deck's id.
        deck: Arc<str>,
        /// The question's id.
        question: Arc<str>,
    },
    /// Read a file to import, unless a session runs.
    Import(PathBuf),
    /// Load decks from one more folder.
    AddFolder(PathBuf),
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
