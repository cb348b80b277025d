//! What Today offers, in the order of its buttons. What it offers before an exam is in `exam_figures`.

use linchpin::app::Setting;
use linchpin::app::attempt::TestCommand;
use linchpin::app::command::Command;
use linchpin::app::offers::today;
use linchpin::app::study::{Scope, SessionKind, StudyCommand};
use linchpin::domain::attempt::TestSetup;
use linchpin::domain::rating::Rating;

use crate::fixtures::AppFixture;

/// The command of Space, then those of the other buttons.
fn offers(fixture: &AppFixture) -> Vec<Command> {
    let primary = today::primary(&fixture.app).expect("something to do");
    let others = today::secondary(&fixture.app, &primary);
    [vec![primary], others].concat()
}

#[test]
fn today_offers_due_cards_first_then_more_new_ones_then_practice() {
    let all = |kind| Command::Study(StudyCommand::Start(Scope::All, kind));
    let mut fixture = AppFixture::new();
    assert_eq!(offers(&fixture), [all(SessionKind::Today)]);
    assert_eq!(today::commands_after_session(&fixture.app), [all(SessionKind::ExtraNew(10))]);

    fixture.apply(Command::Set(Setting::NewCardsADay(0)));
    assert_eq!(
        offers(&fixture),
        [all(SessionKind::ExtraNew(10))],
        "nothing was studied that could be practised"
    );

    fixture.start(Scope::All, SessionKind::ExtraNew(1));
    fixture.finish();
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(offers(&fixture), [all(SessionKind::ExtraNew(10)), all(SessionKind::Practice)]);
    assert_eq!(today::commands_after_session(&fixture.app), offers(&fixture));

    // Siblings are shown on different days.
    while fixture.app.figures().new_available > 0 {
        fixture.pass_days(1);
        for kind in [SessionKind::Today, SessionKind::ExtraNew(500)] {
            fixture.start(Scope::All, kind);
            fixture.finish();
            fixture.apply(Command::Study(StudyCommand::EndSession));
        }
    }
    assert_eq!(offers(&fixture), [all(SessionKind::Practice)]);
    assert_eq!(today::commands_after_session(&fixture.app), [all(SessionKind::Practice)]);
}

#[test]
fn an_unfinished_test_is_offered_after_the_cards() {
    let mut fixture = AppFixture::new();
    let setup = TestSetup { question_count: 2, ..TestSetup::default() };
    fixture.apply(Command::Test(TestCommand::BeginWith(setup)));
    fixture.apply(Command::Test(TestCommand::Pause));
    let go_on = Command::Test(TestCommand::Continue);
    assert_eq!(
        offers(&fixture),
        [Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today)), go_on]
    );
}

#[test]
fn after_a_break_the_number_of_most_valuable_cards_follows_from_the_minutes_of_a_day() {
    let mut fixture = AppFixture::new();
    fixture.start(Scope::Deck("rok-us-alliance".into()), SessionKind::ExtraNew(80));
    while !fixture.is_finished() {
        fixture.apply(Command::Study(StudyCommand::ShowAnswer));
        fixture.apply(Command::Study(StudyCommand::Rate(Rating::Easy)));
    }
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(today::most_valuable_count(&fixture.app), None, "no break, no backlog");
    fixture.pass_days(200);
    assert_eq!(today::most_valuable_count(&fixture.app), Some(20), "without a limit a few");
    let all = Command::Study(StudyCommand::Start(Scope::All, SessionKind::Today));
    assert_eq!(
        offers(&fixture),
        [Command::Study(StudyCommand::Start(Scope::All, SessionKind::MostValuable(20))), all]
    );
    for minutes in [5, 10, 15] {
        fixture.apply(Command::Set(Setting::MinutesADay(Some(minutes))));
        let cards = fixture.app.figures().cards_left_in(minutes);
        assert_eq!(today::most_valuable_count(&fixture.app), Some(cards.min(80)));
    }
    fixture.apply(Command::Set(Setting::MinutesADay(Some(5))));
    let cards = today::most_valuable_count(&fixture.app).expect("a backlog");
    fixture.start(Scope::All, SessionKind::MostValuable(cards));
    assert_eq!(fixture.finish().len(), cards);
    fixture.apply(Command::Study(StudyCommand::EndSession));
    assert_eq!(today::most_valuable_count(&fixture.app), None, "the time of today is over");
}
