//! What counts as known today: the one place that says so, for every screen, table and file.
//!
//! A card is *being learned* while it comes back within minutes, or when the last answer that the schedule counted was
//! Again. It may be remembered a minute after its answer was shown, but that says nothing: it counts as not yet known.
//! Every other card that was answered counts by its recall.
//!
//! A card has *survived a night* once it was recalled on a study day after the one on which it was first answered or
//! last forgotten. Only then may anything be drawn as known well.
//!
//! Forecasts for another day do not look here: they go by the card's memory alone.

use super::card::CardState;
use super::day::StudyDay;
use super::event::Due;
use super::memory::Model;
use super::rating::Rating;

impl CardState {
    /// Whether it is being learned, for the first time or again.
    pub fn is_being_learned(&self) -> bool {
        matches!(self.due, Some(Due::At(_))) || self.last_rating == Some(Rating::Again)
    }

    /// How well it is known today: 0 while it is being learned, else its recall; `None` for a card never answered.
    pub fn known_now(&self, model: &Model, today: StudyDay) -> Option<f64> {
        let recall = self.recall(model, today)?;
        Some(if self.is_being_learned() { 0.0 } else { recall })
    }

    /// Whether it was recalled on a later day than that of its first answer, or of its last Again.
    pub fn has_survived_a_night(&self) -> bool {
        let recalled_later = self.last_day.zip(self.streak_start).is_some_and(|(last, since)| last > since);
        recalled_later && !self.is_being_learned()
    }
}
