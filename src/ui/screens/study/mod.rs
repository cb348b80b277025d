//! Studying: the question, the verdict, what comes next.

mod arrange;
mod card;
mod gaps;
mod pick;
mod places;
mod text;
mod verdict;
mod wait;

use eframe::egui::{self, Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};

pub use card::{is_typing, try_out};
pub use text::answer_id;
pub use wait::after_the_end;

use crate::app::study::Place;
use crate::app::{App, Command, Study};
use crate::domain::day::Moment;
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, Tokens, Type};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::gauge;

/// Draws the session.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, study: &Study, now: &Moment) -> Option<Command> {
    let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(16, 8));
    let closed = egui::Panel::top("session")
        .resizable(false)
        .show_separator_line(false)
        .frame(ground)
        .show(ui, |ui| top_bar(ui, tokens, study))
        .inner;
    let inner = egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(tokens.paper))
        .show(ui, |ui| match study.place() {
            Place::Card(asked) => card::show(ui, tokens, app, asked, now),
            Place::Waiting(until) => wait::waiting(ui, tokens, app, study, *until, now),
            Place::Finished => wait::finished(ui, tokens, app, study),
        })
        .inner;
    inner.or(closed)
}

fn top_bar(ui: &mut Ui, tokens: &Tokens, study: &Study) -> Option<Command> {
    let mut command = None;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 40.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let (rect, response) = ui.allocate_exact_size(vec2(28.0, 40.0), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Command::EndSession.label()));
            let ink = if response.hovered() { tokens.ink } else { tokens.muted };
            let cross = ui.painter().layout_no_wrap(icons::CROSS.to_string(), Type::Lead.regular(), ink);
            ui.painter().galley(rect.center() - cross.size() / 2.0, cross, ink);
            focus_ring(ui, &response, rect.shrink2(vec2(0.0, 6.0)), BUTTON_RADIUS, tokens);
            if response.on_hover_text("End session (Esc)").clicked() {
                command = Some(Command::EndSession);
            }

            let (at, total) = study.position();
            let counted = format!("{at} of {total}");
            let topic = study.asked().map(|asked| asked.deck.topic_name(&asked.question().topic).to_owned());
            let counted_galley =
                ui.painter().layout_no_wrap(counted.clone(), Type::Caption.regular(), tokens.muted);
            let room = ui.available_width();
            let topic_galley = topic.filter(|_| room > 420.0).map(|topic| {
                let mut job =
                    egui::text::LayoutJob::simple_singleline(topic, Type::Caption.semibold(), tokens.muted);
                job.wrap = egui::text::TextWrapping::truncate_at_width((room * 0.35).min(280.0));
                ui.painter().layout_job(job)
            });
            let chip = topic_galley.as_ref().map_or(0.0, |galley| galley.size().x + 16.0 + 20.0);
            let bar_width = (room - counted_galley.size().x - 20.0 - chip - 8.0).max(40.0);

            let share = if total == 0 { 1.0 } else { study.session().answered() as f64 / total as f64 };
            let (rect, response) = ui.allocate_exact_size(vec2(bar_width, 6.0), Sense::hover());
            response.widget_info(|| {
                let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, format!("Card {counted}"));
                info.value = Some((share * 100.0).round());
                info
            });
            gauge::paint_bar(ui, tokens, rect, share, tokens.accent);
            ui.add_space(8.0);
            ui.label(Type::Caption.text(counted, tokens.muted));
            if let Some(galley) = topic_galley {
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
