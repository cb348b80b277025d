//! What a session brought: for its end, in the window and in the terminal.

use indexmap::IndexMap;

use super::{App, Study};

/// Right answers of all, by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Answers given.
    pub answers: usize,
    /// Answers that were wholly right.
    pub right: usize,
    /// In the order in which the topics came up.
    pub topics: Vec<TopicSummary>,
}

/// One topic's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicSummary {
    /// The topic's name.
    pub name: String,
    /// Answers given.
    pub answers: usize,
    /// Answers that were wholly right.
    pub right: usize,
}

impl Summary {
    /// Sums a session up.
    pub fn of(study: &Study, app: &App) -> Self {
        let mut topics: IndexMap<(usize, &str), (usize, usize)> = IndexMap::new();
        for step in study.session().done() {
            let Some(answer) = step.answer else { continue };
            let Some((deck, question)) = app.library().questions().get(&step.card) else { continue };
            let topic = app.library().decks()[*deck].deck.questions[*question].topic.as_str();
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
                    name: app.library().decks()[deck].deck.topic_name(topic).to_owned(),
                    answers,
                    right,
                })
                .collect(),
        }
    }
}

/// What comes tomorrow, and what was left for later, in sentences.
pub fn outlook(study: &Study, app: &App) -> String {
    let tomorrow = super::words::comes_back_tomorrow(app.figures().due_tomorrow);
    match study.session().postponed() {
        0 => tomorrow,
        1 => format!("{tomorrow} 1 due card can wait."),
        left => format!("{tomorrow} {left} due cards can wait."),
    }
}
