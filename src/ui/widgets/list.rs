//! Rows of one height in a card, of which only those in sight are drawn.

use eframe::egui::{Context, CornerRadius, Id, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::theme::{CARD_RADIUS, Tokens};

/// The measures of a list, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct List {
    /// Height of what stands above the rows.
    pub header: f32,
    /// Height of a row.
    pub row: f32,
    /// Height of what stands below the rows.
    pub footer: f32,
    /// How many rows there are.
    pub rows: usize,
}

impl List {
    /// Takes the room, and draws the card and each row in sight, and the one that has the keyboard wherever it is.
    /// `id` names a row; returns the whole.
    pub fn show(
        self,
        ui: &mut Ui,
        tokens: &Tokens,
        id: impl Fn(usize) -> Id,
        mut draw: impl FnMut(&mut Ui, usize, Rect),
    ) -> Rect {
        let width = ui.available_width();
        let height = self.header + self.row * self.rows as f32 + self.footer;
        let (all, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let sight = ui.clip_rect().intersect(all);
        // Only the part in sight: a rectangle of 100,000 rows is more than a painter takes.
        let card = all.intersect(ui.clip_rect().expand(40.0));
        if card.is_positive() {
            let radius = CornerRadius::same(CARD_RADIUS);
            ui.painter().rect(card, radius, tokens.card, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
        }
        let top = all.top() + self.header;
        let rect_of = |place: usize| {
            let at = pos2(all.left(), top + place as f32 * self.row);
            Rect::from_min_size(at, vec2(width, self.row))
        };
        let first = ((sight.top() - top) / self.row).floor().max(0.0) as usize;
        let end = (((sight.bottom() - top) / self.row).ceil().max(0.0) as usize).min(self.rows);
        for place in first..end {
            draw(ui, place, rect_of(place));
        }
        if let Some(focused) = ui.memory(|memory| memory.focused())
            && let Some(place) = focused_row(ui.ctx(), self.rows, &id)
        {
            let rect = rect_of(place);
            if !(first..end).contains(&place) {
                draw(ui, place, rect);
            }
            if !ui.clip_rect().contains_rect(rect)
                && ui.memory(|memory| !memory.had_focus_last_frame(focused))
            {
                ui.scroll_to_rect(rect.expand2(vec2(0.0, self.row)), None);
            }
        }
        all
    }
}

/// The row that has the keyboard, if one of these has it. Looked for once whenever the keyboard moves: a list may be long.
pub fn focused_row(ctx: &Context, rows: usize, id: impl Fn(usize) -> Id) -> Option<usize> {
    let focused = ctx.memory(|memory| memory.focused())?;
    let found_id = Id::unique(("row with the keyboard", rows, id(0)));
    let found: Option<(Id, Option<usize>)> = ctx.data(|data| data.get_temp(found_id));
    let still = |place: &Option<usize>| place.is_none_or(|place| id(place) == focused);
    if let Some((_, place)) = found.filter(|(of, place)| *of == focused && still(place)) {
        return place;
    }
    let place = (0..rows).find(|place| id(*place) == focused);
    ctx.data_mut(|data| data.insert_temp(found_id, (focused, place)));
    place
}
