//! How something stands, in one word: a card, a topic, a passage.

use super::Score;
use super::weakness::CardScore;

/// Recall below which something is slipping.
pub const DECLINING_BELOW: f64 = 0.7;
/// Recall from which on something is known well, once it has survived a night.
pub const KNOWN_FROM: f64 = 0.85;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeLevel {
    /// Never answered.
    Unseen,
    /// Little is known because much is still being learned.
    Learning,
    /// It was learned and is being forgotten.
    Declining,
    /// Between slipping and known well.
    Shaky,
    /// It would be recalled now, but not every card of it has survived a night yet.
    JustLearned,
    /// Known well.
    Known,
}

impl KnowledgeLevel {
    /// `recall` is that of everything answered, `of_learned` that of what is not being learned.
    fn of(recall: f64, of_learned: Option<f64>, all_survived: bool) -> Self {
        match recall {
            _ if recall >= KNOWN_FROM && all_survived => KnowledgeLevel::Known,
            _ if recall >= KNOWN_FROM => KnowledgeLevel::JustLearned,
            _ if recall >= DECLINING_BELOW => KnowledgeLevel::Shaky,
            _ if of_learned.is_some_and(|recall| recall < DECLINING_BELOW) => KnowledgeLevel::Declining,
            _ => KnowledgeLevel::Learning,
        }
    }
}

impl Score {
    /// How it stands.
    pub fn knowledge_level(&self) -> KnowledgeLevel {
        let of_learned = (self.remembered > self.learning)
            .then(|| self.recall_sum / (self.remembered - self.learning) as f64);
        self.recall_now().map_or(KnowledgeLevel::Unseen, |recall| {
            KnowledgeLevel::of(recall, of_learned, self.survived_a_night == self.remembered)
        })
    }
}

impl CardScore {
    /// How it stands.
    pub fn knowledge_level(&self) -> KnowledgeLevel {
        self.recall.map_or(KnowledgeLevel::Unseen, |recall| {
            KnowledgeLevel::of(recall, (!self.is_being_learned).then_some(recall), self.has_survived_a_night)
        })
    }
}
