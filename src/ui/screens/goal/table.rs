//! The forecast topic by topic: without study, at the current pace, and with the plan.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{left_cell, row_layout};
use crate::domain::forecast::{Forecast, ScoreRange, TopicForecast};
use crate::text::goals::Pace;
use crate::text::{self, words};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::column;

/// Space between the edge of the table and its text, in points.
const MARGIN: f32 = 12.0;

const ROW_HEIGHT: f32 = 49.0;
/// Narrowest table with the range beside its value, in points. In a narrower one it is below.
const WIDE_MIN_WIDTH: f32 = 640.0;
/// Below this width, in points, a topic's name stands above its figures.
const NARROW_BELOW: f32 = 420.0;

/// Draws the table. Topics without cards are left out; the last row is the total.
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

/// Widths of the columns, in points.
struct ForecastColumns {
    name: f32,
    value: f32,
    /// Whether the range stands beside its value, not below it.
    is_wide: bool,
    /// Whether the name has a line of its own.
    is_narrow: bool,
}

impl ForecastColumns {
    fn new(ui: &Ui) -> Self {
        let inside = ui.available_width() - 24.0;
        let (is_wide, is_narrow) = (inside >= WIDE_MIN_WIDTH, inside < NARROW_BELOW);
        let value = if is_narrow { inside / 3.0 } else { (inside * 0.22).clamp(72.0, 170.0) };
        Self { name: if is_narrow { inside } else { inside - 3.0 * value }, value, is_wide, is_narrow }
    }
}

fn header(ui: &mut Ui, tokens: &Tokens) {
    let columns = ForecastColumns::new(ui);
    row_layout(ui, 36.0, MARGIN, |ui| {
        let text = |text: &str| TextSize::Caption.text(text, tokens.muted);
        if !columns.is_narrow {
            left_cell(ui, columns.name, text(text::goals::TOPIC));
        }
        for pace in Pace::ALL {
            let heading = match columns.is_narrow {
                true => pace.short().to_owned(),
                false => words::capitalised(pace.phrase()),
            };
            right_cell(ui, columns.value, 24.0, |ui| drop(ui.label(text(&heading))));
        }
    });
}

fn row(ui: &mut Ui, tokens: &Tokens, topic: &TopicForecast, is_total: bool) {
    let columns = ForecastColumns::new(ui);
    let styled = |text: &str| match is_total {
        true => TextSize::Body.strong(text, tokens.ink),
        false => TextSize::Body.text(text, tokens.ink),
    };
    let cells = |ui: &mut Ui| {
        for range in [Some(topic.without_study), topic.at_current_pace, topic.with_plan] {
            cell(ui, tokens, range.as_ref(), &columns, &styled);
        }
    };
    let rect = if columns.is_narrow {
        let above = row_layout(ui, 32.0, MARGIN, |ui| left_cell(ui, columns.name, styled(&topic.name)));
        above.union(row_layout(ui, 54.0, MARGIN, cells))
    } else {
        row_layout(ui, if columns.is_wide { ROW_HEIGHT } else { 58.0 }, MARGIN, |ui| {
            left_cell(ui, columns.name, styled(&topic.name));
            cells(ui);
        })
    };
    let response =
        ui.interact(rect, ui.scope_id().with(("forecast of", &topic.topic, is_total)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, accessible_label(topic)));
    response.on_hover_text(text::goals::never_seen(topic.cards, topic.unseen));
}

fn cell(
    ui: &mut Ui,
    tokens: &Tokens,
    range: Option<&ScoreRange>,
    columns: &ForecastColumns,
    styled: &impl Fn(&str) -> egui::RichText,
) {
    right_cell(ui, columns.value, 48.0, |ui| {
        let Some(range) = range else {
            ui.label(TextSize::Body.text(words::NO_FIGURE, tokens.muted));
            return;
        };
        let value = styled(&words::percent(range.expected));
        let range_text = TextSize::Caption.text(text::goals::score_range(range), tokens.muted);
        if columns.is_wide {
            // This layout goes from right to left: the range comes first.
            ui.allocate_ui_with_layout(vec2(72.0, 24.0), Layout::right_to_left(Align::Center), |ui| {
                ui.set_width(72.0);
                ui.label(range_text);
            });
            ui.label(value);
        } else {
            ui.with_layout(Layout::top_down(Align::Max), |ui| {
                ui.add_space(3.0);
                ui.label(value);
                ui.label(range_text);
            });
        }
    });
}

/// A row as text, for screen readers.
pub fn accessible_label(topic: &TopicForecast) -> String {
    let ranges = [Some(&topic.without_study), topic.at_current_pace.as_ref(), topic.with_plan.as_ref()];
    text::goals::forecast_row(&topic.name, topic.cards, ranges)
}

fn right_cell(ui: &mut Ui, width: f32, height: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, height), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        add(ui);
    });
}
