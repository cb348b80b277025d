//! The page of one topic: its figures, its questions by weakness, its confusions, its passages.

use std::sync::Arc;

use eframe::egui::{Ui, vec2};

use super::{cell_text, columns, heading, loading, passages, questions};
use crate::app::scores::{self, ScoresColumn, ScoresPage};
use crate::app::{App, Command, Shortcut, words};
use crate::domain::day::StudyDay;
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::table::TopicRow;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};

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
    figures(ui, tokens, &detail.row);
    let trend = scores.table().zip(scores.charts()).and_then(|(table, charts)| {
        let at = table.rows.iter().position(|row| row.key == detail.row.key)?;
        cell_text::trend(charts.trends.get(at)?)
    });
    if let Some(known) = words::known_text(&detail.row.score) {
        let besides = words::seen_but_not_known_text(&detail.row.score);
        ui.label(TextSize::Body.text(format!("{known}. {besides}").trim_end(), tokens.ink));
    }
    let studied = cell_text::figure(ScoresColumn::LastStudied, &detail.row, None, today);
    let below: Vec<String> =
        [studied, trend].into_iter().flatten().map(|it| words::capitalised(&it)).collect();
    ui.label(TextSize::Caption.text(format!("{}.", below.join(". ")), tokens.muted));
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if !detail.unsuspended.is_empty() {
            let label = match detail.unsuspended.questions() {
                1 => "Study this one".to_owned(),
                questions => format!("Study these {questions}"),
            };
            if Button::new(&label, ButtonStyle::Primary).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(scores::study(&detail.unsuspended));
            }
        }
        command = super::test_button(ui, tokens, app).or(command.take());
    });
    ui.add_space(16.0);
    if ui.available_width() >= 560.0 {
        let title = TextSize::Lead.strong("Questions, weakest first", tokens.ink);
        heading::title_with_chips(
            ui,
            |ui| drop(ui.label(title)),
            chips,
            |ui, chips| {
                command = heading::draw_chips(ui, tokens, app, chips).or(command.take());
            },
        );
    } else {
        ui.label(TextSize::Lead.strong("Questions, weakest first", tokens.ink));
        ui.horizontal_wrapped(|ui| {
            command = heading::draw_chips(ui, tokens, app, chips).or(command.take());
        });
    }
    command = questions::show(ui, tokens, deck, scores.page(), detail).or(command);
    if !detail.confusions.is_empty() {
        section_heading(ui, tokens, "Confused");
        questions::confusions(ui, tokens, deck, detail);
    }
    if !detail.passages.is_empty() {
        section_heading(ui, tokens, "Passages of the source");
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
fn figures(ui: &mut Ui, tokens: &Tokens, row: &TopicRow) {
    let (score, accuracy) = (&row.score, &row.score.accuracy);
    let percent = |share: Option<f64>| share.map_or("–".to_owned(), words::percent);
    let accuracy_below = match accuracy.interval() {
        Some(range) => format!("accuracy, {} (n {})", words::percent_range(range), accuracy.answers),
        None => "accuracy".to_owned(),
    };
    let is_declining = score.knowledge_level() == KnowledgeLevel::Declining;
    let recall_below = if is_declining { "recall now, slipping" } else { "recall now" };
    let figures = [
        (ScoresColumn::Recall, percent(score.recall_now()), recall_below.to_owned()),
        (ScoresColumn::Mastery, percent(score.mastery()), "mastery".to_owned()),
        (ScoresColumn::Coverage, format!("{} of {}", score.seen, score.cards), "seen".to_owned()),
        (ScoresColumn::Accuracy, percent(accuracy.share()), accuracy_below),
        (ScoresColumn::Score, percent(accuracy.mean_score()), "mean score".to_owned()),
        (
            ScoresColumn::Time,
            row.median_ms.map_or("–".to_owned(), words::answer_time),
            "median time".to_owned(),
        ),
        (ScoresColumn::Due, score.due.to_string(), "due".to_owned()),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(28.0, 12.0);
        for (column, figure, below) in figures {
            let ink = if column == ScoresColumn::Recall && is_declining { tokens.wrong } else { tokens.ink };
            let help =
                columns::COLUMNS.iter().find(|spec| spec.column == column).map_or("", |spec| spec.help);
            let figure_in_words = format!("{figure} {below}");
            let response = ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(TextSize::Lead.strong(figure, ink));
                ui.label(TextSize::Caption.text(below, tokens.muted));
            });
            let response = response.response;
            response.widget_info(|| {
                let role = eframe::egui::Role::Group;
                eframe::egui::WidgetInfo::labeled(role, true, &figure_in_words)
            });
            response.on_hover_text(help);
        }
    });
}
