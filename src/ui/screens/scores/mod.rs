//! The Scores screen: the table of topics with charts, and the pages of a topic, of a source's passages, and of errors
//! with high confidence.

mod charts;
mod columns;
mod heading;
mod passages;
mod questions;
mod table;
mod topic;

use eframe::egui::{Id, Ui};

use super::{goal, overconfidence};
use crate::app::attempt::TestCommand;
use crate::app::history_export::HistoryTable;
use crate::app::scores::{ScoresCommand, ScoresPage};
use crate::app::study::{Scope, SessionKind, StudyCommand};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::Period;
use crate::domain::score::study_set::StudySet;
use crate::text::scores as text;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;

/// Widest content, in points: then every column of the table has room.
const MAX_WIDTH: f32 = 1200.0;
/// From this width of the window on, in points, the content is that wide. In narrower windows it is as wide as on other
/// screens.
const WIDE_MIN_WIDTH: f32 = 1400.0;

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    let scores = app.scores();
    if *scores.page() == ScoresPage::HighConfidenceErrors {
        return overconfidence::show(ui, tokens, app);
    }
    let top = column::top_space(ui, 36.0);
    let is_full = *scores.page() == ScoresPage::Topics && scores.shows_all_columns();
    let width =
        if is_full || ui.available_width() >= WIDE_MIN_WIDTH { MAX_WIDTH } else { TABLE_COLUMN_WIDTH };
    // Each page has an id of its own, so that each begins scrolled to its top.
    let id = match scores.page() {
        ScoresPage::Topics => "scores".to_owned(),
        ScoresPage::Topic { deck, topic } => format!("scores {deck} {topic}"),
        ScoresPage::Passages(deck) => format!("passages {deck}"),
        ScoresPage::HighConfidenceErrors => String::new(),
    };
    column::centred(ui, &id, width, top, |ui| match scores.page() {
        ScoresPage::Topics | ScoresPage::HighConfidenceErrors => topics(ui, tokens, app, today),
        ScoresPage::Topic { deck, topic } => topic::show(ui, tokens, app, deck, topic, today),
        ScoresPage::Passages(deck) => passages::show(ui, tokens, app, deck),
    })
}

fn topics(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    let scores = app.scores();
    let mut command = heading::show(ui, tokens, app, today);
    ui.add_space(16.0);
    let Some(table) = scores.table() else {
        loading(ui, tokens);
        return command;
    };
    if !table.rows.is_empty() {
        command = table::show(ui, tokens, app, table, today).or(command);
        command = table::suspended_cards(ui, tokens, app, table).or(command);
    }
    if table.total.score.accuracy.answers == 0 && table.total.score.seen == 0 {
        return command;
    }
    ui.add_space(20.0);
    match scores.charts() {
        Some(data) => {
            let target = f64::from(app.settings().retention_percent) / 100.0;
            charts::show(ui, tokens, charts::ChartContext { data, period: scores.period(), target });
        }
        None => loading(ui, tokens),
    }
    command
}

/// Shown in place of figures while they are being computed.
fn loading(ui: &mut Ui, tokens: &Tokens) {
    ui.label(TextSize::Body.text(text::LOADING, tokens.muted));
}

/// Whether Space does anything on the page, without building its command.
pub fn has_primary(app: &App) -> bool {
    match app.scores().page() {
        ScoresPage::Topics => false,
        ScoresPage::Topic { .. } => app.scores().topic().is_some_and(|topic| !topic.unsuspended.is_empty()),
        ScoresPage::Passages(_) => {
            app.scores().passages().is_some_and(|all| passages::weakest(all).is_some())
        }
        ScoresPage::HighConfidenceErrors => true,
    }
}

/// The command of Space on the page. `None` if there is nothing to do.
pub fn primary(app: &App) -> Option<Command> {
    match app.scores().page() {
        ScoresPage::Topics => None,
        ScoresPage::Topic { .. } => topic::study(app.scores().topic()?),
        ScoresPage::Passages(_) => Some(study(&passages::weakest(app.scores().passages()?)?.cards)),
        ScoresPage::HighConfidenceErrors => Some(overconfidence::primary(app)),
    }
}

/// A quiet link of a page, which is also reached by a key without a modifier.
#[derive(Clone, Debug)]
pub struct Link {
    /// The text of the link.
    pub label: String,
    /// The name of its key, as [`crate::app::command::CommandInfo`] has it.
    pub key: &'static str,
    /// The command that it gives.
    pub command: Command,
}

/// The links of the page, in the order in which they are shown.
pub fn links(app: &App, today: StudyDay) -> Vec<Link> {
    let link = |command: Command| Link { label: command.label().to_owned(), key: command.key(), command };
    match app.scores().page() {
        ScoresPage::Topics => {
            let mut links: Vec<Link> = open_passages(app).map(link).into_iter().collect();
            let has_history = app.figures().has_history();
            links.extend(has_history.then(|| overconfidence_link(app)));
            if app.scores().shows_all_columns() {
                let command = Command::Scores(ScoresCommand::ToggleColumns);
                links.push(Link { label: text::FEWER_COLUMNS.to_owned(), key: command.key(), command });
            } else {
                links.push(link(Command::Scores(ScoresCommand::ToggleColumns)));
            }
            links.push(Link {
                label: goal::next_exam_text(app, today),
                key: "G",
                command: goal::open(app, today),
            });
            if has_history {
                let tables = [(HistoryTable::Scores, "V"), (HistoryTable::Reviews, "A")];
                links.extend(tables.map(|(table, key)| Link { key, ..link(Command::ExportHistory(table)) }));
            }
            links
        }
        ScoresPage::Topic { .. } => test_command(app).map(link).into_iter().collect(),
        ScoresPage::HighConfidenceErrors => Vec::new(),
        ScoresPage::Passages(_) => read_source(app).into_iter().chain(test_command(app)).map(link).collect(),
    }
}

/// The command that sets up a test on what the page shows. `None` on pages without a deck.
fn test_command(app: &App) -> Option<Command> {
    let (deck, topic, questions) = match app.scores().page() {
        ScoresPage::Topic { deck, topic } => (deck, Some(topic.clone()), app.scores().topic()?.questions),
        ScoresPage::Passages(deck) => (deck, None, app.library().deck(deck)?.deck.questions.len()),
        ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
    };
    Some(Command::Test(TestCommand::Prepare { deck: deck.clone(), topic, questions }))
}

/// Draws the button for [`test_command`].
fn test_button(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let test = test_command(app)?;
    Button::new(test.label(), ButtonStyle::Secondary)
        .key(test.key())
        .show(ui, tokens)
        .clicked()
        .then_some(test)
}

/// The link to the errors with high confidence, with their number.
fn overconfidence_link(app: &App) -> Link {
    let count: usize = app.figures().high_confidence_errors.iter().map(|topic| topic.mistakes.len()).sum();
    let command = Command::Scores(ScoresCommand::Open(ScoresPage::HighConfidenceErrors));
    Link { label: text::mistakes_link(command.label(), count), key: command.key(), command }
}

/// The commands of the page, for the command palette.
pub fn commands(app: &App) -> Vec<Command> {
    let mut commands = Vec::new();
    commands.extend(primary(app));
    match app.scores().page() {
        ScoresPage::Topics => {
            commands.extend(links(app, app.figures().day).into_iter().map(|link| link.command));
            commands.extend(Period::EACH.map(|period| Command::Scores(ScoresCommand::SetPeriod(period))));
        }
        ScoresPage::Topic { .. } => {
            commands.push(Command::Scores(ScoresCommand::Back));
            commands.extend(test_command(app));
            commands.extend(Period::EACH.map(|period| Command::Scores(ScoresCommand::SetPeriod(period))));
        }
        ScoresPage::Passages(_) => {
            commands.push(Command::Scores(ScoresCommand::Back));
            commands.extend(read_source(app));
            commands.extend(test_command(app));
        }
        ScoresPage::HighConfidenceErrors => commands.push(Command::Scores(ScoresCommand::Back)),
    }
    commands
}

/// The command that opens the passages of the chosen deck, or of the first deck that has some. `None` if no deck has
/// passages.
pub fn open_passages(app: &App) -> Option<Command> {
    let deck = app.scored_decks().find(|deck| has_passages(deck))?;
    Some(Command::Scores(ScoresCommand::Open(ScoresPage::Passages(deck.id.clone()))))
}

fn has_passages(deck: &crate::domain::deck::Deck) -> bool {
    deck.source.as_ref().is_some_and(|source| !source.passages.is_empty())
}

/// The command that opens the source of the page in the browser. `None` if it has no link.
pub fn read_source(app: &App) -> Option<Command> {
    let ScoresPage::Passages(deck) = app.scores().page() else { return None };
    let source = app.library().deck(deck)?.deck.source.as_ref()?;
    source.url.clone().map(Command::OpenLink)
}

/// The command that begins a session on exactly these cards.
fn study(set: &StudySet) -> Command {
    Command::Study(StudyCommand::Start(Scope::Cards(set.cards().clone()), SessionKind::AllInScope))
}

/// The id of a row of the page's list, for the keyboard. `index` is the row's position in the list.
pub fn row_id(page: &ScoresPage, index: usize) -> Id {
    match page {
        ScoresPage::Topics => Id::unique(("row of topics", index)),
        ScoresPage::Topic { deck, topic } => Id::unique(("row of questions", deck, topic, index)),
        ScoresPage::Passages(deck) => Id::unique(("row of passages", deck, index)),
        ScoresPage::HighConfidenceErrors => Id::unique(("row of mistakes", index)),
    }
}

/// How many rows the list of the page has. 0 while it is being computed.
pub fn row_count(app: &App) -> usize {
    let scores = app.scores();
    match scores.page() {
        ScoresPage::Topics => scores.table().map_or(0, |table| table.rows.len()),
        ScoresPage::Topic { .. } => scores.topic().map_or(0, |topic| topic.cards.len()),
        ScoresPage::Passages(_) => scores.passages().map_or(0, <[_]>::len),
        ScoresPage::HighConfidenceErrors => 0,
    }
}

/// The id under which the keys store that the list of decks is to open in this frame.
pub fn deck_chooser_id() -> Id {
    Id::unique("open the chooser of decks")
}
