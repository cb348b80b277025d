//! One card: caption, prompt, the input of its kind, and the commands below.

use eframe::egui::{self, Id, Ui, vec2};

use super::{choices, cloze, confidence, match_sort, order, typed, verdict};
use crate::app::study::{ActiveCard, Stage, StudyCommand};
use crate::app::words;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::grade::Verdict;
use crate::domain::ids::Facet;
use crate::domain::task::{
    ChoiceTask, ChoicesTask, ClozeTask, MatchTask, OrderTask, RecallTask, Response, SortTask, TaskForm,
};
use crate::formats::images::field_image;
use crate::ui::icons;
use crate::ui::images;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens, WIDE_COLUMN_WIDTH};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::{column, image, keycap, markdown};

/// Draws the card of the session: its question, or after the answer its verdict and the rating buttons.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, card: &ActiveCard, now: &Moment) -> Option<Command> {
    let deck = &card.deck;
    let question = card.question();
    let width = match card.task.form {
        TaskForm::Match { .. } | TaskForm::Sort { .. } => WIDE_COLUMN_WIDTH,
        _ => COLUMN_WIDTH,
    };
    let answered = match &card.stage {
        Stage::Answering => None,
        Stage::Revealed { outcomes, .. } => Some((outcomes, card.proposed_rating())),
        Stage::Graded { outcomes, rating, .. } => Some((outcomes, *rating)),
    };
    // A new id for every card, so that each begins scrolled to its top.
    let id = format!("card {} {}", card.key, card.shown_ms);
    let mut command = None;

    // The rating buttons stand below the text. If they would be out of sight there, they get a panel at the lower edge.
    let at_edge_id = Id::unique("grades at the edge").with(&id);
    let is_at_edge = answered.is_some() && ui.data(|data| data.get_temp(at_edge_id)).unwrap_or(false);
    if let Some(answered) = answered.filter(|_| is_at_edge) {
        let frame = egui::Frame::new().fill(tokens.paper).inner_margin(egui::Margin::symmetric(0, 8));
        egui::Panel::bottom("grades").resizable(false).frame(frame).show(ui, |ui| {
            column::centred_without_scroll(ui, width, |ui| {
                command = verdict::footer(ui, tokens, app, card, answered, now, true);
            });
        });
    }
    let top = column::top_space(ui, 72.0);
    let folder = app.library().image_folder(&deck.id);
    let text = |ui: &mut Ui| {
        let title = deck.title.split(':').next().unwrap_or(&deck.title);
        let instruction =
            words::instruction(question, &card.key.facet, deck.language.as_deref(), card.task.instruction());
        let caption = ui.label(TextSize::Caption.text(format!("{title} · {instruction}"), tokens.muted));
        ui.add_space(4.0);
        prompt(ui, tokens, card, matches!(card.stage, Stage::Answering));
        let Some((outcomes, rating)) = answered else {
            return question_stage(ui, tokens, app, card, caption.id);
        };
        let seen_id = at_edge_id.with("verdict in sight");
        // Below a long question the verdict would be out of sight.
        let scroll_into_view = is_at_edge && !ui.data(|data| data.get_temp(seen_id)).unwrap_or(false);
        if scroll_into_view {
            ui.scroll_to_cursor(Some(egui::Align::Center));
            ui.data_mut(|data| data.insert_temp(seen_id, true));
        }
        match &card.stage {
            Stage::Graded { verdict, response, .. } => {
                feedback(ui, tokens, card, verdict, response, scroll_into_view);
                confidence::feedback(ui, tokens, card);
            }
            _ => {
                if let TaskForm::Recall(RecallTask { back }) = &card.task.form {
                    column::card(ui, tokens, egui::Margin::same(16), |ui| {
                        markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
                    });
                }
            }
        }
        let mut command = verdict::explanation(ui, tokens, card);
        if card.can_set_confidence() {
            command = confidence::input(ui, tokens, app, card).or(command);
        }
        if !is_at_edge {
            ui.add_space(16.0);
            command = verdict::footer(ui, tokens, app, card, (outcomes, rating), now, false).or(command);
            if ui.min_rect().bottom() > ui.clip_rect().bottom() {
                ui.data_mut(|data| data.insert_temp(at_edge_id, true));
                ui.ctx().request_discard("the grades do not fit below the text");
            }
        }
        ui.add_space(4.0);
        command = verdict::actions(ui, tokens, app, card).or(command);
        verdict::interval_reason(ui, tokens, app, card, outcomes, rating, now);
        command
    };
    let in_text =
        column::centred(ui, &id, width, top, |ui| images::with_image_context(ui, folder, &id, text));
    command.or(in_text)
}

/// Draws the prompt and the image of the question. With `hides_answer` nothing that belongs to the answer is drawn.
fn prompt(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard, hides_answer: bool) {
    if matches!(card.task.form, TaskForm::Cloze { .. }) {
        // The text itself is drawn around the gaps.
        for image in crate::formats::markdown::images(&card.task.prompt) {
            image::show(ui, tokens, &image);
        }
    } else {
        markdown::show(ui, tokens, &card.task.prompt, TextSize::Prompt, true, tokens.ink);
    }
    if let Some(reading) = card.prompt_reading().filter(|_| !hides_answer) {
        ui.add(egui::Label::new(TextSize::Body.text(reading, tokens.muted)).wrap());
    }
    // On a reversed card the image belongs to the answer.
    let is_part_of_answer = card.key.facet == Facet::Reverse && hides_answer;
    if let Some(image) = field_image(card.question()).filter(|_| !is_part_of_answer) {
        ui.add_space(4.0);
        image::show(ui, tokens, &image);
    }
    if !matches!(card.task.form, TaskForm::Cloze { .. }) {
        ui.add_space(12.0);
    }
}

/// The card in the editor's preview: no ratings, no due dates.
pub fn show_preview(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard) -> Option<Command> {
    let question = card.question();
    let deck = &card.deck;
    let instruction =
        words::instruction(question, &card.key.facet, deck.language.as_deref(), card.task.instruction());
    let caption = ui.label(TextSize::Caption.text(instruction, tokens.muted));
    prompt(ui, tokens, card, matches!(card.stage, Stage::Answering));
    if let Stage::Graded { verdict, response, .. } = &card.stage {
        if let TaskForm::Recall(RecallTask { back }) = &card.task.form {
            markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
        } else {
            feedback(ui, tokens, card, verdict, response, false);
        }
        return verdict::explanation(ui, tokens, card);
    }
    let mut command = input(ui, tokens, card, None, caption.id);
    hint(ui, tokens, card);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let by_one_click = matches!(card.task.form, TaskForm::Bool { .. } | TaskForm::Choice { .. });
        let is_recall = matches!(card.task.form, TaskForm::Recall { .. });
        if !by_one_click && !is_recall {
            let check =
                Button::new("Check", ButtonStyle::Secondary).small().enabled(card.draft.is_complete());
            if check.show(ui, tokens).clicked() {
                command = Some(Command::Study(StudyCommand::Check));
            }
        }
        if Button::new("Show answer", ButtonStyle::Secondary).small().show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::ShowAnswer));
        }
        let has_hint = question.hint.is_some() && !card.hint_shown;
        if has_hint && Button::new("Hint", ButtonStyle::Secondary).small().show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::ShowHint));
        }
    });
    command
}

/// The card in a test. Nothing is shown of the right answer, and `response`, the answer so far, can be changed.
pub fn show_in_attempt(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    card: &ActiveCard,
    response: Option<&Response>,
) -> Option<Command> {
    let question = card.question();
    let (deck, facet) = (&card.deck, &card.key.facet);
    let instruction = match &card.task.form {
        TaskForm::Recall { .. } => "answer in your own words".to_owned(),
        _ => words::instruction(question, facet, deck.language.as_deref(), card.task.instruction()),
    };
    let title = deck.title.split(':').next().unwrap_or(&deck.title);
    let caption = ui.label(TextSize::Caption.text(format!("{title} · {instruction}"), tokens.muted));
    ui.add_space(4.0);
    prompt(ui, tokens, card, true);
    let answered = input(ui, tokens, card, response, caption.id);
    ui.add_space(8.0);
    confidence::input(ui, tokens, app, card).or(answered)
}

/// The card in the report of a test: the answer, the right one, and the explanation.
pub fn show_in_report(
    ui: &mut Ui,
    tokens: &Tokens,
    card: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
) -> Option<Command> {
    prompt(ui, tokens, card, false);
    if let TaskForm::Recall(RecallTask { back }) = &card.task.form {
        recall_feedback(ui, tokens, response, back);
        verdict::headline(ui, tokens, &card.task.form, verdict);
        verdict::note(ui, tokens, verdict);
    } else {
        feedback(ui, tokens, card, verdict, response, false);
    }
    verdict::explanation(ui, tokens, card)
}

/// A written answer to a Recall card above the right one, for the learner to grade.
pub fn show_for_self_grade(
    ui: &mut Ui,
    tokens: &Tokens,
    card: &ActiveCard,
    response: &Response,
) -> Option<Command> {
    prompt(ui, tokens, card, false);
    if let TaskForm::Recall(RecallTask { back }) = &card.task.form {
        recall_feedback(ui, tokens, response, back);
    }
    verdict::explanation(ui, tokens, card)
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

/// Draws the input for the kind of the card. `response` is the answer so far, for kinds that are answered by one click;
/// `None` outside of tests.
fn input(
    ui: &mut Ui,
    tokens: &Tokens,
    card: &ActiveCard,
    response: Option<&Response>,
    caption: egui::Id,
) -> Option<Command> {
    match &card.task.form {
        TaskForm::Recall { .. } => typed::input(ui, tokens, card, caption),
        TaskForm::Bool { .. } => choices::bool_input(ui, tokens, response),
        TaskForm::Choice(ChoiceTask { options }) => choices::choice_input(ui, tokens, options, response),
        TaskForm::Choices(ChoicesTask { options }) => {
            choices::choices_input(ui, tokens, options, &card.draft)
        }
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
            typed::input(ui, tokens, card, caption)
        }
        TaskForm::Cloze(ClozeTask { pieces, .. }) => {
            cloze::input(ui, tokens, &card.task, pieces, &card.draft, |gap| typed::answer_id(card, gap))
        }
        TaskForm::Order(OrderTask { items }) => order::input(ui, tokens, items, &card.draft),
        TaskForm::Match(MatchTask { lefts, rights, .. }) => {
            match_sort::match_input(ui, tokens, lefts, rights, &card.draft)
        }
        TaskForm::Sort(SortTask { bins, items }) => {
            match_sort::sort_input(ui, tokens, bins, items, &card.draft)
        }
    }
}

fn hint(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard) {
    if card.hint_shown
        && let Some(hint) = &card.question().hint
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
    card: &ActiveCard,
    caption: egui::Id,
) -> Option<Command> {
    let mut command = input(ui, tokens, card, None, caption);
    let question = card.question();
    hint(ui, tokens, card);
    ui.add_space(12.0);
    if let Some(set_confidence) = confidence::input(ui, tokens, app, card) {
        command = Some(set_confidence);
    }
    let is_recall = matches!(card.task.form, TaskForm::Recall { .. });
    let by_one_click = matches!(card.task.form, TaskForm::Bool { .. } | TaskForm::Choice { .. });
    if is_recall {
        if Button::new("Show answer", ButtonStyle::Primary).key("Space").show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::ShowAnswer));
        }
    } else if !by_one_click {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let ready = card.draft.is_complete();
            let check = Button::new("Check", ButtonStyle::Primary).key("Enter").enabled(ready);
            if check.show(ui, tokens).clicked() {
                command = Some(Command::Study(StudyCommand::Check));
            }
            if let Some(help) = key_help(&card.task.form) {
                ui.label(TextSize::Caption.text(help, tokens.muted));
            }
        });
    }
    ui.add_space(8.0);
    let alt = if has_text_field(&card.task.form) { "Alt " } else { "" };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        if question.hint.is_some()
            && !card.hint_shown
            && keycap::key_hint(ui, tokens, &format!("{alt}H"), "Hint").clicked()
        {
            command = Some(Command::Study(StudyCommand::ShowHint));
        }
        if keycap::key_hint(ui, tokens, &format!("{alt}X"), "I don’t know").clicked() {
            command = Some(Command::Study(StudyCommand::GiveUp));
        }
        for (key, action) in
            [("S", Command::Study(StudyCommand::Suspend)), ("B", Command::Study(StudyCommand::Bury))]
        {
            if keycap::key_hint(ui, tokens, &format!("{alt}{key}"), action.label()).clicked() {
                command = Some(action);
            }
        }
        if app.can_undo_redo().0 && keycap::key_hint(ui, tokens, "Ctrl Z", "Undo").clicked() {
            command = Some(Command::Undo);
        }
        if keycap::key_hint(ui, tokens, if alt.is_empty() { "?" } else { "Ctrl K" }, "All keys").clicked() {
            ui.data_mut(|data| data.insert_temp(crate::ui::command_palette::request_id(), true));
        }
    });
    command
}

/// Whether the card has text fields, so that letters go to them and commands need Alt.
pub fn has_text_field(form: &TaskForm) -> bool {
    matches!(
        form,
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } | TaskForm::Cloze { .. }
    )
}

/// How to answer by keyboard, for kinds where that is not obvious.
pub fn key_help(form: &TaskForm) -> Option<&'static str> {
    match form {
        TaskForm::Choices { .. } => Some("every number ticks or unticks an option"),
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
    card: &ActiveCard,
    verdict: &Verdict,
    response: &Response,
    scroll_into_view: bool,
) {
    match &card.task.form {
        TaskForm::Recall { .. } => {}
        TaskForm::Bool { .. } => choices::bool_feedback(ui, tokens, verdict),
        TaskForm::Choice(ChoiceTask { options }) => {
            choices::feedback(ui, tokens, options, false, verdict, response, scroll_into_view)
        }
        TaskForm::Choices(ChoicesTask { options }) => {
            choices::feedback(ui, tokens, options, true, verdict, response, scroll_into_view)
        }
        TaskForm::Typed(_) | TaskForm::Number { .. } | TaskForm::Date { .. } => {
            typed::feedback(ui, tokens, card, verdict, response);
            return;
        }
        TaskForm::Cloze(ClozeTask { pieces, .. }) => {
            cloze::feedback(ui, tokens, card, pieces, verdict, response)
        }
        TaskForm::Order(OrderTask { items }) => order::feedback(ui, tokens, items, verdict, response),
        TaskForm::Match(MatchTask { lefts, rights, right_of }) => {
            match_sort::match_feedback(ui, tokens, lefts, rights, right_of, verdict, response);
        }
        TaskForm::Sort(SortTask { bins, items }) => {
            match_sort::sort_feedback(ui, tokens, bins, items, verdict, response)
        }
    }
    verdict::headline(ui, tokens, &card.task.form, verdict);
    verdict::note(ui, tokens, verdict);
}
