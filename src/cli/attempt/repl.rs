//! A test line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Instant;

use super::input::{AttemptColonCommand, AttemptInput, COLON_COMMANDS, parse_attempt_input};
use super::report;
use crate::app::attempt::{ActiveAttempt, AnswerStatus, TestCommand};
use crate::app::clock::Clock;
use crate::app::{App, Command, words};
use crate::cli::input::parse_response;
use crate::cli::show;
use crate::cli::terminal::{Ink, InputLine, Terminal};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::domain::day::{Moment, Stamp};
use crate::domain::task::{Response, TaskForm};
use crate::formats::export::report::duration_text;
use crate::formats::export::{response_parts, right_parts};
use crate::formats::markdown::plain_with_files;

/// How often the test is told the time while a line is waited for, in milliseconds.
const HEARTBEAT_MS: i64 = 20_000;

struct AttemptRepl<'a> {
    app: &'a mut App,
    clock: &'a Clock,
    terminal: &'a mut Terminal,
}

/// Goes on with the test that was begun or left, until it is handed in or left, and prints its report.
///
/// # Errors
/// When the terminal cannot be read or written; every answer is kept.
pub fn run(app: &mut App, clock: &Clock, terminal: &mut Terminal) -> io::Result<()> {
    let mut sitting = AttemptRepl { app, clock, terminal };
    if sitting.app.tests().paused().is_some() {
        sitting.apply(TestCommand::Continue)?;
        sitting.terminal.say("", Ink::Faint, "The test goes on where it was left.")?;
    }
    if let Some(running) = sitting.app.tests().active() {
        let time = running
            .remaining_ms()
            .map_or("no limit".to_owned(), |left| format!("{} left", duration_text(left)));
        let about = format!(
            "{}, {time}, code {}. Type :? for all commands.",
            words::count(running.test.items.len(), "question"),
            running.test.code
        );
        sitting.terminal.say("", Ink::Faint, &about)?;
    }
    loop {
        let now = sitting.now();
        sitting.app.tick(&now);
        let Some(running) = sitting.app.tests().active() else { break };
        let goes_on = match running.attempt.phase() {
            AttemptPhase::SelfGrading => sitting.self_grade()?,
            _ => sitting.question()?,
        };
        if !goes_on {
            sitting.apply(TestCommand::Pause)?;
            break;
        }
    }
    match sitting.app.tests().report() {
        Some(open) => {
            let (past, day) = (open.completed.clone(), words::date(open.started.day));
            let earlier = sitting.app.tests().history().unwrap_or_default();
            let since = earlier.iter().find(|test| test.id == open.id).and_then(|test| test.change.as_ref());
            report::print(sitting.terminal, &past, since, &day)
        }
        None => sitting.terminal.say("", Ink::Plain, "The test waits for you: linchpin test continues it."),
    }
}

impl AttemptRepl<'_> {
    fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Makes a change, and tells what went wrong with it.
    fn apply(&mut self, command: TestCommand) -> io::Result<()> {
        let now = self.now();
        self.app.apply(Command::Test(command), &now);
        match self.app.notice().filter(|notice| notice.is_error) {
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
    fn read_line(&mut self, prompt: &str) -> io::Result<Option<InputLine>> {
        let (from, began) = (self.now(), Instant::now());
        let line = self.terminal.read_line(prompt)?;
        let awake_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut passed = HEARTBEAT_MS;
        while passed < awake_ms {
            let stamp = Stamp { utc_ms: from.ms() + passed, ..from.stamp };
            self.app.tick(&Moment { stamp, ..from });
            passed += HEARTBEAT_MS;
        }
        let now = self.now();
        self.app.tick(&now);
        Ok(if line == InputLine::End { None } else { Some(line) })
    }

    fn active_attempt(&self) -> Option<&ActiveAttempt> {
        self.app.tests().active().filter(|running| running.attempt.phase() == AttemptPhase::Running)
    }

    /// One question, until another one is wanted; whether the test goes on.
    fn question(&mut self) -> io::Result<bool> {
        let Some(running) = self.active_attempt() else { return Ok(true) };
        let (at, total) = (running.current_item(), running.test.items.len());
        let asked = running.active_card().clone();
        let flagged = running.attempt.items()[at].flagged;
        let response_now = running.response().cloned();
        let left =
            running.remaining_ms().map_or(String::new(), |left| format!(" · {} left", duration_text(left)));
        let flag = if flagged { " · flagged" } else { "" };
        let said = asked.confidence.map_or(String::new(), |it| format!(" · {}", words::confidence_name(it)));
        let is_recalled = matches!(asked.task.form, TaskForm::Recall { .. });
        let what = if is_recalled { "answer in your own words" } else { asked.task.instruction() };
        show::question(self.terminal, &format!("{} of {total} · {what}{left}{flag}{said}", at + 1), &asked)?;
        if let Some(response) = &response_now {
            let told = response_parts(&asked.task, response).join("; ");
            self.terminal.say("  Your answer: ", Ink::Plain, &told)?;
        }
        let gaps = match asked.draft.response() {
            Some(Response::Cloze(texts)) => texts.len(),
            _ => 0,
        };
        let mut texts: Vec<String> = Vec::new();
        loop {
            let prompt = if gaps > 0 {
                format!("[{}] > ", texts.len() + 1)
            } else {
                show::answer_prompt(&asked.task.form)
            };
            let line = match self.read_line(&prompt)? {
                None => return Ok(false),
                Some(InputLine::Unusable(why)) => {
                    self.terminal.say("  ", Ink::Plain, why)?;
                    continue;
                }
                Some(InputLine::Text(line)) => line,
                Some(InputLine::End) => return Ok(false),
            };
            if self.active_attempt().is_none() {
                let why = "The time was over before this line, which does not count.";
                self.terminal.say("  ", Ink::Plain, why)?;
                return Ok(true);
            }
            let text = match parse_attempt_input(&line) {
                AttemptInput::Command(does) => match self.run_colon_command(does, at, total)? {
                    Some(goes_on) => return Ok(goes_on),
                    None => continue,
                },
                AttemptInput::Unknown(line) => {
                    let how = format!("{line} is no command: :? shows all. Begin an answer with two colons.");
                    self.terminal.say("  ", Ink::Plain, &how)?;
                    continue;
                }
                AttemptInput::Text(text) => text,
            };
            if gaps > 0 && !(text.is_empty() && texts.is_empty() && response_now.is_some()) {
                texts.push(text);
                if texts.len() < gaps {
                    continue;
                }
                let response = Response::Cloze(std::mem::take(&mut texts));
                return self.answer(response, &response_now);
            }
            if text.is_empty() {
                self.apply(TestCommand::Next)?;
                return self.overview_after_last(at, total);
            }
            let read =
                if is_recalled { Ok(Response::Typed(text)) } else { parse_response(&asked.task.form, &text) };
            match read {
                Ok(response) => return self.answer(response, &response_now),
                Err(how) => self.terminal.say("  ", Ink::Plain, &how)?,
            }
        }
    }

    /// Keeps an answer and goes on; the same again stays.
    fn answer(&mut self, response: Response, before: &Option<Response>) -> io::Result<bool> {
        if before.as_ref() != Some(&response) {
            self.apply(TestCommand::Answer(response))?;
        }
        let Some(running) = self.active_attempt() else { return Ok(true) };
        let (at, total) = (running.current_item(), running.test.items.len());
        self.apply(TestCommand::Next)?;
        self.overview_after_last(at, total)
    }

    /// Behind the last question comes what is open.
    fn overview_after_last(&mut self, at: usize, total: usize) -> io::Result<bool> {
        if at + 1 == total {
            self.overview()?;
            self.apply(TestCommand::ShowOverview(false))?;
        }
        Ok(true)
    }

    /// Carries a command out. `None`: the same prompt again; else whether the test goes on.
    fn run_colon_command(
        &mut self,
        does: AttemptColonCommand,
        at: usize,
        total: usize,
    ) -> io::Result<Option<bool>> {
        match does {
            AttemptColonCommand::Next => {
                self.apply(TestCommand::Next)?;
                return self.overview_after_last(at, total).map(Some);
            }
            AttemptColonCommand::Previous => self.apply(TestCommand::Previous)?,
            AttemptColonCommand::GoTo(number) if (1..=total).contains(&number) => {
                self.apply(TestCommand::ShowItem(number - 1))?;
            }
            AttemptColonCommand::GoTo(_) => {
                self.terminal.say("  ", Ink::Plain, &format!("There are questions 1 to {total}."))?;
                return Ok(None);
            }
            AttemptColonCommand::Flag => self.apply(TestCommand::Flag)?,
            AttemptColonCommand::SetConfidence(confidence) => {
                self.apply(TestCommand::SetConfidence(confidence))?
            }
            AttemptColonCommand::Clear => {
                let given = self.active_attempt().and_then(|running| running.response().cloned());
                if let Some(response) = given {
                    self.apply(TestCommand::Answer(response))?;
                }
            }
            AttemptColonCommand::Overview => {
                self.overview()?;
                return Ok(None);
            }
            AttemptColonCommand::Help => {
                for (typed, _, help) in COLON_COMMANDS {
                    self.terminal.say(&format!("  {typed}  "), Ink::Plain, help)?;
                }
                return Ok(None);
            }
            AttemptColonCommand::Leave => return Ok(Some(false)),
            AttemptColonCommand::HandIn => return self.hand_in().map(|handed_in| handed_in.then_some(true)),
        }
        Ok(Some(true))
    }

    fn overview(&mut self) -> io::Result<()> {
        let Some(running) = self.active_attempt() else { return Ok(()) };
        let numbers = |items: Vec<usize>| {
            items.into_iter().map(|item| (item + 1).to_string()).collect::<Vec<_>>().join(", ")
        };
        let (open, flagged) = (running.unfinished_items(), running.flagged_items());
        let total = running.test.items.len();
        let mut told = format!("{} of {total} answered.", total - open.len());
        if !open.is_empty() {
            told.push_str(&format!(" Open: {}.", numbers(open)));
        }
        if !flagged.is_empty() {
            told.push_str(&format!(" Flagged: {}.", numbers(flagged)));
        }
        told.push_str(" :i hands in.");
        self.terminal.blank_line()?;
        self.terminal.say("  ", Ink::Strong, &told)
    }

    /// Asks once more where something is open; whether it was handed in.
    fn hand_in(&mut self) -> io::Result<bool> {
        let Some(running) = self.active_attempt() else { return Ok(true) };
        let open = (0..running.test.items.len())
            .filter(|item| running.answer_status(*item) != AnswerStatus::Answered)
            .count();
        if open > 0 {
            let is_are = if open == 1 { "is" } else { "are" };
            let ask =
                format!("{} {is_are} open. Type :i once more to hand in.", words::count(open, "question"));
            self.terminal.say("  ", Ink::Plain, &ask)?;
            match self.read_line("> ")? {
                Some(InputLine::Text(line))
                    if parse_attempt_input(&line) == AttemptInput::Command(AttemptColonCommand::HandIn) => {}
                _ => return Ok(false),
            }
        }
        self.apply(TestCommand::HandIn)?;
        Ok(true)
    }

    /// An answer in own words beside the right one; whether the test goes on.
    fn self_grade(&mut self) -> io::Result<bool> {
        let Some(running) = self.app.tests().active() else { return Ok(true) };
        let asked = running.active_card().clone();
        let mine = running.response().map(|response| response_parts(&asked.task, response).join("; "));
        self.terminal.blank_line()?;
        self.terminal.say("", Ink::Strong, &plain_with_files(&asked.task.prompt))?;
        self.terminal.say("  Your answer: ", Ink::Plain, &mine.unwrap_or_default())?;
        self.terminal.say("  Right answer: ", Ink::Plain, &right_parts(&asked.task).join("; "))?;
        self.terminal.say("", Ink::Faint, "What was it worth: 1 wrong, 2 partly, 3 right?")?;
        loop {
            let Some(InputLine::Text(line)) = self.read_line("> ")? else { return Ok(false) };
            let worth = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(worth) = worth.and_then(|at| SelfGrade::ALL.get(at)) {
                self.apply(TestCommand::SelfGrade(*worth))?;
                return Ok(true);
            }
            if parse_attempt_input(&line) == AttemptInput::Command(AttemptColonCommand::Leave) {
                return Ok(false);
            }
            self.terminal.say("  ", Ink::Plain, "Type 1, 2 or 3; :q leaves it for later.")?;
        }
    }
}
