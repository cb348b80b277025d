//! The Test screen: the setup of a test, a test being taken, its report, and the history of tests.

mod active;
mod history;
mod overview;
mod report;
mod setup;

use eframe::egui::{Id, Ui, vec2};

pub use active::show as show_active;
pub use history::{row_id, row_ids};
pub use overview::{cell_id, column_count};

use crate::app::attempt::TestCommand;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::text;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::Button;
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
            let key = switch.key().filter(|_| !is_open);
            let button = Button::secondary(switch.label()).key(key).small().selected(is_open);
            if button.show(ui, tokens).clicked() {
                command = Some(switch);
            }
        }
    });
    command
}

/// The id of the field with the code of the test.
pub fn code_id() -> Id {
    Id::unique("code of a test")
}
