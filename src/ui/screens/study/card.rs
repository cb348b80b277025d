//! One card: caption, prompt, the widget of its kind, and below it what can be done.

use eframe::egui::{self, Id, Ui, vec2};

use super::{choices, cloze, confidence, match_sort, order, text, verdict};
use crate::app::study::{ActiveCard, Stage};
use crate::app::words;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::grade::Verdict;
use crate::domain::ids::Facet;
use crate::domain::task::{Response, TaskForm};
use crate::formats::images::field_image;
use crate::ui::icons;
use crate::ui::images;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens, WIDE_COLUMN_WIDTH};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::{column, image, keycap, markdown};

/// Draws the card before the learner.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, asked: &ActiveCard, now: &Moment) -> Option<Command> {
    let deck = &asked.deck;
    let question = asked.question();
    let width = match asked.task.form {
        TaskForm::Match { .. } | TaskForm::Sort { .. } => WIDE_COLUMN_WIDTH,
        _ => COLUMN_WIDTH,
    };
    let answered = match &asked.stage {
        Stage::Answering => None,
        Stage::Revealed { outcomes, .. } => Some((outcomes, asked.proposed_rating())),
        Stage::Graded { outcomes, rating, .. } => Some((outcomes, *rating)),
    };
    // A new id for every card, so that none begins scrolled down.
    let id = format!("card {} {}", asked.key, asked.shown_ms);
    let mut command = None;

    // The grades stand below the text; where that would be out of sight they stand at the window's lower edge.
    let at_edge_id = Id::unique("grades at the edge").with(&id);
    let at_edge = answered.is_some() && ui.data(|data| data.get_temp(at_edge_id)).unwrap_or(false);
    if let Some(answered) = answered.filter(|_| at_edge) {
        let ground = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(0, 8));
        egui::Panel::bottom("grades").resizable(false).frame(ground).show(ui, |ui| {
            column::centred_plainly(ui, width, |ui| {
                command = verdict::footer(ui, tokens, app, asked, answered, now, true);
            });
        });
    }
    let top = column::top_space(ui, 72.0);
    let folder = app.library().image_folder(&deck.id);
    let text = |ui: &mut Ui| {
        let title = deck.title.split(':').next().unwrap_or(&deck.title);
        let instruction = words::instruction(
            question,
            &asked.key.facet,
            deck.language.as_deref(),
            asked.task.instruction(),
        );
        let caption = ui.label(TextSize::Caption.text(format!("{title} · {instruction}"), tokens.muted));
        ui.add_space(4.0);
        prompt(ui, tokens, asked, matches!(asked.stage, Stage::Answering));
        let Some((outcomes, rating)) = answered else {
            return question_stage(ui, tokens, app, asked, caption.id);
        };
        let seen_id = at_edge_id.with("verdict in sight");
        // A long question would leave the verdict below what can be seen.
        let brings = at_edge && !ui.data(|data| data.get_temp(seen_id)).unwrap_or(false);
        if brings {
            ui.scroll_to_cursor(Some(egui::Align::Center));
            ui.data_mut(|data| data.insert_temp(seen_id, true));
        }
        match &asked.stage {
            Stage::Graded { verdict, response, .. } => {
                feedback(ui, tokens, asked, verdict, response, brings);
                confidence::feedback(ui, tokens, asked);
            }
            _ => {
                if let TaskForm::Recall { back } = &asked.task.form {
                    column::card(ui, tokens, egui::Margin::same(16), |ui| {
                        markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
                    });
                }
            }
        }
        let mut command = verdict::explanation(ui, tokens, asked);
        if asked.can_set_confidence() {
            command = confidence::input(ui, tokens, app, asked).or(command);
        }
        if !at_edge {
            ui.add_space(16.0);
            command = verdict::footer(ui, tokens, app, asked, (outcomes, rating), now, false).or(command);
            if ui.min_rect().bottom() > ui.clip_rect().bottom() {
                ui.data_mut(|data| data.insert_temp(at_edge_id, true));
                ui.ctx().request_discard("the grades do not fit below the text");
            }
        }
        ui.add_space(4.0);
        command = verdict::actions(ui, tokens, app, asked).or(command);
        verdict::interval_reason(ui, tokens, app, asked, outcomes, rating, now);
        command
    };
    let in_text =
        column::centred(ui, &id, width, top, |ui| images::with_image_context(ui, folder, &id, text));
    command.or(in_text)
}

/// What is asked, with the question's picture; `is_open`: nothing of the answer may show yet.
fn prompt(ui: &mut Ui, tokens: &Tokens, asked: &ActiveCard, is_open: bool) {
    if matches!(asked.task.form, TaskForm::Cloze { .. }) {
        // The words stand between the gaps.
        for each in crate::formats::markdown::images(&asked.task.prompt) {
            image::show(ui, tokens, &each);
        }
    } else {
        markdown::show(ui, tokens, &asked.task.prompt, TextSize::Prompt, true, tokens.ink);
    }
    if let Some(reading) = asked.prompt_reading().filter(|_| !is_open) {
        ui.add(egui::Label::new(TextSize::Body.text(reading, tokens.muted)).wrap());
    }
    // Of a card the other way round the picture is a part of the answer.
    let is_answer = asked.key.facet == Facet::Reverse && is_open;
    if let Some(own) = field_image(asked.question()).filter(|_| !is_answer) {
        ui.add_space(4.0);
        image::show(ui, tokens, &own);
    }
    if !matches!(asked.task.form, TaskForm::Cloze { .. }) {
        ui.add_space(12.0);
    }
}

/// The card outside of any session: to be tried out by its author, without grades and dates.
pub fn show_preview(ui: &mut Ui, tokens: &Tokens, asked: &ActiveCard) -> Option<Command> {
    let question = asked.question();
    let deck = &asked.deck;
    let instruction =
        words::instruction(question, &asked.key.facet, deck.language.as_deref(), asked.task.instruction());
    let caption = ui.label(TextSize::Caption.text(instruction, tokens.muted));
    prompt(ui, tokens, asked, matches!(asked.stage, Stage::Answering));
    if let Stage::Graded { verdict, response, .. } = &asked.stage {
        if let TaskForm::Recall { back } = &asked.task.form {
            markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
        } else {
            feedback(ui, tokens, asked, verdict, response, false);
        }
        return verdict::explanation(ui, tokens, asked);
    }
    let mut command = input(ui, tokens, asked, None, caption.id);
    hint(ui, tokens, asked);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let by_one_click =
            matches!(asked.task.form, TaskForm::Bool { .. } | TaskForm::Choice { many: false, .. });
        let is_reveal = matches!(asked.task.form, TaskForm::Recall { .. });
        if !by_one_click && !is_reveal {
            let check = Button::new("Check", Weight::Secondary).small().enabled(asked.draft.is_complete());
            if check.show(ui, tokens).clicked() {
                command = Some(Command::Check);
            }
        }
        if Button::new("Show answer", Weight::Secondary).small().show(ui, tokens).clicked() {
            command = Some(Command::ShowAnswer);
        }
        let has_hint = question.hint.is_some() && !asked.hint_shown;
        if has_hint && Button::new("Hint", Weight::Secondary).small().show(ui, tokens).clicked() {
            command = Some(Command::ShowHint);
        }
    });
    command
}

/// The card in a test: nothing is told about the answer, and `given` can be changed.
pub fn show_in_attempt(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    asked: &ActiveCard,
    given: Option<&Response>,
) -> Option<Command> {
    let question = asked.question();
    let (deck, facet) = (&asked.deck, &asked.key.facet);
    let instruction = match &asked.task.form {
        TaskForm::Recall { .. } => "answer in your own words".to_owned(),
        _ => words::instruction(question, facet, deck.language.as_deref(), asked.task.instruction()),
    };
    let title = deck.title.split(':').next().unwrap_or(&deck.title);
    let caption = ui.label(TextSize::Caption.text(format!("{title} · {instruction}"), tokens.muted));
    ui.add_space(4.0);
    prompt(ui, tokens, asked, true);
    let answered = input(ui, tokens, asked, given, caption.id);
    ui.add_space(8.0);
    confidence::input(ui, tokens, app, asked).or(answered)
}

/// The card in a report: the answer given, what is right, and why.
pub fn show_in_report(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
) -> Option<Command> {
    prompt(ui, tokens, asked, false);
    if let TaskForm::Recall { back } = &asked.task.form {
        recall_feedback(ui, tokens, response, back);
        verdict::headline(ui, tokens, &asked.task.form, verdict);
        verdict::note(ui, tokens, verdict);
    } else {
        feedback(ui, tokens, asked, verdict, response, false);
    }
    verdict::explanation(ui, tokens, asked)
}

/// An answer in own words above the right one, to be judged by its writer.
pub fn show_for_self_grade(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &ActiveCard,
    response: &Response,
) -> Option<Command> {
    prompt(ui, tokens, asked, false);
    if let TaskForm::Recall { back } = &asked.task.form {
        recall_feedback(ui, tokens, response, back);
    }
    verdict::explanation(ui, tokens, asked)
}

fn recall_feedback(ui: &mut Ui, tokens: &Tokens, response: &Response, back: &str) {
    if let Response::Typed(text) = response {
        ui.label(TextSize::Caption.text("Your answer", tokens.muted));
        ui.add(egui::Label::new(TextSize::Lead.text(text, tokens.ink)).wrap());
        ui.add_space(8.0);
    }
    ui.label(TextSize::Caption.text("The right answer", tokens.muted));
    column::card(ui, tokens, egui::Margin::same(16), |ui| {
        markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
    });
}

/// What takes the answer, by kind; `given`: the answer so far, where one click gave it and it can be changed.
fn input(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &ActiveCard,
    given: Option<&Response>,
    caption: egui::Id,
) -> Option<Command> {
    match &asked.task.form {
        TaskForm::Recall { .. } => text::input(ui, tokens, asked, caption),
        TaskForm::Bool { .. } => choices::bool_input(ui, tokens, given),
        TaskForm::Choice { options, many: false } => choices::choice_input(ui, tokens, options, given),
        TaskForm::Choice { options, many: true } => choices::choices_input(ui, tokens, options, &asked.draft),
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
            text::input(ui, tokens, asked, caption)
        }
        TaskForm::Cloze { pieces, .. } => {
            cloze::input(ui, tokens, &asked.task, pieces, &asked.draft, |gap| text::answer_id(asked, gap))
        }
        TaskForm::Order { items } => order::input(ui, tokens, items, &asked.draft),
        TaskForm::Match { lefts, rights, .. } => {
            match_sort::match_input(ui, tokens, lefts, rights, &asked.draft)
        }
        TaskForm::Sort { bins, items } => match_sort::sort_input(ui, tokens, bins, items, &asked.draft),
    }
}

fn hint(ui: &mut Ui, tokens: &Tokens, asked: &ActiveCard) {
    if asked.hint_shown
        && let Some(hint) = &asked.question().hint
    {
        ui.add_space(8.0);
        let text = format!("{} {hint}", icons::HINT);
        markdown::show(ui, tokens, &text, TextSize::Body, false, tokens.partly);
    }
}

fn question_stage(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    asked: &ActiveCard,
    caption: egui::Id,
) -> Option<Command> {
    let mut command = input(ui, tokens, asked, None, caption);
    let question = asked.question();
    hint(ui, tokens, asked);
    ui.add_space(12.0);
    if let Some(said) = confidence::input(ui, tokens, app, asked) {
        command = Some(said);
    }
    let reveal = matches!(asked.task.form, TaskForm::Recall { .. });
    let direct = matches!(asked.task.form, TaskForm::Bool { .. } | TaskForm::Choice { many: false, .. });
    if reveal {
        if Button::new("Show answer", Weight::Primary).key("Space").show(ui, tokens).clicked() {
            command = Some(Command::ShowAnswer);
        }
    } else if !direct {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let ready = asked.draft.is_complete();
            let check = Button::new("Check", Weight::Primary).key("Enter").enabled(ready);
            if check.show(ui, tokens).clicked() {
                command = Some(Command::Check);
            }
            if let Some(help) = key_help(&asked.task.form) {
                ui.label(TextSize::Caption.text(help, tokens.muted));
            }
        });
    }
    ui.add_space(8.0);
    let alt = if has_text_field(&asked.task.form) { "Alt " } else { "" };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        if question.hint.is_some()
            && !asked.hint_shown
            && keycap::hint(ui, tokens, &format!("{alt}H"), "Hint").clicked()
        {
            command = Some(Command::ShowHint);
        }
        if keycap::hint(ui, tokens, &format!("{alt}X"), "I don’t know").clicked() {
            command = Some(Command::GiveUp);
        }
        for (key, action) in [("S", Command::Suspend), ("B", Command::Bury)] {
            if keycap::hint(ui, tokens, &format!("{alt}{key}"), action.label()).clicked() {
                command = Some(action);
            }
        }
        if app.can_undo_redo().0 && keycap::hint(ui, tokens, "Ctrl Z", "Undo").clicked() {
            command = Some(Command::Undo);
        }
        if keycap::hint(ui, tokens, if alt.is_empty() { "?" } else { "Ctrl K" }, "All keys").clicked() {
            ui.data_mut(|data| data.insert_temp(crate::ui::command_palette::request_id(), true));
        }
    });
    command
}

/// Whether the form has text fields, so that bare keys are letters.
pub fn has_text_field(form: &TaskForm) -> bool {
    matches!(
        form,
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } | TaskForm::Cloze { .. }
    )
}

/// How the keys give an answer of that kind, where it is not plain.
pub fn key_help(form: &TaskForm) -> Option<&'static str> {
    match form {
        TaskForm::Choice { many: true, .. } => Some("every number ticks or unticks an option"),
        TaskForm::Order { .. } => {
            Some("an item’s number, then its new place; Shift with ↑ ↓ moves it; or drag")
        }
        TaskForm::Match { .. } => Some("an item’s number, then its partner’s; Backspace takes back; or drag"),
        TaskForm::Sort { .. } => Some("an item’s number, then a bin’s; Backspace takes back; or drag"),
        TaskForm::Cloze { .. } => Some("Tab goes to the next gap"),
        _ => None,
    }
}

fn feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
    brings: bool,
) {
    match &asked.task.form {
        TaskForm::Recall { .. } => {}
        TaskForm::Bool { .. } => choices::bool_feedback(ui, tokens, verdict),
        TaskForm::Choice { options, many } => {
            choices::feedback(ui, tokens, options, *many, verdict, response, brings)
        }
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
            text::feedback(ui, tokens, asked, verdict, response);
            return;
        }
        TaskForm::Cloze { pieces, .. } => cloze::feedback(ui, tokens, asked, pieces, verdict, response),
        TaskForm::Order { items } => order::feedback(ui, tokens, items, verdict, response),
        TaskForm::Match { lefts, rights, right_of } => {
            match_sort::match_feedback(ui, tokens, lefts, rights, right_of, verdict, response);
        }
        TaskForm::Sort { bins, items } => {
            match_sort::sort_feedback(ui, tokens, bins, items, verdict, response)
        }
    }
    verdict::headline(ui, tokens, &asked.task.form, verdict);
    verdict::note(ui, tokens, verdict);
}
