//! What the Scores screen offers: its own commands, and sessions, tests and tables on what it shows.

use super::exam;
use crate::app::App;
use crate::app::attempt::TestCommand;
use crate::app::command::Command;
use crate::app::command_info::{AvailableCommand, Presented};
use crate::app::goals::OPEN_KEYS;
use crate::app::history_export::HistoryTable;
use crate::app::overconfidence::session_on;
use crate::app::scores::{ScoresCommand, ScoresPage};
use crate::app::settings::Setting;
use crate::app::shortcut::Shortcut::{Char, Space};

/// The commands of the screen, in the order of the palette.
pub(super) fn available(app: &App) -> Vec<AvailableCommand<Command>> {
    let scores = app.scores();
    let mut commands: Vec<AvailableCommand<Command>> =
        primary(app).map(|primary| primary.on(&[Space])).into_iter().collect();
    commands.extend(scores.back().map(|back| Command::from(back).into()));
    commands.extend(links(app));
    commands.extend(scores.periods().into_iter().map(|period| Command::from(period).into()));
    commands
}

/// The command that the page offers first. `None` if there is nothing to do.
fn primary(app: &App) -> Option<Command> {
    match app.scores().page() {
        ScoresPage::HighConfidenceErrors => Some(study_errors(app)),
        _ => app.scores().session().map(Command::from),
    }
}

/// What the list of high-confidence errors offers first: study them. Without any it turns on the question for
/// confidence, or goes back if that is on already.
pub fn study_errors(app: &App) -> Command {
    match app.figures().high_confidence_errors.as_slice() {
        [] if !app.settings().ask_confidence => Command::Set(Setting::AskConfidence(true)),
        [] => Command::Scores(ScoresCommand::Back),
        topics => session_on(topics).into(),
    }
}

/// The quiet links of the page, in the order in which they are shown.
pub fn links(app: &App) -> Vec<AvailableCommand<Command>> {
    let own = app.scores().links(app.core()).into_iter();
    let mut links: Vec<_> = own.map(|link| AvailableCommand::from(Command::from(link))).collect();
    match app.scores().page() {
        ScoresPage::Topics => {
            links.push(exam::open(app).on(OPEN_KEYS));
            if app.figures().has_history() {
                links.push(Command::ExportHistory(HistoryTable::Scores).on(&[Char('V')]));
                links.push(Command::ExportHistory(HistoryTable::Reviews).on(&[Char('A')]));
            }
        }
        ScoresPage::Topic { .. } | ScoresPage::Passages(_) => {
            let source = app.scores().source_url(app.core()).map(|url| Command::OpenLink(url.to_owned()));
            links.extend(source.into_iter().chain(test(app)).map(AvailableCommand::from));
        }
        ScoresPage::HighConfidenceErrors => {}
    }
    links
}

/// The command that sets up a test on what the page shows. `None` on pages without a deck.
pub fn test(app: &App) -> Option<Command> {
    let (deck, topic, questions) = app.scores().tested(app.core())?;
    Some(Command::Test(TestCommand::Prepare { deck, topic, questions }))
}
