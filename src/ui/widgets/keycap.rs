//! Key caps: the label of a key in a small outline.

use std::fmt::Display;
use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontId, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use crate::app::{Command, Shortcut};
use crate::ui::theme::{TextSize, Tokens};

const FONT_SIZE: f32 = 12.0;
const PADDING: f32 = 6.0;
const HEIGHT: f32 = 18.0;

/// A key cap, laid out and ready to be painted.
pub struct Keycap {
    galley: Arc<Galley>,
}

impl Keycap {
    /// Lays out the cap of a key: a [`Shortcut`], or the number of an option.
    pub fn new(ui: &Ui, key: impl Display) -> Self {
        let font = FontId::new(FONT_SIZE, TextSize::Caption.regular().family);
        Self { galley: ui.painter().layout_no_wrap(key.to_string(), font, Color32::PLACEHOLDER) }
    }

    /// Its size in points.
    pub fn size(&self) -> Vec2 {
        vec2((self.galley.size().x + 2.0 * PADDING).max(HEIGHT), HEIGHT)
    }

    /// Paints the cap with its left top corner at `at`.
    pub fn paint(&self, ui: &Ui, at: Pos2, text: Color32, line: Color32, fill: Color32) {
        let rect = Rect::from_min_size(at, self.size());
        ui.painter().rect(rect, CornerRadius::same(4), fill, Stroke::new(1.0, line), StrokeKind::Inside);
        let inside = rect.center() - self.galley.size() / 2.0;
        ui.painter().galley(inside, self.galley.clone(), text);
    }
}

/// The key of a command with its label, for a line of such hints. Returns the command when it is clicked.
/// `beside_text`: a text is typed there, so that the key needs Alt.
pub fn command_hint(ui: &mut Ui, tokens: &Tokens, command: Command, beside_text: bool) -> Option<Command> {
    let shortcut = command.key()?.shown(beside_text);
    key_hint(ui, tokens, shortcut, command.label()).clicked().then_some(command)
}

/// A key with what it does, for a line of such hints. It can be clicked instead of pressing the key.
pub fn key_hint(ui: &mut Ui, tokens: &Tokens, key: Shortcut, words: &str) -> egui::Response {
    let cap = Keycap::new(ui, key);
    let galley =
        ui.painter().layout_no_wrap(words.to_owned(), TextSize::Caption.regular(), Color32::PLACEHOLDER);
    let size = vec2(cap.size().x + 4.0 + galley.size().x, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
    if ui.is_rect_visible(rect) {
        let highlighted = response.hovered() || response.has_focus();
        let colour = if highlighted { tokens.ink } else { tokens.muted };
        let line = if response.has_focus() { tokens.accent } else { tokens.line };
        cap.paint(ui, rect.left_center() - vec2(0.0, HEIGHT / 2.0), colour, line, tokens.card);
        let text_at = egui::pos2(rect.left() + cap.size().x + 4.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(text_at, galley, colour);
    }
    response
}
