//! The pictures below the table, each with a sentence that says what it shows.

mod axes;
mod calendar;
mod calibration;
mod confidence;
mod due;
mod kinds;
mod recall;
mod retention;
mod stability;
mod time;

use eframe::egui::{self, CornerRadius, Layout, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::domain::score::Period;
use crate::domain::score::pictures::Pictures;
use crate::ui::theme::{CARD_RADIUS, Tokens, Type};
use crate::ui::widgets::chart::{self, Graph};

/// From this width on, in points, two pictures stand beside each other.
const TWO_FROM: f32 = 680.0;
const GAP: f32 = 20.0;
const PAD: f32 = 20.0;
/// Height of a picture, in points, where it has no height of its own.
const HEIGHT: f32 = 150.0;
/// Between the sentence and the picture.
const ABOVE: f32 = 18.0;

/// What the pictures are of, beside the figures themselves.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The figures.
    pub pictures: &'a Pictures,
    /// How far they look back.
    pub period: Period,
    /// What the learner aims at, 0 to 1.
    pub target: f64,
}

/// Draws its graph for a width in points.
type Draw<'a> = Box<dyn Fn(f32) -> Graph + 'a>;

/// One picture: its heading, its sentence, and its graph if there are figures for one.
pub struct Picture<'a> {
    title: &'static str,
    reading: String,
    height: f32,
    graph: Option<Draw<'a>>,
}

impl<'a> Picture<'a> {
    fn new(title: &'static str, reading: impl Into<String>, graph: impl Fn(f32) -> Graph + 'a) -> Self {
        Self { title, reading: reading.into(), height: HEIGHT, graph: Some(Box::new(graph)) }
    }

    /// There is nothing to draw; `why` says what is needed.
    fn empty(title: &'static str, why: &str) -> Self {
        Self { title, reading: why.to_owned(), height: 0.0, graph: None }
    }
}

/// Draws all of them.
pub fn show(ui: &mut Ui, tokens: &Tokens, view: View<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    row(ui, tokens, vec![(due::picture(view), 2.0), (calibration::picture(view), 1.0)]);
    calendar::show(ui, tokens, view);
    ui.add_space(GAP);
    row(ui, tokens, vec![(retention::picture(view), 1.0), (time::picture(view), 1.0)]);
    row(ui, tokens, vec![(recall::picture(view), 1.0), (stability::picture(view), 1.0)]);
    let kinds = (kinds::picture(view), 1.0);
    let last = [Some(kinds), confidence::picture(view).map(|picture| (picture, 1.0))];
    row(ui, tokens, last.into_iter().flatten().collect());
}

/// Pictures beside each other, of these shares of the width, or below each other where that is too narrow.
fn row(ui: &mut Ui, tokens: &Tokens, pictures: Vec<(Picture<'_>, f32)>) {
    let width = ui.available_width();
    if width < TWO_FROM && pictures.len() > 1 {
        for (picture, _) in pictures {
            row(ui, tokens, vec![(picture, 1.0)]);
        }
        return;
    }
    let shares: f32 = pictures.iter().map(|(_, share)| share).sum();
    let room = width - GAP * (pictures.len() - 1) as f32;
    let widths: Vec<f32> = pictures.iter().map(|(_, share)| (room * share / shares).floor()).collect();
    let head = |(picture, width): (&Picture<'_>, &f32)| heading_height(ui, picture, *width);
    let heads = pictures.iter().map(|(picture, _)| picture).zip(&widths).map(head).fold(0.0, f32::max);
    let graphs = pictures.iter().map(|(picture, _)| picture.height).fold(0.0, f32::max);
    let above = if graphs > 0.0 { ABOVE } else { 0.0 };
    let height = PAD + heads + above + graphs + PAD - 4.0;
    let (all, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let mut left = all.left();
    for ((picture, _), width) in pictures.into_iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(left, all.top()), vec2(width, height));
        left += width + GAP;
        card(ui, tokens, rect, picture.title, &picture.reading, heads, |ui| {
            if let Some(graph) = &picture.graph {
                chart::show(ui, tokens, picture.title, &picture.reading, picture.height, graph);
            }
        });
    }
    ui.add_space(GAP);
}

/// A card with a heading and a sentence, and room below them.
fn card(
    ui: &mut Ui,
    tokens: &Tokens,
    rect: Rect,
    title: &str,
    reading: &str,
    heading: f32,
    add: impl FnOnce(&mut Ui),
) {
    let radius = CornerRadius::same(CARD_RADIUS);
    ui.painter().rect(rect, radius, tokens.card, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(PAD, PAD));
    let layout = Layout::top_down(egui::Align::Min);
    let builder = egui::UiBuilder::new().id_salt(title).max_rect(inner).layout(layout);
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(Type::Body.strong(title, tokens.ink));
    ui.label(Type::Caption.text(reading, tokens.muted));
    let below = inner.top() + heading + ABOVE - ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(below.max(0.0));
    add(&mut ui);
}

/// Points that heading and sentence take in a card of this width.
fn heading_height(ui: &Ui, picture: &Picture<'_>, width: f32) -> f32 {
    let text = Type::Caption.text(&picture.reading, egui::Color32::PLACEHOLDER);
    let font = egui::FontSelection::Default;
    let wrap = Some(egui::TextWrapMode::Wrap);
    let galley = egui::WidgetText::from(text).into_galley(ui, wrap, width - 2.0 * PAD, font);
    Type::Body.line_height() + 2.0 + galley.size().y
}
