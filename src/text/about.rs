//! Texts of the page About.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Shows the About page.
    pub const OPEN: CommandText =
        CommandText::new("About Linchpin", "Its version, and the licences of what it is built from.")
            .synonyms(&["version", "license", "credits"]);
    /// Leaves a licence or the page.
    pub const BACK: CommandText = CommandText::new("Back", "To where you came from.").synonyms(&["close"]);
}
