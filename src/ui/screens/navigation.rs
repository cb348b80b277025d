//! The rail at the left; in a narrow window a bar at the top.

use eframe::egui::{self, Color32, CornerRadius, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::{Command, Screen};
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::keycap::Keycap;

/// Below this width, in points, the rail becomes a bar.
const RAIL_MIN_WIDTH: f32 = 860.0;

/// Draws the navigation around the screens; `decks_ask`: something waits for an answer on the Decks screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, current: Screen, decks_ask: bool) -> Option<Command> {
    let ground = egui::Frame::new().fill(tokens.paper);
    if ui.available_width() >= RAIL_MIN_WIDTH {
        egui::Panel::left("navigation")
            .resizable(false)
            .exact_size(208.0)
            .frame(ground.inner_margin(egui::Margin::symmetric(16, 24)))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    ui.label(TextSize::Lead.strong("Linchpin", tokens.ink));
                });
                ui.add_space(20.0);
                let mut chosen = None;
                for screen in Screen::ALL {
                    let width = ui.available_width();
                    if item(ui, tokens, screen, screen == current, decks_ask, width, true) {
                        chosen = Some(Command::Go(screen));
                    }
                }
                chosen
            })
            .inner
    } else {
        egui::Panel::top("navigation")
            .resizable(false)
            .frame(ground.inner_margin(egui::Margin::symmetric(12, 6)))
            .show(ui, |ui| {
                let mut chosen = None;
                const GAP: f32 = 4.0;
                ui.spacing_mut().item_spacing.x = GAP;
                let gaps = GAP * (Screen::ALL.len() - 1) as f32;
                let each = ((ui.available_width() - gaps) / Screen::ALL.len() as f32).clamp(44.0, 120.0);
                ui.horizontal(|ui| {
                    for screen in Screen::ALL {
                        let width = each;
                        if item(ui, tokens, screen, screen == current, decks_ask, width, false) {
                            chosen = Some(Command::Go(screen));
                        }
                    }
                });
                chosen
            })
            .inner
    }
}

/// The place of a screen in the navigation, by which the focus is found there.
pub fn item_id(screen: Screen) -> egui::Id {
    egui::Id::unique(("navigation", screen))
}

fn item(
    ui: &mut Ui,
    tokens: &Tokens,
    screen: Screen,
    here: bool,
    decks_ask: bool,
    width: f32,
    with_key: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 40.0), Sense::hover());
    let response = ui.interact(rect, item_id(screen), Sense::click());
    let asks = decks_ask && screen == Screen::Decks;
    let told = if asks { "Decks, something to answer" } else { screen.label() };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, told));
    let fill = match (here, response.hovered()) {
        (true, _) => tokens.accent_fill,
        (false, true) => tokens.soft,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(BUTTON_RADIUS), fill);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let ink = if here { tokens.accent } else { tokens.muted };
    let icon = match screen {
        Screen::Today => icons::TODAY,
        Screen::Decks => icons::DECKS,
        Screen::Scores => icons::SCORES,
        Screen::Test => icons::CHECK,
        Screen::Settings => icons::SETTINGS,
    };
    let icon = ui.painter().layout_no_wrap(icon.to_string(), TextSize::Lead.regular(), ink);
    let word = |size: TextSize| {
        let font = if here { size.semibold() } else { size.regular() };
        ui.painter().layout_no_wrap(screen.label().to_owned(), font, ink)
    };
    let label = Some(word(TextSize::Body)).filter(|label| label.size().x <= width - 8.0);
    let label = label.unwrap_or_else(|| word(TextSize::Caption));
    let middle = rect.center().y;
    let left = rect.left() + 12.0;
    if asks {
        let at = egui::pos2(left + 34.0 + label.size().x + 6.0, middle - 6.0);
        ui.painter().circle_filled(at, 3.5, tokens.accent);
    }
    // Where both have no room the word stays.
    let with_icon = left + 30.0 + label.size().x + 4.0 <= rect.right();
    let label_left = if with_icon { left + 30.0 } else { rect.center().x - label.size().x / 2.0 };
    if with_icon {
        ui.painter().galley(egui::pos2(left, middle - icon.size().y / 2.0), icon, ink);
    }
    ui.painter().galley(egui::pos2(label_left, middle - label.size().y / 2.0), label, ink);
    if with_key {
        let cap = Keycap::new(ui, &format!("Ctrl {}", screen.digit()));
        let at = egui::pos2(rect.right() - 12.0 - cap.size().x, middle - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.paper);
    }
    response.clicked()
}
