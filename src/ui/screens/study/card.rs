//! One card: caption, prompt, the widget of its kind, and below it what can be done.

use eframe::egui::{self, Id, Ui, vec2};

use super::{arrange, confidence, gaps, pick, places, text, verdict};
use crate::app::study::{Asked, Stage};
use crate::app::words;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::grade::Verdict;
use crate::domain::ids::Facet;
use crate::domain::task::{Form, Response};
use crate::formats::pictures::of_field;
use crate::ui::icons;
use crate::ui::pictures;
use crate::ui::theme::{COLUMN, Tokens, Type, WIDE_COLUMN};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::{column, keycap, markdown, picture};

/// Draws the card before the learner.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, asked: &Asked, now: &Moment) -> Option<Command> {
    let deck = &asked.deck;
    let question = asked.question();
    let width = match asked.task.form {
        Form::Pair { .. } | Form::Bins { .. } => WIDE_COLUMN,
        _ => COLUMN,
    };
    let answered = match &asked.stage {
        Stage::Asking => None,
        Stage::Revealed { outcomes, .. } => Some((outcomes, asked.proposed())),
        Stage::Judged { outcomes, rating, .. } => Some((outcomes, *rating)),
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
    let folder = app.library().picture_folder(&deck.id);
    let text = |ui: &mut Ui| {
        let title = deck.title.split(':').next().unwrap_or(&deck.title);
        let instruction = words::instruction(
            question,
            &asked.key.facet,
            deck.language.as_deref(),
            asked.task.instruction(),
        );
        let caption = ui.label(Type::Caption.text(format!("{title} · {instruction}"), tokens.muted));
        ui.add_space(4.0);
        prompt(ui, tokens, asked, matches!(asked.stage, Stage::Asking));
        let Some((outcomes, rating)) = answered else {
            return asking(ui, tokens, app, asked, caption.id);
        };
        let seen_id = at_edge_id.with("verdict in sight");
        // A long question would leave the verdict below what can be seen.
        let brings = at_edge && !ui.data(|data| data.get_temp(seen_id)).unwrap_or(false);
        if brings {
            ui.scroll_to_cursor(Some(egui::Align::Center));
            ui.data_mut(|data| data.insert_temp(seen_id, true));
        }
        match &asked.stage {
            Stage::Judged { verdict, response, .. } => {
                judged(ui, tokens, asked, verdict, response, brings);
                confidence::told(ui, tokens, asked);
            }
            _ => {
                if let Form::Reveal { back } = &asked.task.form {
                    column::card(ui, tokens, egui::Margin::same(16), |ui| {
                        markdown::show(ui, tokens, back, Type::Lead, false, tokens.ink);
                    });
                }
            }
        }
        let mut command = verdict::explanation(ui, tokens, asked);
        if asked.may_say_confidence() {
            command = confidence::asking(ui, tokens, app, asked).or(command);
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
        verdict::reason(ui, tokens, app, asked, outcomes, rating, now);
        command
    };
    let in_text = column::centred(ui, &id, width, top, |ui| pictures::within(ui, folder, &id, text));
    command.or(in_text)
}

/// What is asked, with the question's picture; `is_open`: nothing of the answer may show yet.
fn prompt(ui: &mut Ui, tokens: &Tokens, asked: &Asked, is_open: bool) {
    if matches!(asked.task.form, Form::Gaps { .. }) {
        // The words stand between the gaps.
        for each in crate::formats::markdown::pictures(&asked.task.prompt) {
            picture::show(ui, tokens, &each);
        }
    } else {
        markdown::show(ui, tokens, &asked.task.prompt, Type::Prompt, true, tokens.ink);
    }
    if let Some(reading) = asked.prompt_reading().filter(|_| !is_open) {
        ui.add(egui::Label::new(Type::Body.text(reading, tokens.muted)).wrap());
    }
    // Of a card the other way round the picture is a part of the answer.
    let is_answer = asked.key.facet == Facet::Reverse && is_open;
    if let Some(own) = of_field(asked.question()).filter(|_| !is_answer) {
        ui.add_space(4.0);
        picture::show(ui, tokens, &own);
    }
    if !matches!(asked.task.form, Form::Gaps { .. }) {
        ui.add_space(12.0);
    }
}

/// The card outside of any session: to be tried out by its author, without grades and dates.
pub fn try_out(ui: &mut Ui, tokens: &Tokens, asked: &Asked) -> Option<Command> {
    let question = asked.question();
    let deck = &asked.deck;
    let instruction =
        words::instruction(question, &asked.key.facet, deck.language.as_deref(), asked.task.instruction());
    let caption = ui.label(Type::Caption.text(instruction, tokens.muted));
    prompt(ui, tokens, asked, matches!(asked.stage, Stage::Asking));
    if let Stage::Judged { verdict, response, .. } = &asked.stage {
        if let Form::Reveal { back } = &asked.task.form {
            markdown::show(ui, tokens, back, Type::Lead, false, tokens.ink);
        } else {
            judged(ui, tokens, asked, verdict, response, false);
        }
        return verdict::explanation(ui, tokens, asked);
    }
    let mut command = widget(ui, tokens, asked, None, caption.id);
    hint(ui, tokens, asked);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let by_one_click = matches!(asked.task.form, Form::Bool { .. } | Form::Pick { many: false, .. });
        let is_reveal = matches!(asked.task.form, Form::Reveal { .. });
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
pub fn in_test(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    asked: &Asked,
    given: Option<&Response>,
) -> Option<Command> {
    let question = asked.question();
    let (deck, facet) = (&asked.deck, &asked.key.facet);
    let instruction = match &asked.task.form {
        Form::Reveal { .. } => "answer in your own words".to_owned(),
        _ => words::instruction(question, facet, deck.language.as_deref(), asked.task.instruction()),
    };
    let title = deck.title.split(':').next().unwrap_or(&deck.title);
    let caption = ui.label(Type::Caption.text(format!("{title} · {instruction}"), tokens.muted));
    ui.add_space(4.0);
    prompt(ui, tokens, asked, true);
    let answered = widget(ui, tokens, asked, given, caption.id);
    ui.add_space(8.0);
    confidence::asking(ui, tokens, app, asked).or(answered)
}

/// The card in a report: the answer given, what is right, and why.
pub fn in_report(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &Asked,
    verdict: &Verdict,
    response: &Response,
) -> Option<Command> {
    prompt(ui, tokens, asked, false);
    if let Form::Reveal { back } = &asked.task.form {
        own_words(ui, tokens, response, back);
        verdict::headline(ui, tokens, &asked.task.form, verdict);
        verdict::note(ui, tokens, verdict);
    } else {
        judged(ui, tokens, asked, verdict, response, false);
    }
    verdict::explanation(ui, tokens, asked)
}

/// An answer in own words above the right one, to be judged by its writer.
pub fn to_judge(ui: &mut Ui, tokens: &Tokens, asked: &Asked, response: &Response) -> Option<Command> {
    prompt(ui, tokens, asked, false);
    if let Form::Reveal { back } = &asked.task.form {
        own_words(ui, tokens, response, back);
    }
    verdict::explanation(ui, tokens, asked)
}

fn own_words(ui: &mut Ui, tokens: &Tokens, response: &Response, back: &str) {
    if let Response::Text(text) = response {
        ui.label(Type::Caption.text("Your answer", tokens.muted));
        ui.add(egui::Label::new(Type::Lead.text(text, tokens.ink)).wrap());
        ui.add_space(8.0);
    }
    ui.label(Type::Caption.text("The right answer", tokens.muted));
    column::card(ui, tokens, egui::Margin::same(16), |ui| {
        markdown::show(ui, tokens, back, Type::Lead, false, tokens.ink);
    });
}

/// What takes the answer, by kind; `given`: the answer so far, where one click gave it and it can be changed.
fn widget(
    ui: &mut Ui,
    tokens: &Tokens,
    asked: &Asked,
    given: Option<&Response>,
    caption: egui::Id,
) -> Option<Command> {
    match &asked.task.form {
        Form::Reveal { .. } => text::asking(ui, tokens, asked, caption),
        Form::Bool { .. } => pick::bool_asking(ui, tokens, given),
        Form::Pick { options, many: false } => pick::one_asking(ui, tokens, options, given),
        Form::Pick { options, many: true } => pick::many_asking(ui, tokens, options, &asked.draft),
        Form::Text(_) | Form::Number { .. } | Form::Date { .. } => text::asking(ui, tokens, asked, caption),
        Form::Gaps { pieces, .. } => {
            gaps::asking(ui, tokens, &asked.task, pieces, &asked.draft, |gap| text::answer_id(asked, gap))
        }
        Form::Arrange { items } => arrange::asking(ui, tokens, items, &asked.draft),
        Form::Pair { lefts, rights, .. } => places::pair_asking(ui, tokens, lefts, rights, &asked.draft),
        Form::Bins { bins, items } => places::bins_asking(ui, tokens, bins, items, &asked.draft),
    }
}

fn hint(ui: &mut Ui, tokens: &Tokens, asked: &Asked) {
    if asked.hint_shown
        && let Some(hint) = &asked.question().hint
    {
        ui.add_space(8.0);
        let text = format!("{} {hint}", icons::HINT);
        markdown::show(ui, tokens, &text, Type::Body, false, tokens.partly);
    }
}

fn asking(ui: &mut Ui, tokens: &Tokens, app: &App, asked: &Asked, caption: egui::Id) -> Option<Command> {
    let mut command = widget(ui, tokens, asked, None, caption);
    let question = asked.question();
    hint(ui, tokens, asked);
    ui.add_space(12.0);
    if let Some(said) = confidence::asking(ui, tokens, app, asked) {
        command = Some(said);
    }
    let reveal = matches!(asked.task.form, Form::Reveal { .. });
    let direct = matches!(asked.task.form, Form::Bool { .. } | Form::Pick { many: false, .. });
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
                ui.label(Type::Caption.text(help, tokens.muted));
            }
        });
    }
    ui.add_space(8.0);
    let alt = if is_typing(&asked.task.form) { "Alt " } else { "" };
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
            ui.data_mut(|data| data.insert_temp(crate::ui::overlay::request_id(), true));
        }
    });
    command
}

/// Whether the form has text fields, so that bare keys are letters.
pub fn is_typing(form: &Form) -> bool {
    matches!(form, Form::Text(_) | Form::Number { .. } | Form::Date { .. } | Form::Gaps { .. })
}

/// How the keys give an answer of that kind, where it is not plain.
pub fn key_help(form: &Form) -> Option<&'static str> {
    match form {
        Form::Pick { many: true, .. } => Some("every number ticks or unticks an option"),
        Form::Arrange { .. } => {
            Some("an item’s number, then its new place; Shift with ↑ ↓ moves it; or drag")
        }
        Form::Pair { .. } => Some("an item’s number, then its partner’s; Backspace takes back; or drag"),
        Form::Bins { .. } => Some("an item’s number, then a bin’s; Backspace takes back; or drag"),
        Form::Gaps { .. } => Some("Tab goes to the next gap"),
        _ => None,
    }
}

fn judged(ui: &mut Ui, tokens: &Tokens, asked: &Asked, verdict: &Verdict, response: &Response, brings: bool) {
    match &asked.task.form {
        Form::Reveal { .. } => {}
        Form::Bool { .. } => pick::bool_judged(ui, tokens, verdict),
        Form::Pick { options, many } => pick::judged(ui, tokens, options, *many, verdict, response, brings),
        Form::Text(_) | Form::Number { .. } | Form::Date { .. } => {
            text::judged(ui, tokens, asked, verdict, response);
            return;
        }
        Form::Gaps { pieces, .. } => gaps::judged(ui, tokens, asked, pieces, verdict, response),
        Form::Arrange { items } => arrange::judged(ui, tokens, items, verdict, response),
        Form::Pair { lefts, rights, right_of } => {
            places::pair_judged(ui, tokens, lefts, rights, right_of, verdict, response);
        }
        Form::Bins { bins, items } => places::bins_judged(ui, tokens, bins, items, verdict, response),
    }
    verdict::headline(ui, tokens, &asked.task.form, verdict);
    verdict::note(ui, tokens, verdict);
}
