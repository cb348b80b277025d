//! The command line: everything that the program can do without its window. Without a command it opens the window, by
//! the function that `main` gives it, so that nothing here knows the toolkit.
//!
//! Output goes to standard output, messages go to standard error. The exit code is 0 for success, 1 when something is
//! wrong (such as errors in a deck that is checked), and 2 for wrong arguments.

mod args;
mod attempt;
mod backup;
mod check;
mod colon_command;
mod decks;
mod doctor;
mod export;
mod fix;
mod import;
mod input;
mod kind;
mod layout;
mod merge;
mod output;
mod show;
mod snippet;
mod stats;
mod study;
mod terminal;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::ops::{Deref, DerefMut};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use serde::Serialize;

use crate::app::clock::Clock;
use crate::app::study::{Scope, SessionKind};
use crate::app::{App, Dirs, Settings, crash_report, daily_backup, licences, logging};
use crate::domain::day::Moment;
use crate::library::LoadedDeck;
use crate::store::StoreError;
use crate::text;
use args::{Arguments, BackupCommand, CliCommand, StudyArguments};
use output::{StandardOutput, print_message};
use terminal::Terminal;

/// Why a command ended early.
enum CliError {
    /// The arguments are wrong: exit code 2.
    Usage(String),
    /// Any other error, as a message: exit code 1.
    Failed(String),
    /// Standard input or output failed: exit code 1, or 0 when the reader has closed the output.
    Io(io::Error),
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        CliError::Io(error)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        CliError::Failed(error.to_string())
    }
}

/// Opens the window and stays until it is closed. The error says why there can be none, in words that follow "no window
/// can be opened here: ".
pub type OpenWindow = fn(Dirs, Clock) -> Result<(), String>;

/// Runs the command that the arguments name, and returns the exit code. The first argument is the program's name.
/// Without a command it calls `open_window`.
pub fn run(args: impl IntoIterator<Item = OsString>, open_window: OpenWindow) -> ExitCode {
    output::print_panics();
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            // Not `print`, which quotes arguments as they are.
            output::print_lines(&error.render().to_string());
            return ExitCode::from(2);
        }
        Err(help) => {
            // An error is ignored: the output is closed, so nobody would read the text.
            let _ = help.print();
            return ExitCode::SUCCESS;
        }
    };
    match execute(arguments, open_window) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(CliError::Usage(message)) => {
            print_message(&message);
            ExitCode::from(2)
        }
        Err(CliError::Failed(message)) => {
            print_message(&message);
            ExitCode::from(1)
        }
        // The reader has seen enough, as in `linchpin decks | head -1`.
        Err(CliError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(CliError::Io(error)) => {
            print_message(&text::terminal::terminal_failed(error));
            ExitCode::from(1)
        }
    }
}

/// Runs the command. `Ok(false)` means that it ran but found something wrong.
fn execute(arguments: Arguments, open_window: OpenWindow) -> Result<bool, CliError> {
    let Arguments { data_dir, at, command } = arguments;
    let dirs = Dirs::find(data_dir.as_deref()).map_err(|error| CliError::Failed(error.to_string()))?;
    let clock = match &at {
        Some(time) => Clock::set_to(time).map_err(|error| CliError::Usage(error.to_string()))?,
        None => Clock::system(),
    };
    let writes_progress = match &command {
        None | Some(CliCommand::Study(_)) => true,
        Some(CliCommand::Backup { action }) => !matches!(action, Some(BackupCommand::List { .. })),
        Some(CliCommand::Test(test)) => !test.is_read_only(),
        Some(CliCommand::Merge(merge)) => !merge.preview,
        Some(_) => false,
    };
    if writes_progress && at.is_some() && dirs.is_system_default() {
        return Err(CliError::Usage(text::terminal::AT_NEEDS_DATA_DIR.to_owned()));
    }
    // Commands that only read write no log. The window starts its log itself, once there is a display.
    match &command {
        Some(CliCommand::Study(_)) => logging::init(&dirs.data, "study"),
        Some(CliCommand::Test(test)) if !test.is_read_only() => logging::init(&dirs.data, "test"),
        Some(CliCommand::Import(import)) if !import.preview => logging::init(&dirs.data, "import"),
        Some(CliCommand::Merge(merge)) if !merge.preview => logging::init(&dirs.data, "merge"),
        Some(CliCommand::Backup { .. }) if writes_progress && dirs.data.exists() => {
            logging::init(&dirs.data, "backup")
        }
        _ => {}
    }
    let mut out = StandardOutput::open();
    match command {
        None => window_or_terminal(dirs, clock, open_window),
        Some(CliCommand::Study(study)) => study_in_terminal(dirs, &clock, study),
        Some(CliCommand::Test(arguments)) => attempt::run(dirs, &clock, &arguments, &mut out),
        Some(CliCommand::Check { files, json, fix }) => {
            check::run(&dirs, &files, check::CheckOptions { json, fix }, &mut out)
        }
        Some(CliCommand::DeckFormat) => {
            writeln!(out, "{}", args::DECK_FORMAT.trim_end())?;
            Ok(true)
        }
        Some(CliCommand::Stats { deck, period, json }) => {
            let (mut app, now) = open_read_only(dirs, &clock)?;
            let options = stats::StatsOptions { deck: deck.as_deref(), period: period.into(), json };
            stats::run(&mut app, options, &now, &mut out).map(|()| true)
        }
        Some(CliCommand::Decks { json }) => {
            let (app, _) = open_read_only(dirs, &clock)?;
            decks::run(&app, json, &mut out).map(|()| true)
        }
        Some(CliCommand::Import(arguments)) => import::run(&dirs, &arguments, &mut out),
        Some(CliCommand::Export(arguments)) => {
            export::run(&dirs, &clock, &arguments, &mut out).map(|()| true)
        }
        Some(CliCommand::Merge(arguments)) => merge::run(&dirs, &arguments, &mut out),
        Some(CliCommand::Backup { action }) => {
            let now = clock.now(rollover_hour(&dirs));
            backup::run(&dirs, action, &now, &mut out)
        }
        Some(CliCommand::Doctor) => doctor::run(&dirs, &mut out),
        Some(CliCommand::Licences) => {
            out.write_all(licences::TEXT.as_bytes())?;
            Ok(true)
        }
    }
}

/// Opens the window. Without a display it studies in the terminal instead, if there is one.
fn window_or_terminal(dirs: Dirs, clock: Clock, open_window: OpenWindow) -> Result<bool, CliError> {
    let Err(why) = open_window(dirs.clone(), clock.clone()) else { return Ok(true) };
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    if is_terminal {
        // Without a display the window did not start the log.
        logging::init(&dirs.data, "study");
    }
    tracing::warn!(why, "no window can be opened");
    if !is_terminal {
        return Err(CliError::Failed(text::terminal::no_window(&why)));
    }
    print_message(&text::terminal::studying_in_terminal(&why));
    study_in_terminal(dirs, &clock, StudyArguments::default())
}

fn study_in_terminal(dirs: Dirs, clock: &Clock, arguments: StudyArguments) -> Result<bool, CliError> {
    let data = dirs.data.clone();
    let mut app = open(dirs, clock)?;
    if let Some((report, _)) = crash_report::take_untold(&data) {
        print_message(&text::crash::closed_unexpectedly(report.display()));
    }
    let scope = scope(&app, arguments.deck.as_deref(), arguments.topic.as_deref())?;
    let session_kind =
        arguments.new.map_or(SessionKind::Today, |cards| SessionKind::ExtraNew(usize::from(cards)));
    study::run(&mut app, clock, &mut Terminal::open(), scope, session_kind)?;
    make_daily_backup(&app, clock);
    Ok(true)
}

/// Backs up the progress at the end of a session, if the newest backup is a day old. Says so only if it fails.
fn make_daily_backup(app: &App, clock: &Clock) {
    if let Err(error) = daily_backup::make_if_due(app.core(), &clock.now(app.settings().rollover_hour)) {
        print_message(&text::general::no_daily_backup(error));
    }
}

/// The scope for the id of a deck and the key of a topic, each `None` for all.
fn scope(app: &App, deck: Option<&str>, topic: Option<&str>) -> Result<Scope, CliError> {
    let deck = deck.map(|id| known_deck(app, id)).transpose()?;
    let Some(topic) = topic else { return Ok(deck.map_or(Scope::All, |it| Scope::Deck(it.deck.id.clone()))) };
    let decks =
        app.library().decks().iter().filter(|it| deck.is_none_or(|wanted| wanted.deck.id == it.deck.id));
    let with_topic: Vec<Arc<str>> =
        decks.clone().filter(|it| it.deck.topics.contains_key(topic)).map(|it| it.deck.id.clone()).collect();
    match with_topic.as_slice() {
        [deck] => Ok(Scope::Topic { deck: deck.clone(), topic: topic.to_owned() }),
        [] => {
            let topics: Vec<&str> = decks.flat_map(|it| it.deck.topics.keys()).map(String::as_str).collect();
            Err(CliError::Usage(text::terminal::unknown_topic(topic, &topics.join(", "))))
        }
        several => Err(CliError::Usage(text::terminal::topic_in_several_decks(topic, &several.join(", ")))),
    }
}

/// The deck with this id, or a message with the ids that there are.
fn known_deck<'a>(app: &'a App, id: &str) -> Result<&'a LoadedDeck, CliError> {
    app.library().deck(id).ok_or_else(|| {
        let ids: Vec<&str> = app.library().decks().iter().map(|it| &*it.deck.id).collect();
        CliError::Usage(text::terminal::unknown_deck(id, &ids.join(", ")))
    })
}

/// The [`App`] of a command, until the process ends.
struct CommandApp(App);

impl Deref for CommandApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0
    }
}

impl DerefMut for CommandApp {
    fn deref_mut(&mut self) -> &mut App {
        &mut self.0
    }
}

impl Drop for CommandApp {
    fn drop(&mut self) {
        self.0.end_with_process();
    }
}

/// Opens the program for writing. Reports what went wrong, and that `--at` puts answers among those of other days.
fn open(dirs: Dirs, clock: &Clock) -> Result<CommandApp, CliError> {
    let now = clock.now(rollover_hour(&dirs));
    let app = CommandApp(App::open(dirs, &now)?);
    if let Some(notice) = app.notice().filter(|notice| notice.is_error) {
        print_message(&notice.text);
    }
    let today = now.day();
    let is_other_day = |(card, _)| app.progress().state(card).last_day.is_some_and(|day| day != today);
    if clock.is_set() && app.progress().cards().any(is_other_day) {
        print_message(&text::terminal::at_beside_answers(today.date()));
    }
    Ok(app)
}

/// Opens the program without writing to its folders, and returns it with the current time.
fn open_read_only(dirs: Dirs, clock: &Clock) -> Result<(CommandApp, Moment), CliError> {
    let now = clock.now(rollover_hour(&dirs));
    let app = CommandApp(App::open_read_only(dirs, &now)?);
    Ok((app, now))
}

/// The hour at which a study day begins, from the settings; reports settings that cannot be read. Their file is kept
/// until settings are saved, which sets it aside.
fn rollover_hour(dirs: &Dirs) -> u8 {
    let (settings, problem) = Settings::load(&dirs.config);
    if let Some(problem) = problem {
        print_message(&problem);
    }
    settings.rollover_hour
}

fn print_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    writeln!(out, "{text}")
}
