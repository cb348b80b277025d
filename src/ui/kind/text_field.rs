//! Answers that are typed into text fields: Typed, Number, Date, the gaps of a Cloze, and in a test Recall too.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align2, Context, CornerRadius, FocusDirection, Frame, Id, Key, Label, Margin, Modifiers, RichText,
    Stroke, TextEdit, Ui, vec2,
};

use super::{GradedAnswer, Headline, InputContext, Presentation};
use crate::app::draft::Draft;
use crate::app::study::{ActiveCard, StudyCommand};
use crate::domain::grade::Correctness;
use crate::domain::task::Response;
use crate::text;
use crate::ui::keys::KeyReader;
use crate::ui::screens::study::verdict::{self, verdict_color};
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::{column, letter_diff, markdown};

/// That of the kinds with one text field.
pub(super) const PRESENTATION: Presentation =
    Presentation { headline: Headline::InFrame, ..Presentation::PLAIN };

/// The id of the text field of a card. `gap` is the index of a gap in a Cloze, 0 for other kinds.
pub fn answer_id(card: &ActiveCard, gap: usize) -> Id {
    Id::unique(("answer", &card.key, card.shown_ms, gap))
}

/// The field that has the cursor, by its index.
fn field_with_cursor(ctx: &Context, card: &ActiveCard) -> Option<usize> {
    let focused = ctx.memory(|memory| memory.focused());
    (0..card.draft.texts().len()).find(|gap| focused == Some(answer_id(card, *gap)))
}

/// Whether the focused field of the answer has an edit of its own to undo.
pub fn can_undo_text(ctx: &Context, card: &ActiveCard) -> bool {
    let Some(gap) = field_with_cursor(ctx, card) else { return false };
    let text = &card.draft.texts()[gap];
    let Some(state) = TextEdit::load_state(ctx, answer_id(card, gap)) else { return false };
    let Some(range) = state.cursor.char_range() else { return !text.is_empty() };
    !text.is_empty() || state.undoer().has_undo(&(range, text.clone()))
}

/// The field that Tab moves the cursor to, in the same frame. egui's own Tab leaves the input method without a field
/// for a moment, which loses the first letter of the next word.
fn field_after_tab(keys: &KeyReader<'_>, card: &ActiveCard) -> Option<usize> {
    let here = field_with_cursor(keys.ctx, card)?;
    let is_back = keys.ctx.input(|input| input.modifiers.shift);
    let (modifiers, to) = match is_back {
        true => (Modifiers::SHIFT, here.checked_sub(1)),
        false => (Modifiers::NONE, Some(here + 1)),
    };
    // Out of the fields egui moves the focus.
    let to = to.filter(|to| *to < card.draft.texts().len())?;
    keys.consume(modifiers, Key::Tab).then(|| {
        // Otherwise egui moves the focus once more with the same key.
        keys.ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        to
    })
}

/// Tab and Enter in a typed answer: the field that they move the cursor to. Enter goes to the next empty one; where
/// there is none it is left, to check the answer.
pub fn next_field(keys: &KeyReader<'_>, card: &ActiveCard) -> Option<usize> {
    let after_tab = field_after_tab(keys, card);
    let texts = card.draft.texts();
    let here = field_with_cursor(keys.ctx, card);
    let after = here.map_or(0, |here| here + 1);
    let empty = (after..texts.len()).chain(0..after).find(|gap| texts[*gap].trim().is_empty());
    // Enter in an empty gap means that the learner does not know it: the answer is checked without it.
    let skips_gap = empty == here && card.draft.is_complete();
    empty.filter(|_| !skips_gap && keys.consume_plain_off_widget(Key::Enter)).or(after_tab)
}

/// Tab and Enter in a typed answer of a test: the field that they move the cursor to. In the last one Enter is left, to
/// go to the next question: nothing has to be checked, a test keeps the answer as far as it is typed.
pub fn next_field_in_attempt(keys: &KeyReader<'_>, card: &ActiveCard) -> Option<usize> {
    let after_tab = field_after_tab(keys, card);
    let next = field_with_cursor(keys.ctx, card).map(|here| here + 1);
    let next = next.filter(|next| *next < card.draft.texts().len());
    next.filter(|_| keys.consume_plain_off_widget(Key::Enter)).or(after_tab)
}

/// Draws the only text field of an answer, with the `unit` behind it. `hint` stands in it while it is empty. Draws
/// nothing if the draft has no such field.
pub(super) fn input(
    ui: &mut Ui,
    tokens: &Tokens,
    context: &InputContext<'_>,
    hint: &str,
    unit: Option<&str>,
) -> Option<StudyCommand> {
    let Draft::Typed(draft) = &context.card.draft else { return None };
    let mut text = draft.clone();
    let id = answer_id(context.card, 0);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let line = if focused { tokens.accent } else { tokens.line };
    column::outlined(ui, tokens, line, |ui| {
        ui.horizontal(|ui| {
            let unit_width = unit.map_or(0.0, |unit| unit.chars().count() as f32 * 11.0 + 16.0);
            let field = TextEdit::singleline(&mut text)
                .id(id)
                .font(TextSize::Prompt.regular())
                .frame(Frame::NONE)
                .hint_text(RichText::new(hint).color(tokens.muted))
                .desired_width(ui.available_width() - unit_width)
                .min_size(vec2(0.0, TextSize::Prompt.line_height()))
                .align(Align2::LEFT_CENTER)
                .char_limit(1000);
            let response = ui.add(field).labelled_by(context.caption);
            // The question as a description: the label alone would leave it out for screen readers.
            let prompt = markdown::plain(&context.card.task.prompt);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(prompt));
            if let Some(unit) = unit {
                ui.label(TextSize::Lead.text(unit, tokens.muted));
            }
        });
    });
    (text != *draft).then_some(StudyCommand::SetDraft(Draft::Typed(text)))
}

/// Draws a frame of the verdict's colour, in it the verdict in a few words, and what `add` draws.
pub(super) fn in_frame(ui: &mut Ui, tokens: &Tokens, graded: &GradedAnswer<'_>, add: impl FnOnce(&mut Ui)) {
    let fill = match graded.verdict.correctness() {
        Correctness::Right => tokens.right_fill,
        Correctness::Almost | Correctness::Partly => tokens.partly_fill,
        Correctness::Wrong => tokens.wrong_fill,
    };
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, verdict_color(graded.verdict, tokens)))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            verdict::headline(ui, tokens, graded.verdict);
            add(ui);
            verdict::note(ui, tokens, graded.verdict);
        });
}

/// Draws a typed number or date, then the right one, and within what others are right too.
pub(super) fn value_feedback(
    ui: &mut Ui,
    tokens: &Tokens,
    graded: &GradedAnswer<'_>,
    right: String,
    tolerance: Option<String>,
) {
    in_frame(ui, tokens, graded, |ui| {
        if let Response::Typed(text) = graded.response
            && text.trim() != right
        {
            let job = letter_diff::job(&[(text.trim().to_owned(), true)], TextSize::Lead, tokens.ink, tokens);
            answer_line(ui, tokens, job, &[Some(text::study::YOU_TYPED)]);
        }
        if !graded.verdict.headline.ends_with(&right) {
            let job = letter_diff::strong_job(&[(right, true)], TextSize::Lead, tokens.ink, tokens);
            answer_line(ui, tokens, job, &[tolerance.as_deref()]);
        }
    });
}

/// Draws a text with smaller texts behind it, on one baseline.
pub(super) fn answer_line(ui: &mut Ui, tokens: &Tokens, mut job: LayoutJob, behind: &[Option<&str>]) {
    let small = TextFormat {
        font_id: TextSize::Body.regular(),
        line_height: Some(TextSize::Lead.line_height()),
        color: tokens.muted,
        ..TextFormat::default()
    };
    for text in behind.iter().flatten() {
        job.append(&format!(" {text}"), 4.0, small.clone());
    }
    ui.add(Label::new(job).wrap());
}
