//! The chart of the expected score on each day until the exam. It has three lines, each with its 95 % range as a band:
//! without study, at the current pace, and with the plan. They differ by their dashes and by the names at their ends,
//! not by colour alone.

use eframe::egui::{Align2, Color32, Pos2, Shape, Stroke, Ui, pos2};
use egui_plot::{AxisHints, FilledArea, GridMark, Line, LineStyle, PlotPoint, PlotPoints, PlotTransform};

use super::workload::short_date;
use crate::domain::forecast::{Forecast, ForecastPoint, ScoreRange};
use crate::text::goals::Pace;
use crate::text::{self, words};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::chart;

const HEIGHT: f32 = 260.0;
/// Space between two labels of days, in points.
const LABEL_SPACING: f32 = 90.0;
/// Width at the right for the names of the lines, in points.
const NAMES_WIDTH: f32 = 64.0;

/// One of the lines: a way to go on until the exam.
struct Scenario {
    pace: Pace,
    style: LineStyle,
    width: f32,
    /// Opacity of the band, 0 to 1.
    band_opacity: f32,
    ink: Color32,
    range_at: fn(&ForecastPoint) -> Option<ScoreRange>,
}

fn scenarios(tokens: &Tokens) -> [Scenario; 3] {
    [
        Scenario {
            pace: Pace::Stop,
            style: LineStyle::Dotted { spacing: 6.0 },
            width: 2.0,
            band_opacity: 0.10,
            ink: tokens.muted,
            range_at: |point| Some(point.without_study),
        },
        Scenario {
            pace: Pace::Current,
            style: LineStyle::Dashed { length: 9.0 },
            width: 2.0,
            band_opacity: 0.04,
            ink: tokens.ink,
            range_at: |point| point.at_current_pace,
        },
        Scenario {
            pace: Pace::Plan,
            style: LineStyle::Solid,
            width: 3.0,
            band_opacity: 0.16,
            ink: tokens.accent,
            range_at: |point| point.with_plan,
        },
    ]
}

/// Draws the chart. The pointer or the arrow keys show the figures of a day.
pub fn show(ui: &mut Ui, tokens: &Tokens, forecast: &Forecast) {
    let scenarios = scenarios(tokens);
    let size = eframe::egui::vec2(ui.available_width(), HEIGHT);
    let (rect, response) = chart::allocate(ui, size, || accessible_label(forecast, &scenarios));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let points = &forecast.curve;
    let stepped = chart::step_by_keys(ui, &response, points.len());
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer());
    let transform = plot(ui, tokens, forecast, &scenarios, rect);
    let x = |point: &ForecastPoint| f64::from(point.day.days_since(forecast.day));
    let position = |point: &ForecastPoint, share: f64| {
        transform.position_from_point(&PlotPoint::new(x(point), share * 100.0))
    };
    let nearest = |pointer: Pos2| {
        let distance = |point: &ForecastPoint| (position(point, 0.0).x - pointer.x).abs();
        (0..points.len()).min_by(|a, b| distance(&points[*a]).total_cmp(&distance(&points[*b])))
    };
    line_names(ui, &transform, forecast, &scenarios);
    if let Some(point) = pointer.and_then(nearest).or(stepped).and_then(|index| points.get(index)) {
        let frame = transform.frame();
        let at = position(point, 0.0).x;
        let line = [pos2(at, frame.top()), pos2(at, frame.bottom())];
        ui.painter().line_segment(line, Stroke::new(1.0, tokens.muted));
        for scenario in &scenarios {
            if let Some(range) = (scenario.range_at)(point) {
                ui.painter().circle_filled(position(point, range.expected), 4.5, scenario.ink);
            }
        }
        let highest = scenarios
            .iter()
            .filter_map(|scenario| (scenario.range_at)(point))
            .map(|range| range.expected)
            .fold(0.0, f64::max);
        chart::show_tooltip(ui, &response, position(point, highest), &point_text(point, &scenarios, "\n"));
    }
    focus_ring(ui, &response, rect, 4, tokens);
}

fn plot(
    ui: &mut Ui,
    tokens: &Tokens,
    forecast: &Forecast,
    scenarios: &[Scenario],
    rect: eframe::egui::Rect,
) -> PlotTransform {
    let days = f64::from(forecast.exam_day.days_since(forecast.day));
    let every = f64::from(LABEL_SPACING) * days / f64::from((rect.width() - NAMES_WIDTH).max(LABEL_SPACING));
    let every = chart::round_step(every).max(1.0);
    let day_marks = grid_marks((0..=(days / every) as usize).map(|index| index as f64 * every), days);
    let lowest = forecast
        .curve
        .iter()
        .flat_map(|point| scenarios.iter().filter_map(|scenario| (scenario.range_at)(point)));
    let lowest = lowest.map(|range| range.low).fold(forecast.target, f64::min) * 100.0;
    let step = if lowest >= 70.0 { 10.0 } else { 20.0 };
    let low = (lowest / step).floor() * step;
    let steps = ((100.0 - low) / step) as usize;
    let share_marks = grid_marks((0..=steps).map(|index| low + index as f64 * step), 100.0 - low);
    let (x_labels, y_labels) = (forecast.clone(), tokens.clone());
    let axis = |axis: AxisHints<'static>| {
        axis.tick_label_font(TextSize::Caption.regular())
            .tick_label_color(y_labels.muted)
            .label_spacing(0.0..=1.0)
            .min_thickness(22.0)
    };
    let mut child = ui.new_child(eframe::egui::UiBuilder::new().id_salt("curve").max_rect(rect));
    let response = chart::static_plot("curve")
        .width(rect.width())
        .height(rect.height())
        .show_background(false)
        .show_grid([false, true])
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .x_grid_spacer(day_marks)
        .y_grid_spacer(share_marks)
        .custom_x_axes(vec![
            axis(AxisHints::new_x())
                .formatter(move |mark, _| short_date(&x_labels, mark.value.max(0.0) as usize)),
        ])
        .custom_y_axes(vec![axis(AxisHints::new_y()).formatter(|mark, _| words::percent(mark.value / 100.0))])
        .show_x(false)
        .show_y(false)
        .show(&mut child, |plot| {
            let names = days * f64::from(NAMES_WIDTH / (rect.width() - NAMES_WIDTH).max(1.0));
            plot.set_plot_bounds_x(0.0..=days + names);
            // The axis begins a little lower, so that its lowest label does not touch those of the days.
            plot.set_plot_bounds_y(low - (100.0 - low) * 0.04..=101.0);
            for scenario in scenarios {
                let ranges: Vec<(f64, ScoreRange)> = forecast
                    .curve
                    .iter()
                    .filter_map(|point| {
                        Some((f64::from(point.day.days_since(forecast.day)), (scenario.range_at)(point)?))
                    })
                    .collect();
                let column = |of: fn(&ScoreRange) -> f64| {
                    ranges.iter().map(|(_, range)| of(range) * 100.0).collect::<Vec<_>>()
                };
                let days: Vec<f64> = ranges.iter().map(|(day, _)| *day).collect();
                let band = FilledArea::new(
                    scenario.pace.short(),
                    &days,
                    &column(|range| range.low),
                    &column(|range| range.high),
                );
                plot.add(
                    band.fill_color(scenario.ink.gamma_multiply(scenario.band_opacity)).allow_hover(false),
                );
                let line: Vec<[f64; 2]> =
                    ranges.iter().map(|(day, range)| [*day, range.expected * 100.0]).collect();
                let line = Line::new(scenario.pace.short(), PlotPoints::from(line))
                    .color(scenario.ink)
                    .width(scenario.width);
                plot.add(line.style(scenario.style).allow_hover(false));
            }
            let target = vec![[0.0, forecast.target * 100.0], [days, forecast.target * 100.0]];
            let target =
                Line::new(text::goals::TARGET_LINE, PlotPoints::from(target)).color(tokens.muted).width(1.5);
            plot.line(target.style(LineStyle::Dashed { length: 3.0 }).allow_hover(false));
        });
    response.transform
}

fn grid_marks(at: impl Iterator<Item = f64>, range: f64) -> impl Fn(egui_plot::GridInput) -> Vec<GridMark> {
    // A large step keeps the labels from fading or being left out: they are chosen to fit already.
    let marks: Vec<GridMark> = at.map(|value| GridMark { value, step_size: range.max(1.0) * 1e3 }).collect();
    move |_| marks.clone()
}

/// Draws the names of the lines at their right ends. That of the target is there too, because at its left end the other
/// lines would cross it.
fn line_names(ui: &Ui, transform: &PlotTransform, forecast: &Forecast, scenarios: &[Scenario]) {
    let Some(last) = forecast.curve.last() else { return };
    let days = f64::from(forecast.exam_day.days_since(forecast.day));
    let position = |share: f64| transform.position_from_point(&PlotPoint::new(days, share * 100.0));
    let mut labels: Vec<(Pos2, &str, Color32)> = scenarios
        .iter()
        .filter_map(|scenario| {
            Some((position((scenario.range_at)(last)?.expected), scenario.pace.short(), scenario.ink))
        })
        .collect();
    labels.push((position(forecast.target), text::goals::TARGET_LINE, ui.visuals().weak_text_color()));
    labels.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let heights = spread_labels(labels.iter().map(|(at, ..)| at.y), TextSize::Caption.line_height());
    for ((at, name, ink), y) in labels.into_iter().zip(heights) {
        let galley = ui.painter().layout_no_wrap(name.to_owned(), TextSize::Caption.semibold(), ink);
        let corner = Align2::LEFT_CENTER.anchor_size(pos2(at.x + 8.0, y), galley.size()).min;
        ui.painter().add(Shape::galley(corner, galley, ink));
    }
}

/// Moves labels down until they are at least `min_distance` apart. `heights` are sorted from the top.
fn spread_labels(heights: impl Iterator<Item = f32>, min_distance: f32) -> Vec<f32> {
    let mut next = f32::NEG_INFINITY;
    heights
        .map(|height| {
            let height = height.max(next);
            next = height + min_distance;
            height
        })
        .collect()
}

fn point_text(point: &ForecastPoint, scenarios: &[Scenario], between: &str) -> String {
    let each = scenarios.iter().filter_map(|scenario| {
        let range = (scenario.range_at)(point)?;
        Some(text::goals::expected_at_pace(&range, scenario.pace))
    });
    let day = words::date(point.day);
    std::iter::once(day).chain(each).collect::<Vec<_>>().join(between)
}

/// The whole chart as text, for screen readers.
fn accessible_label(forecast: &Forecast, scenarios: &[Scenario]) -> String {
    let points: Vec<String> = forecast.curve.iter().map(|point| point_text(point, scenarios, ", ")).collect();
    text::goals::curve_description(forecast.target, &points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_lines_that_end_close_together_do_not_meet() {
        assert_eq!(spread_labels([10.0, 60.0].into_iter(), 18.0), [10.0, 60.0]);
        assert_eq!(spread_labels([80.0, 90.0, 92.0, 150.0].into_iter(), 18.0), [80.0, 98.0, 116.0, 150.0]);
    }
}
