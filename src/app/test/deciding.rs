//! What a slip of the fingers was, said in the report: the answer in the log changes with it.

use std::sync::Arc;

use super::OpenReport;
use crate::app::App;
use crate::app::study::outcome_of;
use crate::domain::card::CardState;
use crate::domain::day::{Moment, Stamp};
use crate::domain::event::{Change, Confidence, EventId, Given, Review, Source};
use crate::domain::ids::CardKey;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::test::{Act, ItemReport, Past, Step};
use crate::store::NewEvent;

/// An answer of a test in the log.
struct Logged {
    card: CardKey,
    id: EventId,
    stamp: Stamp,
    review: Review,
    /// The card as it stood before.
    before: CardState,
}

impl App {
    /// Says of a slip whether the right answer was meant; the same again takes it back.
    pub(super) fn decide(&mut self, item: usize, meant: bool, now: &Moment) {
        let Some(open) = &self.tests.report else { return };
        let Past { paper, sitting, report } = &*open.past;
        let Some(before) = report.items.get(item).filter(|item| item.is_slip) else { return };
        let meant = Some(meant).filter(|_| before.meant != Some(meant));
        let act = Act::Decide { item, meant };
        let step = Step { at_ms: now.ms(), clock_ms: sitting.clock_ms(), act };
        let mut sitting = sitting.clone();
        sitting.take(&step);
        let Some(past) = Past::of(paper.clone(), sitting) else { return };
        let (id, begun, unfolded) = (open.id, open.begun, open.unfolded);
        // What was left out of the log stays out of it.
        let changes = match self.logged(before) {
            Some(logged) => self.replacement(&logged, &past.report.items[item], &begun, now),
            None => Vec::new(),
        };
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(stamp, card, change, given)| NewEvent {
                stamp: *stamp,
                card,
                change,
                given: given.as_ref(),
            })
            .collect();
        match self.store.append_steps(id, &[step], &new) {
            Ok(ids) => {
                let written = ids.into_iter().zip(&changes);
                self.fold_in(written.map(|(id, (stamp, card, change, _))| (id, *stamp, card, change)));
                self.resettle(changes.iter().map(|(_, card, ..)| card), now);
                self.tests.report = Some(OpenReport { id, begun, past: Arc::new(past), unfolded });
                self.tests.earlier.touch();
            }
            Err(error) => self.tell_problem(error.to_string()),
        }
    }

    /// The answer to an item as it counts in the log.
    fn logged(&self, item: &ItemReport) -> Option<Logged> {
        let card = self.card_today(&item.card).clone();
        let said_ms = item.said_ms?;
        let mut found: Option<Logged> = None;
        self.progress.card(&card)?.replay(|before, entry| {
            let Change::Answer(review) = entry.change else { return };
            let is_of_test = matches!(review.source, Source::Test | Source::TestUnscheduled);
            let away = |stamp: &Stamp| stamp.utc_ms.abs_diff(said_ms);
            // The clock may have been set meanwhile: then the nearest is the one.
            if is_of_test && found.as_ref().is_none_or(|found| away(&entry.stamp) < away(&found.stamp)) {
                let (id, stamp) = (entry.id, entry.stamp);
                found = Some(Logged { card: card.clone(), id, stamp, review, before: *before });
            }
        });
        let is_the_answer = |found: &Logged| {
            let given = self.store.given(found.id).ok().flatten();
            given.is_some_and(|given| given.response == item.response)
        };
        found.filter(is_the_answer)
    }

    /// What puts the answer as it is decided now in the place of the one that was logged, at its time.
    fn replacement(
        &self,
        logged: &Logged,
        item: &ItemReport,
        begun: &Stamp,
        now: &Moment,
    ) -> Vec<(Stamp, CardKey, Change, Option<Given>)> {
        let Logged { card, id, stamp, review, before } = logged;
        let score = item.verdict.score;
        let guessed = item.confidence == Some(Confidence::Guess);
        let rating = Rating::of(&item.verdict, guessed && score > 0.0);
        let then = now.between(begun, stamp.utc_ms, self.settings.rollover_hour);
        let outcomes = self.scheduler_of(card, then.day()).outcomes(card, review.kind, before, &then);
        let granted = outcome_of(&outcomes, rating).due;
        let mapping = MAPPING_VERSION;
        let review = Review { score, proposed: rating, rating, mapping, granted, ..*review };
        let given = Given { response: item.response.clone(), shown: item.task.shown() };
        vec![
            (now.stamp, card.clone(), Change::Retract(*id), None),
            (*stamp, card.clone(), Change::Answer(review), Some(given)),
        ]
    }
}
