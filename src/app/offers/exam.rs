//! What is offered for an exam: its page, and the session for it.

use crate::app::App;
use crate::app::command::Command;
use crate::app::command_info::{AvailableCommand, Presented};
use crate::app::goals::Goals;
use crate::app::shortcut::Shortcut::Space;

/// The command that opens the page: of the next exam, or the form of a new one if none is set.
pub fn open(app: &App) -> Command {
    Goals::open(app.core(), app.today()).into()
}

/// What the page offers first: the session for its exam. `None` if there is nothing to study, or a form is open.
pub fn primary(app: &App) -> Option<Command> {
    let is_form = app.goals().page()?.form.is_some();
    let session = app.goals().primary(app.core(), app.today()).filter(|_| !is_form);
    session.map(Command::from)
}

/// The commands of the page, in the order of the palette.
pub(super) fn available(app: &App) -> Vec<AvailableCommand<Command>> {
    let primary = primary(app).map(|primary| primary.on(&[Space]));
    let others = app.goals().available(app.core(), app.today());
    primary.into_iter().chain(others.into_iter().map(|each| each.map(Command::from))).collect()
}
