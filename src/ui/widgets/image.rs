//! A picture in the column of text: scaled down to fit, never up; enlarged by a click.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, Galley, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::button::focus_ring;
use crate::domain::image::ImageRef;
use crate::ui::icons;
use crate::ui::image_viewer::ImageViewer;
use crate::ui::images::{ImageContext, ImageDetail, ImageState, request_image};
use crate::ui::theme::{BUTTON_RADIUS, IMAGE_BACKDROP, TextSize, Tokens};

/// Most of the window's height that a picture takes.
const MAX_HEIGHT_SHARE: f32 = 0.4;
/// Most points of height of a picture in a row.
const MAX_ROW_HEIGHT: f32 = 180.0;
/// Widest box of words in a picture's place.
const MAX_MESSAGE_WIDTH: f32 = 420.0;
/// Space around the words in it.
const MESSAGE_PADDING: f32 = 12.0;
/// Space between pictures below one another.
const GAP: f32 = 8.0;
/// Room beside a picture for the button that enlarges it.
const ENLARGE_BUTTON_WIDTH: f32 = 36.0;
/// A picture that was never here takes this much room until its size is known.
const PLACEHOLDER_SIZE: Vec2 = vec2(240.0, 135.0);

/// A picture as it will be drawn, or what stands in its place.
pub struct ImageTile {
    picture: ImageRef,
    context: ImageContext,
    state: ImageState,
    size: Vec2,
    message: Option<Arc<Galley>>,
}

impl ImageTile {
    /// Lays a picture out in that width.
    pub fn new(ui: &Ui, tokens: &Tokens, picture: &ImageRef, width: f32) -> Self {
        let most = vec2(width, ui.ctx().content_rect().height() * MAX_HEIGHT_SHARE);
        Self::with_max_size(ui, tokens, picture, most)
    }

    /// The same in a row, lower.
    pub fn for_row(ui: &Ui, tokens: &Tokens, picture: &ImageRef, width: f32) -> Self {
        let most = (ui.ctx().content_rect().height() * MAX_HEIGHT_SHARE).min(MAX_ROW_HEIGHT);
        Self::with_max_size(ui, tokens, picture, vec2(width, most))
    }

    fn with_max_size(ui: &Ui, tokens: &Tokens, picture: &ImageRef, most: Vec2) -> Self {
        let beside = ImageContext::of(ui);
        let look = request_image(ui.ctx(), &beside, picture, ImageDetail::Column);
        let (size, words) = match &look {
            ImageState::Ready(shown) => (fit(shown.size, most), None),
            ImageState::Loading(size) => (fit(size.unwrap_or(PLACEHOLDER_SIZE), most), None),
            ImageState::Failed(fault) => {
                let words = error_message(
                    ui,
                    tokens,
                    picture,
                    fault,
                    most.x.min(MAX_MESSAGE_WIDTH) - 2.0 * MESSAGE_PADDING,
                );
                (words.size() + Vec2::splat(2.0 * MESSAGE_PADDING), Some(words))
            }
        };
        Self { picture: picture.clone(), context: beside, state: look, size, message: words }
    }

    /// Points that it takes.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Whether there is something to enlarge.
    pub fn is_loaded(&self) -> bool {
        matches!(self.state, ImageState::Ready(_))
    }

    /// What a screen reader is told.
    fn accessible_label(&self) -> String {
        match &self.state {
            ImageState::Failed(fault) => {
                format!("{}. {}", self.picture.label(), error_sentence(fault, &self.picture))
            }
            _ => self.picture.label().to_owned(),
        }
    }

    /// Paints it.
    pub fn paint(&self, ui: &Ui, tokens: &Tokens, rect: Rect) {
        let radius = CornerRadius::same(BUTTON_RADIUS);
        let line = Stroke::new(1.0, tokens.line);
        match (&self.state, &self.message) {
            (ImageState::Ready(shown), _) => {
                if shown.has_transparency {
                    // Most such drawings have dark lines, and are made for paper.
                    ui.painter().rect_filled(rect, 0, IMAGE_BACKDROP);
                }
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(shown.texture.id(), rect, whole, Color32::WHITE);
                ui.painter().rect_stroke(rect, 0, line, StrokeKind::Outside);
            }
            (_, words) => {
                ui.painter().rect(rect, radius, tokens.soft, line, StrokeKind::Inside);
                if let Some(words) = words {
                    ui.painter().galley(rect.min + Vec2::splat(MESSAGE_PADDING), words.clone(), tokens.ink);
                }
            }
        }
    }

    /// Shows it over the whole window from the next frame on.
    pub fn enlarge(&self, ui: &Ui) {
        ImageViewer::request(ui.ctx(), self.context.clone(), self.picture.clone());
    }
}

/// Draws a picture as a block of its own; a click, or Enter while it has the focus, enlarges it.
pub fn show(ui: &mut Ui, tokens: &Tokens, picture: &ImageRef) -> Response {
    let tile = ImageTile::new(ui, tokens, picture, ui.available_width());
    let sense = if tile.is_loaded() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(tile.size(), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tile.accessible_label()));
    if ui.is_rect_visible(rect) {
        tile.paint(ui, tokens, rect);
        focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    }
    if response.clicked() {
        tile.enlarge(ui);
    }
    if tile.is_loaded() { response.on_hover_cursor(egui::CursorIcon::ZoomIn) } else { response }
}

/// Pictures below one another.
pub struct ImageStack(Vec<ImageTile>);

impl ImageStack {
    /// Lays them out for a row; room for their buttons is kept free beside them.
    pub fn new(ui: &Ui, tokens: &Tokens, pictures: &[ImageRef], width: f32) -> Self {
        let width = (width - ENLARGE_BUTTON_WIDTH).max(40.0);
        Self(pictures.iter().map(|picture| ImageTile::for_row(ui, tokens, picture, width)).collect())
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
            enlarge_button(ui, tokens, tile, rect, id.with(nth));
            at.y += tile.size().y + GAP;
        }
    }
}

/// A button at a picture's corner that enlarges it.
fn enlarge_button(ui: &Ui, tokens: &Tokens, tile: &ImageTile, rect: Rect, id: Id) {
    if !tile.is_loaded() {
        return;
    }
    let side = 28.0;
    let corner = Rect::from_min_size(rect.right_top() + vec2(4.0, 0.0), Vec2::splat(side));
    let response = ui.interact(corner, id, Sense::click());
    let told = format!("Enlarge the picture: {}", tile.picture.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    let ink = if response.hovered() || response.has_focus() { tokens.ink } else { tokens.muted };
    let icon = ui.painter().layout_no_wrap(icons::SEARCH.to_string(), TextSize::Body.regular(), ink);
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

fn error_sentence(fault: &crate::library::images::ImageFault, picture: &ImageRef) -> String {
    let message = fault.message(&picture.file);
    let mut letters = message.chars();
    let first: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    format!("{first}{}.", letters.as_str())
}

/// What the picture would show, and why it does not.
fn error_message(
    ui: &Ui,
    tokens: &Tokens,
    picture: &ImageRef,
    fault: &crate::library::images::ImageFault,
    width: f32,
) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = width;
    let format = |size: TextSize, ink: Color32| egui::TextFormat {
        font_id: size.regular(),
        line_height: Some(size.line_height()),
        color: ink,
        ..egui::TextFormat::default()
    };
    if !picture.alt.is_empty() {
        job.append(&format!("{}\n", picture.alt), 0.0, format(TextSize::Body, tokens.ink));
    }
    let why = format!("{} {}", icons::PROBLEM, error_sentence(fault, picture));
    job.append(&why, 0.0, format(TextSize::Caption, tokens.muted));
    ui.painter().layout_job(job)
}
