//! What counts as known today. This is the only definition, for every screen, table and export.
//!
//! A card is *being learned* while it is due within minutes, or when the last answer that moved the schedule
//! was Again. The learner may remember it a minute after seeing its answer, but that says nothing: it counts
//! as not known yet. Every other card that was answered counts by its predicted recall.
//!
//! A card has *survived a night* once it was recalled on a study day after the one on which it was first
//! answered or last forgotten. Only such cards may be shown as known well.
//!
//! Forecasts for other days do not use this module: they use the card's memory alone.

use super::card::CardState;
use super::day::StudyDay;
use super::event::Due;
use super::memory::MemoryModel;
use super::rating::Rating;

impl CardState {
    /// Whether it is being learned, for the first time or again.
    pub fn is_being_learned(&self) -> bool {
        matches!(self.due, Some(Due::At(_))) || self.last_rating == Some(Rating::Again)
    }

    /// How well it is known today, 0 to 1: 0 while it is being learned, otherwise its recall; `None` for a
    /// new card.
    pub fn recall_now(&self, model: &MemoryModel, today: StudyDay) -> Option<f64> {
        let recall = self.recall(model, today)?;
        Some(if self.is_being_learned() { 0.0 } else { recall })
    }

    /// Whether it was recalled on a study day after that of its first answer, or of its last Again.
    pub fn has_survived_a_night(&self) -> bool {
        let recalled_later = self.last_day.zip(self.streak_start).is_some_and(|(last, since)| last > since);
        recalled_later && !self.is_being_learned()
    }
}
