//! Questions as their author wrote them: a prompt and an answer of one of eleven kinds.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ids::Facet;
use super::kind::CardSides;
pub use super::kind::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, Kind, NumberAnswer, OrderItem, RecallAnswer,
    TextRole, TypedAnswer, WrongOption,
};

/// A question: a prompt, its answer, and the author's notes.
///
/// Drawn tests are stored with their questions in the JSON that this serialises to, and must stay readable in
/// all later versions: never rename a serialised field, and give every new field `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in its deck; derived from the prompt when the author wrote none.
    pub id: Arc<str>,
    /// Whether the author wrote the id.
    pub id_is_written: bool,
    /// Key of one of the deck's topics.
    pub topic: String,
    /// CommonMark; a cloze prompt includes its `{{gaps}}` as written.
    pub prompt: String,
    /// The correct answer.
    pub answer: Answer,
    /// Shown on request before the answer; using it is logged.
    pub hint: Option<String>,
    /// CommonMark, shown after grading.
    pub explain: Option<String>,
    /// Keys of the passages of the source that support the answer.
    pub cite: Vec<String>,
    /// Tags for filtering, as written.
    pub tags: Vec<String>,
    /// An image file next to the deck file, as written: a path, or `![alternative text](path)`.
    pub image: Option<String>,
    /// Accepted answers of a Choice question that is asked as Typed once it is learned. Empty: it is always
    /// asked as Choice.
    pub typed: Vec<String>,
    /// Former keys of this question, as `deck/question`: progress logged under them belongs to it.
    pub formerly: Vec<String>,
    /// Wrong answers that are easily confused with the right one, each with an optional reason. They are
    /// never graded as a slip, however similar they are.
    #[serde(default)]
    pub confusable: Vec<WrongOption>,
}

impl Question {
    /// The facets of this question, one card each, in the order in which they are introduced.
    pub fn facets(&self) -> Vec<Facet> {
        self.each_facet().collect()
    }

    /// Like [`Question::facets`], without allocating for the many questions with a single card.
    pub fn each_facet(&self) -> impl Iterator<Item = Facet> + use<> {
        let (one, both, gaps) = match self.answer.sides() {
            CardSides::Front => (Some(Facet::Front), None, Vec::new()),
            CardSides::BothWays(_) => (Some(Facet::Front), Some(Facet::Reverse), Vec::new()),
            CardSides::Gaps(gaps) => (None, None, gaps),
        };
        one.into_iter().chain(both).chain(gaps)
    }
}
