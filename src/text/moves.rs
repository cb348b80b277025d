//! Texts of progress that moves to another question.

use super::CommandText;

/// Moves progress to a new question.
pub const ACCEPT: CommandText =
    CommandText::new("Move progress", "What was learned goes on under the new question.");
/// Leaves progress and new question apart.
pub const REJECT: CommandText = CommandText::new("Keep apart", "The new question starts from the beginning.");
