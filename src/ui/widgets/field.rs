//! Text fields with their labels.

use eframe::egui::{self, CornerRadius, Frame, Id, Margin, Response, Stroke, TextEdit, Ui};

use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};

/// A text field, built with chained calls and drawn by [`TextField::show`].
pub struct TextField<'a> {
    id: Id,
    name: &'a str,
    label_above: bool,
    hint_text: &'a str,
    rows: usize,
    size: TextSize,
    width: Option<f32>,
    is_invalid: bool,
    icon: Option<char>,
}

impl<'a> TextField<'a> {
    /// A field of one line, with the label `name` above it. The focus is set by `id`.
    pub fn new(id: Id, name: &'a str) -> Self {
        Self {
            id,
            name,
            label_above: true,
            hint_text: "",
            rows: 1,
            size: TextSize::Body,
            width: None,
            is_invalid: false,
            icon: None,
        }
    }

    /// Gives the label to screen readers only.
    pub fn hide_label(mut self) -> Self {
        self.label_above = false;
        self
    }

    /// Sets the text shown while the field is empty.
    pub fn hint_text(mut self, hint: &'a str) -> Self {
        self.hint_text = hint;
        self
    }

    /// Makes it a field of several lines, which is at least `rows` lines high and grows with its text.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// Sets its width in points. By default it is as wide as there is room.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Sets the size of its text.
    pub fn size(mut self, size: TextSize) -> Self {
        self.size = size;
        self
    }

    /// Sets whether its text is invalid, which its outline shows.
    pub fn invalid(mut self, is_invalid: bool) -> Self {
        self.is_invalid = is_invalid;
        self
    }

    /// Adds an icon before the text.
    pub fn icon(mut self, icon: char) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Draws the field. The text is changed in place.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens, text: &mut String) -> Response {
        if self.label_above {
            ui.label(TextSize::Caption.text(self.name, tokens.muted));
        }
        let has_focus = ui.memory(|memory| memory.has_focus(self.id));
        let line = match (self.is_invalid, has_focus) {
            (true, _) => Stroke::new(1.0, tokens.wrong),
            (false, true) => Stroke::new(1.0, tokens.accent),
            (false, false) => Stroke::new(1.0, tokens.line),
        };
        let margin = Margin::symmetric(12, 4);
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let inside = (width - f32::from(margin.left + margin.right) - 2.0).max(24.0);
        Frame::new()
            .fill(tokens.card)
            .stroke(line)
            .corner_radius(CornerRadius::same(BUTTON_RADIUS))
            .inner_margin(margin)
            .show(ui, |ui| {
                ui.set_width(inside);
                ui.horizontal(|ui| {
                    if let Some(icon) = self.icon {
                        ui.label(self.size.text(icon.to_string(), tokens.muted));
                    }
                    let field = if self.rows > 1 {
                        TextEdit::multiline(text).desired_rows(self.rows)
                    } else {
                        TextEdit::singleline(text)
                    };
                    let response = ui.add(
                        field
                            .id(self.id)
                            .font(self.size.regular())
                            .frame(Frame::NONE)
                            .hint_text(egui::RichText::new(self.hint_text).color(tokens.muted))
                            .desired_width(ui.available_width())
                            .min_size(egui::vec2(0.0, 32.0))
                            .align(if self.rows > 1 {
                                egui::Align2::LEFT_TOP
                            } else {
                                egui::Align2::LEFT_CENTER
                            }),
                    );
                    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(self.name));
                    response
                })
                .inner
            })
            .inner
    }
}
