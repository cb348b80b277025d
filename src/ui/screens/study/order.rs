//! Order: rows that are moved into the right order.

use eframe::egui::{self, Ui};

use crate::app::Command;
use crate::app::draft::Draft;
use crate::app::study::StudyCommand;
use crate::app::words;
use crate::domain::grade::{Marks, Verdict};
use crate::domain::task::{Response, TaskOrderItem};
use crate::ui::icons;
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::{SelectableRow, Tone};

/// Draws the items in the order so far, to be moved by click, by digit keys or by dragging.
pub fn input(ui: &mut Ui, tokens: &Tokens, items: &[TaskOrderItem], draft: &Draft) -> Option<Command> {
    let Draft::Order { order, cursor: at, is_held: held } = draft else { return None };
    let mut command = None;
    let mut rows = Vec::with_capacity(order.len());
    for (position, item) in order.iter().enumerate() {
        let Some(text) = items.get(*item).map(|item| item.text.as_str()) else { continue };
        // The id comes from the item, not from its place, so that the drag goes on while the row moves.
        let id = ui.scope_id().with(("arrange", *item));
        let mut row = SelectableRow::new(text).key(position + 1).draggable(id);
        if position == *at && *held {
            row = row.tone(Tone::Picked).trailing("press its new place");
        } else if position == *at {
            row = row.tone(Tone::Picked);
        }
        let response = row.show(ui, tokens);
        if response.clicked() {
            command = draft.press_digit(position + 1).map(StudyCommand::SetDraft).map(Command::Study);
        }
        rows.push((position, response));
    }
    let dragged = rows.iter().find(|(_, response)| response.dragged());
    if let Some((from, _)) = dragged
        && let Some(pointer) = ui.ctx().pointer_interact_pos()
    {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        let to = rows.iter().filter(|(_, response)| response.rect.center().y < pointer.y).count();
        // The dragged row is counted too once the pointer is below its centre.
        let to = if to > *from { to - 1 } else { to };
        if to != *from {
            command = draft.moved(*from, to).map(StudyCommand::SetDraft).map(Command::Study);
        }
    }
    command
}

/// Draws the items in the order that was given, each with its right place. Without an answer, in the right order.
pub fn feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    items: &[TaskOrderItem],
    verdict: &Verdict,
    response: &Response,
) {
    let mut in_order: Vec<&TaskOrderItem> = items.iter().collect();
    in_order.sort_by_key(|item| item.right_position);
    let (Response::Order(order), Marks::Order(right_places)) = (response, &verdict.marks) else {
        for item in in_order {
            SelectableRow::new(&item.text)
                .icon(icons::CHECK)
                .tone(Tone::Right)
                .spoken_status(words::ordinal(item.right_position))
                .outlined()
                .trailing(item.note.clone().unwrap_or_default())
                .display_only()
                .show(ui, tokens);
        }
        return;
    };
    for (position, (item, right_place)) in order.iter().zip(right_places).enumerate() {
        let Some(item) = items.get(*item) else { continue };
        let note = item.note.as_deref().unwrap_or_default();
        let row = SelectableRow::new(&item.text).display_only();
        if *right_place == position {
            row.icon(icons::CHECK)
                .tone(Tone::Right)
                .spoken_status("right place")
                .outlined()
                .trailing(note)
                .show(ui, tokens);
        } else {
            let icon = if *right_place > position { icons::DOWN } else { icons::UP };
            let mut beside = format!("should be {}", words::ordinal(*right_place));
            if !note.is_empty() {
                beside = format!("{note} · {beside}");
            }
            let said = format!("wrong place, should be {}", words::ordinal(*right_place));
            row.icon(icon).tone(Tone::Partly).spoken_status(said).trailing(beside).show(ui, tokens);
        }
    }
}
