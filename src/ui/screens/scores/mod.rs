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
use crate::app::offers;
use crate::app::scores::{ScoresCommand, ScoresPage};
use crate::app::{App, Command, Shortcut};
use crate::domain::day::StudyDay;
use crate::text;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{ButtonStyle, command_button};
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
    ui.label(TextSize::Body.text(text::scores::LOADING, tokens.muted));
}

/// Draws the button that sets up a test.
fn test_button(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let test = offers::scores::test(app)?;
    command_button(ui, tokens, test, ButtonStyle::Secondary)
}

/// The label of a link of the page.
fn link_label(app: &App, command: &Command, today: StudyDay) -> String {
    match command {
        Command::Scores(ScoresCommand::ToggleColumns) if app.scores().shows_all_columns() => {
            text::scores::FEWER_COLUMNS.to_owned()
        }
        Command::Scores(ScoresCommand::Open(ScoresPage::HighConfidenceErrors)) => {
            let errors = app.figures().high_confidence_errors.iter();
            text::scores::mistakes_link(command.label(), errors.map(|topic| topic.mistakes.len()).sum())
        }
        Command::Goal(_) => goal::next_exam_text(app, today),
        other => other.label().to_owned(),
    }
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

/// The key that opens the list of decks.
pub const DECK_CHOOSER: Shortcut = Shortcut::Char('D');

/// The id under which the keys store that the list of decks is to open in this frame.
pub fn deck_chooser_id() -> Id {
    Id::unique("open the chooser of decks")
}
