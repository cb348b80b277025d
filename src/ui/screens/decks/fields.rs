//! The fields of the question form, for each kind of answer.

use eframe::egui::{Id, Key, Ui};

use crate::app::decks::form::{BinForm, QuestionForm};
use crate::domain::deck::Deck;
use crate::domain::question::Kind;
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::stepper::{icon_button, option_buttons};

/// The id of a field. It depends only on the name and the index of the row, so the focus stays while other fields come
/// and go.
pub fn field_id(name: &str, index: usize) -> Id {
    Id::unique(("question form", name, index))
}

/// Draws the fields of the right answer. `is_invalid` marks the first of them as wrong.
pub fn answer_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm, is_invalid: bool) {
    let one = |ui: &mut Ui, id: &str, name: &str, hint: &str, text: &mut String, is_invalid: bool| {
        TextField::new(field_id(id, 0), name).hint_text(hint).invalid(is_invalid).show(ui, tokens, text);
    };
    match form.kind {
        Kind::Recall => {
            let field = TextField::new(field_id("back", 0), "Answer").rows(2).invalid(is_invalid);
            field.show(ui, tokens, &mut form.back);
            check_box(ui, tokens, "Ask it the other way round too", &mut form.reverse);
            if form.reverse {
                let hint = "left empty: the answer itself";
                one(
                    ui,
                    "reverse prompt",
                    "Prompt of the other way round",
                    hint,
                    &mut form.reverse_prompt,
                    false,
                );
            }
        }
        Kind::Typed => {
            text_list(
                ui,
                tokens,
                "accepted",
                "Right answers: the first is shown",
                "",
                &mut form.accepted,
                is_invalid,
            );
            check_box(ui, tokens, "Spelling matters", &mut form.strict);
        }
        Kind::Number => {
            one(ui, "number", "The number", "such as 1953 or 3.5", &mut form.number, is_invalid);
            one(ui, "within", "How far off is still right", "0", &mut form.within, false);
            one(
                ui,
                "unit",
                "Unit, shown behind the field",
                "such as km; may stay empty",
                &mut form.unit,
                false,
            );
        }
        Kind::Date => {
            one(ui, "date", "The date", "such as 1953-07-27", &mut form.date, is_invalid);
            one(ui, "within days", "Days off that are still right", "0", &mut form.within_days, false);
        }
        Kind::Bool => {
            ui.label(TextSize::Caption.text("The sentence is", tokens.muted));
            if let Some(truth) = option_buttons(ui, tokens, &[(true, "True"), (false, "False")], form.truth) {
                form.truth = truth;
            }
        }
        Kind::Choice | Kind::Choices => option_fields(ui, tokens, form, is_invalid),
        Kind::Cloze => {
            let help = "Write the answer into the prompt between double braces: “The treaty is of {{1953}}.” \
                        {{answer|also right}} accepts more, {{answer::hint}} shows a hint in the gap, \
                        {{a:answer}} makes a card of its own of each name.";
            ui.add(eframe::egui::Label::new(TextSize::Caption.text(help, tokens.muted)).wrap());
            if form.any_order || form.prompt.matches("{{").count() > 1 {
                check_box(ui, tokens, "The gaps may be filled in any order", &mut form.any_order);
            }
        }
        Kind::Order => {
            let names = ("Items in the right order", "a note, shown with the verdict; may stay empty");
            pair_list(ui, tokens, "item", names, &mut form.items, is_invalid);
        }
        Kind::Match => {
            pair_list(ui, tokens, "pair", ("Pairs", "what belongs to it"), &mut form.pairs, is_invalid)
        }
        Kind::Sort => bin_fields(ui, tokens, form, is_invalid),
    }
}

fn option_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm, is_invalid: bool) {
    if form.kind == Kind::Choices || form.right.iter().filter(|text| !text.trim().is_empty()).count() > 1 {
        text_list(ui, tokens, "right", "Right options", "", &mut form.right, is_invalid);
    } else {
        if form.right.is_empty() {
            form.right.push(String::new());
        }
        let field = TextField::new(field_id("right", 0), "Right option").invalid(is_invalid);
        let response = field.show(ui, tokens, &mut form.right[0]);
        focus_next_on_enter(ui, &response, field_id("wrong", 0));
        if form.right == [String::new()] {
            form.right.clear();
        }
        if form.right == [String::new()] {
            form.right.clear();
        }
    }
    let names = ("Wrong options", "why it is wrong; may stay empty");
    pair_list(ui, tokens, "wrong", names, &mut form.wrong, is_invalid);
    if form.kind == Kind::Choice {
        let name = "Once it is learned, ask it by typing (words that are right; may stay empty)";
        text_list(ui, tokens, "typed", name, "", &mut form.typed, false);
    }
}

fn bin_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm, is_invalid: bool) {
    let filled = |form: &QuestionForm| {
        form.bins.iter().rposition(|bin| *bin != BinForm::default()).map_or(0, |last| last + 1)
    };
    let most = filled(form);
    form.bins.resize(most.max(1) + 1, BinForm::default());
    for (index, bin) in form.bins.iter_mut().enumerate() {
        let name = format!("Group {}", index + 1);
        TextField::new(field_id("bin", index), &name)
            .hint_text("its name")
            .invalid(is_invalid && index < 2)
            .show(ui, tokens, &mut bin.name);
        if !bin.name.trim().is_empty() || !bin.items.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(20.0);
                ui.vertical(|ui| {
                    let id = format!("items of {index}");
                    text_list(ui, tokens, &id, "What belongs in it", "", &mut bin.items, false);
                });
            });
        }
        ui.add_space(4.0);
    }
    // The empty row that was added above is no change of the form.
    form.bins.truncate(filled(form));
}

/// Draws a field for each text, and an empty one below them to add another.
pub fn text_list(
    ui: &mut Ui,
    tokens: &Tokens,
    id: &str,
    name: &str,
    hint: &str,
    texts: &mut Vec<String>,
    is_invalid: bool,
) {
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let filled = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    texts.resize(filled + 1, String::new());
    ui.spacing_mut().item_spacing.y = 4.0;
    for (index, text) in texts.iter_mut().enumerate() {
        let label = format!("{name}, {}", index + 1);
        let field = TextField::new(field_id(id, index), &label)
            .hide_label()
            .hint_text(hint)
            .invalid(is_invalid && index == 0);
        let response = field.show(ui, tokens, text);
        focus_next_on_enter(ui, &response, field_id(id, index + 1));
    }
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
    ui.spacing_mut().item_spacing.y = 8.0;
}

/// Draws two fields for each row, and an empty row below to add another. Rows of an Order can also be moved.
fn pair_list(
    ui: &mut Ui,
    tokens: &Tokens,
    id: &str,
    (name, second): (&str, &str),
    rows: &mut Vec<(String, String)>,
    is_invalid: bool,
) {
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let is_blank = |(a, b): &(String, String)| a.is_empty() && b.is_empty();
    let filled = rows.iter().rposition(|row| !is_blank(row)).map_or(0, |last| last + 1);
    rows.resize(filled + 1, Default::default());
    let second_id = format!("{id} second");
    let is_order = id == "item";
    let mut moved = None;
    ui.spacing_mut().item_spacing.y = 4.0;
    let count = rows.len();
    for (index, (text, note)) in rows.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let buttons = if is_order { 88.0 } else { 0.0 };
            let width = ((ui.available_width() - buttons - 4.0) / 2.0).max(60.0);
            let label = format!("{name}, {}", index + 1);
            let field = TextField::new(field_id(id, index), &label).hide_label().width(width);
            let response = field.invalid(is_invalid && index == 0).show(ui, tokens, text);
            focus_next_on_enter(ui, &response, field_id(id, index + 1));
            let label = format!("{second}, {}", index + 1);
            let hint = if index == 0 || !text.is_empty() { second } else { "" };
            let field =
                TextField::new(field_id(&second_id, index), &label).hide_label().hint_text(hint).width(width);
            let response = field.show(ui, tokens, note);
            focus_next_on_enter(ui, &response, field_id(id, index + 1));
            if is_order && index + 1 < count {
                if icon_button(ui, tokens, icons::UP, &format!("Move item {} up", index + 1), index > 0)
                    .clicked()
                {
                    moved = Some((index, index - 1));
                }
                let can_move_down = index + 2 < count;
                if icon_button(
                    ui,
                    tokens,
                    icons::DOWN,
                    &format!("Move item {} down", index + 1),
                    can_move_down,
                )
                .clicked()
                {
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
    let one = |ui: &mut Ui, id: &str, name: &str, hint: &str, text: &mut String| {
        TextField::new(field_id(id, 0), name).hint_text(hint).show(ui, tokens, text);
    };
    if form.kind == Kind::Typed {
        let name = "Right answers the other way round: makes a second card";
        text_list(ui, tokens, "also reverse", name, "", &mut form.also_reverse, false);
        reading_fields(ui, tokens, "reading", &form.accepted, &mut form.readings);
        reading_fields(ui, tokens, "reverse reading", &form.also_reverse, &mut form.reverse_readings);
    }
    let is_typed = match form.kind {
        Kind::Typed | Kind::Cloze => true,
        Kind::Choice => form.typed.iter().any(|word| !word.trim().is_empty()),
        _ => false,
    };
    if is_typed {
        let names =
            ("Easily confused with: never taken for a slip", "why it is not the answer; may stay empty");
        pair_list(ui, tokens, "confusable", names, &mut form.confusable, false);
    }
    one(ui, "hint", "Hint, shown on request", "", &mut form.hint);
    one(ui, "tags", "Tags, parted by commas", "", &mut form.tags);
    let chooses_image = image_fields(ui, tokens, form);
    TextField::new(field_id("id", 0), "Id: keeps the progress whatever is changed")
        .hint_text("made from the question")
        .invalid(id_at_fault)
        .show(ui, tokens, &mut form.id);
    let passages = deck.source.as_ref().map(|source| &source.passages);
    if let Some(passages) = passages.filter(|passages| !passages.is_empty()) {
        ui.label(TextSize::Caption.text("Passages that it comes from", tokens.muted));
        for (number, (key, gist)) in passages.iter().enumerate() {
            let mut cited = form.cite.contains(key);
            check_box(ui, tokens, &format!("{}. {gist}", number + 1), &mut cited);
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

/// Draws a field for the reading of each word, that is, how it is read aloud.
fn reading_fields(ui: &mut Ui, tokens: &Tokens, id: &str, words: &[String], texts: &mut Vec<String>) {
    let is_only = words.iter().filter(|word| !word.trim().is_empty()).count() == 1 && id == "reading";
    texts.resize(texts.len().max(words.len()), String::new());
    for (index, (word, text)) in words.iter().zip(texts.iter_mut()).enumerate() {
        // Words of the reverse side in plain letters are mostly in the author's own language, which needs no reading.
        let is_plain = id != "reading" && word.is_ascii() && text.is_empty();
        if word.trim().is_empty() || is_plain {
            continue;
        }
        let name = match is_only {
            true => "How the answer is read aloud".to_owned(),
            false => format!("How “{}” is read aloud", word.trim()),
        };
        TextField::new(field_id(id, index), &name).hint_text("such as a romanisation").show(ui, tokens, text);
    }
    // The empty fields that were added above are no change of the form.
    texts.truncate(texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
}

/// Draws the fields of the question's image. Returns whether one is to be chosen.
fn image_fields(ui: &mut Ui, tokens: &Tokens, form: &mut QuestionForm) -> bool {
    let name = "Picture: a file beside the deck’s (or drop one here)";
    ui.label(TextSize::Caption.text(name, tokens.muted));
    let mut chooses_image = false;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 112.0).max(80.0);
        TextField::new(field_id("image", 0), name)
            .hide_label()
            .hint_text("such as map.png")
            .width(width)
            .show(ui, tokens, &mut form.image);
        chooses_image = Button::new("Choose…", ButtonStyle::Secondary).small().show(ui, tokens).clicked();
    });
    if !form.image.trim().is_empty() {
        TextField::new(field_id("image alt", 0), "What the picture shows, for those who cannot see it").show(
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
fn focus_next_on_enter(ui: &Ui, response: &eframe::egui::Response, next: Id) {
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        ui.memory_mut(|memory| memory.request_focus(next));
    }
}

/// The link that shows or hides the optional fields. Returns whether it was clicked.
pub fn optional_fields_link(ui: &mut Ui, tokens: &Tokens, shown: bool) -> bool {
    let text = if shown { "Fewer fields" } else { "More fields: hint, tags, picture, id, passages" };
    Button::new(text, ButtonStyle::Link).show(ui, tokens).clicked()
}
