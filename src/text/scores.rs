//! Texts of the scores: the table, the charts, a topic.

use super::CommandText;

/// Sets the period; its label is that of the period.
pub const SET_PERIOD: CommandText =
    CommandText::new("", "Looks back this far.").synonyms(&["period", "range"]);
/// Shows or hides columns.
pub const TOGGLE_COLUMNS: CommandText =
    CommandText::new("All columns", "Also mean score, median time and last study day.")
        .synonyms(&["fewer columns", "table"]);
/// Shows the passages of a source.
pub const OPEN_PASSAGES: CommandText =
    CommandText::new("By passage", "The source, tinted by what you would recall today.")
        .synonyms(&["source", "text", "heat map"]);
/// Shows a topic.
pub const OPEN_TOPIC: CommandText =
    CommandText::new("Look at a topic", "Its questions by weakness, its confusions, its passages.");
/// Shows the errors with high confidence.
pub const OPEN_HIGH_CONFIDENCE_ERRORS: CommandText =
    CommandText::new("Sure, but wrong", "The answers that you were sure of and that were not right.")
        .synonyms(&["overconfidence", "mistakes", "errors"]);
/// Returns to the table of topics.
pub const BACK: CommandText = CommandText::new("All topics", "Back to the table.").synonyms(&["close"]);
