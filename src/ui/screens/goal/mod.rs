//! The page of an exam: the expected score on the day, and the plan for the time until then.

mod cells;
mod curve;
mod form;
pub mod imminent;
mod table;
mod workload;

use eframe::egui::{self, Margin, Sense, Ui, vec2};

use crate::app::goals::{self, GoalCommand, GoalPage};
use crate::app::{App, Command, Shortcut, words};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::forecast::{Forecast, PlanForecast};
use crate::domain::goal::session_workload::SessionWorkload;
use crate::domain::goal::{Goal, MAX_DAYS_AHEAD};
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;
use crate::ui::widgets::keycap::Keycap;

pub use form::{day_id, name_id};

/// Draws the page: the form while it is open, else the exam.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, page: &GoalPage, now: &Moment) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    let id = format!("goal {:?} {}", page.goal_index, page.form.is_some());
    column::centred(ui, &id, TABLE_COLUMN_WIDTH, top, |ui| match (&page.form, goals::shown_goal(app)) {
        (Some(form), _) => form::show(ui, tokens, app, page, form, now),
        (None, Some((at, goal))) => goal_page(ui, tokens, app, (at, goal), now),
        (None, None) => None,
    })
}

/// Draws a link that says what to expect of the next exam, and its key. The link opens the page.
pub fn next_exam_link(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    // A link and not a button, because its text wraps in a narrow window.
    let clicked = ui.horizontal_wrapped(|ui| {
        let clicked = Button::new(&next_exam_text(app, today), ButtonStyle::Link).show(ui, tokens).clicked();
        let Some(key) = goals::OPEN_KEYS.first() else { return clicked };
        let cap = Keycap::new(ui, key);
        let (rect, _) = ui.allocate_exact_size(vec2(cap.size().x, 24.0), Sense::hover());
        cap.paint(
            ui,
            rect.left_center() - vec2(0.0, cap.size().y / 2.0),
            tokens.muted,
            tokens.line,
            tokens.paper,
        );
        clicked
    });
    clicked.inner.then(|| goals::open(app))
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
            ui.add(egui::Label::new(TextSize::Caption.text(small_print(forecast), tokens.muted)).wrap());
        }
        return command;
    }
    ui.add(egui::Label::new(TextSize::Title.strong(&goal.name, tokens.ink)).wrap());
    ui.label(TextSize::Body.text(details_text(app, goal, today), tokens.muted));
    ui.add_space(12.0);
    command = buttons(ui, tokens, app, goals::primary(app)).or(command);
    ui.add_space(20.0);
    if app.library().deck(&goal.deck).is_none() {
        ui.label(
            TextSize::Body.text("Its deck is not here. The date is kept until it is back.", tokens.muted),
        );
        return command;
    }
    if goal.is_over(today) {
        let text = "That day is over, and your schedule is back to normal. \
                     Set another day, or remove this one; what you learned stays.";
        ui.label(TextSize::Body.text(text, tokens.ink));
        return command;
    }
    if goal.is_too_far(today) {
        let text = format!(
            "That day is too far off to foresee. What to expect shows from {MAX_DAYS_AHEAD} days before."
        );
        ui.add(egui::Label::new(TextSize::Body.text(text, tokens.muted)).wrap());
        return command;
    }
    let Some(forecast) = app.goals().forecast(at) else {
        ui.label(TextSize::Body.text("Working out what to expect…", tokens.muted));
        return command;
    };
    if forecast.total.cards == 0 {
        ui.label(TextSize::Body.text("There are no cards in these topics.", tokens.muted));
        return command;
    }
    let session = app.figures().exams.get(at).map(|today| today.session.clone()).unwrap_or_default();
    for line in sentences(goal, forecast, &session) {
        ui.add(egui::Label::new(TextSize::Body.text(line, tokens.ink)).wrap());
    }
    ui.add_space(12.0);
    table::show(ui, tokens, forecast);
    if forecast.curve.len() > 1 {
        ui.add_space(16.0);
        chart_card(ui, tokens, "Expected score until the exam", |ui| curve::show(ui, tokens, forecast));
    }
    if let Some(plan_forecast) = &forecast.plan {
        ui.add_space(16.0);
        chart_card(ui, tokens, "Minutes a day with the plan", |ui| {
            workload::show(ui, tokens, forecast, plan_forecast, &session)
        });
    }
    ui.add_space(8.0);
    ui.add(egui::Label::new(TextSize::Caption.text(small_print(forecast), tokens.muted)).wrap());
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
            let button = Button::new(&label, ButtonStyle::Secondary).small().selected(index == at).key(key);
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
        let size = goals::shown_goal(app).and_then(|(at, _)| session_size(app, at));
        if let Some(primary) = primary
            && imminent::study_button(ui, tokens, "Study for it", size.as_deref())
        {
            command = Some(primary);
        }
        for other in goals::secondary(app) {
            let label = match &other {
                Command::Goal(GoalCommand::New) => "Another exam",
                other => other.label(),
            };
            let button = Button::new(label, ButtonStyle::Secondary).key(other.key());
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
    (session.cards > 0 && app.goals().forecast(at).is_some()).then(|| words::session_size(session))
}

/// "21 December 2026, in 28 days · Seventy Years of Solidarity, 3 topics · target 85 %"
fn details_text(app: &App, goal: &Goal, today: StudyDay) -> String {
    let day = words::date(goal.exam_day());
    let when = match goal.days_left(today) {
        _ if goal.is_over(today) => words::days_ago(goal.exam_day(), today),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    let deck = app.library().deck(&goal.deck).map_or(&*goal.deck, |loaded| loaded.deck.title.as_str());
    let topics = match goal.topics.len() {
        0 => String::new(),
        count => format!(", {}", words::count(count, "topic")),
    };
    format!("{day}, {when} · {deck}{topics} · target {}\u{a0}%", goal.target_percent)
}

/// What the forecast means, in a few sentences: with the plan, at the current pace, and without study.
fn sentences(goal: &Goal, forecast: &Forecast, session: &SessionWorkload) -> Vec<String> {
    let total = &forecast.total;
    let stop = words::expected_with_range(&total.without_study);
    let mut lines = Vec::new();
    if let Some(plan_forecast) = &forecast.plan {
        lines.push(plan_text(
            goal,
            plan_forecast,
            session,
            &words::expected_with_range(&forecast.expected()),
        ));
    }
    lines.push(match (&total.at_current_pace, &forecast.pace) {
        (Some(range), Some(pace)) => format!(
            "At today’s pace, {:.0} min on {:.0} of 10 days, it is {}; if you stop today, {stop}.",
            pace.minutes.max(1.0),
            (1.0 - pace.days_off_share) * 10.0,
            words::expected_with_range(range)
        ),
        _ => format!("If you stop today it is {stop}. The last two weeks show no pace to go by."),
    });
    lines
}

/// Minutes of the longest day of the plan. It may be today: cards in their learning steps come back whatever the plan
/// says.
fn longest_day_minutes(plan_forecast: &PlanForecast, session: &SessionWorkload) -> u32 {
    plan_forecast.plan.minutes_a_day.max(session.minutes())
}

/// What the plan takes and brings. `expected` is the score with the plan, as text.
fn plan_text(goal: &Goal, plan_forecast: &PlanForecast, session: &SessionWorkload, expected: &str) -> String {
    let longest_minutes = longest_day_minutes(plan_forecast, session);
    let longest_text = words::count(longest_minutes as usize, "minute");
    let target = goal.target_percent;
    let expected = match session.minutes() {
        0 => format!("You are done for today. With at most {longest_text} a day you can expect {expected}"),
        today if today == longest_minutes => {
            format!("With about {longest_text} a day you can expect {expected}")
        }
        today => format!(
            "With about {} today, and at most {longest_text} a day, you can expect {expected}",
            words::count(today as usize, "minute")
        ),
    };
    if plan_forecast.reaches_target {
        return format!("{expected}. The plan aims at {target}\u{a0}% or more in the least time.");
    }
    match (plan_forecast.plan.enough_minutes, &plan_forecast.closest) {
        (Some(enough), _) => format!("{expected}. For {target}\u{a0}% it would take {enough} minutes a day."),
        (None, _) if target >= 95 => format!(
            "{expected}. {target}\u{a0}% is more than any plan can promise: one answer in twenty slips even where \
             everything is known."
        ),
        (None, Some(closest)) if words::rounded_percent(closest.score.expected) >= u32::from(target) => {
            format!("{expected}. For {target}\u{a0}% it would take {} minutes a day.", closest.minutes_a_day)
        }
        (None, Some(closest)) => format!(
            "{expected}. {target}\u{a0}% cannot be reached by that day: {} minutes a day come nearest, {}.",
            closest.minutes_a_day,
            words::percent(closest.score.expected)
        ),
        (None, None) => {
            format!("{expected}. {target}\u{a0}% cannot be reached by that day: this comes nearest.")
        }
    }
}

fn small_print(forecast: &Forecast) -> String {
    let mut text =
        "Ranges hold the result in 19 of 20 cases: chance in what you remember, in the test itself, and in \
                     how long you keep things, as far as your answers tell. Cards that you are still learning count with what \
                     is likely to stay until the exam; Scores do not count them yet."
            .to_owned();
    // Before an exam of tomorrow no card comes back any more.
    if let Some(plan_forecast) = &forecast.plan
        && plan_forecast.minutes_by_day.len() > 1
    {
        let plan = &plan_forecast.plan;
        text += &format!(
            " Until the exam its cards come back when you would recall them with {}\u{a0}%",
            plan.retention_percent
        );
        if plan.pre_exam_review_percent.is_some() {
            text += &format!(
                ", with a last look in the last {}",
                words::count(plan.pre_exam_review_days as usize, "day")
            );
        }
        if forecast.total.unseen > 0 {
            text += &format!("; at most {} a day", words::count(plan.new_cards_a_day as usize, "new card"));
        }
        text.push('.');
    }
    if let Some(sampled) = forecast.sampled_cards {
        text += &format!(
            " With so many cards a sample of {sampled} of {} was tried out.",
            words::count(forecast.total.cards, "card")
        );
    }
    text
}

fn chart_card(ui: &mut Ui, tokens: &Tokens, title: &str, add: impl FnOnce(&mut Ui)) {
    column::card(ui, tokens, Margin::symmetric(20, 16), |ui| {
        ui.label(TextSize::Body.strong(title, tokens.ink));
        ui.add_space(4.0);
        add(ui);
    });
}
