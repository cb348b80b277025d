//! Commands of the Scores screen.

use std::sync::Arc;

use super::{Scores, ScoresColumn, ScoresPage};
use crate::app::command_info::{CommandInfo, Presented};
use crate::app::core::Core;
use crate::app::scope::SessionOffer;
use crate::app::shortcut::Shortcut::{Char, Enter, Escape};
use crate::domain::deck::Deck;
use crate::domain::score::Period;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::study_set::StudySet;
use crate::text::CommandText;
use crate::text::scores::commands as text;

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

impl Presented for ScoresCommand {
    fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            ScoresCommand::SetPeriod(period) => {
                let shortcuts: &[_] = match period {
                    Period::Week => &[Char('1')],
                    Period::Month => &[Char('2')],
                    Period::Year => &[Char('3')],
                    Period::All => &[Char('4')],
                };
                info(CommandText { label: period.label(), ..text::SET_PERIOD }, shortcuts)
            }
            ScoresCommand::ToggleColumns => info(text::TOGGLE_COLUMNS, &[Char('C')]),
            ScoresCommand::Open(ScoresPage::Passages(_)) => info(text::OPEN_PASSAGES, &[Char('P')]),
            ScoresCommand::Open(ScoresPage::Topic { .. }) => info(text::OPEN_TOPIC, &[Enter]),
            ScoresCommand::Open(ScoresPage::HighConfidenceErrors) => {
                info(text::OPEN_HIGH_CONFIDENCE_ERRORS, &[Char('W')])
            }
            ScoresCommand::Open(ScoresPage::Topics) | ScoresCommand::Back => info(text::BACK, &[Escape]),
            ScoresCommand::SetDeck(_) | ScoresCommand::SortBy(_) | ScoresCommand::EditQuestion(..) => {
                return None;
            }
        })
    }
}

impl Scores {
    /// The session that the page offers first. `None` if it has no cards for one.
    pub fn session(&self) -> Option<SessionOffer> {
        match self.page() {
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => None,
            ScoresPage::Topic { .. } => {
                let detail = self.topic().filter(|detail| !detail.unsuspended.is_empty())?;
                Some(session_on(&detail.unsuspended))
            }
            ScoresPage::Passages(_) => Some(session_on(&weakest_passage(self.passages()?)?.cards)),
        }
    }

    /// What leads back to the table of topics; `None` there.
    pub fn back(&self) -> Option<ScoresCommand> {
        (*self.page() != ScoresPage::Topics).then_some(ScoresCommand::Back)
    }

    /// The quiet links of the page to other pages of the screen, in the order in which they are shown.
    pub fn links(&self, core: &Core) -> Vec<ScoresCommand> {
        if *self.page() != ScoresPage::Topics {
            return Vec::new();
        }
        let errors = ScoresCommand::Open(ScoresPage::HighConfidenceErrors);
        let errors = core.figures.has_history().then_some(errors);
        self.open_passages(core).into_iter().chain(errors).chain([ScoresCommand::ToggleColumns]).collect()
    }

    /// The command that opens the passages of the chosen deck, or of the first deck that has some. `None` if no deck has
    /// passages.
    fn open_passages(&self, core: &Core) -> Option<ScoresCommand> {
        let deck = self.scored_decks(core).find(|deck| has_passages(deck))?;
        Some(ScoresCommand::Open(ScoresPage::Passages(deck.id.clone())))
    }

    /// The choice of a period, on the pages that have one.
    pub fn periods(&self) -> Vec<ScoresCommand> {
        match self.page() {
            ScoresPage::Topics | ScoresPage::Topic { .. } => {
                Period::EACH.map(ScoresCommand::SetPeriod).to_vec()
            }
            ScoresPage::Passages(_) | ScoresPage::HighConfidenceErrors => Vec::new(),
        }
    }

    /// The deck, the topic and the number of questions of a test on what the page shows. `None` on pages without a deck.
    pub fn tested(&self, core: &Core) -> Option<(Arc<str>, Option<String>, usize)> {
        match self.page() {
            ScoresPage::Topic { deck, topic } => {
                Some((deck.clone(), Some(topic.clone()), self.topic()?.questions))
            }
            ScoresPage::Passages(deck) => {
                Some((deck.clone(), None, core.library.deck(deck)?.deck.questions.len()))
            }
            ScoresPage::Topics | ScoresPage::HighConfidenceErrors => None,
        }
    }

    /// The link to the source of the page. `None` if it has none.
    pub fn source_url<'a>(&self, core: &'a Core) -> Option<&'a str> {
        let ScoresPage::Passages(deck) = self.page() else { return None };
        core.library.deck(deck)?.deck.source.as_ref()?.url.as_deref()
    }
}

/// A session on exactly these cards.
pub fn session_on(set: &StudySet) -> SessionOffer {
    SessionOffer::on_cards(set.cards().clone())
}

/// Whether the source of a deck has passages to show.
pub fn has_passages(deck: &Deck) -> bool {
    deck.source.as_ref().is_some_and(|source| !source.passages.is_empty())
}

/// The passage with the lowest recall of those seen; if none was seen, the first one with cards. `None` if no passage
/// has cards.
pub fn weakest_passage(passages: &[PassageScore]) -> Option<&PassageScore> {
    let with_cards = || passages.iter().filter(|passage| !passage.cards.is_empty());
    let recall = |passage: &&PassageScore| passage.score.recall_now();
    let seen = with_cards().filter(|passage| recall(passage).is_some());
    seen.min_by(|a, b| recall(a).unwrap_or(1.0).total_cmp(&recall(b).unwrap_or(1.0))).or(with_cards().next())
}
