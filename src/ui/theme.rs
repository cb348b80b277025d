//! Colours, type and space: the only place that names a colour, a font or a size.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Stroke,
    TextStyle,
};
use serde::Deserialize;

const LIGHT: &str = include_str!("../../assets/themes/light.ron");
const DARK: &str = include_str!("../../assets/themes/dark.ron");
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Pretendard-Regular.otf");
const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Pretendard-SemiBold.otf");
const ICONS: &[u8] = include_bytes!("../../assets/icons/lucide-subset.ttf");

/// Widest column of text and answers, in points: about 70 characters.
pub const COLUMN: f32 = 720.0;
/// Column of sorting and matching, whose parts stand side by side.
pub const WIDE_COLUMN: f32 = 840.0;
/// Widest column of tables.
pub const TABLE_COLUMN: f32 = 960.0;
/// Least distance of a column from the window's edge.
pub const EDGE: f32 = 16.0;
/// Corner of buttons, in points.
pub const BUTTON_RADIUS: u8 = 8;
/// Corner of cards, in points.
pub const CARD_RADIUS: u8 = 10;
/// Behind pictures that can be seen through, in both themes: they are made for paper.
pub const PICTURE_GROUND: Color32 = Color32::WHITE;
/// Length of a change that is shown moving, in seconds.
pub const MOTION_SECONDS: f32 = 0.12;

/// The colours of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether it is the dark one.
    pub dark: bool,
    /// The window.
    pub paper: Color32,
    /// Cards on it.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight.
    pub muted: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Quiet grounds.
    pub soft: Color32,
    /// What to do next, and where one is.
    pub accent: Color32,
    /// Ground of the same.
    pub accent_fill: Color32,
    /// Text on accent.
    pub on_accent: Color32,
    /// Right.
    pub right: Color32,
    /// Ground of the same.
    pub right_fill: Color32,
    /// Partly right.
    pub partly: Color32,
    /// Ground of the same.
    pub partly_fill: Color32,
    /// Wrong.
    pub wrong: Color32,
    /// Ground of the same.
    pub wrong_fill: Color32,
}

#[derive(Deserialize)]
struct TokenFile {
    dark: bool,
    paper: String,
    card: String,
    ink: String,
    muted: String,
    line: String,
    soft: String,
    accent: String,
    accent_fill: String,
    on_accent: String,
    right: String,
    right_fill: String,
    partly: String,
    partly_fill: String,
    wrong: String,
    wrong_fill: String,
}

impl Tokens {
    /// The light theme.
    pub fn light() -> Self {
        Self::parse(LIGHT)
    }

    /// The dark theme.
    pub fn dark() -> Self {
        Self::parse(DARK)
    }

    #[expect(clippy::expect_used, reason = "the files are inside the program, and a test reads both")]
    #[expect(clippy::disallowed_methods, reason = "colours come from these files")]
    fn parse(text: &str) -> Self {
        let file: TokenFile = ron::from_str(text).expect("a theme inside the program is well formed");
        let colour = |hex: &str| Color32::from_hex(hex).expect("a colour inside the program is well formed");
        Self {
            dark: file.dark,
            paper: colour(&file.paper),
            card: colour(&file.card),
            ink: colour(&file.ink),
            muted: colour(&file.muted),
            line: colour(&file.line),
            soft: colour(&file.soft),
            accent: colour(&file.accent),
            accent_fill: colour(&file.accent_fill),
            on_accent: colour(&file.on_accent),
            right: colour(&file.right),
            right_fill: colour(&file.right_fill),
            partly: colour(&file.partly),
            partly_fill: colour(&file.partly_fill),
            wrong: colour(&file.wrong),
            wrong_fill: colour(&file.wrong_fill),
        }
    }
}

/// Sizes of type, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// 13: what may be overlooked.
    Caption,
    /// 15: text.
    Body,
    /// 18: options, headings of a part.
    Lead,
    /// 24: the question.
    Prompt,
    /// 32: the screen's first words.
    Title,
}

impl Type {
    /// Points.
    pub fn size(self) -> f32 {
        match self {
            Type::Caption => 13.0,
            Type::Body => 15.0,
            Type::Lead => 18.0,
            Type::Prompt => 24.0,
            Type::Title => 32.0,
        }
    }

    /// Distance of lines, in points.
    pub fn line_height(self) -> f32 {
        match self {
            Type::Caption => 18.0,
            Type::Body => 23.0,
            Type::Lead => 26.0,
            Type::Prompt => 32.0,
            Type::Title => 40.0,
        }
    }

    /// Weight 400.
    pub fn regular(self) -> FontId {
        FontId::new(self.size(), FontFamily::Proportional)
    }

    /// Weight 600.
    pub fn semibold(self) -> FontId {
        FontId::new(self.size(), semibold_family())
    }

    /// Text of weight 400.
    pub fn text(self, text: impl Into<String>, colour: Color32) -> RichText {
        RichText::new(text).font(self.regular()).line_height(Some(self.line_height())).color(colour)
    }

    /// Text of weight 600.
    pub fn strong(self, text: impl Into<String>, colour: Color32) -> RichText {
        RichText::new(text).font(self.semibold()).line_height(Some(self.line_height())).color(colour)
    }
}

fn semibold_family() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Makes the fonts and both themes known to egui; once, at the start.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    for (name, data) in [("regular", REGULAR), ("semibold", SEMIBOLD), ("icons", ICONS)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    }
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| {
        [first.to_owned(), "icons".to_owned()]
            .into_iter()
            .chain(fallbacks.iter().cloned())
            .collect::<Vec<_>>()
    };
    fonts.families.insert(semibold_family(), family("semibold"));
    fonts.families.insert(FontFamily::Proportional, family("regular"));
    ctx.set_fonts(fonts);
    ctx.set_style_of(egui::Theme::Light, style(&Tokens::light()));
    ctx.set_style_of(egui::Theme::Dark, style(&Tokens::dark()));
    // Ours, because the size is a setting that is kept.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Where the system does not say: paper, as for reading.
        options.fallback_theme = egui::Theme::Light;
    });
}

/// What egui's own widgets (fields, scroll bars, tooltips) look like in a theme.
fn style(tokens: &Tokens) -> egui::Style {
    let text_styles = [
        (TextStyle::Small, Type::Caption.regular()),
        (TextStyle::Body, Type::Body.regular()),
        (TextStyle::Button, Type::Body.regular()),
        (TextStyle::Heading, Type::Lead.semibold()),
        (TextStyle::Monospace, FontId::new(Type::Body.size(), FontFamily::Monospace)),
    ];
    let mut style = egui::Style { text_styles: text_styles.into(), ..egui::Style::default() };
    style.spacing.item_spacing = egui::vec2(8.0, 8.0);
    style.spacing.interact_size.y = 32.0;
    style.spacing.menu_margin = Margin::same(8);
    // Over the content, so that a column stays centred whether it scrolls or not.
    style.spacing.scroll = egui::style::ScrollStyle::floating();
    style.animation_time = MOTION_SECONDS;
    style.interaction.selectable_labels = false;
    let base = if tokens.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    let mut visuals = base;
    visuals.override_text_color = Some(tokens.ink);
    visuals.panel_fill = tokens.paper;
    visuals.window_fill = tokens.card;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.extreme_bg_color = tokens.card;
    visuals.text_edit_bg_color = Some(tokens.card);
    visuals.faint_bg_color = tokens.soft;
    visuals.code_bg_color = tokens.soft;
    visuals.hyperlink_color = tokens.accent;
    visuals.selection.bg_fill = tokens.accent_fill;
    visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(BUTTON_RADIUS);
    // A blinking cursor repaints for ever: the window is to idle at zero.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(2.0, tokens.accent);
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(BUTTON_RADIUS);
        widget.bg_stroke = Stroke::new(1.0, tokens.line);
        widget.fg_stroke = Stroke::new(1.0, tokens.ink);
    }
    style.visuals = visuals;
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |colour: Color32| {
            let linear = |byte: u8| {
                let value = f64::from(byte) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground_it_stands_on() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            let pairs = [
                (tokens.ink, tokens.paper),
                (tokens.ink, tokens.card),
                (tokens.ink, tokens.soft),
                (tokens.ink, tokens.right_fill),
                (tokens.ink, tokens.partly_fill),
                (tokens.ink, tokens.wrong_fill),
                (tokens.ink, tokens.accent_fill),
                (tokens.muted, tokens.paper),
                (tokens.muted, tokens.card),
                (tokens.muted, tokens.soft),
                (tokens.muted, tokens.accent_fill),
                (tokens.muted, tokens.right_fill),
                (tokens.muted, tokens.partly_fill),
                (tokens.muted, tokens.wrong_fill),
                (tokens.accent, tokens.paper),
                (tokens.accent, tokens.accent_fill),
                (tokens.on_accent, tokens.accent),
                (tokens.right, tokens.paper),
                (tokens.right, tokens.right_fill),
                (tokens.partly, tokens.paper),
                (tokens.partly, tokens.partly_fill),
                (tokens.wrong, tokens.paper),
                (tokens.wrong, tokens.wrong_fill),
            ];
            for (text, ground) in pairs {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
            }
        }
    }
}
