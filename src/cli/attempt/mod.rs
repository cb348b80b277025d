//! `linchpin test`: takes a test line by line, and shows reports of completed tests.

mod input;
mod repl;
mod report;

use std::io::Write;
use std::path::Path;

use super::args::{MixArgument, TestArguments};
use super::output::print_message;
use super::terminal::Terminal;
use super::{CliError, known_deck, make_daily_backup, open, open_read_only, scope};
use crate::app::attempt::{
    AttemptListItem, ReportFormat, TestCommand, completed_attempt, completed_attempts,
};
use crate::app::clock::Clock;
use crate::app::study::Scope;
use crate::app::{App, Command, Dirs};
use crate::domain::attempt::{ChosenTopic, CompletedAttempt, Mix, TestSetup};
use crate::domain::question::Kind;
use crate::store::AttemptId;
use crate::text::{self, words};

/// Takes a test, lists the completed ones, shows or exports the report of one, or resolves its slips.
///
/// # Errors
/// When there is no such test, deck or topic, or the progress cannot be read or written.
pub fn run(
    dirs: Dirs,
    clock: &Clock,
    arguments: &TestArguments,
    out: &mut impl Write,
) -> Result<bool, CliError> {
    if arguments.is_read_only() {
        let (app, _) = open_read_only(dirs, clock)?;
        let tests = completed_attempts(app.core())?;
        if tests.unreadable > 0 {
            print_message(&text::terminal::attempt::unreadable_tests(tests.unreadable));
        }
        let tests = tests.list;
        if arguments.list {
            report::list(&app, &tests, out)?;
            return Ok(true);
        }
        let (test, completed) = find_test(&app, &tests, arguments.report)?;
        return show_report(arguments, test, &completed, out).map(|()| true);
    }
    let mut app = open(dirs, clock)?;
    if arguments.has_slip_decisions() {
        return resolve_slips(&mut app, clock, arguments, out).map(|()| true);
    }
    if arguments.give_up {
        return discard_paused(&mut app, clock).map(|()| true);
    }
    if app.tests().paused().is_some() && arguments.has_setup_options() {
        return Err(CliError::Failed(text::terminal::attempt::UNFINISHED_TEST.to_owned()));
    }
    if app.tests().paused().is_none() {
        set_up(&mut app, clock, arguments)?;
    }
    repl::run(&mut app, clock, &mut Terminal::open())?;
    make_daily_backup(&app, clock);
    Ok(true)
}

/// Applies a command; an error notice that follows becomes an error.
fn apply(app: &mut App, clock: &Clock, command: TestCommand) -> Result<(), CliError> {
    let now = clock.now(app.settings().rollover_hour);
    app.apply(Command::Test(command), &now);
    match app.notice().filter(|notice| notice.is_error) {
        Some(problem) => Err(CliError::Failed(problem.text.clone())),
        None => Ok(()),
    }
}

/// Discards the paused test.
fn discard_paused(app: &mut App, clock: &Clock) -> Result<(), CliError> {
    if app.tests().paused().is_none() {
        return Err(CliError::Failed(text::terminal::attempt::NO_UNFINISHED_TEST.to_owned()));
    }
    apply(app, clock, TestCommand::Discard)
}

/// Accepts or rejects the slips named by the arguments, and shows the changed report.
fn resolve_slips(
    app: &mut App,
    clock: &Clock,
    arguments: &TestArguments,
    out: &mut impl Write,
) -> Result<(), CliError> {
    let tests = completed_attempts(app.core())?.list;
    let (test, completed) = find_test(app, &tests, arguments.report)?;
    let accepted = arguments.meant.iter().map(|number| (*number, true));
    let decisions: Vec<(usize, bool)> =
        accepted.chain(arguments.not_known.iter().map(|number| (*number, false))).collect();
    // Checked before the first change, so that either all slips are resolved or none.
    for (number, _) in &decisions {
        let item = number.checked_sub(1).and_then(|at| completed.report.items.get(at));
        if !item.is_some_and(|item| item.is_slip) {
            return Err(CliError::Usage(text::terminal::attempt::not_a_slip(*number)));
        }
    }
    let id = test.id;
    apply(app, clock, TestCommand::OpenReport(id))?;
    for (number, accepted) in decisions {
        let item = number - 1;
        let decision = app.tests().report().and_then(|open| open.completed.report.items[item].slip_accepted);
        if decision != Some(accepted) {
            apply(app, clock, TestCommand::ResolveSlip { item, accepted })?;
        }
    }
    let tests = completed_attempts(app.core())?.list;
    let test = tests.iter().find(|test| test.id == id);
    let test = test.ok_or_else(|| CliError::Failed(text::terminal::attempt::UNREADABLE_TEST.to_owned()))?;
    show_report(arguments, test, &read_test(app, id)?, out)
}

/// Begins a new test with the options of the arguments.
fn set_up(app: &mut App, clock: &Clock, arguments: &TestArguments) -> Result<(), CliError> {
    let mut decks = Vec::new();
    for id in &arguments.decks {
        decks.push(known_deck(app, id)?.deck.id.clone());
    }
    let mut topics = Vec::new();
    for key in &arguments.topic {
        let only_deck = if let [deck] = decks.as_slice() { Some(&**deck) } else { None };
        if let Scope::Topic { deck, topic } = scope(app, only_deck, Some(key))? {
            if decks.is_empty() || !decks.contains(&deck) {
                decks.push(deck.clone());
            }
            topics.push(ChosenTopic { deck, topic });
        }
    }
    let mut kinds = Vec::new();
    for name in &arguments.kinds {
        let found = Kind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name));
        let names = Kind::ALL.map(Kind::name).join(", ");
        kinds
            .push(found.ok_or_else(|| CliError::Usage(text::terminal::attempt::unknown_kind(name, &names)))?);
    }
    let mix = match arguments.mix {
        MixArgument::Balanced => Mix::Balanced,
        MixArgument::Weakest => Mix::Weakest,
        MixArgument::Random => Mix::Random,
    };
    let setup = TestSetup {
        decks,
        topics,
        question_count: arguments.number,
        kinds,
        minutes: arguments.minutes,
        mix,
        moves_schedule: arguments.counts,
    };
    if let Some(code) = &arguments.code {
        let code: crate::domain::attempt::TestCode =
            code.parse().map_err(|error| CliError::Usage(text::terminal::attempt::bad_code(code, error)))?;
        apply(app, clock, TestCommand::SetCode(code.to_string()))?;
    }
    apply(app, clock, TestCommand::BeginWith(setup))
}

/// A completed test by its number in the list, from 1, or the newest one.
fn find_test<'a>(
    app: &App,
    tests: &'a [AttemptListItem],
    number: Option<usize>,
) -> Result<(&'a AttemptListItem, CompletedAttempt), CliError> {
    let test = match number {
        Some(number) => number
            .checked_sub(1)
            .and_then(|at| tests.get(at))
            .ok_or_else(|| CliError::Usage(text::terminal::attempt::unknown_test(number)))?,
        None => tests.last().ok_or_else(|| {
            CliError::Failed(text::terminal::attempt::no_test_yet(report::unfinished_line(app).as_deref()))
        })?,
    };
    let completed = read_test(app, test.id)?;
    Ok((test, completed))
}

fn read_test(app: &App, id: AttemptId) -> Result<CompletedAttempt, CliError> {
    let completed = completed_attempt(app.core(), id)?.map(|(_, completed)| completed);
    completed.ok_or_else(|| CliError::Failed(text::terminal::attempt::UNREADABLE_TEST.to_owned()))
}

/// Prints a report, or writes it to the files that the arguments name.
fn show_report(
    arguments: &TestArguments,
    test: &AttemptListItem,
    completed: &CompletedAttempt,
    out: &mut impl Write,
) -> Result<(), CliError> {
    let day = words::date(test.started.day);
    let files = [(&arguments.html, ReportFormat::Html), (&arguments.csv, ReportFormat::Csv)];
    let mut is_written = false;
    for (path, format) in files {
        let Some(path) = path else { continue };
        write_file(path, format, completed, &day)?;
        writeln!(out, "{}", path.display())?;
        is_written = true;
    }
    if !is_written {
        report::print(&mut Terminal::open(), completed, test.change.as_ref(), &day)?;
    }
    Ok(())
}

fn write_file(
    path: &Path,
    format: ReportFormat,
    completed: &CompletedAttempt,
    day: &str,
) -> Result<(), CliError> {
    match format.write(path, completed, day) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CliError::Failed(text::terminal::file_exists(path.display()))),
        Err(error) => Err(CliError::Failed(text::terminal::file_not_written(path.display(), error))),
    }
}
