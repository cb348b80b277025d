//! What `stats --json` tells beside the figures of decks: surprises, exams, tests.

use serde::Serialize;

use crate::app::App;
use crate::domain::forecast::{Forecast, Line, Range};
use crate::domain::goal::sitting::Sitting;
use crate::domain::score::wilson_95;
use crate::store::StoreError;

/// A card of which the learner was sure, and wrong.
#[derive(Debug, Serialize)]
pub(super) struct MistakeReport {
    card: String,
    topic: String,
    day: String,
    score: f64,
}

/// An exam, and what to expect of it.
#[derive(Debug, Serialize)]
pub(super) struct ExamReport {
    name: String,
    deck: String,
    topics: Vec<String>,
    day: String,
    target: f64,
    minutes_a_day: Option<u32>,
    today: Option<SittingReport>,
    weakest_once_more: Option<SittingReport>,
    forecast: Option<ForecastReport>,
}

/// What there is to study for an exam today, as its button has it.
#[derive(Debug, Serialize)]
struct SittingReport {
    cards: usize,
    new_cards: usize,
    minutes: u32,
}

/// The forecast of an exam ahead.
#[derive(Debug, Serialize)]
struct ForecastReport {
    reaches_target: Option<bool>,
    plan_minutes_a_day: Option<u32>,
    plan_new_cards_a_day: Option<u32>,
    plan_retention: Option<f64>,
    plan_minutes: Vec<f64>,
    expected: RangeReport,
    total: LineReport,
    topics: Vec<LineReport>,
}

#[derive(Debug, Serialize)]
struct LineReport {
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

/// A test of the past.
#[derive(Debug, Serialize)]
pub(super) struct TestReport {
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
    topics: Vec<TestTopicReport>,
}

#[derive(Debug, Serialize)]
struct TestTopicReport {
    deck: String,
    topic: String,
    questions: usize,
    points: f64,
}

/// The answers that the learner was sure of and that were not right, of one deck or of all.
pub(super) fn sure_but_wrong(app: &App, only: Option<&str>) -> Vec<MistakeReport> {
    let topics = app.figures().sure_but_wrong.iter().filter(|topic| only.is_none_or(|id| *topic.deck == *id));
    let report = topics.flat_map(|topic| {
        topic.mistakes.iter().map(|mistake| MistakeReport {
            card: mistake.card.to_string(),
            topic: topic.topic.clone(),
            day: mistake.answer.stamp.day.date().to_string(),
            score: mistake.answer.score,
        })
    });
    report.collect()
}

/// The exams that are set, of one deck or of all.
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
            today: app.figures().exams.get(at).and_then(|today| sitting(&today.sitting)),
            weakest_once_more: app.figures().exams.get(at).and_then(|today| sitting(&today.weakest)),
            forecast: app.goals().forecast(at).map(forecast),
        });
    report.collect()
}

fn sitting(sitting: &Sitting) -> Option<SittingReport> {
    let Sitting { cards, new_cards, .. } = *sitting;
    (cards > 0).then(|| SittingReport { cards, new_cards, minutes: sitting.minutes() })
}

fn forecast(forecast: &Forecast) -> ForecastReport {
    let planned = forecast.planned.as_ref();
    ForecastReport {
        reaches_target: planned.map(|planned| planned.reaches_target),
        plan_minutes_a_day: planned.map(|planned| planned.plan.minutes_a_day),
        plan_new_cards_a_day: planned.map(|planned| planned.plan.new_cards_a_day),
        plan_retention: planned.map(|planned| f64::from(planned.plan.retention_percent) / 100.0),
        plan_minutes: planned.map_or_else(Vec::new, |planned| planned.minutes.clone()),
        expected: range(forecast.expected()),
        total: line(&forecast.total),
        topics: forecast.topics.iter().map(line).collect(),
    }
}

fn line(line: &Line) -> LineReport {
    LineReport {
        topic: line.topic.clone(),
        cards: line.cards,
        unseen: line.unseen,
        stop: range(line.stop),
        pace: line.pace.map(range),
        plan: line.plan.map(range),
        morning: line.morning.map(range),
    }
}

fn range(range: Range) -> RangeReport {
    RangeReport { expected: range.expected, low: range.low, high: range.high }
}

/// The tests of the past, oldest first.
///
/// # Errors
/// When the progress cannot be read.
pub(super) fn tests(app: &App) -> Result<Vec<TestReport>, StoreError> {
    let tests = app.past_tests()?.list;
    let report = tests.iter().map(|test| {
        let total = &test.outline.total;
        let interval = wilson_95(total.points, total.questions);
        let (predicted_low, predicted_high) = total.predicted.interval_95();
        TestReport {
            day: test.begun.day.date().to_string(),
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
                .outline
                .topics
                .iter()
                .map(|topic| TestTopicReport {
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
