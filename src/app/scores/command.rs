//! Commands of the Scores screen.

use std::sync::Arc;

use super::{ScoresColumn, ScoresPage};
use crate::app::command::CommandInfo;
use crate::domain::score::Period;

/// A command of the Scores screen.
#[derive(Clone, Debug, PartialEq)]
pub enum ScoresCommand {
    /// Shows one deck, by id, or all decks.
    SetDeck(Option<Arc<str>>),
    /// Sets the period that accuracy and charts cover.
    SetPeriod(Period),
    /// Sorts the topics by a column; the same column again reverses the order.
    SortBy(ScoresColumn),
    /// Shows every column that has room, or only the most important ones.
    ToggleColumns,
    /// Shows a page of the screen.
    Open(ScoresPage),
    /// Returns to the table of topics.
    Back,
    /// Opens a question in the editor, by deck and question id.
    EditQuestion(Arc<str>, Arc<str>),
}

impl ScoresCommand {
    /// Label, help and key; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = |label, help, key| Some(CommandInfo { label, help, key });
        match self {
            ScoresCommand::SetPeriod(period) => {
                let key = match period {
                    Period::Week => "1",
                    Period::Month => "2",
                    Period::Year => "3",
                    Period::All => "4",
                };
                info(period.label(), "Looks back this far.", key)
            }
            ScoresCommand::ToggleColumns => {
                info("All columns", "Also mean score, median time and last study day.", "C")
            }
            ScoresCommand::Open(ScoresPage::Passages(_)) => {
                info("By passage", "The source, tinted by what you would recall today.", "P")
            }
            ScoresCommand::Open(ScoresPage::Topic { .. }) => {
                info("Look at a topic", "Its questions by weakness, its confusions, its passages.", "Enter")
            }
            ScoresCommand::Open(ScoresPage::HighConfidenceErrors) => {
                info("Confident mistakes", "The answers you were sure of that were not right.", "W")
            }
            ScoresCommand::Open(ScoresPage::Topics) | ScoresCommand::Back => {
                info("All topics", "Back to the table.", "Esc")
            }
            ScoresCommand::SetDeck(_) | ScoresCommand::SortBy(_) | ScoresCommand::EditQuestion(..) => None,
        }
    }
}
