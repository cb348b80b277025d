//! The test before the learner: one question, all of them, or an answer to be judged.

use eframe::egui::{self, Ui, vec2};

use super::overview;
use crate::app::attempt::{ActiveAttempt, TestCommand};
use crate::app::{App, Command};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::domain::grade::unreadable_reason;
use crate::domain::task::{Response, TaskForm};
use crate::ui::icons;
use crate::ui::images;
use crate::ui::screens::study::top_bar::TopBar;
use crate::ui::screens::study::{key_help, show_for_self_grade, show_in_attempt};
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens, WIDE_COLUMN_WIDTH};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Below this height, in points, the question needs all the room there is.
const FIXED_BAR_MIN_HEIGHT: f32 = 320.0;

/// Draws it.
pub fn run(ui: &mut Ui, tokens: &Tokens, app: &App, running: &ActiveAttempt) -> Option<Command> {
    let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(16, 8));
    let left = egui::Panel::top("session")
        .resizable(false)
        .show_separator_line(false)
        .frame(ground)
        .show(ui, |ui| top_bar(running).show(ui, tokens))
        .inner;
    let is_judging = running.attempt.phase() == AttemptPhase::SelfGrading;
    let mut command = None;
    let is_asking = !is_judging && !running.overview;
    // Where height is scarce they come after the question, and leave it the room.
    let with_bar = ui.available_height() >= FIXED_BAR_MIN_HEIGHT;
    if is_asking && with_bar {
        let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(0, 8));
        egui::Panel::bottom("moves").resizable(false).frame(ground).show(ui, |ui| {
            column::centred_plainly(ui, COLUMN_WIDTH, |ui| command = navigation_buttons(ui, tokens, running));
        });
    }
    let inner = egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(tokens.paper))
        .show(ui, |ui| match (is_judging, running.overview) {
            (true, _) => self_grade_page(ui, tokens, app, running),
            (false, true) => overview::show(ui, tokens, running),
            (false, false) => question(ui, tokens, app, running, !with_bar),
        })
        .inner;
    inner.or(command).or(left)
}

fn top_bar(running: &ActiveAttempt) -> TopBar {
    let (total, leave) = (running.test.items.len(), Command::Test(TestCommand::Pause));
    if running.attempt.phase() == AttemptPhase::SelfGrading {
        let waiting = running.items_to_self_grade().count();
        let counted = format!("{waiting} to judge");
        return TopBar {
            leave,
            unit: "Answers",
            count_text: counted,
            share: 1.0,
            chip: None,
            chip_always: false,
        };
    }
    let answered = total - running.unfinished_items().len();
    TopBar {
        leave,
        unit: "Question",
        count_text: format!("{} of {total}", running.current_item() + 1),
        share: answered as f64 / total as f64,
        chip: running.remaining_ms().map(time_left),
        chip_always: true,
    }
}

/// "12:40 left".
fn time_left(left_ms: i64) -> String {
    // Up, so that it shows nothing left only when nothing is.
    let seconds = (left_ms + 999) / 1_000;
    format!("{}:{:02} left", seconds / 60, seconds % 60)
}

fn question(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    running: &ActiveAttempt,
    with_moves: bool,
) -> Option<Command> {
    let asked = running.active_card();
    let width = match asked.task.form {
        TaskForm::Match { .. } | TaskForm::Sort { .. } => WIDE_COLUMN_WIDTH,
        _ => COLUMN_WIDTH,
    };
    // A new id for every question, so that none begins scrolled down.
    let id = format!("test {} {}", asked.key, asked.shown_ms);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().image_folder(&asked.deck.id);
    let drawn = column::centred(ui, &id, width, top, |ui| {
        images::with_image_context(ui, folder, &id, |ui| {
            let mut command = show_in_attempt(ui, tokens, app, asked, running.response());
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
                if let Some(help) = key_help(&asked.task.form) {
                    ui.label(TextSize::Caption.text(help, tokens.muted));
                }
                if let Some(why) = current_unreadable_reason(running) {
                    let text = format!("{} {why}", icons::PARTLY);
                    ui.add(egui::Label::new(TextSize::Caption.text(text, tokens.partly)).wrap());
                } else if running.is_saved() && running.response().is_some() {
                    ui.label(TextSize::Caption.text(format!("{} Saved", icons::CHECK), tokens.muted));
                }
            });
            if with_moves {
                ui.add_space(8.0);
                command = navigation_buttons(ui, tokens, running).or(command.take());
            }
            command
        })
    });
    drawn.map(into_test_command)
}

/// Why what was typed cannot be graded, once it is on the disk: not while it is being typed.
fn current_unreadable_reason(running: &ActiveAttempt) -> Option<&'static str> {
    if !running.is_saved() {
        return None;
    }
    unreadable_reason(&running.active_card().task, running.response()?)
}

/// What the widgets of a session ask for, as a test does it.
pub fn into_test_command(command: Command) -> Command {
    match command {
        Command::SetDraft(draft) => Command::Test(TestCommand::SetDraft(draft)),
        Command::Answer(response) => Command::Test(TestCommand::Answer(response)),
        Command::SetConfidence(confidence) => Command::Test(TestCommand::SetConfidence(confidence)),
        Command::Check => Command::Test(TestCommand::Next),
        other => other,
    }
}

fn navigation_buttons(ui: &mut Ui, tokens: &Tokens, running: &ActiveAttempt) -> Option<Command> {
    let (at, last) = (running.current_item(), running.test.items.len() - 1);
    let flagged = running.attempt.items().get(at).is_some_and(|sheet| sheet.flagged);
    let alt = if running.active_card().is_typing_answer() { "Alt " } else { "" };
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        let next = if at == last { "Overview" } else { "Next" };
        if Button::new(next, Weight::Primary).key("Enter").small().show(ui, tokens).clicked() {
            command = Some(TestCommand::Next);
        }
        let previous = Button::new("Previous", Weight::Secondary).key("Page ↑").small().enabled(at > 0);
        if previous.show(ui, tokens).clicked() {
            command = Some(TestCommand::Previous);
        }
        let (flag, key) = (if flagged { "Flagged" } else { "Flag" }, format!("{alt}L"));
        let flag = Button::new(flag, Weight::Secondary).key(&key).small().selected(flagged);
        if flag.show(ui, tokens).clicked() {
            command = Some(TestCommand::Flag);
        }
        let key = format!("{alt}O");
        if at != last
            && Button::new("Overview", Weight::Secondary).key(&key).small().show(ui, tokens).clicked()
        {
            command = Some(TestCommand::ShowOverview(true));
        }
    });
    command.map(Command::Test)
}

/// An answer in own words beside the right one.
fn self_grade_page(ui: &mut Ui, tokens: &Tokens, app: &App, running: &ActiveAttempt) -> Option<Command> {
    let asked = running.active_card();
    let id = format!("judge {}", asked.key);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().image_folder(&asked.deck.id);
    column::centred(ui, &id, COLUMN_WIDTH, top, |ui| {
        images::with_image_context(ui, folder, &id, |ui| {
            let told = "Handed in · what was your answer worth?";
            ui.label(TextSize::Caption.text(told, tokens.muted));
            ui.add_space(4.0);
            let given = running.response().unwrap_or(&Response::GaveUp);
            let mut command = show_for_self_grade(ui, tokens, asked, given);
            ui.add_space(16.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
                for (worth, key) in SelfGrade::ALL.into_iter().zip(["1", "2", "3"]) {
                    if Button::new(worth.label(), Weight::Secondary).key(key).show(ui, tokens).clicked() {
                        command = Some(Command::Test(TestCommand::SelfGrade(worth)));
                    }
                }
            });
            command
        })
    })
}
