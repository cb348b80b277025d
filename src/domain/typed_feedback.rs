//! Feedback on a typed answer: the main answer, which is always shown, and the other accepted answers, each
//! with its pronunciation.

use super::grade::{GapMark, TypedMarks};
use super::question::Answer;
use super::task::{TaskForm, TypedForm};

/// Feedback on what was typed into one field, in the order in which it is shown.
///
/// Letters come with a flag: `true` where typed and accepted text agree, or where they are not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedFeedback<'a> {
    /// The accepted answer nearest to the typed text; `None` when the typed text is right, when the nearest
    /// answer is the main one, or when too few letters agree for a comparison to help.
    pub nearest: Option<&'a [(String, bool)]>,
    /// The main answer; all `true` unless it is the one that the typed text is compared with.
    pub main: Vec<(String, bool)>,
    /// The other accepted answers, without the one that was typed.
    pub others: Vec<&'a str>,
    /// Whether the typed text is exactly the main answer.
    pub is_main: bool,
    /// What was typed; all `true` when too few letters agree for a comparison to help.
    pub typed: Vec<(String, bool)>,
    /// Whether enough letters agree for a comparison to help.
    pub is_near: bool,
}

impl<'a> TypedFeedback<'a> {
    /// Feedback on one field. `marks` compare the typed text with the nearest accepted answer.
    pub fn new(form: &'a TypedForm, marks: &'a TypedMarks) -> Self {
        let main = form.accepted.first().map_or("", String::as_str).trim();
        let (typed, expected) = (join_letters(&marks.typed), join_letters(&marks.expected));
        let differs = marks.typed.iter().chain(&marks.expected).any(|(_, agrees)| !agrees);
        let is_near = is_near(marks);
        let nearest = (differs && is_near && expected != main).then_some(marks.expected.as_slice());
        let shown = nearest.map(|_| expected.as_str());
        let mut others: Vec<&str> = Vec::new();
        for other in form.accepted.iter().skip(1).map(|each| each.trim()) {
            if other != main && other != typed && Some(other) != shown && !others.contains(&other) {
                others.push(other);
            }
        }
        let main_letters = match is_near && expected == main {
            true => marks.expected.clone(),
            false => vec![(main.to_owned(), true)],
        };
        let typed_letters = match is_near {
            true => marks.typed.clone(),
            false => marks.typed.iter().map(|(letter, _)| (letter.clone(), true)).collect(),
        };
        Self {
            nearest,
            main: main_letters,
            others,
            typed: typed_letters,
            is_main: typed == main && !main.is_empty(),
            is_near,
        }
    }

    /// The main answer as one text.
    pub fn main_text(&self) -> String {
        join_letters(&self.main)
    }

    /// The other answers in one line, each with its pronunciation; `None` when there are none.
    pub fn others_text(&self, answer: &Answer) -> Option<String> {
        let others: Vec<String> = self.others.iter().map(|other| with_reading(answer, other)).collect();
        (!others.is_empty()).then(|| others.join(", "))
    }
}

/// Feedback on every gap, in reading order. Each gap is compared with the answer that its mark names.
pub fn for_gaps<'a>(form: &'a TaskForm, marks: &'a [GapMark]) -> Vec<TypedFeedback<'a>> {
    let forms = form.typed_forms();
    let of = |mark: &'a GapMark| Some(TypedFeedback::new(forms.get(mark.answer_gap)?, &mark.letters));
    marks.iter().filter_map(of).collect()
}

/// A word followed by its pronunciation, if the answer has one: "동맹국 (dongmaengguk)".
pub fn with_reading(answer: &Answer, word: &str) -> String {
    match answer.reading_of(word) {
        Some(reading) => format!("{word} ({reading})"),
        None => word.to_owned(),
    }
}

/// Whether something was typed that shares at least half of the letters of the answer: otherwise a comparison
/// letter by letter does not help.
fn is_near(marks: &TypedMarks) -> bool {
    let agreeing = marks.expected.iter().filter(|(_, agrees)| *agrees).count();
    !marks.typed.is_empty() && 2 * agreeing >= marks.expected.len()
}

/// Joins the letters to one text, trimmed.
pub fn join_letters(letters: &[(String, bool)]) -> String {
    letters.iter().map(|(letter, _)| letter.as_str()).collect::<String>().trim().to_owned()
}
