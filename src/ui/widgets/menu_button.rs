//! A button that opens a short menu to choose from.

use eframe::egui::{
    self, Color32, CornerRadius, Popup, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::button::focus_ring;
use super::keycap::Keycap;
use crate::app::{Command, Shortcut};
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::label::truncated;

/// One line of the menu.
pub struct MenuChoice<T> {
    /// The value that choosing it gives.
    pub value: T,
    /// The text shown.
    pub label: String,
    /// A muted second line; empty for none.
    pub below: String,
    /// The key that does the same; `None` for none.
    pub key: Option<Shortcut>,
}

impl<T> MenuChoice<T> {
    /// A choice with a label only.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), below: String::new(), key: None }
    }

    /// Adds a second line.
    pub fn below(mut self, text: impl Into<String>) -> Self {
        self.below = text.into();
        self
    }
}

impl MenuChoice<Command> {
    /// A command with its label, help and key.
    pub fn command(command: Command) -> Self {
        let (label, below) = (command.label().to_owned(), command.help().to_owned());
        Self { key: command.key(), value: command, label, below }
    }
}

/// Draws the button with its menu and returns the value chosen in this frame. Screen readers get `name` and `label`.
/// `highlighted` marks a choice that differs from the default.
pub fn menu_button<T: Clone>(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    label: &str,
    highlighted: bool,
    choices: &[MenuChoice<T>],
) -> Option<T> {
    let response = button(ui, tokens, name, label, highlighted);
    list(ui, tokens, &response, choices)
}

/// Opens the menu below a widget, as a click would, and focuses its first line.
pub fn open(ui: &Ui, response: &Response) {
    Popup::open_id(ui.ctx(), Popup::default_response_id(response));
    ui.data_mut(|data| data.insert_temp(focus_first_line_id(response), true));
}

/// The id in egui's memory of the request to focus the first line.
fn focus_first_line_id(response: &Response) -> egui::Id {
    response.id.with("first line")
}

/// Draws the menu below a clicked widget and returns the value chosen in this frame.
pub fn list<T: Clone>(ui: &Ui, tokens: &Tokens, response: &Response, choices: &[MenuChoice<T>]) -> Option<T> {
    let widest = choices
        .iter()
        .map(|choice| {
            let width = |text: &str, font: egui::FontId| {
                ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
            };
            let key =
                choice.key.map_or(0.0, |key| width(&key.to_string(), TextSize::Caption.regular()) + 32.0);
            (width(&choice.label, TextSize::Body.regular()) + key)
                .max(width(&choice.below, TextSize::Caption.regular()))
        })
        .fold(120.0_f32, f32::max);
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(BUTTON_RADIUS))
        .inner_margin(6);
    let width = widest.min(420.0) + 24.0;
    let chosen = Popup::menu(response).frame(frame).width(width).gap(4.0).show(|ui| {
        let mut chosen = None;
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 2.0;
        let max_height = ui.ctx().content_rect().height() * 0.8;
        let mut wants_focus =
            ui.data_mut(|data| data.remove_temp::<bool>(focus_first_line_id(response))).unwrap_or(false);
        egui::ScrollArea::vertical().max_height(max_height).min_scrolled_height(max_height).show(ui, |ui| {
            for choice in choices {
                let line = line(ui, tokens, choice);
                if std::mem::take(&mut wants_focus) {
                    line.request_focus();
                }
                if line.clicked() {
                    chosen = Some(choice.value.clone());
                    ui.close();
                }
            }
        });
        chosen
    });
    chosen.and_then(|inner| inner.inner)
}

fn line<T>(ui: &mut Ui, tokens: &Tokens, choice: &MenuChoice<T>) -> Response {
    let height = if choice.below.is_empty() { 34.0 } else { 50.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, &choice.label));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6, tokens.accent_fill);
    }
    let text = |text: &str, size: TextSize, ink: Color32| {
        truncated(ui, text, size.regular(), ink, rect.width() - 20.0)
    };
    let label = text(&choice.label, TextSize::Body, tokens.ink);
    let below = text(&choice.below, TextSize::Caption, tokens.muted);
    let top = if choice.below.is_empty() { rect.center().y - label.size().y / 2.0 } else { rect.top() + 6.0 };
    let left = rect.left() + 10.0;
    let below_at = egui::pos2(left, top + label.size().y + 2.0);
    ui.painter().galley(egui::pos2(left, top), label, tokens.ink);
    if !choice.below.is_empty() {
        ui.painter().galley(below_at, below, tokens.muted);
    }
    if let Some(key) = choice.key {
        let cap = Keycap::new(ui, key);
        let at = egui::pos2(rect.right() - 10.0 - cap.size().x, rect.center().y - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
    }
    response
}

fn button(ui: &mut Ui, tokens: &Tokens, name: &str, label: &str, highlighted: bool) -> Response {
    let ink = if highlighted { tokens.ink } else { tokens.muted };
    let galley = truncated(ui, label, TextSize::Body.regular(), ink, 220.0);
    let arrow =
        ui.painter().layout_no_wrap(icons::OPEN.to_string(), TextSize::Caption.regular(), tokens.muted);
    let size = vec2(galley.size().x + arrow.size().x + 32.0, 40.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let accessible_label = format!("{name}: {label}");
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &accessible_label));
    let (fill, line) = match (highlighted, response.hovered()) {
        (true, _) => (tokens.accent_fill, tokens.accent),
        (false, true) => (tokens.soft, tokens.line),
        (false, false) => (tokens.card, tokens.line),
    };
    let radius = CornerRadius::same(BUTTON_RADIUS);
    ui.painter().rect(rect, radius, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let middle = rect.center().y;
    let arrow_at = egui::pos2(rect.right() - 12.0 - arrow.size().x, middle - arrow.size().y / 2.0);
    let at = egui::pos2(rect.left() + 12.0, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    ui.painter().galley(arrow_at, arrow, tokens.muted);
    response
}
