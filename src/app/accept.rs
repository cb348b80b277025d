//! "My answer is right too": an answer that was marked wrong counts as right, and the deck accepts it from now on.

use super::App;
use super::decks::Wording;
use super::study::{Asked, Stage, Study, outcome_of};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::{Change, EventId, Given, Review};
use crate::domain::grade::{self, Marks, Outcome};
use crate::domain::ids::{CardKey, Facet};
use crate::domain::question::{Answer, Question};
use crate::domain::rating::Rating;
use crate::domain::task::{Form, Response, Task, TaskPiece};
use crate::formats::ron_deck::edit::{self, Blank, Edit, EditError};

impl Asked {
    /// The answers typed that were not wholly right, and where: what could be accepted. Empty where nothing was typed.
    pub fn acceptable(&self) -> Vec<(Blank, String)> {
        let Stage::Judged { verdict, response, .. } = &self.stage else { return Vec::new() };
        // A slip is not another right answer: see `slip`.
        if matches!(verdict.outcome(), Outcome::Right | Outcome::Almost) {
            return Vec::new();
        }
        let typed = |text: &String| !text.trim().is_empty();
        match (&self.task.form, response) {
            (Form::Text(_), Response::Text(text)) if typed(text) => {
                let blank = if self.key.facet == Facet::Reverse { Blank::Reverse } else { Blank::Front };
                vec![(blank, text.trim().to_owned())]
            }
            (Form::Gaps { .. }, Response::Gaps(texts)) => {
                let Marks::Gaps(marks) = &verdict.marks else { return Vec::new() };
                let gaps = gaps_asked(self.question(), &self.key.facet);
                // In any order, it is right in the gap that it was held against.
                texts
                    .iter()
                    .zip(marks)
                    .filter(|(text, mark)| typed(text) && mark.score < 1.0 && !mark.almost)
                    .filter_map(|(text, mark)| Some((*gaps.get(mark.held)?, text)))
                    .map(|(gap, text)| (Blank::Gap(gap), text.trim().to_owned()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The task as it would be if `accepted` had been accepted before.
    fn task_accepting(&self, accepted: &[(Blank, String)]) -> Task {
        let mut task = self.task.clone();
        let gaps = gaps_asked(self.question(), &self.key.facet);
        match &mut task.form {
            Form::Text(form) => form.accepted.extend(accepted.iter().map(|(_, text)| text.clone())),
            Form::Gaps { pieces, .. } => {
                let forms = pieces.iter_mut().filter_map(|piece| match piece {
                    TaskPiece::Gap { answer, .. } => Some(answer),
                    TaskPiece::Text(_) => None,
                });
                for (gap, form) in gaps.into_iter().zip(forms) {
                    let here = accepted.iter().filter(|(blank, _)| *blank == Blank::Gap(gap));
                    form.accepted.extend(here.map(|(_, text)| text.clone()));
                }
            }
            _ => {}
        }
        task
    }

    /// Grades the answer anew, as if `accepted` had been accepted before.
    fn accept(&mut self, accepted: &[(Blank, String)]) {
        let accepting = self.task_accepting(accepted);
        self.before_accepting = Some(std::mem::replace(&mut self.task, accepting));
        self.grade_again();
    }

    /// What puts the answer that was stored out of force, and in its place the same with another score and rating.
    pub(super) fn replacement(
        &self,
        target: EventId,
        review: Review,
        score: f64,
        rating: Rating,
    ) -> Option<Vec<(CardKey, Change, Option<Given>)>> {
        let Stage::Judged { response, outcomes, .. } = &self.stage else { return None };
        let review = Review {
            score,
            proposed: rating,
            rating,
            // What was said before the verdict stays, and a guess that was owned up to after it does not.
            confidence: self.confidence,
            granted: outcome_of(outcomes, rating).due,
            ..review
        };
        let given = Given { response: response.clone(), shown: self.task.shown() };
        let card = self.key.clone();
        Some(vec![(card.clone(), Change::Retract(target), None), (card, Change::Answer(review), Some(given))])
    }

    fn take_back_acceptance(&mut self) {
        if let Some(task) = self.before_accepting.take() {
            self.task = task;
            self.grade_again();
        }
    }

    fn grade_again(&mut self) {
        let is_guess = self.is_said_to_be_a_guess();
        if let Stage::Judged { verdict, response, rating, guessed, .. } = &mut self.stage {
            *verdict = grade::grade(&self.task, response);
            *rating = Rating::of(verdict, is_guess);
            *guessed = is_guess;
        }
    }
}

impl App {
    /// Accepts what was typed: the answer counts as right, and one's own deck says so from now on.
    pub(super) fn accept_answer(&mut self, now: &Moment) {
        let Some(asked) = self.study.as_ref().and_then(Study::asked) else { return };
        let accepted = asked.acceptable();
        let Stage::Judged { response, .. } = &asked.stage else { return };
        let Some((target, review)) = self.answer_in_force().filter(|_| !accepted.is_empty()) else { return };
        // Beside an accepted gap another may hold a slip.
        let verdict = grade::grade(&asked.task_accepting(&accepted), response);
        let rating = Rating::of(&verdict, asked.is_said_to_be_a_guess());
        let Some(events) = asked.replacement(target, review, verdict.score, rating) else { return };
        // By the key as it is now: the question may have been reworded since it was asked.
        let (deck_id, question_id) = (asked.key.deck.clone(), asked.key.question.clone());
        let words = format!(
            "accepting “{}”",
            accepted.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("”, “")
        );
        let is_own = self.own_file(&deck_id).is_some();
        let done = if is_own {
            if !self.catch_up(&deck_id, now) {
                return;
            }
            let more = accepted.clone();
            let make = move |text: &str, deck: &Deck| accept_in(text, deck, &question_id, &more);
            self.edit_deck(&deck_id, Wording::new(words), make, events, now)
        } else {
            self.write_events(words, events, now)
        };
        if !done {
            return;
        }
        self.show_what_counts();
        self.tell(match is_own {
            true => "Accepted, here and in the deck. Ctrl Z takes both back.",
            false => {
                "Counted as right. The deck is shipped and stays as it is: a copy of it would keep this."
            }
        });
    }

    /// After an answer was replaced or taken back: the verdict shows what counts now.
    pub(super) fn show_what_counts(&mut self) {
        let Some(study) = self.study.as_mut() else { return };
        let Some(asked) = study.asked() else { return };
        let Stage::Judged { verdict, .. } = &asked.stage else { return };
        let card = asked.key.clone();
        let counts = self.progress.card(&card).and_then(|card| card.reviews().last());
        let Some((_, review)) = counts else { return };
        if (review.score - verdict.score).abs() < f64::EPSILON {
            return;
        }
        let accepted = asked.acceptable();
        if let Some(asked) = Study::asked_mut(study) {
            if asked.before_accepting.is_some() {
                asked.take_back_acceptance();
            } else {
                asked.accept(&accepted);
            }
        }
        study.regrade(&card, review.rating, review.score, &self.progress);
    }
}

/// The gaps that a card asks, counted over all gaps of the prompt.
fn gaps_asked(question: &Question, facet: &Facet) -> Vec<usize> {
    match &question.answer {
        Answer::Cloze(cloze) => {
            cloze.gaps().enumerate().filter(|(_, gap)| gap.facet() == *facet).map(|(at, _)| at).collect()
        }
        _ => Vec::new(),
    }
}

fn accept_in(
    text: &str,
    deck: &Deck,
    question: &str,
    accepted: &[(Blank, String)],
) -> Result<Edit, EditError> {
    let one = |text: &str, deck: &Deck, (blank, answer): &(Blank, String)| {
        let at = deck.questions.iter().position(|it| *it.id == *question).ok_or(EditError::Stale)?;
        edit::add_accepted(text, deck, at, *blank, answer)
    };
    let steps: Vec<_> =
        accepted.iter().map(|each| move |text: &str, deck: &Deck| one(text, deck, each)).collect();
    let steps: Vec<edit::Step<'_>> = steps.iter().map(|step| step as edit::Step<'_>).collect();
    edit::chain(text, deck, &steps)
}
