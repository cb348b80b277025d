//! Handing in: answers in own words are judged by their writer, then everything is graded and logged at once.

use super::{OpenReport, Running};
use crate::app::study::outcome_of;
use crate::app::{App, Screen};
use crate::domain::day::{Moment, Stamp};
use crate::domain::event::{Change, Confidence, Given, Review, Source};
use crate::domain::ids::CardKey;
use crate::domain::rating::{MAPPING_VERSION, Rating};
use crate::domain::task::Response;
use crate::domain::test::{Act, ItemReport, Past, Phase, Report, Sitting, Worth};
use crate::store::NewEvent;

/// What undo says after a test.
const STANDS: &str = "Nothing to undo: a test that was handed in stands.";

impl App {
    /// No more answers: `by_time`, because the time is over.
    pub(super) fn hand_in(&mut self, by_time: bool, now: &Moment) {
        self.hear(now);
        let Some(running) = &self.tests.running else { return };
        if running.sitting.phase() != Phase::Running {
            return;
        }
        let acts: Vec<Act> = running.unsaved().into_iter().chain([Act::HandIn { by_time }]).collect();
        self.judge_or_close(acts, now);
    }

    /// The learner said what the answer before them was worth.
    pub(super) fn judge(&mut self, worth: Worth, now: &Moment) {
        let Some(running) = &self.tests.running else { return };
        if running.sitting.phase() != Phase::Judging {
            return;
        }
        let item = running.at();
        self.judge_or_close(vec![Act::Judge { item, worth }], now);
    }

    /// Writes the acts; with the last of them, everything is closed in the same transaction.
    fn judge_or_close(&mut self, mut acts: Vec<Act>, now: &Moment) {
        let Some(running) = &self.tests.running else { return };
        let mut after = running.clone();
        after.take(&acts.iter().map(|act| running.step(act.clone(), now)).collect::<Vec<_>>());
        if after.to_judge().next().is_some() {
            if self.keep(acts, now) {
                self.show_to_judge(now);
            }
            return;
        }
        acts.push(Act::grade(
            Report::new(&after.paper, &after.sitting).items.iter().map(|item| item.verdict.score),
        ));
        acts.push(Act::Close);
        let steps: Vec<_> = acts.into_iter().map(|act| running.step(act, now)).collect();
        let mut sitting = running.sitting.clone();
        steps.iter().for_each(|step| sitting.take(step));
        let id = running.id;
        let report = Report::new(&running.paper, &sitting);
        let changes = self.answers_of(running, &sitting, &report, now);
        let new: Vec<NewEvent<'_>> = changes
            .iter()
            .map(|(stamp, card, change, given)| NewEvent { stamp: *stamp, card, change, given: Some(given) })
            .collect();
        match self.store.append_steps(id, &steps, &new) {
            Ok(ids) => {
                let written = ids.into_iter().zip(&changes);
                self.fold_in(written.map(|(id, (stamp, card, change, _))| (id, *stamp, card, change)));
                self.undo.forget(STANDS);
                if let Some(Running { id, begun, paper, .. }) = self.tests.running.take() {
                    let past = Past { paper, sitting, report };
                    self.tests.report = Some(OpenReport::new(id, begun, past));
                }
                self.tests.earlier.touch();
                self.look_for_left_tests();
                self.screen = Screen::Test;
            }
            Err(error) => self.tell_problem(format!("The test is not handed in yet. {error}")),
        }
    }

    /// Shows the next answer that waits to be judged.
    pub(super) fn show_to_judge(&mut self, now: &Moment) {
        if let Some(running) = self.tests.running.as_mut() {
            running.show(running.at(), now);
        }
    }

    /// What is logged of a test, each answer at the time it was given. A question that was left empty counts as not
    /// known where it was seen and there was time; where the time was over, the question never came up, or what was
    /// typed cannot be read, nothing is known.
    fn answers_of(
        &self,
        running: &Running,
        sitting: &Sitting,
        report: &Report,
        now: &Moment,
    ) -> Vec<(Stamp, CardKey, Change, Given)> {
        let source = if running.paper.setup.counts { Source::Test } else { Source::TestUnscheduled };
        let gave_up = |item: &ItemReport| item.seen && item.response == Response::GaveUp;
        let tells = |item: &ItemReport| item.answered || (gave_up(item) && !sitting.ended_by_time());
        report
            .items
            .iter()
            .filter(|item| tells(item))
            .map(|item| {
                let card = self.card_today(&item.card).clone();
                let (kind, score) = (item.task.kind, item.verdict.score);
                let guessed = item.confidence == Some(Confidence::Guess);
                let rating = Rating::of(&item.verdict, guessed && score > 0.0);
                // The test may have waited for days since.
                let said_ms = item.said_ms.unwrap_or(now.ms());
                let then = now.between(&running.begun, said_ms, self.settings.rollover_hour);
                let rules = self.scheduler_of(&card, then.day());
                let outcomes = rules.outcomes(&card, kind, self.progress.state(&card), &then);
                let review = Review {
                    source,
                    kind,
                    score,
                    blind_chance: item.task.blind_chance(),
                    hint_used: false,
                    confidence: item.confidence,
                    latency_ms: u32::try_from(item.spent_ms.max(0)).unwrap_or(u32::MAX),
                    proposed: rating,
                    rating,
                    mapping: MAPPING_VERSION,
                    granted: outcome_of(&outcomes, rating).due,
                };
                let given = Given { response: item.response.clone(), shown: item.task.shown() };
                (then.stamp, card, Change::Answer(review), given)
            })
            .collect()
    }
}
