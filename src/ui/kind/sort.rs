//! Sort: put every item into its bin.

use eframe::egui::{self, CornerRadius, Frame, Margin, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::board::{DraggedItem, changed, drag, drop_item, feedback_row};
use super::{GradedAnswer, InputContext, Presentation, TaskView, digit_keys};
use crate::app::draft::Draft;
use crate::app::kind::{Assignment, BinForm, SortFields};
use crate::app::study::StudyCommand;
use crate::domain::grade::Marks;
use crate::domain::task::{Response, SortTask, TaskSortItem};
use crate::text;
use crate::ui::keys::KeyReader;
use crate::ui::screens::decks::fields::{field_id, text_list};
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens, WIDE_COLUMN_WIDTH};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::keycap::Keycap;
use crate::ui::widgets::markdown;
use crate::ui::widgets::row::{SelectableRow, Tone};

impl TaskView for SortTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation {
            column_width: WIDE_COLUMN_WIDTH,
            key_help: Some(text::study::SORT_KEYS),
            ..Presentation::PLAIN
        }
    }

    /// Draws the bins of a Sort with the items in them, and below them the items that are in no bin yet.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let (bins, items, draft) = (&self.bins, &self.items, &context.card.draft);
        let Draft::Sort(assignment) = draft else { return None };
        let mut command = None;
        let columns = bin_columns(ui, bins.len());
        for row in (0..bins.len()).collect::<Vec<_>>().chunks(columns) {
            ui.columns(columns, |uis| {
                for (ui, bin) in uis.iter_mut().zip(row) {
                    command =
                        bin_box(ui, tokens, *bin, &bins[*bin], items, assignment, draft).or(command.take());
                }
            });
        }
        ui.add_space(4.0);
        let unplaced = assignment.unassigned();
        if unplaced.is_empty() {
            ui.label(TextSize::Caption.text(text::study::ALL_SORTED, tokens.muted));
            return command;
        }
        let columns = if ui.available_width() < 560.0 { 1 } else { 2 };
        let numbered: Vec<(usize, usize)> = unplaced.iter().copied().enumerate().collect();
        for row in numbered.chunks(columns) {
            ui.columns(columns, |uis| {
                for (ui, (number, item)) in uis.iter_mut().zip(row) {
                    let new = unplaced_row(ui, tokens, *number, *item, &items[*item].text, assignment, draft);
                    command = new.or(command.take());
                }
            });
        }
        command
    }

    fn keys(&self, keys: &KeyReader<'_>, draft: &Draft) -> Vec<StudyCommand> {
        digit_keys::keys(keys, draft)
    }

    /// Draws each bin of a Sort with the items that belong into it, and for a wrong one the bin that was chosen.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let Marks::Parts(marks) = &graded.verdict.marks else { return };
        let chosen = if let Response::Sort(of) = graded.response { of.as_slice() } else { &[] };
        let (bins, items) = (&self.bins, &self.items);
        let columns = bin_columns(ui, bins.len());
        for row in (0..bins.len()).collect::<Vec<_>>().chunks(columns) {
            ui.columns(columns, |uis| {
                for (ui, bin) in uis.iter_mut().zip(row) {
                    ui.label(TextSize::Body.strong(markdown::plain(&bins[*bin]), tokens.ink));
                    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.bin == *bin) {
                        let chosen = chosen.get(index).copied().flatten().and_then(|bin| bins.get(bin));
                        let is_right = marks.get(index).copied().unwrap_or(false);
                        let below = chosen.filter(|_| !is_right).map(|chosen| text::study::chosen(chosen));
                        feedback_row(ui, tokens, &item.text, below.as_deref(), chosen.is_some(), is_right);
                    }
                }
            });
        }
    }
}

fn bin_box(
    ui: &mut Ui,
    tokens: &Tokens,
    bin: usize,
    name: &str,
    items: &[TaskSortItem],
    assignment: &Assignment,
    draft: &Draft,
) -> Option<StudyCommand> {
    let mut command = None;
    let hovered_by_drag = egui::DragAndDrop::has_payload_of_type::<DraggedItem>(ui.ctx());
    let inner = Frame::new()
        .fill(tokens.soft)
        .stroke(Stroke::new(1.0, if hovered_by_drag { tokens.accent } else { tokens.soft }))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(120.0);
            if bin_label(ui, tokens, name, bin)
                && let Some(held) = assignment.held
            {
                command = changed(draft, |assignment| assignment.assign(held, bin));
            }
            for item in assignment.items_in(bin) {
                let Some(text) = items.get(item).map(|item| item.text.as_str()) else { continue };
                let id = ui.scope_id().with(("in bin", item));
                let row = SelectableRow::new(text).compact().tone(Tone::Plain).draggable(id);
                let response = row.show(ui, tokens).on_hover_text(text::study::TAKE_OUT);
                drag(&response, tokens, item, text);
                if response.clicked() {
                    command = changed(draft, |assignment| assignment.pick_up(item));
                }
            }
        });
    drop_item(&inner.response, draft, bin).or(command)
}

/// Draws name and number of a bin. Returns whether it was clicked.
fn bin_label(ui: &mut Ui, tokens: &Tokens, name: &str, bin: usize) -> bool {
    let cap = Keycap::new(ui, bin + 1);
    let mut job = markdown::inline(name, TextSize::Body, true, tokens.ink, tokens);
    job.wrap.max_width = ui.available_width() - cap.size().x - 12.0;
    let galley = ui.painter().layout_job(job);
    let size = vec2(ui.available_width(), galley.size().y.max(28.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = text::study::group(bin + 1, &markdown::plain(name));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    focus_ring(ui, &response, rect, 4, tokens);
    let text_at = egui::pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, tokens.ink);
    let cap_at = egui::pos2(rect.right() - cap.size().x, rect.top() + 5.0);
    cap.paint(ui, cap_at, tokens.muted, tokens.line, tokens.card);
    response.clicked()
}

fn unplaced_row(
    ui: &mut Ui,
    tokens: &Tokens,
    number: usize,
    item: usize,
    text: &str,
    assignment: &Assignment,
    draft: &Draft,
) -> Option<StudyCommand> {
    let id = ui.scope_id().with(("waiting", item));
    let mut row = SelectableRow::new(text).key(number + 1).compact().draggable(id);
    if assignment.held == Some(item) {
        row = row.tone(Tone::Picked);
    }
    let response = row.show(ui, tokens);
    drag(&response, tokens, item, text);
    response.clicked().then(|| changed(draft, |assignment| assignment.held = Some(item))).flatten()
}

/// How many bins stand side by side.
fn bin_columns(ui: &Ui, bins: usize) -> usize {
    if ui.available_width() < 420.0 { 1 } else { bins.clamp(1, 4) }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut SortFields, is_invalid: bool) {
    let filled =
        |bins: &[BinForm]| bins.iter().rposition(|bin| *bin != BinForm::default()).map_or(0, |last| last + 1);
    let bins = &mut fields.bins;
    bins.resize(filled(bins).max(1) + 1, BinForm::default());
    for (index, bin) in bins.iter_mut().enumerate() {
        let name = text::editor::group(index + 1);
        TextField::new(field_id("bin", index), &name)
            .hint_text(text::editor::GROUP_NAME)
            .invalid(is_invalid && index < 2)
            .show(ui, tokens, &mut bin.name);
        if !bin.name.trim().is_empty() || !bin.items.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(20.0);
                ui.vertical(|ui| {
                    let id = format!("items of {index}");
                    text_list(ui, tokens, (&id, text::editor::GROUP_ITEMS), &mut bin.items, false);
                });
            });
        }
        ui.add_space(4.0);
    }
    // The empty row that was added above is no change of the form.
    bins.truncate(filled(bins));
}
