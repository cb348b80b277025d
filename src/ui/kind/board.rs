//! What Match and Sort share: items are put into targets by click, by digit keys or by dragging. The targets are the
//! partners of a Match and the groups of a Sort.

use eframe::egui::{self, CornerRadius, Stroke, Ui, vec2};

use crate::app::draft::Draft;
use crate::app::kind::Assignment;
use crate::app::study::StudyCommand;
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::markdown;
use crate::ui::widgets::row::{SelectableRow, Tone};

/// What a drag carries: the index of the item.
#[derive(Clone, Copy)]
pub(super) struct DraggedItem(pub usize);

/// Lets the item be dragged, and draws it at the pointer meanwhile.
pub(super) fn drag(row: &egui::Response, tokens: &Tokens, item: usize, text: &str) {
    row.dnd_set_drag_payload(DraggedItem(item));
    drag_ghost(row, tokens, text);
}

/// Puts the item into `target` that was dropped here.
pub(super) fn drop_item(here: &egui::Response, draft: &Draft, target: usize) -> Option<StudyCommand> {
    let dragged = here.dnd_release_payload::<DraggedItem>()?;
    changed(draft, |assignment| assignment.assign(dragged.0, target))
}

/// The command for a draft with another assignment; `None` if the draft has none.
pub(super) fn changed(draft: &Draft, change: impl FnOnce(&mut Assignment)) -> Option<StudyCommand> {
    draft.with_assignment(change).map(StudyCommand::SetDraft)
}

/// Draws the dragged item at the pointer.
fn drag_ghost(response: &egui::Response, tokens: &Tokens, text: &str) {
    if !response.dragged() {
        return;
    }
    let Some(pointer) = response.ctx.pointer_interact_pos() else { return };
    response.ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
    let layer = egui::LayerId::new(egui::Order::Tooltip, response.id.with("ghost"));
    let painter = response.ctx.layer_painter(layer);
    let job = markdown::inline(text, TextSize::Body, false, tokens.ink, tokens);
    let galley = painter.layout_job(job);
    let rect = egui::Rect::from_min_size(pointer + vec2(8.0, 8.0), galley.size() + vec2(24.0, 16.0));
    let line = Stroke::new(1.0, tokens.accent);
    painter.rect(rect, CornerRadius::same(CARD_RADIUS), tokens.accent_fill, line, egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(12.0, 8.0), galley, tokens.ink);
}

/// Draws an item with its mark. `below` says what was chosen, or what is right.
pub(super) fn feedback_row(
    ui: &mut Ui,
    tokens: &Tokens,
    text: &str,
    below: Option<&str>,
    is_answered: bool,
    is_right: bool,
) {
    let row = SelectableRow::new(text).compact().below(below).outlined().display_only();
    match (is_right, is_answered) {
        (true, _) => row.icon(icons::CHECK).tone(Tone::Right).spoken_status(text::study::RIGHT),
        (false, true) => row.icon(icons::CROSS).tone(Tone::Wrong).spoken_status(text::study::WRONG),
        (false, false) => row.icon(icons::INFO).tone(Tone::Partly).spoken_status(text::study::NOT_ANSWERED),
    }
    .show(ui, tokens);
}
