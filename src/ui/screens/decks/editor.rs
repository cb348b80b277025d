//! The editor of a question: its form, and a preview of the question.

use eframe::egui::{self, Id, Margin, Ui, vec2};

use super::fields::{self, field_id};
use super::preview;
use crate::app::decks::DeckCommand;
use crate::app::decks::editor::Editor;
use crate::app::decks::form::{FormField, QuestionForm};
use crate::app::kind::MENU;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::question::Question;
use crate::formats::ron_deck::write;
use crate::library::Origin;
use crate::text;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, small_command_button};
use crate::ui::widgets::column;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::menu_button::{MenuChoice, menu_button};
use crate::ui::{icons, kind};

/// Narrowest content with the preview beside the form, in points.
const SIDE_BY_SIDE_MIN_WIDTH: f32 = 820.0;
/// Widest content, form and preview together, in points.
const MAX_WIDTH: f32 = 1120.0;

/// Narrowest bar at the lower edge with all its buttons, in points.
const ALL_ACTIONS_MIN_WIDTH: f32 = 420.0;

/// The id of the field that gets the focus when the editor opens.
pub fn first_field() -> Id {
    field_id("prompt", 0)
}

/// Draws the editor. Questions of shipped decks can be looked at, not changed.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, editor: &Editor, _now: &Moment) -> Option<Command> {
    let Some(loaded) = app.library().deck(&editor.deck) else { return deck_missing(ui, tokens, editor) };
    let deck = &loaded.deck;
    let read_only = matches!(loaded.origin, Origin::Shipped(_));
    let folder = app.library().image_folder(&deck.id);
    let mut command = footer(ui, tokens, editor, deck, read_only);
    let top = column::top_space(ui, 28.0);
    // A new id for every question, so that each begins scrolled to its top.
    let id = format!("editor {} {:?} {}", deck.id, editor.question, editor.questions_written);
    let drawn = column::centred(ui, &id, MAX_WIDTH, top, |ui| {
        let mut command = None;
        let text = format!("{} {}", icons::BACK, deck.title);
        if Button::link(&text).show(ui, tokens).clicked() {
            command = Some(Command::Deck(DeckCommand::CloseEditor));
        }
        let title = match (read_only, &editor.question) {
            (true, _) => text::editor::READ_ONLY_TITLE,
            (false, Some(_)) => text::editor::EDIT_TITLE,
            (false, None) => text::editor::NEW_TITLE,
        };
        ui.label(TextSize::Title.strong(title, tokens.ink));
        if let Some(theirs) = &editor.conflict {
            command = conflict(ui, tokens, editor, theirs).or(command);
        }
        ui.add_space(8.0);
        let width = ui.available_width();
        if width >= SIDE_BY_SIDE_MIN_WIDTH {
            ui.horizontal_top(|ui| {
                let gap = 32.0;
                let left = ((width - gap) * 0.5).floor();
                for (part, width) in [(0, left), (1, width - left - gap)] {
                    column::part(ui, width, 0.0, |ui| {
                        command = match part {
                            0 => form(ui, tokens, editor, deck, read_only),
                            _ => preview::show(ui, tokens, editor, folder),
                        }
                        .or(command.take());
                    });
                    if part == 0 {
                        ui.add_space(gap - 8.0);
                    }
                }
            });
        } else {
            command = form(ui, tokens, editor, deck, read_only).or(command);
            ui.add_space(16.0);
            command = preview::show(ui, tokens, editor, folder).or(command);
        }
        command
    });
    command = command.or(drawn);
    command
}

/// Shown while the deck's file is missing: what was written, until the file is back.
fn deck_missing(ui: &mut Ui, tokens: &Tokens, editor: &Editor) -> Option<Command> {
    let top = column::top_space(ui, 28.0);
    column::centred(ui, "editor without its deck", MAX_WIDTH, top, |ui| {
        ui.label(TextSize::Title.strong(text::editor::FILE_GONE, tokens.ink));
        ui.add(egui::Label::new(TextSize::Body.text(text::editor::FILE_GONE_HELP, tokens.muted)).wrap());
        ui.add_space(12.0);
        column::card(ui, tokens, Margin::same(16), |ui| {
            let text = match editor.written_question() {
                Ok(question) => write::question(&question, 0),
                Err(_) => editor.form.prompt.clone(),
            };
            let code = egui::FontId::new(TextSize::Caption.size(), egui::FontFamily::Monospace);
            let label = egui::Label::new(egui::RichText::new(text).font(code).color(tokens.ink));
            ui.add(label.wrap().selectable(true));
        });
        ui.add_space(12.0);
        small_command_button(ui, tokens, DeckCommand::CloseEditor, ButtonStyle::Secondary)
    })
}

fn form(ui: &mut Ui, tokens: &Tokens, editor: &Editor, deck: &Deck, read_only: bool) -> Option<Command> {
    let mut form = editor.form.clone();
    let problem_of = |field: FormField| {
        editor.problems().iter().find(|problem| editor.shows_problems && problem.field == field)
    };
    let problem = |ui: &mut Ui, field: FormField| {
        if let Some(problem) = problem_of(field) {
            let text = format!("{} {}", icons::PROBLEM, problem.message);
            ui.add(egui::Label::new(TextSize::Caption.text(text, tokens.wrong)).wrap());
        }
    };
    let mut chooses = false;
    ui.add_enabled_ui(!read_only, |ui| {
        ui.horizontal_wrapped(|ui| {
            let kinds =
                MENU.map(|kind| MenuChoice::new(kind, kind.label()).below(text::editor::kind_help(kind)));
            if let Some(kind) = menu_button(ui, tokens, text::editor::KIND, form.kind.label(), true, &kinds) {
                form.kind = kind;
            }
            let topics: Vec<MenuChoice<String>> =
                deck.topics.iter().map(|(key, name)| MenuChoice::new(key.clone(), name)).collect();
            let name = deck.topic_name(&form.topic).to_owned();
            if let Some(topic) = menu_button(ui, tokens, text::editor::TOPIC, &name, false, &topics) {
                form.topic = topic;
            }
        });
        problem(ui, FormField::Topic);
        TextField::new(first_field(), text::editor::PROMPT)
            .rows(2)
            .hint_text(text::editor::prompt_hint(form.kind))
            .size(TextSize::Lead)
            .invalid(problem_of(FormField::Prompt).is_some())
            .show(ui, tokens, &mut form.prompt);
        problem(ui, FormField::Prompt);
        kind::form_fields(ui, tokens, &mut form, problem_of(FormField::Answer).is_some());
        problem(ui, FormField::Answer);
        TextField::new(field_id("explain", 0), text::editor::EXPLANATION).rows(2).show(
            ui,
            tokens,
            &mut form.explain,
        );
        chooses = optional_fields(ui, tokens, &mut form, deck, problem_of(FormField::Id).is_some());
        problem(ui, FormField::Id);
    });
    if chooses && !read_only {
        return Some(Command::Deck(DeckCommand::ChooseImage));
    }
    (form != editor.form && !read_only).then(|| Command::Deck(DeckCommand::SetForm(Box::new(form))))
}

/// Draws the fields that may stay empty, or only the link that shows them. Returns whether an image is to be chosen.
fn optional_fields(
    ui: &mut Ui,
    tokens: &Tokens,
    form: &mut QuestionForm,
    deck: &Deck,
    id_at_fault: bool,
) -> bool {
    let shown_id = Id::unique("more fields of the question form");
    let has_some = !form.hint.is_empty()
        || !form.tags.is_empty()
        || !form.image.is_empty()
        || !form.cite.is_empty()
        || !form.id.is_empty()
        || form.answer.typed.has_optional()
        || !form.confusable.is_empty();
    let shown = ui.data(|data| data.get_temp(shown_id)).unwrap_or(has_some) || id_at_fault;
    ui.add_space(4.0);
    if fields::optional_fields_link(ui, tokens, shown) {
        ui.data_mut(|data| data.insert_temp(shown_id, !shown));
    }
    shown && fields::optional_fields(ui, tokens, form, deck, id_at_fault)
}

fn footer(ui: &mut Ui, tokens: &Tokens, editor: &Editor, deck: &Deck, read_only: bool) -> Option<Command> {
    let mut command = None;
    column::footer(ui, tokens, "editor", MAX_WIDTH, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(12.0, 6.0);
            // A narrow bar shows only the buttons that are needed; the keys do the rest.
            let has_room = ui.available_width() >= ALL_ACTIONS_MIN_WIDTH;
            let mut button = |ui: &mut Ui, action: DeckCommand, weight: ButtonStyle| {
                let action = Command::Deck(action);
                let key = action.key().filter(|_| has_room);
                let button = Button::new(action.label(), weight).small().key(key);
                if button.show(ui, tokens).clicked() {
                    command = Some(action);
                }
            };
            if read_only {
                button(ui, DeckCommand::Copy(deck.id.clone()), ButtonStyle::Primary);
            } else {
                button(ui, DeckCommand::Save(false), ButtonStyle::Primary);
                if editor.question.is_none() && has_room {
                    button(ui, DeckCommand::Save(true), ButtonStyle::Secondary);
                }
            }
            button(ui, DeckCommand::CloseEditor, ButtonStyle::Secondary);
            if read_only && has_room {
                ui.label(TextSize::Caption.text(text::decks::SHIPPED_IS_FIXED, tokens.muted));
            }
        });
    });
    command
}

/// Shows both versions of a question that was changed in the file while it was being edited, to choose one.
fn conflict(ui: &mut Ui, tokens: &Tokens, editor: &Editor, theirs: &Question) -> Option<Command> {
    let mut command = None;
    column::outlined(ui, tokens, tokens.partly, |ui| {
        let words = format!("{} {}", icons::PROBLEM, text::editor::CONFLICT);
        ui.label(TextSize::Body.strong(words, tokens.ink));
        let mine = match editor.form.question() {
            Ok(mine) => write::question(&mine, 0),
            Err(_) => text::editor::NOT_FINISHED.to_owned(),
        };
        for (name, text, choose) in [
            (text::editor::THEIRS, write::question(theirs, 0), DeckCommand::TakeTheirs),
            (text::editor::MINE, mine, DeckCommand::KeepMine),
        ] {
            ui.add_space(4.0);
            ui.label(TextSize::Caption.text(name, tokens.muted));
            let code = egui::FontId::new(TextSize::Caption.size(), egui::FontFamily::Monospace);
            ui.add(egui::Label::new(egui::RichText::new(text).font(code).color(tokens.ink)).wrap());
            let choose = Command::Deck(choose);
            if Button::secondary(choose.label()).small().show(ui, tokens).clicked() {
                command = Some(choose);
            }
        }
    });
    command
}
