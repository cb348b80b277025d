//! Answers of a clock that was ahead, which the learner is told of at the start.

use super::Core;
use crate::domain::day::Moment;
use crate::domain::event::Change;
use crate::domain::ids::CardKey;
use crate::domain::redate::{self, FutureAnswers};
use crate::text;

impl Core {
    /// The answers that carry a date in the future, until the learner has decided what becomes of them. Who leaves them
    /// is told again at the next start, as long as their cards were not answered since.
    pub fn future_answers(&self) -> Option<&FutureAnswers> {
        self.future_answers.as_ref()
    }

    pub(super) fn find_future_answers(&mut self, now: &Moment) {
        // What cannot be read is told by whoever needs it: this is only for telling.
        let newest = self.store.newest_stamp().ok().flatten();
        self.future_answers = FutureAnswers::find(&self.progress, newest, now).ok().flatten();
    }

    /// Counts the answers that carry a date in the future as given now, which one undo takes back.
    pub(super) fn count_future_answers(&mut self, now: &Moment) {
        self.find_future_answers(now);
        let Some(found) = self.future_answers.clone() else {
            self.notify(text::clock::NO_FUTURE_ANSWERS);
            return;
        };
        let histories = match self.progress.histories(&found.cards) {
            Ok(histories) => histories,
            Err(error) => {
                self.notify_error(error.to_string());
                return;
            }
        };
        let mut changes: Vec<(CardKey, Change)> = Vec::new();
        for (key, history) in found.cards.into_iter().zip(histories) {
            let redated = redate::redate(&key, &history, self.scheduler_of(&key, now.day()), now);
            changes.extend(redated.into_iter().map(|change| (key.clone(), change)));
        }
        if self.commit_group(text::clock::counting_as_today(found.answers), changes, now) {
            self.future_answers = None;
            self.notify(text::clock::counted_as_today(found.answers));
        }
    }

    pub(super) fn leave_future_answers(&mut self) {
        self.future_answers = None;
    }
}
