//! What a study command does to the preview of a question in the editor.

use super::StudyCommand;
use crate::app::active_card::{ActiveCard, Stage};
use crate::app::settings::Settings;
use crate::domain::day::Moment;
use crate::domain::grade;
use crate::domain::rating::Rating;
use crate::domain::task::Response;

impl ActiveCard {
    /// Applies a study command to a preview. Nothing is written, and commands that a preview does not have
    /// are ignored.
    pub(in crate::app) fn apply_preview(&mut self, command: StudyCommand, now: &Moment) {
        if !matches!(self.stage, Stage::Answering) {
            return;
        }
        let response = command.in_preview(self);
        let Some(response) = response.filter(|it| grade::unreadable_reason(&self.task, it).is_none()) else {
            return;
        };
        let verdict = grade::grade(&self.task, &response);
        let rating = Rating::from_verdict(&verdict, false);
        let scheduler = Settings::default().scheduler();
        let outcomes = scheduler.outcomes(&self.key, self.task.kind, &self.state_before, now);
        self.stage =
            Stage::Graded { verdict, response, outcomes, scheduler, rating, guessed: false, answered: *now };
    }
}

impl StudyCommand {
    /// What it does to a question that is only previewed and not yet answered. Returns the answer that it gives.
    fn in_preview(self, card: &mut ActiveCard) -> Option<Response> {
        match self {
            StudyCommand::SetDraft(draft) => {
                card.draft = draft;
                None
            }
            StudyCommand::ShowHint => {
                card.hint_shown = true;
                None
            }
            StudyCommand::Check if card.draft.is_complete() => card.draft.response(),
            StudyCommand::Answer(response) => Some(response),
            StudyCommand::ShowAnswer if card.task.form.is_self_graded() => Some(Response::Recall),
            StudyCommand::ShowAnswer | StudyCommand::GiveUp => Some(Response::GaveUp),
            _ => None,
        }
    }
}
