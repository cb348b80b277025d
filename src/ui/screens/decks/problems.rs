//! What is wrong with a deck's file: the lines, the place, the remedy.

use std::path::Path;

use eframe::egui::{self, Align, Color32, CornerRadius, FontFamily, FontId, Frame, Layout, Ui};

use crate::app::decks::problems::{DiagnosticSnippet, Inspection};
use crate::app::decks::{DeckCommand, DeckPage};
use crate::app::words::capitalised;
use crate::app::{Command, words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Faults shown at once: mending the first ones often mends the others.
const MAX_SHOWN: usize = 5;

/// From this width on what can be done stands beside what is wrong.
const SIDE_BY_SIDE_MIN_WIDTH: f32 = 640.0;

/// Draws faults, and behind a link what would be better otherwise.
pub fn show(ui: &mut Ui, tokens: &Tokens, page: &DeckPage, path: &Path) -> Option<Command> {
    let Inspection { errors, lints } = &page.inspection;
    let mut command = None;
    if !errors.is_empty() {
        let title = match errors.len() {
            1 => "1 question can’t be used yet".to_owned(),
            more => format!("{more} problems keep questions from being used"),
        };
        let title = if is_whole_file(errors) { "This file can’t be used yet".to_owned() } else { title };
        for (at, found) in errors.iter().take(MAX_SHOWN).enumerate() {
            let title = if at == 0 { title.as_str() } else { "" };
            command = error_card(ui, tokens, found, at, title, path).or(command);
            ui.add_space(8.0);
        }
        let certain = errors.iter().filter(|found| found.diagnostic.fix.is_some()).count();
        if certain > 1 {
            let mend = Command::Deck(DeckCommand::FixAll(path.to_owned()));
            if Button::new(mend.label(), Weight::Secondary).small().key(mend.key()).show(ui, tokens).clicked()
            {
                command = Some(mend);
            }
        }
        if errors.len() > MAX_SHOWN {
            let more = format!(
                "And {} more. Mend these first; the file is read again when you save it.",
                errors.len() - MAX_SHOWN
            );
            ui.label(TextSize::Caption.text(more, tokens.muted));
        }
    }
    if !lints.is_empty() {
        let label = format!(
            "{} {}",
            if page.lints_shown { "Hide" } else { "Show" },
            words::count(lints.len(), "suggestion")
        );
        if Button::new(&label, Weight::Link).show(ui, tokens).clicked() {
            command = Some(Command::Deck(DeckCommand::ToggleLints));
        }
        if page.lints_shown {
            for found in lints.iter().take(50) {
                command = lint_row(ui, tokens, found, path).or(command);
            }
        }
    }
    command
}

/// The file as a whole is at fault: it has no lines to show.
fn is_whole_file(errors: &[DiagnosticSnippet]) -> bool {
    errors.iter().all(|found| found.lines.is_empty())
}

fn error_card(
    ui: &mut Ui,
    tokens: &Tokens,
    found: &DiagnosticSnippet,
    at: usize,
    title: &str,
    path: &Path,
) -> Option<Command> {
    let diagnostic = &found.diagnostic;
    let mut command = None;
    column::outlined(ui, tokens, tokens.wrong, |ui| {
        let headline = if title.is_empty() { capitalised(&diagnostic.message) } else { title.to_owned() };
        if ui.available_width() >= SIDE_BY_SIDE_MIN_WIDTH {
            let size = egui::vec2(ui.available_width(), 36.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                command = actions(ui, tokens, found, at, path);
                ui.add_space(8.0);
                position(ui, tokens, found);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.label(TextSize::Body.strong(icons::CROSS.to_string(), tokens.wrong));
                    ui.add(egui::Label::new(TextSize::Body.strong(headline, tokens.ink)).truncate());
                });
            });
        } else {
            let words = format!("{} {headline}", icons::CROSS);
            ui.add(egui::Label::new(TextSize::Body.strong(words, tokens.ink)).wrap());
            ui.horizontal_wrapped(|ui| {
                position(ui, tokens, found);
                command = actions(ui, tokens, found, at, path);
            });
        }
        if found.lines.is_empty() {
            ui.add(egui::Label::new(TextSize::Body.text(full_message(found), tokens.ink)).wrap());
        } else {
            ui.add_space(4.0);
            source_excerpt(ui, tokens, found);
        }
    });
    command
}

fn position(ui: &mut Ui, tokens: &Tokens, found: &DiagnosticSnippet) {
    let words = format!("line {}, column {}", found.diagnostic.line, found.diagnostic.column);
    ui.label(TextSize::Caption.text(words, tokens.muted));
}

/// What can be done about a fault.
fn actions(
    ui: &mut Ui,
    tokens: &Tokens,
    found: &DiagnosticSnippet,
    at: usize,
    path: &Path,
) -> Option<Command> {
    let mut command = None;
    let open = Command::Deck(DeckCommand::OpenFile(path.to_owned(), found.diagnostic.line));
    if Button::new(open.label(), Weight::Secondary).small().show(ui, tokens).clicked() {
        command = Some(open);
    }
    if let Some(fix) = &found.diagnostic.fix
        && Button::new(&fix.title, Weight::Secondary).small().show(ui, tokens).clicked()
    {
        command = Some(Command::Deck(DeckCommand::Fix(path.to_owned(), at)));
    }
    command
}

/// The lines around the fault, the place marked below its line.
fn source_excerpt(ui: &mut Ui, tokens: &Tokens, found: &DiagnosticSnippet) {
    let code = FontId::new(TextSize::Caption.size() + 1.0, FontFamily::Monospace);
    let label = |ui: &mut Ui, text: String, ink: Color32, wrap: bool| {
        let text = egui::RichText::new(text).font(code.clone()).color(ink);
        let label = egui::Label::new(text);
        ui.add(if wrap { label.wrap() } else { label.truncate() });
    };
    Frame::new().fill(tokens.soft).corner_radius(CornerRadius::same(8)).inner_margin(12).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        for (number, line) in &found.lines {
            let is_here = *number == found.diagnostic.line;
            let ink = match (is_here, line.trim_start().starts_with("//")) {
                (true, _) => tokens.wrong,
                (false, true) => tokens.muted,
                (false, false) => tokens.ink,
            };
            let before = found.diagnostic.column as usize - 1;
            // A long line is shown from shortly before its fault on.
            let cut = if is_here { before.saturating_sub(60) } else { 0 };
            let shown: String = line.chars().skip(cut).take(200).collect();
            label(ui, format!("{number:>4}  {shown}"), ink, false);
            if is_here {
                let width = found.width.clamp(1, 60);
                let marks = format!("{:>4}  {}{}", "", " ".repeat(before - cut), "^".repeat(width));
                label(ui, marks, tokens.wrong, false);
            }
        }
        ui.add_space(4.0);
        ui.add(egui::Label::new(TextSize::Body.text(full_message(found), tokens.wrong)).wrap());
    });
}

fn lint_row(ui: &mut Ui, tokens: &Tokens, found: &DiagnosticSnippet, path: &Path) -> Option<Command> {
    let mut command = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let place = format!("line {}", found.diagnostic.line);
        if Button::new(&place, Weight::Link).show(ui, tokens).clicked() {
            command = Some(Command::Deck(DeckCommand::OpenFile(path.to_owned(), found.diagnostic.line)));
        }
        ui.add(egui::Label::new(TextSize::Caption.text(full_message(found), tokens.ink)).wrap());
    });
    command
}

fn full_message(found: &DiagnosticSnippet) -> String {
    let message = capitalised(&found.diagnostic.message);
    match &found.diagnostic.help {
        Some(help) => {
            let help = capitalised(help);
            let end = if help.ends_with(['?', ')', '…']) { "" } else { "." };
            format!("{message}. {help}{end}")
        }
        None => format!("{message}."),
    }
}
