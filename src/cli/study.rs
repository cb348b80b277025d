//! A session line by line. Every change goes through [`App::apply`], as in the window.

use std::io;
use std::time::Duration;

use super::ask::{Aside, Entered, entered, response};
use super::show;
use super::terminal::{Ink, Line, Terminal};
use crate::app::clock::Clock;
use crate::app::command::{Scope, Take};
use crate::app::study::{Asked, Place, Stage, outcome_of};
use crate::app::summary;
use crate::app::{App, Command};
use crate::domain::day::Moment;
use crate::domain::event::Confidence;
use crate::domain::grade::Verdict;
use crate::domain::rating::Rating;
use crate::domain::schedule::Outcome;
use crate::domain::task::{Form, Response};

/// A session and the two ends it talks to.
pub(super) struct Sitting<'a> {
    pub(super) app: &'a mut App,
    clock: &'a Clock,
    pub(super) terminal: &'a mut Terminal,
}

/// What a line led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The same prompt again.
    Stay,
    /// Whatever the session is at now.
    GoOn,
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
    take: Take,
) -> io::Result<()> {
    let mut sitting = Sitting { app, clock, terminal };
    sitting.apply(Command::Start(scope, take))?;
    sitting.terminal.say("", Ink::Faint, "Type :? for all commands, :q to end; every answer is kept.")?;
    loop {
        let now = sitting.now();
        sitting.app.tick(&now);
        let then = match sitting.app.study().map(|study| study.place().clone()) {
            Some(Place::Card(asked)) => sitting.card(&asked)?,
            Some(Place::Waiting(until)) => sitting.waiting(until)?,
            Some(Place::Finished) => sitting.finished()?,
            None => Then::End,
        };
        if then == Then::End {
            break;
        }
    }
    if let Some(study) = sitting.app.study() {
        show::summary(sitting.terminal, sitting.app, study)?;
    }
    sitting.apply(Command::EndSession)
}

impl Sitting<'_> {
    pub(super) fn now(&self) -> Moment {
        self.clock.now(self.app.settings().rollover_hour)
    }

    /// Makes a change, and tells what went wrong with it.
    pub(super) fn apply(&mut self, command: Command) -> io::Result<()> {
        let now = self.now();
        self.app.apply(command, &now);
        match self.app.notice().filter(|notice| notice.is_problem) {
            Some(problem) => self.terminal.say("! ", Ink::Wrong, &problem.text),
            None => Ok(()),
        }
    }

    pub(super) fn went_wrong(&self) -> bool {
        self.app.notice().is_some_and(|notice| notice.is_problem)
    }

    fn card(&mut self, asked: &Asked) -> io::Result<Then> {
        match &asked.stage {
            Stage::Asking => self.asking(asked),
            Stage::Revealed { outcomes, revealed, .. } => self.revealed(asked, outcomes, revealed),
            Stage::Judged { verdict, response, outcomes, rating, answered, .. } => {
                self.judged(asked, verdict, response, outcomes, *rating, answered)
            }
        }
    }

    fn asking(&mut self, asked: &Asked) -> io::Result<Then> {
        if let Some(study) = self.app.study() {
            show::question(self.terminal, &show::head(study, asked), asked)?;
        }
        if self.app.settings().ask_confidence {
            let how = "How sure are you? Before the answer :sure, :think or :guess, if you like.";
            self.terminal.say("", Ink::Faint, how)?;
        }
        let prompt = show::field(&asked.task.form);
        match &asked.task.form {
            Form::Gaps { .. } => return self.gaps(asked),
            Form::Reveal { .. } => self.terminal.say("", Ink::Faint, "Enter shows the answer.")?,
            _ => {}
        }
        loop {
            let text = match self.line(&prompt, asked)? {
                Ok(text) => text,
                Err(Then::Stay) => continue,
                Err(then) => return Ok(then),
            };
            match response(&asked.task.form, &text) {
                Ok(Response::Recalled) => self.apply(Command::ShowAnswer)?,
                Ok(response) => self.apply(Command::Answer(response))?,
                Err(how) => {
                    self.terminal.say("  ", Ink::Plain, &how)?;
                    continue;
                }
            }
            return Ok(Then::GoOn);
        }
    }

    /// One line a gap; an empty line leaves a gap empty. Undo takes the last gap back first.
    fn gaps(&mut self, asked: &Asked) -> io::Result<Then> {
        let Some(Response::Gaps(empty)) = asked.draft.response() else { return Ok(Then::End) };
        let mut texts: Vec<String> = Vec::new();
        while texts.len() < empty.len() {
            let prompt = format!("[{}] > ", texts.len() + 1);
            let text = match self.raw_line(&prompt)? {
                Ok(Entered::Aside(Aside::Undo)) if texts.pop().is_some() => continue,
                Ok(Entered::Text(text)) => text,
                Ok(other) => match self.aside(&other, asked)? {
                    Then::Stay => continue,
                    then => return Ok(then),
                },
                Err(Then::Stay) => continue,
                Err(then) => return Ok(then),
            };
            texts.push(text);
            if texts.len() == empty.len() && texts.iter().all(String::is_empty) {
                texts.clear();
                let how = "Fill at least one gap, or type :x if you do not know any.";
                self.terminal.say("  ", Ink::Plain, how)?;
            }
        }
        self.apply(Command::Answer(Response::Gaps(texts)))?;
        Ok(Then::GoOn)
    }

    fn revealed(&mut self, asked: &Asked, outcomes: &[Outcome; 4], at: &Moment) -> io::Result<Then> {
        show::back(self.terminal, asked)?;
        show::intervals(self.terminal, outcomes, None, at)?;
        self.terminal.say("", Ink::Faint, "How well did you know it, 1 to 4?")?;
        loop {
            let text = match self.line("> ", asked)? {
                Ok(text) => text,
                Err(Then::Stay) => continue,
                Err(then) => return Ok(then),
            };
            // Enter alone is no grade: it may be the second press of the one that showed the answer.
            let rating = match text.as_str() {
                "g" | "G" => {
                    self.say_guess()?;
                    Some(Rating::Again)
                }
                text => rating(text),
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
    fn say_guess(&mut self) -> io::Result<()> {
        let asked = self.app.study().and_then(|study| study.asked());
        match asked.is_some_and(Asked::is_said_to_be_a_guess) {
            true => Ok(()),
            false => self.apply(Command::SayConfidence(Confidence::Guess)),
        }
    }

    /// `at` is when the answer was shown: its minutes are given from the grade on.
    pub(super) fn self_grade(
        &mut self,
        outcomes: &[Outcome; 4],
        rating: Rating,
        at: &Moment,
    ) -> io::Result<Then> {
        self.apply(Command::Rate(rating))?;
        if !self.went_wrong() {
            show::rated(self.terminal, outcome_of(outcomes, rating), at)?;
        }
        Ok(Then::GoOn)
    }

    fn judged(
        &mut self,
        asked: &Asked,
        verdict: &Verdict,
        response: &Response,
        outcomes: &[Outcome; 4],
        in_force: Rating,
        answered: &Moment,
    ) -> io::Result<Then> {
        show::verdict(self.terminal, asked, verdict, response)?;
        show::intervals(self.terminal, outcomes, Some(in_force), answered)?;
        let mut guessed = is_guess(self.app);
        let may_be_a_guess = verdict.score > 0.0 && !guessed;
        let may_be_accepted = !asked.acceptable().is_empty();
        let may_decide = asked.may_decide();
        let guess = if may_be_a_guess { ", g if you guessed" } else { "" };
        let accept = if may_be_accepted { ", a accepts your answer" } else { "" };
        let decide = match may_decide {
            true => ", a if that is what you meant, x if you did not know it",
            false => "",
        };
        let what = format!("Enter goes on, 1 to 4 grades it otherwise{guess}{accept}{decide}.");
        self.terminal.say("", Ink::Faint, &what)?;
        loop {
            let text = match self.line("> ", asked)? {
                Ok(text) => text,
                Err(Then::Stay) => continue,
                Err(then) => return Ok(then),
            };
            let outcome = match (text.as_str(), rating(&text)) {
                ("", _) => {
                    self.apply(Command::Continue)?;
                    return Ok(Then::GoOn);
                }
                ("a" | "A", _) if may_be_accepted => {
                    self.apply(Command::AcceptAnswer)?;
                    self.rating_in_force().unwrap_or_else(|| asked.proposed())
                }
                ("a" | "A", _) if may_decide => {
                    return self.decide_slip(Command::MeantIt, outcomes, answered);
                }
                ("x" | "X", _) if may_decide => {
                    return self.decide_slip(Command::DidNotKnowIt, outcomes, answered);
                }
                ("g" | "G", _) if guessed => {
                    self.terminal.say("  ", Ink::Plain, "That is noted. Enter goes on.")?;
                    continue;
                }
                ("g" | "G", _) if may_be_a_guess => {
                    self.apply(Command::Guessed)?;
                    guessed = is_guess(self.app);
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
                let line = show::comes_back(outcome_of(outcomes, outcome), answered);
                self.terminal.say("  ", Ink::Plain, &line)?;
            }
            let stays = ["g", "a"].iter().any(|letter| text.eq_ignore_ascii_case(letter));
            if !stays && !self.went_wrong() {
                return Ok(Then::GoOn);
            }
        }
    }

    /// Says what a slip of the fingers was, and goes on; where that cannot be written the verdict stays.
    fn decide_slip(&mut self, does: Command, outcomes: &[Outcome; 4], answered: &Moment) -> io::Result<Then> {
        self.apply(does)?;
        if let Some(rating) = self.rating_in_force().filter(|_| !self.went_wrong()) {
            let line = show::comes_back(outcome_of(outcomes, rating), answered);
            self.terminal.say("  ", Ink::Plain, &line)?;
        }
        Ok(Then::GoOn)
    }

    /// What the newest answer counts as now.
    fn rating_in_force(&self) -> Option<Rating> {
        let done = self.app.study().and_then(|study| study.session().done().last());
        done.and_then(|step| step.answer).map(|answer| answer.rating)
    }

    /// Only timed cards are left: a person may wait, a script must not hang.
    fn waiting(&mut self, until: i64) -> io::Result<Then> {
        let now = self.now();
        self.terminal.gap()?;
        self.terminal.say("", Ink::Plain, &show::next_comes(until, &now))?;
        if !self.terminal.is_interactive {
            return self.ending();
        }
        self.terminal.say("", Ink::Faint, "Enter waits for it, :q ends the session.")?;
        match self.raw_line("> ")? {
            Ok(Entered::Text(text)) if text.is_empty() => {
                self.terminal.say("", Ink::Faint, "Waiting; Ctrl+C ends it, every answer is kept.")?;
                while self.now().ms() < until {
                    // In steps, because a computer may sleep in between.
                    std::thread::sleep(Duration::from_millis(500));
                }
                Ok(Then::GoOn)
            }
            Ok(Entered::Aside(Aside::Undo)) => self.take_back(),
            Ok(Entered::Aside(Aside::Quit)) => Ok(Then::End),
            Ok(_) | Err(Then::Stay) => Ok(Then::GoOn),
            Err(then) => Ok(then),
        }
    }

    fn finished(&mut self) -> io::Result<Then> {
        let Some(study) = self.app.study() else { return Ok(Then::End) };
        let nothing = study.session().done().is_empty();
        let outlook = summary::outlook(study, self.app);
        let head = if nothing { "Nothing to ask here now." } else { "Done." };
        self.terminal.gap()?;
        self.terminal.say("", Ink::Strong, &format!("{head} {outlook}"))?;
        self.ending()
    }

    /// Before the session ends its last answer can still be taken back. Every other line ends it, and so does the end of
    /// the input: a script need not know of this.
    fn ending(&mut self) -> io::Result<Then> {
        let has_answers = self.app.study().is_some_and(|study| !study.session().done().is_empty());
        if !has_answers && !self.app.can_undo_redo().1 {
            return Ok(Then::End);
        }
        let what = "Enter ends the session, :u takes the last answer back.";
        self.terminal.say("", Ink::Faint, what)?;
        loop {
            let then = match self.raw_line("> ")? {
                Ok(Entered::Aside(Aside::Undo)) => self.take_back()?,
                Ok(Entered::Aside(Aside::Redo)) => self.give_again()?,
                // A slip on the way to one of the two.
                Ok(Entered::Unknown(_)) => {
                    self.terminal.say("  ", Ink::Plain, what)?;
                    Then::Stay
                }
                Ok(_) => Then::End,
                Err(then) => then,
            };
            if then != Then::Stay {
                return Ok(then);
            }
        }
    }

    /// A line that is no command; a command was carried out, and says how to go on.
    fn line(&mut self, prompt: &str, asked: &Asked) -> io::Result<Result<String, Then>> {
        Ok(match self.raw_line(prompt)? {
            Ok(Entered::Text(text)) => Ok(text),
            Ok(other) => Err(self.aside(&other, asked)?),
            Err(then) => Err(then),
        })
    }

    fn raw_line(&mut self, prompt: &str) -> io::Result<Result<Entered, Then>> {
        Ok(match self.terminal.ask(prompt)? {
            Line::Text(line) => Ok(entered(&line)),
            Line::Unusable(why) => {
                self.terminal.say("  ", Ink::Plain, why)?;
                Err(Then::Stay)
            }
            Line::End => Err(Then::End),
        })
    }
}

fn rating(text: &str) -> Option<Rating> {
    text.parse().ok().and_then(Rating::from_number)
}

/// Whether the guess was written down: else it can be said again.
fn is_guess(app: &App) -> bool {
    let stage = app.study().and_then(|study| study.asked()).map(|asked| &asked.stage);
    matches!(stage, Some(Stage::Judged { guessed: true, .. }))
}
