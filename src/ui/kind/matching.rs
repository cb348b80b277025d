//! Match: find what belongs together.

use eframe::egui::Ui;

use super::board::{changed, drag, drop_item, feedback_row};
use super::{GradedAnswer, InputContext, Presentation, TaskView, digit_keys};
use crate::app::draft::Draft;
use crate::app::kind::MatchFields;
use crate::app::study::StudyCommand;
use crate::domain::grade::Marks;
use crate::domain::task::{MatchTask, Response};
use crate::text;
use crate::ui::keys::KeyReader;
use crate::ui::screens::decks::fields::{PairList, pair_list};
use crate::ui::theme::{Tokens, WIDE_COLUMN_WIDTH};
use crate::ui::widgets::row::{SelectableRow, Tone};

impl TaskView for MatchTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation {
            column_width: WIDE_COLUMN_WIDTH,
            key_help: Some(text::study::MATCH_KEYS),
            ..Presentation::PLAIN
        }
    }

    /// Draws the two columns of a Match: the items at the left, their possible partners at the right.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let draft = &context.card.draft;
        let Draft::Match(assignment) = draft else { return None };
        let mut command = None;
        let unplaced = assignment.unassigned();
        ui.columns(2, |uis| {
            let ui = &mut uis[0];
            for (left, text) in self.lefts.iter().enumerate() {
                let partner = assignment.target_of.get(left).copied().flatten();
                let id = ui.scope_id().with(("left", left));
                let mut row = SelectableRow::new(text).compact().draggable(id);
                let below =
                    partner.and_then(|right| self.rights.get(right)).map(|right| format!("→ {right}"));
                row = match unplaced.iter().position(|thing| *thing == left) {
                    Some(number) => row.key(number + 1),
                    // No check mark: it would say that the pair is right.
                    None => row,
                };
                if assignment.held == Some(left) {
                    row = row.tone(Tone::Picked);
                }
                let response = row.below(below.as_deref()).show(ui, tokens);
                drag(&response, tokens, left, text);
                if response.clicked() {
                    command = changed(draft, |assignment| assignment.pick_up(left));
                }
            }
            let ui = &mut uis[1];
            for (right, text) in self.rights.iter().enumerate() {
                let is_taken = assignment.target_of.contains(&Some(right));
                let mut row = SelectableRow::new(text).key(right + 1).compact();
                if is_taken {
                    row = row.trailing(text::study::PAIRED).tone(Tone::Plain);
                }
                let response = row.show(ui, tokens);
                if response.clicked()
                    && let Some(held) = assignment.held
                {
                    command = changed(draft, |assignment| assignment.assign(held, right));
                }
                command = drop_item(&response, draft, right).or(command.take());
            }
        });
        command
    }

    fn keys(&self, keys: &KeyReader<'_>, draft: &Draft) -> Vec<StudyCommand> {
        digit_keys::keys(keys, draft)
    }

    /// Draws each item of a Match with its right partner, and the partner that was chosen if it was another.
    /// `right_of` gives the index of the right partner for each item.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let Marks::Parts(marks) = &graded.verdict.marks else { return };
        let chosen = if let Response::Match(of) = graded.response { of.as_slice() } else { &[] };
        for (left, text) in self.lefts.iter().enumerate() {
            let answer = self.right_of.get(left).and_then(|right| self.rights.get(right.to_owned()));
            let answer = answer.map(String::as_str).unwrap_or_default();
            let chosen = chosen.get(left).copied().flatten().and_then(|right| self.rights.get(right));
            let is_right = marks.get(left).copied().unwrap_or(false);
            let below = match chosen {
                Some(chosen) if !is_right => text::study::match_chosen(answer, chosen),
                _ => answer.to_owned(),
            };
            feedback_row(ui, tokens, text, Some(&below), chosen.is_some(), is_right);
        }
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut MatchFields, is_invalid: bool) {
    let (name, second) = (text::editor::PAIRS, text::editor::PARTNER);
    let list = PairList { id: "pair", name, second, is_movable: false };
    pair_list(ui, tokens, list, &mut fields.pairs, is_invalid);
}
