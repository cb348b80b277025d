//! The Test screen: the setup of a test, a test being taken, its report, and the history of tests.

mod active;
mod history;
mod overview;
mod report;
mod setup;

use eframe::egui::{Id, Ui, vec2};

pub use active::{into_test_command, show as show_active};
pub use history::{row_id, row_ids};
pub use overview::{cell_id, column_count};

use crate::app::attempt::{ReportFormat, TestCommand};
use crate::app::study::{Scope, SessionKind, StudyCommand};
use crate::app::{App, Command};
use crate::domain::attempt::AttemptPhase;
use crate::domain::day::Moment;
use crate::text;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, ButtonStyle};
use crate::ui::widgets::column;

/// Draws the screen: the report that is open, else the history or the setup.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        return report::show(ui, tokens, app, open);
    }
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "test", COLUMN_WIDTH, top, |ui| {
        let shows_history = app.tests().shows_history();
        let command = heading(ui, tokens, shows_history);
        let below = match shows_history {
            true => history::show(ui, tokens, app, now),
            false => setup::show(ui, tokens, app),
        };
        below.or(command)
    })
}

/// The title, and the buttons that switch between the setup and the history.
fn heading(ui: &mut Ui, tokens: &Tokens, shows_history: bool) -> Option<Command> {
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        ui.label(TextSize::Title.strong(text::attempt::TITLE, tokens.ink));
        ui.add_space(12.0);
        for history in [false, true] {
            let switch = Command::Test(TestCommand::ShowHistory(history));
            let is_open = history == shows_history;
            let key = if is_open { "" } else { switch.key() };
            let button =
                Button::new(switch.label(), ButtonStyle::Secondary).key(key).small().selected(is_open);
            if button.show(ui, tokens).clicked() {
                command = Some(switch);
            }
        }
    });
    command
}

/// The two ways to resolve a slip of the fingers: accept it or reject it. `item` is its index in the test.
fn slip_decisions(item: usize) -> [TestCommand; 2] {
    [true, false].map(|accepted| TestCommand::ResolveSlip { item, accepted })
}

/// The id of the field with the code of the test.
pub fn code_id() -> Id {
    Id::unique("code of a test")
}

/// The command of Space: study the mistakes of the open report, begin a test, or continue the paused one. `None` on a
/// report without mistakes, and in the history.
pub fn primary(app: &App) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        let mistakes = app.mistakes_of(&open.completed.report);
        return (!mistakes.is_empty()).then(|| {
            Command::Study(StudyCommand::Start(Scope::Cards(mistakes.into()), SessionKind::AllInScope))
        });
    }
    if app.tests().shows_history() {
        return None;
    }
    Some(Command::Test(match app.tests().paused() {
        Some(_) => TestCommand::Continue,
        None => TestCommand::Begin,
    }))
}

/// The other commands of the screen, or of the test that is being taken, in the order of the palette. Keys without a
/// modifier reach them too.
pub fn commands(app: &App) -> Vec<Command> {
    let tests = app.tests();
    let commands = match (tests.active(), tests.report()) {
        (Some(active), _) if active.attempt.phase() == AttemptPhase::SelfGrading => {
            vec![TestCommand::Pause]
        }
        (Some(active), _) if active.overview => {
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
            let slip = open.expanded_item.filter(|at| open.completed.report.items[*at].is_slip);
            commands.extend(slip.into_iter().flat_map(slip_decisions));
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
