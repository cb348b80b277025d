//! The widgets that the question form is made of, and its fields for every kind.

use eframe::egui::{Id, Key, Ui};

use crate::app::decks::form::QuestionForm;
use crate::domain::deck::Deck;
use crate::text;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::stepper::icon_button;
use crate::ui::{icons, kind};

/// The id of a field. It depends only on the name and the index of the row, so the focus stays while other fields come
/// and go.
pub fn field_id(name: &str, index: usize) -> Id {
    Id::unique(("question form", name, index))
}

/// Draws a field of one line, named by `id`, with its label and the text that stands in it while it is empty.
pub fn one_line(
    ui: &mut Ui,
    tokens: &Tokens,
    (id, label, hint): (&str, &str, &str),
    text: &mut String,
    is_invalid: bool,
) {
    TextField::new(field_id(id, 0), label).hint_text(hint).invalid(is_invalid).show(ui, tokens, text);
}

/// Draws a field for each text, and an empty one below them to add another.
pub fn text_list(
    ui: &mut Ui,
    tokens: &Tokens,
    (id, name): (&str, &str),
    texts: &mut Vec<String>,
    is_invalid: bool,
) {
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let filled = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    texts.resize(filled + 1, String::new());
    ui.spacing_mut().item_spacing.y = 4.0;
    for (index, text) in texts.iter_mut().enumerate() {
        let label = text::editor::field_number(name, index + 1);
        let field = TextField::new(field_id(id, index), &label).hide_label();
        let response = field.invalid(is_invalid && index == 0).show(ui, tokens, text);
        focus_next_on_enter(ui, &response, field_id(id, index + 1));
    }
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
    ui.spacing_mut().item_spacing.y = 8.0;
}

/// A list of two fields in a row.
pub struct PairList<'a> {
    /// Distinguishes it from other lists of the form.
    pub id: &'a str,
    /// The name of the list and of the first field.
    pub name: &'a str,
    /// The name of the second field.
    pub second: &'a str,
    /// Whether its rows can be moved up and down.
    pub is_movable: bool,
}

/// Draws two fields for each row, and an empty row below to add another.
pub fn pair_list(
    ui: &mut Ui,
    tokens: &Tokens,
    list: PairList<'_>,
    rows: &mut Vec<(String, String)>,
    is_invalid: bool,
) {
    let PairList { id, name, second, is_movable } = list;
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let is_blank = |(a, b): &(String, String)| a.is_empty() && b.is_empty();
    let filled = rows.iter().rposition(|row| !is_blank(row)).map_or(0, |last| last + 1);
    rows.resize(filled + 1, Default::default());
    let second_id = format!("{id}-second");
    let mut moved = None;
    ui.spacing_mut().item_spacing.y = 4.0;
    let count = rows.len();
    for (index, (text, note)) in rows.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let buttons = if is_movable { 88.0 } else { 0.0 };
            let width = ((ui.available_width() - buttons - 4.0) / 2.0).max(60.0);
            let label = text::editor::field_number(name, index + 1);
            let field = TextField::new(field_id(id, index), &label).hide_label().width(width);
            let response = field.invalid(is_invalid && index == 0).show(ui, tokens, text);
            focus_next_on_enter(ui, &response, field_id(id, index + 1));
            let label = text::editor::field_number(second, index + 1);
            let hint = if index == 0 || !text.is_empty() { second } else { "" };
            let field =
                TextField::new(field_id(&second_id, index), &label).hide_label().hint_text(hint).width(width);
            let response = field.show(ui, tokens, note);
            focus_next_on_enter(ui, &response, field_id(id, index + 1));
            if is_movable && index + 1 < count {
                let (up, down) = (text::editor::move_up(index + 1), text::editor::move_down(index + 1));
                if icon_button(ui, tokens, icons::UP, &up, index > 0).clicked() {
                    moved = Some((index, index - 1));
                }
                if icon_button(ui, tokens, icons::DOWN, &down, index + 2 < count).clicked() {
                    moved = Some((index, index + 1));
                }
            }
        });
    }
    if let Some((from, to)) = moved {
        rows.swap(from, to);
    }
    rows.truncate(rows.iter().rposition(|row| !is_blank(row)).map_or(0, |last| last + 1));
    ui.spacing_mut().item_spacing.y = 8.0;
}

/// Draws the fields that may stay empty. Returns whether an image is to be chosen.
pub fn optional_fields(
    ui: &mut Ui,
    tokens: &Tokens,
    form: &mut QuestionForm,
    deck: &Deck,
    id_at_fault: bool,
) -> bool {
    kind::optional_form_fields(ui, tokens, form);
    if form.has_confusable() {
        let (name, second) = (text::editor::CONFUSABLE, text::editor::WHY_DIFFERENT);
        let list = PairList { id: "confusable", name, second, is_movable: false };
        pair_list(ui, tokens, list, &mut form.confusable, false);
    }
    one_line(ui, tokens, ("hint", text::editor::HINT, ""), &mut form.hint, false);
    one_line(ui, tokens, ("tags", text::editor::TAGS, ""), &mut form.tags, false);
    let chooses_image = image_fields(ui, tokens, form);
    TextField::new(field_id("id", 0), text::editor::ID)
        .hint_text(text::editor::ID_FROM_PROMPT)
        .invalid(id_at_fault)
        .show(ui, tokens, &mut form.id);
    let passages = deck.source.as_ref().map(|source| &source.passages);
    if let Some(passages) = passages.filter(|passages| !passages.is_empty()) {
        ui.label(TextSize::Caption.text(text::editor::PASSAGES, tokens.muted));
        for (number, (key, gist)) in passages.iter().enumerate() {
            let mut cited = form.cite.contains(key);
            check_box(ui, tokens, &text::editor::passage(number + 1, gist), &mut cited);
            if cited != form.cite.contains(key) {
                match cited {
                    true => form.cite.push(key.clone()),
                    false => form.cite.retain(|each| each != key),
                }
            }
        }
    }
    chooses_image
}

/// Draws the fields of the question's image. Returns whether one is to be chosen.
fn image_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm) -> bool {
    let name = text::editor::IMAGE;
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let mut chooses_image = false;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 112.0).max(80.0);
        TextField::new(field_id("image", 0), name)
            .hide_label()
            .hint_text(text::editor::IMAGE_EXAMPLE)
            .width(width)
            .show(ui, tokens, &mut form.image);
        chooses_image = Button::secondary(text::editor::CHOOSE).small().show(ui, tokens).clicked();
    });
    if !form.image.trim().is_empty() {
        TextField::new(field_id("image-alt", 0), text::editor::IMAGE_DESCRIPTION).show(
            ui,
            tokens,
            &mut form.image_alt,
        );
    }
    chooses_image
}

/// Draws a check box with its label, and changes `value` when it is clicked.
pub fn check_box(ui: &mut Ui, tokens: &Tokens, text: &str, value: &mut bool) {
    let row = crate::ui::widgets::row::SelectableRow::new(text).compact().check_box();
    let (tone, icon) = match *value {
        true => (crate::ui::widgets::row::Tone::Picked, icons::CHECK),
        false => (crate::ui::widgets::row::Tone::Plain, icons::LESS),
    };
    let row = if *value { row.icon(icon) } else { row };
    if row.tone(tone).show(ui, tokens).clicked() {
        *value = !*value;
    }
}

/// Moves the focus to the field `next` when Enter is pressed in this one.
pub fn focus_next_on_enter(ui: &Ui, response: &eframe::egui::Response, next: Id) {
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        ui.memory_mut(|memory| memory.request_focus(next));
    }
}

/// The link that shows or hides the optional fields. Returns whether it was clicked.
pub fn optional_fields_link(ui: &mut Ui, tokens: &Tokens, shown: bool) -> bool {
    let text = if shown { text::editor::FEWER_FIELDS } else { text::editor::MORE_FIELDS };
    Button::link(text).show(ui, tokens).clicked()
}
