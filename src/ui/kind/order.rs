//! Order: put items into the right order. Each is a row that can be moved.

use eframe::egui::{self, Ui};

use super::{GradedAnswer, InputContext, Presentation, TaskView, digit_keys};
use crate::app::draft::Draft;
use crate::app::kind::OrderFields;
use crate::app::study::StudyCommand;
use crate::domain::grade::Marks;
use crate::domain::task::{OrderTask, Response, TaskOrderItem};
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::keys::KeyReader;
use crate::ui::screens::decks::fields::{PairList, pair_list};
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::{SelectableRow, Tone};

impl TaskView for OrderTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation { key_help: Some(text::study::ORDER_KEYS), ..Presentation::PLAIN }
    }

    /// Draws the items in the order so far, to be moved by click, by digit keys or by dragging.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let draft = &context.card.draft;
        let Draft::Order(arrangement) = draft else { return None };
        let mut command = None;
        let mut rows = Vec::with_capacity(arrangement.order.len());
        for (position, item) in arrangement.order.iter().enumerate() {
            let Some(text) = self.items.get(*item).map(|item| item.text.as_str()) else { continue };
            // The id comes from the item, not from its place, so that the drag goes on while the row moves.
            let id = ui.scope_id().with(("arrange", *item));
            let mut row = SelectableRow::new(text).key(position + 1).draggable(id);
            if position == arrangement.cursor {
                row = row.tone(Tone::Picked);
                if arrangement.is_held {
                    row = row.trailing(text::study::PRESS_NEW_PLACE);
                }
            }
            let response = row.show(ui, tokens);
            if response.clicked() {
                command = draft.press_digit(position + 1).map(StudyCommand::SetDraft);
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
                command = arrangement.moved(*from, to).map(Draft::Order).map(StudyCommand::SetDraft);
            }
        }
        command
    }

    fn keys(&self, keys: &KeyReader<'_>, draft: &Draft) -> Vec<StudyCommand> {
        digit_keys::keys(keys, draft)
    }

    /// Draws the items in the order that was given, each with its right place. Without an answer, in the right order.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let mut in_order: Vec<&TaskOrderItem> = self.items.iter().collect();
        in_order.sort_by_key(|item| item.right_position);
        let (Response::Order(order), Marks::Order(right_places)) = (graded.response, &graded.verdict.marks)
        else {
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
            let Some(item) = self.items.get(*item) else { continue };
            let note = item.note.as_deref().unwrap_or_default();
            let row = SelectableRow::new(&item.text).display_only();
            if *right_place == position {
                row.icon(icons::CHECK)
                    .tone(Tone::Right)
                    .spoken_status(text::study::RIGHT_PLACE)
                    .outlined()
                    .trailing(note)
                    .show(ui, tokens);
            } else {
                let icon = if *right_place > position { icons::DOWN } else { icons::UP };
                let mut beside = text::study::should_be(*right_place);
                if !note.is_empty() {
                    beside = format!("{note} · {beside}");
                }
                let said = text::study::wrong_place(*right_place);
                row.icon(icon).tone(Tone::Partly).spoken_status(said).trailing(beside).show(ui, tokens);
            }
        }
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut OrderFields, is_invalid: bool) {
    let (name, second) = (text::editor::ITEMS, text::editor::NOTE);
    let list = PairList { id: "item", name, second, is_movable: true };
    pair_list(ui, tokens, list, &mut fields.items, is_invalid);
}
