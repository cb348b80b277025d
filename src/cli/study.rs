//! A study session line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Duration;

use super::input::{StudyInput, parse_study_input};
use super::kind::parse_response;
use super::show;
use super::terminal::{InputLine, PrintStyle, Terminal};
use crate::app::clock::Clock;
use crate::app::study::summary;
use crate::app::study::{ActiveCard, Scope, SessionKind, SessionState, Stage, StudyCommand};
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::event::Confidence;
use crate::domain::grade::Verdict;
use crate::domain::rating::Rating;
use crate::domain::schedule::RatingOutcome;
use crate::domain::schedule::outcome_of;
use crate::domain::task::{Response, TaskForm};
use crate::text::{self, words};

/// A study session with the clock and the terminal it runs in.
pub(super) struct StudyRepl<'a> {
    pub(super) app: &'a mut App,
    clock: &'a Clock,
    pub(super) terminal: &'a mut Terminal,
}

/// How the session goes on after an input line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Shows the same prompt again.
    Reprompt,
    /// Goes on with the current state of the session.
    Continue,
    /// Ends the session.
    End,
}

/// Studies until no cards are left, the learner quits or the input ends, and prints a summary.
///
/// # Errors
/// When the terminal cannot be read or written. Every answer whose verdict was printed is saved.
pub fn run(
    app: &mut App,
    clock: &Clock,
    terminal: &mut Terminal,
    scope: Scope,
    session_kind: SessionKind,
) -> io::Result<()> {
    let mut repl = StudyRepl { app, clock, terminal };
    repl.apply(Command::Study(StudyCommand::Start(scope, session_kind)))?;
    repl.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::COMMANDS_AND_QUIT)?;
    repl.future_answers()?;
    loop {
        let now = repl.now();
        repl.app.tick(&now);
        let flow = match repl.app.active_session().map(|study| study.state().clone()) {
            Some(SessionState::Card(card)) => repl.card(&card)?,
            Some(SessionState::Waiting(until)) => repl.waiting(until)?,
            Some(SessionState::Finished) => repl.finished()?,
            // Without a window a session is planned before it starts.
            Some(SessionState::Preparing(_)) | None => Flow::End,
        };
        if flow == Flow::End || repl.app.core().saving_stopped().is_some() {
            break;
        }
    }
    // The session ends with the program: ending it before would only compute what nobody sees any more.
    match repl.app.active_session() {
        Some(study) => show::summary(repl.terminal, repl.app, study),
        None => Ok(()),
    }
}

impl StudyRepl<'_> {
    pub(super) fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Says that answers carry a date in the future, if there are any.
    fn future_answers(&mut self) -> io::Result<()> {
        let Some(found) = self.app.core().future_answers() else { return Ok(()) };
        let told = words::join_sentences(&[
            &format!("{}.", text::clock::future_answers(found.answers, found.newest.day)),
            &text::clock::what_follows(self.now().day()),
            text::clock::TYPE_TODAY,
        ]);
        self.terminal.print_wrapped("! ", PrintStyle::Plain, &told)
    }

    /// Applies a command and prints the error, if there is one.
    pub(super) fn apply(&mut self, command: Command) -> io::Result<()> {
        let now = self.now();
        self.app.apply(command, &now);
        match self.app.notice().filter(|notice| notice.is_error) {
            Some(problem) => self.terminal.print_wrapped("! ", PrintStyle::Wrong, &problem.text),
            None => Ok(()),
        }
    }

    /// Whether the last command failed.
    pub(super) fn last_command_failed(&self) -> bool {
        self.app.notice().is_some_and(|notice| notice.is_error)
    }

    fn card(&mut self, card: &ActiveCard) -> io::Result<Flow> {
        match &card.stage {
            Stage::Answering => self.answering(card),
            Stage::Revealed { outcomes, revealed, .. } => self.revealed(card, outcomes, revealed),
            Stage::Graded { verdict, response, outcomes, rating, answered, .. } => {
                self.graded(card, verdict, response, outcomes, *rating, answered)
            }
        }
    }

    /// Shows the question and reads lines until one is an answer, or a command leads away from the card.
    fn answering(&mut self, card: &ActiveCard) -> io::Result<Flow> {
        if let Some(study) = self.app.active_session() {
            show::question(self.terminal, &show::question_header(study, card), card)?;
        }
        if self.app.settings().ask_confidence {
            self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::HOW_SURE)?;
        }
        let prompt = show::answer_prompt(&card.task.form);
        if let TaskForm::Cloze(_) = &card.task.form {
            return self.cloze(card);
        }
        if card.task.form.is_self_graded() {
            self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::ENTER_SHOWS_ANSWER)?;
        }
        loop {
            let text = match self.read_answer(&prompt, card)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(flow) => return Ok(flow),
            };
            match parse_response(&card.task.form, &text) {
                Ok(Response::Recall) => self.apply(Command::Study(StudyCommand::ShowAnswer))?,
                Ok(response) => self.apply(Command::Study(StudyCommand::Answer(response)))?,
                Err(message) => {
                    self.terminal.print_wrapped("  ", PrintStyle::Plain, &message)?;
                    continue;
                }
            }
            return Ok(Flow::Continue);
        }
    }

    /// Reads the gaps of a Cloze, one line each; an empty line leaves a gap empty. `:u` first removes the last gap.
    fn cloze(&mut self, card: &ActiveCard) -> io::Result<Flow> {
        let Some(Response::Cloze(gaps)) = card.draft.response() else { return Ok(Flow::End) };
        let mut gaps_typed: Vec<String> = Vec::new();
        while gaps_typed.len() < gaps.len() {
            let prompt = format!("[{}] > ", gaps_typed.len() + 1);
            let text = match self.read_input(&prompt)? {
                Ok(StudyInput::Command(Command::Undo)) if gaps_typed.pop().is_some() => continue,
                Ok(StudyInput::Text(text)) => text,
                Ok(other) => match self.run_colon_command(&other, card)? {
                    Flow::Reprompt => continue,
                    flow => return Ok(flow),
                },
                Err(Flow::Reprompt) => continue,
                Err(flow) => return Ok(flow),
            };
            gaps_typed.push(text);
            if gaps_typed.len() == gaps.len() && gaps_typed.iter().all(String::is_empty) {
                gaps_typed.clear();
                self.terminal.print_wrapped("  ", PrintStyle::Plain, text::terminal::study::FILL_A_GAP)?;
            }
        }
        self.apply(Command::Study(StudyCommand::Answer(Response::Cloze(gaps_typed))))?;
        Ok(Flow::Continue)
    }

    /// Shows the back of a Recall card, which was revealed `at` that time, and reads the self-grade.
    fn revealed(
        &mut self,
        card: &ActiveCard,
        outcomes: &[RatingOutcome; 4],
        at: &Moment,
    ) -> io::Result<Flow> {
        show::back(self.terminal, card)?;
        show::intervals(self.terminal, outcomes, None, at)?;
        self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::HOW_WELL)?;
        loop {
            let text = match self.read_answer("> ", card)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(flow) => return Ok(flow),
            };
            // An empty line is not a grade: Enter may have been pressed twice to show the answer.
            let rating = match text.as_str() {
                "g" | "G" => {
                    self.mark_as_guess()?;
                    Some(Rating::Again)
                }
                text => parse_rating(text),
            };
            let Some(rating) = rating else {
                self.terminal.print_wrapped(
                    "  ",
                    PrintStyle::Plain,
                    text::terminal::study::RATE_FROM_1_TO_4,
                )?;
                continue;
            };
            return self.self_grade(outcomes, rating, at);
        }
    }

    /// Marks the coming self-grade as a guess, unless it is marked already: the same confidence again would remove it.
    fn mark_as_guess(&mut self) -> io::Result<()> {
        let card = self.app.active_session().and_then(|study| study.active_card());
        match card.is_some_and(ActiveCard::is_marked_guess) {
            true => Ok(()),
            false => self.apply(Command::Study(StudyCommand::SetConfidence(Confidence::Guess))),
        }
    }

    /// Rates a Recall card and prints the interval, as it was announced `at` the time when the answer was shown.
    pub(super) fn self_grade(
        &mut self,
        outcomes: &[RatingOutcome; 4],
        rating: Rating,
        at: &Moment,
    ) -> io::Result<Flow> {
        self.apply(Command::Study(StudyCommand::Rate(rating)))?;
        if !self.last_command_failed() {
            show::rated(self.terminal, outcome_of(outcomes, rating), at)?;
        }
        Ok(Flow::Continue)
    }

    /// Shows the verdict and the intervals, and reads lines until the learner goes on.
    fn graded(
        &mut self,
        card: &ActiveCard,
        verdict: &Verdict,
        response: &Response,
        outcomes: &[RatingOutcome; 4],
        in_force: Rating,
        answered: &Moment,
    ) -> io::Result<Flow> {
        show::verdict(self.terminal, card, verdict, response)?;
        show::intervals(self.terminal, outcomes, Some(in_force), answered)?;
        let mut guessed = is_marked_as_guess(self.app);
        let may_be_a_guess = verdict.score > 0.0 && !guessed;
        let may_be_accepted = !card.acceptable_answers().is_empty();
        let is_slip = card.can_resolve_slip();
        let usage = text::terminal::study::after_verdict(may_be_a_guess, may_be_accepted, is_slip);
        self.terminal.print_wrapped("", PrintStyle::Faint, &usage)?;
        loop {
            let text = match self.read_answer("> ", card)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(flow) => return Ok(flow),
            };
            let outcome = match (text.as_str(), parse_rating(&text)) {
                ("", _) => {
                    self.apply(Command::Study(StudyCommand::Continue))?;
                    return Ok(Flow::Continue);
                }
                ("a" | "A", _) if may_be_accepted => {
                    self.apply(Command::Study(StudyCommand::AcceptAnswer))?;
                    self.rating_in_force().unwrap_or_else(|| card.proposed_rating())
                }
                ("a" | "A", _) if is_slip => {
                    return self.resolve_slip(Command::Study(StudyCommand::AcceptSlip), outcomes, answered);
                }
                ("x" | "X", _) if is_slip => {
                    return self.resolve_slip(Command::Study(StudyCommand::RejectSlip), outcomes, answered);
                }
                ("g" | "G", _) if guessed => {
                    self.terminal.print_wrapped(
                        "  ",
                        PrintStyle::Plain,
                        text::terminal::study::GUESS_NOTED,
                    )?;
                    continue;
                }
                ("g" | "G", _) if may_be_a_guess => {
                    self.apply(Command::Study(StudyCommand::MarkGuessed))?;
                    guessed = is_marked_as_guess(self.app);
                    Rating::Again
                }
                ("g" | "G", _) => {
                    self.terminal.print_wrapped(
                        "  ",
                        PrintStyle::Plain,
                        text::terminal::study::WRONG_COMES_BACK,
                    )?;
                    continue;
                }
                (_, Some(rating)) => {
                    self.apply(Command::Study(StudyCommand::Rate(rating)))?;
                    rating
                }
                _ => {
                    self.terminal.print_wrapped("  ", PrintStyle::Plain, &usage)?;
                    continue;
                }
            };
            if !self.last_command_failed() {
                let line = show::due_line(outcome_of(outcomes, outcome), answered);
                self.terminal.print_wrapped("  ", PrintStyle::Plain, &line)?;
            }
            let stays = ["g", "a"].iter().any(|letter| text.eq_ignore_ascii_case(letter));
            if !stays && !self.last_command_failed() {
                return Ok(Flow::Continue);
            }
        }
    }

    /// Accepts or rejects a slip. When that cannot be saved the verdict is shown again.
    fn resolve_slip(
        &mut self,
        decision: Command,
        outcomes: &[RatingOutcome; 4],
        answered: &Moment,
    ) -> io::Result<Flow> {
        self.apply(decision)?;
        if let Some(rating) = self.rating_in_force().filter(|_| !self.last_command_failed()) {
            let line = show::due_line(outcome_of(outcomes, rating), answered);
            self.terminal.print_wrapped("  ", PrintStyle::Plain, &line)?;
        }
        Ok(Flow::Continue)
    }

    /// The rating of the newest answer, as it counts now.
    fn rating_in_force(&self) -> Option<Rating> {
        let newest = self.app.active_session().and_then(|study| study.session().done().last());
        newest.and_then(|step| step.answer).map(|answer| answer.rating)
    }

    /// Only cards in learning steps are left, the next one due at `until` (UTC milliseconds). A person may wait for it;
    /// a script must not hang, so for a script the session ends.
    fn waiting(&mut self, until: i64) -> io::Result<Flow> {
        let now = self.now();
        self.terminal.blank_line()?;
        self.terminal.print_wrapped("", PrintStyle::Plain, &show::next_card_line(until, &now))?;
        if !self.terminal.is_interactive {
            return self.offer_undo_before_end();
        }
        self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::ENTER_WAITS)?;
        match self.read_input("> ")? {
            Ok(StudyInput::Text(text)) if text.is_empty() => {
                self.terminal.print_wrapped("", PrintStyle::Faint, text::terminal::study::WAITING)?;
                while self.now().ms() < until {
                    // In small steps, because the computer may sleep in between.
                    std::thread::sleep(Duration::from_millis(500));
                }
                Ok(Flow::Continue)
            }
            Ok(StudyInput::Command(Command::Undo)) => self.undo(),
            Ok(StudyInput::Command(Command::Study(StudyCommand::EndSession))) => Ok(Flow::End),
            Ok(_) | Err(Flow::Reprompt) => Ok(Flow::Continue),
            Err(flow) => Ok(flow),
        }
    }

    /// Prints that all cards are done, and what comes next.
    fn finished(&mut self) -> io::Result<Flow> {
        let Some(study) = self.app.active_session() else { return Ok(Flow::End) };
        let is_empty = study.session().done().is_empty();
        let outlook = summary::outlook(study, self.app.core());
        let headline =
            if is_empty { text::terminal::study::NOTHING_TO_ASK } else { text::terminal::study::DONE };
        self.terminal.blank_line()?;
        self.terminal.print_wrapped("", PrintStyle::Strong, &format!("{headline} {outlook}"))?;
        self.offer_undo_before_end()
    }

    /// Allows to undo the last answer before the session ends. Every other line ends it, and so does the end of the
    /// input, so that scripts need no line for this.
    fn offer_undo_before_end(&mut self) -> io::Result<Flow> {
        let has_answers = self.app.active_session().is_some_and(|study| !study.session().done().is_empty());
        if !has_answers && !self.app.can_undo_redo().1 {
            return Ok(Flow::End);
        }
        let usage = text::terminal::study::ENTER_ENDS;
        self.terminal.print_wrapped("", PrintStyle::Faint, usage)?;
        loop {
            let flow = match self.read_input("> ")? {
                Ok(StudyInput::Command(Command::Undo)) => self.undo()?,
                Ok(StudyInput::Command(Command::Redo)) => self.redo()?,
                // Probably a mistyped `:u` or `:r`.
                Ok(StudyInput::Unknown(_)) => {
                    self.terminal.print_wrapped("  ", PrintStyle::Plain, usage)?;
                    Flow::Reprompt
                }
                Ok(_) => Flow::End,
                Err(flow) => flow,
            };
            if flow != Flow::Reprompt {
                return Ok(flow);
            }
        }
    }

    /// Reads a line that is not a command. A command is run, and its [`Flow`] is the inner error.
    fn read_answer(&mut self, prompt: &str, card: &ActiveCard) -> io::Result<Result<String, Flow>> {
        Ok(match self.read_input(prompt)? {
            Ok(StudyInput::Text(text)) => Ok(text),
            Ok(other) => Err(self.run_colon_command(&other, card)?),
            Err(flow) => Err(flow),
        })
    }

    /// Reads a line. The inner error is the [`Flow`] after the end of the input or a line that cannot be used.
    fn read_input(&mut self, prompt: &str) -> io::Result<Result<StudyInput, Flow>> {
        Ok(match self.terminal.read_line(prompt)? {
            InputLine::Text(line) => Ok(parse_study_input(&line)),
            InputLine::Unusable(why) => {
                self.terminal.print_wrapped("  ", PrintStyle::Plain, why)?;
                Err(Flow::Reprompt)
            }
            InputLine::End => Err(Flow::End),
        })
    }
}

/// The rating for a number from 1 to 4.
fn parse_rating(text: &str) -> Option<Rating> {
    text.parse().ok().and_then(Rating::from_number)
}

/// Whether the graded answer is saved as a guess.
fn is_marked_as_guess(app: &App) -> bool {
    let stage = app.active_session().and_then(|study| study.active_card()).map(|card| &card.stage);
    matches!(stage, Some(Stage::Graded { guessed: true, .. }))
}
