//! Texts of progress that moves to another question.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Moves progress to a new question.
    pub const ACCEPT: CommandText =
        CommandText::new("Move progress", "What was learned goes on under the new question.");
    /// Leaves progress and new question apart.
    pub const REJECT: CommandText =
        CommandText::new("Keep apart", "The new question starts from the beginning.");
}
