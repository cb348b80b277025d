//! "My answer is right too": an answer that was marked wrong counts as right, and the deck accepts it from
//! then on.

use super::Study;
use super::{ActiveCard, ActiveSession, Stage};
use crate::app::core::Core;
use crate::app::core::deck_files::EditLabel;
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::{AnswerRecord, Change, EventId, Review};
use crate::domain::grade::{self, Correctness, Marks};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::{Answer, Question};
use crate::domain::rating::Rating;
use crate::domain::schedule::outcome_of;
use crate::domain::task::{ClozeTask, Response, Task, TaskForm, TaskPiece};
use crate::formats::ron_deck::edit::{self, AnswerField, Edit, EditError};
use crate::text;

impl ActiveCard {
    /// The typed answers that were not fully right, each with the field of the question that could accept it.
    /// Empty if nothing was typed.
    pub fn acceptable_answers(&self) -> Vec<(AnswerField, String)> {
        let Stage::Graded { verdict, response, .. } = &self.stage else { return Vec::new() };
        // A slip is a typing error, not another right answer: see `slip`.
        if matches!(verdict.correctness(), Correctness::Right | Correctness::Almost) {
            return Vec::new();
        }
        let typed = |text: &String| !text.trim().is_empty();
        match (&self.task.form, response) {
            (TaskForm::Typed(_), Response::Typed(text)) if typed(text) => {
                let field =
                    if self.key.facet == Facet::Reverse { AnswerField::Reverse } else { AnswerField::Front };
                vec![(field, text.trim().to_owned())]
            }
            (TaskForm::Cloze { .. }, Response::Cloze(texts)) => {
                let Marks::Cloze(marks) = &verdict.marks else { return Vec::new() };
                let gaps = gap_indices(self.question(), &self.key.facet);
                // With `any_order` an answer belongs to the gap that it was compared with, not to the one at
                // its position.
                texts
                    .iter()
                    .zip(marks)
                    .filter(|(text, mark)| typed(text) && mark.score < 1.0 && !mark.almost)
                    .filter_map(|(text, mark)| Some((*gaps.get(mark.answer_gap)?, text)))
                    .map(|(gap, text)| (AnswerField::Gap(gap), text.trim().to_owned()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The task as it would be if the question had accepted these answers.
    fn task_accepting(&self, accepted: &[(AnswerField, String)]) -> Task {
        let mut task = self.task.clone();
        let gaps = gap_indices(self.question(), &self.key.facet);
        match &mut task.form {
            TaskForm::Typed(form) => form.accepted.extend(accepted.iter().map(|(_, text)| text.clone())),
            TaskForm::Cloze(ClozeTask { pieces, .. }) => {
                let forms = pieces.iter_mut().filter_map(|piece| match piece {
                    TaskPiece::Gap { answer, .. } => Some(answer),
                    TaskPiece::Text(_) => None,
                });
                for (gap, form) in gaps.into_iter().zip(forms) {
                    let for_gap = accepted.iter().filter(|(field, _)| *field == AnswerField::Gap(gap));
                    form.accepted.extend(for_gap.map(|(_, text)| text.clone()));
                }
            }
            _ => {}
        }
        task
    }

    /// Grades the answer again as if the question had accepted `accepted`.
    fn accept(&mut self, accepted: &[(AnswerField, String)]) {
        let accepting = self.task_accepting(accepted);
        self.task_before_accepting = Some(std::mem::replace(&mut self.task, accepting));
        self.regrade();
    }

    /// The events that retract the stored answer and log it again with another score and rating. `None`
    /// before the answer was graded.
    pub(super) fn replacement_events(
        &self,
        target: EventId,
        review: Review,
        score: f64,
        rating: Rating,
    ) -> Option<Vec<(CardKey, Change, Option<AnswerRecord>)>> {
        let Stage::Graded { response, outcomes, .. } = &self.stage else { return None };
        let review = Review {
            score,
            proposed_rating: rating,
            rating,
            // Confidence that was stated before the verdict stays; a guess admitted after the verdict does
            // not.
            confidence: self.confidence,
            due: outcome_of(outcomes, rating).due,
            ..review
        };
        let record = AnswerRecord { response: response.clone(), shown_options: self.task.shown_options() };
        let card = self.key.clone();
        Some(vec![
            (card.clone(), Change::Retract(target), None),
            (card, Change::Answer(review), Some(record)),
        ])
    }

    fn undo_acceptance(&mut self) {
        if let Some(task) = self.task_before_accepting.take() {
            self.task = task;
            self.regrade();
        }
    }

    fn regrade(&mut self) {
        let is_guess = self.is_marked_guess();
        if let Stage::Graded { verdict, response, rating, guessed, .. } = &mut self.stage {
            *verdict = grade::grade(&self.task, response);
            *rating = Rating::from_verdict(verdict, is_guess);
            *guessed = is_guess;
        }
    }
}

impl Study {
    /// Accepts what was typed: the answer counts as right, and the learner's own deck accepts it from now on.
    pub(super) fn accept_answer(&mut self, core: &mut Core, now: &Moment) {
        let Some(active) = self.active_card() else { return };
        let accepted = active.acceptable_answers();
        let Stage::Graded { response, .. } = &active.stage else { return };
        let Some((target, review)) = self.effective_answer(core).filter(|_| !accepted.is_empty()) else {
            return;
        };
        // Next to an accepted gap another gap may hold a slip, so the verdict is computed rather than
        // assumed.
        let verdict = grade::grade(&active.task_accepting(&accepted), response);
        let rating = Rating::from_verdict(&verdict, active.is_marked_guess());
        let Some(events) = active.replacement_events(target, review, verdict.score, rating) else { return };
        // The current key is used: the question may have been reworded since the card was shown.
        let (deck_id, question_id) = (active.key.deck.clone(), active.key.question.clone());
        let texts: Vec<&str> = accepted.iter().map(|(_, text)| text.as_str()).collect();
        let label = text::study::accepting(&texts);
        let is_own = core.own_file(&deck_id).is_some();
        let done = if is_own {
            let more = accepted.clone();
            let make = move |text: &str, deck: &Deck| accept_answers_in(text, deck, &question_id, &more);
            core.edit_deck(&deck_id, EditLabel::new(label), make, events, now)
        } else {
            core.write_events(label, events, now)
        };
        if !done {
            return;
        }
        self.sync_verdict(core);
        core.notify(match is_own {
            true => text::study::ACCEPTED_IN_DECK,
            false => text::study::ACCEPTED_ONCE,
        });
    }

    /// Makes the verdict on screen agree with the stored answer after that was replaced or restored.
    pub(in crate::app) fn sync_verdict(&mut self, core: &mut Core) {
        let Some(study) = self.active.as_mut() else { return };
        let Some(active) = study.active_card() else { return };
        let Stage::Graded { verdict, .. } = &active.stage else { return };
        let card = active.key.clone();
        let Some((_, review)) = core.history(&card).and_then(|history| history.reviews().last()) else {
            return;
        };
        if (review.score - verdict.score).abs() < f64::EPSILON {
            return;
        }
        let accepted = active.acceptable_answers();
        if let Some(active) = ActiveSession::active_card_mut(study) {
            if active.task_before_accepting.is_some() {
                active.undo_acceptance();
            } else {
                active.accept(&accepted);
            }
        }
        study.regrade(&card, review.rating, review.score, &core.progress);
    }
}

/// The gaps that a card asks for, as indices over all gaps of the prompt.
fn gap_indices(question: &Question, facet: &Facet) -> Vec<usize> {
    let Answer::Cloze(cloze) = &question.answer else { return Vec::new() };
    cloze.gaps().enumerate().filter(|(_, gap)| gap.facet() == *facet).map(|(at, _)| at).collect()
}

fn accept_answers_in(
    text: &str,
    deck: &Deck,
    question: &str,
    accepted: &[(AnswerField, String)],
) -> Result<Edit, EditError> {
    let one = |text: &str, deck: &Deck, (field, answer): &(AnswerField, String)| {
        let at = deck.questions.iter().position(|it| *it.id == *question).ok_or(EditError::Stale)?;
        edit::add_accepted(text, deck, at, *field, answer)
    };
    let steps: Vec<_> =
        accepted.iter().map(|each| move |text: &str, deck: &Deck| one(text, deck, each)).collect();
    let steps: Vec<edit::EditStep<'_>> = steps.iter().map(|step| step as edit::EditStep<'_>).collect();
    edit::chain_edits(text, deck, &steps)
}
