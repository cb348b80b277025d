//! Images in the column of text. They are scaled down to fit, never up; a click enlarges them.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, Galley, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::button::focus_ring;
use crate::domain::image::ImageRef;
use crate::text;
use crate::ui::icons;
use crate::ui::image_viewer::ImageViewer;
use crate::ui::images::{ImageContext, ImageDetail, ImageState, request_image};
use crate::ui::theme::{BUTTON_RADIUS, IMAGE_BACKDROP, TextSize, Tokens};

/// Largest share of the window's height that an image takes.
const MAX_HEIGHT_SHARE: f32 = 0.4;
/// Largest height of an image in a row, in points.
const MAX_ROW_HEIGHT: f32 = 180.0;
/// Largest width of the message in place of an image, in points.
const MAX_MESSAGE_WIDTH: f32 = 420.0;
/// Space around that message, in points.
const MESSAGE_PADDING: f32 = 12.0;
/// Space between images below one another, in points.
const GAP: f32 = 8.0;
/// Space at the right of an image for the button that enlarges it, in points.
const ENLARGE_BUTTON_WIDTH: f32 = 36.0;
/// Space reserved for an image whose size is not known yet, in points.
const PLACEHOLDER_SIZE: Vec2 = vec2(240.0, 135.0);

/// An image, or the message in its place, laid out and ready to be painted.
pub struct ImageTile {
    image: ImageRef,
    context: ImageContext,
    state: ImageState,
    size: Vec2,
    message: Option<Arc<Galley>>,
}

impl ImageTile {
    /// Lays an image out within `width` points.
    pub fn new(ui: &Ui, tokens: &Tokens, image: &ImageRef, width: f32) -> Self {
        let max = vec2(width, ui.ctx().content_rect().height() * MAX_HEIGHT_SHARE);
        Self::with_max_size(ui, tokens, image, max)
    }

    /// Lays an image out for a row, at most 180 points high.
    pub fn for_row(ui: &Ui, tokens: &Tokens, image: &ImageRef, width: f32) -> Self {
        let max = (ui.ctx().content_rect().height() * MAX_HEIGHT_SHARE).min(MAX_ROW_HEIGHT);
        Self::with_max_size(ui, tokens, image, vec2(width, max))
    }

    fn with_max_size(ui: &Ui, tokens: &Tokens, image: &ImageRef, max: Vec2) -> Self {
        let context = ImageContext::of(ui);
        let state = request_image(ui.ctx(), &context, image, ImageDetail::Column);
        let (size, message) = match &state {
            ImageState::Ready(shown) => (fit(shown.size, max), None),
            ImageState::Loading(size) => (fit(size.unwrap_or(PLACEHOLDER_SIZE), max), None),
            ImageState::Failed(error) => {
                let message = error_message(
                    ui,
                    tokens,
                    image,
                    error,
                    max.x.min(MAX_MESSAGE_WIDTH) - 2.0 * MESSAGE_PADDING,
                );
                (message.size() + Vec2::splat(2.0 * MESSAGE_PADDING), Some(message))
            }
        };
        Self { image: image.clone(), context, state, size, message }
    }

    /// Its size in points.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Whether the image is loaded, so that it can be enlarged.
    pub fn is_loaded(&self) -> bool {
        matches!(self.state, ImageState::Ready(_))
    }

    /// The description for screen readers.
    fn accessible_label(&self) -> String {
        match &self.state {
            ImageState::Failed(error) => {
                format!("{}. {}", self.image.label(), error_sentence(error, &self.image))
            }
            _ => self.image.label().to_owned(),
        }
    }

    /// Paints the image or the message into `rect`, which has the size of the tile.
    pub fn paint(&self, ui: &Ui, tokens: &Tokens, rect: Rect) {
        let radius = CornerRadius::same(BUTTON_RADIUS);
        let line = Stroke::new(1.0, tokens.line);
        match (&self.state, &self.message) {
            (ImageState::Ready(shown), _) => {
                if shown.has_transparency {
                    // Most transparent images are drawings with dark lines, made for white paper.
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

    /// Opens the image in the [`ImageViewer`] from the next frame on.
    pub fn enlarge(&self, ui: &Ui) {
        ImageViewer::request(ui.ctx(), self.context.clone(), self.image.clone());
    }
}

/// Draws an image as a block of its own. A click, or Enter while it has the focus, enlarges it.
pub fn show(ui: &mut Ui, tokens: &Tokens, image: &ImageRef) -> Response {
    let tile = ImageTile::new(ui, tokens, image, ui.available_width());
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

/// Images below one another.
pub struct ImageStack(Vec<ImageTile>);

impl ImageStack {
    /// Lays the images out for a row that is `width` points wide, with space for the buttons that enlarge them.
    pub fn new(ui: &Ui, tokens: &Tokens, images: &[ImageRef], width: f32) -> Self {
        let width = (width - ENLARGE_BUTTON_WIDTH).max(40.0);
        Self(images.iter().map(|image| ImageTile::for_row(ui, tokens, image, width)).collect())
    }

    /// The height of all images with the gaps between them, in points.
    pub fn height(&self) -> f32 {
        let tiles: f32 = self.0.iter().map(|tile| tile.size().y).sum();
        tiles + GAP * self.0.len().saturating_sub(1) as f32
    }

    /// Whether there are no images.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Paints the images from `at` downwards, each with a button that enlarges it, because a click on the row means
    /// something else. `id` is the base of the ids of these buttons.
    pub fn paint(&self, ui: &Ui, tokens: &Tokens, mut at: egui::Pos2, id: Id) {
        for (nth, tile) in self.0.iter().enumerate() {
            let rect = Rect::from_min_size(at, tile.size());
            tile.paint(ui, tokens, rect);
            enlarge_button(ui, tokens, tile, rect, id.with(nth));
            at.y += tile.size().y + GAP;
        }
    }
}

/// The button at the corner of a loaded image that enlarges it.
fn enlarge_button(ui: &Ui, tokens: &Tokens, tile: &ImageTile, rect: Rect, id: Id) {
    if !tile.is_loaded() {
        return;
    }
    let side = 28.0;
    let corner = Rect::from_min_size(rect.right_top() + vec2(4.0, 0.0), Vec2::splat(side));
    let response = ui.interact(corner, id, Sense::click());
    let accessible_label = text::general::enlarge_image(tile.image.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &accessible_label));
    let ink = if response.hovered() || response.has_focus() { tokens.ink } else { tokens.muted };
    let icon = ui.painter().layout_no_wrap(icons::SEARCH.to_string(), TextSize::Body.regular(), ink);
    ui.painter().galley(corner.center() - icon.size() / 2.0, icon, ink);
    focus_ring(ui, &response, corner, 4, tokens);
    if response.on_hover_text(text::general::ENLARGE).on_hover_cursor(egui::CursorIcon::ZoomIn).clicked() {
        tile.enlarge(ui);
    }
}

/// The size scaled down to fit into `max`, never up.
fn fit(size: Vec2, max: Vec2) -> Vec2 {
    let scale = (max.x / size.x.max(1.0)).min(max.y / size.y.max(1.0)).min(1.0);
    (size * scale).max(Vec2::splat(1.0))
}

/// The error as a sentence with a capital letter and a full stop.
fn error_sentence(error: &crate::library::images::ImageFileError, image: &ImageRef) -> String {
    let message = error.message(&image.file);
    let mut letters = message.chars();
    let first: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    format!("{first}{}.", letters.as_str())
}

/// The image's description, and why it cannot be shown.
fn error_message(
    ui: &Ui,
    tokens: &Tokens,
    image: &ImageRef,
    error: &crate::library::images::ImageFileError,
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
    if !image.alt.is_empty() {
        job.append(&format!("{}\n", image.alt), 0.0, format(TextSize::Body, tokens.ink));
    }
    let text = format!("{} {}", icons::PROBLEM, error_sentence(error, image));
    job.append(&text, 0.0, format(TextSize::Caption, tokens.muted));
    ui.painter().layout_job(job)
}
