//! The test before the learner: one question, all of them, or an answer to be judged.

use eframe::egui::{self, Ui, vec2};

use super::overview;
use crate::app::test::{Running, TestCommand};
use crate::app::{App, Command};
use crate::domain::grade::unreadable;
use crate::domain::task::{Form, Response};
use crate::domain::test::{Phase, Worth};
use crate::ui::icons;
use crate::ui::pictures;
use crate::ui::screens::study::top_bar::TopBar;
use crate::ui::screens::study::{in_test, key_help, to_judge};
use crate::ui::theme::{COLUMN, Tokens, Type, WIDE_COLUMN};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Below this height, in points, the question needs all the room there is.
const LOW: f32 = 320.0;

/// Draws it.
pub fn run(ui: &mut Ui, tokens: &Tokens, app: &App, running: &Running) -> Option<Command> {
    let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(16, 8));
    let left = egui::Panel::top("session")
        .resizable(false)
        .show_separator_line(false)
        .frame(ground)
        .show(ui, |ui| top_bar(running).show(ui, tokens))
        .inner;
    let is_judging = running.sitting.phase() == Phase::Judging;
    let mut command = None;
    let is_asking = !is_judging && !running.overview;
    // Where height is scarce they come after the question, and leave it the room.
    let with_bar = ui.available_height() >= LOW;
    if is_asking && with_bar {
        let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(0, 8));
        egui::Panel::bottom("moves").resizable(false).frame(ground).show(ui, |ui| {
            column::centred_plainly(ui, COLUMN, |ui| command = moves(ui, tokens, running));
        });
    }
    let inner = egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(tokens.paper))
        .show(ui, |ui| match (is_judging, running.overview) {
            (true, _) => judge(ui, tokens, app, running),
            (false, true) => overview::show(ui, tokens, running),
            (false, false) => question(ui, tokens, app, running, !with_bar),
        })
        .inner;
    inner.or(command).or(left)
}

fn top_bar(running: &Running) -> TopBar {
    let (total, leave) = (running.paper.items.len(), Command::Test(TestCommand::Leave));
    if running.sitting.phase() == Phase::Judging {
        let waiting = running.to_judge().count();
        let counted = format!("{waiting} to judge");
        return TopBar { leave, what: "Answers", counted, share: 1.0, chip: None, chip_always: false };
    }
    let answered = total - running.open_items().len();
    TopBar {
        leave,
        what: "Question",
        counted: format!("{} of {total}", running.at() + 1),
        share: answered as f64 / total as f64,
        chip: running.left_ms().map(clock),
        chip_always: true,
    }
}

/// "12:40 left".
fn clock(left_ms: i64) -> String {
    // Up, so that it shows nothing left only when nothing is.
    let seconds = (left_ms + 999) / 1_000;
    format!("{}:{:02} left", seconds / 60, seconds % 60)
}

fn question(ui: &mut Ui, tokens: &Tokens, app: &App, running: &Running, with_moves: bool) -> Option<Command> {
    let asked = running.asked();
    let width = match asked.task.form {
        Form::Pair { .. } | Form::Bins { .. } => WIDE_COLUMN,
        _ => COLUMN,
    };
    // A new id for every question, so that none begins scrolled down.
    let id = format!("test {} {}", asked.key, asked.shown_ms);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().picture_folder(&asked.deck.id);
    let drawn = column::centred(ui, &id, width, top, |ui| {
        pictures::within(ui, folder, &id, |ui| {
            let mut command = in_test(ui, tokens, app, asked, running.response());
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
                if let Some(help) = key_help(&asked.task.form) {
                    ui.label(Type::Caption.text(help, tokens.muted));
                }
                if let Some(why) = not_readable(running) {
                    let text = format!("{} {why}", icons::PARTLY);
                    ui.add(egui::Label::new(Type::Caption.text(text, tokens.partly)).wrap());
                } else if running.is_saved() && running.response().is_some() {
                    ui.label(Type::Caption.text(format!("{} Saved", icons::CHECK), tokens.muted));
                }
            });
            if with_moves {
                ui.add_space(8.0);
                command = moves(ui, tokens, running).or(command.take());
            }
            command
        })
    });
    drawn.map(for_test)
}

/// Why what was typed cannot be graded, once it is on the disk: not while it is being typed.
fn not_readable(running: &Running) -> Option<&'static str> {
    if !running.is_saved() {
        return None;
    }
    unreadable(&running.asked().task, running.response()?)
}

/// What the widgets of a session ask for, as a test does it.
pub fn for_test(command: Command) -> Command {
    match command {
        Command::SetDraft(draft) => Command::Test(TestCommand::SetDraft(draft)),
        Command::Answer(response) => Command::Test(TestCommand::Answer(response)),
        Command::SayConfidence(confidence) => Command::Test(TestCommand::Confide(confidence)),
        Command::Check => Command::Test(TestCommand::Next),
        other => other,
    }
}

fn moves(ui: &mut Ui, tokens: &Tokens, running: &Running) -> Option<Command> {
    let (at, last) = (running.at(), running.paper.items.len() - 1);
    let flagged = running.sitting.sheets().get(at).is_some_and(|sheet| sheet.flagged);
    let alt = if running.asked().is_being_typed() { "Alt " } else { "" };
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
            command = Some(TestCommand::Overview(true));
        }
    });
    command.map(Command::Test)
}

/// An answer in own words beside the right one.
fn judge(ui: &mut Ui, tokens: &Tokens, app: &App, running: &Running) -> Option<Command> {
    let asked = running.asked();
    let id = format!("judge {}", asked.key);
    let top = column::top_space(ui, 56.0);
    let folder = app.library().picture_folder(&asked.deck.id);
    column::centred(ui, &id, COLUMN, top, |ui| {
        pictures::within(ui, folder, &id, |ui| {
            let told = "Handed in · what was your answer worth?";
            ui.label(Type::Caption.text(told, tokens.muted));
            ui.add_space(4.0);
            let given = running.response().unwrap_or(&Response::GaveUp);
            let mut command = to_judge(ui, tokens, asked, given);
            ui.add_space(16.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
                for (worth, key) in Worth::ALL.into_iter().zip(["1", "2", "3"]) {
                    if Button::new(worth.label(), Weight::Secondary).key(key).show(ui, tokens).clicked() {
                        command = Some(Command::Test(TestCommand::Judge(worth)));
                    }
                }
            });
            command
        })
    })
}
