//! Typed answers.

/// Normalises.
pub fn normalise(text: &str) -> String {
    text.to_owned()
}
