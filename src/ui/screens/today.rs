//! The Today screen: what to do next, the decks, and the weakest topic.

use eframe::egui::{self, Align, Layout, Margin, Ui, vec2};

use super::goal;
use crate::app::attempt::TestCommand;
use crate::app::figures::{DeckFigures, Figures};
use crate::app::goals::imminent::ImminentExam;
use crate::app::offers;
use crate::app::offers::today::{keys_of_secondary, most_valuable_count, primary, read_source, secondary};
use crate::app::study::{Scope, SessionKind, StudyCommand};
use crate::app::{App, Command, Screen, Shortcut};
use crate::domain::day::Moment;
use crate::library::LoadedDeck;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TABLE_COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, row_button};
use crate::ui::widgets::{column, gauge};

/// Width of each of the two counts of a deck, in points.
const COUNT_WIDTH: f32 = 64.0;

/// Draws the screen. An exam of today or tomorrow takes the place of the usual heading.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    let exam = app.imminent_exam(now.day());
    let width = if exam.is_some() { TABLE_COLUMN_WIDTH } else { COLUMN_WIDTH };
    column::centred(ui, "today", width, top, |ui| {
        let mut command = match &exam {
            Some(exam) => exam_heading(ui, tokens, app, exam, now),
            None => heading(ui, tokens, app, now),
        };
        ui.add_space(24.0);
        command = decks(ui, tokens, app).or(command);
        command = weakest_topic(ui, tokens, app.figures()).or(command);
        command
    })
}

/// The heading if an exam is today or tomorrow: its own buttons first, then the usual ones.
fn exam_heading(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    exam: &ImminentExam<'_>,
    now: &Moment,
) -> Option<Command> {
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.label(TextSize::Caption.text(words::weekday_and_date(now.day()), tokens.muted));
    let command = goal::imminent::heading(ui, tokens, app, exam, now, |ui| {
        let mut command = None;
        let page = offers::exam::open(app);
        let details = Button::secondary(text::today::EXAM_DETAILS).key(page.key());
        if details.show(ui, tokens).clicked() {
            command = Some(page);
        }
        if app.tests().paused().is_some() {
            let test = Command::Test(TestCommand::Continue);
            if Button::secondary(&continue_test_label(app)).key(test.key()).show(ui, tokens).clicked() {
                command = Some(test);
            }
        }
        if exam.primary().is_none()
            && let Some(usual) = primary(app)
            && Button::secondary(usual.label()).key(Shortcut::Space).show(ui, tokens).clicked()
        {
            command = Some(usual);
        }
        command
    });
    ui.add_space(20.0);
    goal::imminent::topics(ui, tokens, exam, now);
    command
}

fn heading(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    let figures = app.figures();
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.label(TextSize::Caption.text(words::weekday_and_date(now.day()), tokens.muted));
    let (title, below) = title_and_text(app, figures, now);
    ui.label(TextSize::Title.strong(title, tokens.ink));
    ui.label(TextSize::Body.text(below, tokens.muted));
    let mut command = None;
    if app.next_exam(now.day()).is_some() {
        ui.add_space(4.0);
        command = goal::next_exam_link(ui, tokens, app, now.day());
    }
    ui.add_space(20.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if let Some(primary) = primary(app) {
            let label = match &primary {
                Command::Study(StudyCommand::Start(_, SessionKind::MostValuable(cards))) => {
                    text::today::start_with_most_valuable(*cards)
                }
                Command::Study(StudyCommand::Start(_, SessionKind::Today)) if !figures.has_history() => {
                    text::today::start_with(figures.to_learn.min(figures.new_available))
                }
                other => other.label().to_owned(),
            };
            if Button::primary(&label).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(primary.clone());
            }
            for other in secondary(app, &primary) {
                let so_far = continue_test_label(app);
                let label = match &other {
                    Command::Test(TestCommand::Continue) => &so_far,
                    Command::Study(StudyCommand::Start(_, SessionKind::Today))
                        if app.settings().minutes_a_day.is_some() =>
                    {
                        text::today::WITH_NEW_CARDS
                    }
                    Command::Study(StudyCommand::Start(_, SessionKind::Today)) => text::today::ALL_CARDS,
                    other => other.label(),
                };
                if Button::secondary(label)
                    .key(keys_of_secondary(&other).first().copied())
                    .show(ui, tokens)
                    .clicked()
                {
                    command = Some(other);
                }
            }
        }
        if !figures.has_history()
            && let Some(read) = read_source(app)
            && Button::secondary(text::today::READ_SOURCE)
                .key(read.key())
                .icon(icons::EXTERNAL)
                .show(ui, tokens)
                .clicked()
        {
            command = Some(read);
        }
    });
    command
}

/// "Continue the test (4 of 20 answered)". Empty without a paused test.
fn continue_test_label(app: &App) -> String {
    let label = Command::Test(TestCommand::Continue).label();
    app.tests().paused().map_or_else(String::new, |left| {
        text::today::continue_test(label, left.answered(), left.test.items.len())
    })
}

fn title_and_text(app: &App, figures: &Figures, now: &Moment) -> (String, String) {
    if app.library().decks().is_empty() {
        let folder = app.dirs().decks().display().to_string();
        return (text::today::NO_DECK.to_owned(), text::today::put_a_deck_into(&folder));
    }
    if !figures.has_history() {
        let below = text::today::first_session(figures.to_learn, figures.minutes());
        return (text::today::WELCOME.to_owned(), below);
    }
    let known = text::today::known(&figures.total);
    // Always shown, because the other screens count these cards as due too.
    let later = text::today::postponed(figures.postponed, app.settings().minutes_a_day.is_some());
    match (figures.to_review, figures.to_learn) {
        (0, 0) => {
            let tomorrow = text::today::comes_back_tomorrow(figures.due_tomorrow);
            (text::today::DONE.to_owned(), words::join_sentences(&[&tomorrow, &later, &known]))
        }
        _ if let Some(cards) = most_valuable_count(app) => {
            let why = text::today::backlog(cards);
            (text::today::WELCOME_BACK.to_owned(), words::join_sentences(&[&why, &later, &known]))
        }
        (review, learn) => {
            let waiting = match figures.next_learning_ms {
                Some(ms) if review + learn == 1 && ms > now.ms() => {
                    text::today::next_card(&words::in_minutes(ms, now))
                }
                _ => String::new(),
            };
            let minutes = text::today::about_minutes(figures.minutes());
            let below = words::join_sentences(&[&minutes, &waiting, &later, &known]);
            (text::today::cards_today(review, learn), below)
        }
    }
}

fn decks(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let mut command = None;
    ui.label(TextSize::Lead.strong(text::today::DECKS, tokens.ink));
    ui.add_space(8.0);
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for loaded in app.library().decks() {
            let Some(figures) = app.figures().deck(&loaded.deck.id) else { continue };
            if deck_row(ui, tokens, loaded, figures) {
                command = Some(Command::Study(StudyCommand::Start(
                    Scope::Deck(loaded.deck.id.clone()),
                    SessionKind::Today,
                )));
            }
            column::hairline(ui, tokens);
        }
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 48.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.add_space(20.0);
                if Button::link(text::today::ADD_DECKS).show(ui, tokens).clicked() {
                    command = Some(Command::Go(Screen::Decks));
                }
            },
        );
    });
    ui.add_space(24.0);
    command
}

fn deck_row(ui: &mut Ui, tokens: &Tokens, loaded: &LoadedDeck, figures: &DeckFigures) -> bool {
    let deck = &loaded.deck;
    let width = ui.available_width();
    let id = ui.scope_id().with(("deck row", &deck.id));
    let inner = ui.allocate_ui_with_layout(vec2(width, 74.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(74.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        let narrow = width < 360.0;
        ui.add_space(if narrow { 12.0 } else { 20.0 });
        if !narrow {
            let mastery = figures.total.mastery().unwrap_or(0.0);
            gauge::ring(ui, tokens, mastery, &text::today::mastered(mastery));
            ui.add_space(16.0);
        }
        let counts = 2.0 * COUNT_WIDTH;
        let text_width = (ui.available_width() - counts - 20.0).max(60.0);
        column::part(ui, text_width, 48.0, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add(egui::Label::new(TextSize::Body.strong(&deck.title, tokens.ink)).truncate());
            ui.add(
                egui::Label::new(TextSize::Caption.text(text::today::deck_summary(deck), tokens.muted))
                    .truncate(),
            );
        });
        count_cell(ui, tokens, figures.to_review, text::today::DUE);
        count_cell(ui, tokens, figures.to_learn, text::today::NEW);
        ui.add_space(20.0);
    });
    let label = text::today::study_deck(&deck.title, figures.to_review, figures.to_learn);
    row_button(ui, tokens, inner.response.rect, id, &label)
}

fn count_cell(ui: &mut Ui, tokens: &Tokens, number: usize, unit: &str) {
    ui.allocate_ui_with_layout(vec2(COUNT_WIDTH, 48.0), Layout::top_down(Align::Max), |ui| {
        ui.set_width(COUNT_WIDTH);
        ui.spacing_mut().item_spacing.y = 2.0;
        let ink = if number == 0 { tokens.muted } else { tokens.ink };
        ui.label(TextSize::Body.strong(number.to_string(), ink));
        ui.label(TextSize::Caption.text(unit, tokens.muted));
    });
}

fn weakest_topic(ui: &mut Ui, tokens: &Tokens, figures: &Figures) -> Option<Command> {
    let weakest = figures.weakest_topic.as_ref()?;
    let topic = &weakest.row;
    let mut command = None;
    // Cards in their learning steps have not been forgotten, and their predicted recall of tomorrow would look like a
    // jump. So for a topic with such cards the heading and the text are others.
    let is_learning = topic.score.learning > 0;
    let heading = if is_learning { text::today::WEAKEST_TOPIC } else { text::today::FADING_TOPIC };
    ui.label(TextSize::Lead.strong(heading, tokens.ink));
    ui.add_space(8.0);
    column::card(ui, tokens, Margin::symmetric(20, 16), |ui| {
        ui.horizontal(|ui| {
            let narrow = ui.available_width() < 480.0;
            let right = if narrow { 130.0 } else { 310.0 };
            let text_width = (ui.available_width() - right).max(80.0);
            column::part(ui, text_width, 44.0, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(egui::Label::new(TextSize::Body.strong(&topic.key.name, tokens.ink)).truncate());
                let below = if is_learning {
                    text::scores::known_of_seen(&topic.score).unwrap_or_default()
                } else {
                    text::today::fading(
                        topic.score.cards_with_memory,
                        weakest.recall_now,
                        weakest.recall_tomorrow,
                    )
                };
                ui.add(egui::Label::new(TextSize::Caption.text(below, tokens.muted)).truncate());
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let start = Command::Study(StudyCommand::Start(
                    Scope::Topic { deck: topic.key.deck.clone(), topic: topic.key.topic.clone() },
                    SessionKind::Ahead,
                ));
                if Button::secondary(start.label()).small().show(ui, tokens).clicked() {
                    command = Some(start);
                }
                if !narrow {
                    ui.add_space(8.0);
                    let label = text::today::recall_of(&topic.key.name);
                    gauge::bar(ui, tokens, 160.0, weakest.recall_now, tokens.accent, &label);
                }
            });
        });
    });
    command
}
