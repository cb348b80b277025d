//! The minutes of each day until the exam.

use eframe::egui::Ui;

use super::longest_day_minutes;
use crate::app::words;
use crate::domain::forecast::{Forecast, PlanForecast};
use crate::domain::goal::session_workload::{SessionWorkload, whole_minutes};
use crate::ui::theme::Tokens;
use crate::ui::widgets::chart::{self, ChartMark, Graph};

const HEIGHT: f32 = 150.0;
/// Bars, at most; more days are taken together.
const MAX_BARS: usize = 60;
/// Points between two labels.
const LABEL_SPACING: f32 = 90.0;

/// Draws them.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    forecast: &Forecast,
    planned: &PlanForecast,
    sitting: &SessionWorkload,
) {
    let most = longest_day_minutes(planned, sitting);
    let reading = format!("At most {most} minutes a day; none of the evenings is much longer than another.");
    chart::show(ui, tokens, "Minutes a day with the plan", &reading, HEIGHT, |width| {
        graph(forecast, &minutes(planned, sitting), width)
    });
}

/// Those of the plan, with what is left of today as it stands now.
fn minutes(planned: &PlanForecast, sitting: &SessionWorkload) -> Vec<f64> {
    let mut minutes = planned.minutes_by_day.clone();
    if let Some(today) = minutes.first_mut() {
        *today = sitting.seconds / 60.0;
    }
    minutes
}

fn graph(forecast: &Forecast, minutes: &[f64], width: f32) -> Graph {
    let together = minutes.len().div_ceil(MAX_BARS).max(1);
    let marks: Vec<ChartMark> = minutes
        .chunks(together)
        .enumerate()
        .map(|(nth, minutes)| {
            let mean = minutes.iter().sum::<f64>() / minutes.len() as f64;
            let first = forecast.day.plus((nth * together) as u32);
            let days = if together > 1 {
                format!(" and {} more", words::count(minutes.len() - 1, "day"))
            } else {
                String::new()
            };
            let told = whole_minutes(mean * 60.0);
            ChartMark::new(nth as f64, mean, format!("{}{days}: {told} min", words::date(first)))
        })
        .collect();
    let every = ((marks.len() as f32 * LABEL_SPACING) / width.max(LABEL_SPACING)).ceil().max(1.0) as usize;
    let labels = (0..marks.len()).step_by(every);
    let labels = labels.map(|nth| (nth as f64, short_date(forecast, nth * together))).collect();
    Graph::bars(marks, labels)
}

/// "3 Dec"
pub fn short_date(forecast: &Forecast, days: usize) -> String {
    let date = forecast.day.plus(days as u32).date();
    date.strftime("%-d %b").to_string()
}
