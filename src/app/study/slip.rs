//! Resolves slips: only the learner knows whether a typing error was meant to be the right answer. The
//! decision replaces the stored answer, and one undo reverts both.

use super::Stage;
use super::Study;
use crate::app::core::Core;
use crate::domain::day::Moment;
use crate::domain::rating::Rating;

impl Study {
    /// Says whether the right answer was meant, and continues. Unlike an accepted answer, the same slip is
    /// not right the next time.
    pub(super) fn resolve_slip(&mut self, core: &mut Core, meant: bool, now: &Moment) {
        let Some(active) = self.active_card() else { return };
        let Stage::Graded { verdict, .. } = &active.stage else { return };
        let Some((target, review)) = self.effective_answer(core).filter(|_| active.can_resolve_slip()) else {
            return;
        };
        let decided = verdict.clone().resolve_slip(meant);
        let rating = match meant {
            true => Rating::from_verdict(&decided, active.is_marked_guess()),
            // Even if other gaps of the card were right.
            false => Rating::Again,
        };
        let Some(changes) = active.replacement_events(target, review, decided.score, rating) else { return };
        match core.commit(now.stamp, &changes) {
            Ok(events) => {
                self.amend_step(core, events, rating, decided.score);
                self.show_next_card(core, now);
            }
            Err(error) => core.notify_error(error.to_string()),
        }
    }
}
