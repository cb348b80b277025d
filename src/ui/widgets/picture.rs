//! A picture in the column of text: scaled down to fit, never up; enlarged by a click.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, Galley, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::button::focus_ring;
use crate::domain::picture::Picture;
use crate::ui::icons;
use crate::ui::pictures::{Beside, Detail, Look, look};
use crate::ui::theme::{BUTTON_RADIUS, PICTURE_GROUND, Tokens, Type};
use crate::ui::zoom::Zoom;

/// Most of the window's height that a picture takes.
const MOST_HEIGHT: f32 = 0.4;
/// Most points of height of a picture in a row.
const MOST_IN_ROW: f32 = 180.0;
/// Widest box of words in a picture's place.
const WIDEST_BOX: f32 = 420.0;
/// Space around the words in it.
const PAD: f32 = 12.0;
/// Space between pictures below one another.
const GAP: f32 = 8.0;
/// Room beside a picture for the button that enlarges it.
const ENLARGER: f32 = 36.0;
/// A picture that was never here takes this much room until its size is known.
const COMING: Vec2 = vec2(240.0, 135.0);

/// A picture as it will be drawn, or what stands in its place.
pub struct Tile {
    picture: Picture,
    beside: Beside,
    look: Look,
    size: Vec2,
    words: Option<Arc<Galley>>,
}

impl Tile {
    /// Lays a picture out in that width.
    pub fn new(ui: &Ui, tokens: &Tokens, picture: &Picture, width: f32) -> Self {
        let most = vec2(width, ui.ctx().content_rect().height() * MOST_HEIGHT);
        Self::within(ui, tokens, picture, most)
    }

    /// The same in a row, lower.
    pub fn in_row(ui: &Ui, tokens: &Tokens, picture: &Picture, width: f32) -> Self {
        let most = (ui.ctx().content_rect().height() * MOST_HEIGHT).min(MOST_IN_ROW);
        Self::within(ui, tokens, picture, vec2(width, most))
    }

    fn within(ui: &Ui, tokens: &Tokens, picture: &Picture, most: Vec2) -> Self {
        let beside = Beside::of(ui);
        let look = look(ui.ctx(), &beside, picture, Detail::Column);
        let (size, words) = match &look {
            Look::Here(shown) => (fit(shown.size, most), None),
            Look::Coming(size) => (fit(size.unwrap_or(COMING), most), None),
            Look::Failed(fault) => {
                let words = words(ui, tokens, picture, fault, most.x.min(WIDEST_BOX) - 2.0 * PAD);
                (words.size() + Vec2::splat(2.0 * PAD), Some(words))
            }
        };
        Self { picture: picture.clone(), beside, look, size, words }
    }

    /// Points that it takes.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Whether there is something to enlarge.
    pub fn is_here(&self) -> bool {
        matches!(self.look, Look::Here(_))
    }

    /// What a screen reader is told.
    fn told(&self) -> String {
        match &self.look {
            Look::Failed(fault) => format!("{}. {}", self.picture.name(), sentence(fault, &self.picture)),
            _ => self.picture.name().to_owned(),
        }
    }

    /// Paints it.
    pub fn paint(&self, ui: &Ui, tokens: &Tokens, rect: Rect) {
        let radius = CornerRadius::same(BUTTON_RADIUS);
        let line = Stroke::new(1.0, tokens.line);
        match (&self.look, &self.words) {
            (Look::Here(shown), _) => {
                if shown.is_see_through {
                    // Most such drawings have dark lines, and are made for paper.
                    ui.painter().rect_filled(rect, 0, PICTURE_GROUND);
                }
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(shown.texture.id(), rect, whole, Color32::WHITE);
                ui.painter().rect_stroke(rect, 0, line, StrokeKind::Outside);
            }
            (_, words) => {
                ui.painter().rect(rect, radius, tokens.soft, line, StrokeKind::Inside);
                if let Some(words) = words {
                    ui.painter().galley(rect.min + Vec2::splat(PAD), words.clone(), tokens.ink);
                }
            }
        }
    }

    /// Shows it over the whole window from the next frame on.
    pub fn enlarge(&self, ui: &Ui) {
        Zoom::ask(ui.ctx(), self.beside.clone(), self.picture.clone());
    }
}

/// Draws a picture as a block of its own; a click, or Enter while it has the focus, enlarges it.
pub fn show(ui: &mut Ui, tokens: &Tokens, picture: &Picture) -> Response {
    let tile = Tile::new(ui, tokens, picture, ui.available_width());
    let sense = if tile.is_here() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(tile.size(), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tile.told()));
    if ui.is_rect_visible(rect) {
        tile.paint(ui, tokens, rect);
        focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    }
    if response.clicked() {
        tile.enlarge(ui);
    }
    if tile.is_here() { response.on_hover_cursor(egui::CursorIcon::ZoomIn) } else { response }
}

/// Pictures below one another.
pub struct Stack(Vec<Tile>);

impl Stack {
    /// Lays them out for a row; room for their buttons is kept free beside them.
    pub fn new(ui: &Ui, tokens: &Tokens, pictures: &[Picture], width: f32) -> Self {
        let width = (width - ENLARGER).max(40.0);
        Self(pictures.iter().map(|picture| Tile::in_row(ui, tokens, picture, width)).collect())
    }

    /// Points from top to bottom.
    pub fn height(&self) -> f32 {
        let tiles: f32 = self.0.iter().map(|tile| tile.size().y).sum();
        tiles + GAP * self.0.len().saturating_sub(1) as f32
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Paints them, each with a button that enlarges it: a click on the row means something else.
    pub fn paint(&self, ui: &Ui, tokens: &Tokens, mut at: egui::Pos2, id: Id) {
        for (nth, tile) in self.0.iter().enumerate() {
            let rect = Rect::from_min_size(at, tile.size());
            tile.paint(ui, tokens, rect);
            enlarger(ui, tokens, tile, rect, id.with(nth));
            at.y += tile.size().y + GAP;
        }
    }
}

/// A button at a picture's corner that enlarges it.
fn enlarger(ui: &Ui, tokens: &Tokens, tile: &Tile, rect: Rect, id: Id) {
    if !tile.is_here() {
        return;
    }
    let side = 28.0;
    let corner = Rect::from_min_size(rect.right_top() + vec2(4.0, 0.0), Vec2::splat(side));
    let response = ui.interact(corner, id, Sense::click());
    let told = format!("Enlarge the picture: {}", tile.picture.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    let ink = if response.hovered() || response.has_focus() { tokens.ink } else { tokens.muted };
    let icon = ui.painter().layout_no_wrap(icons::SEARCH.to_string(), Type::Body.regular(), ink);
    ui.painter().galley(corner.center() - icon.size() / 2.0, icon, ink);
    focus_ring(ui, &response, corner, 4, tokens);
    if response.on_hover_text("Enlarge").on_hover_cursor(egui::CursorIcon::ZoomIn).clicked() {
        tile.enlarge(ui);
    }
}

/// As large as it is, or as fits.
fn fit(size: Vec2, most: Vec2) -> Vec2 {
    let scale = (most.x / size.x.max(1.0)).min(most.y / size.y.max(1.0)).min(1.0);
    (size * scale).max(Vec2::splat(1.0))
}

fn sentence(fault: &crate::library::pictures::PictureFault, picture: &Picture) -> String {
    let message = fault.message(&picture.file);
    let mut letters = message.chars();
    let first: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    format!("{first}{}.", letters.as_str())
}

/// What the picture would show, and why it does not.
fn words(
    ui: &Ui,
    tokens: &Tokens,
    picture: &Picture,
    fault: &crate::library::pictures::PictureFault,
    width: f32,
) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = width;
    let format = |size: Type, ink: Color32| egui::TextFormat {
        font_id: size.regular(),
        line_height: Some(size.line_height()),
        color: ink,
        ..egui::TextFormat::default()
    };
    if !picture.alt.is_empty() {
        job.append(&format!("{}\n", picture.alt), 0.0, format(Type::Body, tokens.ink));
    }
    let why = format!("{} {}", icons::PROBLEM, sentence(fault, picture));
    job.append(&why, 0.0, format(Type::Caption, tokens.muted));
    ui.painter().layout_job(job)
}
