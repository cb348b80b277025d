//! How well something is known, in one word: a card, a topic or a passage.

use super::Score;
use super::weakness::CardScore;

/// Below this recall, something that was learned counts as declining.
pub const DECLINING_BELOW: f64 = 0.7;
/// From this recall on, something counts as known once it has survived a night.
pub const KNOWN_FROM: f64 = 0.85;

/// How well a card, topic or passage is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeLevel {
    /// Never answered.
    Unseen,
    /// Recall is low because much is still being learned.
    Learning,
    /// It was learned and is being forgotten.
    Declining,
    /// Between declining and known.
    Shaky,
    /// It would be recalled now, but not all of its cards have survived a night yet.
    JustLearned,
    /// Known.
    Known,
}

impl KnowledgeLevel {
    /// `recall` is the mean over everything answered; `recall_of_learned` leaves out cards that are being
    /// learned and is `None` if there are no others.
    fn of(recall: f64, recall_of_learned: Option<f64>, all_survived: bool) -> Self {
        match recall {
            _ if recall >= KNOWN_FROM && all_survived => KnowledgeLevel::Known,
            _ if recall >= KNOWN_FROM => KnowledgeLevel::JustLearned,
            _ if recall >= DECLINING_BELOW => KnowledgeLevel::Shaky,
            _ if recall_of_learned.is_some_and(|recall| recall < DECLINING_BELOW) => {
                KnowledgeLevel::Declining
            }
            _ => KnowledgeLevel::Learning,
        }
    }
}

impl Score {
    /// How well these cards are known.
    pub fn knowledge_level(&self) -> KnowledgeLevel {
        let recall_of_learned = (self.cards_with_memory > self.learning)
            .then(|| self.recall_sum / (self.cards_with_memory - self.learning) as f64);
        self.recall_now().map_or(KnowledgeLevel::Unseen, |recall| {
            KnowledgeLevel::of(recall, recall_of_learned, self.survived_a_night == self.cards_with_memory)
        })
    }
}

impl CardScore {
    /// How well the card is known.
    pub fn knowledge_level(&self) -> KnowledgeLevel {
        self.recall.map_or(KnowledgeLevel::Unseen, |recall| {
            KnowledgeLevel::of(recall, (!self.is_being_learned).then_some(recall), self.has_survived_a_night)
        })
    }
}
