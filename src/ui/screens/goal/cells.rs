//! Rows of the tables of an exam, and their cells.

use eframe::egui::{self, Align, Layout, Ui, vec2};

/// A row as wide as there is room, with a margin at both ends.
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

/// A cell that is cut where its text is too long.
pub(super) fn left_cell(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        ui.add(egui::Label::new(text).truncate());
    });
}
