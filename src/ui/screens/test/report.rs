//! The report of a test.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use super::primary;
use crate::app::test::{OpenReport, ReportAs, TestCommand};
use crate::app::{App, Asked, Command, words};
use crate::domain::grade::Outcome;
use crate::domain::test::{ItemReport, Past, Report, Since, Tally};
use crate::formats::export::report::{counted, minutes, points, predicted, questions, titles};
use crate::formats::export::{given, right};
use crate::ui::icons;
use crate::ui::pictures;
use crate::ui::screens::study::in_report;
use crate::ui::theme::{COLUMN, Tokens, Type};
use crate::ui::widgets::button::{Button, Weight, focus_ring};
use crate::ui::widgets::{column, gauge, keycap, markdown};

/// Height of a topic's line.
const ROW: f32 = 41.0;
/// Width of the sums at the right.
const SUM: f32 = 84.0;
/// Between a name and its bar.
const GAP: f32 = 16.0;
/// Width of how much it changed.
const CHANGE: f32 = 68.0;
/// Width of what was expected.
const EXPECTED: f32 = 132.0;

/// Draws it.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, open: &OpenReport) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    let id = format!("report {} {}", open.id.log, open.id.seq);
    column::centred(ui, &id, COLUMN, top, |ui| {
        let past = &open.past;
        let mut command = heading(ui, tokens, app, open);
        ui.add_space(28.0);
        topics(ui, tokens, past, since(app, open));
        surprises(ui, tokens, past);
        ui.add_space(28.0);
        ui.label(Type::Lead.strong("Answers", tokens.ink));
        ui.add_space(4.0);
        column::card(ui, tokens, Margin::ZERO, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, item) in past.report.items.iter().enumerate() {
                if at > 0 {
                    column::hairline(ui, tokens);
                }
                let is_unfolded = open.unfolded == Some(at);
                if line(ui, tokens, at, item, is_unfolded) {
                    let unfold = (!is_unfolded).then_some(at);
                    command = Some(Command::Test(TestCommand::Unfold(unfold)));
                }
                if is_unfolded {
                    command = unfolded(ui, tokens, app, past, at, item).or(command.take());
                }
            }
        });
        command
    })
}

fn heading(ui: &mut Ui, tokens: &Tokens, app: &App, open: &OpenReport) -> Option<Command> {
    let (paper, report) = (&open.past.paper, &open.past.report);
    let mut command = None;
    let time = match report.limit_ms {
        Some(limit) => format!("{} of {}", minutes(report.spent_ms), minutes(limit)),
        None => minutes(report.spent_ms),
    };
    let ended = if report.by_time { " · time was over" } else { "" };
    let day = words::date(open.begun.day);
    let about = format!("Test · {} · {time}{ended} · {day}", questions(report.total.questions));
    ui.add(egui::Label::new(Type::Caption.text(about, tokens.muted)).wrap());
    let about = format!("{} · {} · code {}", titles(paper), paper.setup.mix.label(), paper.code);
    ui.add(egui::Label::new(Type::Caption.text(about, tokens.muted)).wrap());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let sum = format!("{} of {}", points(report.total.points), report.total.questions);
        let mut job = egui::text::LayoutJob::default();
        let style = |size: f32, strong: bool, ink| egui::TextFormat {
            font_id: egui::FontId::new(
                size,
                if strong { Type::Title.semibold().family } else { Type::Title.regular().family },
            ),
            color: ink,
            valign: Align::BOTTOM,
            ..egui::TextFormat::default()
        };
        job.append(&points(report.total.points), 0.0, style(48.0, true, tokens.ink));
        job.append(&format!("of {}", report.total.questions), 14.0, style(24.0, false, tokens.muted));
        let galley = ui.painter().layout_job(job);
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sum));
        ui.painter().galley(rect.min, galley, tokens.ink);
        ui.with_layout(Layout::right_to_left(Align::BOTTOM), |ui| {
            ui.add_space(0.0);
            ui.add(egui::Label::new(Type::Body.text(predicted(&report.total), tokens.muted)).truncate());
        });
    });
    let mut told = format!("{}. {}", counted(report), range(&report.total));
    if let Some(since) = since(app, open) {
        told.push_str(&format!(" {} since the one before.", words::change(since.total)));
    }
    ui.add(egui::Label::new(Type::Caption.text(told, tokens.muted)).wrap());
    if let Some(told) = undecided(report) {
        ui.add(egui::Label::new(Type::Caption.text(told, tokens.ink)).wrap());
    }
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if let Some(study) = primary(app) {
            let label = match (report.mistake_count(), report.open_count()) {
                (1, 0) => "Study your mistake".to_owned(),
                (mistakes, 0) => format!("Study your {mistakes} mistakes"),
                (0, 1) => "Study the open one".to_owned(),
                (0, open) => format!("Study the {open} open ones"),
                (mistakes, open) => format!("Study {} and {open} open", words::count(mistakes, "mistake")),
            };
            if Button::new(&label, Weight::Primary).key("Space").show(ui, tokens).clicked() {
                command = Some(study);
            }
        }
        for does in [TestCommand::Export(ReportAs::Html), TestCommand::Again] {
            let does = Command::Test(does);
            if Button::new(does.label(), Weight::Secondary).key(does.key()).show(ui, tokens).clicked() {
                command = Some(does);
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        for does in [TestCommand::Export(ReportAs::Csv), TestCommand::CloseReport] {
            let does = Command::Test(does);
            if keycap::hint(ui, tokens, does.key(), does.label()).clicked() {
                command = Some(does);
            }
        }
    });
    command
}

/// That something waits to be decided, and where.
fn undecided(report: &Report) -> Option<String> {
    let numbers: Vec<String> = report.undecided().map(|at| (at + 1).to_string()).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("Question {one} is almost right: open it below and say what it was.")),
        more => Some(format!(
            "Questions {} are almost right: open them below and say what they were.",
            more.join(", ")
        )),
    }
}

/// How it compares with the one before of the same setup; `None` where there is none, or the list is not read yet.
fn since<'a>(app: &'a App, open: &OpenReport) -> Option<&'a Since> {
    let list = app.tests().earlier()?;
    list.iter().find(|test| test.id == open.id)?.since.as_ref()
}

/// What the score says beyond these questions.
fn range(tally: &Tally) -> String {
    let (low, high) = tally.interval();
    format!(
        "{}. Of all such questions you would know between {} and {}, with 95\u{a0}% certainty.",
        words::percent(tally.share()),
        words::percent(low),
        words::percent(high)
    )
}

fn topics(ui: &mut Ui, tokens: &Tokens, past: &Past, since: Option<&Since>) {
    ui.label(Type::Lead.strong("By topic", tokens.ink));
    ui.add_space(4.0);
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (at, topic) in past.report.topics.iter().enumerate() {
            if at > 0 {
                column::hairline(ui, tokens);
            }
            let width = ui.available_width();
            let (with_bar, with_expected) = (width >= 480.0, width >= 600.0);
            let bar = match (with_bar, since) {
                (false, _) => 0.0,
                (true, None) => 160.0,
                (true, Some(_)) => 120.0,
            };
            let expected = if with_expected { EXPECTED } else { 0.0 };
            let change = since.and_then(|since| since.topics.get(at).copied().flatten()).map(words::change);
            let changed = if since.is_some() && with_bar { CHANGE } else { 0.0 };
            let inner =
                ui.allocate_ui_with_layout(vec2(width, ROW), Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_height(ROW);
                    ui.add_space(12.0);
                    let name = (width - 24.0 - bar - expected - changed - SUM).max(80.0);
                    cell(ui, name - GAP, false, Type::Body.text(&topic.name, tokens.ink));
                    ui.add_space(GAP);
                    if with_bar {
                        let (rect, _) = ui.allocate_exact_size(vec2(bar, 6.0), Sense::hover());
                        gauge::paint_bar(ui, tokens, rect, topic.tally.share(), tokens.accent);
                    }
                    let sum = format!("{} of {}", points(topic.tally.points), topic.tally.questions);
                    cell(ui, SUM, true, Type::Body.text(&sum, tokens.ink));
                    if changed > 0.0 {
                        let change = change.clone().unwrap_or_default();
                        cell(ui, changed, true, Type::Caption.text(change, tokens.muted));
                    }
                    if with_expected {
                        let (low, high) = topic.tally.predicted.interval_95();
                        let told = format!("{:.1} ({low:.0}–{high:.0})", topic.tally.predicted.mean);
                        cell(
                            ui,
                            expected,
                            true,
                            Type::Caption.text(format!("predicted {told}"), tokens.muted),
                        );
                    }
                });
            let (low, high) = topic.tally.interval();
            let since = change.map_or(String::new(), |change| format!(", {change} since the one before"));
            let told = format!(
                "{}: {} of {}, {}, between {} and {} of all such questions, {}{since}",
                topic.name,
                points(topic.tally.points),
                topic.tally.questions,
                predicted(&topic.tally),
                words::percent(low),
                words::percent(high),
                minutes(topic.tally.spent_ms)
            );
            let id = ui.scope_id().with(("topic of a test", at));
            let response = ui.interact(inner.response.rect, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &told));
            response.on_hover_text(told);
        }
    });
}

/// What the learner was sure of, and wrong about.
fn surprises(ui: &mut Ui, tokens: &Tokens, past: &Past) {
    let surprises = past.report.items.iter().zip(&past.paper.items).filter(|(item, _)| item.is_surprise());
    for (at, (item, asked)) in surprises.enumerate() {
        if at == 0 {
            ui.add_space(28.0);
            ui.label(Type::Lead.strong("Sure, but wrong", tokens.ink));
        }
        ui.add_space(4.0);
        column::card(ui, tokens, Margin::symmetric(20, 16), |ui| {
            let prompt = markdown::plain(&item.task.prompt);
            ui.add(egui::Label::new(Type::Body.strong(prompt, tokens.ink)).wrap());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                let mine = given(&item.task, &item.response).join("; ");
                for (icon, ink, words) in [
                    (icons::CROSS, tokens.wrong, mine),
                    (icons::CHECK, tokens.right, right(&item.task).join("; ")),
                ] {
                    ui.label(Type::Body.text(icon.to_string(), ink));
                    ui.add(egui::Label::new(Type::Body.text(words, tokens.ink)).wrap());
                    ui.add_space(16.0);
                }
                let (deck, question) = (past.paper.deck(asked), past.paper.question(asked));
                let passages = deck
                    .source
                    .iter()
                    .flat_map(|source| question.cite.iter().filter_map(|key| source.passage_number(key)));
                for number in passages {
                    ui.label(Type::Caption.text(format!("Passage {number}"), tokens.muted));
                    ui.add_space(8.0);
                }
            });
        });
    }
}

fn cell(ui: &mut Ui, width: f32, at_right: bool, text: egui::RichText) {
    let layout = match at_right {
        true => Layout::right_to_left(Align::Center),
        false => Layout::left_to_right(Align::Center),
    };
    ui.allocate_ui_with_layout(vec2(width, 24.0), layout, |ui| {
        ui.set_width(width);
        ui.add(egui::Label::new(text).truncate());
    });
}

/// An item in two lines; whether it was clicked.
fn line(ui: &mut Ui, tokens: &Tokens, at: usize, item: &ItemReport, is_unfolded: bool) -> bool {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 58.0), Sense::click());
    response.widget_info(|| {
        let prompt = markdown::plain(&item.task.prompt);
        let told = format!("Question {}, {}, {prompt}", at + 1, item.verdict.headline);
        WidgetInfo::selected(Role::Button, true, is_unfolded, told)
    });
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let (icon, ink) = match item.verdict.outcome() {
        Outcome::Right => (icons::CHECK, tokens.right),
        Outcome::Almost | Outcome::Partly => (icons::PARTLY, tokens.partly),
        Outcome::Wrong => (icons::CROSS, tokens.wrong),
    };
    let prompt = markdown::plain(&item.task.prompt);
    let mut parts = given(&item.task, &item.response).join("; ");
    if parts.is_empty() {
        parts = "Not answered".to_owned();
    }
    if item.is_mistake() {
        parts = format!("{parts}  →  {}", right(&item.task).join("; "));
    }
    let seconds = (item.spent_ms + 500) / 1_000;
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0, tokens.accent.gamma_multiply(0.05));
    }
    focus_ring(ui, &response, rect.shrink(4.0), 4, tokens);
    let caption = |text: String| ui.painter().layout_no_wrap(text, Type::Caption.regular(), tokens.muted);
    let worth = caption(format!("{} · {seconds} s", points(item.verdict.score)));
    let room = width - 48.0 - worth.size().x - 28.0;
    let fit = |text: &str, font: egui::FontId, ink| {
        let text: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        let mut job = egui::text::LayoutJob::simple_singleline(text, font, ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(60.0));
        ui.painter().layout_job(job)
    };
    let icon = ui.painter().layout_no_wrap(icon.to_string(), Type::Body.semibold(), ink);
    let first = fit(&prompt, Type::Body.regular(), tokens.ink);
    let second = fit(&parts, Type::Caption.regular(), tokens.muted);
    let left = rect.left() + 48.0;
    ui.painter().galley(egui::pos2(rect.left() + 18.0, rect.top() + 9.0), icon, ink);
    ui.painter().galley(egui::pos2(left, rect.top() + 8.0), first, tokens.ink);
    ui.painter().galley(egui::pos2(left, rect.top() + 32.0), second, tokens.muted);
    let worth_at = egui::pos2(rect.right() - 16.0 - worth.size().x, rect.top() + 11.0);
    ui.painter().galley(worth_at, worth, tokens.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// What a slip of the fingers was: its owner decides, and may decide otherwise.
fn decide(ui: &mut Ui, tokens: &Tokens, at: usize, item: &ItemReport) -> Option<Command> {
    let mut command = None;
    if item.meant.is_none() {
        ui.label(Type::Caption.text("A slip counts half until you say what it was.", tokens.muted));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        for (does, meant) in super::decisions(at).into_iter().zip([true, false]) {
            let does = Command::Test(does);
            let button = Button::new(does.label(), Weight::Secondary).key(does.key()).small();
            if button.selected(item.meant == Some(meant)).show(ui, tokens).clicked() {
                command = Some(does);
            }
        }
    });
    command
}

/// All there is to tell of an item.
fn unfolded(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    past: &Past,
    at: usize,
    item: &ItemReport,
) -> Option<Command> {
    let asked = &past.paper.items[at];
    let deck = past.paper.deck(asked).clone();
    let asked = Asked::looked_back_on(item.card.clone(), deck, asked);
    let folder = app.library().picture_folder(&item.card.deck);
    let id = format!("answer {at}");
    let mut command = None;
    egui::Frame::new().inner_margin(Margin { left: 48, right: 16, top: 4, bottom: 20 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        ui.set_width(ui.available_width());
        pictures::within(ui, folder, &id, |ui| {
            command = in_report(ui, tokens, &asked, &item.verdict, &item.response);
            if item.is_slip {
                command = decide(ui, tokens, at, item).or(command.take());
            }
            let told = format!(
                "{} · expected {:.2} before the test · {}{}",
                minutes(item.spent_ms),
                item.expected,
                asked.deck.topic_name(&asked.question().topic),
                if item.flagged { " · flagged" } else { "" }
            );
            let told = match item.confidence {
                Some(confidence) => format!("{told} · you said: {}", words::how_sure(confidence)),
                None => told,
            };
            ui.add(egui::Label::new(Type::Caption.text(told, tokens.muted)).wrap());
        });
    });
    command
}
