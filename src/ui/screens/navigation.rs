//! The navigation between screens: a rail at the left, or a bar at the top of a narrow window.

use eframe::egui::{self, Color32, CornerRadius, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::{Command, Screen};
use crate::text;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::keycap::Keycap;

/// Narrowest window with a rail, in points.
const RAIL_MIN_WIDTH: f32 = 860.0;

/// Draws the navigation around the screens. With `has_open_moves` the Decks screen is marked, because a question about
/// moved progress waits there.
pub fn show(ui: &mut Ui, tokens: &Tokens, current: Screen, has_open_moves: bool) -> Option<Command> {
    let frame = egui::Frame::new().fill(tokens.paper);
    if ui.available_width() >= RAIL_MIN_WIDTH {
        egui::Panel::left("navigation")
            .resizable(false)
            .exact_size(208.0)
            .frame(frame.inner_margin(egui::Margin::symmetric(16, 24)))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    ui.label(TextSize::Lead.strong(text::general::PROGRAM, tokens.ink));
                });
                ui.add_space(20.0);
                let mut chosen = None;
                for screen in Screen::ALL {
                    let width = ui.available_width();
                    if item(ui, tokens, screen, screen == current, has_open_moves, width, true) {
                        chosen = Some(Command::Go(screen));
                    }
                }
                chosen
            })
            .inner
    } else {
        egui::Panel::top("navigation")
            .resizable(false)
            .frame(frame.inner_margin(egui::Margin::symmetric(12, 6)))
            .show(ui, |ui| {
                let mut chosen = None;
                const GAP: f32 = 4.0;
                ui.spacing_mut().item_spacing.x = GAP;
                let gaps = GAP * (Screen::ALL.len() - 1) as f32;
                let item_width =
                    ((ui.available_width() - gaps) / Screen::ALL.len() as f32).clamp(44.0, 120.0);
                ui.horizontal(|ui| {
                    for screen in Screen::ALL {
                        let width = item_width;
                        if item(ui, tokens, screen, screen == current, has_open_moves, width, false) {
                            chosen = Some(Command::Go(screen));
                        }
                    }
                });
                chosen
            })
            .inner
    }
}

/// The id of a screen's entry, for moving the keyboard focus to it.
pub fn item_id(screen: Screen) -> egui::Id {
    egui::Id::unique(("navigation", screen))
}

fn item(
    ui: &mut Ui,
    tokens: &Tokens,
    screen: Screen,
    is_current: bool,
    has_open_moves: bool,
    width: f32,
    with_key: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 40.0), Sense::hover());
    let response = ui.interact(rect, item_id(screen), Sense::click());
    let is_marked = has_open_moves && screen == Screen::Decks;
    let accessible_label = if is_marked { text::general::DECKS_WITH_QUESTION } else { screen.label() };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_current, accessible_label));
    let fill = match (is_current, response.hovered()) {
        (true, _) => tokens.accent_fill,
        (false, true) => tokens.soft,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(BUTTON_RADIUS), fill);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let ink = if is_current { tokens.accent } else { tokens.muted };
    let icon =
        ui.painter().layout_no_wrap(super::view(screen).icon.to_string(), TextSize::Lead.regular(), ink);
    let word = |size: TextSize| {
        let font = if is_current { size.semibold() } else { size.regular() };
        ui.painter().layout_no_wrap(screen.label().to_owned(), font, ink)
    };
    let label = Some(word(TextSize::Body)).filter(|label| label.size().x <= width - 8.0);
    let label = label.unwrap_or_else(|| word(TextSize::Caption));
    let middle = rect.center().y;
    let left = rect.left() + 12.0;
    if is_marked {
        let at = egui::pos2(left + 34.0 + label.size().x + 6.0, middle - 6.0);
        ui.painter().circle_filled(at, 3.5, tokens.accent);
    }
    // Without room for both, the label stays and the icon goes.
    let with_icon = left + 30.0 + label.size().x + 4.0 <= rect.right();
    let label_left = if with_icon { left + 30.0 } else { rect.center().x - label.size().x / 2.0 };
    if with_icon {
        ui.painter().galley(egui::pos2(left, middle - icon.size().y / 2.0), icon, ink);
    }
    ui.painter().galley(egui::pos2(label_left, middle - label.size().y / 2.0), label, ink);
    if with_key {
        let Some(key) = Command::Go(screen).key() else { return response.clicked() };
        let cap = Keycap::new(ui, key);
        let at = egui::pos2(rect.right() - 12.0 - cap.size().x, middle - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.paper);
    }
    response.clicked()
}
