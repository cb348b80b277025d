//! The setup of a test.

use eframe::egui::{self, Role, Sense, Ui, WidgetInfo, vec2};

use super::code_id;
use crate::app::attempt::{PausedAttempt, TestCommand};
use crate::app::{App, Command, Shortcut};
use crate::domain::attempt::{AttemptPhase, ChosenTopic, Mix, TestSetup, limits};
use crate::domain::question::Kind;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::screens::settings::{section, setting_row};
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, focus_ring};
use crate::ui::widgets::column;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::stepper::{option_buttons, stepper};

/// Draws the setup of the next test, or the paused test if there is one.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    if let Some(paused) = app.tests().paused() {
        return paused_attempt(ui, tokens, paused, app.tests().asks_discard());
    }
    ui.label(TextSize::Body.text(text::attempt::WHAT_A_TEST_IS, tokens.muted));
    let mut command = None;
    let setup = app.tests().setup();
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        let available = app.tests().matching_questions();
        let begin =
            Button::command(&Command::Test(TestCommand::Begin), ButtonStyle::Primary).enabled(available > 0);
        if begin.show(ui, tokens).clicked() {
            command = Some(Command::Test(TestCommand::Begin));
        }
        let summary = text::attempt::setup_summary(setup.question_count as usize, available, setup.minutes);
        ui.add(egui::Label::new(TextSize::Body.text(summary, tokens.muted)).wrap());
    });
    command = decks(ui, tokens, app, setup).map(set_setup).or(command);
    command = rules(ui, tokens, app, setup).or(command);
    kinds(ui, tokens, setup).map(set_setup).or(command)
}

fn set_setup(setup: TestSetup) -> Command {
    Command::Test(TestCommand::SetSetup(setup))
}

fn paused_attempt(
    ui: &mut Ui,
    tokens: &Tokens,
    paused: &PausedAttempt,
    asks_discard: bool,
) -> Option<Command> {
    let (title, below) = match paused.attempt.phase() {
        AttemptPhase::SelfGrading => (text::attempt::UNGRADED, text::attempt::UNGRADED_HELP.to_owned()),
        _ => {
            let questions = paused.test.items.len();
            (
                text::attempt::PAUSED,
                text::attempt::paused(paused.answered(), questions, paused.remaining_ms()),
            )
        }
    };
    ui.add_space(8.0);
    ui.label(TextSize::Lead.strong(title, tokens.ink));
    ui.label(TextSize::Body.text(below, tokens.muted));
    ui.add_space(12.0);
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        let resume = Command::Test(TestCommand::Continue);
        if Button::command(&resume, ButtonStyle::Primary).key(Shortcut::Space).show(ui, tokens).clicked() {
            command = Some(TestCommand::Continue);
        }
        let ask_discard = TestCommand::AskDiscard(true);
        let test_command = Command::Test(ask_discard.clone());
        let button = Button::command(&test_command, ButtonStyle::Secondary);
        if !asks_discard && button.show(ui, tokens).clicked() {
            command = Some(ask_discard);
        }
    });
    if asks_discard {
        ui.add_space(12.0);
        ui.add(egui::Label::new(TextSize::Body.text(text::attempt::DISCARD_WARNING, tokens.ink)).wrap());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
            for test_command in [TestCommand::Discard, TestCommand::AskDiscard(false)] {
                let action = Command::Test(test_command.clone());
                let button = Button::command(&action, ButtonStyle::Secondary);
                if button.show(ui, tokens).clicked() {
                    command = Some(test_command);
                }
            }
        });
    }
    command.map(Command::Test)
}

/// The decks to ask about, each with its topics.
fn decks(ui: &mut Ui, tokens: &Tokens, app: &App, setup: &TestSetup) -> Option<TestSetup> {
    let mut new = None;
    section(ui, tokens, text::attempt::QUESTIONS_FROM, |ui| {
        for (at, loaded) in app.library().decks().iter().enumerate() {
            let deck = &loaded.deck;
            if at > 0 {
                column::hairline(ui, tokens);
            }
            let is_picked = setup.decks.is_empty() || setup.decks.contains(&deck.id);
            let questions = words::count(deck.questions.len(), "question");
            if deck_check_box(ui, tokens, &deck.id, &deck.title, &questions, is_picked) {
                new = Some(with_deck(app, setup, &deck.id, !is_picked));
            }
            // Topics show for a deck that is chosen by itself, not for one that is chosen with all others.
            let is_chosen_alone = setup.decks.contains(&deck.id) || app.library().decks().len() == 1;
            if !is_chosen_alone || deck.topics.len() < 2 {
                continue;
            }
            chips(ui, |ui| {
                for (key, name) in &deck.topics {
                    let topic = ChosenTopic { deck: deck.id.clone(), topic: key.clone() };
                    let has_topic_of_deck = setup.topics.iter().any(|it| it.deck == deck.id);
                    let is_on = !has_topic_of_deck || setup.topics.contains(&topic);
                    if toggle_chip(ui, tokens, name, is_on) {
                        let mut topics = setup.topics.clone();
                        if !has_topic_of_deck {
                            topics.extend(
                                deck.topics
                                    .keys()
                                    .map(|key| ChosenTopic { deck: deck.id.clone(), topic: key.clone() }),
                            );
                        }
                        toggle(&mut topics, topic);
                        if topics.iter().filter(|it| it.deck == deck.id).count() == deck.topics.len() {
                            topics.retain(|it| it.deck != deck.id);
                        }
                        new = Some(TestSetup { topics, ..setup.clone() });
                    }
                }
            });
        }
        if setup.decks.is_empty() && app.library().decks().len() > 1 {
            column::hairline(ui, tokens);
            ui.add_space(8.0);
            ui.add(
                egui::Label::new(TextSize::Caption.text(text::attempt::CHOOSE_TOPICS, tokens.muted)).wrap(),
            );
            ui.add_space(8.0);
        }
    });
    new
}

/// The kinds of question to ask.
fn kinds(ui: &mut Ui, tokens: &Tokens, setup: &TestSetup) -> Option<TestSetup> {
    let mut new = None;
    section(ui, tokens, text::attempt::KINDS, |ui| {
        chips(ui, |ui| {
            for kind in Kind::ALL {
                if toggle_chip(ui, tokens, kind.label(), setup.includes_kind(kind)) {
                    let mut kinds =
                        if setup.kinds.is_empty() { Kind::ALL.to_vec() } else { setup.kinds.clone() };
                    toggle(&mut kinds, kind);
                    if kinds.len() == Kind::ALL.len() {
                        kinds.clear();
                    }
                    new = Some(TestSetup { kinds, ..setup.clone() });
                }
            }
        });
    });
    new
}

/// Removes a value from a list, or adds it. The last value stays, because an empty list means all.
fn toggle<T: PartialEq>(list: &mut Vec<T>, value: T) {
    match list.iter().position(|other| *other == value) {
        Some(_) if list.len() == 1 => {}
        Some(index) => drop(list.remove(index)),
        None => list.push(value),
    }
}

fn with_deck(app: &App, setup: &TestSetup, deck: &std::sync::Arc<str>, is_picked: bool) -> TestSetup {
    let all = || app.library().decks().iter().map(|loaded| loaded.deck.id.clone());
    let mut decks: Vec<_> = if setup.decks.is_empty() { all().collect() } else { setup.decks.clone() };
    // Ids of decks that are gone would keep the list from ever being complete, and so from becoming empty.
    decks.retain(|id| all().any(|other| other == *id));
    if is_picked {
        decks.push(deck.clone());
    } else if decks.len() > 1 {
        decks.retain(|id| id != deck);
    }
    if decks.len() == app.library().decks().len() {
        decks.clear();
    }
    TestSetup { decks, ..setup.clone() }
}

/// Number of questions, time limit, mix, code, and whether the answers count for the schedule.
fn rules(ui: &mut Ui, tokens: &Tokens, app: &App, setup: &TestSetup) -> Option<Command> {
    let mut new = None;
    let mut command = None;
    section(ui, tokens, text::attempt::RULES, |ui| {
        setting_row(ui, tokens, text::attempt::NUMBER, "", |ui| {
            let (count, text) = (setup.question_count, setup.question_count.to_string());
            let step = if count < 10 { 1 } else { 5 };
            if let Some(question_count) =
                stepper(ui, tokens, text::attempt::NUMBER, count, limits::NUMBER, step, &text)
            {
                new = Some(TestSetup { question_count, ..setup.clone() });
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::attempt::TIME, text::attempt::TIME_HELP, |ui| {
            ui.vertical(|ui| {
                let options = [(false, text::general::NO_LIMIT), (true, text::general::LIMIT)];
                if let Some(value) = option_buttons(ui, tokens, &options, setup.minutes.is_some()) {
                    new = Some(TestSetup { minutes: value.then_some(15), ..setup.clone() });
                }
                if let Some(value) = setup.minutes {
                    let (step, minutes) = (if value < 10 { 1 } else { 5 }, words::minutes(value));
                    if let Some(value) =
                        stepper(ui, tokens, text::attempt::TIME, value, limits::MINUTES, step, &minutes)
                    {
                        new = Some(TestSetup { minutes: Some(value), ..setup.clone() });
                    }
                }
            });
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::attempt::MIX, text::attempt::mix_help(setup.mix), |ui| {
            let options = Mix::ALL.map(|mix| (mix, text::attempt::mix(mix)));
            if let Some(mix) = option_buttons(ui, tokens, &options, setup.mix) {
                new = Some(TestSetup { mix, ..setup.clone() });
            }
        });
        column::hairline(ui, tokens);
        setting_row(ui, tokens, text::attempt::CODE, text::attempt::CODE_HELP, |ui| {
            ui.horizontal_wrapped(|ui| {
                let mut code = app.tests().code().to_owned();
                let field = TextField::new(code_id(), text::attempt::CODE).hide_label().width(132.0);
                if field.show(ui, tokens, &mut code).changed() {
                    command = Some(Command::Test(TestCommand::SetCode(code)));
                }
                if Button::command(&Command::Test(TestCommand::NewCode), ButtonStyle::Secondary)
                    .small()
                    .show(ui, tokens)
                    .clicked()
                {
                    command = Some(Command::Test(TestCommand::NewCode));
                }
            });
        });
        column::hairline(ui, tokens);
        let help = text::attempt::counts_help(setup.moves_schedule);
        setting_row(ui, tokens, text::attempt::COUNTS, help, |ui| {
            let options = [(false, text::general::NO), (true, text::general::YES)];
            if let Some(counts) = option_buttons(ui, tokens, &options, setup.moves_schedule) {
                new = Some(TestSetup { moves_schedule: counts, ..setup.clone() });
            }
        });
    });
    new.map(set_setup).or(command)
}

fn chips(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        add(ui);
    });
    ui.add_space(8.0);
}

/// A small button that is on or off, one of several. Returns whether it was clicked.
fn toggle_chip(ui: &mut Ui, tokens: &Tokens, name: &str, is_on: bool) -> bool {
    let (ink, fill, line) = if is_on {
        (tokens.ink, tokens.accent_fill, tokens.accent)
    } else {
        (tokens.muted, tokens.card, tokens.line)
    };
    let galley =
        truncated(ui, name, TextSize::Caption.regular(), ink, (ui.max_rect().width() - 32.0).max(60.0));
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 24.0, 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    let line = egui::Stroke::new(1.0, line);
    ui.painter().rect(rect, egui::CornerRadius::same(16), fill, line, egui::StrokeKind::Inside);
    focus_ring(ui, &response, rect, 16, tokens);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response.clicked()
}

/// A row with a check box for a deck. Returns whether it was clicked.
fn deck_check_box(
    ui: &mut Ui,
    tokens: &Tokens,
    deck: &str,
    name: &str,
    below: &str,
    is_picked: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    // The id comes from the deck, not from the row: the focus stays where it is when topics appear above.
    let response = ui.interact(rect, egui::Id::unique(("deck of a test", deck)), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_picked, format!("{name}, {below}")));
    focus_ring(ui, &response, rect.expand2(vec2(8.0, -2.0)), 6, tokens);
    let center_y = rect.center().y;
    let square = egui::Rect::from_center_size(egui::pos2(rect.left() + 10.0, center_y), vec2(20.0, 20.0));
    let (fill, line) = if is_picked { (tokens.accent, tokens.accent) } else { (tokens.card, tokens.muted) };
    let line = egui::Stroke::new(1.5, line);
    ui.painter().rect(square, egui::CornerRadius::same(5), fill, line, egui::StrokeKind::Inside);
    if is_picked {
        let icon = icons::CHECK.to_string();
        let icon = ui.painter().layout_no_wrap(icon, TextSize::Caption.semibold(), tokens.on_accent);
        ui.painter().galley(square.center() - icon.size() / 2.0, icon, tokens.on_accent);
    }
    let below = ui.painter().layout_no_wrap(below.to_owned(), TextSize::Caption.regular(), tokens.muted);
    let room = rect.width() - 36.0 - below.size().x - 16.0;
    let galley = truncated(ui, name, TextSize::Body.regular(), tokens.ink, room.max(60.0));
    let below_at = egui::pos2(rect.right() - below.size().x, center_y - below.size().y / 2.0);
    ui.painter().galley(egui::pos2(rect.left() + 36.0, center_y - galley.size().y / 2.0), galley, tokens.ink);
    ui.painter().galley(below_at, below, tokens.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
