//! The diagnostics of a deck's file: the lines, the place, and what to do.

use std::path::Path;

use eframe::egui::{self, Align, Color32, CornerRadius, FontFamily, FontId, Frame, Layout, Ui};

use crate::app::Command;
use crate::app::decks::inspection::{DiagnosticSnippet, Inspection};
use crate::app::decks::{DeckCommand, DeckPage};
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, small_command_button};
use crate::ui::widgets::column;

/// How many errors are shown at once. Fixing the first ones often fixes the others.
const MAX_SHOWN: usize = 5;

/// Narrowest content with the buttons beside the message, in points.
const SIDE_BY_SIDE_MIN_WIDTH: f32 = 640.0;

/// Draws the errors, and below a link the suggestions.
pub fn show(ui: &mut Ui, tokens: &Tokens, page: &DeckPage, path: &Path) -> Option<Command> {
    let Inspection { errors, lints } = &page.inspection;
    let mut command = None;
    if !errors.is_empty() {
        let title = match is_whole_file(errors) {
            true => text::decks::UNUSABLE_FILE.to_owned(),
            false => text::decks::unusable_questions(errors.len()),
        };
        for (index, snippet) in errors.iter().take(MAX_SHOWN).enumerate() {
            let title = if index == 0 { title.as_str() } else { "" };
            command = error_card(ui, tokens, snippet, index, title, path).or(command);
            ui.add_space(8.0);
        }
        let fixable = errors.iter().filter(|snippet| snippet.diagnostic.fix.is_some()).count();
        if fixable > 1 {
            let fix_all = DeckCommand::FixAll(path.to_owned());
            command = small_command_button(ui, tokens, fix_all, ButtonStyle::Secondary).or(command);
        }
        if errors.len() > MAX_SHOWN {
            let more = text::decks::more_problems(errors.len() - MAX_SHOWN);
            ui.label(TextSize::Caption.text(more, tokens.muted));
        }
    }
    if !lints.is_empty() {
        let label = text::decks::toggle_suggestions(page.lints_shown, lints.len());
        if Button::link(&label).show(ui, tokens).clicked() {
            command = Some(Command::Deck(DeckCommand::ToggleLints));
        }
        if page.lints_shown {
            for snippet in lints.iter().take(50) {
                command = lint_row(ui, tokens, snippet, path).or(command);
            }
        }
    }
    command
}

/// Whether the file as a whole is invalid, so that there are no lines to show.
fn is_whole_file(errors: &[DiagnosticSnippet]) -> bool {
    errors.iter().all(|snippet| snippet.lines.is_empty())
}

fn error_card(
    ui: &mut Ui,
    tokens: &Tokens,
    snippet: &DiagnosticSnippet,
    index: usize,
    title: &str,
    path: &Path,
) -> Option<Command> {
    let diagnostic = &snippet.diagnostic;
    let mut command = None;
    column::outlined(ui, tokens, tokens.wrong, |ui| {
        let headline =
            if title.is_empty() { words::capitalised(&diagnostic.message) } else { title.to_owned() };
        if ui.available_width() >= SIDE_BY_SIDE_MIN_WIDTH {
            let size = egui::vec2(ui.available_width(), 36.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                command = actions(ui, tokens, snippet, index, path);
                ui.add_space(8.0);
                position(ui, tokens, snippet);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.label(TextSize::Body.strong(icons::CROSS.to_string(), tokens.wrong));
                    ui.add(egui::Label::new(TextSize::Body.strong(headline, tokens.ink)).truncate());
                });
            });
        } else {
            let text = format!("{} {headline}", icons::CROSS);
            ui.add(egui::Label::new(TextSize::Body.strong(text, tokens.ink)).wrap());
            ui.horizontal_wrapped(|ui| {
                position(ui, tokens, snippet);
                command = actions(ui, tokens, snippet, index, path);
            });
        }
        if snippet.lines.is_empty() {
            ui.add(egui::Label::new(TextSize::Body.text(full_message(snippet), tokens.ink)).wrap());
        } else {
            ui.add_space(4.0);
            source_excerpt(ui, tokens, snippet);
        }
    });
    command
}

fn position(ui: &mut Ui, tokens: &Tokens, snippet: &DiagnosticSnippet) {
    let text = text::decks::position(snippet.diagnostic.line, snippet.diagnostic.column);
    ui.label(TextSize::Caption.text(text, tokens.muted));
}

/// The buttons of an error: open the file at its line, and apply its fix if it has one. `index` is that of the error.
fn actions(
    ui: &mut Ui,
    tokens: &Tokens,
    snippet: &DiagnosticSnippet,
    index: usize,
    path: &Path,
) -> Option<Command> {
    let mut command = None;
    let open = Command::Deck(DeckCommand::OpenFile(path.to_owned(), snippet.diagnostic.line));
    if Button::secondary(open.label()).small().show(ui, tokens).clicked() {
        command = Some(open);
    }
    if let Some(fix) = &snippet.diagnostic.fix
        && Button::secondary(&fix.title).small().show(ui, tokens).clicked()
    {
        command = Some(Command::Deck(DeckCommand::Fix(path.to_owned(), index)));
    }
    command
}

/// Draws the lines around the error, with the columns marked below its line.
fn source_excerpt(ui: &mut Ui, tokens: &Tokens, snippet: &DiagnosticSnippet) {
    let code = FontId::new(TextSize::Caption.size() + 1.0, FontFamily::Monospace);
    let label = |ui: &mut Ui, text: String, ink: Color32, wrap: bool| {
        let text = egui::RichText::new(text).font(code.clone()).color(ink);
        let label = egui::Label::new(text);
        ui.add(if wrap { label.wrap() } else { label.truncate() });
    };
    Frame::new().fill(tokens.soft).corner_radius(CornerRadius::same(8)).inner_margin(12).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        for (number, line) in &snippet.lines {
            let is_here = *number == snippet.diagnostic.line;
            let ink = match (is_here, line.trim_start().starts_with("//")) {
                (true, _) => tokens.wrong,
                (false, true) => tokens.muted,
                (false, false) => tokens.ink,
            };
            let columns_before = snippet.diagnostic.column as usize - 1;
            // A long line begins shortly before the error.
            let start = if is_here { columns_before.saturating_sub(60) } else { 0 };
            let shown: String = line.chars().skip(start).take(200).collect();
            label(ui, format!("{number:>4}  {shown}"), ink, false);
            if is_here {
                let width = snippet.width.clamp(1, 60);
                let marks = format!("{:>4}  {}{}", "", " ".repeat(columns_before - start), "^".repeat(width));
                label(ui, marks, tokens.wrong, false);
            }
        }
        ui.add_space(4.0);
        ui.add(egui::Label::new(TextSize::Body.text(full_message(snippet), tokens.wrong)).wrap());
    });
}

fn lint_row(ui: &mut Ui, tokens: &Tokens, snippet: &DiagnosticSnippet, path: &Path) -> Option<Command> {
    let mut command = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let label = text::decks::line(snippet.diagnostic.line);
        if Button::link(&label).show(ui, tokens).clicked() {
            command = Some(Command::Deck(DeckCommand::OpenFile(path.to_owned(), snippet.diagnostic.line)));
        }
        ui.add(egui::Label::new(TextSize::Caption.text(full_message(snippet), tokens.ink)).wrap());
    });
    command
}

fn full_message(snippet: &DiagnosticSnippet) -> String {
    let message = words::capitalised(&snippet.diagnostic.message);
    match &snippet.diagnostic.help {
        Some(help) => {
            let help = words::capitalised(help);
            let end = if help.ends_with(['?', ')', '…']) { "" } else { "." };
            format!("{message}. {help}{end}")
        }
        None => format!("{message}."),
    }
}
