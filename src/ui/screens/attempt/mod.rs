//! Tests: setting one up, sitting it, its report, those of the past.

mod history;
mod overview;
mod report;
mod run;
mod setup;

use eframe::egui::{Id, Ui, vec2};

pub use history::{row_id, row_ids};
pub use overview::{cell_id, column_count};
pub use run::{into_test_command, run};

use crate::app::attempt::{ReportFormat, TestCommand};
use crate::app::command::{Scope, SessionKind};
use crate::app::{App, Command};
use crate::domain::attempt::AttemptPhase;
use crate::domain::day::Moment;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Draws the screen: the report that is open, or the setup with the tests of the past below it.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        return report::show(ui, tokens, app, open);
    }
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "test", COLUMN_WIDTH, top, |ui| {
        let shows_earlier = app.tests().shows_history();
        let command = heading(ui, tokens, shows_earlier);
        let below = match shows_earlier {
            true => history::show(ui, tokens, app, now),
            false => setup::show(ui, tokens, app),
        };
        below.or(command)
    })
}

/// The screen's name, and its two sides.
fn heading(ui: &mut Ui, tokens: &Tokens, shows_earlier: bool) -> Option<Command> {
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        ui.label(TextSize::Title.strong("Test", tokens.ink));
        ui.add_space(12.0);
        for side in [false, true] {
            let does = Command::Test(TestCommand::ShowHistory(side));
            let is_here = side == shows_earlier;
            let key = if is_here { "" } else { does.key() };
            let button = Button::new(does.label(), Weight::Secondary).key(key).small().selected(is_here);
            if button.show(ui, tokens).clicked() {
                command = Some(does);
            }
        }
    });
    command
}

/// What can be said of an item that is a slip of the fingers.
fn slip_decisions(item: usize) -> [TestCommand; 2] {
    [true, false].map(|meant| TestCommand::ResolveSlip { item, meant })
}

/// The field of the code.
pub fn code_id() -> Id {
    Id::unique("code of a test")
}

/// The one thing that Space does on this screen, if there is one.
pub fn primary(app: &App) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        let mistakes = app.mistakes_of(&open.completed.report);
        return (!mistakes.is_empty())
            .then(|| Command::Start(Scope::Cards(mistakes.into()), SessionKind::AllInScope));
    }
    if app.tests().shows_history() {
        return None;
    }
    Some(Command::Test(match app.tests().paused() {
        Some(_) => TestCommand::Continue,
        None => TestCommand::Begin,
    }))
}

/// Everything else that can be done on the screen, or with the test before the learner: also what bare keys reach.
pub fn commands(app: &App) -> Vec<Command> {
    let tests = app.tests();
    let commands = match (tests.active(), tests.report()) {
        (Some(running), _) if running.attempt.phase() == AttemptPhase::SelfGrading => {
            vec![TestCommand::Pause]
        }
        (Some(running), _) if running.overview => {
            vec![TestCommand::ShowOverview(false), TestCommand::HandIn, TestCommand::Pause]
        }
        (Some(_), _) => vec![
            TestCommand::Next,
            TestCommand::Previous,
            TestCommand::Flag,
            TestCommand::ShowOverview(true),
            TestCommand::Pause,
        ],
        (None, Some(open)) => {
            let mut commands = vec![
                TestCommand::ExportReport(ReportFormat::Html),
                TestCommand::ExportReport(ReportFormat::Csv),
                TestCommand::RepeatSetup,
                TestCommand::CloseReport,
            ];
            let unfolded = open.expanded_item.filter(|at| open.completed.report.items[*at].is_slip);
            commands.extend(unfolded.into_iter().flat_map(slip_decisions));
            commands
        }
        (None, None) if tests.asks_discard() => vec![TestCommand::Discard, TestCommand::AskDiscard(false)],
        (None, None) if tests.shows_history() => vec![TestCommand::ShowHistory(false)],
        (None, None) if tests.paused().is_some() => {
            vec![TestCommand::AskDiscard(true), TestCommand::ShowHistory(true)]
        }
        (None, None) => vec![TestCommand::NewCode, TestCommand::ShowHistory(true)],
    };
    commands.into_iter().map(Command::Test).collect()
}
