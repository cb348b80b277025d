//! The words of [`crate::text`] under one path, and those that need the state of the program.

use super::active_card::{ActiveCard, Stage};
use crate::domain::event::Confidence;
use crate::library::LoadedDeck;
use crate::text;
pub use crate::text::goals::{exam_summary, expected_with_range, range_text, session_size};
pub use crate::text::scores::{known_text, seen_but_not_known_text};
pub use crate::text::study::{confidence_name, explain_interval, instruction};
pub use crate::text::today::comes_back_tomorrow;
pub use crate::text::words::{
    answer_time, capitalised, count, date, days_ago, duration, excerpt, in_minutes, ordinal, percent,
    percent_range, rounded_percent, seconds_or_minutes, short_date, signed_percent, weekday_and_date,
};

/// "95 questions in 8 topics · E-International Relations".
pub fn deck_summary(loaded: &LoadedDeck) -> String {
    text::today::deck_summary(&loaded.deck)
}

/// A remark on the learner's confidence, after the verdict; `None` if they stated none.
pub fn confidence_remark(card: &ActiveCard) -> Option<&'static str> {
    let Stage::Graded { verdict, guessed, .. } = &card.stage else { return None };
    let confidence = if *guessed { Some(Confidence::Guess) } else { card.confidence };
    Some(text::study::confidence_remark(confidence?, verdict.score >= 1.0))
}

/// Whether the answer was a high-confidence error.
pub fn is_high_confidence_error(card: &ActiveCard) -> bool {
    let is_not_right =
        matches!(&card.stage, Stage::Graded { verdict, guessed: false, .. } if verdict.score < 1.0);
    is_not_right && card.confidence == Some(Confidence::Sure)
}
