//! A number with buttons to lower and to raise it, and buttons for a choice of a few.

use std::ops::RangeInclusive;

use eframe::egui::{self, Role, Sense, Ui, WidgetInfo, vec2};

use super::button::{Button, focus_ring};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};

/// A number within `range`, shown as `text` and changed by `step`. Returns the new number when a button was clicked.
pub fn stepper<T: Copy + Into<i64> + TryFrom<i64>>(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    value: T,
    range: RangeInclusive<T>,
    step: i64,
    text: &str,
) -> Option<T> {
    let (value, least, most) = (value.into(), (*range.start()).into(), (*range.end()).into());
    let mut new = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if icon_button(ui, tokens, icons::LESS, &text::general::less(name), value > least).clicked() {
            new = Some((value - step).max(least));
        }
        let galley = ui.painter().layout_no_wrap(text.to_owned(), TextSize::Body.semibold(), tokens.ink);
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x.max(84.0), 40.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {text}")));
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.ink);
        if icon_button(ui, tokens, icons::MORE, &text::general::more(name), value < most).clicked() {
            new = Some((value + step).min(most));
        }
    });
    new.and_then(|new| T::try_from(new).ok())
}

/// Buttons side by side for a choice of a few; returns the value clicked.
pub fn option_buttons<T: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[(T, &str)],
    chosen: T,
) -> Option<T> {
    let mut new = None;
    ui.horizontal_wrapped(|ui| {
        for (value, label) in options {
            let button = Button::secondary(label).small().selected(*value == chosen);
            if button.show(ui, tokens).clicked() {
                new = Some(*value);
            }
        }
    });
    new
}

/// A square button with an icon. Screen readers get `name`.
pub fn icon_button(ui: &mut Ui, tokens: &Tokens, icon: char, name: &str, enabled: bool) -> egui::Response {
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(40.0, 40.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let fill = if response.hovered() && enabled { tokens.soft } else { tokens.card };
    let line = egui::Stroke::new(1.0, tokens.line);
    ui.painter().rect(rect, BUTTON_RADIUS, fill, line, egui::StrokeKind::Inside);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let ink = if enabled { tokens.ink } else { tokens.line };
    let galley = ui.painter().layout_no_wrap(icon.to_string(), TextSize::Body.regular(), ink);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}
