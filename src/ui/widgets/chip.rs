//! A small button that changes how a page shows its scores: one option of a few, or a menu of many.

use std::sync::Arc;

use eframe::egui::{self, Color32, CornerRadius, Galley, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::button::focus_ring;
use super::keycap::Keycap;
use crate::app::Shortcut;
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::label::truncated;

const HEIGHT: f32 = 30.0;
const PADDING: f32 = 10.0;
const GAP: f32 = 6.0;
/// Largest width of a label, in points; a longer label is truncated.
const MAX_LABEL_WIDTH: f32 = 220.0;

/// A small button, laid out and ready to be shown.
pub struct Chip {
    label: Arc<Galley>,
    accessible_label: String,
    key: Option<Keycap>,
    arrow: Option<Arc<Galley>>,
    selected: Option<bool>,
}

impl Chip {
    /// One option of a few, selected or not. `key` is `None` for none.
    pub fn option(ui: &Ui, label: &str, key: Option<Shortcut>, selected: bool) -> Self {
        Self { selected: Some(selected), ..Self::new(ui, label, label.to_owned(), key) }
    }

    /// A button that opens a menu. `name` says what is chosen there, `label` is the current choice; `key` is empty for
    /// none.
    pub fn menu(ui: &Ui, name: &str, label: &str, key: Option<Shortcut>) -> Self {
        let arrow = ui.painter().layout_no_wrap(
            icons::OPEN.to_string(),
            TextSize::Caption.regular(),
            Color32::PLACEHOLDER,
        );
        Self { arrow: Some(arrow), ..Self::new(ui, label, format!("{name}: {label}"), key) }
    }

    fn new(ui: &Ui, label: &str, accessible_label: String, key: Option<Shortcut>) -> Self {
        let font = TextSize::Caption.semibold();
        let label = truncated(ui, label, font, Color32::PLACEHOLDER, MAX_LABEL_WIDTH);
        let key = key.map(|key| Keycap::new(ui, key));
        Self { label, accessible_label, key, arrow: None, selected: None }
    }

    /// Its width in points.
    pub fn width(&self) -> f32 {
        let arrow = self.arrow.as_ref().map_or(0.0, |arrow| arrow.size().x + GAP);
        let key = self.key.as_ref().map_or(0.0, |key| key.size().x + GAP);
        self.label.size().x + arrow + key + 2.0 * PADDING
    }

    /// Draws the chip.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width(), HEIGHT), Sense::click());
        response.widget_info(|| match self.selected {
            Some(selected) => WidgetInfo::selected(Role::RadioButton, true, selected, &self.accessible_label),
            None => WidgetInfo::labeled(Role::ComboBox, true, &self.accessible_label),
        });
        let highlighted = response.hovered();
        let (fill, ink) = match self.selected {
            Some(true) => (tokens.accent_fill, tokens.accent),
            Some(false) | None => (tokens.soft, tokens.muted),
        };
        let ink = if highlighted && self.selected != Some(true) { tokens.ink } else { ink };
        ui.painter().rect_filled(rect, CornerRadius::same(BUTTON_RADIUS), fill);
        focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
        let mut left = rect.left() + PADDING;
        for galley in std::iter::once(self.label).chain(self.arrow) {
            let at = egui::pos2(left, rect.center().y - galley.size().y / 2.0);
            left += galley.size().x + GAP;
            ui.painter().galley(at, galley, ink);
        }
        if let Some(key) = self.key {
            let at = egui::pos2(left, rect.center().y - key.size().y / 2.0);
            key.paint(ui, at, tokens.muted, tokens.line, Color32::TRANSPARENT);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}
