//! The command line: the same program without a window.
//!
//! What machines read goes to standard output, messages go to standard error. The exit code is 0 when all
//! is well, 1 when something is wrong, 2 when the command itself is.

mod args;
mod aside;
mod ask;
mod check;
mod decks;
mod doctor;
mod export;
mod fix;
mod import;
mod layout;
mod right;
mod show;
mod snippet;
mod stats;
mod study;
mod terminal;
mod test;
mod window;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use serde::Serialize;

use crate::app::clock::Clock;
use crate::app::command::{Scope, Take};
use crate::app::{App, Dirs, Settings, licences, logging};
use crate::domain::day::Moment;
use crate::library::LoadedDeck;
use crate::store::StoreError;
use args::{Arguments, Job, StudyArguments};
use terminal::Terminal;

/// Why a command ended early.
enum Failure {
    /// The command is wrong: exit code 2.
    Usage(String),
    /// Something is wrong: exit code 1.
    Failed(String),
    /// Input or output went away.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Failed(error.to_string())
    }
}

/// Runs the command that the arguments, the program's name first, ask for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed output is no reason to fail over a text that nobody reads.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match carry_out(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            tell(&message);
            ExitCode::from(2)
        }
        Err(Failure::Failed(message)) => {
            tell(&message);
            ExitCode::from(1)
        }
        // Whoever read it has seen enough, as in `linchpin decks | head -1`.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Io(error)) => {
            tell(&format!("the terminal cannot be read or written: {error}"));
            ExitCode::from(1)
        }
    }
}

/// Whether all is well.
fn carry_out(arguments: Arguments) -> Result<bool, Failure> {
    let Arguments { data_dir, at, job } = arguments;
    let dirs =
        Dirs::find(data_dir.as_deref()).map_err(|error| Failure::Failed(in_one_line(&error.to_string())))?;
    let clock = match &at {
        Some(time) => Clock::set_to(time).map_err(|error| Failure::Usage(error.to_string()))?,
        None => Clock::system(),
    };
    let writes = match &job {
        None | Some(Job::Study(_) | Job::Backup) => true,
        Some(Job::Test(test)) => !test.only_reads(),
        Some(_) => false,
    };
    if writes && at.is_some() && dirs.is_the_systems() {
        return Err(Failure::Usage(
            "--at would write answers of another time into your own progress: \
             name another folder with --data-dir as well"
                .to_owned(),
        ));
    }
    // Commands that only read leave nothing behind, and the window's log begins where there is a display.
    match &job {
        Some(Job::Study(_)) => logging::begin(&dirs.data, "study"),
        Some(Job::Test(test)) if !test.only_reads() => logging::begin(&dirs.data, "test"),
        Some(Job::Import(import)) if !import.preview => logging::begin(&dirs.data, "import"),
        Some(Job::Backup) if dirs.data.exists() => logging::begin(&dirs.data, "backup"),
        _ => {}
    }
    let mut out = io::stdout();
    match job {
        None => open_window(dirs, clock),
        Some(Job::Study(study)) => study_in_terminal(dirs, &clock, study),
        Some(Job::Test(arguments)) => test::run(dirs, &clock, &arguments, &mut out),
        Some(Job::Check { files, json, fix }) => {
            check::run(&dirs, &files, check::Manner { json, fix }, &mut out)
        }
        Some(Job::DeckFormat) => {
            writeln!(out, "{}", args::DECK_FORMAT.trim_end())?;
            Ok(true)
        }
        Some(Job::Stats { deck, period, json }) => {
            let (mut app, now) = read_only(dirs, &clock)?;
            let manner = stats::Manner { deck: deck.as_deref(), period: period.into(), json };
            stats::run(&mut app, manner, &now, &mut out).map(|()| true)
        }
        Some(Job::Decks { json }) => {
            let (app, _) = read_only(dirs, &clock)?;
            decks::run(&app, json, &mut out).map(|()| true)
        }
        Some(Job::Import(arguments)) => import::run(&dirs, &arguments, &mut out),
        Some(Job::Export(arguments)) => export::run(&dirs, &clock, &arguments, &mut out).map(|()| true),
        Some(Job::Backup) => {
            let now = clock.now(rollover_hour(&dirs));
            doctor::back_up(&dirs, &now, &mut out).map(|()| true)
        }
        Some(Job::Doctor) => doctor::run(&dirs, &mut out),
        Some(Job::Licences) => {
            out.write_all(licences::TEXT.as_bytes())?;
            Ok(true)
        }
    }
}

fn open_window(dirs: Dirs, clock: Clock) -> Result<bool, Failure> {
    let Err(why) = window::open(dirs.clone(), clock.clone()) else { return Ok(true) };
    tracing::warn!(why, "no window can be opened");
    let terminal = {
        use std::io::IsTerminal;
        io::stdin().is_terminal() && io::stdout().is_terminal()
    };
    if !terminal {
        let message = format!("no window can be opened here: {why}. In a terminal, run: linchpin study");
        return Err(Failure::Failed(message));
    }
    tell(&format!("no window can be opened here: {why}. Studying in the terminal."));
    study_in_terminal(dirs, &clock, StudyArguments::default())
}

fn study_in_terminal(dirs: Dirs, clock: &Clock, arguments: StudyArguments) -> Result<bool, Failure> {
    let hour = rollover_hour(&dirs);
    let mut app = App::open(dirs, &clock.now(hour))?;
    if let Some(notice) = app.notice().filter(|notice| notice.is_problem) {
        tell(&in_one_line(&notice.text));
    }
    let scope = scope(&app, arguments.deck.as_deref(), arguments.topic.as_deref())?;
    let take = arguments.new.map_or(Take::Today, |cards| Take::MoreNew(usize::from(cards)));
    study::run(&mut app, clock, &mut Terminal::open(), scope, take)?;
    Ok(true)
}

/// What a deck's id and a topic's key stand for.
fn scope(app: &App, deck: Option<&str>, topic: Option<&str>) -> Result<Scope, Failure> {
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
            Err(Failure::Usage(format!("there is no topic {topic:?}; there are {}", topics.join(", "))))
        }
        several => Err(Failure::Usage(format!(
            "several decks have a topic {topic:?}: name one of {}",
            several.join(", ")
        ))),
    }
}

fn known_deck<'a>(app: &'a App, id: &str) -> Result<&'a LoadedDeck, Failure> {
    app.library().deck(id).ok_or_else(|| {
        let ids: Vec<&str> = app.library().decks().iter().map(|it| &*it.deck.id).collect();
        Failure::Usage(format!("there is no deck with the id {id:?}; there are {}", ids.join(", ")))
    })
}

fn read_only(dirs: Dirs, clock: &Clock) -> Result<(App, Moment), Failure> {
    let now = clock.now(rollover_hour(&dirs));
    let app = App::open_read_only(dirs, &now)?;
    Ok((app, now))
}

/// When days begin. Settings that cannot be read are set aside by the first look at them, so it is told here.
fn rollover_hour(dirs: &Dirs) -> u8 {
    let (settings, problem) = Settings::load(&dirs.config);
    if let Some(problem) = problem {
        tell(&problem);
    }
    settings.rollover_hour
}

/// A message to the person, on standard error.
fn tell(message: &str) {
    // Not `eprintln!`: it panics when nobody listens.
    let _ = writeln!(io::stderr(), "linchpin: {}", in_one_line(message));
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "1 card", "3 cards".
fn counted(number: usize, noun: &str) -> String {
    crate::app::words::count(number, noun)
}

fn print_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    writeln!(out, "{text}")
}
