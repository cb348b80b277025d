//! Commands of the Scores screen.

use std::sync::Arc;

use super::{ScoresColumn, ScoresPage};
use crate::app::attempt::TestCommand;
use crate::app::command::{AvailableCommand, CommandInfo};
use crate::app::history_export::HistoryTable;
use crate::app::shortcut::Shortcut::{Char, Enter, Escape, Space};
use crate::app::study::{Scope, SessionKind, StudyCommand};
use crate::app::{App, Command, goals, overconfidence};
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

impl ScoresCommand {
    /// Words and keys; `None` for commands that only a widget issues.
    pub fn info(&self) -> Option<CommandInfo> {
        let info = CommandInfo::new;
        Some(match self {
            ScoresCommand::SetPeriod(period) => {
                let shortcuts: &[_] = match period {
                    Period::Week => &[Char('1')],
                    Period::Month => &[Char('2')],
                    Period::Year => &[Char('3')],
                    Period::All => &[Char('4')],
                };
                info(
                    CommandText { label: crate::text::scores::period(*period), ..text::SET_PERIOD },
                    shortcuts,
                )
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

    /// The commands of the page of the Scores screen, in the order of the palette.
    pub fn available(app: &App) -> Vec<AvailableCommand> {
        let mut commands: Vec<AvailableCommand> =
            primary(app).map(|primary| primary.on(&[Space])).into_iter().collect();
        let page = app.scores().page();
        if *page != ScoresPage::Topics {
            commands.push(Command::Scores(ScoresCommand::Back).into());
        }
        commands.extend(links(app));
        if matches!(page, ScoresPage::Topics | ScoresPage::Topic { .. }) {
            let periods = Period::EACH.map(|period| Command::Scores(ScoresCommand::SetPeriod(period)));
            commands.extend(periods.map(AvailableCommand::from));
        }
        commands
    }
}

/// The command that the page offers first. `None` if there is nothing to do.
pub fn primary(app: &App) -> Option<Command> {
    match app.scores().page() {
        ScoresPage::Topics => None,
        ScoresPage::Topic { .. } => {
            let detail = app.scores().topic().filter(|detail| !detail.unsuspended.is_empty())?;
            Some(study(&detail.unsuspended))
        }
        ScoresPage::Passages(_) => Some(study(&weakest_passage(app.scores().passages()?)?.cards)),
        ScoresPage::HighConfidenceErrors => Some(overconfidence::primary(app)),
    }
}

/// The quiet links of the page, in the order in which they are shown.
pub fn links(app: &App) -> Vec<AvailableCommand> {
    let mut links = Vec::new();
    match app.scores().page() {
        ScoresPage::Topics => {
            let has_history = app.figures().has_history();
            let errors = Command::Scores(ScoresCommand::Open(ScoresPage::HighConfidenceErrors));
            links.extend(open_passages(app).map(AvailableCommand::from));
            links.extend(has_history.then(|| errors.into()));
            links.push(Command::Scores(ScoresCommand::ToggleColumns).into());
            links.push(goals::open(app).on(goals::OPEN_KEYS));
            if has_history {
                links.push(Command::ExportHistory(HistoryTable::Scores).on(&[Char('V')]));
                links.push(Command::ExportHistory(HistoryTable::Reviews).on(&[Char('A')]));
            }
        }
        ScoresPage::Topic { .. } => links.extend(test_command(app).map(AvailableCommand::from)),
        ScoresPage::HighConfidenceErrors => {}
        ScoresPage::Passages(_) => {
            links.extend(read_source(app).into_iter().chain(test_command(app)).map(AvailableCommand::from));
        }
    }
    links
}

/// The command that sets up a test on what the page shows. `None` on pages without a deck.
pub fn test_command(app: &App) -> Option<Command> {
    let (deck, topic, questions) = match app.scores().page() {
        ScoresPage::Topic { deck, topic } => (deck, Some(topic.clone()), app.scores().topic()?.questions),
        ScoresPage::Passages(deck) => (deck, None, app.library().deck(deck)?.deck.questions.len()),
        ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
    };
    Some(Command::Test(TestCommand::Prepare { deck: deck.clone(), topic, questions }))
}

/// The command that opens the passages of the chosen deck, or of the first deck that has some. `None` if no deck has
/// passages.
pub fn open_passages(app: &App) -> Option<Command> {
    let deck = app.scored_decks().find(|deck| has_passages(deck))?;
    Some(Command::Scores(ScoresCommand::Open(ScoresPage::Passages(deck.id.clone()))))
}

/// Whether the source of a deck has passages to show.
pub fn has_passages(deck: &Deck) -> bool {
    deck.source.as_ref().is_some_and(|source| !source.passages.is_empty())
}

/// The command that opens the source of the page in the browser. `None` if it has no link.
pub fn read_source(app: &App) -> Option<Command> {
    let ScoresPage::Passages(deck) = app.scores().page() else { return None };
    let source = app.library().deck(deck)?.deck.source.as_ref()?;
    source.url.clone().map(Command::OpenLink)
}

/// The command that begins a session on exactly these cards.
pub fn study(set: &StudySet) -> Command {
    Command::Study(StudyCommand::Start(Scope::Cards(set.cards().clone()), SessionKind::AllInScope))
}

/// The passage with the lowest recall of those seen; if none was seen, the first one with cards. `None` if no passage
/// has cards.
pub fn weakest_passage(passages: &[PassageScore]) -> Option<&PassageScore> {
    let with_cards = || passages.iter().filter(|passage| !passage.cards.is_empty());
    let recall = |passage: &&PassageScore| passage.score.recall_now();
    let seen = with_cards().filter(|passage| recall(passage).is_some());
    seen.min_by(|a, b| recall(a).unwrap_or(1.0).total_cmp(&recall(b).unwrap_or(1.0))).or(with_cards().next())
}
