//! The forecast of due cards, day by day.

use crate::domain::card::CardState;
use crate::domain::day::StudyDay;
use crate::domain::event::Due;

/// How many cards will be due if nothing more is answered. Suspended cards are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueForecast {
    /// Cards due before today.
    pub backlog: usize,
    /// Cards that become due on each day. The first value is for today.
    pub days: Vec<usize>,
    /// Cards that become due after the last of [`DueForecast::days`].
    pub later: usize,
}

impl DueForecast {
    /// An empty forecast for this many days, including today.
    pub(super) fn over(days: u32) -> Self {
        Self { days: vec![0; days as usize], ..Self::default() }
    }

    /// Counts a card that is not suspended. New cards are never due.
    pub(super) fn add(&mut self, state: &CardState, today: StudyDay) {
        let due = match state.due {
            Some(Due::Day(day)) if !state.was_answered_ahead(today) => day,
            Some(Due::Day(_)) => today,
            Some(Due::At(_)) => today,
            None => return,
        };
        let due = state.buried_on(today).map_or(due, |until| due.max(until));
        match self.days.get_mut(due.days_since(today) as usize) {
            _ if due < today => self.backlog += 1,
            Some(cards) => *cards += 1,
            None => self.later += 1,
        }
    }
}
