//! A short message at the lower edge, which stays until the next command.

use eframe::egui::{self, Align2, Context, Id, Order, vec2};

use crate::app::Notice;
use crate::ui::icons;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};

/// Draws the notice `above` points over the lower edge; returns whether it was clicked away.
pub fn show(ctx: &Context, tokens: &Tokens, notice: &Notice, above: f32) -> bool {
    let (icon, ink, fill) = if notice.is_error {
        (icons::PROBLEM, tokens.wrong, tokens.wrong_fill)
    } else {
        (icons::INFO, tokens.accent, tokens.card)
    };
    let width = (ctx.content_rect().width() - 64.0).clamp(120.0, 640.0);
    egui::Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -above))
        .show(ctx, |ui| {
            let frame = egui::Frame::new()
                .fill(fill)
                .stroke(egui::Stroke::new(1.0, ink))
                .corner_radius(CARD_RADIUS)
                .inner_margin(egui::Margin::symmetric(16, 10));
            let response = frame
                .show(ui, |ui| {
                    ui.set_max_width(width);
                    let text = TextSize::Body.text(format!("{icon}  {}", notice.text), tokens.ink);
                    let label = ui.add(egui::Label::new(text).wrap());
                    ui.ctx().accesskit_node_builder(label.id, |node| {
                        node.set_live(egui::accesskit::Live::Polite);
                    });
                })
                .response;
            response.interact(egui::Sense::click()).clicked()
        })
        .inner
}
