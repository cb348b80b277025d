//! Which field has the keyboard when something new is before the learner.

use eframe::egui::{self, Context};

use super::screens::{self, study};
use super::{AppState, Window};
use crate::app::study::{ActiveCard, Stage};
use crate::app::{App, Screen};

/// Frames in which a field is given the focus before that is given up.
pub(super) const FOCUS_TRIES: u8 = 5;

/// How the name of a place begins that is the editor's.
const EDITOR_PREFIX: &str = "editor";

/// What is before the learner, by a name and a stage, and the field that it begins in.
type FocusTarget = (Option<(String, u8)>, Option<egui::Id>);

impl Window {
    /// A new card, or a new stage of it, takes the focus from where it was; a card to type on gives it to its field.
    pub(super) fn place_focus(&mut self, ctx: &Context) {
        let AppState::Ready(app) = &self.state else { return };
        if self.focus_screen.replace(app.screen()) != Some(app.screen()) {
            release_navigation_focus(ctx);
        }
        let asked = app.active_card();
        let (place, field) = match asked {
            Some(asked) => {
                let typed = asked.is_typing_answer();
                let place = (format!("{} {}", asked.key, asked.shown_ms), stage_number(asked));
                (Some(place), typed.then(|| study::answer_id(asked, 0)))
            }
            None => exam_form_focus(app).unwrap_or_else(|| decks_focus(app)),
        };
        if place == self.focus_set_for {
            // Typing goes to the answer, or to an exam's name, wherever the last click went.
            let takes_text = match asked {
                Some(asked) => asked.is_typing_answer().then(|| study::answer_id(asked, 0)),
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
        if place.as_ref().is_some_and(|(name, _)| name.starts_with(EDITOR_PREFIX)) {
            // What can be undone in a field is of the question before.
            ctx.data_mut(|data| data.remove_by_type::<egui::text_edit::TextEditState>());
        }
        self.focus_set_for = place;
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

/// The form of an exam, while it is shown, and its first field.
fn exam_form_focus(app: &App) -> Option<FocusTarget> {
    let page = app.goals().page().filter(|page| page.form.is_some() && app.study().is_none())?;
    Some((Some((format!("exam {:?}", page.at), 0)), Some(screens::goal::name_id())))
}

/// The focus that brought the learner to another screen is done: there Space and Enter are that screen's.
fn release_navigation_focus(ctx: &Context) {
    ctx.memory_mut(|memory| {
        for screen in Screen::ALL {
            memory.surrender_focus(screens::navigation::item_id(screen));
        }
    });
}

/// What is open on the Decks screen, and the field that it begins in.
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
            let place = format!("{EDITOR_PREFIX} {} {question} {}", editor.deck, editor.questions_written);
            (Some((place, 0)), Some(screens::decks::first_field()))
        }
        None => (None, None),
    }
}

fn stage_number(asked: &ActiveCard) -> u8 {
    match asked.stage {
        Stage::Answering => 0,
        Stage::Revealed { .. } => 1,
        Stage::Graded { .. } => 2,
    }
}
