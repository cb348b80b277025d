//! A segmented control: a strip of options with their keys, of which at most one is selected.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, Galley, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::button::focus_ring;
use super::keycap::Keycap;
use crate::app::Shortcut;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};

const HEIGHT: f32 = 32.0;
const PADDING: f32 = 12.0;
const GAP: f32 = 6.0;

/// One option of the strip.
#[derive(Clone, Debug)]
pub struct Segment<T> {
    /// The value that choosing it gives.
    pub value: T,
    /// The text shown.
    pub label: &'static str,
    /// The key that does the same; `None` for none.
    pub key: Option<Shortcut>,
}

/// Width of the strip with its keys, in points.
pub fn width_with_keys<T>(ui: &Ui, segments: &[Segment<T>]) -> f32 {
    segments.iter().map(|segment| layout(ui, segment)).map(|(label, cap)| width(&label, cap.as_ref())).sum()
}

fn layout<T>(ui: &Ui, segment: &Segment<T>) -> (Arc<Galley>, Option<Keycap>) {
    // In the font of a selected segment, so that nothing moves when it is selected.
    let (label, font) = (segment.label.to_owned(), TextSize::Caption.semibold());
    (
        ui.painter().layout_no_wrap(label, font, Color32::PLACEHOLDER),
        segment.key.map(|key| Keycap::new(ui, key)),
    )
}

fn width(label: &Galley, cap: Option<&Keycap>) -> f32 {
    label.size().x + cap.map_or(0.0, |cap| GAP + cap.size().x) + 2.0 * PADDING
}

/// Draws the strip and returns the value of the segment clicked, even when it is the selected one already. Screen
/// readers get `name` before each label. Where there is no room for the keys they are left out.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    segments: &[Segment<T>],
    chosen: Option<T>,
) -> Option<T> {
    let keys_fit = width_with_keys(ui, segments) <= ui.available_width();
    let (mut clicked, mut selected) = (None, None);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = -1.0;
        let last = segments.len().saturating_sub(1);
        for (at, segment) in segments.iter().enumerate() {
            let (label, cap) = layout(ui, segment);
            let is_chosen = chosen == Some(segment.value);
            let size = vec2(width(&label, cap.as_ref().filter(|_| keys_fit)), HEIGHT);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let accessible_label = format!("{name} {}", segment.label);
            response
                .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &accessible_label));
            let (fill, ink) = match (is_chosen, response.hovered()) {
                (true, _) => (tokens.accent_fill, tokens.ink),
                (false, true) => (tokens.soft, tokens.ink),
                (false, false) => (tokens.card, tokens.muted),
            };
            let (first, last) = (at == 0, at == last);
            let round = |is_end: bool| if is_end { BUTTON_RADIUS } else { 0 };
            let corners =
                CornerRadius { nw: round(first), sw: round(first), ne: round(last), se: round(last) };
            ui.painter().rect(rect, corners, fill, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
            if is_chosen {
                selected = Some((rect, corners));
            }
            focus_ring(ui, &response, rect.shrink(3.0), 4, tokens);
            let font = if is_chosen { TextSize::Caption.semibold() } else { TextSize::Caption.regular() };
            let words = ui.painter().layout_no_wrap(segment.label.to_owned(), font, ink);
            let left = rect.left() + PADDING;
            ui.painter().galley(egui::pos2(left, rect.center().y - words.size().y / 2.0), words, ink);
            if let Some(cap) = cap.filter(|_| keys_fit) {
                let at = egui::pos2(left + label.size().x + GAP, rect.center().y - cap.size().y / 2.0);
                cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
            }
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                clicked = Some(segment.value);
            }
        }
        // Drawn last, over the outlines that it shares with its neighbours.
        if let Some((rect, corners)) = selected {
            ui.painter().rect_stroke(rect, corners, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        }
    });
    clicked
}
