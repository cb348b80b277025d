//! The chart of the minutes on each day until the exam.

use eframe::egui::Ui;

use crate::domain::forecast::{Forecast, PlanForecast};
use crate::domain::goal::session_workload::{SessionWorkload, whole_minutes};
use crate::text;
use crate::ui::theme::Tokens;
use crate::ui::widgets::chart::{self, ChartMark, Graph};

const HEIGHT: f32 = 150.0;
/// Most bars of the chart. With more days, a bar is the mean of several days.
const MAX_BARS: usize = 60;
/// Space between two labels, in points.
const LABEL_SPACING: f32 = 90.0;

/// Draws the chart. `session` is what is left to do today.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    forecast: &Forecast,
    plan_forecast: &PlanForecast,
    session: &SessionWorkload,
) {
    let summary = text::goals::minutes_summary(plan_forecast, session);
    chart::show(ui, tokens, text::goals::MINUTES, &summary, HEIGHT, |width| {
        graph(forecast, &minutes(plan_forecast, session), width)
    });
}

/// Minutes on each day, today first. Today's are what is left now; those of the plan were made when the day began.
fn minutes(plan_forecast: &PlanForecast, session: &SessionWorkload) -> Vec<f64> {
    let mut minutes = plan_forecast.minutes_by_day.clone();
    if let Some(today) = minutes.first_mut() {
        *today = session.seconds / 60.0;
    }
    minutes
}

fn graph(forecast: &Forecast, minutes: &[f64], width: f32) -> Graph {
    let days_per_bar = minutes.len().div_ceil(MAX_BARS).max(1);
    let marks: Vec<ChartMark> = minutes
        .chunks(days_per_bar)
        .enumerate()
        .map(|(index, minutes)| {
            let mean = minutes.iter().sum::<f64>() / minutes.len() as f64;
            let first = forecast.day.plus((index * days_per_bar) as u32);
            let description = text::goals::minutes_bar(first, minutes.len(), whole_minutes(mean * 60.0));
            ChartMark::new(index as f64, mean, description)
        })
        .collect();
    let every = ((marks.len() as f32 * LABEL_SPACING) / width.max(LABEL_SPACING)).ceil().max(1.0) as usize;
    let labels = (0..marks.len()).step_by(every);
    let labels = labels.map(|index| (index as f64, short_date(forecast, index * days_per_bar))).collect();
    Graph::bars(marks, labels)
}

/// "3 Dec". `days` counts from the day of the forecast.
pub fn short_date(forecast: &Forecast, days: usize) -> String {
    let date = forecast.day.plus(days as u32).date();
    date.strftime("%-d %b").to_string()
}
