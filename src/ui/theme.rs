//! Colours, fonts and spacing. No other module names a colour, a font or a font size.

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
pub const COLUMN_WIDTH: f32 = 720.0;
/// Column of Match and Sort questions, whose parts are side by side, in points.
pub const WIDE_COLUMN_WIDTH: f32 = 840.0;
/// Widest column of tables, in points.
pub const TABLE_COLUMN_WIDTH: f32 = 960.0;
/// Least distance of a column from the window's edge, in points.
pub const EDGE_MARGIN: f32 = 16.0;
/// Corner radius of buttons, in points.
pub const BUTTON_RADIUS: u8 = 8;
/// Corner radius of cards, in points.
pub const CARD_RADIUS: u8 = 10;
/// Background of transparent images, in both themes: most are drawings with dark lines, made for white paper.
pub const IMAGE_BACKDROP: Color32 = Color32::WHITE;
/// Duration of an animation, in seconds.
pub const MOTION_SECONDS: f32 = 0.12;

/// The colours of a theme. They are named for their use, so that screens work with every theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Background of the window.
    pub paper: Color32,
    /// Background of cards and fields.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Secondary text.
    pub muted: Color32,
    /// Hairlines and outlines.
    pub line: Color32,
    /// Background of hovered and other unobtrusive areas.
    pub soft: Color32,
    /// The primary action, the focus and the current selection.
    pub accent: Color32,
    /// Background of a selected item.
    pub accent_fill: Color32,
    /// Text on a background of `accent`.
    pub on_accent: Color32,
    /// Signs and outlines of right answers.
    pub right: Color32,
    /// Background of right answers.
    pub right_fill: Color32,
    /// Signs and outlines of partly right answers.
    pub partly: Color32,
    /// Background of partly right answers.
    pub partly_fill: Color32,
    /// Signs and outlines of wrong answers, and of problems.
    pub wrong: Color32,
    /// Background of wrong answers, and of problems.
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

/// The font sizes, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// 13: secondary text.
    Caption,
    /// 15: body text.
    Body,
    /// 18: answer options, headings of a section.
    Lead,
    /// 24: the prompt of a question.
    Prompt,
    /// 32: the title of a screen.
    Title,
}

impl TextSize {
    /// The font size in points.
    pub fn size(self) -> f32 {
        match self {
            TextSize::Caption => 13.0,
            TextSize::Body => 15.0,
            TextSize::Lead => 18.0,
            TextSize::Prompt => 24.0,
            TextSize::Title => 32.0,
        }
    }

    /// The line height in points.
    pub fn line_height(self) -> f32 {
        match self {
            TextSize::Caption => 18.0,
            TextSize::Body => 23.0,
            TextSize::Lead => 26.0,
            TextSize::Prompt => 32.0,
            TextSize::Title => 40.0,
        }
    }

    /// The font of weight 400.
    pub fn regular(self) -> FontId {
        FontId::new(self.size(), FontFamily::Proportional)
    }

    /// The font of weight 600.
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

/// Installs the fonts and both themes in egui. Called once, at the start.
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
    // The program has its own keys for the text size, because the size is a saved setting.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // For systems that do not say which theme they use.
        options.fallback_theme = egui::Theme::Light;
    });
}

/// The style of egui's own widgets (fields, scroll bars, tooltips) in a theme.
fn style(tokens: &Tokens) -> egui::Style {
    let text_styles = [
        (TextStyle::Small, TextSize::Caption.regular()),
        (TextStyle::Body, TextSize::Body.regular()),
        (TextStyle::Button, TextSize::Body.regular()),
        (TextStyle::Heading, TextSize::Lead.semibold()),
        (TextStyle::Monospace, FontId::new(TextSize::Body.size(), FontFamily::Monospace)),
    ];
    let mut style = egui::Style { text_styles: text_styles.into(), ..egui::Style::default() };
    style.spacing.item_spacing = egui::vec2(8.0, 8.0);
    style.spacing.interact_size.y = 32.0;
    style.spacing.menu_margin = Margin::same(8);
    // Scroll bars float over the content, so that a column stays centred whether it scrolls or not.
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
    // A blinking cursor would repaint for ever, and an idle window must use no processor time.
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

    /// Contrast ratio from relative luminances, as WCAG 2.2 defines both.
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
    fn text_has_enough_contrast_on_every_background_it_is_used_on() {
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
            for (text, background) in pairs {
                assert!(
                    contrast(text, background) >= 4.5,
                    "{text:?} on {background:?}: {}",
                    contrast(text, background)
                );
            }
        }
    }
}
