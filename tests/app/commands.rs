//! What is available on each page, and by which keys.

use linchpin::app::Screen;
use linchpin::app::about::AboutCommand;
use linchpin::app::attempt::TestCommand;
use linchpin::app::command::Command;
use linchpin::app::command_info::AvailableCommand;
use linchpin::app::goals::GoalCommand;
use linchpin::app::study::StudyCommand;

use crate::fixtures::AppFixture;

/// Every key of the page does one thing, and whatever the palette lists has words.
fn check(fixture: &AppFixture, page: &str) {
    let commands = Command::of_page(&fixture.app);
    for (at, AvailableCommand { command, shortcuts, .. }) in commands.iter().enumerate() {
        assert!(command.info().is_some() || !shortcuts.is_empty(), "{page}: {command:?} cannot be reached");
        for other in &commands[at + 1..] {
            let shared = shortcuts.iter().find(|shortcut| other.shortcuts.contains(shortcut));
            assert_eq!(shared, None, "{page}: {command:?} and {:?}", other.command);
        }
    }
    for AvailableCommand { command, .. } in Command::available(&fixture.app) {
        let words = command.info().map(|info| info.text);
        assert!(words.is_none_or(|text| !text.label.is_empty() && !text.help.is_empty()), "{command:?}");
    }
}

#[test]
fn a_key_does_one_thing_on_every_page() {
    let mut fixture = AppFixture::studying();
    check(&fixture, "a card that asks");
    fixture.answer(false);
    check(&fixture, "a verdict");
    fixture.apply(Command::Study(StudyCommand::Continue));
    fixture.apply(Command::Study(StudyCommand::EndSession));
    for screen in Screen::ALL {
        fixture.apply(Command::Go(screen));
        check(&fixture, screen.label());
    }
    fixture.apply(Command::Go(Screen::Test));
    fixture.apply(Command::Test(TestCommand::Begin));
    check(&fixture, "a question of a test");
    fixture.apply(Command::Test(TestCommand::ShowOverview(true)));
    check(&fixture, "the overview of a test");
    fixture.apply(Command::Test(TestCommand::HandIn));
    check(&fixture, "a report, or what is graded before it");
    fixture.apply(Command::Go(Screen::Scores));
    fixture.apply(Command::Goal(GoalCommand::New));
    check(&fixture, "the form of an exam");
    fixture.set_exam("kinds", 1, |_| {});
    fixture.apply(Command::Goal(GoalCommand::Open(Some(0))));
    check(&fixture, "the page of an exam");
    fixture.apply(Command::About(AboutCommand::Open));
    check(&fixture, "About");
}
