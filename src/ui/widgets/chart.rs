//! Charts: marks over two axes, with a tooltip for each, and a description of the whole for screen readers.

use eframe::egui::{
    self, Align2, Color32, CornerRadius, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense,
    Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use egui_plot::{
    AxisHints, GridMark, Plot, PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotPoint, PlotTransform,
};

use super::button::focus_ring;
use crate::ui::theme::{TextSize, Tokens};

/// Height of the labels below a chart, in points.
pub const AXIS_HEIGHT: f32 = 24.0;
/// Space between a chart and the labels below it, in points.
const AXIS_GAP: f32 = 6.0;
/// Space that points at the end of a scale need beyond it, as a share of the scale.
const VALUE_MARGIN: f64 = 0.03;
/// Widest bar, in points.
const MAX_BAR_WIDTH: f32 = 28.0;

/// One value of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartMark {
    /// Its position among the others, such as the number of a day.
    pub position: f64,
    /// The value itself.
    pub value: f64,
    /// The 95 % interval of the value.
    pub interval: Option<(f64, f64)>,
    /// Value and position in words, for the tooltip and for screen readers.
    pub description: String,
    /// Whether it is drawn in a stronger colour than the others.
    pub strong: bool,
    /// A line across the bar at this value, which separates two kinds of what the bar counts.
    pub split: Option<f64>,
}

impl ChartMark {
    /// A mark without an interval.
    pub fn new(at: f64, value: f64, description: impl Into<String>) -> Self {
        Self {
            position: at,
            value,
            interval: None,
            description: description.into(),
            strong: false,
            split: None,
        }
    }
}

/// How marks are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartStyle {
    /// Bars from 0 up.
    Bars,
    /// Points with their intervals, from left to right.
    Points,
    /// Points with their intervals, one below the other, larger to the right.
    Rows,
}

/// What marks are compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// A value, with its name.
    Level(f64, String),
    /// The line on which value and position are equal.
    Diagonal,
}

/// Everything that one chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// How its marks are drawn.
    pub style: ChartStyle,
    /// Its marks, in order.
    pub marks: Vec<ChartMark>,
    /// First and last position shown.
    pub position_range: (f64, f64),
    /// Lowest and highest value shown.
    pub values: (f64, f64),
    /// Labels of positions.
    pub position_labels: Vec<(f64, String)>,
    /// Labels of values.
    pub value_labels: Vec<(f64, String)>,
    /// What the marks are compared with.
    pub reference: Option<Reference>,
}

impl Graph {
    /// A bar chart with one bar at every whole number from 0, and an axis of counts.
    pub fn bars(marks: Vec<ChartMark>, place_labels: Vec<(f64, String)>) -> Self {
        let max_count = marks.iter().map(|mark| mark.value).fold(0.0, f64::max);
        let (top, value_labels) = count_axis(max_count);
        let last = marks.last().map_or(0.0, |mark| mark.position);
        let first = marks.first().map_or(0.0, |mark| mark.position);
        Self {
            style: ChartStyle::Bars,
            marks,
            position_range: (first - 0.6, last + 0.6),
            values: (0.0, top),
            position_labels: place_labels,
            value_labels,
            reference: None,
        }
    }

    /// The descriptions of all marks, for screen readers.
    fn description(&self) -> String {
        let marks: Vec<&str> = self.marks.iter().map(|mark| mark.description.as_str()).collect();
        marks.join("; ")
    }

    /// A position and a value as a point on the plot's axes.
    fn point(&self, at: f64, value: f64) -> PlotPoint {
        match self.style {
            ChartStyle::Rows => PlotPoint::new(value, -at),
            ChartStyle::Bars | ChartStyle::Points => PlotPoint::new(at, value),
        }
    }

    fn position(&self, transform: &PlotTransform, at: f64, value: f64) -> Pos2 {
        transform.position_from_point(&self.point(at, value))
    }

    /// Index of the mark nearest to the pointer; `None` when there are no marks.
    fn nearest(&self, transform: &PlotTransform, pointer: Pos2) -> Option<usize> {
        let distance = |mark: &ChartMark| {
            let position = self.position(transform, mark.position, mark.value);
            match self.style {
                ChartStyle::Rows => (position.y - pointer.y).abs(),
                ChartStyle::Bars | ChartStyle::Points => (position.x - pointer.x).abs(),
            }
        };
        let marks = self.marks.iter().enumerate();
        marks.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map(|(nth, _)| nth)
    }
}

/// The highest value of an axis of counts that reaches `max_count`, and its labels: a few round numbers from 0.
pub fn count_axis(max_count: f64) -> (f64, Vec<(f64, String)>) {
    let step = round_step(max_count / 3.0).max(1.0);
    let steps = (max_count / step).ceil().max(1.0);
    let label = |nth: usize| (nth as f64 * step, format!("{:.0}", nth as f64 * step));
    (steps * step, (0..=steps as usize).map(label).collect())
}

/// The smallest of 1, 2, 5, 10, 20, … and their decimal fractions that is at least `min_step`; 1 when that is not
/// positive.
pub fn round_step(min_step: f64) -> f64 {
    if min_step <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(min_step.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= min_step * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

/// Draws a chart over the whole width. `graph` builds it for a width in points. Screen readers get `name` and `summary`
/// before the descriptions of the marks.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    summary: &str,
    height: f32,
    graph: impl Fn(f32) -> Graph,
) {
    let width = ui.available_width();
    let (rect, response) =
        allocate(ui, vec2(width, height), || format!("{name}. {summary} {}", graph(width).description()));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let graph = graph(width);
    let stepped = step_by_keys(ui, &response, graph.marks.len());
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer());
    let transform = plot(ui, tokens, name, rect, &graph, pointer, stepped);
    let highlighted = pointer.and_then(|pointer| graph.nearest(&transform, pointer)).or(stepped);
    if let Some(mark) = highlighted.and_then(|highlighted| graph.marks.get(highlighted)) {
        show_tooltip(ui, &response, graph.position(&transform, mark.position, mark.value), &mark.description);
    }
    focus_ring(ui, &response, rect, 4, tokens);
}

/// Allocates the space of a chart, which can have the focus. `description` is the whole chart in words, for screen
/// readers.
pub fn allocate(ui: &mut Ui, size: egui::Vec2, description: impl Fn() -> String) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, description()));
    (rect, response)
}

/// Index of the mark that the arrow keys have selected in a focused chart with `mark_count` marks; the last one at
/// first. `None` while the chart does not have the focus.
pub fn step_by_keys(ui: &Ui, response: &Response, mark_count: usize) -> Option<usize> {
    if !response.has_focus() || mark_count == 0 {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let selected_id = response.id.with("figure");
    let mut place = ui.data(|data| data.get_temp(selected_id)).unwrap_or(mark_count - 1).min(mark_count - 1);
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowLeft) {
            place = place.saturating_sub(1);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowRight) {
            place = (place + 1).min(mark_count - 1);
        }
    });
    ui.data_mut(|data| data.insert_temp(selected_id, place));
    Some(place)
}

/// Shows the description of a mark above it.
pub fn show_tooltip(ui: &Ui, response: &Response, at: Pos2, words: &str) {
    let anchor = Rect::from_center_size(at, vec2(12.0, 12.0));
    let mut tooltip = egui::Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, anchor);
    tooltip.popup = tooltip.popup.align(egui::RectAlign::TOP);
    tooltip.show(|ui| ui.label(words));
}

fn plot(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    rect: Rect,
    graph: &Graph,
    pointer: Option<Pos2>,
    stepped: Option<usize>,
) -> PlotTransform {
    let is_rows = graph.style == ChartStyle::Rows;
    let places: Vec<(f64, String)> = graph
        .position_labels
        .iter()
        .map(|(at, label)| (if is_rows { -at } else { *at }, label.clone()))
        .collect();
    let values = graph.value_labels.clone();
    let (x, y) = if is_rows { (values, places) } else { (places, values) };
    // A point at the very end of the scale must not be cut in half.
    let margin =
        if graph.style == ChartStyle::Bars { 0.0 } else { VALUE_MARGIN * (graph.values.1 - graph.values.0) };
    let value_range = (graph.values.0 - if is_rows { margin } else { 0.0 }, graph.values.1 + margin);
    let (x_range, y_range) = if is_rows {
        (value_range, (-graph.position_range.1, -graph.position_range.0))
    } else {
        (graph.position_range, value_range)
    };
    let axis = |labels: &[(f64, String)], thickness: f32| {
        let labels = labels.to_vec();
        AxisHints::new_y()
            .tick_label_font(TextSize::Caption.regular())
            .tick_label_color(tokens.muted)
            .label_spacing(0.0..=1.0)
            .min_thickness(thickness)
            .formatter(move |mark, _| {
                let same = labels.iter().find(|(at, _)| (at - mark.value).abs() < 1e-9);
                same.map_or(String::new(), |(_, label)| label.clone())
            })
    };
    let widest = y.iter().map(|(_, label)| label_width(ui, label)).fold(0.0, f32::max);
    // A huge step, because egui_plot hides or fades labels that it thinks are too dense. Ours are chosen to fit.
    let marks = |labels: &[(f64, String)], range: (f64, f64)| {
        let step_size = (range.1 - range.0) * 1e3;
        let marks: Vec<GridMark> =
            labels.iter().map(|(value, _)| GridMark { value: *value, step_size }).collect();
        move |_| marks.clone()
    };
    // A label at the very end reaches half its width beyond it.
    let is_at_end = |at: f64| at > x_range.1 - 0.05 * (x_range.1 - x_range.0);
    let overhang = x.last().filter(|(at, _)| is_at_end(*at)).map(|(_, label)| label_width(ui, label) / 2.0);
    let mut inside = ui.new_child(egui::UiBuilder::new().id_salt(("plot", name)).max_rect(rect));
    let plot = static_plot("plot")
        .width(rect.width() - overhang.unwrap_or(0.0))
        .height(rect.height() - AXIS_HEIGHT)
        .show_background(false)
        .show_grid([is_rows, !is_rows])
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .x_grid_spacer(marks(&x, x_range))
        .y_grid_spacer(marks(&y, y_range))
        // The labels below are drawn by hand further down: with a gap, and none beyond the card.
        .show_axes([false, true])
        .custom_y_axes(vec![axis(&y, widest + 10.0)])
        .show_x(false)
        .show_y(false);
    let marks = ChartMarks {
        base: PlotItemBase::new(name.to_owned()),
        graph: graph.clone(),
        tokens: tokens.clone(),
        pointer,
        stepped,
    };
    let response = plot.show(&mut inside, |plot| {
        plot.set_plot_bounds_x(x_range.0..=x_range.1);
        plot.set_plot_bounds_y(y_range.0..=y_range.1);
        plot.add(marks);
    });
    let below = response.transform.frame().bottom() + AXIS_GAP;
    for (at, label) in &x {
        let font = TextSize::Caption.regular();
        let galley = ui.painter().layout_no_wrap(label.clone(), font, tokens.muted);
        let width = galley.size().x;
        let left = response.transform.position_from_point_x(*at) - width / 2.0;
        let left = left.min(rect.right() - width).max(rect.left());
        ui.painter().galley(pos2(left, below), galley, tokens.muted);
    }
    response.transform
}

/// A plot that cannot be zoomed or moved: it shows everything, and the mouse wheel scrolls the page.
pub fn static_plot(name: &str) -> Plot<'_> {
    Plot::new(name)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_axis_zoom_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::hover())
}

/// Width of an axis label, in points.
pub fn label_width(ui: &Ui, label: &str) -> f32 {
    ui.painter().layout_no_wrap(label.to_owned(), TextSize::Caption.regular(), Color32::PLACEHOLDER).size().x
}

/// The plot item that draws the marks of a graph: rounded bars, or points over their intervals.
struct ChartMarks {
    base: PlotItemBase,
    graph: Graph,
    tokens: Tokens,
    pointer: Option<Pos2>,
    stepped: Option<usize>,
}

impl ChartMarks {
    fn reference(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let (tokens, graph) = (&self.tokens, &self.graph);
        let Some(reference) = &graph.reference else { return };
        let (low, high) = graph.values;
        match reference {
            Reference::Diagonal => {
                let (low, high) = (low.max(graph.position_range.0), high.min(graph.position_range.1));
                let ends = [low, high].map(|share| graph.position(transform, share, share));
                shapes.push(Shape::line_segment(ends, Stroke::new(2.0, tokens.line)));
            }
            Reference::Level(value, name) => {
                let frame = transform.frame();
                let y = graph.position(transform, graph.position_range.0, *value).y;
                let line = [pos2(frame.left(), y), pos2(frame.right(), y)];
                shapes.extend(Shape::dashed_line(&line, Stroke::new(1.5, tokens.muted), 5.0, 4.0));
                let font = TextSize::Caption.regular();
                let galley = ui.painter().layout_no_wrap(name.clone(), font, tokens.muted);
                let above = y - galley.size().y - 1.0;
                let top = if above < frame.top() { y + 1.0 } else { above };
                let at = Align2::RIGHT_TOP.anchor_size(pos2(frame.right(), top), galley.size()).min;
                shapes.push(Shape::galley(at, galley, tokens.muted));
            }
        }
    }

    fn bar(
        &self,
        transform: &PlotTransform,
        mark: &ChartMark,
        is_highlighted: bool,
        shapes: &mut Vec<Shape>,
    ) {
        let position = self.graph.position(transform, mark.position, mark.value);
        let base = self.graph.position(transform, mark.position, 0.0);
        let spacing = (self.graph.position(transform, mark.position + 1.0, 0.0).x - base.x).abs();
        let width = (spacing * 0.7).clamp(1.0, MAX_BAR_WIDTH);
        let least = if mark.value > 0.0 { 2.0 } else { 0.0 };
        let top = position.y.min(base.y - least);
        let rect = Rect::from_min_max(pos2(base.x - width / 2.0, top), pos2(base.x + width / 2.0, base.y));
        let fill =
            if mark.strong || is_highlighted { self.tokens.accent } else { light_accent(&self.tokens) };
        let radius =
            if width >= 6.0 { CornerRadius { nw: 3, ne: 3, sw: 0, se: 0 } } else { CornerRadius::ZERO };
        shapes.push(Shape::rect_filled(rect, radius, fill));
        if let Some(split) = mark.split {
            let y = self.graph.position(transform, mark.position, split).y;
            let across = [pos2(rect.left(), y), pos2(rect.right(), y)];
            shapes.push(Shape::line_segment(across, Stroke::new(2.0, self.tokens.card)));
        }
    }

    fn point(
        &self,
        transform: &PlotTransform,
        mark: &ChartMark,
        is_highlighted: bool,
        shapes: &mut Vec<Shape>,
    ) {
        let place = |value: f64| self.graph.position(transform, mark.position, value);
        if let Some((low, high)) = mark.interval {
            let stroke = Stroke::new(2.0, light_accent(&self.tokens));
            shapes.push(Shape::line_segment([place(low), place(high)], stroke));
        }
        let radius = if is_highlighted { 6.0 } else { 4.5 };
        shapes.push(Shape::circle_filled(place(mark.value), radius, self.tokens.accent));
    }
}

/// A lighter accent colour, for the marks beside the most important one.
pub fn light_accent(tokens: &Tokens) -> Color32 {
    tokens.card.lerp_to_gamma(tokens.accent, 0.55)
}

impl PlotItem for ChartMarks {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        if matches!(self.graph.reference, Some(Reference::Diagonal)) {
            self.reference(ui, transform, shapes);
        }
        let highlighted =
            self.pointer.and_then(|pointer| self.graph.nearest(transform, pointer)).or(self.stepped);
        for (nth, mark) in self.graph.marks.iter().enumerate() {
            let is_highlighted = highlighted == Some(nth);
            match self.graph.style {
                ChartStyle::Bars => self.bar(transform, mark, is_highlighted, shapes),
                ChartStyle::Points | ChartStyle::Rows => self.point(transform, mark, is_highlighted, shapes),
            }
        }
        if matches!(self.graph.reference, Some(Reference::Level(..))) {
            self.reference(ui, transform, shapes);
        }
    }

    fn initialize(&mut self, _x_range: std::ops::RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.tokens.accent
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}
