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
use crate::domain::score::charts::ChartData;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::chart::{self, Graph};

/// From this width on, in points, two pictures stand beside each other.
const TWO_COLUMNS_MIN_WIDTH: f32 = 680.0;
const GAP: f32 = 20.0;
const PAD: f32 = 20.0;
/// Height of a picture, in points, where it has no height of its own.
const GRAPH_HEIGHT: f32 = 150.0;
/// Between the sentence and the picture.
const SUMMARY_GAP: f32 = 18.0;

/// What the pictures are of, beside the figures themselves.
#[derive(Clone, Copy)]
pub struct ChartContext<'a> {
    /// The figures.
    pub pictures: &'a ChartData,
    /// How far they look back.
    pub period: Period,
    /// What the learner aims at, 0 to 1.
    pub target: f64,
}

/// Draws its graph for a width in points.
type GraphFn<'a> = Box<dyn Fn(f32) -> Graph + 'a>;

/// One picture: its heading, its sentence, and its graph if there are figures for one.
pub struct ChartCard<'a> {
    title: &'static str,
    summary: String,
    height: f32,
    graph: Option<GraphFn<'a>>,
}

impl<'a> ChartCard<'a> {
    fn new(title: &'static str, reading: impl Into<String>, graph: impl Fn(f32) -> Graph + 'a) -> Self {
        Self { title, summary: reading.into(), height: GRAPH_HEIGHT, graph: Some(Box::new(graph)) }
    }

    /// There is nothing to draw; `why` says what is needed.
    fn empty(title: &'static str, why: &str) -> Self {
        Self { title, summary: why.to_owned(), height: 0.0, graph: None }
    }
}

/// Draws all of them.
pub fn show(ui: &mut Ui, tokens: &Tokens, view: ChartContext<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    row(ui, tokens, vec![(due::chart(view), 2.0), (calibration::chart(view), 1.0)]);
    calendar::show(ui, tokens, view);
    ui.add_space(GAP);
    row(ui, tokens, vec![(retention::chart(view), 1.0), (time::chart(view), 1.0)]);
    row(ui, tokens, vec![(recall::chart(view), 1.0), (stability::chart(view), 1.0)]);
    let kinds = (kinds::chart(view), 1.0);
    let last = [Some(kinds), confidence::chart(view).map(|picture| (picture, 1.0))];
    row(ui, tokens, last.into_iter().flatten().collect());
}

/// Pictures beside each other, of these shares of the width, or below each other where that is too narrow.
fn row(ui: &mut Ui, tokens: &Tokens, pictures: Vec<(ChartCard<'_>, f32)>) {
    let width = ui.available_width();
    if width < TWO_COLUMNS_MIN_WIDTH && pictures.len() > 1 {
        for (picture, _) in pictures {
            row(ui, tokens, vec![(picture, 1.0)]);
        }
        return;
    }
    let shares: f32 = pictures.iter().map(|(_, share)| share).sum();
    let room = width - GAP * (pictures.len() - 1) as f32;
    let widths: Vec<f32> = pictures.iter().map(|(_, share)| (room * share / shares).floor()).collect();
    let head = |(picture, width): (&ChartCard<'_>, &f32)| heading_height(ui, picture, *width);
    let heads = pictures.iter().map(|(picture, _)| picture).zip(&widths).map(head).fold(0.0, f32::max);
    let graphs = pictures.iter().map(|(picture, _)| picture.height).fold(0.0, f32::max);
    let above = if graphs > 0.0 { SUMMARY_GAP } else { 0.0 };
    let height = PAD + heads + above + graphs + PAD - 4.0;
    let (all, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let mut left = all.left();
    for ((picture, _), width) in pictures.into_iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(left, all.top()), vec2(width, height));
        left += width + GAP;
        card(ui, tokens, rect, picture.title, &picture.summary, heads, |ui| {
            if let Some(graph) = &picture.graph {
                chart::show(ui, tokens, picture.title, &picture.summary, picture.height, graph);
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
    ui.label(TextSize::Body.strong(title, tokens.ink));
    ui.label(TextSize::Caption.text(reading, tokens.muted));
    let below = inner.top() + heading + SUMMARY_GAP - ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(below.max(0.0));
    add(&mut ui);
}

/// Points that heading and sentence take in a card of this width.
fn heading_height(ui: &Ui, picture: &ChartCard<'_>, width: f32) -> f32 {
    let text = TextSize::Caption.text(&picture.summary, egui::Color32::PLACEHOLDER);
    let font = egui::FontSelection::Default;
    let wrap = Some(egui::TextWrapMode::Wrap);
    let galley = egui::WidgetText::from(text).into_galley(ui, wrap, width - 2.0 * PAD, font);
    TextSize::Body.line_height() + 2.0 + galley.size().y
}
