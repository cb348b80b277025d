//! The table of topics. Only the rows in sight are drawn.

use eframe::egui::{
    self, Align2, Color32, FontId, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::columns::{ColumnPosition, PAD, TopicColumns};
use super::row_id;
use crate::app::core::card_changes::CardCommand;
use crate::app::scores::columns::{COLUMNS, CellValue, ColumnAlignment};
use crate::app::scores::{ScoresColumn, ScoresCommand, ScoresPage, TopicFigures};
use crate::app::{App, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::table::TopicTable;
use crate::domain::score::trend::{TREND_POINTS, Trend};
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, focus_ring, row_highlight};
use crate::ui::widgets::gauge;
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::list::List;

const HEADER_HEIGHT: f32 = 36.0;
const ROW_HEIGHT: f32 = 49.0;
/// Height of a row with the deck's title below the topic's name, in points.
const TWO_LINE_ROW_HEIGHT: f32 = 56.0;

/// Draws the headings, the rows, and the total if there are several topics.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, table: &TopicTable, today: StudyDay) -> Option<Command> {
    let scores = app.scores();
    let trends = scores.charts().map(|charts| charts.trends.as_slice());
    let several_decks = scores.deck().is_none() && app.library().decks().len() > 1;
    let drawing = TablePainter {
        tokens,
        columns: TopicColumns::for_width(ui.available_width(), scores.shows_all_columns()),
        today,
        lowest_recall: trends.map_or(0.0, lowest_point),
    };
    let order = scores.order();
    let has_total = table.rows.len() > 1;
    let row = if several_decks { TWO_LINE_ROW_HEIGHT } else { ROW_HEIGHT };
    let list = List {
        header: HEADER_HEIGHT,
        row,
        footer: if has_total { ROW_HEIGHT } else { 0.0 },
        rows: order.len(),
    };
    let mut command = None;
    let id = |position| row_id(scores.page(), position);
    let all = list.show(ui, tokens, id, |ui, position, rect| {
        let topic = scores.figures(table, order[position]);
        let key = &topic.row.key;
        let deck = several_decks.then(|| app.library().deck(&key.deck)).flatten();
        let deck = deck.map(|loaded| loaded.deck.title.as_str());
        ui.painter().hline(rect.shrink2(vec2(1.0, 0.0)).x_range(), rect.top(), Stroke::new(1.0, tokens.line));
        let response = ui.interact(rect, id(position), Sense::click());
        row_highlight(ui, &response, rect, tokens);
        drawing.row(ui, rect, &topic, deck);
        let response = drawing.describe(response, Role::Button, &topic, deck);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            let page = ScoresPage::Topic { deck: key.deck.clone(), topic: key.topic.clone() };
            command = Some(Command::Scores(ScoresCommand::Open(page)));
        }
    });
    command = drawing.header(ui, app, all).or(command);
    if has_total {
        let rect = Rect::from_min_max(pos2(all.left(), all.bottom() - ROW_HEIGHT), all.max);
        ui.painter().hline(rect.shrink2(vec2(1.0, 0.0)).x_range(), rect.top(), Stroke::new(1.0, tokens.line));
        let trend = trends.map(|trends| {
            let mut sum = Trend::default();
            trends.iter().for_each(|trend| sum.absorb(trend));
            sum
        });
        let mut total = table.total.clone();
        text::decks::ALL_TOPICS.clone_into(&mut total.key.name);
        let total = TopicFigures { row: &total, trend: trend.as_ref() };
        drawing.row(ui, rect, &total, None);
        let response = ui.interact(rect, ui.scope_id().with("total"), Sense::hover());
        drawing.describe(response, Role::Row, &total, None);
    }
    command
}

/// Draws how many cards of each deck are suspended, with a link that resumes them.
pub fn suspended_cards(ui: &mut Ui, tokens: &Tokens, app: &App, table: &TopicTable) -> Option<Command> {
    let mut command = None;
    if table.total.score.suspended == 0 {
        return None;
    }
    for deck in app.scores().scored_decks(app.core()) {
        let rows = table.rows.iter().filter(|row| row.key.deck == deck.id);
        let cards: usize = rows.map(|row| row.score.suspended).sum();
        if cards == 0 {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            let text = text::scores::suspended_in(cards, &deck.title);
            ui.label(TextSize::Caption.text(text, tokens.muted));
            let resume = Command::Card(CardCommand::ResumeAll(deck.id.clone()));
            if Button::link(resume.label()).show(ui, tokens).clicked() {
                command = Some(resume);
            }
        });
    }
    command
}

/// The lowest recall of all trends, less a little margin. All sparklines begin there, so that they can be compared.
fn lowest_point(trends: &[Trend]) -> f64 {
    let points = trends.iter().flat_map(Trend::points).flatten();
    (points.fold(1.0_f64, f64::min) - 0.05).clamp(0.0, 0.8)
}

struct TablePainter<'a> {
    tokens: &'a Tokens,
    columns: TopicColumns,
    today: StudyDay,
    lowest_recall: f64,
}

impl TablePainter<'_> {
    fn header(&self, ui: &Ui, app: &App, all: Rect) -> Option<Command> {
        let tokens = self.tokens;
        let sort = app.scores().sort();
        let mut command = None;
        for ColumnPosition { spec, left, width } in &self.columns.shown {
            let name = spec.text.name;
            let rect = Rect::from_min_size(pos2(all.left() + left, all.top()), vec2(*width, HEADER_HEIGHT));
            let response = ui.interact(rect, ui.scope_id().with(("sort", name)), Sense::click());
            let sorted = sort.filter(|sort| sort.column == spec.column).map(|sort| sort.descending);
            let label = text::general::sort_heading(name, sorted);
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &label));
            let arrow = match sorted {
                Some(false) => format!("{}\u{a0}", icons::UP),
                Some(true) => format!("{}\u{a0}", icons::DOWN),
                None => String::new(),
            };
            let ink = if sorted.is_some() || response.hovered() { tokens.ink } else { tokens.muted };
            let font = TextSize::Caption.regular();
            match indent(spec.alignment) {
                Some(indent) => {
                    let arrow = if arrow.is_empty() { arrow } else { format!("\u{a0}{}", arrow.trim_end()) };
                    let at = pos2(rect.left() + indent, rect.center().y);
                    ui.painter().text(at, Align2::LEFT_CENTER, format!("{name}{arrow}"), font, ink);
                }
                None => {
                    let text = format!("{arrow}{name}");
                    ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, text, font, ink);
                }
            }
            focus_ring(ui, &response, rect.shrink2(vec2(0.0, 5.0)), 4, tokens);
            let response =
                response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(spec.text.help);
            if response.clicked() {
                command = Some(Command::Scores(ScoresCommand::SortBy(spec.column)));
            }
        }
        command
    }

    /// Draws the cells of a row. `deck` is its title, which is shown below the topic's name; `None` if all rows are of
    /// one deck.
    fn row(&self, ui: &Ui, rect: Rect, topic: &TopicFigures<'_>, deck: Option<&str>) {
        let tokens = self.tokens;
        let is_total = topic.row.key.topic.is_empty();
        let body = if is_total { TextSize::Body.semibold() } else { TextSize::Body.regular() };
        let middle = rect.center().y;
        for ColumnPosition { spec, left, width } in &self.columns.shown {
            let cell = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(*width, rect.height()));
            let value = (spec.value)(topic);
            match value {
                CellValue::Name(name) => {
                    let top = if deck.is_some() { middle - 9.0 } else { middle };
                    self.left_text(ui, cell, top, name, body.clone(), tokens.ink);
                    if let Some(deck) = deck {
                        let font = TextSize::Caption.regular();
                        self.left_text(ui, cell, middle + 11.0, deck, font, tokens.muted);
                    }
                }
                CellValue::Recall(recall, level) => {
                    let bar = self.columns.bar_width - 24.0;
                    recall_cell(ui, tokens, cell, bar, (recall, level), body.clone());
                }
                CellValue::Trend(trend) => {
                    let left = cell.left() + indent(spec.alignment).unwrap_or_default();
                    trend.into_iter().for_each(|trend| self.sparkline(ui, cell.with_min_x(left), trend));
                }
                _ => {
                    let text = value.text(self.today);
                    let ink = if text.is_none() || value.is_secondary() { tokens.muted } else { tokens.ink };
                    let is_small = matches!(value, CellValue::Day(_));
                    let font = if is_small { TextSize::Caption.regular() } else { body.clone() };
                    self.right_text(ui, cell, text.unwrap_or(words::NO_FIGURE.to_owned()), font, ink);
                }
            }
        }
    }

    fn sparkline(&self, ui: &Ui, cell: Rect, trend: &Trend) {
        let area = Rect::from_center_size(cell.center(), vec2(cell.width(), 18.0));
        let points = trend.points().into_iter().enumerate().filter_map(|(index, share)| {
            let across = index as f32 / (TREND_POINTS - 1) as f32;
            let up = ((share? - self.lowest_recall) / (1.0 - self.lowest_recall)) as f32;
            Some(pos2(area.left() + across * area.width(), area.bottom() - up * area.height()))
        });
        let points: Vec<egui::Pos2> = points.collect();
        let stroke = Stroke::new(1.5, self.tokens.accent);
        match points.as_slice() {
            [] => {}
            [only] => drop(ui.painter().circle_filled(*only, 2.0, self.tokens.accent)),
            _ => drop(ui.painter().add(Shape::line(points, stroke))),
        }
    }

    fn left_text(&self, ui: &Ui, cell: Rect, middle: f32, text: &str, font: FontId, ink: Color32) {
        let galley = truncated(ui, text, font, ink, cell.width() - 8.0);
        ui.painter().galley(pos2(cell.left(), middle - galley.size().y / 2.0), galley, ink);
    }

    fn right_text(&self, ui: &Ui, cell: Rect, text: String, font: FontId, ink: Color32) {
        let mut galley = ui.painter().layout_no_wrap(text.clone(), font, ink);
        if galley.size().x > cell.width() - 6.0 {
            // Large numbers get a smaller font before they touch their neighbour.
            galley = ui.painter().layout_no_wrap(text, TextSize::Caption.regular(), ink);
        }
        let at = Align2::RIGHT_CENTER.anchor_size(cell.right_center(), galley.size()).min;
        ui.painter().galley(at, galley, ink);
    }

    fn accessible_label(&self, topic: &TopicFigures<'_>, deck: Option<&str>) -> String {
        let name = &topic.row.key.name;
        let name = deck.map_or_else(|| name.clone(), |deck| format!("{name} ({deck})"));
        let figures = COLUMNS.iter().skip(1).filter_map(|spec| (spec.words)(topic, self.today));
        format!("{name}: {}", figures.collect::<Vec<_>>().join(", "))
    }

    fn describe(
        &self,
        response: Response,
        role: Role,
        topic: &TopicFigures<'_>,
        deck: Option<&str>,
    ) -> Response {
        response.widget_info(|| WidgetInfo::labeled(role, true, self.accessible_label(topic, deck)));
        response.on_hover_ui(|ui| self.tooltip(ui, topic))
    }

    /// The name without cuts, the columns that do not fit, and the trend, which is no text in its cell.
    fn tooltip(&self, ui: &mut Ui, topic: &TopicFigures<'_>) {
        ui.label(TextSize::Body.strong(&topic.row.key.name, self.tokens.ink));
        if let Some(known) = text::scores::known_sentences(&topic.row.score) {
            ui.label(TextSize::Caption.text(known, self.tokens.muted));
        }
        let hidden = &self.columns.hidden;
        let is_trend_hidden = hidden.iter().any(|spec| spec.column == ScoresColumn::Trend);
        let drawn = (!is_trend_hidden).then(|| ScoresColumn::Trend.spec());
        for text in hidden.iter().copied().chain(drawn).filter_map(|spec| (spec.words)(topic, self.today)) {
            ui.label(TextSize::Caption.text(words::capitalised(&text), self.tokens.muted));
        }
    }
}

/// Draws the recall of a row: a bar of `bar_width` points if that is positive, and the share. A declining recall has
/// another colour and an icon.
pub fn recall_cell(
    ui: &Ui,
    tokens: &Tokens,
    cell: Rect,
    bar_width: f32,
    (recall, level): (Option<f64>, KnowledgeLevel),
    font: FontId,
) {
    let is_declining = level == KnowledgeLevel::Declining;
    let (text, ink) = match recall {
        None => (words::NO_FIGURE.to_owned(), tokens.muted),
        Some(recall) if is_declining => {
            (format!("{}\u{a0}{}", icons::PROBLEM, words::percent(recall)), tokens.wrong)
        }
        Some(recall) => (words::percent(recall), tokens.ink),
    };
    ui.painter().text(cell.right_center(), Align2::RIGHT_CENTER, text, font, ink);
    if bar_width > 0.0 {
        let at = pos2(cell.left() + 24.0, cell.center().y - 3.0);
        let color = if is_declining { tokens.wrong } else { tokens.accent };
        let bar = Rect::from_min_size(at, vec2(bar_width, 6.0));
        gauge::paint_bar(ui, tokens, bar, recall.unwrap_or(0.0), color);
    }
}

/// Space at the left of a column that is aligned to the left, in points. `None` for one aligned to the right.
fn indent(alignment: ColumnAlignment) -> Option<f32> {
    match alignment {
        ColumnAlignment::Left => Some(0.0),
        ColumnAlignment::Indented => Some(2.0 * PAD),
        ColumnAlignment::Right => None,
    }
}
