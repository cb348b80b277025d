//! The charts below the table of topics. Each has a sentence that sums it up.

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

/// Narrowest content with two charts side by side, in points.
const TWO_COLUMNS_MIN_WIDTH: f32 = 680.0;
const GAP: f32 = 20.0;
const PAD: f32 = 20.0;
/// Height of a graph without a height of its own, in points.
const GRAPH_HEIGHT: f32 = 150.0;
/// Space between the summary and the graph, in points.
const SUMMARY_GAP: f32 = 18.0;

/// What every chart is drawn from.
#[derive(Clone, Copy)]
pub struct ChartContext<'a> {
    /// The figures of all charts.
    pub data: &'a ChartData,
    /// The period that they cover.
    pub period: Period,
    /// The desired retention, 0 to 1.
    pub target: f64,
}

/// Builds a graph for a width in points.
type GraphFn<'a> = Box<dyn Fn(f32) -> Graph + 'a>;

/// A chart in its card: title, summary, and graph. `graph` is `None` if there is no data for it yet.
pub struct ChartCard<'a> {
    title: &'static str,
    summary: String,
    height: f32,
    graph: Option<GraphFn<'a>>,
}

impl<'a> ChartCard<'a> {
    fn new(title: &'static str, summary: impl Into<String>, graph: impl Fn(f32) -> Graph + 'a) -> Self {
        Self { title, summary: summary.into(), height: GRAPH_HEIGHT, graph: Some(Box::new(graph)) }
    }

    /// A chart without data. `why` says what it needs.
    fn empty(title: &'static str, why: &str) -> Self {
        Self { title, summary: why.to_owned(), height: 0.0, graph: None }
    }
}

/// Draws all charts.
pub fn show(ui: &mut Ui, tokens: &Tokens, context: ChartContext<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    row(ui, tokens, vec![(due::chart(context), 2.0), (calibration::chart(context), 1.0)]);
    calendar::show(ui, tokens, context);
    ui.add_space(GAP);
    row(ui, tokens, vec![(retention::chart(context), 1.0), (time::chart(context), 1.0)]);
    row(ui, tokens, vec![(recall::chart(context), 1.0), (stability::chart(context), 1.0)]);
    let kinds = (kinds::chart(context), 1.0);
    let last = [Some(kinds), confidence::chart(context).map(|card| (card, 1.0))];
    row(ui, tokens, last.into_iter().flatten().collect());
}

/// Draws charts side by side, below each other in a narrow window. Each has its share of the width.
fn row(ui: &mut Ui, tokens: &Tokens, cards: Vec<(ChartCard<'_>, f32)>) {
    let width = ui.available_width();
    if width < TWO_COLUMNS_MIN_WIDTH && cards.len() > 1 {
        for (card, _) in cards {
            row(ui, tokens, vec![(card, 1.0)]);
        }
        return;
    }
    let shares: f32 = cards.iter().map(|(_, share)| share).sum();
    let room = width - GAP * (cards.len() - 1) as f32;
    let widths: Vec<f32> = cards.iter().map(|(_, share)| (room * share / shares).floor()).collect();
    let height_of = |(card, width): (&ChartCard<'_>, &f32)| heading_height(ui, card, *width);
    let heading = cards.iter().map(|(card, _)| card).zip(&widths).map(height_of).fold(0.0, f32::max);
    let graphs = cards.iter().map(|(card, _)| card.height).fold(0.0, f32::max);
    let above = if graphs > 0.0 { SUMMARY_GAP } else { 0.0 };
    let height = PAD + heading + above + graphs + PAD - 4.0;
    let (all, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let mut left = all.left();
    for ((card, _), width) in cards.into_iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(left, all.top()), vec2(width, height));
        left += width + GAP;
        draw_card(ui, tokens, rect, card.title, &card.summary, heading, |ui| {
            if let Some(graph) = &card.graph {
                chart::show(ui, tokens, card.title, &card.summary, card.height, graph);
            }
        });
    }
    ui.add_space(GAP);
}

/// Draws a card at `rect` with title and summary. `add` draws what is below them; `heading` is their height in points.
fn draw_card(
    ui: &mut Ui,
    tokens: &Tokens,
    rect: Rect,
    title: &str,
    summary: &str,
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
    ui.label(TextSize::Caption.text(summary, tokens.muted));
    let below = inner.top() + heading + SUMMARY_GAP - ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(below.max(0.0));
    add(&mut ui);
}

/// Height of title and summary in a card of this width, in points.
fn heading_height(ui: &Ui, card: &ChartCard<'_>, width: f32) -> f32 {
    let text = TextSize::Caption.text(&card.summary, egui::Color32::PLACEHOLDER);
    let font = egui::FontSelection::Default;
    let wrap = Some(egui::TextWrapMode::Wrap);
    let galley = egui::WidgetText::from(text).into_galley(ui, wrap, width - 2.0 * PAD, font);
    TextSize::Body.line_height() + 2.0 + galley.size().y
}
