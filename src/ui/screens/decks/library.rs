//! The list of all decks: the learner's own, those of added folders, and the shipped ones.

use std::path::Path;

use eframe::egui::{self, Align, Layout, Margin, Ui, vec2};

use crate::app::decks::{DeckCommand, Dialog};
use crate::app::{App, Command, Setting};
use crate::library::{LibraryProblem, LibraryProblemKind, LoadedDeck, Origin};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, row_button, small_command_button};
use crate::ui::widgets::{column, gauge};

const ROW_HEIGHT: f32 = 68.0;

/// Draws the library.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "library", TABLE_COLUMN_WIDTH, top, |ui| {
        let mut command = None;
        ui.label(TextSize::Title.strong(text::decks::TITLE, tokens.ink));
        ui.add_space(4.0);
        command = actions(ui, tokens).or(command);
        command = super::moves::show(ui, tokens, app).or(command);
        ui.add_space(20.0);
        let (own, shipped): (Vec<&LoadedDeck>, Vec<&LoadedDeck>) =
            app.library().decks().iter().partition(|loaded| matches!(loaded.origin, Origin::File(_)));
        let broken: Vec<&LibraryProblem> = files_without_a_deck(app);
        ui.label(TextSize::Lead.strong(text::decks::YOUR_DECKS, tokens.ink));
        ui.add_space(4.0);
        if own.is_empty() && broken.is_empty() {
            let text = TextSize::Body.text(text::decks::NO_DECKS_YET, tokens.muted);
            ui.add(egui::Label::new(text).wrap());
        } else {
            command = list(ui, tokens, app, &own, &broken).or(command);
        }
        command = folders(ui, tokens, app).or(command);
        ui.add_space(20.0);
        ui.label(TextSize::Lead.strong(text::decks::SHIPPED_DECKS, tokens.ink));
        ui.add_space(4.0);
        command = list(ui, tokens, app, &shipped, &[]).or(command);
        ui.add_space(8.0);
        let folder = Command::OpenDataFolder;
        if Button::link(text::decks::OPEN_FOLDER).show(ui, tokens).clicked() {
            command = Some(folder);
        }
        command
    })
}

fn actions(ui: &mut Ui, tokens: &Tokens) -> Option<Command> {
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        let new = DeckCommand::SetDialog(Dialog::NewDeck { title: String::new() });
        for (action, weight) in [
            (new, ButtonStyle::Primary),
            (DeckCommand::ChooseImport, ButtonStyle::Secondary),
            (DeckCommand::ChooseFolder, ButtonStyle::Secondary),
        ] {
            command = small_command_button(ui, tokens, action, weight).or(command.take());
        }
    });
    command
}

/// The folders that were added, each with a link that removes it.
fn folders(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let folders = &app.settings().folders;
    let mut command = None;
    for folder in folders {
        ui.horizontal_wrapped(|ui| {
            let text = text::decks::added_folder(folder.display());
            ui.add(egui::Label::new(TextSize::Caption.text(text, tokens.muted)).wrap());
            if Button::link(text::decks::REMOVE_FOLDER).show(ui, tokens).clicked() {
                command = Some(Command::Set(Setting::RemoveFolder(folder.clone())));
            }
        });
    }
    command
}

/// One problem for each file that gives no deck at all.
fn files_without_a_deck(app: &App) -> Vec<&LibraryProblem> {
    let mut seen = std::collections::HashSet::new();
    let library = app.library();
    let has_deck =
        |problem: &LibraryProblem| library.decks().iter().any(|loaded| loaded.origin == problem.origin);
    library
        .problems()
        .iter()
        .filter(|problem| !has_deck(problem) && seen.insert(problem.origin.to_string()))
        .collect()
}

fn list(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    decks: &[&LoadedDeck],
    broken: &[&LibraryProblem],
) -> Option<Command> {
    let mut command = None;
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, loaded) in decks.iter().enumerate() {
            if at > 0 {
                column::hairline(ui, tokens);
            }
            if deck_row(ui, tokens, app, loaded) {
                command = Some(Command::Deck(DeckCommand::Open(loaded.deck.id.clone())));
            }
        }
        for (at, problem) in broken.iter().enumerate() {
            if at > 0 || !decks.is_empty() {
                column::hairline(ui, tokens);
            }
            let Origin::File(path) = &problem.origin else { continue };
            if broken_file_row(ui, tokens, path, problem) {
                command = Some(Command::Deck(DeckCommand::OpenProblems(path.clone())));
            }
        }
    });
    command
}

fn deck_row(ui: &mut Ui, tokens: &Tokens, app: &App, loaded: &LoadedDeck) -> bool {
    let deck = &loaded.deck;
    let problems = app.library().problems().iter().filter(|problem| problem.origin == loaded.origin).count();
    let figures = app.figures().deck(&deck.id);
    let questions = deck.questions.len();
    let mut below = match figures.and_then(|figures| text::scores::known_of_seen(&figures.total)) {
        Some(known) => text::decks::questions_and_known(questions, &known),
        None => text::decks::questions_in_topics(questions, deck.topics.len()),
    };
    if let Origin::File(path) = &loaded.origin {
        below = format!("{below} · {}", file_name(path));
    }
    let (problem_text, ink) = match problems {
        0 => (String::new(), tokens.muted),
        problems => (text::decks::problems(problems), tokens.wrong),
    };
    let label = format!(
        "{}: {below}{}",
        deck.title,
        if problems > 0 { format!(", {problem_text}") } else { String::new() }
    );
    row(ui, tokens, ("deck", &*deck.id), &label, |ui| {
        let mastery = figures.and_then(|figures| figures.total.mastery()).unwrap_or(0.0);
        if ui.available_width() > 360.0 {
            gauge::ring(ui, tokens, mastery, &text::today::mastered(mastery));
            ui.add_space(16.0);
        }
        let right = if ui.available_width() > 480.0 { 190.0 } else { 84.0 };
        title_column(ui, tokens, &deck.title, &below, right, matches!(loaded.origin, Origin::Shipped(_)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(20.0);
            if problems > 0 {
                ui.label(TextSize::Caption.text(format!("{} {problem_text}", icons::PROBLEM), ink));
            } else if let Some(figures) = figures.filter(|_| right > 100.0) {
                let counts = text::decks::due_and_new(figures.total.due, figures.total.new_cards);
                ui.label(TextSize::Caption.text(counts, tokens.muted));
            }
        });
    })
}

fn broken_file_row(ui: &mut Ui, tokens: &Tokens, path: &Path, problem: &LibraryProblem) -> bool {
    let name = file_name(path);
    let why = match &problem.kind {
        LibraryProblemKind::Unreadable(error) => text::decks::unreadable(error),
        LibraryProblemKind::Diagnostic(diagnostic) => {
            text::decks::first_problem(diagnostic.line, &diagnostic.message)
        }
        LibraryProblemKind::DuplicateId { id, first } => text::decks::duplicate_id(id, first),
    };
    let label = text::decks::unusable_file(&name, &why);
    row(ui, tokens, ("lost", name.as_str()), &label, |ui| {
        let icon = TextSize::Lead.text(icons::PROBLEM.to_string(), tokens.wrong);
        ui.label(icon);
        ui.add_space(16.0);
        title_column(ui, tokens, &name, &why, 20.0, false);
    })
}

fn title_column(ui: &mut Ui, tokens: &Tokens, title: &str, below: &str, right: f32, locked: bool) {
    let width = (ui.available_width() - right).max(60.0);
    column::part(ui, width, 48.0, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let title = if locked { format!("{title}  {}", icons::LOCKED) } else { title.to_owned() };
        ui.add(egui::Label::new(TextSize::Body.strong(title, tokens.ink)).truncate());
        ui.add(egui::Label::new(TextSize::Caption.text(below, tokens.muted)).truncate());
    });
}

fn row(ui: &mut Ui, tokens: &Tokens, id: (&str, &str), label: &str, add: impl FnOnce(&mut Ui)) -> bool {
    let width = ui.available_width();
    let id = ui.scope_id().with(id);
    let inner =
        ui.allocate_ui_with_layout(vec2(width, ROW_HEIGHT), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(ROW_HEIGHT);
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(20.0);
            add(ui);
        });
    row_button(ui, tokens, inner.response.rect, id, label)
}

/// The name of a file without its folders. The whole path if it has no name.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
