//! Responses and right answers of a test as plain text, one string per part of the answer.

use crate::domain::attempt::ItemReport;
use crate::domain::grade::Marks;
use crate::domain::question::Question;
use crate::domain::task::{Response, Task, TaskForm};
use crate::domain::typed_feedback::{TypedFeedback, for_gaps, join_letters, with_reading};
use crate::formats::markdown::plain_with_files;

/// The response to a task as plain text, in the parts of [`TaskForm::response_parts`].
pub fn response_parts(task: &Task, response: &Response) -> Vec<String> {
    task.form.response_parts(response, &plain_with_files)
}

/// The right answer of a task, in the same parts as [`response_parts`]. Numbers include their unit.
pub fn right_parts(task: &Task) -> Vec<String> {
    task.form.right_parts(&plain_with_files)
}

/// Like [`right_parts`], with the reading of each word where the question gives one.
pub fn right_parts_with_readings(question: &Question, task: &Task) -> Vec<String> {
    right_parts(task).into_iter().map(|word| with_reading(&question.answer, &word)).collect()
}

/// The other accepted answers of a typed task, joined with commas within a gap and semicolons between gaps.
/// `None` if there are none, or if the task is not answered by typing.
pub fn also_accepted(question: &Question, item: &ItemReport) -> Option<String> {
    let texts = match (&item.task.form, &item.verdict.marks) {
        (TaskForm::Typed(form), Marks::Typed(marks)) => vec![TypedFeedback::new(form, marks)],
        (form, Marks::Cloze(marks)) => for_gaps(form, marks),
        (_, _) => return None,
    };
    let others = texts.into_iter().map(|texts| {
        // On screen the nearest accepted answer is compared letter by letter; here it is listed with the others.
        let nearest = texts.nearest.map(join_letters);
        let others = texts.others_text(&question.answer);
        let nearest = nearest.map(|nearest| with_reading(&question.answer, &nearest));
        nearest.into_iter().chain(others).collect::<Vec<_>>().join(", ")
    });
    let others: Vec<String> = others.filter(|others| !others.is_empty()).collect();
    (!others.is_empty()).then(|| others.join("; "))
}

/// Whether a report should show the right answer: the response did not score full points, or is worded differently.
pub fn needs_right_answer(item: &ItemReport) -> bool {
    item.verdict.score < 1.0 || response_parts(&item.task, &item.response) != right_parts(&item.task)
}
