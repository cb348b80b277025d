//! Tests: setting one up, sitting it, its report, those of the past.

mod history;
mod overview;
mod report;
mod run;
mod setup;

use eframe::egui::{Id, Ui};

pub use run::{for_test, run};

use crate::app::command::{Scope, Take};
use crate::app::test::{ReportAs, TestCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::test::Phase;
use crate::ui::theme::{COLUMN, Tokens};
use crate::ui::widgets::column;

/// Draws the screen: the report that is open, or the setup with the tests of the past below it.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        return report::show(ui, tokens, app, open);
    }
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "test", COLUMN, top, |ui| {
        let command = setup::show(ui, tokens, app);
        history::show(ui, tokens, app, now).or(command)
    })
}

/// The field of the code.
pub fn code_id() -> Id {
    Id::unique("code of a test")
}

/// The one thing that Space does on this screen, if there is one.
pub fn primary(app: &App) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        let mistakes = open.past.report.mistakes();
        let study = Command::Start(Scope::Cards(mistakes.into()), Take::These);
        return (open.past.report.mistake_count() > 0).then_some(study);
    }
    Some(Command::Test(match app.tests().left() {
        Some(_) => TestCommand::Continue,
        None => TestCommand::Begin,
    }))
}

/// Everything else that can be done on the screen, or with the test before the learner: also what bare keys reach.
pub fn commands(app: &App) -> Vec<Command> {
    let tests = app.tests();
    let commands = match (tests.running(), tests.report()) {
        (Some(running), _) if running.sitting.phase() == Phase::Judging => vec![TestCommand::Leave],
        (Some(running), _) if running.overview => {
            vec![TestCommand::Overview(false), TestCommand::HandIn, TestCommand::Leave]
        }
        (Some(_), _) => vec![
            TestCommand::Next,
            TestCommand::Previous,
            TestCommand::Flag,
            TestCommand::Overview(true),
            TestCommand::Leave,
        ],
        (None, Some(_)) => vec![
            TestCommand::Export(ReportAs::Html),
            TestCommand::Export(ReportAs::Csv),
            TestCommand::Again,
            TestCommand::CloseReport,
        ],
        (None, None) => vec![TestCommand::NewCode],
    };
    commands.into_iter().map(Command::Test).collect()
}
