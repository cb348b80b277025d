//! One card: caption, prompt, the input of its kind, and the commands below.

use eframe::egui::{self, Id, Ui, vec2};

use super::{confidence, verdict};
use crate::app::study::{ActiveCard, Stage, StudyCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::grade::Verdict;
use crate::domain::ids::Facet;
use crate::domain::task::Response;
use crate::formats::images::field_image;
use crate::text;
use crate::ui::icons;
use crate::ui::kind::{self, GradedAnswer, InputContext, Presentation, Submit};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, command_button};
use crate::ui::widgets::{column, image, keycap, markdown};
use crate::ui::{command_palette, images};

/// Draws the card of the session: its question, or after the answer its verdict and the rating buttons.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, card: &ActiveCard, now: &Moment) -> Option<Command> {
    let deck = &card.deck;
    let question = card.question();
    let width = Presentation::of(&card.task.form).column_width;
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
        command = column::footer(ui, tokens, "grades", width, |ui| {
            verdict::footer(ui, tokens, app, card, answered, now, true)
        });
    }
    let top = column::top_space(ui, 72.0);
    let folder = app.library().image_folder(&deck.id);
    let text = |ui: &mut Ui| {
        let title = deck.title.split(':').next().unwrap_or(&deck.title);
        let instruction = text::study::instruction(
            question,
            &card.key.facet,
            deck.language.as_deref(),
            card.task.instruction(),
        );
        let caption =
            ui.label(TextSize::Caption.text(text::study::caption(title, &instruction), tokens.muted));
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
                kind::feedback(ui, tokens, &GradedAnswer { card, verdict, response, scroll_into_view });
                confidence::feedback(ui, tokens, card);
            }
            Stage::Answering | Stage::Revealed { .. } => {
                if let Some(back) = kind::back_to_grade(&card.task.form) {
                    kind::show_back(ui, tokens, back);
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
    let is_in_input = Presentation::of(&card.task.form).draws_prompt;
    if is_in_input {
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
    if !is_in_input {
        ui.add_space(12.0);
    }
}

/// The card in the editor's preview: no ratings, no due dates.
pub fn show_preview(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard) -> Option<Command> {
    let question = card.question();
    let deck = &card.deck;
    let instruction = text::study::instruction(
        question,
        &card.key.facet,
        deck.language.as_deref(),
        card.task.instruction(),
    );
    let caption = ui.label(TextSize::Caption.text(instruction, tokens.muted));
    prompt(ui, tokens, card, matches!(card.stage, Stage::Answering));
    if let Stage::Graded { verdict, response, .. } = &card.stage {
        if let Some(back) = kind::back_to_grade(&card.task.form) {
            markdown::show(ui, tokens, back, TextSize::Lead, false, tokens.ink);
        } else {
            kind::feedback(ui, tokens, &GradedAnswer { card, verdict, response, scroll_into_view: false });
        }
        return verdict::explanation(ui, tokens, card);
    }
    let mut command = input(ui, tokens, card, None, caption.id);
    hint(ui, tokens, card);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if Presentation::of(&card.task.form).submit == Submit::Check {
            let check = Button::secondary(text::study::commands::CHECK.label)
                .small()
                .enabled(card.draft.is_complete());
            if check.show(ui, tokens).clicked() {
                command = Some(Command::Study(StudyCommand::Check));
            }
        }
        if Button::secondary(text::study::commands::SHOW_ANSWER.label).small().show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::ShowAnswer));
        }
        let has_hint = question.hint.is_some() && !card.hint_shown;
        if has_hint
            && Button::secondary(text::study::commands::SHOW_HINT.label).small().show(ui, tokens).clicked()
        {
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
    let instruction = match Presentation::of(&card.task.form).attempt_instruction {
        Some(instruction) => instruction.to_owned(),
        None => text::study::instruction(question, facet, deck.language.as_deref(), card.task.instruction()),
    };
    let title = deck.title.split(':').next().unwrap_or(&deck.title);
    let caption = ui.label(TextSize::Caption.text(text::study::caption(title, &instruction), tokens.muted));
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
    if let Some(back) = kind::back_to_grade(&card.task.form) {
        kind::show_written(ui, tokens, response, back);
    }
    kind::feedback(ui, tokens, &GradedAnswer { card, verdict, response, scroll_into_view: false });
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
    if let Some(back) = kind::back_to_grade(&card.task.form) {
        kind::show_written(ui, tokens, response, back);
    }
    verdict::explanation(ui, tokens, card)
}

fn input(
    ui: &mut Ui,
    tokens: &Tokens,
    card: &ActiveCard,
    response: Option<&Response>,
    caption: egui::Id,
) -> Option<Command> {
    kind::input(ui, tokens, &InputContext { card, response, caption }).map(Command::Study)
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
    let presentation = Presentation::of(&card.task.form);
    match presentation.submit {
        Submit::OneClick => {}
        Submit::ShowAnswer => {
            let show_answer = StudyCommand::ShowAnswer;
            command = command_button(ui, tokens, show_answer, ButtonStyle::Primary).or(command);
        }
        Submit::Check => {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let ready = card.draft.is_complete();
                let check = Command::Study(StudyCommand::Check);
                let button = Button::command(&check, ButtonStyle::Primary).enabled(ready);
                if button.show(ui, tokens).clicked() {
                    command = Some(check);
                }
                if let Some(help) = presentation.key_help {
                    ui.label(TextSize::Caption.text(help, tokens.muted));
                }
            });
        }
    }
    ui.add_space(8.0);
    let beside_text = card.is_typing_answer();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        let has_hint = question.hint.is_some() && !card.hint_shown;
        let mut hints: Vec<Command> = Vec::new();
        hints.extend(has_hint.then_some(Command::Study(StudyCommand::ShowHint)));
        let of_card = [StudyCommand::GiveUp, StudyCommand::Suspend, StudyCommand::Bury];
        hints.extend(of_card.map(Command::Study));
        hints.extend(app.can_undo_redo().0.then_some(Command::Undo));
        for hint in hints {
            command = keycap::command_hint(ui, tokens, hint, beside_text).or(command.take());
        }
        let [plain, with_ctrl] = command_palette::SHORTCUTS;
        let palette = if beside_text { with_ctrl } else { plain };
        if keycap::key_hint(ui, tokens, palette, text::study::ALL_KEYS).clicked() {
            ui.data_mut(|data| data.insert_temp(command_palette::request_id(), true));
        }
    });
    command
}
