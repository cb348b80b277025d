//! The page of one deck: its title, its problems, its questions.

use eframe::egui::{self, Align, Layout, Ui, vec2};

use super::{diagnostics, library, table};
use crate::app::decks::{DeckCommand, DeckPage, Dialog, PageSubject, SelectionChange, menu};
use crate::app::study::{Scope, SessionKind, StudyCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::formats::import::ImportAs;
use crate::library::{LoadedDeck, Origin};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, command_button, small_command_button};
use crate::ui::widgets::column;
use crate::ui::widgets::menu_button::{self, MenuChoice};

/// Narrowest content with the buttons beside the title, in points.
const WIDE_MIN_WIDTH: f32 = 640.0;

/// Draws the page of a deck, or of a file that is not a deck yet. Draws nothing if the deck is gone.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, page: &DeckPage, now: &Moment) -> Option<Command> {
    let loaded = match &page.subject {
        PageSubject::Deck(id) => app.library().deck(id)?,
        PageSubject::File(path) => return broken_file_page(ui, tokens, page, path),
    };
    let mut command = None;
    if !page.selected.is_empty() {
        command = selection_bar(ui, tokens, page, loaded);
    }
    let top = column::top_space(ui, 28.0);
    let id = format!("deck {}", loaded.deck.id);
    column::centred(ui, &id, TABLE_COLUMN_WIDTH, top, |ui| {
        let mut command = back_link(ui, tokens);
        command = heading(ui, tokens, app, loaded).or(command);
        ui.add_space(12.0);
        if let Origin::File(path) = &loaded.origin {
            command = diagnostics::show(ui, tokens, page, path).or(command);
        }
        if loaded.deck.questions.is_empty() {
            return empty(ui, tokens, loaded).or(command);
        }
        ui.add_space(8.0);
        table::show(ui, tokens, page, &loaded.deck, now).or(command)
    })
    .or(command)
}

fn broken_file_page(
    ui: &mut Ui,
    tokens: &Tokens,
    page: &DeckPage,
    path: &std::path::Path,
) -> Option<Command> {
    let top = column::top_space(ui, 28.0);
    column::centred(ui, "file", TABLE_COLUMN_WIDTH, top, |ui| {
        let mut command = back_link(ui, tokens);
        ui.add(egui::Label::new(TextSize::Title.strong(library::file_name(path), tokens.ink)).wrap());
        ui.add(egui::Label::new(TextSize::Body.text(text::decks::NOT_A_DECK_YET, tokens.muted)).wrap());
        ui.add_space(12.0);
        command = diagnostics::show(ui, tokens, page, path).or(command);
        command
    })
}

fn back_link(ui: &mut Ui, tokens: &Tokens) -> Option<Command> {
    let text = format!("{} {}", icons::BACK, text::decks::TITLE);
    let response = Button::link(&text).show(ui, tokens);
    response.clicked().then_some(Command::Deck(DeckCommand::ShowLibrary))
}

fn heading(ui: &mut Ui, tokens: &Tokens, app: &App, loaded: &LoadedDeck) -> Option<Command> {
    let wide = ui.available_width() >= WIDE_MIN_WIDTH;
    let title = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(egui::Label::new(TextSize::Title.strong(&loaded.deck.title, tokens.ink)).wrap());
        ui.add(egui::Label::new(TextSize::Body.text(summary(loaded), tokens.muted)).wrap());
        let total = app.figures().deck(&loaded.deck.id).map(|figures| &figures.total);
        if let Some((total, known)) =
            total.and_then(|total| Some((total, text::scores::known_of_seen(total)?)))
        {
            let besides = text::scores::seen_but_not_known(total);
            let label =
                ui.add(egui::Label::new(TextSize::Body.text(format!("{known}."), tokens.muted)).wrap());
            if !besides.is_empty() {
                label.on_hover_text(besides);
            }
        }
    };
    if !wide {
        title(ui);
        ui.add_space(4.0);
        return ui.horizontal_wrapped(|ui| buttons(ui, tokens, loaded)).inner;
    }
    let width = ui.available_width();
    ui.horizontal(|ui| {
        let right = 380.0;
        column::part(ui, width - right, 64.0, |ui| {
            title(ui);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // Placed at the right edge, but drawn from left to right, so that Tab goes in reading order.
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let taken = buttons_width(ui, loaded);
                ui.add_space((ui.available_width() - taken).max(0.0));
                buttons(ui, tokens, loaded)
            })
            .inner
        })
        .inner
    })
    .inner
}

fn summary(loaded: &LoadedDeck) -> String {
    let deck = &loaded.deck;
    match &loaded.origin {
        Origin::File(path) => text::decks::own_deck(deck.questions.len(), &library::file_name(path)),
        Origin::Shipped(_) => text::decks::shipped_deck(deck.questions.len()),
    }
}

/// The command of the button after "Study".
fn second_command(loaded: &LoadedDeck) -> Command {
    Command::Deck(match &loaded.origin {
        Origin::File(_) => DeckCommand::NewQuestion,
        Origin::Shipped(_) => DeckCommand::Copy(loaded.deck.id.clone()),
    })
}

/// Estimated width of the buttons, in points.
fn buttons_width(ui: &Ui, loaded: &LoadedDeck) -> f32 {
    let width = |text: &str| {
        ui.painter()
            .layout_no_wrap(text.to_owned(), TextSize::Body.semibold(), egui::Color32::PLACEHOLDER)
            .size()
            .x
    };
    // The padding of two small buttons, their keys, and the button "More".
    let study = if loaded.deck.questions.is_empty() { 0.0 } else { width(text::decks::STUDY) + 36.0 };
    study + width(second_command(loaded).label()) + 28.0 + 28.0 + 8.0 + width(text::decks::MORE) + 50.0
}

fn buttons(ui: &mut Ui, tokens: &Tokens, loaded: &LoadedDeck) -> Option<Command> {
    let deck = &loaded.deck;
    let mut command = None;
    if !deck.questions.is_empty() && Button::primary(text::decks::STUDY).small().show(ui, tokens).clicked() {
        command = Some(Command::Study(StudyCommand::Start(Scope::Deck(deck.id.clone()), SessionKind::Today)));
    }
    let second = second_command(loaded);
    command = small_command_button(ui, tokens, second, ButtonStyle::Secondary).or(command);
    let more: Vec<_> =
        menu(loaded, 1).into_iter().map(|command| MenuChoice::command(command.into())).collect();
    if let Some(chosen) =
        menu_button::menu_button(ui, tokens, text::decks::MORE, text::decks::MORE, false, &more)
    {
        command = Some(chosen);
    }
    command
}

fn empty(ui: &mut Ui, tokens: &Tokens, loaded: &LoadedDeck) -> Option<Command> {
    ui.add_space(24.0);
    ui.label(TextSize::Lead.strong(text::decks::NO_QUESTIONS_YET, tokens.ink));
    ui.add(egui::Label::new(TextSize::Body.text(text::decks::FIRST_QUESTION, tokens.muted)).wrap());
    ui.add_space(8.0);
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        if matches!(loaded.origin, Origin::Shipped(_)) {
            return;
        }
        let paste =
            DeckCommand::SetDialog(Dialog::Paste { text: String::new(), target: ImportAs::default() });
        for (action, weight) in
            [(DeckCommand::NewQuestion, ButtonStyle::Primary), (paste, ButtonStyle::Secondary)]
        {
            command = command_button(ui, tokens, action, weight).or(command.take());
        }
    });
    command
}

/// The bar at the lower edge of the window with the commands for the selected questions.
fn selection_bar(ui: &mut Ui, tokens: &Tokens, page: &DeckPage, loaded: &LoadedDeck) -> Option<Command> {
    let deck = &loaded.deck;
    let is_own = matches!(loaded.origin, Origin::File(_));
    let mut command = None;
    column::footer(ui, tokens, "picked", TABLE_COLUMN_WIDTH, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            let count = text::decks::selected(page.selected.len());
            ui.label(TextSize::Body.strong(count, tokens.ink));
            let mut actions = Vec::new();
            if let (1, Some(id)) = (page.selected.len(), page.selected.iter().next()) {
                actions.push(DeckCommand::Edit(id.clone()));
            }
            actions.extend([DeckCommand::Suspend, DeckCommand::Resume, DeckCommand::Reset]);
            if is_own {
                actions.push(DeckCommand::Delete);
            }
            for action in actions {
                command = small_command_button(ui, tokens, action, ButtonStyle::Secondary).or(command.take());
            }
            if is_own && deck.topics.len() > 1 {
                let topics: Vec<MenuChoice<String>> =
                    deck.topics.iter().map(|(key, name)| MenuChoice::new(key.clone(), name)).collect();
                if let Some(topic) = menu_button::menu_button(
                    ui,
                    tokens,
                    text::decks::TOPIC,
                    text::decks::MOVE_TO_TOPIC,
                    false,
                    &topics,
                ) {
                    command = Some(Command::Deck(DeckCommand::SetTopic(topic)));
                }
            }
            if Button::link(text::decks::CLEAR_SELECTION).show(ui, tokens).clicked() {
                command = Some(Command::Deck(DeckCommand::Select(SelectionChange::None)));
            }
        });
    });
    command
}
