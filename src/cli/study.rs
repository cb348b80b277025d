//! A session line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Duration;

use super::input::{ColonCommand, StudyInput, parse_response, parse_study_input};
use super::show;
use super::terminal::{Ink, InputLine, Terminal};
use crate::app::clock::Clock;
use crate::app::command::{Scope, SessionKind};
use crate::app::study::{ActiveCard, SessionState, Stage, outcome_of};
use crate::app::summary;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::event::Confidence;
use crate::domain::grade::Verdict;
use crate::domain::rating::Rating;
use crate::domain::schedule::RatingOutcome;
use crate::domain::task::{Response, TaskForm};

/// A session and the two ends it talks to.
pub(super) struct StudyRepl<'a> {
    pub(super) app: &'a mut App,
    clock: &'a Clock,
    pub(super) terminal: &'a mut Terminal,
}

/// What a line led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// The same prompt again.
    Reprompt,
    /// Whatever the session is at now.
    Continue,
    /// The session is over.
    End,
}

/// Studies until nothing is left, the learner quits or the input ends, and tells how it went.
///
/// # Errors
/// When the terminal cannot be read or written; every answer shown as judged is kept.
pub fn run(
    app: &mut App,
    clock: &Clock,
    terminal: &mut Terminal,
    scope: Scope,
    take: SessionKind,
) -> io::Result<()> {
    let mut sitting = StudyRepl { app, clock, terminal };
    sitting.apply(Command::Start(scope, take))?;
    sitting.terminal.say("", Ink::Faint, "Type :? for all commands, :q to end; every answer is kept.")?;
    loop {
        let now = sitting.now();
        sitting.app.tick(&now);
        let then = match sitting.app.study().map(|study| study.state().clone()) {
            Some(SessionState::Card(asked)) => sitting.card(&asked)?,
            Some(SessionState::Waiting(until)) => sitting.waiting(until)?,
            Some(SessionState::Finished) => sitting.finished()?,
            None => Flow::End,
        };
        if then == Flow::End {
            break;
        }
    }
    if let Some(study) = sitting.app.study() {
        show::summary(sitting.terminal, sitting.app, study)?;
    }
    sitting.apply(Command::EndSession)
}

impl StudyRepl<'_> {
    pub(super) fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Makes a change, and tells what went wrong with it.
    pub(super) fn apply(&mut self, command: Command) -> io::Result<()> {
        let now = self.now();
        self.app.apply(command, &now);
        match self.app.notice().filter(|notice| notice.is_error) {
            Some(problem) => self.terminal.say("! ", Ink::Wrong, &problem.text),
            None => Ok(()),
        }
    }

    pub(super) fn went_wrong(&self) -> bool {
        self.app.notice().is_some_and(|notice| notice.is_error)
    }

    fn card(&mut self, asked: &ActiveCard) -> io::Result<Flow> {
        match &asked.stage {
            Stage::Answering => self.asking(asked),
            Stage::Revealed { outcomes, revealed, .. } => self.revealed(asked, outcomes, revealed),
            Stage::Graded { verdict, response, outcomes, rating, answered, .. } => {
                self.judged(asked, verdict, response, outcomes, *rating, answered)
            }
        }
    }

    fn asking(&mut self, asked: &ActiveCard) -> io::Result<Flow> {
        if let Some(study) = self.app.study() {
            show::question(self.terminal, &show::question_header(study, asked), asked)?;
        }
        if self.app.settings().ask_confidence {
            let how = "How sure are you? Before the answer :sure, :think or :guess, if you like.";
            self.terminal.say("", Ink::Faint, how)?;
        }
        let prompt = show::answer_prompt(&asked.task.form);
        match &asked.task.form {
            TaskForm::Cloze { .. } => return self.cloze(asked),
            TaskForm::Recall { .. } => self.terminal.say("", Ink::Faint, "Enter shows the answer.")?,
            _ => {}
        }
        loop {
            let text = match self.read_answer(&prompt, asked)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(then) => return Ok(then),
            };
            match parse_response(&asked.task.form, &text) {
                Ok(Response::Recall) => self.apply(Command::ShowAnswer)?,
                Ok(response) => self.apply(Command::Answer(response))?,
                Err(how) => {
                    self.terminal.say("  ", Ink::Plain, &how)?;
                    continue;
                }
            }
            return Ok(Flow::Continue);
        }
    }

    /// One line a gap; an empty line leaves a gap empty. Undo takes the last gap back first.
    fn cloze(&mut self, asked: &ActiveCard) -> io::Result<Flow> {
        let Some(Response::Cloze(empty)) = asked.draft.response() else { return Ok(Flow::End) };
        let mut texts: Vec<String> = Vec::new();
        while texts.len() < empty.len() {
            let prompt = format!("[{}] > ", texts.len() + 1);
            let text = match self.read_input(&prompt)? {
                Ok(StudyInput::Command(ColonCommand::Undo)) if texts.pop().is_some() => continue,
                Ok(StudyInput::Text(text)) => text,
                Ok(other) => match self.run_colon_command(&other, asked)? {
                    Flow::Reprompt => continue,
                    then => return Ok(then),
                },
                Err(Flow::Reprompt) => continue,
                Err(then) => return Ok(then),
            };
            texts.push(text);
            if texts.len() == empty.len() && texts.iter().all(String::is_empty) {
                texts.clear();
                let how = "Fill at least one gap, or type :x if you do not know any.";
                self.terminal.say("  ", Ink::Plain, how)?;
            }
        }
        self.apply(Command::Answer(Response::Cloze(texts)))?;
        Ok(Flow::Continue)
    }

    fn revealed(
        &mut self,
        asked: &ActiveCard,
        outcomes: &[RatingOutcome; 4],
        at: &Moment,
    ) -> io::Result<Flow> {
        show::back(self.terminal, asked)?;
        show::intervals(self.terminal, outcomes, None, at)?;
        self.terminal.say("", Ink::Faint, "How well did you know it, 1 to 4?")?;
        loop {
            let text = match self.read_answer("> ", asked)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(then) => return Ok(then),
            };
            // Enter alone is no grade: it may be the second press of the one that showed the answer.
            let rating = match text.as_str() {
                "g" | "G" => {
                    self.mark_as_guess()?;
                    Some(Rating::Again)
                }
                text => parse_rating(text),
            };
            let Some(rating) = rating else {
                let how = "Type 1 (forgotten), 2 (with trouble), 3 (recalled) or 4 (at once).";
                self.terminal.say("  ", Ink::Plain, how)?;
                continue;
            };
            return self.self_grade(outcomes, rating, at);
        }
    }

    /// Says that the answer to come was a guess, where that was not said already.
    fn mark_as_guess(&mut self) -> io::Result<()> {
        let asked = self.app.study().and_then(|study| study.active_card());
        match asked.is_some_and(ActiveCard::is_marked_guess) {
            true => Ok(()),
            false => self.apply(Command::SetConfidence(Confidence::Guess)),
        }
    }

    /// `at` is when the answer was shown: its minutes are given from the grade on.
    pub(super) fn self_grade(
        &mut self,
        outcomes: &[RatingOutcome; 4],
        rating: Rating,
        at: &Moment,
    ) -> io::Result<Flow> {
        self.apply(Command::Rate(rating))?;
        if !self.went_wrong() {
            show::rated(self.terminal, outcome_of(outcomes, rating), at)?;
        }
        Ok(Flow::Continue)
    }

    fn judged(
        &mut self,
        asked: &ActiveCard,
        verdict: &Verdict,
        response: &Response,
        outcomes: &[RatingOutcome; 4],
        in_force: Rating,
        answered: &Moment,
    ) -> io::Result<Flow> {
        show::verdict(self.terminal, asked, verdict, response)?;
        show::intervals(self.terminal, outcomes, Some(in_force), answered)?;
        let mut guessed = is_marked_as_guess(self.app);
        let may_be_a_guess = verdict.score > 0.0 && !guessed;
        let may_be_accepted = !asked.acceptable_answers().is_empty();
        let may_decide = asked.can_resolve_slip();
        let guess = if may_be_a_guess { ", g if you guessed" } else { "" };
        let accept = if may_be_accepted { ", a accepts your answer" } else { "" };
        let decide = match may_decide {
            true => ", a if that is what you meant, x if you did not know it",
            false => "",
        };
        let what = format!("Enter goes on, 1 to 4 grades it otherwise{guess}{accept}{decide}.");
        self.terminal.say("", Ink::Faint, &what)?;
        loop {
            let text = match self.read_answer("> ", asked)? {
                Ok(text) => text,
                Err(Flow::Reprompt) => continue,
                Err(then) => return Ok(then),
            };
            let outcome = match (text.as_str(), parse_rating(&text)) {
                ("", _) => {
                    self.apply(Command::Continue)?;
                    return Ok(Flow::Continue);
                }
                ("a" | "A", _) if may_be_accepted => {
                    self.apply(Command::AcceptAnswer)?;
                    self.rating_in_force().unwrap_or_else(|| asked.proposed_rating())
                }
                ("a" | "A", _) if may_decide => {
                    return self.resolve_slip(Command::AcceptSlip, outcomes, answered);
                }
                ("x" | "X", _) if may_decide => {
                    return self.resolve_slip(Command::RejectSlip, outcomes, answered);
                }
                ("g" | "G", _) if guessed => {
                    self.terminal.say("  ", Ink::Plain, "That is noted. Enter goes on.")?;
                    continue;
                }
                ("g" | "G", _) if may_be_a_guess => {
                    self.apply(Command::MarkGuessed)?;
                    guessed = is_marked_as_guess(self.app);
                    Rating::Again
                }
                ("g" | "G", _) => {
                    self.terminal.say("  ", Ink::Plain, "It was not right, so it comes back soon anyway.")?;
                    continue;
                }
                (_, Some(rating)) => {
                    self.apply(Command::Rate(rating))?;
                    rating
                }
                _ => {
                    self.terminal.say("  ", Ink::Plain, &what)?;
                    continue;
                }
            };
            if !self.went_wrong() {
                let line = show::due_line(outcome_of(outcomes, outcome), answered);
                self.terminal.say("  ", Ink::Plain, &line)?;
            }
            let stays = ["g", "a"].iter().any(|letter| text.eq_ignore_ascii_case(letter));
            if !stays && !self.went_wrong() {
                return Ok(Flow::Continue);
            }
        }
    }

    /// Says what a slip of the fingers was, and goes on; where that cannot be written the verdict stays.
    fn resolve_slip(
        &mut self,
        does: Command,
        outcomes: &[RatingOutcome; 4],
        answered: &Moment,
    ) -> io::Result<Flow> {
        self.apply(does)?;
        if let Some(rating) = self.rating_in_force().filter(|_| !self.went_wrong()) {
            let line = show::due_line(outcome_of(outcomes, rating), answered);
            self.terminal.say("  ", Ink::Plain, &line)?;
        }
        Ok(Flow::Continue)
    }

    /// What the newest answer counts as now.
    fn rating_in_force(&self) -> Option<Rating> {
        let done = self.app.study().and_then(|study| study.session().done().last());
        done.and_then(|step| step.answer).map(|answer| answer.rating)
    }

    /// Only timed cards are left: a person may wait, a script must not hang.
    fn waiting(&mut self, until: i64) -> io::Result<Flow> {
        let now = self.now();
        self.terminal.blank_line()?;
        self.terminal.say("", Ink::Plain, &show::next_card_line(until, &now))?;
        if !self.terminal.is_interactive {
            return self.before_end();
        }
        self.terminal.say("", Ink::Faint, "Enter waits for it, :q ends the session.")?;
        match self.read_input("> ")? {
            Ok(StudyInput::Text(text)) if text.is_empty() => {
                self.terminal.say("", Ink::Faint, "Waiting; Ctrl+C ends it, every answer is kept.")?;
                while self.now().ms() < until {
                    // In steps, because a computer may sleep in between.
                    std::thread::sleep(Duration::from_millis(500));
                }
                Ok(Flow::Continue)
            }
            Ok(StudyInput::Command(ColonCommand::Undo)) => self.undo(),
            Ok(StudyInput::Command(ColonCommand::Quit)) => Ok(Flow::End),
            Ok(_) | Err(Flow::Reprompt) => Ok(Flow::Continue),
            Err(then) => Ok(then),
        }
    }

    fn finished(&mut self) -> io::Result<Flow> {
        let Some(study) = self.app.study() else { return Ok(Flow::End) };
        let nothing = study.session().done().is_empty();
        let outlook = summary::outlook(study, self.app);
        let head = if nothing { "Nothing to ask here now." } else { "Done." };
        self.terminal.blank_line()?;
        self.terminal.say("", Ink::Strong, &format!("{head} {outlook}"))?;
        self.before_end()
    }

    /// Before the session ends its last answer can still be taken back. Every other line ends it, and so does the end of
    /// the input: a script need not know of this.
    fn before_end(&mut self) -> io::Result<Flow> {
        let has_answers = self.app.study().is_some_and(|study| !study.session().done().is_empty());
        if !has_answers && !self.app.can_undo_redo().1 {
            return Ok(Flow::End);
        }
        let what = "Enter ends the session, :u takes the last answer back.";
        self.terminal.say("", Ink::Faint, what)?;
        loop {
            let then = match self.read_input("> ")? {
                Ok(StudyInput::Command(ColonCommand::Undo)) => self.undo()?,
                Ok(StudyInput::Command(ColonCommand::Redo)) => self.redo()?,
                // A slip on the way to one of the two.
                Ok(StudyInput::Unknown(_)) => {
                    self.terminal.say("  ", Ink::Plain, what)?;
                    Flow::Reprompt
                }
                Ok(_) => Flow::End,
                Err(then) => then,
            };
            if then != Flow::Reprompt {
                return Ok(then);
            }
        }
    }

    /// A line that is no command; a command was carried out, and says how to go on.
    fn read_answer(&mut self, prompt: &str, asked: &ActiveCard) -> io::Result<Result<String, Flow>> {
        Ok(match self.read_input(prompt)? {
            Ok(StudyInput::Text(text)) => Ok(text),
            Ok(other) => Err(self.run_colon_command(&other, asked)?),
            Err(then) => Err(then),
        })
    }

    fn read_input(&mut self, prompt: &str) -> io::Result<Result<StudyInput, Flow>> {
        Ok(match self.terminal.read_line(prompt)? {
            InputLine::Text(line) => Ok(parse_study_input(&line)),
            InputLine::Unusable(why) => {
                self.terminal.say("  ", Ink::Plain, why)?;
                Err(Flow::Reprompt)
            }
            InputLine::End => Err(Flow::End),
        })
    }
}

fn parse_rating(text: &str) -> Option<Rating> {
    text.parse().ok().and_then(Rating::from_number)
}

/// Whether the guess was written down: else it can be said again.
fn is_marked_as_guess(app: &App) -> bool {
    let stage = app.study().and_then(|study| study.active_card()).map(|asked| &asked.stage);
    matches!(stage, Some(Stage::Graded { guessed: true, .. }))
}
