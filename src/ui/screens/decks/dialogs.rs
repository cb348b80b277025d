//! The dialogs of the Decks screen.

use std::sync::Arc;

use eframe::egui::{self, Id, Key, Modifiers, Ui};

use crate::app::decks::paste::{self, PastedQuestions};
use crate::app::decks::{DeckCommand, DeckDetails, Dialog, PathPurpose};
use crate::app::{App, Command, Shortcut};
use crate::formats::import::ImportAs;
use crate::text;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::stepper::option_buttons;

/// The id of the field that gets the focus when a dialog opens. `None` for a dialog without fields.
pub fn first_field(dialog: &Dialog) -> Option<Id> {
    match dialog {
        Dialog::NewDeck { .. } => Some(id("title", 0)),
        Dialog::Paste { .. } => Some(id("paste", 0)),
        Dialog::Details(_) => Some(id("title", 0)),
        Dialog::Path { .. } => Some(id("path", 0)),
        Dialog::CopyImage { .. } | Dialog::CarryProgress { .. } | Dialog::Unsaved => None,
    }
}

/// What kind of answer the second column of a list becomes, with the label of the choice.
pub const TARGETS: [(ImportAs, &str); 4] = [
    (ImportAs::ByLength, text::decks::TYPE_SHORT_ANSWERS),
    (ImportAs::Typed, text::decks::TYPE_ALL_ANSWERS),
    (ImportAs::Recall, text::decks::FLASHCARDS),
    (ImportAs::Both, text::decks::FLASHCARDS_BOTH_WAYS),
];

fn id(name: &str, index: usize) -> Id {
    Id::unique(("dialog", name, index))
}

/// Draws a dialog over the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, dialog: &Dialog) -> Option<Command> {
    let ctx = ui.ctx().clone();
    let screen = ctx.content_rect();
    let modal = column::modal(&ctx, tokens, Id::unique("deck dialog"), CARD_RADIUS, 20);
    let modal = modal.show(&ctx, |ui| {
        ui.set_width((screen.width() - 64.0).min(560.0));
        let most = screen.height() * 0.8 - 40.0;
        let area = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most);
        let scrolled = area.show(ui, |ui| {
            // The scroll bar floats over the content, so the content leaves room for it.
            ui.set_max_width(ui.available_width() - 12.0);
            content(ui, tokens, app, dialog)
        });
        scrolled.inner
    });
    if modal.backdrop_response.clicked() {
        return Some(Command::Deck(DeckCommand::CloseDialog));
    }
    modal.inner.map(Command::Deck)
}

fn content(ui: &mut Ui, tokens: &Tokens, app: &App, dialog: &Dialog) -> Option<DeckCommand> {
    ui.spacing_mut().item_spacing.y = 8.0;
    let mut new = dialog.clone();
    let (confirm, ready) = match &mut new {
        Dialog::NewDeck { title } => {
            ui.label(TextSize::Lead.strong(text::decks::NEW_DECK, tokens.ink));
            TextField::new(id("title", 0), text::decks::DECK_TITLE)
                .size(TextSize::Lead)
                .show(ui, tokens, title);
            ui.add(egui::Label::new(TextSize::Caption.text(text::decks::DETAILS_LATER, tokens.muted)).wrap());
            (text::decks::CREATE_DECK, !title.trim().is_empty())
        }
        Dialog::Paste { text, target } => {
            (text::decks::ADD_QUESTIONS, paste_form(ui, tokens, app, text, target))
        }
        Dialog::Details(details) => (text::decks::SAVE, details_form(ui, tokens, details)),
        Dialog::CopyImage { file, name } => {
            ui.label(TextSize::Lead.strong(text::decks::COPY_IMAGE, tokens.ink));
            let words = text::decks::copy_image(file.display(), name);
            ui.add(egui::Label::new(TextSize::Body.text(words, tokens.ink)).wrap());
            (text::decks::COPY_IMAGE_CONFIRM, true)
        }
        Dialog::Path { purpose, path } => {
            let (title, hint) = match purpose {
                PathPurpose::Import => (text::decks::WHICH_FILE, "/home/you/words.csv"),
                PathPurpose::Folder => (text::decks::WHICH_FOLDER, "/home/you/decks"),
                PathPurpose::Image => (text::decks::WHICH_IMAGE, "/home/you/map.png"),
            };
            ui.label(TextSize::Lead.strong(title, tokens.ink));
            TextField::new(id("path", 0), text::decks::PATH).hint_text(hint).show(ui, tokens, path);
            ui.add(
                egui::Label::new(TextSize::Caption.text(text::decks::NO_FILE_DIALOG, tokens.muted)).wrap(),
            );
            (text::decks::USE_PATH, !path.trim().is_empty())
        }
        Dialog::CarryProgress { questions, .. } => {
            ui.label(TextSize::Lead.strong(text::decks::CARRY_PROGRESS, tokens.ink));
            let words = text::decks::carry_progress(*questions);
            ui.add(egui::Label::new(TextSize::Body.text(words, tokens.ink)).wrap());
            (text::decks::CARRY_PROGRESS_CONFIRM, true)
        }
        Dialog::Unsaved => return unsaved(ui, tokens),
    };
    ui.add_space(8.0);
    let mut command = (new != *dialog).then_some(DeckCommand::SetDialog(new));
    let is_one_line = !matches!(dialog, Dialog::Paste { .. } | Dialog::Details(_));
    ui.horizontal(|ui| {
        let key = if is_one_line { Shortcut::Enter } else { Shortcut::CtrlEnter };
        let confirm = Button::primary(confirm).small().key(key).enabled(ready);
        if confirm.show(ui, tokens).clicked() && ready {
            command = Some(DeckCommand::Confirm);
        }
        let cancel = Button::secondary(text::decks::CANCEL).small().key(Shortcut::Escape);
        if cancel.show(ui, tokens).clicked() {
            command = Some(DeckCommand::CloseDialog);
        }
    });
    let by_key = ui.input_mut(|input| {
        input.consume_key(Modifiers::COMMAND, Key::Enter)
            || (is_one_line && input.consume_key(Modifiers::NONE, Key::Enter))
    });
    if by_key && ready { Some(DeckCommand::Confirm) } else { command }
}

fn paste_form(ui: &mut Ui, tokens: &Tokens, app: &App, text: &mut String, target: &mut ImportAs) -> bool {
    ui.label(TextSize::Lead.strong(text::decks::PASTE_LIST, tokens.ink));
    ui.add(egui::Label::new(TextSize::Caption.text(text::decks::PASTE_LIST_HELP, tokens.muted)).wrap());
    TextField::new(id("paste", 0), text::decks::LIST).hide_label().rows(8).show(ui, tokens, text);
    if let Some(new) = option_buttons(ui, tokens, &TARGETS, *target) {
        *target = new;
    }
    let Some(deck) = app.page_deck() else { return false };
    // Parsed once for each text, not in each frame.
    let key = id("pasted", 0).with((&*text, format!("{target:?}"), Arc::as_ptr(deck) as usize));
    let kept: Option<Arc<PastedQuestions>> = ui.data(|data| data.get_temp(key));
    let pasted = kept.unwrap_or_else(|| {
        let read = Arc::new(paste::questions(text, *target, "", &paste::question_ids(deck)));
        ui.data_mut(|data| {
            data.remove_by_type::<Arc<PastedQuestions>>();
            data.insert_temp(key, read.clone());
        });
        read
    });
    if !text.trim().is_empty() {
        ui.label(TextSize::Body.text(text::decks::questions(pasted.questions.len()), tokens.ink));
        for why in pasted.skipped.iter().take(4) {
            ui.label(TextSize::Caption.text(text::decks::line_skipped(why), tokens.wrong));
        }
        if pasted.skipped_count > 4 {
            let more = text::decks::more_lines_skipped(pasted.skipped_count - 4);
            ui.label(TextSize::Caption.text(more, tokens.wrong));
        }
    }
    !pasted.questions.is_empty()
}

fn details_form(ui: &mut Ui, tokens: &Tokens, details: &mut DeckDetails) -> bool {
    ui.label(TextSize::Lead.strong(text::decks::DECK_DETAILS, tokens.ink));
    TextField::new(id("title", 0), text::decks::DECK_TITLE).show(ui, tokens, &mut details.title);
    let description = TextField::new(id("description", 0), text::decks::DESCRIPTION).rows(2);
    description.show(ui, tokens, &mut details.description);
    ui.label(TextSize::Caption.text(text::decks::TOPICS, tokens.muted));
    if details.topics.last().is_none_or(|(key, name)| !key.is_empty() || !name.is_empty()) {
        details.topics.push(Default::default());
    }
    ui.spacing_mut().item_spacing.y = 4.0;
    for (index, (key, name)) in details.topics.iter_mut().enumerate() {
        let label = text::decks::topic_number(index + 1);
        let hint = if key.is_empty() { text::decks::ANOTHER_TOPIC } else { key.as_str() };
        TextField::new(id("topic", index), &label).hide_label().hint_text(hint).show(ui, tokens, name);
    }
    if details.topics.last().is_some_and(|(key, name)| key.is_empty() && name.is_empty()) {
        details.topics.pop();
    }
    ui.add(egui::Label::new(TextSize::Caption.text(text::decks::TOPICS_HELP, tokens.muted)).wrap());
    !details.title.trim().is_empty()
}

fn unsaved(ui: &mut Ui, tokens: &Tokens) -> Option<DeckCommand> {
    ui.label(TextSize::Lead.strong(text::decks::UNSAVED, tokens.ink));
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        let mut button =
            |ui: &mut Ui, label: &str, key: Shortcut, weight: ButtonStyle, action: DeckCommand| {
                if Button::new(label, weight).small().key(key).show(ui, tokens).clicked() {
                    command = Some(action);
                }
            };
        button(ui, text::decks::SAVE, Shortcut::Enter, ButtonStyle::Primary, DeckCommand::Confirm);
        button(ui, text::decks::DISCARD, Shortcut::Char('D'), ButtonStyle::Secondary, DeckCommand::Discard);
        button(
            ui,
            text::decks::KEEP_WRITING,
            Shortcut::Escape,
            ButtonStyle::Secondary,
            DeckCommand::CloseDialog,
        );
    });
    let by_key = ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            Some(DeckCommand::Confirm)
        } else if input.consume_key(Modifiers::NONE, Key::D) {
            Some(DeckCommand::Discard)
        } else {
            None
        }
    });
    by_key.or(command)
}
