//! What a slip of the fingers was: that the learner alone can tell. Whatever they say replaces the answer as it was
//! stored, and one undo takes all of it back.

use super::App;
use super::study::{Stage, Study, outcome_of};
use crate::domain::day::Moment;
use crate::domain::event::{Change, Given, Review};
use crate::domain::rating::Rating;

impl App {
    /// Says whether the right answer was meant, and goes on. Unlike an answer that is accepted, a slip is not right
    /// the next time.
    pub(super) fn decide_slip(&mut self, meant: bool, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let Stage::Judged { verdict, response, outcomes, .. } = &asked.stage else { return };
        let Some((target, review)) = self.answer_in_force().filter(|_| asked.may_decide()) else { return };
        let decided = verdict.clone().decided(meant);
        let rating = match meant {
            true => Rating::of(&decided, asked.is_said_to_be_a_guess()),
            // However many other gaps were right.
            false => Rating::Again,
        };
        let review = Review {
            score: decided.score,
            proposed: rating,
            rating,
            // As with an accepted answer: what was said before the verdict stays, what was said after it does not.
            confidence: asked.confidence,
            granted: outcome_of(outcomes, rating).due,
            ..review
        };
        let given = Given { response: response.clone(), shown: asked.task.shown() };
        let card = asked.key.clone();
        let changes =
            [(card.clone(), Change::Retract(target), None), (card, Change::Answer(review), Some(given))];
        match self.commit(now.stamp, &changes) {
            Ok(events) => {
                self.amend(events, rating, decided.score);
                self.ask_next(now);
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }
}
