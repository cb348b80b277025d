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

pub fn bool_judged(ui: &mut Ui, tokens: &Tokens, right: bool, response: &Response) {
    for value in [true, false] {
        let picked = *response == Response::Bool(value);
        let text = if value { "True" } else { "False" };
        let below = picked.then_some("Your answer.");
        let row = Row::new(text).below(below).still();
        match (picked, value == right) {
            (_, true) => row.icon(icons::CHECK).tone(Tone::Right).show(ui, tokens),
            (true, false) => row.icon(icons::CROSS).tone(Tone::Wrong).show(ui, tokens),
            (false, false) => continue,
        };
    }
}

pub fn judged(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[PickOption],
    many: bool,
    verdict: &Verdict,
    response: &Response,
) {
    let Marks::Options(marks) = &verdict.marks else { return };
    let gave_up = *response == Response::GaveUp;
    for (option, mark) in options.iter().zip(marks) {
        let why = option.why.as_deref().unwrap_or("This one is wrong.");
        let your = format!("Your answer. {}", option.why.as_deref().unwrap_or_default());
        let row = Row::new(&option.text).still();
        match mark {
            OptionMark::Hit => {
                let below = (!many).then_some("Your answer.");
                row.icon(icons::CHECK).tone(Tone::Right).below(below).show(ui, tokens)
            }
            OptionMark::Missed if many && !gave_up => {
                row.icon(icons::CHECK).tone(Tone::Partly).beside("not picked").show(ui, tokens)
            }
            OptionMark::Missed => row.icon(icons::CHECK).tone(Tone::Right).show(ui, tokens),
            OptionMark::FalseAlarm if many => {
                row.icon(icons::CROSS).tone(Tone::Wrong).below(Some(why)).show(ui, tokens)
            }
            OptionMark::FalseAlarm => {
                row.icon(icons::CROSS).tone(Tone::Wrong).below(Some(your.trim_end())).show(ui, tokens)
            }
            // What was rightly left alone teaches nothing now.
            OptionMark::Passed => continue,
        };
    }
}
