//! The page of an exam: the expected score on the day, and the plan for the time until then.

mod cells;
mod curve;
mod form;
pub mod imminent;
mod table;
mod workload;

use eframe::egui::{self, Margin, Sense, Ui, vec2};

use crate::app::goals::{self, GoalCommand, GoalPage};
use crate::app::offers;
use crate::app::{App, Command, Shortcut};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::goal::Goal;
use crate::text::{self, words};
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;
use crate::ui::widgets::keycap::Keycap;

pub use form::{day_id, name_id};

/// Draws the page: the form while it is open, else the exam.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, page: &GoalPage, now: &Moment) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    let id = format!("goal {:?} {}", page.goal_index, page.form.is_some());
    column::centred(ui, &id, TABLE_COLUMN_WIDTH, top, |ui| {
        match (&page.form, app.goals().shown_goal(app.core())) {
            (Some(form), _) => form::show(ui, tokens, app, page, form, now),
            (None, Some((at, goal))) => goal_page(ui, tokens, app, (at, goal), now),
            (None, None) => None,
        }
    })
}

/// Draws a link that says what to expect of the next exam, and its key. The link opens the page.
pub fn next_exam_link(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    // A link and not a button, because its text wraps in a narrow window.
    let clicked = ui.horizontal_wrapped(|ui| {
        let clicked = Button::link(&next_exam_text(app, today)).show(ui, tokens).clicked();
        let Some(key) = goals::OPEN_KEYS.first() else { return clicked };
        let cap = Keycap::new(ui, key);
        let (rect, _) = ui.allocate_exact_size(vec2(cap.size().x, 24.0), Sense::hover());
        let at = rect.left_center() - vec2(0.0, cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.paper);
        clicked
    });
    clicked.inner.then(|| offers::exam::open(app))
}

/// "Exam in 12 days: 74–82 % expected". Without an exam, the label that offers to set a date.
pub fn next_exam_text(app: &App, today: StudyDay) -> String {
    let summary = app.next_exam(today).and_then(|(at, _)| app.exam_summary(at, today));
    summary.unwrap_or_else(|| Command::Goal(GoalCommand::New).label().to_owned())
}

fn goal_page(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    (at, goal): (usize, &Goal),
    now: &Moment,
) -> Option<Command> {
    let today = now.day();
    let mut command = goal_switcher(ui, tokens, app, at);
    if let Some(exam) = app.imminent_exam_at(at, today) {
        command = imminent::heading(ui, tokens, app, &exam, now, |_| None).or(command);
        ui.add_space(20.0);
        imminent::topics(ui, tokens, &exam, now);
        ui.add_space(20.0);
        command = buttons(ui, tokens, app, None).or(command);
        if let Some(forecast) = exam.forecast {
            ui.add_space(16.0);
            ui.add(
                egui::Label::new(TextSize::Caption.text(details_text(app, goal, today), tokens.muted)).wrap(),
            );
            ui.add(
                egui::Label::new(TextSize::Caption.text(text::goals::small_print(forecast), tokens.muted))
                    .wrap(),
            );
        }
        return command;
    }
    ui.add(egui::Label::new(TextSize::Title.strong(&goal.name, tokens.ink)).wrap());
    ui.label(TextSize::Body.text(details_text(app, goal, today), tokens.muted));
    ui.add_space(12.0);
    command = buttons(ui, tokens, app, offers::exam::primary(app)).or(command);
    ui.add_space(20.0);
    if app.library().deck(&goal.deck).is_none() {
        ui.label(TextSize::Body.text(text::goals::DECK_MISSING, tokens.muted));
        return command;
    }
    if goal.is_over(today) {
        ui.label(TextSize::Body.text(text::goals::DAY_OVER, tokens.ink));
        return command;
    }
    if goal.is_too_far(today) {
        ui.add(egui::Label::new(TextSize::Body.text(text::goals::too_far(), tokens.muted)).wrap());
        return command;
    }
    let Some(forecast) = app.goals().forecast(at) else {
        ui.label(TextSize::Body.text(text::goals::WORKING_OUT, tokens.muted));
        return command;
    };
    if forecast.total.cards == 0 {
        ui.label(TextSize::Body.text(text::goals::NO_CARDS, tokens.muted));
        return command;
    }
    let session = app.figures().exams.get(at).map(|today| today.session.clone()).unwrap_or_default();
    for line in text::goals::forecast_sentences(goal, forecast, &session) {
        ui.add(egui::Label::new(TextSize::Body.text(line, tokens.ink)).wrap());
    }
    ui.add_space(12.0);
    table::show(ui, tokens, forecast);
    if forecast.curve.len() > 1 {
        ui.add_space(16.0);
        chart_card(ui, tokens, text::goals::CURVE, |ui| curve::show(ui, tokens, forecast));
    }
    if let Some(plan_forecast) = &forecast.plan {
        ui.add_space(16.0);
        chart_card(ui, tokens, text::goals::MINUTES, |ui| {
            workload::show(ui, tokens, forecast, plan_forecast, &session)
        });
    }
    ui.add_space(8.0);
    ui.add(egui::Label::new(TextSize::Caption.text(text::goals::small_print(forecast), tokens.muted)).wrap());
    command
}

/// The buttons that switch between exams. Draws nothing for a single one.
fn goal_switcher(ui: &mut Ui, tokens: &Tokens, app: &App, at: usize) -> Option<Command> {
    let goals = &app.settings().goals;
    if goals.len() < 2 {
        return None;
    }
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        for (index, goal) in goals.iter().enumerate() {
            let label = words::excerpt(&goal.name);
            let key = Shortcut::DIGITS.get(index).copied();
            let button = Button::secondary(&label).small().selected(index == at).key(key);
            if button.show(ui, tokens).clicked() {
                command = Some(Command::Goal(GoalCommand::Open(Some(index))));
            }
        }
    });
    ui.add_space(8.0);
    command
}

fn buttons(ui: &mut Ui, tokens: &Tokens, app: &App, primary: Option<Command>) -> Option<Command> {
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        let size = app.goals().shown_goal(app.core()).and_then(|(at, _)| session_size(app, at));
        if let Some(primary) = primary
            && imminent::study_button(ui, tokens, text::goals::STUDY_FOR_IT, size.as_deref())
        {
            command = Some(primary);
        }
        for other in app.goals().secondary().iter().cloned().map(Command::from) {
            let label = match &other {
                Command::Goal(GoalCommand::New) => text::goals::ANOTHER_EXAM,
                other => other.label(),
            };
            let button = Button::secondary(label).key(other.key());
            if button.show(ui, tokens).clicked() {
                command = Some(other);
            }
        }
    });
    command
}

/// "18 cards, about 12 minutes". `None` until the forecast is there, or if nothing is left to study.
fn session_size(app: &App, at: usize) -> Option<String> {
    let session = &app.figures().exams.get(at)?.session;
    (session.cards > 0 && app.goals().forecast(at).is_some()).then(|| text::goals::session_size(session))
}

/// [`text::goals::details`] with the title of the exam's deck.
fn details_text(app: &App, goal: &Goal, today: StudyDay) -> String {
    let deck = app.library().deck(&goal.deck).map_or(&*goal.deck, |loaded| loaded.deck.title.as_str());
    text::goals::details(goal, deck, today)
}

fn chart_card(ui: &mut Ui, tokens: &Tokens, title: &str, add: impl FnOnce(&mut Ui)) {
    column::card(ui, tokens, Margin::symmetric(20, 16), |ui| {
        ui.label(TextSize::Body.strong(title, tokens.ink));
        ui.add_space(4.0);
        add(ui);
    });
}
