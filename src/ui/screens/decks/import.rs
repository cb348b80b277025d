//! The import of a file from another program: what is in it, how it is read, and the questions that come of it.

use eframe::egui::{self, Frame, Id, Margin, Ui, vec2};

use super::dialogs::TARGETS;
use super::library::file_name;
use crate::app::Command;
use crate::app::decks::DeckCommand;
use crate::app::decks::importing::{DeckImport, ImportPreview, ImportView};
use crate::domain::question::{Answer, ChoiceAnswer, Question, RecallAnswer, TypedAnswer};
use crate::formats::import::{ColumnRole, ImportLayout, ImportOptions, ImportedQuestions};
use crate::formats::markdown;
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, small_command_button};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::menu_button::{MenuChoice, menu_button};
use crate::ui::widgets::stepper::option_buttons;
use crate::ui::widgets::{column, gauge};

/// How many rows of the file are shown.
const MAX_SAMPLE_ROWS: usize = 4;
/// How many of the new questions are shown.
const MAX_QUESTIONS: usize = 8;
/// How many of the rows that were left out are listed.
const MAX_SKIPPED_ROWS: usize = 8;

/// The separators of columns to choose from, with their names.
const SEPARATORS: [(&str, &str); 9] = [
    ("\t", text::decks::TAB),
    (",", text::decks::COMMA),
    (";", text::decks::SEMICOLON),
    ("|", text::decks::BAR),
    (" - ", text::decks::HYPHEN),
    (" – ", text::decks::DASH),
    (" = ", text::decks::EQUALS_SIGN),
    (": ", text::decks::COLON),
    (" ", text::decks::SPACE),
];

/// Draws the import. The deck is written only with the button at the lower edge.
pub fn show(ui: &mut Ui, tokens: &Tokens, import: &DeckImport) -> Option<Command> {
    let mut command = footer(ui, tokens, import);
    let top = column::top_space(ui, 28.0);
    let drawn = column::centred(ui, "import", TABLE_COLUMN_WIDTH, top, |ui| {
        ui.label(TextSize::Caption.text(file_name(&import.path), tokens.muted));
        ui.label(TextSize::Title.strong(text::decks::IMPORT, tokens.ink));
        ui.add_space(8.0);
        match import.view() {
            ImportView::Busy(what, share) => {
                ui.label(TextSize::Body.text(text::decks::busy(what), tokens.muted));
                gauge::bar(ui, tokens, ui.available_width(), f64::from(share), tokens.accent, what);
                None
            }
            ImportView::Failed(why) => {
                let text = format!("{} {why}", icons::PROBLEM);
                ui.add(egui::Label::new(TextSize::Body.text(text, tokens.wrong)).wrap());
                None
            }
            ImportView::Preview(preview, converting) => loaded_file(ui, tokens, import, preview, converting),
        }
    });
    command = drawn.map(Command::Deck).or(command);
    command
}

fn loaded_file(
    ui: &mut Ui,
    tokens: &Tokens,
    import: &DeckImport,
    preview: &ImportPreview,
    converting: Option<f32>,
) -> Option<DeckCommand> {
    let mut command = None;
    let mut title = import.title.clone();
    TextField::new(Id::unique("import title"), text::decks::TITLE_OF_NEW_DECK).show(ui, tokens, &mut title);
    if title != import.title {
        command = Some(DeckCommand::SetImportTitle(title));
    }
    ui.add_space(4.0);
    if preview.options.layout == ImportLayout::Table {
        command = layout_choosers(ui, tokens, preview).or(command);
        ui.add_space(8.0);
        command = column_roles(ui, tokens, preview).or(command);
    }
    ui.label(TextSize::Caption.text(text::decks::ANSWERS, tokens.muted));
    if let Some(target) = option_buttons(ui, tokens, &TARGETS, preview.options.import_as) {
        command = set_options(ImportOptions { import_as: target, ..preview.options.clone() });
    }
    ui.add_space(12.0);
    match (&preview.imported, converting) {
        (_, Some(share)) => {
            gauge::bar(
                ui,
                tokens,
                ui.available_width(),
                f64::from(share),
                tokens.accent,
                text::decks::READING,
            );
        }
        (Some(imported), None) => result_preview(ui, tokens, imported),
        (None, None) => {}
    }
    command
}

fn set_options(options: ImportOptions) -> Option<DeckCommand> {
    Some(DeckCommand::SetImport(Box::new(options)))
}

fn layout_choosers(ui: &mut Ui, tokens: &Tokens, preview: &ImportPreview) -> Option<DeckCommand> {
    let options = &preview.options;
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        let name = SEPARATORS
            .iter()
            .find(|(separator, _)| *separator == options.separator)
            .map_or_else(|| text::decks::other_separator(&options.separator), |(_, name)| (*name).to_owned());
        let choices: Vec<MenuChoice<&str>> =
            SEPARATORS.iter().map(|(separator, name)| MenuChoice::new(*separator, *name)).collect();
        let label = text::decks::separated_by(&name);
        if let Some(separator) = menu_button(ui, tokens, text::decks::SEPARATOR, &label, false, &choices) {
            command = set_options(preview.sniffed.with_separator(options, separator, None));
        }
        let choices = [
            MenuChoice::new(true, text::decks::NAMES_OF_COLUMNS),
            MenuChoice::new(false, text::decks::A_QUESTION),
        ];
        let label = if options.has_headings {
            text::decks::FIRST_ROW_IS_NAMES
        } else {
            text::decks::FIRST_ROW_IS_QUESTION
        };
        if let Some(has_headings) = menu_button(ui, tokens, text::decks::FIRST_ROW, label, false, &choices) {
            command = set_options(ImportOptions { has_headings, ..options.clone() });
        }
        let choices =
            [MenuChoice::new(true, text::decks::HTML), MenuChoice::new(false, text::decks::PLAIN_TEXT)];
        let label = if options.is_html { text::decks::TEXT_IS_HTML } else { text::decks::TEXT_IS_PLAIN };
        if let Some(html) = menu_button(ui, tokens, text::decks::TEXT, label, false, &choices) {
            command = set_options(ImportOptions { is_html: html, ..options.clone() });
        }
    });
    command
}

/// Draws the first rows of the file, and above each column what it holds.
fn column_roles(ui: &mut Ui, tokens: &Tokens, preview: &ImportPreview) -> Option<DeckCommand> {
    let options = &preview.options;
    let mut command = None;
    let headings = preview.sniffed.headings(options);
    let rows = preview.sniffed.preview_rows(options, MAX_SAMPLE_ROWS + usize::from(options.has_headings));
    column::card(ui, tokens, Margin::same(12), |ui| {
        egui::ScrollArea::horizontal().id_salt("columns").show(ui, |ui| {
            egui::Grid::new("columns of the file").spacing(vec2(16.0, 6.0)).show(ui, |ui| {
                for (index, role) in options.roles.iter().enumerate() {
                    let choices: Vec<MenuChoice<ColumnRole>> =
                        ColumnRole::ALL.iter().map(|role| MenuChoice::new(*role, role_name(*role))).collect();
                    let name = headings.get(index).map_or_else(
                        || text::decks::column_number(index + 1),
                        |heading| text::decks::column(heading),
                    );
                    let lit = *role != ColumnRole::Ignore;
                    if let Some(role) = menu_button(ui, tokens, &name, role_name(*role), lit, &choices) {
                        let mut roles = options.roles.clone();
                        roles[index] = role;
                        command = set_options(ImportOptions { roles, ..options.clone() });
                    }
                }
                ui.end_row();
                for row in rows.iter().skip(usize::from(options.has_headings)) {
                    for cell in &row.cells {
                        let text: String = cell.chars().take(48).collect();
                        let text = text.replace(['\n', '\r'], " ");
                        ui.label(TextSize::Caption.text(text, tokens.muted));
                    }
                    ui.end_row();
                }
            });
        });
    });
    command
}

fn role_name(role: ColumnRole) -> &'static str {
    match role {
        ColumnRole::Prompt => text::decks::QUESTION,
        ColumnRole::Answer => text::decks::ANSWER,
        ColumnRole::Topic => text::decks::TOPIC,
        ColumnRole::Tags => text::decks::TAGS,
        ColumnRole::Explanation => text::decks::EXPLANATION,
        ColumnRole::Hint => text::decks::HINT,
        ColumnRole::Id => text::decks::ID,
        ColumnRole::Kind => text::decks::KIND,
        ColumnRole::Ignore => text::decks::NOT_WANTED,
    }
}

/// Draws the result: the first questions, remarks, and the rows that were left out.
fn result_preview(ui: &mut Ui, tokens: &Tokens, imported: &ImportedQuestions) {
    ui.label(TextSize::Lead.strong(text::decks::questions(imported.questions.len()), tokens.ink));
    if imported.questions.is_empty() {
        ui.label(TextSize::Body.text(text::decks::CHOOSE_COLUMNS, tokens.muted));
    } else {
        column::card(ui, tokens, Margin::ZERO, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, question) in imported.questions.iter().take(MAX_QUESTIONS).enumerate() {
                if at > 0 {
                    column::hairline(ui, tokens);
                }
                Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let prompt = markdown::plain_line(&question.prompt);
                    ui.add(egui::Label::new(TextSize::Body.text(prompt, tokens.ink)).truncate());
                    let answer = format!(
                        "{} · {}",
                        question.answer.kind().label(),
                        markdown::plain_line(&answer_text(question))
                    );
                    ui.add(egui::Label::new(TextSize::Caption.text(answer, tokens.muted)).truncate());
                });
            }
        });
    }
    for remark in &imported.remarks {
        ui.add(egui::Label::new(TextSize::Caption.text(remark, tokens.muted)).wrap());
    }
    let skipped = &imported.skipped;
    if skipped.total > 0 {
        ui.add_space(12.0);
        ui.label(TextSize::Body.strong(text::decks::rows_skipped(skipped.total), tokens.ink));
        for row in skipped.rows.iter().take(MAX_SKIPPED_ROWS) {
            let text = text::decks::row_skipped(row.line, &row.reason, &markdown::plain_line(&row.excerpt));
            ui.add(egui::Label::new(TextSize::Caption.text(text, tokens.muted)).truncate());
        }
        if skipped.total > MAX_SKIPPED_ROWS {
            let more = text::decks::more_rows_skipped(skipped.total - MAX_SKIPPED_ROWS);
            ui.label(TextSize::Caption.text(more, tokens.muted));
        }
    }
}

fn answer_text(question: &Question) -> String {
    match &question.answer {
        Answer::Recall(RecallAnswer { back, .. }) => back.clone(),
        Answer::Typed(TypedAnswer { accepted, .. }) => accepted.join(" / "),
        Answer::Cloze(cloze) => {
            cloze.gaps().filter_map(|gap| gap.accepted.first()).cloned().collect::<Vec<_>>().join(", ")
        }
        Answer::Choice(ChoiceAnswer { right, .. }) => right.clone(),
        _ => String::new(),
    }
}

fn footer(ui: &mut Ui, tokens: &Tokens, import: &DeckImport) -> Option<Command> {
    let mut command = None;
    let ready = import.is_ready();
    column::footer(ui, tokens, "import", TABLE_COLUMN_WIDTH, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(12.0, 6.0);
            let finish = Command::Deck(DeckCommand::FinishImport);
            let label = match import.view() {
                ImportView::Preview(ImportPreview { imported: Some(imported), .. }, None) if ready => {
                    text::decks::import_questions(imported.questions.len())
                }
                _ => finish.label().to_owned(),
            };
            let button = Button::primary(&label).small().key(finish.key()).enabled(ready);
            if button.show(ui, tokens).clicked() && ready {
                command = Some(finish);
            }
            let cancel = DeckCommand::CancelImport;
            command = small_command_button(ui, tokens, cancel, ButtonStyle::Secondary).or(command.take());
        });
    });
    command
}
