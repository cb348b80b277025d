//! What can be taken back, and what can be done again.

use super::App;
use crate::domain::day::Moment;
use crate::domain::event::{Change, EventId};
use crate::domain::session::{Step, TakenBack};

/// Done and undone steps, newest last.
#[derive(Clone, Debug, Default)]
pub(super) struct UndoLog {
    done: Vec<Done>,
    undone: Vec<Undone>,
}

#[derive(Clone, Debug)]
struct Done {
    step: Step,
    /// Which session it belongs to.
    session: u64,
}

#[derive(Clone, Debug)]
struct Undone {
    done: Done,
    retractions: Vec<EventId>,
    /// What the session took back, if it was the running one's.
    taken: Option<TakenBack>,
}

impl UndoLog {
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Something new was done: what was undone before cannot be done again.
    pub(super) fn did(&mut self, step: Step, session: u64) {
        self.undone.clear();
        self.done.push(Done { step, session });
    }

    /// The newest step made one more event.
    pub(super) fn add_to_newest(&mut self, event: EventId) {
        self.undone.clear();
        if let Some(done) = self.done.last_mut() {
            done.step.events.push(event);
        }
    }
}

impl App {
    pub(super) fn undo(&mut self, now: &Moment) {
        let Some(done) = self.undo.done.last().cloned() else {
            self.tell("Nothing to undo.");
            return;
        };
        let changes: Vec<_> = done
            .step
            .events
            .iter()
            .rev()
            .map(|event| (done.step.card.clone(), Change::Retract(*event), None))
            .collect();
        match self.commit(now.stamp, &changes) {
            Ok(retractions) => {
                self.undo.done.pop();
                let words = self.step_in_words(&done.step);
                let taken = self.undo_in_study(done.session, &done.step.card, now);
                if !taken.as_ref().is_some_and(|taken| taken.is_asked) {
                    self.tell(format!("Undone: {words}"));
                }
                self.undo.undone.push(Undone { done, retractions, taken });
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    pub(super) fn redo(&mut self, now: &Moment) {
        let Some(undone) = self.undo.undone.last().cloned() else {
            self.tell("Nothing to redo.");
            return;
        };
        let card = undone.done.step.card.clone();
        let changes: Vec<_> = undone
            .retractions
            .iter()
            .rev()
            .map(|event| (card.clone(), Change::Retract(*event), None))
            .collect();
        match self.commit(now.stamp, &changes) {
            Ok(_) => {
                self.undo.undone.pop();
                let Undone { done, taken, .. } = undone;
                let words = self.step_in_words(&done.step);
                if !self.redo_in_study(done.session, &done.step.card, taken, now) {
                    self.tell(format!("Done again: {words}"));
                }
                self.undo.done.push(done);
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    fn step_in_words(&self, step: &Step) -> String {
        let prompt = self
            .questions()
            .get(&step.card)
            .map(|(deck, question)| &self.library.decks()[*deck].deck.questions[*question].prompt);
        let mut words: String =
            prompt.map_or_else(|| step.card.to_string(), |prompt| prompt.chars().take(60).collect());
        if prompt.is_some_and(|prompt| prompt.chars().count() > 60) {
            words.push('…');
        }
        match step.answer {
            Some(_) => format!("the answer to “{words}”"),
            None => format!("setting “{words}” aside"),
        }
    }
}
