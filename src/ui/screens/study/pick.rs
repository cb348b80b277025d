//! True or false, one of several, several of many.

use eframe::egui::Ui;

use crate::app::Command;
use crate::app::draft::Draft;
use crate::domain::grade::{Marks, OptionMark, Verdict};
use crate::domain::task::{PickOption, Response};
use crate::ui::icons;
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::{Row, Tone};

/// `picked`: what was said already, where that can be changed.
pub fn bool_asking(ui: &mut Ui, tokens: &Tokens, picked: Option<&Response>) -> Option<Command> {
    let mut command = None;
    for (key, label, value) in [("1", "True", true), ("2", "False", false)] {
        let is_picked = picked == Some(&Response::Bool(value));
        if marked(Row::new(label).key(key), is_picked).show(ui, tokens).clicked() {
            command = Some(Command::Answer(Response::Bool(value)));
        }
    }
    command
}

/// `picked`: what was picked already, where that can be changed.
pub fn one_asking(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[PickOption],
    picked: Option<&Response>,
) -> Option<Command> {
    let mut command = None;
    for (index, option) in options.iter().enumerate() {
        let is_picked = matches!(picked, Some(Response::Picks(picks)) if picks.contains(&index));
        if marked(Row::new(&option.text).key(index + 1), is_picked).show(ui, tokens).clicked() {
            command = Some(Command::Answer(Response::Picks(vec![index])));
        }
    }
    command
}

pub fn many_asking(ui: &mut Ui, tokens: &Tokens, options: &[PickOption], draft: &Draft) -> Option<Command> {
    let Draft::Picks(picked) = draft else { return None };
    let mut command = None;
    for (index, option) in options.iter().enumerate() {
        let is_picked = picked.get(index).copied().unwrap_or(false);
        let row = marked(Row::new(&option.text).key(index + 1).check_box(), is_picked);
        if row.show(ui, tokens).clicked() {
            command = draft.digit(index + 1).map(Command::SetDraft);
        }
    }
    command
}

/// The row of an option, told and shown to be picked.
fn marked(row: Row<'_>, is_picked: bool) -> Row<'_> {
    if is_picked { row.tone(Tone::Picked).beside(format!("{} picked", icons::CHECK)) } else { row }
}

pub fn bool_judged(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict) {
    let Marks::Options(marks) = &verdict.marks else { return };
    for (text, mark) in ["True", "False"].into_iter().zip(marks) {
        judged_row(Row::new(text), *mark).show(ui, tokens);
    }
}

/// Every option where it was, and beneath a wrong one that was picked why it is wrong. `brings` the right one into sight.
pub fn judged(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[PickOption],
    many: bool,
    verdict: &Verdict,
    response: &Response,
    brings: bool,
) {
    let Marks::Options(marks) = &verdict.marks else { return };
    let gave_up = *response == Response::GaveUp;
    for (option, mark) in options.iter().zip(marks) {
        let mut row = judged_row(Row::new(&option.text), *mark);
        if *mark == OptionMark::Missed && many && !gave_up {
            row = row.tone(Tone::Partly).beside("not picked").said("right answer, not picked");
        }
        if *mark == OptionMark::FalseAlarm {
            row = row.below(option.why.as_deref());
        }
        let response = row.show(ui, tokens);
        if brings && *mark == OptionMark::Missed {
            response.scroll_to_me(None);
        }
    }
}

/// An option with what it was, seen and said.
fn judged_row<'a>(row: Row<'a>, mark: OptionMark) -> Row<'a> {
    let row = row.still();
    match mark {
        OptionMark::Hit => {
            row.icon(icons::CHECK).tone(Tone::Right).beside("your answer").said("your answer, right answer")
        }
        OptionMark::Missed => row.icon(icons::CHECK).tone(Tone::Right).said("right answer"),
        OptionMark::FalseAlarm => {
            row.icon(icons::CROSS).tone(Tone::Wrong).beside("your answer").said("your answer, wrong")
        }
        // The room of a mark keeps its words in their place.
        OptionMark::Passed => row.icon(' '),
    }
}
