//! Scores per topic: folds over cards, pure.

use super::card::{Card, CardState, Phase};
use super::day::StudyDay;
use super::deck::Deck;
use super::event::{Due, Source};
use super::memory::Model;
use super::progress::Progress;
use super::queue::is_due;

/// Recall that a mastered card still has after [`MASTERY_DAYS`] without study.
pub const MASTERY_RECALL: f64 = 0.8;
/// Days without study that mastery looks ahead.
pub const MASTERY_DAYS: u32 = 30;

/// How one topic, or a whole deck, stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Cards, suspended ones left out.
    pub cards: usize,
    /// Cards answered at least once.
    pub seen: usize,
    /// Cards that would still be recalled with R ≥ 0.8 after 30 days without study.
    pub mastered: usize,
    /// Sum of recall today over the cards seen.
    recall_sum: f64,
    /// Answers, in study and tests.
    pub answers: usize,
    /// Answers that were wholly right.
    pub right: usize,
    /// Cards due today or before, those on minute steps too.
    pub due: usize,
    /// Cards never answered.
    pub new_cards: usize,
    /// Suspended cards.
    pub suspended: usize,
    /// The last study day with an answer.
    pub last_studied: Option<StudyDay>,
}

/// The score of one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicScore {
    /// The topic's key in its deck.
    pub topic: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub score: Score,
}

impl Score {
    /// Share of cards mastered, 0 to 1; unseen cards count as not mastered. `None` without cards.
    pub fn mastery(&self) -> Option<f64> {
        share(self.mastered, self.cards)
    }

    /// Share of cards ever seen.
    pub fn coverage(&self) -> Option<f64> {
        share(self.seen, self.cards)
    }

    /// Mean recall today of the cards seen.
    pub fn recall_now(&self) -> Option<f64> {
        (self.seen > 0).then(|| self.recall_sum / self.seen as f64)
    }

    /// Share of answers that were wholly right.
    pub fn accuracy(&self) -> Option<f64> {
        share(self.right, self.answers)
    }

    /// 95 % interval of the accuracy.
    pub fn accuracy_interval(&self) -> Option<(f64, f64)> {
        wilson_95(self.right, self.answers)
    }

    /// Adds another score, of other cards.
    pub fn absorb(&mut self, other: &Score) {
        self.cards += other.cards;
        self.seen += other.seen;
        self.mastered += other.mastered;
        self.recall_sum += other.recall_sum;
        self.answers += other.answers;
        self.right += other.right;
        self.due += other.due;
        self.new_cards += other.new_cards;
        self.suspended += other.suspended;
        self.last_studied = self.last_studied.max(other.last_studied);
    }
}

/// The topics of a deck, in its order.
pub fn topics(deck: &Deck, progress: &Progress, model: &Model, today: StudyDay) -> Vec<TopicScore> {
    let cards = deck.cards().map(|(key, index)| {
        (deck.questions[index].topic.as_str(), progress.state(&key), progress.card(&key))
    });
    topics_of(deck, cards, model, today)
}

/// The same for one who has the deck's cards at hand: each with its topic, its state and its history.
pub fn topics_of<'a>(
    deck: &'a Deck,
    cards: impl IntoIterator<Item = (&'a str, &'a CardState, Option<&'a Card>)>,
    model: &Model,
    today: StudyDay,
) -> Vec<TopicScore> {
    let mut scores: indexmap::IndexMap<&str, Score> =
        deck.topics.keys().map(|key| (key.as_str(), Score::default())).collect();
    for (topic, state, card) in cards {
        let score = scores.entry(topic).or_default();
        if state.suspended {
            score.suspended += 1;
            continue;
        }
        score.cards += 1;
        if let Some(memory) = state.memory {
            let days = state.days_since_review(today);
            score.seen += 1;
            score.recall_sum += model.recall(memory, days);
            if model.recall(memory, days + MASTERY_DAYS) >= MASTERY_RECALL {
                score.mastered += 1;
            }
        }
        score.new_cards += usize::from(state.phase == Phase::New);
        if state.is_askable(today) {
            score.due += usize::from(is_due(state, today) || matches!(state.due, Some(Due::At(_))));
        }
        for (stamp, review) in card.into_iter().flat_map(Card::reviews) {
            if review.source != Source::Practice {
                score.answers += 1;
                score.right += usize::from(review.score >= 1.0);
                score.last_studied = score.last_studied.max(Some(stamp.day));
            }
        }
    }
    scores
        .into_iter()
        .map(|(topic, score)| TopicScore {
            topic: topic.to_owned(),
            name: deck.topic_name(topic).to_owned(),
            score,
        })
        .collect()
}

/// All topics of a deck as one.
pub fn total<'a>(topics: impl IntoIterator<Item = &'a TopicScore>) -> Score {
    let mut sum = Score::default();
    for topic in topics {
        sum.absorb(&topic.score);
    }
    sum
}

/// Wilson's score interval at 95 % (E. B. Wilson, 1927): honest for few answers and near 0 and 1.
pub fn wilson_95(right: usize, answers: usize) -> Option<(f64, f64)> {
    const Z: f64 = 1.959_963_984_540_054;
    if answers == 0 {
        return None;
    }
    let n = answers as f64;
    let p = right as f64 / n;
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
