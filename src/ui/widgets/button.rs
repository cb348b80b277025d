//! Buttons, labelled with a verb and the key that does the same.

use eframe::egui::{
    self, Color32, CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::keycap::Keycap;
use crate::app::{Command, Shortcut};
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};

/// How prominent a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonStyle {
    /// The main action; at most one on a screen.
    Primary,
    /// Any other action.
    Secondary,
    /// Small underlined text.
    Link,
}

/// A button, built with chained calls and drawn by [`Button::show`].
pub struct Button<'a> {
    label: &'a str,
    key: Option<Shortcut>,
    style: ButtonStyle,
    small: bool,
    selected: bool,
    enabled: bool,
    wide: bool,
    icon: Option<char>,
}

impl<'a> Button<'a> {
    /// A large, enabled button without a key or an icon.
    pub fn new(label: &'a str, weight: ButtonStyle) -> Self {
        Self {
            label,
            key: None,
            style: weight,
            small: false,
            selected: false,
            enabled: true,
            wide: false,
            icon: None,
        }
    }

    /// A button for the main action.
    pub fn primary(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Primary)
    }

    /// A button for any other action.
    pub fn secondary(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Secondary)
    }

    /// Small underlined text for an action.
    pub fn link(label: &'a str) -> Self {
        Self::new(label, ButtonStyle::Link)
    }

    /// A button of a command, with its label and its key.
    pub fn command(command: &Command, weight: ButtonStyle) -> Self {
        Self::new(command.label(), weight).key(command.key())
    }

    /// Shows the key that does the same; `None` for none.
    pub fn key(mut self, key: impl Into<Option<Shortcut>>) -> Self {
        self.key = key.into();
        self
    }

    /// Replaces the label of a command by one that says more here.
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = label;
        self
    }

    /// Shows the key as it is pressed beside a text field, if it is.
    pub fn beside_text(mut self, beside_text: bool) -> Self {
        self.key = self.key.map(|key| key.shown(beside_text));
        self
    }

    /// Makes it 40 points high instead of 48.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Marks it as the selected one of several, visibly and for screen readers.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Sets whether it can be clicked. A disabled button is drawn muted.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Makes it as wide as there is room, with the label in the middle.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Adds an icon after the label, one of [`icons`](crate::ui::icons).
    pub fn icon(mut self, icon: char) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Draws the button.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        if self.style == ButtonStyle::Link {
            return self.show_link(ui, tokens);
        }
        let text = match self.icon {
            Some(icon) => format!("{} {icon}", self.label),
            None => self.label.to_owned(),
        };
        let galley = ui.painter().layout_no_wrap(text, TextSize::Body.semibold(), Color32::PLACEHOLDER);
        let cap = self.key.map(|key| Keycap::new(ui, key));
        let padding = if self.small { 14.0 } else { 20.0 };
        let cap_width = cap.as_ref().map_or(0.0, |cap| cap.size().x + 10.0);
        let height = if self.small { 40.0 } else { 48.0 };
        let content = galley.size().x + cap_width;
        // Where there is no room for both, the key is left out.
        let is_tight = self.wide && content + 16.0 > ui.available_width();
        let cap = cap.filter(|_| !is_tight);
        let content = if is_tight { galley.size().x } else { content };
        let width = if self.wide { ui.available_width() } else { content + 2.0 * padding };
        let size = vec2(width, height);
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| {
            if self.selected {
                WidgetInfo::selected(Role::Button, self.enabled, true, self.label)
            } else {
                WidgetInfo::labeled(Role::Button, self.enabled, self.label)
            }
        });
        if ui.is_rect_visible(rect) {
            let primary = self.style == ButtonStyle::Primary && self.enabled;
            let highlighted = response.hovered() || response.is_pointer_button_down_on();
            let (fill, line, ink) = match (primary, self.selected) {
                (true, _) => (tokens.accent, tokens.accent, tokens.on_accent),
                (false, true) => (tokens.accent_fill, tokens.accent, tokens.ink),
                (false, false) if highlighted && self.enabled => (tokens.soft, tokens.line, tokens.ink),
                (false, false) => (tokens.card, tokens.line, tokens.ink),
            };
            let ink = if self.enabled { ink } else { tokens.muted };
            let radius = CornerRadius::same(BUTTON_RADIUS);
            let fill = if primary && highlighted { fill.gamma_multiply(0.9) } else { fill };
            ui.painter().rect(rect, radius, fill, Stroke::new(1.0, line), StrokeKind::Inside);
            focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
            let text_at =
                egui::pos2(rect.center().x - content / 2.0, rect.center().y - galley.size().y / 2.0);
            let cap_at = egui::pos2(text_at.x + galley.size().x + 10.0, rect.center().y - 9.0);
            ui.painter().galley(text_at, galley, ink);
            if let Some(cap) = cap {
                let (ink, line) =
                    if primary { (tokens.on_accent, tokens.on_accent) } else { (tokens.muted, tokens.line) };
                cap.paint(ui, cap_at, ink, line, Color32::TRANSPARENT);
            }
        }
        response
    }

    fn show_link(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        let text = match self.icon {
            Some(icon) => format!("{} {icon}", self.label),
            None => self.label.to_owned(),
        };
        let job = egui::text::LayoutJob::simple(
            text,
            TextSize::Caption.regular(),
            Color32::PLACEHOLDER,
            ui.available_width(),
        );
        let galley = ui.painter().layout_job(job);
        let size = vec2(galley.size().x, galley.size().y.max(24.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, self.label));
        if ui.is_rect_visible(rect) {
            let highlighted = response.hovered() || response.has_focus();
            let ink = if highlighted { tokens.accent } else { tokens.muted };
            let top = rect.center().y - galley.size().y / 2.0;
            let below = top + galley.size().y;
            if galley.rows.len() == 1 {
                ui.painter().hline(rect.x_range(), below, Stroke::new(1.0, ink.gamma_multiply(0.6)));
            }
            ui.painter().galley(egui::pos2(rect.left(), top), galley, ink);
            focus_ring(ui, &response, rect.expand(2.0), 4, tokens);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}

/// Draws the button of a command. Returns the command if it was clicked.
pub fn command_button(
    ui: &mut Ui,
    tokens: &Tokens,
    command: impl Into<Command>,
    style: ButtonStyle,
) -> Option<Command> {
    let command = command.into();
    Button::command(&command, style).show(ui, tokens).clicked().then_some(command)
}

/// Like [`command_button`], 40 points high.
pub fn small_command_button(
    ui: &mut Ui,
    tokens: &Tokens,
    command: impl Into<Command>,
    style: ButtonStyle,
) -> Option<Command> {
    let command = command.into();
    Button::command(&command, style).small().show(ui, tokens).clicked().then_some(command)
}

/// Draws that the pointer is over a row, or that it has the focus. `rect` is the whole row.
pub fn row_highlight(ui: &Ui, response: &Response, rect: egui::Rect, tokens: &Tokens) {
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0, tokens.accent.gamma_multiply(0.05));
    }
    focus_ring(ui, response, rect.shrink(4.0), 4, tokens);
}

/// Makes a row that is drawn already a button. Screen readers get `label`. Returns whether it was clicked.
pub fn row_button(ui: &Ui, tokens: &Tokens, rect: egui::Rect, id: egui::Id, label: &str) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    row_highlight(ui, &response, rect, tokens);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// Draws the focus ring around a widget that has the focus. `radius` is the widget's own corner radius in points.
pub fn focus_ring(ui: &Ui, response: &Response, rect: egui::Rect, radius: u8, tokens: &Tokens) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            CornerRadius::same(radius + 2),
            Stroke::new(2.0, tokens.accent),
            StrokeKind::Outside,
        );
    }
}
