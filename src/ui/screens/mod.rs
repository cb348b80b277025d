//! The screens.
//!
//! A screen reads [`App`], draws itself, and returns the [`Command`] that the learner gave in this frame, or `None`. It
//! never changes the state. What a screen is called and what it offers is in [`crate::app::screen`].

use eframe::egui::Ui;

pub mod about;
pub mod attempt;
pub mod decks;
pub mod failed;
pub mod future_answers;
pub mod goal;
pub mod interrupted;
pub mod navigation;
pub mod overconfidence;
pub mod scores;
pub mod settings;
pub mod study;
pub mod today;

use super::icons;
use super::keys::{self, KeyActions, KeyReader};
use super::theme::Tokens;
use crate::app::{App, Command, Screen};
use crate::domain::day::Moment;

/// How a screen looks, and how it takes keys.
pub struct ScreenView {
    /// Its icon in the navigation.
    pub icon: char,
    /// Draws it.
    pub show: fn(&mut Ui, &Tokens, &App, &Moment) -> Option<Command>,
    /// Reads the keys that are no commands of their own.
    pub(super) keys: fn(&KeyReader<'_>, &App, &mut KeyActions),
}

/// How a screen looks, and how it takes keys.
pub fn view(screen: Screen) -> ScreenView {
    match screen {
        Screen::Today => ScreenView { icon: icons::TODAY, show: today::show, keys: |_, _, _| {} },
        Screen::Decks => ScreenView { icon: icons::DECKS, show: decks::show, keys: keys::decks::read },
        Screen::Scores => ScreenView {
            icon: icons::SCORES,
            show: |ui, tokens, app, now| match app.goals().page() {
                Some(page) => goal::show(ui, tokens, app, page, now),
                None => scores::show(ui, tokens, app, now.day()),
            },
            keys: keys::scores::read,
        },
        Screen::Test => {
            ScreenView { icon: icons::CHECK, show: attempt::show, keys: keys::attempt::read_screen }
        }
        Screen::Settings => ScreenView {
            icon: icons::SETTINGS,
            show: |ui, tokens, app, _| settings::show(ui, tokens, app),
            keys: |_, _, _| {},
        },
    }
}
