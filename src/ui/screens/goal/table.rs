//! Topic by topic: what to expect on the day, three ways.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{left, line};
use crate::app::words;
use crate::domain::forecast::{Forecast, Line, Range};
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::column;

/// Between the table's edge and its text.
const MARGIN: f32 = 12.0;

const ROW: f32 = 49.0;
/// Narrower than this a range stands below its value.
const WIDE: f32 = 640.0;
/// Narrower than this a topic's name stands above its figures.
const NARROW: f32 = 420.0;

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
struct Columns {
    name: f32,
    each: f32,
    /// The range stands beside its value, not below it.
    is_wide: bool,
    /// The name has a line of its own.
    is_narrow: bool,
}

impl Columns {
    fn of(ui: &Ui) -> Self {
        let inside = ui.available_width() - 24.0;
        let (is_wide, is_narrow) = (inside >= WIDE, inside < NARROW);
        let each = if is_narrow { inside / 3.0 } else { (inside * 0.22).clamp(72.0, 170.0) };
        Self { name: if is_narrow { inside } else { inside - 3.0 * each }, each, is_wide, is_narrow }
    }
}

fn header(ui: &mut Ui, tokens: &Tokens) {
    let columns = Columns::of(ui);
    line(ui, 36.0, MARGIN, |ui| {
        let text = |text: &str| Type::Caption.text(text, tokens.muted);
        if !columns.is_narrow {
            left(ui, columns.name, text("Topic"));
        }
        let heads = if columns.is_narrow {
            ["Stop", "Pace", "Plan"]
        } else {
            ["If you stop", "At today’s pace", "With the plan"]
        };
        for head in heads {
            right(ui, columns.each, 24.0, |ui| drop(ui.label(text(head))));
        }
    });
}

fn row(ui: &mut Ui, tokens: &Tokens, topic: &Line, is_total: bool) {
    let columns = Columns::of(ui);
    let weigh = |text: &str| match is_total {
        true => Type::Body.strong(text, tokens.ink),
        false => Type::Body.text(text, tokens.ink),
    };
    let cells = |ui: &mut Ui| {
        for range in [Some(topic.stop), topic.pace, topic.plan] {
            cell(ui, tokens, range.as_ref(), &columns, &weigh);
        }
    };
    let rect = if columns.is_narrow {
        let above = line(ui, 32.0, MARGIN, |ui| left(ui, columns.name, weigh(&topic.name)));
        above.union(line(ui, 54.0, MARGIN, cells))
    } else {
        line(ui, if columns.is_wide { ROW } else { 58.0 }, MARGIN, |ui| {
            left(ui, columns.name, weigh(&topic.name));
            cells(ui);
        })
    };
    let response =
        ui.interact(rect, ui.scope_id().with(("forecast of", &topic.topic, is_total)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, told(topic)));
    response.on_hover_text(format!("{}, {} never seen", words::count(topic.cards, "card"), topic.unseen));
}

fn cell(
    ui: &mut Ui,
    tokens: &Tokens,
    range: Option<&Range>,
    columns: &Columns,
    weigh: &impl Fn(&str) -> egui::RichText,
) {
    right(ui, columns.each, 48.0, |ui| {
        let Some(range) = range else {
            ui.label(Type::Body.text("–", tokens.muted));
            return;
        };
        let value = weigh(&words::percent(range.expected));
        let between = Type::Caption.text(words::range_in_words(range), tokens.muted);
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
pub fn told(line: &Line) -> String {
    let one = |name: &str, range: Option<&Range>| {
        range.map_or(format!("{name} unknown"), |range| {
            format!("{name} {} ({})", words::percent(range.expected), words::range_in_words(range))
        })
    };
    format!(
        "{}, {}: {}, {}, {}",
        line.name,
        words::count(line.cards, "card"),
        one("if you stop", Some(&line.stop)),
        one("at today’s pace", line.pace.as_ref()),
        one("with the plan", line.plan.as_ref())
    )
}

fn right(ui: &mut Ui, width: f32, height: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, height), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        add(ui);
    });
}
