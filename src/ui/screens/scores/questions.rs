//! The cards of a topic, weakest first, and what the learner confused.

use eframe::egui::{self, Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::columns::PAD;
use super::{row_id, table};
use crate::app::Command;
use crate::app::scores::{ScoresCommand, ScoresPage, TopicDetail};
use crate::domain::deck::Deck;
use crate::domain::ids::Facet;
use crate::domain::question::Question;
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::weakness::CardScore;
use crate::text::{self, words};
use crate::ui::screens::decks::{prompt_of, prompt_with_gaps};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::row_highlight;
use crate::ui::widgets::column;
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::list::List;

const ROW_HEIGHT: f32 = 42.0;
/// Widths of the columns at the right, in points.
const RECALL_WIDTH: f32 = 84.0;
const BAR_WIDTH: f32 = 120.0;
const ACCURACY_WIDTH: f32 = 104.0;
const LAPSES_WIDTH: f32 = 88.0;
/// How many confusions are shown.
const MAX_CONFUSIONS: usize = 12;

/// Widths of the optional columns, in points. 0 for a column without room.
struct CardColumns {
    bar: f32,
    accuracy: f32,
    lapses: f32,
}

impl CardColumns {
    fn for_width(width: f32) -> Self {
        let when = |from: f32, points: f32| if width >= from { points } else { 0.0 };
        Self {
            bar: when(560.0, BAR_WIDTH),
            accuracy: when(420.0, ACCURACY_WIDTH),
            lapses: when(680.0, LAPSES_WIDTH),
        }
    }
}

/// Draws a row for each card of the topic. A click edits its question.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    deck: &Deck,
    page: &ScoresPage,
    detail: &TopicDetail,
) -> Option<Command> {
    let columns = CardColumns::for_width(ui.available_width());
    let mut command = None;
    let id = |index| row_id(page, index);
    let list = List { header: 0.0, row: ROW_HEIGHT, footer: 0.0, rows: detail.cards.len() };
    list.show(ui, tokens, id, |ui, index, rect| {
        let card = &detail.cards[index];
        let Some(question) = deck.questions.get(card.question) else { return };
        let prompt = prompt_of_card(question, &card.key.facet);
        let inside = rect.shrink2(vec2(1.0, 0.0));
        if index > 0 {
            ui.painter().hline(inside.x_range(), rect.top(), Stroke::new(1.0, tokens.line));
        }
        let response = ui.interact(rect, id(index), Sense::click());
        let label = format!("{prompt}: {}", text::scores::card(card));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        row_highlight(ui, &response, rect, tokens);
        cells(ui, tokens, &columns, rect, &prompt, card);
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_ui(|ui| {
            ui.label(TextSize::Body.text(&prompt, tokens.ink));
            ui.label(TextSize::Caption.text(words::capitalised(&text::scores::card(card)), tokens.muted));
        });
        if response.clicked() {
            let edit = ScoresCommand::EditQuestion(deck.id.clone(), question.id.clone());
            command = Some(Command::Scores(edit));
        }
    });
    command
}

/// The prompt of a card on one line. Only the gaps that this card asks are in brackets.
fn prompt_of_card(question: &Question, facet: &Facet) -> String {
    match facet {
        Facet::Reverse => text::scores::reversed(&prompt_of(question)),
        Facet::Front | Facet::Gap(_) => prompt_with_gaps(question, |gap| gap.facet() == *facet),
    }
}

fn cells(ui: &Ui, tokens: &Tokens, columns: &CardColumns, rect: Rect, prompt: &str, card: &CardScore) {
    let body = TextSize::Body.regular();
    let mut right = rect.right() - PAD;
    let mut take = |points: f32| {
        right -= points;
        Rect::from_min_size(pos2(right, rect.top()), vec2(points, rect.height()))
    };
    let write = |cell: Rect, text: String| {
        let font = TextSize::Caption.regular();
        ui.painter().text(cell.right_center(), Align2::RIGHT_CENTER, text, font, tokens.muted);
    };
    if columns.lapses > 0.0 {
        let cell = take(columns.lapses);
        if card.suspended {
            write(cell, text::scores::SUSPENDED.to_owned());
        } else if card.lapses > 0 {
            write(cell, text::scores::lapses(card.lapses));
        }
    }
    if columns.accuracy > 0.0 {
        let cell = take(columns.accuracy);
        write(cell, text::scores::card_accuracy(&card.accuracy));
    }
    let recall = take(RECALL_WIDTH + columns.bar);
    let ink = if card.suspended { tokens.muted } else { tokens.ink };
    match card.knowledge_level() {
        KnowledgeLevel::Unseen => write(recall, text::scores::NEW.to_owned()),
        KnowledgeLevel::Learning => write(recall, text::scores::BEING_LEARNED.to_owned()),
        level => {
            table::recall_cell(ui, tokens, recall, columns.bar - 24.0, (card.recall, level), body.clone());
        }
    }
    let galley = truncated(ui, prompt, body, ink, (right - rect.left() - 2.0 * PAD).max(20.0));
    ui.painter().galley(pos2(rect.left() + PAD, rect.center().y - galley.size().y / 2.0), galley, ink);
}

/// Draws which wrong answers were given for which right ones, the most frequent first.
pub fn confusions(ui: &mut Ui, tokens: &Tokens, deck: &Deck, detail: &TopicDetail) {
    let confusions = &detail.confusions;
    column::card(ui, tokens, egui::Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, confusion) in confusions.iter().take(MAX_CONFUSIONS).enumerate() {
            if index > 0 {
                column::hairline(ui, tokens);
            }
            let prompt = deck.questions.get(confusion.question).map(|it| prompt_of(it)).unwrap_or_default();
            let below = match confusion.part.as_str() {
                "" => prompt,
                part => format!("{part} · {prompt}"),
            };
            egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(TextSize::Body.text(text::scores::confusion(confusion), tokens.ink));
                ui.add(egui::Label::new(TextSize::Caption.text(below, tokens.muted)).truncate());
            });
        }
    });
    if confusions.len() > MAX_CONFUSIONS {
        let more = text::scores::rarer_confusions(confusions.len() - MAX_CONFUSIONS);
        ui.label(TextSize::Caption.text(more, tokens.muted));
    }
}
