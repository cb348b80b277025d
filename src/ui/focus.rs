//! Which widget has the focus when a new card, form or dialog is shown.

use eframe::egui::{self, Context};

use super::screens;
use super::{AppState, Window, kind};
use crate::app::study::{ActiveCard, Stage};
use crate::app::{App, Screen};

/// In how many frames the focus is requested for a field before the attempt is dropped.
pub(super) const FOCUS_TRIES: u8 = 5;

/// Prefix of the [`FocusTarget`] names of the question editor.
const EDITOR_PREFIX: &str = "editor";

/// What is shown, as a name and the number of its stage, and the field that gets the focus there. `None` for the name
/// when nothing on the screen takes the focus, and for the field when no text is typed there.
type FocusTarget = (Option<(String, u8)>, Option<egui::Id>);

impl Window {
    /// Moves the focus when another card, stage, form or dialog is shown than in the last frame: to the field that is
    /// typed into, or away from the widget that had it.
    pub(super) fn place_focus(&mut self, ctx: &Context) {
        let AppState::Ready(app) = &self.state else { return };
        if self.focus_screen.replace(app.screen()) != Some(app.screen()) {
            release_navigation_focus(ctx);
        }
        let card = app.active_card();
        let (target, field) = match card {
            Some(card) => {
                let is_typed = card.is_typing_answer();
                let target = (format!("{} {}", card.key, card.shown_ms), stage_number(card));
                (Some(target), is_typed.then(|| kind::answer_id(card, 0)))
            }
            None => exam_form_focus(app).unwrap_or_else(|| decks_focus(app)),
        };
        if target == self.focus_set_for {
            // Typing must reach the answer, or the exam's name, even when the last click took the focus away from it.
            let takes_text = match card {
                Some(card) => card.is_typing_answer().then(|| kind::answer_id(card, 0)),
                None => exam_form_focus(app).and_then(|(_, field)| field),
            };
            if let Some(field) = takes_text
                && self.palette.is_none()
                && ctx.memory(|memory| memory.focused().is_none())
                && ctx.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Text(_))))
            {
                ctx.memory_mut(|memory| memory.request_focus(field));
            }
            return;
        }
        if target.as_ref().is_some_and(|(name, _)| name.starts_with(EDITOR_PREFIX)) {
            // The undo history of the fields belongs to the previous question.
            ctx.data_mut(|data| data.remove_by_type::<egui::text_edit::TextEditState>());
        }
        self.focus_set_for = target;
        self.pending_focus = field.map(|field| (field, FOCUS_TRIES));
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
            if let Some(field) = field {
                memory.request_focus(field);
            }
        });
    }

    /// Requests the pending focus again while the field has not taken it.
    pub(super) fn retry_focus(&mut self, ctx: &Context) {
        let Some((field, tries)) = self.pending_focus else { return };
        self.pending_focus = None;
        if !ctx.memory(|memory| memory.has_focus(field)) && tries > 0 {
            ctx.memory_mut(|memory| memory.request_focus(field));
            self.pending_focus = Some((field, tries - 1));
            ctx.request_repaint();
        }
    }
}

/// The form of an exam and its first field; `None` while no form is shown.
fn exam_form_focus(app: &App) -> Option<FocusTarget> {
    let page = app.goals().page().filter(|page| page.form.is_some() && app.active_session().is_none())?;
    Some((Some((format!("exam {:?}", page.goal_index), 0)), Some(screens::goal::name_id())))
}

/// Takes the focus from the navigation after it changed the screen. Otherwise Space and Enter would press the
/// navigation again instead of the new screen's primary button.
fn release_navigation_focus(ctx: &Context) {
    ctx.memory_mut(|memory| {
        for screen in Screen::ALL {
            memory.surrender_focus(screens::navigation::item_id(screen));
        }
    });
}

/// The dialog or editor that is open on the Decks screen, and its first field.
fn decks_focus(app: &App) -> FocusTarget {
    let decks = app.decks();
    if app.screen() != Screen::Decks {
        return (None, None);
    }
    if let Some(dialog) = decks.dialog() {
        let field = screens::decks::dialog_field(dialog);
        return (Some(("dialog".to_owned(), 0)), field);
    }
    match decks.editor() {
        Some(editor) => {
            let question = editor.question.as_deref().unwrap_or("");
            let target = format!("{EDITOR_PREFIX} {} {question} {}", editor.deck, editor.questions_written);
            (Some((target, 0)), Some(screens::decks::first_field()))
        }
        None => (None, None),
    }
}

/// A number for each stage, so that a [`FocusTarget`] can tell the stages of one card apart.
fn stage_number(card: &ActiveCard) -> u8 {
    match card.stage {
        Stage::Answering => 0,
        Stage::Revealed { .. } => 1,
        Stage::Graded { .. } => 2,
    }
}
