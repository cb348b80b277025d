//! The bar above a session or a test: leave it, see the progress, and one more piece of text.

use eframe::egui::{Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::Command;
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::gauge;
use crate::ui::widgets::label::truncated;

/// The content of the bar.
pub struct TopBar {
    /// The command of the cross at the left.
    pub leave: Command,
    /// What is counted, for screen readers: "Card", "Question".
    pub unit: &'static str,
    /// How far it is: "7 of 20".
    pub count_text: String,
    /// How full the progress bar is, 0 to 1.
    pub share: f64,
    /// A short text at the right edge: the topic, or the time left.
    pub chip: Option<String>,
    /// Whether that text stays in a narrow window.
    pub chip_always: bool,
}

impl TopBar {
    /// Draws the bar. Returns [`TopBar::leave`] when its cross was clicked.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Option<Command> {
        let Self { leave, unit: what, count_text: counted, share, chip, chip_always } = self;
        let mut command = None;
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 40.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                let (rect, response) = ui.allocate_exact_size(vec2(28.0, 40.0), Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, leave.label()));
                let ink = if response.hovered() { tokens.ink } else { tokens.muted };
                let cross =
                    ui.painter().layout_no_wrap(icons::CROSS.to_string(), TextSize::Lead.regular(), ink);
                ui.painter().galley(rect.center() - cross.size() / 2.0, cross, ink);
                focus_ring(ui, &response, rect.shrink2(vec2(0.0, 6.0)), BUTTON_RADIUS, tokens);
                let key = leave.key().map_or(String::new(), |key| format!(" ({key})"));
                let hover = format!("{}{key}", leave.label());
                if response.on_hover_text(hover).clicked() {
                    command = Some(leave);
                }

                let counted_galley =
                    ui.painter().layout_no_wrap(counted.clone(), TextSize::Caption.regular(), tokens.muted);
                let room = ui.available_width();
                let chip_galley = chip.filter(|_| chip_always || room > 420.0).map(|chip| {
                    truncated(ui, chip, TextSize::Caption.semibold(), tokens.muted, (room * 0.35).min(280.0))
                });
                let chip_width = chip_galley.as_ref().map_or(0.0, |galley| galley.size().x + 16.0 + 20.0);
                let bar_width = (room - counted_galley.size().x - 20.0 - chip_width - 8.0).max(40.0);

                let (rect, response) = ui.allocate_exact_size(vec2(bar_width, 6.0), Sense::hover());
                response.widget_info(|| {
                    let mut info =
                        WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{what} {counted}"));
                    info.value = Some((share * 100.0).round());
                    info
                });
                gauge::paint_bar(ui, tokens, rect, share, tokens.accent);
                ui.add_space(8.0);
                ui.label(TextSize::Caption.text(counted, tokens.muted));
                if let Some(galley) = chip_galley {
                    let (rect, response) =
                        ui.allocate_exact_size(galley.size() + vec2(16.0, 6.0), Sense::hover());
                    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, galley.text()));
                    ui.painter().rect_filled(rect, 4, tokens.soft);
                    let at = Rect::from_center_size(rect.center(), galley.size()).min;
                    ui.painter().galley(at, galley.clone(), tokens.muted);
                }
            },
        );
        command
    }
}
