//! Tests: setting one up, sitting it, its report, those of the past.

mod history;
mod overview;
mod report;
mod run;
mod setup;

use eframe::egui::{Id, Ui, vec2};

pub use history::{row_id, rows};
pub use overview::{cell_id, columns};
pub use run::{for_test, run};

use crate::app::command::{Scope, Take};
use crate::app::test::{ReportAs, TestCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::test::Phase;
use crate::ui::theme::{COLUMN, Tokens, Type};
use crate::ui::widgets::button::{Button, Weight};
use crate::ui::widgets::column;

/// Draws the screen: the report that is open, or the setup with the tests of the past below it.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, now: &Moment) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        return report::show(ui, tokens, app, open);
    }
    let top = column::top_space(ui, 40.0);
    column::centred(ui, "test", COLUMN, top, |ui| {
        let shows_earlier = app.tests().shows_earlier();
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
        ui.label(Type::Title.strong("Test", tokens.ink));
        ui.add_space(12.0);
        for side in [false, true] {
            let does = Command::Test(TestCommand::ShowEarlier(side));
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
fn decisions(item: usize) -> [TestCommand; 2] {
    [true, false].map(|meant| TestCommand::Decide { item, meant })
}

/// The field of the code.
pub fn code_id() -> Id {
    Id::unique("code of a test")
}

/// The one thing that Space does on this screen, if there is one.
pub fn primary(app: &App) -> Option<Command> {
    if let Some(open) = app.tests().report() {
        let mistakes = app.mistakes_of(&open.past.report);
        return (!mistakes.is_empty()).then(|| Command::Start(Scope::Cards(mistakes.into()), Take::These));
    }
    if app.tests().shows_earlier() {
        return None;
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
        (None, Some(open)) => {
            let mut commands = vec![
                TestCommand::Export(ReportAs::Html),
                TestCommand::Export(ReportAs::Csv),
                TestCommand::Again,
                TestCommand::CloseReport,
            ];
            let unfolded = open.unfolded.filter(|at| open.past.report.items[*at].is_slip);
            commands.extend(unfolded.into_iter().flat_map(decisions));
            commands
        }
        (None, None) if tests.asks_discard() => vec![TestCommand::Discard, TestCommand::AskDiscard(false)],
        (None, None) if tests.shows_earlier() => vec![TestCommand::ShowEarlier(false)],
        (None, None) if tests.left().is_some() => {
            vec![TestCommand::AskDiscard(true), TestCommand::ShowEarlier(true)]
        }
        (None, None) => vec![TestCommand::NewCode, TestCommand::ShowEarlier(true)],
    };
    commands.into_iter().map(Command::Test).collect()
}
