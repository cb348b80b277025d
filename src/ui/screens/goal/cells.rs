//! Rows and cells that both tables of an exam use.

use eframe::egui::{self, Align, Layout, Ui, vec2};

/// Lays out a row over the whole width, with `margin` at both ends. All measures are in points.
pub(super) fn row_layout(ui: &mut Ui, height: f32, margin: f32, add: impl FnOnce(&mut Ui)) -> egui::Rect {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, height), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.add_space(margin);
        add(ui);
        ui.add_space(margin);
    })
    .response
    .rect
}

/// A cell with its text at the left, cut off where it is too long. `width` is in points.
pub(super) fn left_cell(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        ui.add(egui::Label::new(text).truncate());
    });
}
