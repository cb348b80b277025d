//! The card before the learner, and how far it is.

use std::sync::Arc;

use super::command::Command;
use super::draft::Draft;
use crate::domain::attempt::TestItem;
use crate::domain::card::{CardPhase, CardState};
use crate::domain::day::{Moment, Stamp, StudyDay};
use crate::domain::deck::Deck;
use crate::domain::event::Confidence;
use crate::domain::grade::{self, Verdict};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::Question;
use crate::domain::rating::Rating;
use crate::domain::schedule::{RatingOutcome, Scheduler};
use crate::domain::seed::{Seed, seed_of};
use crate::domain::task::{Response, Task, TaskForm};

/// A card before the learner.
#[derive(Clone, Debug)]
pub struct ActiveCard {
    /// Which.
    pub key: CardKey,
    /// Its deck as it was when the card was asked: a deck that is loaded anew meanwhile changes nothing here.
    pub deck: Arc<Deck>,
    /// Index of its question in the deck.
    question_index: usize,
    /// What is asked.
    pub task: Task,
    /// The answer so far.
    pub draft: Draft,
    /// The answer that was taken back, as it stood in the field when the card came back.
    pub(super) restored_draft: Option<Draft>,
    /// When it appeared, in UTC milliseconds.
    pub shown_ms: i64,
    /// Whether the hint was asked for.
    pub hint_shown: bool,
    /// How sure the learner says to be, if they do: said before the verdict.
    pub confidence: Option<Confidence>,
    /// Whether the reason for the interval is shown.
    pub reason_shown: bool,
    /// The task before an answer was accepted that it did not accept.
    pub(super) task_before_accepting: Option<Task>,
    /// The card's state before the answer.
    pub state_before: CardState,
    /// How far it is.
    pub stage: Stage,
}

/// How far a card is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The question stands alone.
    Answering,
    /// The answer shows, and the learner grades it; nothing is committed before that.
    Revealed {
        /// What each rating would do.
        outcomes: [RatingOutcome; 4],
        /// The rules that say so: what follows a new plan is the next card.
        rules: Scheduler,
        /// From question to answer, in milliseconds.
        latency_ms: u32,
        /// When the answer was shown: minutes on the buttons count from here, for as long are they given from the grade on.
        revealed: Moment,
        /// Whether the learner said that they do not know it.
        gave_up: bool,
    },
    /// The verdict shows, and is committed.
    Graded {
        /// What the answer was worth.
        verdict: Verdict,
        /// What was answered.
        response: Response,
        /// What each rating does.
        outcomes: [RatingOutcome; 4],
        /// The rules that say so.
        rules: Scheduler,
        /// The rating in force.
        rating: Rating,
        /// Whether the learner said that it was a guess.
        guessed: bool,
        /// When it was answered: minutes on the buttons count from here.
        answered: Moment,
    },
}

impl ActiveCard {
    /// A card as it comes before the learner now; every shuffle comes from `seed`.
    pub(super) fn new(
        key: CardKey,
        deck: Arc<Deck>,
        question: usize,
        before: CardState,
        seed: Seed,
        now: &Moment,
    ) -> Self {
        let is_learned = before.phase == CardPhase::Review;
        let task = Task::new(&deck, &deck.questions[question], &key.facet, seed, is_learned);
        let draft = Draft::new(&task.form);
        Self {
            key,
            deck,
            question_index: question,
            task,
            draft,
            restored_draft: None,
            shown_ms: now.ms(),
            hint_shown: false,
            confidence: None,
            reason_shown: false,
            task_before_accepting: None,
            state_before: before,
            stage: Stage::Answering,
        }
    }

    /// The first question of a deck, asked for trying out: outside of any session, and nothing is kept of it.
    pub(super) fn preview_of(deck: Arc<Deck>, now: &Moment) -> Self {
        let question = &deck.questions[0];
        let facet = question.facets().into_iter().next().unwrap_or(Facet::Front);
        let key = CardKey::new(deck.id.clone(), question.id.clone(), facet);
        let seed = seed_of(&key.to_string());
        Self::new(key, deck, 0, CardState::default(), seed, now)
    }

    /// The rules behind the intervals that show; `None` while none do.
    pub fn rules(&self) -> Option<&Scheduler> {
        match &self.stage {
            Stage::Answering => None,
            Stage::Revealed { rules, .. } | Stage::Graded { rules, .. } => Some(rules),
        }
    }

    /// A card of a test as it was asked: to be drawn once more, and not to be answered.
    pub fn from_attempt_item(key: CardKey, deck: Arc<Deck>, item: &TestItem) -> Self {
        let never = Moment {
            stamp: Stamp { utc_ms: 0, offset_minutes: 0, day: StudyDay::default() },
            day_ends_ms: 0,
        };
        Self::new(key, deck, item.question_index(), CardState::default(), item.seed(), &never)
    }

    /// What a command of a session does to a card that is tried out.
    pub(super) fn apply_preview(&mut self, command: Command, now: &Moment) {
        if !matches!(self.stage, Stage::Answering) {
            return;
        }
        let response = match command {
            Command::SetDraft(draft) => {
                self.draft = draft;
                return;
            }
            Command::ShowHint => {
                self.hint_shown = true;
                return;
            }
            Command::Check if self.draft.is_complete() => self.draft.response(),
            Command::Answer(response) => Some(response),
            Command::ShowAnswer if matches!(self.task.form, TaskForm::Recall { .. }) => {
                Some(Response::Recall)
            }
            Command::ShowAnswer | Command::GiveUp => Some(Response::GaveUp),
            _ => None,
        };
        let Some(response) = response.filter(|it| grade::unreadable_reason(&self.task, it).is_none()) else {
            return;
        };
        let verdict = grade::grade(&self.task, &response);
        let rating = Rating::from_verdict(&verdict, false);
        let rules = super::Settings::default().scheduler();
        let outcomes = rules.outcomes(&self.key, self.task.kind, &self.state_before, now);
        self.stage =
            Stage::Graded { verdict, response, outcomes, rules, rating, guessed: false, answered: *now };
    }

    /// Whether the answer so far is one that was taken back, and nothing was changed in it since.
    pub fn is_restored(&self) -> bool {
        self.restored_draft.as_ref() == Some(&self.draft)
    }

    /// Whether an answer is being typed, so that letters belong to it.
    pub fn is_typing_answer(&self) -> bool {
        matches!(self.stage, Stage::Answering) && matches!(self.draft, Draft::Typed(_) | Draft::Cloze(_))
    }

    /// How sure the learner may still say to be: until the verdict shows, or the learner has graded the answer.
    pub fn can_set_confidence(&self) -> bool {
        matches!(self.stage, Stage::Answering | Stage::Revealed { .. })
    }

    /// Whether the learner said before the verdict that the answer would be a guess.
    pub fn is_marked_guess(&self) -> bool {
        self.confidence == Some(Confidence::Guess)
    }

    /// What a revealed answer counts as when the learner just goes on.
    pub fn proposed_rating(&self) -> Rating {
        match self.stage {
            Stage::Revealed { gave_up: true, .. } => Rating::Again,
            _ => Rating::for_right(self.is_marked_guess()),
        }
    }

    /// Whether the learner may still say what a slip of the fingers was. Beside an answer that was accepted nothing is
    /// left to say: the grades are.
    pub fn can_resolve_slip(&self) -> bool {
        let is_undecided =
            matches!(&self.stage, Stage::Graded { verdict, .. } if verdict.is_unresolved_slip());
        is_undecided && self.task_before_accepting.is_none()
    }

    /// How the word that is asked about is read aloud, on the way back: there it is the prompt.
    pub fn prompt_reading(&self) -> Option<&str> {
        let is_reverse = self.key.facet == Facet::Reverse;
        self.question().answer.reading_of(&self.task.prompt).filter(|_| is_reverse)
    }

    /// The question that the card belongs to.
    pub fn question(&self) -> &Question {
        &self.deck.questions[self.question_index]
    }
}
