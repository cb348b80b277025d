//! Takes a test line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Instant;

use super::input::{AttemptColonCommand, AttemptInput, colon_commands, parse_attempt_input};
use super::report;
use crate::app::attempt::{ActiveAttempt, AnswerStatus, TestCommand};
use crate::app::clock::Clock;
use crate::app::{App, Command};
use crate::cli::kind::parse_response;
use crate::cli::show;
use crate::cli::terminal::{InputLine, PrintStyle, Terminal};
use crate::domain::attempt::{AttemptPhase, SelfGrade};
use crate::domain::day::{Moment, Stamp};
use crate::domain::task::Response;
use crate::formats::export::{response_parts, right_parts};
use crate::formats::markdown::plain_with_files;
use crate::text::{self, words};

/// Interval of the ticks given to the test's clock for the time spent waiting for a line, in milliseconds. A gap of
/// more than a minute would count as sleep of the computer.
const HEARTBEAT_MS: i64 = 20_000;

/// A test with the clock and the terminal it runs in.
struct AttemptRepl<'a> {
    app: &'a mut App,
    clock: &'a Clock,
    terminal: &'a mut Terminal,
}

/// Continues the active or the paused test until it is handed in or paused. Prints the report when it is completed.
///
/// # Errors
/// When the terminal cannot be read or written. Every answer up to then is saved.
pub fn run(app: &mut App, clock: &Clock, terminal: &mut Terminal) -> io::Result<()> {
    let mut repl = AttemptRepl { app, clock, terminal };
    if repl.app.tests().paused().is_some() {
        repl.apply(TestCommand::Continue)?;
        repl.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::attempt::GOES_ON)?;
    }
    if let Some(active) = repl.app.tests().active() {
        let left = active.remaining_ms().map(words::duration_with_seconds);
        let about =
            text::terminal::attempt::about_test(active.test.items.len(), left.as_deref(), &active.test.code);
        repl.terminal.print_wrapped("", PrintStyle::Faint, &about)?;
    }
    loop {
        let now = repl.now();
        repl.app.tick(&now);
        let Some(active) = repl.app.tests().active() else { break };
        let goes_on = match active.attempt.phase() {
            AttemptPhase::SelfGrading => repl.self_grade()?,
            _ => repl.question()?,
        };
        if !goes_on {
            repl.apply(TestCommand::Pause)?;
            break;
        }
    }
    match repl.app.tests().report() {
        Some(report) => {
            let (completed, day) = (report.completed.clone(), words::date(report.started.day));
            let history = repl.app.tests().history().unwrap_or_default();
            let change =
                history.iter().find(|test| test.id == report.id).and_then(|test| test.change.as_ref());
            report::print(repl.terminal, &completed, change, &day)
        }
        None => repl.terminal.print_wrapped("", PrintStyle::Plain, text::terminal::attempt::WAITS_FOR_YOU),
    }
}

impl AttemptRepl<'_> {
    fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Applies a command and prints the error, if there is one.
    fn apply(&mut self, command: TestCommand) -> io::Result<()> {
        let now = self.now();
        self.app.apply(Command::Test(command), &now);
        match self.app.notice().filter(|notice| notice.is_error) {
            Some(problem) => self.terminal.print_wrapped("! ", PrintStyle::Wrong, &problem.text),
            None => Ok(()),
        }
    }

    /// Reads a line, and then ticks the test's clock for the time that has passed while the computer was awake.
    /// `None` at the end of the input.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long the computer was awake, which the clock does not say"
    )]
    fn read_line(&mut self, prompt: &str) -> io::Result<Option<InputLine>> {
        let (start_moment, waiting_since) = (self.now(), Instant::now());
        let line = self.terminal.read_line(prompt)?;
        let awake_ms = i64::try_from(waiting_since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut passed_ms = HEARTBEAT_MS;
        while passed_ms < awake_ms {
            let stamp = Stamp { utc_ms: start_moment.ms() + passed_ms, ..start_moment.stamp };
            self.app.tick(&Moment { stamp, ..start_moment });
            passed_ms += HEARTBEAT_MS;
        }
        let now = self.now();
        self.app.tick(&now);
        Ok(if line == InputLine::End { None } else { Some(line) })
    }

    /// The test while it takes answers; `None` once it is handed in or its time is over.
    fn active_attempt(&self) -> Option<&ActiveAttempt> {
        self.app.tests().active().filter(|active| active.attempt.phase() == AttemptPhase::Running)
    }

    /// Shows the current question and reads lines until another question is to be shown. Returns whether the test goes
    /// on.
    fn question(&mut self) -> io::Result<bool> {
        let Some(active) = self.active_attempt() else { return Ok(true) };
        let (at, total) = (active.current_item(), active.test.items.len());
        let card = active.active_card().clone();
        let flagged = active.attempt.items()[at].flagged;
        let response_now = active.response().cloned();
        let is_recalled = card.task.form.is_self_graded();
        let instruction = if is_recalled { text::study::OWN_WORDS } else { card.task.instruction() };
        let left = active
            .remaining_ms()
            .map(|left| text::terminal::attempt::time_left(&words::duration_with_seconds(left)));
        let flag = flagged.then(|| text::terminal::attempt::FLAGGED.to_owned());
        let confidence =
            card.confidence.map(|confidence| text::study::confidence_name(confidence).to_owned());
        let mut header = text::terminal::attempt::question_header(at + 1, total, instruction);
        for part in [left, flag, confidence].into_iter().flatten() {
            header.push_str(&format!(" · {part}"));
        }
        show::question(self.terminal, &header, &card)?;
        if let Some(response) = &response_now {
            let text = response_parts(&card.task, response).join("; ");
            self.terminal.print_wrapped(
                &format!("  {}", text::terminal::study::YOUR_ANSWER),
                PrintStyle::Plain,
                &text,
            )?;
        }
        let gaps = match card.draft.response() {
            Some(Response::Cloze(gaps)) => gaps.len(),
            _ => 0,
        };
        let mut gaps_typed: Vec<String> = Vec::new();
        loop {
            let prompt = if gaps > 0 {
                format!("[{}] > ", gaps_typed.len() + 1)
            } else {
                show::answer_prompt(&card.task.form)
            };
            let line = match self.read_line(&prompt)? {
                None => return Ok(false),
                Some(InputLine::Unusable(message)) => {
                    self.terminal.print_wrapped("  ", PrintStyle::Plain, message)?;
                    continue;
                }
                Some(InputLine::Text(line)) => line,
                Some(InputLine::End) => return Ok(false),
            };
            if self.active_attempt().is_none() {
                self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    text::terminal::attempt::TIME_WAS_OVER,
                )?;
                return Ok(true);
            }
            let text = match parse_attempt_input(&line) {
                AttemptInput::Command(command) => match self.run_colon_command(command, at, total)? {
                    Some(goes_on) => return Ok(goes_on),
                    None => continue,
                },
                AttemptInput::Unknown(line) => {
                    self.terminal.print_wrapped(
                        "  ",
                        PrintStyle::Plain,
                        &text::terminal::study::unknown_command(&line),
                    )?;
                    continue;
                }
                AttemptInput::Text(text) => text,
            };
            if gaps > 0 && !(text.is_empty() && gaps_typed.is_empty() && response_now.is_some()) {
                gaps_typed.push(text);
                if gaps_typed.len() < gaps {
                    continue;
                }
                let response = Response::Cloze(std::mem::take(&mut gaps_typed));
                return self.answer(response, &response_now);
            }
            if text.is_empty() {
                self.apply(TestCommand::Next)?;
                return self.overview_after_last(at, total);
            }
            let read =
                if is_recalled { Ok(Response::Typed(text)) } else { parse_response(&card.task.form, &text) };
            match read {
                Ok(response) => return self.answer(response, &response_now),
                Err(message) => self.terminal.print_wrapped("  ", PrintStyle::Plain, &message)?,
            }
        }
    }

    /// Saves an answer and goes to the next question. The same response is not applied again, because that would remove
    /// it.
    fn answer(&mut self, response: Response, before: &Option<Response>) -> io::Result<bool> {
        if before.as_ref() != Some(&response) {
            self.apply(TestCommand::Answer(response))?;
        }
        let Some(active) = self.active_attempt() else { return Ok(true) };
        let (at, total) = (active.current_item(), active.test.items.len());
        self.apply(TestCommand::Next)?;
        self.overview_after_last(at, total)
    }

    /// Shows the overview after the last question.
    fn overview_after_last(&mut self, at: usize, total: usize) -> io::Result<bool> {
        if at + 1 == total {
            self.overview()?;
            self.apply(TestCommand::ShowOverview(false))?;
        }
        Ok(true)
    }

    /// Runs a command. `None` means to prompt for the same question again, otherwise whether the test goes on.
    fn run_colon_command(
        &mut self,
        command: AttemptColonCommand,
        at: usize,
        total: usize,
    ) -> io::Result<Option<bool>> {
        match command {
            AttemptColonCommand::Run(TestCommand::Next) => {
                self.apply(TestCommand::Next)?;
                return self.overview_after_last(at, total).map(Some);
            }
            AttemptColonCommand::Run(TestCommand::ShowOverview(_)) => {
                self.overview()?;
                return Ok(None);
            }
            AttemptColonCommand::Run(TestCommand::Pause) => return Ok(Some(false)),
            AttemptColonCommand::Run(TestCommand::HandIn) => {
                return self.hand_in().map(|handed_in| handed_in.then_some(true));
            }
            AttemptColonCommand::Run(command) => self.apply(command)?,
            AttemptColonCommand::GoTo(number) if (1..=total).contains(&number) => {
                self.apply(TestCommand::ShowItem(number - 1))?;
            }
            AttemptColonCommand::GoTo(_) => {
                self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    &text::terminal::attempt::question_numbers(total),
                )?;
                return Ok(None);
            }
            AttemptColonCommand::Clear => {
                let response = self.active_attempt().and_then(|active| active.response().cloned());
                if let Some(response) = response {
                    self.apply(TestCommand::Answer(response))?;
                }
            }
            AttemptColonCommand::Help => {
                for (typed, _, help) in colon_commands() {
                    self.terminal.print_wrapped(&format!("  :{typed}  "), PrintStyle::Plain, help)?;
                }
                return Ok(None);
            }
        }
        Ok(Some(true))
    }

    /// Prints which questions are open and which are flagged.
    fn overview(&mut self) -> io::Result<()> {
        let Some(active) = self.active_attempt() else { return Ok(()) };
        let numbers = |items: Vec<usize>| items.into_iter().map(|item| item + 1).collect::<Vec<_>>();
        let (open, flagged) = (active.unfinished_items(), active.flagged_items());
        let total = active.test.items.len();
        let answered = total - open.len();
        let text = text::terminal::attempt::overview(answered, total, &numbers(open), &numbers(flagged));
        self.terminal.blank_line()?;
        self.terminal.print_wrapped("  ", PrintStyle::Strong, &text)
    }

    /// Hands the test in, after a confirmation when questions are open. Returns whether it was handed in.
    fn hand_in(&mut self) -> io::Result<bool> {
        let Some(active) = self.active_attempt() else { return Ok(true) };
        let open = (0..active.test.items.len())
            .filter(|item| active.answer_status(*item) != AnswerStatus::Answered)
            .count();
        if open > 0 {
            self.terminal.print_wrapped(
                "  ",
                PrintStyle::Plain,
                &text::terminal::attempt::confirm_hand_in(open),
            )?;
            match self.read_line("> ")? {
                Some(InputLine::Text(line))
                    if parse_attempt_input(&line)
                        == AttemptInput::Command(AttemptColonCommand::Run(TestCommand::HandIn)) => {}
                _ => return Ok(false),
            }
        }
        self.apply(TestCommand::HandIn)?;
        Ok(true)
    }

    /// Shows an answer in the learner's own words beside the right one and reads its self-grade. Returns whether the
    /// test goes on.
    fn self_grade(&mut self) -> io::Result<bool> {
        let Some(active) = self.app.tests().active() else { return Ok(true) };
        let card = active.active_card().clone();
        let own_answer = active.response().map(|response| response_parts(&card.task, response).join("; "));
        self.terminal.blank_line()?;
        self.terminal.print_wrapped("", PrintStyle::Strong, &plain_with_files(&card.task.prompt))?;
        let own_answer = own_answer.unwrap_or_default();
        self.terminal.print_wrapped(
            &format!("  {}", text::terminal::study::YOUR_ANSWER),
            PrintStyle::Plain,
            &own_answer,
        )?;
        let right = right_parts(&card.task).join("; ");
        self.terminal.print_wrapped(
            &format!("  {}", text::terminal::study::RIGHT_ANSWER),
            PrintStyle::Plain,
            &right,
        )?;
        self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::attempt::WHAT_WAS_IT_WORTH)?;
        loop {
            let Some(InputLine::Text(line)) = self.read_line("> ")? else { return Ok(false) };
            let index = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(grade) = index.and_then(|at| SelfGrade::ALL.get(at)) {
                self.apply(TestCommand::SelfGrade(*grade))?;
                return Ok(true);
            }
            if parse_attempt_input(&line)
                == AttemptInput::Command(AttemptColonCommand::Run(TestCommand::Pause))
            {
                return Ok(false);
            }
            self.terminal.print_wrapped(
                "  ",
                PrintStyle::Plain,
                text::terminal::attempt::GRADE_FROM_1_TO_3,
            )?;
        }
    }
}
