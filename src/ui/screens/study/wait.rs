//! The pages of a session without a card: waiting for one, and the end.

use std::time::Duration;

use eframe::egui::{Margin, Ui, vec2};

use crate::app::offers::today::commands_after_session;
use crate::app::study::StudyCommand;
use crate::app::study::summary::{Summary, TopicSummary, outlook};
use crate::app::{ActiveSession, App, Command, Shortcut};
use crate::domain::day::Moment;
use crate::domain::event::ReviewSource;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, command_button};
use crate::ui::widgets::{column, gauge};

/// How long the page stays empty while a session is prepared, in milliseconds. A text that flashes up would only disturb.
const MESSAGE_DELAY_MS: i64 = 300;

/// The session is being planned since `since_ms`, in UTC milliseconds; `share` of the work is done.
pub fn preparing(ui: &mut Ui, tokens: &Tokens, share: f32, since_ms: i64, now: &Moment) {
    let rest = MESSAGE_DELAY_MS - (now.ms() - since_ms);
    if rest > 0 {
        ui.ctx().request_repaint_after(Duration::from_millis(rest.unsigned_abs()));
        return;
    }
    // The work reports how far it is, but asks for no frames.
    ui.ctx().request_repaint_after(Duration::from_millis(100));
    let top = column::top_space(ui, 72.0);
    column::centred(ui, "preparing", COLUMN_WIDTH, top, |ui| {
        ui.label(TextSize::Body.text(text::study::PREPARING, tokens.muted));
        gauge::bar(ui, tokens, ui.available_width(), f64::from(share), tokens.accent, text::study::PREPARING);
    });
}

/// Only cards in their learning steps are left, and the next is not due yet. `until_ms` is when it is, in UTC
/// milliseconds.
pub fn waiting(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    study: &ActiveSession,
    until_ms: i64,
    now: &Moment,
) -> Option<Command> {
    let top = column::top_space(ui, 72.0);
    column::centred(ui, "waiting", COLUMN_WIDTH, top, |ui| {
        let title = text::study::next_card(&words::in_minutes(until_ms, now));
        ui.label(TextSize::Title.strong(title, tokens.ink));
        ui.label(TextSize::Body.text(text::study::NEXT_CARD_HELP, tokens.muted));
        ui.add_space(20.0);
        let mut command = None;
        if Button::primary(text::study::STOP_HERE).key(Shortcut::Space).show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::EndSession));
        }
        ui.add_space(24.0);
        summary(ui, tokens, app, study);
        command
    })
}

/// No card is left.
pub fn finished(ui: &mut Ui, tokens: &Tokens, app: &App, study: &ActiveSession) -> Option<Command> {
    let top = column::top_space(ui, 72.0);
    column::centred(ui, "finished", COLUMN_WIDTH, top, |ui| {
        let answers = study.session().answer_count();
        let title = match (answers, study.session().source) {
            (0, _) => text::study::NOTHING_TO_STUDY,
            (_, ReviewSource::Practice) => text::study::PRACTICE_DONE,
            _ => text::study::DONE,
        };
        ui.label(TextSize::Title.strong(title, tokens.ink));
        ui.label(TextSize::Body.text(outlook(study, app.core()), tokens.muted));
        ui.add_space(20.0);
        let mut command = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
            let back = if app.goals().returns_to_page() {
                text::study::BACK_TO_EXAM
            } else {
                text::study::BACK_TO_TODAY
            };
            if Button::primary(back).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(Command::Study(StudyCommand::EndSession));
            }
            // Keys without a modifier reach these too, see `keys`.
            for other in commands_after_session(app) {
                command = command_button(ui, tokens, other, ButtonStyle::Secondary).or(command.take());
            }
        });
        ui.add_space(24.0);
        summary(ui, tokens, app, study);
        command
    })
}

fn summary(ui: &mut Ui, tokens: &Tokens, app: &App, study: &ActiveSession) {
    let Summary { answers, right, topics } = Summary::of(study, app.core());
    if answers == 0 {
        return;
    }
    ui.label(TextSize::Lead.strong(text::study::session_score(right, answers), tokens.ink));
    ui.add_space(4.0);
    column::card(ui, tokens, Margin::symmetric(20, 8), |ui| {
        for (row, TopicSummary { name, answers, right }) in topics.iter().enumerate() {
            if row > 0 {
                column::hairline(ui, tokens);
            }
            ui.horizontal(|ui| {
                ui.set_min_height(36.0);
                let text_width = (ui.available_width() - 240.0).max(100.0);
                ui.allocate_ui(vec2(text_width, 24.0), |ui| {
                    ui.set_width(text_width);
                    let text = TextSize::Body.text(name, tokens.ink);
                    ui.add(eframe::egui::Label::new(text).truncate());
                });
                let share = *right as f64 / *answers as f64;
                gauge::bar(ui, tokens, 120.0, share, tokens.accent, &text::study::right_in_topic(name));
                ui.add_space(8.0);
                let mark = if right == answers { format!(" {}", icons::CHECK) } else { String::new() };
                ui.label(
                    TextSize::Body
                        .text(format!("{}{mark}", text::study::position(*right, *answers)), tokens.muted),
                );
            });
        }
    });
}
