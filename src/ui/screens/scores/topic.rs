//! The page of one topic: its figures, its questions by weakness, its confusions, its passages.

use std::sync::Arc;

use eframe::egui::{self, Ui, Vec2, vec2};

use super::{heading, loading, passages, questions};
use crate::app::scores::columns::ColumnSpec;
use crate::app::scores::{self, ScoresColumn, ScoresPage, TopicFigures};
use crate::app::{App, Command, Shortcut};
use crate::domain::day::StudyDay;
use crate::domain::score::KnowledgeLevel;
use crate::text::{self, words};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;

/// Draws the page of a topic. Draws nothing if its deck is gone.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    deck: &Arc<str>,
    topic: &str,
    today: StudyDay,
) -> Option<Command> {
    let deck = &app.library().deck(deck)?.deck;
    let scores = app.scores();
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut command = heading::breadcrumb(ui, tokens, &deck.title);
    ui.label(TextSize::Title.strong(deck.topic_name(topic), tokens.ink));
    let chips = heading::chips(ui, app, false);
    let Some(detail) = scores.topic() else {
        loading(ui, tokens);
        return command;
    };
    ui.add_space(8.0);
    let trend = scores.table().and_then(|table| {
        let at = table.rows.iter().position(|row| row.key == detail.row.key)?;
        scores.figures(table, at).trend
    });
    let topic = TopicFigures { row: &detail.row, trend };
    figures(ui, tokens, &topic, today);
    ui.add_space(8.0);
    if let Some(known) = text::scores::known_sentences(&detail.row.score) {
        ui.label(TextSize::Body.text(known, tokens.ink));
    }
    let below = [ScoresColumn::LastStudied, ScoresColumn::Trend].map(ScoresColumn::spec);
    let below = below.into_iter().filter_map(|spec| (spec.words)(&topic, today));
    let below: Vec<String> = below.map(|words| words::capitalised(&words)).collect();
    ui.label(TextSize::Caption.text(format!("{}.", below.join(". ")), tokens.muted));
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if !detail.unsuspended.is_empty() {
            let label = text::scores::study_these(detail.unsuspended.questions());
            if Button::primary(&label).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(scores::session_on(&detail.unsuspended).into());
            }
        }
        command = super::test_button(ui, tokens, app).or(command.take());
    });
    ui.add_space(16.0);
    if ui.available_width() >= 560.0 {
        let title = TextSize::Lead.strong(text::scores::QUESTIONS_BY_WEAKNESS, tokens.ink);
        heading::title_with_chips(
            ui,
            |ui| drop(ui.label(title)),
            chips,
            |ui, chips| {
                command = heading::draw_chips(ui, tokens, app, chips).or(command.take());
            },
        );
    } else {
        ui.label(TextSize::Lead.strong(text::scores::QUESTIONS_BY_WEAKNESS, tokens.ink));
        ui.horizontal_wrapped(|ui| {
            command = heading::draw_chips(ui, tokens, app, chips).or(command.take());
        });
    }
    command = questions::show(ui, tokens, deck, scores.page(), detail).or(command);
    if !detail.confusions.is_empty() {
        section_heading(ui, tokens, text::scores::CONFUSED);
        questions::confusions(ui, tokens, deck, detail);
    }
    if !detail.passages.is_empty() {
        section_heading(ui, tokens, text::scores::PASSAGES_OF_SOURCE);
        let id = |index| passage_row_id(scores.page(), index);
        command = passages::rows(ui, tokens, &detail.passages, id).or(command);
    }
    command
}

/// The id of a passage's row. It differs from [`super::row_id`], which names the rows of the page's own list of cards.
fn passage_row_id(page: &ScoresPage, index: usize) -> eframe::egui::Id {
    super::row_id(page, index).with("passage")
}

fn section_heading(ui: &mut Ui, tokens: &Tokens, title: &str) {
    ui.add_space(20.0);
    ui.label(TextSize::Lead.strong(title, tokens.ink));
    ui.add_space(4.0);
}

/// Draws the figures of the topic side by side, each above its name.
fn figures(ui: &mut Ui, tokens: &Tokens, topic: &TopicFigures<'_>, today: StudyDay) {
    let score = &topic.row.score;
    let level = score.knowledge_level();
    let is_declining = level == KnowledgeLevel::Declining;
    let figure = |spec: &ColumnSpec| match spec.column {
        ScoresColumn::Coverage => text::scores::part_of(score.seen, score.cards),
        _ => (spec.value)(topic).text(today).unwrap_or(words::NO_FIGURE.to_owned()),
    };
    let figures = [
        (ScoresColumn::Recall, text::scores::recall_caption(level)),
        (ScoresColumn::Mastery, text::scores::MASTERY_CAPTION.to_owned()),
        (ScoresColumn::Coverage, text::scores::SEEN_CAPTION.to_owned()),
        (ScoresColumn::Accuracy, text::scores::accuracy_caption(&score.accuracy)),
        (ScoresColumn::Score, text::scores::MEAN_SCORE_CAPTION.to_owned()),
        (ScoresColumn::Time, text::scores::MEDIAN_TIME_CAPTION.to_owned()),
        (ScoresColumn::Due, text::scores::DUE_CAPTION.to_owned()),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(28.0, 12.0);
        for (column, below) in figures {
            let ink = if column == ScoresColumn::Recall && is_declining { tokens.wrong } else { tokens.ink };
            let figure = figure(column.spec());
            let figure_in_words = format!("{figure} {below}");
            let line = |text: egui::RichText| {
                let wrap = Some(egui::TextWrapMode::Extend);
                egui::WidgetText::from(text).into_galley(ui, wrap, f32::INFINITY, egui::TextStyle::Body)
            };
            let lines =
                [line(TextSize::Lead.strong(figure, ink)), line(TextSize::Caption.text(below, tokens.muted))];
            // Of its own width, so that a figure that does not fit goes to the next line as a whole.
            let size = lines
                .iter()
                .fold(Vec2::ZERO, |size, line| vec2(size.x.max(line.size().x), size.y + line.size().y));
            let response = ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for line in lines {
                    ui.label(line);
                }
            });
            let response = response.response;
            response.widget_info(|| {
                let role = egui::Role::Group;
                egui::WidgetInfo::labeled(role, true, &figure_in_words)
            });
            response.on_hover_text(column.spec().text.help);
        }
    });
}
