//! Cards coming due, day by day.

use crate::domain::card::CardState;
use crate::domain::day::StudyDay;
use crate::domain::event::Due;

/// Cards coming due, those suspended left out, as if nothing more was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueForecast {
    /// Due before today.
    pub backlog: usize,
    /// For each day from today on: cards due on that day itself.
    pub days: Vec<usize>,
    /// Due after the last of [`DueForecast::days`].
    pub later: usize,
}

impl DueForecast {
    /// Of no cards, looking so many days ahead, today with them.
    pub(super) fn over(days: u32) -> Self {
        Self { days: vec![0; days as usize], ..Self::default() }
    }

    /// Counts a card that is not suspended.
    pub(super) fn add(&mut self, state: &CardState, today: StudyDay) {
        let due = match state.due {
            Some(Due::Day(day)) => day,
            Some(Due::At(_)) => today,
            None => return,
        };
        let due = state.buried_until.map_or(due, |until| due.max(until));
        match self.days.get_mut(due.days_since(today) as usize) {
            _ if due < today => self.backlog += 1,
            Some(cards) => *cards += 1,
            None => self.later += 1,
        }
    }

    /// Adds other cards, over the same days.
    pub(super) fn absorb(&mut self, other: &DueForecast) {
        self.backlog += other.backlog;
        self.later += other.later;
        super::add_each(&mut self.days, &other.days);
    }
}
