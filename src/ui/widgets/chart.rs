//! A picture of figures: marks over two axes, what each says under the pointer, and all of it in words.

use eframe::egui::{
    self, Align2, Color32, CornerRadius, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense,
    Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use egui_plot::{
    AxisHints, GridMark, Plot, PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotPoint, PlotTransform,
};

use super::button::focus_ring;
use crate::ui::theme::{TextSize, Tokens};

/// Height of the labels below a picture.
pub const AXIS_HEIGHT: f32 = 24.0;
/// Between a picture and the labels below it.
const AXIS_GAP: f32 = 6.0;
/// Share of the room that points at the end of a scale need beyond it.
const VALUE_MARGIN: f64 = 0.03;
/// Widest bar, in points.
const MAX_BAR_WIDTH: f32 = 28.0;

/// One figure of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartMark {
    /// Where it stands among the others.
    pub at: f64,
    /// How much.
    pub value: f64,
    /// What the true value lies in with 95 %.
    pub interval: Option<(f64, f64)>,
    /// The same in words, with what it is of.
    pub description: String,
    /// Drawn stronger than the others.
    pub strong: bool,
    /// A line across its bar, at this value: what lies below is of another kind.
    pub split: Option<f64>,
}

impl ChartMark {
    /// A mark without an interval.
    pub fn new(at: f64, value: f64, told: impl Into<String>) -> Self {
        Self { at, value, interval: None, description: told.into(), strong: false, split: None }
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
    /// The same on both axes.
    Diagonal,
}

/// Everything that one picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// How its marks are drawn.
    pub style: ChartStyle,
    /// Its marks, in order.
    pub marks: Vec<ChartMark>,
    /// First and last place shown.
    pub places: (f64, f64),
    /// Lowest and highest value shown.
    pub values: (f64, f64),
    /// Labels of places.
    pub place_labels: Vec<(f64, String)>,
    /// Labels of values.
    pub value_labels: Vec<(f64, String)>,
    /// What the marks are compared with.
    pub reference: Option<Reference>,
}

impl Graph {
    /// Bars beside each other, one at every whole number from 0, with an axis of counts.
    pub fn bars(marks: Vec<ChartMark>, place_labels: Vec<(f64, String)>) -> Self {
        let most = marks.iter().map(|mark| mark.value).fold(0.0, f64::max);
        let (top, value_labels) = count_axis(most);
        let last = marks.last().map_or(0.0, |mark| mark.at);
        let first = marks.first().map_or(0.0, |mark| mark.at);
        Self {
            style: ChartStyle::Bars,
            marks,
            places: (first - 0.6, last + 0.6),
            values: (0.0, top),
            place_labels,
            value_labels,
            reference: None,
        }
    }

    /// The figures one after the other, for who cannot see them.
    fn description(&self) -> String {
        let marks: Vec<&str> = self.marks.iter().map(|mark| mark.description.as_str()).collect();
        marks.join("; ")
    }

    /// On the plot's own axes.
    fn point(&self, at: f64, value: f64) -> PlotPoint {
        match self.style {
            ChartStyle::Rows => PlotPoint::new(value, -at),
            ChartStyle::Bars | ChartStyle::Points => PlotPoint::new(at, value),
        }
    }

    fn position(&self, transform: &PlotTransform, at: f64, value: f64) -> Pos2 {
        transform.position_from_point(&self.point(at, value))
    }

    /// The mark that the pointer means.
    fn nearest(&self, transform: &PlotTransform, pointer: Pos2) -> Option<usize> {
        let distance = |mark: &ChartMark| {
            let here = self.position(transform, mark.at, mark.value);
            match self.style {
                ChartStyle::Rows => (here.y - pointer.y).abs(),
                ChartStyle::Bars | ChartStyle::Points => (here.x - pointer.x).abs(),
            }
        };
        let marks = self.marks.iter().enumerate();
        marks.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map(|(nth, _)| nth)
    }
}

/// The highest value of an axis of counts, and its labels: three or four of them, of round numbers.
pub fn count_axis(most: f64) -> (f64, Vec<(f64, String)>) {
    let step = round_step(most / 3.0).max(1.0);
    let steps = (most / step).ceil().max(1.0);
    let label = |nth: usize| (nth as f64 * step, format!("{:.0}", nth as f64 * step));
    (steps * step, (0..=steps as usize).map(label).collect())
}

/// The next larger of 1, 2, 5, 10, 20, …
pub fn round_step(least: f64) -> f64 {
    if least <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

/// Draws a picture over the whole width; `name` and `reading` are what a screen reader tells before the figures.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    reading: &str,
    height: f32,
    graph: impl Fn(f32) -> Graph,
) {
    let width = ui.available_width();
    let (rect, response) =
        allocate(ui, vec2(width, height), || format!("{name}. {reading} {}", graph(width).description()));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let graph = graph(width);
    let stepped = step_by_keys(ui, &response, graph.marks.len());
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer());
    let transform = plot(ui, tokens, name, rect, &graph, pointer, stepped);
    let lit = pointer.and_then(|pointer| graph.nearest(&transform, pointer)).or(stepped);
    if let Some(mark) = lit.and_then(|lit| graph.marks.get(lit)) {
        show_tooltip(ui, &response, graph.position(&transform, mark.at, mark.value), &mark.description);
    }
    focus_ring(ui, &response, rect, 4, tokens);
}

/// Takes the room of a picture, which the keyboard can go to; `told` is all of it in words.
pub fn allocate(ui: &mut Ui, size: egui::Vec2, told: impl Fn() -> String) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, told()));
    (rect, response)
}

/// The figure that the arrow keys went to in a picture that has the keyboard.
pub fn step_by_keys(ui: &Ui, response: &Response, figures: usize) -> Option<usize> {
    if !response.has_focus() || figures == 0 {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let here = response.id.with("figure");
    let mut place = ui.data(|data| data.get_temp(here)).unwrap_or(figures - 1).min(figures - 1);
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowLeft) {
            place = place.saturating_sub(1);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowRight) {
            place = (place + 1).min(figures - 1);
        }
    });
    ui.data_mut(|data| data.insert_temp(here, place));
    Some(place)
}

/// What a figure says, above it.
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
    let rows = graph.style == ChartStyle::Rows;
    let places: Vec<(f64, String)> =
        graph.place_labels.iter().map(|(at, label)| (if rows { -at } else { *at }, label.clone())).collect();
    let values = graph.value_labels.clone();
    let (x, y) = if rows { (values, places) } else { (places, values) };
    // A point at the very end of the scale is not to be cut in half.
    let room =
        if graph.style == ChartStyle::Bars { 0.0 } else { VALUE_MARGIN * (graph.values.1 - graph.values.0) };
    let value_range = (graph.values.0 - if rows { room } else { 0.0 }, graph.values.1 + room);
    let (x_range, y_range) =
        if rows { (value_range, (-graph.places.1, -graph.places.0)) } else { (graph.places, value_range) };
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
    // As far apart as can be: labels are chosen to fit, none is to be left out or to fade.
    let marks = |labels: &[(f64, String)], range: (f64, f64)| {
        let step_size = (range.1 - range.0) * 1e3;
        let marks: Vec<GridMark> =
            labels.iter().map(|(value, _)| GridMark { value: *value, step_size }).collect();
        move |_| marks.clone()
    };
    // Half of a label at the very end stands beyond it.
    let is_at_end = |at: f64| at > x_range.1 - 0.05 * (x_range.1 - x_range.0);
    let beyond = x.last().filter(|(at, _)| is_at_end(*at)).map(|(_, label)| label_width(ui, label) / 2.0);
    let mut inside = ui.new_child(egui::UiBuilder::new().id_salt(("plot", name)).max_rect(rect));
    let plot = static_plot("plot")
        .width(rect.width() - beyond.unwrap_or(0.0))
        .height(rect.height() - AXIS_HEIGHT)
        .show_background(false)
        .show_grid([rows, !rows])
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .x_grid_spacer(marks(&x, x_range))
        .y_grid_spacer(marks(&y, y_range))
        // Those below are drawn here: with a distance, and none beyond the card.
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

/// A plot that stays as it is: the wheel is the page's, and what is shown is all there is.
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

/// Points that a label of an axis takes.
pub fn label_width(ui: &Ui, label: &str) -> f32 {
    ui.painter().layout_no_wrap(label.to_owned(), TextSize::Caption.regular(), Color32::PLACEHOLDER).size().x
}

/// Draws the marks of a graph as the design has them: rounded bars, points over their intervals.
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
                let (low, high) = (low.max(graph.places.0), high.min(graph.places.1));
                let ends = [low, high].map(|share| graph.position(transform, share, share));
                shapes.push(Shape::line_segment(ends, Stroke::new(2.0, tokens.line)));
            }
            Reference::Level(value, name) => {
                let frame = transform.frame();
                let y = graph.position(transform, graph.places.0, *value).y;
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

    fn bar(&self, transform: &PlotTransform, mark: &ChartMark, is_lit: bool, shapes: &mut Vec<Shape>) {
        let here = self.graph.position(transform, mark.at, mark.value);
        let base = self.graph.position(transform, mark.at, 0.0);
        let room = (self.graph.position(transform, mark.at + 1.0, 0.0).x - base.x).abs();
        let width = (room * 0.7).clamp(1.0, MAX_BAR_WIDTH);
        let least = if mark.value > 0.0 { 2.0 } else { 0.0 };
        let top = here.y.min(base.y - least);
        let rect = Rect::from_min_max(pos2(base.x - width / 2.0, top), pos2(base.x + width / 2.0, base.y));
        let fill = if mark.strong || is_lit { self.tokens.accent } else { light_accent(&self.tokens) };
        let radius =
            if width >= 6.0 { CornerRadius { nw: 3, ne: 3, sw: 0, se: 0 } } else { CornerRadius::ZERO };
        shapes.push(Shape::rect_filled(rect, radius, fill));
        if let Some(split) = mark.split {
            let y = self.graph.position(transform, mark.at, split).y;
            let across = [pos2(rect.left(), y), pos2(rect.right(), y)];
            shapes.push(Shape::line_segment(across, Stroke::new(2.0, self.tokens.card)));
        }
    }

    fn point(&self, transform: &PlotTransform, mark: &ChartMark, is_lit: bool, shapes: &mut Vec<Shape>) {
        let place = |value: f64| self.graph.position(transform, mark.at, value);
        if let Some((low, high)) = mark.interval {
            let stroke = Stroke::new(2.0, light_accent(&self.tokens));
            shapes.push(Shape::line_segment([place(low), place(high)], stroke));
        }
        let radius = if is_lit { 6.0 } else { 4.5 };
        shapes.push(Shape::circle_filled(place(mark.value), radius, self.tokens.accent));
    }
}

/// The accent, lighter: what stands beside the figure that matters most.
pub fn light_accent(tokens: &Tokens) -> Color32 {
    tokens.card.lerp_to_gamma(tokens.accent, 0.55)
}

impl PlotItem for ChartMarks {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        if matches!(self.graph.reference, Some(Reference::Diagonal)) {
            self.reference(ui, transform, shapes);
        }
        let lit = self.pointer.and_then(|pointer| self.graph.nearest(transform, pointer)).or(self.stepped);
        for (nth, mark) in self.graph.marks.iter().enumerate() {
            let is_lit = lit == Some(nth);
            match self.graph.style {
                ChartStyle::Bars => self.bar(transform, mark, is_lit, shapes),
                ChartStyle::Points | ChartStyle::Rows => self.point(transform, mark, is_lit, shapes),
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
