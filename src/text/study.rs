//! Texts of studying: the card, its verdict, sessions.

use std::fmt::Display;

use super::words::{count, one_decimal, percent};
use crate::domain::day::Moment;
use crate::domain::event::Confidence;
use crate::domain::grade::date::format_date;
use crate::domain::grade::number::format_number;
use crate::domain::ids::Facet;
use crate::domain::question::{Answer, Question, TypedAnswer};
use crate::domain::schedule::{IntervalReason, RatingOutcome, interval_text};
use crate::domain::task::{DateTask, NumberTask};

/// What to do with a card in a few words, such as "type the Korean"; `fallback` if there is nothing special
/// to say.
pub fn instruction(question: &Question, facet: &Facet, language: Option<&str>, fallback: &str) -> String {
    match (&question.answer, language.unwrap_or(""), facet) {
        (Answer::Typed(TypedAnswer { also_reverse, .. }), "ko", Facet::Front) if !also_reverse.is_empty() => {
            "type the Korean".to_owned()
        }
        (Answer::Typed { .. }, "ko", Facet::Reverse) => "type the English".to_owned(),
        _ => fallback.to_owned(),
    }
}

/// The right number with its unit.
pub fn right_number(task: &NumberTask) -> String {
    let unit = task.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    format!("{}{unit}", format_number(task.value))
}

/// The right date.
pub fn right_date(task: &DateTask) -> String {
    format_date(task.value)
}

/// "right within 2"; `None` if the number has to be exact.
pub fn number_tolerance(task: &NumberTask) -> Option<String> {
    (task.within > 0.0).then(|| format!("right within {}", format_number(task.within)))
}

/// "right within 2 days"; `None` if the date has to be exact.
pub fn date_tolerance(task: &DateTask) -> Option<String> {
    (task.within_days > 0).then(|| format!("right within {}", count(task.within_days as usize, "day")))
}

/// "sure", "think so", "guess".
pub fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::ThinkSo => "think so",
        Confidence::Guess => "guess",
    }
}

/// A remark on the learner's confidence, after the verdict.
pub fn confidence_remark(confidence: Confidence, is_right: bool) -> &'static str {
    match (confidence, is_right) {
        (Confidence::Sure, true) => "You were sure.",
        (Confidence::Sure, false) => {
            "You were sure. A surprise like this is the moment from which most is learned."
        }
        (Confidence::ThinkSo, _) => "You thought so.",
        (Confidence::Guess, true) => "You guessed right, but you may not know it yet.",
        (Confidence::Guess, false) => "You guessed.",
    }
}

/// Why a card comes back when it does, in sentences.
pub fn explain_interval(reason: &IntervalReason, outcome: &RatingOutcome, now: &Moment) -> Vec<String> {
    let mut lines = Vec::new();
    match (reason.recall_before, reason.stability_before) {
        (Some(recall), Some(stability)) => lines.push(format!(
            "Before this answer you had a {} chance of knowing it; its stability was {}.",
            percent(recall),
            stability_text(stability)
        )),
        (None, Some(stability)) => lines.push(format!(
            "Before this answer you were still learning it; its stability was {}.",
            stability_text(stability)
        )),
        _ => lines.push("This was your first answer to this card.".to_owned()),
    }
    lines.push(format!(
        "After “{}” its stability is {}: so long until your recall falls to 90\u{a0}%. Its difficulty is {} of 10.",
        outcome.rating,
        stability_text(reason.stability_after),
        one_decimal(reason.difficulty_after)
    ));
    let interval = interval_text(outcome.due, now);
    match reason.exact_days {
        Some(days) => {
            let spread = reason.fuzz_days.map_or(String::new(), |(low, high)| {
                format!(", varied between {low} and {high} so that cards learned together drift apart")
            });
            let review = if reason.is_pre_exam_review { ", with a last review before the exam" } else { "" };
            lines.push(format!(
                "Your target recall of {} gives {} days{spread}{review}. It comes back in {interval}.",
                percent(f64::from(reason.desired_retention)),
                one_decimal(days)
            ));
        }
        None => lines.push(format!(
            "You are still learning it: it comes back in {interval} before it is put off for days."
        )),
    }
    lines
}

/// "20 min", "5 h", "2.3 days": a stability in days, in a unit that does not round it to nothing.
fn stability_text(days: f32) -> String {
    let hours = days * 24.0;
    match hours {
        hours if hours < 1.0 => format!("{:.0}\u{a0}min", (hours * 60.0).max(1.0)),
        hours if hours < 24.0 => format!("{hours:.0}\u{a0}h"),
        _ => format!("{} days", one_decimal(days)),
    }
}

// Notices.

/// A card was suspended.
pub const SUSPENDED: &str = "Suspended. Ctrl Z brings it back.";

/// A card was buried.
pub const BURIED: &str = "Back tomorrow. Ctrl Z brings it back now.";

/// An answer was accepted, and the learner's own deck accepts it from now on.
pub const ACCEPTED_IN_DECK: &str = "Accepted, and added to the deck. Ctrl Z undoes both.";

/// An answer was accepted, and the deck is built in.
pub const ACCEPTED_ONCE: &str =
    "Counted as right this time. Built-in decks can’t be changed; make a copy to accept it for good.";

/// An answer could not be written; `error` is a sentence.
pub fn not_saved(error: impl Display) -> String {
    format!("This answer is not saved yet. {error}")
}

/// A file cannot be imported now.
pub const END_SESSION_TO_IMPORT: &str = "End the session first (Esc); then the file can be imported.";

/// Below the end of a session: how many due cards were put off; empty for none.
pub fn due_cards_can_wait(cards: usize) -> String {
    match cards {
        0 => String::new(),
        1 => "1 due card can wait.".to_owned(),
        cards => format!("{cards} due cards can wait."),
    }
}

// Steps that can be undone.

/// An answer to the question with that prompt.
pub fn answer_to(prompt: &str) -> String {
    format!("the answer to “{prompt}”")
}

/// A card that was suspended or buried.
pub fn setting_aside(prompt: &str) -> String {
    format!("setting “{prompt}” aside")
}

/// Answers that were accepted.
pub fn accepting(answers: &[&str]) -> String {
    format!("accepting “{}”", answers.join("”, “"))
}

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Starts a session of all decks.
    pub const START: CommandText =
        CommandText::new("Start studying", "Due cards and today's new ones, of every deck.")
            .synonyms(&["review", "learn", "session"]);
    /// Starts a session of one deck or topic.
    pub const START_SOME: CommandText = CommandText::new("Study", "Due cards and today's new ones.")
        .synonyms(&["review", "learn", "session"]);
    /// Starts a session of the most valuable cards.
    pub const START_MOST_VALUABLE: CommandText =
        CommandText::new("Start with what matters most", "The due cards that you gain most from.")
            .synonyms(&["study", "review", "backlog"]);
    /// Starts a session of the weakest cards of an exam.
    pub const START_WEAKEST: CommandText = CommandText::new(
        "Go through the weakest once more",
        "What you know least of the exam, weakest first, due or not.",
    )
    .synonyms(&["study", "cram"]);
    /// Starts a session of cards that need not be due.
    pub const START_AHEAD: CommandText =
        CommandText::new("Study these", "Its cards, due or not.").synonyms(&["review", "cram", "ahead"]);
    /// Starts a session of new cards beyond the daily number.
    pub const START_EXTRA_NEW: CommandText =
        CommandText::new("Learn 10 more", "New cards beyond today's number.")
            .synonyms(&["new cards", "extra"]);
    /// Starts a session that is not scheduled.
    pub const START_PRACTICE: CommandText =
        CommandText::new("Practise without scheduling", "Anything seen so far; the schedule stays as it is.")
            .synonyms(&["practice", "cram"]);
    /// Ends the session.
    pub const END_SESSION: CommandText = CommandText::new("End session", "Every answer is kept.")
        .synonyms(&["stop", "leave", "quit"])
        .in_terminal("So does Ctrl+D; every answer is kept.");
    /// Submits the answer.
    pub const CHECK: CommandText =
        CommandText::new("Check", "Gives the answer.").synonyms(&["submit", "answer"]);
    /// Shows the answer of a card to recall.
    pub const SHOW_ANSWER: CommandText =
        CommandText::new("Show answer", "Shows what is right.").synonyms(&["reveal", "flip"]);
    /// Gives the card up.
    pub const GIVE_UP: CommandText =
        CommandText::new("I don’t know", "Shows the answer; the card comes back soon.").synonyms(&[
            "give up",
            "i don't know",
            "skip",
        ]);
    /// Goes on with the proposed rating.
    pub const CONTINUE: CommandText =
        CommandText::new("Continue", "On to the next card.").synonyms(&["next", "go on"]);
    /// Rates an answer Again.
    pub const AGAIN: CommandText =
        CommandText::new("Again", "Forgotten: it comes back soon.").synonyms(&["rate", "forgot", "wrong"]);
    /// Rates an answer Hard.
    pub const HARD: CommandText = CommandText::new("Hard", "Recalled with trouble.").synonyms(&["rate"]);
    /// Rates an answer Good.
    pub const GOOD: CommandText = CommandText::new("Good", "Recalled.").synonyms(&["rate"]);
    /// Rates an answer Easy.
    pub const EASY: CommandText = CommandText::new("Easy", "Recalled at once.").synonyms(&["rate"]);
    /// Says before the verdict that the learner is sure.
    pub const SURE: CommandText =
        CommandText::new("Sure", "Says before the verdict how sure you are.").synonyms(&["confidence"]);
    /// Says before the verdict that the learner thinks so.
    pub const THINK_SO: CommandText =
        CommandText::new("Think so", "Says before the verdict how sure you are.").synonyms(&["confidence"]);
    /// Says before the verdict that the answer is a guess.
    pub const GUESS: CommandText =
        CommandText::new("Guess", "Says so before the verdict; a right guess comes back soon.")
            .synonyms(&["confidence"]);
    /// Says after the verdict that the answer was a guess.
    pub const MARK_GUESSED: CommandText =
        CommandText::new("I guessed", "A right answer that was a guess comes back soon.");
    /// Makes the deck accept the answer.
    pub const ACCEPT_ANSWER: CommandText =
        CommandText::new("Accept my answer", "It counts as right, and your deck accepts it from now on.")
            .synonyms(&["right", "also correct"]);
    /// Resolves a slip as meant.
    pub const ACCEPT_SLIP: CommandText =
        CommandText::new("That is what I meant", "A slip of the fingers: it counts as right.")
            .synonyms(&["typo", "right"]);
    /// Resolves a slip as not meant.
    pub const REJECT_SLIP: CommandText =
        CommandText::new("I didn’t know it", "It counts as wrong, and the card comes back soon.")
            .synonyms(&["i didn't know it", "wrong"]);
    /// Shows the hint.
    pub const SHOW_HINT: CommandText =
        CommandText::new("Hint", "Shows the author's hint.").synonyms(&["help", "clue"]);
    /// Shows or hides the explanation of the interval.
    pub const TOGGLE_REASON: CommandText =
        CommandText::new("Why this interval?", "The figures behind the next date.")
            .synonyms(&["schedule", "explain"]);
    /// Suspends the card.
    pub const SUSPEND: CommandText = CommandText::new("Suspend", "Never asks this card until resumed.")
        .synonyms(&["hide", "disable", "never ask"]);
    /// Buries the card.
    pub const BURY: CommandText =
        CommandText::new("Bury", "Asks this card tomorrow.").synonyms(&["postpone", "tomorrow", "skip"]);
    /// Resumes the suspended cards of a deck.
    pub const RESUME_ALL: CommandText =
        CommandText::new("Resume them", "Asks the suspended cards of this deck again.")
            .synonyms(&["unsuspend"]);
    /// Suspends chosen cards.
    pub const SUSPEND_CARDS: CommandText =
        CommandText::new("Suspend", "Never asks these cards until resumed.").synonyms(&["hide", "disable"]);
    /// Resumes chosen cards.
    pub const RESUME_CARDS: CommandText =
        CommandText::new("Resume", "Asks these cards again.").synonyms(&["unsuspend"]);
    /// Makes chosen cards new.
    pub const RESET_CARDS: CommandText =
        CommandText::new("Reset progress", "Makes these cards new; their answers stay in the log.")
            .synonyms(&["forget"]);
}
