//! Bars and rings that show a share of a whole.

use eframe::egui::{self, Color32, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::ui::theme::Tokens;

/// A bar filled to `share`, from 0 to 1, and `width` points wide. Screen readers get `label` and the share in percent.
pub fn bar(ui: &mut Ui, tokens: &Tokens, width: f32, share: f64, colour: Color32, label: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 6.0), Sense::hover());
    describe(&response, share, label);
    paint_bar(ui, tokens, rect, share, colour);
}

/// Paints such a bar into `rect`, without a label for screen readers.
pub fn paint_bar(ui: &Ui, tokens: &Tokens, rect: Rect, share: f64, colour: Color32) {
    let radius = CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, tokens.line);
    let filled = (share.clamp(0.0, 1.0) as f32) * rect.width();
    if filled > 0.0 {
        let filled_rect = Rect::from_min_size(rect.min, vec2(filled.max(6.0), rect.height()));
        ui.painter().rect_filled(filled_rect, radius, colour);
    }
}

/// A ring filled to `share`, from 0 to 1, clockwise from the top. `label` is its tooltip too.
pub fn ring(ui: &mut Ui, tokens: &Tokens, share: f64, label: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(32.0, 32.0), Sense::hover());
    describe(&response, share, label);
    let centre = rect.center();
    let radius = 13.0;
    let track = tokens.line;
    ui.painter().circle_stroke(centre, radius, Stroke::new(4.0, track));
    let share = share.clamp(0.0, 1.0) as f32;
    if share > 0.0 {
        let steps = (64.0 * share).ceil() as usize;
        let point = |step: usize| {
            let turn = share * step as f32 / steps as f32;
            let angle = std::f32::consts::TAU * turn - std::f32::consts::FRAC_PI_2;
            centre + radius * egui::Vec2::angled(angle)
        };
        let points = (0..=steps).map(point).collect();
        ui.painter().add(egui::Shape::line(points, Stroke::new(4.0, tokens.accent)));
    }
    response.on_hover_text(label);
}

fn describe(response: &egui::Response, share: f64, label: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, label);
        info.value = Some((share * 100.0).round());
        info
    });
}
