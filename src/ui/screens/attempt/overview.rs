//! The overview of a test: all its questions at once, and the button that hands it in.

use eframe::egui::{
    self, Context, CornerRadius, Id, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use crate::app::Command;
use crate::app::attempt::{ActiveAttempt, AnswerStatus, TestCommand};
use crate::text::{self, words};
use crate::ui::theme::{BUTTON_RADIUS, COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, focus_ring};
use crate::ui::widgets::column;

/// Size of a question's button, in points.
const CELL_SIZE: Vec2 = vec2(52.0, 44.0);
/// Space between two buttons, in points.
const GAP: f32 = 8.0;

/// Draws the overview. It tells which questions are unanswered, because nothing can be changed after handing in.
pub fn show(ui: &mut Ui, tokens: &Tokens, active: &ActiveAttempt) -> Option<Command> {
    let top = column::top_space(ui, 56.0);
    column::centred(ui, "overview", COLUMN_WIDTH, top, |ui| {
        let (unfinished, flagged, total) =
            (active.unfinished_items(), active.flagged_items(), active.test.items.len());
        let answered = total - unfinished.len();
        ui.label(TextSize::Title.strong(text::attempt::answered(answered, total), tokens.ink));
        let message = text::attempt::before_handing_in(&unfinished, &flagged);
        ui.add(egui::Label::new(TextSize::Body.text(message, tokens.muted)).wrap());
        ui.add_space(12.0);
        let mut command = grid(ui, tokens, active);
        ui.add_space(20.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
            let back = text::attempt::back_to_question(active.current_item() + 1);
            let (back_weight, in_weight) = match unfinished.is_empty() {
                true => (ButtonStyle::Secondary, ButtonStyle::Primary),
                false => (ButtonStyle::Primary, ButtonStyle::Secondary),
            };
            if Button::command(&Command::Test(TestCommand::HandIn), in_weight).show(ui, tokens).clicked() {
                command = Some(TestCommand::HandIn);
            }
            if Button::new(&back, back_weight)
                .key(Command::Test(TestCommand::ShowOverview(false)).key())
                .show(ui, tokens)
                .clicked()
            {
                command = Some(TestCommand::ShowOverview(false));
            }
        });
        command.map(Command::Test)
    })
}

/// The id of the button of an item. `item` counts from 0.
pub fn cell_id(item: usize) -> Id {
    Id::unique(("question of a test", item))
}

/// How many buttons stood side by side when the overview was drawn last, for the arrow keys. 1 before that.
pub fn column_count(ctx: &Context) -> usize {
    ctx.data(|data| data.get_temp(column_count_id())).unwrap_or(1)
}

fn column_count_id() -> Id {
    Id::unique("columns of a test's overview")
}

fn grid(ui: &mut Ui, tokens: &Tokens, active: &ActiveAttempt) -> Option<TestCommand> {
    let mut command = None;
    let columns = ((ui.available_width() + GAP) / (CELL_SIZE.x + GAP)).floor().max(1.0) as usize;
    ui.data_mut(|data| data.insert_temp(column_count_id(), columns));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        for (item, item_state) in active.attempt.items().iter().enumerate() {
            if cell(
                ui,
                tokens,
                item,
                active.answer_status(item),
                item_state.flagged,
                item == active.current_item(),
            ) {
                command = Some(TestCommand::ShowItem(item));
            }
        }
    });
    ui.add_space(4.0);
    ui.add(egui::Label::new(TextSize::Caption.text(text::attempt::OVERVIEW_LEGEND, tokens.muted)).wrap());
    command
}

fn cell(
    ui: &mut Ui,
    tokens: &Tokens,
    item: usize,
    status: AnswerStatus,
    is_flagged: bool,
    is_current: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(CELL_SIZE, Sense::hover());
    let response = ui.interact(rect, cell_id(item), Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let state = match status {
        AnswerStatus::Unanswered => text::study::NOT_ANSWERED,
        AnswerStatus::Unfinished => text::attempt::STATE_UNFINISHED,
        AnswerStatus::Answered => text::attempt::STATE_ANSWERED,
    };
    let label = text::attempt::overview_item(item + 1, state, is_flagged);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, &label));
    let fill = match status {
        AnswerStatus::Answered => tokens.accent_fill,
        AnswerStatus::Unfinished => tokens.partly_fill,
        AnswerStatus::Unanswered => tokens.card,
    };
    let line = match (is_current, status) {
        (true, _) => Stroke::new(2.0, tokens.accent),
        (false, AnswerStatus::Answered) => Stroke::new(1.0, tokens.accent_fill),
        (false, _) => Stroke::new(1.0, tokens.line),
    };
    let fill = if response.hovered() { tokens.soft } else { fill };
    ui.painter().rect(rect, CornerRadius::same(BUTTON_RADIUS), fill, line, StrokeKind::Inside);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let ink = if status == AnswerStatus::Unanswered { tokens.muted } else { tokens.ink };
    let number = ui.painter().layout_no_wrap((item + 1).to_string(), TextSize::Body.semibold(), ink);
    ui.painter().galley(rect.center() - number.size() / 2.0, number, ink);
    if is_flagged {
        let at = rect.right_top() + vec2(-9.0, 9.0);
        ui.painter().circle_filled(at, 4.0, tokens.partly);
    }
    response.on_hover_text(words::capitalised(&label)).clicked()
}
