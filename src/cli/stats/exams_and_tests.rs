//! The parts of `stats --json` that are not scores: high-confidence errors, exams and completed tests.

use serde::Serialize;

use crate::app::App;
use crate::app::attempt::completed_attempts;
use crate::domain::forecast::{Forecast, ScoreRange, TopicForecast};
use crate::domain::goal::session_workload::SessionWorkload;
use crate::domain::score::wilson_95;
use crate::store::StoreError;

/// A card that the learner answered wrong although sure of the answer.
#[derive(Debug, Serialize)]
pub(super) struct HighConfidenceErrorReport {
    card: String,
    topic: String,
    day: String,
    score: f64,
}

/// An exam with its forecast.
#[derive(Debug, Serialize)]
pub(super) struct ExamReport {
    name: String,
    deck: String,
    topics: Vec<String>,
    day: String,
    target: f64,
    minutes_a_day: Option<u32>,
    today: Option<ExamSessionReport>,
    weakest_once_more: Option<ExamSessionReport>,
    forecast: Option<ForecastReport>,
}

/// The cards to study for an exam today, as shown on the exam's button.
#[derive(Debug, Serialize)]
struct ExamSessionReport {
    cards: usize,
    new_cards: usize,
    minutes: u32,
}

/// The forecast of a coming exam.
#[derive(Debug, Serialize)]
struct ForecastReport {
    reaches_target: Option<bool>,
    plan_minutes_a_day: Option<u32>,
    plan_new_cards_a_day: Option<u32>,
    plan_retention: Option<f64>,
    plan_minutes: Vec<f64>,
    expected: RangeReport,
    total: ForecastLineReport,
    topics: Vec<ForecastLineReport>,
}

#[derive(Debug, Serialize)]
struct ForecastLineReport {
    topic: String,
    cards: usize,
    unseen: usize,
    stop: RangeReport,
    pace: Option<RangeReport>,
    plan: Option<RangeReport>,
    morning: Option<RangeReport>,
}

#[derive(Debug, Serialize)]
struct RangeReport {
    expected: f64,
    low: f64,
    high: f64,
}

/// A completed test.
#[derive(Debug, Serialize)]
pub(super) struct CompletedTestReport {
    day: String,
    questions: usize,
    points: f64,
    share: f64,
    share_low: Option<f64>,
    share_high: Option<f64>,
    predicted: f64,
    predicted_low: f64,
    predicted_high: f64,
    seconds: f64,
    topics: Vec<CompletedTestTopicReport>,
}

#[derive(Debug, Serialize)]
struct CompletedTestTopicReport {
    deck: String,
    topic: String,
    questions: usize,
    points: f64,
}

/// The wrong answers that the learner was sure of, in all decks or only in the deck with the id `only`.
pub(super) fn high_confidence_errors(app: &App, only: Option<&str>) -> Vec<HighConfidenceErrorReport> {
    let topics =
        app.figures().high_confidence_errors.iter().filter(|topic| only.is_none_or(|id| *topic.deck == *id));
    let report = topics.flat_map(|topic| {
        topic.mistakes.iter().map(|mistake| HighConfidenceErrorReport {
            card: mistake.card.to_string(),
            topic: topic.topic.clone(),
            day: mistake.error.stamp.day.date().to_string(),
            score: mistake.error.score,
        })
    });
    report.collect()
}

/// The exams that are set, for all decks or only for the deck with the id `only`.
pub(super) fn exams(app: &App, only: Option<&str>) -> Vec<ExamReport> {
    let goals = app.settings().goals.iter().enumerate();
    let report =
        goals.filter(|(_, goal)| only.is_none_or(|id| *goal.deck == *id)).map(|(at, goal)| ExamReport {
            name: goal.name.clone(),
            deck: goal.deck.to_string(),
            topics: goal.topics.clone(),
            day: goal.exam.to_string(),
            target: f64::from(goal.target_percent) / 100.0,
            minutes_a_day: goal.minutes_a_day,
            today: app.figures().exams.get(at).and_then(|today| exam_session(&today.session)),
            weakest_once_more: app
                .figures()
                .exams
                .get(at)
                .and_then(|today| exam_session(&today.weakest_review)),
            forecast: app.goals().forecast(at).map(forecast),
        });
    report.collect()
}

fn exam_session(workload: &SessionWorkload) -> Option<ExamSessionReport> {
    let SessionWorkload { cards, new_cards, .. } = *workload;
    (cards > 0).then(|| ExamSessionReport { cards, new_cards, minutes: workload.minutes() })
}

fn forecast(forecast: &Forecast) -> ForecastReport {
    let planned = forecast.plan.as_ref();
    ForecastReport {
        reaches_target: planned.map(|planned| planned.reaches_target),
        plan_minutes_a_day: planned.map(|planned| planned.plan.minutes_a_day),
        plan_new_cards_a_day: planned.map(|planned| planned.plan.new_cards_a_day),
        plan_retention: planned.map(|planned| f64::from(planned.plan.retention_percent) / 100.0),
        plan_minutes: planned.map_or_else(Vec::new, |planned| planned.minutes_by_day.clone()),
        expected: range(forecast.expected()),
        total: forecast_line(&forecast.total),
        topics: forecast.topics.iter().map(forecast_line).collect(),
    }
}

fn forecast_line(line: &TopicForecast) -> ForecastLineReport {
    ForecastLineReport {
        topic: line.topic.clone(),
        cards: line.cards,
        unseen: line.unseen,
        stop: range(line.without_study),
        pace: line.at_current_pace.map(range),
        plan: line.with_plan.map(range),
        morning: line.after_weakest_review.map(range),
    }
}

fn range(range: ScoreRange) -> RangeReport {
    RangeReport { expected: range.expected, low: range.low, high: range.high }
}

/// The completed tests, oldest first.
///
/// # Errors
/// When the progress cannot be read.
pub(super) fn completed_tests(app: &App) -> Result<Vec<CompletedTestReport>, StoreError> {
    let tests = completed_attempts(app.core())?.list;
    let report = tests.iter().map(|test| {
        let total = &test.summary.total;
        let interval = wilson_95(total.points, total.questions);
        let (predicted_low, predicted_high) = total.predicted.interval_95();
        CompletedTestReport {
            day: test.started.day.date().to_string(),
            questions: total.questions,
            points: total.points,
            share: total.share(),
            share_low: interval.map(|(low, _)| low),
            share_high: interval.map(|(_, high)| high),
            predicted: total.predicted.mean,
            predicted_low,
            predicted_high,
            seconds: total.spent_ms as f64 / 1000.0,
            topics: test
                .summary
                .topics
                .iter()
                .map(|topic| CompletedTestTopicReport {
                    deck: topic.deck.to_string(),
                    topic: topic.topic.clone(),
                    questions: topic.tally.questions,
                    points: topic.tally.points,
                })
                .collect(),
        }
    });
    Ok(report.collect())
}
