//! Cloze: fill in the gaps of a text. A text field stands in the place of each.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, CornerRadius, Frame, Label, Margin, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::{GradedAnswer, InputContext, Presentation, TaskView, answer_id};
use crate::app::draft::Draft;
use crate::app::kind::ClozeFields;
use crate::app::study::StudyCommand;
use crate::domain::grade::{GapMark, Marks};
use crate::domain::task::{ClozeTask, TaskPiece};
use crate::domain::typed_feedback::{TypedFeedback, for_gaps};
use crate::formats::markdown::without_images;
use crate::text;
use crate::ui::icons;
use crate::ui::screens::decks::fields::check_box;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::{letter_diff, markdown};

/// Height of a line with fields, in points.
const LINE_HEIGHT: f32 = 40.0;
/// Horizontal padding and border of a field together, in points.
const FRAME_WIDTH: f32 = 18.0;
/// Width of the space between words, in points.
const SPACE_WIDTH: f32 = 5.0;

impl TaskView for ClozeTask {
    fn presentation(&self) -> &'static Presentation {
        &Presentation { key_help: Some(text::study::CLOZE_KEYS), draws_prompt: true, ..Presentation::PLAIN }
    }

    /// Draws the text with a field in the place of each gap.
    fn input(&self, ui: &mut Ui, tokens: &Tokens, context: &InputContext<'_>) -> Option<StudyCommand> {
        let card = context.card;
        let Draft::Cloze(texts) = &card.draft else { return None };
        let mut new = texts.clone();
        wrapped_line(ui, &without_images(&card.task.prompt), |ui| {
            let mut gap = 0;
            for piece in &self.pieces {
                match piece {
                    TaskPiece::Text(text) => word_by_word(ui, tokens, &without_images(text)),
                    TaskPiece::Gap { answer, hint } => {
                        let Some(text) = new.get_mut(gap) else { continue };
                        let id = answer_id(card, gap);
                        let longest =
                            answer.accepted.iter().map(|each| each.chars().count()).max().unwrap_or(8);
                        // Wide enough for every accepted answer. Rounded up, so that the width gives little away.
                        let width = ((longest.div_ceil(8) * 8) as f32 * 12.0)
                            .max(110.0)
                            .min(ui.max_rect().width() - 24.0)
                            .max(40.0);
                        let line = if ui.memory(|memory| memory.has_focus(id)) {
                            tokens.accent
                        } else {
                            tokens.line
                        };
                        let hint = hint.as_deref().unwrap_or("");
                        // A frame does not wrap by itself: it would be squeezed into the rest of the line.
                        if ui.available_size_before_wrap().x < width + FRAME_WIDTH {
                            ui.end_row();
                        }
                        Frame::new()
                            .fill(tokens.card)
                            .stroke(Stroke::new(1.0, line))
                            .corner_radius(CornerRadius::same(6))
                            .inner_margin(Margin::symmetric(8, 4))
                            .show(ui, |ui| {
                                let field = TextEdit::singleline(text)
                                    .id(id)
                                    .font(TextSize::Lead.regular())
                                    .frame(Frame::NONE)
                                    .hint_text(egui::RichText::new(hint).color(tokens.muted))
                                    .desired_width(width)
                                    .min_size(vec2(0.0, TextSize::Lead.line_height()))
                                    .align(egui::Align2::LEFT_CENTER)
                                    .char_limit(500);
                                let response = ui.add(field);
                                let name = text::study::gap(gap + 1, hint);
                                ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
                            });
                        gap += 1;
                    }
                }
            }
        });
        (new != *texts).then_some(StudyCommand::SetDraft(Draft::Cloze(new)))
    }

    /// Draws the text with what was typed into each gap, and the right answers.
    fn feedback(&self, ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>) {
        let Marks::Cloze(marks) = &graded.verdict.marks else { return };
        let card = graded.card;
        let texts = for_gaps(&card.task.form, marks);
        wrapped_line(ui, &without_images(&card.task.prompt), |ui| {
            let mut gap = 0;
            for piece in &self.pieces {
                match piece {
                    TaskPiece::Text(text) => word_by_word(ui, tokens, &without_images(text)),
                    TaskPiece::Gap { .. } => {
                        if let Some((mark, texts)) = marks.get(gap).zip(texts.get(gap)) {
                            gap_feedback(ui, tokens, mark, texts, graded.gave_up());
                        }
                        gap += 1;
                    }
                }
            }
        });
        for (gap, texts) in texts.iter().enumerate() {
            if let Some(others) = texts.others_text(&card.question().answer) {
                let of_gap = (marks.len() > 1).then_some(gap + 1);
                let line = TextSize::Caption.text(text::study::also_accepted(of_gap, &others), tokens.muted);
                ui.add(Label::new(line).wrap());
            }
        }
        ui.add_space(4.0);
    }
}

/// A gap after the answer: what was typed, and the right answer behind it.
fn gap_feedback(ui: &mut Ui, tokens: &Tokens, mark: &GapMark, texts: &TypedFeedback<'_>, gave_up: bool) {
    let (fill, ink, icon) = if mark.score >= 1.0 {
        (tokens.right_fill, tokens.right, icons::CHECK)
    } else if mark.almost {
        (tokens.partly_fill, tokens.partly, icons::PARTLY)
    } else if gave_up {
        (tokens.soft, tokens.muted, icons::INFO)
    } else {
        (tokens.wrong_fill, tokens.wrong, icons::CROSS)
    };
    // One galley for all of it: a frame at the end of a line would become narrow and very high.
    let muted =
        TextFormat { font_id: TextSize::Lead.regular(), color: tokens.muted, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(
        format!("{icon} "),
        TextFormat { font_id: TextSize::Lead.regular(), color: ink, ..TextFormat::default() },
    );
    if !gave_up && !texts.typed.is_empty() && !texts.is_main {
        letter_diff::append(&mut job, &texts.typed, TextSize::Lead, false, ink, tokens);
        job.append(" → ", 0.0, muted.clone());
    }
    if let Some(nearest) = texts.nearest {
        letter_diff::append(&mut job, nearest, TextSize::Lead, false, tokens.right, tokens);
        job.append(" · ", 0.0, muted);
    }
    letter_diff::append(&mut job, &texts.main, TextSize::Lead, true, tokens.right, tokens);
    job.wrap.max_width = (ui.max_rect().width() - 24.0).max(40.0);
    let galley = ui.painter().layout_job(job);
    if galley.size().x + 18.0 > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, ink))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(8, 4))
        .show(ui, |ui| ui.add(Label::new(galley)));
}

/// Words and fields on lines that wrap. Screen readers get `label` as one text instead of single words.
fn wrapped_line(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    let (_, response) = ui.allocate_exact_size(vec2(1.0, 0.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 4.0);
        ui.spacing_mut().interact_size.y = LINE_HEIGHT;
        ui.horizontal_wrapped(add);
    });
    ui.add_space(8.0);
}

/// Draws text word by word, so that a line can break between any two words, and words are level with the fields.
fn word_by_word(ui: &mut Ui, tokens: &Tokens, text: &str) {
    for word in text.split_inclusive(char::is_whitespace) {
        // Markdown drops a space at the end, so it is added as a width.
        let ends_in_space = word.ends_with(char::is_whitespace);
        let word = word.trim();
        let mut job = markdown::inline(word, TextSize::Lead, true, tokens.ink, tokens);
        job.wrap.max_width = f32::INFINITY;
        let galley = ui.painter().layout_job(job);
        let width = galley.size().x + if ends_in_space { SPACE_WIDTH } else { 0.0 };
        let (rect, _) = ui.allocate_exact_size(vec2(width, LINE_HEIGHT), Sense::hover());
        let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, tokens.ink);
    }
}

pub(super) fn form_fields(ui: &mut Ui, tokens: &Tokens, fields: &mut ClozeFields, prompt: &str) {
    ui.add(Label::new(TextSize::Caption.text(text::editor::CLOZE_HELP, tokens.muted)).wrap());
    if fields.any_order || prompt.matches("{{").count() > 1 {
        check_box(ui, tokens, text::editor::ANY_ORDER, &mut fields.any_order);
    }
}
