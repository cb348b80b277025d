//! Scores: how every topic stands, one topic, a source passage by passage, and the pictures.

mod cell_text;
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
use crate::app::command::{Scope, SessionKind};
use crate::app::history_export::HistoryTable;
use crate::app::scores::{ScoresCommand, ScoresPage};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::Period;
use crate::domain::score::study_set::StudySet;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Widest column where the window is very wide: then every column of the table has room.
const MAX_WIDTH: f32 = 1200.0;
/// From this width of the window's content on the column is wider than elsewhere.
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
    // Each page begins at its own top.
    let place = match scores.page() {
        ScoresPage::Topics => "scores".to_owned(),
        ScoresPage::Topic { deck, topic } => format!("scores of {deck} {topic}"),
        ScoresPage::Passages(deck) => format!("passages of {deck}"),
        ScoresPage::HighConfidenceErrors => String::new(),
    };
    column::centred(ui, &place, width, top, |ui| match scores.page() {
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
        Some(pictures) => {
            let target = f64::from(app.settings().retention_percent) / 100.0;
            charts::show(ui, tokens, charts::ChartContext { pictures, period: scores.period(), target });
        }
        None => loading(ui, tokens),
    }
    command
}

/// What stands in the place of figures that are being computed.
fn loading(ui: &mut Ui, tokens: &Tokens) {
    ui.label(TextSize::Body.text("Going through your answers…", tokens.muted));
}

/// Whether Space does anything here.
pub fn has_primary(app: &App) -> bool {
    match app.scores().page() {
        ScoresPage::Topics => false,
        ScoresPage::Topic { .. } => app.scores().topic().is_some_and(|topic| !topic.askable.is_empty()),
        ScoresPage::Passages(_) => {
            app.scores().passages().is_some_and(|all| passages::weakest(all).is_some())
        }
        ScoresPage::HighConfidenceErrors => true,
    }
}

/// What Space does here, if anything.
pub fn primary(app: &App) -> Option<Command> {
    match app.scores().page() {
        ScoresPage::Topics => None,
        ScoresPage::Topic { .. } => topic::study(app.scores().topic()?),
        ScoresPage::Passages(_) => Some(study(&passages::weakest(app.scores().passages()?)?.cards)),
        ScoresPage::HighConfidenceErrors => Some(overconfidence::primary(app)),
    }
}

/// Something else to look at or to do from a page: shown quietly, and reached by a bare key.
#[derive(Clone, Debug)]
pub struct Link {
    /// As shown.
    pub label: String,
    /// Its key.
    pub key: &'static str,
    /// What it does.
    pub command: Command,
}

/// The links of the page shown.
pub fn links(app: &App, today: StudyDay) -> Vec<Link> {
    let link = |command: Command| Link { label: command.label().to_owned(), key: command.key(), command };
    match app.scores().page() {
        ScoresPage::Topics => {
            let mut links: Vec<Link> = open_passages(app).map(link).into_iter().collect();
            let has_history = app.figures().has_history();
            links.extend(has_history.then(|| overconfidence_link(app)));
            if app.scores().shows_all_columns() {
                let command = Command::Scores(ScoresCommand::ToggleColumns);
                links.push(Link { label: "Fewer columns".to_owned(), key: command.key(), command });
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

/// A test on what the page is about.
fn test_command(app: &App) -> Option<Command> {
    let (deck, topic, questions) = match app.scores().page() {
        ScoresPage::Topic { deck, topic } => (deck, Some(topic.clone()), app.scores().topic()?.questions),
        ScoresPage::Passages(deck) => (deck, None, app.library().deck(deck)?.deck.questions.len()),
        ScoresPage::Topics | ScoresPage::HighConfidenceErrors => return None,
    };
    Some(Command::Test(TestCommand::Prepare { deck: deck.clone(), topic, questions }))
}

/// The button that sets it up.
fn test_button(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let test = test_command(app)?;
    Button::new(test.label(), Weight::Secondary).key(test.key()).show(ui, tokens).clicked().then_some(test)
}

/// The way to the answers that surprised.
fn overconfidence_link(app: &App) -> Link {
    let count: usize = app.figures().high_confidence_errors.iter().map(|topic| topic.mistakes.len()).sum();
    let command = Command::Scores(ScoresCommand::Open(ScoresPage::HighConfidenceErrors));
    let label = match count {
        0 => command.label().to_owned(),
        count => format!("{}: {count} to put right", command.label()),
    };
    Link { label, key: command.key(), command }
}

/// What can be done here, for the list of all commands.
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

/// Opens the source of the deck shown, or of the first one that has one, passage by passage.
pub fn open_passages(app: &App) -> Option<Command> {
    let deck = app.scored_decks().find(|deck| has_passages(deck))?;
    Some(Command::Scores(ScoresCommand::Open(ScoresPage::Passages(deck.id.clone()))))
}

fn has_passages(deck: &crate::domain::deck::Deck) -> bool {
    deck.source.as_ref().is_some_and(|source| !source.passages.is_empty())
}

/// Opens the source that the page is about in the browser.
pub fn read_source(app: &App) -> Option<Command> {
    let ScoresPage::Passages(deck) = app.scores().page() else { return None };
    let source = app.library().deck(deck)?.deck.source.as_ref()?;
    source.url.clone().map(Command::OpenLink)
}

/// A session on exactly these cards.
fn study(set: &StudySet) -> Command {
    Command::Start(Scope::Cards(set.cards().clone()), SessionKind::AllInScope)
}

/// The row of a page's list that stands at this place: what the keyboard goes to.
pub fn row_id(page: &ScoresPage, place: usize) -> Id {
    match page {
        ScoresPage::Topics => Id::unique(("row of topics", place)),
        ScoresPage::Topic { deck, topic } => Id::unique(("row of questions", deck, topic, place)),
        ScoresPage::Passages(deck) => Id::unique(("row of passages", deck, place)),
        ScoresPage::HighConfidenceErrors => Id::unique(("row of mistakes", place)),
    }
}

/// How many rows the page's list has.
pub fn row_count(app: &App) -> usize {
    let scores = app.scores();
    match scores.page() {
        ScoresPage::Topics => scores.table().map_or(0, |table| table.rows.len()),
        ScoresPage::Topic { .. } => scores.topic().map_or(0, |topic| topic.cards.len()),
        ScoresPage::Passages(_) => scores.passages().map_or(0, <[_]>::len),
        ScoresPage::HighConfidenceErrors => 0,
    }
}

/// Where it is left that the list of decks is to open.
pub fn deck_chooser_id() -> Id {
    Id::unique("open the chooser of decks")
}
