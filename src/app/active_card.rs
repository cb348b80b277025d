//! The card on screen, and how far the learner is with it.

use std::sync::Arc;

use super::draft::Draft;
use crate::domain::attempt::TestItem;
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::{Moment, Stamp, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::event::Confidence;
use crate::domain::grade::Verdict;
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::Question;
use crate::domain::rating::Rating;
use crate::domain::schedule::{RatingOutcome, Scheduler};
use crate::domain::seed::{Seed, seed_of};
use crate::domain::task::{Response, Task};

/// A card that is shown to the learner, with the answer so far.
#[derive(Clone, Debug)]
pub struct ActiveCard {
    /// The card's key.
    pub key: CardKey,
    /// The deck at the time the card was shown. Reloading the deck does not change a card that is already on
    /// screen.
    pub deck: Arc<Deck>,
    /// Index of the question in the deck.
    question_index: usize,
    /// The prompt and the answer options as shown.
    pub task: Task,
    /// The answer so far.
    pub draft: Draft,
    /// The draft that was restored by undo, unedited. `None` if the card was shown for the first time.
    pub(super) restored_draft: Option<Draft>,
    /// When the card was shown, in UTC milliseconds.
    pub shown_ms: i64,
    /// Whether the learner has seen the hint.
    pub hint_shown: bool,
    /// How sure the learner said to be before the verdict; `None` if they said nothing.
    pub confidence: Option<Confidence>,
    /// Whether the explanation of the interval is shown.
    pub reason_shown: bool,
    /// The original task, while [`Self::task`] also accepts an answer that the learner accepted.
    pub(super) task_before_accepting: Option<Task>,
    /// The card's state before this answer.
    pub state_before: CardState,
    /// How far the learner is.
    pub stage: Stage,
}

/// The steps of answering a card.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Only the question is shown.
    Answering,
    /// The answer is shown and waits for the learner's own grade; nothing is written yet.
    Revealed {
        /// What each rating would do, from Again to Easy.
        outcomes: [RatingOutcome; 4],
        /// The scheduler that computed the outcomes. It is kept because a new exam plan applies from the next
        /// card on.
        scheduler: Scheduler,
        /// From showing the question to showing the answer, in milliseconds.
        latency_ms: u32,
        /// When the answer was shown. Minutes on the rating buttons count from here; the final interval
        /// counts from the grade.
        revealed: Moment,
        /// Whether the learner said that they do not know the answer.
        gave_up: bool,
    },
    /// The answer is graded and written, and the verdict is shown.
    Graded {
        /// Score and marks of the answer.
        verdict: Verdict,
        /// The learner's answer.
        response: Response,
        /// What each rating does, from Again to Easy.
        outcomes: [RatingOutcome; 4],
        /// The scheduler that computed the outcomes.
        scheduler: Scheduler,
        /// The rating that counts.
        rating: Rating,
        /// Whether the answer counts as a guess.
        guessed: bool,
        /// When the question was answered; minutes on the rating buttons count from here.
        answered: Moment,
    },
}

impl ActiveCard {
    /// A card as it is shown at `now`; `seed` decides every shuffle.
    pub(super) fn new(
        key: CardKey,
        deck: Arc<Deck>,
        question_index: usize,
        state_before: CardState,
        seed: Seed,
        now: &Moment,
    ) -> Self {
        let is_learned = state_before.phase == CardPhase::Review;
        let task = Task::new(&deck, &deck.questions[question_index], &key.facet, seed, is_learned);
        let draft = Draft::new(&task.form);
        Self {
            key,
            deck,
            question_index,
            task,
            draft,
            restored_draft: None,
            shown_ms: now.ms(),
            hint_shown: false,
            confidence: None,
            reason_shown: false,
            task_before_accepting: None,
            state_before,
            stage: Stage::Answering,
        }
    }

    /// The first question of a deck as a preview: outside of any session, and nothing is written.
    pub(super) fn preview_of(deck: Arc<Deck>, now: &Moment) -> Self {
        let question = &deck.questions[0];
        let facet = question.facets().into_iter().next().unwrap_or(Facet::Front);
        let key = CardKey::new(deck.id.clone(), question.id.clone(), facet);
        let seed = seed_of(&key.to_string());
        Self::new(key, deck, 0, CardState::default(), seed, now)
    }

    /// The scheduler behind the intervals on screen; `None` before any interval is shown.
    pub fn scheduler(&self) -> Option<&Scheduler> {
        match &self.stage {
            Stage::Answering => None,
            Stage::Revealed { scheduler, .. } | Stage::Graded { scheduler, .. } => Some(scheduler),
        }
    }

    /// A card of a finished test, to be drawn once more but not answered.
    pub fn from_attempt_item(key: CardKey, deck: Arc<Deck>, item: &TestItem) -> Self {
        let never = Moment {
            stamp: Stamp { utc_ms: 0, offset_minutes: 0, day: StudyDay::default() },
            day_ends_ms: 0,
        };
        Self::new(key, deck, item.question_index(), CardState::default(), item.seed(), &never)
    }

    /// Whether the draft was restored by undo and is still unedited.
    pub fn is_restored(&self) -> bool {
        self.restored_draft.as_ref() == Some(&self.draft)
    }

    /// Whether the learner is typing an answer, so that letter keys belong to the text and not to shortcuts.
    pub fn is_typing_answer(&self) -> bool {
        matches!(self.stage, Stage::Answering) && self.draft.is_text()
    }

    /// Whether the learner may still say how sure they are: until the verdict is shown or they grade
    /// themselves.
    pub fn can_set_confidence(&self) -> bool {
        matches!(self.stage, Stage::Answering | Stage::Revealed { .. })
    }

    /// Whether the learner marked the answer as a guess before the verdict.
    pub fn is_marked_guess(&self) -> bool {
        self.confidence == Some(Confidence::Guess)
    }

    /// The rating of a self-graded answer if the learner just continues.
    pub fn proposed_rating(&self) -> Rating {
        match self.stage {
            Stage::Revealed { gave_up: true, .. } => Rating::Again,
            _ => Rating::for_right(self.is_marked_guess()),
        }
    }

    /// Whether the learner may still say what a slip was. After an answer was accepted only the ratings are
    /// left.
    pub fn can_resolve_slip(&self) -> bool {
        let is_undecided =
            matches!(&self.stage, Stage::Graded { verdict, .. } if verdict.is_unresolved_slip());
        is_undecided && self.task_before_accepting.is_none()
    }

    /// How the prompt is pronounced on the reverse side of a card, where the prompt is the word to learn.
    pub fn prompt_reading(&self) -> Option<&str> {
        let is_reverse = self.key.facet == Facet::Reverse;
        self.question().answer.reading_of(&self.task.prompt).filter(|_| is_reverse)
    }

    /// The question of the card.
    pub fn question(&self) -> &Question {
        &self.deck.questions[self.question_index]
    }
}
