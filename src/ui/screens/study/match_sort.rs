//! Match and Sort: items are put into targets, by click, by digit keys or by dragging. The targets are the partners of
//! a Match and the bins of a Sort.

use eframe::egui::{self, CornerRadius, Frame, Margin, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::Command;
use crate::app::draft::{Assignment, Draft};
use crate::app::study::StudyCommand;
use crate::domain::grade::{Marks, Verdict};
use crate::domain::task::{Response, TaskSortItem};
use crate::ui::icons;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::keycap::Keycap;
use crate::ui::widgets::markdown;
use crate::ui::widgets::row::{SelectableRow, Tone};

/// What a drag carries: the index of the item.
#[derive(Clone, Copy)]
struct DraggedItem(usize);

/// Draws the bins of a Sort with the items in them, and below them the items that are in no bin yet.
pub fn sort_input(
    ui: &mut Ui,
    tokens: &Tokens,
    bins: &[String],
    items: &[TaskSortItem],
    draft: &Draft,
) -> Option<Command> {
    let Draft::Sort(assignment) = draft else { return None };
    let mut command = None;
    let columns = bin_columns(ui, bins.len());
    for row in (0..bins.len()).collect::<Vec<_>>().chunks(columns) {
        ui.columns(columns, |uis| {
            for (ui, bin) in uis.iter_mut().zip(row) {
                command = bin_box(ui, tokens, *bin, &bins[*bin], items, assignment, draft).or(command.take());
            }
        });
    }
    ui.add_space(4.0);
    let unplaced = assignment.unassigned();
    if unplaced.is_empty() {
        ui.label(
            TextSize::Caption
                .text("Everything is in a bin. Check, or click an item to take it out.", tokens.muted),
        );
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

fn bin_box(
    ui: &mut Ui,
    tokens: &Tokens,
    bin: usize,
    name: &str,
    items: &[TaskSortItem],
    assignment: &Assignment,
    draft: &Draft,
) -> Option<Command> {
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
                command = draft
                    .with_assignment(|assignment| assignment.assign(held, bin))
                    .map(StudyCommand::SetDraft)
                    .map(Command::Study);
            }
            for item in assignment.items_in(bin) {
                let Some(text) = items.get(item).map(|item| item.text.as_str()) else { continue };
                let id = ui.scope_id().with(("in bin", item));
                let row = SelectableRow::new(text).compact().tone(Tone::Plain).draggable(id);
                let response = row.show(ui, tokens).on_hover_text("Click to take it out");
                response.dnd_set_drag_payload(DraggedItem(item));
                drag_ghost(&response, tokens, text);
                if response.clicked() {
                    command = draft
                        .with_assignment(|assignment| pick_up(assignment, item))
                        .map(StudyCommand::SetDraft)
                        .map(Command::Study);
                }
            }
        });
    if let Some(dragged) = inner.response.dnd_release_payload::<DraggedItem>() {
        command = draft
            .with_assignment(|assignment| assignment.assign(dragged.0, bin))
            .map(StudyCommand::SetDraft)
            .map(Command::Study);
    }
    command
}

/// Draws name and number of a bin. Returns whether it was clicked.
fn bin_label(ui: &mut Ui, tokens: &Tokens, name: &str, bin: usize) -> bool {
    let cap = Keycap::new(ui, &(bin + 1).to_string());
    let mut job = markdown::inline(name, TextSize::Body, true, tokens.ink, tokens);
    job.wrap.max_width = ui.available_width() - cap.size().x - 12.0;
    let galley = ui.painter().layout_job(job);
    let size = vec2(ui.available_width(), galley.size().y.max(28.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = format!("Bin {}: {}", bin + 1, markdown::plain(name));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    focus_ring(ui, &response, rect, 4, tokens);
    let text_at = egui::pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, tokens.ink);
    cap.paint(
        ui,
        egui::pos2(rect.right() - cap.size().x, rect.top() + 5.0),
        tokens.muted,
        tokens.line,
        tokens.card,
    );
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
) -> Option<Command> {
    let id = ui.scope_id().with(("waiting", item));
    let mut row = SelectableRow::new(text).key(number + 1).compact().draggable(id);
    if assignment.held == Some(item) {
        row = row.tone(Tone::Picked);
    }
    let response = row.show(ui, tokens);
    response.dnd_set_drag_payload(DraggedItem(item));
    drag_ghost(&response, tokens, text);
    response
        .clicked()
        .then(|| draft.with_assignment(|assignment| assignment.held = Some(item)))
        .flatten()
        .map(StudyCommand::SetDraft)
        .map(Command::Study)
}

fn pick_up(assignment: &mut Assignment, item: usize) {
    assignment.unassign(item);
    assignment.held = Some(item);
}

/// Draws the dragged item at the pointer.
fn drag_ghost(response: &egui::Response, tokens: &Tokens, text: &str) {
    if !response.dragged() {
        return;
    }
    let Some(pointer) = response.ctx.pointer_interact_pos() else { return };
    response.ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
    let layer = egui::LayerId::new(egui::Order::Tooltip, response.id.with("ghost"));
    let painter = response.ctx.layer_painter(layer);
    let job = markdown::inline(text, TextSize::Body, false, tokens.ink, tokens);
    let galley = painter.layout_job(job);
    let rect = egui::Rect::from_min_size(pointer + vec2(8.0, 8.0), galley.size() + vec2(24.0, 16.0));
    let line = Stroke::new(1.0, tokens.accent);
    painter.rect(rect, CornerRadius::same(CARD_RADIUS), tokens.accent_fill, line, egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(12.0, 8.0), galley, tokens.ink);
}

/// Draws the two columns of a Match: the items at the left, their possible partners at the right.
pub fn match_input(
    ui: &mut Ui,
    tokens: &Tokens,
    lefts: &[String],
    rights: &[String],
    draft: &Draft,
) -> Option<Command> {
    let Draft::Match(assignment) = draft else { return None };
    let mut command = None;
    let unplaced = assignment.unassigned();
    ui.columns(2, |uis| {
        let ui = &mut uis[0];
        for (left, text) in lefts.iter().enumerate() {
            let partner = assignment.target_of.get(left).copied().flatten();
            let id = ui.scope_id().with(("left", left));
            let mut row = SelectableRow::new(text).compact().draggable(id);
            let below = partner.and_then(|right| rights.get(right)).map(|right| format!("→ {right}"));
            row = match unplaced.iter().position(|thing| *thing == left) {
                Some(number) => row.key(number + 1),
                // No check mark: it would say that the pair is right.
                None => row,
            };
            if assignment.held == Some(left) {
                row = row.tone(Tone::Picked);
            }
            let response = row.below(below.as_deref()).show(ui, tokens);
            response.dnd_set_drag_payload(DraggedItem(left));
            drag_ghost(&response, tokens, text);
            if response.clicked() {
                command = draft
                    .with_assignment(|assignment| pick_up(assignment, left))
                    .map(StudyCommand::SetDraft)
                    .map(Command::Study);
            }
        }
        let ui = &mut uis[1];
        for (right, text) in rights.iter().enumerate() {
            let is_taken = assignment.target_of.contains(&Some(right));
            let mut row = SelectableRow::new(text).key(right + 1).compact();
            if is_taken {
                row = row.trailing("paired").tone(Tone::Plain);
            }
            let response = row.show(ui, tokens);
            if response.clicked()
                && let Some(held) = assignment.held
            {
                command = draft
                    .with_assignment(|assignment| assignment.assign(held, right))
                    .map(StudyCommand::SetDraft)
                    .map(Command::Study);
            }
            if let Some(dragged) = response.dnd_release_payload::<DraggedItem>() {
                command = draft
                    .with_assignment(|assignment| assignment.assign(dragged.0, right))
                    .map(StudyCommand::SetDraft)
                    .map(Command::Study);
            }
        }
    });
    command
}

/// Draws each item of a Match with its right partner, and the partner that was chosen if it was another.
/// `right_of` gives the index of the right partner for each item.
pub fn match_feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    lefts: &[String],
    rights: &[String],
    right_of: &[usize],
    verdict: &Verdict,
    response: &Response,
) {
    let Marks::Parts(marks) = &verdict.marks else { return };
    for (left, text) in lefts.iter().enumerate() {
        let answer = right_of.get(left).and_then(|right| rights.get(right.to_owned()));
        let answer = answer.map(String::as_str).unwrap_or_default();
        let chosen = match response {
            Response::Match(of) => of.get(left).copied().flatten().and_then(|right| rights.get(right)),
            _ => None,
        };
        let is_right = marks.get(left).copied().unwrap_or(false);
        let below = match chosen {
            Some(chosen) if !is_right => format!("{answer} (you chose: {chosen})"),
            _ => answer.to_owned(),
        };
        feedback_row(ui, tokens, text, Some(&below), chosen.is_some(), is_right);
    }
}

/// Draws each bin of a Sort with the items that belong into it, and for a wrong one the bin that was chosen.
pub fn sort_feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    bins: &[String],
    items: &[TaskSortItem],
    verdict: &Verdict,
    response: &Response,
) {
    let Marks::Parts(marks) = &verdict.marks else { return };
    let columns = bin_columns(ui, bins.len());
    for row in (0..bins.len()).collect::<Vec<_>>().chunks(columns) {
        ui.columns(columns, |uis| {
            for (ui, bin) in uis.iter_mut().zip(row) {
                ui.label(TextSize::Body.strong(markdown::plain(&bins[*bin]), tokens.ink));
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.bin == *bin) {
                    let chosen = match response {
                        Response::Sort(of) => of.get(index).copied().flatten().and_then(|bin| bins.get(bin)),
                        _ => None,
                    };
                    let is_right = marks.get(index).copied().unwrap_or(false);
                    let below =
                        chosen.filter(|_| !is_right).map(|chosen| format!("you put it under {chosen}"));
                    feedback_row(ui, tokens, &item.text, below.as_deref(), chosen.is_some(), is_right);
                }
            }
        });
    }
}

fn feedback_row(
    ui: &mut Ui,
    tokens: &Tokens,
    text: &str,
    below: Option<&str>,
    is_answered: bool,
    is_right: bool,
) {
    let row = SelectableRow::new(text).compact().below(below).outlined().display_only();
    match (is_right, is_answered) {
        (true, _) => row.icon(icons::CHECK).tone(Tone::Right).spoken_status("right"),
        (false, true) => row.icon(icons::CROSS).tone(Tone::Wrong).spoken_status("wrong"),
        (false, false) => row.icon(icons::INFO).tone(Tone::Partly).spoken_status("not answered"),
    }
    .show(ui, tokens);
}

/// How many bins stand side by side.
fn bin_columns(ui: &Ui, bins: usize) -> usize {
    if ui.available_width() < 420.0 { 1 } else { bins.clamp(1, 4) }
}
