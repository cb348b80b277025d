//! The page in place of one whose drawing ended in a panic, and after a run that ended so.

use eframe::egui::{Key, Label, Modifiers, Ui};

use crate::app::Shortcut;
use crate::text;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// What the page tells.
#[derive(Debug)]
pub struct InterruptedPage {
    /// Whether it was the last run that ended; otherwise a frame of this one.
    pub was_last_run: bool,
    /// The crash report; empty if there is none.
    pub report: String,
    /// Whether the report is shown.
    pub shows_report: bool,
    /// Whether the report was copied.
    pub is_copied: bool,
}

/// What the learner chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterInterruption {
    /// Goes on with Today.
    GoOn,
    /// Closes the window.
    Quit,
}

/// Draws the page, and reads its keys.
pub fn show(ui: &mut Ui, tokens: &Tokens, page: &mut InterruptedPage) -> Option<AfterInterruption> {
    let top = column::top_space(ui, 120.0);
    let chosen = column::centred(ui, "interrupted", COLUMN_WIDTH, top, |ui| {
        let (title, what) = match page.was_last_run {
            true => (text::crash::CLOSED, text::crash::NOTHING_LOST),
            false => (text::crash::TITLE, text::crash::NOT_SHOWN),
        };
        ui.label(TextSize::Title.strong(title, tokens.ink));
        ui.add_space(8.0);
        ui.label(TextSize::Body.text(what, tokens.ink));
        ui.label(TextSize::Caption.text(text::crash::ABOUT_REPORT, tokens.muted));
        ui.add_space(16.0);
        let chosen = ui.horizontal_wrapped(|ui| buttons(ui, tokens, page)).inner;
        if page.shows_report {
            ui.add_space(16.0);
            ui.add(Label::new(TextSize::Caption.text(&page.report, tokens.ink)).wrap());
        }
        chosen
    });
    let free = ui.memory(|memory| memory.focused().is_none());
    let by_key = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::Escape) {
            let goes_on = page.was_last_run;
            Some(if goes_on { AfterInterruption::GoOn } else { AfterInterruption::Quit })
        } else if free && (pressed(Key::Space) || pressed(Key::Enter)) {
            Some(AfterInterruption::GoOn)
        } else {
            None
        }
    });
    chosen.or(by_key)
}

fn buttons(ui: &mut Ui, tokens: &Tokens, page: &mut InterruptedPage) -> Option<AfterInterruption> {
    let mut chosen = None;
    if Button::primary(text::crash::GO_ON).key(Shortcut::Space).show(ui, tokens).clicked() {
        chosen = Some(AfterInterruption::GoOn);
    }
    if !page.report.is_empty() {
        let copy = if page.is_copied { text::crash::COPIED } else { text::crash::COPY };
        if Button::secondary(copy).show(ui, tokens).clicked() {
            ui.ctx().copy_text(page.report.clone());
            page.is_copied = true;
        }
        let show = Button::secondary(text::crash::SHOW).enabled(!page.shows_report);
        if show.show(ui, tokens).clicked() {
            page.shows_report = true;
        }
    }
    if !page.was_last_run {
        let quit = Button::secondary(text::crash::QUIT).key(Shortcut::Escape);
        if quit.show(ui, tokens).clicked() {
            chosen = Some(AfterInterruption::Quit);
        }
    }
    chosen
}
