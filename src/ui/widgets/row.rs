//! A row that can be selected: an answer option, an item to order or to match, an item in a bin.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, Galley, Id, Pos2, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    vec2,
};

use super::button::focus_ring;
use super::image::ImageStack;
use super::keycap::Keycap;
use super::markdown;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};

/// What a row's colours say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: it can be selected.
    Plain,
    /// It is selected.
    Picked,
    /// It is right.
    Right,
    /// It is right, but in the wrong place or not selected.
    Partly,
    /// It is wrong.
    Wrong,
}

/// A row, built with chained calls and drawn by [`SelectableRow::show`].
pub struct SelectableRow<'a> {
    text: &'a str,
    key: Option<String>,
    icon: Option<char>,
    below: Option<&'a str>,
    trailing: Option<String>,
    spoken_status: Option<String>,
    tone: Tone,
    filled: bool,
    size: TextSize,
    sense: Sense,
    role: Role,
    id: Option<Id>,
}

/// A text and the images below it, laid out.
struct LaidOutText {
    text: Arc<Galley>,
    images: ImageStack,
    /// Distance from the top to the images, in points.
    images_offset: f32,
}

impl LaidOutText {
    fn height(&self) -> f32 {
        self.images_offset + self.images.height()
    }

    fn paint(&self, ui: &Ui, tokens: &Tokens, at: Pos2, id: Id) {
        ui.painter().galley(at, self.text.clone(), tokens.ink);
        self.images.paint(ui, tokens, at + vec2(0.0, self.images_offset), id);
    }
}

impl<'a> SelectableRow<'a> {
    /// A row with CommonMark text that can be clicked.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            key: None,
            icon: None,
            below: None,
            trailing: None,
            spoken_status: None,
            tone: Tone::Plain,
            filled: true,
            size: TextSize::Lead,
            sense: Sense::click(),
            role: Role::Button,
            id: None,
        }
    }

    /// Shows the key that selects it.
    pub fn key(mut self, key: impl ToString) -> Self {
        self.key = Some(key.to_string());
        self
    }

    /// Shows an icon in place of the key.
    pub fn icon(mut self, icon: char) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Adds a muted second line.
    pub fn below(mut self, words: Option<&'a str>) -> Self {
        self.below = words;
        self
    }

    /// Adds a short text at the right edge.
    pub fn trailing(mut self, words: impl Into<String>) -> Self {
        self.trailing = Some(words.into());
        self
    }

    /// Says for screen readers what colour, icon and the text at the right edge show, such as "right answer".
    pub fn spoken_status(mut self, words: impl Into<String>) -> Self {
        self.spoken_status = Some(words.into());
        self
    }

    /// Sets its colours.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Colours only its outline.
    pub fn outlined(mut self) -> Self {
        self.filled = false;
        self
    }

    /// Makes it smaller, for several side by side.
    pub fn compact(mut self) -> Self {
        self.size = TextSize::Body;
        self
    }

    /// Makes it draggable as well, under this id.
    pub fn draggable(mut self, id: Id) -> Self {
        self.sense = Sense::click_and_drag();
        self.id = Some(id);
        self
    }

    /// Makes it a label that cannot be clicked.
    pub fn display_only(mut self) -> Self {
        self.sense = Sense::hover();
        self.role = Role::Label;
        self
    }

    /// Makes it a check box for screen readers.
    pub fn check_box(mut self) -> Self {
        self.role = Role::CheckBox;
        self
    }

    /// Draws the row over the whole width.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        let compact = self.size != TextSize::Lead;
        let pad = if compact { vec2(12.0, 9.0) } else { vec2(16.0, 15.0) };
        let width = ui.available_width();
        let mark_ink = match self.tone {
            Tone::Plain | Tone::Picked => tokens.muted,
            Tone::Right => tokens.right,
            Tone::Partly => tokens.partly,
            Tone::Wrong => tokens.wrong,
        };
        let cap = self.key.as_ref().map(|key| Keycap::new(ui, key));
        let icon = self.icon.map(|icon| {
            ui.painter().layout_no_wrap(icon.to_string(), self.size.semibold(), Color32::PLACEHOLDER)
        });
        let mark_width =
            if cap.is_some() || icon.is_some() { if compact { 30.0 } else { 36.0 } } else { 0.0 };
        let cap_width = cap.as_ref().map_or(0.0, |cap| cap.size().x + 12.0);
        let mark_width = f32::max(mark_width, cap_width);
        let trailing = self.trailing.as_ref().map(|words| {
            ui.painter().layout_no_wrap(words.clone(), TextSize::Caption.regular(), tokens.muted)
        });
        let trailing_width = trailing.as_ref().map_or(0.0, |galley| galley.size().x + 12.0);
        let text_width = (width - 2.0 * pad.x - mark_width - trailing_width).max(40.0);
        let lay = |ui: &Ui, words: &str, size: TextSize, ink: Color32| {
            let (mut job, images) = markdown::with_images(words, size, false, ink, tokens);
            let images = ImageStack::new(ui, tokens, &images, text_width);
            job.wrap.max_width = text_width;
            let is_bare = job.text.is_empty() && !images.is_empty();
            let text = ui.painter().layout_job(job);
            let text_height = if is_bare { 0.0 } else { text.size().y };
            let gap = if is_bare || images.is_empty() { 0.0 } else { 8.0 };
            LaidOutText { text, images, images_offset: text_height + gap }
        };
        let text = lay(ui, self.text, self.size, tokens.ink);
        let below = self.below.map(|words| lay(ui, words, TextSize::Caption, tokens.muted));
        let below_height = below.as_ref().map_or(0.0, |below| below.height() + 4.0);
        let height = text.height() + below_height + 2.0 * pad.y;

        let (rect, response) = match self.id {
            Some(id) => {
                let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
                (rect, ui.interact(rect, id, self.sense))
            }
            None => ui.allocate_exact_size(vec2(width, height), self.sense),
        };
        self.describe(&response);

        if ui.is_rect_visible(rect) {
            let highlighted = response.hovered() && self.sense.senses_click();
            let (fill, line) = match self.tone {
                Tone::Plain if highlighted => (tokens.soft, tokens.line),
                Tone::Plain => (tokens.card, tokens.line),
                Tone::Picked => (tokens.accent_fill, tokens.accent),
                Tone::Right => (tokens.right_fill, tokens.right),
                Tone::Partly => (tokens.partly_fill, tokens.partly),
                Tone::Wrong => (tokens.wrong_fill, tokens.wrong),
            };
            let fill = if self.filled { fill } else { tokens.card };
            let radius = CornerRadius::same(CARD_RADIUS);
            ui.painter().rect(rect, radius, fill, Stroke::new(1.0, line), StrokeKind::Inside);
            focus_ring(ui, &response, rect, CARD_RADIUS, tokens);
            let first_line = rect.top() + pad.y + self.size.line_height() / 2.0;
            if let Some(icon) = icon {
                let at = egui::pos2(rect.left() + pad.x, first_line - icon.size().y / 2.0);
                ui.painter().galley(at, icon, mark_ink);
            } else if let Some(cap) = cap {
                let at = egui::pos2(rect.left() + pad.x, first_line - cap.size().y / 2.0);
                cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
            }
            let text_at = rect.min + pad + vec2(mark_width, 0.0);
            text.paint(ui, tokens, text_at, response.id.with("pictures"));
            if let Some(below) = below {
                let at = text_at + vec2(0.0, text.height() + 4.0);
                below.paint(ui, tokens, at, response.id.with("pictures below"));
            }
            if let Some(trailing) = trailing {
                let at = egui::pos2(
                    rect.right() - pad.x - trailing.size().x,
                    first_line - trailing.size().y / 2.0,
                );
                ui.painter().galley(at, trailing, tokens.muted);
            }
        }
        if self.sense.senses_click() {
            response.on_hover_cursor(egui::CursorIcon::PointingHand)
        } else {
            response
        }
    }

    /// Says to screen readers what the row shows.
    fn describe(&self, response: &Response) {
        let plain = markdown::plain(self.text);
        let mut accessible_label = plain;
        for (between, words) in [
            (", ", self.spoken_status.clone()),
            (". ", self.below.map(|words| markdown::plain(words).to_string())),
        ] {
            accessible_label.extend(words.iter().flat_map(|words| [between, words.as_str()]));
        }
        response.widget_info(|| match self.role {
            Role::CheckBox => {
                WidgetInfo::selected(Role::CheckBox, true, self.tone == Tone::Picked, &accessible_label)
            }
            role if self.tone == Tone::Picked => WidgetInfo::selected(role, true, true, &accessible_label),
            role => WidgetInfo::labeled(role, true, &accessible_label),
        });
    }
}
