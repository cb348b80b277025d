//! Exports: decks, reviews, scores and test reports as CSV for other programs, and as HTML for printing.

mod answer_parts;
mod answer_text;
mod cells;
pub mod csv;
mod page;
mod quiz;
pub mod report;
pub mod reviews;
pub mod scores;

pub use answer_parts::{
    also_accepted, needs_right_answer, response_parts, right_parts, right_parts_with_readings,
};
pub use page::quiz_html;
