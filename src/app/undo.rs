//! What can be taken back, and what can be done again: one order over everything that can.

use std::path::PathBuf;

use super::decks::Again;
use super::{App, words};
use crate::domain::day::Moment;
use crate::domain::event::{Change, EventId, Given};
use crate::domain::goal::Goal;
use crate::domain::identity::QuestionKey;
use crate::domain::ids::CardKey;
use crate::domain::session::{Step, TakenBack};
use crate::formats::ron_deck::edit::Edit;
use crate::library::TextHash;

/// Done and undone deeds, newest last.
#[derive(Debug, Default)]
pub(super) struct UndoLog {
    done: Vec<Deed>,
    undone: Vec<Undone>,
    /// Why nothing before what is done now can be taken back.
    why_nothing: Option<&'static str>,
}

/// Something that the learner did, or that was done on their behalf, and can be taken back.
#[derive(Debug)]
pub(super) enum Deed {
    /// An answer, or setting a card aside, in a session.
    Step {
        /// What was done.
        step: Step,
        /// Which session it belongs to.
        session: u64,
    },
    /// Events over any cards that stand or fall together.
    Events {
        /// What was done, to go after "Undone: ".
        words: String,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that they change, also those that progress moved to.
        cards: Vec<CardKey>,
    },
    /// A change of the exam dates.
    Goals {
        /// What was done, to go after "Undone: ".
        words: String,
        /// As they were.
        before: Vec<Goal>,
        /// As they are.
        after: Vec<Goal>,
    },
    /// A change of a deck's file, with events that stand or fall with it.
    Edit {
        /// What was done, to go after "Undone: ".
        words: String,
        /// The change.
        file: FileEdit,
        /// Oldest first, each with the card it was written for.
        events: Vec<(CardKey, EventId)>,
        /// Every card that they change, also those that progress moved to.
        cards: Vec<CardKey>,
    },
}

/// A change of a deck's file, both ways.
#[derive(Clone, Debug)]
pub(super) struct FileEdit {
    /// The file.
    pub(super) path: PathBuf,
    /// From the text as it is to the text as it was.
    pub(super) undo: Edit,
    /// The other way round.
    pub(super) redo: Edit,
    /// The text as it was.
    pub(super) before: TextHash,
    /// The text as it is.
    pub(super) after: TextHash,
    /// A question that got another key by it: the old one, the new one.
    pub(super) renamed: Option<(QuestionKey, QuestionKey)>,
}

#[derive(Debug)]
struct Undone {
    deed: Deed,
    /// What took its events back, oldest first.
    retractions: Vec<(CardKey, EventId)>,
    /// What the session took back, if it was the running one's.
    taken: Option<TakenBack>,
}

impl Deed {
    fn card_mut(&mut self) -> Option<&mut CardKey> {
        match self {
            Deed::Step { step, .. } => Some(&mut step.card),
            Deed::Events { .. } | Deed::Edit { .. } | Deed::Goals { .. } => None,
        }
    }

    fn events(&self) -> Vec<(CardKey, EventId)> {
        match self {
            Deed::Step { step, .. } => step.events.iter().map(|event| (step.card.clone(), *event)).collect(),
            Deed::Events { events, .. } | Deed::Edit { events, .. } => events.clone(),
            Deed::Goals { .. } => Vec::new(),
        }
    }
}

impl UndoLog {
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Something was done that stands, so nothing before it is taken back either: `why`, in a sentence.
    pub(super) fn forget(&mut self, why: &'static str) {
        *self = Self { why_nothing: Some(why), ..Self::default() };
    }

    /// Something new was done: what was undone before cannot be done again.
    pub(super) fn did(&mut self, deed: Deed) {
        self.undone.clear();
        self.done.push(deed);
    }

    /// The newest step made one more event.
    pub(super) fn add_to_newest(&mut self, event: EventId) {
        self.undone.clear();
        // Progress may have moved since the step, which is a deed of its own.
        let steps = self.done.iter_mut().rev();
        let mut steps = steps.filter_map(|deed| match deed {
            Deed::Step { step, .. } => Some(step),
            Deed::Events { .. } | Deed::Edit { .. } | Deed::Goals { .. } => None,
        });
        if let Some(step) = steps.next() {
            step.events.push(event);
        }
    }

    /// Cards got other keys: a step is told of, and goes back to its session, under the new one.
    pub(super) fn rename(&mut self, new_key: impl Fn(&CardKey) -> Option<CardKey>) {
        let mut cards: Vec<&mut CardKey> = Vec::new();
        for Undone { deed, taken, .. } in &mut self.undone {
            cards.extend(deed.card_mut());
            if let Some(TakenBack { step, next, .. }) = taken {
                cards.push(&mut step.card);
                cards.extend(next);
            }
        }
        for card in cards.into_iter().chain(self.done.iter_mut().filter_map(Deed::card_mut)) {
            if let Some(new) = new_key(card) {
                *card = new;
            }
        }
    }
}

/// Every card that changes are about, also those that progress moves to.
pub(super) fn cards_of(changes: &[(CardKey, Change, Option<Given>)]) -> Vec<CardKey> {
    let both = changes.iter().flat_map(|(card, change, _)| [Some(card), change.other_card()]);
    both.flatten().cloned().collect()
}

impl App {
    /// Writes changes to any cards as one deed, undone and done again together; `words` go after "Undone: ".
    /// Whether it could be written; if not, nothing of it was, and the learner is told.
    pub(super) fn commit_group(
        &mut self,
        words: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        let cards: Vec<CardKey> = changes.iter().map(|(card, _)| card.clone()).collect();
        let is_written = self.write_group(words, changes, now);
        if is_written {
            self.resettle(&cards, now);
        }
        is_written
    }

    /// The same, with the session left to the caller.
    pub(super) fn write_group(
        &mut self,
        words: impl Into<String>,
        changes: Vec<(CardKey, Change)>,
        now: &Moment,
    ) -> bool {
        self.write_events(
            words,
            changes.into_iter().map(|(card, change)| (card, change, None)).collect(),
            now,
        )
    }

    /// The same, for changes with answers that were given.
    pub(super) fn write_events(
        &mut self,
        words: impl Into<String>,
        changes: Vec<(CardKey, Change, Option<Given>)>,
        now: &Moment,
    ) -> bool {
        if changes.is_empty() {
            return true;
        }
        let cards = cards_of(&changes);
        match self.commit(now.stamp, &changes) {
            Ok(ids) => {
                let events = changes.into_iter().map(|(card, ..)| card).zip(ids).collect();
                self.undo.did(Deed::Events { words: words.into(), events, cards });
                true
            }
            Err(error) => {
                self.tell_problem(error.to_string());
                false
            }
        }
    }

    pub(super) fn undo(&mut self, now: &Moment) {
        let Some(deed) = self.undo.done.pop() else {
            self.tell(self.undo.why_nothing.unwrap_or("Nothing to undo."));
            return;
        };
        if let Deed::Edit { file, .. } = &deed {
            match self.edit_again(file, true, now) {
                Again::Done => {}
                Again::Failed => {
                    self.undo.done.push(deed);
                    return;
                }
                // Told, and out of the way of what can be undone.
                Again::Impossible => return,
            }
        }
        let Some(retractions) = self.retract(&deed.events(), now) else {
            // Nothing is taken back by halves.
            if let Deed::Edit { file, .. } = &deed {
                self.edit_again(file, false, now);
            }
            self.undo.done.push(deed);
            return;
        };
        let words = self.deed_in_words(&deed);
        let taken = match &deed {
            Deed::Step { step, session } => self.undo_in_study(*session, &step.card, now),
            Deed::Events { cards, .. } | Deed::Edit { cards, .. } => {
                self.resettle(cards, now);
                None
            }
            Deed::Goals { before, .. } => {
                self.put_goals(before, now);
                None
            }
        };
        self.show_what_counts();
        if !taken.as_ref().is_some_and(|taken| taken.is_asked) {
            self.tell(format!("Undone: {words}"));
        }
        self.undo.undone.push(Undone { deed, retractions, taken });
    }

    pub(super) fn redo(&mut self, now: &Moment) {
        let Some(undone) = self.undo.undone.pop() else {
            self.tell("Nothing to redo.");
            return;
        };
        if let Deed::Edit { file, .. } = &undone.deed {
            match self.edit_again(file, false, now) {
                Again::Done => {}
                Again::Failed => {
                    self.undo.undone.push(undone);
                    return;
                }
                Again::Impossible => return,
            }
        }
        if self.retract(&undone.retractions, now).is_none() {
            if let Deed::Edit { file, .. } = &undone.deed {
                self.edit_again(file, true, now);
            }
            self.undo.undone.push(undone);
            return;
        }
        let Undone { deed, taken, .. } = undone;
        let words = self.deed_in_words(&deed);
        let is_shown = match &deed {
            Deed::Step { step, session } => self.redo_in_study(*session, &step.card, taken, now),
            Deed::Events { cards, .. } | Deed::Edit { cards, .. } => {
                self.resettle(cards, now);
                false
            }
            Deed::Goals { after, .. } => {
                self.put_goals(after, now);
                false
            }
        };
        self.show_what_counts();
        if !is_shown {
            self.tell(format!("Done again: {words}"));
        }
        self.undo.done.push(deed);
    }

    /// Takes events back, the newest first; what did so. `None`: it could not be written, and the learner is told.
    fn retract(&mut self, events: &[(CardKey, EventId)], now: &Moment) -> Option<Vec<(CardKey, EventId)>> {
        if events.is_empty() {
            return Some(Vec::new());
        }
        let changes: Vec<_> =
            events.iter().rev().map(|(card, event)| (card.clone(), Change::Retract(*event), None)).collect();
        match self.commit(now.stamp, &changes) {
            Ok(ids) => Some(changes.into_iter().map(|(card, ..)| card).zip(ids).collect()),
            Err(error) => {
                self.tell_problem(error.to_string());
                None
            }
        }
    }

    fn deed_in_words(&self, deed: &Deed) -> String {
        match deed {
            Deed::Step { step, .. } => self.step_in_words(step),
            Deed::Events { words, .. } | Deed::Edit { words, .. } | Deed::Goals { words, .. } => {
                words.clone()
            }
        }
    }

    fn step_in_words(&self, step: &Step) -> String {
        let words = self.prompt_of(&step.card).map_or_else(|| step.card.to_string(), words::excerpt);
        match step.answer {
            Some(_) => format!("the answer to “{words}”"),
            None => format!("setting “{words}” aside"),
        }
    }
}
