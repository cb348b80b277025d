//! A centred column of limited width, so that lines stay readable, and the cards in it.

use eframe::egui::{
    self, Color32, CornerRadius, Frame, InnerResponse, Key, Margin, Modifiers, Stroke, Ui, vec2,
};

use crate::ui::theme::{CARD_RADIUS, EDGE_MARGIN, Tokens};

/// Step of an arrow key that scrolls, in points.
const LINE_STEP: f32 = 48.0;

/// A centred column in a scroll area. It is at most `width` points wide and begins `top` points below the upper edge.
pub fn centred<R>(ui: &mut Ui, id: &str, width: f32, top: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    egui::ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            scroll_by_keys(ui);
            ui.add_space(top);
            centred_without_scroll(ui, width, |ui| {
                let inner = add(ui);
                ui.add_space(32.0);
                inner
            })
        })
        .inner
}

/// Scrolls with the page keys, and with the arrow keys while no widget has the focus, so that reading needs no mouse.
fn scroll_by_keys(ui: &mut Ui) {
    let page = ui.clip_rect().height() * 0.9;
    let free = ui.memory(|memory| memory.focused().is_none());
    let down = ui.input_mut(|input| {
        let mut down = 0.0;
        for (key, step, always) in [
            (Key::PageDown, page, true),
            (Key::PageUp, -page, true),
            (Key::ArrowDown, LINE_STEP, false),
            (Key::ArrowUp, -LINE_STEP, false),
        ] {
            if (always || free) && input.consume_key(Modifiers::NONE, key) {
                down += step;
            }
        }
        down
    });
    if down != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -down));
    }
}

/// The same column without a scroll area.
pub fn centred_without_scroll<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let available = ui.available_width();
    let width = width.min(available - 2.0 * EDGE_MARGIN).max(120.0);
    let left = ((available - width) / 2.0).floor().max(0.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(left);
        let layout = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            ui.set_width(width);
            add(ui)
        })
        .inner
    })
    .inner
}

/// A bar at the lower edge of the window, as wide as the column above it.
pub fn footer<R>(
    ui: &mut Ui,
    tokens: &Tokens,
    id: &'static str,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let frame = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(0, 8));
    let bar = egui::Panel::bottom(id).resizable(false).frame(frame);
    bar.show(ui, |ui| centred_without_scroll(ui, width, add)).inner
}

/// A dialog over the screen, with this corner radius and margin.
pub fn modal(ctx: &egui::Context, tokens: &Tokens, id: egui::Id, radius: u8, margin: i8) -> egui::Modal {
    let top = (ctx.content_rect().height() * 0.1).min(96.0);
    let area = egui::Modal::default_area(id).anchor(egui::Align2::CENTER_TOP, vec2(0.0, top));
    let line = Stroke::new(1.0, tokens.line);
    let frame = Frame::new().fill(tokens.card).stroke(line).corner_radius(radius).inner_margin(margin);
    egui::Modal::new(id).area(area).frame(frame)
}

/// A card: a filled frame with a hairline around it, over the whole width.
pub fn card<R>(
    ui: &mut Ui,
    tokens: &Tokens,
    margin: Margin,
    add: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(margin)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// A card whose outline in another colour draws attention.
pub fn outlined<R>(ui: &mut Ui, tokens: &Tokens, line: Color32, add: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
}

/// A part of a row that is `width` points wide, with one thing below the other.
pub fn part<R>(ui: &mut Ui, width: f32, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = egui::Layout::top_down(egui::Align::Min);
    let part = ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
        ui.set_width(width);
        add(ui)
    });
    part.inner
}

/// A horizontal hairline over the whole width.
pub fn hairline(ui: &mut Ui, tokens: &Tokens) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, tokens.line));
}

/// Space above the title of a screen, in points: from 8 in a low window to `max` in a tall one.
pub fn top_space(ui: &Ui, max: f32) -> f32 {
    (ui.available_height() * 0.1).clamp(8.0, max)
}
