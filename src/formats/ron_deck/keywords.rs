//! The field names of the format, and suggestions for misspelt ones.

use super::diagnostics::DiagnosticSink;

/// Fields of a deck.
pub(super) const DECK_FIELDS: [&str; 8] =
    ["format", "id", "title", "description", "language", "source", "topics", "questions"];
/// Fields of a source.
pub(super) const SOURCE_FIELDS: [&str; 6] = ["title", "author", "publisher", "published", "url", "passages"];
/// Fields of a question. No answer kind may have a field of the same name, because the parser uses these names to
/// find the next question after an error.
pub(super) const QUESTION_FIELDS: [&str; 12] = [
    "id",
    "topic",
    "prompt",
    "answer",
    "hint",
    "explain",
    "cite",
    "tags",
    "image",
    "typed",
    "formerly",
    "confusable",
];

/// Words that other programs use, or that authors write out of habit, with the word of this format.
const SYNONYMS: [(&str, &str); 52] = [
    ("question", "prompt"),
    ("text", "prompt"),
    ("front", "prompt"),
    ("q", "prompt"),
    ("a", "answer"),
    ("solution", "answer"),
    ("category", "topic"),
    ("subject", "topic"),
    ("explanation", "explain"),
    ("why", "explain"),
    ("comment", "explain"),
    ("note", "explain"),
    ("reference", "cite"),
    ("source", "cite"),
    ("passage", "cite"),
    ("label", "tags"),
    ("picture", "image"),
    ("name", "title"),
    ("lang", "language"),
    ("version", "format"),
    ("cards", "questions"),
    ("categories", "topics"),
    ("date", "published"),
    ("link", "url"),
    ("correct", "right"),
    ("incorrect", "wrong"),
    ("distractors", "wrong"),
    ("options", "wrong"),
    ("answers", "accepted"),
    ("tolerance", "within"),
    ("units", "unit"),
    ("confusables", "confusable"),
    ("confused", "confusable"),
    ("confusedwith", "confusable"),
    ("notthese", "confusable"),
    ("pronunciation", "reading"),
    ("romanisation", "reading"),
    ("romanization", "reading"),
    ("unordered", "any_order"),
    ("multiplechoice", "Choice"),
    ("singlechoice", "Choice"),
    ("truefalse", "Bool"),
    ("boolean", "Bool"),
    ("multipleresponse", "Choices"),
    ("flashcard", "Recall"),
    ("basic", "Recall"),
    ("text", "Typed"),
    ("string", "Typed"),
    ("gap", "Cloze"),
    ("ordering", "Order"),
    ("matching", "Match"),
    ("integer", "Number"),
];

/// The candidate that was probably meant by a misspelt or foreign word; `None` if there is no similar one.
pub(super) fn closest_match<'c>(
    input: &str,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'c str> {
    let input: String = input.to_lowercase().replace(['_', '-', ' '], "");
    // A word of this length is not a misspelling, and computing the distance would be slow.
    if input.len() > 64 {
        return None;
    }
    let by_habit = SYNONYMS
        .iter()
        .filter(|(word, _)| *word == input)
        .find_map(|(_, ours)| candidates.clone().find(|candidate| candidate == ours));
    let nearest = candidates
        .filter(|candidate| candidate.len() <= 64)
        .map(|candidate| {
            let plain = candidate.to_lowercase().replace(['_', '-', ' '], "");
            (strsim::damerau_levenshtein(&input, &plain), candidate)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| {
            *distance <= (input.chars().count().min(candidate.chars().count()) / 3).max(1)
        });
    match nearest {
        Some((0, candidate)) => Some(candidate),
        Some((_, candidate)) => by_habit.or(Some(candidate)),
        None => by_habit,
    }
}

/// The candidate that was certainly meant: the word differs only in case and separators, has one wrong letter, or is
/// a known synonym.
pub(super) fn certain_match<'c>(
    sink: &DiagnosticSink<'_>,
    input: &str,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'c str> {
    if sink.is_full() {
        return None;
    }
    let word = closest_match(input, candidates.clone())?;
    let plain = |word: &str| word.to_lowercase().replace(['_', '-', ' '], "");
    let input = plain(input);
    let distance = |word: &str| strsim::damerau_levenshtein(&input, &plain(word));
    let by_habit = SYNONYMS.iter().any(|(theirs, ours)| *theirs == input && *ours == word);
    let is_near = |word: &str| distance(word) == 1 && input.chars().count() >= 4;
    let alone = candidates.filter(|other| is_near(other)).count() == 1;
    (distance(word) == 0 || by_habit || (alone && is_near(word))).then_some(word)
}

/// A help text: "did you mean …?", or a list of the candidates.
pub(super) fn suggestion<'c>(
    sink: &DiagnosticSink<'_>,
    input: &str,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> String {
    if sink.is_full() {
        return String::new();
    }
    if let Some(word) = closest_match(input, candidates.clone()) {
        return format!("did you mean {word}?");
    }
    const MAX_LISTED: usize = 12;
    let mut words: Vec<&str> = candidates.clone().take(MAX_LISTED).collect();
    if candidates.count() > MAX_LISTED {
        words.push("…");
    }
    format!("there are: {}", words.join(", "))
}
