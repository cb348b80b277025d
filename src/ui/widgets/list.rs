//! A card with rows of equal height, of which only the visible ones are drawn.

use eframe::egui::{Context, CornerRadius, Id, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::theme::{CARD_RADIUS, Tokens};

/// The dimensions of a list, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct List {
    /// Height of the space above the rows.
    pub header: f32,
    /// Height of a row.
    pub row: f32,
    /// Height of the space below the rows.
    pub footer: f32,
    /// Number of rows.
    pub rows: usize,
}

impl List {
    /// Allocates the whole height, and draws the card, each visible row, and the focused row wherever it is: egui drops
    /// the focus of a widget that is not drawn. `id` gives the id of a row by its index. Returns the rectangle of the
    /// whole list.
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
        let visible = ui.clip_rect().intersect(all);
        // Only the visible part: the painter cannot draw a rectangle as high as 100,000 rows.
        let card = all.intersect(ui.clip_rect().expand(40.0));
        if card.is_positive() {
            let radius = CornerRadius::same(CARD_RADIUS);
            ui.painter().rect(card, radius, tokens.card, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
        }
        let top = all.top() + self.header;
        let rect_of = |row: usize| {
            let at = pos2(all.left(), top + row as f32 * self.row);
            Rect::from_min_size(at, vec2(width, self.row))
        };
        let first = ((visible.top() - top) / self.row).floor().max(0.0) as usize;
        let end = (((visible.bottom() - top) / self.row).ceil().max(0.0) as usize).min(self.rows);
        for row in first..end {
            draw(ui, row, rect_of(row));
        }
        if let Some(focused) = ui.memory(|memory| memory.focused())
            && let Some(row) = focused_row(ui.ctx(), self.rows, &id)
        {
            let rect = rect_of(row);
            if !(first..end).contains(&row) {
                draw(ui, row, rect);
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

/// Index of the focused row, if one of the rows has the focus. Rows may be many, so they are searched only when the
/// focus has moved; the result is stored in egui's memory.
pub fn focused_row(ctx: &Context, rows: usize, id: impl Fn(usize) -> Id) -> Option<usize> {
    let focused = ctx.memory(|memory| memory.focused())?;
    let cache_id = Id::unique(("row with the keyboard", rows, id(0)));
    let cached: Option<(Id, Option<usize>)> = ctx.data(|data| data.get_temp(cache_id));
    let is_current = |row: &Option<usize>| row.is_none_or(|row| id(row) == focused);
    if let Some((_, row)) = cached.filter(|(of, row)| *of == focused && is_current(row)) {
        return row;
    }
    let row = (0..rows).find(|row| id(*row) == focused);
    ctx.data_mut(|data| data.insert_temp(cache_id, (focused, row)));
    row
}
