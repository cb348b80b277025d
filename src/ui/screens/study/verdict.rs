//! What stands below an answer: verdict, explanation, source, rating buttons, and further commands.

use eframe::egui::{self, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::study::{ActiveCard, Stage, StudyCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::deck::Source;
use crate::domain::event::ReviewSource;
use crate::domain::grade::{Correctness, Verdict};
use crate::domain::rating::Rating;
use crate::domain::schedule::RatingOutcome;
use crate::domain::schedule::outcome_of;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{BUTTON_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle, focus_ring};
use crate::ui::widgets::keycap::{self, Keycap};
use crate::ui::widgets::{column, markdown};

/// Draws the verdict in a few words, and announces it to screen readers.
pub fn headline(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict) {
    let icon = match verdict.correctness() {
        Correctness::Right => icons::CHECK,
        Correctness::Almost | Correctness::Partly => icons::PARTLY,
        Correctness::Wrong => icons::CROSS,
    };
    let text = format!("{icon} {}", verdict.headline);
    let label = egui::Label::new(TextSize::Body.strong(text, verdict_color(verdict, tokens)));
    announce(&ui.add(label.wrap()));
}

/// Announces the verdict to screen readers only, for kinds whose coloured rows show it already.
pub fn spoken_headline(ui: &mut Ui, verdict: &Verdict) {
    let (_, response) = ui.allocate_exact_size(vec2(1.0, 1.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &verdict.headline));
    announce(&response);
}

fn announce(response: &egui::Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// The colour of a verdict.
pub fn verdict_color(verdict: &Verdict, tokens: &Tokens) -> egui::Color32 {
    match verdict.correctness() {
        Correctness::Right => tokens.right,
        Correctness::Almost | Correctness::Partly => tokens.partly,
        Correctness::Wrong => tokens.wrong,
    }
}

/// Draws why the verdict is what it is, if the headline alone would surprise.
pub fn note(ui: &mut Ui, tokens: &Tokens, verdict: &Verdict) {
    if let Some(note) = &verdict.note {
        let response = ui.add(egui::Label::new(TextSize::Body.text(note, tokens.ink)).wrap());
        announce(&response);
    }
}

/// Draws why the answer is right, and the passages that say so.
pub fn explanation(ui: &mut Ui, tokens: &Tokens, card: &ActiveCard) -> Option<Command> {
    let deck = &card.deck;
    let question = card.question();
    let mut command = None;
    if let Some(explain) = &question.explain {
        ui.add_space(4.0);
        markdown::show(ui, tokens, explain, TextSize::Body, false, tokens.ink);
    }
    if let Some(source) = &deck.source {
        for key in &question.cite {
            if let Some(link) = citation(ui, tokens, source, key) {
                command = Some(link);
            }
        }
    }
    command
}

/// Draws the rating buttons with their intervals. In practice, a graded answer has only the button that goes on.
/// `is_low` makes them lower, for a window of little height.
pub fn footer(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    card: &ActiveCard,
    (outcomes, rating): (&[RatingOutcome; 4], Rating),
    now: &Moment,
    is_low: bool,
) -> Option<Command> {
    let practice = is_practice(app);
    let is_graded = matches!(card.stage, Stage::Graded { .. });
    let decided = if card.can_resolve_slip() { slip_buttons(ui, tokens, is_low) } else { None };
    let command = if practice && is_graded {
        let go_on = Command::Study(StudyCommand::Continue);
        Button::command(&go_on, ButtonStyle::Primary).show(ui, tokens).clicked().then_some(go_on)
    } else {
        rating_buttons(ui, tokens, outcomes, rating, answered_at(card, now), is_low, practice)
    };
    command.or(decided)
}

/// The buttons that resolve a slip of the fingers: only the learner knows what was meant.
fn slip_buttons(ui: &mut Ui, tokens: &Tokens, is_low: bool) -> Option<Command> {
    let mut command = None;
    ui.columns_const(|uis: &mut [Ui; 2]| {
        for (ui, action) in uis
            .iter_mut()
            .zip([Command::Study(StudyCommand::AcceptSlip), Command::Study(StudyCommand::RejectSlip)])
        {
            let button = Button::command(&action, ButtonStyle::Secondary).wide();
            let button = if is_low { button.small() } else { button };
            if button.show(ui, tokens).clicked() {
                command = Some(action);
            }
        }
    });
    command
}

/// Draws the figures behind the interval, if the learner wants to see them.
pub fn interval_reason(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    card: &ActiveCard,
    outcomes: &[RatingOutcome; 4],
    rating: Rating,
    now: &Moment,
) {
    if !card.reason_shown || is_practice(app) {
        return;
    }
    let outcome = outcome_of(outcomes, rating);
    let at = answered_at(card, now);
    let Some(scheduler) = card.scheduler() else { return };
    let reason = scheduler.reason(&card.state_before, &at, outcome);
    ui.add_space(4.0);
    column::card(ui, tokens, egui::Margin::same(16), |ui| {
        for line in text::study::explain_interval(&reason, outcome, &at) {
            ui.add(egui::Label::new(TextSize::Body.text(line, tokens.ink)).wrap());
        }
    });
}

/// Whether the session is practice. It changes no schedule, so no interval is shown.
fn is_practice(app: &App) -> bool {
    app.active_session().is_some_and(|study| study.session().source == ReviewSource::Practice)
}

/// When the answer was given or shown: intervals in minutes count from then, not from the current frame.
fn answered_at(card: &ActiveCard, now: &Moment) -> Moment {
    match &card.stage {
        Stage::Graded { answered, .. } => *answered,
        Stage::Revealed { revealed, .. } => *revealed,
        Stage::Answering => *now,
    }
}

fn citation(ui: &mut Ui, tokens: &Tokens, source: &Source, key: &str) -> Option<Command> {
    let number = source.passage_number(key)?;
    let gist = source.passages.get(key)?;
    let label = text::study::citation(source, number, gist);
    match &source.url {
        Some(url) => {
            let link = Button::link(&label).icon(icons::EXTERNAL).show(ui, tokens);
            link.clicked().then(|| Command::OpenLink(url.clone()))
        }
        None => {
            ui.add(egui::Label::new(TextSize::Caption.text(label, tokens.muted)).wrap());
            None
        }
    }
}

fn rating_buttons(
    ui: &mut Ui,
    tokens: &Tokens,
    outcomes: &[RatingOutcome; 4],
    chosen: Rating,
    now: Moment,
    is_low: bool,
    practice: bool,
) -> Option<Command> {
    let mut command = None;
    ui.columns_const(|uis: &mut [Ui; 4]| {
        for (ui, outcome) in uis.iter_mut().zip(outcomes) {
            let interval = match practice {
                true => text::study::PRACTICE.to_owned(),
                false => words::interval(outcome.due, &now),
            };
            if rating_button(ui, tokens, outcome.rating, interval, outcome.rating == chosen, is_low) {
                command = Some(Command::Study(StudyCommand::Rate(outcome.rating)));
            }
        }
    });
    command
}

fn rating_button(
    ui: &mut Ui,
    tokens: &Tokens,
    rating: Rating,
    interval: String,
    is_chosen: bool,
    is_low: bool,
) -> bool {
    let name = rating.name();
    let height = if is_low { 52.0 } else { 68.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let label = text::study::rating(name, &interval);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &label));
    let fill = match (is_chosen, response.hovered()) {
        (true, _) => tokens.accent_fill,
        (false, true) => tokens.soft,
        (false, false) => tokens.card,
    };
    let line = if is_chosen { Stroke::new(2.0, tokens.accent) } else { Stroke::new(1.0, tokens.line) };
    ui.painter().rect(rect, CornerRadius::same(BUTTON_RADIUS), fill, line, StrokeKind::Inside);
    focus_ring(ui, &response, rect, BUTTON_RADIUS, tokens);
    let label = ui.painter().layout_no_wrap(name.to_owned(), TextSize::Body.semibold(), tokens.ink);
    let cap = Keycap::new(ui, rating.number());
    let below = ui.painter().layout_no_wrap(interval, TextSize::Caption.regular(), tokens.muted);
    // Without room for both, the name stays: the keys 1 to 4 follow the order of the buttons.
    let with_cap = label.size().x + 5.0 + cap.size().x + 8.0 <= rect.width();
    let width = label.size().x + if with_cap { 5.0 + cap.size().x } else { 0.0 };
    let left = rect.center().x - width / 2.0;
    let middle = rect.center().y - 10.0;
    if with_cap {
        let cap_at = egui::pos2(left + label.size().x + 5.0, middle - cap.size().y / 2.0);
        cap.paint(ui, cap_at, tokens.muted, tokens.line, tokens.card);
    }
    ui.painter().galley(egui::pos2(left, middle - label.size().y / 2.0), label, tokens.ink);
    let below_at = egui::pos2(rect.center().x - below.size().x / 2.0, rect.center().y + 4.0);
    ui.painter().galley(below_at, below, tokens.muted);
    response.clicked()
}

/// Draws further commands for the answer, each with its key.
pub fn actions(ui: &mut Ui, tokens: &Tokens, app: &App, card: &ActiveCard) -> Option<Command> {
    let is_right_in_part =
        matches!(&card.stage, Stage::Graded { verdict, guessed: false, .. } if verdict.score > 0.0);
    let actions = [
        Some(Command::Study(StudyCommand::Continue)),
        is_right_in_part.then_some(Command::Study(StudyCommand::MarkGuessed)),
        (!card.acceptable_answers().is_empty()).then_some(Command::Study(StudyCommand::AcceptAnswer)),
        app.can_undo_redo().0.then_some(Command::Undo),
        Some(Command::Study(StudyCommand::Suspend)),
    ];
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        for action in actions.into_iter().flatten() {
            command = keycap::command_hint(ui, tokens, action, false).or(command.take());
        }
        let toggle = Command::Study(StudyCommand::ToggleReason);
        if let Some(key) = toggle.key().filter(|_| !is_practice(app)) {
            let label = if card.reason_shown { text::study::HIDE_REASON } else { toggle.label() };
            if keycap::key_hint(ui, tokens, key, label).clicked() {
                command = Some(toggle);
            }
        }
    });
    command
}
