//! Text that is painted at a place of its own.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Ui};

/// Lays out text on one line. Where it is wider than `width` points, it is cut off, with an ellipsis at the end.
pub fn truncated(ui: &Ui, text: impl Into<String>, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.into(), font, ink);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}
