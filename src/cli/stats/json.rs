//! The scores as JSON. `linchpin stats --help` documents its names and meanings, which must not change.

use serde::{Serialize, Serializer};

use super::exams_and_tests::{self, CompletedTestReport, ExamReport, HighConfidenceErrorReport};
use super::{DeckScores, StatsOptions};
use crate::app::App;
use crate::app::scores::columns::FIELDS;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::expectation::Expectation;
use crate::domain::score::Accuracy;
use crate::domain::score::charts::{ChartData, RECALL_BINS, STABILITY_DAYS};
use crate::domain::score::confusion::Confusion;
use crate::domain::score::passages::PassageScore;
use crate::domain::score::table::TopicRow;
use crate::domain::score::trend::Trend;
use crate::store::StoreError;

/// What `stats --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct StatsReport<'a> {
    /// The study day of the scores, as `YYYY-MM-DD`.
    study_day: String,
    /// Number of study days looked back on; null for all.
    period_days: Option<u32>,
    /// No answer counts for more seconds than this.
    longest_answer_seconds: u32,
    decks: Vec<DeckStatsReport<'a>>,
    due: DueReport,
    days: Vec<DayReport>,
    retention: RetentionReport,
    recall: Vec<BinReport>,
    stability: Vec<BinReport>,
    kinds: Vec<KindReport>,
    calibration: Vec<CalibrationReport>,
    confidence: Vec<ConfidenceReport>,
    sure_but_wrong: Vec<HighConfidenceErrorReport>,
    exams: Vec<ExamReport>,
    tests: Vec<CompletedTestReport>,
}

#[derive(Debug, Serialize)]
struct DeckStatsReport<'a> {
    id: String,
    title: String,
    /// All topics together.
    total: ScoreReport<'a>,
    /// The topics in the order of the deck.
    topics: Vec<TopicStatsReport<'a>>,
    /// The passages of its source.
    passages: Vec<PassageReport>,
    /// The most frequent confusions first.
    confusions: Vec<ConfusionReport>,
}

#[derive(Debug, Serialize)]
struct ConfusionReport {
    question: String,
    topic: String,
    part: String,
    right: String,
    taken: String,
    times: usize,
}

#[derive(Debug, Serialize)]
struct TopicStatsReport<'a> {
    /// The topic's key in the deck file.
    topic: String,
    name: String,
    #[serde(flatten)]
    figures: ScoreReport<'a>,
    trend: Vec<Option<f64>>,
    trend_change: Option<f64>,
}

#[derive(Debug, Serialize)]
struct PassageReport {
    passage: String,
    gist: String,
    cards: usize,
    seen: usize,
    due: usize,
    mastery: Option<f64>,
    recall_now: Option<f64>,
    known: usize,
    being_learned: usize,
    #[serde(flatten)]
    expected: ExpectedReport,
}

/// The scores of a topic or a deck, by the names of [`FIELDS`].
#[derive(Debug)]
struct ScoreReport<'a>(&'a TopicRow);

impl Serialize for ScoreReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = FIELDS.iter().filter(|field| field.is_in_json);
        serializer.collect_map(fields.map(|field| (field.name, (field.value)(self.0))))
    }
}

#[derive(Debug, Serialize)]
struct ExpectedReport {
    expected: f64,
    expected_low: f64,
    expected_high: f64,
}

#[derive(Debug, Serialize)]
struct AccuracyReport {
    answers: usize,
    right: usize,
    accuracy: Option<f64>,
    accuracy_low: Option<f64>,
    accuracy_high: Option<f64>,
    mean_score: Option<f64>,
}

#[derive(Debug, Serialize)]
struct DueReport {
    backlog: usize,
    /// Number of cards due on each day, from today on.
    days: Vec<usize>,
    later: usize,
}

#[derive(Debug, Serialize)]
struct DayReport {
    day: String,
    answers: usize,
    right: usize,
    mean_score: Option<f64>,
    seconds: f64,
    reviewed: usize,
    recalled: usize,
}

#[derive(Debug, Serialize)]
struct RetentionReport {
    target: f64,
    months: Vec<MonthReport>,
}

#[derive(Debug, Serialize)]
struct MonthReport {
    month: String,
    reviewed: usize,
    recalled: usize,
    retention: f64,
    retention_low: f64,
    retention_high: f64,
}

/// A bin of a histogram, from `low` up to but not including `high`; null for no upper end.
#[derive(Debug, Serialize)]
struct BinReport {
    low: f64,
    high: Option<f64>,
    cards: usize,
}

#[derive(Debug, Serialize)]
struct KindReport {
    kind: &'static str,
    #[serde(flatten)]
    accuracy: AccuracyReport,
}

#[derive(Debug, Serialize)]
struct CalibrationReport {
    predicted: f64,
    actual: Option<f64>,
    actual_low: Option<f64>,
    actual_high: Option<f64>,
    answers: usize,
}

#[derive(Debug, Serialize)]
struct ConfidenceReport {
    confidence: &'static str,
    #[serde(flatten)]
    accuracy: AccuracyReport,
}

/// The whole report.
///
/// # Errors
/// When the completed tests cannot be read.
pub(super) fn report<'a>(
    app: &App,
    decks: &'a [DeckScores<'_>],
    charts: &ChartData,
    options: StatsOptions<'_>,
) -> Result<StatsReport<'a>, StoreError> {
    let (settings, period) = (app.settings(), options.period);
    Ok(StatsReport {
        study_day: date(charts.today),
        period_days: period.days(),
        longest_answer_seconds: settings.longest_answer_seconds,
        decks: decks.iter().map(deck).collect(),
        due: DueReport {
            backlog: charts.due.backlog,
            days: charts.due.days.clone(),
            later: charts.due.later,
        },
        days: days(charts),
        retention: RetentionReport {
            target: f64::from(settings.retention_percent) / 100.0,
            months: months(charts),
        },
        recall: (0..RECALL_BINS)
            .map(|bin| BinReport {
                low: bin as f64 / RECALL_BINS as f64,
                high: Some((bin + 1) as f64 / RECALL_BINS as f64),
                cards: charts.recall[bin],
            })
            .collect(),
        stability: charts
            .stability
            .iter()
            .enumerate()
            .map(|(bin, cards)| BinReport {
                low: bin.checked_sub(1).map_or(0.0, |before| f64::from(STABILITY_DAYS[before])),
                high: STABILITY_DAYS.get(bin).map(|days| f64::from(*days)),
                cards: *cards,
            })
            .collect(),
        kinds: charts
            .kinds
            .iter()
            .map(|(kind, accuracy)| KindReport { kind: kind.name(), accuracy: accuracy.into() })
            .collect(),
        calibration: calibration(charts),
        confidence: ["guess", "think-so", "sure"]
            .into_iter()
            .zip(&charts.confidence)
            .filter(|(_, accuracy)| accuracy.answers > 0)
            .map(|(confidence, accuracy)| ConfidenceReport { confidence, accuracy: accuracy.into() })
            .collect(),
        sure_but_wrong: exams_and_tests::high_confidence_errors(app, options.deck),
        exams: exams_and_tests::exams(app, options.deck),
        tests: exams_and_tests::completed_tests(app)?,
    })
}

fn deck<'a>(scores: &'a DeckScores<'_>) -> DeckStatsReport<'a> {
    DeckStatsReport {
        id: scores.deck.id.to_string(),
        title: scores.deck.title.clone(),
        total: ScoreReport(&scores.table.total),
        topics: scores.table.rows.iter().zip(&scores.trends).map(topic).collect(),
        passages: scores.passages.iter().map(passage).collect(),
        confusions: scores.confusions.iter().map(|it| confusion(scores.deck, it)).collect(),
    }
}

fn confusion(deck: &Deck, confusion: &Confusion) -> ConfusionReport {
    let question = &deck.questions[confusion.question];
    ConfusionReport {
        question: question.id.to_string(),
        topic: question.topic.clone(),
        part: confusion.part.clone(),
        right: confusion.right.clone(),
        taken: confusion.given.clone(),
        times: confusion.count,
    }
}

fn topic<'a>((row, trend): (&'a TopicRow, &Trend)) -> TopicStatsReport<'a> {
    TopicStatsReport {
        topic: row.key.topic.clone(),
        name: row.key.name.clone(),
        figures: ScoreReport(row),
        trend: trend.points().to_vec(),
        trend_change: trend.change(),
    }
}

fn passage(passage: &PassageScore) -> PassageReport {
    let score = &passage.score;
    PassageReport {
        passage: passage.key.clone(),
        gist: passage.gist.clone(),
        cards: score.cards,
        seen: score.seen,
        due: score.due,
        mastery: score.mastery(),
        recall_now: score.recall_now(),
        known: score.known(),
        being_learned: score.learning,
        expected: (&score.expected).into(),
    }
}

fn days(charts: &ChartData) -> Vec<DayReport> {
    let report = charts.days.iter().map(|studied| DayReport {
        day: date(studied.day),
        answers: studied.accuracy.answers,
        right: studied.accuracy.right,
        mean_score: studied.accuracy.mean_score(),
        seconds: studied.answer_ms as f64 / 1000.0,
        reviewed: studied.reviewed,
        recalled: studied.recalled,
    });
    report.collect()
}

fn months(charts: &ChartData) -> Vec<MonthReport> {
    let report = charts.retention.iter().map(|month| {
        let (retention_low, retention_high) = month.interval();
        MonthReport {
            month: format!("{:04}-{:02}", month.year, month.month),
            reviewed: month.reviewed,
            recalled: month.recalled,
            retention: month.share(),
            retention_low,
            retention_high,
        }
    });
    report.collect()
}

fn calibration(charts: &ChartData) -> Vec<CalibrationReport> {
    let report = charts.calibration.iter().map(|bin| {
        let interval = bin.actual.score_interval();
        CalibrationReport {
            predicted: bin.predicted,
            actual: bin.actual.mean_score(),
            actual_low: interval.map(|(low, _)| low),
            actual_high: interval.map(|(_, high)| high),
            answers: bin.actual.answers,
        }
    });
    report.collect()
}

fn date(day: StudyDay) -> String {
    day.date().to_string()
}

impl From<&Expectation> for ExpectedReport {
    fn from(expected: &Expectation) -> Self {
        let (expected_low, expected_high) = expected.interval_95();
        Self { expected: expected.mean, expected_low, expected_high }
    }
}

impl From<&Accuracy> for AccuracyReport {
    fn from(accuracy: &Accuracy) -> Self {
        let interval = accuracy.interval();
        Self {
            answers: accuracy.answers,
            right: accuracy.right,
            accuracy: accuracy.share(),
            accuracy_low: interval.map(|(low, _)| low),
            accuracy_high: interval.map(|(_, high)| high),
            mean_score: accuracy.mean_score(),
        }
    }
}
