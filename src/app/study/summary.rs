//! The result of a session, for its end in the window and in the terminal.

use indexmap::IndexMap;

use super::ActiveSession;
use crate::app::core::Core;
use crate::text;

/// Right answers of a session, by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Number of answers.
    pub answers: usize,
    /// Number of fully right answers.
    pub right: usize,
    /// In the order in which the topics first came up.
    pub topics: Vec<TopicSummary>,
}

/// The result of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicSummary {
    /// The topic's name.
    pub name: String,
    /// Number of answers.
    pub answers: usize,
    /// Number of fully right answers.
    pub right: usize,
}

impl Summary {
    /// Summarizes a session.
    pub fn of(study: &ActiveSession, core: &Core) -> Self {
        let mut topics: IndexMap<(usize, &str), (usize, usize)> = IndexMap::new();
        for step in study.session().done() {
            let Some(answer) = step.answer else { continue };
            let Some((deck, question)) = core.library.card_locations().get(&step.card) else { continue };
            let topic = core.library.decks()[*deck].deck.questions[*question].topic.as_str();
            let (answers, right) = topics.entry((*deck, topic)).or_default();
            *answers += 1;
            *right += usize::from(answer.score >= 1.0);
        }
        Self {
            answers: topics.values().map(|(answers, _)| answers).sum(),
            right: topics.values().map(|(_, right)| right).sum(),
            topics: topics
                .into_iter()
                .map(|((deck, topic), (answers, right))| TopicSummary {
                    name: core.library.decks()[deck].deck.topic_name(topic).to_owned(),
                    answers,
                    right,
                })
                .collect(),
        }
    }
}

/// How many cards are due tomorrow and how many were postponed, in sentences.
pub fn outlook(study: &ActiveSession, core: &Core) -> String {
    let tomorrow = text::today::comes_back_tomorrow(core.figures.due_tomorrow);
    let postponed = text::study::due_cards_can_wait(study.session().postponed());
    text::words::join_sentences(&[&tomorrow, &postponed])
}
