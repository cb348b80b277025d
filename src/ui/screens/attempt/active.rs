//! The test that is being taken: one question, the overview, or an answer that the learner grades.

use eframe::egui::{self, Ui, vec2};

use super::overview;
use crate::app::attempt::{ActiveAttempt, TestCommand};
use crate::app::{App, Command, Shortcut};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::domain::grade::unreadable_reason;
use crate::domain::task::Response;
use crate::text;
use crate::ui::icons;
use crate::ui::images;
use crate::ui::kind::Presentation;
use crate::ui::screens::study::top_bar::TopBar;
use crate::ui::screens::study::{show_for_self_grade, show_in_attempt};
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, command_button};
use crate::ui::widgets::column;

/// Lowest height at which the buttons get a bar of their own, in points. With less, they follow the question.
const FIXED_BAR_MIN_HEIGHT: f32 = 320.0;

/// Draws the test that is being taken.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, active: &ActiveAttempt) -> Option<Command> {
    let frame = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(16, 8));
    let bar_command = egui::Panel::top("session")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| top_bar(active).show(ui, tokens))
        .inner;
    let is_self_grading = active.attempt.phase() == AttemptPhase::SelfGrading;
    let mut command = None;
    let shows_question = !is_self_grading && !active.overview;
    // A low window needs its height for the question, so the buttons scroll with it.
    let with_bar = ui.available_height() >= FIXED_BAR_MIN_HEIGHT;
    if shows_question && with_bar {
        command =
            column::footer(ui, tokens, "moves", COLUMN_WIDTH, |ui| navigation_buttons(ui, tokens, active));
    }
    let inner = egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(tokens.paper))
        .show(ui, |ui| match (is_self_grading, active.overview) {
            (true, _) => self_grade_page(ui, tokens, app, active),
            (false, true) => overview::show(ui, tokens, active),
            (false, false) => question(ui, tokens, app, active, !with_bar),
        })
        .inner;
    inner.or(command).or(bar_command)
}

fn top_bar(active: &ActiveAttempt) -> TopBar {
    let (total, leave) = (active.test.items.len(), Command::Test(TestCommand::Pause));
    if active.attempt.phase() == AttemptPhase::SelfGrading {
        let ungraded = active.items_to_self_grade().count();
        let count_text = text::attempt::to_self_grade(ungraded);
        return TopBar {
            leave,
            unit: text::attempt::ANSWERS,
            count_text,
            share: 1.0,
            chip: None,
            chip_always: false,
        };
    }
    let answered = total - active.unfinished_items().len();
    TopBar {
        leave,
        unit: text::attempt::QUESTION,
        count_text: text::attempt::position(active.current_item() + 1, total),
        share: answered as f64 / total as f64,
        chip: active.remaining_ms().map(text::attempt::time_left),
        chip_always: true,
    }
}

fn question(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    active: &ActiveAttempt,
    with_buttons: bool,
) -> Option<Command> {
    let card = active.active_card();
    let presentation = Presentation::of(&card.task.form);
    // A new id for every question, so that each begins scrolled to its top.
    let id = format!("test {} {}", card.key, card.shown_ms);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().image_folder(&card.deck.id);
    let drawn = column::centred(ui, &id, presentation.column_width, top, |ui| {
        images::with_image_context(ui, folder, &id, |ui| {
            let mut command = show_in_attempt(ui, tokens, app, card, active.response());
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
                if let Some(help) = presentation.key_help {
                    ui.label(TextSize::Caption.text(help, tokens.muted));
                }
                if let Some(why) = current_unreadable_reason(active) {
                    let why = format!("{} {why}", icons::PARTLY);
                    ui.add(egui::Label::new(TextSize::Caption.text(why, tokens.partly)).wrap());
                } else if active.is_saved() && active.response().is_some() {
                    let saved = format!("{} {}", icons::CHECK, text::attempt::SAVED);
                    ui.label(TextSize::Caption.text(saved, tokens.muted));
                }
            });
            if with_buttons {
                ui.add_space(8.0);
                command = navigation_buttons(ui, tokens, active).or(command.take());
            }
            command
        })
    });
    drawn.map(into_test_command)
}

/// Why the answer cannot be graded, such as a number that is none. `None` while it is still being typed: only an answer
/// that is saved is judged.
fn current_unreadable_reason(active: &ActiveAttempt) -> Option<&'static str> {
    if !active.is_saved() {
        return None;
    }
    unreadable_reason(&active.active_card().task, active.response()?)
}

/// Turns a command of a study session into the one that does the same in a test. The widgets are those of a session.
/// Other commands stay as they are.
fn into_test_command(command: Command) -> Command {
    match command {
        Command::Study(study) => Command::in_test(&study).unwrap_or(Command::Study(study)),
        other => other,
    }
}

fn navigation_buttons(ui: &mut Ui, tokens: &Tokens, active: &ActiveAttempt) -> Option<Command> {
    let (current, last) = (active.current_item(), active.test.items.len() - 1);
    let is_flagged = active.attempt.items().get(current).is_some_and(|item_state| item_state.flagged);
    let beside_text = active.active_card().is_typing_answer();
    let label = |command: TestCommand| Command::Test(command).label();
    let button = |command: TestCommand| {
        Button::command(&Command::Test(command), ButtonStyle::Secondary).small().beside_text(beside_text)
    };
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        let next = label(if current == last { TestCommand::ShowOverview(true) } else { TestCommand::Next });
        if Button::primary(next).key(Shortcut::Enter).small().show(ui, tokens).clicked() {
            command = Some(TestCommand::Next);
        }
        if button(TestCommand::Previous).enabled(current > 0).show(ui, tokens).clicked() {
            command = Some(TestCommand::Previous);
        }
        let flag = if is_flagged { text::attempt::FLAGGED } else { label(TestCommand::Flag) };
        if button(TestCommand::Flag).label(flag).selected(is_flagged).show(ui, tokens).clicked() {
            command = Some(TestCommand::Flag);
        }
        let overview = TestCommand::ShowOverview(true);
        if current != last && button(overview.clone()).show(ui, tokens).clicked() {
            command = Some(overview);
        }
    });
    command.map(Command::Test)
}

/// The learner's answer above the right one, with buttons to grade it.
fn self_grade_page(ui: &mut Ui, tokens: &Tokens, app: &App, active: &ActiveAttempt) -> Option<Command> {
    let card = active.active_card();
    let id = format!("judge {}", card.key);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().image_folder(&card.deck.id);
    column::centred(ui, &id, COLUMN_WIDTH, top, |ui| {
        images::with_image_context(ui, folder, &id, |ui| {
            ui.label(TextSize::Caption.text(text::attempt::SELF_GRADE, tokens.muted));
            ui.add_space(4.0);
            let response = active.response().unwrap_or(&Response::GaveUp);
            let mut command = show_for_self_grade(ui, tokens, card, response);
            ui.add_space(16.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
                for grade in SelfGrade::ALL {
                    let action = TestCommand::SelfGrade(grade);
                    command = command_button(ui, tokens, action, ButtonStyle::Secondary).or(command.take());
                }
            });
            command
        })
    })
}
