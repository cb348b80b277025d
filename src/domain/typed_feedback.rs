//! What is shown of a typed answer after the verdict: the main answer always, whatever was typed, and all others
//! beside it, each with its own reading.

use super::grade::{GapMark, TypedMarks};
use super::question::Answer;
use super::task::{TaskForm, TypedForm};

/// The right answers to something that was typed, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedFeedback<'a> {
    /// The accepted answer nearest to what was typed, letter by letter, where that is not right, near enough for the
    /// letters to tell something, and not the main one.
    pub nearest: Option<&'a [(String, bool)]>,
    /// The main answer, letter by letter; all `true` where what was typed is not held against it.
    pub main: Vec<(String, bool)>,
    /// What is accepted besides, without what was typed.
    pub others: Vec<&'a str>,
    /// What was typed is the main answer, to the letter.
    pub is_main: bool,
    /// What was typed, letter by letter; all `true` where its letters tell nothing.
    pub typed: Vec<(String, bool)>,
    /// What was typed is near enough to one of them for its letters to tell something.
    pub is_near: bool,
}

impl<'a> TypedFeedback<'a> {
    /// Of one field: `marks` hold what was typed against the accepted answer nearest to it.
    pub fn new(form: &'a TypedForm, marks: &'a TypedMarks) -> Self {
        let main = form.accepted.first().map_or("", String::as_str).trim();
        let (given, expected) = (join_letters(&marks.typed), join_letters(&marks.expected));
        let differs = marks.typed.iter().chain(&marks.expected).any(|(_, agrees)| !agrees);
        let is_near = is_near(marks);
        let nearest = (differs && is_near && expected != main).then_some(marks.expected.as_slice());
        let shown = nearest.map(|_| expected.as_str());
        let mut others: Vec<&str> = Vec::new();
        for other in form.accepted.iter().skip(1).map(|each| each.trim()) {
            if other != main && other != given && Some(other) != shown && !others.contains(&other) {
                others.push(other);
            }
        }
        let main_letters = match is_near && expected == main {
            true => marks.expected.clone(),
            false => vec![(main.to_owned(), true)],
        };
        let given_letters = match is_near {
            true => marks.typed.clone(),
            false => marks.typed.iter().map(|(letter, _)| (letter.clone(), true)).collect(),
        };
        Self {
            nearest,
            main: main_letters,
            others,
            typed: given_letters,
            is_main: given == main && !main.is_empty(),
            is_near,
        }
    }

    /// The main answer as one text.
    pub fn main_text(&self) -> String {
        join_letters(&self.main)
    }

    /// The others in one line, each with its reading; `None` where there is none.
    pub fn others_text(&self, answer: &Answer) -> Option<String> {
        let others: Vec<String> = self.others.iter().map(|other| with_reading(answer, other)).collect();
        (!others.is_empty()).then(|| others.join(", "))
    }
}

/// Of every gap, in reading order: each held against the answer that its mark says.
pub fn for_gaps<'a>(form: &'a TaskForm, marks: &'a [GapMark]) -> Vec<TypedFeedback<'a>> {
    let forms = form.typed_forms();
    let of = |mark: &'a GapMark| Some(TypedFeedback::new(forms.get(mark.answer_gap)?, &mark.letters));
    marks.iter().filter_map(of).collect()
}

/// A word with its reading behind it, if it has one: "동맹국 (dongmaengguk)".
pub fn with_reading(answer: &Answer, word: &str) -> String {
    match answer.reading_of(word) {
        Some(reading) => format!("{word} ({reading})"),
        None => word.to_owned(),
    }
}

/// Whether something was typed that has half of the answer's letters: else holding the two side by side tells nothing.
fn is_near(marks: &TypedMarks) -> bool {
    let agreeing = marks.expected.iter().filter(|(_, agrees)| *agrees).count();
    !marks.typed.is_empty() && 2 * agreeing >= marks.expected.len()
}

/// Letters as one text.
pub fn join_letters(letters: &[(String, bool)]) -> String {
    letters.iter().map(|(letter, _)| letter.as_str()).collect::<String>().trim().to_owned()
}
