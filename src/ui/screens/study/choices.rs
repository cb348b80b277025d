//! Bool, Choice and Choices: a row for each option.

use eframe::egui::Ui;

use crate::app::Command;
use crate::app::draft::Draft;
use crate::app::study::StudyCommand;
use crate::domain::grade::{Marks, OptionMark, Verdict};
use crate::domain::task::{Response, TaskOption};
use crate::ui::icons;
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::{SelectableRow, Tone};

/// Draws "True" and "False". `response` is the answer so far, if it can be changed.
pub fn bool_input(ui: &mut Ui, tokens: &Tokens, response: Option<&Response>) -> Option<Command> {
    let mut command = None;
    for (key, label, value) in [("1", "True", true), ("2", "False", false)] {
        let is_picked = response == Some(&Response::Bool(value));
        if picked_row(SelectableRow::new(label).key(key), is_picked).show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::Answer(Response::Bool(value))));
        }
    }
    command
}

/// Draws the options of a Choice. `response` is the answer so far, if it can be changed.
pub fn choice_input(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[TaskOption],
    response: Option<&Response>,
) -> Option<Command> {
    let mut command = None;
    for (index, option) in options.iter().enumerate() {
        let is_picked = matches!(response, Some(Response::Choice(picks)) if picks.contains(&index));
        if picked_row(SelectableRow::new(&option.text).key(index + 1), is_picked).show(ui, tokens).clicked() {
            command = Some(Command::Study(StudyCommand::Answer(Response::Choice(vec![index]))));
        }
    }
    command
}

/// Draws the options of a Choices question with a check box each. Draws nothing if `draft` is of another kind.
pub fn choices_input(ui: &mut Ui, tokens: &Tokens, options: &[TaskOption], draft: &Draft) -> Option<Command> {
    let Draft::Choices(picked) = draft else { return None };
    let mut command = None;
    for (index, option) in options.iter().enumerate() {
        let is_picked = picked.get(index).copied().unwrap_or(false);
        let row = picked_row(SelectableRow::new(&option.text).key(index + 1).check_box(), is_picked);
        if row.show(ui, tokens).clicked() {
            command = draft.press_digit(index + 1).map(StudyCommand::SetDraft).map(Command::Study);
        }
    }
    command
}

/// Marks a row as picked: by its colour and in words.
fn picked_row(row: SelectableRow<'_>, is_picked: bool) -> SelectableRow<'_> {
    if is_picked { row.tone(Tone::Picked).trailing(format!("{} picked", icons::CHECK)) } else { row }
}

/// Draws "True" and "False" with their marks.
pub fn bool_feedback(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict) {
    let Marks::Options(marks) = &verdict.marks else { return };
    for (text, mark) in ["True", "False"].into_iter().zip(marks) {
        feedback_row(SelectableRow::new(text), *mark).show(ui, tokens);
    }
}

/// Draws every option in its place with its mark, and below a wrong one that was picked why it is wrong. With
/// `scroll_into_view` it scrolls to the right one.
pub fn feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[TaskOption],
    many: bool,
    verdict: &Verdict,
    response: &Response,
    scroll_into_view: bool,
) {
    let Marks::Options(marks) = &verdict.marks else { return };
    let gave_up = *response == Response::GaveUp;
    for (option, mark) in options.iter().zip(marks) {
        let mut row = feedback_row(SelectableRow::new(&option.text), *mark);
        if *mark == OptionMark::Miss && many && !gave_up {
            row = row.tone(Tone::Partly).trailing("not picked").spoken_status("right answer, not picked");
        }
        if *mark == OptionMark::FalseAlarm {
            row = row.below(option.why.as_deref());
        }
        let response = row.show(ui, tokens);
        if scroll_into_view && *mark == OptionMark::Miss {
            response.scroll_to_me(None);
        }
    }
}

/// A row with its mark, as an icon and in words for screen readers.
fn feedback_row<'a>(row: SelectableRow<'a>, mark: OptionMark) -> SelectableRow<'a> {
    let row = row.display_only();
    match mark {
        OptionMark::Hit => row
            .icon(icons::CHECK)
            .tone(Tone::Right)
            .trailing("your answer")
            .spoken_status("your answer, right answer"),
        OptionMark::Miss => row.icon(icons::CHECK).tone(Tone::Right).spoken_status("right answer"),
        OptionMark::FalseAlarm => row
            .icon(icons::CROSS)
            .tone(Tone::Wrong)
            .trailing("your answer")
            .spoken_status("your answer, wrong"),
        // An empty icon keeps the text aligned with the other rows.
        OptionMark::CorrectRejection => row.icon(' '),
    }
}
