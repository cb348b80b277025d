//! Topic by topic: what to expect on the day, three ways.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{left_cell, row_layout};
use crate::app::words;
use crate::domain::forecast::{Forecast, ScoreRange, TopicForecast};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::column;

/// Between the table's edge and its text.
const MARGIN: f32 = 12.0;

const ROW_HEIGHT: f32 = 49.0;
/// Narrower than this a range stands below its value.
const WIDE_MIN_WIDTH: f32 = 640.0;
/// Narrower than this a topic's name stands above its figures.
const NARROW_BELOW: f32 = 420.0;

/// Draws it.
pub fn show(ui: &mut Ui, tokens: &Tokens, forecast: &Forecast) {
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        header(ui, tokens);
        for topic in forecast.topics.iter().filter(|line| line.cards > 0) {
            column::hairline(ui, tokens);
            row(ui, tokens, topic, false);
        }
        column::hairline(ui, tokens);
        row(ui, tokens, &forecast.total, true);
    });
}

/// Where things stand, by how much room there is.
struct ForecastColumns {
    name: f32,
    value: f32,
    /// The range stands beside its value, not below it.
    is_wide: bool,
    /// The name has a line of its own.
    is_narrow: bool,
}

impl ForecastColumns {
    fn new(ui: &Ui) -> Self {
        let inside = ui.available_width() - 24.0;
        let (is_wide, is_narrow) = (inside >= WIDE_MIN_WIDTH, inside < NARROW_BELOW);
        let each = if is_narrow { inside / 3.0 } else { (inside * 0.22).clamp(72.0, 170.0) };
        Self { name: if is_narrow { inside } else { inside - 3.0 * each }, value: each, is_wide, is_narrow }
    }
}

fn header(ui: &mut Ui, tokens: &Tokens) {
    let columns = ForecastColumns::new(ui);
    row_layout(ui, 36.0, MARGIN, |ui| {
        let text = |text: &str| TextSize::Caption.text(text, tokens.muted);
        if !columns.is_narrow {
            left_cell(ui, columns.name, text("Topic"));
        }
        let heads = if columns.is_narrow {
            ["Stop", "Pace", "Plan"]
        } else {
            ["If you stop", "At today’s pace", "With the plan"]
        };
        for head in heads {
            right_cell(ui, columns.value, 24.0, |ui| drop(ui.label(text(head))));
        }
    });
}

fn row(ui: &mut Ui, tokens: &Tokens, topic: &TopicForecast, is_total: bool) {
    let columns = ForecastColumns::new(ui);
    let weigh = |text: &str| match is_total {
        true => TextSize::Body.strong(text, tokens.ink),
        false => TextSize::Body.text(text, tokens.ink),
    };
    let cells = |ui: &mut Ui| {
        for range in [Some(topic.without_study), topic.at_current_pace, topic.with_plan] {
            cell(ui, tokens, range.as_ref(), &columns, &weigh);
        }
    };
    let rect = if columns.is_narrow {
        let above = row_layout(ui, 32.0, MARGIN, |ui| left_cell(ui, columns.name, weigh(&topic.name)));
        above.union(row_layout(ui, 54.0, MARGIN, cells))
    } else {
        row_layout(ui, if columns.is_wide { ROW_HEIGHT } else { 58.0 }, MARGIN, |ui| {
            left_cell(ui, columns.name, weigh(&topic.name));
            cells(ui);
        })
    };
    let response =
        ui.interact(rect, ui.scope_id().with(("forecast of", &topic.topic, is_total)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, accessible_label(topic)));
    response.on_hover_text(format!("{}, {} never seen", words::count(topic.cards, "card"), topic.unseen));
}

fn cell(
    ui: &mut Ui,
    tokens: &Tokens,
    range: Option<&ScoreRange>,
    columns: &ForecastColumns,
    weigh: &impl Fn(&str) -> egui::RichText,
) {
    right_cell(ui, columns.value, 48.0, |ui| {
        let Some(range) = range else {
            ui.label(TextSize::Body.text("–", tokens.muted));
            return;
        };
        let value = weigh(&words::percent(range.expected));
        let between = TextSize::Caption.text(words::range_in_words(range), tokens.muted);
        if columns.is_wide {
            // From the right.
            ui.allocate_ui_with_layout(vec2(72.0, 24.0), Layout::right_to_left(Align::Center), |ui| {
                ui.set_width(72.0);
                ui.label(between);
            });
            ui.label(value);
        } else {
            ui.with_layout(Layout::top_down(Align::Max), |ui| {
                ui.add_space(3.0);
                ui.label(value);
                ui.label(between);
            });
        }
    });
}

/// A row for who cannot see it.
pub fn accessible_label(line: &TopicForecast) -> String {
    let one = |name: &str, range: Option<&ScoreRange>| {
        range.map_or(format!("{name} unknown"), |range| {
            format!("{name} {} ({})", words::percent(range.expected), words::range_in_words(range))
        })
    };
    format!(
        "{}, {}: {}, {}, {}",
        line.name,
        words::count(line.cards, "card"),
        one("if you stop", Some(&line.without_study)),
        one("at today’s pace", line.at_current_pace.as_ref()),
        one("with the plan", line.with_plan.as_ref())
    )
}

fn right_cell(ui: &mut Ui, width: f32, height: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, height), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        add(ui);
    });
}
