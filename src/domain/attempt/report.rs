//! What a test came to: a function of its paper and its sitting.

use std::sync::Arc;

use indexmap::IndexMap;

use super::drawn_test::DrawnTest;
use super::test_attempt::{SelfGrade, TestAttempt, is_blank};
use crate::domain::event::Confidence;
use crate::domain::expectation::Expectation;
use crate::domain::grade::{Marks, Verdict, grade, unreadable_reason};
use crate::domain::ids::CardKey;
use crate::domain::score::wilson_95;
use crate::domain::task::{Response, Task, TaskForm};

/// What a test came to.
#[derive(Clone, Debug, PartialEq)]
pub struct TestReport {
    /// Every item, in the order asked.
    pub items: Vec<ItemReport>,
    /// All of them together.
    pub total: TestTally,
    /// In the order in which the topics came up.
    pub topics: Vec<TestTopicReport>,
    /// Milliseconds that the test took.
    pub spent_ms: i64,
    /// The time that there was; `None`: no limit.
    pub limit_ms: Option<i64>,
    /// Whether the time was over before it was handed in.
    pub timed_out: bool,
}

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemReport {
    /// The card asked.
    pub card: CardKey,
    /// What was asked.
    pub task: Task,
    /// What was entered, also where it cannot be read; [`Response::GaveUp`] where nothing was.
    pub response: Response,
    /// What it was worth.
    pub verdict: Verdict,
    /// Whether nothing but slips of the fingers was wrong: half a point until the learner decides.
    pub is_slip: bool,
    /// Whether the right answer was meant, if the learner decided that of a slip.
    pub slip_accepted: Option<bool>,
    /// Whether it was answered at all, with something that can be read.
    pub answered: bool,
    /// When that was said, in UTC milliseconds: of what was left open, when the test was handed in.
    pub answered_at_ms: Option<i64>,
    /// Whether it ever came before the learner.
    pub seen: bool,
    /// Whether it was marked for later.
    pub flagged: bool,
    /// How sure the learner said to be.
    pub confidence: Option<Confidence>,
    /// Milliseconds before the learner.
    pub spent_ms: i64,
    /// What it was expected to be worth before the test, 0 to 1.
    pub expected: f64,
}

/// Several items together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TestTally {
    /// How many.
    pub questions: usize,
    /// Sum of the scores, partial credit with it.
    pub points: f64,
    /// What was expected before the test.
    pub predicted: Expectation,
    /// Milliseconds that they took.
    pub spent_ms: i64,
}

/// One topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TestTopicReport {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key in it.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// Its items.
    pub tally: TestTally,
}

impl TestTally {
    fn add(&mut self, item: &ItemReport) {
        self.questions += 1;
        self.points += item.verdict.score;
        self.predicted.add(item.expected);
        self.spent_ms += item.spent_ms;
    }

    /// Mean score, 0 to 1; 0 without questions.
    pub fn share(&self) -> f64 {
        if self.questions == 0 { 0.0 } else { self.points / self.questions as f64 }
    }

    /// 95 % interval of [`Tally::share`], what is known beyond these questions: Wilson's, with partial credit as a part of
    /// a right answer. Scores between 0 and 1 vary less than rights and wrongs of the same mean, so it is never too narrow.
    pub fn interval(&self) -> (f64, f64) {
        wilson_95(self.points, self.questions).unwrap_or((0.0, 1.0))
    }
}

impl TestReport {
    /// Grades a test.
    pub fn new(paper: &DrawnTest, sitting: &TestAttempt) -> Self {
        let items: Vec<ItemReport> = paper
            .items
            .iter()
            .zip(sitting.items())
            .enumerate()
            .map(|(place, (item, sheet))| {
                let task = paper.task(item);
                let response = sheet.response.clone().filter(|response| !is_blank(response));
                // What is no number or no date is as open in the report as it was in the test.
                let answered =
                    response.as_ref().is_some_and(|given| unreadable_reason(&task, given).is_none());
                let response = response.unwrap_or(Response::GaveUp);
                let verdict = match &task.form {
                    TaskForm::Recall { .. } => self_graded_verdict(answered, sheet.self_grade),
                    _ if response == Response::GaveUp => {
                        Verdict { headline: "Not answered".to_owned(), ..grade(&task, &response) }
                    }
                    _ => grade(&task, &response),
                };
                let verdict = match sitting.recorded_score(place) {
                    Some(score) => with_recorded_score(verdict, score),
                    None => verdict,
                };
                let is_slip = verdict.is_unresolved_slip();
                let meant = sheet.slip_accepted.filter(|_| is_slip);
                let verdict = match meant {
                    Some(meant) => verdict.resolve_slip(meant),
                    None => verdict,
                };
                ItemReport {
                    card: paper.card(item),
                    task,
                    response,
                    verdict,
                    is_slip,
                    slip_accepted: meant,
                    answered,
                    answered_at_ms: sheet.answered_at_ms.filter(|_| answered).or(sitting.ended_at_ms()),
                    seen: sheet.seen,
                    flagged: sheet.flagged,
                    confidence: sheet.confidence.filter(|_| answered),
                    spent_ms: sheet.spent_ms,
                    expected: item.expected,
                }
            })
            .collect();
        let mut total = TestTally::default();
        let mut topics: IndexMap<(Arc<str>, &str), TestTopicReport> = IndexMap::new();
        for (item, asked) in items.iter().zip(&paper.items) {
            total.add(item);
            let (deck, question) = (paper.deck(asked), paper.question(asked));
            let topic = topics.entry((deck.id.clone(), &question.topic)).or_insert_with(|| TestTopicReport {
                deck: deck.id.clone(),
                topic: question.topic.clone(),
                name: deck.topic_name(&question.topic).to_owned(),
                tally: TestTally::default(),
            });
            topic.tally.add(item);
        }
        let mut topics: Vec<TestTopicReport> = topics.into_values().collect();
        // The best first, as one reads of it; where two are alike, in the order of their names.
        topics.sort_by(|a, b| b.tally.share().total_cmp(&a.tally.share()).then_with(|| a.name.cmp(&b.name)));
        Self {
            items,
            total,
            topics,
            spent_ms: sitting.clock_ms(),
            limit_ms: paper.setup.limit_ms(),
            timed_out: sitting.timed_out(),
        }
    }

    /// How many were answered, and not wholly right.
    pub fn mistake_count(&self) -> usize {
        self.items.iter().filter(|item| item.is_mistake() && item.answered).count()
    }

    /// The slips of the fingers that the learner has not decided on yet, from 0.
    pub fn unresolved_slips(&self) -> impl Iterator<Item = usize> + '_ {
        let undecided = |(_, item): &(usize, &ItemReport)| item.is_slip && item.slip_accepted.is_none();
        self.items.iter().enumerate().filter(undecided).map(|(at, _)| at)
    }

    /// How many were left open.
    pub fn unanswered_count(&self) -> usize {
        self.items.iter().filter(|item| !item.answered).count()
    }
}

impl ItemReport {
    /// Whether the learner was sure of an answer that was not right.
    pub fn is_high_confidence_error(&self) -> bool {
        self.is_mistake() && self.confidence == Some(Confidence::Sure)
    }

    /// Whether it was not wholly right.
    pub fn is_mistake(&self) -> bool {
        self.verdict.score < 1.0
    }
}

/// The verdict of a closed test: its score stays, whatever the rules say now.
fn with_recorded_score(verdict: Verdict, score: f64) -> Verdict {
    // Scores are kept in millionths.
    if (verdict.score - score).abs() < 1e-5 {
        return verdict;
    }
    let headline = match score {
        score if score >= 1.0 => "Right",
        score if score > 0.0 => "Partly",
        _ => "Wrong",
    };
    let note = Some("Graded by the rules of its day.".to_owned());
    Verdict { score, headline: headline.to_owned(), almost: false, note, marks: verdict.marks }
}

fn self_graded_verdict(answered: bool, worth: Option<SelfGrade>) -> Verdict {
    let (score, headline) = match worth.filter(|_| answered) {
        Some(worth) => (worth.score(), worth.label()),
        None if answered => (0.0, "Not judged"),
        None => (0.0, "Not answered"),
    };
    Verdict::new(score, headline, Marks::None)
}
