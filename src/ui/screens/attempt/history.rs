//! The tests that were handed in, the newest first.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::attempt::{AttemptListItem, TestCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::store::AttemptId;
use crate::text::{self, words};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::row_highlight;
use crate::ui::widgets::{column, gauge};

/// How many topics a row names with their change.
const MAX_NAMED_TOPICS: usize = 2;
/// Smaller changes of a share (0 to 1) count as none.
const MIN_CHANGE: f64 = 0.005;

/// Draws the list. Draws nothing while the list is being read.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let list = app.tests().history()?;
    let mut command = None;
    ui.add_space(8.0);
    let unreadable = app.tests().unreadable();
    if unreadable > 0 {
        let message = text::attempt::unreadable(unreadable);
        ui.add(egui::Label::new(TextSize::Body.text(message, tokens.ink)).wrap());
        ui.add_space(8.0);
    }
    if list.is_empty() && unreadable > 0 {
        return None;
    }
    if list.is_empty() {
        ui.add(egui::Label::new(TextSize::Body.text(text::attempt::NO_HISTORY, tokens.muted)).wrap());
        return None;
    }
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (at, test) in list.iter().rev().enumerate() {
            if at > 0 {
                column::hairline(ui, tokens);
            }
            if row(ui, tokens, app, test, now) {
                command = Some(Command::Test(TestCommand::OpenReport(test.id)));
            }
        }
    });
    command
}

/// The id of a test's row, for moving the keyboard focus to it.
pub fn row_id(test: AttemptId) -> egui::Id {
    egui::Id::unique(("earlier test", test.log, test.seq))
}

/// The ids of all rows, from the top. Empty while the list is being read.
pub fn row_ids(app: &App) -> Vec<egui::Id> {
    app.tests().history().unwrap_or_default().iter().rev().map(|test| row_id(test.id)).collect()
}

fn row(ui: &mut Ui, tokens: &Tokens, app: &App, test: &AttemptListItem, now: &Moment) -> bool {
    let total = &test.summary.total;
    let day = words::capitalised(&words::days_ago(test.started.day, now.day()));
    let sum = text::attempt::points_of(total);
    let about = deck_titles(app, test);
    let change = change_text(test);
    let width = ui.available_width();
    let with_bar = width >= 480.0;
    let inner = ui.allocate_ui_with_layout(vec2(width, 64.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(64.0);
        ui.add_space(16.0);
        let bar = if with_bar { 120.0 } else { 0.0 };
        let text = (width - 32.0 - bar - 92.0).max(100.0);
        column::part(ui, text, 44.0, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let first = format!("{day} · {about}");
            ui.add(egui::Label::new(TextSize::Body.text(first, tokens.ink)).truncate());
            ui.add(egui::Label::new(TextSize::Caption.text(&change, tokens.muted)).truncate());
        });
        if with_bar {
            let (rect, _) = ui.allocate_exact_size(vec2(bar, 6.0), Sense::hover());
            gauge::paint_bar(ui, tokens, rect, total.share(), tokens.accent);
        }
        ui.allocate_ui_with_layout(vec2(92.0, 24.0), Layout::right_to_left(Align::Center), |ui| {
            ui.set_width(92.0);
            ui.label(TextSize::Body.strong(&sum, tokens.ink));
        });
    });
    // The row is as wide as the card; its content leaves a margin at the right.
    let rect = egui::Rect::from_min_size(inner.response.rect.min, vec2(width, inner.response.rect.height()));
    let response = ui.interact(rect, row_id(test.id), Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let label = text::attempt::history_row(&day, &about, total, &change);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    row_highlight(ui, &response, rect, tokens);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The titles of the decks that the test asked about. A deck that is gone is named by its id.
fn deck_titles(app: &App, test: &AttemptListItem) -> String {
    let setup = &test.summary.setup;
    let titles: Vec<&str> = setup
        .decks
        .iter()
        .map(|id| app.library().deck(id).map_or(&**id, |loaded| loaded.deck.title.as_str()))
        .collect();
    if titles.is_empty() { text::decks::ALL_DECKS.to_owned() } else { titles.join(", ") }
}

/// The change since the previous test of the same setup: of the whole, and of the topics that changed most.
fn change_text(test: &AttemptListItem) -> String {
    let Some(change) = &test.change else { return text::attempt::FIRST_OF_SETUP.to_owned() };
    let mut topics: Vec<(&str, f64)> = test
        .summary
        .topics
        .iter()
        .zip(&change.topics)
        .filter_map(|(topic, change)| change.map(|change| (topic.name.as_str(), change)))
        .filter(|(_, change)| change.abs() >= MIN_CHANGE)
        .collect();
    topics.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    topics.truncate(MAX_NAMED_TOPICS);
    let total = Some(change.total).filter(|change| change.abs() >= MIN_CHANGE);
    text::attempt::change_since_previous(total, &topics)
}
