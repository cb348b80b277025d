//! Three questions without ids, whose keys come from their wording, and other wordings of them.

/// A deck file of these questions, without ids.
pub fn deck_of(id: &str, questions: &[&str]) -> String {
    let questions: String =
        questions.iter().map(|question| format!("    (topic: \"t\", {question}),\n")).collect();
    format!(
        "Deck(format: 1, id: \"{id}\", title: \"Deck {id}\", topics: {{\"t\": \"T\", \"u\": \"U\"}}, questions: [\n{questions}])\n"
    )
}

pub const TREATY: &str = r#"prompt: "In which year was the treaty signed?", answer: Number(1953)"#;
pub const FRANCE: &str = r#"prompt: "Which city is the captial of France?", answer: Typed(["Paris"])"#;
pub const FRANCE_CORRECTED: &str =
    r#"prompt: "Which city is the capital of France?", answer: Typed(["Paris"])"#;
pub const TREATY_REWORDED: &str = r#"prompt: "What year was the treaty signed in?", answer: Number(1953)"#;
pub const HAN_REWORDED: &str = r#"prompt: "What is the river through Seoul called?", answer: Typed(["Han"])"#;
pub const HAN: &str = r#"prompt: "Which river runs through Seoul?", answer: Typed(["Han"])"#;
