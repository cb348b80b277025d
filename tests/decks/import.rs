//! Lists from other programs become decks, and a file given by mistake does no harm.

mod cards;
mod laws;
mod mistakes;
mod tables;
mod writing;

use linchpin::domain::question::{Answer, Question, RecallAnswer, TypedAnswer};
use linchpin::formats::import::{ImportError, ImportOptions, ImportedQuestions, SniffedFile, read, sniff};

/// Imports a file with the options that `sniff` guesses.
fn import(name: &str, text: &str) -> ImportedQuestions {
    import_bytes(name, text.as_bytes()).unwrap()
}

fn import_bytes(name: &str, bytes: &[u8]) -> Result<ImportedQuestions, ImportError> {
    let sniffed = sniff(name, bytes)?;
    read(&sniffed, &sniffed.options, &mut |_| true)
}

/// Imports a file with other options than the guessed ones.
fn import_with(
    name: &str,
    text: &str,
    change: impl FnOnce(&SniffedFile, &mut ImportOptions),
) -> ImportedQuestions {
    let sniffed = sniff(name, text.as_bytes()).unwrap();
    let mut options = sniffed.options.clone();
    change(&sniffed, &mut options);
    read(&sniffed, &options, &mut |_| true).unwrap()
}

/// A line for each question: `prompt = Kind: answer`.
fn question_lines(imported: &ImportedQuestions) -> Vec<String> {
    imported.questions.iter().map(|it| format!("{} = {}", it.prompt, answer(it))).collect()
}

fn answer(question: &Question) -> String {
    match &question.answer {
        Answer::Recall(RecallAnswer { back, reverse: false, .. }) => format!("Recall: {back}"),
        Answer::Recall(RecallAnswer { back, .. }) => format!("Both: {back}"),
        Answer::Typed(TypedAnswer { accepted, .. }) => format!("Typed: {}", accepted.join(" | ")),
        other => other.kind().to_string(),
    }
}

/// The messages about skipped rows.
fn left_out(imported: &ImportedQuestions) -> Vec<String> {
    imported.skipped.rows.iter().map(ToString::to_string).collect()
}
