//! Scores: how every topic stands, one topic, a source passage by passage, and the pictures.

mod charts;
mod columns;
mod heading;
mod passages;
mod questions;
mod table;
mod told;
mod topic;

use eframe::egui::{Id, Ui};

use super::{goal, sure};
use crate::app::command::{Scope, Take};
use crate::app::exporting::HistoryTable;
use crate::app::scores::{Page, ScoresCommand};
use crate::app::test::TestCommand;
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::Period;
use crate::domain::score::study_set::StudySet;
use crate::ui::theme::{TABLE_COLUMN, Tokens, Type};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Widest column where the window is very wide: then every column of the table has room.
const WIDEST: f32 = 1200.0;
/// From this width of the window's content on the column is wider than elsewhere.
const WIDER_FROM: f32 = 1400.0;

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    let scores = app.scores();
    if *scores.page() == Page::SureButWrong {
        return sure::show(ui, tokens, app);
    }
    let top = column::top_space(ui, 36.0);
    let is_full = *scores.page() == Page::Topics && scores.shows_all_columns();
    let width = if is_full || ui.available_width() >= WIDER_FROM { WIDEST } else { TABLE_COLUMN };
    // Each page begins at its own top.
    let place = match scores.page() {
        Page::Topics => "scores".to_owned(),
        Page::Topic { deck, topic } => format!("scores of {deck} {topic}"),
        Page::Passages(deck) => format!("passages of {deck}"),
        Page::SureButWrong => String::new(),
    };
    column::centred(ui, &place, width, top, |ui| match scores.page() {
        Page::Topics | Page::SureButWrong => topics(ui, tokens, app, today),
        Page::Topic { deck, topic } => topic::show(ui, tokens, app, deck, topic, today),
        Page::Passages(deck) => passages::show(ui, tokens, app, deck),
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
        command = table::suspended(ui, tokens, app, table).or(command);
    }
    if table.total.score.accuracy.answers == 0 && table.total.score.seen == 0 {
        return command;
    }
    ui.add_space(20.0);
    match scores.pictures() {
        Some(pictures) => {
            let target = f64::from(app.settings().retention_percent) / 100.0;
            charts::show(ui, tokens, charts::View { pictures, period: scores.period(), target });
        }
        None => loading(ui, tokens),
    }
    command
}

/// What stands in the place of figures that are being computed.
fn loading(ui: &mut Ui, tokens: &Tokens) {
    ui.label(Type::Body.text("Going through your answers…", tokens.muted));
}

/// Whether Space does anything here.
pub fn has_primary(app: &App) -> bool {
    match app.scores().page() {
        Page::Topics => false,
        Page::Topic { .. } => app.scores().topic().is_some_and(|topic| !topic.askable.is_empty()),
        Page::Passages(_) => app.scores().passages().is_some_and(|all| passages::weakest(all).is_some()),
        Page::SureButWrong => true,
    }
}

/// What Space does here, if anything.
pub fn primary(app: &App) -> Option<Command> {
    match app.scores().page() {
        Page::Topics => None,
        Page::Topic { .. } => topic::study(app.scores().topic()?),
        Page::Passages(_) => Some(study(&passages::weakest(app.scores().passages()?)?.cards)),
        Page::SureButWrong => Some(sure::primary(app)),
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
        Page::Topics => {
            let mut links: Vec<Link> = by_passage(app).map(link).into_iter().collect();
            let has_history = app.figures().has_history();
            links.extend(has_history.then(|| sure_but_wrong(app)));
            if app.scores().shows_all_columns() {
                let command = Command::Scores(ScoresCommand::ToggleColumns);
                links.push(Link { label: "Fewer columns".to_owned(), key: command.key(), command });
            } else {
                links.push(link(Command::Scores(ScoresCommand::ToggleColumns)));
            }
            links.push(Link { label: goal::in_words(app, today), key: "G", command: goal::open(app, today) });
            if has_history {
                let tables = [(HistoryTable::Scores, "V"), (HistoryTable::Reviews, "A")];
                links.extend(tables.map(|(table, key)| Link { key, ..link(Command::ExportHistory(table)) }));
            }
            links
        }
        Page::Topic { .. } => test(app).map(link).into_iter().collect(),
        Page::SureButWrong => Vec::new(),
        Page::Passages(_) => read_source(app).into_iter().chain(test(app)).map(link).collect(),
    }
}

/// A test on what the page is about.
fn test(app: &App) -> Option<Command> {
    let (deck, topic, questions) = match app.scores().page() {
        Page::Topic { deck, topic } => (deck, Some(topic.clone()), app.scores().topic()?.questions),
        Page::Passages(deck) => (deck, None, app.library().deck(deck)?.deck.questions.len()),
        Page::Topics | Page::SureButWrong => return None,
    };
    Some(Command::Test(TestCommand::Prepare { deck: deck.clone(), topic, questions }))
}

/// The button that sets it up.
fn test_button(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let test = test(app)?;
    Button::new(test.label(), Weight::Secondary).key(test.key()).show(ui, tokens).clicked().then_some(test)
}

/// The way to the answers that surprised.
fn sure_but_wrong(app: &App) -> Link {
    let count: usize = app.figures().sure_but_wrong.iter().map(|topic| topic.mistakes.len()).sum();
    let command = Command::Scores(ScoresCommand::Open(Page::SureButWrong));
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
        Page::Topics => {
            commands.extend(links(app, app.figures().day).into_iter().map(|link| link.command));
            commands.extend(Period::EACH.map(|period| Command::Scores(ScoresCommand::SetPeriod(period))));
        }
        Page::Topic { .. } => {
            commands.push(Command::Scores(ScoresCommand::Back));
            commands.extend(test(app));
            commands.extend(Period::EACH.map(|period| Command::Scores(ScoresCommand::SetPeriod(period))));
        }
        Page::Passages(_) => {
            commands.push(Command::Scores(ScoresCommand::Back));
            commands.extend(read_source(app));
            commands.extend(test(app));
        }
        Page::SureButWrong => commands.push(Command::Scores(ScoresCommand::Back)),
    }
    commands
}

/// Opens the source of the deck shown, or of the first one that has one, passage by passage.
pub fn by_passage(app: &App) -> Option<Command> {
    let deck = app.scored_decks().find(|deck| has_passages(deck))?;
    Some(Command::Scores(ScoresCommand::Open(Page::Passages(deck.id.clone()))))
}

fn has_passages(deck: &crate::domain::deck::Deck) -> bool {
    deck.source.as_ref().is_some_and(|source| !source.passages.is_empty())
}

/// Opens the source that the page is about in the browser.
pub fn read_source(app: &App) -> Option<Command> {
    let Page::Passages(deck) = app.scores().page() else { return None };
    let source = app.library().deck(deck)?.deck.source.as_ref()?;
    source.url.clone().map(Command::OpenLink)
}

/// A session on exactly these cards.
fn study(set: &StudySet) -> Command {
    Command::Start(Scope::Cards(set.cards().clone()), Take::These)
}

/// The row of a page's list that stands at this place: what the keyboard goes to.
pub fn row_id(page: &Page, place: usize) -> Id {
    match page {
        Page::Topics => Id::unique(("row of topics", place)),
        Page::Topic { deck, topic } => Id::unique(("row of questions", deck, topic, place)),
        Page::Passages(deck) => Id::unique(("row of passages", deck, place)),
        Page::SureButWrong => Id::unique(("row of mistakes", place)),
    }
}

/// How many rows the page's list has.
pub fn rows(app: &App) -> usize {
    let scores = app.scores();
    match scores.page() {
        Page::Topics => scores.table().map_or(0, |table| table.rows.len()),
        Page::Topic { .. } => scores.topic().map_or(0, |topic| topic.cards.len()),
        Page::Passages(_) => scores.passages().map_or(0, <[_]>::len),
        Page::SureButWrong => 0,
    }
}

/// Where it is left that the list of decks is to open.
pub fn deck_chooser_id() -> Id {
    Id::unique("open the chooser of decks")
}
