//! Exports: decks, reviews, scores and test reports as CSV for other programs, and as HTML for printing.

mod answer_parts;
pub mod cards;
mod cells;
pub mod csv;
mod printed_question;
mod quiz_page;
pub mod report;
pub mod reviews;
pub mod scores;

pub use answer_parts::{
    also_accepted, needs_right_answer, response_parts, right_parts, right_parts_with_readings,
};
pub use quiz_page::quiz_html;
