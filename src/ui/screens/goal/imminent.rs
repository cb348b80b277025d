//! An exam that is tomorrow or today: one thing to do, and what it brings, topic by topic. Today leads with it, and its
//! own page begins with it.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{left_cell, row_layout};
use crate::app::goals::imminent::ImminentExam;
use crate::app::{App, Command, words};
use crate::domain::day::Moment;
use crate::domain::forecast::{Forecast, TopicForecast};
use crate::domain::goal::session_workload::TopicWorkload;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Between the table's edge and its text.
const MARGIN: f32 = 20.0;

const ROW_HEIGHT: f32 = 49.0;
/// Narrower than this a topic's name stands above its figures.
const NARROW_BELOW: f32 = 520.0;
/// Narrower than this a button has no room for what its session brings.
const BUTTON_SIZE_MIN_WIDTH: f32 = 480.0;

/// Title, expectation and buttons; `more` draws buttons beside them.
pub fn heading(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    soon: &ImminentExam<'_>,
    now: &Moment,
    more: impl FnOnce(&mut Ui) -> Option<Command>,
) -> Option<Command> {
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.add(egui::Label::new(TextSize::Title.strong(soon.title(now), tokens.ink)).wrap());
    ui.add(egui::Label::new(TextSize::Body.text(soon.description(now), tokens.muted)).wrap());
    ui.add_space(16.0);
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        let size = soon.session_size();
        if let Some(primary) = soon.primary()
            && study_button(ui, tokens, soon.verb(), size.as_deref())
        {
            command = Some(primary);
        }
        if let Some(less) = soon.ask_minutes() {
            let label = if soon.goal.minutes_a_day.is_some() { "Change my time" } else { less.label() };
            let button = Button::new(label, Weight::Secondary).key(less.key());
            if button.selected(app.goals().asks_time()).show(ui, tokens).clicked() {
                command = Some(less);
            }
        }
        command = more(ui).or(command.take());
    });
    if app.goals().asks_time() && soon.ask_minutes().is_some() {
        ui.add_space(8.0);
        ui.label(TextSize::Body.text("How much time do you have?", tokens.ink));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (nth, (label, give)) in soon.minute_offers().into_iter().enumerate() {
                let key = (nth + 1).to_string();
                if Button::new(&label, Weight::Secondary).small().key(&key).show(ui, tokens).clicked() {
                    command = Some(give);
                }
            }
        });
    }
    command
}

/// The button that studies; what it brings stands in it, or below it where there is little room.
pub fn study_button(ui: &mut Ui, tokens: &Tokens, verb: &str, size: Option<&str>) -> bool {
    let whole = size.map_or_else(|| verb.to_owned(), |size| format!("{verb}: {size}"));
    if ui.available_width() >= BUTTON_SIZE_MIN_WIDTH {
        return Button::new(&whole, Weight::Primary).key("Space").show(ui, tokens).clicked();
    }
    ui.vertical(|ui| {
        let verb = verb.strip_suffix(" once more").unwrap_or(verb);
        let clicked = Button::new(verb, Weight::Primary).key("Space").show(ui, tokens).clicked();
        if let Some(size) = size {
            ui.label(TextSize::Caption.text(words::capitalised(size), tokens.muted));
        }
        clicked
    })
    .inner
}

/// The topics, and below them whether the target is within reach.
pub fn topics(ui: &mut Ui, tokens: &Tokens, soon: &ImminentExam<'_>, now: &Moment) {
    let Some(forecast) = soon.forecast else { return };
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        header(ui, tokens, soon, now);
        for line in forecast.topics.iter().filter(|line| line.cards > 0) {
            column::hairline(ui, tokens);
            row(ui, tokens, soon, forecast, line);
        }
    });
    if let Some(reach) = soon.target_outlook(now) {
        ui.add_space(8.0);
        ui.add(egui::Label::new(TextSize::Body.text(reach, tokens.muted)).wrap());
    }
}

/// Widths, by how much room there is.
struct ExamDayColumns {
    name: f32,
    study: f32,
    value: f32,
    is_narrow: bool,
}

impl ExamDayColumns {
    fn new(ui: &Ui) -> Self {
        let inside = ui.available_width() - 40.0;
        let is_narrow = inside < NARROW_BELOW;
        let (study, each) = match is_narrow {
            true => (inside * 0.4, inside * 0.3),
            false => ((inside * 0.22).clamp(130.0, 160.0), (inside * 0.17).clamp(100.0, 150.0)),
        };
        Self {
            name: if is_narrow { inside } else { inside - study - 2.0 * each },
            study,
            value: each,
            is_narrow,
        }
    }
}

/// The heads of the columns with figures: what there is to study, and what is known without it and after it.
fn column_headings(soon: &ImminentExam<'_>, now: &Moment) -> [&'static str; 3] {
    match (soon.offers_weakest_review(), soon.when(now)) {
        (true, _) => ["once more", "if you stop now", "after it"],
        (false, "tonight") => ["tonight", "if you stop now", "after tonight"],
        (false, "now") => ["now", "if you stop now", "after it"],
        (false, _) => ["today", "if you stop now", "after today"],
    }
}

fn header(ui: &mut Ui, tokens: &Tokens, soon: &ImminentExam<'_>, now: &Moment) {
    let columns = ExamDayColumns::new(ui);
    let mut heads = column_headings(soon, now);
    if columns.is_narrow {
        (heads[1], heads[2]) = ("stop now", "after");
    }
    let text = |text: &str| TextSize::Caption.text(text, tokens.muted);
    let figures = |ui: &mut Ui| {
        for (head, width) in heads.into_iter().zip([columns.study, columns.value, columns.value]) {
            right_cell(ui, width, text(head));
        }
    };
    if columns.is_narrow {
        row_layout(ui, 40.0, MARGIN, figures);
    } else {
        row_layout(ui, ROW_HEIGHT, MARGIN, |ui| {
            left_cell(ui, columns.name, TextSize::Body.strong("Topic", tokens.ink));
            figures(ui);
        });
    }
}

fn row(ui: &mut Ui, tokens: &Tokens, soon: &ImminentExam<'_>, forecast: &Forecast, topic: &TopicForecast) {
    let columns = ExamDayColumns::new(ui);
    let part = soon.session().topics.get(&topic.topic).copied().unwrap_or_default();
    let after = expected_after(soon, forecast, topic);
    let name = TextSize::Body.text(&topic.name, tokens.ink);
    let figures = |ui: &mut Ui| {
        right_cell(ui, columns.study, TextSize::Body.text(study_in_words(&part), tokens.muted));
        right_cell(
            ui,
            columns.value,
            TextSize::Body.text(words::percent(topic.without_study.expected), tokens.muted),
        );
        right_cell(ui, columns.value, TextSize::Body.strong(words::percent(after), tokens.ink));
    };
    let rect = if columns.is_narrow {
        let above = row_layout(ui, 36.0, MARGIN, |ui| left_cell(ui, columns.name, name));
        above.union(row_layout(ui, 32.0, MARGIN, figures))
    } else {
        row_layout(ui, ROW_HEIGHT, MARGIN, |ui| {
            left_cell(ui, columns.name, name);
            figures(ui);
        })
    };
    let response = ui.interact(rect, ui.scope_id().with(("topic of the exam", &topic.topic)), Sense::hover());
    let told = format!(
        "{}: {}, {} if you stop now, {} after",
        topic.name,
        study_in_words(&part),
        words::percent(topic.without_study.expected),
        words::percent(after)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &told));
}

/// What is expected of a topic after the session that is offered.
fn expected_after(soon: &ImminentExam<'_>, forecast: &Forecast, topic: &TopicForecast) -> f64 {
    let is_planned = forecast.plan.is_some() && !soon.offers_weakest_review();
    let range = if is_planned { topic.with_plan } else { topic.after_weakest_review };
    range.unwrap_or(topic.without_study).expected
}

/// "14 cards, 12 min"
fn study_in_words(part: &TopicWorkload) -> String {
    match (part.cards, part.minutes) {
        (0, _) => "–".to_owned(),
        (cards, 0) => format!("{}, <\u{a0}1\u{a0}min", words::count(cards, "card")),
        (cards, minutes) => format!("{}, {minutes}\u{a0}min", words::count(cards, "card")),
    }
}

fn right_cell(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        ui.label(text);
    });
}
