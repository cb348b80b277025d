//! A row for each option of a Bool, a Choice or a Choices.

use eframe::egui::Ui;

use super::GradedAnswer;
use crate::app::kind::OptionFields;
use crate::domain::grade::{Marks, OptionMark};
use crate::domain::task::TaskOption;
use crate::text;
use crate::ui::icons;
use crate::ui::screens::decks::fields::{PairList, pair_list, text_list};
use crate::ui::theme::Tokens;
use crate::ui::widgets::row::{SelectableRow, Tone};

/// Marks a row as picked: by its colour and in words.
pub(super) fn picked_row(row: SelectableRow<'_>, is_picked: bool) -> SelectableRow<'_> {
    if is_picked {
        row.tone(Tone::Picked).trailing(format!("{} {}", icons::CHECK, text::study::PICKED))
    } else {
        row
    }
}

/// Draws every option in its place with its mark, and below a wrong one that was picked why it is wrong. `many` says
/// whether several options can be right.
pub(super) fn feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    options: &[TaskOption],
    many: bool,
    graded: &GradedAnswer<'_>,
) {
    let Marks::Options(marks) = &graded.verdict.marks else { return };
    for (option, mark) in options.iter().zip(marks) {
        let mut row = feedback_row(SelectableRow::new(&option.text), *mark);
        if *mark == OptionMark::Miss && many && !graded.gave_up() {
            row = row
                .tone(Tone::Partly)
                .trailing(text::study::NOT_PICKED)
                .spoken_status(text::study::RIGHT_NOT_PICKED);
        }
        if *mark == OptionMark::FalseAlarm {
            row = row.below(option.why.as_deref());
        }
        let response = row.show(ui, tokens);
        if graded.scroll_into_view && *mark == OptionMark::Miss {
            response.scroll_to_me(None);
        }
    }
}

/// A row with its mark, as an icon and in words for screen readers.
pub(super) fn feedback_row<'a>(row: SelectableRow<'a>, mark: OptionMark) -> SelectableRow<'a> {
    let row = row.display_only();
    match mark {
        OptionMark::Hit => row
            .icon(icons::CHECK)
            .tone(Tone::Right)
            .trailing(text::study::YOURS)
            .spoken_status(text::study::YOURS_RIGHT),
        OptionMark::Miss => row.icon(icons::CHECK).tone(Tone::Right).spoken_status(text::study::RIGHT_ANSWER),
        OptionMark::FalseAlarm => row
            .icon(icons::CROSS)
            .tone(Tone::Wrong)
            .trailing(text::study::YOURS)
            .spoken_status(text::study::YOURS_WRONG),
        // An empty icon keeps the text aligned with the other rows.
        OptionMark::CorrectRejection => row.icon(' '),
    }
}

/// Draws a field in the editor for each right option.
pub(super) fn right_options(ui: &mut Ui, tokens: &Tokens, fields: &mut OptionFields, is_invalid: bool) {
    text_list(ui, tokens, ("right", text::editor::RIGHT_OPTIONS), &mut fields.right, is_invalid);
}

/// Draws a row in the editor for each wrong option.
pub(super) fn wrong_options(ui: &mut Ui, tokens: &Tokens, fields: &mut OptionFields, is_invalid: bool) {
    let (name, second) = (text::editor::WRONG_OPTIONS, text::editor::WHY_WRONG);
    let list = PairList { id: "wrong", name, second, is_movable: false };
    pair_list(ui, tokens, list, &mut fields.wrong, is_invalid);
}
