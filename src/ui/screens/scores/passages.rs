//! The source of a deck, each passage coloured by its recall today.

use std::sync::Arc;

use eframe::egui::{self, Align2, Color32, CornerRadius, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{heading, loading};
use crate::app::scores::{self, weakest_passage};
use crate::app::{App, Command, Shortcut};
use crate::domain::deck::{Deck, Source};
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::passages::PassageScore;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::{Button, focus_ring};

/// Width of the number at the left and of the recall at the right, in points.
const NUMBER_WIDTH: f32 = 62.0;
const RECALL_WIDTH: f32 = 128.0;
/// Space between the edge of a row and its text, in points.
const PAD: f32 = 12.0;

/// Draws the page of a deck's passages. Draws nothing if the deck is gone.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, deck: &Arc<str>) -> Option<Command> {
    let deck = &app.library().deck(deck)?.deck;
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut command = heading::breadcrumb(ui, tokens, &deck.title);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.label(TextSize::Title.strong(text::scores::BY_PASSAGE, tokens.ink));
        command = heading::source_chooser(ui, tokens, app, deck).or(command.take());
    });
    command = source_line(ui, tokens, deck).or(command);
    ui.add_space(12.0);
    let Some(passages) = app.scores().passages() else {
        loading(ui, tokens);
        return command;
    };
    let page = app.scores().page();
    command = rows(ui, tokens, passages, |index| super::row_id(page, index)).or(command);
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if let Some(weakest) = weakest_passage(passages) {
            let label = match weakest.score.recall_now() {
                Some(_) => text::scores::STUDY_WEAKEST_PASSAGE,
                None => text::scores::STUDY_FIRST_PASSAGE,
            };
            if Button::primary(label).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(scores::session_on(&weakest.cards).into());
            }
        }
        command = super::test_button(ui, tokens, app).or(command.take());
    });
    command
}

/// Draws author, publisher and date of the source, with the link to it.
fn source_line(ui: &mut Ui, tokens: &Tokens, deck: &Deck) -> Option<Command> {
    let source = deck.source.as_ref()?;
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.label(TextSize::Body.text(text::scores::BY_PASSAGE_HELP, tokens.muted));
        let text = source_text(source);
        match &source.url {
            Some(url) => {
                let link = Button::link(&text).icon(icons::EXTERNAL).show(ui, tokens);
                if link.on_hover_text(text::scores::open_source(&source.title)).clicked() {
                    command = Some(Command::OpenLink(url.clone()));
                }
            }
            None => drop(ui.label(TextSize::Caption.text(text, tokens.muted))),
        }
    });
    command
}

fn source_text(source: &Source) -> String {
    let published = source.published.as_ref().map(|text| match text.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        // A year or a month alone is shown as it is written.
        Err(_) => text.clone(),
    });
    let parts: Vec<String> =
        [source.author.clone(), source.publisher.clone(), published].into_iter().flatten().collect();
    if parts.is_empty() { source.title.clone() } else { parts.join(", ") }
}

/// How well a passage is known. `None` if no question cites it.
fn knowledge_level(passage: &PassageScore) -> Option<KnowledgeLevel> {
    (!passage.cards.is_empty()).then(|| passage.score.knowledge_level())
}

/// Colour of the edge, colour of the background, and the icon beside the recall. The icon is there so that nothing is
/// said by colour alone.
fn row_style(level: Option<KnowledgeLevel>, tokens: &Tokens) -> (Color32, Color32, Option<char>) {
    match level {
        Some(KnowledgeLevel::Known) => (tokens.right, tokens.right_fill, Some(icons::CHECK)),
        Some(KnowledgeLevel::Shaky) => (tokens.partly, tokens.partly_fill, Some(icons::PARTLY)),
        Some(KnowledgeLevel::Declining) => (tokens.wrong, tokens.wrong_fill, Some(icons::PROBLEM)),
        // Cards in their learning steps show neither success nor failure before the next day.
        Some(KnowledgeLevel::Learning | KnowledgeLevel::JustLearned) => (tokens.accent, tokens.card, None),
        Some(KnowledgeLevel::Unseen) | None => (tokens.line, tokens.card, None),
    }
}

/// Draws a row for each passage. A click studies it. `id` gives the id of a row by its index.
pub fn rows(
    ui: &mut Ui,
    tokens: &Tokens,
    passages: &[PassageScore],
    id: impl Fn(usize) -> Id,
) -> Option<Command> {
    let mut command = None;
    ui.spacing_mut().item_spacing.y = 8.0;
    for (index, passage) in passages.iter().enumerate() {
        if row(ui, tokens, passage, id(index)) && !passage.cards.is_empty() {
            command = Some(scores::session_on(&passage.cards).into());
        }
    }
    command
}

fn row(ui: &mut Ui, tokens: &Tokens, passage: &PassageScore, id: Id) -> bool {
    let level = knowledge_level(passage);
    let (edge, fill, icon) = row_style(level, tokens);
    let width = ui.available_width();
    let narrow = width < 420.0;
    let (number_width, recall_width) = if narrow { (44.0, 92.0) } else { (NUMBER_WIDTH, RECALL_WIDTH) };
    let text_width = (width - number_width - recall_width - PAD).max(60.0);
    let gist = ui.painter().layout(passage.gist.clone(), TextSize::Body.regular(), tokens.ink, text_width);
    let size = text::scores::passage_size(passage);
    let height = (gist.size().y + 2.0 * PAD).max(52.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let can_study = !passage.cards.is_empty();
    let response = ui.interact(rect, id, if can_study { Sense::click() } else { Sense::hover() });
    response.widget_info(|| {
        let role = if can_study { Role::Button } else { Role::Label };
        WidgetInfo::labeled(role, true, text::scores::passage(passage, level))
    });
    if !ui.is_rect_visible(rect) && !response.has_focus() {
        return false;
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let radius = CornerRadius::same(CARD_RADIUS);
    // The background leaves a strip of the edge's colour at the left.
    let left = Rect::from_min_max(rect.min, pos2(rect.left() + 24.0, rect.bottom()));
    let left_radius = CornerRadius { ne: 0, se: 0, ..radius };
    ui.painter().rect_filled(left, left_radius, edge);
    let inner = Rect::from_min_max(rect.min + vec2(4.0, 0.0), rect.max);
    ui.painter().rect_filled(inner, radius, fill);
    if response.hovered() && can_study {
        ui.painter().rect_filled(inner, radius, tokens.accent.gamma_multiply(0.06));
    }
    if icon.is_none() {
        let line = egui::Stroke::new(1.0, tokens.line);
        ui.painter().rect_stroke(rect, radius, line, egui::StrokeKind::Inside);
    }
    focus_ring(ui, &response, rect, CARD_RADIUS, tokens);
    let middle = rect.center().y;
    let number = format!("¶{}", passage.number);
    let at = pos2(rect.left() + 20.0, middle);
    ui.painter().text(at, Align2::LEFT_CENTER, number, TextSize::Caption.regular(), tokens.muted);
    let at = pos2(rect.left() + number_width, middle - gist.size().y / 2.0);
    ui.painter().galley(at, gist, tokens.ink);
    let right = rect.right() - 16.0;
    let below = |text: String, y: f32| {
        let font = TextSize::Caption.regular();
        ui.painter().text(pos2(right, y), Align2::RIGHT_CENTER, text, font, tokens.muted);
    };
    match (passage.score.recall_now(), icon) {
        (Some(recall), Some(icon)) => {
            let at = pos2(right, middle - 9.0);
            let share = words::percent(recall);
            let drawn =
                ui.painter().text(at, Align2::RIGHT_CENTER, share, TextSize::Body.semibold(), tokens.ink);
            let at = pos2(drawn.left() - 6.0, middle - 9.0);
            ui.painter().text(at, Align2::RIGHT_CENTER, icon, TextSize::Body.semibold(), edge);
            below(size, middle + 11.0);
        }
        (Some(recall), None) if passage.score.known() > 0 && level == Some(KnowledgeLevel::Learning) => {
            let at = pos2(right, middle - 9.0);
            let (share, font) = (words::percent(recall), TextSize::Body.semibold());
            ui.painter().text(at, Align2::RIGHT_CENTER, share, font, tokens.ink);
            below(text::scores::being_learned(passage.score.learning), middle + 11.0);
        }
        _ if can_study => {
            below(text::scores::level(level).to_owned(), middle - 9.0);
            below(size, middle + 9.0);
        }
        _ => below(text::scores::level(level).to_owned(), middle),
    }
    let label = if can_study { text::scores::STUDY_PASSAGE } else { text::scores::UNCITED_PASSAGE };
    let response =
        if can_study { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response };
    response.on_hover_text(label).clicked()
}
