//! An image over the whole window, which can be enlarged and moved.

use eframe::egui::{
    self, Color32, Context, Event, Id, Key, Modifiers, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::images::{ImageContext, ImageDetail, ImageState, request_image};
use super::theme::{IMAGE_BACKDROP, TextSize, Tokens};
use super::widgets::button::Button;
use crate::domain::image::ImageRef;
use crate::text;

/// Factor by which a key makes the image larger or smaller.
const SCALE_STEP: f32 = 1.25;
/// Points that an arrow key moves the image by.
const PAN_STEP: f32 = 64.0;
/// Largest scale; 1 is the size at which the whole image fits.
const MAX_SCALE: f32 = 16.0;
/// Space around the image, in points.
const MARGIN: f32 = 24.0;
/// Height of the footer, in points.
const FOOTER_HEIGHT: f32 = 64.0;

/// The enlarged image.
#[derive(Clone, Default)]
pub struct ImageViewer {
    context: ImageContext,
    image: ImageRef,
    /// The widget that had the focus before.
    previous_focus: Option<Id>,
    /// From 1, where the whole image fits, to [`MAX_SCALE`].
    scale: f32,
    /// The image's centre relative to the middle of the window, in points.
    offset: Vec2,
}

impl ImageViewer {
    /// Requests that an image is shown from the next frame on.
    pub fn request(ctx: &Context, context: ImageContext, image: ImageRef) {
        // No widget below may take keys while the viewer is open.
        let previous_focus = ctx.memory_mut(|memory| {
            let focused = memory.focused();
            focused.inspect(|focused| memory.surrender_focus(*focused))
        });
        let viewer = Self { context, image, previous_focus, scale: 1.0, offset: Vec2::ZERO };
        ctx.data_mut(|data| data.insert_temp(request_id(), viewer));
        ctx.request_repaint();
    }

    /// The viewer that was requested in this frame, given out once.
    pub fn take_request(ctx: &Context) -> Option<Self> {
        ctx.data_mut(|data| data.remove_temp(request_id()))
    }

    /// The widget that gets the focus back when the viewer is closed.
    pub fn previous_focus(&self) -> Option<Id> {
        self.previous_focus
    }

    /// Draws it and returns whether it stays open.
    pub fn show(&mut self, ui: &Ui, tokens: &Tokens) -> bool {
        let ctx = ui.ctx().clone();
        if self.read_keys(&ctx) {
            return false;
        }
        let mut stays = true;
        let screen = ctx.content_rect();
        let id = Id::unique("enlarged picture");
        egui::Modal::new(id)
            .backdrop_color(tokens.paper)
            .area(egui::Modal::default_area(id).anchor(egui::Align2::LEFT_TOP, Vec2::ZERO))
            .frame(egui::Frame::new().fill(tokens.paper))
            .show(&ctx, |ui| {
                ui.set_min_size(screen.size());
                stays &= !self.draw(ui, tokens, screen);
            });
        stays
    }

    /// Returns whether a key closed it.
    fn read_keys(&mut self, ctx: &Context) -> bool {
        let (mut closed, mut step, mut pan) = (false, 0i32, Vec2::ZERO);
        let mut reset = false;
        ctx.input_mut(|input| {
            input.events.retain(|event| !matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_)));
            let mut consume = |key: Key| input.consume_key(Modifiers::NONE, key);
            for key in [Key::Escape, Key::Enter, Key::Space] {
                closed |= consume(key);
            }
            step += i32::from(consume(Key::Plus) || consume(Key::Equals)) - i32::from(consume(Key::Minus));
            reset = consume(Key::Num0);
            for (key, by) in [
                (Key::ArrowLeft, vec2(PAN_STEP, 0.0)),
                (Key::ArrowRight, vec2(-PAN_STEP, 0.0)),
                (Key::ArrowUp, vec2(0.0, PAN_STEP)),
                (Key::ArrowDown, vec2(0.0, -PAN_STEP)),
            ] {
                if consume(key) {
                    pan += by;
                }
            }
        });
        if reset {
            self.scale = 1.0;
            self.offset = Vec2::ZERO;
        }
        self.scale_around(SCALE_STEP.powi(step), Vec2::ZERO);
        self.offset += pan;
        closed
    }

    /// Multiplies the scale by `factor`, around a point that stays in its place.
    fn scale_around(&mut self, factor: f32, around: Vec2) {
        let scale = (self.scale * factor).clamp(1.0, MAX_SCALE);
        self.offset = around + (self.offset - around) * (scale / self.scale);
        self.scale = scale;
    }

    /// Draws image and footer and returns whether a click closed it.
    fn draw(&mut self, ui: &mut Ui, tokens: &Tokens, screen: Rect) -> bool {
        let room = Rect::from_min_max(
            screen.min + Vec2::splat(MARGIN),
            screen.max - vec2(MARGIN, MARGIN.max(FOOTER_HEIGHT)),
        );
        let response = ui.interact(screen, ui.scope_id().with("picture"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.image.label()));
        if response.hovered() {
            let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
            let around = response.hover_pos().map_or(Vec2::ZERO, |at| at - room.center());
            self.scale_around((wheel / 200.0).exp() * pinch, around);
        }
        self.offset += response.drag_delta();
        match self.best_image(ui.ctx()) {
            ImageState::Ready(image) => {
                // A small image is enlarged to twice its size at most: more would show no more detail.
                let fit = (room.width() / image.size.x).min(room.height() / image.size.y).min(2.0);
                let size = image.size * fit * self.scale;
                let max_offset = ((size - room.size()) / 2.0).max(Vec2::ZERO);
                self.offset = self.offset.clamp(-max_offset, max_offset);
                let rect = Rect::from_center_size(room.center() + self.offset, size);
                if image.has_transparency {
                    ui.painter().rect_filled(rect, 0, IMAGE_BACKDROP);
                }
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(image.texture.id(), rect, uv, Color32::WHITE);
            }
            ImageState::Loading(_) | ImageState::Failed(_) => {}
        }
        let closed = self.footer(ui, tokens, screen);
        let cursor = if self.scale > 1.0 { egui::CursorIcon::Grab } else { egui::CursorIcon::ZoomOut };
        response.on_hover_cursor(cursor).clicked() || closed
    }

    /// The image in full detail, or in the detail of the text column until that is loaded.
    fn best_image(&self, ctx: &Context) -> ImageState {
        match request_image(ctx, &self.context, &self.image, ImageDetail::Whole) {
            ImageState::Ready(image) => ImageState::Ready(image),
            _ => request_image(ctx, &self.context, &self.image, ImageDetail::Column),
        }
    }

    /// Draws the description, the keys and the Close button; returns whether the button was clicked.
    fn footer(&self, ui: &mut Ui, tokens: &Tokens, screen: Rect) -> bool {
        let rect = Rect::from_min_max(pos2(screen.left(), screen.bottom() - FOOTER_HEIGHT), screen.max);
        ui.painter().rect_filled(rect, 0, tokens.paper);
        let inside = rect.shrink2(vec2(MARGIN, 8.0));
        let mut closed = false;
        ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                closed = Button::secondary(text::general::CLOSE)
                    .small()
                    .key(crate::app::Shortcut::Escape)
                    .show(ui, tokens)
                    .clicked();
                if inside.width() > 640.0 {
                    ui.label(TextSize::Caption.text(text::general::IMAGE_KEYS, tokens.muted));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let words = TextSize::Body.text(self.image.alt.as_str(), tokens.ink);
                    ui.add(egui::Label::new(words).truncate());
                });
            });
        });
        closed
    }
}

fn request_id() -> Id {
    Id::unique("enlarge a picture")
}
