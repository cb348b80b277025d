//! What a slip of the fingers was: that the learner alone can tell. Whatever they say replaces the answer as it was
//! stored, and one undo takes all of it back.

use super::App;
use super::study::{Stage, Study};
use crate::domain::day::Moment;
use crate::domain::rating::Rating;

impl App {
    /// Says whether the right answer was meant, and goes on. Unlike an answer that is accepted, a slip is not right
    /// the next time.
    pub(super) fn decide_slip(&mut self, meant: bool, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let Stage::Judged { verdict, .. } = &asked.stage else { return };
        let Some((target, review)) = self.answer_in_force().filter(|_| asked.may_decide()) else { return };
        let decided = verdict.clone().decided(meant);
        let rating = match meant {
            true => Rating::of(&decided, asked.is_said_to_be_a_guess()),
            // However many other gaps were right.
            false => Rating::Again,
        };
        let Some(changes) = asked.replacement(target, review, decided.score, rating) else { return };
        match self.commit(now.stamp, &changes) {
            Ok(events) => {
                self.amend(events, rating, decided.score);
                self.ask_next(now);
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }
}
