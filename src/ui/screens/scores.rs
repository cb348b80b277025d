//! Scores: how every topic of a deck stands.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::goal;
use crate::app::command::{Scope, Take};
use crate::app::exporting::HistoryTable;
use crate::app::figures::DeckFigures;
use crate::app::scores::{Page, ScoresCommand};
use crate::app::words;
use crate::app::{App, Command};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::score::{Score, TopicScore};
use crate::ui::theme::{TABLE_COLUMN, Tokens, Type};
use crate::ui::widgets::button::{Button, Weight, focus_ring};
use crate::ui::widgets::{column, gauge};

/// Recall below which a topic's bar is drawn in the colour of what is being lost.
const SLIPPING: f64 = 0.7;
const ROW: f32 = 49.0;

/// What a column takes and when it is left out for want of room.
struct Columns {
    topic: f32,
    bar: f32,
    with_bar: bool,
    with_interval: bool,
    with_seen: bool,
    with_accuracy: bool,
}

const NUMBER: f32 = 76.0;
const INTERVAL: f32 = 96.0;

impl Columns {
    fn for_width(width: f32) -> Self {
        let (with_bar, with_interval, with_seen) = (width >= 560.0, width >= 680.0, width >= 440.0);
        let with_accuracy = width >= 360.0;
        let bar = if with_bar { 148.0 } else { 0.0 };
        let fixed = if with_accuracy { 3.0 } else { 2.0 } * NUMBER
            + bar
            + if with_interval { INTERVAL } else { 0.0 }
            + if with_seen { NUMBER } else { 0.0 }
            + 24.0;
        Self { topic: (width - fixed).max(90.0), bar, with_bar, with_interval, with_seen, with_accuracy }
    }
}

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "scores", TABLE_COLUMN, top, |ui| {
        let figures = app.figures();
        ui.label(Type::Title.strong("Scores", tokens.ink));
        let below = if figures.has_history() {
            "Mastery is the share of cards that you would still know after 30 days without study. \
             Choose a topic to study it."
        } else {
            "Nothing answered yet. After your first session this page tells how every topic stands."
        };
        ui.label(Type::Body.text(below, tokens.muted));
        let mut command = goal::entry(ui, tokens, app, now.day());
        command = figures.has_history().then(|| sure_but_wrong(ui, tokens, app)).flatten().or(command);
        for deck in &figures.decks {
            let Some(loaded) = app.library().deck(&deck.id) else { continue };
            ui.add_space(24.0);
            ui.label(Type::Lead.strong(&loaded.deck.title, tokens.ink));
            ui.add_space(4.0);
            command = table(ui, tokens, deck, figures.day).or(command);
            if deck.total.suspended > 0 {
                ui.horizontal(|ui| {
                    let words = format!("{} suspended.", words::count(deck.total.suspended, "card"));
                    ui.label(Type::Caption.text(words, tokens.muted));
                    let resume = Command::ResumeAll(deck.id.clone());
                    if Button::new(resume.label(), Weight::Link).show(ui, tokens).clicked() {
                        command = Some(resume);
                    }
                });
            }
        }
        if figures.has_history() {
            ui.add_space(24.0);
            ui.horizontal_wrapped(|ui| {
                for table in [HistoryTable::Scores, HistoryTable::Reviews] {
                    let export = Command::ExportHistory(table);
                    let face = export.face();
                    let button = Button::new(export.label(), Weight::Secondary).small().show(ui, tokens);
                    if button.on_hover_text(face.map_or("", |face| face.help)).clicked() {
                        command = Some(export);
                    }
                }
            });
        }
        command
    })
}

/// The way to the answers that surprised.
fn sure_but_wrong(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let count: usize = app.figures().sure_but_wrong.iter().map(|topic| topic.mistakes.len()).sum();
    let open = Command::Scores(ScoresCommand::Open(Page::SureButWrong));
    let label = match count {
        0 => open.label().to_owned(),
        count => format!("{}: {count}", open.label()),
    };
    Button::new(&label, Weight::Link).show(ui, tokens).clicked().then_some(open)
}

fn table(ui: &mut Ui, tokens: &Tokens, deck: &DeckFigures, today: StudyDay) -> Option<Command> {
    let mut command = None;
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let columns = Columns::for_width(ui.available_width());
        header(ui, tokens, &columns);
        for topic in &deck.topics {
            column::hairline(ui, tokens);
            if row(ui, tokens, &columns, deck, topic, today) {
                let scope = Scope::Topic { deck: deck.id.clone(), topic: topic.topic.clone() };
                let take =
                    if topic.score.due > 0 || topic.score.seen == 0 { Take::Today } else { Take::Ahead };
                command = Some(Command::Start(scope, take));
            }
        }
        column::hairline(ui, tokens);
        let rect = cells(ui, tokens, &columns, "All topics", &deck.total, true);
        let response = ui.interact(rect, ui.scope_id().with(("all", &deck.id)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, told("All topics", &deck.total)));
    });
    command
}

fn header(ui: &mut Ui, tokens: &Tokens, columns: &Columns) {
    line(ui, 36.0, |ui| {
        let name = |text: &str| Type::Caption.text(text, tokens.muted);
        left(ui, columns.topic, name("Topic"));
        if columns.with_seen {
            right(ui, NUMBER, name("Seen"));
        }
        if columns.with_bar {
            ui.add_space(24.0);
            left(ui, columns.bar - 24.0, name("Mastery"));
            right(ui, NUMBER, name(""));
        } else {
            right(ui, NUMBER, name("Mastery"));
        }
        if columns.with_accuracy {
            right(ui, NUMBER, name("Accuracy"));
        }
        if columns.with_interval {
            right(ui, INTERVAL, name("95\u{a0}%"));
        }
        right(ui, NUMBER, name("Due"));
    });
}

fn row(
    ui: &mut Ui,
    tokens: &Tokens,
    columns: &Columns,
    deck: &DeckFigures,
    topic: &TopicScore,
    today: StudyDay,
) -> bool {
    let rect = cells(ui, tokens, columns, &topic.name, &topic.score, false);
    let response = ui.interact(rect, ui.scope_id().with(("topic", &deck.id, &topic.topic)), Sense::click());
    let last = topic
        .score
        .last_studied
        .map_or("never studied".to_owned(), |day| format!("last studied {}", words::days_ago(day, today)));
    let told = format!("{}, {last}", told(&topic.name, &topic.score));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0, tokens.accent.gamma_multiply(0.05));
    }
    focus_ring(ui, &response, rect.shrink(4.0), 4, tokens);
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(words::capitalised(&last))
        .clicked()
}

fn cells(
    ui: &mut Ui,
    tokens: &Tokens,
    columns: &Columns,
    name: &str,
    score: &Score,
    strong: bool,
) -> egui::Rect {
    line(ui, ROW, |ui| {
        let text = |text: String| {
            if strong { Type::Body.strong(text, tokens.ink) } else { Type::Body.text(text, tokens.ink) }
        };
        left(ui, columns.topic, text(name.to_owned()));
        if columns.with_seen {
            right(ui, NUMBER, Type::Body.text(format!("{}/{}", score.seen, score.cards), tokens.muted));
        }
        let mastery = score.mastery().unwrap_or(0.0);
        if columns.with_bar {
            ui.add_space(24.0);
            let slipping = score.recall_now().is_some_and(|recall| recall < SLIPPING);
            let colour = if slipping { tokens.wrong } else { tokens.accent };
            let (rect, _) = ui.allocate_exact_size(vec2(columns.bar - 24.0, 6.0), Sense::hover());
            gauge::paint_bar(ui, tokens, rect, mastery, colour);
        }
        right(ui, NUMBER, text(words::percent(mastery)));
        match (score.accuracy.share(), score.accuracy.interval()) {
            _ if !columns.with_accuracy => {}
            (Some(accuracy), Some((low, high))) => {
                right(ui, NUMBER, text(words::percent(accuracy)));
                if columns.with_interval {
                    let interval = format!("{:.0}–{:.0}", low * 100.0, high * 100.0);
                    right(ui, INTERVAL, Type::Body.text(interval, tokens.muted));
                }
            }
            _ => {
                right(ui, NUMBER, Type::Body.text("–", tokens.muted));
                if columns.with_interval {
                    right(ui, INTERVAL, Type::Body.text("–", tokens.muted));
                }
            }
        }
        let ink = if score.due == 0 { tokens.muted } else { tokens.ink };
        right(ui, NUMBER, Type::Body.text(score.due.to_string(), ink));
    })
}

fn told(name: &str, score: &Score) -> String {
    let accuracy = score.accuracy.share().map_or("no answers".to_owned(), |accuracy| {
        format!("accuracy {} of {}", words::percent(accuracy), words::count(score.accuracy.answers, "answer"))
    });
    format!(
        "{name}: mastery {}, {accuracy}, {} due, {} of {} cards seen",
        words::percent(score.mastery().unwrap_or(0.0)),
        score.due,
        score.seen,
        score.cards
    )
}

fn line(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) -> egui::Rect {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, height), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.add_space(12.0);
        add(ui);
        ui.add_space(12.0);
    })
    .response
    .rect
}

fn left(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        ui.add(egui::Label::new(text).truncate());
    });
}

fn right(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        ui.label(text);
    });
}
