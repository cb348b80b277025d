//! The Settings screen: appearance, answering, pace, and where the data is.

use std::time::Duration;

use eframe::egui::{self, Margin, Ui};

use crate::app::Setting;
use crate::app::about::AboutCommand;
use crate::app::settings::{Theme, range};
use crate::app::{App, Command};
use crate::text::{self, words};
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::column;
use crate::ui::widgets::stepper::{option_buttons, stepper};

/// How often the share of an export that is done is drawn.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "settings", COLUMN_WIDTH, top, |ui| {
        ui.label(TextSize::Title.strong(text::settings::TITLE, tokens.ink));
        ui.add_space(8.0);
        let changed = appearance(ui, tokens, app).or(answering(ui, tokens, app)).or(pace(ui, tokens, app));
        let changed = changed.map(Command::Set);
        data(ui, tokens, app).or(about(ui, tokens)).or(changed)
    })
}

fn appearance(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Setting> {
    let settings = app.settings();
    let mut new = None;
    section(ui, tokens, text::settings::APPEARANCE, |ui| {
        setting_row(ui, tokens, text::settings::THEME, "", |ui| {
            let themes = [
                (Theme::System, text::settings::THEME_SYSTEM),
                (Theme::Light, text::settings::THEME_LIGHT),
                (Theme::Dark, text::settings::THEME_DARK),
            ];
            new = option_buttons(ui, tokens, &themes, settings.theme).map(Setting::Theme);
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::TEXT_SIZE, text::settings::TEXT_SIZE_HELP, |ui| {
            let (percent, limits) = (settings.text_percent, range::TEXT_PERCENT);
            let text = words::whole_percent(i64::from(percent));
            if let Some(value) = stepper(ui, tokens, text::settings::TEXT_SIZE, percent, limits, 10, &text) {
                new = Some(Setting::TextPercent(value));
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::MOTION, text::settings::MOTION_HELP, |ui| {
            let options = [(false, text::settings::MOTION_SHORT), (true, text::settings::MOTION_NONE)];
            if let Some(value) = option_buttons(ui, tokens, &options, settings.reduce_motion) {
                new = Some(Setting::ReduceMotion(value));
            }
        });
    });
    new
}

fn answering(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Setting> {
    let settings = app.settings();
    let mut new = None;
    section(ui, tokens, text::settings::ANSWERING, |ui| {
        setting_row(ui, tokens, text::settings::ASK_CONFIDENCE, text::settings::ASK_CONFIDENCE_HELP, |ui| {
            let options = [(false, text::general::OFF), (true, text::general::ON)];
            if let Some(value) = option_buttons(ui, tokens, &options, settings.ask_confidence) {
                new = Some(Setting::AskConfidence(value));
            }
        });
    });
    new
}

fn pace(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Setting> {
    let settings = app.settings();
    let mut new = None;
    section(ui, tokens, text::settings::PACE, |ui| {
        setting_row(ui, tokens, text::settings::NEW_CARDS, text::settings::NEW_CARDS_HELP, |ui| {
            let (value, limits) = (settings.new_cards_a_day, range::NEW_CARDS);
            let text = value.to_string();
            if let Some(value) = stepper(ui, tokens, text::settings::NEW_CARDS, value, limits, 5, &text) {
                new = Some(Setting::NewCardsADay(value));
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::RETENTION, text::settings::RETENTION_HELP, |ui| {
            let (value, limits) = (settings.retention_percent, range::RETENTION_PERCENT);
            let text = words::whole_percent(i64::from(value));
            if let Some(value) = stepper(ui, tokens, text::settings::RETENTION, value, limits, 1, &text) {
                new = Some(Setting::RetentionPercent(value));
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::DAILY_TIME, text::settings::DAILY_TIME_HELP, |ui| {
            ui.horizontal_wrapped(|ui| {
                let limited = settings.minutes_a_day.is_some();
                let options = [(false, text::general::NO_LIMIT), (true, text::general::LIMIT)];
                if let Some(value) = option_buttons(ui, tokens, &options, limited) {
                    new = Some(Setting::MinutesADay(value.then_some(20)));
                }
                if let Some(minutes) = settings.minutes_a_day {
                    let (name, text) = (text::settings::DAILY_TIME, words::minutes(minutes));
                    if let Some(value) = stepper(ui, tokens, name, minutes, range::MINUTES, 5, &text) {
                        new = Some(Setting::MinutesADay(Some(value)));
                    }
                }
            });
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::ROLLOVER, text::settings::ROLLOVER_HELP, |ui| {
            let (value, limits) = (settings.rollover_hour, range::ROLLOVER_HOUR);
            let text = text::settings::full_hour(i64::from(value));
            if let Some(value) = stepper(ui, tokens, text::settings::ROLLOVER, value, limits, 1, &text) {
                new = Some(Setting::RolloverHour(value));
            }
        });
        column::hairline(ui, tokens);
        let name = text::settings::LONGEST_ANSWER;
        setting_row(ui, tokens, name, text::settings::LONGEST_ANSWER_HELP, |ui| {
            let seconds = settings.longest_answer_seconds;
            let text = words::seconds_or_minutes(seconds);
            if let Some(value) = stepper(ui, tokens, name, seconds, range::LONGEST_ANSWER, 1, &text) {
                let next = next_answer_limit(seconds, value > seconds);
                new = Some(Setting::LongestAnswerSeconds(next));
            }
        });
    });
    new
}

/// The limits to choose from, in seconds. Each is longer than the one before by about the same factor, so that each
/// step feels alike.
const ANSWER_LIMITS_SECONDS: [u32; 13] = [10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800];

fn next_answer_limit(seconds: u32, longer: bool) -> u32 {
    let next = match longer {
        true => ANSWER_LIMITS_SECONDS.iter().find(|it| **it > seconds),
        false => ANSWER_LIMITS_SECONDS.iter().rfind(|it| **it < seconds),
    };
    next.copied().unwrap_or(seconds)
}

fn data(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let mut command = None;
    section(ui, tokens, text::settings::DATA, |ui| {
        let file = app.dirs().data.join("progress.db").display().to_string();
        setting_row(ui, tokens, text::settings::PROGRESS, &file, |ui| {
            ui.horizontal_wrapped(|ui| {
                for action in [Command::OpenDataFolder, Command::BackUp] {
                    let button = Button::secondary(action.label()).small();
                    if button.show(ui, tokens).clicked() {
                        command = Some(action);
                    }
                }
            });
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::settings::OWN_DECKS, &app.dirs().decks().display().to_string(), |_| {});
        column::hairline(ui, tokens);
        let (help, action) = match app.history_export().everything_progress() {
            Some(share) => {
                ui.ctx().request_repaint_after(PROGRESS_INTERVAL);
                (text::export::exporting(share), Command::CancelExport)
            }
            None => (text::export::EVERYTHING_HELP.to_owned(), Command::ExportEverything),
        };
        setting_row(ui, tokens, text::export::EVERYTHING, &help, |ui| {
            if Button::secondary(action.label()).small().show(ui, tokens).clicked() {
                command = Some(action);
            }
        });
    });
    command
}

fn about(ui: &mut Ui, tokens: &Tokens) -> Option<Command> {
    let mut command = None;
    section(ui, tokens, text::settings::ABOUT, |ui| {
        let version = text::settings::version(env!("CARGO_PKG_VERSION"));
        setting_row(ui, tokens, &version, text::settings::ABOUT_HELP, |ui| {
            let open = Command::About(AboutCommand::Open);
            if Button::secondary(open.label()).small().show(ui, tokens).clicked() {
                command = Some(open);
            }
        });
    });
    command
}

/// Draws a group of settings: a heading, and a card with `add` in it.
pub fn section(ui: &mut Ui, tokens: &Tokens, title: &str, add: impl FnOnce(&mut Ui)) {
    ui.add_space(16.0);
    ui.label(TextSize::Lead.strong(title, tokens.ink));
    ui.add_space(4.0);
    column::card(ui, tokens, Margin::symmetric(20, 6), add);
}

/// Draws one setting: its name and help at the left, its control at the right. In a narrow window the control goes
/// below.
pub fn setting_row(ui: &mut Ui, tokens: &Tokens, name: &str, help: &str, control: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    let width = ui.available_width();
    if width >= 520.0 {
        ui.horizontal(|ui| {
            let left = width * 0.5;
            column::part(ui, left, 40.0, |ui| name_and_help(ui, tokens, name, help));
            control(ui);
        });
    } else {
        name_and_help(ui, tokens, name, help);
        control(ui);
    }
    ui.add_space(4.0);
}

/// Draws what a control is for: its name, and help below it unless that is empty.
pub fn name_and_help(ui: &mut Ui, tokens: &Tokens, name: &str, help: &str) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.label(TextSize::Body.text(name, tokens.ink));
    if !help.is_empty() {
        ui.add(egui::Label::new(TextSize::Caption.text(help, tokens.muted)).wrap());
    }
}
