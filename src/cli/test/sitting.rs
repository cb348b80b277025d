//! A test line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Instant;

use super::line::{ALL, Move, Typed, typed};
use super::report;
use crate::app::clock::Clock;
use crate::app::test::{Openness, Running, TestCommand};
use crate::app::{App, Command, words};
use crate::cli::ask::response;
use crate::cli::show;
use crate::cli::terminal::{Ink, Line, Terminal};
use crate::domain::day::{Moment, Stamp};
use crate::domain::task::{Form, Response};
use crate::domain::test::{Phase, Worth};
use crate::formats::export::report::minutes;
use crate::formats::export::{given, right};
use crate::formats::markdown::in_words;

/// How often the test is told the time while a line is waited for, in milliseconds.
const BEAT_MS: i64 = 20_000;

struct Sitting<'a> {
    app: &'a mut App,
    clock: &'a Clock,
    terminal: &'a mut Terminal,
}

/// Goes on with the test that was begun or left, until it is handed in or left, and prints its report.
///
/// # Errors
/// When the terminal cannot be read or written; every answer is kept.
pub fn run(app: &mut App, clock: &Clock, terminal: &mut Terminal) -> io::Result<()> {
    let mut sitting = Sitting { app, clock, terminal };
    if sitting.app.tests().left().is_some() {
        sitting.apply(TestCommand::Continue)?;
        sitting.terminal.say("", Ink::Faint, "The test goes on where it was left.")?;
    }
    if let Some(running) = sitting.app.tests().running() {
        let time = running.left_ms().map_or("no limit".to_owned(), |left| format!("{} left", minutes(left)));
        let about = format!(
            "{}, {time}, code {}. Type :? for all commands.",
            words::count(running.paper.items.len(), "question"),
            running.paper.code
        );
        sitting.terminal.say("", Ink::Faint, &about)?;
    }
    loop {
        let now = sitting.now();
        sitting.app.tick(&now);
        let Some(running) = sitting.app.tests().running() else { break };
        let goes_on = match running.sitting.phase() {
            Phase::Judging => sitting.judge()?,
            _ => sitting.question()?,
        };
        if !goes_on {
            sitting.apply(TestCommand::Leave)?;
            break;
        }
    }
    match sitting.app.tests().report() {
        Some(open) => {
            let (past, day) = (open.past.clone(), words::date(open.begun.day));
            let earlier = sitting.app.tests().earlier().unwrap_or_default();
            let since = earlier.iter().find(|test| test.id == open.id).and_then(|test| test.since.as_ref());
            report::print(sitting.terminal, &past, since, &day)
        }
        None => sitting.terminal.say("", Ink::Plain, "The test waits for you: linchpin test continues it."),
    }
}

impl Sitting<'_> {
    fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Makes a change, and tells what went wrong with it.
    fn apply(&mut self, command: TestCommand) -> io::Result<()> {
        let now = self.now();
        self.app.apply(Command::Test(command), &now);
        match self.app.notice().filter(|notice| notice.is_problem) {
            Some(problem) => self.terminal.say("! ", Ink::Wrong, &problem.text),
            None => Ok(()),
        }
    }

    /// Asks for a line, and tells the test of the time that went by meanwhile: as much as the computer was awake.
    /// `None` when there are no more lines.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long the computer was awake, which the clock does not say"
    )]
    fn line(&mut self, prompt: &str) -> io::Result<Option<Line>> {
        let (from, began) = (self.now(), Instant::now());
        let line = self.terminal.ask(prompt)?;
        let awake_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut passed = BEAT_MS;
        while passed < awake_ms {
            let stamp = Stamp { utc_ms: from.ms() + passed, ..from.stamp };
            self.app.tick(&Moment { stamp, ..from });
            passed += BEAT_MS;
        }
        let now = self.now();
        self.app.tick(&now);
        Ok(if line == Line::End { None } else { Some(line) })
    }

    fn running(&self) -> Option<&Running> {
        self.app.tests().running().filter(|running| running.sitting.phase() == Phase::Running)
    }

    /// One question, until another one is wanted; whether the test goes on.
    fn question(&mut self) -> io::Result<bool> {
        let Some(running) = self.running() else { return Ok(true) };
        let (at, total) = (running.at(), running.paper.items.len());
        let asked = running.asked().clone();
        let flagged = running.sitting.sheets()[at].flagged;
        let response_now = running.response().cloned();
        let left = running.left_ms().map_or(String::new(), |left| format!(" · {} left", minutes(left)));
        let flag = if flagged { " · flagged" } else { "" };
        let said = asked.confidence.map_or(String::new(), |it| format!(" · {}", words::how_sure(it)));
        let is_recalled = matches!(asked.task.form, Form::Reveal { .. });
        let what = if is_recalled { "answer in your own words" } else { asked.task.instruction() };
        show::question(self.terminal, &format!("{} of {total} · {what}{left}{flag}{said}", at + 1), &asked)?;
        if let Some(response) = &response_now {
            let told = given(&asked.task, response).join("; ");
            self.terminal.say("  Your answer: ", Ink::Plain, &told)?;
        }
        let gaps = match asked.draft.response() {
            Some(Response::Gaps(texts)) => texts.len(),
            _ => 0,
        };
        let mut texts: Vec<String> = Vec::new();
        loop {
            let prompt =
                if gaps > 0 { format!("[{}] > ", texts.len() + 1) } else { show::field(&asked.task.form) };
            let line = match self.line(&prompt)? {
                None => return Ok(false),
                Some(Line::Unusable(why)) => {
                    self.terminal.say("  ", Ink::Plain, why)?;
                    continue;
                }
                Some(Line::Text(line)) => line,
                Some(Line::End) => return Ok(false),
            };
            if self.running().is_none() {
                let why = "The time was over before this line, which does not count.";
                self.terminal.say("  ", Ink::Plain, why)?;
                return Ok(true);
            }
            let text = match typed(&line) {
                Typed::Move(does) => match self.carry_out(does, at, total)? {
                    Some(goes_on) => return Ok(goes_on),
                    None => continue,
                },
                Typed::Unknown(line) => {
                    let how = format!("{line} is no command: :? shows all. Begin an answer with two colons.");
                    self.terminal.say("  ", Ink::Plain, &how)?;
                    continue;
                }
                Typed::Text(text) => text,
            };
            if gaps > 0 && !(text.is_empty() && texts.is_empty() && response_now.is_some()) {
                texts.push(text);
                if texts.len() < gaps {
                    continue;
                }
                let response = Response::Gaps(std::mem::take(&mut texts));
                return self.give(response, &response_now);
            }
            if text.is_empty() {
                self.apply(TestCommand::Next)?;
                return self.after_the_last(at, total);
            }
            let read = if is_recalled { Ok(Response::Text(text)) } else { response(&asked.task.form, &text) };
            match read {
                Ok(response) => return self.give(response, &response_now),
                Err(how) => self.terminal.say("  ", Ink::Plain, &how)?,
            }
        }
    }

    /// Keeps an answer and goes on; the same again stays.
    fn give(&mut self, response: Response, before: &Option<Response>) -> io::Result<bool> {
        if before.as_ref() != Some(&response) {
            self.apply(TestCommand::Answer(response))?;
        }
        let Some(running) = self.running() else { return Ok(true) };
        let (at, total) = (running.at(), running.paper.items.len());
        self.apply(TestCommand::Next)?;
        self.after_the_last(at, total)
    }

    /// Behind the last question comes what is open.
    fn after_the_last(&mut self, at: usize, total: usize) -> io::Result<bool> {
        if at + 1 == total {
            self.overview()?;
            self.apply(TestCommand::Overview(false))?;
        }
        Ok(true)
    }

    /// Carries a command out. `None`: the same prompt again; else whether the test goes on.
    fn carry_out(&mut self, does: Move, at: usize, total: usize) -> io::Result<Option<bool>> {
        match does {
            Move::Next => {
                self.apply(TestCommand::Next)?;
                return self.after_the_last(at, total).map(Some);
            }
            Move::Previous => self.apply(TestCommand::Previous)?,
            Move::Go(number) if (1..=total).contains(&number) => {
                self.apply(TestCommand::Show(number - 1))?;
            }
            Move::Go(_) => {
                self.terminal.say("  ", Ink::Plain, &format!("There are questions 1 to {total}."))?;
                return Ok(None);
            }
            Move::Flag => self.apply(TestCommand::Flag)?,
            Move::Say(confidence) => self.apply(TestCommand::Confide(confidence))?,
            Move::Clear => {
                let given = self.running().and_then(|running| running.response().cloned());
                if let Some(response) = given {
                    self.apply(TestCommand::Answer(response))?;
                }
            }
            Move::Overview => {
                self.overview()?;
                return Ok(None);
            }
            Move::Help => {
                for (typed, _, help) in ALL {
                    self.terminal.say(&format!("  {typed}  "), Ink::Plain, help)?;
                }
                return Ok(None);
            }
            Move::Leave => return Ok(Some(false)),
            Move::HandIn => return self.hand_in().map(|handed_in| handed_in.then_some(true)),
        }
        Ok(Some(true))
    }

    fn overview(&mut self) -> io::Result<()> {
        let Some(running) = self.running() else { return Ok(()) };
        let numbers = |items: Vec<usize>| {
            items.into_iter().map(|item| (item + 1).to_string()).collect::<Vec<_>>().join(", ")
        };
        let (open, flagged) = (running.open_items(), running.flagged());
        let total = running.paper.items.len();
        let mut told = format!("{} of {total} answered.", total - open.len());
        if !open.is_empty() {
            told.push_str(&format!(" Open: {}.", numbers(open)));
        }
        if !flagged.is_empty() {
            told.push_str(&format!(" Flagged: {}.", numbers(flagged)));
        }
        told.push_str(" :i hands in.");
        self.terminal.gap()?;
        self.terminal.say("  ", Ink::Strong, &told)
    }

    /// Asks once more where something is open; whether it was handed in.
    fn hand_in(&mut self) -> io::Result<bool> {
        let Some(running) = self.running() else { return Ok(true) };
        let open = (0..running.paper.items.len())
            .filter(|item| running.openness(*item) != Openness::Answered)
            .count();
        if open > 0 {
            let is_are = if open == 1 { "is" } else { "are" };
            let ask =
                format!("{} {is_are} open. Type :i once more to hand in.", words::count(open, "question"));
            self.terminal.say("  ", Ink::Plain, &ask)?;
            match self.line("> ")? {
                Some(Line::Text(line)) if typed(&line) == Typed::Move(Move::HandIn) => {}
                _ => return Ok(false),
            }
        }
        self.apply(TestCommand::HandIn)?;
        Ok(true)
    }

    /// An answer in own words beside the right one; whether the test goes on.
    fn judge(&mut self) -> io::Result<bool> {
        let Some(running) = self.app.tests().running() else { return Ok(true) };
        let asked = running.asked().clone();
        let mine = running.response().map(|response| given(&asked.task, response).join("; "));
        self.terminal.gap()?;
        self.terminal.say("", Ink::Strong, &in_words(&asked.task.prompt))?;
        self.terminal.say("  Your answer: ", Ink::Plain, &mine.unwrap_or_default())?;
        self.terminal.say("  Right answer: ", Ink::Plain, &right(&asked.task).join("; "))?;
        self.terminal.say("", Ink::Faint, "What was it worth: 1 wrong, 2 partly, 3 right?")?;
        loop {
            let Some(Line::Text(line)) = self.line("> ")? else { return Ok(false) };
            let worth = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(worth) = worth.and_then(|at| Worth::ALL.get(at)) {
                self.apply(TestCommand::Judge(*worth))?;
                return Ok(true);
            }
            if typed(&line) == Typed::Move(Move::Leave) {
                return Ok(false);
            }
            self.terminal.say("  ", Ink::Plain, "Type 1, 2 or 3; :q leaves it for later.")?;
        }
    }
}
