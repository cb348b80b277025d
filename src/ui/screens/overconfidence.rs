//! A page of the Scores screen: wrong answers that the learner was sure of, by topic.

use eframe::egui::{self, Align, Id, Margin, Ui, vec2};

use crate::app::offers::scores::study_errors;
use crate::app::overconfidence::{Mistake, TopicMistakes, session_on};
use crate::app::scores::ScoresCommand;
use crate::app::{App, Command, Shortcut};
use crate::domain::answer_text::{prompt_text, right_answer_text};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::question::Question;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::{column, markdown};

/// How many errors are shown at first, and how many more with each click. It is limited because each of them is read
/// from the log.
const PAGE_SIZE: usize = 20;
/// Space between the wrong answer and the right one, in points.
const ANSWER_GAP: f32 = 24.0;
/// Space between the date and the links at the end of an entry, in points.
const META_GAP: f32 = 12.0;

/// An error as plain text, without Markdown.
#[derive(Clone, Debug)]
struct MistakeText {
    prompt: String,
    given_answer: String,
    right_answer: String,
}

/// Draws the page.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let top = column::top_space(ui, 28.0);
    let topics = &app.figures().high_confidence_errors;
    column::centred(ui, "sure but wrong", COLUMN_WIDTH, top, |ui| {
        let mut command = None;
        let back = Command::Scores(ScoresCommand::Back);
        let text = format!("{} {}", icons::BACK, text::scores::TITLE);
        if Button::link(&text).show(ui, tokens).clicked() {
            command = Some(back);
        }
        ui.label(TextSize::Title.strong(text::scores::MISTAKES, tokens.ink));
        if topics.is_empty() {
            return empty(ui, tokens, app).or(command);
        }
        ui.add(egui::Label::new(TextSize::Body.text(text::scores::MISTAKES_HELP, tokens.muted)).wrap());
        ui.add_space(4.0);
        let count: usize = topics.iter().map(|topic| topic.mistakes.len()).sum();
        let label = text::scores::study_these(count);
        if Button::primary(&label).key(Shortcut::Space).show(ui, tokens).clicked() {
            command = Some(study_errors(app));
        }
        command = list(ui, tokens, app, topics, count).or(command);
        command
    })
}

fn empty(ui: &mut Ui, tokens: &Tokens, app: &App) -> Option<Command> {
    let asks_confidence = app.settings().ask_confidence;
    let text = if asks_confidence { text::scores::NO_MISTAKES } else { text::scores::NO_MISTAKES_UNASKED };
    ui.add(egui::Label::new(TextSize::Body.text(text, tokens.muted)).wrap());
    ui.add_space(4.0);
    let command = study_errors(app);
    let (label, weight) = if asks_confidence {
        (text::scores::BACK_TO_SCORES, ButtonStyle::Secondary)
    } else {
        (command.label(), ButtonStyle::Primary)
    };
    let clicked = Button::new(label, weight).key(Shortcut::Space).show(ui, tokens).clicked();
    if !asks_confidence {
        let text = text::scores::ASK_CONFIDENCE_HELP;
        ui.add(egui::Label::new(TextSize::Caption.text(text, tokens.muted)).wrap());
    }
    clicked.then_some(command)
}

fn list(ui: &mut Ui, tokens: &Tokens, app: &App, topics: &[TopicMistakes], count: usize) -> Option<Command> {
    let mut command = None;
    let pages_id = Id::unique("pages of sure but wrong");
    let pages: usize = ui.data(|data| data.get_temp(pages_id)).unwrap_or(1);
    let mut remaining = pages * PAGE_SIZE;
    let several_decks = topics.iter().any(|topic| topic.deck != topics[0].deck);
    for topic in topics {
        let Some(loaded) = app.library().deck(&topic.deck).filter(|_| remaining > 0) else { continue };
        ui.add_space(20.0);
        if several_decks {
            ui.add(egui::Label::new(TextSize::Caption.text(&loaded.deck.title, tokens.muted)).truncate());
        }
        let name = loaded.deck.topic_name(&topic.topic);
        ui.horizontal_wrapped(|ui| {
            ui.label(TextSize::Lead.strong(name, tokens.ink));
            if topics.len() > 1 {
                let label = text::scores::study_these(topic.mistakes.len());
                if Button::link(&label).show(ui, tokens).clicked() {
                    command = Some(session_on([topic]).into());
                }
            }
        });
        column::card(ui, tokens, Margin::ZERO, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, mistake) in topic.mistakes.iter().take(remaining).enumerate() {
                let Some((deck, question)) = app.core().question_of(&mistake.card) else { continue };
                if index > 0 {
                    column::hairline(ui, tokens);
                }
                let text = mistake_text(app, mistake, deck, question);
                command =
                    entry(ui, tokens, &text, mistake, deck, question, app.figures().day).or(command.take());
            }
        });
        remaining = remaining.saturating_sub(topic.mistakes.len());
    }
    if count > pages * PAGE_SIZE {
        ui.add_space(8.0);
        let more = (count - pages * PAGE_SIZE).min(PAGE_SIZE);
        let label = text::scores::show_more(more, count);
        if Button::secondary(&label).small().show(ui, tokens).clicked() {
            ui.data_mut(|data| data.insert_temp(pages_id, pages + 1));
        }
    }
    command
}

/// The error as plain text. Until the answer has been read from the log, `given_answer` is empty.
fn mistake_text(app: &App, mistake: &Mistake, deck: &Deck, question: &Question) -> MistakeText {
    let facet = &mistake.card.facet;
    match app.scores().mistake(mistake.error.event) {
        Some(text) => MistakeText {
            prompt: markdown::plain(&text.prompt),
            given_answer: markdown::plain(&text.answer.response),
            right_answer: markdown::plain(&text.answer.right),
        },
        None => MistakeText {
            prompt: markdown::plain(&prompt_text(deck, question, facet)),
            given_answer: String::new(),
            right_answer: markdown::plain(&right_answer_text(question, facet)),
        },
    }
}

fn entry(
    ui: &mut Ui,
    tokens: &Tokens,
    text: &MistakeText,
    mistake: &Mistake,
    deck: &Deck,
    question: &Question,
    today: StudyDay,
) -> Option<Command> {
    egui::Frame::new()
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.add(egui::Label::new(TextSize::Body.strong(&text.prompt, tokens.ink)).wrap());
            let answers = [
                (icons::CROSS, tokens.wrong, &text.given_answer),
                (icons::CHECK, tokens.right, &text.right_answer),
            ];
            let answers: Vec<egui::text::LayoutJob> = answers
                .into_iter()
                .filter(|(.., words)| !words.is_empty())
                .map(|(icon, ink, words)| {
                    let mut job = egui::text::LayoutJob::default();
                    for text in
                        [TextSize::Body.text(format!("{icon} "), ink), TextSize::Body.text(words, tokens.ink)]
                    {
                        text.append_to(&mut job, ui.style(), egui::FontSelection::Default, Align::Center);
                    }
                    job
                })
                .collect();
            let when = words::capitalised(&words::days_ago(mistake.error.stamp.day, today));
            let width =
                |job: &egui::text::LayoutJob| ui.painter().layout_job(job.clone()).size().x + ANSWER_GAP;
            let answers_width: f32 = answers.iter().map(width).sum();
            let room = ui.available_width() - answers_width - passages_width(ui, deck, question, &when);
            if room >= 0.0 {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = ANSWER_GAP;
                    for job in answers {
                        ui.add(egui::Label::new(job));
                    }
                    ui.add_space(room);
                    passages(ui, tokens, deck, question, &when)
                })
                .inner
            } else {
                for job in answers {
                    ui.add(egui::Label::new(job).wrap());
                }
                ui.horizontal_wrapped(|ui| passages(ui, tokens, deck, question, &when)).inner
            }
        })
        .inner
}

/// The passages that a question cites: "Passage 4" and the passage's gist.
fn cited_passages<'a>(deck: &'a Deck, question: &'a Question) -> impl Iterator<Item = (String, &'a str)> {
    let source = deck.source.iter();
    source.flat_map(|source| {
        question.cite.iter().filter_map(|key| {
            let number = source.passage_number(key)?;
            source.passages.get(key).map(|gist| (text::scores::passage_number(number), gist.as_str()))
        })
    })
}

/// Width that [`passages`] takes on one line, in points.
fn passages_width(ui: &Ui, deck: &Deck, question: &Question, when: &str) -> f32 {
    let width = |text: String| {
        ui.painter().layout_no_wrap(text, TextSize::Caption.regular(), egui::Color32::PLACEHOLDER).size().x
    };
    let is_linked = deck.source.as_ref().is_some_and(|source| source.url.is_some());
    let link = |label: String| if is_linked { format!("{label} {}", icons::EXTERNAL) } else { label };
    let links = cited_passages(deck, question).map(|(label, _)| META_GAP + width(link(label)));
    width(when.to_owned()) + links.sum::<f32>()
}

/// Draws when the answer was given, and the passages that hold the right one. Returns a click on a link.
fn passages(ui: &mut Ui, tokens: &Tokens, deck: &Deck, question: &Question, when: &str) -> Option<Command> {
    ui.spacing_mut().item_spacing = vec2(META_GAP, 4.0);
    ui.label(TextSize::Caption.text(when, tokens.muted));
    let url = deck.source.as_ref().and_then(|source| source.url.as_ref());
    let mut command = None;
    for (label, gist) in cited_passages(deck, question) {
        match url {
            Some(url) => {
                let link = Button::link(&label).icon(icons::EXTERNAL).show(ui, tokens);
                if link.on_hover_text(gist).clicked() {
                    command = Some(Command::OpenLink(url.clone()));
                }
            }
            None => {
                ui.label(TextSize::Caption.text(label, tokens.muted)).on_hover_text(gist);
            }
        }
    }
    command
}
