//! The report of a test that was handed in.

use eframe::egui::{self, Align, Layout, Margin, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::attempt::{OpenReport, ReportFormat, TestCommand, slip_decisions};
use crate::app::offers::first_on_test;
use crate::app::{ActiveCard, App, Command, Shortcut};
use crate::domain::attempt::{CompletedAttempt, ItemReport, ScoreChange};
use crate::domain::grade::Correctness;
use crate::formats::export::report::deck_titles;
use crate::formats::export::{response_parts, right_parts};
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::images;
use crate::ui::screens::study::show_in_report;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, command_button, row_highlight};
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::{column, gauge, keycap, markdown};

/// Height of a topic's row, in points.
const ROW_HEIGHT: f32 = 41.0;
/// Width of the points at the right, in points.
const SUM_WIDTH: f32 = 84.0;
/// Space between a topic's name and its bar, in points.
const GAP: f32 = 16.0;
/// Width of the change since the previous test, in points.
const CHANGE_WIDTH: f32 = 68.0;
/// Width of the prediction, in points.
const EXPECTED_WIDTH: f32 = 132.0;

/// Draws the report: the score, the topics, the errors with high confidence, and every answer.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, open: &OpenReport) -> Option<Command> {
    let top = column::top_space(ui, 40.0);
    let id = format!("report {} {}", open.id.log, open.id.seq);
    column::centred(ui, &id, COLUMN_WIDTH, top, |ui| {
        let past = &open.completed;
        let mut command = heading(ui, tokens, app, open);
        ui.add_space(28.0);
        topics(ui, tokens, past, change_since_previous(app, open));
        high_confidence_errors(ui, tokens, past);
        ui.add_space(28.0);
        ui.label(TextSize::Lead.strong(text::attempt::ALL_ANSWERS, tokens.ink));
        ui.add_space(4.0);
        column::card(ui, tokens, Margin::ZERO, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, item) in past.report.items.iter().enumerate() {
                if index > 0 {
                    column::hairline(ui, tokens);
                }
                let is_expanded = open.expanded_item == Some(index);
                if item_row(ui, tokens, index, item, is_expanded) {
                    let expand = (!is_expanded).then_some(index);
                    command = Some(Command::Test(TestCommand::ExpandItem(expand)));
                }
                if is_expanded {
                    command = item_details(ui, tokens, app, past, index, item).or(command.take());
                }
            }
        });
        command
    })
}

fn heading(ui: &mut Ui, tokens: &Tokens, app: &App, open: &OpenReport) -> Option<Command> {
    let (test, report) = (&open.completed.test, &open.completed.report);
    let mut command = None;
    let (total, day) = (&report.total, words::date(open.started.day));
    let about = text::attempt::report_about(
        total.questions,
        report.spent_ms,
        report.limit_ms,
        report.timed_out,
        &day,
    );
    ui.add(egui::Label::new(TextSize::Caption.text(about, tokens.muted)).wrap());
    let about = text::attempt::report_setup(&deck_titles(test), test.setup.mix, &test.code.to_string());
    ui.add(egui::Label::new(TextSize::Caption.text(about, tokens.muted)).wrap());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let sum = text::attempt::points_of(total);
        let mut job = egui::text::LayoutJob::default();
        let style = |size: f32, strong: bool, ink| egui::TextFormat {
            font_id: egui::FontId::new(
                size,
                if strong { TextSize::Title.semibold().family } else { TextSize::Title.regular().family },
            ),
            color: ink,
            valign: Align::BOTTOM,
            ..egui::TextFormat::default()
        };
        job.append(&text::attempt::points(total.points), 0.0, style(48.0, true, tokens.ink));
        job.append(&text::attempt::of_questions(total.questions), 14.0, style(24.0, false, tokens.muted));
        let galley = ui.painter().layout_job(job);
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sum));
        ui.painter().galley(rect.min, galley, tokens.ink);
        ui.with_layout(Layout::right_to_left(Align::BOTTOM), |ui| {
            ui.add_space(0.0);
            let prediction = text::attempt::prediction(total);
            ui.add(egui::Label::new(TextSize::Body.text(prediction, tokens.muted)).truncate());
        });
    });
    let change = change_since_previous(app, open).map(|change| change.total);
    let summary = text::attempt::report_summary(report, change);
    ui.add(egui::Label::new(TextSize::Caption.text(summary, tokens.muted)).wrap());
    if let Some(undecided) = text::attempt::undecided_slips(report) {
        ui.add(egui::Label::new(TextSize::Caption.text(undecided, tokens.ink)).wrap());
    }
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        if let Some(study) = first_on_test(app) {
            let label = text::attempt::study_mistakes(report.mistake_count(), report.unanswered_count());
            if Button::primary(&label).key(Shortcut::Space).show(ui, tokens).clicked() {
                command = Some(study);
            }
        }
        for action in [TestCommand::ExportReport(ReportFormat::Html), TestCommand::RepeatSetup] {
            command = command_button(ui, tokens, action, ButtonStyle::Secondary).or(command.take());
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        for action in [TestCommand::ExportReport(ReportFormat::Csv), TestCommand::CloseReport] {
            let action = Command::Test(action);
            command = keycap::command_hint(ui, tokens, action, false).or(command.take());
        }
    });
    command
}

/// The change since the previous test of the same setup. `None` if there is no such test, or the list is not read yet.
fn change_since_previous<'a>(app: &'a App, open: &OpenReport) -> Option<&'a ScoreChange> {
    let list = app.tests().history()?;
    list.iter().find(|test| test.id == open.id)?.change.as_ref()
}

fn topics(ui: &mut Ui, tokens: &Tokens, past: &CompletedAttempt, since_previous: Option<&ScoreChange>) {
    ui.label(TextSize::Lead.strong(text::attempt::BY_TOPIC, tokens.ink));
    ui.add_space(4.0);
    column::card(ui, tokens, Margin::ZERO, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (at, topic) in past.report.topics.iter().enumerate() {
            if at > 0 {
                column::hairline(ui, tokens);
            }
            let width = ui.available_width();
            let (with_bar, with_expected) = (width >= 480.0, width >= 600.0);
            let bar_width = match (with_bar, since_previous) {
                (false, _) => 0.0,
                (true, None) => 160.0,
                (true, Some(_)) => 120.0,
            };
            let expected_width = if with_expected { EXPECTED_WIDTH } else { 0.0 };
            let change =
                since_previous.and_then(|since_previous| since_previous.topics.get(at).copied().flatten());
            let change_width = if since_previous.is_some() && with_bar { CHANGE_WIDTH } else { 0.0 };
            let inner = ui.allocate_ui_with_layout(
                vec2(width, ROW_HEIGHT),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_height(ROW_HEIGHT);
                    ui.add_space(12.0);
                    let name_width =
                        (width - 24.0 - bar_width - expected_width - change_width - SUM_WIDTH).max(80.0);
                    cell(ui, name_width - GAP, false, TextSize::Body.text(&topic.name, tokens.ink));
                    ui.add_space(GAP);
                    if with_bar {
                        let (rect, _) = ui.allocate_exact_size(vec2(bar_width, 6.0), Sense::hover());
                        gauge::paint_bar(ui, tokens, rect, topic.tally.share(), tokens.accent);
                    }
                    let sum = text::attempt::points_of(&topic.tally);
                    cell(ui, SUM_WIDTH, true, TextSize::Body.text(&sum, tokens.ink));
                    if change_width > 0.0 {
                        let change = change.map_or_else(String::new, words::signed_percent);
                        cell(ui, change_width, true, TextSize::Caption.text(change, tokens.muted));
                    }
                    if with_expected {
                        let predicted = text::attempt::predicted(&topic.tally);
                        cell(ui, expected_width, true, TextSize::Caption.text(predicted, tokens.muted));
                    }
                },
            );
            let label = text::attempt::topic_row(&topic.name, &topic.tally, change);
            let id = ui.scope_id().with(("topic of a test", at));
            let response = ui.interact(inner.response.rect, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
            response.on_hover_text(label);
        }
    });
}

/// Lists the answers that the learner was sure of and that were wrong.
fn high_confidence_errors(ui: &mut Ui, tokens: &Tokens, past: &CompletedAttempt) {
    let surprises =
        past.report.items.iter().zip(&past.test.items).filter(|(item, _)| item.is_high_confidence_error());
    for (at, (item, test_item)) in surprises.enumerate() {
        if at == 0 {
            ui.add_space(28.0);
            ui.label(TextSize::Lead.strong(text::scores::MISTAKES, tokens.ink));
        }
        ui.add_space(4.0);
        column::card(ui, tokens, Margin::symmetric(20, 16), |ui| {
            let prompt = markdown::plain(&item.task.prompt);
            ui.add(egui::Label::new(TextSize::Body.strong(prompt, tokens.ink)).wrap());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                let mine = response_parts(&item.task, &item.response).join("; ");
                for (icon, ink, text) in [
                    (icons::CROSS, tokens.wrong, mine),
                    (icons::CHECK, tokens.right, right_parts(&item.task).join("; ")),
                ] {
                    ui.label(TextSize::Body.text(icon.to_string(), ink));
                    ui.add(egui::Label::new(TextSize::Body.text(text, tokens.ink)).wrap());
                    ui.add_space(16.0);
                }
                let (deck, question) = (past.test.deck(test_item), past.test.question(test_item));
                let passages = deck
                    .source
                    .iter()
                    .flat_map(|source| question.cite.iter().filter_map(|key| source.passage_number(key)));
                for number in passages {
                    ui.label(TextSize::Caption.text(text::scores::passage_number(number), tokens.muted));
                    ui.add_space(8.0);
                }
            });
        });
    }
}

fn cell(ui: &mut Ui, width: f32, is_right_aligned: bool, text: egui::RichText) {
    let layout = match is_right_aligned {
        true => Layout::right_to_left(Align::Center),
        false => Layout::left_to_right(Align::Center),
    };
    ui.allocate_ui_with_layout(vec2(width, 24.0), layout, |ui| {
        ui.set_width(width);
        ui.add(egui::Label::new(text).truncate());
    });
}

/// Draws one item in two lines. Returns whether it was clicked.
fn item_row(ui: &mut Ui, tokens: &Tokens, index: usize, item: &ItemReport, is_expanded: bool) -> bool {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 58.0), Sense::click());
    response.widget_info(|| {
        let prompt = markdown::plain(&item.task.prompt);
        let label = text::attempt::report_item(index + 1, &item.verdict.headline, &prompt);
        WidgetInfo::selected(Role::Button, true, is_expanded, label)
    });
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let (icon, ink) = match item.verdict.correctness() {
        Correctness::Right => (icons::CHECK, tokens.right),
        Correctness::Almost | Correctness::Partly => (icons::PARTLY, tokens.partly),
        Correctness::Wrong => (icons::CROSS, tokens.wrong),
    };
    let prompt = markdown::plain(&item.task.prompt);
    let mut parts = response_parts(&item.task, &item.response).join("; ");
    if parts.is_empty() {
        parts = text::attempt::NOT_ANSWERED.to_owned();
    }
    if item.is_mistake() {
        parts = format!("{parts}  →  {}", right_parts(&item.task).join("; "));
    }
    let seconds = (item.spent_ms + 500) / 1_000;
    row_highlight(ui, &response, rect, tokens);
    let caption = |text: String| ui.painter().layout_no_wrap(text, TextSize::Caption.regular(), tokens.muted);
    let points = caption(text::attempt::points_and_seconds(item.verdict.score, seconds));
    let room = width - 48.0 - points.size().x - 28.0;
    let fit = |text: &str, font: egui::FontId, ink| {
        let text: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        truncated(ui, text, font, ink, room.max(60.0))
    };
    let icon = ui.painter().layout_no_wrap(icon.to_string(), TextSize::Body.semibold(), ink);
    let first = fit(&prompt, TextSize::Body.regular(), tokens.ink);
    let second = fit(&parts, TextSize::Caption.regular(), tokens.muted);
    let left = rect.left() + 48.0;
    ui.painter().galley(egui::pos2(rect.left() + 18.0, rect.top() + 9.0), icon, ink);
    ui.painter().galley(egui::pos2(left, rect.top() + 8.0), first, tokens.ink);
    ui.painter().galley(egui::pos2(left, rect.top() + 32.0), second, tokens.muted);
    let points_at = egui::pos2(rect.right() - 16.0 - points.size().x, rect.top() + 11.0);
    ui.painter().galley(points_at, points, tokens.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The buttons that say whether a slip of the fingers counts as right. The decision can be changed later.
fn slip_buttons(ui: &mut Ui, tokens: &Tokens, index: usize, item: &ItemReport) -> Option<Command> {
    let mut command = None;
    if item.slip_accepted.is_none() {
        ui.label(TextSize::Caption.text(text::attempt::SLIP_HELP, tokens.muted));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        for (action, accepted) in slip_decisions(index).into_iter().zip([true, false]) {
            let action = Command::Test(action);
            let button = Button::command(&action, ButtonStyle::Secondary).small();
            if button.selected(item.slip_accepted == Some(accepted)).show(ui, tokens).clicked() {
                command = Some(action);
            }
        }
    });
    command
}

/// What an expanded item shows below its row: question, answer, verdict and figures.
fn item_details(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    past: &CompletedAttempt,
    index: usize,
    item: &ItemReport,
) -> Option<Command> {
    let test_item = &past.test.items[index];
    let deck = past.test.deck(test_item).clone();
    let card = ActiveCard::from_attempt_item(item.card.clone(), deck, test_item);
    let folder = app.library().image_folder(&item.card.deck);
    let id = format!("answer {index}");
    let mut command = None;
    egui::Frame::new().inner_margin(Margin { left: 48, right: 16, top: 4, bottom: 20 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        ui.set_width(ui.available_width());
        images::with_image_context(ui, folder, &id, |ui| {
            command = show_in_report(ui, tokens, &card, &item.verdict, &item.response);
            if item.is_slip {
                command = slip_buttons(ui, tokens, index, item).or(command.take());
            }
            let details = text::attempt::item_details(item, card.deck.topic_name(&card.question().topic));
            ui.add(egui::Label::new(TextSize::Caption.text(details, tokens.muted)).wrap());
        });
    });
    command
}
