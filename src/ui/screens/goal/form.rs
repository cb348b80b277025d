//! The form of an exam: name, deck, topics, day, target and time.

use eframe::egui::{self, Id, Margin, Ui, vec2};

use crate::app::goals::{GoalCommand, GoalForm, GoalPage};
use crate::app::settings::range;
use crate::app::{App, Command};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::goal::{MAX_DAYS_AHEAD, TARGET_PERCENT};
use crate::domain::grade::date::format_date;
use crate::text::{self, words};
use crate::ui::screens::settings::name_and_help;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::menu_button::{MenuChoice, menu_button};
use crate::ui::widgets::stepper::{option_buttons, stepper};

/// The limit of minutes a day when a limit is turned on.
const DEFAULT_MINUTES: u32 = 20;

/// The id of the field with the name.
pub fn name_id() -> Id {
    Id::unique("name of the exam")
}

/// The id of the field with the day.
pub fn day_id() -> Id {
    Id::unique("day of the exam")
}

/// Draws the form.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    page: &GoalPage,
    form: &GoalForm,
    now: &Moment,
) -> Option<Command> {
    let mut new = form.clone();
    let title = if page.goal_index.is_some() { text::goals::CHANGE_TITLE } else { text::goals::NEW_TITLE };
    ui.label(TextSize::Title.strong(title, tokens.ink));
    ui.add(egui::Label::new(TextSize::Body.text(text::goals::FORM_HELP, tokens.muted)).wrap());
    ui.add_space(16.0);
    column::card(ui, tokens, Margin::symmetric(20, 10), |ui| {
        form_row(ui, tokens, text::goals::NAME, "", |ui, width| {
            let field = TextField::new(name_id(), text::goals::NAME_FIELD).hide_label();
            field.hint_text(text::goals::DEFAULT_NAME).width(width).show(ui, tokens, &mut new.name);
        });
        column::hairline(ui, tokens);
        form_row(ui, tokens, text::goals::DECK, text::goals::DECK_HELP, |ui, _| {
            deck(ui, tokens, app, &mut new)
        });
        column::hairline(ui, tokens);
        form_row(ui, tokens, text::goals::TOPICS, text::goals::TOPICS_HELP, |ui, _| {
            topics(ui, tokens, app, &mut new)
        });
        column::hairline(ui, tokens);
        let help = match form.exam(now.day()) {
            Ok(date) => words::weekday_and_date(StudyDay::from_date(date)),
            Err(why) => format!("{why}."),
        };
        form_row(ui, tokens, text::goals::DAY, &help, |ui, width| {
            day(ui, tokens, &mut new, now.day(), width)
        });
        column::hairline(ui, tokens);
        form_row(ui, tokens, text::goals::TARGET, text::goals::TARGET_HELP, |ui, _| {
            let percent = new.target_percent;
            let text = words::whole_percent(i64::from(percent));
            if let Some(value) = stepper(ui, tokens, text::goals::TARGET, percent, TARGET_PERCENT, 1, &text) {
                new.target_percent = value;
            }
        });
        column::hairline(ui, tokens);
        form_row(ui, tokens, text::goals::DAILY_TIME, text::goals::DAILY_TIME_HELP, |ui, _| {
            minutes(ui, tokens, &mut new)
        });
    });
    ui.add_space(20.0);
    let mut command = (new != *form).then(|| Command::Goal(GoalCommand::SetForm(Box::new(new))));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        for (action, weight) in
            [(GoalCommand::Save, ButtonStyle::Primary), (GoalCommand::Back, ButtonStyle::Secondary)]
        {
            let action = Command::Goal(action);
            let enabled = weight != ButtonStyle::Primary || form.exam(now.day()).is_ok();
            let button = Button::command(&action, weight).enabled(enabled);
            if button.show(ui, tokens).clicked() && enabled {
                command = Some(action);
            }
        }
    });
    command
}

fn deck(ui: &mut Ui, tokens: &Tokens, app: &App, form: &mut GoalForm) {
    let choices: Vec<MenuChoice<_>> = app
        .library()
        .decks()
        .iter()
        .map(|loaded| {
            MenuChoice::new(loaded.deck.id.clone(), loaded.deck.title.clone())
                .below(text::today::deck_summary(&loaded.deck))
        })
        .collect();
    let title = app.library().deck(&form.deck).map_or(&*form.deck, |loaded| loaded.deck.title.as_str());
    if let Some(id) = menu_button(ui, tokens, text::goals::DECK, &words::excerpt(title), false, &choices)
        && id != form.deck
    {
        form.deck = id;
        form.topics.clear();
    }
}

fn topics(ui: &mut Ui, tokens: &Tokens, app: &App, form: &mut GoalForm) {
    let Some(loaded) = app.library().deck(&form.deck) else { return };
    ui.horizontal_wrapped(|ui| {
        let button = Button::secondary(text::decks::ALL_TOPICS).small().selected(form.topics.is_empty());
        if button.show(ui, tokens).clicked() {
            form.topics.clear();
        }
        for (key, name) in &loaded.deck.topics {
            let is_picked = form.topics.contains(key);
            let label = words::excerpt(name);
            if Button::secondary(&label).small().selected(is_picked).show(ui, tokens).clicked() {
                if is_picked {
                    form.topics.remove(key);
                } else {
                    form.topics.insert(key.clone());
                }
            }
        }
    });
}

fn day(ui: &mut Ui, tokens: &Tokens, form: &mut GoalForm, today: StudyDay, width: f32) {
    ui.vertical(|ui| {
        let exam = form.exam(today);
        let field = TextField::new(day_id(), text::goals::DAY_FIELD)
            .hide_label()
            .hint_text("2026-12-31")
            .invalid(exam.is_err());
        field.width(width).show(ui, tokens, &mut form.day);
        let left = exam.ok().map(|date| StudyDay::from_date(date).days_since(today));
        let text = left.map_or_else(|| words::NO_FIGURE.to_owned(), words::in_days);
        let (left, limits) = (left.unwrap_or(0), 0..=MAX_DAYS_AHEAD);
        if let Some(days) = stepper(ui, tokens, text::goals::DAYS_UNTIL, left, limits, 1, &text) {
            form.day = format_date(today.plus(days).date());
        }
    });
}

fn minutes(ui: &mut Ui, tokens: &Tokens, form: &mut GoalForm) {
    ui.vertical(|ui| {
        let options = [(false, text::goals::AS_NEEDED), (true, text::goals::AT_MOST)];
        if let Some(limited) = option_buttons(ui, tokens, &options, form.minutes_a_day.is_some()) {
            form.minutes_a_day = limited.then_some(DEFAULT_MINUTES);
        }
        if let Some(minutes) = form.minutes_a_day {
            let (name, text) = (text::goals::MINUTES_A_DAY, words::minutes(minutes));
            if let Some(value) = stepper(ui, tokens, name, minutes, range::MINUTES, 5, &text) {
                form.minutes_a_day = Some(value);
            }
        }
    });
}

/// Draws one row of the form: name and help at the left, the control at the right. In a narrow window the control goes
/// below. `control` gets the width it may take, in points.
fn form_row(ui: &mut Ui, tokens: &Tokens, name: &str, help: &str, control: impl FnOnce(&mut Ui, f32)) {
    ui.add_space(8.0);
    let width = ui.available_width();
    if width >= 520.0 {
        ui.horizontal_top(|ui| {
            let left = width * 0.38;
            column::part(ui, left, 40.0, |ui| name_and_help(ui, tokens, name, help));
            let room = ui.available_width();
            column::part(ui, room, 40.0, |ui| control(ui, room.min(320.0)));
        });
    } else {
        name_and_help(ui, tokens, name, help);
        control(ui, width);
    }
    ui.add_space(8.0);
}
