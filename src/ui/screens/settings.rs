//! The Settings screen: appearance, answering, pace, and where the data is.

use eframe::egui::{self, Margin, Ui, vec2};

use crate::app::Setting;
use crate::app::about::AboutCommand;
use crate::app::settings::{Theme, range};
use crate::app::{App, Command, words};
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;
use crate::ui::widgets::stepper::{option_buttons, stepper};

/// Draws the screen.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "settings", COLUMN_WIDTH, top, |ui| {
        ui.label(TextSize::Title.strong("Settings", tokens.ink));
        ui.add_space(8.0);
        let changed = appearance(ui, tokens, app).or(answering(ui, tokens, app)).or(pace(ui, tokens, app));
        let changed = changed.map(Command::Set);
        data(ui, tokens, app).or(about(ui, tokens)).or(changed)
    })
}

fn appearance(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Setting> {
    let settings = app.settings();
    let mut new = None;
    section(ui, tokens, "Look", |ui| {
        setting_row(ui, tokens, "Theme", "", |ui| {
            let themes = [(Theme::System, "System"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
            new = option_buttons(ui, tokens, &themes, settings.theme).map(Setting::Theme);
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, "Text size", "Also Ctrl + and Ctrl −.", |ui| {
            let percent = i64::from(settings.text_percent);
            let limits = i64::from(*range::TEXT_PERCENT.start())..=i64::from(*range::TEXT_PERCENT.end());
            let text = format!("{percent}\u{a0}%");
            if let Some(value) = stepper(ui, tokens, "Text size", percent, limits, 10, &text) {
                new = u16::try_from(value).ok().map(Setting::TextPercent);
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, "Motion", "Short fades, or none.", |ui| {
            let options = [(false, "Short"), (true, "None")];
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
    section(ui, tokens, "Answering", |ui| {
        let help = "Below every question, before its verdict; you may leave it alone. The keys Y, M and G work \
                    either way.";
        setting_row(ui, tokens, "Ask how sure I am", help, |ui| {
            let options = [(false, "Off"), (true, "On")];
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
    section(ui, tokens, "Pace", |ui| {
        setting_row(ui, tokens, "New cards a day", "Over all decks, taken in turns.", |ui| {
            let value = i64::from(settings.new_cards_a_day);
            let limits = i64::from(*range::NEW_CARDS.start())..=i64::from(*range::NEW_CARDS.end());
            if let Some(value) = stepper(ui, tokens, "New cards a day", value, limits, 5, &value.to_string())
            {
                new = u32::try_from(value).ok().map(Setting::NewCardsADay);
            }
        });
        column::hairline(ui, tokens);
        let help = "How sure you want to be when a card comes back. Higher means more reviews.";
        setting_row(ui, tokens, "Recall to aim at", help, |ui| {
            let value = i64::from(settings.retention_percent);
            let limits =
                i64::from(*range::RETENTION_PERCENT.start())..=i64::from(*range::RETENTION_PERCENT.end());
            let text = format!("{value}\u{a0}%");
            if let Some(value) = stepper(ui, tokens, "Recall to aim at", value, limits, 1, &text) {
                new = u8::try_from(value).ok().map(Setting::RetentionPercent);
            }
        });
        column::hairline(ui, tokens);
        let help = "Reviews beyond it wait, those that gain least first.";
        setting_row(ui, tokens, "Time a day", help, |ui| {
            ui.horizontal_wrapped(|ui| {
                let limited = settings.minutes_a_day.is_some();
                let options = [(false, "No limit"), (true, "Limit")];
                if let Some(value) = option_buttons(ui, tokens, &options, limited) {
                    new = Some(Setting::MinutesADay(value.then_some(20)));
                }
                if let Some(minutes) = settings.minutes_a_day {
                    let limits = i64::from(*range::MINUTES.start())..=i64::from(*range::MINUTES.end());
                    let text = format!("{minutes} min");
                    let value = stepper(ui, tokens, "Time a day", i64::from(minutes), limits, 5, &text);
                    if let Some(value) = value.and_then(|value| u32::try_from(value).ok()) {
                        new = Some(Setting::MinutesADay(Some(value)));
                    }
                }
            });
        });
        column::hairline(ui, tokens);
        let help = "Answers before this hour belong to the day before.";
        setting_row(ui, tokens, "A day begins at", help, |ui| {
            let value = i64::from(settings.rollover_hour);
            let limits = i64::from(*range::ROLLOVER_HOUR.start())..=i64::from(*range::ROLLOVER_HOUR.end());
            let text = format!("{value:02}:00");
            if let Some(value) = stepper(ui, tokens, "A day begins at", value, limits, 1, &text) {
                new = u8::try_from(value).ok().map(Setting::RolloverHour);
            }
        });
        column::hairline(ui, tokens);
        let name = "Longest time that counts for one answer";
        setting_row(
            ui,
            tokens,
            name,
            "Whatever goes beyond it is a break, and left out of your minutes.",
            |ui| {
                let seconds = settings.longest_answer_seconds;
                let limits =
                    i64::from(*range::LONGEST_ANSWER.start())..=i64::from(*range::LONGEST_ANSWER.end());
                let text = words::seconds_or_minutes(seconds);
                if let Some(value) = stepper(ui, tokens, name, i64::from(seconds), limits, 1, &text) {
                    let next = next_answer_limit(seconds, value > i64::from(seconds));
                    new = Some(Setting::LongestAnswerSeconds(next));
                }
            },
        );
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
    section(ui, tokens, "Your data", |ui| {
        setting_row(
            ui,
            tokens,
            "Progress",
            &app.dirs().data.join("progress.db").display().to_string(),
            |ui| {
                ui.horizontal_wrapped(|ui| {
                    for action in [Command::OpenDataFolder, Command::BackUp] {
                        if Button::new(action.label(), ButtonStyle::Secondary)
                            .small()
                            .show(ui, tokens)
                            .clicked()
                        {
                            command = Some(action);
                        }
                    }
                });
            },
        );
        column::hairline(ui, tokens);
        setting_row(ui, tokens, "Your own decks", &app.dirs().decks().display().to_string(), |_| {});
    });
    command
}

fn about(ui: &mut Ui, tokens: &Tokens) -> Option<Command> {
    let mut command = None;
    section(ui, tokens, "About", |ui| {
        let version = format!("Linchpin {}", env!("CARGO_PKG_VERSION"));
        setting_row(ui, tokens, &version, "The licences of what it is built from.", |ui| {
            let open = Command::About(AboutCommand::Open);
            if Button::new(open.label(), ButtonStyle::Secondary).small().show(ui, tokens).clicked() {
                command = Some(open);
            }
        });
    });
    command
}

fn section(ui: &mut Ui, tokens: &Tokens, title: &str, add: impl FnOnce(&mut Ui)) {
    ui.add_space(16.0);
    ui.label(TextSize::Lead.strong(title, tokens.ink));
    ui.add_space(4.0);
    column::card(ui, tokens, Margin::symmetric(20, 6), add);
}

/// Draws one setting: its name and help at the left, its control at the right. In a narrow window the control goes
/// below.
pub fn setting_row(ui: &mut Ui, tokens: &Tokens, name: &str, help: &str, control: impl FnOnce(&mut Ui)) {
    let names = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(TextSize::Body.text(name, tokens.ink));
        if !help.is_empty() {
            ui.add(egui::Label::new(TextSize::Caption.text(help, tokens.muted)).wrap());
        }
    };
    ui.add_space(4.0);
    let width = ui.available_width();
    if width >= 520.0 {
        ui.horizontal(|ui| {
            let left = width * 0.5;
            ui.allocate_ui_with_layout(vec2(left, 40.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(left);
                names(ui);
            });
            control(ui);
        });
    } else {
        names(ui);
        control(ui);
    }
    ui.add_space(4.0);
}
