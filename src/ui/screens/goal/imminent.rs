//! An exam of tomorrow or today: what to study, and what that brings in each topic. The Today screen and the page of
//! the exam begin with it.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{left_cell, row_layout};
use crate::app::goals::imminent::ImminentExam;
use crate::app::{App, Command, Shortcut};
use crate::domain::day::Moment;
use crate::domain::forecast::{Forecast, TopicForecast};
use crate::text::{self, words};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;

/// Space between the edge of the table and its text, in points.
const MARGIN: f32 = 20.0;

const ROW_HEIGHT: f32 = 49.0;
/// Below this width, in points, a topic's name stands above its figures.
const NARROW_BELOW: f32 = 520.0;
/// Narrowest place where the button also says how long the session is, in points.
const BUTTON_SIZE_MIN_WIDTH: f32 = 480.0;

/// Draws title, expected score and buttons. `more` adds buttons to the row.
pub fn heading(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    exam: &ImminentExam<'_>,
    now: &Moment,
    more: impl FnOnce(&mut Ui) -> Option<Command>,
) -> Option<Command> {
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.add(egui::Label::new(TextSize::Title.strong(exam.title(now), tokens.ink)).wrap());
    ui.add(egui::Label::new(TextSize::Body.text(exam.description(now), tokens.muted)).wrap());
    ui.add_space(16.0);
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        let size = exam.session_size();
        if let Some(primary) = exam.primary()
            && study_button(ui, tokens, exam.verb(), size.as_deref())
        {
            command = Some(primary.into());
        }
        if let Some(ask_minutes) = exam.ask_minutes().map(Command::from) {
            let label = if exam.goal.minutes_a_day.is_some() {
                text::goals::CHANGE_TIME
            } else {
                ask_minutes.label()
            };
            let button = Button::secondary(label).key(ask_minutes.key());
            if button.selected(app.goals().asks_minutes()).show(ui, tokens).clicked() {
                command = Some(ask_minutes);
            }
        }
        command = more(ui).or(command.take());
    });
    if app.goals().asks_minutes() && exam.ask_minutes().is_some() {
        ui.add_space(8.0);
        ui.label(TextSize::Body.text(text::goals::HOW_MUCH_TIME, tokens.ink));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (index, (label, set_minutes)) in exam.minute_offers().into_iter().enumerate() {
                let key = Shortcut::DIGITS.get(index).copied();
                if Button::secondary(&label).small().key(key).show(ui, tokens).clicked() {
                    command = Some(set_minutes.into());
                }
            }
        });
    }
    command
}

/// Draws the button that begins to study. `size` says how long the session is: in the button, or below it in a narrow
/// window. Returns whether it was clicked.
pub fn study_button(ui: &mut Ui, tokens: &Tokens, verb: &str, size: Option<&str>) -> bool {
    let label = size.map_or_else(|| verb.to_owned(), |size| text::goals::verb_with_size(verb, size));
    if ui.available_width() >= BUTTON_SIZE_MIN_WIDTH {
        return Button::primary(&label).key(Shortcut::Space).show(ui, tokens).clicked();
    }
    ui.vertical(|ui| {
        let verb = if verb == text::goals::WEAKEST_ONCE_MORE { text::goals::WEAKEST } else { verb };
        let clicked = Button::primary(verb).key(Shortcut::Space).show(ui, tokens).clicked();
        if let Some(size) = size {
            ui.label(TextSize::Caption.text(words::capitalised(size), tokens.muted));
        }
        clicked
    })
    .inner
}

/// Draws a table of the topics, and below it whether the target can be reached. Draws nothing before the forecast is
/// there.
pub fn topics(ui: &mut Ui, tokens: &Tokens, exam: &ImminentExam<'_>, now: &Moment) {
    let Some(forecast) = exam.forecast else { return };
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        header(ui, tokens, exam, now);
        for line in forecast.topics.iter().filter(|line| line.cards > 0) {
            column::hairline(ui, tokens);
            row(ui, tokens, exam, forecast, line);
        }
    });
    if let Some(outlook) = exam.target_outlook(now) {
        ui.add_space(8.0);
        ui.add(egui::Label::new(TextSize::Body.text(outlook, tokens.muted)).wrap());
    }
}

/// Widths of the columns, in points.
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
        let (study, value) = match is_narrow {
            true => (inside * 0.4, inside * 0.3),
            false => ((inside * 0.22).clamp(130.0, 160.0), (inside * 0.17).clamp(100.0, 150.0)),
        };
        Self { name: if is_narrow { inside } else { inside - study - 2.0 * value }, study, value, is_narrow }
    }
}

fn header(ui: &mut Ui, tokens: &Tokens, exam: &ImminentExam<'_>, now: &Moment) {
    let columns = ExamDayColumns::new(ui);
    let headings =
        text::goals::imminent_columns(exam.offers_weakest_review(), exam.when(now), columns.is_narrow);
    let text = |text: &str| TextSize::Caption.text(text, tokens.muted);
    let figures = |ui: &mut Ui| {
        for (heading, width) in headings.into_iter().zip([columns.study, columns.value, columns.value]) {
            right_cell(ui, width, text(heading));
        }
    };
    if columns.is_narrow {
        row_layout(ui, 40.0, MARGIN, figures);
    } else {
        row_layout(ui, ROW_HEIGHT, MARGIN, |ui| {
            left_cell(ui, columns.name, TextSize::Body.strong(text::goals::TOPIC, tokens.ink));
            figures(ui);
        });
    }
}

fn row(ui: &mut Ui, tokens: &Tokens, exam: &ImminentExam<'_>, forecast: &Forecast, topic: &TopicForecast) {
    let columns = ExamDayColumns::new(ui);
    let workload = exam.session().topics.get(&topic.topic).copied().unwrap_or_default();
    let after = expected_after(exam, forecast, topic);
    let name = TextSize::Body.text(&topic.name, tokens.ink);
    let figures = |ui: &mut Ui| {
        right_cell(ui, columns.study, TextSize::Body.text(text::goals::workload(&workload), tokens.muted));
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
    let without = topic.without_study.expected;
    let label = text::goals::imminent_row(&topic.name, &text::goals::workload(&workload), without, after);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
}

/// The expected share of a topic's points after the session that is offered, 0 to 1.
fn expected_after(exam: &ImminentExam<'_>, forecast: &Forecast, topic: &TopicForecast) -> f64 {
    let is_planned = forecast.plan.is_some() && !exam.offers_weakest_review();
    let range = if is_planned { topic.with_plan } else { topic.after_weakest_review };
    range.unwrap_or(topic.without_study).expected
}

fn right_cell(ui: &mut Ui, width: f32, text: egui::RichText) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        ui.label(text);
    });
}
