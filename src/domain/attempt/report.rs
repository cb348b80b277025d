//! The graded result of a test, computed from the drawn test and the attempt.

use std::sync::Arc;

use indexmap::IndexMap;

use super::drawn_test::DrawnTest;
use super::test_attempt::{SelfGrade, TestAttempt};
use crate::domain::event::Confidence;
use crate::domain::expectation::Expectation;
use crate::domain::grade::{Marks, Verdict, grade, unreadable_reason};
use crate::domain::ids::CardKey;
use crate::domain::score::wilson_95;
use crate::domain::task::{Response, Task};

/// The graded result of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct TestReport {
    /// Every item, in the order asked.
    pub items: Vec<ItemReport>,
    /// The sum over all items.
    pub total: TestTally,
    /// The sum by topic, best share first; equal shares by name.
    pub topics: Vec<TestTopicReport>,
    /// How long the test took, in milliseconds.
    pub spent_ms: i64,
    /// The time limit in milliseconds. `None` means no limit.
    pub limit_ms: Option<i64>,
    /// Whether the test ended because the time was up.
    pub timed_out: bool,
}

/// The result of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemReport {
    /// The card asked.
    pub card: CardKey,
    /// What was asked.
    pub task: Task,
    /// What was entered, even if it cannot be read as a number or date. [`Response::GaveUp`] if nothing was
    /// entered.
    pub response: Response,
    /// The score and how it came about. The learner's decision on a slip is already in it.
    pub verdict: Verdict,
    /// Whether typing slips are all that is wrong. Such an answer gets half a point until the learner
    /// decides.
    pub is_slip: bool,
    /// Whether the learner counted the slip as the right answer. `None` while undecided or if there is no
    /// slip.
    pub slip_accepted: Option<bool>,
    /// Whether it was answered with something that can be graded.
    pub answered: bool,
    /// When the answer was given, in UTC milliseconds. For an unanswered item, when the test was handed in.
    pub answered_at_ms: Option<i64>,
    /// Whether the item was ever shown.
    pub seen: bool,
    /// Whether the learner flagged it for later.
    pub flagged: bool,
    /// How sure the learner was, if they said so and answered.
    pub confidence: Option<Confidence>,
    /// How long the item was on the screen, in milliseconds.
    pub spent_ms: i64,
    /// Expected score, 0 to 1, predicted when the test was drawn.
    pub expected: f64,
}

/// Totals over several items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TestTally {
    /// Number of items.
    pub questions: usize,
    /// Sum of the scores, including partial credit.
    pub points: f64,
    /// Expected score of these items, predicted when the test was drawn.
    pub predicted: Expectation,
    /// Time on these items in milliseconds.
    pub spent_ms: i64,
}

/// Totals of one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TestTopicReport {
    /// The deck's id.
    pub deck: Arc<str>,
    /// The topic's key in the deck.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// The totals over its items.
    pub tally: TestTally,
}

impl TestTally {
    fn add(&mut self, item: &ItemReport) {
        self.questions += 1;
        self.points += item.verdict.score;
        self.predicted.add(item.expected);
        self.spent_ms += item.spent_ms;
    }

    /// Mean score, 0 to 1. Returns 0 without questions.
    pub fn share(&self) -> f64 {
        if self.questions == 0 { 0.0 } else { self.points / self.questions as f64 }
    }

    /// 95 % confidence interval of [`TestTally::share`], for questions beyond these: Wilson's interval, with
    /// partial credit counted as a fraction of a right answer. Scores between 0 and 1 vary less than
    /// all-or-nothing scores with the same mean, so the interval is never too narrow.
    pub fn interval(&self) -> (f64, f64) {
        wilson_95(self.points, self.questions).unwrap_or((0.0, 1.0))
    }
}

impl TestReport {
    /// Grades a test.
    pub fn new(test: &DrawnTest, attempt: &TestAttempt) -> Self {
        let items: Vec<ItemReport> = test
            .items
            .iter()
            .zip(attempt.items())
            .enumerate()
            .map(|(index, (item, state))| {
                let task = test.task(item);
                let response = state.response.clone().filter(|response| !response.is_blank());
                // Text that is not a number or a date counts as unanswered here, just as it did during the
                // test.
                let answered =
                    response.as_ref().is_some_and(|given| unreadable_reason(&task, given).is_none());
                let response = response.unwrap_or(Response::GaveUp);
                let verdict = if task.form.is_self_graded() {
                    self_graded_verdict(answered, state.self_grade)
                } else if response == Response::GaveUp {
                    Verdict { headline: "Not answered".to_owned(), ..grade(&task, &response) }
                } else {
                    grade(&task, &response)
                };
                let verdict = match attempt.recorded_score(index) {
                    Some(score) => with_recorded_score(verdict, score),
                    None => verdict,
                };
                let is_slip = verdict.is_unresolved_slip();
                let slip_accepted = state.slip_accepted.filter(|_| is_slip);
                let verdict = match slip_accepted {
                    Some(slip_accepted) => verdict.resolve_slip(slip_accepted),
                    None => verdict,
                };
                ItemReport {
                    card: test.card(item),
                    task,
                    response,
                    verdict,
                    is_slip,
                    slip_accepted,
                    answered,
                    answered_at_ms: state.answered_at_ms.filter(|_| answered).or(attempt.ended_at_ms()),
                    seen: state.seen,
                    flagged: state.flagged,
                    confidence: state.confidence.filter(|_| answered),
                    spent_ms: state.spent_ms,
                    expected: item.expected,
                }
            })
            .collect();
        let mut total = TestTally::default();
        let mut topics: IndexMap<(Arc<str>, &str), TestTopicReport> = IndexMap::new();
        for (item, test_item) in items.iter().zip(&test.items) {
            total.add(item);
            let (deck, question) = (test.deck(test_item), test.question(test_item));
            let topic = topics.entry((deck.id.clone(), &question.topic)).or_insert_with(|| TestTopicReport {
                deck: deck.id.clone(),
                topic: question.topic.clone(),
                name: deck.topic_name(&question.topic).to_owned(),
                tally: TestTally::default(),
            });
            topic.tally.add(item);
        }
        let mut topics: Vec<TestTopicReport> = topics.into_values().collect();
        // Best topic first, because people want to read that first. Ties are sorted by name.
        topics.sort_by(|a, b| b.tally.share().total_cmp(&a.tally.share()).then_with(|| a.name.cmp(&b.name)));
        Self {
            items,
            total,
            topics,
            spent_ms: attempt.clock_ms(),
            limit_ms: test.setup.limit_ms(),
            timed_out: attempt.timed_out(),
        }
    }

    /// Number of items that were answered but not wholly right.
    pub fn mistake_count(&self) -> usize {
        self.items.iter().filter(|item| item.is_mistake() && item.answered).count()
    }

    /// Indices of the slips that the learner has not decided on yet.
    pub fn unresolved_slips(&self) -> impl Iterator<Item = usize> + '_ {
        let is_unresolved = |(_, item): &(usize, &ItemReport)| item.is_slip && item.slip_accepted.is_none();
        self.items.iter().enumerate().filter(is_unresolved).map(|(index, _)| index)
    }

    /// Number of items without an answer that can be graded.
    pub fn unanswered_count(&self) -> usize {
        self.items.iter().filter(|item| !item.answered).count()
    }
}

impl ItemReport {
    /// Whether the learner was sure of a wrong or partly wrong answer.
    pub fn is_high_confidence_error(&self) -> bool {
        self.is_mistake() && self.confidence == Some(Confidence::Sure)
    }

    /// Whether the answer was not wholly right. An unanswered item is a mistake too.
    pub fn is_mistake(&self) -> bool {
        self.verdict.score < 1.0
    }
}

/// The verdict with the score that was recorded when the test was completed. A later change of the grading
/// rules does not change it.
fn with_recorded_score(verdict: Verdict, score: f64) -> Verdict {
    // Scores are stored in millionths of a point.
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

fn self_graded_verdict(answered: bool, self_grade: Option<SelfGrade>) -> Verdict {
    let (score, headline) = match self_grade.filter(|_| answered) {
        Some(self_grade) => (self_grade.score(), self_grade.label()),
        None if answered => (0.0, "Not graded"),
        None => (0.0, "Not answered"),
    };
    Verdict::new(score, headline, Marks::None)
}
