//! The study session: the card, its verdict, and the pages without a card.

mod card;
mod confidence;
pub mod top_bar;
pub(in crate::ui) mod verdict;
mod wait;

use eframe::egui::{self, Ui};

pub use card::{show_for_self_grade, show_in_attempt, show_in_report, show_preview};

use top_bar::TopBar;

use crate::app::study::{SessionState, StudyCommand};
use crate::app::{ActiveSession, App, Command};
use crate::domain::day::Moment;
use crate::text;
use crate::ui::theme::Tokens;

/// Draws the session.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, study: &ActiveSession, now: &Moment) -> Option<Command> {
    let frame = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(16, 8));
    let closed = egui::Panel::top("session")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let is_preparing = matches!(study.state(), SessionState::Preparing(_));
            let (at, total) = study.position();
            let answered = study.session().answer_count();
            let topic =
                study.active_card().map(|card| card.deck.topic_name(&card.question().topic).to_owned());
            let bar = TopBar {
                leave: Command::Study(StudyCommand::EndSession),
                unit: text::study::CARD,
                count_text: if is_preparing { String::new() } else { text::study::position(at, total) },
                share: match total {
                    0 if is_preparing => 0.0,
                    0 => 1.0,
                    _ => answered as f64 / total as f64,
                },
                chip: topic,
                chip_always: false,
            };
            bar.show(ui, tokens)
        })
        .inner;
    let inner = egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(tokens.paper))
        .show(ui, |ui| match study.state() {
            SessionState::Preparing(since) => {
                wait::preparing(ui, tokens, app.planned_share(), *since, now);
                None
            }
            SessionState::Card(card) => card::show(ui, tokens, app, card, now),
            SessionState::Waiting(until) => wait::waiting(ui, tokens, app, study, *until, now),
            SessionState::Finished => wait::finished(ui, tokens, app, study),
        })
        .inner;
    inner.or(closed)
}
