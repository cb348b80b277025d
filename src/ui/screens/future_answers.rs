//! What the learner is told when answers carry a date in the future: above every page until it is decided.

use eframe::egui::{self, Margin, Ui, vec2};

use crate::app::core::card_changes::CardCommand;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// Draws it over the whole width. Draws nothing if there are no such answers.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let found = app.core().future_answers()?;
    let frame = egui::Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(16, 12));
    let panel = egui::Panel::top("future_answers").resizable(false).show_separator_line(false).frame(frame);
    panel
        .show(ui, |ui| {
            column::outlined(ui, tokens, tokens.accent, |ui| {
                let title = text::clock::future_answers(found.answers, found.newest.day);
                let title = format!("{}  {title}", icons::INFO);
                ui.add(egui::Label::new(TextSize::Body.strong(title, tokens.ink)).wrap());
                let follows = text::clock::what_follows(now.day());
                ui.add(egui::Label::new(TextSize::Caption.text(follows, tokens.muted)).wrap());
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                    let mut chosen = None;
                    for command in [CardCommand::CountFutureAnswers, CardCommand::LeaveFutureAnswers] {
                        let command = Command::Card(command);
                        if Button::secondary(command.label()).small().show(ui, tokens).clicked() {
                            chosen = Some(command);
                        }
                    }
                    chosen
                })
                .inner
            })
        })
        .inner
}
